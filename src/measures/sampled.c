/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sampled.c - random shortest paths by search from both ends.
 *
 * The two searches grow level by level, always the one whose next level is cheaper, until an arc joins them. The paths over
 * joining arcs are all shortest paths; one arc is drawn by how many paths it carries, then each step back to either end by
 * how many come that way. Sample i draws from stream i of the seed, and counts are whole numbers, so threads do not matter.
 */
#include "measures/sampled.h"
#include "base/base.h"
#include "measures/random.h"
#include "model/csr.h"
#include <math.h>
#include <omp.h>

#define PILOT 256 /* samples that only tell how many arcs one takes */
#define CHUNK 1024
#define PILOT_STREAM (UINT64_C(1) << 40)

/* One of the two searches. */
struct side {
    const kith_csr *ahead, *back; /* rows along and against the search */
    double *sigma;                /* by vertex: paths from this end */
    int32_t *level;               /* by vertex; -1: not met */
    uint32_t *met;                /* in order */
    int64_t n_met, front;         /* the last level begins at `front` */
    int32_t depth;
};

struct join {
    uint32_t near, far; /* met by the side that grew, and by the other */
    double paths;
};

struct room {
    struct side side[2];
    GArray *joins;
    int64_t *count; /* by vertex: samples it was on */
    int64_t steps;  /* arcs looked at */
};

static void
room_free(struct room *r)
{
    for (int i = 0; i < 2; i++) {
        g_free(r->side[i].sigma);
        g_free(r->side[i].level);
        g_free(r->side[i].met);
    }
    if (r->joins)
        g_array_unref(r->joins);
    g_free(r->count);
    g_free(r);
}

static struct room *
room_new(const kith_csr *out, const kith_csr *in)
{
    struct room *r = g_new0(struct room, 1);
    bool enough;

    r->joins = g_array_new(FALSE, FALSE, sizeof(struct join));
    r->count = g_try_new0(int64_t, out->n + 1);
    enough = r->count != NULL;
    for (int i = 0; i < 2; i++) {
        struct side *s = &r->side[i];

        s->ahead = i ? in : out;
        s->back = i ? out : in;
        s->sigma = g_try_new(double, out->n + 1);
        s->level = g_try_new(int32_t, out->n + 1);
        s->met = g_try_new(uint32_t, out->n + 1);
        enough = enough && s->sigma && s->level && s->met;
        for (int64_t v = 0; enough && v < out->n; v++)
            s->level[v] = -1;
    }
    if (enough)
        return r;
    room_free(r);
    return NULL;
}

static void
begin(struct side *s, uint32_t start)
{
    for (int64_t i = 0; i < s->n_met; i++)
        s->level[s->met[i]] = -1;
    s->met[0] = start;
    s->level[start] = 0;
    s->sigma[start] = 1;
    s->n_met = 1;
    s->front = 0;
    s->depth = 0;
}

/* How many arcs the next level takes; none when the search is at its end. */
static int64_t
next_arcs(const struct side *s)
{
    int64_t arcs = 0;

    for (int64_t i = s->front; i < s->n_met; i++)
        arcs += s->ahead->first[s->met[i] + (int64_t)1] - s->ahead->first[s->met[i]];
    return arcs;
}

static void
look_at(struct room *r, struct side *s, const struct side *other, uint32_t v, uint32_t u)
{
    if (other->level[u] >= 0) {
        struct join j = {v, u, s->sigma[v] * other->sigma[u]};

        g_array_append_val(r->joins, j);
    }
    if (s->level[u] < 0) {
        s->level[u] = s->depth + 1;
        s->sigma[u] = s->sigma[v];
        s->met[s->n_met++] = u;
    } else if (s->level[u] == s->depth + 1) {
        s->sigma[u] += s->sigma[v];
    }
}

static void
grow(struct room *r, struct side *s, const struct side *other)
{
    int64_t end = s->n_met;

    for (int64_t i = s->front; i < end; i++) {
        uint32_t v = s->met[i];

        for (int64_t k = s->ahead->first[v]; k < s->ahead->first[v + (int64_t)1]; k++)
            look_at(r, s, other, v, s->ahead->to[k]);
    }
    s->front = end;
    s->depth++;
}

/* From a vertex back to where its search began, counting all but that end. */
static void
walk_back(struct room *r, const struct side *s, uint32_t v, kith_random *random)
{
    while (s->level[v] > 0) {
        double draw = kith_random_real(random) * s->sigma[v];
        uint32_t before = v;

        r->count[v]++;
        for (int64_t k = s->back->first[v]; k < s->back->first[v + (int64_t)1]; k++) {
            uint32_t u = s->back->to[k];

            if (s->level[u] != s->level[v] - 1)
                continue;
            before = u;
            if ((draw -= s->sigma[u]) < 0)
                break;
        }
        v = before;
    }
}

static void
draw_path(struct room *r, const struct side *grown, const struct side *other, kith_random *random)
{
    const struct join *join = (const struct join *)(const void *)r->joins->data;
    double all = 0, draw;
    guint i = 0;

    for (guint k = 0; k < r->joins->len; k++)
        all += join[k].paths;
    draw = kith_random_real(random) * all;
    while (i + 1 < r->joins->len && (draw -= join[i].paths) >= 0)
        i++;
    walk_back(r, grown, join[i].near, random);
    walk_back(r, other, join[i].far, random);
}

static void
sample(struct room *r, int64_t n, uint64_t seed, uint64_t stream)
{
    kith_random random = kith_random_init(seed, stream);
    uint32_t s = (uint32_t)kith_random_below(&random, (uint64_t)n);
    uint32_t t = (uint32_t)kith_random_below(&random, (uint64_t)n - 1);

    t += t >= s;
    begin(&r->side[0], s);
    begin(&r->side[1], t);
    g_array_set_size(r->joins, 0);
    for (;;) {
        int64_t arcs[2] = {next_arcs(&r->side[0]), next_arcs(&r->side[1])};
        int which = arcs[1] < arcs[0];

        if (arcs[0] == 0 || arcs[1] == 0)
            return; /* no way from s to t */
        r->steps += arcs[which];
        grow(r, &r->side[which], &r->side[!which]);
        if (r->joins->len) {
            draw_path(r, &r->side[which], &r->side[!which], &random);
            return;
        }
    }
}

struct crew {
    struct room **room;
    int threads;
    int64_t n;
    uint64_t seed;
};

static void
crew_clear(struct crew *c)
{
    for (int t = 0; c->room && t < c->threads; t++)
        if (c->room[t])
            room_free(c->room[t]);
    g_free(c->room);
}

static void
sample_many(const struct crew *c, uint64_t from, int64_t samples, kith_work *work)
{
#pragma omp parallel for num_threads(c->threads) schedule(dynamic, 8)
    for (int64_t i = 0; i < samples; i++)
        if (kith_work_step(work, 1))
            sample(c->room[omp_get_thread_num()], c->n, c->seed, from + (uint64_t)i);
}

static int64_t
steps_of(const struct crew *c)
{
    int64_t steps = 0;

    for (int t = 0; t < c->threads; t++)
        steps += c->room[t]->steps;
    return steps;
}

static int64_t
count_of(const struct crew *c, int64_t v)
{
    int64_t count = 0;

    for (int t = 0; t < c->threads; t++)
        count += c->room[t]->count[v];
    return count;
}

/* How far a share may be off, above or below: Borassi & Natale, theorem 9, with at most `most` samples planned. */
static double
bound(double share, double samples, double most, double doubt, double sign)
{
    double third = 1 / 3.0 + sign * most / samples;

    return doubt / samples * (third + sqrt(third * third + 2 * share * most / doubt));
}

/* The widest bound of all vertices: each side of each gets an equal part of the risk. */
static double
widest(const struct crew *c, int64_t samples, int64_t most, double risk)
{
    double doubt = log(2 * (double)c->n / risk), widest = 0;

    for (int64_t v = 0; v < c->n; v++) {
        double share = (double)count_of(c, v) / (double)samples;

        widest = MAX(widest, bound(share, (double)samples, (double)most, doubt, 1));
        widest = MAX(widest, bound(share, (double)samples, (double)most, doubt, -1));
    }
    return MIN(widest, 1);
}

/* How many samples the steps allow, by a few that are then forgotten: the number must not depend on what is counted. */
static int64_t
plan_samples(const struct crew *c, const kith_sampled_plan *plan, kith_work *work)
{
    double each;

    sample_many(c, PILOT_STREAM, PILOT, work);
    each = (double)MAX(steps_of(c), PILOT) / PILOT;
    for (int t = 0; t < c->threads; t++)
        for (int64_t v = 0; v < c->n; v++)
            c->room[t]->count[v] = 0;
    return (int64_t)CLAMP(plan->steps / each, KITH_SAMPLED_LEAST, 1e12);
}

static kith_status
sample_enough(const struct crew *c, const kith_sampled_plan *plan, kith_work *work,
              kith_sampled *out, kith_error *err)
{
    int64_t most = plan_samples(c, plan, work), next_look = 0;

    kith_work_begin(work, (double)most);
    out->samples = 0;
    out->error = 1;
    while (out->samples < most && out->error > plan->error) {
        int64_t now = MIN(CHUNK, most - out->samples);

        sample_many(c, (uint64_t)out->samples, now, work);
        TRY(kith_work_end(work, err));
        out->samples += now;
        if (out->samples < most && out->samples < next_look)
            continue;
        out->error = widest(c, out->samples, most, plan->risk);
        next_look = out->samples + out->samples / 4;
    }
    return KITH_OK;
}

kith_status
kith_betweenness_sampled(const kith_network *net, const kith_sampled_plan *plan, kith_work *work,
                         double *score, kith_sampled *out, kith_error *err)
{
    g_autoptr(kith_csr) leaving = NULL, arriving = NULL;
    __attribute__((cleanup(crew_clear))) struct crew c = {.n = net->n,
                                                          .seed = (uint64_t)plan->seed};

    *out = (kith_sampled){0};
    for (int64_t v = 0; v < net->n; v++)
        score[v] = 0;
    if (net->n < 3)
        return KITH_OK;
    TRY(kith_csr_new(net, KITH_CSR_OUT, 0, &leaving, err));
    TRY(kith_csr_new(net, KITH_CSR_IN, 0, &arriving, err));
    c.threads = kith_work_threads(work);
    c.room = g_new0(struct room *, c.threads);
    for (int t = 0; t < c.threads; t++)
        if (!(c.room[t] = room_new(leaving, arriving)))
            return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    TRY(sample_enough(&c, plan, work, out, err));
    out->pairs = (double)net->n * (double)(net->n - 1) / (net->directed ? 1 : 2);
    for (int64_t v = 0; v < net->n; v++)
        score[v] = (double)count_of(&c, v) / (double)out->samples * out->pairs;
    return KITH_OK;
}
