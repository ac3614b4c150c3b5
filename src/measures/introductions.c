/* SPDX-License-Identifier: GPL-3.0-or-later */
/* introductions.c - see introductions.h. */
#include "measures/introductions.h"
#include "measures/repeats.h"
#include <stdlib.h>
#include <string.h>

#define OUTCOME (KITH_INTRODUCTION_DECLINED + 1) /* sorts behind the answers of the same day */

/* One fact. */
typedef struct said {
    kith_node by, to;
    const char *asker, *outcome;
    kith_time when;
    int what; /* kith_introduction_state or OUTCOME */
    int64_t tie;
} said;

bool
kith_introduction_says(const char *status, kith_introduction_state *out)
{
    static const struct {
        const char *word;
        kith_introduction_state state;
    } words[] = {
        {"asked", KITH_INTRODUCTION_ASKED},       {"requested", KITH_INTRODUCTION_ASKED},
        {"pending", KITH_INTRODUCTION_ASKED},     {"agreed", KITH_INTRODUCTION_AGREED},
        {"accepted", KITH_INTRODUCTION_AGREED},   {"made", KITH_INTRODUCTION_MADE},
        {"declined", KITH_INTRODUCTION_DECLINED}, {"refused", KITH_INTRODUCTION_DECLINED},
    };

    *out = KITH_INTRODUCTION_MADE;
    for (size_t i = 0; status && i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].word, status) == 0) {
            *out = words[i].state;
            return true;
        }
    return !status;
}

static const char *
attribute(const kith_graph *graph, int64_t tie, const char *wanted)
{
    const char *key, *value;

    for (int64_t i = 0; kith_graph_tie_attribute_at(graph, tie, i, &key, &value); i++)
        if (strcmp(key, wanted) == 0)
            return value;
    return NULL;
}

static int
by_request(const void *a, const void *b)
{
    const said *x = a, *y = b;
    int asker = g_strcmp0(x->asker, y->asker);

    if (x->by != y->by)
        return x->by < y->by ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (asker != 0)
        return asker;
    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    return x->tie < y->tie ? -1 : x->tie > y->tie;
}

static GArray *
gather(const kith_graph *graph)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(said));
    int64_t first, n;

    kith_graph_tie_range(graph, KITH_INTRODUCED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_introduction_state state;
        kith_tie t;
        said s = {.tie = i};

        kith_graph_tie(graph, i, &t);
        s.by = t.from;
        s.to = t.to;
        s.when = t.when;
        s.asker = attribute(graph, i, "for");
        s.outcome = attribute(graph, i, "outcome");
        if (g_strcmp0(t.status, KITH_PAIRED) == 0)
            continue;
        s.what = kith_introduction_says(t.status, &state) ? (int)state
                 : strcmp(t.status, "outcome") == 0       ? OUTCOME
                                                          : KITH_INTRODUCTION_ASKED;
        g_array_append_val(all, s);
    }
    if (all->len > 0)
        qsort(all->data, all->len, sizeof(said), by_request);
    return all;
}

/* Whether a fact goes on with what was told last: answers follow a question, an outcome follows anything. */
static bool
goes_on(const kith_introduction *last, const said *last_said, const said *s)
{
    if (last->by != s->by || last->to != s->to || g_strcmp0(last_said->asker, s->asker))
        return false;
    if (s->what == OUTCOME)
        return true;
    if (last->state == KITH_INTRODUCTION_ASKED)
        return true;
    return last->state == KITH_INTRODUCTION_AGREED && s->what != KITH_INTRODUCTION_ASKED;
}

static void
join(kith_introduction *request, const said *s)
{
    if (s->what != OUTCOME)
        request->state = (kith_introduction_state)s->what;
    if (s->what != OUTCOME && s->what != KITH_INTRODUCTION_ASKED)
        request->answered = s->when;
    if (s->outcome)
        request->outcome = s->outcome;
}

GArray *
kith_introductions(const kith_graph *graph)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_introduction));
    g_autoptr(GArray) all = gather(graph);

    for (guint i = 0; i < all->len; i++) {
        const said *s = &g_array_index(all, said, i);
        kith_introduction *last =
            out->len ? &g_array_index(out, kith_introduction, out->len - 1) : NULL;
        kith_introduction made = {s->by,   s->to,          s->asker, KITH_INTRODUCTION_MADE,
                                  s->when, KITH_TIME_NONE, NULL};

        if (!last || !goes_on(last, s - 1, s)) {
            g_array_append_val(out, made);
            last = &g_array_index(out, kith_introduction, out->len - 1);
        }
        join(last, s);
    }
    return out;
}
