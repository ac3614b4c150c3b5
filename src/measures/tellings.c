/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tellings.c - chances from one number, from degrees, from a column, or from warmth. */
#include "measures/tellings.h"
#include "base/base.h"
#include "measures/gather.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    const kith_graph *graph;
    const kith_tellings_options *o;
    kith_network_options picked;
    kith_tellings *out;
    bool both; /* ways over a tie with a direction */
};

void
kith_tellings_clear(kith_tellings *t)
{
    g_clear_pointer(&t->network, kith_network_free);
    g_clear_pointer(&t->arc, g_array_unref);
    g_clear_pointer(&t->rows, kith_csr_free);
    g_clear_pointer(&t->chance, g_free);
}

static void
add_way(struct reading *r, uint32_t from, uint32_t to, double p)
{
    kith_cascade_arc arc = {from, to, (float)p};

    if (p > 0 && from != to)
        g_array_append_val(r->out->arc, arc);
}

/* Both ways when the tie has no direction, or when asked for. */
static void
add_tie(struct reading *r, uint32_t from, uint32_t to, bool directed, double p)
{
    bool both = !directed || r->both;

    if (both || !r->out->against)
        add_way(r, from, to, p);
    if (both || r->out->against)
        add_way(r, to, from, p);
}

static int
compare_arcs(const void *a, const void *b)
{
    const kith_cascade_arc *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->p < y->p ? -1 : x->p > y->p;
}

static void
join_repeats(GArray *arcs)
{
    kith_cascade_arc *arc = (kith_cascade_arc *)(void *)arcs->data;
    guint kept = 0;
    bool sorted = true;

    for (guint i = 1; i < arcs->len && sorted; i++)
        sorted = compare_arcs(&arc[i - 1], &arc[i]) <= 0;
    if (!sorted)
        qsort(arc, arcs->len, sizeof *arc, compare_arcs);
    for (guint i = 0; i < arcs->len; i++)
        if (kept && arc[kept - 1].from == arc[i].from && arc[kept - 1].to == arc[i].to)
            arc[kept - 1].p = 1 - (1 - arc[kept - 1].p) * (1 - arc[i].p);
        else
            arc[kept++] = arc[i];
    g_array_set_size(arcs, kept);
}

static bool
is_number(const char *text, double *out)
{
    char *end;

    *out = g_ascii_strtod(text, &end);
    return end != text && *end == '\0';
}

static void
read_uniform(struct reading *r, double p)
{
    const kith_network *net = r->out->network;

    for (int64_t i = 0; i < net->m; i++)
        add_tie(r, net->from[i], net->to[i], net->directed,
                r->o->weighted ? -expm1(net->weight[i] * log1p(-p)) : p);
}

/* Ties both ways where each has its own may be the same way twice, with another chance. */
static bool
is_level(const struct reading *r)
{
    return !r->both || !r->out->network->directed;
}

/* The rows of the network will do. @param p  of every tie; 0 for 1 / how many could tell */
static kith_status
read_level(struct reading *r, float p, kith_error *err)
{
    kith_tellings *out = r->out;

    TRY(kith_csr_new(out->network, out->against ? KITH_CSR_OUT : KITH_CSR_IN, 0, &out->rows, err));
    out->chance = g_new(float, (gsize)out->rows->n + 1);
    for (int64_t v = 0; v < out->rows->n; v++) {
        int64_t tellers = out->rows->first[v + 1] - out->rows->first[v];

        out->chance[v] = p > 0 ? p : 1.0f / (float)MAX(1, tellers);
    }
    return KITH_OK;
}

/* Everybody listens to one of their tellers' words in all: 1 / how many there are. */
static void
read_degrees(struct reading *r)
{
    g_autofree uint32_t *tellers = g_new0(uint32_t, (gsize)r->out->network->n + 1);
    kith_cascade_arc *arc;

    read_uniform(r, 1);
    join_repeats(r->out->arc);
    arc = (kith_cascade_arc *)(void *)r->out->arc->data;
    for (guint i = 0; i < r->out->arc->len; i++)
        tellers[arc[i].to]++;
    for (guint i = 0; i < r->out->arc->len; i++)
        arc[i].p = 1.0f / (float)tellers[arc[i].to];
}

static kith_status
read_labelled(struct reading *r, const kith_tie *t, int64_t i, kith_error *err)
{
    bool by_weight = g_str_equal(r->o->probability, "weight");
    double p = by_weight ? t->weight : kith_tie_number(r->graph, i, r->o->probability, NAN);
    int64_t from = kith_network_vertex(r->out->network, t->from);
    int64_t to = kith_network_vertex(r->out->network, t->to);
    bool picked = !r->picked.ties || r->picked.ties & 1u << t->kind;

    if (from < 0 || to < 0 || from == to || !picked)
        return KITH_OK;
    if (!isnan(p) && !(p >= 0 && p <= 1))
        return kith_fail_at(err, KITH_ERR_PARSE, t->source, t->line, 0,
                            "%s is %g (expected a probability from 0 to 1)", r->o->probability, p);
    r->out->unlabelled += isnan(p);
    if (p > 0)
        add_tie(r, (uint32_t)from, (uint32_t)to,
                !t->undirected && !kith_tie_kind_is_mutual(t->kind), p);
    return KITH_OK;
}

static kith_status
read_column(struct reading *r, kith_error *err)
{
    kith_tie t;

    for (int64_t i = 0; i < kith_graph_ties(r->graph); i++) {
        kith_graph_tie(r->graph, i, &t);
        TRY(read_labelled(r, &t, i, err));
    }
    if (r->out->arc->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no tie has a probability above 0 in a column '%s' (expected a number, "
                         "weighted-cascade, warmth, weight or a column of the ties)",
                         r->o->probability);
    return KITH_OK;
}

static kith_status
read_warmth(struct reading *r, kith_error *err)
{
    g_autoptr(kith_warm_network) warm = NULL;
    const kith_network *net = r->out->network;

    if (r->o->ties)
        return kith_fail(err, KITH_ERR_ARGUMENT, "warmth is made of all ties: leave out --ties");
    TRY(kith_warm_network_new(r->graph, &(kith_warm_options){0}, &warm, err));
    for (uint32_t v = 0; v < net->n; v++)
        for (int64_t h = warm->first[net->node[v]]; h < warm->first[net->node[v] + 1]; h++)
            add_way(r, v, (uint32_t)kith_network_vertex(net, warm->to[h]), warm->w[h]);
    return KITH_OK;
}

static kith_status
read_chances(struct reading *r, kith_error *err)
{
    const char *word = r->o->probability;
    double p;

    if (is_number(word, &p)) {
        if (!(p >= 0 && p <= 1))
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "bad probability '%s' (expected a number from 0 to 1)", word);
        if ((float)p > 0 && !r->o->weighted && is_level(r))
            return read_level(r, (float)p, err);
        read_uniform(r, p);
        return KITH_OK;
    }
    if (g_str_equal(word, "warmth"))
        return read_warmth(r, err);
    if (!g_str_equal(word, "weighted-cascade"))
        return read_column(r, err);
    if (is_level(r))
        return read_level(r, 0, err);
    read_degrees(r);
    return KITH_OK;
}

/* Whether the only ties between people are `follows`. */
static bool
all_follow(const struct reading *r)
{
    int64_t first, n, follows;

    kith_graph_tie_range(r->graph, KITH_FOLLOWS, &first, &follows);
    for (int kind = 0; kind < KITH_TIE_KINDS; kind++) {
        kith_tie t;

        kith_graph_tie_range(r->graph, (kith_tie_kind)kind, &first, &n);
        if (kind == KITH_FOLLOWS || (r->picked.ties && !(r->picked.ties & 1u << kind)))
            continue;
        for (int64_t i = first; i < first + n; i++) {
            kith_graph_tie(r->graph, i, &t);
            if (kith_graph_kind(r->graph, t.to) == KITH_PERSON || kind == KITH_ATTENDED)
                return false;
        }
    }
    return follows > 0;
}

static void
read_flow(struct reading *r)
{
    const char *flow = r->o->flow;

    r->both = g_str_equal(flow, "both");
    r->out->against = g_str_equal(flow, "against") || (g_str_equal(flow, "auto") && all_follow(r));
}

static kith_status
check_network(const struct reading *r, kith_error *err)
{
    if (r->out->network->n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no people");
    if (r->out->network->m == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files hold no ties between two people, so word cannot go anywhere");
    return KITH_OK;
}

kith_status
kith_tellings_read(const kith_graph *graph, const kith_tellings_options *options,
                   kith_tellings *out, kith_error *err)
{
    struct reading r = {.graph = graph, .o = options, .out = out};

    *out = (kith_tellings){.arc = g_array_new(FALSE, FALSE, sizeof(kith_cascade_arc))};
    TRY(kith_network_read_ties(options->ties, &r.picked, err));
    TRY(kith_network_new(graph, &r.picked, &out->network, err));
    TRY(check_network(&r, err));
    read_flow(&r);
    TRY(read_chances(&r, err));
    join_repeats(out->arc);
    return KITH_OK;
}

static float
scale(float p, double factor)
{
    return (float)MIN(1, (double)p * factor);
}

static kith_status
cascade_of_rows(const kith_tellings *t, kith_cascade_model model, double factor, kith_cascade **out,
                kith_error *err)
{
    g_autofree float *chance = g_new(float, (gsize)t->rows->n + 1);

    for (int64_t v = 0; v < t->rows->n; v++)
        chance[v] = scale(t->chance[v], factor);
    return kith_cascade_of_rows(model, t->rows, chance, out, err);
}

kith_status
kith_tellings_cascade(const kith_tellings *t, kith_cascade_model model, double factor,
                      kith_cascade **out, kith_error *err)
{
    g_autofree kith_cascade_arc *scaled = NULL;
    const kith_cascade_arc *arc = (const kith_cascade_arc *)(const void *)t->arc->data;

    if (t->rows)
        return cascade_of_rows(t, model, factor, out, err);
    if (factor != 1) {
        scaled = g_memdup2(arc, t->arc->len * sizeof *arc);
        for (guint i = 0; i < t->arc->len; i++)
            scaled[i].p = scale(scaled[i].p, factor);
    }
    return kith_cascade_new(model, t->network->n, scaled ? scaled : arc, t->arc->len, out, err);
}
