/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * freeze.c - facts become a graph.
 *
 * Mentions are gathered into nodes, nodes get the name most of their records use, then everything
 * is put in an order that depends on what was said and never on who said it first: nodes by kind,
 * name and identifiers, ties by kind, ends and time. Splitting a file in two or shuffling its rows
 * gives the same graph.
 */
#include "base/base.h"
#include "base/text.h"
#include "model/decisions.h"
#include "model/graph.h"
#include "model/identity.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A node on its way: what orders it. */
struct draft {
    uint32_t root; /* smallest mention */
    uint32_t label;
    uint32_t key; /* its identifiers, joined: orders namesakes */
    uint8_t kind;
};

struct freezer {
    const kith_builder *b;
    kith_graph *g;
    uint32_t *root;    /* mention -> root mention */
    uint32_t *node_of; /* root mention -> node */
    struct draft *draft;
    uint32_t drafts;
};

static uint32_t
node_of(const struct freezer *f, uint32_t mention)
{
    return f->node_of[f->root[mention]];
}

/* One name a node was given, and how often. */
struct called {
    uint32_t root, text;
    uint32_t given, family;
    uint32_t times;
};

static int
compare_u32(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int
compare_called(const void *a, const void *b)
{
    const struct called *x = a, *y = b;

    return x->root != y->root ? compare_u32(x->root, y->root) : compare_u32(x->text, y->text);
}

/* Most used first, then the longest, then by bytes: never by who came first. */
static int
compare_popular(const void *a, const void *b, void *pool)
{
    const struct called *x = a, *y = b;
    const char *s, *t;
    size_t m, n;

    if (x->root != y->root)
        return compare_u32(x->root, y->root);
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    s = kith_pool_get(pool, x->text);
    t = kith_pool_get(pool, y->text);
    m = strlen(s);
    n = strlen(t);
    return m != n ? (m > n ? -1 : 1) : strcmp(s, t);
}

/* All names by root, the shown one first. */
static GArray *
gather_names(const struct freezer *f)
{
    const kith_builder *b = f->b;
    g_autofree struct called *all = g_new0(struct called, b->names->len + 1);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct called));

    for (guint i = 0; i < b->names->len; i++) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);

        all[i] = (struct called){.root = f->root[row->mention],
                                 .text = row->text,
                                 .given = row->given,
                                 .family = row->family,
                                 .times = 1};
    }
    qsort(all, b->names->len, sizeof *all, compare_called);
    for (guint i = 0; i < b->names->len; i++) {
        struct called *last = out->len ? KITH_ROW(out, struct called, out->len - 1) : NULL;

        if (last && last->root == all[i].root && last->text == all[i].text)
            last->times++;
        else
            g_array_append_val(out, all[i]);
    }
    if (out->len)
        g_qsort_with_data(out->data, (gint)out->len, sizeof(struct called), compare_popular,
                          b->pool);
    return out;
}

struct known {
    uint32_t root, value, written;
    uint8_t kind;
};

static int
compare_known(const void *a, const void *b, void *pool)
{
    const struct known *x = a, *y = b;

    if (x->root != y->root)
        return compare_u32(x->root, y->root);
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->value == y->value
               ? 0
               : strcmp(kith_pool_get(pool, x->value), kith_pool_get(pool, y->value));
}

/* All identifiers by root, without repeats. */
static GArray *
gather_identifiers(const struct freezer *f)
{
    const kith_builder *b = f->b;
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct known));
    guint kept = 0;

    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);
        struct known one = {.root = f->root[row->mention],
                            .value = row->value,
                            .written = row->written,
                            .kind = row->kind};

        g_array_append_val(out, one);
    }
    if (out->len)
        g_qsort_with_data(out->data, (gint)out->len, sizeof(struct known), compare_known, b->pool);
    for (guint i = 0; i < out->len; i++) {
        struct known *k = KITH_ROW(out, struct known, i), *last;

        last = kept ? KITH_ROW(out, struct known, kept - 1) : NULL;
        if (!last || compare_known(last, k, b->pool) != 0)
            *KITH_ROW(out, struct known, kept++) = *k;
    }
    g_array_set_size(out, kept);
    return out;
}

/* What a node without a name is called: its label, e-mail, link, phone or id. */
static uint32_t
best_identifier(const struct known *first, guint n)
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
joined_identifiers(const struct freezer *f, const struct known *first, guint n)
{
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < n; i++)
        if (first[i].kind != KITH_ID_LOCAL)
            g_string_append_printf(all, "%s\n", kith_pool_get(f->b->pool, first[i].value));
    return all->len ? kith_pool_put(f->b->pool, all->str) : 0;
}

static uint32_t
nameless(const struct freezer *f, uint8_t kind, unsigned flags)
{
    return kith_pool_put(f->b->pool, flags & KITH_FLAG_OWNER ? "me"
                                     : kind == KITH_PERSON   ? "(no name)"
                                                             : "(unnamed)");
}

static void
draft_nodes(struct freezer *f, const GArray *names, const GArray *known, const uint32_t *flags)
{
    guint n = f->b->mentions->len, at_name = 0, at_known = 0;

    f->draft = g_new0(struct draft, n + 1);
    for (guint m = 0; m < n; m++) {
        struct draft *d = &f->draft[f->drafts];
        guint first;

        if (f->root[m] != m)
            continue;
        d->root = m;
        d->kind = KITH_ROW(f->b->mentions, kith_fact_mention, m)->kind;
        while (at_name < names->len && KITH_ROW(names, struct called, at_name)->root < m)
            at_name++;
        if (at_name < names->len && KITH_ROW(names, struct called, at_name)->root == m)
            d->label = KITH_ROW(names, struct called, at_name)->text;
        while (at_known < known->len && KITH_ROW(known, struct known, at_known)->root < m)
            at_known++;
        for (first = at_known;
             at_known < known->len && KITH_ROW(known, struct known, at_known)->root == m;)
            at_known++;
        if (at_known > first) {
            const struct known *k = KITH_ROW(known, struct known, first);

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
compare_text(const kith_pool *pool, uint32_t a, uint32_t b)
{
    const char *s = kith_pool_get(pool, a), *t = kith_pool_get(pool, b);

    return a == b ? 0 : strcmp(s ? s : "", t ? t : "");
}

static int
compare_drafts(const void *a, const void *b, void *data)
{
    const struct draft *x = a, *y = b;
    const struct freezer *f = data;
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
    if ((order = compare_text(pool, x->key, y->key)))
        return order;
    m = KITH_ROW(f->b->mentions, kith_fact_mention, x->root);
    n = KITH_ROW(f->b->mentions, kith_fact_mention, y->root);
    order = compare_text(pool, KITH_ROW(f->b->sources, kith_fact_source, m->source)->file,
                         KITH_ROW(f->b->sources, kith_fact_source, n->source)->file);
    if (order)
        return order;
    return m->line != n->line ? compare_u32(m->line, n->line) : compare_u32(x->root, y->root);
}

/* Ids are the labels' slugs; namesakes are numbered in node order. */
static void
name_ids(struct freezer *f)
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

static void
place_nodes(struct freezer *f, const uint32_t *flags)
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
        const struct draft *d = &f->draft[i];

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
        kith_time *when = &g->event_time[node_of(f, row->mention)];

        if (*when == KITH_TIME_NONE || row->when < *when)
            *when = row->when;
    }
}

/* Rows were gathered by root; they now go under their node, in the order they were in. */
static int64_t *
first_rows(const struct freezer *f, const GArray *rows, size_t size)
{
    int64_t *first = g_new0(int64_t, f->g->nodes + 2);

    for (guint i = 0; i < rows->len; i++)
        first[*(const uint32_t *)(const void *)(rows->data + i * size) + 1]++;
    for (int64_t i = 0; i < f->g->nodes; i++)
        first[i + 1] += first[i];
    return first;
}

static int
compare_owner_names(const void *a, const void *b)
{
    const struct called *x = a, *y = b; /* root is the node by now, times the old place */

    return x->root != y->root ? compare_u32(x->root, y->root) : compare_u32(x->times, y->times);
}

static void
place_names(struct freezer *f, GArray *names)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_name));

    for (guint i = 0; i < names->len; i++) {
        struct called *c = KITH_ROW(names, struct called, i);

        c->root = f->node_of[c->root];
        c->times = i;
    }
    if (names->len)
        qsort(names->data, names->len, sizeof(struct called), compare_owner_names);
    for (guint i = 0; i < names->len; i++) {
        const struct called *c = KITH_ROW(names, struct called, i);
        kith_fact_name row = {c->root, c->text, c->given, c->family};

        g_array_append_val(out, row);
    }
    f->g->names = out;
    f->g->name_first = first_rows(f, out, sizeof(kith_fact_name));
}

static void
place_identifiers(struct freezer *f, GArray *known)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_identifier));

    for (guint i = 0; i < known->len; i++)
        KITH_ROW(known, struct known, i)->root = f->node_of[KITH_ROW(known, struct known, i)->root];
    if (known->len)
        g_qsort_with_data(known->data, (gint)known->len, sizeof(struct known), compare_known,
                          f->b->pool);
    for (guint i = 0; i < known->len; i++) {
        const struct known *k = KITH_ROW(known, struct known, i);
        kith_fact_identifier row = {k->root, k->value, k->written, k->kind};

        g_array_append_val(out, row);
    }
    f->g->identifiers = out;
    f->g->identifier_first = first_rows(f, out, sizeof(kith_fact_identifier));
}

static int
compare_attributes(const void *a, const void *b, void *pool)
{
    const kith_fact_attribute *x = a, *y = b;
    int order;

    if (x->owner != y->owner)
        return compare_u32(x->owner, y->owner);
    order = compare_text(pool, x->key, y->key);
    return order ? order : compare_text(pool, x->value, y->value);
}

/* Sorts attributes by owner, key and value and drops repeats. */
static GArray *
tidy_attributes(GArray *rows, kith_pool *pool)
{
    guint kept = 0;

    if (rows->len)
        g_qsort_with_data(rows->data, (gint)rows->len, sizeof(kith_fact_attribute),
                          compare_attributes, pool);
    for (guint i = 0; i < rows->len; i++) {
        kith_fact_attribute *row = KITH_ROW(rows, kith_fact_attribute, i), *last;

        last = kept ? KITH_ROW(rows, kith_fact_attribute, kept - 1) : NULL;
        if (!last || memcmp(last, row, sizeof *row) != 0)
            *KITH_ROW(rows, kith_fact_attribute, kept++) = *row;
    }
    g_array_set_size(rows, kept);
    return rows;
}

static void
place_attributes(struct freezer *f)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));

    for (guint i = 0; i < f->b->attributes->len; i++) {
        kith_fact_attribute row = *KITH_ROW(f->b->attributes, kith_fact_attribute, i);

        row.owner = node_of(f, row.owner);
        g_array_append_val(out, row);
    }
    f->g->attributes = tidy_attributes(out, f->b->pool);
    f->g->attribute_first = first_rows(f, out, sizeof(kith_fact_attribute));
}

/* Plain graph files stop at their last dated tie; books and contact files are read today. */
static kith_time
decide_as_of(const kith_builder *b, const kith_build_options *options)
{
    kith_time last = KITH_TIME_NONE;

    if (options->as_of != KITH_TIME_NONE)
        return options->as_of;
    for (guint i = 0; i < b->facts->len; i++) {
        const kith_fact_tie *t = KITH_ROW(b->facts, kith_fact_tie, i);

        if (t->kind != KITH_TIE)
            return options->today;
        last = MAX(last, t->when);
    }
    return last == KITH_TIME_NONE ? options->today
                                  : last - ((last % KITH_DAY) + KITH_DAY) % KITH_DAY;
}

struct placing {
    const struct freezer *f;
    const kith_fact_tie *tie;
};

static int
compare_reals(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return a < b ? -1 : a > b;
}

static int
compare_ties(const void *a, const void *b, void *data)
{
    const struct placing *p = data;
    const kith_fact_tie *x = &p->tie[*(const uint32_t *)a], *y = &p->tie[*(const uint32_t *)b];
    const kith_pool *pool = p->f->b->pool;
    int order;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->from != y->from)
        return compare_u32(x->from, y->from);
    if (x->to != y->to)
        return compare_u32(x->to, y->to);
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if ((order = compare_reals(x->weight, y->weight)) ||
        (order = compare_reals(x->amount, y->amount)) ||
        (order = compare_text(pool, x->status, y->status)) ||
        (order = compare_text(pool, x->detail, y->detail)) ||
        (order = compare_text(pool, x->channel, y->channel)) ||
        (order = compare_text(pool, KITH_ROW(p->f->b->sources, kith_fact_source, x->source)->file,
                              KITH_ROW(p->f->b->sources, kith_fact_source, y->source)->file)))
        return order;
    return x->line != y->line ? compare_u32(x->line, y->line)
                              : compare_u32(*(const uint32_t *)a, *(const uint32_t *)b);
}

/* Maps ends to nodes and leaves out what comes after the as-of day and contacts with oneself. */
static uint32_t
visible_ties(struct freezer *f, kith_fact_tie *all, uint32_t *kept)
{
    kith_graph *g = f->g;
    uint32_t n = 0;

    for (guint i = 0; i < f->b->facts->len; i++) {
        all[i] = *KITH_ROW(f->b->facts, kith_fact_tie, i);
        all[i].from = node_of(f, all[i].from);
        all[i].to = node_of(f, all[i].to);
        if (all[i].when != KITH_TIME_NONE && all[i].when >= g->as_of + KITH_DAY)
            g->hidden++;
        else if (all[i].from == all[i].to && kith_tie_kind_is_mutual(all[i].kind))
            g->looped++;
        else
            kept[n++] = i;
    }
    return n;
}

static void
place_ties(struct freezer *f)
{
    kith_graph *g = f->g;
    guint n = f->b->facts->len;
    g_autofree kith_fact_tie *all = g_new(kith_fact_tie, n + 1);
    g_autofree uint32_t *kept = g_new(uint32_t, n + 1);
    g_autofree uint32_t *place = g_new(uint32_t, n + 1);
    struct placing p = {f, all};

    g->ties = visible_ties(f, all, kept);
    g_qsort_with_data(kept, (gint)g->ties, sizeof *kept, compare_ties, &p);
    g->tie = g_new(kith_fact_tie, g->ties + 1);
    for (guint i = 0; i < n; i++)
        place[i] = UINT32_MAX;
    for (int64_t i = 0; i < g->ties; i++) {
        g->tie[i] = all[kept[i]];
        place[kept[i]] = (uint32_t)i;
        g->tie_first[g->tie[i].kind + 1] = i + 1;
    }
    for (int k = 1; k <= KITH_TIE_KINDS; k++)
        g->tie_first[k] = MAX(g->tie_first[k], g->tie_first[k - 1]);
    g->tie_attributes = g_array_new(FALSE, FALSE, sizeof(kith_fact_attribute));
    for (guint i = 0; i < f->b->fact_attributes->len; i++) {
        kith_fact_attribute row = *KITH_ROW(f->b->fact_attributes, kith_fact_attribute, i);

        row.owner = place[row.owner];
        if (row.owner != UINT32_MAX)
            g_array_append_val(g->tie_attributes, row);
    }
    tidy_attributes(g->tie_attributes, f->b->pool);
    g->tie_origin = g_steal_pointer(&kept);
}

static uint32_t *
gather_flags(const struct freezer *f)
{
    uint32_t *flags = g_new0(uint32_t, f->b->mentions->len + 1);

    for (guint i = 0; i < f->b->mentions->len; i++)
        flags[f->root[i]] |= KITH_ROW(f->b->mentions, kith_fact_mention, i)->flags;
    /* Known by more than an id in one place is known by more than an id. */
    for (guint i = 0; i < f->b->mentions->len; i++)
        if (!(KITH_ROW(f->b->mentions, kith_fact_mention, i)->flags & KITH_FLAG_STUB))
            flags[f->root[i]] &= ~(uint32_t)KITH_FLAG_STUB;
    return flags;
}

/* Kept for what goes back from a node to its records. */
static void
place_mentions(struct freezer *f)
{
    kith_graph *g = f->g;

    g->mentions = f->b->mentions->len;
    g->mention_node = g_new(uint32_t, g->mentions + 1);
    for (int64_t i = 0; i < g->mentions; i++)
        g->mention_node[i] = node_of(f, (uint32_t)i);
}

static int
compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void
place_apart(struct freezer *f)
{
    g_autoptr(GArray) said = kith_decisions_in_force(f->b);

    f->g->apart = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    for (guint i = 0; i < said->len; i++) {
        const kith_fact_decision *d = KITH_ROW(said, kith_fact_decision, i);
        uint64_t a = node_of(f, d->a), b = node_of(f, d->b), key = MIN(a, b) << 32 | MAX(a, b);

        if (d->kind != KITH_DECIDED_MERGE && a != b)
            g_array_append_val(f->g->apart, key);
    }
    if (f->g->apart->len)
        qsort(f->g->apart->data, f->g->apart->len, sizeof(uint64_t), compare_keys);
}

static kith_graph *
freeze(kith_builder *b, const kith_build_options *options, const GArray *owner)
{
    struct freezer f = {.b = b, .g = g_new0(kith_graph, 1)};
    g_autofree uint32_t *root = kith_identity_resolve(b, owner);
    g_autofree uint32_t *node = g_new0(uint32_t, b->mentions->len + 1);
    g_autofree uint32_t *flags = NULL;
    g_autoptr(GArray) names = NULL;
    g_autoptr(GArray) known = NULL;

    f.root = root;
    f.node_of = node;
    flags = gather_flags(&f);
    if (owner && owner->len)
        flags[root[g_array_index(owner, int64_t, 0)]] |= KITH_FLAG_OWNER;
    f.g->pool = kith_pool_ref(b->pool);
    names = gather_names(&f);
    known = gather_identifiers(&f);
    draft_nodes(&f, names, known, flags);
    place_nodes(&f, flags);
    name_ids(&f);
    place_names(&f, names);
    place_identifiers(&f, known);
    place_attributes(&f);
    place_mentions(&f);
    place_apart(&f);
    f.g->as_of = decide_as_of(b, options);
    place_ties(&f);
    f.g->consent_record = kith_certain_consents(b, f.g);
    f.g->sources = g_array_copy(b->sources);
    g_free(f.draft);
    return f.g;
}

/* The owner that the files themselves know. */
static void
add_known_owner(const kith_builder *b, GArray *out)
{
    for (guint i = 0; i < b->mentions->len; i++)
        if (KITH_ROW(b->mentions, kith_fact_mention, i)->flags & KITH_FLAG_OWNER) {
            int64_t mention = i;

            g_array_append_val(out, mention);
            return;
        }
}

kith_status
kith_builder_build(kith_builder *b, const kith_build_options *options, kith_graph **out,
                   kith_error *err)
{
    g_autoptr(kith_graph) graph = freeze(b, options, NULL);

    if (options->owner && *options->owner) {
        g_autoptr(GArray) me = NULL;
        g_autoptr(GArray) mentions = g_array_new(FALSE, FALSE, sizeof(int64_t));

        TRY(kith_graph_find_owner(graph, options->owner, &me, err));
        for (guint i = 0; i < me->len; i++) {
            int64_t mention = graph->root[g_array_index(me, kith_node, i)];

            g_array_append_val(mentions, mention);
        }
        add_known_owner(b, mentions);
        g_clear_pointer(&graph, kith_graph_free);
        graph = freeze(b, options, mentions);
    }
    *out = g_steal_pointer(&graph);
    return KITH_OK;
}
