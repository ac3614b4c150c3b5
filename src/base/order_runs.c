/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order_runs.c - sorts pairs that were written neighbour by neighbour.
 *
 * Most files of a network list all neighbours of a node one below the other, if not the nodes in order. Then the pairs of a
 * node move together, mostly sorted already, and only rows that are not are sorted.
 */
#include "base/big.h"
#include "base/order_private.h"
#include <string.h>

#define LEAST 4             /* pairs a run, on average */
#define LOOKED_AT (1 << 12) /* pairs that tell that there are none */

static int64_t
count_runs(int64_t m, const uint32_t *from)
{
    int64_t runs = 1;

    for (int64_t i = 1; i < m; i++)
        runs += from[i] != from[i - 1];
    return runs;
}

bool
kith_order_in_runs(int64_t m, const uint32_t *from)
{
    int64_t first = MIN(m, LOOKED_AT);

    return m < UINT32_MAX && count_runs(first, from) * LEAST <= first &&
           count_runs(m, from) * LEAST <= m;
}

/* Where each run begins; m behind the last. @return yours, NULL when there is no memory */
static uint32_t *
find_runs(int64_t m, const uint32_t *from, int64_t *runs)
{
    uint32_t *run = KITH_RAW(uint32_t, count_runs(m, from) + 1);
    int64_t n = 1;

    if (!run)
        return NULL;
    run[0] = 0;
    for (int64_t i = 1; i < m; i++) { /* without a branch: nobody could foretell it */
        run[n] = (uint32_t)i;
        n += from[i] != from[i - 1];
    }
    run[n] = (uint32_t)m;
    *runs = n;
    return run;
}

/* at[node]: where its row begins. @return how long the longest is */
static int64_t
lay_out(int64_t n, const uint32_t *from, const uint32_t *run, int64_t runs, uint32_t *at)
{
    uint32_t total = 0, longest = 0;

    for (int64_t r = 0; r < runs; r++)
        at[from[run[r]]] += run[r + 1] - run[r];
    for (int64_t node = 0; node < n; node++) {
        uint32_t here = at[node];

        at[node] = total;
        total += here;
        longest = MAX(longest, here);
    }
    return longest;
}

/* A run goes to its row. */
static void
move_run(const uint32_t *to, uint32_t first, uint32_t end, uint32_t *out, uint32_t *place)
{
    for (uint32_t i = first; i < end; i++)
        out[i - first] = to[i];
    for (uint32_t i = first; place && i < end; i++)
        place[i - first] = i;
}

static bool
is_ordered(const uint32_t *to, int64_t n)
{
    bool falls = false;

    for (int64_t i = 1; i < n; i++)
        falls |= to[i - 1] > to[i];
    return !falls;
}

/* @param word twice the row's length */
static void
sort_row(uint32_t *to, uint32_t *place, int64_t n, int node_bits, uint64_t *word)
{
    for (int64_t i = 0; i < n; i++)
        word[i] = (uint64_t)to[i] << 32 | (place ? place[i] : 0);
    kith_order_words(word, n, 32, 32 + node_bits, word + n);
    for (int64_t i = 0; i < n; i++) {
        to[i] = (uint32_t)(word[i] >> 32);
        if (place)
            place[i] = (uint32_t)word[i];
    }
}

/* What was moved is brought into order row by row. @param at where each row ends */
static void
settle_rows(int64_t n, uint32_t *from, uint32_t *to, uint32_t *place, const uint32_t *at,
            uint64_t *word)
{
    for (int64_t node = 0, first = 0; node < n; first = at[node++]) {
        for (int64_t i = first; i < at[node]; i++)
            from[i] = (uint32_t)node;
        if (!is_ordered(to + first, at[node] - first))
            sort_row(to + first, place ? place + first : NULL, at[node] - first,
                     kith_order_bits((uint64_t)n), word);
    }
}

bool
kith_order_runs(int64_t n, int64_t m, uint32_t *from, uint32_t *to, uint32_t *place)
{
    int64_t runs = 0, longest;
    KITH_AUTOBIG uint32_t *run = find_runs(m, from, &runs);
    KITH_AUTOBIG uint32_t *at = KITH_BIG(uint32_t, n);
    KITH_AUTOBIG uint32_t *copy = KITH_RAW(uint32_t, m);
    KITH_AUTOBIG uint64_t *word = NULL;

    if (!run || !at || !copy)
        return false;
    longest = lay_out(n, from, run, runs, at);
    if (!(word = KITH_RAW(uint64_t, 2 * longest)))
        return false;
    memcpy(copy, to, (size_t)m * sizeof *to);
    for (int64_t r = 0; r < runs; r++) {
        int64_t first = at[from[run[r]]];

        at[from[run[r]]] += run[r + 1] - run[r];
        move_run(copy, run[r], run[r + 1], to + first, place ? place + first : NULL);
    }
    settle_rows(n, from, to, place, at, word);
    return true;
}
