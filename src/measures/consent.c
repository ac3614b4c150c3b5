/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consent.c - the strictest statement of each person about each use. */
#include "measures/consent.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

/* The stricter, the larger. */
enum { GRANTED, PENDING, EXPIRED, BOUNCED, WITHDRAWN };
static const char *const names[] = {"granted", "pending", "expired", "bounced", "withdrawn"};

struct statement {
    kith_node person;
    const char *purpose, *channel;
    kith_time when, until;
    int strictness;
    int64_t tie;
    uint32_t record; /* who said it, whoever was merged since */
};

static int
strictness(const char *status)
{
    static const char *const words[][6] = {
        [GRANTED] = {"granted", "yes", "subscribed", "opted-in", "consented", NULL},
        [BOUNCED] = {"bounced", "cleaned", NULL},
        [WITHDRAWN] = {"withdrawn", "no", "unsubscribed", "opted-out", "refused", NULL},
    };

    for (int s = GRANTED; status && s <= WITHDRAWN; s++)
        for (int i = 0; words[s][i]; i++)
            if (strcmp(words[s][i], status) == 0)
                return s;
    return PENDING;
}

static int
compare_use(const struct statement *x, const struct statement *y)
{
    int order = strcmp(x->purpose, y->purpose);

    if (order == 0)
        order = strcmp(x->channel, y->channel);
    if (order == 0)
        order = x->person < y->person ? -1 : x->person > y->person;
    return order;
}

/* By person and record; undated first, then by day; within a day the strictest last. */
static int
compare_statements(const void *a, const void *b)
{
    const struct statement *x = a, *y = b;
    int order = compare_use(x, y);

    if (order)
        return order;
    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->strictness != y->strictness)
        return x->strictness < y->strictness ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static GArray *
statements(const kith_graph *g)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct statement));
    int64_t first, n;

    kith_graph_tie_range(g, KITH_CONSENTS, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        struct statement s = {.tie = i};
        kith_tie t;

        kith_graph_tie(g, i, &t);
        s.person = t.from;
        s.record = g->consent_record ? g->consent_record[i - first] : 0;
        s.purpose = kith_graph_label(g, t.to);
        s.channel = t.channel ? t.channel : "email";
        s.when = t.when == KITH_TIME_NONE ? t.when
                                          : t.when - ((t.when % KITH_DAY) + KITH_DAY) % KITH_DAY;
        s.until = t.until;
        s.strictness = strictness(t.status);
        if (s.strictness == GRANTED && t.until != KITH_TIME_NONE && t.until < kith_graph_as_of(g))
            s.strictness = EXPIRED;
        g_array_append_val(out, s);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(struct statement), compare_statements);
    return out;
}

/*
 * The statement that counts among those of one use by one record. A later day replaces what was said before, but nothing without a date
 * replaces anything stricter, and an undated refusal never gives way to a grant: nobody can say which came first.
 */
static const struct statement *
deciding_alone(const struct statement *s, guint n)
{
    const struct statement *latest = &s[n - 1], *undated = NULL;

    for (guint i = 0; i < n && s[i].when == KITH_TIME_NONE; i++)
        undated = &s[i]; /* the strictest comes last */
    return undated && undated->strictness > latest->strictness ? undated : latest;
}

/* Of records that a user merged each must have granted it: a merge may be wrong, and never loosens anything. */
static const struct statement *
deciding(const struct statement *s, guint n)
{
    const struct statement *strictest = NULL;

    for (guint i = 0, j; i < n; i = j) {
        const struct statement *one;

        for (j = i + 1; j < n && s[j].record == s[i].record; j++)
            ;
        one = deciding_alone(s + i, j - i);
        if (!strictest || one->strictness > strictest->strictness)
            strictest = one;
    }
    return strictest;
}

GArray *
kith_consents(const kith_graph *graph)
{
    g_autoptr(GArray) all = statements(graph);
    const struct statement *s = (const struct statement *)(const void *)all->data;
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_consent));

    for (guint i = 0, j; i < all->len; i = j) {
        const struct statement *d;
        kith_consent c;

        for (j = i + 1; j < all->len && compare_use(&s[i], &s[j]) == 0; j++)
            ;
        d = deciding(s + i, j - i);
        c = (kith_consent){d->person, d->purpose, d->channel, names[d->strictness],
                           d->until,  d->tie};
        g_array_append_val(out, c);
    }
    return out;
}

bool
kith_consent_granted(const GArray *consents, kith_node person, const char *purpose,
                     const char *channel)
{
    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = &g_array_index(consents, kith_consent, i);

        if (c->person == person && strcmp(c->status, "granted") == 0 &&
            (!purpose || strcmp(c->purpose, purpose) == 0) &&
            (!channel || strcmp(c->channel, channel) == 0))
            return true;
    }
    return false;
}
