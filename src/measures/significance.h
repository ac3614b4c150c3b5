/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * significance.h - whether two members share more groups than chance would give them.
 *
 * Two null models. Hypergeometric: each picks as many groups as it has, all groups alike (Tumminello et al. 2011,
 * doi:10.1371/journal.pone.0017994). SDSM: each pair of member and group is linked with a probability that keeps both
 * their degrees on average, independently (Neal 2014, doi:10.1016/j.socnet.2014.06.001; the probabilities are those of the
 * bipartite configuration model, Saracco et al. 2015, doi:10.1038/srep10595), so sharing a popular event says less. What
 * is asked of a pair depends only on how many groups each is in, so answers are kept by pairs of degrees.
 */
#ifndef KITH_MEASURES_SIGNIFICANCE_H
#define KITH_MEASURES_SIGNIFICANCE_H

#include "measures/twomode.h"
#include <stdatomic.h>

typedef enum kith_null_model { KITH_NULL_HYPERGEOMETRIC, KITH_NULL_SDSM } kith_null_model;

typedef _Atomic int32_t kith_least;

typedef struct kith_significance {
    uint32_t *class_of; /* by member: those in as many groups are of one class */
    int64_t classes;
    kith_least *
        least; /* by pair of classes: the fewest shared groups that are significant; 0: not known yet */
    struct kith_null *null;
} kith_significance;

/**
 * Prepares a test of "at least so many shared", one-sided, at a level.
 * @param alpha  a pair is significant when its p-value is at most this
 * @return yours; kith_significance_free()
 */
kith_significance *kith_significance_new(const kith_twomode *twomode, kith_null_model model,
                                         double alpha);
void kith_significance_free(kith_significance *significance);

/** What is known of the members a member may be paired with, by their class. */
static inline const kith_least *
kith_significance_row(const kith_significance *s, int64_t member)
{
    return s->least + s->class_of[member] * s->classes;
}

/**
 * The fewest shared groups that are significant for two classes; INT32_MAX when no number is. From any thread.
 */
int32_t kith_significance_least(kith_significance *significance, uint32_t a, uint32_t b);

/**
 * P(shared or more) for two classes under the null model. The SDSM sum is exact up to 64 shared groups of at most 20 000,
 * beyond that the refined normal approximation (Hong 2013, doi:10.1016/j.csda.2012.10.006).
 */
double kith_significance_p(kith_significance *significance, uint32_t a, uint32_t b, int64_t shared);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_significance, kith_significance_free)

#endif
