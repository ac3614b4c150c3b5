/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matching_settle.c - proposals that exclude one another.
 *
 * A pair is judged by itself, but a record is one person. John Smith of the workshop fits John Smith of Pebble, who was at the
 * same conference; then he is not John Smith of Breakwater as well, who is another. So records are put together from the
 * likeliest pair down, never two who can hardly be one, and a pair that would join two such groups loses weight. Pairs that are
 * less likely than not join only when nobody else fits as well. (Constrained clustering of a linkage: Christen 2012, Data
 * Matching, 6.6.)
 */
#include "measures/matching_private.h"
#include "model/graph.h"
#include <math.h>
#include <string.h>

#define WEAK 0.3         /* pairs below join nobody */
#define EXCLUDED 3       /* bits lost by a pair of two groups that exclude one another */
#define MOST_CHECKS 1024 /* pairs of members looked at; groups larger than that exclude nobody */
#define NEARLY 1e-9

struct settling {
    const kith_matcher *m;
    const GArray *candidates;
    const kith_profile **profile; /* by node */
    kith_node *group, *next;      /* by node: the lowest member; the next member, -1 at the end */
    guint *first, *of;  /* of[first[i]] … of[first[i + 1] - 1]: the candidates of node i */
    GHashTable *likely; /* pairs as a << 32 | b */
};

static const kith_candidate *
candidate(const struct settling *s, guint i)
{
    return &g_array_index(s->candidates, kith_candidate, i);
}

static int64_t
pair_key(kith_node a, kith_node b)
{
    return MIN(a, b) << 32 | MAX(a, b);
}

/* Who cannot be one, whatever else speaks for it. */
static bool
apart(const struct settling *s, kith_node a, kith_node b)
{
    return kith_graph_told_apart(s->m->g, a, b) ||
           kith_matching_vetoed(s->profile[a], s->profile[b]) ||
           kith_matching_contradict(s->profile[a], s->profile[b]);
}

/* Who can hardly be one: namesakes of different firms as well, whom nothing else brings together. */
static bool
exclusive(const struct settling *s, kith_node a, kith_node b)
{
    int64_t key = pair_key(a, b);

    return apart(s, a, b) || (!g_hash_table_contains(s->likely, &key) &&
                              kith_matching_rivals(s->profile[a], s->profile[b]));
}

static int64_t
size_of(const struct settling *s, kith_node group)
{
    int64_t n = 0;

    for (kith_node i = group; i >= 0; i = s->next[i])
        n++;
    return n;
}

static bool
groups_exclude(const struct settling *s, kith_node a, kith_node b,
               bool (*exclude)(const struct settling *, kith_node, kith_node))
{
    if (size_of(s, a) * size_of(s, b) > MOST_CHECKS)
        return false;
    for (kith_node i = a; i >= 0; i = s->next[i])
        for (kith_node j = b; j >= 0; j = s->next[j])
            if (exclude(s, i, j))
                return true;
    return false;
}

/* Whether a node fits somebody else as well, whom the other group excludes. */
static bool
undecided(const struct settling *s, kith_node node, kith_node other, double score)
{
    for (guint k = s->first[node]; k < s->first[node + 1]; k++) {
        const kith_candidate *c = candidate(s, s->of[k]);
        kith_node group = s->group[c->a == node ? c->b : c->a];

        if (c->score < score - NEARLY)
            return false;
        if (group != other && groups_exclude(s, group, other, exclusive))
            return true;
    }
    return false;
}

/* The lower group takes the other's members. */
static void
join(struct settling *s, kith_node a, kith_node b)
{
    kith_node first = MIN(a, b), second = MAX(a, b), last = first;

    while (s->next[last] >= 0)
        last = s->next[last];
    s->next[last] = second;
    for (kith_node i = second; i >= 0; i = s->next[i])
        s->group[i] = first;
}

/* Each node's candidates, in their order: likeliest first. */
static void
list_candidates(struct settling *s)
{
    kith_node nodes = kith_graph_nodes(s->m->g);

    for (guint i = 0; i < s->candidates->len; i++) {
        s->first[candidate(s, i)->a + 2]++;
        s->first[candidate(s, i)->b + 2]++;
    }
    for (kith_node i = 1; i <= nodes; i++)
        s->first[i + 1] += s->first[i];
    for (guint i = 0; i < s->candidates->len; i++) {
        s->of[s->first[candidate(s, i)->a + 1]++] = i;
        s->of[s->first[candidate(s, i)->b + 1]++] = i;
    }
}

static void
lay_out(struct settling *s)
{
    for (kith_node i = 0; i < kith_graph_nodes(s->m->g); i++) {
        s->group[i] = i;
        s->next[i] = -1;
    }
    for (guint i = 0; i < s->m->people->len; i++) {
        const kith_profile *p = s->m->people->pdata[i];

        s->profile[p->node] = p;
    }
    for (guint i = 0; i < s->candidates->len; i++) {
        int64_t key = pair_key(candidate(s, i)->a, candidate(s, i)->b);

        if (candidate(s, i)->score >= KITH_MATCHING_LIKELY)
            g_hash_table_add(s->likely, g_memdup2(&key, sizeof key));
    }
    list_candidates(s);
}

static bool
fit(const struct settling *s, const kith_candidate *c)
{
    kith_node a = s->group[c->a], b = s->group[c->b];

    if (a == b || c->score < WEAK)
        return false;
    if (c->score >= KITH_MATCHING_LIKELY)
        return !groups_exclude(s, a, b, apart);
    return !groups_exclude(s, a, b, exclusive) && !undecided(s, c->a, b, c->score) &&
           !undecided(s, c->b, a, c->score);
}

/* A pair between two groups of which at least one is more than its own record: somebody else fits that one better. */
static void
weigh(const struct settling *s, kith_candidate *c)
{
    kith_node a = s->group[c->a], b = s->group[c->b];

    if (a == b || (s->next[a] < 0 && s->next[b] < 0) || !groups_exclude(s, a, b, exclusive))
        return;
    c->score /= c->score + (1 - c->score) * exp2(EXCLUDED);
}

void
kith_matching_settle(const kith_matcher *m, GArray *candidates)
{
    size_t n = (size_t)kith_graph_nodes(m->g) + 2;
    g_autofree const kith_profile **profile = g_new0(const kith_profile *, n);
    g_autofree kith_node *group = g_new(kith_node, n), *next = g_new(kith_node, n);
    g_autofree guint *first = g_new0(guint, n), *of = g_new(guint, 2 * candidates->len + 1);
    g_autoptr(GHashTable) likely = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct settling s = {m, candidates, profile, group, next, first, of, likely};

    lay_out(&s);
    for (guint i = 0; i < candidates->len; i++)
        if (fit(&s, candidate(&s, i)))
            join(&s, group[candidate(&s, i)->a], group[candidate(&s, i)->b]);
    for (guint i = 0; i < candidates->len; i++)
        weigh(&s, &g_array_index(candidates, kith_candidate, i));
}
