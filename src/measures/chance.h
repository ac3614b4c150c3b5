/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chance.h - whether a network has groups at all: the quality found against that of rewired networks.
 *
 * Each network of chance has the same degrees (rewire.h) and is divided with as many runs as the real one, or with
 * fewer when it is large; the real one is then judged by its first runs, as many, so that like is compared with like.
 */
#ifndef KITH_MEASURES_CHANCE_H
#define KITH_MEASURES_CHANCE_H

#include "measures/leiden.h"

typedef struct kith_chance_plan {
    kith_group_quality quality;
    double resolution;
    bool weighted;
    int64_t networks; /* how many are wanted */
    int64_t runs;     /* on each at most; 0: as many as fit */
    int64_t seed, threads;
    bool (*progress)(void *payload, double done);
    void *payload;
} kith_chance_plan;

typedef struct kith_chance {
    int64_t networks, runs; /* made, and runs on each; 0 networks when that is out of proportion */
    double observed, mean, sd;
    double z; /* NaN when chance does not vary */
    double p; /* (1 + networks at least as good) / (1 + networks) */
} kith_chance;

/**
 * Divides rewired networks.
 * @return KITH_ERR_CANCELLED when progress() says stop
 */
kith_status kith_chance_of_groups(const kith_network *network, const kith_leiden *found,
                                  const kith_chance_plan *plan, kith_chance *out, kith_error *err);

/** Whether the groups are more than chance: two standard deviations above, and more than every rewired network's mean. */
bool kith_chance_is_clear(const kith_chance *chance);

#endif
