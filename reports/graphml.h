/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml.h - GraphML as every reader takes it, and as one of them wants more. */
#ifndef KITH_REPORTS_GRAPHML_H
#define KITH_REPORTS_GRAPHML_H

#include "base/xml_out.h"
#include "reports/keys.h"
#include <kith/report.h>

/** What a reader wants besides the values: keys of its own and what stands under them. */
typedef struct kith_graphml_looks {
    const char *prefix, *space; /**< its namespace */
    const char *mark, *node_key,
        *edge_key; /**< the attribute that marks its keys, and their values */
    void (*node)(kith_xml_out *xml, const kith_keys *keys, int64_t node);
    void (*edge)(kith_xml_out *xml, const kith_keys *keys, int64_t tie);
} kith_graphml_looks;

/** A key whose values stand with each node or tie, and how they are written. */
typedef struct kith_graphml_value {
    const kith_key *key;
    kith_xml_form *form;
} kith_graphml_value;

/** Those keys: all whose value is not said once, as a default. @param domain 'n' or 'e' @return kith_graphml_value, yours */
GArray *kith_graphml_values(const GPtrArray *keys, char domain);
/** What a reader wants of one node or tie; NULL looks want nothing. */
void kith_graphml_looks_write(kith_xml_out *xml, const kith_keys *keys,
                              const kith_graphml_looks *looks, bool ties, int64_t element);
/** All ties, within the graph's element. */
void kith_graphml_write_ties(kith_xml_out *xml, const kith_keys *keys,
                             const kith_graphml_looks *looks);

/** Writes a document's graph. @param looks NULL for what all readers take */
kith_status kith_graphml_write(const kith_document *document, const kith_graphml_looks *looks,
                               kith_sink *sink, kith_error *err);

#endif
