/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * projection.c - one member's row at a time, in a marker array.
 *
 * Rows are handed out in small blocks to whichever thread is free; what a block keeps is handed on in order of blocks, so
 * the stream is the same on any number of threads.
 */
#include "measures/projection.h"
#include "base/base.h"
#include <math.h>
#include <omp.h>
#include <stdlib.h>

#define BLOCK 16 /* members */
#define BLOCKS_A_THREAD 4

/* What one thread counts in; zeros between rows. */
struct counter {
    int32_t *shared;   /* by member */
    double *newman;    /* by member; NULL when not needed of every pair */
    uint32_t *touched; /* members counted in this row */
    int64_t n;
};

struct block {
    GArray *kept; /* kith_projection_pair */
    kith_projection_totals totals;
};

struct stream {
    const kith_twomode *t;
    const kith_projection_options *o;
    kith_significance *significance;
    double *strength;        /* by member, for the disparity filter */
    double *contacts;        /* by member: with how many it shares anything */
    double *share;           /* by group: 1/(n - 1); 0 when left out or alone */
    struct counter *counter; /* by thread */
    struct block *block;
    int threads;
    bool weigh_all; /* Newman's weight is needed of every pair, not of those kept alone */
};

static void
stream_clear(struct stream *s)
{
    for (int i = 0; s->counter && i < s->threads; i++) {
        g_free(s->counter[i].shared);
        g_free(s->counter[i].newman);
        g_free(s->counter[i].touched);
    }
    for (int i = 0; s->block && i < s->threads * BLOCKS_A_THREAD; i++)
        g_array_unref(s->block[i].kept);
    g_free(s->counter);
    g_free(s->block);
    g_free(s->strength);
    g_free(s->contacts);
    g_free(s->share);
    kith_significance_free(s->significance);
}

static kith_status
make_counters(struct stream *s, kith_error *err)
{
    int64_t n = s->t->members;

    s->counter = g_new0(struct counter, s->threads);
    s->block = g_new0(struct block, s->threads * BLOCKS_A_THREAD);
    for (int i = 0; i < s->threads * BLOCKS_A_THREAD; i++)
        s->block[i].kept = g_array_new(FALSE, FALSE, sizeof(kith_projection_pair));
    for (int i = 0; i < s->threads; i++) {
        struct counter *c = &s->counter[i];

        c->shared = g_try_new0(int32_t, n + 1);
        c->touched = g_try_new(uint32_t, n + 1);
        c->newman = s->weigh_all ? g_try_new0(double, n + 1) : NULL;
        if (!c->shared || !c->touched || (s->weigh_all && !c->newman))
            return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %" G_GINT64_FORMAT " members",
                             n);
    }
    return KITH_OK;
}

static void
share_groups(struct stream *s, kith_projection_totals *totals)
{
    s->share = g_new0(double, s->t->groups + 1);
    for (int64_t g = 0; g < s->t->groups; g++) {
        int64_t size = kith_twomode_size(s->t, g);

        if (s->o->largest && size > s->o->largest)
            totals->left_out++;
        else if (size > 1)
            s->share[g] = 1 / (double)(size - 1);
    }
}

/* Where in a group's row the members after this one begin. */
static int64_t
after(const kith_twomode *t, int64_t group, uint32_t member)
{
    int64_t low = t->of_group[group], high = t->of_group[group + 1];

    while (low < high) {
        int64_t middle = (low + high) / 2;

        if (t->member[middle] <= member)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Counts what a member shares with those after it, or with all others. */
static void
count_row(const struct stream *s, struct counter *c, uint32_t a, bool all)
{
    const kith_twomode *t = s->t;

    c->n = 0;
    for (int64_t k = t->of_member[a]; k < t->of_member[a + (int64_t)1]; k++) {
        uint32_t g = t->group[k];
        int64_t end = s->share[g] > 0 ? t->of_group[g + (int64_t)1] : 0;

        for (int64_t i = end ? (all ? t->of_group[g] : after(t, g, a)) : 0; i < end; i++) {
            uint32_t b = t->member[i];

            c->touched[c->n] = b;
            c->n += !c->shared[b]++;
            if (c->newman)
                c->newman[b] += s->share[g];
        }
    }
}

static int
compare_members(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* Newman's weight of one pair, group by group in order. */
static double
weigh_pair(const struct stream *s, uint32_t a, uint32_t b)
{
    const kith_twomode *t = s->t;
    int64_t i = t->of_member[a], j = t->of_member[b];
    double sum = 0;

    while (i < t->of_member[a + (int64_t)1] && j < t->of_member[b + (int64_t)1]) {
        uint32_t g = t->group[i], h = t->group[j];

        sum += g == h ? s->share[g] : 0;
        i += g <= h;
        j += h <= g;
    }
    return sum;
}

static double
disparity(const struct stream *s, uint32_t member, double weight)
{
    return s->contacts && s->contacts[member] > 1
               ? pow(1 - weight / s->strength[member], s->contacts[member] - 1)
               : 1;
}

/* Whether the pair of a with the i-th it has met is kept; `least` is a's row of the test. */
static bool
passes(const struct stream *s, const struct counter *c, uint32_t a, const kith_least *least,
       int64_t i)
{
    uint32_t b = c->touched[i];
    int32_t shared = c->shared[b];

    if (shared < s->o->least)
        return false;
    if (least) {
        uint32_t class = s->significance->class_of[b];
        int32_t asked = atomic_load_explicit(&least[class], memory_order_relaxed);

        return shared >= (asked ? asked
                                : kith_significance_least(s->significance,
                                                          s->significance->class_of[a], class));
    }
    return s->o->filter != KITH_PROJECTION_DISPARITY ||
           MIN(disparity(s, a, c->newman[b]), disparity(s, b, c->newman[b])) <= s->o->alpha;
}

static kith_projection_pair
describe(const struct stream *s, const struct counter *c, uint32_t a, uint32_t b)
{
    int32_t shared = c->shared[b];
    int64_t either = kith_twomode_degree(s->t, a) + kith_twomode_degree(s->t, b) - shared;
    kith_projection_pair pair = {.a = a, .b = b, .shared = shared, .p = NAN};

    pair.newman = c->newman ? c->newman[b] : weigh_pair(s, a, b);
    pair.jaccard = shared / (double)either;
    if (s->significance)
        pair.p = kith_significance_p(s->significance, s->significance->class_of[a],
                                     s->significance->class_of[b], shared);
    else if (s->o->filter == KITH_PROJECTION_DISPARITY)
        pair.p = MIN(disparity(s, a, pair.newman), disparity(s, b, pair.newman));
    return pair;
}

/* Moves those that pass to the front of `touched`. @return how many */
static int64_t
select_kept(const struct stream *s, struct counter *c, uint32_t a)
{
    const kith_least *least = s->significance ? kith_significance_row(s->significance, a) : NULL;
    int64_t kept = 0;

    if (s->o->filter == KITH_PROJECTION_ALL && s->o->least < 2)
        return c->n;
    for (int64_t i = 0; i < c->n; i++) {
        uint32_t b = c->touched[i];
        bool keep = passes(s, c, a, least, i);

        c->touched[i] = c->touched[kept];
        c->touched[kept] = b;
        kept += keep;
    }
    return kept;
}

/* Puts the kept in order: by sorting, or by looking at every member when they are many. */
static void
sort_kept(const struct stream *s, struct counter *c, uint32_t a, int64_t kept)
{
    int64_t n = 0;

    if (kept == c->n && kept * 8 > s->t->members - a) {
        for (int64_t b = a; b < s->t->members; b++)
            if (c->shared[b])
                c->touched[n++] = (uint32_t)b;
    } else if (kept > 1) {
        qsort(c->touched, (size_t)kept, sizeof *c->touched, compare_members);
    }
}

static void
forget_row(struct counter *c)
{
    for (int64_t i = 0; i < c->n; i++) {
        c->shared[c->touched[i]] = 0;
        if (c->newman)
            c->newman[c->touched[i]] = 0;
    }
}

static void
do_member(const struct stream *s, struct counter *c, struct block *block, uint32_t a, bool wanted)
{
    int64_t kept;

    count_row(s, c, a, false);
    block->totals.pairs += c->n;
    for (int64_t i = 0; i < c->n; i++)
        block->totals.meetings += c->shared[c->touched[i]];
    kept = select_kept(s, c, a);
    block->totals.kept += kept;
    if (wanted)
        sort_kept(s, c, a, kept);
    for (int64_t i = 0; wanted && i < kept; i++) {
        kith_projection_pair pair = describe(s, c, a, c->touched[i]);

        g_array_append_val(block->kept, pair);
    }
    forget_row(c);
}

static void
do_block(const struct stream *s, int64_t number, struct block *block, bool wanted, kith_work *work)
{
    struct counter *c = &s->counter[omp_get_thread_num()];
    int64_t end = MIN((number + 1) * BLOCK, s->t->members);

    block->totals = (kith_projection_totals){0};
    g_array_set_size(block->kept, 0);
    for (int64_t a = number * BLOCK; a < end; a++)
        if (kith_work_step(work, 1))
            do_member(s, c, block, (uint32_t)a, wanted);
}

static void
hand_on(struct stream *s, int64_t blocks, kith_projection_taker take, void *payload,
        kith_work *work, kith_projection_totals *totals, bool *stopped)
{
    for (int64_t i = 0; i < blocks && !*stopped; i++) {
        const struct block *b = &s->block[i];

        totals->pairs += b->totals.pairs;
        totals->meetings += b->totals.meetings;
        totals->kept += b->totals.kept;
        *stopped =
            (take && b->kept->len && !take(payload, (const void *)b->kept->data, b->kept->len)) ||
            !kith_work_step(work, 0);
    }
}

/* With how many others a member shares anything, and Newman's weights with all of them. */
static void
measure_members(struct stream *s, kith_work *work)
{
    const kith_twomode *t = s->t;

    s->strength = g_new0(double, t->members + 1);
    s->contacts = g_new0(double, t->members + 1);
#pragma omp parallel for num_threads(s->threads) schedule(dynamic, BLOCK)
    for (int64_t a = 0; a < t->members; a++) {
        struct counter *c = &s->counter[omp_get_thread_num()];

        if (!kith_work_step(work, 1))
            continue;
        count_row(s, c, (uint32_t)a, true);
        s->contacts[a] = (double)(c->n - (c->n > 0));
        for (int64_t k = t->of_member[a]; k < t->of_member[a + 1]; k++)
            s->strength[a] += s->share[t->group[k]] > 0 ? 1 : 0;
        forget_row(c);
    }
}

static kith_status
prepare(struct stream *s, kith_work *work, kith_projection_totals *totals, kith_error *err)
{
    bool disparities = s->o->filter == KITH_PROJECTION_DISPARITY;

    s->threads = kith_work_threads(work);
    share_groups(s, totals);
    TRY(make_counters(s, err));
    kith_work_begin(work, (double)s->t->members * (disparities ? 3 : 1));
    if (disparities)
        measure_members(s, work);
    else if (s->o->filter != KITH_PROJECTION_ALL)
        s->significance = kith_significance_new(
            s->t, s->o->filter == KITH_PROJECTION_SDSM ? KITH_NULL_SDSM : KITH_NULL_HYPERGEOMETRIC,
            s->o->alpha);
    return kith_work_end(work, err);
}

kith_status
kith_projection_run(const kith_twomode *twomode, const kith_projection_options *options,
                    kith_projection_taker take, void *payload, kith_work *work,
                    kith_projection_totals *totals, kith_error *err)
{
    __attribute__((cleanup(stream_clear))) struct stream s = {.t = twomode, .o = options};
    int64_t blocks = (twomode->members + BLOCK - 1) / BLOCK, width;
    kith_projection_totals sums = {0};
    bool stopped = false;

    s.weigh_all = options->filter == KITH_PROJECTION_DISPARITY ||
                  (options->filter == KITH_PROJECTION_ALL && take && options->least < 3);
    TRY(prepare(&s, work, &sums, err));
    width = (int64_t)s.threads * BLOCKS_A_THREAD;
    for (int64_t begin = 0; begin < blocks && !stopped; begin += width) {
        int64_t n = MIN(width, blocks - begin);

#pragma omp parallel for num_threads(s.threads) schedule(dynamic, 1)
        for (int64_t i = 0; i < n; i++)
            do_block(&s, begin + i, &s.block[i], take != NULL, work);
        hand_on(&s, n, take, payload, work, &sums, &stopped);
    }
    if (totals)
        *totals = sums;
    return stopped ? kith_fail(err, KITH_ERR_CANCELLED, "stopped") : KITH_OK;
}
