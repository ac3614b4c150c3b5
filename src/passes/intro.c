/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intro - the warmest chains of introductions to a person, or into a firm.
 *
 * A chain's score is the product of its hops' p by warmth-1 (measures/warmth.h); into a firm, times the weight of the role
 * of whom it leads to. Among equal scores the chain with fewer hops comes first, then the one whose people come first by
 * node. The k best are exact, not a heuristic: measures/chains.h. On plain graph files, where nothing is known of warmth, a
 * score is what the files' numbers make of it: measures/plain.h.
 */
#include "base/base.h"
#include "measures/asking.h"
#include "measures/calibration.h"
#include "measures/ends.h"
#include "measures/miss.h"
#include "measures/plain.h"
#include <kith/pass.h>

#define MAX_HOPS 4

struct intro {
    const char *to, *from, *probability, *length;
    int64_t k, max_hops;
    bool diverse, reliability;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct intro, to, 't', "WHO", NULL, true,
                     "the person or organisation to be introduced to"),
    KITH_OPTION_TEXT(struct intro, from, 0, "WHO", NULL, false,
                     "who asks (the owner of the files)"),
    KITH_OPTION_INT(struct intro, k, 'k', "5", 1, 1000, "how many chains to list"),
    KITH_OPTION_INT(struct intro, max_hops, 0, "3", 0, KITH_CHAIN_HOPS,
                    "how many hops a chain may have; on plain graph files more than 4, or 0: any "
                    "number"),
    KITH_OPTION_FLAG(struct intro, diverse,
                     "prefer chains that begin with different people to the very warmest"),
    KITH_OPTION_FLAG(struct intro, reliability,
                     "show how well scores foretold the introductions recorded with kith log"),
    KITH_OPTION_TEXT(struct intro, probability, 0, "COLUMN", NULL, false,
                     "plain graph files: this number of a tie is the chance that it carries; a "
                     "chain's is their product"),
    KITH_OPTION_TEXT(struct intro, length, 0, "COLUMN", NULL, false,
                     "plain graph files: this number of a tie is its length; a chain's is their "
                     "sum"),
    KITH_OPTION_END,
};

enum { RANK, SCORE, HOPS, PEOPLE, WEAKEST, NEW_INTRODUCER, PATH_COLUMNS };
#define EVERY_PATH                                                                                 \
    {"rank", KITH_CELL_INT, "", "1 is the warmest"},                                               \
        {"score", KITH_CELL_REAL, "index", "product of the hops' p, and of the role's weight"},    \
        {"hops", KITH_CELL_INT, "hops", "how many hops the chain has"},                            \
        {"people", KITH_CELL_LIST, "", "from who asks to whom it leads"},                          \
        {"weakest", KITH_CELL_INT, "", "number of the hop with the smallest p"},                   \
    {                                                                                              \
        "new_introducer", KITH_CELL_BOOL, "", "no chain above begins with the same person"         \
    }
#define AT_A_FIRM                                                                                  \
    {"title", KITH_CELL_TEXT, "", "of whom the chain leads to, at the firm asked for"},            \
    {                                                                                              \
        "role", KITH_CELL_REAL, "1", "weight of that title: who decides counts fully"              \
    }
static const kith_column path_columns[] = {EVERY_PATH, AT_A_FIRM};
static const kith_column chance_columns[] = {
    EVERY_PATH,
    {"chance", KITH_CELL_REAL, "1",
     "that an introduction comes about, fitted to those recorded; of chains with one introducer"},
    AT_A_FIRM};

enum { PATH, HOP, FROM, TO, P, WARMTH, TIER, STATE, RECORD, LOAD, EVIDENCE };
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
    {"load", KITH_CELL_INT, "requests", "introductions `from` was asked for of late"},
    {"evidence", KITH_CELL_TEXT, "", "the facts that weigh most, and where they stand"},
};

/* One question on its way. */
struct run {
    const kith_graph *g;
    const struct intro *o;
    kith_node from, to;
    kith_warm_network *net; /* one of these two */
    kith_plain *plain;
    kith_chain_index index;
    kith_chain_query query;
    kith_ends ends;
    kith_chains chains;
    kith_calibration calibration;
};

static void
run_clear(struct run *r)
{
    kith_warm_network_free(r->net);
    kith_plain_free(r->plain);
    kith_chain_index_clear(&r->index);
    kith_ends_clear(&r->ends);
    kith_chains_clear(&r->chains);
    kith_calibration_clear(&r->calibration);
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

static kith_status
find_targets(struct run *r, const kith_warmth_constants *constants, kith_error *err)
{
    kith_ends_init(r->g, constants, r->to, &r->ends);
    if (r->ends.in[r->from])
        return kith_fail(err, KITH_ERR_ARGUMENT, "%s works at %s already", name(r, r->from),
                         name(r, r->to));
    if (r->ends.n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nobody in these files works at %s",
                         name(r, r->to));
    return KITH_OK;
}

static void
fill_path(const struct run *r, int64_t rank, const kith_chain *chain, kith_table *out)
{
    const char *people[KITH_CHAIN_HOPS + 1];
    kith_node end = chain->node[chain->hops];

    for (int i = 0; i <= chain->hops; i++)
        people[i] = name(r, chain->node[i]);
    kith_table_row(out);
    kith_table_set_int(out, RANK, rank);
    kith_table_set_real(out, SCORE, chain->score);
    kith_table_set_int(out, HOPS, chain->hops);
    kith_table_set_list(out, PEOPLE, people, chain->hops + 1);
    kith_table_set_int(out, WEAKEST, chain->weakest);
    kith_table_set_bool(out, NEW_INTRODUCER, chain->fresh);
    if (r->calibration.holds && chain->hops == 2)
        kith_table_set_real(out, PATH_COLUMNS,
                            kith_logistic_chance(&r->calibration.fit, chain->p[0] * chain->p[1]));
    if (r->ends.weight) {
        kith_table_set_text(out, PATH_COLUMNS + r->calibration.holds, r->ends.title[end]);
        kith_table_set_real(out, PATH_COLUMNS + r->calibration.holds + 1, r->ends.weight[end]);
    }
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
    kith_table_set_int(out, LOAD, (int64_t)r->net->recent[from]);
    kith_table_set_text(out, EVIDENCE, evidence);
}

static void
fill_tables(const struct run *r, kith_answer *out)
{
    bool chances = r->calibration.holds;
    int64_t columns = PATH_COLUMNS + chances + (r->ends.weight ? 2 : 0); /* a person has no role */
    kith_table *paths, *hops;

    paths = kith_answer_table(out, "paths", chances ? chance_columns : path_columns, columns);
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
                     " %s who work%s there; a score is multiplied with the weight of the role",
                     name(r, r->to), r->ends.n, r->ends.n == 1 ? "person" : "people",
                     r->ends.n == 1 ? "s" : "");
    if (r->ends.former > 0)
        kith_answer_note(out, "%" G_GINT64_FORMAT " former job%s there left out", r->ends.former,
                         plural(r->ends.former));
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
    TRY(kith_chains_diverse(&r->index, &query, &two, err));
    if (two.n == 2 && two.at[1].fresh)
        kith_answer_note(
            out, "all chains begin with %s; the best that does not begins with %s: see --diverse",
            name(r, two.at[0].node[1]), name(r, two.at[1].node[1]));
    return KITH_OK;
}

/* What is true of chains of either kind. */
static kith_status
note_chains(const struct run *r, kith_answer *out, kith_error *err)
{
    if (r->chains.n > 0 && r->chains.n < r->o->k)
        kith_answer_note(out, "there %s no other chain%s of at most %" G_GINT64_FORMAT " hop%s",
                         r->chains.n == 1 ? "is" : "are", r->chains.n == 1 ? "" : "s",
                         r->o->max_hops, plural(r->o->max_hops));
    return note_other_way(r, out, err);
}

static kith_status
tell(const struct run *r, kith_answer *out, kith_error *err)
{
    if (r->plain) {
        kith_plain_tell(r->plain, &r->chains, out);
        return note_chains(r, out, err);
    }
    fill_tables(r, out);
    kith_requests_tell(r->net, &r->chains, out);
    if (r->o->reliability)
        kith_calibration_tell(&r->calibration, out);
    note_targets(r, out);
    TRY(note_chains(r, out, err));
    note_dormant(r, out);
    note_left_out(r, out);
    kith_calibration_note(&r->calibration, &r->net->constants, out);
    kith_warmth_tell(&r->net->constants, out);
    return KITH_OK;
}

/* People make no introductions over more hops; in a graph file they may be anything. */
static int64_t
most_hops(const struct run *r)
{
    return r->plain ? KITH_CHAIN_HOPS : MAX_HOPS;
}

/* What was nearest, in words that fit behind "nearest miss: ". */
static char *
describe_miss(const struct run *r, const kith_chain_miss *miss)
{
    bool mine = r->from == kith_graph_owner(r->g);

    if (miss->all_blocked && r->ends.n == 1)
        return g_strdup_printf("%s is flagged no-intro", name(r, r->to));
    if (miss->all_blocked)
        return g_strdup_printf("all who work at %s are flagged no-intro", name(r, r->to));
    if (miss->hops > 0 && miss->hops <= most_hops(r))
        return g_strdup_printf("a chain of %" G_GINT64_FORMAT " hops (--max-hops %" G_GINT64_FORMAT
                               ")",
                               miss->hops, miss->hops);
    if (miss->hops > 0)
        return g_strdup_printf("a chain of %" G_GINT64_FORMAT " hops", miss->hops);
    if (miss->bridge < 0)
        return g_strdup_printf("nobody in these files knows %s",
                               r->ends.n == 1 ? name(r, r->to) : "any of them");
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
    kith_chain_miss miss = kith_chains_miss(&r->index, &r->query);
    g_autofree char *nearest = describe_miss(r, &miss);

    kith_answer_note(out, "nearest miss: %s", nearest);
    return kith_fail(
        err, KITH_ERR_NOT_FOUND,
        "no chain of at most %" G_GINT64_FORMAT " hop%s from %s to %s; nearest miss: %s",
        r->o->max_hops, plural(r->o->max_hops), name(r, r->from), name(r, r->to), nearest);
}

/* What the numbers of a plain graph file mean, as far as the user said. */
static kith_status
read_meaning(const struct run *r, bool weighted, kith_plain_meaning *out, kith_error *err)
{
    bool chance = r->o->probability && *r->o->probability, length = r->o->length && *r->o->length;

    if (chance && length)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--probability and --length exclude each other");
    *out = chance     ? KITH_PLAIN_PROBABILITY
           : length   ? KITH_PLAIN_LENGTH
           : weighted ? KITH_PLAIN_WEIGHT
                      : KITH_PLAIN_NOTHING;
    if ((chance || length) && !kith_plain_is(r->g))
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "--%s is for plain graph files; here scores come from warmth",
                         chance ? "probability" : "length");
    return KITH_OK;
}

/* The hops, from warm ties or from the numbers of a plain graph file. */
static kith_status
find_hops(struct run *r, const kith_question *question, kith_error *err)
{
    kith_plain_meaning meaning = KITH_PLAIN_NOTHING;
    kith_chain_hops hops;

    TRY(read_meaning(r, question->weighted, &meaning, err));
    if (kith_plain_is(r->g)) {
        const char *column = meaning == KITH_PLAIN_PROBABILITY ? r->o->probability : r->o->length;

        TRY(kith_plain_new(r->g, meaning, column, &r->plain, err));
        hops = kith_plain_hops(r->plain);
    } else {
        TRY(kith_warm_network_new(r->g, &(kith_warm_options){.constants = question->constants},
                                  &r->net, err));
        TRY(kith_calibrate(r->net, &r->calibration, err));
        hops = kith_warm_hops(r->net);
    }
    if (r->o->max_hops > most_hops(r) || (r->o->max_hops == 0 && r->net))
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "--max-hops %" G_GINT64_FORMAT " (expected 1 to %d: nobody makes longer "
                         "introductions)",
                         r->o->max_hops, MAX_HOPS);
    return kith_chain_index_init(&hops, &r->index, err);
}

/* However long: only of plain graph files. */
static kith_status
find_routes(const struct run *r, kith_answer *out, kith_error *err)
{
    g_auto(kith_tree) tree = {0};
    g_autoptr(kith_route_search) search = NULL;
    g_auto(kith_routes) routes = {0};

    if (r->o->diverse)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--diverse needs a limit of hops (--max-hops)");
    TRY(kith_tree_grow(&r->index, (int32_t)r->to, true, NULL, &tree, err));
    TRY(kith_route_search_new(&tree, &search, err));
    TRY(kith_routes_best(search, (int32_t)r->from, r->o->k, &routes, err));
    kith_plain_tell_routes(r->plain, &routes, out);
    if (routes.n < r->o->k && routes.n > 0)
        kith_answer_note(out, "there are no other chains");
    return routes.n > 0 ? KITH_OK
                        : kith_fail(err, KITH_ERR_NOT_FOUND, "no chain from %s to %s",
                                    name(r, r->from), name(r, r->to));
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {.g = question->graph, .o = values};
    kith_warmth_constants usual;

    kith_warmth_defaults(&usual);
    TRY(find_ends(&r, err));
    TRY(find_targets(&r, question->constants ? question->constants : &usual, err));
    TRY(find_hops(&r, question, err));
    if (r.o->max_hops == 0)
        return find_routes(&r, out, err);
    r.query = (kith_chain_query){.from = (int32_t)r.from,
                                 .target = r.ends.in,
                                 .blocked = r.net ? r.net->no_intro : NULL,
                                 .k = r.o->k,
                                 .max_hops = (int)r.o->max_hops,
                                 .end = r.ends.weight};
    TRY((r.o->diverse ? kith_chains_diverse : kith_chains_best)(&r.index, &r.query, &r.chains,
                                                                err));
    TRY(tell(&r, out, err));
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
               "anybody who works there, and a score is multiplied with the weight of the role. "
               "People "
               "flagged no-intro are on no chain; dormant hops are marked. A score is an index, "
               "not a probability. The last table is an order in which to ask. On plain graph "
               "files a score is what the ties' numbers mean: with --weight COLUMN strengths (the "
               "sum of 1/weight, smallest first), with --probability chances (the product), with "
               "--length lengths (the sum); otherwise the number of hops.",
    .example = "--to \"Dana Reyes\" Connections.csv fair.ics",
    .options = options,
    .options_size = sizeof(struct intro),
    .run = run,
};
