/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decoder.c - a source as a stream of UTF-8, decoded piece by piece. */
#include "base/decoder.h"
#include "base/source.h"
#include "base/text.h"
#include <string.h>

#define CHUNK 65536

kith_status
kith_decoder_init(kith_decoder *decoder, kith_source *source, kith_error *err)
{
    const char *head;
    size_t length;

    *decoder = (kith_decoder){.source = source, .encoding = "UTF-8"};
    TRY(kith_source_head(source, &head, &length, err));
    decoder->encoding = kith_text_sniff(head, length, length < CHUNK);
    if (strcmp(decoder->encoding, "Windows-1252") == 0 && kith_text_mostly_utf8(head, length))
        decoder->encoding = "UTF-8";
    decoder->room = kith_source_room(source, CHUNK);
    decoder->raw = g_malloc(decoder->room);
    return KITH_OK;
}

void
kith_decoder_clear(kith_decoder *decoder)
{
    g_free(decoder->raw);
    *decoder = (kith_decoder){0};
}

static void
append_windows_1252(GString *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] < 0x80)
            g_string_append_c(out, bytes[i]);
        else
            g_string_append_unichar(out, kith_text_windows_1252((unsigned char)bytes[i]));
    }
}

/* Decodes whole units only. @return bytes used */
static size_t
append_utf16(GString *out, const char *bytes, size_t length, bool little, bool last)
{
    const unsigned char *b = (const unsigned char *)bytes;
    int high = little ? 1 : 0;
    size_t at = 0;

    for (; at + 1 < length; at += 2) {
        gunichar c = (gunichar)b[at + high] << 8 | b[at + 1 - high];

        if (c >= 0xd800 && c < 0xdc00) {
            gunichar low;

            if (at + 3 >= length && !last)
                break;
            low = at + 3 < length ? (gunichar)b[at + 2 + high] << 8 | b[at + 3 - high] : 0;
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                at += 2;
            }
        }
        g_string_append_unichar(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    }
    return last ? length : at;
}

static void
drop_mark(GString *out, size_t at)
{
    if (out->len >= at + 3 && memcmp(out->str + at, "\xef\xbb\xbf", 3) == 0)
        g_string_erase(out, (gssize)at, 3);
}

kith_status
kith_decoder_more(kith_decoder *decoder, GString *out, kith_error *err)
{
    size_t before = out->len, used = decoder->raw_length, got;

    TRY(kith_source_read(decoder->source, decoder->raw + used, decoder->room - used, &got, err));
    decoder->ended = got == 0;
    decoder->raw_length += got;
    used = decoder->raw_length;
    if (strcmp(decoder->encoding, "UTF-8") == 0)
        g_string_append_len(out, decoder->raw, (gssize)used);
    else if (strcmp(decoder->encoding, "Windows-1252") == 0)
        append_windows_1252(out, decoder->raw, used);
    else
        used = append_utf16(out, decoder->raw, used, decoder->encoding[6] == 'L', decoder->ended);
    memmove(decoder->raw, decoder->raw + used, decoder->raw_length - used);
    decoder->raw_length -= used;
    if (!decoder->started && out->len >= before + 3) {
        decoder->started = true;
        drop_mark(out, before);
    }
    decoder->started = decoder->started || out->len > before;
    return KITH_OK;
}

void
kith_decoder_switch(kith_decoder *decoder, GString *out, size_t at)
{
    g_autofree char *tail = g_memdup2(out->str + at, out->len - at + 1);
    size_t length = out->len - at;

    decoder->encoding = "Windows-1252";
    g_string_truncate(out, at);
    append_windows_1252(out, tail, length);
}
