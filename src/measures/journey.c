/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journey.c - dated stages into stays, stays into moves and waits. */
#include "measures/journey.h"

#include "base/base.h"
#include "base/day.h"
#include "measures/gsl.h"
#include "model/graph.h"
#include <math.h>
#include <stdlib.h>

#define ENDED 5 /* stays that must have ended before a usual length is told */

struct entry {
    kith_node who, stage;
    kith_time day;
};

/* Undated stages come first: nobody can say after what. */
static int
by_who(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->stage < y->stage ? -1 : x->stage > y->stage;
}

static GArray *
gather(const kith_graph *g)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct entry));
    int64_t first, n;

    kith_graph_tie_range(g, KITH_STAGE, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);
        struct entry one = {t.from, t.to, kith_day_of(t.when)};

        g_array_append_val(out, one);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(struct entry), by_who);
    return out;
}

struct middle {
    kith_node stage;
    kith_time day;
};

static int
compare_middles(const void *a, const void *b)
{
    const struct middle *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->stage < y->stage ? -1 : x->stage > y->stage;
}

/* How far into a journey each entry of a stage lies, in entries: the stages are listed as they are gone through. */
static void
order_stages(const kith_graph *g, const GArray *entries, GArray *stages)
{
    g_autofree int64_t *steps = g_new0(int64_t, g->nodes + 1);
    g_autofree int64_t *times = g_new0(int64_t, g->nodes + 1);
    g_autoptr(GArray) middles = g_array_new(FALSE, FALSE, sizeof(struct middle));
    int64_t step = 0;

    for (guint i = 0; i < entries->len; i++) {
        const struct entry *e = KITH_ROW(entries, struct entry, i);

        step = i > 0 && e[-1].who == e->who ? step + 1 : 0;
        steps[e->stage] += step;
        times[e->stage]++;
    }
    for (kith_node v = 0; v < g->nodes; v++)
        if (times[v]) {
            struct middle one = {v, steps[v] * 1000 / times[v]};

            g_array_append_val(middles, one);
        }
    if (middles->len)
        qsort(middles->data, middles->len, sizeof(struct middle), compare_middles);
    for (guint i = 0; i < middles->len; i++) {
        kith_stage fresh = {.node = KITH_ROW(middles, struct middle, i)->stage, .next = -1};

        g_array_append_val(stages, fresh);
    }
}

static void
make_stays(const kith_graph *g, kith_journey *j, const GArray *entries, const int32_t *place)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *e = KITH_ROW(entries, struct entry, i);
        kith_stay stay = {e->who, place[e->stage], -1, e->day, NAN};
        kith_time end = g->as_of;

        /* The same stage entered twice running is one stay. */
        while (i + 1 < entries->len && e[1].who == e->who && e[1].stage == e->stage) {
            i++;
            e++;
        }
        if (i + 1 < entries->len && e[1].who == stay.who) {
            stay.next = place[e[1].stage];
            end = e[1].day;
        }
        if (stay.since != KITH_TIME_NONE && end != KITH_TIME_NONE) {
            int64_t days = (end - stay.since) / KITH_DAY; /* whole ones */

            stay.days = (double)days;
        }
        g_array_append_val(j->stay, stay);
    }
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void
measure_stage(kith_journey *j, int32_t at)
{
    kith_stage *stage = KITH_ROW(j->stage, kith_stage, at);
    g_autofree kith_wait *wait = g_new(kith_wait, j->stay->len + 1);
    g_autofree double *ended = g_new(double, j->stay->len + 1);
    g_autoptr(GArray) curve = NULL;
    int64_t n = 0, done = 0;

    for (guint i = 0; i < j->stay->len; i++) {
        const kith_stay *s = KITH_ROW(j->stay, kith_stay, i);

        if (s->stage != at)
            continue;
        stage->entered++;
        stage->left += s->next >= 0;
        stage->here += s->next < 0;
        if (isnan(s->days))
            continue;
        wait[n++] = (kith_wait){s->days, s->next >= 0};
        if (s->next >= 0)
            ended[done++] = s->days;
    }
    curve = kith_survival(wait, n);
    stage->median_days = kith_survival_quantile(curve, .5);
    stage->limit_days = NAN;
    if (done < ENDED)
        return;
    qsort(ended, (size_t)done, sizeof *ended, ascending);
    stage->limit_days = gsl_stats_quantile_from_sorted_data(ended, 1, (size_t)done, .9);
}

static void
count_moves(kith_journey *j)
{
    int32_t n = (int32_t)j->stage->len;

    j->moves = g_new0(int64_t, (gsize)n * (gsize)n + 1);
    for (guint i = 0; i < j->stay->len; i++) {
        const kith_stay *s = KITH_ROW(j->stay, kith_stay, i);

        if (s->next >= 0)
            j->moves[s->stage * n + s->next]++;
    }
    for (int32_t from = 0; from < n; from++)
        for (int32_t to = 0; to < n; to++) {
            kith_stage *stage = KITH_ROW(j->stage, kith_stage, from);

            if (j->moves[from * n + to] > (stage->next < 0 ? 0 : j->moves[from * n + stage->next]))
                stage->next = to;
        }
}

kith_journey *
kith_journey_new(const kith_graph *graph)
{
    kith_journey *j = g_new0(kith_journey, 1);
    g_autoptr(GArray) entries = gather(graph);
    g_autofree int32_t *place = g_new0(int32_t, graph->nodes + 1);

    j->stage = g_array_new(FALSE, FALSE, sizeof(kith_stage));
    j->stay = g_array_new(FALSE, FALSE, sizeof(kith_stay));
    order_stages(graph, entries, j->stage);
    for (guint i = 0; i < j->stage->len; i++)
        place[KITH_ROW(j->stage, kith_stage, i)->node] = (int32_t)i;
    make_stays(graph, j, entries, place);
    for (guint i = 0; i < j->stage->len; i++)
        measure_stage(j, (int32_t)i);
    count_moves(j);
    return j;
}

void
kith_journey_free(kith_journey *j)
{
    if (!j)
        return;
    g_array_unref(j->stage);
    g_array_unref(j->stay);
    g_free(j->moves);
    g_free(j);
}

int64_t
kith_journey_moves(const kith_journey *j, int32_t from, int32_t to)
{
    return j->moves[from * (int32_t)j->stage->len + to];
}
