/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * big.c - malloc() for what is small, mmap() for what is very large, and between them regions of large pages.
 *
 * A fresh page of 4 KiB costs some ten microseconds on a virtual machine: more than reading or sorting what goes into
 * it. So arrays of a megabyte come out of regions that the kernel backs with pages of 2 MiB, and what is freed there is
 * handed out again. The size stands in front of each array.
 */
#include "base/big.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HEADER 64 /* keeps the array on a cache line */
#define LARGE_PAGE ((size_t)2 << 20)
#define REGION ((size_t)16 << 20)
#define REGIONS 64
#define VERY_LARGE ((size_t)12 << 20)
#ifdef __SANITIZE_ADDRESS__
#define SMALL VERY_LARGE /* where the sanitizer sees what is written behind an array's end */
#else
#define SMALL ((size_t)1 << 16)
#endif

struct header {
    size_t bytes; /* header included */
};

/* Bytes that nobody has. */
struct gap {
    char *start;
    size_t bytes;
};

static struct {
    GMutex lock;
    GArray *gaps; /* in order of address, none touching the next */
    struct {
        char *start, *used; /* nothing behind `used` was ever handed out: it is zero */
    } region[REGIONS];
    int regions;
} pool;

static void *
map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        return NULL;
    madvise(memory, bytes, MADV_HUGEPAGE);
    return memory;
}

/* Adds a gap, joined with those beside it. */
static void
add_gap(char *start, size_t bytes)
{
    guint at = 0;
    struct gap one = {start, bytes}, *gap = (struct gap *)(void *)pool.gaps->data;

    while (at < pool.gaps->len && gap[at].start < start)
        at++;
    if (at < pool.gaps->len && start + bytes == gap[at].start) {
        one.bytes += gap[at].bytes;
        g_array_remove_index(pool.gaps, at);
    }
    if (at > 0 && gap[at - 1].start + gap[at - 1].bytes == start)
        gap[at - 1].bytes += one.bytes;
    else
        g_array_insert_val(pool.gaps, at, one);
}

/* A region more, on the boundary of a large page. */
static bool
add_region(void)
{
    char *memory = pool.regions < REGIONS ? map(REGION + LARGE_PAGE) : NULL, *start;

    if (!memory)
        return false;
    start = (char *)(((uintptr_t)memory + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1));
    if (start > memory)
        munmap(memory, (size_t)(start - memory));
    munmap(start + REGION, LARGE_PAGE - (size_t)(start - memory));
    pool.region[pool.regions].start = pool.region[pool.regions].used = start;
    pool.regions++;
    if (!pool.gaps)
        pool.gaps = g_array_new(FALSE, FALSE, sizeof(struct gap));
    add_gap(start, REGION);
    return true;
}

/* The first gap that is large enough, so that what is used stays together. */
static char *
take_gap(size_t bytes)
{
    for (guint i = 0; pool.gaps && i < pool.gaps->len; i++) {
        struct gap *gap = &g_array_index(pool.gaps, struct gap, i);
        char *start = gap->start;

        if (gap->bytes < bytes)
            continue;
        gap->start += bytes;
        gap->bytes -= bytes;
        if (gap->bytes == 0)
            g_array_remove_index(pool.gaps, i);
        return start;
    }
    return NULL;
}

/* How many of the first bytes somebody had before. */
static size_t
count_used(char *start, size_t bytes)
{
    size_t dirty = 0;

    for (int i = 0; i < pool.regions; i++) {
        if (start < pool.region[i].start || start >= pool.region[i].start + REGION)
            continue;
        if (pool.region[i].used > start)
            dirty = MIN((size_t)(pool.region[i].used - start), bytes);
        pool.region[i].used = MAX(pool.region[i].used, start + bytes);
    }
    return dirty;
}

static void *
take(size_t bytes, bool zeroed)
{
    size_t dirty = 0;
    char *memory;

    g_mutex_lock(&pool.lock);
    memory = take_gap(bytes);
    if (!memory && add_region())
        memory = take_gap(bytes);
    if (memory)
        dirty = count_used(memory, bytes);
    g_mutex_unlock(&pool.lock);
    return memory && zeroed ? memset(memory, 0, dirty) : memory;
}

static void
give(void *memory, size_t bytes)
{
    g_mutex_lock(&pool.lock);
    add_gap(memory, bytes);
    g_mutex_unlock(&pool.lock);
}

/* Up to where the bytes from start on, all of one region, were ever handed out. */
static char *
used_until(const char *start)
{
    for (int i = 0; i < pool.regions; i++)
        if (start >= pool.region[i].start && start < pool.region[i].start + REGION)
            return pool.region[i].used;
    return NULL;
}

void
kith_big_trim(void)
{
    g_mutex_lock(&pool.lock);
    for (guint i = 0; pool.gaps && i < pool.gaps->len; i++) {
        const struct gap *gap = &g_array_index(pool.gaps, struct gap, i);
        uintptr_t first = ((uintptr_t)gap->start + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1),
                  used = ((uintptr_t)used_until(gap->start) + LARGE_PAGE - 1) &
                         ~(uintptr_t)(LARGE_PAGE - 1),
                  end =
                      MIN((uintptr_t)gap->start + gap->bytes, used) & ~(uintptr_t)(LARGE_PAGE - 1);

        if (first < end)
            madvise((void *)first, end - first, MADV_DONTNEED);
    }
    g_mutex_unlock(&pool.lock);
}

/* With the header, in whole cache lines. */
static size_t
size_of(size_t n, size_t size)
{
    return ((n + 1) * size + 2 * HEADER - 1) & ~(size_t)(HEADER - 1);
}

static void *
small(size_t bytes, bool zeroed)
{
    void *memory = aligned_alloc(HEADER, bytes);

    return memory && zeroed ? memset(memory, 0, bytes) : memory;
}

static void *
allocate(size_t n, size_t size, bool zeroed)
{
    struct header *header;
    size_t bytes;

    if (size > 0 && n > (SIZE_MAX - 2 * HEADER) / size - 1)
        return NULL;
    bytes = size_of(n, size);
    if (bytes < SMALL)
        header = small(bytes, zeroed);
    else
        header = bytes < VERY_LARGE ? take(bytes, zeroed) : map(bytes);
    if (!header && bytes >= SMALL && bytes < VERY_LARGE) /* all regions are taken */
        header = map(bytes = VERY_LARGE);
    if (!header)
        return NULL;
    header->bytes = bytes;
    return (char *)header + HEADER;
}

void *
kith_big_new(size_t n, size_t size)
{
    return allocate(n, size, true);
}

void *
kith_big_raw(size_t n, size_t size)
{
    return allocate(n, size, false);
}

void *
kith_big_grow(void *memory, size_t n, size_t size)
{
    struct header *old = memory ? (struct header *)(void *)((char *)memory - HEADER) : NULL;
    size_t bytes = size_of(n, size);
    struct header *header;
    void *fresh;

    if (old && old->bytes >= VERY_LARGE && bytes > old->bytes &&
        n <= (SIZE_MAX - 2 * HEADER) / size - 1) {
        header = mremap(old, old->bytes, bytes, MREMAP_MAYMOVE); /* moves pages, not bytes */
        if (header == MAP_FAILED)
            return NULL;
        madvise(header, bytes, MADV_HUGEPAGE);
        header->bytes = bytes;
        return (char *)header + HEADER;
    }
    fresh = kith_big_raw(n, size);
    if (fresh && old) {
        memcpy(fresh, memory, MIN(old->bytes, bytes) - HEADER);
        kith_big_free(memory);
    }
    return fresh;
}

void
kith_big_free(void *memory)
{
    struct header *header = memory ? (struct header *)(void *)((char *)memory - HEADER) : NULL;

    if (header && header->bytes >= VERY_LARGE)
        munmap(header, header->bytes);
    else if (header && header->bytes >= SMALL)
        give(header, header->bytes);
    else
        free(header);
}

void *
kith_big_need(void *memory, size_t n, size_t size)
{
    if (!memory) /* in GLib's words, for who listens to them (kith_when_memory_fails()) */
        g_log("GLib", G_LOG_LEVEL_ERROR, "failed to allocate %" G_GSIZE_FORMAT " bytes", n * size);
    return memory;
}
