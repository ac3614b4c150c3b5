/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * in_order.c - each thread makes the next piece into a free place; whoever finds the first of the made ones hands over.
 *
 * So nobody waits for a turn, but for a place where the others are far behind; to sleep and to be woken costs more than a
 * piece. Whoever waits sleeps all the same: OpenMP's own ordered loop may wait by going round, for as long as the other
 * thread works.
 */
#include "base/in_order.h"
#include <glib.h>
#include <omp.h>

#define FEW 128 /* pieces that are done before a second thread has started */

struct line {
    const kith_in_order *work;
    GMutex lock;
    GCond moved;
    int64_t pieces, begun, taken;
    int places, waiting;
    bool handing_over;
    bool *made; /* by place */
};

int
kith_in_order_threads(int64_t pieces)
{
    return pieces < FEW ? 1 : omp_get_max_threads();
}

int
kith_in_order_places(int threads)
{
    return threads == 1 ? 1 : 3 * threads;
}

/* The next piece, once it has a place. @return -1: there is none */
static int64_t
begin(struct line *l)
{
    while (l->begun < l->pieces && l->begun - l->taken >= l->places) {
        l->waiting++;
        g_cond_wait(&l->moved, &l->lock);
        l->waiting--;
    }
    return l->begun < l->pieces ? l->begun++ : -1;
}

/* Hands over all that are made, one after the other, unless another thread does. */
static void
hand_over(struct line *l)
{
    while (!l->handing_over && l->made[l->taken % l->places]) {
        int place = (int)(l->taken % l->places);

        l->handing_over = true;
        g_mutex_unlock(&l->lock);
        l->work->take(l->work->payload, l->taken, place);
        g_mutex_lock(&l->lock);
        l->handing_over = false;
        l->made[place] = false;
        l->taken++;
        if (l->waiting)
            g_cond_broadcast(&l->moved);
    }
}

static void
work_on(struct line *l)
{
    int64_t piece;

    g_mutex_lock(&l->lock);
    while ((piece = begin(l)) >= 0) {
        g_mutex_unlock(&l->lock);
        l->work->make(l->work->payload, piece, (int)(piece % l->places));
        g_mutex_lock(&l->lock);
        l->made[piece % l->places] = true;
        hand_over(l);
    }
    g_mutex_unlock(&l->lock);
}

void
kith_in_order_run(const kith_in_order *work, int64_t pieces, int threads)
{
    struct line line = {.work = work, .pieces = pieces, .places = kith_in_order_places(threads)};

    line.made = g_new0(bool, line.places);
    g_mutex_init(&line.lock);
    g_cond_init(&line.moved);
#pragma omp parallel num_threads(threads)
    work_on(&line);
    g_mutex_clear(&line.lock);
    g_cond_clear(&line.moved);
    g_free(line.made);
}
