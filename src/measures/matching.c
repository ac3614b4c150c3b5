/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matching.c - blocks, comparisons, bits. */
#include "measures/matching.h"
#include "base/identifier.h"
#include "base/name.h"
#include "base/similarity.h"
#include "base/text.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_BLOCK 500
#define LEAST_LIKE 0.92 /* Jaro-Winkler from which two names are one misspelt */

/* What is compared of one person, worked out once. */
struct profile {
    kith_node node;
    char *words;          /* name words, sorted; NULL without a name */
    char *plain;          /* words with ue oe ae written u o a */
    char *given, *family; /* folded */
    GPtrArray *locals;    /* local parts of addresses */
    GPtrArray *domains;   /* their domains, free mail left out */
    GPtrArray *phones, *linkedin, *natives, *addresses;
    GArray *firms; /* kith_node */
    const char *title;
};

struct matcher {
    const kith_graph *g;
    GPtrArray *people;
    GHashTable *given, *family, *firm; /* how often */
    double n;
};

static void
profile_free(void *data)
{
    struct profile *p = data;

    g_free(p->words);
    g_free(p->plain);
    g_free(p->given);
    g_free(p->family);
    g_ptr_array_unref(p->locals);
    g_ptr_array_unref(p->domains);
    g_ptr_array_unref(p->phones);
    g_ptr_array_unref(p->linkedin);
    g_ptr_array_unref(p->natives);
    g_ptr_array_unref(p->addresses);
    g_array_unref(p->firms);
    g_free(p);
}

static void
count(GHashTable *table, const char *key)
{
    guint n;

    if (!key || !*key)
        return;
    n = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
    g_hash_table_insert(table, g_strdup(key), GUINT_TO_POINTER(n + 1));
}

static double
share(const struct matcher *m, GHashTable *table, const char *key)
{
    guint n = key ? GPOINTER_TO_UINT(g_hash_table_lookup(table, key)) : 0;

    return MAX(n, 1) / m->n;
}

/* "muller" for "mueller": how German and Danish names are typed without their letters. */
static char *
without_digraphs(const char *words)
{
    GString *out = g_string_new(NULL);

    for (const char *c = words; *c; c++) {
        g_string_append_c(out, *c);
        if (strchr("uoa", *c) && c[1] == 'e')
            c++;
    }
    return g_string_free(out, FALSE);
}

static void
take_name(struct profile *p, const char *name)
{
    g_autofree char *given = NULL;
    g_autofree char *family = NULL;

    if (!name)
        return;
    p->words = kith_name_words(name);
    p->plain = without_digraphs(p->words);
    kith_name_split(name, &given, &family);
    p->given = kith_name_words(given ? given : "");
    p->family = kith_text_fold(family ? family : "");
}

static void
take_address(struct profile *p, const char *address)
{
    const char *at = strchr(address, '@');

    g_ptr_array_add(p->addresses, g_strdup(address));
    if (!at)
        return;
    g_ptr_array_add(p->locals, g_strndup(address, (gsize)(at - address)));
    if (!kith_email_domain_is_free(at + 1))
        g_ptr_array_add(p->domains, g_strdup(at + 1));
}

static void
take_identifiers(struct profile *p, const kith_graph *g)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, p->node, i, &kind, &value); i++) {
        if (kind == KITH_ID_EMAIL)
            take_address(p, value);
        else if (kind == KITH_ID_PHONE)
            g_ptr_array_add(p->phones, g_strdup(value));
        else if (kind == KITH_ID_URL && g_str_has_prefix(value, "linkedin.com/in/"))
            g_ptr_array_add(p->linkedin, g_strdup(value));
        else if (kind == KITH_ID_NATIVE)
            g_ptr_array_add(p->natives, g_strdup(value));
    }
}

static struct profile *
profile_new(const kith_graph *g, kith_node node)
{
    struct profile *p = g_new0(struct profile, 1);

    p->node = node;
    p->locals = g_ptr_array_new_with_free_func(g_free);
    p->domains = g_ptr_array_new_with_free_func(g_free);
    p->phones = g_ptr_array_new_with_free_func(g_free);
    p->linkedin = g_ptr_array_new_with_free_func(g_free);
    p->natives = g_ptr_array_new_with_free_func(g_free);
    p->addresses = g_ptr_array_new_with_free_func(g_free);
    p->firms = g_array_new(FALSE, FALSE, sizeof(kith_node));
    p->title = kith_graph_attribute(g, node, "title");
    take_name(p, kith_graph_name_at(g, node, 0));
    take_identifiers(p, g);
    return p;
}

static void
gather(struct matcher *m)
{
    int64_t first, n;
    g_autofree struct profile **of = g_new0(struct profile *, kith_graph_nodes(m->g) + 1);

    for (kith_node i = 0; i < kith_graph_nodes(m->g); i++)
        if (kith_graph_kind(m->g, i) == KITH_PERSON) {
            of[i] = profile_new(m->g, i);
            g_ptr_array_add(m->people, of[i]);
            count(m->given, of[i]->given);
            count(m->family, of[i]->family);
        }
    kith_graph_tie_range(m->g, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_tie t;

        kith_graph_tie(m->g, i, &t);
        if (of[t.from]) {
            g_array_append_val(of[t.from]->firms, t.to);
            count(m->firm, kith_graph_id(m->g, t.to));
        }
    }
    m->n = MAX(m->people->len, 2);
}

static const char *
shared(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < a->len; i++)
        for (guint j = 0; j < b->len; j++)
            if (strcmp(a->pdata[i], b->pdata[j]) == 0)
                return a->pdata[i];
    return NULL;
}

/* "namespace:value": two values under one namespace are two people. */
static bool
native_conflict(const struct profile *a, const struct profile *b)
{
    for (guint i = 0; i < a->natives->len; i++)
        for (guint j = 0; j < b->natives->len; j++) {
            const char *x = a->natives->pdata[i], *y = b->natives->pdata[j];
            size_t space = strcspn(x, ":");

            if (space == strcspn(y, ":") && strncmp(x, y, space) == 0 && strcmp(x, y) != 0)
                return true;
        }
    return false;
}

static bool
vetoed(const struct profile *a, const struct profile *b)
{
    if (a->linkedin->len && b->linkedin->len && !shared(a->linkedin, b->linkedin))
        return true;
    return native_conflict(a, b);
}

struct tally {
    double bits;
    GString *reason;
};

static void
add(struct tally *t, double bits, const char *reason)
{
    t->bits += bits;
    if (reason && bits > 0)
        g_string_append_printf(t->reason, "%s%s", t->reason->len ? "; " : "", reason);
}

/* One word of a name that is the other's initial: "Zoë H." for Zoë Hartnell. */
static bool
abbreviated(const struct profile *a, const struct profile *b)
{
    const char *x = a->family, *y = b->family;
    size_t m = strcspn(x, "."), n = strcspn(y, ".");

    return m && n && (m == 1 || n == 1) && *x == *y && strcmp(a->given, b->given) == 0;
}

static void
compare_names(const struct matcher *m, const struct profile *a, const struct profile *b,
              struct tally *t)
{
    double rare = -log2(share(m, m->given, a->given) * share(m, m->family, a->family));
    double rare_b = -log2(share(m, m->given, b->given) * share(m, m->family, b->family));
    double bits = MIN(rare, rare_b);
    const char *x, *y;

    if (!a->words || !b->words)
        return;
    x = kith_graph_name_at(m->g, a->node, 0);
    y = kith_graph_name_at(m->g, b->node, 0);
    if (strcmp(a->words, b->words) == 0)
        add(t, MIN(bits, 14), "same name");
    else if (strcmp(a->plain, b->plain) == 0)
        add(t, MIN(bits, 14) - 0.5, "same name in other letters");
    else if (!kith_name_given_agree(x, y))
        add(t, -8, NULL);
    else if (*a->family && strcmp(a->family, b->family) == 0)
        add(t, MIN(bits, 14) - 2, "same family name, given names agree");
    else if (abbreviated(a, b))
        add(t, -log2(share(m, m->given, a->given)) + 2, "same given name and initial");
    else if (kith_jaro_winkler(a->plain, b->plain) >= LEAST_LIKE)
        add(t, 6, "nearly the same name");
    else if (*a->given && strcmp(a->given, b->given) == 0)
        add(t, 1, "same given name");
    else
        add(t, -6, NULL);
}

static void
compare_firms(const struct matcher *m, const struct profile *a, const struct profile *b,
              struct tally *t)
{
    bool alike = false;

    for (guint i = 0; i < a->firms->len; i++)
        for (guint j = 0; j < b->firms->len; j++) {
            kith_node x = g_array_index(a->firms, kith_node, i),
                      y = g_array_index(b->firms, kith_node, j);
            g_autofree char *p = kith_org_key(kith_graph_label(m->g, x));
            g_autofree char *q = kith_org_key(kith_graph_label(m->g, y));

            if (x == y) {
                add(t, -log2(MIN(share(m, m->firm, kith_graph_id(m->g, x)), 1)) * 0.8, "same firm");
                return;
            }
            alike = alike || g_str_has_prefix(p, q) || g_str_has_prefix(q, p) ||
                    kith_jaro_winkler(p, q) >= LEAST_LIKE;
        }
    if (alike)
        add(t, 2.5, "firms of nearly the same name");
    else if (a->firms->len && b->firms->len)
        add(t, -1.5, NULL);
}

static void
compare_contacts(const struct profile *a, const struct profile *b, struct tally *t)
{
    if (shared(a->addresses, b->addresses))
        add(t, 6, "same address");
    else if (shared(a->locals, b->locals))
        add(t, 5, "same words before the @");
    if (shared(a->phones, b->phones))
        add(t, 7, "same phone");
    if (shared(a->domains, b->domains))
        add(t, 3, "same firm's address");
    if (a->title && b->title && g_ascii_strcasecmp(a->title, b->title) == 0)
        add(t, 1, "same title");
}

static void
judge(const struct matcher *m, const struct profile *a, const struct profile *b, double least,
      GArray *out)
{
    struct tally t = {0, NULL};
    kith_candidate c = {.a = MIN(a->node, b->node), .b = MAX(a->node, b->node)};

    if (vetoed(a, b) || kith_graph_told_apart(m->g, a->node, b->node))
        return;
    t.reason = g_string_new(NULL);
    compare_names(m, a, b, &t);
    compare_contacts(a, b, &t);
    compare_firms(m, a, b, &t);
    c.score = 1 / (1 + exp2(log2(m->n) - t.bits));
    c.reason = g_string_free(t.reason, FALSE);
    c.rule = "name";
    if (c.score >= least)
        g_array_append_val(out, c);
    else
        g_free(c.reason);
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

static void
enter_person(const struct matcher *m, GArray *entries, GStringChunk *keys, guint i)
{
    const struct profile *p = m->people->pdata[i];
    char initial[8] = "";

    if (p->given && *p->given)
        g_utf8_strncpy(initial, p->given, 1);
    enter(entries, keys, i, "family", p->family, initial);
    enter(entries, keys, i, "words", p->plain, "");
    if (p->family && *p->family) {
        char first[8];

        g_utf8_strncpy(first, p->family, 1);
        enter(entries, keys, i, "short", p->given, first);
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
block_pairs(const struct matcher *m)
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
candidate_clear(void *data)
{
    g_free(((kith_candidate *)data)->reason);
}

GArray *
kith_matching_candidates(const kith_graph *graph, double least)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_candidate));
    struct matcher m = {.g = graph};
    g_autoptr(GArray) pairs = NULL;

    g_array_set_clear_func(out, candidate_clear);
    m.people = g_ptr_array_new_with_free_func(profile_free);
    m.given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    m.family = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    m.firm = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gather(&m);
    pairs = block_pairs(&m);
    for (guint i = 0; i < pairs->len; i++) {
        uint64_t pair = g_array_index(pairs, uint64_t, i);

        if (i == 0 || pair != g_array_index(pairs, uint64_t, i - 1))
            judge(&m, m.people->pdata[pair >> 32], m.people->pdata[(uint32_t)pair], least, out);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(kith_candidate), compare_candidates);
    g_hash_table_unref(m.given);
    g_hash_table_unref(m.family);
    g_hash_table_unref(m.firm);
    g_ptr_array_unref(m.people);
    return out;
}
