/* SPDX-License-Identifier: GPL-3.0-or-later */
/* big.c - mmap() for what is large, malloc() for what is not; the size stands in front. */
#include "base/big.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HEADER 64 /* keeps the array on a cache line */
#define MAPPED ((size_t)1 << 18)
#define HUGE ((size_t)1 << 22)

struct header {
    size_t bytes; /* header included */
};

void *
kith_big_new(size_t n, size_t size)
{
    struct header *header;
    size_t bytes;

    if (size > 0 && n > (SIZE_MAX - HEADER) / size - 1)
        return NULL;
    bytes = (n + 1) * size + HEADER;
    if (bytes < MAPPED) {
        size_t lines = (bytes + HEADER - 1) / HEADER * HEADER;

        header = aligned_alloc(HEADER, lines);
        if (header)
            memset(header, 0, lines);
    } else {
        header = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (header == MAP_FAILED)
            return NULL;
        if (bytes >= HUGE)
            madvise(header, bytes, MADV_HUGEPAGE);
    }
    if (!header)
        return NULL;
    header->bytes = bytes;
    return (char *)header + HEADER;
}

void *
kith_big_grow(void *memory, size_t n, size_t size)
{
    struct header *old = memory ? (struct header *)(void *)((char *)memory - HEADER) : NULL;
    size_t bytes = (n + 1) * size + HEADER;
    struct header *header;
    void *fresh;

    if (old && old->bytes >= HUGE && bytes > old->bytes && n <= (SIZE_MAX - HEADER) / size - 1) {
        header = mremap(old, old->bytes, bytes, MREMAP_MAYMOVE); /* moves pages, not bytes */
        if (header == MAP_FAILED)
            return NULL;
        madvise(header, bytes, MADV_HUGEPAGE);
        header->bytes = bytes;
        return (char *)header + HEADER;
    }
    fresh = kith_big_new(n, size);
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

    if (header && header->bytes >= MAPPED)
        munmap(header, header->bytes);
    else
        free(header);
}
