/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * anderson.h - fewer sweeps to a fixed point: the next guess is mixed from the last few.
 *
 * A sweep turns a guess x into x + f. Of the last guesses those shares are taken for which the mixed f is smallest, so what
 * plain sweeps only shrink by a constant, again and again, is gone after a few. Anderson 1965, doi:10.1145/321296.321305;
 * Walker & Ni 2011, doi:10.1137/10078356X.
 */
#ifndef KITH_MEASURES_ANDERSON_H
#define KITH_MEASURES_ANDERSON_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define KITH_ANDERSON_KEPT 3

typedef struct kith_anderson {
    int64_t n;
    int kept, next;    /* steps remembered; the place of the next one */
    double *guess, *f; /* of the last call */
    float *moved[KITH_ANDERSON_KEPT], *fell[KITH_ANDERSON_KEPT]; /* how x + f, and f, changed: a
                            direction need not be exact */
    double product[KITH_ANDERSON_KEPT][KITH_ANDERSON_KEPT];      /* of the fell[] */
    bool begun;
    double *room; /* for all of them */
} kith_anderson;

/** How long x and f must be for n numbers, from a cache line on; what stands behind the n-th must be 0 and stays so. */
#define KITH_ANDERSON_ROOM(n) (((n) + 8) & ~(int64_t)7)

/** @return false without memory; cleared by kith_anderson_clear() either way */
bool kith_anderson_init(kith_anderson *a, int64_t n);
void kith_anderson_clear(kith_anderson *a);

/** Forgets all steps, as when one has made things worse. */
void kith_anderson_forget(kith_anderson *a);

/**
 * @param x  the guess, replaced by the next one
 * @param f  by how much a sweep changed it
 */
void kith_anderson_step(kith_anderson *a, double *x, const double *f);

#endif
