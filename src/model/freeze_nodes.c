/* SPDX-License-Identifier: GPL-3.0-or-later */
/* freeze_nodes.c - mentions become nodes: gathered, named, put in order. */
#include "base/base.h"
#include "base/text.h"
#include "model/freeze.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_called(const void *a, const void *b)
{
    const kith_called *x = a, *y = b;

    return x->root != y->root ? kith_freeze_compare_u32(x->root, y->root)
                              : kith_freeze_compare_u32(x->text, y->text);
}

/* Most used first, then the longest, then by bytes: never by who came first. */
static int
compare_popular(const void *a, const void *b, void *pool)
{
    const kith_called *x = a, *y = b;
    const char *s, *t;
    size_t m, n;

    if (x->root != y->root)
        return kith_freeze_compare_u32(x->root, y->root);
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    s = kith_pool_get(pool, x->text);
    t = kith_pool_get(pool, y->text);
    m = strlen(s);
    n = strlen(t);
    return m != n ? (m > n ? -1 : 1) : strcmp(s, t);
}

/* All names by root, the shown one first. */
GArray *
kith_freeze_gather_names(const kith_freezer *f)
{
    const kith_builder *b = f->b;
    g_autofree kith_called *all = g_new0(kith_called, b->names->len + 1);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_called));

    for (guint i = 0; i < b->names->len; i++) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);

        all[i] = (kith_called){.root = f->root[row->mention],
                               .text = row->text,
                               .given = row->given,
                               .family = row->family,
                               .times = 1};
    }
    qsort(all, b->names->len, sizeof *all, compare_called);
    for (guint i = 0; i < b->names->len; i++) {
        kith_called *last = out->len ? KITH_ROW(out, kith_called, out->len - 1) : NULL;

        if (last && last->root == all[i].root && last->text == all[i].text)
            last->times++;
        else
            g_array_append_val(out, all[i]);
    }
    if (out->len)
        g_qsort_with_data(out->data, (gint)out->len, sizeof(kith_called), compare_popular, b->pool);
    return out;
}

int
kith_freeze_compare_known(const void *a, const void *b, void *pool)
{
    const kith_known *x = a, *y = b;

    if (x->root != y->root)
        return kith_freeze_compare_u32(x->root, y->root);
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->value == y->value
               ? 0
               : strcmp(kith_pool_get(pool, x->value), kith_pool_get(pool, y->value));
}

/* All identifiers by root, without repeats. */
GArray *
kith_freeze_gather_identifiers(const kith_freezer *f)
{
    const kith_builder *b = f->b;
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_known));
    guint kept = 0;

    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);
        kith_known one = {.root = f->root[row->mention],
                          .value = row->value,
                          .written = row->written,
                          .kind = row->kind};

        g_array_append_val(out, one);
    }
    if (out->len)
        g_qsort_with_data(out->data, (gint)out->len, sizeof(kith_known), kith_freeze_compare_known,
                          b->pool);
    for (guint i = 0; i < out->len; i++) {
        kith_known *k = KITH_ROW(out, kith_known, i), *last;

        last = kept ? KITH_ROW(out, kith_known, kept - 1) : NULL;
        if (!last || kith_freeze_compare_known(last, k, b->pool) != 0)
            *KITH_ROW(out, kith_known, kept++) = *k;
    }
    g_array_set_size(out, kept);
    return out;
}

/* What a node without a name is called: its label, e-mail, link, phone or id. */
static uint32_t
best_identifier(const kith_known *first, guint n)
{
    static const uint8_t order[] = {KITH_ID_LABEL, KITH_ID_EMAIL,  KITH_ID_LOCAL, KITH_ID_URL,
                                    KITH_ID_PHONE, KITH_ID_NATIVE, KITH_ID_DOMAIN};

    for (size_t k = 0; k < G_N_ELEMENTS(order); k++)
        for (guint i = 0; i < n; i++)
            if (first[i].kind == order[k])
                return first[i].written;
    return 0;
}

static uint32_t
joined_identifiers(const kith_freezer *f, const kith_known *first, guint n)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < n; i++)
        if (first[i].kind != KITH_ID_LOCAL)
            g_string_append_printf(all, "%s\n", kith_pool_get(f->b->pool, first[i].value));
    return all->len ? kith_pool_put(f->b->pool, all->str) : 0;
}

static uint32_t
nameless(const kith_freezer *f, uint8_t kind, unsigned flags)
{
    return kith_pool_put(f->b->pool, flags & KITH_FLAG_OWNER ? "me"
                                     : kind == KITH_PERSON   ? "(no name)"
                                                             : "(unnamed)");
}

void
kith_freeze_draft_nodes(kith_freezer *f, const GArray *names, const GArray *known,
                        const uint32_t *flags)
{
    guint n = f->b->mentions->len, at_name = 0, at_known = 0;

    f->draft = g_new0(kith_draft, n + 1);
    for (guint m = 0; m < n; m++) {
        kith_draft *d = &f->draft[f->drafts];
        guint first;

        if (f->root[m] != m)
            continue;
        d->root = m;
        d->kind = KITH_ROW(f->b->mentions, kith_fact_mention, m)->kind;
        while (at_name < names->len && KITH_ROW(names, kith_called, at_name)->root < m)
            at_name++;
        if (at_name < names->len && KITH_ROW(names, kith_called, at_name)->root == m)
            d->label = KITH_ROW(names, kith_called, at_name)->text;
        while (at_known < known->len && KITH_ROW(known, kith_known, at_known)->root < m)
            at_known++;
        for (first = at_known;
             at_known < known->len && KITH_ROW(known, kith_known, at_known)->root == m;)
            at_known++;
        if (at_known > first) {
            const kith_known *k = KITH_ROW(known, kith_known, first);

            if (!d->label)
                d->label = best_identifier(k, at_known - first);
            d->key = joined_identifiers(f, k, at_known - first);
        }
        if (!d->label)
            d->label = nameless(f, d->kind, flags[m]);
        f->drafts++;
    }
}

static int
compare_drafts(const void *a, const void *b, void *data)
{
    const kith_draft *x = a, *y = b;
    const kith_freezer *f = data;
    const kith_pool *pool = f->b->pool;
    const kith_fact_mention *m, *n;
    int order;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->label != y->label) {
        order =
            kith_text_natural_compare(kith_pool_get(pool, x->label), kith_pool_get(pool, y->label));
        if (order)
            return order;
    }
    if ((order = kith_freeze_compare_text(pool, x->key, y->key)))
        return order;
    m = KITH_ROW(f->b->mentions, kith_fact_mention, x->root);
    n = KITH_ROW(f->b->mentions, kith_fact_mention, y->root);
    order =
        kith_freeze_compare_text(pool, KITH_ROW(f->b->sources, kith_fact_source, m->source)->file,
                                 KITH_ROW(f->b->sources, kith_fact_source, n->source)->file);
    if (order)
        return order;
    return m->line != n->line ? kith_freeze_compare_u32(m->line, n->line)
                              : kith_freeze_compare_u32(x->root, y->root);
}

/* Ids are the labels' slugs; namesakes are numbered in node order. */
void
kith_freeze_name_ids(kith_freezer *f)
{
    kith_graph *g = f->g;
    g_autoptr(GHashTable) used = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (int64_t i = 0; i < g->nodes; i++) {
        g_autofree char *slug = kith_text_slug(kith_pool_get(g->pool, g->label[i]));
        uint32_t id = kith_pool_put(g->pool, slug);
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(used, GUINT_TO_POINTER(id)));
        uint32_t base = id;

        while (g_hash_table_contains(used, GUINT_TO_POINTER(id))) {
            g_autofree char *numbered = g_strdup_printf("%s-%u", slug, ++n + 1);

            id = kith_pool_put(g->pool, numbered);
        }
        g_hash_table_insert(used, GUINT_TO_POINTER(base), GUINT_TO_POINTER(n));
        if (id != base)
            g_hash_table_insert(used, GUINT_TO_POINTER(id), GUINT_TO_POINTER(0));
        g->id[i] = id;
    }
}

void
kith_freeze_place_nodes(kith_freezer *f, const uint32_t *flags)
{
    kith_graph *g = f->g;

    g_qsort_with_data(f->draft, (gint)f->drafts, sizeof *f->draft, compare_drafts, f);
    g->nodes = f->drafts;
    g->root = g_new0(uint32_t, g->nodes + 1);
    g->label = g_new0(uint32_t, g->nodes + 1);
    g->id = g_new0(uint32_t, g->nodes + 1);
    g->flags = g_new0(uint32_t, g->nodes + 1);
    g->kind = g_new0(uint8_t, g->nodes + 1);
    g->event_time = g_new0(kith_time, g->nodes + 1);
    g->owner = -1;
    for (int64_t i = 0; i < g->nodes; i++) {
        const kith_draft *d = &f->draft[i];

        f->node_of[d->root] = (uint32_t)i;
        g->root[i] = d->root;
        g->label[i] = d->label;
        g->kind[i] = d->kind;
        g->flags[i] = flags[d->root];
        g->event_time[i] = KITH_TIME_NONE;
        g->kind_first[d->kind + 1] = i + 1;
        if (g->flags[i] & KITH_FLAG_OWNER)
            g->owner = i;
    }
    for (int k = 1; k <= KITH_NODE_KINDS; k++)
        g->kind_first[k] = MAX(g->kind_first[k], g->kind_first[k - 1]);
    for (guint i = 0; i < f->b->moments->len; i++) {
        const kith_fact_moment *row = KITH_ROW(f->b->moments, kith_fact_moment, i);
        kith_time *when = &g->event_time[kith_freeze_node_of(f, row->mention)];

        if (*when == KITH_TIME_NONE || row->when < *when)
            *when = row->when;
    }
}
