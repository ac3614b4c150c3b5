/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xml_scan.h - the plain part of XML, read in place at the speed of memory.
 *
 * Tags, attributes, text, the five entities and character references. Whatever else a document may hold (a document
 * type, CDATA, a prefix) is answered with NULL: then libxml2 (base/xml.h) reads the document, from its start. What is
 * accepted here means the same there, so nothing is accepted that is not certainly well-formed.
 */
#ifndef KITH_BASE_XML_SCAN_H
#define KITH_BASE_XML_SCAN_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KITH_XML_SCAN_ATTRIBUTES 8

typedef struct kith_xml_tag {
    char *name;    /* all texts end with a NUL */
    bool empty;    /* <name/> */
    bool prefixed; /* an attribute has a prefix, or is a name space */
    int n;
    struct {
        char *name, *value;
    } attribute[KITH_XML_SCAN_ATTRIBUTES];
    uint32_t lines; /* line feeds within the tag */
} kith_xml_tag;

/** Whether the bytes are UTF-8 and characters of XML, with no carriage return among them. */
bool kith_xml_scan_characters(const char *bytes, size_t length);

/** Behind blanks, which are counted into *lines when they are line feeds. */
static inline char *
kith_xml_scan_blanks(char *at, uint32_t *lines)
{
    for (; *at == ' ' || *at == '\n' || *at == '\t'; at++)
        *lines += *at == '\n';
    return at;
}

/** Reads a start tag. @param at behind its "<"; the bytes end with a NUL. @return behind its ">", NULL: not plain */
char *kith_xml_scan_tag(char *at, kith_xml_tag *out);

/** Reads attributes up to ">", "/" or "?". @return where that stands, NULL: not plain */
char *kith_xml_scan_attributes(char *at, kith_xml_tag *out);

/** Reads text up to the next "<", without blanks around it. @return behind that "<", NULL: not plain */
char *kith_xml_scan_text(char *at, char **text, uint32_t *lines);

/** Behind a comment. @param at behind its "<" */
char *kith_xml_scan_comment(char *at, uint32_t *lines);

/** Whether two short texts are the same; most differ in their first character. */
static inline bool
kith_xml_scan_same(const char *a, const char *b)
{
    for (; *a == *b; a++, b++)
        if (*a == '\0')
            return true;
    return false;
}

/** The attribute's value, NULL when there is none. */
static inline char *
kith_xml_scan_attribute(const kith_xml_tag *tag, const char *name)
{
    for (int i = 0; i < tag->n; i++)
        if (kith_xml_scan_same(tag->attribute[i].name, name))
            return tag->attribute[i].value;
    return NULL;
}

#endif
