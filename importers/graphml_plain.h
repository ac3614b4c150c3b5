/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml_plain.h - plain GraphML files, read on all processors into columns.
 *
 * Plain is: UTF-8, no document type, keys without defaults in front of one graph, nodes in front of their edges, values
 * of declared keys as their types say, labels that differ, and of the edges' values only a weight and a time in seconds.
 * Whatever is not, is left to libxml2 from the first byte on, before anything was told: graphml.c reads it, warns and fails.
 */
#ifndef KITH_IMPORTERS_GRAPHML_PLAIN_H
#define KITH_IMPORTERS_GRAPHML_PLAIN_H

#include "base/xml_scan.h"
#include "graphml_graph.h"

/* What stands in front of the nodes. */
typedef struct kith_graphml_head {
    GPtrArray *keys; /* kith_graphml_key */
    bool directed;
    size_t length;  /* bytes up to behind the graph's start tag */
    uint32_t lines; /* line feeds among them */
    /* The first node's id but for the digits it ends with, and their number: most writers count their nodes. */
    char *prefix;
    size_t prefix_length;
    uint32_t first;
    bool numbered;
} kith_graphml_head;

/** Reads what comes before the first node. @return whether it is plain */
bool kith_graphml_head_read(const char *bytes, size_t length, const kith_import_options *options,
                            kith_graphml_head *out);
void kith_graphml_head_clear(kith_graphml_head *head);

/** The number behind the prefix of a numbered node's id, UINT32_MAX for any other text. */
uint32_t kith_graphml_head_number(const kith_graphml_head *head, const char *id);

/**
 * Reads a source to its end, if it is plain; if not, the source stands at its start again and nothing was told.
 * @param done whether it was read
 */
kith_status kith_graphml_plain_read(kith_source *source, const kith_import_options *options,
                                    kith_builder *into, bool *done, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_graphml_head, kith_graphml_head_clear)

#endif
