/* SPDX-License-Identifier: GPL-3.0-or-later */
/* anderson.c - a least-squares problem of a few unknowns a step; eight numbers at a time, and those behind the last are 0. */
#include "measures/anderson.h"
#include "base/big.h"
#include "measures/lanes.h"

#define KEPT KITH_ANDERSON_KEPT
#define DEPENDENT 1e-12 /* of its own length: a step that says nothing new */

bool
kith_anderson_init(kith_anderson *a, int64_t n)
{
    gsize size = (gsize)KITH_ANDERSON_ROOM(n);

    memset(a, 0, sizeof *a);
    a->n = (int64_t)size;
    a->room = KITH_BIG(double, (2 + KEPT) * size);
    if (!a->room)
        return false;
    a->guess = a->room;
    a->f = a->room + size;
    for (int k = 0; k < KEPT; k++) {
        a->moved[k] = (float *)(a->room + (2 + (gsize)k) * size);
        a->fell[k] = a->moved[k] + size;
    }
    return true;
}

void
kith_anderson_clear(kith_anderson *a)
{
    kith_big_free(a->room);
}

void
kith_anderson_forget(kith_anderson *a)
{
    a->kept = a->next = 0;
    a->begun = false;
}

LANES_CLONES static void
remember(kith_anderson *a, const double *x, const double *f)
{
    float *moved = a->moved[a->next], *fell = a->fell[a->next];

    for (int64_t i = 0; i < a->n; i += LANES) {
        lanes_real less = *LANES_AT(f, i) - *LANES_AT(a->f, i);
        lanes_real way = *LANES_AT(x, i) - *LANES_AT(a->guess, i) + less;

        *LANES_FLOAT_AT(fell, i) = __builtin_convertvector(less, lanes_float);
        *LANES_FLOAT_AT(moved, i) = __builtin_convertvector(way, lanes_float);
    }
}

/* The products of a step with the newest, and with f. */
LANES_CLONES static void
multiply_one(const float *newest, const float *fell, const double *f, int64_t n, double *with,
             double *of_f)
{
    lanes_real a = {0}, b = {0};

    for (int64_t i = 0; i < n; i += LANES) {
        lanes_real step = __builtin_convertvector(*LANES_FLOAT_AT(fell, i), lanes_real);

        a += step * __builtin_convertvector(*LANES_FLOAT_AT(newest, i), lanes_real);
        b += step * *LANES_AT(f, i);
    }
    *with = lanes_sum(&a);
    *of_f = lanes_sum(&b);
}

/* The products of the newest step with all, and of each with f. */
static void
multiply(kith_anderson *a, const double *f, double of_f[KEPT])
{
    for (int k = 0; k < a->kept; k++) {
        double with;

        multiply_one(a->fell[a->next], a->fell[k], f, a->n, &with, &of_f[k]);
        a->product[k][a->next] = a->product[a->next][k] = with;
    }
}

/* Elimination of a small positive matrix; a step that depends on those before it gets no share. */
static void
solve(const kith_anderson *a, double share[KEPT])
{
    double m[KEPT][KEPT];
    bool used[KEPT] = {false};

    memcpy(m, a->product, sizeof m);
    for (int i = 0; i < a->kept; i++) {
        used[i] = m[i][i] > DEPENDENT * a->product[i][i];
        for (int r = i + 1; used[i] && r < a->kept; r++) {
            double times = m[r][i] / m[i][i];

            for (int k = i; k < a->kept; k++)
                m[r][k] -= times * m[i][k];
            share[r] -= times * share[i];
        }
    }
    for (int i = a->kept - 1; i >= 0; i--) {
        for (int k = i + 1; k < a->kept; k++)
            share[i] -= m[i][k] * share[k];
        share[i] = used[i] ? share[i] / m[i][i] : 0;
    }
}

LANES_CLONES static void
mix(kith_anderson *a, double *x, const double *f, const double share[KEPT])
{
    for (int64_t i = 0; i < a->n; i += LANES) {
        lanes_real guess = *LANES_AT(x, i), next = guess + *LANES_AT(f, i);

        *LANES_AT(a->guess, i) = guess;
        *LANES_AT(a->f, i) = *LANES_AT(f, i);
        for (int k = 0; k < a->kept; k++)
            next -= share[k] * __builtin_convertvector(*LANES_FLOAT_AT(a->moved[k], i), lanes_real);
        *LANES_AT(x, i) = next;
    }
}

void
kith_anderson_step(kith_anderson *a, double *x, const double *f)
{
    double share[KEPT] = {0};

    if (a->begun) {
        remember(a, x, f);
        a->kept = MAX(a->kept, a->next + 1);
        multiply(a, f, share);
        solve(a, share);
        a->next = (a->next + 1) % KEPT;
    }
    a->begun = true;
    mix(a, x, f, share);
}
