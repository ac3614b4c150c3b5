/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * find.c - the one node a user means.
 *
 * Tried in turn, the first that matches anything decides: id, identifier, whole name, all words of
 * a name. Names are compared without regard to case and accents. Several matches are an error that
 * lists them.
 */
#include "base/base.h"
#include "base/identifier.h"
#include "base/name.h"
#include "base/similarity.h"
#include "base/text.h"
#include "model/graph.h"
#include <string.h>

#define MAX_LISTED 5
#define NEAR .9 /* Jaro-Winkler from which a word may be a misspelling of another */

struct wanted {
    const char *raw;
    char *folded, *firm, *email, *url, *phone;
    char **words, **firm_words;
};

static void
wanted_clear(struct wanted *w)
{
    g_free(w->folded);
    g_free(w->firm);
    g_strfreev(w->firm_words);
    g_free(w->email);
    g_free(w->url);
    g_free(w->phone);
    g_strfreev(w->words);
}

static bool
by_id(const kith_graph *g, kith_node node, const struct wanted *w)
{
    return g_str_equal(kith_graph_id(g, node), w->raw);
}

static bool
by_identifier(const kith_graph *g, kith_node node, const struct wanted *w)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, node, i, &kind, &value); i++) {
        const char *other = kind == KITH_ID_EMAIL   ? w->email
                            : kind == KITH_ID_URL   ? w->url
                            : kind == KITH_ID_PHONE ? w->phone
                                                    : w->raw;

        if (other && g_str_equal(value, other))
            return true;
    }
    return false;
}

/* A name as it is compared: a firm's without Ltd and the like. */
static char *
comparable(const kith_graph *g, kith_node node, const char *name)
{
    return kith_graph_kind(g, node) == KITH_ORGANISATION ? kith_org_key(name)
                                                         : kith_text_fold(name);
}

static bool
by_name(const kith_graph *g, kith_node node, const struct wanted *w)
{
    const char *whole = kith_graph_kind(g, node) == KITH_ORGANISATION ? w->firm : w->folded;
    const char *name;

    for (int64_t i = 0; (name = kith_graph_name_at(g, node, i)); i++) {
        g_autofree char *other = comparable(g, node, name);

        if (g_str_equal(other, whole))
            return true;
    }
    return false;
}

static bool
by_words(const kith_graph *g, kith_node node, const struct wanted *w)
{
    char **wanted = kith_graph_kind(g, node) == KITH_ORGANISATION ? w->firm_words : w->words;
    const char *name;

    for (int64_t i = 0; (name = kith_graph_name_at(g, node, i)); i++) {
        g_autofree char *other = comparable(g, node, name);
        g_auto(GStrv) words = g_strsplit(other, " ", -1);
        bool all = wanted[0] != NULL;

        for (int k = 0; all && wanted[k]; k++)
            all = g_strv_contains((const char *const *)words, wanted[k]);
        if (all)
            return true;
    }
    return false;
}

/* "Chris Lee (chris-lee-2, chris.lee@example.com)" */
static void
describe(const kith_graph *g, kith_node node, GString *out)
{
    kith_identifier_kind kind;
    const char *value;

    g_string_append_printf(out, "%s%s (%s", out->len ? "; " : "", kith_graph_label(g, node),
                           kith_graph_id(g, node));
    for (int64_t i = 0; kith_graph_identifier_at(g, node, i, &kind, &value); i++)
        if (kind == KITH_ID_EMAIL || kind == KITH_ID_URL) {
            g_string_append_printf(out, ", %s", value);
            break;
        }
    g_string_append_c(out, ')');
}

static kith_status
several(const kith_graph *g, const char *who, const GArray *hits, kith_error *err)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < hits->len && i < MAX_LISTED; i++)
        describe(g, g_array_index(hits, kith_node, i), list);
    if (hits->len > MAX_LISTED)
        g_string_append_printf(list, "; and %u more", hits->len - MAX_LISTED);
    return kith_fail(err, KITH_ERR_ARGUMENT, "'%s' may be %u: %s", who, hits->len, list->str);
}

/* Whether some word of a name is nearly some word that was asked for. */
static bool
is_near(const char *folded, char *const *wanted)
{
    g_auto(GStrv) words = g_strsplit(folded, " ", -1);

    for (int i = 0; words[i]; i++)
        for (int k = 0; wanted[k]; k++)
            if (strlen(words[i]) > 3 && strlen(wanted[k]) > 3 &&
                kith_jaro_winkler(words[i], wanted[k]) >= NEAR)
                return true;
    return false;
}

/* A few names like the one asked for, so that a typing error is easy to mend. */
static kith_status
nobody(const kith_graph *g, const struct wanted *w, unsigned kinds, kith_error *err)
{
    g_autoptr(GString) list = g_string_new(NULL);
    int listed = 0;

    for (kith_node i = 0; i < g->nodes && listed < 3; i++) {
        g_autofree char *folded = kith_text_fold(kith_graph_label(g, i));

        if (kinds & 1u << kith_graph_kind(g, i) && is_near(folded, w->words)) {
            describe(g, i, list);
            listed++;
        }
    }
    return kith_fail(err, KITH_ERR_ARGUMENT,
                     listed ? "nobody called '%s' (did you mean %s?)" : "nobody called '%s'%s",
                     w->raw, list->str);
}

/* The rules in their order; the first that matches anybody decides. */
typedef bool (*rule)(const kith_graph *, kith_node, const struct wanted *);
static const rule rules[] = {by_id, by_identifier, by_name, by_words};

/* Everybody the first matching rule matches. @return that rule, NULL when nobody is */
static rule
match(const kith_graph *g, const struct wanted *w, unsigned kinds, GArray *hits)
{
    for (size_t r = 0; r < G_N_ELEMENTS(rules); r++) {
        for (kith_node i = 0; i < g->nodes; i++)
            if (kinds & 1u << g->kind[i] && rules[r](g, i, w))
                g_array_append_val(hits, i);
        if (hits->len)
            return rules[r];
    }
    return NULL;
}

static struct wanted
wanted_new(const char *who)
{
    struct wanted w = {.raw = who, .folded = kith_text_fold(who), .firm = kith_org_key(who)};

    w.firm_words = g_strsplit(w.firm, " ", -1);
    w.email = kith_email_normalise(who);
    w.url = kith_url_normalise(who);
    w.phone = kith_phone_normalise(who, "44");
    w.words = g_strsplit(w.folded, " ", -1);
    return w;
}

kith_status
kith_graph_find(const kith_graph *g, const char *who, unsigned kinds, kith_node *out,
                kith_error *err)
{
    g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(kith_node));
    __attribute__((cleanup(wanted_clear))) struct wanted w = {0};

    if (!who || !*who)
        return kith_fail(err, KITH_ERR_ARGUMENT, "no name given");
    kinds = kinds ? kinds : ~0u;
    if (g_str_equal(who, "me") && g->owner >= 0 && kinds & 1u << KITH_PERSON) {
        *out = g->owner;
        return KITH_OK;
    }
    w = wanted_new(who);
    if (!match(g, &w, kinds, hits))
        return nobody(g, &w, kinds, err);
    if (hits->len > 1)
        return several(g, who, hits, err);
    *out = g_array_index(hits, kith_node, 0);
    return KITH_OK;
}

/* Whether a node has something that says who it is, beyond a name and the key of one file. */
static bool
has_profile(const kith_graph *g, kith_node node)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, node, i, &kind, &value); i++)
        if (kind != KITH_ID_LOCAL && kind != KITH_ID_DOMAIN)
            return true;
    return false;
}

/* Of people with one name keeps those known by that name alone and, of those with a profile, the one known first. @return
 * how many had a profile */
static guint
keep_one_profile(const kith_graph *g, GArray *hits)
{
    kith_node best = -1;
    guint n = 0, kept = 0;

    for (guint i = 0; i < hits->len; i++) {
        kith_node node = g_array_index(hits, kith_node, i);

        n += has_profile(g, node);
        if (has_profile(g, node) && (best < 0 || g->root[node] < g->root[best]))
            best = node;
    }
    for (guint i = 0; i < hits->len; i++) {
        kith_node node = g_array_index(hits, kith_node, i);

        if (node == best || !has_profile(g, node))
            g_array_index(hits, kith_node, kept++) = node;
    }
    g_array_set_size(hits, kept);
    return n;
}

kith_status
kith_graph_find_owner(const kith_graph *g, const char *who, bool before, GArray **out,
                      kith_error *err)
{
    g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(kith_node)), all = NULL;
    __attribute__((cleanup(wanted_clear))) struct wanted w = wanted_new(who);
    rule by = match(g, &w, 1u << KITH_PERSON, hits);

    if (!by)
        return nobody(g, &w, 1u << KITH_PERSON, err);
    all = g_array_copy(hits);
    if (hits->len > 1 && (by != by_name || (keep_one_profile(g, hits) > 1 && !before)))
        return several(g, who, all, err);
    *out = g_steal_pointer(&hits);
    return KITH_OK;
}
