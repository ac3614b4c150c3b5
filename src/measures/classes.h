/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * classes.h - people sorted by what a file says of them: their organisation, or any attribute.
 *
 * Only what was written down counts: nothing is guessed from names, places or ties, protected attributes least of all.
 */
#ifndef KITH_MEASURES_CLASSES_H
#define KITH_MEASURES_CLASSES_H

#include "model/network.h"

typedef struct kith_classes {
    int64_t n, classes, known; /* vertices; different values; vertices that have one */
    uint32_t *of; /* by vertex: 0 … classes - 1 in the order of their labels; UINT32_MAX for none */
    const char **label; /* by class; borrowed from the graph */
    bool numbers;       /* every value is a number */
    double *value;      /* by vertex: that number, NaN for none; NULL unless numbers */
} kith_classes;

/**
 * The classes of a network's vertices.
 * @param by  "organisation" for whom they work for (of several the one without an end, then the first), else an attribute
 * @return KITH_ERR_ARGUMENT when nobody has a value, or all the same one
 * O(n log n + ties of kind works_at)
 */
kith_status kith_classes_read(const kith_graph *graph, const kith_network *network, const char *by,
                              kith_classes **out, kith_error *err);
void kith_classes_free(kith_classes *classes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_classes, kith_classes_free)

#endif
