/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matching_compare.c - what speaks for and against two people being one, in bits.
 *
 * An agreement is worth log2(m/u), a disagreement log2((1-m)/(1-u)); m, how often it holds between records of one person,
 * is a convention that suits hand-kept lists, and u, how often between two people, is counted here where it can be.
 * An address spelled from the name says again what the name says, so it counts little beside an equal name.
 */
#include "base/identifier.h"
#include "base/name.h"
#include "base/nickname.h"
#include "base/similarity.h"
#include "measures/matching_private.h"
#include <math.h>
#include <string.h>

#define LEAST_LIKE 0.92  /* Jaro-Winkler from which two names are one misspelt */
#define SURELY_LIKE 0.96 /* and from which even given names that disagree are one */
#define MOST_BITS 14

const char *
kith_matching_shared(const GPtrArray *a, const GPtrArray *b)
{
    for (guint i = 0; i < a->len; i++)
        for (guint j = 0; j < b->len; j++)
            if (strcmp(a->pdata[i], b->pdata[j]) == 0)
                return a->pdata[i];
    return NULL;
}

bool
kith_matching_vetoed(const kith_profile *a, const kith_profile *b)
{
    for (guint i = 0; i < a->spaces->len; i++) {
        bool both = false, same = false;

        for (guint j = 0; j < b->spaces->len; j++)
            both = both || strcmp(a->spaces->pdata[i], b->spaces->pdata[j]) == 0;
        for (guint k = 0; both && k < a->spaces->len; k++)
            for (guint j = 0; j < b->spaces->len; j++)
                same = same || (strcmp(a->spaces->pdata[k], a->spaces->pdata[i]) == 0 &&
                                strcmp(a->values->pdata[k], b->values->pdata[j]) == 0);
        if (both && !same)
            return true;
    }
    return false;
}

static void
add(kith_tally *t, double bits, const char *rule, const char *reason)
{
    t->bits += bits;
    if (bits <= 0 || !reason)
        return;
    g_string_append_printf(t->reason, "%s%s", t->reason->len ? "; " : "", reason);
    if (bits > t->best) {
        t->best = bits;
        t->rule = rule;
    }
}

/* One word of a name that is the other's initial: "Zoë H." for Zoë Hartnell. */
static bool
abbreviated(const kith_called *a, const kith_called *b)
{
    const char *x = a->family, *y = b->family;
    size_t m = strcspn(x, "."), n = strcspn(y, ".");

    return m && n && (m == 1 || n == 1) && *x == *y && *a->given && strcmp(a->given, b->given) == 0;
}

/* Whether all words of the shorter name are in the longer, as with middle names, birth names and names family first. */
static bool
contained(const kith_called *a, const kith_called *b)
{
    guint m = g_strv_length(a->each), n = g_strv_length(b->each);
    char **few = m < n ? a->each : b->each, **many = m < n ? b->each : a->each;

    if (MIN(m, n) < 2)
        return false;
    for (; *few; few++)
        if (!g_strv_contains((const char *const *)many, *few))
            return false;
    return true;
}

/* "Chris" may be Christine or Christopher. */
static bool
several_formal(const char *given)
{
    return !kith_nickname_formal(given) && kith_nickname_agree(given, given) && strlen(given) < 6;
}

/* Two names that nobody bears at once: Christine and Christopher, whoever else is Chris. */
static bool
contradict(const kith_called *a, const kith_called *b)
{
    return a->latin && b->latin && !a->spelled && !b->spelled && strcmp(a->plain, b->plain) != 0 &&
           !contained(a, b) && !kith_name_given_agree(a->full, b->full) &&
           kith_jaro_winkler(a->plain, b->plain) < SURELY_LIKE;
}

bool
kith_matching_contradict(const kith_profile *a, const kith_profile *b)
{
    for (guint i = 0; i < a->called->len; i++)
        for (guint j = 0; j < b->called->len; j++)
            if (contradict(a->called->pdata[i], b->called->pdata[j]))
                return true;
    return false;
}

struct verdict {
    double bits;
    const char *rule, *reason;
};

static double
rarity(const kith_matcher *m, const kith_called *c)
{
    return -log2(kith_matcher_share(m, m->given, c->given) *
                 kith_matcher_share(m, m->family, c->family));
}

static struct verdict
judge_names(const kith_matcher *m, const kith_called *a, const kith_called *b)
{
    double bits = MIN(MIN(rarity(m, a), rarity(m, b)), MOST_BITS);
    double given = -log2(kith_matcher_share(m, m->given, a->given));

    if (!a->latin || !b->latin)
        return strcmp(a->words, b->words) == 0 ? (struct verdict){bits, "name", "same name"}
                                               : (struct verdict){0, NULL, NULL};
    if (strcmp(a->words, b->words) == 0)
        return (struct verdict){bits, "name", "same name"};
    if (strcmp(a->plain, b->plain) == 0)
        return (struct verdict){bits - 0.5, "name", "same name in other letters"};
    if (contained(a, b))
        return (struct verdict){bits - 2, "longer-name", "one name is part of the other"};
    if (!kith_name_given_agree(a->full, b->full))
        return kith_jaro_winkler(a->plain, b->plain) >= SURELY_LIKE
                   ? (struct verdict){4, "spelling", "nearly the same name"}
                   : (struct verdict){-8, NULL, NULL};
    if (*a->family && strcmp(a->family, b->family) == 0)
        return (struct verdict){bits -
                                    (several_formal(a->given) || several_formal(b->given) ? 3 : 1),
                                "nickname", "same family name, given names agree"};
    if (abbreviated(a, b))
        return (struct verdict){given + 2, "initial", "same given name and initial"};
    if (kith_jaro_winkler(a->plain, b->plain) >= LEAST_LIKE)
        return (struct verdict){6, "spelling", "nearly the same name"};
    if (*a->given && strcmp(a->given, b->given) == 0)
        return *a->family && *b->family
                   ? (struct verdict){given - 5, "given-name", "same given name"}
                   : (struct verdict){given - 1, "given-name", "same given name"};
    return (struct verdict){-6, NULL, NULL};
}

/* The best that any two of their names say, less when two others contradict each other. */
static void
compare_names(const kith_matcher *m, const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    struct verdict best = {0, NULL, NULL};
    bool any = false, spelled = false;

    for (guint i = 0; i < a->called->len; i++)
        for (guint j = 0; j < b->called->len; j++) {
            const kith_called *x = a->called->pdata[i], *y = b->called->pdata[j];
            struct verdict v = judge_names(m, x, y);

            if (x->spelled || y->spelled)
                v.bits = v.bits > 0 ? v.bits - 1 : v.bits / 2;
            if (any && v.bits <= best.bits)
                continue;
            any = true;
            best = v;
            spelled = x->spelled || y->spelled;
        }
    if (best.bits > 0 && kith_matching_contradict(a, b))
        best.bits -= 8;
    t->name = best.bits;
    add(t, best.bits, spelled ? "address-name" : best.rule,
        spelled ? "an address spells the other's name" : best.reason);
}

/* Whether what is before the @ is made of the person's own name: it then says nothing new. */
static bool
spells_name(const kith_profile *p, const char *local)
{
    g_auto(GStrv) parts = g_strsplit_set(local, "._-", -1);

    for (guint i = 0; i < p->called->len; i++) {
        const kith_called *c = p->called->pdata[i];

        for (char **part = parts; *part; part++)
            if (strlen(*part) > 2 && strstr(c->plain, *part))
                return true;
    }
    return false;
}

static void
compare_contacts(const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    const char *local = kith_matching_shared(a->locals, b->locals);
    bool agree = t->name > 0;

    if (kith_matching_shared(a->addresses, b->addresses)) {
        add(t, agree ? 8 : 5, "address", "same address");
        t->strong = agree;
    } else if (local) {
        bool spelled = spells_name(a, local) || spells_name(b, local);

        add(t, !spelled ? 4 : agree ? 0.7 : 2, "local-part", "same words before the @");
        t->strong = t->strong || (agree && !spelled);
    }
    if (kith_matching_shared(a->phones, b->phones)) {
        add(t, agree ? 8 : 3, "phone", "same phone");
        t->strong = t->strong || agree;
    }
    if (kith_matching_shared(a->domains, b->domains))
        add(t, 3, "domain", "same firm's address");
    else if (a->domains->len && b->domains->len)
        add(t, -1, NULL, NULL);
    if (a->title && b->title && g_ascii_strcasecmp(a->title, b->title) == 0)
        add(t, 1, "title", "same title");
}

static void
compare_firms(const kith_matcher *m, const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    bool alike = false;

    for (guint i = 0; i < a->firms->len; i++)
        for (guint j = 0; j < b->firms->len; j++) {
            kith_node x = g_array_index(a->firms, kith_node, i);

            if (x == g_array_index(b->firms, kith_node, j)) {
                add(t, MAX(-log2(kith_matcher_share(m, m->firm, kith_graph_id(m->g, x))) * 0.8, 2),
                    "firm", "same firm");
                t->strong = true;
                return;
            }
        }
    for (guint i = 0; i < a->firm_keys->len; i++)
        for (guint j = 0; j < b->firm_keys->len; j++)
            alike =
                alike || kith_matching_firms_alike(a->firm_keys->pdata[i], b->firm_keys->pdata[j]);
    if (alike) {
        add(t, 2.5, "firm", "firms of nearly the same name");
        t->strong = true;
    } else if (a->firm_keys->len && b->firm_keys->len) {
        add(t, -2.5, NULL, NULL);
    }
}

/* Twice on one guest list are two people as a rule; on two lists of one event, rather one. */
static void
compare_events(const kith_matcher *m, const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    double best = 0;
    bool one_list = false;

    for (guint i = 0; i < a->events->len; i++)
        for (guint j = 0; j < b->events->len; j++) {
            const kith_attendance *x = &g_array_index(a->events, kith_attendance, i),
                                  *y = &g_array_index(b->events, kith_attendance, j);
            double share;

            if (x->event != y->event)
                continue;
            one_list = one_list || g_strcmp0(x->source, y->source) == 0;
            share = kith_matcher_share(m, m->event, kith_graph_id(m->g, x->event));
            best = MAX(best, MIN(-log2(share), 2));
        }
    if (one_list)
        add(t, -3, NULL, NULL);
    else if (best > 0)
        add(t, best, "event", "same event in two lists");
}

/* Two addresses with one provider of free mail: few people keep both, while most of two people's are there. */
static void
compare_mailboxes(const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    bool both = false;

    for (guint i = 0; i < a->addresses->len; i++)
        for (guint j = 0; j < b->addresses->len; j++) {
            const char *x = strchr(a->addresses->pdata[i], '@'),
                       *y = strchr(b->addresses->pdata[j], '@');

            if (strcmp(a->addresses->pdata[i], b->addresses->pdata[j]) == 0)
                return;
            both = both || (strcmp(x, y) == 0 && kith_email_domain_is_free(x + 1));
        }
    if (both)
        add(t, -2.3, NULL, NULL);
}

/*
 * k known people of one name: without more to go by it is even odds for two of them which one is meant, less for more.
 * What little else there is still orders the pairs.
 */
static void
mind_rivals(const kith_matcher *m, const kith_profile *a, const kith_profile *b, kith_tally *t)
{
    int rivals = MAX(a->rivals, b->rivals);
    double most = log2(m->names) - log2(MAX(rivals - 1, 1)) - 1;

    if (rivals > 1 && !t->strong && t->bits > most)
        t->bits = most + 0.1 * (t->bits - most);
}

void
kith_matching_compare(const kith_matcher *m, const kith_profile *a, const kith_profile *b,
                      kith_tally *t)
{
    t->rule = "name";
    compare_names(m, a, b, t);
    compare_firms(m, a, b, t);
    compare_contacts(a, b, t);
    compare_events(m, a, b, t);
    mind_rivals(m, a, b, t);
    compare_mailboxes(a, b, t);
}
