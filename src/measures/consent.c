/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consent.c - the strictest statement of each person about each use. */
#include "measures/consent.h"
#include "base/day.h"
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

/* What was said up to a day; what has no date may have been. */
static GArray *
statements(const kith_graph *g, kith_time day)
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
        s.when = kith_day_of(t.when);
        if (s.when != KITH_TIME_NONE && s.when > day)
            continue;
        s.until = t.until;
        s.strictness = strictness(t.status);
        if (s.strictness == GRANTED && t.until != KITH_TIME_NONE && t.until < day)
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
kith_consents_on(const kith_graph *graph, kith_time day)
{
    g_autoptr(GArray) all = statements(graph, day);
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

GArray *
kith_consents(const kith_graph *graph)
{
    return kith_consents_on(graph, kith_graph_as_of(graph));
}

/* The first that does not come before this use. */
static guint
first_of(const GArray *consents, const char *purpose, const char *channel)
{
    guint low = 0, high = consents->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const kith_consent *c = &g_array_index(consents, kith_consent, middle);
        int order = strcmp(c->purpose, purpose);

        if (order < 0 || (order == 0 && strcmp(c->channel, channel) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The next of this use who granted it, from *at on; NULL when there is no more. */
static const kith_consent *
next_granted(const GArray *consents, guint *at, const char *purpose, const char *channel)
{
    for (; *at < consents->len; ++*at) {
        const kith_consent *c = &g_array_index(consents, kith_consent, *at);

        if (strcmp(c->purpose, purpose) != 0 || strcmp(c->channel, channel) != 0)
            return NULL;
        if (strcmp(c->status, names[GRANTED]) == 0)
            return c;
    }
    return NULL;
}

kith_optins
kith_consents_compare(const GArray *before, const GArray *after, const char *purpose,
                      const char *channel)
{
    guint i = first_of(before, purpose, channel), j = first_of(after, purpose, channel);
    kith_optins out = {0};

    for (;;) {
        const kith_consent *was = next_granted(before, &i, purpose, channel);
        const kith_consent *is = next_granted(after, &j, purpose, channel);

        if (!was && !is)
            return out;
        out.granted += is && (!was || is->person <= was->person);
        if (!is || (was && was->person < is->person)) {
            out.left++;
            i++;
        } else if (!was || is->person < was->person) {
            out.joined++;
            j++;
        } else {
            i++;
            j++;
        }
    }
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
