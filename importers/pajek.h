/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pajek.h - a Pajek file being read: what its sections share (pajek.c) and its lines (pajek_lines.c). */
#ifndef KITH_IMPORTERS_PAJEK_H
#define KITH_IMPORTERS_PAJEK_H

#include "cells.h"
#include "pajek_values.h"
#include "scan.h"

enum kith_pajek_section {
    KITH_PAJEK_NOTHING,
    KITH_PAJEK_VERTICES,
    KITH_PAJEK_ARCS,
    KITH_PAJEK_EDGES,
    KITH_PAJEK_ARCS_LIST,
    KITH_PAJEK_EDGES_LIST,
    KITH_PAJEK_MATRIX,
    KITH_PAJEK_VALUES,
    KITH_PAJEK_UNKNOWN
};

typedef struct kith_pajek {
    kith_graph_file *file;
    kith_scan *scan;
    kith_pajek_values values;
    enum kith_pajek_section section;
    char *network, *relation;
    kith_cells cells;
    int64_t row, column;  /* of the next cell */
    int64_t size, people; /* vertices; how many of them are of the first mode */
    bool begun;           /* there is a network */
    bool vertices_only;   /* the ties of this network are told by another file */
    bool joined;          /* the values are the file's records */
    GArray *bare;         /* vertex lines of one word, which may be values of a partition */
} kith_pajek;

/** Fails over the word just read, or the end of its line. */
kith_status kith_pajek_bad_word(kith_pajek *p, kith_scan_kind kind, const char *expected,
                                kith_error *err);

/** The node of a vertex, made on first sight; of the second mode it is an event. */
kith_mention kith_pajek_vertex(kith_pajek *p, int64_t number);

/** An empty list of lines of one word. @return yours */
GArray *kith_pajek_new_bare(void);
/** Lines of one word were vertices after all: then each is a number of its own. */
kith_status kith_pajek_settle_bare(kith_pajek *p, kith_error *err);

/* One line of a section, whose first word was read, with its end. */
kith_status kith_pajek_read_vertex(kith_pajek *p, kith_error *err);
kith_status kith_pajek_read_tie(kith_pajek *p, kith_error *err);
kith_status kith_pajek_read_list(kith_pajek *p, kith_error *err);
kith_status kith_pajek_read_cells(kith_pajek *p, kith_error *err);

/** Reads sections to the end of the scan, without finishing the network. */
kith_status kith_pajek_read_sections(kith_pajek *p, kith_error *err);

/** When the source is a partition or vector: reads the vertices of its network first (pajek_beside.c). */
kith_status kith_pajek_read_beside(kith_pajek *p, kith_error *err);

#endif
