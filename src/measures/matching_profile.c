/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matching_profile.c - people taken apart for comparing, and how often each thing occurs. */
#include "base/identifier.h"
#include "base/name.h"
#include "base/similarity.h"
#include "base/text.h"
#include "measures/matching_private.h"
#include "model/settle.h"
#include <stdlib.h>
#include <string.h>

/* A handful of records says little about how common a name is out there. */
#define SMALLEST_CIRCLE 50

#define LEAST_LIKE 0.92

static void
called_free(void *data)
{
    kith_called *c = data;

    g_free(c->words);
    g_free(c->plain);
    g_strfreev(c->each);
    g_free(c->given);
    g_free(c->family);
    g_free(c->own);
    g_free(c);
}

static void
profile_free(void *data)
{
    kith_profile *p = data;

    g_ptr_array_unref(p->called);
    g_ptr_array_unref(p->addresses);
    g_ptr_array_unref(p->locals);
    g_ptr_array_unref(p->domains);
    g_ptr_array_unref(p->phones);
    g_ptr_array_unref(p->spaces);
    g_ptr_array_unref(p->values);
    g_ptr_array_unref(p->firm_keys);
    g_array_unref(p->firms);
    g_array_unref(p->events);
    g_free(p);
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

static bool
has_latin(const char *name)
{
    for (; *name; name = g_utf8_next_char(name))
        if (g_unichar_get_script(g_utf8_get_char(name)) == G_UNICODE_SCRIPT_LATIN)
            return true;
    return false;
}

static void
take_name(kith_profile *p, const char *name, char *own)
{
    kith_called *c = g_new0(kith_called, 1);
    g_autofree char *given = NULL, *family = NULL;

    c->full = name;
    c->own = own;
    c->spelled = own != NULL;
    c->latin = has_latin(name);
    c->words = kith_name_words(name);
    c->plain = without_digraphs(c->words);
    c->each = g_strsplit(c->words, " ", -1);
    kith_name_split(name, &given, &family);
    c->given = kith_name_words(given ? given : "");
    c->family = kith_text_fold(family ? family : "");
    if (*c->words)
        g_ptr_array_add(p->called, c);
    else
        called_free(c);
}

/* "george.whitlock" is George Whitlock where nobody says more; "info" and "gw42" are nobody. */
static void
take_spelled(kith_profile *p, const char *local)
{
    g_auto(GStrv) parts = g_strsplit_set(local, "._-", -1);
    GString *name = g_string_new(NULL);
    guint words = 0;

    for (char **part = parts; *part; part++) {
        bool letters = strlen(*part) > 1;

        for (const char *c = *part; *c; c++)
            letters = letters && g_ascii_isalpha(*c);
        if (!letters) {
            words = 0;
            break;
        }
        g_string_append_printf(name, "%s%s", words++ ? " " : "", *part);
    }
    if (words >= 2 && words <= 3)
        take_name(p, name->str, name->str);
    g_string_free(name, words < 2 || words > 3);
}

static void
take_address(kith_profile *p, const char *address)
{
    const char *at = strchr(address, '@');

    if (!at)
        return;
    /* info@ is nobody's own, but it says where somebody is reached. */
    if (!kith_email_is_role(address)) {
        g_ptr_array_add(p->addresses, g_strdup(address));
        g_ptr_array_add(p->locals, g_strndup(address, (gsize)(at - address)));
    }
    if (!kith_email_domain_is_free(at + 1))
        g_ptr_array_add(p->domains, g_strdup(at + 1));
}

static void
take_identifiers(kith_profile *p, const kith_graph *g)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, p->node, i, &kind, &value); i++) {
        char *space = kith_unique_space(kind, value);

        if (kind == KITH_ID_EMAIL)
            take_address(p, value);
        else if (kind == KITH_ID_PHONE)
            g_ptr_array_add(p->phones, g_strdup(value));
        if (space) {
            g_ptr_array_add(p->spaces, space);
            g_ptr_array_add(p->values, g_strdup(value));
        }
    }
}

static void
take_names(kith_profile *p, const kith_graph *g)
{
    const char *name;
    bool latin = false;

    for (int64_t i = 0; (name = kith_graph_name_at(g, p->node, i)); i++) {
        take_name(p, name, NULL);
        latin = latin || has_latin(name);
    }
    for (guint i = 0; !latin && i < p->locals->len; i++)
        take_spelled(p, p->locals->pdata[i]);
}

static kith_profile *
profile_new(const kith_graph *g, kith_node node)
{
    kith_profile *p = g_new0(kith_profile, 1);
    GPtrArray **lists[] = {&p->addresses, &p->locals, &p->domains,  &p->phones,
                           &p->spaces,    &p->values, &p->firm_keys};

    p->node = node;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        *lists[i] = g_ptr_array_new_with_free_func(g_free);
    p->called = g_ptr_array_new_with_free_func(called_free);
    p->firms = g_array_new(FALSE, FALSE, sizeof(kith_node));
    p->events = g_array_new(FALSE, FALSE, sizeof(kith_attendance));
    p->title = kith_graph_attribute(g, node, "title");
    take_identifiers(p, g);
    take_names(p, g);
    return p;
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

double
kith_matcher_share(const kith_matcher *m, GHashTable *table, const char *key)
{
    guint n = key ? GPOINTER_TO_UINT(g_hash_table_lookup(table, key)) : 0;

    return MIN(MAX(n, 1) / m->names, 1);
}

static void
take_firm(const kith_matcher *m, kith_profile *p, kith_node firm)
{
    for (guint i = 0; i < p->firms->len; i++)
        if (g_array_index(p->firms, kith_node, i) == firm)
            return;
    g_array_append_val(p->firms, firm);
    /* One that is known by a number only may be any other. */
    if (kith_graph_name_at(m->g, firm, 0))
        g_ptr_array_add(p->firm_keys, kith_org_key(kith_graph_label(m->g, firm)));
    count(m->firm, kith_graph_id(m->g, firm));
}

static void
take_ties(kith_matcher *m, kith_profile **of)
{
    int64_t first, n;

    kith_graph_tie_range(m->g, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_tie t;

        kith_graph_tie(m->g, i, &t);
        if (of[t.from])
            take_firm(m, of[t.from], t.to);
    }
    kith_graph_tie_range(m->g, KITH_ATTENDED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_attendance one;
        kith_tie t;

        kith_graph_tie(m->g, i, &t);
        one = (kith_attendance){t.to, t.source};
        if (of[t.from] && kith_graph_kind(m->g, t.to) == KITH_EVENT) {
            g_array_append_val(of[t.from]->events, one);
            count(m->event, kith_graph_id(m->g, t.to));
        }
    }
}

/* A person with many records is one name, not a common one. */
static void
count_names(kith_matcher *m)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < m->people->len; i++) {
        const kith_profile *p = m->people->pdata[i];
        const kith_called *c = p->called->len ? p->called->pdata[0] : NULL;

        if (!c || !g_hash_table_add(seen, c->plain))
            continue;
        count(m->given, c->given);
        count(m->family, c->family);
    }
    m->names = MAX(g_hash_table_size(seen), SMALLEST_CIRCLE);
}

bool
kith_matching_firms_alike(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b), least = MIN(m, n);

    return strcmp(a, b) == 0 ||
           (least >= 4 && strncmp(a, b, least) == 0 && strchr(" ", (m > n ? a : b)[least])) ||
           kith_jaro_winkler(a, b) >= LEAST_LIKE;
}

/* Whether two bearers of one name can hardly be one: they are told apart, or work for others and write from elsewhere. */
bool
kith_matching_rivals(const kith_profile *a, const kith_profile *b)
{
    if (kith_matching_vetoed(a, b) || kith_matching_contradict(a, b))
        return true;
    if (!a->firm_keys->len || !b->firm_keys->len ||
        kith_matching_shared(a->addresses, b->addresses))
        return false;
    for (guint i = 0; i < a->firm_keys->len; i++)
        for (guint j = 0; j < b->firm_keys->len; j++)
            if (kith_matching_firms_alike(a->firm_keys->pdata[i], b->firm_keys->pdata[j]))
                return false;
    return true;
}

/* Those who are rivals of one another, found greedily in order; enough to know that a name says little. */
static void
count_rivals(GPtrArray *namesakes)
{
    g_autoptr(GPtrArray) apart = g_ptr_array_new();

    for (guint i = 0; i < namesakes->len && apart->len < 8; i++) {
        bool rival = true;

        for (guint k = 0; rival && k < apart->len; k++)
            rival = kith_matching_rivals(namesakes->pdata[i], apart->pdata[k]);
        if (rival && (apart->len > 0 || ((kith_profile *)namesakes->pdata[i])->firms->len ||
                      ((kith_profile *)namesakes->pdata[i])->values->len))
            g_ptr_array_add(apart, namesakes->pdata[i]);
    }
    for (guint i = 0; i < namesakes->len; i++) {
        kith_profile *p = namesakes->pdata[i];

        p->rivals = MAX(p->rivals, (int)apart->len);
    }
}

/* One of a person's names. */
struct bearer {
    const char *plain;
    guint person;
};

static int
compare_bearers(const void *a, const void *b)
{
    const struct bearer *x = a, *y = b;
    int order = strcmp(x->plain, y->plain);

    return order ? order : x->person < y->person ? -1 : x->person > y->person;
}

static void
find_namesakes(kith_matcher *m)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct bearer));
    const struct bearer *e;

    for (guint i = 0; i < m->people->len; i++) {
        const kith_profile *p = m->people->pdata[i];

        for (guint k = 0; k < p->called->len; k++) {
            struct bearer one = {((kith_called *)p->called->pdata[k])->plain, i};

            g_array_append_val(all, one);
        }
    }
    if (all->len)
        qsort(all->data, all->len, sizeof(struct bearer), compare_bearers);
    e = (const struct bearer *)(const void *)all->data;
    for (guint i = 0, j; i < all->len; i = j) {
        g_autoptr(GPtrArray) namesakes = g_ptr_array_new();

        for (j = i; j < all->len && strcmp(e[i].plain, e[j].plain) == 0; j++)
            if (j == i || e[j].person != e[j - 1].person)
                g_ptr_array_add(namesakes, m->people->pdata[e[j].person]);
        count_rivals(namesakes);
    }
}

void
kith_matcher_init(kith_matcher *m, const kith_graph *graph)
{
    g_autofree kith_profile **of = g_new0(kith_profile *, kith_graph_nodes(graph) + 1);
    GHashTable **tables[] = {&m->given, &m->family, &m->firm, &m->event};

    m->g = graph;
    m->people = g_ptr_array_new_with_free_func(profile_free);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        *tables[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (kith_node i = 0; i < kith_graph_nodes(graph); i++)
        if (kith_graph_kind(graph, i) == KITH_PERSON) {
            of[i] = profile_new(graph, i);
            g_ptr_array_add(m->people, of[i]);
        }
    take_ties(m, of);
    count_names(m);
    find_namesakes(m);
}

void
kith_matcher_clear(kith_matcher *m)
{
    g_hash_table_unref(m->given);
    g_hash_table_unref(m->family);
    g_hash_table_unref(m->firm);
    g_hash_table_unref(m->event);
    g_ptr_array_unref(m->people);
}
