/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * warmth - the ledger of one tie: each fact, its points, where it stands.
 *
 * warmth-1 for the ordered pair (who, whom); the points of M, V and L and the two sides of X add up to the totals exactly
 * as shown. Facts are listed part by part, the smallest first, which is the order in which they are added.
 */
#include "measures/ties.h"
#include "passes/pass.h"
#include <math.h>

struct warmth {
    const char *who, *whom;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct warmth, who, 0, "WHO", NULL, true, "whose tie it is"),
    KITH_OPTION_TEXT(struct warmth, whom, 0, "WHOM", NULL, true, "to whom"),
    KITH_OPTION_END,
};

static const kith_column total_columns[] = {
    {"from", KITH_CELL_NODE, "", "whose tie it is"},
    {"to", KITH_CELL_NODE, "", "to whom"},
    {"meetings", KITH_CELL_REAL, "points", "M: meetings and events attended together"},
    {"messages", KITH_CELL_REAL, "points", "X: two-way messages; one-way mail is worth 0"},
    {"favours", KITH_CELL_REAL, "points", "V: referrals, introductions, recommendations, help"},
    {"listed", KITH_CELL_REAL, "points", "L: a bare connection or address-book entry"},
    {"variety", KITH_CELL_REAL, "1", "factor for how many of these parts there are"},
    {"sum", KITH_CELL_REAL, "points", "P: the parts added up, times variety"},
    {"warmth", KITH_CELL_REAL, "index",
     "W = 1 - exp(-P/12), with a declared closeness the mean of both"},
    {"tier", KITH_CELL_TEXT, "", "strong from .60, familiar from .25, weak above 0"},
    {"state", KITH_CELL_TEXT, "",
     "against this pair's own rhythm: active, cooling, at risk, dormant"},
    {"gap_days", KITH_CELL_REAL, "days", "since the last two-way contact"},
    {"usual_days", KITH_CELL_REAL, "days", "usual interval between contacts"},
    {"declared", KITH_CELL_REAL, "index", "closeness that was declared, 0 to 1"},
    {"p", KITH_CELL_REAL, "index", "what the tie counts as a hop of an introduction"},
};
enum { FROM, TO, M, X, V, L, VARIETY, SUM, WARMTH, TIER, STATE, GAP, USUAL, DECLARED, P };

static const kith_column ledger_columns[] = {
    {"part", KITH_CELL_TEXT, "", "meetings, messages out, messages in, favours, listed"},
    {"fact", KITH_CELL_TEXT, "", "kind of tie"},
    {"when", KITH_CELL_TIME, "", "when; without one a fact counts as 365 days old"},
    {"age_days", KITH_CELL_REAL, "days", "age at the as-of day"},
    {"party", KITH_CELL_INT, "people", "how many were there"},
    {"points", KITH_CELL_REAL, "points", "what the fact adds to its part"},
    {"source", KITH_CELL_TEXT, "", "file the fact is from"},
    {"line", KITH_CELL_INT, "", "its line there"},
};

static void
tell_total(kith_answer *out, const kith_warm_network *net, kith_node from, kith_node to,
           const kith_warmth *w)
{
    kith_table *t = kith_answer_table(out, "warmth", total_columns, G_N_ELEMENTS(total_columns));

    kith_table_row(t);
    kith_table_set_node(t, FROM, from, kith_graph_label(net->graph, from));
    kith_table_set_node(t, TO, to, kith_graph_label(net->graph, to));
    kith_table_set_real(t, M, w->m);
    kith_table_set_real(t, X, w->x);
    kith_table_set_real(t, V, w->v);
    kith_table_set_real(t, L, w->l);
    kith_table_set_real(t, VARIETY, w->factor);
    kith_table_set_real(t, SUM, w->sum);
    kith_table_set_real(t, WARMTH, w->w);
    kith_table_set_text(t, TIER, kith_warmth_tier_name(w->tier));
    kith_table_set_text(t, STATE, kith_warmth_state_name(w->state));
    kith_table_set_real(t, GAP, w->gap_days);
    kith_table_set_real(t, USUAL, w->usual_days);
    kith_table_set_real(t, DECLARED, w->declared);
    kith_table_set_real(t, P, kith_warmth_hop(&net->constants, w->w, kith_warm_record(net, from)));
}

static const char *
part_name(const kith_warmth_item *item)
{
    switch (item->part) {
    case KITH_WARMTH_M:
        return "meetings";
    case KITH_WARMTH_X:
        return item->way == KITH_WARMTH_IN ? "messages in" : "messages out";
    case KITH_WARMTH_V:
        return "favours";
    default:
        return "listed";
    }
}

static void
tell_ledger(kith_answer *out, const kith_warm_network *net, kith_node from, kith_node to)
{
    kith_table *t = kith_answer_table(out, "ledger", ledger_columns, G_N_ELEMENTS(ledger_columns));
    g_autoptr(GArray) ledger = kith_warm_ledger(net, from, to);

    for (guint i = 0; i < ledger->len; i++) {
        const kith_warm_evidence *e = &g_array_index(ledger, kith_warm_evidence, i);
        kith_tie tie;

        kith_graph_tie(net->graph, e->tie, &tie);
        kith_table_row(t);
        kith_table_set_text(t, 0, part_name(&e->item));
        kith_table_set_text(t, 1, kith_tie_kind_name(tie.kind));
        kith_table_set_time(t, 2, tie.when, tie.precision);
        kith_table_set_real(t, 3, e->item.age_days);
        if (e->item.part == KITH_WARMTH_M)
            kith_table_set_int(t, 4, e->item.party);
        kith_table_set_real(t, 5, e->points);
        kith_table_set_text(t, 6, tie.source);
        kith_table_set_int(t, 7, tie.line);
    }
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct warmth *o = opaque;
    const kith_graph *g = question->graph;
    g_autoptr(kith_warm_network) net = NULL;
    kith_node from, to;
    kith_warmth w;

    TRY(kith_graph_find(g, o->who, 1u << KITH_PERSON, &from, err));
    TRY(kith_graph_find(g, o->whom, 1u << KITH_PERSON, &to, err));
    if (from == to)
        return kith_fail(err, KITH_ERR_ARGUMENT, "'%s' and '%s' are the same person", o->who,
                         o->whom);
    TRY(kith_warm_network_new(g, &(kith_warm_options){.constants = question->constants}, &net,
                              err));
    kith_warm_between(net, from, to, &w);
    tell_total(out, net, from, to, &w);
    tell_ledger(out, net, from, to);
    kith_warmth_tell(&net->constants, out);
    kith_answer_note(out, "an index by convention, not an estimate");
    if (w.undated)
        kith_answer_note(out, "%" G_GINT64_FORMAT " facts without a date count as %g days old",
                         w.undated, net->constants.undated_days);
    if (w.x == 0 && (w.out > 0 || w.in > 0))
        kith_answer_note(out, "messages went one way only, which is worth 0");
    if (kith_warm_pair_of(net, from, to) < 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no fact between %s and %s",
                         kith_graph_label(g, from), kith_graph_label(g, to));
    return KITH_OK;
}

const kith_pass kith_pass_warmth = {
    .name = "warmth",
    .group = "introductions",
    .summary = "the ledger of one tie: each fact, its points, its source",
    .details = "Opens warmth-1 for one ordered pair: meetings shared with n people count w/(n-1), "
               "two-way messages the mean "
               "of both sides damped by the smaller, favours their points, all fading with two "
               "half-lives (180 and 1095 "
               "days). The parts add up exactly as shown.",
    .example = "warmth \"Marta Kowalska\" \"Ingrid Larsen\" datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct warmth),
    .words = 2,
    .run = run,
};
