/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * brokerage.h - who stands between two others who have no tie of their own, and between which groups.
 *
 * For ties a -> b -> c without a -> c, b is by the groups of the three
 *
 *     coordinator      a, b, c of one group              gatekeeper      b and c of one group, a of another
 *     consultant       a and c of one group, b another   representative  a and b of one group, c of another
 *     liaison          three groups
 *
 * A tie without direction is one each way. Gould & Fernandez 1989, doi:10.2307/270949.
 */
#ifndef KITH_MEASURES_BROKERAGE_H
#define KITH_MEASURES_BROKERAGE_H

#include "model/csr.h"

typedef enum kith_broker_role {
    KITH_COORDINATOR,
    KITH_GATEKEEPER,
    KITH_REPRESENTATIVE,
    KITH_CONSULTANT,
    KITH_LIAISON,
    KITH_BROKER_ROLES
} kith_broker_role;

/** "coordinator", … */
const char *kith_broker_role_name(kith_broker_role role);

/**
 * Counts roles.
 * @param out    rows by where ties start
 * @param group  by vertex; triples with somebody of UINT32_MAX are left out
 * @param count  KITH_BROKER_ROLES numbers for each vertex, filled
 * Time: sum over vertices of ties in times ties out.
 */
void kith_brokerage_count(const kith_csr *out, const uint32_t *group, int64_t *count);

/** That time, in steps. */
double kith_brokerage_work(const kith_csr *out);

typedef struct kith_brokerage_chance {
    int64_t done;     /* permutations made; fewer than wanted, or 0, when the network is large */
    double *mean, *z; /* as count; z is NaN where chance does not vary */
} kith_brokerage_chance;

/**
 * What the counts would be if the same groups were dealt out to people by lot: permutation i draws from stream i.
 * @param out  yours; kith_brokerage_chance_clear()
 */
void kith_brokerage_permute(const kith_csr *rows, const uint32_t *group, const int64_t *count,
                            int64_t permutations, uint64_t seed, int64_t threads,
                            kith_brokerage_chance *out);
void kith_brokerage_chance_clear(kith_brokerage_chance *chance);

#endif
