/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yed - GraphML that yEd draws: places, sizes, colours, shapes and names also in yEd's own words.
 *
 * yEd takes none of them from plain attributes, so each node has a y:ShapeNode and each tie a
 * y:PolyLineEdge besides. A format of its own, since other readers fare worse with it: graph-tool 2.45
 * refuses keys without a type, and NetworkX takes x and y from it as texts.
 */
#include "reports/graphml.h"
#include <kith/kith.h>
#include <stdlib.h>
#include <string.h>

#define HIGH 1000.0 /* of the drawing, whose y points up; yEd's points down */
#define USUAL 20.0  /* size of what has no place */

static double
number_of(const kith_keys *keys, const char *name, int64_t node, double missing)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    const char *text = kith_key_computed(keys, name, node, scratch);

    return text ? g_ascii_strtod(text, NULL) : missing;
}

static void
put_number(kith_xml_out *xml, const char *name, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    kith_xml_out_attribute(xml, name, g_ascii_formatd(text, sizeof text, "%.2f", value));
}

/* An element without content; names and values in turn, NULL ends them. */
static void
put_empty(kith_xml_out *xml, const char *element, const char *const *attributes)
{
    kith_xml_out_open(xml, element);
    for (; attributes[0]; attributes += 2)
        kith_xml_out_attribute(xml, attributes[0], attributes[1]);
    kith_xml_out_close(xml);
}

/* yEd places a node by its upper left corner. */
static void
put_geometry(kith_xml_out *xml, const kith_keys *keys, int64_t node)
{
    double size = number_of(keys, "size", node, USUAL);

    kith_xml_out_open(xml, "y:Geometry");
    put_number(xml, "height", size);
    put_number(xml, "width", size);
    put_number(xml, "x", number_of(keys, "x", node, 0) - size / 2);
    put_number(xml, "y", HIGH - number_of(keys, "y", node, HIGH) - size / 2);
    kith_xml_out_close(xml);
}

static void
put_node(kith_xml_out *xml, const kith_keys *keys, int64_t node)
{
    static const char *const shapes[] = {"ellipse", "rectangle", "diamond", "triangle"};
    g_autoptr(GString) scratch = g_string_new(NULL);
    const char *color = kith_key_computed(keys, "color", node, scratch);
    kith_node_kind kind = kith_graph_kind(keys->graph, node);

    kith_xml_out_open(xml, "y:ShapeNode");
    put_geometry(xml, keys, node);
    put_empty(xml, "y:Fill", (const char *const[]){"color", color ? color : "#bbbbbb", NULL});
    put_empty(xml, "y:BorderStyle",
              (const char *const[]){"color", "#ffffff", "type", "line", "width", "1.0", NULL});
    kith_xml_out_open(xml, "y:NodeLabel");
    kith_xml_out_attribute(xml, "modelName", "sides");
    kith_xml_out_attribute(xml, "modelPosition", "e");
    kith_xml_out_text(xml, kith_graph_label(keys->graph, node));
    kith_xml_out_close(xml);
    put_empty(xml, "y:Shape", (const char *const[]){"type", shapes[MIN((int)kind, 3)], NULL});
    kith_xml_out_close(xml);
}

static void
put_edge(kith_xml_out *xml, const kith_keys *keys, int64_t tie)
{
    kith_tie facts;

    kith_graph_tie(keys->graph, tie, &facts);
    kith_xml_out_open(xml, "y:PolyLineEdge");
    put_empty(xml, "y:LineStyle",
              (const char *const[]){"color", "#b3b8ba", "type", "line", "width", "1.0", NULL});
    put_empty(xml, "y:Arrows",
              (const char *const[]){"source", "none", "target",
                                    kith_keys_undirected(&facts) ? "none" : "standard", NULL});
    kith_xml_out_close(xml);
}

static kith_status
write_yed(const kith_document *document, kith_sink *sink, kith_error *err)
{
    static const kith_graphml_looks looks = {.prefix = "xmlns:y",
                                             .space = "http://www.yworks.com/xml/graphml",
                                             .mark = "yfiles.type",
                                             .node_key = "nodegraphics",
                                             .edge_key = "edgegraphics",
                                             .node = put_node,
                                             .edge = put_edge};

    return kith_graphml_write(document, &looks, sink, err);
}

const kith_report kith_report_yed = {
    .name = "yed",
    .summary = "the same as GraphML, drawn for yEd",
    .extension = "graphml",
    .needs_graph = true,
    .write = write_yed,
};
