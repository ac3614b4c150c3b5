/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * encoding.c - tells how bytes are encoded and makes UTF-8 of them.
 *
 * Four answers are enough for what people export: UTF-8, the two UTF-16s of Excel and old Google
 * downloads, and Windows-1252 for the rest. Statistical detectors were tried and guessed worse than
 * this order does.
 */
#include "base/base.h"
#include "base/text.h"
#include <string.h>

static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

uint32_t
kith_text_windows_1252(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
}

size_t
kith_text_character(const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;
    size_t n = 2;

    if (length == 0)
        return 0;
    if (b[0] < 0x80)
        return 1;
    if (b[0] < 0xc2 || b[0] > 0xf4)
        return 0;
    n += (b[0] >= 0xe0) + (b[0] >= 0xf0);
    if (n > length)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((b[i] & 0xc0) != 0x80)
            return 0;
    if ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f) ||
        (b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))
        return 0;
    return n;
}

bool
kith_text_valid(const char *bytes, size_t length)
{
    size_t at = 0;

    while (at < length) {
        size_t n;

        while (at + 8 <= length) { /* eight ASCII bytes at a time */
            uint64_t word;

            memcpy(&word, bytes + at, 8);
            if ((word & UINT64_C(0x8080808080808080)) != 0)
                break;
            at += 8;
        }
        if (at == length)
            break;
        if ((n = kith_text_character(bytes + at, length - at)) == 0)
            return false;
        at += n;
    }
    return true;
}

bool
kith_text_mostly_utf8(const char *bytes, size_t length)
{
    size_t good = 0, bad = 0;

    for (size_t at = 0; at < length;) {
        size_t n = kith_text_character(bytes + at, length - at);

        good += n > 1;
        bad += n == 0;
        at += MAX(n, 1);
    }
    return good > bad;
}

size_t
kith_text_cut(const char *bytes, size_t length)
{
    size_t start = length;

    for (int back = 0; back < 3 && start > 0; back++)
        if (((unsigned char)bytes[--start] & 0xc0) != 0x80)
            break;
    if (length == 0 || (unsigned char)bytes[start] < 0xc2)
        return length;
    return kith_text_character(bytes + start, length - start) > 0 ? length : start;
}

/* Text in UTF-16 has a zero in nearly every second byte; other text has hardly any zero at all. */
static const char *
utf16_without_mark(const char *bytes, size_t length)
{
    size_t pairs = MIN(length, 4096) / 2, even = 0, odd = 0;

    for (size_t i = 0; i < pairs; i++) {
        even += bytes[2 * i] == '\0';
        odd += bytes[2 * i + 1] == '\0';
    }
    if (pairs < 2)
        return NULL;
    if (odd * 10 >= pairs * 6 && even * 10 <= pairs)
        return "UTF-16LE";
    if (even * 10 >= pairs * 6 && odd * 10 <= pairs)
        return "UTF-16BE";
    return NULL;
}

const char *
kith_text_sniff(const char *bytes, size_t length, bool whole)
{
    const char *utf16;

    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        return "UTF-8";
    if (length >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
        return "UTF-16LE";
    if (length >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
        return "UTF-16BE";
    if ((utf16 = utf16_without_mark(bytes, length)) != NULL)
        return utf16;
    if (kith_text_valid(bytes, whole ? length : kith_text_cut(bytes, length)))
        return "UTF-8";
    return "Windows-1252";
}

static void
append_utf8(GString *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t n = kith_text_character(bytes + at, length - at);

        if (n == 0)
            g_string_append(out, "\xef\xbf\xbd");
        else if (bytes[at] != '\0')
            g_string_append_len(out, bytes + at, (gssize)n);
        at += MAX(n, 1);
    }
}

static void
append_utf16(GString *out, const unsigned char *b, size_t length, int high)
{
    for (size_t at = 0; at + 1 < length; at += 2) {
        gunichar c = (gunichar)b[at + (size_t)high] << 8 | b[at + 1 - (size_t)high];

        if (c >= 0xd800 && c < 0xdc00 && at + 3 < length) {
            gunichar low = (gunichar)b[at + 2 + (size_t)high] << 8 | b[at + 3 - (size_t)high];

            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                at += 2;
            }
        }
        if (c >= 0xd800 && c < 0xe000)
            c = 0xfffd;
        if (c != 0 && c != 0xfeff)
            g_string_append_unichar(out, c);
    }
}

char *
kith_text_to_utf8(const char *bytes, size_t length, const char **encoding_used)
{
    const char *encoding = kith_text_sniff(bytes, length, true);
    GString *out = g_string_sized_new(length + 1);

    if (strcmp(encoding, "UTF-8") == 0) {
        size_t mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

        append_utf8(out, bytes + mark, length - mark);
    } else if (strcmp(encoding, "Windows-1252") == 0) {
        for (size_t i = 0; i < length; i++)
            if (bytes[i] != '\0')
                g_string_append_unichar(out, kith_text_windows_1252((unsigned char)bytes[i]));
    } else {
        append_utf16(out, (const unsigned char *)bytes, length, encoding[6] == 'L');
    }
    if (encoding_used != NULL)
        *encoding_used = encoding;
    return g_string_free(out, FALSE);
}
