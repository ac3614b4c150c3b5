/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scan.c - a text file by characters and by words, with the place of each. */
#include "scan.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

kith_status
kith_scan_init(kith_scan *scan, kith_source *source, kith_error *err)
{
    *scan = (kith_scan){.source = source, .line = 1, .column = 1};
    scan->buffer = g_string_sized_new(1 << 13);
    scan->word = g_string_new(NULL);
    kith_scan_separators(scan, "");
    return kith_decoder_init(&scan->decoder, source, err);
}

void
kith_scan_clear(kith_scan *scan)
{
    kith_decoder_clear(&scan->decoder);
    if (scan->buffer)
        g_string_free(scan->buffer, TRUE);
    if (scan->word)
        g_string_free(scan->word, TRUE);
    *scan = (kith_scan){0};
}

void
kith_scan_separators(kith_scan *scan, const char *separators)
{
    memset(scan->separator, 0, sizeof scan->separator);
    for (const char *c = " \t\r\f\v"; *c; c++)
        scan->separator[(unsigned char)*c] = true;
    for (const char *c = separators; *c; c++)
        scan->separator[(unsigned char)*c] = true;
}

static void
drop_nuls(kith_scan *scan)
{
    char *text = scan->buffer->str;
    size_t kept = scan->ready, length = scan->buffer->len;

    if (!memchr(text + kept, 0, length - kept))
        return;
    for (size_t i = kept; i < length; i++)
        if (text[i])
            text[kept++] = text[i];
    kith_source_at(scan->source, scan->line, 0);
    kith_source_warn(scan->source, "%zu NUL bytes left out", length - kept);
    g_string_truncate(scan->buffer, kept);
}

/* Reads each broken byte from `ready` on as Windows-1252. */
static void
repair(kith_scan *scan)
{
    g_autoptr(GString) good = g_string_new(NULL);
    const char *text = scan->buffer->str;
    size_t n, length = scan->buffer->len;

    for (size_t at = scan->ready; at < length; at += MAX(n, 1)) {
        n = kith_text_character(text + at, length - at);
        if (n)
            g_string_append_len(good, text + at, (gssize)n);
        else if (length - at < 4 && !scan->decoder.ended &&
                 kith_text_cut(text + at, length - at) == 0)
            n = length - at, g_string_append_len(good, text + at, (gssize)n);
        else
            g_string_append_unichar(good, kith_text_windows_1252((unsigned char)text[at]));
    }
    g_string_truncate(scan->buffer, scan->ready);
    g_string_append_len(scan->buffer, good->str, (gssize)good->len);
    kith_source_at(scan->source, scan->line, 0);
    kith_source_warn(scan->source, "bytes that are not UTF-8 (read as Windows-1252)");
}

/* The bytes from `ready` on become whole characters, as far as they are there. */
static void
check(kith_scan *scan)
{
    size_t length, n;
    bool ascii = true;

    drop_nuls(scan);
    length = scan->buffer->len - scan->ready;
    n = scan->decoder.ended ? length : kith_text_cut(scan->buffer->str + scan->ready, length);
    for (size_t i = 0; ascii && i < n; i++)
        ascii = (unsigned char)scan->buffer->str[scan->ready + i] < 0x80;
    if (!ascii && !kith_text_valid(scan->buffer->str + scan->ready, n)) {
        if (!scan->seen_utf8 && !kith_text_mostly_utf8(scan->buffer->str + scan->ready, n)) {
            kith_source_at(scan->source, scan->line, 0);
            kith_source_warn(scan->source, "not UTF-8 from here on (read as Windows-1252)");
            kith_decoder_switch(&scan->decoder, scan->buffer, scan->ready);
        } else {
            repair(scan);
        }
        length = scan->buffer->len - scan->ready;
        n = scan->decoder.ended ? length : kith_text_cut(scan->buffer->str + scan->ready, length);
    }
    scan->seen_utf8 = scan->seen_utf8 || !ascii;
    scan->ready += n;
}

int
kith_scan_fill(kith_scan *scan)
{
    while (scan->at == scan->ready) {
        if (scan->error.status || scan->decoder.ended)
            return -1;
        g_string_erase(scan->buffer, 0, (gssize)scan->at);
        scan->ready -= scan->at;
        scan->at = 0;
        kith_source_at(scan->source, scan->line, scan->column);
        if (kith_decoder_more(&scan->decoder, scan->buffer, &scan->error))
            return -1;
        check(scan);
    }
    return (unsigned char)scan->buffer->str[scan->at];
}

kith_status
kith_scan_status(const kith_scan *scan, kith_error *err)
{
    if (scan->error.status && err && err->status == KITH_OK)
        *err = scan->error;
    return scan->error.status;
}

void
kith_scan_at_word(kith_scan *scan)
{
    kith_source_at(scan->source, scan->word_line, scan->word_column);
}

void
kith_scan_start_word(kith_scan *scan)
{
    g_string_truncate(scan->word, 0);
    scan->quoted = false;
    scan->word_line = scan->line;
    scan->word_column = scan->column;
    kith_scan_at_word(scan);
}

kith_status
kith_scan_add(kith_scan *scan, int c, kith_error *err)
{
    if ((int64_t)scan->word->len >= kith_limit(KITH_LIMIT_WORD)) {
        kith_scan_at_word(scan);
        return kith_source_fail_as(scan->source, KITH_ERR_LIMIT, err,
                                   "a word longer than 16 MB (is a quote missing?)");
    }
    g_string_append_c(scan->word, (char)c);
    return KITH_OK;
}

static kith_status
read_quoted(kith_scan *scan, kith_error *err)
{
    int c;

    scan->quoted = true;
    kith_scan_take(scan);
    for (;;) {
        c = kith_scan_peek(scan);
        if (c < 0 || c == '\n') {
            TRY(kith_scan_status(scan, err));
            kith_scan_at_word(scan);
            return kith_source_fail(scan->source, err,
                                    "a quote without its end (expected \" on the same line)");
        }
        kith_scan_take(scan);
        if (c == '"') {
            if (kith_scan_peek(scan) != '"')
                return KITH_OK;
            kith_scan_take(scan);
        }
        TRY(kith_scan_add(scan, c, err));
    }
}

kith_status
kith_scan_word(kith_scan *scan, kith_scan_kind *kind, kith_error *err)
{
    int c;

    while ((c = kith_scan_peek(scan)) >= 0 && c != '\n' && scan->separator[c])
        kith_scan_take(scan);
    kith_scan_start_word(scan);
    *kind = c < 0 ? KITH_SCAN_END : c == '\n' ? KITH_SCAN_LINE : KITH_SCAN_WORD;
    if (c < 0)
        return kith_scan_status(scan, err);
    if (c == '\n') {
        kith_scan_take(scan);
        return KITH_OK;
    }
    if (c == '"')
        return read_quoted(scan, err);
    do {
        kith_scan_take(scan);
        TRY(kith_scan_add(scan, c, err));
        c = kith_scan_peek(scan);
    } while (c >= 0 && c != '\n' && !scan->separator[c]);
    return KITH_OK;
}

kith_status
kith_scan_skip_line(kith_scan *scan, kith_error *err)
{
    int c;

    while ((c = kith_scan_peek(scan)) >= 0) {
        kith_scan_take(scan);
        if (c == '\n')
            break;
    }
    return kith_scan_status(scan, err);
}

kith_status
kith_scan_rest(kith_scan *scan, kith_error *err)
{
    int c;

    kith_scan_start_word(scan);
    while ((c = kith_scan_peek(scan)) >= 0) {
        kith_scan_take(scan);
        if (c == '\n')
            break;
        TRY(kith_scan_add(scan, c, err));
    }
    TRY(kith_scan_status(scan, err));
    g_strstrip(scan->word->str);
    g_string_set_size(scan->word, strlen(scan->word->str));
    return KITH_OK;
}

const char *
kith_scan_head(const char *head, size_t *length, char comment)
{
    const char *end = head + *length;

    if (*length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
        head += 3;
    for (;;) {
        while (head < end && g_ascii_isspace(*head))
            head++;
        if (head == end || !comment || *head != comment)
            break;
        while (head < end && *head != '\n')
            head++;
    }
    *length = (size_t)(end - head);
    return head;
}

bool
kith_scan_starts(const char *text, size_t length, const char *word)
{
    size_t n = strlen(word);

    return length >= n && g_ascii_strncasecmp(text, word, n) == 0 &&
           (length == n || (!g_ascii_isalnum(text[n]) && text[n] != '_'));
}

/* One entity at & . @return its length, 0 when it is none */
static size_t
decode_entity(const char *text, gunichar *out)
{
    static const struct {
        const char *name;
        gunichar is;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    bool hex = text[1] == '#' && (text[2] == 'x' || text[2] == 'X');
    char *end = NULL;
    guint64 value;

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_has_prefix(text, known[i].name)) {
            *out = known[i].is;
            return strlen(known[i].name);
        }
    if (text[1] != '#' || !g_ascii_isxdigit(text[hex ? 3 : 2]))
        return 0;
    value = g_ascii_strtoull(text + (hex ? 3 : 2), &end, hex ? 16 : 10);
    if (*end != ';' || value == 0 || value > 0x10ffff || !g_unichar_validate((gunichar)value))
        return 0;
    *out = (gunichar)value;
    return (size_t)(end - text) + 1;
}

void
kith_scan_entities(GString *text)
{
    size_t kept = 0, n;
    gunichar c;

    if (!memchr(text->str, '&', text->len))
        return;
    for (size_t at = 0; at < text->len; at += n) {
        n = text->str[at] == '&' ? decode_entity(text->str + at, &c) : 0;
        if (n)
            kept += (size_t)g_unichar_to_utf8(c, text->str + kept); /* never longer than it was */
        else
            text->str[kept++] = text->str[at], n = 1;
    }
    g_string_truncate(text, kept);
}

bool
kith_scan_whole(const char *text, int64_t limit, int64_t *out)
{
    int64_t value = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        if (!g_ascii_isdigit(*text) || value > limit / 10 || value * 10 > limit - (*text - '0'))
            return false;
        value = value * 10 + (*text - '0');
    }
    *out = value;
    return true;
}
