/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assignment.c - one shortest augmenting path per job. */
#include "measures/assignment.h"
#include "base/base.h"
#include <string.h>

struct plan {
    const kith_offer *offer;
    int64_t n, cap;
    int32_t jobs, workers;
    int64_t *chosen;                 /* job -> offer */
    int64_t *load;                   /* worker -> jobs */
    int64_t *job_cost, *worker_cost; /* of the cheapest way to free a place there */
    int64_t *job_by, *worker_by;     /* the offer that way came by */
};

/*
 * Bellman-Ford over jobs and workers: a job reaches a worker by an offer it did not take, a worker is freed of one of its
 * jobs, which then looks elsewhere. Costs may fall on the way, never for ever, since the present plan is optimal.
 */
static void
relax(struct plan *p)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (int64_t i = 0; i < p->n; i++) {
            const kith_offer *o = &p->offer[i];
            int64_t through;

            if (o->worker < 0 || p->job_cost[o->job] == INT64_MAX || p->chosen[o->job] == i)
                continue;
            through = p->job_cost[o->job] + o->cost;
            if (through < p->worker_cost[o->worker]) {
                p->worker_cost[o->worker] = through;
                p->worker_by[o->worker] = i;
                changed = true;
            }
        }
        for (int32_t j = 0; j < p->jobs; j++) {
            int64_t taken = p->chosen[j];
            const kith_offer *o = taken >= 0 ? &p->offer[taken] : NULL;

            if (!o || o->worker < 0 || p->worker_cost[o->worker] == INT64_MAX)
                continue;
            if (p->worker_cost[o->worker] - o->cost < p->job_cost[j]) {
                p->job_cost[j] = p->worker_cost[o->worker] - o->cost;
                p->job_by[j] = taken;
                changed = true;
            }
        }
    }
}

/* The cheapest end of the search: a worker with room, or an offer that needs nobody. @return the offer, -1 for none */
static int64_t
cheapest_end(const struct plan *p)
{
    int64_t best = INT64_MAX, end = -1;

    for (int32_t w = 0; w < p->workers; w++)
        if (p->load[w] < p->cap && p->worker_cost[w] < best) {
            best = p->worker_cost[w];
            end = p->worker_by[w];
        }
    for (int64_t i = 0; i < p->n; i++) {
        const kith_offer *o = &p->offer[i];

        if (o->worker < 0 && p->job_cost[o->job] != INT64_MAX && p->chosen[o->job] != i &&
            p->job_cost[o->job] + o->cost < best) {
            best = p->job_cost[o->job] + o->cost;
            end = i;
        }
    }
    return end;
}

/* Takes the offers along the path back to the job that started it. */
static void
take(struct plan *p, int32_t start, int64_t end)
{
    if (p->offer[end].worker >= 0)
        p->load[p->offer[end].worker]++;
    for (int32_t job = p->offer[end].job;;) {
        int64_t before = p->job_by[job];
        int32_t worker;

        p->chosen[job] = end;
        if (job == start)
            return;
        worker = p->offer[before].worker;
        end = p->worker_by[worker];
        job = p->offer[end].job;
    }
}

/* No room for one more job: another one is left undone instead where that is cheaper. */
static void
swap(struct plan *p, int32_t start)
{
    int32_t loser = start, worker;

    for (int32_t j = 0; j < p->jobs; j++)
        if (p->chosen[j] >= 0 && p->job_cost[j] < p->job_cost[loser])
            loser = j;
    if (loser == start)
        return;
    worker = p->offer[p->chosen[loser]].worker;
    p->chosen[loser] = -1;
    p->load[worker]--;
    take(p, start, p->worker_by[worker]);
}

static void
add_job(struct plan *p, int32_t job)
{
    int64_t end;

    for (int32_t j = 0; j < p->jobs; j++)
        p->job_cost[j] = INT64_MAX;
    for (int32_t w = 0; w < p->workers; w++)
        p->worker_cost[w] = INT64_MAX;
    p->job_cost[job] = 0;
    relax(p);
    end = cheapest_end(p);
    if (end >= 0)
        take(p, job, end);
    else
        swap(p, job);
}

kith_status
kith_assign(int32_t jobs, int32_t workers, int64_t cap, const kith_offer *offers, int64_t n,
            int64_t *chosen, kith_error *err)
{
    g_autofree int64_t *work = g_new0(int64_t, 3 * (size_t)workers + 2 * (size_t)jobs + 1);
    struct plan p = {
        .offer = offers, .n = n, .cap = cap, .jobs = jobs, .workers = workers, .chosen = chosen};

    for (int64_t i = 0; i < n; i++)
        if (offers[i].job < 0 || offers[i].job >= jobs || offers[i].worker < -1 ||
            offers[i].worker >= workers || offers[i].cost < 0)
            return kith_fail(err, KITH_ERR_ARGUMENT, "an offer is out of range");
    p.load = work;
    p.worker_cost = work + workers;
    p.worker_by = p.worker_cost + workers;
    p.job_cost = p.worker_by + workers;
    p.job_by = p.job_cost + jobs;
    for (int32_t j = 0; j < jobs; j++)
        chosen[j] = -1;
    for (int32_t j = 0; j < jobs; j++)
        add_job(&p, j);
    return KITH_OK;
}
