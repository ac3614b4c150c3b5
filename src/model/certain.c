/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * certain.c - whose consents are whose by the rules alone.
 *
 * A merge by decision may be wrong, and a grant that somebody else gave must not outweigh a refusal. So each consent
 * remembers which person of the rules said it; measures/consent.c lets a later grant count within that person only.
 */
#include "model/decisions.h"
#include "model/graph.h"
#include "model/identity.h"

static bool
somebody_was_merged(const kith_builder *b)
{
    g_autoptr(GArray) said = kith_decisions_in_force(b);

    for (guint i = 0; i < said->len; i++)
        if (KITH_ROW(said, kith_fact_decision, i)->kind == KITH_DECIDED_MERGE)
            return true;
    return false;
}

uint32_t *
kith_certain_consents(const kith_builder *b, const kith_graph *g)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(kith_fact_decision));
    g_autofree uint32_t *root = NULL;
    kith_builder bare = *b;
    uint32_t *out;
    int64_t first, n;

    kith_graph_tie_range(g, KITH_CONSENTS, &first, &n);
    if (n == 0 || !somebody_was_merged(b))
        return NULL;
    bare.decisions = none;
    root = kith_identity_resolve(&bare, NULL);
    out = g_new(uint32_t, n);
    for (int64_t i = 0; i < n; i++)
        out[i] = root[KITH_ROW(b->facts, kith_fact_tie, g->tie_origin[first + i])->from];
    return out;
}
