/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seating.c - tables of several: all seatings for a few people, exchanges for many. */
#include "measures/pairing.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#define TRIED 10 /* people of whom all seatings are tried */

struct seating {
    const int32_t *gain;
    int n, tables;
    int *size, *room; /* by table: who sits there, how many may */
    int *table, *best;
    int64_t total, most;
};

static int64_t
gain_of(const struct seating *s, int a, int b)
{
    return s->gain[(size_t)a * (size_t)s->n + (size_t)b];
}

static int64_t
gain_at(const struct seating *s, int who, int table)
{
    int64_t sum = 0;

    for (int other = 0; other < s->n; other++)
        if (other != who && s->table[other] == table)
            sum += gain_of(s, who, other);
    return sum;
}

/* Of empty tables of one size the first is as good as any. */
static bool
is_repeat(const struct seating *s, int table)
{
    for (int t = 0; t < table; t++)
        if (s->size[t] == 0 && s->size[table] == 0 && s->room[t] == s->room[table])
            return true;
    return false;
}

static void
try_all(struct seating *s, int who)
{
    if (who == s->n) {
        if (s->total > s->most) {
            s->most = s->total;
            memcpy(s->best, s->table, sizeof *s->best * (size_t)s->n);
        }
        return;
    }
    for (int t = 0; t < s->tables; t++) {
        int64_t more;

        if (s->size[t] == s->room[t] || is_repeat(s, t))
            continue;
        more = gain_at(s, who, t);
        s->table[who] = t;
        s->size[t]++;
        s->total += more;
        try_all(s, who + 1);
        s->total -= more;
        s->size[t]--;
        s->table[who] = -1;
    }
}

/* Each one takes the seat that gains most; of equals the emptiest table, then the first. */
static void
seat_greedily(struct seating *s)
{
    for (int who = 0; who < s->n; who++) {
        int64_t most = INT64_MIN;
        int chosen = -1;

        for (int t = 0; t < s->tables; t++) {
            int64_t more = gain_at(s, who, t);

            if (s->size[t] < s->room[t] &&
                (more > most || (more == most && s->size[t] < s->size[chosen]))) {
                most = more;
                chosen = t;
            }
        }
        s->table[who] = chosen;
        s->size[chosen]++;
        s->total += most;
    }
}

/* What the total gains when two change places. */
static int64_t
exchange(const struct seating *s, int a, int b)
{
    int ta = s->table[a], tb = s->table[b];

    return gain_at(s, a, tb) + gain_at(s, b, ta) - gain_at(s, a, ta) - gain_at(s, b, tb) -
           2 * gain_of(s, a, b);
}

static void
exchange_all(struct seating *s)
{
    bool better = true;

    for (int round = 0; better && round < 100; round++) {
        better = false;
        for (int a = 0; a < s->n; a++)
            for (int b = a + 1; b < s->n; b++) {
                int64_t more = s->table[a] == s->table[b] ? 0 : exchange(s, a, b);
                int kept = s->table[a];

                if (more <= 0)
                    continue;
                s->table[a] = s->table[b];
                s->table[b] = kept;
                s->total += more;
                better = true;
            }
    }
}

static int
largest_first(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return x > y ? -1 : x < y;
}

/* Nobody gains more than with the best neighbours there are; each pair is counted from both sides. */
static int64_t
bound_of(const struct seating *s, int seats)
{
    g_autofree int32_t *row = g_new(int32_t, s->n + 1);
    int64_t twice = 0;

    for (int a = 0; a < s->n; a++) {
        int m = 0;

        for (int b = 0; b < s->n; b++)
            if (b != a)
                row[m++] = (int32_t)gain_of(s, a, b);
        if (m)
            qsort(row, (size_t)m, sizeof *row, largest_first);
        for (int i = 0; i < m && i < seats - 1 && row[i] > 0; i++)
            twice += row[i];
    }
    return twice / 2;
}

static void
set_rooms(struct seating *s)
{
    for (int t = 0; t < s->tables; t++)
        s->room[t] = s->n / s->tables + (t < s->n % s->tables);
}

int64_t
kith_seat_people(const int32_t *gain, int n, int seats, int *table, int64_t *bound)
{
    struct seating s = {.gain = gain,
                        .n = n,
                        .tables = MAX(1, (n + seats - 1) / seats),
                        .table = table,
                        .most = INT64_MIN};
    g_autofree int *size = g_new0(int, s.tables);
    g_autofree int *room = g_new0(int, s.tables);
    g_autofree int *best = g_new0(int, n + 1);

    s.size = size;
    s.room = room;
    s.best = best;
    for (int i = 0; i < n; i++)
        table[i] = -1;
    set_rooms(&s);
    if (n <= TRIED) {
        try_all(&s, 0);
        memcpy(table, best, sizeof *table * (size_t)n);
        *bound = s.most;
        return s.most;
    }
    seat_greedily(&s);
    exchange_all(&s);
    *bound = bound_of(&s, seats);
    return s.total;
}
