/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prospects - people whom your customers know and you do not, each with the best way in.
 *
 * Somebody counts when two customers know them, or one does and there is an event or a topic in common. Beside each stands
 * how many of their contacts buy from you already; for those whom you do know, that is the list of its own.
 */
#include "measures/prospects.h"
#include "measures/ways.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>

struct prospects {
    const char *from;
    double at_least;
    int64_t top, max_hops;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct prospects, from, 0, "WHO", NULL, false,
                     "who asks for introductions; the owner of the files by default"),
    KITH_OPTION_REAL(struct prospects, at_least, "0", 0, 1,
                     "how warm a tie must be to count as knowing; 0.25 is familiar"),
    KITH_OPTION_INT(struct prospects, max_hops, 0, "3", 1, 4, "longest chain"),
    KITH_OPTION_INT(struct prospects, top, 'n', "20", 1, 1e9, "how many to list"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"rank", KITH_CELL_INT, "", "by score, then shared events and topics, then name"},
    {"person", KITH_CELL_NODE, "", "whom to meet"},
    {"score", KITH_CELL_REAL, "index", "sum of the warmth of the customers who know them"},
    {"customers", KITH_CELL_INT, "", "customers who know them"},
    {"well", KITH_CELL_INT, "", "those of them who are familiar or strong"},
    {"contacts", KITH_CELL_INT, "", "everybody they are seen to know"},
    {"shared_events", KITH_CELL_INT, "", "events of theirs where customers or you were as well"},
    {"shared_topics", KITH_CELL_INT, "", "topics they share with customers or you"},
    {"introducer", KITH_CELL_NODE, "", "whom to ask for the introduction"},
    {"chain", KITH_CELL_REAL, "index", "score of the best chain, the product of its hops"},
    {"people", KITH_CELL_LIST, "", "the best chain; missing when none is short enough"},
    {"channel", KITH_CELL_TEXT, "", "a way to the introducer that they did not forbid"},
    {"why", KITH_CELL_TEXT, "", "in words"},
};
enum {
    RANK,
    PERSON,
    SCORE,
    CUSTOMERS,
    WELL,
    CONTACTS,
    EVENTS,
    TOPICS,
    INTRODUCER,
    CHAIN,
    PEOPLE,
    CHANNEL,
    WHY
};

static const kith_column exposure_columns[] = {
    {"person", KITH_CELL_NODE, "", "whom you know, no customer yet"},
    {"contacts", KITH_CELL_INT, "", "everybody they are seen to know, us not counted"},
    {"customers", KITH_CELL_INT, "", "those of them who buy from you already"},
    {"share", KITH_CELL_REAL, "1", "customers over contacts"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

struct asking {
    const kith_graph *g;
    const struct prospects *o;
    kith_node from;
    const kith_warm_network *net;
    const kith_customers *c;
    const kith_ways *ways;
    const kith_chain_index *index;
};

static bool
is_worth_it(const kith_prospect *p)
{
    return !p->known && (p->customers >= 2 || (p->customers == 1 && p->events + p->topics > 0));
}

static char *
in_words(const struct asking *a, const kith_prospect *p)
{
    GString *text = g_string_new(NULL);

    g_string_printf(text, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " contacts buy from you",
                    p->customers, p->contacts);
    if (p->warmest >= 0)
        g_string_append_printf(text, ", %s the warmest", kith_graph_label(a->g, p->warmest));
    return g_string_free(text, FALSE);
}

/* Without somebody who asks, the warmest customer introduces. */
static kith_status
tell_way_in(const struct asking *a, const kith_prospect *p, kith_table *t, kith_error *err)
{
    g_auto(kith_chains) chains = {0};
    g_autofree bool *target = g_new0(bool, a->g->nodes + 1);
    kith_chain_query query = {.from = (int32_t)a->from,
                              .target = target,
                              .blocked = a->net->no_intro,
                              .k = 1,
                              .max_hops = (int)a->o->max_hops};
    kith_node introducer = p->warmest;
    const char *labels[KITH_CHAIN_HOPS + 1];
    g_autofree char *way = NULL;

    target[p->person] = true;
    if (a->from >= 0)
        TRY(kith_chains_best(a->index, &query, &chains, err));
    if (chains.n) {
        introducer = chains.at[0].node[1];
        for (int i = 0; i <= chains.at[0].hops; i++)
            labels[i] = kith_graph_label(a->g, chains.at[0].node[i]);
        kith_table_set_real(t, CHAIN, chains.at[0].score);
        kith_table_set_list(t, PEOPLE, labels, chains.at[0].hops + 1);
    }
    if (introducer < 0 || (a->from >= 0 && chains.n == 0))
        return KITH_OK;
    way = kith_way_to(a->ways, introducer);
    kith_table_set_node(t, INTRODUCER, introducer, kith_graph_label(a->g, introducer));
    kith_table_set_text(t, CHANNEL, way);
    return KITH_OK;
}

static kith_status
tell_prospects(const struct asking *a, const GArray *found, kith_answer *out, kith_error *err)
{
    kith_table *t = kith_answer_table(out, "prospects", columns, G_N_ELEMENTS(columns));
    int64_t rank = 0, flagged = 0;

    for (guint i = 0; i < found->len && rank < a->o->top; i++) {
        const kith_prospect *p = KITH_ROW(found, kith_prospect, i);
        g_autofree char *why = in_words(a, p);

        if (!is_worth_it(p) || (a->net->no_intro[p->person] && ++flagged))
            continue;
        kith_table_row(t);
        kith_table_set_int(t, RANK, ++rank);
        kith_table_set_node(t, PERSON, p->person, kith_graph_label(a->g, p->person));
        kith_table_set_real(t, SCORE, p->score);
        kith_table_set_int(t, CUSTOMERS, p->customers);
        kith_table_set_int(t, WELL, p->well);
        kith_table_set_int(t, CONTACTS, p->contacts);
        kith_table_set_int(t, EVENTS, p->events);
        kith_table_set_int(t, TOPICS, p->topics);
        kith_table_set_text(t, WHY, why);
        TRY(tell_way_in(a, p, t, err));
    }
    if (flagged)
        kith_answer_note(out, "left out, flagged no-intro: %" G_GINT64_FORMAT, flagged);
    return KITH_OK;
}

static double
share_of(const kith_prospect *p)
{
    return (double)p->customers / (double)MAX(p->contacts, 1);
}

static int
by_exposure(const void *a, const void *b)
{
    const kith_prospect *x = a, *y = b;

    if (x->customers != y->customers)
        return x->customers > y->customers ? -1 : 1;
    if (share_of(x) != share_of(y))
        return share_of(x) > share_of(y) ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static void
tell_exposure(const struct asking *a, GArray *found, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "exposure", exposure_columns, G_N_ELEMENTS(exposure_columns));
    int64_t listed = 0;

    if (found->len)
        qsort(found->data, found->len, sizeof(kith_prospect), by_exposure);
    for (guint i = 0; i < found->len && listed < a->o->top; i++) {
        const kith_prospect *p = KITH_ROW(found, kith_prospect, i);
        g_autofree char *way = kith_way_to(a->ways, p->person);

        if (p->customers == 0 || (a->from >= 0 && !p->known))
            continue;
        listed++;
        kith_table_row(t);
        kith_table_set_node(t, 0, p->person, kith_graph_label(a->g, p->person));
        kith_table_set_int(t, 1, p->contacts);
        kith_table_set_int(t, 2, p->customers);
        kith_table_set_real(t, 3, share_of(p));
        kith_table_set_text(t, 4, way);
    }
}

static kith_status
answer(const struct asking *a, kith_answer *out, kith_error *err)
{
    g_autoptr(GArray) found = kith_prospects_list(a->net, a->c, a->o->at_least);
    int64_t worth = 0;

    for (guint i = 0; i < found->len; i++)
        worth += is_worth_it(KITH_ROW(found, kith_prospect, i));
    TRY(tell_prospects(a, found, out, err));
    tell_exposure(a, found, out);
    kith_answer_note(out,
                     "%" G_GINT64_FORMAT " people whom two customers know, or one with an event or "
                     "topic in common, and you do not; customers: %" G_GINT64_FORMAT " people",
                     worth, a->c->people);
    if (a->from < 0)
        kith_answer_note(out, "no owner in these files: nobody counts as known to you, and the "
                              "introducer is the warmest customer (--me or --from says who asks)");
    if (worth == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no prospects: your customers know nobody whom you do not");
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    struct asking a = {.g = question->graph, .o = opaque};
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_customers) c = kith_customers_new(a.g, -1);
    g_autoptr(kith_ways) ways = NULL;
    g_auto(kith_chain_index) index = {0};
    kith_chain_hops hops;

    a.from = kith_graph_owner(a.g);
    if (a.o->from)
        TRY(kith_graph_find(a.g, a.o->from, 1u << KITH_PERSON, &a.from, err));
    if (a.from >= 0)
        c->us[a.from] = true;
    if (c->people == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no customers among the people in these files: nobody is flagged, bought, "
                         "closed a referral, works at a firm that buys, or reached that stage");
    TRY(kith_warm_network_new(a.g, &(kith_warm_options){0}, &net, err));
    hops = kith_warm_hops(net);
    TRY(kith_chain_index_init(&hops, &index, err));
    ways = kith_ways_new(a.g, net);
    a.index = &index;
    a.net = net;
    a.c = c;
    a.ways = ways;
    TRY(answer(&a, out, err));
    kith_ways_assume(ways, out);
    return KITH_OK;
}

const kith_pass kith_pass_prospects = {
    .name = "prospects",
    .group = "customers",
    .summary = "people whom your customers know and you do not, with the best way in",
    .details =
        "A customer is who is flagged as one, buys from you (or from anybody, where the files have "
        "no owner), won a deal, closed a referral, reached a stage named customer, or works at a "
        "firm that does. A prospect is known to two of them, or to one with an event or topic in "
        "common, and to nobody of yours. Ranked by the summed warmth of the customers' ties; the "
        "introducer is the first hop of the best chain. exposure lists those whom you do know: how "
        "many of their contacts buy from you already.",
    .example =
        "prospects --me \"Marta Kowalska\" --as-of 2024-12-31 datasets/tidewell/referrals.csv "
        "datasets/tidewell/circle_events.ics datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct prospects),
    .run = run,
};
