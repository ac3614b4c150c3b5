/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.c - a copy of a graph with some ties left out and others put in. */
#include "model/view.h"
#include "model/edges.h"

#include <stdlib.h>
#include <string.h>

bool
kith_url_is_of(const char *url, const char *platform)
{
    const char *scheme = strstr(url, "://"), *host = scheme ? scheme + 3 : url;
    size_t length = strcspn(host, "/"), n = strlen(platform);

    for (size_t i = 0; n && i + n <= length; i++)
        if ((i == 0 || host[i - 1] == '.') && g_ascii_strncasecmp(host + i, platform, n) == 0 &&
            (i + n == length || host[i + n] == '.'))
            return true;
    return false;
}

static bool
is_left_out(const kith_graph *g, const kith_change *c, const kith_fact_tie *t)
{
    const char *channel = kith_pool_get(g->pool, t->channel);

    return (c->as_of != KITH_TIME_NONE && t->when != KITH_TIME_NONE &&
            t->when >= c->as_of + KITH_DAY) ||
           (c->without >= 0 &&
            ((kith_node)t->from == c->without || (kith_node)t->to == c->without)) ||
           (c->platform && channel && g_ascii_strcasecmp(channel, c->platform) == 0);
}

static int
compare_ties(const void *a, const void *b)
{
    const kith_fact_tie *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return x->when < y->when ? -1 : x->when > y->when;
}

struct copying {
    const kith_graph *from;
    kith_graph *to;
    const kith_change *change;
    uint32_t *place; /* old tie -> new one, UINT32_MAX for none */
    int64_t consents;
};

static void
put(struct copying *c, const kith_fact_tie *t, int64_t old)
{
    kith_graph *g = c->to;

    if (old >= 0) {
        c->place[old] = (uint32_t)g->ties;
        if (t->kind == KITH_CONSENTS && g->consent_record)
            g->consent_record[c->consents++] =
                c->from->consent_record[old - c->from->tie_first[KITH_CONSENTS]];
    } else if (c->change->party) {
        char number[32];
        kith_fact_attribute row = {(uint32_t)g->ties, kith_pool_put(g->pool, "party"), 0};

        g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, c->change->party);
        row.value = kith_pool_put(g->pool, number);
        g_array_append_val(g->tie_attributes, row);
    }
    g->tie_origin[g->ties] = old >= 0 ? c->from->tie_origin[old] : UINT32_MAX;
    g->tie_row[g->ties++] = *t;
    g->tie_first[t->kind + 1] = g->ties;
}

/* Both lists are in order: the graph's own come first among equals. */
static void
merge_ties(struct copying *c, const kith_fact_tie *more, int64_t n)
{
    const kith_graph *g = c->from;
    int64_t at = 0;

    for (int64_t i = 0; i < g->ties; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);

        for (; at < n && compare_ties(&more[at], &t) < 0; at++)
            put(c, &more[at], -1);
        if (is_left_out(g, c->change, &t))
            c->to->hidden += c->change->as_of != KITH_TIME_NONE;
        else
            put(c, &t, i);
    }
    for (; at < n; at++)
        put(c, &more[at], -1);
    for (int k = 1; k <= KITH_TIE_KINDS; k++)
        c->to->tie_first[k] = MAX(c->to->tie_first[k], c->to->tie_first[k - 1]);
}

static int
by_owner(const void *a, const void *b)
{
    const kith_fact_attribute *x = a, *y = b;

    return x->owner < y->owner ? -1 : x->owner > y->owner;
}

static void
copy_ties(struct copying *c)
{
    const kith_graph *g = c->from;
    int64_t room = g->ties + c->change->n_more + 1;
    g_autofree kith_fact_tie *more =
        g_memdup2(c->change->more, sizeof *more * (gsize)c->change->n_more);

    if (c->change->n_more)
        qsort(more, (size_t)c->change->n_more, sizeof *more, compare_ties);
    c->to->tie_row = g_new(kith_fact_tie, room);
    c->to->tie_origin = g_new(uint32_t, room);
    c->to->tie_attributes = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    if (g->consent_record)
        c->to->consent_record = g_new(uint32_t, room);
    c->place = g_new(uint32_t, g->ties + 1);
    for (int64_t i = 0; i < g->ties; i++)
        c->place[i] = UINT32_MAX;
    merge_ties(c, more, c->change->n_more);
    for (guint i = 0; i < g->tie_attributes->len; i++) {
        kith_fact_attribute row = *KITH_ROW(g->tie_attributes, kith_fact_attribute, i);

        row.owner = c->place[row.owner];
        if (row.owner != UINT32_MAX)
            g_array_append_val(c->to->tie_attributes, row);
    }
    if (c->to->tie_attributes->len)
        g_array_sort(c->to->tie_attributes, by_owner);
    g_free(c->place);
}

/* Links to a platform that is closed lead nowhere. */
static void
copy_identifiers(struct copying *c)
{
    const kith_graph *g = c->from;
    kith_graph *out = c->to;

    out->identifiers = g_array_new(FALSE, FALSE, sizeof(kith_fact_identifier));
    out->identifier_first = g_new0(int64_t, g->nodes + 2);
    for (int64_t v = 0; v < g->nodes; v++) {
        for (int64_t i = g->identifier_first[v]; i < g->identifier_first[v + 1]; i++) {
            const kith_fact_identifier *row = KITH_ROW(g->identifiers, kith_fact_identifier, i);

            if (!c->change->platform || row->kind != KITH_ID_URL ||
                !kith_url_is_of(kith_pool_get(g->pool, row->value), c->change->platform))
                g_array_append_val(out->identifiers, *row);
        }
        out->identifier_first[v + 1] = out->identifiers->len;
    }
}

static void *
copy_rows(const void *rows, gsize size, int64_t n)
{
    return rows ? g_memdup2(rows, size * (gsize)n) : NULL;
}

static void
copy_nodes(struct copying *c)
{
    const kith_graph *g = c->from;
    kith_graph *out = c->to;
    int64_t n = g->nodes;

    out->label = copy_rows(g->label, sizeof *g->label, n);
    out->id = copy_rows(g->id, sizeof *g->id, n);
    out->flags = copy_rows(g->flags, sizeof *g->flags, n);
    out->root = copy_rows(g->root, sizeof *g->root, n);
    out->kind = copy_rows(g->kind, sizeof *g->kind, n);
    out->event_time = copy_rows(g->event_time, sizeof *g->event_time, n);
    out->name_first = copy_rows(g->name_first, sizeof *g->name_first, n + 1);
    out->attribute_first = copy_rows(g->attribute_first, sizeof *g->attribute_first, n + 1);
    out->mention_node = copy_rows(g->mention_node, sizeof *g->mention_node, g->mentions);
    out->names = g_array_ref(g->names);
    out->attributes = g_array_ref(g->attributes);
    out->sources = g_array_ref(g->sources);
    out->apart = g_array_ref(g->apart);
    copy_identifiers(c);
}

kith_graph *
kith_graph_changed(const kith_graph *graph, const kith_change *change)
{
    kith_graph *out;
    struct copying c = {.from = graph, .change = change};

    if (graph->edges) {
        g_autoptr(kith_graph) rows = kith_edges_unfold(graph);

        return kith_graph_changed(rows, change);
    }
    c.to = out = g_new0(kith_graph, 1);
    out->pool = kith_pool_ref(graph->pool);
    out->nodes = graph->nodes;
    out->mentions = graph->mentions;
    out->hidden = graph->hidden;
    out->looped = graph->looped;
    out->owner = graph->owner;
    out->as_of = change->as_of == KITH_TIME_NONE ? graph->as_of : change->as_of;
    memcpy(out->kind_first, graph->kind_first, sizeof out->kind_first);
    copy_nodes(&c);
    copy_ties(&c);
    return out;
}
