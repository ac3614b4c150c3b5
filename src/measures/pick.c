/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pick.c - ties chosen and left out before a network is made of them. */
#include "measures/pick.h"
#include "base/base.h"
#include <string.h>

#define AFFILIATIONS (1u << KITH_ATTENDED | 1u << KITH_INTERESTED_IN | 1u << KITH_MEMBER_OF)

bool
kith_pick_was_there(const kith_tie *tie)
{
    return !tie->status || strcmp(tie->status, "attended") == 0 ||
           strcmp(tie->status, "hosted") == 0 || strcmp(tie->status, "spoke") == 0;
}

bool
kith_pick_weighs(const kith_graph *graph)
{
    int64_t first, n;

    kith_graph_tie_range(graph, KITH_TIE, &first, &n);
    return n < kith_graph_ties(graph);
}

/* Marks the ties of the owner and of those who were not there. */
static uint8_t *
mark_dropped(const kith_graph *graph, const kith_pick *pick)
{
    uint8_t *dropped = g_new0(uint8_t, kith_graph_ties(graph) + 1);
    kith_node me = pick->include_owner ? -1 : kith_graph_owner(graph);

    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        kith_tie t;

        kith_graph_tie(graph, i, &t);
        dropped[i] = (me >= 0 && (t.from == me || t.to == me)) ||
                     (t.kind == KITH_ATTENDED && !kith_pick_was_there(&t));
    }
    return dropped;
}

static kith_status
no_ties(const kith_graph *graph, const kith_pick *pick, kith_error *err)
{
    if (pick->two_mode)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files hold nobody's attendance, interests or memberships");
    if (pick->ties)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files hold no ties of the kinds '%s' between two people",
                         pick->ties);
    if (!pick->include_owner && kith_graph_owner(graph) >= 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "groups cannot be told: these files hold no tie among your contacts");
    return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no ties between two people");
}

kith_status
kith_pick_network(const kith_graph *graph, const kith_pick *pick, kith_network **out,
                  kith_error *err)
{
    kith_network_options options = {.direction = pick->direction};
    g_autofree uint8_t *dropped = mark_dropped(graph, pick);
    g_autoptr(kith_network) net = NULL;

    if (kith_graph_count(graph, KITH_PERSON) == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no people");
    if (pick->two_mode) {
        options.nodes = 1u << KITH_PERSON | 1u << KITH_EVENT | 1u << KITH_TOPIC;
        options.ties = AFFILIATIONS;
        options.direction = KITH_NETWORK_DIRECTED;
    } else {
        TRY(kith_network_read_ties(pick->ties, &options, err));
    }
    options.dropped = dropped;
    TRY(kith_network_new(graph, &options, &net, err));
    if (net->m == 0)
        return no_ties(graph, pick, err);
    *out = g_steal_pointer(&net);
    return KITH_OK;
}
