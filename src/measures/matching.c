/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matching.c - who is compared with whom, and what the bits make of it. */
#include "measures/matching.h"
#include "measures/matching_private.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_BLOCK 500

static void
judge(const kith_matcher *m, const kith_profile *a, const kith_profile *b, double least,
      GArray *out)
{
    kith_tally t = {0};
    kith_candidate c = {.a = MIN(a->node, b->node), .b = MAX(a->node, b->node)};

    if (kith_matching_vetoed(a, b) || kith_graph_told_apart(m->g, a->node, b->node))
        return;
    t.reason = g_string_new(NULL);
    kith_matching_compare(m, a, b, &t);
    c.score = 1 / (1 + exp2(log2(m->names) - t.bits));
    c.rule = t.rule;
    if (c.score >= least && t.reason->len) {
        c.reason = g_string_free(t.reason, FALSE);
        g_array_append_val(out, c);
    } else {
        g_string_free(t.reason, TRUE);
    }
}

/* One person under one block key. */
struct entry {
    const char *key;
    guint person;
};

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : x->person < y->person ? -1 : x->person > y->person;
}

static void
enter(GArray *entries, GStringChunk *keys, guint person, const char *block, const char *one,
      const char *two)
{
    g_autofree char *key = NULL;
    struct entry e = {.person = person};

    if (!one || !*one || !two)
        return;
    key = g_strdup_printf("%s %s %s", block, one, two);
    e.key = g_string_chunk_insert(keys, key);
    g_array_append_val(entries, e);
}

/* Every two words of a name, in order: finds names with a middle name, or family first, or a birth name more. */
static void
enter_words(GArray *entries, GStringChunk *keys, guint person, const kith_called *c)
{
    guint n = MIN(g_strv_length(c->each), 5);

    enter(entries, keys, person, "words", c->plain, "");
    for (guint i = 0; i < n; i++)
        for (guint j = i + 1; j < n; j++)
            enter(entries, keys, person, "two", c->each[i], c->each[j]);
}

static void
enter_name(GArray *entries, GStringChunk *keys, guint person, const kith_called *c)
{
    char given[8] = "", family[8] = "";

    g_utf8_strncpy(given, c->given, 1);
    g_utf8_strncpy(family, c->family, 1);
    enter_words(entries, keys, person, c);
    enter(entries, keys, person, "family", c->family, given);
    if (*family)
        enter(entries, keys, person, "short", c->given, family);
}

static void
enter_person(const kith_matcher *m, GArray *entries, GStringChunk *keys, guint i)
{
    const kith_profile *p = m->people->pdata[i];
    char initial[8] = "";

    for (guint k = 0; k < p->called->len; k++) {
        const kith_called *c = p->called->pdata[k];

        if (k == 0)
            g_utf8_strncpy(initial, c->given, 1);
        enter_name(entries, keys, i, c);
    }
    for (guint k = 0; k < p->locals->len; k++)
        enter(entries, keys, i, "local", p->locals->pdata[k], "");
    for (guint k = 0; k < p->phones->len; k++)
        enter(entries, keys, i, "phone", p->phones->pdata[k], "");
    for (guint k = 0; k < p->domains->len; k++)
        enter(entries, keys, i, "domain", p->domains->pdata[k], initial);
    for (guint k = 0; k < p->firms->len; k++)
        enter(entries, keys, i, "firm", kith_graph_id(m->g, g_array_index(p->firms, kith_node, k)),
              initial);
}

static int
compare_pairs(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* Every two people who share a block, once. */
static GArray *
block_pairs(const kith_matcher *m)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    GStringChunk *keys = g_string_chunk_new(4096);
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    const struct entry *e;

    for (guint i = 0; i < m->people->len; i++)
        enter_person(m, entries, keys, i);
    if (entries->len)
        qsort(entries->data, entries->len, sizeof(struct entry), compare_entries);
    e = (const struct entry *)(const void *)entries->data;
    for (guint i = 0, j; i < entries->len; i = j) {
        for (j = i + 1; j < entries->len && strcmp(e[j].key, e[i].key) == 0; j++)
            ;
        for (guint a = i; j - i <= LARGEST_BLOCK && a < j; a++)
            for (guint b = a + 1; b < j; b++) {
                uint64_t pair = (uint64_t)e[a].person << 32 | e[b].person;

                if (e[a].person != e[b].person)
                    g_array_append_val(pairs, pair);
            }
    }
    if (pairs->len)
        qsort(pairs->data, pairs->len, sizeof(uint64_t), compare_pairs);
    g_string_chunk_free(keys);
    return pairs;
}

static int
compare_candidates(const void *a, const void *b)
{
    const kith_candidate *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void
sort(GArray *candidates)
{
    if (candidates->len)
        qsort(candidates->data, candidates->len, sizeof(kith_candidate), compare_candidates);
}

static void
candidate_clear(void *data)
{
    g_free(((kith_candidate *)data)->reason);
}

GArray *
kith_matching_candidates(const kith_graph *graph, double least)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_candidate));
    kith_matcher m;
    g_autoptr(GArray) pairs = NULL;

    g_array_set_clear_func(out, candidate_clear);
    kith_matcher_init(&m, graph);
    pairs = block_pairs(&m);
    for (guint i = 0; i < pairs->len; i++) {
        uint64_t pair = g_array_index(pairs, uint64_t, i);

        if (i == 0 || pair != g_array_index(pairs, uint64_t, i - 1))
            judge(&m, m.people->pdata[pair >> 32], m.people->pdata[(uint32_t)pair],
                  MIN(least, KITH_MATCHING_LIKELY), out);
    }
    sort(out);
    kith_matching_settle(&m, out);
    sort(out);
    while (out->len && g_array_index(out, kith_candidate, out->len - 1).score < least)
        g_array_set_size(out, out->len - 1);
    kith_matcher_clear(&m);
    return out;
}
