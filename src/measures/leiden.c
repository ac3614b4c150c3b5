/* SPDX-License-Identifier: GPL-3.0-or-later */
/* leiden.c - moving, refining, coarsening; runs and what they have in common. */
#include "measures/leiden.h"
#include "base/base.h"
#include "measures/partition.h"
#include "measures/random.h"
#include <math.h>
#include <omp.h>
#include <string.h>

#define GRAIN 1e-9 /* of a tie: less is rounding */
#define FEW 1 /* rounds of one run on a large network: each starts from what the one before found */
#define DENSE 50     /* arcs a vertex: from here on one round leaves too much, and there are two */
#define MANY 16      /* rounds of one run on a small network, and of what the runs have in common */
#define SMALL 3e5    /* a network is small when so many steps are MANY rounds */
#define BETTER 1e-10 /* what counts as a gain in quality */
#define WORTH 2e-5   /* what must be gained for another round on a large network */

/* Memory of one run, as large as its finest level asks for, and all zero between uses where that is said. */
struct work {
    double *sum;           /* by group: ties from the vertex at hand; 0 */
    uint32_t *met;         /* groups with a sum */
    uint32_t *queue;       /* a ring of vertices */
    uint8_t *queued;       /* by vertex; 0 */
    kith_group_mass *mass; /* by group */
    uint32_t *members;     /* by group */
    uint32_t *idle;        /* groups without members */
    double *outside;       /* by part: ties to the rest of its group */
    uint32_t *order, *part, *group, *place;
    kith_random random;
};

static void
work_init(struct work *w, int64_t n, uint64_t seed, uint64_t stream)
{
    w->sum = g_new0(double, n + 1);
    w->met = g_new(uint32_t, n + 1);
    w->queue = g_new(uint32_t, n + 1);
    w->queued = g_new0(uint8_t, n + 1);
    w->mass = g_new(kith_group_mass, n + 1);
    w->members = g_new(uint32_t, n + 1);
    w->idle = g_new(uint32_t, n + 1);
    w->outside = g_new(double, n + 1);
    w->order = g_new(uint32_t, n + 1);
    w->part = g_new(uint32_t, n + 1);
    w->group = g_new(uint32_t, n + 1);
    w->place = g_new(uint32_t, n + 1);
    w->random = kith_random_init(seed, stream);
}

static void
work_clear(struct work *w)
{
    g_free(w->sum);
    g_free(w->met);
    g_free(w->queue);
    g_free(w->queued);
    g_free(w->mass);
    g_free(w->members);
    g_free(w->idle);
    g_free(w->outside);
    g_free(w->order);
    g_free(w->part);
    g_free(w->group);
    g_free(w->place);
}

static void
shuffle(uint32_t *item, int64_t n, kith_random *random)
{
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)kith_random_below(random, (uint64_t)i + 1);
        uint32_t swap = item[i];

        item[i] = item[j];
        item[j] = swap;
    }
}

/* Ties from v to each group of its neighbours, in met[0 … n - 1] and sum. */
static int64_t
meet(const kith_grouping *p, const uint32_t *group, uint32_t v, struct work *w)
{
    int64_t n = 0;

    for (int64_t i = p->first[v]; i < p->first[v + 1]; i++) {
        uint32_t c = group[p->arc[i].to];
        double before = w->sum[c];

        w->met[n] = c; /* without a branch, which could not be foretold */
        n += before == 0;
        w->sum[c] = before + (double)p->arc[i].weight;
    }
    return n;
}

/* What quality gains when a vertex that is nowhere joins a group: ties less what to expect. */
static inline double
gain(double g, kith_group_mass v, kith_group_mass group, double ties)
{
    return ties - g * (v.a * group.b + v.b * group.a);
}

/* The best group for v, taken out of its own; its own unless another is really better. */
static uint32_t
choose(const kith_grouping *p, const uint32_t *group, uint32_t v, uint32_t idle, struct work *w)
{
    uint32_t own = group[v], best = own;
    int64_t n = meet(p, group, v, w);
    double most;

    w->mass[own].a -= p->mass[v].a;
    w->mass[own].b -= p->mass[v].b;
    most = gain(p->g, p->mass[v], w->mass[own], w->sum[own]) + GRAIN;
    for (int64_t i = 0; i < n; i++) {
        uint32_t c = w->met[i];
        double here = gain(p->g, p->mass[v], w->mass[c], w->sum[c]);

        if (here > most) {
            most = here;
            best = c;
        }
        w->sum[c] = 0;
    }
    if (most < 0 && w->members[own] > 1)
        best = idle;
    return best;
}

static void
enqueue(uint32_t v, int64_t n, int64_t *tail, int64_t *waiting, struct work *w)
{
    w->queued[v] = 1;
    w->queue[*tail] = v;
    *tail = *tail + 1 == n ? 0 : *tail + 1;
    ++*waiting;
}

static int64_t
count_members(const kith_grouping *p, const uint32_t *group, struct work *w)
{
    int64_t idle = 0;

    memset(w->members, 0, (size_t)p->n * sizeof *w->members);
    memset(w->mass, 0, (size_t)p->n * sizeof *w->mass);
    for (int64_t v = 0; v < p->n; v++) {
        w->members[group[v]]++;
        w->mass[group[v]].a += p->mass[v].a;
        w->mass[group[v]].b += p->mass[v].b;
    }
    for (int64_t c = p->n - 1; c >= 0; c--)
        if (w->members[c] == 0)
            w->idle[idle++] = (uint32_t)c;
    return idle;
}

/* Moves vertices until none gains by moving. */
static void
move_vertices(const kith_grouping *p, uint32_t *group, struct work *w)
{
    int64_t idle = count_members(p, group, w), head = 0, tail = 0, waiting = 0;

    for (int64_t v = 0; v < p->n; v++)
        enqueue((uint32_t)v, p->n, &tail, &waiting, w);
    shuffle(w->queue, p->n, &w->random);
    while (waiting) {
        uint32_t v = w->queue[head], own = group[v], best;

        head = head + 1 == p->n ? 0 : head + 1;
        waiting--;
        w->queued[v] = 0;
        best = choose(p, group, v, idle ? w->idle[idle - 1] : own, w);
        w->mass[best].a += p->mass[v].a;
        w->mass[best].b += p->mass[v].b;
        if (best == own)
            continue;
        idle -= w->members[best]++ == 0;
        if (--w->members[own] == 0)
            w->idle[idle++] = own;
        group[v] = best;
        for (int64_t i = p->first[v]; i < p->first[v + 1]; i++)
            if (!w->queued[p->arc[i].to] && group[p->arc[i].to] != best)
                enqueue(p->arc[i].to, p->n, &tail, &waiting, w);
    }
}

/* Ties from v to the rest of its group. */
static double
ties_inside(const kith_grouping *p, const uint32_t *group, uint32_t v)
{
    double sum = 0;

    for (int64_t i = p->first[v]; i < p->first[v + 1]; i++)
        sum += group[p->arc[i].to] == group[v] ? (double)p->arc[i].weight : 0;
    return sum;
}

/* Whether a part is tied to the rest of its group at least as much as chance would have it. */
static bool
belongs(const kith_grouping *p, kith_group_mass part, kith_group_mass whole, double outside)
{
    kith_group_mass rest = {whole.a - part.a, whole.b - part.b};

    return outside >= p->g * (part.a * rest.b + part.b * rest.a) - GRAIN;
}

/* The best part of v's own group for v, which is alone, to join; v's own for none. */
static uint32_t
choose_part(const kith_grouping *p, const uint32_t *group, const uint32_t *part, uint32_t v,
            const kith_group_mass *whole, struct work *w)
{
    double most = GRAIN;
    uint32_t best = part[v];
    int64_t n = 0;

    for (int64_t i = p->first[v]; i < p->first[v + 1]; i++) {
        uint32_t c = part[p->arc[i].to];

        if (group[p->arc[i].to] != group[v])
            continue;
        w->met[n] = c;
        n += w->sum[c] == 0;
        w->sum[c] += (double)p->arc[i].weight;
    }
    for (int64_t i = 0; i < n; i++) {
        uint32_t c = w->met[i];
        double here = gain(p->g, p->mass[v], w->mass[c], w->sum[c]);

        if (here > most && belongs(p, w->mass[c], whole[group[v]], w->outside[c])) {
            most = here;
            best = c;
        }
    }
    if (best != part[v])
        w->outside[best] += w->outside[part[v]] - 2 * w->sum[best];
    for (int64_t i = 0; i < n; i++)
        w->sum[w->met[i]] = 0;
    return best;
}

/* Groups into parts that hang together; `part` is filled. @return how many */
static int64_t
refine(const kith_grouping *p, const uint32_t *group, uint32_t *part, struct work *w)
{
    g_autofree kith_group_mass *whole = g_new0(kith_group_mass, p->n + 1);

    for (int64_t v = 0; v < p->n; v++) {
        whole[group[v]].a += p->mass[v].a;
        whole[group[v]].b += p->mass[v].b;
        part[v] = w->order[v] = (uint32_t)v;
        w->mass[v] = p->mass[v];
        w->members[v] = 1;
        w->outside[v] = ties_inside(p, group, (uint32_t)v);
    }
    shuffle(w->order, p->n, &w->random);
    for (int64_t i = 0; i < p->n; i++) {
        uint32_t v = w->order[i], best;

        if (w->members[part[v]] != 1 ||
            !belongs(p, p->mass[v], whole[group[v]], w->outside[part[v]]))
            continue;
        best = choose_part(p, group, part, v, whole, w);
        if (best == part[v])
            continue;
        w->members[part[v]]--;
        w->members[best]++;
        w->mass[best].a += p->mass[v].a;
        w->mass[best].b += p->mass[v].b;
        part[v] = best;
    }
    return kith_partition_number(part, p->n);
}

/*
 * One round: down to the coarsest level, where quality is soonest told. `group` is where to start and what was found, for the vertices of `finest`.
 * A coarser level starts from the groups, and its vertices are their parts.
 */
static double
descend(const kith_grouping *finest, uint32_t *found, struct work *w)
{
    g_autoptr(kith_grouping) own = NULL;
    const kith_grouping *p = finest;

    for (int64_t v = 0; v < finest->n; v++)
        w->place[v] = (uint32_t)v;
    memcpy(w->group, found, (size_t)finest->n * sizeof *found);
    for (;;) {
        int64_t groups, parts;
        kith_grouping *next;

        move_vertices(p, w->group, w);
        groups = kith_partition_number(w->group, p->n);
        parts = groups < p->n ? refine(p, w->group, w->part, w) : p->n;
        if (parts == p->n)
            break;
        next = kith_grouping_coarser(p, w->part, parts);
        for (int64_t v = 0; v < p->n; v++)
            w->order[w->part[v]] = w->group[v];
        memcpy(w->group, w->order, (size_t)parts * sizeof *w->group);
        for (int64_t v = 0; v < finest->n; v++)
            w->place[v] = w->part[w->place[v]];
        kith_grouping_free(own);
        p = own = next;
    }
    for (int64_t v = 0; v < finest->n; v++)
        found[v] = w->group[w->place[v]];
    return kith_grouping_quality(p, w->group);
}

static int
rounds_of(const kith_grouping *p)
{
    int few = p->first[p->n] >= DENSE * p->n ? FEW + 1 : FEW;

    return (int)CLAMP(SMALL / (double)(p->n + p->first[p->n] + 1), few, MANY);
}

/* Rounds until nothing worth another is gained, at most so many. @return the quality */
static double
settle(const kith_grouping *p, int rounds, uint32_t *group, struct work *w)
{
    double worth = rounds_of(p) < MANY ? WORTH : BETTER, best = -INFINITY;
    g_autofree uint32_t *next = g_new(uint32_t, p->n + 1);

    memcpy(next, group, (size_t)p->n * sizeof *next);
    for (int round = 0; round < rounds; round++) {
        double quality = descend(p, next, w), gained = quality - best;

        if (!(gained > BETTER))
            break;
        best = quality;
        memcpy(group, next, (size_t)p->n * sizeof *next);
        if (gained < worth)
            break;
    }
    return best;
}

double
kith_leiden_once(const kith_grouping *p, uint64_t seed, uint64_t stream, uint32_t *group)
{
    struct work w = {0};
    double quality;

    work_init(&w, p->n, seed, stream);
    for (int64_t v = 0; v < p->n; v++)
        group[v] = (uint32_t)v;
    quality = settle(p, rounds_of(p), group, &w);
    work_clear(&w);
    return quality;
}

/* Everybody with a single tie joins the other end; `to` is filled. @return how many vertices are left */
static int64_t
fold_pendants(const kith_grouping *p, uint32_t *to)
{
    for (int64_t v = 0; v < p->n; v++) {
        int64_t i = p->first[v];
        bool pendant = p->pendants_follow && p->first[v + 1] - i == 1;
        uint32_t other = pendant ? p->arc[i].to : (uint32_t)v;
        bool pair = pendant && p->first[other + 1] - p->first[other] == 1;

        to[v] = pair ? MIN((uint32_t)v, other) : other;
    }
    return kith_partition_number(to, p->n);
}

/* A search on its way: the runs work on a network in which pendants are one with their neighbours. */
struct search {
    const kith_grouping *whole, *base;
    const uint32_t *fold; /* vertex of whole -> vertex of base */
    uint32_t *run;        /* by run: base->n groups */
    kith_leiden *found;
    const kith_leiden_plan *plan;
};

static kith_status
run_all(struct search *s, kith_error *err)
{
    const kith_leiden_plan *o = s->plan;
    bool stop = false;

#pragma omp parallel for schedule(dynamic) num_threads((int)MAX(1, o->threads))
    for (int64_t i = 0; i < o->runs; i++) {
        bool halt;

#pragma omp atomic read
        halt = stop;
        if (halt)
            continue;
        s->found->run_quality[i] =
            kith_leiden_once(s->base, (uint64_t)o->seed, (uint64_t)i, s->run + i * s->base->n);
        if (omp_get_thread_num() == 0 && o->progress &&
            !o->progress(o->payload, (double)i / (double)o->runs)) {
#pragma omp atomic write
            stop = true;
        }
    }
    return stop ? kith_fail(err, KITH_ERR_CANCELLED, "stopped") : KITH_OK;
}

/*
 * What two divisions have in common becomes the vertices of a coarser network, and the better one is bettered there.
 * `group` takes over what is found if it is a gain. @return the quality of `group`
 */
static double
recombine(const kith_grouping *base, const uint32_t *other, double quality, uint32_t *group,
          struct work *w)
{
    g_autofree uint32_t *core = g_memdup2(group, (gsize)base->n * sizeof *core);
    g_autofree uint32_t *coarse = g_new(uint32_t, base->n + 1);
    g_autoptr(kith_grouping) cores = NULL;
    int64_t n = kith_partition_overlap(core, other, base->n);
    double found;

    cores = kith_grouping_coarser(base, core, n);
    for (int64_t v = 0; v < base->n; v++)
        coarse[core[v]] = group[v];
    kith_partition_number(coarse, n);
    found = settle(cores, rounds_of(cores), coarse, w);
    if (!(found > quality + BETTER))
        return quality;
    for (int64_t v = 0; v < base->n; v++)
        group[v] = coarse[core[v]];
    return found;
}

/* The best run, bettered by each other one, then on the whole network. */
static void
combine(const struct search *s, int64_t best, uint32_t *group)
{
    double quality = s->found->run_quality[best];
    struct work w = {0};

    work_init(&w, s->base->n, (uint64_t)s->plan->seed, (uint64_t)s->plan->runs);
    for (int64_t i = 0; i < s->plan->runs; i++)
        if (i != best)
            quality = recombine(s->base, s->run + i * s->base->n, quality, group, &w);
    settle(s->base, MANY, group, &w);
    work_clear(&w);
}

static void
unfold(const struct search *s, const uint32_t *from, uint32_t *group)
{
    for (int64_t v = 0; v < s->whole->n; v++)
        group[v] = from[s->fold[v]];
}

static void
finish(struct search *s)
{
    kith_leiden *found = s->found;
    g_autofree uint32_t *group = NULL;
    int64_t best = 0;

    for (int64_t i = 1; i < s->plan->runs; i++)
        if (found->run_quality[i] > found->run_quality[best])
            best = i;
    group = g_memdup2(s->run + best * s->base->n, (gsize)s->base->n * sizeof *group);
    if (s->plan->runs > 1)
        combine(s, best, group);
    unfold(s, group, found->group);
    kith_partition_connect(s->whole, found->group);
    found->groups = kith_partition_order(found->group, found->n);
    found->quality = kith_grouping_quality(s->whole, found->group);
    for (int64_t i = 0; i < s->plan->runs; i++)
        unfold(s, s->run + i * s->base->n, found->run_group + i * found->n);
}

kith_status
kith_leiden_find(const kith_grouping *p, const kith_leiden_plan *plan, kith_leiden **out,
                 kith_error *err)
{
    g_autoptr(kith_leiden) found = g_new0(kith_leiden, 1);
    g_autoptr(kith_grouping) base = NULL;
    g_autofree uint32_t *fold = g_new(uint32_t, p->n + 1), *run = NULL;
    struct search s = {.whole = p, .fold = fold, .found = found, .plan = plan};

    found->n = p->n;
    found->runs = plan->runs;
    found->group = g_new0(uint32_t, p->n + 1);
    found->run_quality = g_new0(double, plan->runs + 1);
    found->run_group = g_try_new(uint32_t, (gsize)(plan->runs * p->n) + 1);
    s.base = base = kith_grouping_coarser(p, fold, fold_pendants(p, fold));
    s.run = run = g_try_new(uint32_t, (gsize)(plan->runs * (base->n + 1)) + 1);
    if (!found->run_group || !run)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " runs",
                         plan->runs);
    TRY(run_all(&s, err));
    finish(&s);
    *out = g_steal_pointer(&found);
    return KITH_OK;
}

void
kith_leiden_free(kith_leiden *found)
{
    if (!found)
        return;
    g_free(found->group);
    g_free(found->run_quality);
    g_free(found->run_group);
    g_free(found);
}
