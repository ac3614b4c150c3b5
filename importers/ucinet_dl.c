/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ucinet-dl - UCINET's data language.
 *
 *     dl n=3 format=fullmatrix            dl nr=2 nc=3 format=edgelist2
 *     labels: Ann, Bo, "Cho Lee"          labels embedded
 *     data:                               data:
 *     0 1 0                               Ann "Trade fair"
 *     1 0 2                               Bo  Lunch 2
 *     0 2 0
 *
 * A square matrix is directed unless it equals its transpose; lists are directed as written. Two
 * modes (nr, nc, edgelist2, nodelist2) are people and events. A value of 0 is no tie. Several
 * matrices (nm) follow one another, lists with a line "!" between them.
 */
#include "cells.h"
#include "dl_header.h"
#include <string.h>

struct dl {
    kith_graph_file *file;
    kith_scan *scan;
    kith_dl_header header;
    kith_cells cells;
    int64_t matrix;         /* 0-based */
    kith_scan_kind kind;    /* of the word read last */
    GHashTable *index[2];   /* label of a row, of a column -> 1-based place; made when needed */
    int64_t people, events; /* nodes met */
};

static int
probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '\0');
    g_autofree char *start = NULL;

    (void)name;
    if (!kith_scan_starts(text, length, "dl") || length < 4 || !strchr(" \t\r\n,", text[2]))
        return 0;
    start = g_ascii_strdown(text, (gssize)MIN(length, 4096));
    return strstr(start, "data") || strstr(start, "format") || strstr(start, "labels") ? 95 : 30;
}

static const char *
matrix_name(const struct dl *d)
{
    const GPtrArray *labels = d->header.matrix_labels;

    return (guint64)d->matrix < labels->len ? labels->pdata[d->matrix] : NULL;
}

static kith_status
fail_found(struct dl *d, const char *expected, kith_error *err)
{
    if (d->kind == KITH_SCAN_WORD)
        return kith_source_fail(d->scan->source, err, "found '%s' (expected %s)",
                                d->scan->word->str, expected);
    return kith_source_fail(d->scan->source, err, "the end of the %s (expected %s)",
                            d->kind == KITH_SCAN_LINE ? "line" : "file", expected);
}

/* The next word, over line ends. */
static kith_status
next_word(struct dl *d, const char *expected, kith_error *err)
{
    do
        TRY(kith_scan_word(d->scan, &d->kind, err));
    while (d->kind == KITH_SCAN_LINE);
    return d->kind == KITH_SCAN_WORD ? KITH_OK : fail_found(d, expected, err);
}

/* --- nodes ---------------------------------------------------------------------------------- */

/* Nodes are kept apart by id: "r3" the third row, "c3" the third column, "lAnn" a label in the data. */
static kith_mention
numbered(struct dl *d, bool column, int64_t number)
{
    bool event = column && d->header.two_mode;
    const GPtrArray *given = event ? d->header.column_labels : d->header.row_labels;
    char id[32], plain[32];
    const char *label = plain;
    bool known;
    kith_mention who;

    if (!given->len && !event)
        given = d->header.column_labels;
    g_snprintf(plain, sizeof plain, "%" G_GINT64_FORMAT, number);
    g_snprintf(id, sizeof id, "%c%s", event ? 'c' : 'r', plain);
    known = kith_graph_file_knows(d->file, id);
    who = kith_graph_file_node(d->file, event ? KITH_EVENT : KITH_PERSON, id);
    if (known)
        return who;
    if ((guint64)number <= given->len)
        label = given->pdata[number - 1];
    kith_graph_file_set_label(d->file, id, label);
    event ? d->events++ : d->people++;
    return who;
}

static kith_mention
labelled(struct dl *d, bool column, const char *label)
{
    bool event = column && d->header.two_mode;
    g_autofree char *id = g_strdup_printf("%c%s", event ? 'e' : 'l', label);
    bool known = kith_graph_file_knows(d->file, id);
    kith_mention who = kith_graph_file_node(d->file, event ? KITH_EVENT : KITH_PERSON, id);

    if (!known) {
        kith_graph_file_set_label(d->file, id, label);
        event ? d->events++ : d->people++;
    }
    return who;
}

static bool
is_embedded(const struct dl *d, bool column)
{
    return column && d->header.two_mode ? d->header.columns_embedded : d->header.rows_embedded;
}

static GHashTable *
index_of(const GPtrArray *labels)
{
    GHashTable *index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = labels->len; i > 0; i--)
        g_hash_table_insert(index, g_ascii_strdown(labels->pdata[i - 1], -1), GUINT_TO_POINTER(i));
    return index;
}

/* The label given for a row or column: in a list one may stand in place of its number. */
static int64_t
number_of_label(struct dl *d, bool column, const char *label)
{
    bool event = column && d->header.two_mode;
    GHashTable **index = &d->index[event];
    g_autofree char *folded = g_ascii_strdown(label, -1);

    if (!*index)
        *index = index_of(event ? d->header.column_labels : d->header.row_labels);
    return (int64_t)GPOINTER_TO_UINT(g_hash_table_lookup(*index, folded));
}

/* One end in a list: a label when labels are embedded, else a number. */
static kith_status
read_end(struct dl *d, bool column, kith_mention *out, kith_error *err)
{
    const char *word = d->scan->word->str;
    int64_t number, size = column ? d->header.columns : d->header.rows;

    if (is_embedded(d, column)) {
        *out = labelled(d, column, word);
        return KITH_OK;
    }
    if (!kith_scan_whole(word, UINT32_MAX, &number))
        number = number_of_label(d, column, word);
    if (number < 1 || number > size)
        return kith_source_fail(d->scan->source, err,
                                "found '%s' (expected a number, 1 to %" G_GINT64_FORMAT ")", word,
                                size);
    *out = numbered(d, column, number);
    return KITH_OK;
}

/* --- matrices ------------------------------------------------------------------------------- */

static kith_status
take_embedded(struct dl *d, GPtrArray *labels, int64_t n, kith_error *err)
{
    for (int64_t i = 0; i < n; i++) {
        TRY(next_word(d, "a label", err));
        g_ptr_array_add(labels, g_strdup(d->scan->word->str));
    }
    return KITH_OK;
}

/* How many cells row i has, and which column is the first. */
static void
row_extent(const struct dl *d, int64_t i, int64_t *first, int64_t *end)
{
    int64_t absent = d->header.no_diagonal;

    *first = d->header.format == KITH_DL_UPPER_HALF ? i + absent : 0;
    *end = d->header.format == KITH_DL_LOWER_HALF ? i + 1 - absent : d->header.columns;
}

static kith_status
read_matrix_row(struct dl *d, int64_t i, kith_error *err)
{
    bool full = d->header.format == KITH_DL_FULL_MATRIX;
    int64_t first, end;
    double weight;

    row_extent(d, i, &first, &end);
    for (int64_t j = first; j < end; j++) {
        if (full && d->header.no_diagonal && !d->header.two_mode && i == j)
            continue;
        TRY(next_word(d, "a value", err));
        TRY(kith_graph_file_cell(d->file, d->scan->word->str, &weight, err));
        if (kith_cells_column_at(&d->cells, j) < 0)
            kith_cells_column(&d->cells, j, numbered(d, true, j + 1));
        kith_cells_add(&d->cells, d->scan->source, i, j, weight);
    }
    return KITH_OK;
}

/* A row's own label, or its number. */
static kith_status
read_row_node(struct dl *d, int64_t i, kith_error *err)
{
    if (d->header.rows_embedded) {
        TRY(next_word(d, "the row's label", err));
        if (!d->header.two_mode && d->header.columns_embedded) {
            const char *label = d->header.column_labels->pdata[i];

            if (g_ascii_strcasecmp(label, d->scan->word->str) != 0)
                return kith_source_fail(d->scan->source, err,
                                        "the row '%s' (expected '%s', as the columns have it)",
                                        d->scan->word->str, label);
        } else if ((int64_t)d->header.row_labels->len == i) {
            g_ptr_array_add(d->header.row_labels, g_strdup(d->scan->word->str));
        }
    }
    if (kith_cells_row_at(&d->cells, i) < 0)
        kith_cells_row(&d->cells, i, numbered(d, false, i + 1));
    return KITH_OK;
}

static kith_status
read_matrix(struct dl *d, kith_error *err)
{
    if (d->header.columns_embedded) {
        g_ptr_array_set_size(d->header.column_labels, 0);
        TRY(take_embedded(d, d->header.column_labels, d->header.columns, err));
    }
    for (int64_t i = 0; i < d->header.rows; i++) {
        TRY(read_row_node(d, i, err));
        TRY(read_matrix_row(d, i, err));
    }
    return kith_cells_give(&d->cells, d->file, d->header.format != KITH_DL_FULL_MATRIX,
                           matrix_name(d), err);
}

static kith_status
read_matrices(struct dl *d, kith_error *err)
{
    kith_cells_init(&d->cells, d->header.two_mode);
    for (d->matrix = 0; d->matrix < d->header.matrices; d->matrix++)
        TRY(read_matrix(d, err));
    do
        TRY(kith_scan_word(d->scan, &d->kind, err));
    while (d->kind == KITH_SCAN_LINE);
    return d->kind == KITH_SCAN_END ? KITH_OK : fail_found(d, "the end of the matrix", err);
}

/* --- lists ---------------------------------------------------------------------------------- */

static kith_status
add(struct dl *d, kith_mention from, kith_mention to, double weight, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    if (weight == 0)
        return KITH_OK;
    if (d->header.two_mode)
        return kith_graph_file_attended(d->file, from, to, weight, matrix_name(d), err);
    fact.kind = KITH_TIE;
    fact.from = from;
    fact.to = to;
    fact.weight = weight;
    fact.undirected = kith_graph_file_undirected(d->file, false);
    fact.detail = matrix_name(d);
    return kith_graph_file_tie(d->file, &fact, err);
}

/* "1 2 0.5" */
static kith_status
read_edge(struct dl *d, kith_mention from, kith_error *err)
{
    int64_t line = d->scan->word_line;
    kith_mention to = 0;
    double weight = 1;

    TRY(kith_scan_word(d->scan, &d->kind, err));
    if (d->kind != KITH_SCAN_WORD)
        return fail_found(d, "two ends", err);
    TRY(read_end(d, true, &to, err));
    TRY(kith_scan_word(d->scan, &d->kind, err));
    if (d->kind == KITH_SCAN_WORD) {
        TRY(kith_graph_file_cell(d->file, d->scan->word->str, &weight, err));
        TRY(kith_scan_word(d->scan, &d->kind, err));
        if (d->kind == KITH_SCAN_WORD)
            return fail_found(d, "the end of the line", err);
    }
    kith_source_at(d->scan->source, line, 1);
    return add(d, from, to, weight, err);
}

/* "1 2 3 4": ties from 1 to the others */
static kith_status
read_alters(struct dl *d, kith_mention from, kith_error *err)
{
    kith_mention to = 0;

    for (;;) {
        TRY(kith_scan_word(d->scan, &d->kind, err));
        if (d->kind != KITH_SCAN_WORD)
            return KITH_OK;
        TRY(read_end(d, true, &to, err));
        TRY(add(d, from, to, 1, err));
    }
}

/* nodelist1b, "2 3 4" on the first line: node 1 has two ties, to 3 and 4. No row is left out. */
static kith_status
read_counted(struct dl *d, int64_t row, kith_error *err)
{
    kith_mention from = numbered(d, false, row), to = 0;
    int64_t n;

    if (!kith_scan_whole(d->scan->word->str, UINT32_MAX, &n))
        return fail_found(d, "the number of ties of the row", err);
    for (; n > 0; n--) {
        TRY(kith_scan_word(d->scan, &d->kind, err));
        if (d->kind != KITH_SCAN_WORD)
            return fail_found(d, "one more node", err);
        TRY(read_end(d, true, &to, err));
        TRY(add(d, from, to, 1, err));
    }
    TRY(kith_scan_word(d->scan, &d->kind, err));
    return d->kind == KITH_SCAN_WORD ? fail_found(d, "the end of the line", err) : KITH_OK;
}

static kith_status
read_list_line(struct dl *d, int64_t *row, kith_error *err)
{
    kith_mention from = 0;

    if (!d->scan->quoted && strcmp(d->scan->word->str, "!") == 0) {
        d->matrix++;
        *row = 0;
        if (d->matrix >= d->header.matrices)
            return kith_source_fail(d->scan->source, err,
                                    "one more matrix (expected NM, %" G_GINT64_FORMAT ")",
                                    d->header.matrices);
        return kith_scan_skip_line(d->scan, err);
    }
    if (d->header.format == KITH_DL_NODE_LIST_1B) {
        if (++*row > d->header.rows)
            return kith_source_fail(d->scan->source, err,
                                    "one more row (expected N, %" G_GINT64_FORMAT ")",
                                    d->header.rows);
        return read_counted(d, *row, err);
    }
    TRY(read_end(d, false, &from, err));
    return d->header.format == KITH_DL_EDGE_LIST_1 || d->header.format == KITH_DL_EDGE_LIST_2
               ? read_edge(d, from, err)
               : read_alters(d, from, err);
}

static kith_status
read_lists(struct dl *d, kith_error *err)
{
    int64_t row = 0;

    for (;;) {
        TRY(kith_scan_word(d->scan, &d->kind, err));
        if (d->kind == KITH_SCAN_END)
            return KITH_OK;
        if (d->kind == KITH_SCAN_WORD)
            TRY(read_list_line(d, &row, err));
    }
}

/* Labels that the header lists are nodes, tied or not. */
static void
add_listed(struct dl *d)
{
    bool two_mode = d->header.two_mode;

    kith_source_at(d->scan->source, 1, 0);
    for (guint i = 0; !d->header.rows_embedded && i < d->header.row_labels->len; i++)
        numbered(d, false, (int64_t)i + 1);
    for (guint i = 0; two_mode && !d->header.columns_embedded && i < d->header.column_labels->len;
         i++)
        numbered(d, true, (int64_t)i + 1);
}

static void
compare_sizes(struct dl *d)
{
    int64_t said = d->header.rows + (d->header.two_mode ? d->header.columns : 0);
    int64_t met = d->people + d->events;

    if (met != said && d->header.rows)
        kith_source_warn(d->scan->source,
                         "%" G_GINT64_FORMAT " nodes, the header says %" G_GINT64_FORMAT, met,
                         said);
}

static kith_status
read_dl(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct dl d = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    file.private_ids = true;
    TRY(kith_scan_init(&scan, source, err));
    status = kith_dl_header_read(&scan, &d.header, err);
    if (status == KITH_OK) {
        add_listed(&d);
        status =
            d.header.format <= KITH_DL_LOWER_HALF ? read_matrices(&d, err) : read_lists(&d, err);
    }
    if (status == KITH_OK) {
        compare_sizes(&d);
        status = kith_graph_file_finish(&file, err);
    }
    for (int i = 0; i < 2; i++)
        g_clear_pointer(&d.index[i], g_hash_table_unref);
    kith_cells_clear(&d.cells);
    kith_dl_header_clear(&d.header);
    return status;
}

const kith_importer kith_importer_ucinet_dl = {
    .name = "ucinet-dl",
    .summary = "UCINET's data language: matrices and lists of one or two modes",
    .extensions = "dl txt",
    .probe = probe,
    .read = read_dl,
};
