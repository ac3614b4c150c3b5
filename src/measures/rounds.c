/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.c - batches in parallel, sums in order. */
#include "measures/rounds.h"
#include "base/base.h"
#include <omp.h>
#include <string.h>

#define ROWS_A_THREAD 16
#define MOST_BYTES (256 << 20) /* of all rows together, once there is one a thread */

struct crew {
    const kith_rounds *rounds;
    void **room; /* by thread */
    double *rows;
    int threads;
    int64_t width; /* rows of a round */
};

static int64_t
choose_width(const kith_rounds *rounds, int threads)
{
    int64_t fit = MOST_BYTES / (int64_t)(sizeof(double) * (size_t)MAX(rounds->n, 1));

    return MIN(rounds->batches, MAX(threads, MIN((int64_t)ROWS_A_THREAD * threads, fit)));
}

static bool
crew_init(struct crew *c)
{
    c->room = g_new0(void *, c->threads);
    c->rows = g_try_new0(double, c->width * c->rounds->n + 1);
    for (int t = 0; c->rows && t < c->threads; t++) {
        c->room[t] = c->rounds->room_new(c->rounds->shared);
        if (!c->room[t])
            return t > 0 && (c->threads = t) > 0; /* fewer hands will do */
    }
    return c->rows != NULL;
}

static void
crew_clear(struct crew *c)
{
    for (int t = 0; t < c->threads; t++)
        if (c->room[t])
            c->rounds->room_free(c->room[t]);
    g_free(c->room);
    g_free(c->rows);
}

static void
add_rows(const struct crew *c, int64_t rows, double *sums)
{
    int64_t n = c->rounds->n;

#pragma omp parallel for num_threads(c->threads) schedule(static) if (n > 100000)
    for (int64_t i = 0; i < n; i++)
        for (int64_t r = 0; r < rows; r++)
            sums[i] += c->rows[r * n + i];
    memset(c->rows, 0, (size_t)(rows * n) * sizeof *c->rows);
}

static void
one_round(const struct crew *c, int64_t begin, int64_t rows, kith_work *work)
{
    const kith_rounds *r = c->rounds;

#pragma omp parallel num_threads(c->threads)
    {
        void *room = c->room[omp_get_thread_num()];

#pragma omp for schedule(dynamic, 1)
        for (int64_t i = 0; i < rows; i++)
            if (kith_work_step(work, 1))
                r->batch(r->shared, room, begin + i, work, c->rows + i * r->n);
    }
}

kith_status
kith_rounds_run(const kith_rounds *rounds, kith_work *work, double *sums, kith_error *err)
{
    __attribute__((cleanup(crew_clear))) struct crew c = {.rounds = rounds};

    c.threads = (int)CLAMP(rounds->batches, 1, kith_work_threads(work));
    c.width = choose_width(rounds, c.threads);
    if (!crew_init(&c))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    kith_work_begin(work, (double)rounds->batches);
    for (int64_t begin = 0; begin < rounds->batches; begin += c.width) {
        int64_t rows = MIN(c.width, rounds->batches - begin);

        one_round(&c, begin, rows, work);
        TRY(kith_work_end(work, err));
        add_rows(&c, rows, sums);
    }
    return KITH_OK;
}
