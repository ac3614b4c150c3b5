/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sections.c - four readers. A question that this build does not know is passed over. */
#include "cli/sections.h"
#include <string.h>

static const char *const networker[] = {
    "intro",       "gatekeepers", "keep-in-touch", "referrals",   "contributions",
    "prospects",   "map",         "communities",   "influencers", "events",
    "permissions", "layers",      "info",          NULL};
static const char *const organiser[] = {
    "map",    "communities", "brokers",       "mixing",    "attendance",    "influencers", "seeds",
    "events", "intro",       "keep-in-touch", "referrals", "contributions", "permissions", "layers",
    "info",   NULL};
static const char *const business[] = {
    "layers",        "referrals", "journey",     "prospects",   "allies",      "scorecard", "intro",
    "keep-in-touch", "map",       "communities", "influencers", "permissions", "info",      NULL};
static const char *const researcher[] = {"info",    "map",    "influencers", "communities",
                                         "brokers", "mixing", "attendance",  "seeds",
                                         "events",  "intro",  "layers",      NULL};

static const struct {
    const char *name;
    const char *const *questions;
} readers[] = {{"networker", networker},
               {"organiser", organiser},
               {"business", business},
               {"researcher", researcher}};

const char *const *
sections_for(const char *reader)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].name, reader) == 0)
            return readers[i].questions;
    return NULL;
}

static int64_t
ties_of(const kith_graph *graph, kith_tie_kind kind)
{
    int64_t first, n;

    kith_graph_tie_range(graph, kind, &first, &n);
    return n;
}

const char *
sections_reader(const kith_graph *graph)
{
    int64_t trade =
        ties_of(graph, KITH_SELLS_TO) + ties_of(graph, KITH_DEAL) + ties_of(graph, KITH_STAGE);

    if (ties_of(graph, KITH_TIE) > 0)
        return "researcher";
    if (kith_graph_owner(graph) >= 0)
        return "networker";
    return trade > ties_of(graph, KITH_ATTENDED) ? "business" : "organiser";
}

#define LARGE 2000  /* facts */
#define HUGE 100000 /* facts: a page of them is made within seconds, too */

const char *const *
sections_thrift(const kith_graph *graph, const char *question)
{
    static const char *const nothing[] = {NULL};
    static const char *const communities[] = {"runs", "10", "null", "10", "null_runs", "1", NULL};
    static const char *const few_runs[] = {"runs", "4", "null", "4", "null_runs", "1", NULL};
    static const char *const influencers[] = {"resamples", "30", NULL};
    static const char *const few_resamples[] = {"resamples", "10", NULL};
    static const char *const brokers[] = {"permutations", "30", NULL};
    static const char *const few_lots[] = {"permutations", "10", NULL};
    static const char *const mixing[] = {"permutations", "200", NULL};
    static const char *const seeds[] = {"runs", "1000", "epsilon", "0.3", NULL};
    static const char *const rough_seeds[] = {"runs", "1000", "epsilon", "0.5", NULL};
    static const char *const events[] = {"rewirings", "50", NULL};
    static const struct {
        const char *question;
        const char *const *large, *const *huge;
    } known[] = {
        {"communities", communities, few_runs}, {"influencers", influencers, few_resamples},
        {"brokers", brokers, few_lots},         {"mixing", mixing, mixing},
        {"seeds", seeds, rough_seeds},          {"events", events, events}};
    int64_t facts = kith_graph_ties(graph);

    for (size_t i = 0; facts > LARGE && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].question, question) == 0)
            return facts > HUGE ? known[i].huge : known[i].large;
    return nothing;
}
