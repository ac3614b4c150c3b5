/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages.c - posix_memalign() and madvise(). */
#include "base/pages.h"
#include "base/processors.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)
#define PAGE ((uintptr_t)4096)
#define LEAST_AHEAD ((size_t)64 << 10)
#define AHEAD ((size_t)4 << 20) /* before the next step of kith_pages_array() */

static void *
large(size_t size)
{
    void *memory = NULL;

    if (size < LARGE_PAGE || posix_memalign(&memory, LARGE_PAGE, size) != 0)
        return NULL;
#ifdef MADV_HUGEPAGE
    madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

void *
kith_pages_new(size_t size)
{
    void *memory = large(size);

    return memory ? memory : g_malloc(size);
}

void *
kith_pages_try(gsize n, gsize size)
{
    void *memory = n <= G_MAXSIZE / size ? large(n * size) : NULL;

    return memory ? memory : g_try_malloc_n(n, size);
}

/* Whole pages and one more: a mapping that is advised in part can no longer be moved by realloc(). */
void
kith_pages_advise(const void *data, size_t size)
{
#ifdef MADV_HUGEPAGE
    uintptr_t first = (uintptr_t)data & ~(uintptr_t)4095, end = (uintptr_t)data + size + 8192;

    if (size >= LARGE_PAGE)
        madvise((void *)first, (end - first) & ~(size_t)4095, MADV_HUGEPAGE);
#endif
}

void
kith_pages_prepare(size_t size)
{
#ifdef MADV_POPULATE_WRITE
    char *block = malloc(size);
    uintptr_t first = ((uintptr_t)block + 4095) & ~(uintptr_t)4095;

    if (block)
        madvise((void *)first, (uintptr_t)block + size - first, MADV_POPULATE_WRITE);
    free(block); /* it stays in the heap */
#else
    (void)size;
#endif
}

struct stretch {
    char *start;
    size_t bytes;
};

static void *
populate(void *data)
{
    struct stretch *s = data;

#ifdef MADV_POPULATE_WRITE
    madvise(s->start, s->bytes, MADV_POPULATE_WRITE);
#endif
    g_free(s);
    return NULL;
}

/* A thread of its own each time: it lives some milliseconds, and nobody has to end it. */
void
kith_pages_ahead(const void *data, size_t size)
{
    uintptr_t first = ((uintptr_t)data + PAGE - 1) & ~(PAGE - 1), end = (uintptr_t)data + size;
    struct stretch *s;
    GThread *thread;

    if (end < first + LEAST_AHEAD || !kith_processors_spare())
        return;
    s = g_new(struct stretch, 1);
    *s = (struct stretch){(char *)first, (end - first) & ~(PAGE - 1)};
    thread = g_thread_try_new("kith-pages", populate, s, NULL);
    if (thread)
        g_thread_unref(thread);
    else
        g_free(s);
}

void
kith_pages_ahead_of(const void *data, size_t used)
{
    size_t room = LARGE_PAGE;

    if (used < LARGE_PAGE)
        return;
    while (room < used)
        room *= 2;
    kith_pages_ahead((const char *)data + used, MIN(room - used, AHEAD));
}
