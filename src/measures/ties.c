/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ties.c - warm ties out of gathered facts, see ties.h. */
#include "measures/ties.h"

#include "base/base.h"
#include "base/big.h"
#include "measures/gather.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARTY 500
#define MANY 50000 /* from so many on, more processors are worth waking */

void
kith_warm_network_free(kith_warm_network *net)
{
    if (!net)
        return;
    g_free(net->first);
    g_free(net->to);
    g_free(net->p);
    g_free(net->w);
    g_free(net->tier);
    g_free(net->state);
    g_free(net->pair_of);
    g_free(net->pair);
    kith_big_free(net->evidence);
    g_free(net->asked);
    g_free(net->agreed);
    g_free(net->recent);
    g_free(net->no_intro);
    g_free(net);
}

/* In the order in which a ledger shows facts and warmth-1 adds them up. */
static int
by_pair(const void *a, const void *b)
{
    const kith_gathered *x = a, *y = b;
    const kith_warm_evidence *d = &x->evidence, *e = &y->evidence;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    if (d->item.part != e->item.part)
        return d->item.part < e->item.part ? -1 : 1;
    if (d->item.part == KITH_WARMTH_X && d->item.way != e->item.way)
        return d->item.way < e->item.way ? -1 : 1;
    if (d->points != e->points)
        return d->points < e->points ? -1 : 1;
    if (d->tie != e->tie)
        return d->tie < e->tie ? -1 : 1;
    return d->other < e->other ? -1 : d->other > e->other;
}

static kith_status
no_memory(const kith_warm_network *net, kith_error *err)
{
    return kith_fail(err, KITH_ERR_NO_MEMORY,
                     "no memory for warm ties of %" G_GINT64_FORMAT " nodes", net->nodes);
}

static int
by_pair_at(const void *a, const void *b)
{
    return by_pair(*(const kith_gathered *const *)a, *(const kith_gathered *const *)b);
}

/* Where the rows are in order: one pass puts them beside others of the same `low`, then each such run is sorted. */
static const kith_gathered **
sort_rows(const kith_warm_network *net, const kith_gathering *g)
{
    const kith_gathered **order = g_try_new(const kith_gathered *, (gsize)g->n + 1);
    g_autofree int64_t *end = g_try_new0(int64_t, (gsize)net->nodes + 2);

    if (!order || !end) {
        g_free(order);
        return NULL;
    }
    for (int64_t i = 0; i < g->n; i++)
        end[g->row[i].low + 1]++;
    for (int64_t v = 0; v < net->nodes; v++)
        end[v + 1] += end[v];
    for (int64_t i = 0; i < g->n; i++)
        order[end[g->row[i].low]++] = &g->row[i];
#pragma omp parallel for schedule(dynamic, 1024) if (g->n > MANY)
    for (int64_t v = 0; v < net->nodes; v++) {
        int64_t first = v ? end[v - 1] : 0;

        if (end[v] - first > 1)
            qsort(order + first, (size_t)(end[v] - first), sizeof *order, by_pair_at);
    }
    return order;
}

static bool
is_same_pair(const kith_gathered *a, const kith_gathered *b)
{
    return a->low == b->low && a->high == b->high;
}

/* Runs of facts between the same two become pairs. */
static kith_status
make_pairs(kith_warm_network *net, const kith_gathering *g, kith_error *err)
{
    g_autofree const kith_gathered **row = sort_rows(net, g);
    int64_t pairs = 0;

    if (!row)
        return no_memory(net, err);
    for (int64_t i = 0; i < g->n; i++)
        pairs += i == 0 || !is_same_pair(row[i], row[i - 1]);
    net->pair = g_try_new0(kith_warm_pair, (gsize)pairs + 1);
    net->evidence = KITH_BIG(kith_warm_evidence, g->n + 1);
    if (!net->pair || !net->evidence)
        return no_memory(net, err);
    for (int64_t i = 0; i < g->n; i++) {
        if (i == 0 || !is_same_pair(row[i], row[i - 1]))
            net->pair[net->pairs++] =
                (kith_warm_pair){row[i]->low, row[i]->high, i, 0, (double)NAN, (double)NAN};
        net->pair[net->pairs - 1].n++;
        net->evidence[i] = row[i]->evidence;
        net->undated += row[i]->evidence.item.undated;
    }
    net->evidences = g->n;
    return KITH_OK;
}

/* What `knows` ties of this pair declare: the latest says it, the largest among equals. */
static void
find_declared(const kith_warm_network *net, kith_warm_pair *pair)
{
    kith_time low_when = KITH_TIME_NONE, high_when = KITH_TIME_NONE;
    kith_tie t;

    for (int64_t i = pair->first; i < pair->first + pair->n; i++) {
        double *says, closeness;
        kith_time *when;

        if (net->evidence[i].item.part != KITH_WARMTH_L)
            continue;
        kith_graph_tie(net->graph, net->evidence[i].tie, &t);
        closeness = t.kind == KITH_KNOWS
                        ? kith_tie_number(net->graph, net->evidence[i].tie, "closeness", NAN)
                        : (double)NAN;
        if (!(closeness >= 0 && closeness <= 1))
            continue;
        says = t.from == pair->low ? &pair->low_says : &pair->high_says;
        when = t.from == pair->low ? &low_when : &high_when;
        if (isnan(*says) || t.when > *when || (t.when == *when && closeness > *says)) {
            *says = closeness;
            *when = t.when;
        }
    }
}

static const kith_warmth_item *
items_of(const kith_warm_network *net, const kith_warm_pair *pair, GArray *room)
{
    g_array_set_size(room, 0);
    for (int64_t i = 0; i < pair->n; i++)
        g_array_append_val(room, net->evidence[pair->first + i].item);
    return (const kith_warmth_item *)(const void *)room->data;
}

double
kith_warm_record(const kith_warm_network *net, kith_node introducer)
{
    return kith_warmth_record(&net->constants, net->asked[introducer], net->agreed[introducer]);
}

/* A pair seen from both sides, on its way into rows. */
typedef struct sides {
    double w[2];
    uint8_t tier[2], state[2];
} sides;

static void
compute_sides(kith_warm_network *net, sides *side)
{
#pragma omp parallel if (net->pairs > MANY)
    {
        g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(kith_warmth_item));

#pragma omp for schedule(dynamic, 1024)
        for (int64_t i = 0; i < net->pairs; i++) {
            kith_warm_pair *pair = &net->pair[i];
            kith_warmth both[2];

            find_declared(net, pair);
            kith_warmth_compute_both(&net->constants, items_of(net, pair, items), pair->n,
                                     (const double[]){pair->low_says, pair->high_says}, both);
            for (int back = 0; back < 2; back++) {
                side[i].w[back] = both[back].w;
                side[i].tier[back] = (uint8_t)both[back].tier;
                side[i].state[back] = (uint8_t)both[back].state;
            }
        }
    }
}

static void
place_hop(kith_warm_network *net, int64_t at, int64_t i, const sides *side, int back)
{
    const kith_warm_pair *pair = &net->pair[i];
    int32_t from = (int32_t)(back ? pair->high : pair->low);

    net->to[at] = (int32_t)(back ? pair->low : pair->high);
    net->w[at] = side->w[back];
    net->p[at] = kith_warmth_hop(&net->constants, side->w[back], kith_warm_record(net, from));
    net->tier[at] = side->tier[back];
    net->state[at] = side->state[back];
    net->pair_of[at] = i;
}

/* Pairs are in order; so those back to lower numbers first, then those to higher ones, leave every row in order. */
static void
place_hops(kith_warm_network *net, const sides *side, int64_t *next)
{
    for (int back = 1; back >= 0; back--)
        for (int64_t i = 0; i < net->pairs; i++)
            if (side[i].w[back] > 0)
                place_hop(net, next[back ? net->pair[i].high : net->pair[i].low]++, i, &side[i],
                          back);
}

static void
count_hops(kith_warm_network *net, const sides *side)
{
    for (int64_t i = 0; i < net->pairs; i++) {
        net->first[net->pair[i].low + 1] += side[i].w[0] > 0;
        net->first[net->pair[i].high + 1] += side[i].w[1] > 0;
    }
    for (int64_t v = 0; v < net->nodes; v++)
        net->first[v + 1] += net->first[v];
    net->hops = net->first[net->nodes];
}

static kith_status
make_hops(kith_warm_network *net, kith_error *err)
{
    g_autofree sides *side = g_try_new(sides, (gsize)net->pairs + 1);
    g_autofree int64_t *next = NULL;
    gsize n;

    if (!side)
        return no_memory(net, err);
    compute_sides(net, side);
    count_hops(net, side);
    n = (gsize)net->hops + 1;
    net->to = g_try_new(int32_t, n);
    net->p = g_try_new(double, n);
    net->w = g_try_new(double, n);
    net->tier = g_try_new(uint8_t, n);
    net->state = g_try_new(uint8_t, n);
    net->pair_of = g_try_new(int64_t, n);
    next = g_try_new(int64_t, (gsize)net->nodes + 1);
    if (!net->to || !net->p || !net->w || !net->tier || !net->state || !net->pair_of || !next)
        return no_memory(net, err);
    memcpy(next, net->first, ((gsize)net->nodes + 1) * sizeof *next);
    place_hops(net, side, next);
    return KITH_OK;
}

static kith_status
make_nodes(kith_warm_network *net, kith_error *err)
{
    gsize n;

    net->nodes = kith_graph_nodes(net->graph);
    if (net->nodes >= INT32_MAX)
        return kith_fail(err, KITH_ERR_LIMIT, "more than %d nodes", INT32_MAX);
    n = (gsize)net->nodes + 1;
    net->first = g_try_new0(int64_t, n);
    net->asked = g_try_new0(double, n);
    net->agreed = g_try_new0(double, n);
    net->recent = g_try_new0(double, n);
    net->no_intro = g_try_new0(bool, n);
    if (!net->first || !net->asked || !net->agreed || !net->recent || !net->no_intro)
        return no_memory(net, err);
    for (kith_node v = 0; v < net->nodes; v++) {
        net->no_intro[v] = kith_graph_kind(net->graph, v) == KITH_PERSON &&
                           kith_graph_flags(net->graph, v) & KITH_FLAG_NO_INTRO;
        net->no_intro_people += net->no_intro[v];
    }
    return KITH_OK;
}

kith_status
kith_warm_network_new(const kith_graph *graph, const kith_warm_options *options,
                      kith_warm_network **out, kith_error *err)
{
    g_autoptr(kith_warm_network) net = g_new0(kith_warm_network, 1);
    g_auto(kith_gathering) gathering = {0};

    net->graph = graph;
    if (options && options->constants)
        net->constants = *options->constants;
    else
        kith_warmth_defaults(&net->constants);
    TRY(make_nodes(net, err));
    gathering.graph = graph;
    gathering.constants = &net->constants;
    gathering.max_party = options && options->max_party > 0 ? options->max_party : MAX_PARTY;
    gathering.asked = net->asked;
    gathering.agreed = net->agreed;
    gathering.recent = net->recent;
    TRY(kith_gather(&gathering, err));
    net->large_events = gathering.large_events;
    TRY(make_pairs(net, &gathering, err));
    kith_gathering_clear(&gathering);
    TRY(make_hops(net, err));
    *out = g_steal_pointer(&net);
    return KITH_OK;
}

int64_t
kith_warm_hop(const kith_warm_network *net, kith_node from, kith_node to)
{
    int64_t low = net->first[from], high = net->first[from + 1];

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (net->to[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < net->first[from + 1] && net->to[low] == to ? low : -1;
}

int64_t
kith_warm_pair_of(const kith_warm_network *net, kith_node a, kith_node b)
{
    int64_t low = 0, high = net->pairs;
    kith_node first = MIN(a, b), second = MAX(a, b);

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        const kith_warm_pair *pair = &net->pair[middle];

        if (pair->low < first || (pair->low == first && pair->high < second))
            low = middle + 1;
        else
            high = middle;
    }
    return low < net->pairs && net->pair[low].low == first && net->pair[low].high == second ? low
                                                                                            : -1;
}

void
kith_warm_between(const kith_warm_network *net, kith_node from, kith_node to, kith_warmth *out)
{
    static const kith_warm_pair nothing = {.low_says = NAN, .high_says = NAN};
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(kith_warmth_item));
    int64_t at = kith_warm_pair_of(net, from, to);
    const kith_warm_pair *pair = at < 0 ? &nothing : &net->pair[at];
    bool reversed = from > to;

    kith_warmth_compute(&net->constants, items_of(net, pair, items), pair->n, reversed,
                        reversed ? pair->high_says : pair->low_says, out);
}

static int
by_way(gconstpointer a, gconstpointer b)
{
    const kith_warm_evidence *x = a, *y = b;

    if (x->item.part != y->item.part)
        return x->item.part < y->item.part ? -1 : 1;
    if (x->item.part == KITH_WARMTH_X && x->item.way != y->item.way)
        return x->item.way < y->item.way ? -1 : 1;
    return 0;
}

GArray *
kith_warm_ledger(const kith_warm_network *net, kith_node from, kith_node to)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(kith_warm_evidence));
    int64_t pair = kith_warm_pair_of(net, from, to);
    bool linked = false;

    for (int64_t i = 0; pair >= 0 && i < net->pair[pair].n; i++) {
        kith_warm_evidence e = net->evidence[net->pair[pair].first + i];

        if (from > to && e.item.way != KITH_WARMTH_BOTH)
            e.item.way = e.item.way == KITH_WARMTH_OUT ? KITH_WARMTH_IN : KITH_WARMTH_OUT;
        if (e.item.part == KITH_WARMTH_L) {
            e.points = linked || e.item.way == KITH_WARMTH_IN ? 0 : net->constants.bare;
            linked = linked || e.item.way != KITH_WARMTH_IN;
        }
        g_array_append_val(rows, e);
    }
    g_array_sort(rows, by_way); /* stable: points stay ascending */
    return rows;
}

kith_chain_hops
kith_warm_hops(const kith_warm_network *net)
{
    return (kith_chain_hops){net->nodes, net->first, net->to, net->p, NULL};
}
