/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.c - see plain.h. */
#include "measures/plain.h"

#include "base/base.h"
#include "base/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One way of a tie. */
typedef struct way {
    int32_t from, to;
    double value;
    int64_t tie;
} way;

void
kith_plain_free(kith_plain *plain)
{
    if (!plain)
        return;
    g_free(plain->first);
    g_free(plain->to);
    g_free(plain->value);
    g_free(plain->tie);
    g_free(plain);
}

/* Attributes, stages and consents are no ties between people. */
bool
kith_plain_is(const kith_graph *graph)
{
    static const kith_tie_kind others[] = {
        KITH_KNOWS,    KITH_FOLLOWS,  KITH_MESSAGED,    KITH_MET,     KITH_ATTENDED,
        KITH_REFERRED, KITH_RELATED,  KITH_INTRODUCED,  KITH_INVITED, KITH_CONTRIBUTED,
        KITH_ENDORSED, KITH_WORKS_AT, KITH_RECOMMENDED, KITH_SELLS_TO};
    int64_t first, n;

    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        kith_graph_tie_range(graph, others[i], &first, &n);
        if (n > 0)
            return false;
    }
    kith_graph_tie_range(graph, KITH_TIE, &first, &n);
    return n > 0;
}

static const char *
attribute_of(const kith_graph *graph, int64_t tie, const char *wanted)
{
    const char *key, *value;

    for (int64_t i = 0; kith_graph_tie_attribute_at(graph, tie, i, &key, &value); i++)
        if (g_ascii_strcasecmp(key, wanted) == 0)
            return value;
    return NULL;
}

/* The number of a tie, from its column. */
static kith_status
number_of(const kith_graph *graph, int64_t i, const kith_tie *t, const char *column, double *out,
          kith_error *err)
{
    const char *text;

    *out = t->weight;
    if (!column || g_ascii_strcasecmp(column, "weight") == 0)
        return KITH_OK;
    text = attribute_of(graph, i, column);
    if (!text)
        return kith_fail_at(err, KITH_ERR_PARSE, t->source, t->line, 0,
                            "this tie has no '%s' (to name a file's weights, say --weight)",
                            column);
    if (!kith_number_parse(text, out))
        return kith_fail_at(err, KITH_ERR_PARSE, t->source, t->line, 0, "%s '%s' is no number",
                            column, text);
    return KITH_OK;
}

/* What a number makes of a hop, if it can. */
static kith_status
value_of(kith_plain_meaning meaning, const kith_tie *t, double number, double *out, kith_error *err)
{
    *out = number;
    switch (meaning) {
    case KITH_PLAIN_NOTHING:
        *out = 1;
        return KITH_OK;
    case KITH_PLAIN_WEIGHT:
        *out = 1 / number;
        return KITH_OK;
    case KITH_PLAIN_PROBABILITY:
        if (number > 0 && number <= 1)
            return KITH_OK;
        return kith_fail_at(err, KITH_ERR_PARSE, t->source, t->line, 0,
                            "bad probability %.15g (expected above 0 and at most 1)", number);
    default:
        if (number >= 0 && isfinite(number))
            return KITH_OK;
        return kith_fail_at(err, KITH_ERR_PARSE, t->source, t->line, 0,
                            "bad length %.15g (expected 0 or more)", number);
    }
}

static int
by_ends(const void *a, const void *b)
{
    const way *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static kith_status
gather(kith_plain *p, const char *column, GArray *ways, kith_error *err)
{
    int64_t first, n;
    kith_tie t;

    kith_graph_tie_range(p->graph, KITH_TIE, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        way one = {.tie = i};
        double number;

        kith_graph_tie(p->graph, i, &t);
        if (t.from == t.to || kith_graph_kind(p->graph, t.from) != KITH_PERSON ||
            kith_graph_kind(p->graph, t.to) != KITH_PERSON)
            continue;
        TRY(number_of(p->graph, i, &t, column, &number, err));
        TRY(value_of(p->meaning, &t, number, &one.value, err));
        p->weighted += t.weight != 1;
        one.from = (int32_t)t.from;
        one.to = (int32_t)t.to;
        g_array_append_val(ways, one);
        one.from = (int32_t)t.to;
        one.to = (int32_t)t.from;
        if (t.undirected)
            g_array_append_val(ways, one);
    }
    return KITH_OK;
}

/* Ways in order become hops; of those between the same two the best stays. */
static kith_status
pack(kith_plain *p, const way *ways, int64_t n, kith_error *err)
{
    bool large_is_better = p->meaning == KITH_PLAIN_PROBABILITY;

    p->first = g_try_new0(int64_t, (gsize)p->nodes + 2);
    p->to = g_try_new(int32_t, (gsize)n + 1);
    p->value = g_try_new(double, (gsize)n + 1);
    p->tie = g_try_new(int64_t, (gsize)n + 1);
    if (!p->first || !p->to || !p->value || !p->tie)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " ties", n);
    for (int64_t i = 0; i < n; i++) {
        bool again = i > 0 && ways[i].from == ways[i - 1].from && ways[i].to == ways[i - 1].to;
        int64_t at = again ? p->hops - 1 : p->hops;

        p->repeats += again;
        if (again &&
            (large_is_better ? ways[i].value <= p->value[at] : ways[i].value >= p->value[at]))
            continue;
        p->to[at] = ways[i].to;
        p->value[at] = ways[i].value;
        p->tie[at] = ways[i].tie;
        p->hops = at + 1;
        p->first[ways[i].from + 1] += !again;
    }
    for (int64_t v = 0; v < p->nodes; v++)
        p->first[v + 1] += p->first[v];
    return KITH_OK;
}

kith_status
kith_plain_new(const kith_graph *graph, kith_plain_meaning meaning, const char *column,
               kith_plain **out, kith_error *err)
{
    g_autoptr(kith_plain) p = g_new0(kith_plain, 1);
    g_autoptr(GArray) ways = g_array_new(FALSE, FALSE, sizeof(way));

    p->graph = graph;
    p->meaning = meaning;
    p->nodes = kith_graph_nodes(graph);
    if (p->nodes >= INT32_MAX || kith_graph_ties(graph) >= INT32_MAX / 2)
        return kith_fail(err, KITH_ERR_LIMIT, "more than %d nodes or ties", INT32_MAX / 2);
    TRY(gather(p, column, ways, err));
    if (ways->len > 0)
        qsort(ways->data, ways->len, sizeof(way), by_ends);
    TRY(pack(p, (const way *)(const void *)ways->data, ways->len, err));
    *out = g_steal_pointer(&p);
    return KITH_OK;
}

kith_chain_hops
kith_plain_hops(const kith_plain *p)
{
    bool chance = p->meaning == KITH_PLAIN_PROBABILITY;

    return (kith_chain_hops){.nodes = p->nodes,
                             .first = p->first,
                             .to = p->to,
                             .p = chance ? p->value : NULL,
                             .length = chance ? NULL : p->value};
}

int64_t
kith_plain_hop(const kith_plain *p, kith_node from, kith_node to)
{
    int64_t low = p->first[from], high = p->first[from + 1];

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (p->to[middle] < to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->first[from + 1] && p->to[low] == to ? low : -1;
}
