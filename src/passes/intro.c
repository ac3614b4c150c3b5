/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intro - the warmest chains of introductions to a person, or into a firm.
 *
 * A chain's score is the product of its hops' p by warmth-1 (measures/warmth.h). Among equal scores the chain with fewer
 * hops comes first, then the one whose people come first by node. The k best are exact, not a heuristic: measures/chains.h.
 */
#include "base/base.h"
#include "measures/chains.h"
#include "measures/miss.h"
#include "measures/ties.h"
#include <kith/pass.h>

#define MAX_HOPS 4

struct intro {
    const char *to, *from;
    int64_t k, max_hops;
    bool diverse;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct intro, to, 't', "WHO", NULL, true,
                     "the person or organisation to be introduced to"),
    KITH_OPTION_TEXT(struct intro, from, 0, "WHO", NULL, false,
                     "who asks (the owner of the files)"),
    KITH_OPTION_INT(struct intro, k, 'k', "5", 1, 1000, "how many chains to list"),
    KITH_OPTION_INT(struct intro, max_hops, 0, "3", 1, MAX_HOPS, "how many hops a chain may have"),
    KITH_OPTION_FLAG(struct intro, diverse,
                     "prefer chains that begin with different people to the very warmest"),
    KITH_OPTION_END,
};

enum { RANK, SCORE, HOPS, PEOPLE, WEAKEST, NEW_INTRODUCER };
static const kith_column path_columns[] = {
    {"rank", KITH_CELL_INT, "", "1 is the warmest"},
    {"score", KITH_CELL_REAL, "index", "product of the hops' p"},
    {"hops", KITH_CELL_INT, "hops", "how many hops the chain has"},
    {"people", KITH_CELL_LIST, "", "from who asks to whom it leads"},
    {"weakest", KITH_CELL_INT, "", "number of the hop with the smallest p"},
    {"new_introducer", KITH_CELL_BOOL, "", "no chain above begins with the same person"},
};

enum { PATH, HOP, FROM, TO, P, WARMTH, TIER, STATE, RECORD, EVIDENCE };
static const kith_column hop_columns[] = {
    {"path", KITH_CELL_INT, "", "rank of the chain"},
    {"hop", KITH_CELL_INT, "", "number of the hop, from 1"},
    {"from", KITH_CELL_NODE, "", "who is asked to introduce, or asks"},
    {"to", KITH_CELL_NODE, "", "who comes next"},
    {"p", KITH_CELL_REAL, "index", "min(.95, (.05 + .85 warmth) * record)"},
    {"warmth", KITH_CELL_REAL, "index", "W by warmth-1"},
    {"tier", KITH_CELL_TEXT, "", "strong, familiar, weak or unknown, by warmth"},
    {"state", KITH_CELL_TEXT, "",
     "active, cooling, at risk, dormant or unknown, by the last contact"},
    {"record", KITH_CELL_REAL, "1",
     "q: how introductions that `from` was asked for went; 1 is no record"},
    {"evidence", KITH_CELL_TEXT, "", "the facts that weigh most, and where they stand"},
};

/* One question on its way. */
struct run {
    const kith_graph *g;
    const struct intro *o;
    kith_node from, to;
    kith_warm_network *net;
    kith_chain_hops hops;
    kith_chain_query query;
    bool *target;
    int64_t targets, former;
    kith_chains chains;
};

static void
run_clear(struct run *r)
{
    kith_warm_network_free(r->net);
    kith_chains_clear(&r->chains);
    g_free(r->target);
}

static const char *
name(const struct run *r, kith_node node)
{
    return kith_graph_label(r->g, node);
}

static kith_status
find_ends(struct run *r, kith_error *err)
{
    if (r->o->from)
        TRY(kith_graph_find(r->g, r->o->from, 1u << KITH_PERSON, &r->from, err));
    else
        r->from = kith_graph_owner(r->g);
    if (r->from < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say who asks with --from");
    TRY(kith_graph_find(r->g, r->o->to, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &r->to, err));
    if (r->from == r->to)
        return kith_fail(err, KITH_ERR_ARGUMENT, "%s is who asks and who is asked for",
                         name(r, r->from));
    return KITH_OK;
}

/* Who works at the firm now. */
static void
find_staff(struct run *r)
{
    const kith_time as_of = kith_graph_as_of(r->g);
    int64_t first, n;
    kith_tie t;

    kith_graph_tie_range(r->g, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_graph_tie(r->g, i, &t);
        if (t.to == r->to && kith_graph_kind(r->g, t.from) == KITH_PERSON &&
            (t.until == KITH_TIME_NONE || t.until >= as_of))
            r->target[t.from] = true;
    }
    for (int64_t i = first; i < first + n; i++) {
        kith_graph_tie(r->g, i, &t);
        r->former += t.to == r->to && !r->target[t.from];
    }
}

static kith_status
find_targets(struct run *r, kith_error *err)
{
    int64_t nodes = kith_graph_nodes(r->g);

    r->target = g_new0(bool, (gsize)nodes + 1);
    if (kith_graph_kind(r->g, r->to) == KITH_PERSON)
        r->target[r->to] = true;
    else
        find_staff(r);
    for (kith_node v = 0; v < nodes; v++)
        r->targets += r->target[v];
    if (r->target[r->from])
        return kith_fail(err, KITH_ERR_ARGUMENT, "%s works at %s already", name(r, r->from),
                         name(r, r->to));
    if (r->targets == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nobody in these files works at %s",
                         name(r, r->to));
    return KITH_OK;
}

static void
fill_path(const struct run *r, int64_t rank, const kith_chain *chain, kith_table *out)
{
    const char *people[KITH_CHAIN_HOPS + 1];

    for (int i = 0; i <= chain->hops; i++)
        people[i] = name(r, chain->node[i]);
    kith_table_row(out);
    kith_table_set_int(out, RANK, rank);
    kith_table_set_real(out, SCORE, chain->score);
    kith_table_set_int(out, HOPS, chain->hops);
    kith_table_set_list(out, PEOPLE, people, chain->hops + 1);
    kith_table_set_int(out, WEAKEST, chain->weakest);
    kith_table_set_bool(out, NEW_INTRODUCER, chain->fresh);
}

static void
fill_hop(const struct run *r, int64_t rank, const kith_chain *chain, int i, kith_table *out)
{
    kith_node from = chain->node[i], to = chain->node[i + 1];
    int64_t hop = kith_warm_hop(r->net, from, to);
    g_autofree char *evidence = kith_warm_words(r->net, from, to, 3);

    kith_table_row(out);
    kith_table_set_int(out, PATH, rank);
    kith_table_set_int(out, HOP, i + 1);
    kith_table_set_node(out, FROM, from, name(r, from));
    kith_table_set_node(out, TO, to, name(r, to));
    kith_table_set_real(out, P, chain->p[i]);
    kith_table_set_real(out, WARMTH, r->net->w[hop]);
    kith_table_set_text(out, TIER, kith_warmth_tier_name(r->net->tier[hop]));
    kith_table_set_text(out, STATE, kith_warmth_state_name(r->net->state[hop]));
    kith_table_set_real(out, RECORD, kith_warm_record(r->net, from));
    kith_table_set_text(out, EVIDENCE, evidence);
}

static void
fill_tables(const struct run *r, kith_answer *out)
{
    kith_table *paths, *hops;

    paths = kith_answer_table(out, "paths", path_columns, G_N_ELEMENTS(path_columns));
    for (int64_t i = 0; i < r->chains.n; i++)
        fill_path(r, i + 1, &r->chains.at[i], paths);
    hops = kith_answer_table(out, "hops_detail", hop_columns, G_N_ELEMENTS(hop_columns));
    for (int64_t i = 0; i < r->chains.n; i++)
        for (int j = 0; j < r->chains.at[i].hops; j++)
            fill_hop(r, i + 1, &r->chains.at[i], j, hops);
}

static const char *
plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

static void
note_targets(const struct run *r, kith_answer *out)
{
    if (kith_graph_kind(r->g, r->to) == KITH_PERSON)
        return;
    kith_answer_note(out,
                     "%s is an organisation: a chain may end at any of the %" G_GINT64_FORMAT
                     " %s who work%s there",
                     name(r, r->to), r->targets, r->targets == 1 ? "person" : "people",
                     r->targets == 1 ? "s" : "");
    if (r->former > 0)
        kith_answer_note(out, "%" G_GINT64_FORMAT " former job%s there left out", r->former,
                         plural(r->former));
}

/* Hops that somebody would have to wake up. */
static void
note_dormant(const struct run *r, kith_answer *out)
{
    int64_t dormant = 0, chains = 0;

    for (int64_t i = 0; i < r->chains.n; i++) {
        const kith_chain *chain = &r->chains.at[i];
        int64_t before = dormant;

        for (int j = 0; j < chain->hops; j++)
            dormant += r->net->state[kith_warm_hop(r->net, chain->node[j], chain->node[j + 1])] ==
                       KITH_STATE_DORMANT;
        chains += dormant > before;
    }
    if (dormant > 0)
        kith_answer_note(out,
                         "%" G_GINT64_FORMAT " hop%s of %" G_GINT64_FORMAT
                         " chain%s dormant: no contact for %.0f days or more",
                         dormant, plural(dormant), chains, chains == 1 ? " is" : "s are",
                         r->net->constants.dormant_days);
}

static void
note_left_out(const struct run *r, kith_answer *out)
{
    int64_t flagged = r->net->no_intro_people - r->net->no_intro[r->from];

    if (flagged > 0)
        kith_answer_note(out, "%" G_GINT64_FORMAT " %s left out: flagged no-intro", flagged,
                         flagged == 1 ? "person" : "people");
    if (r->net->large_events > 0)
        kith_answer_note(out, "%" G_GINT64_FORMAT " event%s of more than 500 people left out",
                         r->net->large_events, plural(r->net->large_events));
    if (r->net->undated > 0)
        kith_answer_note(out,
                         "%" G_GINT64_FORMAT
                         " fact%s between two people without a date count as %.0f days old",
                         r->net->undated, plural(r->net->undated), r->net->constants.undated_days);
}

/* When all chains begin with one person although another way in exists. */
static kith_status
note_other_way(const struct run *r, kith_answer *out, kith_error *err)
{
    g_auto(kith_chains) two = {0};
    kith_chain_query query = r->query;

    if (r->chains.n < 2 || r->chains.n < r->o->k)
        return KITH_OK;
    for (int64_t i = 1; i < r->chains.n; i++)
        if (r->chains.at[i].fresh)
            return KITH_OK;
    query.k = 2;
    TRY(kith_chains_diverse(&r->hops, &query, &two, err));
    if (two.n == 2 && two.at[1].fresh)
        kith_answer_note(
            out, "all chains begin with %s; the best that does not begins with %s: see --diverse",
            name(r, two.at[0].node[1]), name(r, two.at[1].node[1]));
    return KITH_OK;
}

static kith_status
add_notes(const struct run *r, kith_answer *out, kith_error *err)
{
    g_autofree char *constants = kith_warmth_describe(&r->net->constants);

    note_targets(r, out);
    if (r->chains.n > 0 && r->chains.n < r->o->k)
        kith_answer_note(out, "there %s no other chain%s of at most %" G_GINT64_FORMAT " hop%s",
                         r->chains.n == 1 ? "is" : "are", r->chains.n == 1 ? "" : "s",
                         r->o->max_hops, plural(r->o->max_hops));
    TRY(note_other_way(r, out, err));
    note_dormant(r, out);
    note_left_out(r, out);
    kith_answer_note(out, "a score is an index to compare chains by, not a probability");
    kith_answer_note(out, "%s", constants);
    return KITH_OK;
}

/* What was nearest, in words that fit behind "nearest miss: ". */
static char *
describe_miss(const struct run *r, const kith_chain_miss *miss)
{
    bool mine = r->from == kith_graph_owner(r->g);

    if (miss->all_blocked && r->targets == 1)
        return g_strdup_printf("%s is flagged no-intro", name(r, r->to));
    if (miss->all_blocked)
        return g_strdup_printf("all who work at %s are flagged no-intro", name(r, r->to));
    if (miss->hops > 0 && miss->hops <= MAX_HOPS)
        return g_strdup_printf("a chain of %" G_GINT64_FORMAT " hops (--max-hops %" G_GINT64_FORMAT
                               ")",
                               miss->hops, miss->hops);
    if (miss->hops > 0)
        return g_strdup_printf("a chain of %" G_GINT64_FORMAT " hops", miss->hops);
    if (miss->bridge < 0)
        return g_strdup_printf("nobody in these files knows %s",
                               r->targets == 1 ? name(r, r->to) : "any of them");
    if (miss->bridge_blocked)
        return g_strdup_printf("%s knows %s, but is flagged no-intro", name(r, miss->bridge),
                               name(r, miss->target));
    return g_strdup_printf("%s knows %s; %s %s not know %s", name(r, miss->bridge),
                           name(r, miss->target), mine ? "you" : name(r, r->from),
                           mine ? "do" : "does", name(r, miss->bridge));
}

static kith_status
no_chain(const struct run *r, kith_answer *out, kith_error *err)
{
    kith_chain_miss miss = kith_chains_miss(&r->hops, &r->query);
    g_autofree char *nearest = describe_miss(r, &miss);

    kith_answer_note(out, "nearest miss: %s", nearest);
    return kith_fail(
        err, KITH_ERR_NOT_FOUND,
        "no chain of at most %" G_GINT64_FORMAT " hop%s from %s to %s; nearest miss: %s",
        r->o->max_hops, plural(r->o->max_hops), name(r, r->from), name(r, r->to), nearest);
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {.g = question->graph, .o = values};

    TRY(find_ends(&r, err));
    TRY(find_targets(&r, err));
    TRY(kith_warm_network_new(r.g, NULL, &r.net, err));
    r.hops = kith_warm_hops(r.net);
    r.query = (kith_chain_query){.from = (int32_t)r.from,
                                 .target = r.target,
                                 .blocked = r.net->no_intro,
                                 .k = r.o->k,
                                 .max_hops = (int)r.o->max_hops};
    TRY((r.o->diverse ? kith_chains_diverse : kith_chains_best)(&r.hops, &r.query, &r.chains, err));
    fill_tables(&r, out);
    TRY(add_notes(&r, out, err));
    return r.chains.n > 0 ? KITH_OK : no_chain(&r, out, err);
}

const kith_pass kith_pass_intro = {
    .name = "intro",
    .group = "introductions",
    .summary = "the warmest chains of introductions to a person or into a firm",
    .details = "Lists the k chains with the largest score: the product of their hops' p, which "
               "grows with how warm each tie "
               "is by warmth-1 (meetings, answered mail, favours, bare connections; all fading) "
               "and with how often the "
               "introducer agreed before. Exact up to 4 hops; equal scores prefer fewer hops. "
               "hops_detail opens each hop to "
               "its facts with file and line. WHO may be an organisation: then chains end at "
               "anybody who works there. People "
               "flagged no-intro are on no chain; dormant hops are marked. A score is an index, "
               "not a probability.",
    .example = "--to \"Dana Reyes\" Connections.csv fair.ics",
    .options = options,
    .options_size = sizeof(struct intro),
    .run = run,
};
