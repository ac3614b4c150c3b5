/* SPDX-License-Identifier: GPL-3.0-or-later */
/* profile.c - finds a profile's columns in a header, and reads its rows by them. */
#include "profile.h"
#include "base/base.h"
#include "base/number.h"
#include "base/text.h"
#include <string.h>

/* "e mail # value" is "e mail 2 value": '#' stands for digits. */
static bool
matches(const char *folded, const char *word, size_t n)
{
    size_t w = 0;

    while (w < n) {
        if (word[w] == '#') {
            size_t digits = strspn(folded, "0123456789");

            if (digits == 0)
                return false;
            folded += digits;
        } else if (*folded++ != word[w]) {
            return false;
        }
        w++;
    }
    return *folded == '\0';
}

/* The column of one of the words between two separators, -1 when there is none. */
static int
find(const kith_header *header, const char *word, size_t n)
{
    for (size_t i = 0; i < header->n; i++)
        if (matches(header->folded[i], word, n))
            return (int)i;
    return -1;
}

/* One word of a signature: "record id/record id contact". */
static bool
has_any(const kith_header *header, const char *words, size_t n)
{
    for (size_t i = 0, j; i < n; i = j + 1) {
        for (j = i; j < n && words[j] != '/'; j++)
            ;
        if (find(header, words + i, j - i) >= 0)
            return true;
    }
    return false;
}

bool
kith_profile_fits(const kith_profile *profile, const kith_header *header)
{
    const char *p = profile->signature;

    for (;;) {
        size_t n = strcspn(p, "|");

        if (!has_any(header, p, n))
            return false;
        if (p[n] == '\0')
            return true;
        p += n + 1;
    }
}

/* Whether the file's own name, without its folder, says so. */
static bool
is_called(const char *name, const char *word)
{
    g_autofree char *base = g_path_get_basename(name ? name : "");
    g_autofree char *folded = kith_header_fold(base);

    return strstr(folded, word) != NULL;
}

int
kith_profile_probe(const kith_profile *profile, kith_header_test fits, const char *head,
                   size_t length, const char *name)
{
    g_autoptr(kith_header) header = NULL;
    int words = 1;

    if (profile->file && !is_called(name, profile->file))
        return 0;
    header = kith_rows_sniff_header(head, length, fits);
    if (!header)
        return 0;
    for (const char *p = profile->signature; *p; p++)
        words += *p == '|';
    return MIN(90 + words + (profile->file ? 1 : 0), 99);
}

/* Binds each column to the first entry that knows it. */
static void
bind_columns(kith_reader *r, const kith_header *header)
{
    g_autofree bool *taken = g_new0(bool, header->n + 1);

    r->bound = g_new0(kith_bound, header->n + 1);
    for (const kith_profile_column *c = r->profile->columns; c->words; c++) {
        for (const char *p = c->words; *p; p += strspn(p, "|")) {
            size_t n = strcspn(p, "|");

            for (size_t i = 0; i < header->n; i++) {
                if (taken[i] || !matches(header->folded[i], p, n))
                    continue;
                taken[i] = true;
                r->bound[r->n++] = (kith_bound){(int)i, c};
            }
            p += n;
        }
    }
    r->spare = g_new0(bool, header->n + 1);
    for (size_t i = 0; i < header->n; i++)
        r->spare[i] = !taken[i] && *header->text[i];
}

static int
first_column(const kith_reader *r, kith_field field)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->bound[i].entry && r->bound[i].entry->field == field)
            return r->bound[i].column;
    return -1;
}

kith_status
kith_reader_open(const kith_profile *profile, kith_header_test fits, kith_source *source,
                 kith_builder *into, kith_reader *out, kith_error *err)
{
    *out = (kith_reader){.profile = profile, .source = source, .into = into, .subject = -1};
    TRY(kith_rows_open(source, fits, &out->rows, err));
    bind_columns(out, kith_rows_header(out->rows));
    if (profile->month_first)
        kith_rows_dates_are(out->rows, KITH_ORDER_MDY);
    else
        kith_rows_dates_in(out->rows, first_column(out, KITH_FIELD_DATE));
    return KITH_OK;
}

void
kith_reader_clear(kith_reader *reader)
{
    kith_rows_free(reader->rows);
    g_free(reader->bound);
    g_free(reader->spare);
    g_clear_pointer(&reader->cards, g_hash_table_unref);
    g_clear_pointer(&reader->relations, g_array_unref);
    *reader = (kith_reader){.subject = -1};
}

kith_status
kith_reader_next(kith_reader *reader, kith_error *err)
{
    return kith_rows_next(reader->rows, &reader->row, err);
}

const char *
kith_reader_cell(const kith_reader *reader, kith_field field, int *column)
{
    if (column)
        *column = -1;
    for (size_t i = 0; i < reader->n; i++) {
        const char *text = kith_row_text(reader->row, reader->bound[i].column);

        if (reader->bound[i].entry->field != field || !*text)
            continue;
        if (column)
            *column = reader->bound[i].column;
        return text;
    }
    return "";
}

const char *
kith_reader_text(const kith_reader *reader, kith_field field)
{
    return kith_reader_cell(reader, field, NULL);
}

bool
kith_reader_ticked(const kith_reader *reader, kith_field field)
{
    g_autofree char *folded = kith_header_fold(kith_reader_text(reader, field));

    return *folded && !kith_word_among(folded, "0|no|false|n|f|none");
}

bool
kith_reader_date(kith_reader *reader, kith_field field, kith_time *when, kith_precision *precision)
{
    int column;

    kith_reader_cell(reader, field, &column);
    return kith_rows_date(reader->rows, reader->row, column, when, precision);
}

void
kith_reader_amount(kith_reader *reader, kith_fact *fact, char currency[4])
{
    const char *code = kith_reader_text(reader, KITH_FIELD_CURRENCY);
    int column;
    const char *text = kith_reader_cell(reader, KITH_FIELD_AMOUNT, &column);
    double value;

    currency[0] = '\0';
    if (!*text)
        return;
    if (!kith_money_parse(text, &value, currency)) {
        kith_rows_at(reader->rows, reader->row, column);
        kith_source_warn(reader->source, "bad amount '%s' (expected a number)", text);
        return;
    }
    fact->amount = value;
    fact->currency = *code ? code : *currency ? currency : NULL;
}

/* A word the export is not known to write; taken as the profile says. */
static const char *
unknown_status(kith_reader *r, int column, const char *text)
{
    if (!r->profile->unknown)
        return text;
    kith_rows_at(r->rows, r->row, column);
    kith_source_warn(r->source, "unknown status '%s' read as %s", text, r->profile->unknown);
    return r->profile->unknown;
}

kith_effect
kith_reader_status(kith_reader *reader, const char **status)
{
    int column;
    const char *text = kith_reader_cell(reader, KITH_FIELD_STATUS, &column);
    g_autofree char *folded = kith_header_fold(text);

    *status = reader->profile->otherwise;
    if (!*text)
        return KITH_EFFECT_TIE;
    for (const kith_profile_status *s = reader->profile->statuses; s && s->words; s++) {
        if (!kith_word_among(folded, s->words))
            continue;
        *status = s->status ? s->status : text;
        if (s->effect != KITH_EFFECT_TIE) {
            kith_rows_at(reader->rows, reader->row, column);
            kith_source_hold(reader->source, "%s is '%s'",
                             kith_rows_header(reader->rows)->text[column], text);
        }
        return s->effect;
    }
    *status = unknown_status(reader, column, text);
    return KITH_EFFECT_TIE;
}

kith_status
kith_profile_read(const kith_profile *profile, kith_header_test fits, kith_source *source,
                  kith_builder *into, kith_error *err)
{
    g_auto(kith_reader) r = {0};

    TRY(kith_reader_open(profile, fits, source, into, &r, err));
    for (;;) {
        TRY(kith_reader_next(&r, err));
        if (!r.row)
            return kith_profile_relate(&r, err);
        TRY(kith_profile_row(&r, err));
    }
}
