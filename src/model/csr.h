/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csr.h - a network as rows of neighbours side by side: what every kernel walks.
 *
 *     edges 0-2, 0-1, 1-2      first  0 2 4 6
 *                              to     1 2 | 0 2 | 0 1
 *
 * The row of v is first[v] … first[v + 1] - 1, its neighbours ascending. An undirected edge stands in both rows, so
 * arcs = 2 m; a directed one once, or twice in the view that looks from both ends.
 */
#ifndef KITH_MODEL_CSR_H
#define KITH_MODEL_CSR_H

#include "model/network.h"

/* Which ends of a directed edge have it in their row; an undirected network is the same in every view. */
typedef enum kith_csr_view {
    KITH_CSR_OUT, /* rows by where edges start */
    KITH_CSR_IN,  /* rows by where they end */
    KITH_CSR_BOTH /* either: a neighbour stands twice where edges go both ways (kith_network_collapse() first,
                     to have each once) */
} kith_csr_view;

enum { KITH_CSR_WEIGHTS = 1, KITH_CSR_EDGES = 2 };

typedef struct kith_csr {
    int64_t n, arcs;
    int64_t *first; /* n + 1 long */
    uint32_t *to;
    double *weight; /* by arc; NULL unless asked for */
    uint32_t *edge; /* arc -> edge of the network; NULL unless asked for */
} kith_csr;

/**
 * Rows of a network. O(n + m)
 * @param with  KITH_CSR_WEIGHTS, KITH_CSR_EDGES or both
 * @param out   yours; kith_csr_free()
 * @return KITH_ERR_NO_MEMORY
 */
kith_status kith_csr_new(const kith_network *network, kith_csr_view view, unsigned with,
                         kith_csr **out, kith_error *err);
void kith_csr_free(kith_csr *csr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_csr, kith_csr_free)

#endif
