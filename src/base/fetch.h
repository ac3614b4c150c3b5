/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fetch.h - a function that brings memory into the cache and does nothing else. */
#ifndef KITH_BASE_FETCH_H
#define KITH_BASE_FETCH_H

/* To gcc such a function has no effect, and a call of it is left out before it could be inlined. */
#define KITH_FETCHES static inline __attribute__((always_inline))

#endif
