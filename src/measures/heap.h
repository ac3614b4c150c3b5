/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heap.h - nodes by (cost, hops, node), the smallest first; four children a place. */
#ifndef KITH_MEASURES_HEAP_H
#define KITH_MEASURES_HEAP_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct kith_heap_item {
    int64_t cost;
    int32_t hops, node; /* >= 0 */
} kith_heap_item;

/** {0} is empty and may be cleared. */
typedef struct kith_heap {
    kith_heap_item *item;
    int64_t n, room;
} kith_heap;

static inline void
kith_heap_clear(kith_heap *heap)
{
    g_clear_pointer(&heap->item, g_free);
    heap->n = heap->room = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_heap, kith_heap_clear)

/* Without a branch: which of two comes first is a coin the processor cannot guess. */
static inline bool
kith_heap_before(const kith_heap_item *a, const kith_heap_item *b)
{
    int64_t x = (int64_t)a->hops << 32 | a->node, y = (int64_t)b->hops << 32 | b->node;

    return (a->cost < b->cost) | ((a->cost == b->cost) & (x < y));
}

static inline void
kith_heap_push(kith_heap *heap, kith_heap_item item)
{
    int64_t at = heap->n++;

    if (heap->n > heap->room) {
        heap->room = MAX(1024, 2 * heap->room);
        heap->item = g_renew(kith_heap_item, heap->item, heap->room);
    }
    while (at > 0 && kith_heap_before(&item, &heap->item[(at - 1) / 4])) {
        heap->item[at] = heap->item[(at - 1) / 4];
        at = (at - 1) / 4;
    }
    heap->item[at] = item;
}

static inline bool
kith_heap_pop(kith_heap *heap, kith_heap_item *out)
{
    kith_heap_item last;
    int64_t at = 0, child;

    if (heap->n == 0)
        return false;
    *out = heap->item[0];
    last = heap->item[--heap->n];
    while ((child = 4 * at + 1) < heap->n) {
        int64_t end = MIN(child + 4, heap->n);

        for (int64_t i = child + 1; i < end; i++)
            child = kith_heap_before(&heap->item[i], &heap->item[child]) ? i : child;
        if (!kith_heap_before(&heap->item[child], &last))
            break;
        heap->item[at] = heap->item[child];
        at = child;
    }
    if (heap->n > 0)
        heap->item[at] = last;
    return true;
}

#endif
