/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * referrals - who referred whom, whom to thank, and what grew out of it.
 *
 * Each referral is listed once, whatever number of files tells of it. A subject hangs under one giver, so that outcomes are
 * credited once: the trees show what one referral led to over the generations, and the shared credits of all givers add up
 * to the outcomes. Amounts are nobody's business but the owner's: they are shown on request alone.
 */
#include "measures/referrals.h"
#include "measures/customers.h"
#include "measures/interval.h"
#include "measures/ways.h"
#include "measures/worth.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct referrals {
    bool amounts;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_FLAG(struct referrals, amounts, "show what referrals were worth"),
    KITH_OPTION_INT(struct referrals, top, 'n', "20", 1, 1e9, "how many trees and credits to list"),
    KITH_OPTION_END,
};

static const kith_column referral_columns[] = {
    {"giver", KITH_CELL_NODE, "", "who referred"},
    {"receiver", KITH_CELL_NODE, "", "who got the referral, where that is known"},
    {"subject", KITH_CELL_NODE, "", "who was referred"},
    {"date", KITH_CELL_TIME, "", "when"},
    {"outcome", KITH_CELL_TEXT, "", "closed, pending, lost, or as written"},
    {"generation", KITH_CELL_INT, "", "1 when nobody referred the giver; missing off the trees"},
    {"place", KITH_CELL_TEXT, "", "first; again: the subject hangs under another; circle"},
    {"thanked", KITH_CELL_BOOL, "", "whether a thank-you is recorded"},
    {"value", KITH_CELL_REAL, "", "what it was worth, with --amounts"},
    {"currency", KITH_CELL_TEXT, "", "of the value, with --amounts"},
    {"source", KITH_CELL_TEXT, "", "file and line that tell the outcome"},
};

static const kith_column thank_columns[] = {
    {"person", KITH_CELL_NODE, "", "whom to thank"},
    {"unthanked", KITH_CELL_INT, "", "referrals without a recorded thank-you"},
    {"closed", KITH_CELL_INT, "", "those of them that closed"},
    {"since", KITH_CELL_TIME, "", "the first of them"},
    {"thank_for", KITH_CELL_TEXT, "", "whom they referred, the latest first; at most three"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column credit_columns[] = {
    {"giver", KITH_CELL_NODE, "", "who"},
    {"referrals", KITH_CELL_INT, "", "subjects that hang under them"},
    {"closed", KITH_CELL_INT, "", "those of them that closed"},
    {"credit", KITH_CELL_REAL, "outcomes",
     "each outcome split equally over all givers above it; adds up to the outcomes"},
};

static const kith_column tree_columns[] = {
    {"root", KITH_CELL_NODE, "", "the giver whom nobody referred"},
    {"people", KITH_CELL_INT, "", "in the tree, with the root"},
    {"generations", KITH_CELL_INT, "", "its depth"},
    {"closed", KITH_CELL_INT, "", "outcomes in it"},
    {"virality", KITH_CELL_REAL, "steps",
     "structural virality: the mean distance of two people in it; 2 for a star, more for chains"},
};

static const kith_column generation_columns[] = {
    {"generation", KITH_CELL_INT, "", "0: givers whom nobody referred"},
    {"people", KITH_CELL_INT, "", "in it"},
    {"closed", KITH_CELL_INT, "", "of them whose referral closed"},
    {"ratio", KITH_CELL_REAL, "1", "branching ratio: people of the next generation for each here"},
    {"lo", KITH_CELL_REAL, "1", "95 % interval"},
    {"hi", KITH_CELL_REAL, "1", "95 % interval"},
};

static const kith_column compared_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what is compared between referred customers and the others"},
    {"group", KITH_CELL_TEXT, "", "referred, not referred, difference"},
    {"customers", KITH_CELL_INT, "", "how many"},
    {"value", KITH_CELL_REAL, "", "share or mean"},
    {"lo", KITH_CELL_REAL, "", "95 % interval"},
    {"hi", KITH_CELL_REAL, "", "95 % interval"},
};

struct telling {
    const kith_graph *g;
    const struct referrals *o;
    const kith_referrals *r;
    const kith_customers *c;
    kith_answer *out;
};

static const kith_referral *
row(const struct telling *t, int64_t i)
{
    return KITH_ROW(t->r->row, kith_referral, i);
}

static void
set_node(const struct telling *t, kith_table *table, int column, kith_node node)
{
    if (node >= 0)
        kith_table_set_node(table, column, node, kith_graph_label(t->g, node));
}

static void
tell_source(const struct telling *t, kith_table *table, const kith_referral *one)
{
    kith_tie tie;
    g_autofree char *where = NULL;

    kith_graph_tie(t->g, one->tie, &tie);
    where = g_strdup_printf("%s:%" G_GINT64_FORMAT, tie.source, tie.line);
    kith_table_set_text(table, 10, where);
}

static void
tell_ledger(const struct telling *t)
{
    static const char *const places[] = {"first", "again", "circle"};
    kith_table *table =
        kith_answer_table(t->out, "referrals", referral_columns, G_N_ELEMENTS(referral_columns));

    for (guint i = 0; i < t->r->row->len; i++) {
        const kith_referral *one = row(t, i);

        kith_table_row(table);
        set_node(t, table, 0, one->giver);
        set_node(t, table, 1, one->receiver);
        set_node(t, table, 2, one->subject);
        if (one->when != KITH_TIME_NONE)
            kith_table_set_time(table, 3, one->when, one->precision);
        kith_table_set_text(table, 4, one->outcome);
        if (one->generation)
            kith_table_set_int(table, 5, one->generation);
        kith_table_set_text(table, 6, places[one->place]);
        kith_table_set_bool(table, 7, one->thanked);
        if (t->o->amounts) {
            kith_table_set_real(table, 8, one->value);
            kith_table_set_text(table, 9, one->currency);
        }
        tell_source(t, table, one);
    }
}

/* Thanks that somebody wrote into a log instead of the slip: a contribution of ours to the giver, on that day or later. */
static bool *
thanked_by_log(const struct telling *t)
{
    bool *done = g_new0(bool, t->r->row->len + 1);
    g_autofree kith_time *last = g_new(kith_time, t->g->nodes + 1);
    int64_t first, n;

    for (kith_node v = 0; v < t->g->nodes; v++)
        last[v] = KITH_TIME_NONE;
    kith_graph_tie_range(t->g, KITH_CONTRIBUTED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_tie tie;
        g_autofree char *what = NULL;

        kith_graph_tie(t->g, i, &tie);
        what = tie.detail ? g_ascii_strdown(tie.detail, -1) : NULL;
        if (what && strstr(what, "thank") && (t->c->me < 0 || t->c->us[tie.from]))
            last[tie.to] = MAX(last[tie.to], tie.when);
    }
    for (guint i = 0; i < t->r->row->len; i++)
        done[i] =
            last[row(t, i)->giver] != KITH_TIME_NONE && last[row(t, i)->giver] >= row(t, i)->when;
    return done;
}

struct thanks {
    kith_node person;
    int64_t unthanked, closed;
    kith_time since;
    kith_precision precision;
    GString *names;
};

static int
by_debt(const void *a, const void *b)
{
    const struct thanks *x = a, *y = b;

    if (x->closed != y->closed)
        return x->closed > y->closed ? -1 : 1;
    if (x->unthanked != y->unthanked)
        return x->unthanked > y->unthanked ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static void
owe(const struct telling *t, struct thanks *debt, const kith_referral *one)
{
    char date[32];

    debt->closed += one->closed;
    if (one->when != KITH_TIME_NONE && (debt->since == KITH_TIME_NONE || one->when < debt->since)) {
        debt->since = one->when;
        debt->precision = one->precision;
    }
    if (debt->unthanked++ >= 3)
        return;
    if (debt->names->len)
        g_string_append(debt->names, "; ");
    g_string_append(debt->names, kith_graph_label(t->g, one->subject));
    if (one->when != KITH_TIME_NONE)
        g_string_append_printf(debt->names, ", %s",
                               kith_time_text(one->when, one->precision, date));
}

static GArray *
gather_thanks(const struct telling *t)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct thanks));
    g_autofree int64_t *place = g_new0(int64_t, t->g->nodes + 1);
    g_autofree bool *logged = thanked_by_log(t);

    for (int64_t i = (int64_t)t->r->row->len - 1; i >= 0; i--) {
        const kith_referral *one = row(t, i);

        if (one->thanked || logged[i] || t->c->us[one->giver])
            continue;
        if (!place[one->giver]) {
            struct thanks fresh = {
                .person = one->giver, .since = KITH_TIME_NONE, .names = g_string_new(NULL)};

            g_array_append_val(all, fresh);
            place[one->giver] = all->len;
        }
        owe(t, KITH_ROW(all, struct thanks, place[one->giver] - 1), one);
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct thanks), by_debt);
    return all;
}

static void
tell_thanks(const struct telling *t, const kith_ways *ways)
{
    kith_table *table =
        kith_answer_table(t->out, "thanks", thank_columns, G_N_ELEMENTS(thank_columns));
    g_autoptr(GArray) all = gather_thanks(t);

    for (guint i = 0; i < all->len; i++) {
        const struct thanks *debt = KITH_ROW(all, struct thanks, i);
        g_autofree char *way = kith_way_to(ways, debt->person);

        kith_table_row(table);
        set_node(t, table, 0, debt->person);
        kith_table_set_int(table, 1, debt->unthanked);
        kith_table_set_int(table, 2, debt->closed);
        if (debt->since != KITH_TIME_NONE)
            kith_table_set_time(table, 3, debt->since, debt->precision);
        kith_table_set_text(table, 4, debt->names->str);
        kith_table_set_text(table, 5, way);
        g_string_free(debt->names, TRUE);
    }
}

static void
tell_credits(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "credits", credit_columns, G_N_ELEMENTS(credit_columns));
    g_autoptr(GArray) credits = kith_referrals_credits(t->r);

    for (guint i = 0; i < credits->len && i < t->o->top; i++) {
        const kith_credit *one = KITH_ROW(credits, kith_credit, i);

        kith_table_row(table);
        set_node(t, table, 0, one->giver);
        kith_table_set_int(table, 1, one->given);
        kith_table_set_int(table, 2, one->closed);
        kith_table_set_real(table, 3, one->shared);
    }
}

static void
tell_trees(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "trees", tree_columns, G_N_ELEMENTS(tree_columns));
    g_autoptr(GArray) trees = kith_referrals_trees(t->r);

    for (guint i = 0; i < trees->len && i < t->o->top; i++) {
        const kith_referral_tree *one = KITH_ROW(trees, kith_referral_tree, i);

        kith_table_row(table);
        set_node(t, table, 0, one->root);
        kith_table_set_int(table, 1, one->people);
        kith_table_set_int(table, 2, one->depth);
        kith_table_set_int(table, 3, one->closed);
        kith_table_set_real(table, 4, one->virality);
    }
}

/* How many each one of a generation referred, generation by generation. */
static void
tell_generation(const struct telling *t, kith_table *table, int64_t generation,
                const int64_t *depth, const int64_t *children, const bool *in)
{
    int64_t n = 0, closed = 0, brought = 0;
    kith_interval ratio;

    for (kith_node v = 0; v < t->g->nodes; v++) {
        if (!in[v] || depth[v] != generation)
            continue;
        n++;
        brought += children[v];
        closed += t->r->parent[v] >= 0 && row(t, t->r->parent[v])->closed;
    }
    ratio = kith_interval_rate(brought, n);
    kith_table_row(table);
    kith_table_set_int(table, 0, generation);
    kith_table_set_int(table, 1, n);
    kith_table_set_int(table, 2, closed);
    kith_interval_tell(&ratio, table, 3);
}

static void
tell_generations(const struct telling *t)
{
    kith_table *table = kith_answer_table(t->out, "generations", generation_columns,
                                          G_N_ELEMENTS(generation_columns));
    g_autofree int64_t *depth = g_new0(int64_t, t->g->nodes + 1);
    g_autofree int64_t *children = g_new0(int64_t, t->g->nodes + 1);
    g_autofree bool *in = g_new0(bool, t->g->nodes + 1);
    int64_t deepest = 0;

    for (guint i = 0; i < t->r->row->len; i++) {
        const kith_referral *one = row(t, i);

        if (!one->generation)
            continue;
        in[one->giver] = in[one->subject] = true;
        children[one->giver]++;
        depth[one->subject] = one->generation;
        deepest = MAX(deepest, one->generation);
    }
    for (int64_t generation = 0; generation <= deepest; generation++)
        tell_generation(t, table, generation, depth, children, in);
}

static void
tell_group(kith_table *table, const char *measure, const char *group, int64_t n,
           const kith_interval *found)
{
    kith_table_row(table);
    kith_table_set_text(table, 0, measure);
    kith_table_set_text(table, 1, group);
    if (n >= 0)
        kith_table_set_int(table, 2, n);
    kith_interval_tell(found, table, 3);
}

static void
tell_worth(const struct telling *t, kith_table *table)
{
    g_auto(kith_worth) worth = kith_worth_of(t->g, t->c);
    g_autofree double *value = g_new(double, t->g->nodes + 1);

    for (int referred = 1; referred >= 0; referred--) {
        kith_interval mean;
        int64_t n = 0;

        for (kith_node v = 0; v < t->g->nodes; v++)
            if (t->c->customer[v] && (t->r->parent[v] >= 0) == (referred == 1))
                value[n++] = worth.sold[v];
        mean = kith_interval_mean(value, n);
        tell_group(table, "sold to them", referred ? "referred" : "not referred", n, &mean);
    }
    if (worth.others)
        kith_answer_note(
            t->out, "sold to them is in %s; amounts in other units left out: %" G_GINT64_FORMAT,
            worth.unit ? worth.unit : "no unit", worth.others);
}

static void
tell_compared(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "compared", compared_columns, G_N_ELEMENTS(compared_columns));
    g_autofree bool *gives = g_new0(bool, t->g->nodes + 1);
    int64_t n[2] = {0}, k[2] = {0};
    kith_interval found[3];

    for (guint i = 0; i < t->r->row->len; i++)
        gives[row(t, i)->giver] = true;
    for (kith_node v = 0; v < t->g->nodes; v++)
        if (t->c->customer[v]) {
            n[t->r->parent[v] < 0]++;
            k[t->r->parent[v] < 0] += gives[v];
        }
    found[0] = kith_interval_share(k[0], n[0]);
    found[1] = kith_interval_share(k[1], n[1]);
    found[2] = kith_interval_difference(k[0], n[0], k[1], n[1]);
    tell_group(table, "refer others in turn", "referred", n[0], &found[0]);
    tell_group(table, "refer others in turn", "not referred", n[1], &found[1]);
    tell_group(table, "refer others in turn", "difference", -1, &found[2]);
    if (t->o->amounts)
        tell_worth(t, table);
}

static bool
is_currency(const char *unit)
{
    return !unit || (strlen(unit) == 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3);
}

static void
tell_notes(const struct telling *t)
{
    int64_t again = 0, circle = 0, several = 0, outcomes = 0, unknown = 0;

    for (guint i = 0; i < t->r->row->len; i++) {
        again += row(t, i)->place == KITH_REFERRAL_AGAIN;
        circle += row(t, i)->place == KITH_REFERRAL_CIRCLE;
        several += row(t, i)->facts > 1;
        unknown += !isnan(row(t, i)->value) && !is_currency(row(t, i)->currency);
        outcomes += row(t, i)->place == KITH_REFERRAL_FIRST && row(t, i)->closed;
    }
    kith_answer_note(t->out,
                     "%u referrals, %" G_GINT64_FORMAT " outcomes credited once each; told by more "
                     "than one record: %" G_GINT64_FORMAT,
                     t->r->row->len, outcomes, several);
    if (again || circle)
        kith_answer_note(t->out,
                         "kept out of the trees: %" G_GINT64_FORMAT
                         " second credits of one subject, %" G_GINT64_FORMAT " circles",
                         again, circle);
    if (t->r->oneself)
        kith_answer_note(t->out, "referrals to oneself left out: %" G_GINT64_FORMAT, t->r->oneself);
    if (t->r->negative)
        kith_answer_note(t->out, "amounts below 0 are taken as unknown: %" G_GINT64_FORMAT,
                         t->r->negative);
    if (t->o->amounts && unknown)
        kith_answer_note(
            t->out, "units that are no currency code, kept as written: %" G_GINT64_FORMAT, unknown);
    if (kith_graph_hidden(t->g))
        kith_answer_note(t->out, "facts after the as-of day are not counted: %" G_GINT64_FORMAT,
                         kith_graph_hidden(t->g));
    kith_answer_note(t->out, "compared: goes with, never causes; intervals are 95 %% (Wilson, "
                             "Newcombe, Garwood, Student)");
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    g_autoptr(kith_referrals) r = kith_referrals_new(question->graph);
    g_autoptr(kith_customers) c = kith_customers_new(question->graph, -1);
    g_autoptr(kith_ways) ways = kith_ways_new(question->graph, NULL);
    struct telling t = {question->graph, opaque, r, c, out};

    if (r->row->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no referrals in these files");
    tell_ledger(&t);
    tell_thanks(&t, ways);
    tell_credits(&t);
    tell_trees(&t);
    tell_generations(&t);
    tell_compared(&t);
    tell_notes(&t);
    kith_ways_assume(ways, out);
    return KITH_OK;
}

const kith_pass kith_pass_referrals = {
    .name = "referrals",
    .group = "customers",
    .summary = "the ledger of referrals, whom to thank, generations and what they led to",
    .details =
        "Records of one giver about one subject on one day are one referral. A subject hangs under "
        "the first referral that closed, else the first; others are second credits, and a referral "
        "that would close a circle is marked. A thank-you is a column called thanked that says a "
        "date or yes, or a contribution of yours to the giver that speaks of thanks. The receiver "
        "is the owner of the files unless a column receiver names somebody. Amounts are hidden "
        "unless --amounts.",
    .example = "referrals --me \"Marta Kowalska\" datasets/tidewell/referrals.csv",
    .options = options,
    .options_size = sizeof(struct referrals),
    .run = run,
};
