/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reachable.c - channels of ties and identifiers as bits. */
#include "measures/reachable.h"

#include "base/base.h"
#include "base/text.h"
#include "measures/turnout.h"
#include "model/graph.h"
#include <string.h>

#define MOST 63

struct gathering {
    kith_reachable *out;
    const kith_graph *g;
    const kith_customers *c;
    GHashTable *place; /* name -> bit */
};

static bool
is_our_own(const char *channel)
{
    static const char *const words[] = {"email", "phone",       "sms",  "in-person", "video",
                                        "mail",  "addressbook", "post", "letter",    NULL};

    return !channel || g_strv_contains(words, channel);
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "linkedin.com/in/ann" is linkedin; a site of somebody's own is theirs, not a platform. */
static char *
site_of(const char *url)
{
    static const char *const known[] = {"linkedin", "facebook", "instagram", "x",       "twitter",
                                        "github",   "mastodon", "bsky",      "discord", "xing",
                                        "tiktok",   "meetup",   "slack",     NULL};
    const char *scheme = strstr(url, "://"), *host = scheme ? scheme + 3 : url;
    g_autofree char *site = g_strndup(host, strcspn(host, "/"));
    g_auto(GStrv) labels = g_strsplit(site, ".", -1);

    for (int i = 0; labels[i]; i++)
        if (labels[i + 1] && g_strv_contains(known, labels[i]))
            return g_strdup(strcmp(labels[i], "twitter") == 0 ? "x" : labels[i]);
    return NULL;
}

static void
note_name(struct gathering *s, const char *name)
{
    char *kept;

    if (!name || s->out->platform->len == MOST || g_hash_table_contains(s->place, name))
        return;
    kept = g_string_chunk_insert_const(s->out->words, name);
    g_hash_table_add(s->place, kept);
    g_ptr_array_add(s->out->platform, kept);
}

static char *
channel_of(const kith_graph *g, int64_t tie)
{
    const char *channel = kith_pool_get(g->pool, kith_graph_fact(g, tie).channel);
    g_autofree char *folded = channel ? kith_text_fold(channel) : NULL;

    return is_our_own(folded) ? NULL : g_steal_pointer(&folded);
}

/* Kinds of ties through which somebody can be spoken to. */
static bool
is_contact(const kith_fact_tie *t)
{
    return (1u << t->kind & (1u << KITH_KNOWS | 1u << KITH_FOLLOWS | 1u << KITH_MESSAGED |
                             1u << KITH_MET | 1u << KITH_MEMBER_OF | 1u << KITH_REFERRED)) != 0;
}

static bool
is_ours(const struct gathering *s, kith_node who)
{
    return s->c->me < 0 || s->c->us[who];
}

static void
mark(struct gathering *s, kith_node who, const char *platform)
{
    if (kith_graph_kind(s->g, who) != KITH_PERSON || s->c->us[who])
        return;
    if (!platform)
        s->out->way[who] |= 1;
    else if (g_hash_table_contains(s->place, platform))
        s->out->way[who] |= UINT64_C(2)
                            << GPOINTER_TO_UINT(g_hash_table_lookup(s->place, platform));
}

/* With `names` first the platforms are told apart, then, their names in order, the people are marked. */
static void
read_ties(struct gathering *s, bool names)
{
    for (int64_t i = 0; i < s->g->ties; i++) {
        const kith_fact_tie t = kith_graph_fact(s->g, i);
        g_autofree char *channel = NULL;

        if (!is_contact(&t))
            continue;
        channel = channel_of(s->g, i);
        if (names) {
            note_name(s, channel);
            continue;
        }
        if (is_ours(s, t.from) || t.kind == KITH_MEMBER_OF)
            mark(s, t.kind == KITH_MEMBER_OF ? t.from : t.to, channel);
        if (is_ours(s, t.to) && t.kind != KITH_MEMBER_OF)
            mark(s, t.from, channel);
    }
}

static void
read_identifiers(struct gathering *s, bool names)
{
    kith_identifier_kind kind;
    const char *value;

    for (kith_node v = 0; v < s->g->kind_first[KITH_PERSON + 1]; v++)
        for (int64_t i = 0; kith_graph_identifier_at(s->g, v, i, &kind, &value); i++) {
            g_autofree char *site = kind == KITH_ID_URL ? site_of(value) : NULL;

            if (names)
                note_name(s, site);
            else if (site || kind == KITH_ID_EMAIL || kind == KITH_ID_PHONE)
                mark(s, v, site);
        }
}

/* Whoever was at an event with one of us has been spoken to face to face, or could be. */
static void
read_events(struct gathering *s)
{
    g_autofree bool *ours = g_new0(bool, s->g->nodes + 1);
    int64_t first, n;

    kith_graph_tie_range(s->g, KITH_ATTENDED, &first, &n);
    for (int pass = 0; pass < 2; pass++)
        for (int64_t i = first; i < first + n; i++) {
            const kith_fact_tie t = kith_graph_fact(s->g, i);

            if (!kith_was_there(kith_pool_get(s->g->pool, t.status)))
                continue;
            if (pass == 0)
                ours[t.to] = ours[t.to] || is_ours(s, t.from);
            else if (ours[t.to])
                mark(s, t.from, NULL);
        }
}

kith_reachable *
kith_reachable_new(const kith_graph *graph, const kith_customers *customers)
{
    kith_reachable *out = g_new0(kith_reachable, 1);
    g_autoptr(GHashTable) place = g_hash_table_new(g_str_hash, g_str_equal);
    struct gathering s = {out, graph, customers, place};

    out->words = g_string_chunk_new(256);
    out->platform = g_ptr_array_new();
    out->way = g_new0(uint64_t, graph->nodes + 1);
    read_ties(&s, true);
    read_identifiers(&s, true);
    g_ptr_array_sort(out->platform, by_text);
    for (guint i = 0; i < out->platform->len; i++)
        g_hash_table_replace(place, out->platform->pdata[i], GUINT_TO_POINTER(i));
    read_ties(&s, false);
    read_identifiers(&s, false);
    read_events(&s);
    return out;
}

void
kith_reachable_free(kith_reachable *r)
{
    if (!r)
        return;
    g_ptr_array_unref(r->platform);
    g_string_chunk_free(r->words);
    g_free(r->way);
    g_free(r);
}
