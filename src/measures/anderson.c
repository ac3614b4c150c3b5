/* SPDX-License-Identifier: GPL-3.0-or-later */
/* anderson.c - a least-squares problem of three unknowns a step. */
#include "measures/anderson.h"
#include "base/big.h"
#include <string.h>

#define KEPT KITH_ANDERSON_KEPT
#define DEPENDENT 1e-12 /* of its own length: a step that says nothing new */

bool
kith_anderson_init(kith_anderson *a, int64_t n)
{
    gsize size = (gsize)n + 1;

    memset(a, 0, sizeof *a);
    a->n = n;
    a->room = KITH_RAW(double, (2 + KEPT) * size);
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

static void
remember(kith_anderson *a, const double *x, const double *f)
{
    float *moved = a->moved[a->next], *fell = a->fell[a->next];

    for (int64_t i = 0; i < a->n; i++) {
        double less = f[i] - a->f[i];

        fell[i] = (float)less;
        moved[i] = (float)(x[i] - a->guess[i] + less);
    }
}

/* The products of the newest step with all, and of each with f. */
static void
multiply(kith_anderson *a, const double *f, double of_f[KEPT])
{
    const float *newest = a->fell[a->next];
    double with[KEPT] = {0};

    memset(of_f, 0, KEPT * sizeof *of_f);
    for (int k = 0; k < a->kept; k++)
        for (int64_t i = 0; i < a->n; i++) {
            with[k] += (double)newest[i] * (double)a->fell[k][i];
            of_f[k] += f[i] * (double)a->fell[k][i];
        }
    for (int k = 0; k < a->kept; k++)
        a->product[k][a->next] = a->product[a->next][k] = with[k];
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
    for (int64_t i = 0; i < a->n; i++) {
        double next = x[i] + f[i];

        a->guess[i] = x[i];
        a->f[i] = f[i];
        for (int k = 0; k < a->kept; k++)
            next -= share[k] * (double)a->moved[k][i];
        x[i] = next;
    }
}
