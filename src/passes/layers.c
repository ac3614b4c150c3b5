/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layers - customers, customers' customers, the third row.
 *
 * Row 1 is whom somebody sells to; row 2 whom those sell to, unless they are in an earlier row; and
 * so on. Whoever is asked about is in no row, and sales to oneself are not followed, so circles
 * end. Beside the rows stands how much of them is known: a short second row usually means that
 * nobody has asked yet.
 */
#include "base/base.h"
#include "model/graph.h"
#include <kith/pass.h>
#include <math.h>
#include <stdlib.h>

struct layers {
    const char *of;
    int64_t depth;
    bool suppliers;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct layers, of, 0, "WHO", NULL, true,
                     "the person or organisation to start from"),
    KITH_OPTION_INT(struct layers, depth, 'd', "3", 1, 100, "how many rows to follow"),
    KITH_OPTION_FLAG(struct layers, suppliers, "the other way: suppliers and their suppliers"),
    KITH_OPTION_END,
};

enum { NODE, LAYER, VIA, VALUE, CURRENCY };
static const kith_column layer_columns[] = {
    {"node", KITH_CELL_NODE, "", "a customer, or a customer's customer"},
    {"layer", KITH_CELL_INT, "steps", "the row: 1 for direct customers"},
    {"via", KITH_CELL_LIST, "",
     "from the start to the node: each step back takes the largest value"},
    {"value", KITH_CELL_REAL, "", "what the sales of the last step add up to"},
    {"currency", KITH_CELL_TEXT, "", "of the value"},
};

enum { ROW, KNOWN, WITH_CUSTOMERS, SHARE };
static const kith_column coverage_columns[] = {
    {"layer", KITH_CELL_INT, "steps", "the row"},
    {"known", KITH_CELL_INT, "", "how many are in the row"},
    {"with_customers", KITH_CELL_INT, "", "how many of them have at least one customer known"},
    {"share", KITH_CELL_REAL, "1", "with_customers over known; missing when nobody is in the row"},
};

/* All sales between one seller and one customer. */
struct sale {
    uint32_t from, to; /* in the direction walked */
    uint32_t currency; /* text number; 0 none */
    bool mixed;        /* several currencies: no total */
    double value;      /* NaN when no sale has an amount */
};

struct walk {
    const kith_graph *g;
    const struct layers *o;
    kith_node start;
    GArray *sales;   /* by (from, to) */
    int64_t *first;  /* node -> its first sale; n + 1 long */
    int64_t *layer;  /* by node, 0 for none */
    int64_t *parent; /* by node: the sale it was reached by */
    GArray *row;     /* nodes in order of layer, then node */
    int64_t mixed;
};

static void
walk_clear(struct walk *w)
{
    g_clear_pointer(&w->sales, g_array_unref);
    g_clear_pointer(&w->row, g_array_unref);
    g_free(w->first);
    g_free(w->layer);
    g_free(w->parent);
}

static int
compare_sales(const void *a, const void *b)
{
    const struct sale *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->currency != y->currency)
        return x->currency < y->currency ? -1 : 1;
    if (isnan(x->value) != isnan(y->value))
        return isnan(x->value) ? 1 : -1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static void
add_to(struct sale *total, const struct sale *more)
{
    if (isnan(more->value))
        return;
    if (isnan(total->value)) {
        total->value = more->value;
        total->currency = more->currency;
        return;
    }
    total->mixed = total->mixed || total->currency != more->currency;
    total->value += more->value;
}

/* Customers are people and organisations; sales to oneself lead nowhere. */
static bool
counts(const kith_graph *g, const kith_fact_tie *t)
{
    return t->from != t->to && g->kind[t->from] <= KITH_ORGANISATION &&
           g->kind[t->to] <= KITH_ORGANISATION;
}

static void
gather_sales(struct walk *w)
{
    int64_t first, n;
    guint kept = 0;

    w->sales = g_array_new(FALSE, FALSE, sizeof(struct sale));
    kith_graph_tie_range(w->g, KITH_SELLS_TO, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(w->g, i);
        struct sale one = {t.from, t.to, t.currency, false, t.amount};

        if (!counts(w->g, &t))
            continue;
        if (w->o->suppliers) {
            one.from = t.to;
            one.to = t.from;
        }
        g_array_append_val(w->sales, one);
    }
    if (w->sales->len)
        qsort(w->sales->data, w->sales->len, sizeof(struct sale), compare_sales);
    for (guint i = 0; i < w->sales->len; i++) {
        struct sale *s = KITH_ROW(w->sales, struct sale, i), *last;

        last = kept ? KITH_ROW(w->sales, struct sale, kept - 1) : NULL;
        if (last && last->from == s->from && last->to == s->to)
            add_to(last, s);
        else
            *KITH_ROW(w->sales, struct sale, kept++) = *s;
    }
    g_array_set_size(w->sales, kept);
}

static void
index_sales(struct walk *w)
{
    w->first = g_new0(int64_t, w->g->nodes + 2);
    for (guint i = 0; i < w->sales->len; i++) {
        struct sale *s = KITH_ROW(w->sales, struct sale, i);

        w->first[s->from + 1]++;
        if (s->mixed) {
            s->value = NAN;
            s->currency = 0;
            w->mixed++;
        }
    }
    for (int64_t i = 0; i < w->g->nodes; i++)
        w->first[i + 1] += w->first[i];
}

/* Larger value first, known before unknown; among equals the seller met first, who has the lowest
 * id. */
static bool
is_better(const struct sale *now, const struct sale *before)
{
    return isnan(before->value) ? !isnan(now->value) : now->value > before->value;
}

static int
compare_nodes(const void *a, const void *b)
{
    kith_node x = *(const kith_node *)a, y = *(const kith_node *)b;

    return x < y ? -1 : x > y;
}

/* Reaches from one node: new nodes join the next row, nodes of that row may get a better way in. */
static void
reach_from(struct walk *w, kith_node from, int64_t layer)
{
    for (int64_t i = w->first[from]; i < w->first[from + 1]; i++) {
        const struct sale *s = KITH_ROW(w->sales, struct sale, i);
        kith_node to = s->to;

        if (to == w->start || (w->layer[to] && w->layer[to] != layer))
            continue;
        if (!w->layer[to]) {
            w->layer[to] = layer;
            w->parent[to] = i;
            g_array_append_val(w->row, to);
        } else if (is_better(s, KITH_ROW(w->sales, struct sale, w->parent[to]))) {
            w->parent[to] = i;
        }
    }
}

static void
walk(struct walk *w)
{
    guint begin = 0;

    w->layer = g_new0(int64_t, w->g->nodes + 1);
    w->parent = g_new0(int64_t, w->g->nodes + 1);
    w->row = g_array_new(FALSE, FALSE, sizeof(kith_node));
    reach_from(w, w->start, 1);
    for (int64_t layer = 2; layer <= w->o->depth && begin < w->row->len; layer++) {
        guint end = w->row->len;

        qsort(&g_array_index(w->row, kith_node, begin), end - begin, sizeof(kith_node),
              compare_nodes);
        for (guint i = begin; i < end; i++)
            reach_from(w, g_array_index(w->row, kith_node, i), layer);
        begin = end;
    }
    if (begin < w->row->len)
        qsort(&g_array_index(w->row, kith_node, begin), w->row->len - begin, sizeof(kith_node),
              compare_nodes);
}

static void
set_via(const struct walk *w, kith_node node, kith_table *t)
{
    int64_t steps = w->layer[node];
    g_autofree const char **via = g_new0(const char *, steps + 1);

    for (int64_t i = steps; i > 0; i--) {
        via[i] = kith_graph_label(w->g, node);
        node = KITH_ROW(w->sales, struct sale, w->parent[node])->from;
    }
    via[0] = kith_graph_label(w->g, node);
    kith_table_set_list(t, VIA, via, steps + 1);
}

static void
fill_layers(const struct walk *w, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "layers", layer_columns, G_N_ELEMENTS(layer_columns));

    for (guint i = 0; i < w->row->len; i++) {
        kith_node node = g_array_index(w->row, kith_node, i);
        const struct sale *s = KITH_ROW(w->sales, struct sale, w->parent[node]);

        kith_table_row(t);
        kith_table_set_node(t, NODE, node, kith_graph_label(w->g, node));
        kith_table_set_int(t, LAYER, w->layer[node]);
        set_via(w, node, t);
        kith_table_set_real(t, VALUE, s->value);
        if (!isnan(s->value))
            kith_table_set_text(t, CURRENCY, kith_pool_get(w->g->pool, s->currency));
    }
}

static void
fill_coverage(const struct walk *w, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "coverage", coverage_columns, G_N_ELEMENTS(coverage_columns));
    guint i = 0;

    for (int64_t layer = 1; layer <= w->o->depth; layer++) {
        int64_t known = 0, with = 0;

        for (; i < w->row->len && w->layer[g_array_index(w->row, kith_node, i)] == layer; i++) {
            kith_node node = g_array_index(w->row, kith_node, i);

            known++;
            with += w->first[node + 1] > w->first[node];
        }
        kith_table_row(t);
        kith_table_set_int(t, ROW, layer);
        kith_table_set_int(t, KNOWN, known);
        kith_table_set_int(t, WITH_CUSTOMERS, with);
        kith_table_set_real(t, SHARE, known ? (double)with / (double)known : NAN);
    }
}

/* The one organisation somebody works at, -1 for none or several. */
static kith_node
employer(const kith_graph *g, kith_node who)
{
    kith_node found = -1;
    int64_t first, n;

    kith_graph_tie_range(g, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);

        if (t.from != who)
            continue;
        if (found >= 0 && found != t.to)
            return -1;
        found = t.to;
    }
    return found;
}

static bool
sells(const struct walk *w, kith_node node)
{
    return w->first[node + 1] > w->first[node];
}

/* Business is done in the firm's name: somebody without sales of their own stands for the firm they
 * work at. */
static void
stand_for_firm(struct walk *w, kith_answer *out)
{
    kith_node firm = kith_graph_kind(w->g, w->start) == KITH_PERSON && !sells(w, w->start)
                         ? employer(w->g, w->start)
                         : -1;

    if (firm < 0)
        return;
    kith_answer_note(out, "%s works at %s: these are its %s", kith_graph_label(w->g, w->start),
                     kith_graph_label(w->g, firm), w->o->suppliers ? "suppliers" : "customers");
    w->start = firm;
}

static void
add_notes(const struct walk *w, kith_answer *out)
{
    int64_t first, n, ended = 0;

    kith_graph_tie_range(w->g, KITH_SELLS_TO, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(w->g, i);

        ended += t.until != KITH_TIME_NONE && t.until < w->g->as_of;
    }
    if (ended)
        kith_answer_note(out,
                         "past sales are followed like present ones; ended before the as-of day: "
                         "%" G_GINT64_FORMAT,
                         ended);
    if (w->mixed)
        kith_answer_note(
            out, "sold in several currencies, so without a value: %" G_GINT64_FORMAT " pairs",
            w->mixed);
    if (w->o->suppliers)
        kith_answer_note(out, "rows are suppliers and their suppliers; with_customers counts those "
                              "whose own suppliers are known");
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(walk_clear))) struct walk w = {.g = question->graph, .o = values};

    TRY(kith_graph_find(w.g, w.o->of, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &w.start, err));
    gather_sales(&w);
    index_sales(&w);
    stand_for_firm(&w, out);
    if (!sells(&w, w.start))
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no %s of %s in these files",
                         w.o->suppliers ? "supplier" : "customer", kith_graph_label(w.g, w.start));
    walk(&w);
    fill_layers(&w, out);
    fill_coverage(&w, out);
    add_notes(&w, out);
    return KITH_OK;
}

const kith_pass kith_pass_layers = {
    .name = "layers",
    .group = "customers",
    .summary = "customers, customers' customers and the third row",
    .details =
        "Follows sales from a person or firm, row by row: row 1 is whom they sell to, row 2 their "
        "customers' customers who are in no earlier row, and so on. Of several equally short ways "
        "to a node, each step back takes the sale of the largest value, then the lowest name. A "
        "person without sales of their own stands for the one firm they work at. coverage tells "
        "for each row how many have at least one customer known: the rest is whom to ask. "
        "--suppliers goes the other way.",
    .example = "layers --of \"Breakwater Logistics\" datasets/tidewell/suppliers.csv",
    .options = options,
    .options_size = sizeof(struct layers),
    .run = run,
};
