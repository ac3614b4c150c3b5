/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hearsay.c - sets drawn backwards, in parallel, in order. */
#include "measures/hearsay.h"
#include "base/base.h"
#include "base/pages.h"
#include "measures/random.h"
#include <math.h>
#include <omp.h>
#include <string.h>

#define MOST_MEMBERS (INT64_C(1) << 29)
#define FEW_ARCS 4 /* a coin for each is cheaper than a logarithm */

void
kith_hearsay_clear(kith_hearsay *h)
{
    g_clear_pointer(&h->first, g_free);
    g_clear_pointer(&h->member, g_free);
    *h = (kith_hearsay){0};
}

/* What one thread needs: marks of the current set, and the sets it drew. */
struct drawer {
    const kith_cascade *c;
    uint32_t *mark, now;
    kith_hearsay drawn;
    kith_status stopped; /* why this thread draws no more: the limit is met, or memory is out */
};

static bool
make_room(kith_hearsay *h, int64_t sets, int64_t members)
{
    if (sets + 1 > h->set_room) {
        int64_t room = MAX(sets + 1, 2 * h->set_room);
        int64_t *first = g_try_renew(int64_t, h->first, (gsize)room);

        if (!first)
            return false;
        if (!h->first)
            first[0] = 0;
        h->first = first;
        h->set_room = room;
    }
    if (members > h->member_room) {
        int64_t room = MAX(MAX(members, 2 * h->member_room), 1024);
        uint32_t *member = g_try_renew(uint32_t, h->member, (gsize)room);

        if (!member)
            return false;
        kith_pages_advise(member, (gsize)room * sizeof *member);
        h->member = member;
        h->member_room = room;
    }
    return true;
}

static void
meet(struct drawer *d, uint32_t v)
{
    if (d->mark[v] == d->now)
        return;
    d->mark[v] = d->now;
    if (d->drawn.members == d->drawn.member_room &&
        !make_room(&d->drawn, 0, d->drawn.members + 1)) {
        d->stopped = KITH_ERR_NO_MEMORY;
        return;
    }
    d->drawn.member[d->drawn.members++] = v;
}

/* In (0, 1]. */
static float
draw_unit(kith_random *random)
{
    return (float)((kith_random_u64(random) >> 32) + 1) * 0x1p-32f;
}

/* How many arcs a row of one chance passes over before the next that holds. */
static int64_t
draw_skip(kith_random *random, float jump)
{
    float skip = logf(draw_unit(random)) * jump;

    return skip < 0x1p40f ? (int64_t)skip : INT64_C(1) << 40;
}

static void
meet_level(struct drawer *d, uint32_t v, kith_random *random)
{
    int64_t end = d->c->first[v + 1];

    for (int64_t a = d->c->first[v] + draw_skip(random, d->c->jump[v]); a < end;
         a += 1 + draw_skip(random, d->c->jump[v]))
        meet(d, d->c->from[a]);
}

/* Blocks of 4, 8, 16 … arcs: jumps as if all had the chance of the block's first, thinned to their own. */
static void
meet_mixed(struct drawer *d, uint32_t v, kith_random *random)
{
    const kith_cascade *c = d->c;
    int64_t end = c->first[v + 1], from = c->first[v], to = MIN(end, from + FEW_ARCS);

    for (int64_t a = from; a < to; a++)
        if (draw_unit(random) <= c->p[a])
            meet(d, c->from[a]);
    for (int64_t size = FEW_ARCS; to < end; size *= 2) {
        float most = c->p[to], jump = 1 / log1pf(-most);

        from = to;
        to = MIN(end, from + size);
        for (int64_t a = from + draw_skip(random, jump); a < to; a += 1 + draw_skip(random, jump))
            if (draw_unit(random) * most <= c->p[a])
                meet(d, c->from[a]);
    }
}

/* The one teller who is listened to, or nobody: the first sum above a number drawn. */
static void
meet_one(struct drawer *d, uint32_t v, kith_random *random)
{
    const kith_cascade *c = d->c;
    double drawn = kith_random_real(random);
    int64_t low = c->first[v], end = c->first[v + 1], high = end;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if (c->p[middle] <= drawn)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < end)
        meet(d, c->from[low]);
}

static void
draw_set(struct drawer *d, uint32_t root, kith_random *random)
{
    const kith_cascade *c = d->c;
    int64_t next = d->drawn.members;

    d->now++;
    meet(d, root);
    for (; next < d->drawn.members && !d->stopped; next++) {
        uint32_t v = d->drawn.member[next];

        if (c->first[v] == c->first[v + 1])
            continue;
        if (c->model == KITH_CASCADE_LT)
            meet_one(d, v, random);
        else if (!isnan(c->jump[v]))
            meet_level(d, v, random);
        else
            meet_mixed(d, v, random);
    }
}

static bool
drawer_init(struct drawer *d, const kith_cascade *c)
{
    *d = (struct drawer){.c = c, .mark = g_try_new0(uint32_t, (gsize)c->n + 1)};
    return d->mark != NULL;
}

static void
draw_range(struct drawer *d, const kith_hearsay_source *s, int64_t from, int64_t to)
{
    int64_t roots = s->root ? s->roots : s->cascade->n;

    for (int64_t i = from; i < to && !d->stopped && kith_work_step(s->work, 0); i++) {
        kith_random random = kith_random_nth(s->seed, s->stream, (uint64_t)i);
        uint32_t root = (uint32_t)kith_random_below(&random, (uint64_t)roots);

        if (!make_room(&d->drawn, d->drawn.sets + 1, d->drawn.members + 1)) {
            d->stopped = KITH_ERR_NO_MEMORY;
            return;
        }
        draw_set(d, s->root ? s->root[root] : root, &random);
        d->drawn.first[++d->drawn.sets] = d->drawn.members;
        if (!d->stopped && d->drawn.members > MOST_MEMBERS)
            d->stopped = KITH_ERR_LIMIT;
    }
}

static kith_status
tell_why(kith_status stopped, kith_error *err)
{
    if (stopped == KITH_ERR_LIMIT)
        return kith_fail(err, stopped, "word reaches so many that samples outgrow memory");
    return kith_fail(err, stopped, "not enough memory for samples of who hears");
}

static kith_status
append(kith_hearsay *h, const kith_hearsay *drawn, kith_error *err)
{
    if (h->members + drawn->members > MOST_MEMBERS)
        return tell_why(KITH_ERR_LIMIT, err);
    if (!make_room(h, h->sets + drawn->sets, h->members + drawn->members))
        return tell_why(KITH_ERR_NO_MEMORY, err);
    for (int64_t i = 1; i <= drawn->sets; i++)
        h->first[h->sets + i] = h->members + drawn->first[i];
    if (drawn->members)
        memcpy(h->member + h->members, drawn->member,
               (gsize)drawn->members * sizeof *drawn->member);
    h->sets += drawn->sets;
    h->members += drawn->members;
    return KITH_OK;
}

kith_status
kith_hearsay_extend(const kith_hearsay_source *s, int64_t sets, kith_hearsay *h, kith_error *err)
{
    int threads = kith_work_threads(s->work);
    g_autofree struct drawer *d = g_new0(struct drawer, (gsize)threads);
    int64_t have = h->sets, wanted = MAX(0, sets - have);
    kith_status status = KITH_OK, stopped = KITH_OK;

#pragma omp parallel for num_threads(threads) schedule(static, 1)
    for (int t = 0; t < threads; t++) {
        if (drawer_init(&d[t], s->cascade))
            draw_range(&d[t], s, have + wanted * t / threads, have + wanted * (t + 1) / threads);
        else
            d[t].stopped = KITH_ERR_NO_MEMORY;
        g_free(d[t].mark);
    }
    for (int t = 0; t < threads; t++) {
        stopped = MAX(stopped, d[t].stopped);
        if (status == KITH_OK && !stopped)
            status = append(h, &d[t].drawn, err);
        kith_hearsay_clear(&d[t].drawn);
    }
    if (stopped)
        return tell_why(stopped, err);
    return status == KITH_OK ? kith_work_end(s->work, err) : status;
}

void
kith_hearsay_added(const kith_hearsay *h, int64_t n, const uint32_t *seed, int64_t seeds,
                   int64_t *added)
{
    g_autofree uint32_t *place = g_new(uint32_t, (gsize)n + 1); /* among the seeds */

    memset(place, 0xff, (gsize)n * sizeof *place);
    memset(added, 0, (gsize)seeds * sizeof *added);
    for (int64_t i = seeds - 1; i >= 0; i--)
        place[seed[i]] = (uint32_t)i;
    for (int64_t s = 0; s < h->sets; s++) {
        uint32_t first = UINT32_MAX;

        for (int64_t i = h->first[s]; i < h->first[s + 1]; i++)
            first = MIN(first, place[h->member[i]]);
        if (first != UINT32_MAX)
            added[first]++;
    }
}
