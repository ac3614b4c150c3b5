/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chains_oracle.h - every chain there is, by walking all of them, to check measures/chains.h. */
#ifndef KITH_ORACLE_CHAINS_H
#define KITH_ORACLE_CHAINS_H

#include "measures/chains.h"

/** All chains in order, whatever query->k is. Exponential in max_hops. @return yours, kith_chains_clear() */
kith_chains oracle_chains(const kith_chain_hops *hops, const kith_chain_query *query);

#endif
