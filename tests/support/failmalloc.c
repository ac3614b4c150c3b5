/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failmalloc.c - a shim for LD_PRELOAD: the n-th allocation above a size fails.
 *
 *     FAIL_AT=7 FAIL_LEAST=4096 LD_PRELOAD=./libfailmalloc.so kith import --into a.kith x.csv
 *
 * FAIL_AT     which allocation fails, from 1; 0: none
 * FAIL_LEAST  only allocations of this many bytes or more count
 * FAIL_STICKY 1: all later ones fail as well
 * FAIL_COUNT  a file that gets the number of allocations seen
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/* glibc's own names: looking them up would allocate. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long seen;
static long at;
static size_t least = (size_t)-1;
static int sticky;
static const char *count;

__attribute__((constructor)) static void
start(void)
{
    const char *text;

    at = (text = getenv("FAIL_AT")) ? atol(text) : 0;
    least = (text = getenv("FAIL_LEAST")) ? (size_t)atol(text) : 4096;
    sticky = (text = getenv("FAIL_STICKY")) && *text == '1';
    count = getenv("FAIL_COUNT");
}

__attribute__((destructor)) static void
finish(void)
{
    long all = atomic_load(&seen);
    FILE *file;

    at = 0;
    file = count ? fopen(count, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", all);
        fclose(file);
    }
}

/* Counts an allocation that matters. @return whether it is to fail */
static int
fails(size_t size)
{
    long n;

    if (size < least)
        return 0;
    n = atomic_fetch_add(&seen, 1) + 1;
    if (!at || !(n == at || (sticky && n > at)))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *
malloc(size_t size)
{
    return fails(size) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(n, size, &all))
        return NULL;
    return fails(all) ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *old, size_t size)
{
    return fails(size) ? NULL : __libc_realloc(old, size);
}
