/* SPDX-License-Identifier: GPL-3.0-or-later */
/* groups.c - memberships out of topics and attributes, as rows of group numbers. */
#include "measures/groups.h"

#include "base/base.h"
#include "base/text.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

struct membership {
    kith_node who;
    const char *word; /* folded, kept once: equal texts are equal pointers */
    int64_t group;
};

struct gathering {
    kith_groups *groups;
    GArray *rows;
};

static void
add(struct gathering *s, kith_node who, const char *word)
{
    g_autofree char *folded = kith_text_fold(word);
    struct membership one = {who, NULL, 0};

    if (!*folded)
        return;
    one.word = g_string_chunk_insert_const(s->groups->words, folded);
    g_array_append_val(s->rows, one);
}

static bool
is_group_key(const char *key)
{
    static const char *const words[] = {"group",   "groups",   "sector", "industry",
                                        "segment", "category", NULL};
    g_autofree char *folded = kith_text_fold(key);

    return g_strv_contains(words, folded);
}

static void
read_attributes(struct gathering *s)
{
    const kith_graph *g = s->groups->graph;
    g_autofree int8_t *known = g_new0(int8_t, kith_pool_size(g->pool) + 1);

    for (guint i = 0; i < g->attributes->len; i++) {
        const kith_fact_attribute *a = KITH_ROW(g->attributes, kith_fact_attribute, i);
        g_auto(GStrv) values = NULL;

        if (!known[a->key])
            known[a->key] = is_group_key(kith_pool_get(g->pool, a->key)) ? 1 : -1;
        if (known[a->key] < 0)
            continue;
        values = g_strsplit_set(kith_pool_get(g->pool, a->value), ";|", -1);
        for (int k = 0; values[k]; k++)
            add(s, a->owner, values[k]);
    }
}

/* What somebody needs or offers is no group. */
static bool
is_membership(const kith_graph *g, int64_t tie)
{
    const kith_fact_tie t = kith_graph_fact(g, tie);
    const char *status = kith_pool_get(g->pool, t.status);

    return !status || (strstr(status, "need") == NULL && strstr(status, "offer") == NULL);
}

static void
read_ties(struct gathering *s)
{
    static const kith_tie_kind kinds[] = {KITH_MEMBER_OF, KITH_INTERESTED_IN};
    const kith_graph *g = s->groups->graph;
    int64_t first, n;

    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        kith_graph_tie_range(g, kinds[k], &first, &n);
        for (int64_t i = first; i < first + n; i++)
            if (is_membership(g, i))
                add(s, kith_graph_fact(g, i).from, kith_graph_label(g, kith_graph_fact(g, i).to));
    }
}

static int
by_who(const void *a, const void *b)
{
    const struct membership *x = a, *y = b;

    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    return x->word == y->word ? 0 : strcmp(x->word, y->word);
}

/* A firm is where its people are. */
static void
pass_on(struct gathering *s)
{
    const kith_graph *g = s->groups->graph;
    guint known = s->rows->len, at = 0;
    int64_t first, n;

    if (known)
        qsort(s->rows->data, known, sizeof(struct membership), by_who);
    kith_graph_tie_range(g, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);

        while (at < known && KITH_ROW(s->rows, struct membership, at)->who < (kith_node)t.from)
            at++;
        for (guint k = at;
             k < known && KITH_ROW(s->rows, struct membership, k)->who == (kith_node)t.from; k++) {
            struct membership one = *KITH_ROW(s->rows, struct membership, k);

            one.who = t.to;
            g_array_append_val(s->rows, one);
        }
    }
    if (s->rows->len)
        qsort(s->rows->data, s->rows->len, sizeof(struct membership), by_who);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
number(struct gathering *s)
{
    g_autoptr(GHashTable) place = g_hash_table_new(g_direct_hash, g_direct_equal);
    GPtrArray *name = s->groups->name;

    for (guint i = 0; i < s->rows->len; i++) {
        char *word = (char *)KITH_ROW(s->rows, struct membership, i)->word;

        if (g_hash_table_add(place, word))
            g_ptr_array_add(name, word);
    }
    g_ptr_array_sort(name, by_text);
    for (guint i = 0; i < name->len; i++)
        g_hash_table_replace(place, name->pdata[i], GUINT_TO_POINTER(i));
    for (guint i = 0; i < s->rows->len; i++) {
        struct membership *one = KITH_ROW(s->rows, struct membership, i);

        one->group = GPOINTER_TO_UINT(g_hash_table_lookup(place, one->word));
    }
    s->groups->n = name->len;
}

static void
place(struct gathering *s)
{
    kith_groups *out = s->groups;
    int64_t n = 0;

    out->first = g_new0(int64_t, out->graph->nodes + 2);
    out->group = g_new(int64_t, s->rows->len + 1);
    for (guint i = 0; i < s->rows->len; i++) {
        const struct membership *one = KITH_ROW(s->rows, struct membership, i);

        if (i > 0 && by_who(one, one - 1) == 0)
            continue;
        out->group[n++] = one->group;
        out->first[one->who + 1] = n;
    }
    for (int64_t v = 0; v < out->graph->nodes; v++)
        out->first[v + 1] = MAX(out->first[v + 1], out->first[v]);
}

static void
read_found(struct gathering *s, const kith_groups_found *found)
{
    for (kith_node v = 0; v < s->groups->graph->nodes; v++)
        if (found->of[v] >= 0)
            add(s, v, found->name->pdata[found->of[v]]);
}

kith_groups *
kith_groups_new_with(const kith_graph *graph, const kith_groups_found *found, bool named)
{
    struct gathering s = {g_new0(kith_groups, 1), NULL};
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct membership));

    s.rows = rows;
    s.groups->graph = graph;
    s.groups->words = g_string_chunk_new(4096);
    s.groups->name = g_ptr_array_new();
    if (named) {
        read_attributes(&s);
        read_ties(&s);
    }
    if (found && found->of)
        read_found(&s, found);
    pass_on(&s);
    number(&s);
    place(&s);
    return s.groups;
}

kith_groups *
kith_groups_new(const kith_graph *graph)
{
    return kith_groups_new_with(graph, NULL, true);
}

void
kith_groups_free(kith_groups *g)
{
    if (!g)
        return;
    g_ptr_array_unref(g->name);
    g_string_chunk_free(g->words);
    g_free(g->first);
    g_free(g->group);
    g_free(g);
}
