/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_head.c - declaration, comments, root, keys and the graph's start tag of a plain GraphML file. */
#include "base/base.h"
#include "graphml_plain.h"
#include <string.h>

#define DIGITS 9 /* fit 32 bits */

void
kith_graphml_head_clear(kith_graphml_head *head)
{
    g_clear_pointer(&head->keys, g_ptr_array_unref);
    g_clear_pointer(&head->prefix, g_free);
}

static bool
attribute_is(const kith_xml_tag *tag, int i, const char *name, const char *values)
{
    g_auto(GStrv) among = g_strsplit(values, "|", -1);
    bool found = false;

    for (size_t k = 0; among[k]; k++)
        found |= g_ascii_strcasecmp(tag->attribute[i].value, among[k]) == 0;
    return found && strcmp(tag->attribute[i].name, name) == 0;
}

/* <?xml version="1.0" encoding="UTF-8" standalone="no"?>, the latter two optional. */
static char *
read_declaration(char *at, kith_graphml_head *head)
{
    kith_xml_tag tag = {.n = 0};
    int more = 1;

    if (!g_str_has_prefix(at, "<?xml"))
        return at;
    if (!(at = kith_xml_scan_attributes(at + 5, &tag)) || at[0] != '?' || at[1] != '>' ||
        tag.n == 0 || !attribute_is(&tag, 0, "version", "1.0"))
        return NULL;
    if (tag.n > more && attribute_is(&tag, more, "encoding", "UTF-8"))
        more++;
    if (tag.n > more && attribute_is(&tag, more, "standalone", "yes|no"))
        more++;
    head->lines += tag.lines;
    return more == tag.n ? at + 2 : NULL;
}

/* Up to the next tag. @return behind its "<" */
static char *
find_tag(char *at, kith_graphml_head *head)
{
    for (;;) {
        at = kith_xml_scan_blanks(at, &head->lines);
        if (*at++ != '<')
            return NULL;
        if (*at != '!')
            return at;
        if (!(at = kith_xml_scan_comment(at, &head->lines)))
            return NULL;
    }
}

/* The usual name spaces, and where their schema is. */
static bool
is_root(const kith_xml_tag *tag)
{
    bool instance = kith_xml_scan_attribute(tag, "xmlns:xsi") != NULL;

    if (strcmp(tag->name, "graphml") != 0 || tag->empty)
        return false;
    for (int i = 0; i < tag->n; i++)
        if (!attribute_is(tag, i, "xmlns",
                          "http://graphml.graphdrawing.org/xmlns|"
                          "http://graphml.graphdrawing.org/xmlns/graphml") &&
            !attribute_is(tag, i, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance") &&
            !(instance && strcmp(tag->attribute[i].name, "xsi:schemaLocation") == 0))
            return false;
    return true;
}

static bool
is_known(const kith_graphml_head *head, const char *id)
{
    for (guint i = 0; i < head->keys->len; i++)
        if (strcmp(((const kith_graphml_key *)head->keys->pdata[i])->id, id) == 0)
            return true;
    return false;
}

/* kith's own files ("n_kind") say more than columns hold. */
static bool
add_key(kith_graphml_head *head, const kith_xml_tag *tag, const char *weight)
{
    const char *id = kith_xml_scan_attribute(tag, "id");
    kith_graphml_key *key;

    if (!id || tag->prefixed || is_known(head, id) || strcmp(id, "n_kind") == 0)
        return false;
    key = kith_graphml_key_new(id, kith_xml_scan_attribute(tag, "attr.name"),
                               kith_xml_scan_attribute(tag, "attr.type"),
                               kith_xml_scan_attribute(tag, "for"));
    kith_graphml_key_understand(key, weight);
    g_ptr_array_add(head->keys, key);
    return true;
}

/* @return behind the key, NULL: not plain */
static char *
read_key(char *at, const kith_xml_tag *tag, kith_graphml_head *head, const char *weight)
{
    if (!add_key(head, tag, weight))
        return NULL;
    if (tag->empty)
        return at;
    at = kith_xml_scan_blanks(at, &head->lines);
    return g_str_has_prefix(at, "</key>") ? at + strlen("</key>") : NULL;
}

static bool
has_weight(const kith_graphml_head *head, const char *weight)
{
    bool found = !weight || !*weight;

    for (guint i = 0; i < head->keys->len; i++) {
        const kith_graphml_key *key = head->keys->pdata[i];

        found |= key->edge_role == KITH_GRAPHML_WEIGHT && (key->domain & KITH_GRAPHML_EDGE);
    }
    return found;
}

static void
note_first_node(char *at, kith_graphml_head *head)
{
    kith_xml_tag tag;
    const char *id;
    size_t length;

    at = find_tag(at, head);
    id = at && kith_xml_scan_tag(at, &tag) ? kith_xml_scan_attribute(&tag, "id") : NULL;
    if (!id || strcmp(tag.name, "node") != 0)
        return;
    for (length = strlen(id); length > 0 && g_ascii_isdigit(id[length - 1]);)
        length--;
    head->prefix = g_strndup(id, length);
    head->prefix_length = length;
    head->first = kith_graphml_head_number(head, id);
    head->numbered = head->first != UINT32_MAX;
}

uint32_t
kith_graphml_head_number(const kith_graphml_head *head, const char *id)
{
    uint32_t value = 0;
    int digits = 0;

    for (size_t i = 0; i < head->prefix_length; i++)
        if (id[i] != head->prefix[i])
            return UINT32_MAX;
    id += head->prefix_length;
    if (id[0] == '0' && id[1])
        return UINT32_MAX;
    for (; digits < DIGITS && (unsigned)*id - '0' <= 9; digits++)
        value = value * 10 + (unsigned)(*id++ - '0');
    return *id || digits == 0 ? UINT32_MAX : value;
}

/* The graph's start tag is the end of the head. */
static bool
end_at_graph(const char *bytes, char *at, const kith_xml_tag *tag, kith_graphml_head *head)
{
    const char *direction = kith_xml_scan_attribute(tag, "edgedefault");
    uint32_t lines = head->lines;

    if (tag->empty || tag->prefixed)
        return false;
    if (direction)
        head->directed = strcmp(direction, "directed") == 0;
    head->length = (size_t)(at - bytes);
    note_first_node(at, head);
    head->lines = lines;
    return true;
}

static bool
read_head(char *bytes, const kith_import_options *options, kith_graphml_head *head)
{
    char *at = read_declaration(bytes, head);
    kith_xml_tag tag;

    if (!at || !(at = find_tag(at, head)) || !(at = kith_xml_scan_tag(at, &tag)) || !is_root(&tag))
        return false;
    head->lines += tag.lines;
    for (;;) {
        if (!(at = find_tag(at, head)) || !(at = kith_xml_scan_tag(at, &tag)))
            return false;
        head->lines += tag.lines;
        if (strcmp(tag.name, "graph") == 0)
            return end_at_graph(bytes, at, &tag, head) && has_weight(head, options->weight);
        if (strcmp(tag.name, "key") != 0 || !(at = read_key(at, &tag, head, options->weight)))
            return false;
    }
}

bool
kith_graphml_head_read(const char *bytes, size_t length, const kith_import_options *options,
                       kith_graphml_head *out)
{
    g_autofree char *copy = g_strndup(bytes, length);

    *out = (kith_graphml_head){.directed = options->directed};
    out->keys = g_ptr_array_new_with_free_func((GDestroyNotify)kith_graphml_key_free);
    return strlen(copy) == length && read_head(copy, options, out) &&
           kith_xml_scan_characters(bytes, out->length);
}
