/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xml_out.h - XML 1.0 written piece by piece to a sink.
 *
 * Texts may hold anything: markup is escaped, and what XML cannot say (controls but TAB, LF and CR;
 * broken bytes) becomes U+FFFD. Nothing can fail here; the sink keeps its errors.
 */
#ifndef KITH_BASE_XML_OUT_H
#define KITH_BASE_XML_OUT_H

#include "base/base.h"

#define KITH_XML_HEAD_ATTRIBUTES 4

typedef struct kith_xml_out kith_xml_out;

/** Starts a document (declaration, UTF-8, indented). @return yours; the sink must outlive it */
kith_xml_out *kith_xml_out_new(kith_sink *sink);
/** Ends what is open and hands everything to the sink. */
void kith_xml_out_finish(kith_xml_out *xml);
void kith_xml_out_free(kith_xml_out *xml);

/**
 * What comes next in the document, to be made by itself (on another thread, say): it begins where the whole one stands, and
 * leaves as many elements open. @return yours; kith_xml_out_append() takes what is in it
 */
kith_xml_out *kith_xml_out_part(const kith_xml_out *whole);
/** Writes a part and empties it. */
void kith_xml_out_append(kith_xml_out *whole, kith_xml_out *part);

/** Starts an element, whose name must live until it is closed. */
void kith_xml_out_open(kith_xml_out *xml, const char *element);
void kith_xml_out_attribute(kith_xml_out *xml, const char *name, const char *value);
void kith_xml_out_text(kith_xml_out *xml, const char *text);
void kith_xml_out_close(kith_xml_out *xml);

/** What is read of texts that are given with their length and told to be plain: so much behind their end as well. */
#define KITH_XML_BEHIND 16

/** An element with one attribute around a text, made once and written often. */
typedef struct kith_xml_form {
    char *start; /**< with its blanks */
    size_t start_length;
    char *end;
    size_t end_length;
} kith_xml_form;

/** @param depth elements around it @param value holds no markup @return yours; kith_xml_form_free() */
kith_xml_form *kith_xml_form_new(int depth, const char *element, const char *attribute,
                                 const char *value);
void kith_xml_form_free(void *form);
/** Writes such an element. @param length of the text, which ends with a NUL */
void kith_xml_out_form(kith_xml_out *xml, const kith_xml_form *form, const char *text,
                       size_t length);
/** The same for a text without markup, such as a number, that has room behind it. */
void kith_xml_out_form_plain(kith_xml_out *xml, const kith_xml_form *form, const char *text,
                             size_t length);

/** The same, as a line to keep: kith_xml_out_line() writes it as often as wanted. */
void kith_xml_out_form_line(kith_xml_out *xml, const kith_xml_form *form, const char *text,
                            size_t length, GString *line);
void kith_xml_out_line(kith_xml_out *xml, const char *line, size_t length);

/** An element's start with its attributes, and its end, made once. */
typedef struct kith_xml_head {
    const char *element;
    size_t element_length;
    int n;
    char *before[KITH_XML_HEAD_ATTRIBUTES]; /**< each value: quote or tag, name, quote */
    size_t length[KITH_XML_HEAD_ATTRIBUTES];
    char *end;
    size_t end_length;
} kith_xml_head;

/** @param depth elements around it @param attributes names, NULL behind the last; like the element's they must live as long */
void kith_xml_head_init(kith_xml_head *head, int depth, const char *element,
                        const char *const *attributes);
void kith_xml_head_clear(kith_xml_head *head);
/** Starts such an element. @param value one for each attribute, without markup and with room behind it */
void kith_xml_out_head(kith_xml_out *xml, const kith_xml_head *head, const char *const *value,
                       const size_t *length);
/** Ends it. */
void kith_xml_out_tail(kith_xml_out *xml, const kith_xml_head *head);

/** As kith_xml_out_attribute(), for a value that holds no markup. */
void kith_xml_out_plain(kith_xml_out *xml, const char *name, const char *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_xml_head, kith_xml_head_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_xml_out, kith_xml_out_free)

#endif
