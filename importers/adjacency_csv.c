/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * adjacency-csv - a square table whose rows and columns have the same labels, ties in its cells.
 *
 *     ;Ann;Bo;Cho
 *     Ann;;2;
 *     Bo;2;;0,5
 *     Cho;;0,5;
 *
 * An empty cell or 0 is no tie. A table that equals its transpose has no direction.
 */
#include "base/csv.h"
#include "cells.h"
#include "graph_file.h"
#include "rows.h"
#include <string.h>

struct table {
    kith_graph_file *file;
    kith_csv *csv;
    kith_cells cells;
    GPtrArray *labels;  /* of the columns */
    GHashTable *column; /* label -> 1-based place of the first one */
    GString *cell;
    int64_t rows;
    int64_t column_at; /* byte column of the field being read */
};

static char *
stripped(const char *text)
{
    return g_strstrip(g_strdup(text));
}

static void
take_labels(const kith_csv_row *row, GPtrArray *labels)
{
    for (size_t i = 1; i < row->n; i++)
        g_ptr_array_add(labels, stripped(row->field[i]));
}

/* Whether the first rows are as wide as the header and begin with labels of its columns. */
static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(GPtrArray) rows = kith_rows_sniff(head, length);
    char **header = rows->len ? rows->pdata[0] : NULL;
    guint n = header ? g_strv_length(header) : 0, at = 1;

    (void)name;
    if (n < 3 || n > 5000)
        return 0;
    for (; at <= 3 && at < rows->len; at++) {
        char **cells = rows->pdata[at];

        if (g_strv_length(cells) > n || !*cells[0] ||
            !g_strv_contains((const char *const *)header + 1, cells[0]))
            break;
    }
    return at > MIN(3, n - 1) || (at > 1 && at == rows->len && length >= 65536) ? 93 : 0;
}

/* Puts the source on the field after the one it is on; on the first when that is none. */
static void
step(struct table *t, const kith_csv_row *row, size_t field)
{
    t->column_at = field == 0 ? 1 : t->column_at + (int64_t)strlen(row->field[field - 1]) + 1;
    kith_source_at(t->file->source, row->line, t->column_at);
}

static kith_status
read_columns(struct table *t, kith_error *err)
{
    const kith_csv_row *row = kith_csv_next(t->csv, err);
    char id[32];

    if (!row) {
        TRY(kith_csv_status(t->csv));
        return kith_source_fail(t->file->source, err, "no header (expected a label a column)");
    }
    take_labels(row, t->labels);
    step(t, row, 0);
    while (t->labels->len && *(char *)t->labels->pdata[t->labels->len - 1] == '\0')
        g_ptr_array_set_size(t->labels, (gint)t->labels->len - 1);
    for (guint i = 0; i < t->labels->len; i++) {
        char *label = t->labels->pdata[i];
        kith_mention who;

        step(t, row, i + 1);
        if (!*label)
            return kith_source_fail(t->file->source, err, "an empty label (expected one a column)");
        g_snprintf(id, sizeof id, "%u", i + 1);
        TRY(kith_graph_file_declare(t->file, id, label, &who, err));
        kith_cells_row(&t->cells, i, who);
        if (!g_hash_table_contains(t->column, label))
            g_hash_table_insert(t->column, label, GUINT_TO_POINTER(i + 1));
    }
    return KITH_OK;
}

/* Which column a row's label stands for: the one in its own place, else the first of that name. */
static kith_status
find_row(struct table *t, const kith_csv_row *row, int64_t *out, kith_error *err)
{
    g_autofree char *label = stripped(row->field[0]);

    *out = t->rows;
    if (t->rows < t->labels->len && strcmp(t->labels->pdata[t->rows], label) == 0)
        return KITH_OK;
    *out = (int64_t)GPOINTER_TO_UINT(g_hash_table_lookup(t->column, label)) - 1;
    return *out >= 0 ? KITH_OK
                     : kith_source_fail(t->file->source, err,
                                        "the row '%s' (expected the label of a column)", label);
}

/* "0,5" is a number where the comma does not part cells. */
static const char *
cell_text(struct table *t, const char *field)
{
    char *comma;

    g_string_assign(t->cell, field);
    g_strstrip(t->cell->str);
    comma = strchr(t->cell->str, ',');
    if (comma && !strchr(t->cell->str, '.') && !strchr(comma + 1, ','))
        *comma = '.';
    return *t->cell->str ? t->cell->str : "0";
}

static kith_status
read_row(struct table *t, const kith_csv_row *row, kith_error *err)
{
    size_t width = t->labels->len + 1;
    int64_t at;
    double weight;

    step(t, row, 0);
    TRY(find_row(t, row, &at, err));
    for (size_t i = 1; i < row->n; i++) {
        const char *text = cell_text(t, row->field[i]);

        step(t, row, i);
        if (i >= width) {
            if (*row->field[i] == '\0')
                continue;
            return kith_source_fail(t->file->source, err, "cell %zu of the row (expected %zu)", i,
                                    width - 1);
        }
        if (strcmp(text, "0") == 0)
            continue;
        TRY(kith_graph_file_cell(t->file, text, &weight, err));
        kith_cells_add(&t->cells, t->file->source, at, (int64_t)i - 1, weight);
    }
    kith_source_record(t->file->source);
    t->rows++;
    return KITH_OK;
}

static kith_status
read_table(struct table *t, kith_error *err)
{
    const kith_csv_row *row;

    t->file->own_records = true;
    TRY(read_columns(t, err));
    while ((row = kith_csv_next(t->csv, err)) != NULL)
        TRY(read_row(t, row, err));
    TRY(kith_csv_status(t->csv));
    if (t->rows != t->labels->len)
        return kith_source_fail(t->file->source, err,
                                "the rows end with number %" G_GINT64_FORMAT
                                " (expected %u, one for each column)",
                                t->rows, t->labels->len);
    TRY(kith_cells_give(&t->cells, t->file, false, NULL, err));
    return kith_graph_file_finish(t->file, err);
}

static kith_status
read_adjacency(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_cells) cells = {0};
    g_autoptr(kith_csv) csv = kith_csv_new(source);
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) column = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) cell = g_string_new(NULL);
    struct table t = {.file = &file, .csv = csv, .labels = labels, .column = column, .cell = cell};

    kith_graph_file_init(&file, source, options, into);
    file.private_ids = true;
    kith_cells_init(&cells, false);
    t.cells = cells;
    return read_table(&t, err);
}

const kith_importer kith_importer_adjacency_csv = {
    .name = "adjacency-csv",
    .summary = "a square table of ties with the same labels on both sides",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_adjacency,
};
