/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matrix-market - a sparse or dense matrix as a graph.
 *
 *     %%MatrixMarket matrix coordinate real symmetric
 *     3 3 2
 *     2 1 0.5
 *     3 1 4
 *
 * A square matrix ties its rows to one another, a rectangular one ties people (rows) to events
 * (columns). A symmetric matrix holds one triangle; a general one that equals its transpose has no
 * direction either. A cell of 0 is no tie.
 */
#include "cells.h"
#include "graph_file.h"
#include "scan.h"
#include <string.h>

struct matrix {
    kith_graph_file *file;
    kith_scan *scan;
    kith_cells cells;
    bool dense, pattern, symmetric, two_mode;
    int64_t rows, columns, entries, seen;
    kith_mention first; /* mentions before the file: an index is a mention less this */
};

static int
probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '\0');

    (void)name;
    return kith_scan_starts(text, length, "%%MatrixMarket") ? 98 : 0;
}

static kith_status
next_word(struct matrix *m, const char *what, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(m->scan, &kind, err));
    if (kind == KITH_SCAN_WORD)
        return KITH_OK;
    return kith_source_fail(m->scan->source, err, "the end of the %s (expected %s)",
                            kind == KITH_SCAN_END ? "file" : "line", what);
}

/* The banner's next word as one of several parted by commas. */
static kith_status
choose(struct matrix *m, const char *words, int *out, kith_error *err)
{
    g_auto(GStrv) choices = g_strsplit(words, ", ", -1);

    TRY(next_word(m, words, err));
    for (*out = 0; choices[*out]; ++*out)
        if (g_ascii_strcasecmp(choices[*out], m->scan->word->str) == 0)
            return KITH_OK;
    return kith_source_fail(m->scan->source, err, "found '%s' (expected %s)", m->scan->word->str,
                            words);
}

static kith_status
read_banner(struct matrix *m, kith_error *err)
{
    int what;

    TRY(next_word(m, "%%MatrixMarket", err));
    TRY(choose(m, "matrix", &what, err));
    TRY(choose(m, "array, coordinate", &what, err));
    m->dense = what == 0;
    TRY(choose(m, "pattern, real, integer, double", &what, err));
    m->pattern = what == 0;
    TRY(choose(m, "general, symmetric", &what, err));
    m->symmetric = what == 1;
    return kith_scan_skip_line(m->scan, err);
}

static kith_status
read_count(struct matrix *m, const char *what, int64_t *out, kith_error *err)
{
    TRY(next_word(m, what, err));
    if (kith_scan_whole(m->scan->word->str, UINT32_MAX, out))
        return KITH_OK;
    return kith_source_fail(m->scan->source, err, "found '%s' (expected %s)", m->scan->word->str,
                            what);
}

/* The first word of the next line that is no comment, or the end of the file. */
static kith_status
next_line(struct matrix *m, kith_scan_kind *kind, kith_error *err)
{
    for (;;) {
        TRY(kith_scan_word(m->scan, kind, err));
        if (*kind == KITH_SCAN_END)
            return KITH_OK;
        if (*kind == KITH_SCAN_WORD) {
            if (m->scan->word->str[0] != '%')
                return KITH_OK;
            TRY(kith_scan_skip_line(m->scan, err));
        }
    }
}

static kith_status
read_size(struct matrix *m, kith_error *err)
{
    kith_scan_kind kind;

    TRY(next_line(m, &kind, err));
    if (kind == KITH_SCAN_END || !kith_scan_whole(m->scan->word->str, UINT32_MAX, &m->rows))
        return kith_source_fail(m->scan->source, err, "found '%s' (expected the number of rows)",
                                m->scan->word->str);
    TRY(read_count(m, "the number of columns", &m->columns, err));
    if (!m->dense)
        TRY(read_count(m, "the number of entries", &m->entries, err));
    m->two_mode = m->rows != m->columns;
    if (m->symmetric && m->two_mode)
        return kith_source_fail(m->scan->source, err,
                                "a symmetric matrix of %" G_GINT64_FORMAT
                                " rows and %" G_GINT64_FORMAT " columns (expected a square)",
                                m->rows, m->columns);
    return kith_scan_skip_line(m->scan, err);
}

/* The node of a 1-based row or column. */
static kith_mention
node(struct matrix *m, kith_node_kind kind, int64_t number)
{
    char label[32];

    g_snprintf(label, sizeof label, "%" G_GINT64_FORMAT, number);
    return kith_graph_file_label(m->file, kind, label);
}

static void
add(struct matrix *m, int64_t row, int64_t column, double weight)
{
    kith_mention from = node(m, KITH_PERSON, row);
    kith_mention to = node(m, m->two_mode ? KITH_EVENT : KITH_PERSON, column);

    kith_cells_row(&m->cells, from - m->first, from);
    kith_cells_column(&m->cells, to - m->first, to);
    kith_cells_add(&m->cells, m->scan->source, from - m->first, to - m->first, weight);
}

static kith_status
check_index(struct matrix *m, int64_t index, int64_t limit, kith_error *err)
{
    if (index >= 1 && index <= limit)
        return KITH_OK;
    return kith_source_fail(m->scan->source, err,
                            "index %" G_GINT64_FORMAT " (expected 1 to %" G_GINT64_FORMAT ")",
                            index, limit);
}

static kith_status
read_entry(struct matrix *m, kith_error *err)
{
    int64_t row, column, line = m->scan->word_line;
    double weight = 1;

    if (m->seen == m->entries)
        return kith_source_fail(m->scan->source, err,
                                "more entries than the size line says (%" G_GINT64_FORMAT ")",
                                m->entries);
    if (!kith_scan_whole(m->scan->word->str, UINT32_MAX, &row))
        return kith_source_fail(m->scan->source, err, "found '%s' (expected a row number)",
                                m->scan->word->str);
    TRY(check_index(m, row, m->rows, err));
    TRY(read_count(m, "a column number", &column, err));
    TRY(check_index(m, column, m->columns, err));
    if (!m->pattern) {
        TRY(next_word(m, "a value", err));
        TRY(kith_graph_file_cell(m->file, m->scan->word->str, &weight, err));
    }
    kith_source_at(m->scan->source, line, 1);
    add(m, row, column, weight);
    m->seen++;
    return kith_scan_skip_line(m->scan, err);
}

static kith_status
read_coordinates(struct matrix *m, kith_error *err)
{
    kith_scan_kind kind;
    int64_t people = kith_builder_mentions(m->file->into);
    int64_t all = m->rows + (m->two_mode ? m->columns : 0);

    for (;;) {
        TRY(next_line(m, &kind, err));
        if (kind == KITH_SCAN_END)
            break;
        TRY(read_entry(m, err));
    }
    if (m->seen != m->entries)
        return kith_source_fail(m->scan->source, err,
                                "the entries end with number %" G_GINT64_FORMAT
                                " (expected %" G_GINT64_FORMAT ")",
                                m->seen, m->entries);
    people = kith_builder_mentions(m->file->into) - people;
    if (people < all)
        kith_source_warn(m->scan->source,
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " rows and columns have no entry: left out",
                         all - people, all);
    return KITH_OK;
}

/* Values column by column, each on its line; a symmetric matrix starts each at the diagonal. */
static kith_status
read_array(struct matrix *m, kith_error *err)
{
    kith_scan_kind kind;
    double weight;

    for (int64_t column = 1; column <= m->columns; column++)
        for (int64_t row = m->symmetric ? column : 1; row <= m->rows; row++) {
            TRY(next_line(m, &kind, err));
            if (kind == KITH_SCAN_END)
                return kith_source_fail(m->scan->source, err,
                                        "the end in column %" G_GINT64_FORMAT
                                        " (expected a value for row %" G_GINT64_FORMAT ")",
                                        column, row);
            TRY(kith_graph_file_cell(m->file, m->scan->word->str, &weight, err));
            add(m, row, column, weight);
        }
    TRY(next_line(m, &kind, err));
    if (kind == KITH_SCAN_END)
        return KITH_OK;
    return kith_source_fail(m->scan->source, err, "found '%s' (expected the end of the file)",
                            m->scan->word->str);
}

static kith_status
read_matrix(struct matrix *m, kith_error *err)
{
    TRY(read_banner(m, err));
    TRY(read_size(m, err));
    kith_cells_init(&m->cells, m->two_mode);
    m->first = kith_builder_mentions(m->file->into);
    TRY(m->dense ? read_array(m, err) : read_coordinates(m, err));
    return kith_cells_give(&m->cells, m->file, m->symmetric, NULL, err);
}

static kith_status
read_matrix_market(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct matrix m = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    status = read_matrix(&m, err);
    kith_cells_clear(&m.cells);
    return status;
}

const kith_importer kith_importer_matrix_market = {
    .name = "matrix-market",
    .summary = "a Matrix Market file as a graph, or as people and events when it is no square",
    .extensions = "mtx",
    .probe = probe,
    .read = read_matrix_market,
};
