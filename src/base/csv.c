/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv.c - text tables, one record after another.
 *
 * Two steps a record: csv_record.c finds where it ends, then it is made clean UTF-8 and split in
 * place.
 */
#include "base/csv.h"
#include "base/csv_private.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

#define UTF8 "UTF-8"
#define WINDOWS "Windows-1252"

kith_csv *
kith_csv_start(kith_source *source, char separator)
{
    kith_csv *csv = g_new0(kith_csv, 1);

    csv->source = source;
    csv->separator = separator;
    csv->buffer = g_string_sized_new(1 << 13);
    csv->line = 1;
    csv->newline = csv->quote = csv->cr = csv->nul = SIZE_MAX;
    kith_decoder_init(&csv->decoder, source, &csv->error);
    /* Rows are told apart one by one, since files are glued together: their bytes come as they are. */
    csv->windows = g_strcmp0(csv->decoder.encoding, WINDOWS) == 0;
    if (csv->windows)
        csv->decoder.encoding = UTF8;
    return csv;
}

void
kith_csv_free(kith_csv *csv)
{
    if (csv == NULL)
        return;
    kith_decoder_clear(&csv->decoder);
    g_string_free(csv->buffer, TRUE);
    if (csv->repaired != NULL)
        g_string_free(csv->repaired, TRUE);
    g_free(csv->fields);
    g_strfreev(csv->names);
    g_free(csv);
}

char
kith_csv_separator(const kith_csv *csv)
{
    return csv->separator;
}

void
kith_csv_seen_utf8(kith_csv *csv)
{
    csv->seen_utf8 = true;
}

const char *
kith_csv_encoding(const kith_csv *csv)
{
    if (csv->mixed)
        return "mixed UTF-8 and Windows-1252";
    return csv->windows ? WINDOWS : csv->decoder.encoding;
}

kith_status
kith_csv_status(const kith_csv *csv)
{
    return csv->error.status;
}

static bool
is_ascii(const char *text, size_t length)
{
    uint64_t all = 0, word;
    size_t at = 0;

    for (; at + 8 <= length; at += 8) {
        memcpy(&word, text + at, 8);
        all |= word;
    }
    for (; at < length; at++)
        all |= (unsigned char)text[at] & 0x80;
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* A copy of the record whose bytes are read as Windows-1252; each is one of three bytes at most.
 * @param keep whether those that are UTF-8 stay */
static char *
decode(kith_csv *csv, const char *text, size_t *length, bool keep)
{
    char *end;

    if (csv->repaired == NULL)
        csv->repaired = g_string_new(NULL);
    g_string_set_size(csv->repaired, 3 * *length);
    end = csv->repaired->str;
    for (size_t at = 0, n; at < *length; at += n) {
        size_t character = keep ? kith_text_character(text + at, *length - at) : 0;

        n = MAX(character, 1);
        if (character > 0 || (guchar)text[at] < 0x80)
            end = (char *)memcpy(end, text + at, n) + n;
        else
            end += g_unichar_to_utf8(kith_text_windows_1252((guchar)text[at]), end);
    }
    g_string_truncate(csv->repaired, (gsize)(end - csv->repaired->str));
    *length = csv->repaired->len;
    return csv->repaired->str;
}

/* Leaves NUL bytes out of a record; told once a record. */
static size_t
drop_nuls(kith_csv *csv, char *text, size_t length)
{
    size_t kept = 0;

    for (size_t i = 0; i < length; i++)
        if (text[i] != '\0')
            text[kept++] = text[i];
    if (kept == length)
        return length;
    kith_source_warn(csv->source, "%zu NUL byte%s left out", length - kept,
                     length - kept == 1 ? "" : "s");
    text[kept] = '\0';
    return kept;
}

/* The record as UTF-8. What is UTF-8 stays so in a file of the other kind as well: as Windows-1252 it would be a name that
 * nobody has. */
static char *
read_record(kith_csv *csv, char *text, size_t *length)
{
    if (kith_text_valid(text, *length)) {
        if (csv->windows && !csv->mixed)
            kith_source_warn(csv->source,
                             "UTF-8, in a file that is not (rows are read one by one)");
        csv->mixed = csv->mixed || csv->windows;
        csv->seen_utf8 = true;
        return text;
    }
    if (csv->seen_utf8 || kith_text_mostly_utf8(text, *length)) {
        if (!csv->windows)
            kith_source_warn(csv->source, "bytes that are not UTF-8 (read as Windows-1252)");
        csv->mixed = true;
        return decode(csv, text, length, kith_text_mostly_utf8(text, *length) || !csv->windows);
    }
    if (!csv->windows)
        kith_source_warn(csv->source, "not UTF-8 from here on (read as Windows-1252)");
    csv->windows = true;
    return decode(csv, text, length, false);
}

/* The record as clean UTF-8 that may be written to. */
static char *
clean_record(kith_csv *csv, size_t *length)
{
    char *text = csv->buffer->str + csv->start;

    if (strcmp(csv->decoder.encoding, UTF8) == 0 && !is_ascii(text, *length))
        text = read_record(csv, text, length);
    text[*length] = '\0';
    if (csv->nul < csv->next)
        *length = drop_nuls(csv, text, *length);
    return text;
}

static void
add_field(kith_csv *csv, const char *field)
{
    if (csv->n == csv->room) {
        csv->room = MAX(16, csv->room * 2);
        csv->fields = g_renew(const char *, csv->fields, csv->room);
    }
    csv->fields[csv->n++] = field;
}

/* Takes the quotes off a field in place. @return where its separator or the record's end is; *end
 * is its own end */
static char *
unquote(char *field, char *record_end, char separator, char **end)
{
    char *from = field + 1, *to = field;

    for (;;) {
        char *quote = memchr(from, '"', (size_t)(record_end - from));
        size_t length = (size_t)((quote != NULL ? quote : record_end) - from);

        memmove(to, from, length);
        to += length;
        if (quote == NULL) {
            from = record_end;
            break;
        }
        from = quote + 1;
        if (from == record_end || *from != '"')
            break;
        *to++ = '"';
        from++;
    }
    while (from < record_end &&
           *from != separator) /* text after the closing quote belongs to the field */
        *to++ = *from++;
    *end = to;
    return from;
}

kith_status
kith_csv_fail_wide(const char *source, int64_t line, int64_t column, kith_error *err)
{
    long long most = (long long)kith_limit(KITH_LIMIT_COLUMNS);

    return kith_fail_at(err, KITH_ERR_LIMIT, source, line, column,
                        "found field %lld of a row (expected at most %lld: the limit 'columns', "
                        "see 'kith limits')",
                        most + 1, most);
}

static kith_status
check_field(kith_csv *csv, const char *record, const char *field, const char *end)
{
    int64_t column = field - record + 1;

    if ((int64_t)csv->n >= kith_limit(KITH_LIMIT_COLUMNS))
        return kith_csv_fail_wide(kith_source_name(csv->source), csv->line, column, &csv->error);
    if (end - field <= kith_limit(KITH_LIMIT_FIELD))
        return KITH_OK;
    kith_source_at(csv->source, csv->line, column);
    return kith_source_fail_as(csv->source, KITH_ERR_LIMIT, &csv->error,
                               "found a field of %lld bytes (expected at most %lld: the limit "
                               "'field', see 'kith limits')",
                               (long long)(end - field), (long long)kith_limit(KITH_LIMIT_FIELD));
}

static kith_status
split(kith_csv *csv, char *record, size_t length)
{
    char *field = record, *end = record + length;

    csv->n = 0;
    for (;;) {
        char *stop, *field_end;

        if (*field == '"') {
            stop = unquote(field, end, csv->separator, &field_end);
        } else {
            stop = memchr(field, csv->separator, (size_t)(end - field));
            field_end = stop = stop != NULL ? stop : end;
        }
        TRY(check_field(csv, record, field, field_end));
        add_field(csv, field);
        *field_end = '\0';
        if (stop == end)
            return KITH_OK;
        field = stop + 1;
    }
}

static bool
is_blank(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return *text == '\0';
}

static bool
is_blank_row(const kith_csv *csv)
{
    for (size_t i = 0; i < csv->n; i++)
        if (!is_blank(csv->fields[i]))
            return false;
    return true;
}

/* Whether the record was cut off inside quotes; then it is held back. */
static bool
is_cut_off(kith_csv *csv)
{
    if (csv->state != QUOTED || csv->next != csv->buffer->len || !csv->decoder.ended)
        return false;
    kith_source_record(csv->source);
    kith_source_hold(csv->source, "a quoted field that does not end (is the file cut off?)");
    return true;
}

const kith_csv_row *
kith_csv_next(kith_csv *csv, kith_error *err)
{
    size_t length;
    char *record;

    while (csv->error.status == KITH_OK && kith_csv_find_record(csv, &length)) {
        kith_source_at(csv->source, csv->line, 1);
        if (is_cut_off(csv))
            return NULL;
        record = clean_record(csv, &length);
        if (split(csv, record, length) != KITH_OK)
            break;
        if (is_blank_row(csv))
            continue;
        csv->row = (kith_csv_row){.n = csv->n, .field = csv->fields, .line = csv->line};
        return &csv->row;
    }
    if (csv->error.status != KITH_OK && err != NULL && err->status == KITH_OK)
        *err = csv->error;
    return NULL;
}

const char *
kith_csv_field(const kith_csv_row *row, int column)
{
    return column >= 0 && (size_t)column < row->n ? row->field[column] : "";
}

kith_csv *
kith_csv_new(kith_source *source)
{
    kith_csv *csv = kith_csv_start(source, ',');
    const char *head;
    size_t length, common;

    if (csv->error.status == KITH_OK &&
        kith_source_head(source, &head, &length, &csv->error) == KITH_OK) {
        csv->separator = kith_csv_sniff(head, length, &common);
        csv->seen_utf8 = !csv->windows && !is_ascii(head, length);
    }
    if (csv->windows)
        kith_source_warn(source, "not UTF-8 (read as Windows-1252)");
    return csv;
}
