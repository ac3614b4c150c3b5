/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xml.h - XML from strangers, read as a stream of events.
 *
 * No network, no entities of the file's own, limits on depth and size, a short list of encodings.
 * libxml2 lives here and nowhere else.
 */
#ifndef KITH_BASE_XML_H
#define KITH_BASE_XML_H

#include "base/base.h"

typedef struct kith_xml kith_xml;

typedef enum kith_xml_kind {
    KITH_XML_START = 0,
    KITH_XML_END,
    KITH_XML_TEXT,
    KITH_XML_EOF
} kith_xml_kind;

/** One event; texts are borrowed until the next one. */
typedef struct kith_xml_event {
    kith_xml_kind kind;
    const char *name; /**< START, END: the local name, without prefix */
    const char *text; /**< TEXT: all text up to the next tag, CDATA included, untrimmed */
    int depth;        /**< of the element; the root is 0 */
    int64_t line;     /**< 1-based */
} kith_xml_event;

/** A reader over a source (borrowed). @return yours */
kith_xml *kith_xml_new(kith_source *source);
void kith_xml_free(kith_xml *xml);

/**
 * The next event; an empty element gives START and END. Tells the source the line.
 * @return KITH_ERR_PARSE for broken XML, an entity declaration, an unknown encoding; KITH_ERR_LIMIT
 * for depth and size
 */
kith_status kith_xml_next(kith_xml *xml, kith_xml_event *out, kith_error *err);

/** An attribute of the START event just given, by local name; NULL when there is none. Borrowed
 * until the next event. */
const char *kith_xml_attribute(kith_xml *xml, const char *name);

/** After a START event: reads past the element's END. */
kith_status kith_xml_skip(kith_xml *xml, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_xml, kith_xml_free)

#endif
