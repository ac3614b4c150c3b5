/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fold.h - leaves and the trees that hang on a network, folded into where they hang.
 *
 * Every shortest path to a leaf goes through its one neighbour, so what a leaf adds to betweenness is known without a
 * traversal: it is counted when the leaf is folded, and its neighbour stands for it from then on. In a social network
 * half of the vertices often go this way. Puzis et al. 2012, doi:10.1109/SocialCom-PASSAT.2012.66; Sariyuce et al. 2013,
 * "Shattering and compressing networks for betweenness centrality".
 */
#ifndef KITH_MEASURES_FOLD_H
#define KITH_MEASURES_FOLD_H

#include "model/csr.h"

typedef struct kith_fold {
    double *stands_for; /* by vertex: how many it stands for, itself among them */
    double
        *known; /* by vertex: the part of its betweenness that is known, each pair counted once */
    uint8_t *folded; /* by vertex: gone into a neighbour */
    int64_t left;    /* vertices that are not folded */
} kith_fold;

/** Folds an undirected network without repeated ties. O(n + arcs) */
kith_fold *kith_fold_new(const kith_csr *rows);
void kith_fold_free(kith_fold *fold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_fold, kith_fold_free)

#endif
