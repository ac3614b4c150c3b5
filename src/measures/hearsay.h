/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hearsay.h - from whom somebody drawn at random would have heard: reverse reachable sets.
 *
 * Draw a person, follow arcs backwards, each with its chance: whoever is met would have been enough.
 * The share of such sets that hold one of the seeds is the seeds' expected spread as a share of those who
 * may be drawn (Borgs et al. 2014, doi:10.1137/1.9781611973402.70). Arcs of one chance are skipped by a
 * geometric jump instead of a coin each, others in blocks under their largest chance (SUBSIM: Guo et al.
 * 2020, doi:10.1145/3318464.3389740).
 */
#ifndef KITH_MEASURES_HEARSAY_H
#define KITH_MEASURES_HEARSAY_H

#include "measures/cascade.h"
#include "measures/work.h"

/** Where sets come from. Set i depends on (seed, stream, i) alone. */
typedef struct kith_hearsay_source {
    const kith_cascade *cascade;
    const uint32_t *root; /* who may be drawn; NULL: everybody */
    int64_t roots;
    uint64_t seed, stream;
    kith_work *work;
} kith_hearsay_source;

/** Sets side by side: set i is member[first[i]] … member[first[i + 1] - 1]. */
typedef struct kith_hearsay {
    int64_t sets, members, set_room, member_room;
    int64_t *first;
    uint32_t *member;
} kith_hearsay;

void kith_hearsay_clear(kith_hearsay *hearsay);

/** Draws until there are so many sets. @return KITH_ERR_NO_MEMORY, KITH_ERR_CANCELLED, KITH_ERR_LIMIT beyond 2^29 members */
kith_status kith_hearsay_extend(const kith_hearsay_source *source, int64_t sets,
                                kith_hearsay *hearsay, kith_error *err);

/**
 * In how many sets each of these is that none before it is in; their sum is the sets that hold any.
 * @param added  seeds long, filled. O(members)
 */
void kith_hearsay_added(const kith_hearsay *hearsay, int64_t n, const uint32_t *seed, int64_t seeds,
                        int64_t *added);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_hearsay, kith_hearsay_clear)

#endif
