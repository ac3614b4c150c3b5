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

/** Writes a document's graph. @param looks NULL for what all readers take */
kith_status kith_graphml_write(const kith_document *document, const kith_graphml_looks *looks,
                               kith_sink *sink, kith_error *err);

#endif
