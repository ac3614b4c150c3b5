/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_layout.h - which graph a JSON text holds, told from the keys of its first bytes. */
#ifndef KITH_IMPORTERS_JSON_LAYOUT_H
#define KITH_IMPORTERS_JSON_LAYOUT_H

#include <stddef.h>

typedef enum kith_json_layout {
    KITH_JSON_LAYOUT_NONE = 0,
    KITH_JSON_LAYOUT_GRAPH, /* an object of nodes and links, or of Cytoscape's elements */
    KITH_JSON_LAYOUT_CX     /* a list of aspects */
} kith_json_layout;

kith_json_layout kith_json_layout_probe(const char *head, size_t length);

#endif
