/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * layout_coarsen.c - half the network: each vertex is joined with a neighbour, or with another neighbour's neighbour.
 *
 * The tie that is heaviest for what its far end already stands for wins (Walshaw 2003,
 * doi:10.7155/jgaa.00070). What is left over, the leaves around a hub, is paired by the hub.
 */
#include "measures/layout_private.h"
#include <string.h>

#define FEW 24
#define NONE UINT32_MAX

void
kith_layout_level_free(kith_layout_level *level)
{
    if (!level)
        return;
    kith_layout_level_free(level->below);
    g_free(level->first);
    g_free(level->to);
    g_free(level->pull);
    g_free(level->mass);
    g_free(level->group);
    g_free(level->into);
    g_free(level);
}

static uint32_t *
shuffled(uint32_t n, kith_random *random)
{
    uint32_t *order = g_new(uint32_t, (gsize)n + 1);

    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = (uint32_t)kith_random_below(random, (uint64_t)i + 1);

        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

static bool
may_join(const kith_layout_level *level, uint32_t a, uint32_t b)
{
    return !level->group || level->group[a] == level->group[b];
}

static uint32_t
best_partner(const kith_layout_level *level, const uint32_t *mate, uint32_t v)
{
    uint32_t best = NONE;
    float most = -1;

    for (int64_t a = level->first[v]; a < level->first[v + 1]; a++) {
        uint32_t u = level->to[a];
        float worth = level->pull[a] / level->mass[u];

        if (u != v && mate[u] == NONE && worth > most && may_join(level, u, v)) {
            best = u;
            most = worth;
        }
    }
    return best;
}

static uint32_t
heaviest_neighbour(const kith_layout_level *level, uint32_t v)
{
    int64_t best = level->first[v];

    for (int64_t a = best + 1; a < level->first[v + 1]; a++)
        if (level->pull[a] > level->pull[best])
            best = a;
    return level->first[v] < level->first[v + 1] ? level->to[best] : NONE;
}

/* Vertices without a partner wait at their heaviest neighbour for another one. */
static void
pair_leftovers(const kith_layout_level *level, const uint32_t *order, uint32_t *mate)
{
    g_autofree uint32_t *waiting = g_new(uint32_t, (gsize)level->n + 1);

    memset(waiting, 0xff, level->n * sizeof *waiting);
    for (uint32_t i = 0; i < level->n; i++) {
        uint32_t v = order[i], hub, other;

        if (mate[v] != v)
            continue;
        hub = heaviest_neighbour(level, v);
        if (hub == NONE)
            continue;
        other = waiting[hub];
        if (other == NONE || !may_join(level, v, other)) {
            waiting[hub] = v;
            continue;
        }
        mate[v] = other;
        mate[other] = v;
        waiting[hub] = NONE;
    }
}

/* Everybody's mate; itself when it stays alone. */
static uint32_t *
find_mates(const kith_layout_level *level, kith_random *random)
{
    g_autofree uint32_t *order = shuffled(level->n, random);
    uint32_t *mate = g_new(uint32_t, (gsize)level->n + 1);

    memset(mate, 0xff, level->n * sizeof *mate);
    for (uint32_t i = 0; i < level->n; i++) {
        uint32_t v = order[i], u;

        if (mate[v] != NONE)
            continue;
        u = best_partner(level, mate, v);
        mate[v] = u == NONE ? v : u;
        if (u != NONE)
            mate[u] = v;
    }
    pair_leftovers(level, order, mate);
    return mate;
}

/* The ties of one joined vertex, those to the same one added up. */
static void
join_rows(const kith_layout_level *level, kith_layout_level *below, uint32_t v, uint32_t mate,
          int64_t *seat)
{
    uint32_t c = level->into[v];
    int64_t start = below->first[c], end = start;

    for (int turn = 0; turn < (mate == v ? 1 : 2); turn++) {
        uint32_t u = turn ? mate : v;

        for (int64_t a = level->first[u]; a < level->first[u + 1]; a++) {
            uint32_t d = level->into[level->to[a]];

            if (d == c)
                continue;
            if (seat[d] < start) {
                seat[d] = end;
                below->to[end] = d;
                below->pull[end++] = 0;
            }
            below->pull[seat[d]] += level->pull[a];
        }
    }
    below->first[c + 1] = end;
}

static void
join(kith_layout_level *level, const uint32_t *mate)
{
    kith_layout_level *below = g_new0(kith_layout_level, 1);
    g_autofree int64_t *seat = NULL;
    int64_t arcs = level->first[level->n];

    level->into = g_new(uint32_t, (gsize)level->n + 1);
    for (uint32_t v = 0; v < level->n; v++)
        level->into[v] = mate[v] < v ? level->into[mate[v]] : below->n++;
    below->first = g_new0(int64_t, (gsize)below->n + 1);
    below->to = g_new(uint32_t, (gsize)arcs + 1);
    below->pull = g_new(float, (gsize)arcs + 1);
    below->mass = g_new0(float, (gsize)below->n + 1);
    below->group = level->group ? g_new0(uint32_t, (gsize)below->n + 1) : NULL;
    seat = g_new(int64_t, (gsize)below->n + 1);
    memset(seat, 0xff, below->n * sizeof *seat);
    for (uint32_t v = 0; v < level->n; v++) {
        below->mass[level->into[v]] += level->mass[v];
        if (below->group)
            below->group[level->into[v]] = level->group[v];
        if (mate[v] >= v)
            join_rows(level, below, v, mate[v], seat);
    }
    below->to = g_renew(uint32_t, below->to, (gsize)below->first[below->n] + 1);
    below->pull = g_renew(float, below->pull, (gsize)below->first[below->n] + 1);
    level->below = below;
}

void
kith_layout_coarsen(kith_layout_level *level, kith_random *random)
{
    while (level->n > FEW) {
        g_autofree uint32_t *mate = find_mates(level, random);

        join(level, mate);
        if (level->below->n > 0.9 * level->n) { /* whole groups by now: join across them */
            bool grouped = level->group != NULL;

            g_clear_pointer(&level->below, kith_layout_level_free);
            g_clear_pointer(&level->into, g_free);
            g_clear_pointer(&level->group, g_free);
            if (!grouped)
                return;
            continue;
        }
        level = level->below;
    }
}
