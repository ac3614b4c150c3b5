/* SPDX-License-Identifier: GPL-3.0-or-later */
/* share.h - how often a test does what it does many times over. */
#ifndef KITH_TESTS_SHARE_H
#define KITH_TESTS_SHARE_H

#include <stdlib.h>

/** n, or a tenth where it is memory that is watched, and ten times as slowly (KITH_SANITIZED). */
static inline int
share_of(int n)
{
    return getenv("KITH_SANITIZED") ? n / 10 : n;
}

#endif
