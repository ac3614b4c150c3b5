/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * leiden.h - groups by the Leiden algorithm, the best of several seeded runs, every group connected.
 *
 * One run: move vertices, one at a time from a queue, to where quality rises most; refine each group into parts that
 * hang together; make the parts vertices of a coarser network and go on there; start again from what was found until
 * nothing is gained. Run i draws from stream i of the seed. At last the runs are put together: vertices that are
 * together in all of them become one, and the coarse network they make is divided again (Ovelgönne & Geyer-Schulz 2012),
 * which finds what no single run does.
 * Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.  O(m) a sweep, and few sweeps.
 */
#ifndef KITH_MEASURES_LEIDEN_H
#define KITH_MEASURES_LEIDEN_H

#include "measures/grouping.h"

typedef struct kith_leiden_plan {
    int64_t runs, seed, threads; /* threads never change the result */
    bool (*progress)(void *payload, double done);
    void *payload;
} kith_leiden_plan;

typedef struct kith_leiden {
    int64_t n, groups, runs;
    uint32_t *group; /* by vertex: 0 is the largest group, then by smallest vertex */
    double quality;
    double *run_quality; /* by run */
    uint32_t *run_group; /* runs rows of n: what each run found */
} kith_leiden;

/**
 * Finds the groups.
 * @return KITH_ERR_CANCELLED when progress() says stop
 */
kith_status kith_leiden_find(const kith_grouping *problem, const kith_leiden_plan *plan,
                             kith_leiden **out, kith_error *err);
void kith_leiden_free(kith_leiden *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_leiden, kith_leiden_free)

/** One run from stream `stream`; the quality found. @param group n long, filled */
double kith_leiden_once(const kith_grouping *problem, uint64_t seed, uint64_t stream,
                        uint32_t *group);

#endif
