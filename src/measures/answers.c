/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.c - the last two answers side by side, and shuffles of who changed. */
#include "measures/answers.h"

#include "base/base.h"
#include "base/text.h"
#include "measures/random.h"
#include "model/graph.h"
#include <math.h>
#include <string.h>

static bool
is_same(const char *a, const char *b)
{
    g_autofree char *x = kith_text_fold(a), *y = kith_text_fold(b);

    return strcmp(x, y) == 0;
}

static double
whole_days(kith_time from, kith_time to)
{
    int64_t days = (to - from) / KITH_DAY;

    return (double)MAX(0, days);
}

/* Ties of a kind are sorted by (from, to, when): the last two of a run are the latest. */
GArray *
kith_answers_list(const kith_graph *g)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_asked));
    int64_t first, n;

    kith_graph_tie_range(g, KITH_ANSWERED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);
        kith_asked *last = out->len ? KITH_ROW(out, kith_asked, out->len - 1) : NULL;
        const char *text = kith_pool_get(g->pool, t.detail);

        if (last && last->who == (kith_node)t.from && last->question == (kith_node)t.to) {
            last->before = last->now ? last->now : "";
        } else {
            kith_asked fresh = {.who = t.from, .question = t.to};

            g_array_append_val(out, fresh);
            last = KITH_ROW(out, kith_asked, out->len - 1);
        }
        last->now = text;
        last->when = t.when;
        last->age_days = t.when == KITH_TIME_NONE ? NAN : whole_days(t.when, g->as_of);
        last->changed = last->before && !is_same(last->before, text);
    }
    return out;
}

struct shuffling {
    const kith_warm_network *net;
    kith_node *person;
    bool *changed; /* by node */
    int64_t n;
};

static int64_t
count_ties(const struct shuffling *s)
{
    int64_t ties = 0;

    for (int64_t i = 0; i < s->n; i++) {
        kith_node v = s->person[i];

        for (int64_t k = s->net->first[v]; s->changed[v] && k < s->net->first[v + 1]; k++)
            ties += s->net->to[k] > v && s->changed[s->net->to[k]];
    }
    return ties;
}

static void
shuffle(struct shuffling *s, kith_random *random)
{
    for (int64_t i = s->n - 1; i > 0; i--) {
        kith_node a = s->person[i];
        kith_node b = s->person[kith_random_below(random, (uint64_t)i + 1)];
        bool kept = s->changed[a];

        s->changed[a] = s->changed[b];
        s->changed[b] = kept;
    }
}

/* Who answered some question twice, each once; answers are sorted by who. */
static void
gather(struct shuffling *s, const GArray *answers, kith_node question)
{
    for (guint i = 0; i < answers->len; i++) {
        const kith_asked *one = KITH_ROW(answers, kith_asked, i);

        if (!one->before || (question >= 0 && one->question != question))
            continue;
        if (s->n == 0 || s->person[s->n - 1] != one->who)
            s->person[s->n++] = one->who;
        s->changed[one->who] = s->changed[one->who] || one->changed;
    }
}

kith_clustering
kith_answers_clustering(const GArray *answers, const kith_warm_network *net, kith_node question,
                        int64_t shuffles, int64_t seed)
{
    g_autofree kith_node *person = g_new(kith_node, answers->len + 1);
    g_autofree bool *changed = g_new0(bool, net->nodes + 1);
    struct shuffling s = {net, person, changed, 0};
    kith_random random = kith_random_init((uint64_t)seed, 1);
    kith_clustering out = {0};
    int64_t most = 0;

    gather(&s, answers, question);
    out.people = s.n;
    for (int64_t i = 0; i < s.n; i++)
        out.changed += changed[person[i]];
    out.ties = count_ties(&s);
    for (int64_t i = 0; i < shuffles; i++) {
        int64_t ties;

        shuffle(&s, &random);
        ties = count_ties(&s);
        out.expected += (double)ties / (double)shuffles;
        most += ties >= out.ties;
    }
    out.p = (double)(1 + most) / (double)(shuffles + 1);
    return out;
}
