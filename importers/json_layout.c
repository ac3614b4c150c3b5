/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_layout.c - which graph a JSON text holds, told from the keys of its first bytes. */
#include "json_layout.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

struct keys {
    bool nodes, links, elements, networkx, aspects, at_id, data, source;
};

/* Whether the text between two quotes is this key. */
static bool
is(const char *start, const char *end, const char *key)
{
    return (size_t)(end - start) == strlen(key) && memcmp(start, key, strlen(key)) == 0;
}

static void
take_key(struct keys *k, const char *start, const char *end, int depth, bool list)
{
    k->at_id |= is(start, end, "@id");
    k->data |= is(start, end, "data");
    k->source |= is(start, end, "source") || is(start, end, "from");
    if (depth != (list ? 2 : 1))
        return;
    k->nodes |= is(start, end, "nodes");
    k->links |= is(start, end, "links") || is(start, end, "edges");
    k->elements |= is(start, end, "elements");
    k->networkx |= is(start, end, "multigraph") || is(start, end, "directed");
    k->aspects |= is(start, end, "numberVerification") || is(start, end, "metaData");
}

/* The closing quote of the text that starts here, or the end. */
static const char *
text_end(const char *c, const char *end)
{
    while (c < end && *c != '"')
        c += *c == '\\' ? 2 : 1;
    return MIN(c, end);
}

static void
read_keys(const char *c, const char *end, bool list, struct keys *k)
{
    int depth = 0;

    for (; c < end; c++) {
        if (*c == '[' || *c == '{') {
            depth++;
        } else if (*c == ']' || *c == '}') {
            depth--;
        } else if (*c == '"') {
            const char *close = text_end(c + 1, end), *after = close + 1;

            while (after < end && g_ascii_isspace(*after))
                after++;
            if (after < end && *after == ':')
                take_key(k, c + 1, close, depth, list);
            c = close;
        }
    }
}

kith_json_layout
kith_json_layout_probe(const char *head, size_t length)
{
    const char *c = head, *end = head + length;
    struct keys k = {0};
    bool list;

    if (length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
        c += 3;
    while (c < end && g_ascii_isspace(*c))
        c++;
    if (c == end || (*c != '{' && *c != '['))
        return KITH_JSON_LAYOUT_NONE;
    list = *c == '[';
    read_keys(c, end, list, &k);
    if (list)
        return (k.nodes || k.links || k.aspects) && (k.aspects || k.at_id) ? KITH_JSON_LAYOUT_CX
                                                                           : KITH_JSON_LAYOUT_NONE;
    if ((k.nodes && (k.links || k.networkx || length >= 65536)) || (k.links && k.source) ||
        (k.elements && k.data))
        return KITH_JSON_LAYOUT_GRAPH;
    return KITH_JSON_LAYOUT_NONE;
}
