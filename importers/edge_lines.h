/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_lines.h - what the first lines of an edge list tell: comments, separator, what the columns are. */
#ifndef KITH_IMPORTERS_EDGE_LINES_H
#define KITH_IMPORTERS_EDGE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many fields as are told apart; the last one takes the rest of the line. */
#define KITH_EDGE_FIELDS 7

typedef struct kith_edge_comments {
    bool any;      /* a comment speaks of a graph */
    bool directed; /* "Directed graph", "% asym" */
    bool two_mode; /* "% bip": the second column numbers something else */
} kith_edge_comments;

typedef struct kith_edge_layout {
    char separator;                 /* ' ' for any run of blanks and tabs */
    int weight_column, time_column; /* -1: none */
    int64_t size_line;              /* a first line that counts nodes and edges, 0: none */
} kith_edge_layout;

/** Reads the comments at the head of a file. */
void kith_edge_read_comments(const char *head, size_t length, kith_edge_comments *out);

/** Tells separator and columns from the first lines. */
void kith_edge_read_layout(const char *head, size_t length, kith_edge_layout *out);

/**
 * Splits a line in place. A '{' begins a field that goes to the end.
 * @return how many fields; KITH_EDGE_FIELDS means that many or more
 */
size_t kith_edge_split(char *line, char separator, char *field[KITH_EDGE_FIELDS]);

/** Whether these first bytes are an edge list: 0-100. */
int kith_edge_probe(const char *head, size_t length, const char *name);

#endif
