/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xml_out.h - XML 1.0 written piece by piece to a sink, by libxml2's text writer.
 *
 * Texts may hold anything: markup is escaped, and what XML cannot say (controls but TAB, LF and CR;
 * broken bytes) becomes U+FFFD. Errors of the writer are kept; the sink keeps its own.
 */
#ifndef KITH_BASE_XML_OUT_H
#define KITH_BASE_XML_OUT_H

#include "base/base.h"

typedef struct kith_xml_out kith_xml_out;

/** Starts a document (declaration, UTF-8, indented). @return yours; the sink must outlive it */
kith_xml_out *kith_xml_out_new(kith_sink *sink);
/** Ends the document. @return KITH_ERR_INTERNAL when the writer failed */
kith_status kith_xml_out_finish(kith_xml_out *xml, kith_error *err);
void kith_xml_out_free(kith_xml_out *xml);

void kith_xml_out_open(kith_xml_out *xml, const char *element);
void kith_xml_out_attribute(kith_xml_out *xml, const char *name, const char *value);
void kith_xml_out_text(kith_xml_out *xml, const char *text);
void kith_xml_out_close(kith_xml_out *xml);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_xml_out, kith_xml_out_free)

#endif
