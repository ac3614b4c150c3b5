/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rows.c - finds a table's header, keeps rows back until its dates are understood, then hands them out. */
#include "rows.h"
#include "base/base.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

/* A header is expected among the first rows; a probe looks at a few more to see what the cells are like. */
#define HEADER_ROWS 20
#define SNIFF_ROWS 40
/* Rows kept back while their dates are undecided; after that they are read as they most likely are. */

/* What is known of a column's cells. */
enum { FILLED = 1, READ = 2 };

/* Names of columns told at most. */
#define MOST_TOLD 12

struct kith_rows {
    kith_source *source;
    kith_csv *csv;
    kith_header *header;
    uint8_t *known; /* of each of its columns: FILLED, READ */
    int date_column;
    bool watching; /* no date has decided the order yet */
    kith_date_order seen;
    kith_day_order order;
    GPtrArray *kept; /* of kith_row, owned */
    guint next;      /* of the kept rows */
    kith_row now;    /* the row handed out last */
};

static void
clear_row(kith_row *row)
{
    g_free(row->field);
    g_free(row->column);
    g_free(row->text);
    *row = (kith_row){0};
}

static void
free_row(gpointer data)
{
    clear_row(data);
    g_free(data);
}

/* Makes room for n fields of so many bytes; a row that is used again and again stops growing. */
static void
reserve(kith_row *row, size_t n, size_t bytes)
{
    if (row->fields_room < n + 1) {
        row->fields_room = MAX(16, 2 * n);
        row->field = g_renew(char *, row->field, row->fields_room);
        row->column = g_renew(int64_t, row->column, row->fields_room);
    }
    if (row->text_room < bytes) {
        row->text_room = MAX(256, 2 * bytes);
        row->text = g_realloc(row->text, row->text_room);
    }
}

/* Copies a text without the blanks around it. @return its length */
static size_t
copy_trimmed(char *to, const char *from)
{
    size_t length;

    while (g_ascii_isspace(*from))
        from++;
    length = strlen(from);
    while (length && g_ascii_isspace(from[length - 1]))
        length--;
    memcpy(to, from, length);
    to[length] = '\0';
    return length;
}

static void
copy_row(kith_row *row, const kith_csv_row *from)
{
    size_t bytes = 0;
    char *to;
    bool broken = false; /* a line break came before this field: its column is not worth telling */

    for (size_t i = 0; i < from->n; i++)
        bytes += strlen(from->field[i]) + 1;
    reserve(row, from->n, bytes);
    row->line = from->line;
    row->n = from->n;
    to = row->text;
    for (size_t i = 0; i < from->n; i++) {
        /* The reader splits a record in place, so that fields stand where they stood in the line. */
        row->column[i] = broken ? 0 : from->field[i] - from->field[0] + 1;
        row->field[i] = to;
        to += copy_trimmed(to, from->field[i]) + 1;
        broken = broken || strchr(from->field[i], '\n');
    }
    row->field[from->n] = NULL;
}

/*
 * Some twenty importers ask the same about the same first bytes, one after another: the rows and the headers they would
 * make are kept until other bytes come.
 */
struct sniffed {
    char *bytes;
    size_t length;
    GPtrArray *rows; /* char ** */
    GPtrArray *
        headers; /* kith_header, of the first rows; NULL: has no letter, so no header is asked for that it could be */
};

static void
free_sniffed(gpointer data)
{
    struct sniffed *s = data;

    g_free(s->bytes);
    g_ptr_array_unref(s->rows);
    g_ptr_array_unref(s->headers);
    g_free(s);
}

static GPrivate last_sniffed = G_PRIVATE_INIT(free_sniffed);

static GPtrArray *
read_head(const char *head, size_t length)
{
    g_autoptr(kith_source) source = kith_source_from_memory("", head, length);
    g_autoptr(kith_csv) csv = kith_csv_new(source);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    const kith_csv_row *row;
    kith_row copy = {0};

    while (rows->len < SNIFF_ROWS && (row = kith_csv_next(csv, NULL)) != NULL) {
        copy_row(&copy, row);
        g_ptr_array_add(rows, g_strdupv(copy.field));
    }
    clear_row(&copy);
    return rows;
}

static kith_header *
possible_header(char **cells)
{
    for (char **cell = cells; *cell; cell++)
        for (const char *c = *cell; *c; c++)
            if (g_ascii_isalpha(*c) || *c & 0x80)
                return kith_header_new((const char *const *)cells, g_strv_length(cells));
    return NULL;
}

static const struct sniffed *
sniff(const char *head, size_t length)
{
    struct sniffed *s = g_private_get(&last_sniffed);

    if (s && s->length == length && (length == 0 || memcmp(s->bytes, head, length) == 0))
        return s;
    s = g_new(struct sniffed, 1);
    *s = (struct sniffed){g_memdup2(head, length), length, read_head(head, length),
                          g_ptr_array_new_with_free_func((GDestroyNotify)kith_header_free)};
    for (guint i = 0; i < MIN(s->rows->len, HEADER_ROWS); i++)
        g_ptr_array_add(s->headers, possible_header(s->rows->pdata[i]));
    g_private_replace(&last_sniffed, s);
    return s;
}

GPtrArray *
kith_rows_sniff(const char *head, size_t length)
{
    return g_ptr_array_ref(sniff(head, length)->rows);
}

kith_header *
kith_rows_sniff_header(const char *head, size_t length, kith_header_test test)
{
    const struct sniffed *s = sniff(head, length);

    for (guint i = 0; i < s->headers->len; i++) {
        char **cells = s->rows->pdata[i];

        if (s->headers->pdata[i] && test(s->headers->pdata[i]))
            return kith_header_new((const char *const *)cells, g_strv_length(cells));
    }
    return NULL;
}

static kith_status
find_header(kith_rows *rows, kith_header_test test, kith_error *err)
{
    const kith_csv_row *row;

    for (int i = 0; i < HEADER_ROWS; i++) {
        row = kith_csv_next(rows->csv, err);
        if (!row)
            break;
        rows->header = kith_header_new(row->field, row->n);
        if (!test || test(rows->header))
            return KITH_OK;
        g_clear_pointer(&rows->header, kith_header_free);
    }
    TRY(kith_csv_status(rows->csv));
    kith_source_at(rows->source, 1, 1);
    return kith_source_fail(rows->source, err,
                            "no header row: the first %d rows name no columns "
                            "that are expected here",
                            HEADER_ROWS);
}

kith_status
kith_rows_open(kith_source *source, kith_header_test test, kith_rows **out, kith_error *err)
{
    g_autoptr(kith_rows) rows = g_new0(kith_rows, 1);

    rows->source = source;
    rows->csv = kith_csv_new(source);
    rows->date_column = -1;
    rows->kept = g_ptr_array_new_with_free_func(free_row);
    TRY(find_header(rows, test, err));
    rows->known = g_new0(uint8_t, rows->header->n + 1);
    *out = g_steal_pointer(&rows);
    return KITH_OK;
}

void
kith_rows_seen_utf8(kith_rows *rows)
{
    kith_csv_seen_utf8(rows->csv);
}

void
kith_rows_free(kith_rows *rows)
{
    if (!rows)
        return;
    kith_csv_free(rows->csv);
    kith_header_free(rows->header);
    g_free(rows->known);
    g_ptr_array_unref(rows->kept);
    clear_row(&rows->now);
    g_free(rows);
}

const kith_header *
kith_rows_header(const kith_rows *rows)
{
    return rows->header;
}

kith_source *
kith_rows_source(const kith_rows *rows)
{
    return rows->source;
}

void
kith_rows_dates_in(kith_rows *rows, int column)
{
    rows->date_column = column;
    rows->watching = column >= 0;
}

void
kith_rows_dates_are(kith_rows *rows, kith_day_order order)
{
    rows->watching = false;
    rows->order = order;
}

/* The next row of the file; n is 0 at the end. */
static kith_status
fetch(kith_rows *rows, kith_row *out, kith_error *err)
{
    const kith_csv_row *row = kith_csv_next(rows->csv, err);

    out->n = 0;
    if (row)
        copy_row(out, row);
    return row ? KITH_OK : kith_csv_status(rows->csv);
}

static void
settle_order(kith_rows *rows)
{
    bool guessed = false;

    rows->order = kith_date_order_decide(&rows->seen, &guessed);
    rows->watching = false;
    if (!guessed || rows->seen.numeric == 0)
        return;
    kith_source_at(rows->source, 0, 0);
    kith_source_warn(rows->source, "dates in '%s' are read as %s: nothing in the column decides it",
                     rows->header->text[rows->date_column], kith_day_order_name(rows->order));
}

/* Reads ahead until a date decides the order of day and month, and keeps what was read. */
static kith_status
read_ahead(kith_rows *rows, kith_error *err)
{
    while (rows->watching) {
        kith_row *row = g_new0(kith_row, 1);
        kith_status status = fetch(rows, row, err);
        bool guessed = true;

        if (status != KITH_OK || row->n == 0) {
            free_row(row);
            TRY(status);
            settle_order(rows);
            break;
        }
        g_ptr_array_add(rows->kept, row);
        kith_date_order_feed(&rows->seen, kith_row_text(row, rows->date_column));
        kith_date_order_decide(&rows->seen, &guessed);
        if (rows->kept->len >= kith_limit(KITH_LIMIT_DATES) || (rows->seen.numeric && !guessed))
            settle_order(rows);
        else if (rows->seen.numeric == 0)
            break; /* nothing ambiguous so far: hand the row out */
    }
    return KITH_OK;
}

static kith_status
take(kith_rows *rows, kith_error *err)
{
    if (rows->next == rows->kept->len) {
        g_ptr_array_set_size(rows->kept, 0);
        rows->next = 0;
        if (rows->watching)
            TRY(read_ahead(rows, err));
        if (rows->kept->len == 0)
            return fetch(rows, &rows->now, err);
    }
    clear_row(&rows->now);
    /* The place in the array stays, emptied, so that freeing it is safe. */
    rows->now = *(kith_row *)rows->kept->pdata[rows->next];
    *(kith_row *)rows->kept->pdata[rows->next++] = (kith_row){0};
    return KITH_OK;
}

/* Whether a cell may be a clean text; most are told apart by their first letter, when no accent may follow it. */
static bool
may_equal(const char *cell, const char *clean)
{
    return *cell == *clean || !g_ascii_isgraph(*cell) || (cell[1] & 0x80);
}

/* Guest lists exported page by page repeat their header; a row equal to it is nobody. */
static bool
is_header_again(const kith_rows *rows)
{
    const kith_header *header = rows->header;

    if (rows->now.n != header->n || !may_equal(rows->now.field[0], header->text[0]))
        return false;
    for (size_t i = 0; i < header->n; i++) {
        g_autofree char *clean = kith_text_clean(rows->now.field[i]);

        if (strcmp(clean, header->text[i]) != 0)
            return false;
    }
    return true;
}

/* Columns with something in them that nobody asked for. */
static void
describe_unread(const kith_rows *rows)
{
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n = 0;

    for (size_t i = 0; i < rows->header->n; i++) {
        if (rows->known[i] != FILLED || n++ >= MOST_TOLD)
            continue;
        g_string_append(names, names->len ? "; " : "");
        if (*rows->header->text[i])
            g_string_append(names, rows->header->text[i]);
        else
            g_string_append_printf(names, "number %zu", i + 1);
    }
    if (n > MOST_TOLD)
        g_string_append_printf(names, "; and %zu more", n - MOST_TOLD);
    if (n)
        kith_source_describe(rows->source, "columns ignored: %s", names->str);
}

/* What the import report says of the table. */
static void
describe(const kith_rows *rows)
{
    char separator = kith_csv_separator(rows->csv);

    kith_source_describe(rows->source, "%s", kith_csv_encoding(rows->csv));
    if (separator == '\t')
        kith_source_describe(rows->source, "tab between fields");
    else
        kith_source_describe(rows->source, "'%c' between fields", separator);
    if (rows->date_column >= 0)
        kith_source_describe(rows->source, "dates %s where they are numbers",
                             kith_day_order_name(rows->order));
    describe_unread(rows);
}

static void
look_at_cells(kith_rows *rows)
{
    kith_row *row = &rows->now;

    row->known = rows->known;
    row->known_n = rows->header->n;
    for (size_t i = 0; i < MIN(row->n, row->known_n); i++)
        row->known[i] |= *row->field[i] ? FILLED : 0;
}

kith_status
kith_rows_next(kith_rows *rows, const kith_row **row, kith_error *err)
{
    *row = NULL;
    for (;;) {
        TRY(take(rows, err));
        if (rows->now.n == 0) {
            describe(rows);
            return KITH_OK;
        }
        kith_source_at(rows->source, rows->now.line, rows->now.column[0]);
        if (!is_header_again(rows))
            break;
        kith_source_warn(rows->source, "the header is repeated here: not a record");
    }
    kith_source_record(rows->source);
    look_at_cells(rows);
    *row = &rows->now;
    return KITH_OK;
}

const char *
kith_row_text(const kith_row *row, int column)
{
    if (column < 0 || (size_t)column >= row->n)
        return "";
    if ((size_t)column < row->known_n)
        row->known[column] |= READ;
    return row->field[column];
}

void
kith_rows_at(const kith_rows *rows, const kith_row *row, int column)
{
    bool there = column >= 0 && (size_t)column < row->n;

    kith_source_at(rows->source, row->line, there ? row->column[column] : 0);
}

/* Seconds or milliseconds since 1970, as programs write them: large enough not to be a count or a year. */
static bool
parse_epoch(const char *text, kith_time *when, kith_precision *precision)
{
    size_t digits = strspn(text, "0123456789");
    gint64 value = g_ascii_strtoll(text, NULL, 10);

    if (text[digits] != '\0' && strcmp(text + digits, ".0") != 0)
        return false;
    if (digits != 9 && digits != 10 && digits != 13)
        return false;
    *when = digits == 13 ? value / 1000 : value;
    *precision = KITH_PRECISION_SECOND;
    return true;
}

bool
kith_rows_date(kith_rows *rows, const kith_row *row, int column, kith_time *when,
               kith_precision *precision)
{
    const char *text = kith_row_text(row, column);
    kith_precision ignored;

    if (!*text)
        return false;
    if (!precision)
        precision = &ignored;
    if (parse_epoch(text, when, precision) ||
        kith_date_parse_ordered(text, rows->order, when, precision))
        return true;
    kith_rows_at(rows, row, column);
    kith_source_warn(rows->source,
                     "bad date '%s' (expected YYYY-MM-DD or the like): read as undated", text);
    return false;
}
