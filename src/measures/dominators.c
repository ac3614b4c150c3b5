/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dominators.c - the dominator tree by iteration over reverse postorder. */
#include "measures/dominators.h"
#include <string.h>

struct walk {
    const kith_hops *h;
    int32_t *order;    /* reverse postorder: place -> node */
    int32_t *place;    /* node -> place, -1 unreachable */
    int64_t n;         /* reachable nodes */
    int64_t *in_first; /* hops backwards */
    int32_t *in_from;
};

static bool
is_blocked(const kith_hops *h, int32_t v)
{
    return h->blocked && h->blocked[v];
}

/* Depth first without recursion; a node gets its place when all behind it have theirs. */
static void
number(struct walk *w, int32_t root)
{
    size_t n = (size_t)w->h->nodes;
    g_autofree int32_t *stack = g_new(int32_t, n + 1);
    g_autofree int64_t *at = g_new(int64_t, n + 1);
    g_autofree int32_t *post = g_new(int32_t, n + 1);
    int64_t depth = 0, done = 0;

    memset(w->place, -1, sizeof *w->place * n);
    stack[depth++] = root;
    at[root] = w->h->first[root];
    w->place[root] = 0;
    while (depth) {
        int32_t v = stack[depth - 1];

        if (at[v] == w->h->first[v + 1]) {
            post[done++] = v;
            depth--;
            continue;
        }
        int32_t next = w->h->to[at[v]++];

        if (w->place[next] != -1 || is_blocked(w->h, next))
            continue;
        w->place[next] = 0;
        at[next] = w->h->first[next];
        stack[depth++] = next;
    }
    w->n = done;
    for (int64_t i = 0; i < done; i++) {
        w->order[i] = post[done - 1 - i];
        w->place[w->order[i]] = (int32_t)i;
    }
}

static void
reverse(struct walk *w)
{
    int64_t n = w->h->nodes;
    g_autofree int64_t *fill = g_new0(int64_t, n + 1);

    w->in_first = g_new0(int64_t, n + 1);
    for (int64_t i = 0; i < w->h->first[n]; i++)
        w->in_first[w->h->to[i] + 1]++;
    for (int64_t v = 0; v < n; v++)
        w->in_first[v + 1] += w->in_first[v];
    w->in_from = g_new(int32_t, w->h->first[n] + 1);
    memcpy(fill, w->in_first, sizeof *fill * (size_t)(n + 1));
    for (int32_t v = 0; v < n; v++)
        for (int64_t i = w->h->first[v]; i < w->h->first[v + 1]; i++)
            w->in_from[fill[w->h->to[i]]++] = v;
}

/* The nearest common ancestor in the tree so far. */
static int32_t
meet(const struct walk *w, const int32_t *idom, int32_t a, int32_t b)
{
    while (a != b) {
        while (w->place[a] > w->place[b])
            a = idom[a];
        while (w->place[b] > w->place[a])
            b = idom[b];
    }
    return a;
}

void
kith_dominators(const kith_hops *hops, int32_t root, int32_t *idom)
{
    g_autofree int32_t *order = g_new(int32_t, hops->nodes + 1);
    g_autofree int32_t *place = g_new(int32_t, hops->nodes + 1);
    struct walk w = {.h = hops, .order = order, .place = place};
    bool changed = true;

    memset(idom, -1, sizeof *idom * (size_t)hops->nodes);
    number(&w, root);
    reverse(&w);
    idom[root] = root;
    while (changed) {
        changed = false;
        for (int64_t i = 1; i < w.n; i++) {
            int32_t v = order[i], best = -1;

            for (int64_t k = w.in_first[v]; k < w.in_first[v + 1]; k++) {
                int32_t from = w.in_from[k];

                if (idom[from] != -1)
                    best = best == -1 ? from : meet(&w, idom, from, best);
            }
            changed = changed || idom[v] != best;
            idom[v] = best;
        }
    }
    g_free(w.in_first);
    g_free(w.in_from);
}

/* Leaves first: a node is passed up when all its children were. */
void
kith_dominators_behind(int64_t nodes, int32_t root, const int32_t *idom, int64_t *behind)
{
    g_autofree int32_t *waiting = g_new0(int32_t, nodes + 1);
    g_autofree int32_t *leaf = g_new(int32_t, nodes + 1);
    int64_t n = 0;

    for (int64_t v = 0; v < nodes; v++) {
        behind[v] = 0;
        if (v != root && idom[v] >= 0)
            waiting[idom[v]]++;
    }
    for (int64_t v = 0; v < nodes; v++)
        if (v != root && idom[v] >= 0 && waiting[v] == 0)
            leaf[n++] = (int32_t)v;
    while (n > 0) {
        int32_t v = leaf[--n], up = idom[v];

        behind[up] += behind[v] + 1;
        if (--waiting[up] == 0 && up != root)
            leaf[n++] = up;
    }
}
