/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fold.c - leaves first, then what has become a leaf.
 *
 * When u, which stands for a people, goes into v, which stands for b, v lies between u's people and all that v stood for
 * but itself: a (b - 1) pairs. In the end each vertex also lies between those it stands for and everybody else in its
 * part of the network: (stands_for - 1) (size of the part - stands_for).
 */
#include "measures/fold.h"
#include "measures/order.h"

void
kith_fold_free(kith_fold *fold)
{
    if (!fold)
        return;
    g_free(fold->stands_for);
    g_free(fold->known);
    g_free(fold->folded);
    g_free(fold);
}

/* The neighbour of a leaf that is still there. */
static int64_t
only_neighbour(const kith_csr *rows, const kith_fold *f, uint32_t leaf)
{
    for (int64_t k = rows->first[leaf]; k < rows->first[leaf + (int64_t)1]; k++)
        if (!f->folded[rows->to[k]])
            return rows->to[k];
    return -1;
}

static void
fold_leaves(const kith_csr *rows, kith_fold *f, uint32_t *leaf, int64_t *degree)
{
    int64_t waiting = 0;

    for (int64_t v = 0; v < rows->n; v++)
        if ((degree[v] = rows->first[v + 1] - rows->first[v]) == 1)
            leaf[waiting++] = (uint32_t)v;
    for (int64_t i = 0; i < waiting; i++) {
        uint32_t u = leaf[i];
        int64_t v = degree[u] == 1 ? only_neighbour(rows, f, u) : -1;

        if (v < 0)
            continue;
        f->folded[u] = 1;
        f->left--;
        f->known[v] += f->stands_for[u] * (f->stands_for[v] - 1);
        f->stands_for[v] += f->stands_for[u];
        degree[u] = 0;
        if (--degree[v] == 1)
            leaf[waiting++] = (uint32_t)v;
    }
}

kith_fold *
kith_fold_new(const kith_csr *rows)
{
    kith_fold *f = g_new0(kith_fold, 1);
    g_autofree uint32_t *queue = g_new(uint32_t, 2 * rows->n + 1);
    g_autofree int64_t *degree = g_new(int64_t, rows->n + 1);
    g_autofree double *size = g_new(double, rows->n + 1);

    f->stands_for = g_new(double, rows->n + 1);
    f->known = g_new0(double, rows->n + 1);
    f->folded = g_new0(uint8_t, rows->n + 1);
    f->left = rows->n;
    for (int64_t v = 0; v < rows->n; v++)
        f->stands_for[v] = 1;
    fold_leaves(rows, f, queue, degree);
    kith_order_parts(rows, size);
    for (int64_t v = 0; v < rows->n; v++)
        f->known[v] += (f->stands_for[v] - 1) * (size[v] - f->stands_for[v]);
    return f;
}
