/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pajek_values.h - partitions and vectors of a Pajek project: one number for each vertex. */
#ifndef KITH_IMPORTERS_PAJEK_VALUES_H
#define KITH_IMPORTERS_PAJEK_VALUES_H

#include "graph_file.h"

typedef struct kith_pajek_values {
    bool waiting; /* for "*Vertices N" */
    bool skipped; /* of no vertex: told and left out */
    char *name;
    int64_t size, next;
} kith_pajek_values;

void kith_pajek_values_clear(kith_pajek_values *values);

/** Starts values of this name; the next "*Vertices" is theirs. @param name NULL: leave them out */
void kith_pajek_values_start(kith_pajek_values *values, const char *name);
/** Whether the "*Vertices" that comes belongs to values; then they are waited for no more. */
bool kith_pajek_values_wait(kith_pajek_values *values);
void kith_pajek_values_size(kith_pajek_values *values, int64_t size);

/**
 * Which vertex of the last network the value that was read is for.
 * @param size vertices of that network, -1 when there is none  @param number 0: leave it out
 */
kith_status kith_pajek_values_next(kith_pajek_values *values, kith_graph_file *file, int64_t size,
                                   const char *text, int64_t *number, kith_error *err);
/** Checks that all values came. */
kith_status kith_pajek_values_end(kith_pajek_values *values, kith_graph_file *file,
                                  kith_error *err);

#endif
