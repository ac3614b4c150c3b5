/* SPDX-License-Identifier: GPL-3.0-or-later */
/* needs.c - words out of attributes, topics and products, sorted for look-up. */
#include "measures/needs.h"

#include "base/base.h"
#include "base/text.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

static bool
is_one_of(const char *text, const char *const *words)
{
    g_autofree char *folded = kith_text_fold(text);

    return g_strv_contains(words, folded);
}

static const char *const need_words[] = {"need",    "needs",    "looking for", "wants",
                                         "seeking", "asks for", NULL};
static const char *const offer_words[] = {"offer",    "offers",   "offering", "services",
                                          "products", "supplies", "provides", NULL};

/* The table a word speaks of, NULL for neither. */
static GArray *
table_of(kith_needs *n, const char *word)
{
    if (!word)
        return NULL;
    return is_one_of(word, need_words) ? n->needs : is_one_of(word, offer_words) ? n->offers : NULL;
}

static void
add(kith_needs *n, GArray *table, kith_node who, const char *word)
{
    g_autofree char *folded = kith_text_fold(word);
    kith_need row = {who, NULL};

    if (!*folded)
        return;
    row.word = g_string_chunk_insert_const(n->words, folded);
    g_array_append_val(table, row);
}

static void
add_list(kith_needs *n, GArray *table, kith_node who, const char *list)
{
    g_auto(GStrv) words = g_strsplit_set(list, ";,|\n", -1);

    for (int i = 0; words[i]; i++)
        add(n, table, who, words[i]);
}

static void
read_attributes(kith_needs *n)
{
    const kith_graph *g = n->graph;
    g_autofree uint8_t *known = g_new0(uint8_t, kith_pool_size(g->pool) + 1);

    for (guint i = 0; i < g->attributes->len; i++) {
        const kith_fact_attribute *a = KITH_ROW(g->attributes, kith_fact_attribute, i);
        GArray *table;

        if (!known[a->key]) {
            table = table_of(n, kith_pool_get(g->pool, a->key));
            known[a->key] = table == n->needs ? 2 : table ? 3 : 1;
        }
        if (known[a->key] > 1)
            add_list(n, known[a->key] == 2 ? n->needs : n->offers, a->owner,
                     kith_pool_get(g->pool, a->value));
    }
}

static void
read_ties(kith_needs *n)
{
    int64_t first, many;
    kith_tie t;

    kith_graph_tie_range(n->graph, KITH_INTERESTED_IN, &first, &many);
    for (int64_t i = first; i < first + many; i++) {
        GArray *table;

        kith_graph_tie(n->graph, i, &t);
        if ((table = table_of(n, t.status)))
            add(n, table, t.from, kith_graph_label(n->graph, t.to));
    }
    kith_graph_tie_range(n->graph, KITH_SELLS_TO, &first, &many);
    for (int64_t i = first; i < first + many; i++) {
        kith_graph_tie(n->graph, i, &t);
        if (t.detail)
            add(n, n->offers, t.from, t.detail);
    }
}

static int
by_who(const void *a, const void *b)
{
    const kith_need *x = a, *y = b;

    return x->who != y->who ? (x->who < y->who ? -1 : 1) : strcmp(x->word, y->word);
}

static int
by_word(const void *a, const void *b)
{
    const kith_need *x = a, *y = b;
    int order = strcmp(x->word, y->word);

    return order ? order : x->who < y->who ? -1 : x->who > y->who;
}

static void
tidy(GArray *table)
{
    guint kept = 0;

    if (table->len)
        qsort(table->data, table->len, sizeof(kith_need), by_who);
    for (guint i = 0; i < table->len; i++)
        if (kept == 0 || by_who(&g_array_index(table, kith_need, kept - 1),
                                &g_array_index(table, kith_need, i)) != 0)
            g_array_index(table, kith_need, kept++) = g_array_index(table, kith_need, i);
    g_array_set_size(table, kept);
}

kith_needs *
kith_needs_new(const kith_graph *graph)
{
    kith_needs *n = g_new0(kith_needs, 1);

    n->graph = graph;
    n->words = g_string_chunk_new(4096);
    n->needs = g_array_new(FALSE, FALSE, sizeof(kith_need));
    n->offers = g_array_new(FALSE, FALSE, sizeof(kith_need));
    read_attributes(n);
    read_ties(n);
    tidy(n->needs);
    tidy(n->offers);
    n->offers_by_word = g_array_copy(n->offers);
    if (n->offers->len)
        qsort(n->offers_by_word->data, n->offers->len, sizeof(kith_need), by_word);
    return n;
}

void
kith_needs_free(kith_needs *n)
{
    if (!n)
        return;
    g_array_unref(n->needs);
    g_array_unref(n->offers);
    g_array_unref(n->offers_by_word);
    g_string_chunk_free(n->words);
    g_free(n);
}

/* The first row that is not below the key. */
static guint
lower_bound(const GArray *table, const kith_need *key, int (*order)(const void *, const void *))
{
    guint low = 0, high = table->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (order(&g_array_index(table, kith_need, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const kith_need *
kith_needs_of(const GArray *table, kith_node who, guint *n)
{
    kith_need from = {who, (char *)""}, to = {who + 1, (char *)""};
    guint first = lower_bound(table, &from, by_who);

    *n = lower_bound(table, &to, by_who) - first;
    return *n ? &g_array_index(table, kith_need, first) : NULL;
}

const kith_need *
kith_needs_offering(const kith_needs *needs, const char *word, guint *n)
{
    kith_need from = {-1, (char *)word}, to = {INT64_MAX, (char *)word};
    guint first = lower_bound(needs->offers_by_word, &from, by_word);

    *n = lower_bound(needs->offers_by_word, &to, by_word) - first;
    return *n ? &g_array_index(needs->offers_by_word, kith_need, first) : NULL;
}

guint
kith_needs_met(const kith_needs *needs, kith_node a, kith_node b, const char **word)
{
    guint n, offered, met = 0;
    const kith_need *need = kith_needs_of(needs->needs, a, &n);
    const kith_need *offer = kith_needs_of(needs->offers, b, &offered);

    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < offered; k++)
            if (strcmp(need[i].word, offer[k].word) == 0) {
                if (word && met == 0)
                    *word = need[i].word;
                met++;
            }
    return met;
}
