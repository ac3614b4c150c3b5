/* SPDX-License-Identifier: GPL-3.0-or-later */
/* freeze_rows.c - names, identifiers and attributes go under their nodes. */
#include "base/base.h"
#include "base/text.h"
#include "model/freeze.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows were gathered by root; they now go under their node, in the order they were in. */
int64_t *
kith_freeze_first_rows(int64_t nodes, const GArray *rows, size_t size)
{
    int64_t *first = g_new0(int64_t, nodes + 2);

    for (guint i = 0; i < rows->len; i++)
        first[*(const uint32_t *)(const void *)(rows->data + i * size) + 1]++;
    for (int64_t i = 0; i < nodes; i++)
        first[i + 1] += first[i];
    return first;
}

static int
compare_owner_names(const void *a, const void *b)
{
    const kith_called *x = a, *y = b; /* root is the node by now, times the old place */

    return x->root != y->root ? kith_freeze_compare_u32(x->root, y->root)
                              : kith_freeze_compare_u32(x->times, y->times);
}

void
kith_freeze_place_names(kith_freezer *f, GArray *names)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_name));

    for (guint i = 0; i < names->len; i++) {
        kith_called *c = KITH_ROW(names, kith_called, i);

        c->root = f->node_of[c->root];
        c->times = i;
    }
    if (names->len)
        qsort(names->data, names->len, sizeof(kith_called), compare_owner_names);
    for (guint i = 0; i < names->len; i++) {
        const kith_called *c = KITH_ROW(names, kith_called, i);
        kith_fact_name row = {c->root, c->text, c->given, c->family};

        g_array_append_val(out, row);
    }
    f->g->names = out;
    f->g->name_first = kith_freeze_first_rows(f->g->nodes, out, sizeof(kith_fact_name));
}

void
kith_freeze_place_identifiers(kith_freezer *f, GArray *known)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_identifier));

    for (guint i = 0; i < known->len; i++)
        KITH_ROW(known, kith_known, i)->root = f->node_of[KITH_ROW(known, kith_known, i)->root];
    if (known->len)
        g_qsort_with_data(known->data, (gint)known->len, sizeof(kith_known),
                          kith_freeze_compare_known, f->b->pool);
    for (guint i = 0; i < known->len; i++) {
        const kith_known *k = KITH_ROW(known, kith_known, i);
        kith_fact_identifier row = {k->root, k->value, k->written, k->kind};

        g_array_append_val(out, row);
    }
    f->g->identifiers = out;
    f->g->identifier_first = kith_freeze_first_rows(f->g->nodes, out, sizeof(kith_fact_identifier));
}

static int
compare_attributes(const void *a, const void *b, void *pool)
{
    const kith_fact_attribute *x = a, *y = b;
    int order;

    if (x->owner != y->owner)
        return kith_freeze_compare_u32(x->owner, y->owner);
    order = kith_freeze_compare_text(pool, x->key, y->key);
    return order ? order : kith_freeze_compare_text(pool, x->value, y->value);
}

/* Sorts attributes by owner, key and value and drops repeats. */
GArray *
kith_freeze_tidy_attributes(GArray *rows, kith_pool *pool)
{
    guint kept = 0;

    if (rows->len)
        g_qsort_with_data(rows->data, (gint)rows->len, sizeof(kith_fact_attribute),
                          compare_attributes, pool);
    for (guint i = 0; i < rows->len; i++) {
        kith_fact_attribute *row = KITH_ROW(rows, kith_fact_attribute, i), *last;

        last = kept ? KITH_ROW(rows, kith_fact_attribute, kept - 1) : NULL;
        if (!last || memcmp(last, row, sizeof *row) != 0)
            *KITH_ROW(rows, kith_fact_attribute, kept++) = *row;
    }
    g_array_set_size(rows, kept);
    return rows;
}

void
kith_freeze_place_attributes(kith_freezer *f)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));

    for (guint i = 0; i < f->b->attributes->len; i++) {
        kith_fact_attribute row = *KITH_ROW(f->b->attributes, kith_fact_attribute, i);

        row.owner = kith_freeze_node_of(f, row.owner);
        g_array_append_val(out, row);
    }
    f->g->attributes = kith_freeze_tidy_attributes(out, f->b->pool);
    f->g->attribute_first = kith_freeze_first_rows(f->g->nodes, out, sizeof(kith_fact_attribute));
}
