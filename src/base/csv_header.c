/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv_header.c - how a table is laid out: its separator and which row is its header.
 *
 * Exports start with preambles (LinkedIn), title rows padded with separators (Excel), comments and
 * blank lines. The header is the first row that is as wide as most rows and mostly filled; a row of
 * numbers means there is none.
 */
#include "base/csv_private.h"
#include "base/number.h"
#include "base/text.h"
#include <string.h>

#define LONGEST_NAME 80 /* bytes; sentences of a preamble are longer */

/* How many of the first records have the most common number of fields. */
struct sample {
    size_t common, score;
};

#define SAMPLE 20
#define FEW_BYTES 4096 /* most samples are in them */

/* The widths of the first records. @return how many; *at_end: the last one ends with these bytes */
static size_t
count_fields(const char *head, size_t length, char separator, size_t *counts, bool *at_end)
{
    g_autoptr(kith_source) source = kith_source_from_memory("", head, length);
    g_autoptr(kith_csv) csv = kith_csv_start(source, separator);
    size_t n = 0;

    while (n < SAMPLE && kith_csv_next(csv, NULL) != NULL)
        counts[n++] = csv->n;
    *at_end = csv->next == csv->buffer->len;
    return n;
}

static struct sample
take_sample(const char *head, size_t length, char separator)
{
    struct sample best = {0, 0};
    size_t counts[SAMPLE], n;
    bool at_end;

    n = count_fields(head, MIN(length, FEW_BYTES), separator, counts, &at_end);
    if (length > FEW_BYTES && (n < SAMPLE || at_end))
        n = count_fields(head, length, separator, counts, &at_end);
    if (n > 1 && length >= KITH_CSV_HEAD && at_end)
        n--; /* the last one may go on beyond the head */
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;

        for (size_t j = 0; j < n; j++)
            same += counts[j] == counts[i];
        if (same > best.score || (same == best.score && counts[i] > best.common))
            best = (struct sample){counts[i], same};
    }
    return best;
}

/*
 * The separator that cuts most records into the same number of fields. Among equals the rarer
 * character in running text wins: decimal commas are in every row of a table that is separated by
 * semicolons.
 */
char
kith_csv_sniff(const char *head, size_t length, size_t *common)
{
    static const char separators[] = "\t;|,";
    struct sample best = {0, 0};
    char chosen = ',';

    for (const char *s = separators; *s != '\0'; s++) {
        struct sample sample = {0};

        if (length > 0 && memchr(head, *s, length)) /* in any encoding it has this byte */
            sample = take_sample(head, length, *s);
        if (sample.common > 1 && sample.score > best.score) {
            best = sample;
            chosen = *s;
        }
    }
    *common = MAX(best.common, 1);
    return chosen;
}

enum verdict { NO_HEADER, NOT_YET, HEADER };

static enum verdict
judge(const kith_csv_row *row, size_t common)
{
    size_t filled = 0, numbers = 0, longest = 0;
    double value;

    if (row->field[0][0] == '#' || g_str_has_prefix(row->field[0], "sep="))
        return NOT_YET;
    for (size_t i = 0; i < row->n; i++) {
        const char *cell = row->field[i] + strspn(row->field[i], " \t");

        filled += *cell != '\0';
        numbers += kith_number_parse(cell, &value);
        longest = MAX(longest, strlen(cell));
    }
    if (row->n == common && filled * 2 >= row->n)
        return numbers * 2 > filled ? NO_HEADER : HEADER;
    /* rows may end in a spare separator, or leave out what is empty at their end */
    if (row->n >= 3 && row->n + 1 >= common && filled == row->n && longest <= LONGEST_NAME &&
        numbers == 0)
        return HEADER;
    return NOT_YET;
}

static void
keep_names(const kith_csv *csv, const kith_csv_row *row, kith_csv_header *out)
{
    out->separator = kith_csv_separator(csv);
    out->encoding = kith_csv_encoding(csv);
    out->line = row->line;
    out->n = row->n;
    out->names = g_new0(char *, row->n + 1);
    for (size_t i = 0; i < row->n; i++)
        out->names[i] = kith_text_fold(row->field[i]);
}

bool
kith_csv_find_header(const char *head, size_t length, kith_csv_header *out)
{
    g_autoptr(kith_source) source = kith_source_from_memory("", head, length);
    g_autoptr(kith_csv) csv = kith_csv_new(source);
    const kith_csv_row *row;
    enum verdict verdict = NOT_YET;
    size_t common;

    *out = (kith_csv_header){0};
    if (kith_csv_status(csv) != KITH_OK)
        return false;
    kith_csv_sniff(head, length, &common);
    for (int i = 0; i < 40 && verdict == NOT_YET && (row = kith_csv_next(csv, NULL)) != NULL; i++) {
        verdict = judge(row, common);
        if (verdict == HEADER)
            keep_names(csv, row, out);
    }
    return verdict == HEADER;
}

void
kith_csv_header_clear(kith_csv_header *header)
{
    g_strfreev(header->names);
    *header = (kith_csv_header){0};
}

kith_status
kith_csv_read_header(kith_csv *csv, kith_error *err)
{
    g_auto(kith_csv_header) header = {0};
    const kith_csv_row *row;
    const char *head;
    size_t length;

    TRY(kith_source_head(csv->source, &head, &length, err));
    if (!kith_csv_find_header(head, length, &header)) {
        kith_source_at(csv->source, length > 0 ? 1 : 0, 0);
        return kith_source_fail(csv->source, err,
                                length > 0 ? "no header row" : "the file is empty");
    }
    csv->separator = header.separator;
    while ((row = kith_csv_next(csv, err)) != NULL)
        if (row->line >= header.line)
            break;
    if (csv->error.status != KITH_OK)
        return csv->error.status;
    g_strfreev(csv->names);
    csv->names = g_steal_pointer(&header.names);
    return KITH_OK;
}

int
kith_csv_columns(const kith_csv *csv)
{
    return csv->names != NULL ? (int)g_strv_length(csv->names) : 0;
}

const char *
kith_csv_column_name(const kith_csv *csv, int column)
{
    return column >= 0 && column < kith_csv_columns(csv) ? csv->names[column] : NULL;
}

int
kith_csv_column_after(const kith_csv *csv, const char *folded_name, int after)
{
    for (int i = after + 1, n = kith_csv_columns(csv); i < n; i++)
        if (strcmp(csv->names[i], folded_name) == 0)
            return i;
    return -1;
}

int
kith_csv_column(const kith_csv *csv, const char *folded_name)
{
    return kith_csv_column_after(csv, folded_name, -1);
}
