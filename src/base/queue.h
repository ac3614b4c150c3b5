/* SPDX-License-Identifier: GPL-3.0-or-later */
/* queue.h - numbers, the foremost first, by an order of the caller's; measures/heap.h is for nodes by what they cost. */
#ifndef KITH_BASE_QUEUE_H
#define KITH_BASE_QUEUE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/** Whether a comes before b; a strict order. A constant, so that it is inlined. */
typedef bool (*kith_queue_order)(const void *whose, int32_t a, int32_t b);

/** @param queue  of int32_t; empty to begin with, and changed by these three alone */
static inline void
kith_queue_push(GArray *queue, int32_t number, kith_queue_order before, const void *whose)
{
    guint at = queue->len;
    int32_t *heap;

    g_array_append_val(queue, number);
    heap = (int32_t *)(void *)queue->data;
    while (at > 0 && before(whose, number, heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = number;
}

/** Puts the foremost in its place after it has come to stand further back, or another has been put there. */
static inline void
kith_queue_sink(GArray *queue, kith_queue_order before, const void *whose)
{
    int32_t *heap = (int32_t *)(void *)queue->data, first = heap[0];
    guint at = 0, child;

    while ((child = 2 * at + 1) < queue->len) {
        if (child + 1 < queue->len && before(whose, heap[child + 1], heap[child]))
            child++;
        if (!before(whose, heap[child], first))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = first;
}

/** Takes the foremost out of a queue that is not empty. */
static inline int32_t
kith_queue_pop(GArray *queue, kith_queue_order before, const void *whose)
{
    int32_t *heap = (int32_t *)(void *)queue->data, top = heap[0];

    heap[0] = heap[queue->len - 1];
    g_array_set_size(queue, queue->len - 1);
    if (queue->len)
        kith_queue_sink(queue, before, whose);
    return top;
}

#endif
