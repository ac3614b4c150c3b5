/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rounds.c - batches in parallel, sums in order. */
#include "measures/rounds.h"
#include "base/base.h"
#include "base/big.h"
#include <omp.h>
#include <string.h>

#define ROWS_A_THREAD 16
#define MOST_BYTES (256 << 20) /* of all rows together, once there is one a thread */

struct crew {
    const kith_rounds *rounds;
    const void *shared;
    int64_t batches, n;
    void **room;       /* by thread */
    kith_shelf *shelf; /* by thread */
    double *rows;
    int hired, threads; /* how many rooms there are, and how many are used */
    int64_t width;      /* rows of a round */
};

static int64_t
choose_width(const struct crew *c)
{
    int64_t fit = MOST_BYTES / (int64_t)(sizeof(double) * (size_t)MAX(c->n, 1));

    return MIN(c->batches, MAX(c->threads, MIN((int64_t)ROWS_A_THREAD * c->threads, fit)));
}

void *
kith_shelf_new(kith_shelf *shelf, int64_t n, size_t size)
{
    void *array = kith_big_new((size_t)n, size);

    if (array)
        g_ptr_array_add(shelf->arrays, array);
    else
        shelf->full = true;
    return array;
}

static bool
furnish(const struct crew *c, int thread)
{
    kith_shelf *shelf = &c->shelf[thread];

    shelf->arrays = g_ptr_array_new_with_free_func(kith_big_free);
    c->room[thread] = g_malloc0(c->rounds->room);
    c->rounds->furnish(c->shared, c->room[thread], shelf);
    return !shelf->full;
}

static bool
crew_init(struct crew *c)
{
    c->hired = c->threads;
    c->room = g_new0(void *, c->threads);
    c->shelf = g_new0(kith_shelf, c->threads);
    c->rows = g_try_new0(double, c->width * c->n + 1);
    for (int t = 0; c->rows && t < c->threads; t++)
        if (!furnish(c, t)) {
            c->threads = t; /* fewer hands will do */
            return t > 0;
        }
    return c->rows != NULL;
}

static void
crew_clear(struct crew *c)
{
    for (int t = 0; t < c->hired; t++) {
        g_clear_pointer(&c->shelf[t].arrays, g_ptr_array_unref);
        g_free(c->room[t]);
    }
    g_free(c->room);
    g_free(c->shelf);
    g_free(c->rows);
}

static void
add_rows(const struct crew *c, int64_t rows, double *sums)
{
    int64_t n = c->n;

#pragma omp parallel for num_threads(c->threads) schedule(static) if (n > 100000)
    for (int64_t i = 0; i < n; i++)
        for (int64_t r = 0; r < rows; r++)
            sums[i] += c->rows[r * n + i];
    memset(c->rows, 0, (size_t)(rows * n) * sizeof *c->rows);
}

static void
one_round(const struct crew *c, int64_t begin, int64_t rows, kith_work *work)
{
#pragma omp parallel num_threads(c->threads)
    {
        void *room = c->room[omp_get_thread_num()];

#pragma omp for schedule(dynamic, 1)
        for (int64_t i = 0; i < rows; i++)
            if (kith_work_step(work, 1))
                c->rounds->batch(c->shared, room, begin + i, work, c->rows + i * c->n);
    }
}

kith_status
kith_rounds_run(const kith_rounds *rounds, const void *shared, int64_t batches, int64_t n,
                kith_work *work, double *sums, kith_error *err)
{
    __attribute__((cleanup(crew_clear))) struct crew c = {
        .rounds = rounds, .shared = shared, .batches = batches, .n = n};

    c.threads = (int)CLAMP(batches, 1, kith_work_threads(work));
    c.width = choose_width(&c);
    if (!crew_init(&c))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a network of this size");
    kith_work_begin(work, (double)batches);
    for (int64_t begin = 0; begin < batches; begin += c.width) {
        int64_t rows = MIN(c.width, batches - begin);

        one_round(&c, begin, rows, work);
        TRY(kith_work_end(work, err));
        add_rows(&c, rows, sums);
    }
    return KITH_OK;
}
