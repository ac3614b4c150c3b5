/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layers - customers, customers' customers, the third row, and what to ask next.
 *
 * Row 1 is whom somebody sells to; row 2 whom those sell to, unless they are in an earlier row; and
 * so on. Beside the rows stands how much of them is known: a short second row usually means that
 * nobody has asked yet, and the worklist says whom to ask. Who is reached through one customer only
 * is found by dominators, whatever the length of the ways.
 */
#include "measures/coverage.h"
#include "measures/dominators.h"
#include "measures/help.h"
#include "measures/targets.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>

#define LISTED 12 /* sellers named beside a shared customer */

struct layers {
    const char *of, *serving, *firms, *ties;
    int64_t depth;
    bool suppliers;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct layers, of, 0, "WHO", NULL, false,
                     "the person or organisation to start from; the owner of the files by default"),
    KITH_OPTION_INT(struct layers, depth, 'd', "3", 1, 100, "how many rows to follow"),
    KITH_OPTION_FLAG(struct layers, suppliers, "the other way: suppliers and their suppliers"),
    KITH_OPTION_TEXT(struct layers, serving, 0, "WHO", NULL, false,
                     "only the overlap at one customer: who in the rows serves them"),
    KITH_OPTION_TEXT(struct layers, firms, 0, "FILE", NULL, false,
                     "many starts instead of one, names one a line: how much of each row is known"),
    KITH_OPTION_CHOICE(struct layers, ties, "sells_to", "sells_to|parent_of|referred|follows|tie",
                       "the kind of tie that leads to the next row"),
    KITH_OPTION_END,
};

enum { NODE, LAYER, VIA, VALUE, CURRENCY, PART };
static const kith_column layer_columns[] = {
    {"node", KITH_CELL_NODE, "", "a customer, or a customer's customer"},
    {"layer", KITH_CELL_INT, "steps", "the row: 1 for direct customers"},
    {"via", KITH_CELL_LIST, "",
     "from the start to the node: each step back takes the largest value"},
    {"value", KITH_CELL_REAL, "", "what the sales of the last step add up to"},
    {"currency", KITH_CELL_TEXT, "", "of the value"},
    {"part", KITH_CELL_REAL, "1",
     "of the start's sales that goes on to the node: parts multiplied along each shortest way, "
     "added over the ways; missing where an amount is"},
};

enum { ROW, KNOWN, WITH_CUSTOMERS, SHARE };
static const kith_column coverage_columns[] = {
    {"layer", KITH_CELL_INT, "steps", "the row"},
    {"known", KITH_CELL_INT, "", "how many are in the row"},
    {"with_customers", KITH_CELL_INT, "", "how many of them have at least one customer known"},
    {"share", KITH_CELL_REAL, "1", "with_customers over known; missing when nobody is in the row"},
};

static const kith_column work_columns[] = {
    {"customer", KITH_CELL_NODE, "", "of row 1"},
    {"steps", KITH_CELL_INT, "", "done of three: their customer known, a need recorded, our help"},
    {"their_customers", KITH_CELL_INT, "", "customers of theirs that are known"},
    {"needs", KITH_CELL_INT, "", "needs recorded, theirs and their customers'"},
    {"helped", KITH_CELL_INT, "", "contributions of ours toward them and their customers"},
    {"next", KITH_CELL_TEXT, "", "what to ask or do next"},
    {"ask", KITH_CELL_NODE, "", "whom"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column route_columns[] = {
    {"node", KITH_CELL_NODE, "", "who is reached through one other alone"},
    {"through", KITH_CELL_NODE, "", "the nearest one on every way to the node"},
    {"behind", KITH_CELL_INT, "", "how many nodes are reached only through that one"},
};

static const kith_column overlap_columns[] = {
    {"customer", KITH_CELL_NODE, "", "who is served by several"},
    {"layer", KITH_CELL_INT, "steps", "the row"},
    {"in_rows", KITH_CELL_INT, "", "sellers that are the start or in its rows"},
    {"others", KITH_CELL_INT, "", "sellers that are not"},
    {"sellers", KITH_CELL_TEXT, "", "who they are, those of the rows first; at most twelve"},
};

static const kith_column firm_columns[] = {
    {"firm", KITH_CELL_TEXT, "", "as asked"},
    {"layer", KITH_CELL_INT, "steps", "the row"},
    {"known", KITH_CELL_INT, "", "how many are in the row"},
    {"with_customers", KITH_CELL_INT, "", "how many of them have at least one customer known"},
};

struct asking {
    const kith_graph *g;
    const struct layers *o;
    kith_tie_kind kind;
    kith_node start;
    kith_sales *sales, *back; /* in the direction walked, and against it */
    kith_depth *depth;
};

static void
asking_clear(struct asking *a)
{
    kith_depth_free(a->depth);
    kith_sales_free(a->sales);
    kith_sales_free(a->back);
}

static kith_node
in_row(const struct asking *a, guint i)
{
    return g_array_index(a->depth->row, kith_node, i);
}

static void
set_via(const struct asking *a, kith_node node, kith_table *t)
{
    int64_t steps = a->depth->layer[node];
    g_autofree const char **via = g_new0(const char *, steps + 1);

    for (int64_t i = steps; i > 0; i--) {
        via[i] = kith_graph_label(a->g, node);
        node = a->sales->sale[a->depth->parent[node]].from;
    }
    via[0] = kith_graph_label(a->g, node);
    kith_table_set_list(t, VIA, via, steps + 1);
}

static void
tell_layers(const struct asking *a, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "layers", layer_columns, G_N_ELEMENTS(layer_columns));
    g_autofree double *part = kith_depth_parts(a->depth);

    for (guint i = 0; i < a->depth->row->len; i++) {
        kith_node node = in_row(a, i);
        const kith_sale *s = &a->sales->sale[a->depth->parent[node]];

        kith_table_row(t);
        kith_table_set_node(t, NODE, node, kith_graph_label(a->g, node));
        kith_table_set_int(t, LAYER, a->depth->layer[node]);
        set_via(a, node, t);
        kith_table_set_real(t, VALUE, s->value);
        if (!isnan(s->value))
            kith_table_set_text(t, CURRENCY, kith_pool_get(a->g->pool, s->currency));
        kith_table_set_real(t, PART, part[i]);
    }
}

static void
tell_coverage(const struct asking *a, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "coverage", coverage_columns, G_N_ELEMENTS(coverage_columns));
    int64_t none = 0, direct = 0;
    guint at = 0;

    for (int64_t layer = 1; layer <= a->o->depth; layer++) {
        kith_coverage row = kith_coverage_row(a->depth, layer, &at);

        if (layer == 1) {
            direct = row.known;
            none = row.known - row.with;
        }
        kith_table_row(t);
        kith_table_set_int(t, ROW, layer);
        kith_table_set_int(t, KNOWN, row.known);
        kith_table_set_int(t, WITH_CUSTOMERS, row.with);
        kith_table_set_real(t, SHARE, row.known ? (double)row.with / (double)row.known : NAN);
        if (layer == 2 && !a->o->suppliers)
            kith_answer_note(out,
                             "row 2: %" G_GINT64_FORMAT " known, but for %" G_GINT64_FORMAT
                             " of %" G_GINT64_FORMAT " in row 1 we know no customer",
                             row.known, none, direct);
    }
}

static char *
next_step(const struct asking *a, const kith_help *h)
{
    const char *who = kith_graph_label(a->g, h->customer);

    if (h->steps == 0)
        return g_strdup_printf("ask who the customers of %s are", who);
    if (h->steps == 1)
        return g_strdup_printf("ask what the customers of %s need", who);
    if (h->helper == a->start)
        return g_strdup_printf("%s needs %s: %s", kith_graph_label(a->g, h->needy), h->word,
                               h->steps == 3 ? "you offer it" : "you offer it, so help");
    if (h->helper >= 0)
        return g_strdup_printf("%s needs %s: introduce %s, who offers it",
                               kith_graph_label(a->g, h->needy), h->word,
                               kith_graph_label(a->g, h->helper));
    return g_strdup(h->steps == 2 ? "a need is recorded, no help yet: find somebody who offers it"
                                  : "all three steps done: ask what has changed");
}

static int
compare_work(const void *a, const void *b)
{
    const kith_help *x = a, *y = b;

    if (x->steps != y->steps)
        return x->steps < y->steps ? -1 : 1;
    return x->customer < y->customer ? -1 : x->customer > y->customer;
}

static void
tell_work(const struct asking *a, const kith_ways *ways, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "worklist", work_columns, G_N_ELEMENTS(work_columns));
    g_autoptr(kith_needs) needs = kith_needs_new(a->g);
    g_autoptr(GArray) work = kith_help_list(a->depth, needs, ways);

    if (work->len)
        qsort(work->data, work->len, sizeof(kith_help), compare_work);
    for (guint i = 0; i < work->len; i++) {
        const kith_help *h = &g_array_index(work, kith_help, i);
        g_autofree char *next = next_step(a, h);

        kith_table_row(t);
        kith_table_set_node(t, 0, h->customer, kith_graph_label(a->g, h->customer));
        kith_table_set_int(t, 1, h->steps);
        kith_table_set_int(t, 2, h->known);
        kith_table_set_int(t, 3, h->needs);
        kith_table_set_int(t, 4, h->helped);
        kith_table_set_text(t, 5, next);
        kith_way_tell(ways, h->customer, t, 6);
    }
}

static void
tell_routes(const struct asking *a, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "sole_routes", route_columns, G_N_ELEMENTS(route_columns));
    g_autofree int32_t *to = g_new(int32_t, a->sales->n + 1);
    g_autofree int32_t *idom = g_new(int32_t, a->g->nodes + 1);
    g_autofree int64_t *behind = g_new0(int64_t, a->g->nodes + 1);
    kith_hops hops = {a->g->nodes, a->sales->first, to, NULL};

    for (int64_t i = 0; i < a->sales->n; i++)
        to[i] = (int32_t)a->sales->sale[i].to;
    kith_dominators(&hops, (int32_t)a->start, idom);
    kith_dominators_behind(a->g->nodes, (int32_t)a->start, idom, behind);
    for (guint i = 0; i < a->depth->row->len; i++) {
        kith_node v = in_row(a, i);

        if (idom[v] < 0 || idom[v] == a->start)
            continue;
        kith_table_row(t);
        kith_table_set_node(t, 0, v, kith_graph_label(a->g, v));
        kith_table_set_node(t, 1, idom[v], kith_graph_label(a->g, idom[v]));
        kith_table_set_int(t, 2, behind[idom[v]]);
    }
}

static bool
is_inside(const struct asking *a, kith_node v)
{
    return v == a->start || a->depth->layer[v] > 0;
}

static void
tell_sellers(const struct asking *a, kith_node node, kith_table *t)
{
    const kith_sale *s = a->back->sale + a->back->first[node];
    int64_t n = kith_sales_of(a->back, node), inside = 0, listed = 0;
    const char *labels[LISTED + 1] = {NULL};
    g_autofree char *sellers = NULL;

    if (n < 2 && !a->o->serving)
        return;
    for (int pass = 0; pass < 2; pass++)
        for (int64_t i = 0; i < n; i++) {
            if (is_inside(a, s[i].to) == (pass == 1))
                continue;
            inside += pass == 0;
            if (listed < LISTED)
                labels[listed++] = kith_graph_label(a->g, s[i].to);
        }
    kith_table_row(t);
    kith_table_set_node(t, 0, node, kith_graph_label(a->g, node));
    kith_table_set_int(t, 1, a->depth->layer[node]);
    kith_table_set_int(t, 2, inside);
    kith_table_set_int(t, 3, n - inside);
    sellers = g_strjoinv("; ", (char **)labels);
    kith_table_set_text(t, 4, sellers);
}

static kith_status
tell_overlap(struct asking *a, kith_answer *out, kith_error *err)
{
    kith_table *t =
        kith_answer_table(out, "overlap", overlap_columns, G_N_ELEMENTS(overlap_columns));
    kith_node one = -1;

    if (a->o->serving)
        TRY(kith_graph_find(a->g, a->o->serving, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &one,
                            err));
    a->back = kith_sales_new(a->g, a->kind, !a->o->suppliers);
    for (guint i = 0; i < a->depth->row->len; i++)
        if (one < 0 || one == in_row(a, i))
            tell_sellers(a, in_row(a, i), t);
    if (one >= 0 && !a->depth->layer[one])
        return kith_fail(
            err, KITH_ERR_NOT_FOUND, "%s is in none of the %" G_GINT64_FORMAT " rows of %s",
            kith_graph_label(a->g, one), a->o->depth, kith_graph_label(a->g, a->start));
    return KITH_OK;
}

/* Business is done in the firm's name: somebody without sales of their own stands for the firm they
 * work at. */
static void
stand_for_firm(struct asking *a, kith_answer *out)
{
    kith_node firm =
        kith_graph_kind(a->g, a->start) == KITH_PERSON && kith_sales_of(a->sales, a->start) == 0
            ? kith_way_employer(a->g, a->start)
            : -1;

    if (firm < 0)
        return;
    kith_answer_note(out, "%s works at %s: these are its %s", kith_graph_label(a->g, a->start),
                     kith_graph_label(a->g, firm), a->o->suppliers ? "suppliers" : "customers");
    a->start = firm;
}

static void
add_notes(const struct asking *a, kith_answer *out)
{
    int64_t first, n, ended = 0, negative = 0;

    kith_graph_tie_range(a->g, a->kind, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(a->g, i);

        ended += t.until != KITH_TIME_NONE && t.until < a->g->as_of;
        negative += t.amount < 0;
    }
    if (negative)
        kith_answer_note(out, "sales below 0, whose sellers have no parts: %" G_GINT64_FORMAT,
                         negative);
    if (ended)
        kith_answer_note(out,
                         "past sales are followed like present ones; ended before the as-of day: "
                         "%" G_GINT64_FORMAT,
                         ended);
    if (a->sales->mixed)
        kith_answer_note(
            out, "sold in several currencies, so without a value: %" G_GINT64_FORMAT " pairs",
            a->sales->mixed);
    if (a->o->suppliers)
        kith_answer_note(out, "rows are suppliers and their suppliers; with_customers counts those "
                              "whose own suppliers are known");
}

static void
tell_firm(const struct asking *a, const char *asked, const kith_coverage *row, kith_table *t)
{
    for (int64_t layer = 1; layer <= a->o->depth; layer++, row++) {
        kith_table_row(t);
        kith_table_set_text(t, 0, asked);
        kith_table_set_int(t, 1, layer);
        kith_table_set_int(t, 2, row->known);
        kith_table_set_int(t, 3, row->with);
    }
}

static kith_status
tell_firms(struct asking *a, kith_work *work, kith_answer *out, kith_error *err)
{
    kith_table *t = kith_answer_table(out, "firms", firm_columns, G_N_ELEMENTS(firm_columns));
    g_autoptr(GArray) firms = NULL;
    g_autofree int64_t *start = NULL;
    g_autofree kith_coverage *row = NULL;
    int64_t known = 0;

    TRY(targets_read(a->o->firms, a->g, &firms, err));
    start = g_new(int64_t, firms->len + 1);
    row = g_new(kith_coverage, (gsize)firms->len * (gsize)a->o->depth + 1);
    for (guint i = 0; i < firms->len; i++)
        if (g_array_index(firms, struct target, i).node >= 0)
            start[known++] = g_array_index(firms, struct target, i).node;
    TRY(kith_coverage_count(a->sales, start, known, a->o->depth, work, row, err));
    for (guint i = 0, at = 0; i < firms->len; i++)
        if (g_array_index(firms, struct target, i).node >= 0)
            tell_firm(a, g_array_index(firms, struct target, i).asked, row + a->o->depth * at++, t);
    if (known < firms->len)
        kith_answer_note(out, "not in these files: %" G_GINT64_FORMAT " of %u firms",
                         firms->len - known, firms->len);
    return KITH_OK;
}

static kith_status
tell_one(struct asking *a, kith_answer *out, kith_error *err)
{
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_ways) ways = NULL;
    kith_status served;

    kith_depth_walk(a->depth, a->start, a->o->depth);
    kith_depth_order(a->depth);
    tell_layers(a, out);
    tell_coverage(a, out);
    served = tell_overlap(a, out, err);
    if (served == KITH_OK && !a->o->suppliers && a->kind == KITH_SELLS_TO) {
        TRY(kith_warm_network_new(a->g, &(kith_warm_options){0}, &net, err));
        ways = kith_ways_new(a->g, net);
        tell_work(a, ways, out);
        kith_ways_assume(ways, out);
    }
    tell_routes(a, out);
    add_notes(a, out);
    return served;
}

static kith_status
find_start(struct asking *a, kith_error *err)
{
    if (a->o->of)
        return kith_graph_find(a->g, a->o->of, 1u << KITH_PERSON | 1u << KITH_ORGANISATION,
                               &a->start, err);
    a->start = kith_graph_owner(a->g);
    return a->start >= 0 ? KITH_OK
                         : kith_fail(err, KITH_ERR_ARGUMENT,
                                     "no owner in these files: say whose customers with --of");
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(asking_clear))) struct asking a = {.g = question->graph, .o = values};
    kith_work work = kith_work_of(question);

    kith_tie_kind_from_name(a.o->ties, &a.kind);
    if (!a.o->firms)
        TRY(find_start(&a, err));
    a.sales = kith_sales_new(a.g, a.kind, a.o->suppliers);
    a.depth = kith_depth_new(a.sales);
    if (a.o->firms)
        return tell_firms(&a, &work, out, err);
    stand_for_firm(&a, out);
    if (kith_sales_of(a.sales, a.start) == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no %s of %s in these files",
                         a.o->suppliers ? "supplier" : "customer", kith_graph_label(a.g, a.start));
    return tell_one(&a, out, err);
}

const kith_pass kith_pass_layers = {
    .name = "layers",
    .group = "customers",
    .summary = "customers, customers' customers and the third row; what to ask next",
    .details =
        "Follows sales from a person or firm, row by row: row 1 is whom they sell to, row 2 their "
        "customers' customers who are in no earlier row, and so on. Of several equally short ways "
        "to a node, each step back takes the sale of the largest value, then the lowest name. A "
        "person without sales of their own stands for the one firm they work at. coverage tells "
        "for each row how many have at least one customer known; the worklist says what to ask "
        "each customer next: who their customers are, what those need, how to help. Needs and "
        "offers are attributes of that name, or ties to topics with the status needs or offers. "
        "sole_routes lists who is reached through one other alone, by any way; overlap who serves "
        "the same customer. --suppliers goes the other way.",
    .example = "layers --of \"Breakwater Logistics\" datasets/tidewell/suppliers.csv",
    .options = options,
    .options_size = sizeof(struct layers),
    .run = run,
};
