/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ahead.c - a ring of blocks between a thread that reads and one that takes. */
#include "base/ahead.h"
#include "base/big.h"
#include "base/processors.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK ((size_t)128 << 10)
#define BLOCKS 4

struct kith_ahead {
    GThread *thread;
    GMutex lock;
    GCond changed;
    kith_sha256 *checksum;
    int file;
    char *bytes;         /* of all blocks */
    gssize held[BLOCKS]; /* bytes of a block, 0 at the end of the file, -1 after a failure */
    guint read, taken;   /* blocks so far, the latter whole */
    size_t at;           /* bytes taken of the next block */
    int failed;          /* errno of it */
    bool stopped;
};

/* Waits for a free block. @return whether it is still wanted */
static bool
await_room(kith_ahead *a)
{
    bool wanted;

    g_mutex_lock(&a->lock);
    while (!a->stopped && a->read - a->taken == BLOCKS)
        g_cond_wait(&a->changed, &a->lock);
    wanted = !a->stopped;
    g_mutex_unlock(&a->lock);
    return wanted;
}

/* Hands a block over. */
static void
give(kith_ahead *a, gssize n, int failed)
{
    g_mutex_lock(&a->lock);
    a->held[a->read++ % BLOCKS] = n;
    a->failed = failed;
    g_cond_signal(&a->changed);
    g_mutex_unlock(&a->lock);
}

static void *
read_on(void *ahead)
{
    kith_ahead *a = ahead;
    gssize n = 1;

    while (n > 0 && await_room(a)) {
        char *block = a->bytes + a->read % BLOCKS * BLOCK;

        while ((n = read(a->file, block, BLOCK)) < 0 && errno == EINTR)
            continue;
        if (n > 0)
            kith_sha256_update(a->checksum, block, (size_t)n);
        give(a, n, n < 0 ? errno : 0);
    }
    return NULL;
}

static void
ahead_free(kith_ahead *a)
{
    g_mutex_clear(&a->lock);
    g_cond_clear(&a->changed);
    kith_big_free(a->bytes);
    g_free(a);
}

kith_ahead *
kith_ahead_start(int file, kith_sha256 *checksum)
{
    kith_ahead *a;

    if (!kith_processors_spare())
        return NULL;
    a = g_new0(kith_ahead, 1);
    g_mutex_init(&a->lock);
    g_cond_init(&a->changed);
    a->file = file;
    a->checksum = checksum;
    a->bytes = KITH_RAW(char, (size_t)BLOCKS *BLOCK); /* small pages would fault one by one */
    if (a->bytes)
        a->thread = g_thread_try_new("kith-ahead", read_on, a, NULL);
    if (a->thread)
        return a;
    ahead_free(a);
    return NULL;
}

/* The bytes at hand; waits for some. @return how many; 0 at the end, -1 after a failure */
static gssize
await_bytes(kith_ahead *a)
{
    gssize held;

    g_mutex_lock(&a->lock);
    while (a->read == a->taken)
        g_cond_wait(&a->changed, &a->lock);
    held = a->held[a->taken % BLOCKS];
    g_mutex_unlock(&a->lock);
    return held;
}

static void
release_block(kith_ahead *a)
{
    g_mutex_lock(&a->lock);
    a->taken++;
    g_cond_signal(&a->changed);
    g_mutex_unlock(&a->lock);
    a->at = 0;
}

gssize
kith_ahead_read(kith_ahead *a, void *buffer, size_t size)
{
    gssize held = await_bytes(a);
    size_t n;

    if (held <= 0) {
        errno = a->failed;
        return held;
    }
    n = MIN(size, (size_t)held - a->at);
    memcpy(buffer, a->bytes + a->taken % BLOCKS * BLOCK + a->at, n);
    a->at += n;
    if (a->at == (size_t)held)
        release_block(a);
    return (gssize)n;
}

size_t
kith_ahead_stop(kith_ahead *a)
{
    size_t left = 0;

    if (!a)
        return 0;
    g_mutex_lock(&a->lock);
    a->stopped = true;
    g_cond_signal(&a->changed);
    g_mutex_unlock(&a->lock);
    g_thread_join(a->thread);
    for (guint i = a->taken; i != a->read; i++)
        left += (size_t)MAX(a->held[i % BLOCKS], 0);
    left -= a->at;
    ahead_free(a);
    return left;
}
