/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settle.c - groups against vetoes. */
#include "model/settle.h"
#include "base/name.h"
#include "model/decisions.h"
#include <stdlib.h>
#include <string.h>

#define LINKEDIN "linkedin.com/in/"

struct member {
    uint32_t group, mention;
};

/* A value of which a person has one in its space. */
struct unique {
    uint32_t mention, space, value;
};

struct pair {
    uint32_t a, b;
};

/* A unique value seen from the set it would end up in. */
struct held {
    uint32_t whole, space, value, set;
};

/* How much of a group is joined. */
enum { ALL, ALIKE, INNOCENT };

struct round {
    kith_settling *s;
    uint32_t *whole;  /* the sets as they would be */
    uint8_t *bad;     /* by root of `whole`: a veto falls inside */
    uint8_t *carrier; /* by root of a set: it has contradicted another */
    uint8_t *level;   /* by group */
    bool any;
};

uint32_t
kith_set_root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

void
kith_set_join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = kith_set_root(parent, a);
    b = kith_set_root(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/* Address books number their cards, not people: one person has another vCard UID in every phone. */
char *
kith_unique_space(kith_identifier_kind kind, const char *value)
{
    const char *colon = strchr(value, ':');

    if (kind == KITH_ID_URL)
        return g_str_has_prefix(value, LINKEDIN) ? g_strdup(LINKEDIN) : NULL;
    if (kind != KITH_ID_NATIVE || !colon || g_str_has_prefix(value, "vcard:"))
        return NULL;
    return g_strndup(value, (gsize)(colon - value));
}

static void
read_unique(kith_settling *s)
{
    const kith_builder *b = s->b;

    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);
        struct unique one = {.mention = row->mention, .value = row->value};
        g_autofree char *space = NULL;

        if ((row->kind != KITH_ID_URL && row->kind != KITH_ID_NATIVE) ||
            KITH_ROW(b->mentions, kith_fact_mention, row->mention)->kind != KITH_PERSON)
            continue;
        space = kith_unique_space(row->kind, kith_pool_get(b->pool, row->value));
        if (!space)
            continue;
        one.space = kith_pool_put(b->pool, space);
        g_array_append_val(s->unique, one);
    }
}

static void
read_apart(kith_settling *s)
{
    g_autoptr(GArray) last = kith_decisions_in_force(s->b);

    for (guint i = 0; i < last->len; i++) {
        const kith_fact_decision *d = KITH_ROW(last, kith_fact_decision, i);
        struct pair pair = {d->a, d->b};

        if (d->kind != KITH_DECIDED_MERGE)
            g_array_append_val(s->apart, pair);
    }
}

void
kith_settling_init(kith_settling *s, const kith_builder *b, uint32_t *parent, const uint32_t *name)
{
    guint n = b->mentions->len;

    *s = (kith_settling){.b = b, .parent = parent, .name = name};
    s->members = g_array_new(FALSE, FALSE, sizeof(struct member));
    s->unique = g_array_new(FALSE, FALSE, sizeof(struct unique));
    s->apart = g_array_new(FALSE, FALSE, sizeof(struct pair));
    s->link = g_new(uint32_t, n + 1);
    for (guint i = 0; i < n; i++)
        s->link[i] = parent[i] = i;
    read_unique(s);
    read_apart(s);
}

void
kith_settling_clear(kith_settling *s)
{
    g_array_unref(s->members);
    g_array_unref(s->unique);
    g_array_unref(s->apart);
    g_free(s->link);
}

void
kith_settling_group(kith_settling *s)
{
    s->groups++;
}

void
kith_settling_add(kith_settling *s, uint32_t mention)
{
    struct member member = {s->groups - 1, mention};

    g_array_append_val(s->members, member);
}

/* Joins those of a group that have the same name words; somebody without a name stays alone. */
static void
unite_alike(const struct round *r, uint32_t *parent, const struct member *group, size_t n)
{
    kith_settling *s = r->s;
    g_autoptr(GHashTable) first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (size_t i = 0; i < n; i++) {
        uint32_t mention = group[i].mention;
        const char *name = kith_pool_get(s->b->pool, s->name[mention]);
        char *words;
        gpointer found;

        if (!name || (r->level[group->group] == INNOCENT && r->carrier &&
                      r->carrier[kith_set_root(s->parent, mention)]))
            continue;
        words = kith_name_words(name);
        if (!*words) {
            g_free(words);
            continue;
        }
        found = g_hash_table_lookup(first, words);
        if (found)
            kith_set_join(parent, GPOINTER_TO_UINT(found) - 1, mention);
        g_hash_table_insert(first, words, GUINT_TO_POINTER(mention + 1));
    }
}

/* Joins every group as far as its level allows. */
static void
unite(const struct round *r, uint32_t *parent)
{
    const GArray *members = r->s->members;
    const struct member *m = (const struct member *)(const void *)members->data;

    for (guint i = 0, j; i < members->len; i = j) {
        for (j = i + 1; j < members->len && m[j].group == m[i].group; j++)
            if (r->level[m[i].group] == ALL)
                kith_set_join(parent, m[i].mention, m[j].mention);
        if (r->level[m[i].group] != ALL)
            unite_alike(r, parent, m + i, j - i);
    }
}

static int
compare_held(const void *a, const void *b)
{
    const struct held *x = a, *y = b;

    if (x->whole != y->whole)
        return x->whole < y->whole ? -1 : 1;
    if (x->space != y->space)
        return x->space < y->space ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->set < y->set ? -1 : x->set > y->set;
}

/* One space within one future set: its sets agree when shared values hold them all together. */
static void
judge_space(struct round *r, const struct held *h, size_t n)
{
    uint32_t *link = r->s->link;
    bool together = true;

    for (size_t i = 1; i < n; i++)
        if (h[i].value == h[i - 1].value)
            kith_set_join(link, h[i].set, h[i - 1].set);
    for (size_t i = 1; i < n; i++)
        together = together && kith_set_root(link, h[i].set) == kith_set_root(link, h[0].set);
    for (size_t i = 0; i < n; i++) {
        link[h[i].set] = h[i].set;
        if (!together)
            r->carrier[h[i].set] = 1;
    }
    if (!together)
        r->bad[h[0].whole] = r->any = true;
}

static void
judge_unique(struct round *r)
{
    kith_settling *s = r->s;
    guint n = s->unique->len;
    g_autofree struct held *h = g_new(struct held, n + 1);

    for (guint i = 0; i < n; i++) {
        const struct unique *u = KITH_ROW(s->unique, struct unique, i);

        h[i] = (struct held){kith_set_root(r->whole, u->mention), u->space, u->value,
                             kith_set_root(s->parent, u->mention)};
    }
    qsort(h, n, sizeof *h, compare_held);
    for (guint i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && h[j].whole == h[i].whole && h[j].space == h[i].space; j++)
            ;
        if (h[i].set != h[j - 1].set || h[i].value != h[j - 1].value)
            judge_space(r, h + i, j - i);
    }
}

static void
judge_apart(struct round *r)
{
    kith_settling *s = r->s;

    for (guint i = 0; i < s->apart->len; i++) {
        const struct pair *pair = KITH_ROW(s->apart, struct pair, i);
        uint32_t a = kith_set_root(s->parent, pair->a), b = kith_set_root(s->parent, pair->b);
        uint32_t whole = kith_set_root(r->whole, pair->a);

        if (a == b || whole != kith_set_root(r->whole, pair->b))
            continue;
        r->carrier[a] = r->carrier[b] = 1;
        r->bad[whole] = r->any = true;
    }
}

/* Groups with a part in a set that must not be join less next time. */
static void
tighten(struct round *r)
{
    const GArray *members = r->s->members;
    g_autofree uint8_t *hit = g_new0(uint8_t, r->s->groups + 1);

    for (guint i = 0; i < members->len; i++) {
        const struct member *m = KITH_ROW(members, struct member, i);

        hit[m->group] |= r->bad[kith_set_root(r->whole, m->mention)];
    }
    for (uint32_t g = 0; g < r->s->groups; g++)
        if (hit[g] && r->level[g] < INNOCENT)
            r->level[g]++;
}

/* Carriers only grow, and a carrier in a group of the last level joins nobody: so this ends. */
static void
settle_groups(struct round *r)
{
    kith_settling *s = r->s;
    size_t n = s->b->mentions->len;

    do {
        r->any = false;
        memcpy(r->whole, s->parent, n * sizeof *r->whole);
        memset(r->bad, 0, n);
        unite(r, r->whole);
        judge_unique(r);
        judge_apart(r);
        if (r->any)
            tighten(r);
    } while (r->any);
    memcpy(s->parent, r->whole, n * sizeof *r->whole);
}

void
kith_settle(kith_settling *s)
{
    guint n = s->b->mentions->len;
    g_autofree uint8_t *level = g_new0(uint8_t, s->groups + 1);
    struct round r = {.s = s, .level = level};

    if (s->unique->len == 0 && s->apart->len == 0) {
        unite(&r, s->parent);
    } else {
        g_autofree uint32_t *whole = g_new(uint32_t, n + 1);
        g_autofree uint8_t *bad = g_new0(uint8_t, n + 1), *carrier = g_new0(uint8_t, n + 1);

        r.whole = whole;
        r.bad = bad;
        r.carrier = carrier;
        settle_groups(&r);
    }
    g_array_set_size(s->members, 0);
    s->groups = 0;
}
