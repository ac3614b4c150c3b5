/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.c - rows of typed cells, kept in one array per table. */
#include "model/table.h"
#include <math.h>
#include <string.h>

struct stored {
    union {
        int64_t integer;
        double real;
    } value;
    const char *text;        /* TEXT; NODE's label */
    const char *const *list; /* LIST */
    uint8_t present, precision;
};

struct kith_table {
    char *name;
    const kith_column *column;
    int64_t columns, rows;
    GArray *cell;
    GStringChunk *texts;
    GPtrArray *lists;
};

kith_table *
kith_table_new(const char *name, const kith_column *columns, int64_t n)
{
    kith_table *t = g_new0(kith_table, 1);

    t->name = g_strdup(name);
    t->column = columns;
    t->columns = n;
    t->cell = g_array_new(FALSE, TRUE, sizeof(struct stored));
    t->texts = g_string_chunk_new(4096);
    t->lists = g_ptr_array_new_with_free_func(g_free);
    return t;
}

void
kith_table_free(kith_table *t)
{
    if (!t)
        return;
    g_free(t->name);
    g_array_unref(t->cell);
    g_string_chunk_free(t->texts);
    g_ptr_array_unref(t->lists);
    g_free(t);
}

const char *
kith_table_name(const kith_table *t)
{
    return t->name;
}

int64_t
kith_table_columns(const kith_table *t)
{
    return t->columns;
}

const kith_column *
kith_table_column(const kith_table *t, int64_t column)
{
    return column >= 0 && column < t->columns ? &t->column[column] : NULL;
}

int64_t
kith_table_find_column(const kith_table *t, const char *name)
{
    for (int64_t i = 0; i < t->columns; i++)
        if (strcmp(t->column[i].name, name) == 0)
            return i;
    return -1;
}

int64_t
kith_table_rows(const kith_table *t)
{
    return t->rows;
}

void
kith_table_cell(const kith_table *t, int64_t row, int64_t column, kith_cell *out)
{
    const struct stored *s;

    *out = (kith_cell){.missing = true};
    if (row < 0 || row >= t->rows || column < 0 || column >= t->columns)
        return;
    s = &g_array_index(t->cell, struct stored, row * t->columns + column);
    out->missing = !s->present;
    out->text = s->text;
    out->list = s->list;
    out->precision = s->precision;
    if (t->column[column].type == KITH_CELL_REAL)
        out->real = s->value.real;
    else
        out->integer = s->value.integer;
}

void
kith_table_row(kith_table *t)
{
    t->rows++;
    g_array_set_size(t->cell, (guint)(t->rows * t->columns));
}

/* The newest row's cell; a wrong type is our own bug. */
static struct stored *
fresh(kith_table *t, int column, kith_cell_type type)
{
    g_assert(t->rows > 0 && column >= 0 && column < t->columns);
    g_assert(t->column[column].type == type);
    return &g_array_index(t->cell, struct stored, (t->rows - 1) * t->columns + column);
}

void
kith_table_set_text(kith_table *t, int column, const char *text)
{
    struct stored *s = fresh(t, column, KITH_CELL_TEXT);

    s->present = text != NULL;
    s->text = text ? g_string_chunk_insert_const(t->texts, text) : NULL;
}

void
kith_table_set_int(kith_table *t, int column, int64_t value)
{
    struct stored *s = fresh(t, column, KITH_CELL_INT);

    s->present = 1;
    s->value.integer = value;
}

void
kith_table_set_real(kith_table *t, int column, double value)
{
    struct stored *s = fresh(t, column, KITH_CELL_REAL);

    s->present = isfinite(value);
    s->value.real = s->present ? value : 0;
}

void
kith_table_set_bool(kith_table *t, int column, bool value)
{
    struct stored *s = fresh(t, column, KITH_CELL_BOOL);

    s->present = 1;
    s->value.integer = value;
}

void
kith_table_set_time(kith_table *t, int column, kith_time when, kith_precision precision)
{
    struct stored *s = fresh(t, column, KITH_CELL_TIME);

    s->present = when != KITH_TIME_NONE;
    s->value.integer = when;
    s->precision = (uint8_t)precision;
}

void
kith_table_set_node(kith_table *t, int column, int64_t node, const char *label)
{
    struct stored *s = fresh(t, column, KITH_CELL_NODE);

    s->present = node >= 0;
    s->value.integer = node;
    s->text = label ? g_string_chunk_insert_const(t->texts, label) : NULL;
}

void
kith_table_set_list(kith_table *t, int column, const char *const *texts, int64_t n)
{
    struct stored *s = fresh(t, column, KITH_CELL_LIST);
    const char **copy = g_new0(const char *, n + 1);

    for (int64_t i = 0; i < n; i++)
        copy[i] = g_string_chunk_insert_const(t->texts, texts[i]);
    g_ptr_array_add(t->lists, copy);
    s->present = 1;
    s->list = copy;
    s->value.integer = n;
}
