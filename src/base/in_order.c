/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * in_order.c - each thread makes a piece, waits for its turn, hands it over and makes the next.
 *
 * Whoever waits sleeps: OpenMP's own ordered loop may wait by going round, for as long as the other thread works.
 */
#include "base/in_order.h"
#include <glib.h>
#include <omp.h>

#define FEW 64 /* pieces that are done before a second thread has started */

struct turn {
    GMutex lock;
    GCond changed;
    int64_t piece; /* whose it is */
};

int
kith_in_order_threads(int64_t pieces)
{
    return pieces < FEW ? 1 : omp_get_max_threads();
}

static void
await_turn(struct turn *turn, int64_t piece)
{
    g_mutex_lock(&turn->lock);
    while (turn->piece != piece)
        g_cond_wait(&turn->changed, &turn->lock);
    g_mutex_unlock(&turn->lock);
}

static void
end_turn(struct turn *turn)
{
    g_mutex_lock(&turn->lock);
    turn->piece++;
    g_cond_broadcast(&turn->changed);
    g_mutex_unlock(&turn->lock);
}

void
kith_in_order_run(const kith_in_order *work, int64_t pieces, int threads)
{
    struct turn turn = {.piece = 0};

    g_mutex_init(&turn.lock);
    g_cond_init(&turn.changed);
#pragma omp parallel for schedule(monotonic : dynamic, 1) num_threads(threads)
    for (int64_t i = 0; i < pieces; i++) {
        work->make(work->payload, i, omp_get_thread_num());
        await_turn(&turn, i);
        work->take(work->payload, i, omp_get_thread_num());
        end_turn(&turn);
    }
    g_mutex_clear(&turn.lock);
    g_cond_clear(&turn.changed);
}
