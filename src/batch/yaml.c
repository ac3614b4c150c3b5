/* SPDX-License-Identifier: GPL-3.0-or-later */
/* yaml.c - libyaml's events into a tree, with a stack of what is still open. */
#include "batch/yaml.h"
#include <string.h>
#include <yaml.h>

#define LARGEST (INT64_C(64) << 20)
#define DEEPEST 32

struct reading {
    const char *name;
    yaml_parser_t parser;
    GPtrArray *open; /* containers from the outermost inwards; borrowed */
    kith_yaml *root;
};

static void
free_item(gpointer item)
{
    kith_yaml_free(item);
}

void
kith_yaml_free(kith_yaml *yaml)
{
    if (!yaml)
        return;
    g_free(yaml->text);
    if (yaml->items)
        g_ptr_array_free(yaml->items, TRUE);
    g_free(yaml);
}

static kith_yaml *
node_new(kith_yaml_kind kind, const yaml_event_t *event)
{
    kith_yaml *node = g_new0(kith_yaml, 1);

    node->kind = kind;
    node->line = (int64_t)event->start_mark.line + 1;
    node->column = (int64_t)event->start_mark.column + 1;
    if (kind != KITH_YAML_SCALAR)
        node->items = g_ptr_array_new_with_free_func(free_item);
    return node;
}

static kith_status
fail_here(const struct reading *r, const yaml_mark_t *at, kith_error *err, const char *what)
{
    return kith_fail_at(err, KITH_ERR_PARSE, r->name, (int64_t)at->line + 1,
                        (int64_t)at->column + 1, "%s", what);
}

static kith_yaml *
innermost(const struct reading *r)
{
    return r->open->len ? g_ptr_array_index(r->open, r->open->len - 1) : NULL;
}

/* Whether the next value of a mapping is a key. */
static bool
wants_key(const kith_yaml *into)
{
    return into && into->kind == KITH_YAML_MAPPING && into->items->len % 2 == 0;
}

static kith_status
check_key(const struct reading *r, const kith_yaml *into, const kith_yaml *key, kith_error *err)
{
    if (key->kind != KITH_YAML_SCALAR)
        return kith_fail_at(err, KITH_ERR_PARSE, r->name, key->line, key->column,
                            "%s as a key (expected a text)", kith_yaml_kind_name(key->kind));
    for (size_t i = 0; i < kith_yaml_length(into); i++)
        if (strcmp(kith_yaml_key(into, i)->text, key->text) == 0)
            return kith_fail_at(err, KITH_ERR_PARSE, r->name, key->line, key->column,
                                "'%s' twice (first on line %" G_GINT64_FORMAT ")", key->text,
                                kith_yaml_key(into, i)->line);
    return KITH_OK;
}

/* Puts a node where it belongs; it is the tree's from then on. */
static kith_status
put(struct reading *r, kith_yaml *node, kith_error *err)
{
    kith_yaml *into = innermost(r);
    kith_status status = wants_key(into) ? check_key(r, into, node, err) : KITH_OK;

    if (status != KITH_OK) {
        kith_yaml_free(node);
        return status;
    }
    if (into)
        g_ptr_array_add(into->items, node);
    else
        r->root = node;
    if (node->kind == KITH_YAML_SCALAR)
        return KITH_OK;
    if (r->open->len == DEEPEST)
        return kith_fail_at(err, KITH_ERR_LIMIT, r->name, node->line, node->column,
                            "more than %d levels within one another", DEEPEST);
    g_ptr_array_add(r->open, node);
    return KITH_OK;
}

static bool
is_tagged(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.tag) ||
           (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.tag) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.tag);
}

static bool
is_anchored(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor) ||
           (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor);
}

static kith_status
take_scalar(struct reading *r, const yaml_event_t *event, kith_error *err)
{
    kith_yaml *node;

    if (memchr(event->data.scalar.value, 0, event->data.scalar.length))
        return fail_here(r, &event->start_mark, err, "a NUL character");
    node = node_new(KITH_YAML_SCALAR, event);
    node->text = g_strndup((const char *)event->data.scalar.value, event->data.scalar.length);
    return put(r, node, err);
}

static kith_status
take(struct reading *r, const yaml_event_t *event, kith_error *err)
{
    if (event->type == YAML_ALIAS_EVENT || is_anchored(event))
        return fail_here(r, &event->start_mark, err,
                         "anchors and aliases are not read: write the value where it is meant");
    if (is_tagged(event))
        return fail_here(r, &event->start_mark, err, "tags are not read: leave it out");
    switch ((int)event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return r->root ? fail_here(r, &event->start_mark, err,
                                   "a second document (expected one in a file)")
                       : KITH_OK;
    case YAML_SCALAR_EVENT:
        return take_scalar(r, event, err);
    case YAML_SEQUENCE_START_EVENT:
        return put(r, node_new(KITH_YAML_SEQUENCE, event), err);
    case YAML_MAPPING_START_EVENT:
        return put(r, node_new(KITH_YAML_MAPPING, event), err);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        g_ptr_array_set_size(r->open, (gint)r->open->len - 1);
        return KITH_OK;
    default:
        return KITH_OK;
    }
}

static kith_status
fail_parser(const struct reading *r, kith_error *err)
{
    const yaml_parser_t *p = &r->parser;
    bool placed = p->problem_mark.line || p->problem_mark.column;

    return kith_fail_at(
        err, KITH_ERR_PARSE, r->name, placed ? (int64_t)p->problem_mark.line + 1 : 1,
        placed ? (int64_t)p->problem_mark.column + 1 : 1, "%s%s%s",
        p->problem ? p->problem : "not YAML", p->context ? " " : "", p->context ? p->context : "");
}

static kith_status
read_events(struct reading *r, kith_error *err)
{
    for (bool ended = false; !ended;) {
        yaml_event_t event;
        kith_status status;

        if (!yaml_parser_parse(&r->parser, &event))
            return fail_parser(r, err);
        ended = event.type == YAML_STREAM_END_EVENT;
        status = take(r, &event, err);
        yaml_event_delete(&event);
        TRY(status);
    }
    return r->root ? KITH_OK : kith_fail_at(err, KITH_ERR_PARSE, r->name, 1, 1, "nothing in it");
}

kith_status
kith_yaml_parse(const char *name, const char *bytes, size_t size, kith_yaml **out, kith_error *err)
{
    struct reading r = {.name = name};
    kith_status status;

    if (size > (size_t)LARGEST)
        return kith_fail_at(err, KITH_ERR_LIMIT, name, 0, 0, "larger than 64 MB");
    if (!yaml_parser_initialize(&r.parser))
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for the YAML reader");
    r.open = g_ptr_array_new();
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(bytes ? bytes : ""), size);
    status = read_events(&r, err);
    yaml_parser_delete(&r.parser);
    g_ptr_array_free(r.open, TRUE);
    if (status == KITH_OK)
        *out = r.root;
    else
        kith_yaml_free(r.root);
    return status;
}

kith_status
kith_yaml_load(const char *path, kith_yaml **out, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 block[65536];
    size_t got = 1;

    TRY(kith_source_open(path, &source, err));
    while (got && bytes->len <= LARGEST) {
        TRY(kith_source_read(source, block, sizeof block, &got, err));
        g_byte_array_append(bytes, block, (guint)got);
    }
    return kith_yaml_parse(path, (const char *)bytes->data, bytes->len, out, err);
}

size_t
kith_yaml_length(const kith_yaml *yaml)
{
    if (!yaml || yaml->kind == KITH_YAML_SCALAR)
        return 0;
    return yaml->kind == KITH_YAML_MAPPING ? yaml->items->len / 2 : yaml->items->len;
}

const kith_yaml *
kith_yaml_item(const kith_yaml *yaml, size_t i)
{
    return g_ptr_array_index(yaml->items, i);
}

const kith_yaml *
kith_yaml_key(const kith_yaml *yaml, size_t i)
{
    return g_ptr_array_index(yaml->items, 2 * i);
}

const kith_yaml *
kith_yaml_value(const kith_yaml *yaml, size_t i)
{
    return g_ptr_array_index(yaml->items, 2 * i + 1);
}

const char *
kith_yaml_kind_name(kith_yaml_kind kind)
{
    static const char *const names[] = {"a text", "a list", "a mapping"};

    return names[kind];
}
