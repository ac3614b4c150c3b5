/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reach - many targets at once: who is within reach, whom to ask, and which new tie would help most.
 *
 * Each target's best chains come from up to twenty different first introducers. Whom to ask is then a minimum-cost
 * assignment, so that nobody is asked for more than the cap: as many targets as can be reached, by the warmest chains that
 * allow it. The next tie is found by trying everybody: its gain is the rise of the summed best scores, recomputed exactly.
 */
#include "measures/assignment.h"
#include "measures/backward.h"
#include "measures/ends.h"
#include "measures/targets.h"
#include "measures/ties.h"
#include "passes/pass.h"
#include <math.h>

#define WAYS 20 /* introducers weighed for each target */
#define NEW_TIES 3

struct reach {
    const char *targets, *from;
    int64_t cap, max_hops;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct reach, targets, 0, "FILE", NULL, true,
                     "names of people or firms, one a line (or the first column of a table)"),
    KITH_OPTION_TEXT(struct reach, from, 0, "WHO", NULL, false,
                     "who asks; the owner of the files by default"),
    KITH_OPTION_INT(struct reach, cap, 'c', "5", 1, 1e9, "most requests to one introducer"),
    KITH_OPTION_INT(struct reach, max_hops, 0, "3", 1, 4, "longest chain"),
    KITH_OPTION_END,
};

static const kith_column target_columns[] = {
    {"target", KITH_CELL_TEXT, "", "whom to reach, as asked"},
    {"state", KITH_CELL_TEXT, "", "reached, over the cap, no chain, or not in these files"},
    {"score", KITH_CELL_REAL, "index",
     "of the chain to use: the product of its hops, and of the role at a firm"},
    {"best", KITH_CELL_REAL, "index", "of the best chain there is, were nobody asked too often"},
    {"introducer", KITH_CELL_NODE, "", "whom to ask first; missing when you know the target"},
    {"people", KITH_CELL_LIST, "", "the chain"},
};

static const kith_column load_columns[] = {
    {"introducer", KITH_CELL_NODE, "", "who would be asked"},
    {"requests", KITH_CELL_INT, "", "for how many targets"},
};

static const kith_column tie_columns[] = {
    {"person", KITH_CELL_NODE, "", "whom to get to know"},
    {"gain", KITH_CELL_REAL, "index", "rise of the summed best scores"},
    {"newly", KITH_CELL_INT, "targets", "targets without any chain before"},
    {"within_reach", KITH_CELL_INT, "targets", "targets with a chain then"},
};

struct asking {
    const kith_graph *g;
    const struct reach *o;
    kith_warm_network *net;
    kith_chain_index index;
    kith_node from;
    GArray *targets; /* struct target */
    kith_chains *ways;
    double *best; /* target -> best score, 0 for none */
};

/* Whether there is somebody to look for. */
static bool
is_sought(const struct asking *a, const struct target *t)
{
    return t->node >= 0 && t->node != a->from;
}

/* The people who are the target, without who asks. */
static void
mark(const struct asking *a, const struct target *t, kith_ends *out)
{
    kith_ends_init(a->g, &a->net->constants, t->node, out);
    out->in[a->from] = false;
}

static kith_status
find_ways(struct asking *a, kith_error *err)
{
    for (guint i = 0; i < a->targets->len; i++) {
        const struct target *t = &g_array_index(a->targets, struct target, i);
        g_auto(kith_ends) ends = {0};
        kith_chain_query q = {.from = (int32_t)a->from,
                              .blocked = a->net->no_intro,
                              .k = WAYS,
                              .max_hops = (int)a->o->max_hops};

        if (!is_sought(a, t))
            continue;
        mark(a, t, &ends);
        q.target = ends.in;
        q.end = ends.weight;
        TRY(kith_chains_diverse(&a->index, &q, &a->ways[i], err));
        if (a->ways[i].n)
            a->best[i] = a->ways[i].at[0].score;
    }
    return KITH_OK;
}

/* Every way is an offer; a chain of one hop needs no introducer. */
static GArray *
offers(const struct asking *a)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_offer));

    for (guint i = 0; i < a->targets->len; i++)
        for (int64_t w = 0; w < a->ways[i].n; w++) {
            const kith_chain *c = &a->ways[i].at[w];
            kith_offer o = {(int32_t)i, c->hops > 1 ? c->node[1] : -1, c->cost};

            g_array_append_val(out, o);
        }
    return out;
}

static void
tell_chain(kith_table *t, const struct asking *a, const kith_chain *c)
{
    const char *labels[KITH_CHAIN_HOPS + 1];

    for (int i = 0; i <= c->hops; i++)
        labels[i] = kith_graph_label(a->g, c->node[i]);
    kith_table_set_real(t, 2, c->score);
    if (c->hops > 1)
        kith_table_set_node(t, 4, c->node[1], labels[1]);
    kith_table_set_list(t, 5, labels, c->hops + 1);
}

static void
tell_targets(const struct asking *a, const GArray *offer, const int64_t *chosen, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "targets", target_columns, G_N_ELEMENTS(target_columns));
    int64_t at = 0, reached = 0;

    (void)offer;
    for (guint i = 0; i < a->targets->len; i++) {
        const struct target *target = &g_array_index(a->targets, struct target, i);

        kith_table_row(t);
        kith_table_set_text(t, 0, target->asked);
        kith_table_set_text(t, 1,
                            target->node < 0          ? "not in these files"
                            : target->node == a->from ? "that is you"
                            : a->ways[i].n == 0       ? "no chain"
                            : chosen[i] < 0           ? "over the cap"
                                                      : "reached");
        if (a->best[i] > 0)
            kith_table_set_real(t, 3, a->best[i]);
        if (chosen[i] >= 0 && a->ways[i].at)
            tell_chain(t, a, &a->ways[i].at[chosen[i] - at]);
        reached += chosen[i] >= 0;
        at += a->ways[i].n;
    }
    kith_answer_note(out, "%" G_GINT64_FORMAT " of %u targets within reach", reached,
                     a->targets->len);
}

static void
tell_load(const struct asking *a, const GArray *offer, const int64_t *chosen, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "load", load_columns, 2);
    g_autofree int64_t *load = g_new0(int64_t, a->net->nodes + 1);

    for (guint i = 0; i < a->targets->len; i++)
        if (chosen[i] >= 0 && g_array_index(offer, kith_offer, chosen[i]).worker >= 0)
            load[g_array_index(offer, kith_offer, chosen[i]).worker]++;
    for (int64_t most = a->targets->len; most > 0; most--)
        for (int64_t v = 0; v < a->net->nodes; v++)
            if (load[v] == most) {
                kith_table_row(t);
                kith_table_set_node(t, 0, v, kith_graph_label(a->g, v));
                kith_table_set_int(t, 1, load[v]);
            }
}

/* Adds to gain[v] what a new tie to v would do for each target. */
static void
weigh_new_ties(const struct asking *a, double p, double *gain)
{
    g_autofree int64_t *cost = g_new(int64_t, a->net->nodes + 1);
    g_autofree bool *blocked = g_new0(bool, a->net->nodes + 1);

    for (int64_t v = 0; v < a->net->nodes; v++) {
        gain[v] = 0;
        blocked[v] = a->net->no_intro[v] || v == a->from;
    }
    for (guint i = 0; i < a->targets->len; i++) {
        const struct target *t = &g_array_index(a->targets, struct target, i);
        g_auto(kith_ends) ends = {0};

        if (!is_sought(a, t))
            continue;
        mark(a, t, &ends);
        kith_back_costs(&a->index, ends.in, ends.weight, blocked, (int)a->o->max_hops - 1, cost);
        for (int64_t v = 0; v < a->net->nodes; v++)
            if (cost[v] != INT64_MAX)
                gain[v] += fmax(0, p * exp(-(double)cost[v] / a->index.scale) - a->best[i]);
    }
}

/* The best scores once v is known. @return how many targets have a chain for the first time */
static int64_t
adopt(struct asking *a, double p, kith_node v)
{
    g_autofree int64_t *cost = g_new(int64_t, a->net->nodes + 1);
    g_autofree bool *blocked = g_new0(bool, a->net->nodes + 1);
    int64_t newly = 0;

    for (int64_t i = 0; i < a->net->nodes; i++)
        blocked[i] = a->net->no_intro[i] || i == a->from;
    for (guint i = 0; i < a->targets->len; i++) {
        const struct target *t = &g_array_index(a->targets, struct target, i);
        g_auto(kith_ends) ends = {0};

        if (!is_sought(a, t))
            continue;
        mark(a, t, &ends);
        kith_back_costs(&a->index, ends.in, ends.weight, blocked, (int)a->o->max_hops - 1, cost);
        if (cost[v] == INT64_MAX)
            continue;
        newly += a->best[i] == 0;
        a->best[i] = fmax(a->best[i], p * exp(-(double)cost[v] / a->index.scale));
    }
    return newly;
}

static void
tell_new_ties(struct asking *a, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "next_ties", tie_columns, G_N_ELEMENTS(tie_columns));
    g_autofree double *gain = g_new0(double, a->net->nodes + 1);
    double p = kith_warmth_hop(&a->net->constants, a->net->constants.new_tie, 1);

    for (int round = 0; round < NEW_TIES; round++) {
        kith_node best = -1;
        int64_t newly, within = 0;

        weigh_new_ties(a, p, gain);
        for (int64_t v = 0; v < a->net->nodes; v++)
            if (gain[v] > (best < 0 ? 0 : gain[best]) && kith_warm_hop(a->net, a->from, v) < 0)
                best = v;
        if (best < 0)
            break;
        newly = adopt(a, p, best);
        for (guint i = 0; i < a->targets->len; i++)
            within += a->best[i] > 0;
        kith_table_row(t);
        kith_table_set_node(t, 0, best, kith_graph_label(a->g, best));
        kith_table_set_real(t, 1, gain[best]);
        kith_table_set_int(t, 2, newly);
        kith_table_set_int(t, 3, within);
    }
}

static kith_status
answer(struct asking *a, kith_answer *out, kith_error *err)
{
    g_autofree int64_t *chosen = g_new(int64_t, a->targets->len + 1);
    g_autoptr(GArray) offer = NULL;
    int64_t reached = 0;

    TRY(find_ways(a, err));
    offer = offers(a);
    TRY(kith_assign((int32_t)a->targets->len, (int32_t)a->net->nodes, a->o->cap,
                    (const kith_offer *)(const void *)offer->data, offer->len, chosen, err));
    tell_targets(a, offer, chosen, out);
    tell_load(a, offer, chosen, out);
    tell_new_ties(a, out);
    for (guint i = 0; i < a->targets->len; i++)
        reached += chosen[i] >= 0;
    kith_answer_note(out,
                     "a new tie is taken to have warmth %g; ties are tried one after the other, "
                     "each with those before it",
                     a->net->constants.new_tie);
    kith_warmth_tell(&a->net->constants, out);
    if (reached == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "none of the %u targets is within %d hops",
                         a->targets->len, (int)a->o->max_hops);
    return KITH_OK;
}

static kith_status
init_index(struct asking *a, kith_error *err)
{
    kith_chain_hops hops = kith_warm_hops(a->net);

    return kith_chain_index_init(&hops, &a->index, err);
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    struct asking a = {.g = question->graph, .o = opaque};
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(GArray) targets = NULL;
    g_autofree double *best = NULL;
    kith_status status;

    a.from = kith_graph_owner(a.g);
    if (a.o->from)
        TRY(kith_graph_find(a.g, a.o->from, 1u << KITH_PERSON, &a.from, err));
    if (a.from < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say who asks with --from");
    TRY(targets_read(a.o->targets, a.g, &targets, err));
    TRY(kith_warm_network_new(a.g, &(kith_warm_options){.constants = question->constants}, &net,
                              err));
    a.net = net;
    a.targets = targets;
    TRY(init_index(&a, err));
    a.ways = g_new0(kith_chains, targets->len + 1);
    a.best = best = g_new0(double, targets->len + 1);
    status = answer(&a, out, err);
    for (guint i = 0; i < targets->len; i++)
        kith_chains_clear(&a.ways[i]);
    g_free(a.ways);
    kith_chain_index_clear(&a.index);
    return status;
}

const kith_pass kith_pass_reach = {
    .name = "reach",
    .group = "introductions",
    .summary =
        "many targets at once: who is within reach, load per introducer, the next tie that helps",
    .details = "Finds each target's best chains, then spreads the requests so that nobody is asked "
               "more often than the cap, "
               "by a minimum-cost assignment. Then tries every person you do not know yet and "
               "shows which tie would raise the "
               "summed best scores most.",
    .example =
        "reach --targets firms.txt --from \"Marta Kowalska\" datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct reach),
    .run = run,
};
