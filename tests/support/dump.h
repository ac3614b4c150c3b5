/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump.h - a graph as text, every node, tie and source in graph order: equal graphs are equal
 * bytes. */
#ifndef KITH_TESTS_DUMP_H
#define KITH_TESTS_DUMP_H

#include <kith/graph.h>

/** @return yours (free()) */
char *dump_graph(const kith_graph *graph);

#endif
