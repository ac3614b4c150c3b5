/* SPDX-License-Identifier: GPL-3.0-or-later */
/* known.c - contacts sorted into pairs, and warmth-1 of each. */
#include "measures/known.h"
#include "base/base.h"
#include "measures/warmth.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One fact of a pair; a contact that goes both ways is one fact. */
struct fact {
    int32_t low, high;
    int64_t tie;
    kith_warmth_item item;
};

void
kith_known_clear(kith_known *k)
{
    g_clear_pointer(&k->node, g_free);
    g_clear_pointer(&k->vertex, g_free);
    g_clear_pointer(&k->first, g_free);
    g_clear_pointer(&k->to, g_free);
    g_clear_pointer(&k->warmth, g_free);
    g_clear_pointer(&k->strength, g_free);
}

static int
compare_facts(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    if (x->high != y->high)
        return x->high < y->high ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static kith_warmth_item
message(const kith_contact *c, double weight)
{
    return (kith_warmth_item){.weight = weight,
                              .party = 2,
                              .part = KITH_WARMTH_X,
                              .way = c->from < c->to ? KITH_WARMTH_OUT : KITH_WARMTH_IN,
                              .contact = true};
}

static kith_warmth_item
item_of(const kith_graph *graph, const kith_warmth_constants *k, const kith_contact *c)
{
    kith_warmth_item item = {.weight = 1, .party = MAX(2, c->party), .way = KITH_WARMTH_BOTH};
    kith_tie t;

    kith_graph_tie(graph, c->tie, &t);
    item.part = KITH_WARMTH_V;
    switch (t.kind) {
    case KITH_MESSAGED:
        return message(c, t.weight);
    case KITH_TIE:
        if (!t.undirected)
            return message(c, 1);
        item.weight = k->remote;
        item.part = KITH_WARMTH_M;
        break;
    case KITH_MET:
    case KITH_ATTENDED:
        item.weight = k->in_person;
        item.part = KITH_WARMTH_M;
        break;
    case KITH_REFERRED:
        item.weight = k->referral;
        break;
    case KITH_INTRODUCED:
        item.weight = k->introduction;
        break;
    case KITH_RECOMMENDED:
        item.weight = k->recommendation;
        break;
    case KITH_CONTRIBUTED:
        item.weight = k->contribution;
        break;
    default:
        item.part = KITH_WARMTH_L;
    }
    return item;
}

static struct fact *
gather(const kith_graph *graph, const kith_warmth_constants *constants, const kith_contact *contact,
       int64_t n, kith_time split, int64_t *out_n)
{
    struct fact *fact = g_new(struct fact, (gsize)n + 1);
    int64_t kept = 0;

    for (int64_t i = 0; i < n; i++) {
        const kith_contact *c = &contact[i];
        struct fact *f = &fact[i];

        *f = (struct fact){MIN(c->from, c->to), MAX(c->from, c->to), c->tie,
                           item_of(graph, constants, c)};
        f->item.age_days = (double)(split - c->when) / (double)KITH_DAY;
        f->item.day = (int32_t)((double)c->when / (double)KITH_DAY);
    }
    qsort(fact, (size_t)n, sizeof *fact, compare_facts);
    for (int64_t i = 0; i < n; i++)
        if (kept == 0 || compare_facts(&fact[kept - 1], &fact[i]) != 0)
            fact[kept++] = fact[i];
    *out_n = kept;
    return fact;
}

/* The mean of how warm each is towards the other; who was ever in contact has a bare connection as well. */
static float
warmth_of(const kith_warmth_constants *constants, const struct fact *fact, int64_t n, GArray *items)
{
    const kith_warmth_item bare = {.part = KITH_WARMTH_L};
    kith_warmth there, back;

    g_array_set_size(items, 0);
    for (int64_t i = 0; i < n; i++)
        g_array_append_val(items, fact[i].item);
    g_array_append_val(items, bare);
    kith_warmth_compute(constants, (const kith_warmth_item *)(const void *)items->data, n + 1,
                        false, (double)NAN, &there);
    kith_warmth_compute(constants, (const kith_warmth_item *)(const void *)items->data, n + 1, true,
                        (double)NAN, &back);
    return (float)((there.w + back.w) / 2);
}

static void
number_people(kith_known *k, const kith_graph *graph, const struct fact *fact, int64_t n)
{
    int64_t nodes = kith_graph_nodes(graph);

    k->vertex = g_new0(int32_t, (gsize)nodes + 1);
    k->node = g_new0(int32_t, (gsize)nodes + 1);
    for (int64_t i = 0; i < n; i++)
        k->vertex[fact[i].low] = k->vertex[fact[i].high] = 1;
    for (int64_t i = 0; i < nodes; i++) {
        bool there = k->vertex[i] == 1;

        k->vertex[i] = there ? (int32_t)k->n : -1;
        if (there)
            k->node[k->n++] = (int32_t)i;
    }
}

/* One pair with its warmth. */
struct pair {
    uint32_t low, high;
    float warmth;
};

static GArray *
find_pairs(const kith_known *k, const kith_warmth_constants *constants, const struct fact *fact,
           int64_t n)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(kith_warmth_item));

    for (int64_t i = 0, j; i < n; i = j) {
        struct pair p;

        for (j = i + 1; j < n && fact[j].low == fact[i].low && fact[j].high == fact[i].high; j++)
            ;
        p = (struct pair){(uint32_t)k->vertex[fact[i].low], (uint32_t)k->vertex[fact[i].high],
                          warmth_of(constants, fact + i, j - i, items)};
        g_array_append_val(pairs, p);
    }
    return pairs;
}

/* Pairs are sorted, so that filling those with the lower end elsewhere first leaves every row ascending. */
static void
fill_rows(kith_known *k, const GArray *pairs)
{
    const struct pair *p = (const struct pair *)(const void *)pairs->data;
    g_autofree int64_t *next = g_new0(int64_t, (gsize)k->n + 1);

    k->arcs = 2 * (int64_t)pairs->len;
    k->first = g_new0(int64_t, (gsize)k->n + 2);
    k->to = g_new(uint32_t, (gsize)k->arcs + 1);
    k->warmth = g_new(float, (gsize)k->arcs + 1);
    k->strength = g_new0(double, (gsize)k->n + 1);
    for (guint i = 0; i < pairs->len; i++) {
        k->first[p[i].low + 1]++;
        k->first[p[i].high + 1]++;
    }
    for (int64_t v = 0; v < k->n; v++) {
        k->first[v + 1] += k->first[v];
        next[v] = k->first[v];
    }
    for (int turn = 0; turn < 2; turn++)
        for (guint i = 0; i < pairs->len; i++) {
            uint32_t from = turn ? p[i].low : p[i].high, to = turn ? p[i].high : p[i].low;

            k->to[next[from]] = to;
            k->warmth[next[from]++] = p[i].warmth;
            k->strength[from] += p[i].warmth;
        }
}

void
kith_known_build(const kith_graph *graph, const kith_contact *contact, int64_t n, kith_time split,
                 kith_known *out)
{
    kith_warmth_constants constants;
    g_autofree struct fact *fact = NULL;
    g_autoptr(GArray) pairs = NULL;
    int64_t facts;

    *out = (kith_known){0};
    kith_warmth_defaults(&constants);
    fact = gather(graph, &constants, contact, n, split, &facts);
    number_people(out, graph, fact, facts);
    pairs = find_pairs(out, &constants, fact, facts);
    fill_rows(out, pairs);
}
