/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xml_out.c - libxml2's text writer over a sink. */
#include "base/xml_out.h"
#include <libxml/xmlwriter.h>

struct kith_xml_out {
    kith_sink *sink;
    xmlTextWriterPtr writer;
    xmlOutputBufferPtr buffer;      /* the writer's */
    xmlStructuredErrorFunc handler; /* who heard of errors before us */
    void *context;
    GString *clean; /* scratch */
    bool failed;
};

static int
to_sink(void *context, const char *bytes, int length)
{
    kith_sink_write(context, bytes, (size_t)length);
    return length;
}

/* The sink is not ours to close. */
static int
leave_open(void *context)
{
    (void)context;
    return 0;
}

static void
keep(kith_xml_out *xml, int answer)
{
    xml->failed |= answer < 0;
}

/* A buffer that does not grow is told of in no other way. */
static void
hear(void *context, xmlErrorPtr error)
{
    (void)error;
    ((kith_xml_out *)context)->failed = true;
}

kith_xml_out *
kith_xml_out_new(kith_sink *sink)
{
    kith_xml_out *xml = g_new0(kith_xml_out, 1);
    xmlOutputBufferPtr buffer;

    xml->handler = xmlStructuredError;
    xml->context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(xml, (xmlStructuredErrorFunc)hear);
    buffer = xmlOutputBufferCreateIO(to_sink, leave_open, sink, NULL);
    xml->sink = sink;
    xml->clean = g_string_new(NULL);
    xml->buffer = buffer;
    xml->writer = buffer ? xmlNewTextWriter(buffer) : NULL;
    xml->failed = xml->failed || !xml->writer;
    if (xml->failed)
        return xml;
    xmlTextWriterSetIndent(xml->writer, 1);
    keep(xml, xmlTextWriterStartDocument(xml->writer, "1.0", "UTF-8", NULL));
    return xml;
}

kith_status
kith_xml_out_finish(kith_xml_out *xml, kith_error *err)
{
    if (!xml->failed)
        keep(xml, xmlTextWriterEndDocument(xml->writer));
    if (!xml->failed)
        keep(xml, xmlOutputBufferFlush(xml->buffer));
    /* What is written cannot be wrong: when its buffers do not grow, memory is out. */
    if (xml->failed || xml->buffer->error)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "not enough memory to write XML");
    return KITH_OK;
}

void
kith_xml_out_free(kith_xml_out *xml)
{
    if (!xml)
        return;
    if (xml->writer)
        xmlFreeTextWriter(xml->writer);
    xmlSetStructuredErrorFunc(xml->context, xml->handler);
    g_string_free(xml->clean, TRUE);
    g_free(xml);
}

/* The Char production of XML 1.0; the C1 controls are allowed there and nowhere welcome. */
static bool
is_char(gunichar c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return !(c >= 0x7f && c < 0xa0) && c != 0xfffe && c != 0xffff;
}

static const xmlChar *
clean(kith_xml_out *xml, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_string_truncate(xml->clean, 0);
    for (const char *p = valid; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(xml->clean, is_char(c) ? c : 0xfffd);
    }
    return (const xmlChar *)xml->clean->str;
}

void
kith_xml_out_open(kith_xml_out *xml, const char *element)
{
    if (!xml->failed)
        keep(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)element));
}

void
kith_xml_out_attribute(kith_xml_out *xml, const char *name, const char *value)
{
    if (!xml->failed)
        keep(xml,
             xmlTextWriterWriteAttribute(xml->writer, (const xmlChar *)name, clean(xml, value)));
}

void
kith_xml_out_text(kith_xml_out *xml, const char *text)
{
    if (!xml->failed)
        keep(xml, xmlTextWriterWriteString(xml->writer, clean(xml, text)));
}

void
kith_xml_out_close(kith_xml_out *xml)
{
    if (!xml->failed)
        keep(xml, xmlTextWriterEndElement(xml->writer));
}
