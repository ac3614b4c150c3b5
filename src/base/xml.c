/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xml.c - libxml2's text reader behind four functions. */
#include "base/xml.h"
#include "base/door.h"
#include "base/limits.h"
#include "base/text.h"
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <string.h>

#define NO_ENTITIES "entity declarations are not allowed"

#define FUNCTIONS(F)                                                                               \
    F(__xmlStructuredError)                                                                        \
    F(__xmlStructuredErrorContext)                                                                 \
    F(xmlFree)                                                                                     \
    F(xmlFreeTextReader)                                                                           \
    F(xmlInitParser)                                                                               \
    F(xmlNodeListGetString)                                                                        \
    F(xmlReaderForIO)                                                                              \
    F(xmlSetStructuredErrorFunc)                                                                   \
    F(xmlTextReaderConstEncoding)                                                                  \
    F(xmlTextReaderConstLocalName)                                                                 \
    F(xmlTextReaderConstValue)                                                                     \
    F(xmlTextReaderCurrentNode)                                                                    \
    F(xmlTextReaderDepth)                                                                          \
    F(xmlTextReaderGetParserLineNumber)                                                            \
    F(xmlTextReaderIsEmptyElement)                                                                 \
    F(xmlTextReaderNodeType)                                                                       \
    F(xmlTextReaderRead)                                                                           \
    F(xmlTextReaderSetStructuredErrorHandler)

KITH_DOOR(lib, KITH_LIBRARY_XML, FUNCTIONS)

struct kith_xml {
    kith_source *source;
    xmlTextReader *reader;
    bool at_node;     /* the reader stands on a node that was not given out yet */
    bool end_follows; /* an empty element's END is still owed */
    bool at_start;    /* the last event was a START */
    int depth;
    GString *text;     /* of the TEXT being gathered */
    GPtrArray *values; /* attributes that had to be put together */
    char *name;
    kith_error error;
};

static int
give_bytes(void *payload, char *buffer, int size)
{
    kith_xml *xml = payload;
    size_t got;

    if (kith_source_read(xml->source, buffer, (size_t)size, &got, &xml->error) != KITH_OK)
        return -1;
    return (int)got;
}

static int
end_bytes(void *payload)
{
    (void)payload;
    return 0;
}

/* libxml2's complaints about size in our words, NULL for those about anything else. */
static const char *
beyond_limits(const char *message)
{
    g_autofree char *lower = g_ascii_strdown(message, -1);

    if (strstr(lower, "excessive depth") != NULL)
        return "XML nested more than 256 deep";
    return strstr(lower, "huge") != NULL || strstr(lower, "excessive") != NULL ||
                   strstr(lower, "too long") != NULL
               ? "a text or attribute too large for XML (at most 10 MB)"
               : NULL;
}

/* The first real error is kept; libxml2 goes on to tell what it stumbles over afterwards. */
static void
keep_error(void *payload, xmlError *e)
{
    kith_xml *xml = payload;
    g_autofree char *message = NULL;
    const char *limit;

    if (e == NULL || e->level < XML_ERR_ERROR || e->message == NULL)
        return;
    message = g_strdelimit(g_strstrip(g_strdup(e->message)), "\n", ' ');
    if (e->code == XML_ERR_ENTITY_LOOP)
        kith_fail_at(&xml->error, KITH_ERR_PARSE, kith_source_name(xml->source), e->line, e->int2,
                     "%s", NO_ENTITIES);
    if ((limit = beyond_limits(message)) != NULL)
        kith_fail_at(&xml->error, KITH_ERR_LIMIT, kith_source_name(xml->source), e->line, e->int2,
                     "%s", limit);
    else
        kith_fail_at(&xml->error, KITH_ERR_PARSE, kith_source_name(xml->source), e->line, e->int2,
                     "broken XML: %s", message);
}

kith_xml *
kith_xml_new(kith_source *source)
{
    static gsize ready;
    kith_xml *xml = g_new0(kith_xml, 1);

    if (g_once_init_enter(&ready)) {
        lib()->xmlInitParser();
        g_once_init_leave(&ready, 1);
    }
    xml->source = source;
    xml->text = g_string_new(NULL);
    xml->values = g_ptr_array_new_with_free_func(g_free);
    xml->reader = lib()->xmlReaderForIO(give_bytes, end_bytes, xml, NULL, NULL,
                                        XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT |
                                            XML_PARSE_BIG_LINES);
    if (xml->reader != NULL)
        lib()->xmlTextReaderSetStructuredErrorHandler(xml->reader,
                                                      (xmlStructuredErrorFunc)keep_error, xml);
    else
        kith_fail(&xml->error, KITH_ERR_NO_MEMORY, "cannot start an XML reader");
    return xml;
}

void
kith_xml_free(kith_xml *xml)
{
    if (xml == NULL)
        return;
    lib()->xmlFreeTextReader(xml->reader);
    g_string_free(xml->text, TRUE);
    g_ptr_array_unref(xml->values);
    g_free(xml->name);
    g_free(xml);
}

/* libxml2 keeps lines beyond 65535 only for some nodes; then where the parser is comes close. */
static int64_t
line_of(kith_xml *xml)
{
    const xmlNode *node = lib()->xmlTextReaderCurrentNode(xml->reader);

    if (node != NULL && node->type == XML_ELEMENT_NODE && node->line > 0 && node->line < 65535)
        return node->line;
    return lib()->xmlTextReaderGetParserLineNumber(xml->reader);
}

static kith_status
fail(kith_xml *xml, kith_status status, const char *message)
{
    return kith_fail_at(&xml->error, status, kith_source_name(xml->source), line_of(xml), 0, "%s",
                        message);
}

static kith_status
check_encoding(kith_xml *xml)
{
    static const char *const known[] = {"UTF-8",    "UTF8",        "UTF-16",       "UTF-16LE",
                                        "UTF-16BE", "US-ASCII",    "ASCII",        "ISO-8859-1",
                                        "LATIN1",   "ISO-LATIN-1", "windows-1252", "cp1252"};
    const char *encoding = (const char *)lib()->xmlTextReaderConstEncoding(xml->reader);

    if (encoding == NULL)
        return KITH_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_ascii_strcasecmp(encoding, known[i]) == 0)
            return KITH_OK;
    return kith_fail_at(
        &xml->error, KITH_ERR_PARSE, kith_source_name(xml->source), 1, 0,
        "unknown encoding '%s' (expected UTF-8, UTF-16, ISO-8859-1 or windows-1252)", encoding);
}

/* A document type is fine, entities of its own are not: they are how a kilobyte becomes a gigabyte.
 */
static kith_status
check_doctype(kith_xml *xml)
{
    const xmlDtd *dtd = (const xmlDtd *)lib()->xmlTextReaderCurrentNode(xml->reader);

    if (dtd != NULL && dtd->type == XML_DTD_NODE &&
        (dtd->entities != NULL || dtd->pentities != NULL))
        return fail(xml, KITH_ERR_PARSE, NO_ENTITIES);
    return KITH_OK;
}

/*
 * libxml2 tells errors of its decoders to no reader's handler but to the thread's, and prints them when there is none.
 * So the thread's handler is ours for the length of the call, and then what it was.
 */
static int
read_quietly(kith_xml *xml)
{
    xmlStructuredErrorFunc handler = *lib()->__xmlStructuredError();
    void *context = *lib()->__xmlStructuredErrorContext();
    int result;

    lib()->xmlSetStructuredErrorFunc(xml, (xmlStructuredErrorFunc)keep_error);
    result = lib()->xmlTextReaderRead(xml->reader);
    lib()->xmlSetStructuredErrorFunc(context, handler);
    return result;
}

/* Steps to the next node. @return false at the end of the document or on failure */
static bool
read_node(kith_xml *xml)
{
    int result;

    if (xml->error.status != KITH_OK)
        return false;
    result = read_quietly(xml);
    if (xml->error.status == KITH_OK && result < 0)
        fail(xml, KITH_ERR_PARSE, "broken XML");
    if (xml->error.status == KITH_OK && !xml->at_start && xml->depth == 0)
        check_encoding(xml);
    return result == 1 && xml->error.status == KITH_OK;
}

static kith_status
gather_text(kith_xml *xml)
{
    const char *value = (const char *)lib()->xmlTextReaderConstValue(xml->reader);

    if (value != NULL)
        g_string_append(xml->text, value);
    return (int64_t)xml->text->len > kith_limit(KITH_LIMIT_XML_TOKEN)
               ? fail(xml, KITH_ERR_LIMIT, "a text larger than 10 MB")
               : KITH_OK;
}

/* Steps to the next tag, gathering text on the way. @return whether the reader stands on a tag */
static bool
find_tag(kith_xml *xml)
{
    while (xml->at_node || read_node(xml)) {
        xml->at_node = false;
        switch (lib()->xmlTextReaderNodeType(xml->reader)) {
        case XML_READER_TYPE_ELEMENT:
        case XML_READER_TYPE_END_ELEMENT:
            return true;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            gather_text(xml);
            break;
        case XML_READER_TYPE_DOCUMENT_TYPE:
            check_doctype(xml);
            break;
        case XML_READER_TYPE_ENTITY_REFERENCE:
            fail(xml, KITH_ERR_PARSE, "an entity that XML does not define");
            break;
        default:
            break;
        }
        if (xml->error.status != KITH_OK)
            return false;
    }
    return false;
}

static void
give_tag(kith_xml *xml, kith_xml_event *out)
{
    const char *name = (const char *)lib()->xmlTextReaderConstLocalName(xml->reader);
    bool start = lib()->xmlTextReaderNodeType(xml->reader) == XML_READER_TYPE_ELEMENT;

    g_free(xml->name);
    xml->name = g_strdup(name != NULL ? name : "");
    xml->end_follows = start && lib()->xmlTextReaderIsEmptyElement(xml->reader) == 1;
    xml->at_start = start;
    xml->depth = lib()->xmlTextReaderDepth(xml->reader);
    *out = (kith_xml_event){.kind = start ? KITH_XML_START : KITH_XML_END,
                            .name = xml->name,
                            .depth = xml->depth,
                            .line = line_of(xml)};
    if (xml->depth >= kith_limit(KITH_LIMIT_XML_DEPTH))
        fail(xml, KITH_ERR_LIMIT, "elements nested deeper than 256");
}

kith_status
kith_xml_next(kith_xml *xml, kith_xml_event *out, kith_error *err)
{
    int64_t line = kith_source_line(xml->source);
    bool tag;

    *out = (kith_xml_event){.kind = KITH_XML_EOF, .line = line};
    g_ptr_array_set_size(xml->values, 0);
    if (xml->end_follows) {
        xml->end_follows = xml->at_start = false;
        *out = (kith_xml_event){
            .kind = KITH_XML_END, .name = xml->name, .depth = xml->depth, .line = line};
        return KITH_OK;
    }
    g_string_truncate(xml->text, 0);
    tag = find_tag(xml);
    if (xml->error.status == KITH_OK && xml->text->len > 0 && (tag || xml->depth > 0)) {
        xml->at_node = tag;
        xml->at_start = false;
        *out = (kith_xml_event){.kind = KITH_XML_TEXT, .text = xml->text->str, .line = line};
        return KITH_OK;
    }
    if (xml->error.status == KITH_OK && tag)
        give_tag(xml, out);
    if (xml->error.status != KITH_OK && err != NULL && err->status == KITH_OK)
        *err = xml->error;
    kith_source_at(xml->source, out->line, 0);
    return xml->error.status;
}

/* Nearly always the value is one piece of text; else it is put together. */
static const char *
value_of(kith_xml *xml, const xmlAttr *attribute)
{
    xmlChar *joined;

    if (attribute->children == NULL)
        return "";
    if (attribute->children->type == XML_TEXT_NODE && attribute->children->next == NULL)
        return (const char *)attribute->children->content;
    joined = lib()->xmlNodeListGetString(attribute->doc, attribute->children, 1);
    g_ptr_array_add(xml->values, g_strdup(joined != NULL ? (const char *)joined : ""));
    (*lib()->xmlFree)(joined);
    return g_ptr_array_index(xml->values, xml->values->len - 1);
}

const char *
kith_xml_attribute(kith_xml *xml, const char *name)
{
    const xmlNode *node = xml->at_start ? lib()->xmlTextReaderCurrentNode(xml->reader) : NULL;

    if (node == NULL || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return value_of(xml, a);
    return NULL;
}

kith_status
kith_xml_skip(kith_xml *xml, kith_error *err)
{
    int depth = xml->depth;
    kith_xml_event event;

    do {
        TRY(kith_xml_next(xml, &event, err));
    } while (event.kind != KITH_XML_EOF && !(event.kind == KITH_XML_END && event.depth == depth));
    return KITH_OK;
}
