/* SPDX-License-Identifier: GPL-3.0-or-later */
/* layout_private.h - what the files of the layout share. Lengths are in springs: 1 is a tie's rest. */
#ifndef KITH_MEASURES_LAYOUT_PRIVATE_H
#define KITH_MEASURES_LAYOUT_PRIVATE_H

#include "measures/layout.h"
#include "measures/random.h"
#include <glib.h>

/* One connected network to lay out; `below` is the same with neighbours joined. */
typedef struct kith_layout_level {
    uint32_t n;
    int64_t *first; /* n + 1 */
    uint32_t *to;
    float *pull;     /* by arc */
    float *mass;     /* how many vertices of the network each stands for */
    uint32_t *group; /* NULL: none */
    uint32_t *into;  /* vertex -> vertex of `below` */
    struct kith_layout_level *below;
} kith_layout_level;

void kith_layout_level_free(kith_layout_level *level);
/** Joins neighbours, heaviest ties first, until few are left. */
void kith_layout_coarsen(kith_layout_level *level, kith_random *random);

/* Places of one level, x and y apart. */
typedef struct kith_layout_places {
    float *x, *y;
} kith_layout_places;

/** Moves the vertices for some iterations, by at most `step` at first and `step * last` in the end. */
void kith_layout_settle(const kith_layout_level *level, kith_layout_places places, int iterations,
                        float step, float last, int threads);

/* A part to pack: its size, and where its lower left corner goes. */
typedef struct kith_layout_part {
    double width, height, x, y;
} kith_layout_part;

/**
 * Puts parts side by side on shelves so that all of them fit a box of this shape as large as
 * possible. @param part  the highest first
 * @param width, height  out: the size of the whole
 */
void kith_layout_pack(kith_layout_part *part, int64_t n, double aspect, double *width,
                      double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_layout_level, kith_layout_level_free)

#endif
