/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_plain.c - blocks of nodes and edges become rows, side by side; graphml_join.c makes columns of them, in order. */
#include "graphml_plain.h"
#include "base/base.h"
#include "base/blocks.h"
#include "base/number.h"
#include "base/pages.h"
#include "base/source.h"
#include "graphml_join.h"
#include <math.h>
#include <string.h>

/* Of the heap, for what is kept of nodes; most of a file is ties. */
#define HEAP(size) MIN((size) / 16, (int64_t)4 << 20)

/* The values of one node or edge. */
struct values {
    int n;
    struct {
        const kith_graphml_key *key;
        char *text;
    } of[KITH_GRAPHML_VALUES];
};

/* A block on its way. */
struct block {
    const kith_graphml_join *join;
    kith_graphml_rows *rows;
    const char *text;
    uint32_t line;  /* of the block */
    guint expected; /* the key that came after the last one before */
};

static const kith_graphml_key *
find_key(struct block *b, const char *id)
{
    const GPtrArray *keys = b->join->head->keys;

    for (guint i = 0; i < keys->len; i++) {
        guint at = b->expected + i < keys->len ? b->expected + i : b->expected + i - keys->len;
        const kith_graphml_key *key = keys->pdata[at];

        if (!kith_xml_scan_same(key->id, id))
            continue;
        b->expected = at + 1;
        return key;
    }
    return NULL;
}

/* A tag on one line without prefixes. */
static char *
read_tag(char *at, kith_xml_tag *tag)
{
    at = kith_xml_scan_tag(at, tag);
    return at && !tag->lines && !tag->prefixed ? at : NULL;
}

/* @param end "/name>". @return behind it if it stands at `at`, its "<" read already; a block has room to read ahead */
static inline char *
read_end(char *at, const char *end, size_t length)
{
    return memcmp(at, end, length) == 0 ? at + length : NULL;
}

#define READ_END(at, end) read_end(at, end, sizeof(end) - 1)

/* The text of the element whose start tag was read, up to behind its end tag. */
static char *
read_text(struct block *b, char *at, const kith_xml_tag *tag, char **text)
{
    if (tag->empty) {
        *text = tag->name + strlen(tag->name); /* the empty text */
        return at;
    }
    at = kith_xml_scan_text(at, text, &b->line);
    return at ? READ_END(at, "/data>") : NULL;
}

static bool
keep_value(struct values *values, const kith_graphml_key *key, char *text)
{
    for (int i = 0; i < values->n; i++)
        if (values->of[i].key == key)
            return false;
    if (values->n == KITH_GRAPHML_VALUES ||
        (*text && key->edge_role != KITH_GRAPHML_WEIGHT && !kith_graphml_key_takes(key, text)))
        return false;
    values->of[values->n].key = key;
    values->of[values->n++].text = text;
    return true;
}

/* The data of a node or an edge, up to behind its end tag, which is six long. */
static inline char *
read_values(struct block *b, char *at, const kith_xml_tag *owner, const char *end,
            struct values *values)
{
    kith_xml_tag tag;

    values->n = 0;
    while (!owner->empty) {
        const kith_graphml_key *key;
        const char *id;
        char *text;

        at = kith_xml_scan_blanks(at, &b->line);
        if (*at++ != '<')
            return NULL;
        if (*at == '/')
            return read_end(at, end, 6);
        if (!(at = read_tag(at, &tag)) || !kith_xml_scan_same(tag.name, "data") ||
            !(at = read_text(b, at, &tag, &text)))
            return NULL;
        id = kith_xml_scan_attribute(&tag, "key");
        key = id ? find_key(b, id) : NULL;
        if (!key || !keep_value(values, key, text))
            return NULL;
    }
    return at;
}

static uint32_t
place_of(const struct block *b, const char *text)
{
    return (uint32_t)(text - b->text);
}

/* Name and label as graphml_graph.c finds them, the rest as it keeps it. */
static bool
keep_node_value(struct block *b, kith_graphml_node_row *node, const kith_graphml_key *key,
                const char *text)
{
    kith_graphml_value_row value = {key, place_of(b, text)};

    if (key->node_role == KITH_GRAPHML_NAME && !node->name)
        node->name = value.text;
    else if (key->node_role == KITH_GRAPHML_LABEL && !node->label)
        node->label = value.text;
    else if (key->node_role == KITH_GRAPHML_ATTRIBUTE) {
        g_array_append_val(b->rows->values, value);
        node->values++;
    } else if (key->node_role != KITH_GRAPHML_IGNORED && key->node_role != KITH_GRAPHML_NAME &&
               key->node_role != KITH_GRAPHML_LABEL)
        return false;
    return true;
}

static char *
read_node(struct block *b, char *at)
{
    kith_graphml_node_row node = {.line = b->line};
    struct values values;
    kith_xml_tag tag;
    const char *id;

    if (!(at = read_tag(at, &tag)) || !(id = kith_xml_scan_attribute(&tag, "id")) || !*id ||
        !(at = read_values(b, at, &tag, "/node>", &values)))
        return NULL;
    node.id = place_of(b, id);
    for (int i = 0; i < values.n; i++)
        if (*values.of[i].text && !keep_node_value(b, &node, values.of[i].key, values.of[i].text))
            return NULL;
    g_array_append_val(b->rows->nodes, node);
    return at;
}

/* Seconds since 1970, as graphml_graph.c reads them. */
static bool
read_time(const char *text, kith_time *when)
{
    double seconds;

    if (!kith_number_parse(text, &seconds) || fabs(seconds) < 1e8 || fabs(seconds) >= 1e11)
        return false;
    *when = (kith_time)floor(seconds);
    return true;
}

static bool
keep_edge_values(const struct values *values, kith_edge_row *row)
{
    bool weighed = false;

    for (int i = 0; i < values->n; i++) {
        const char *text = values->of[i].text;
        kith_graphml_role role = values->of[i].key->edge_role;

        if (!*text || role == KITH_GRAPHML_IGNORED)
            continue;
        if (role == KITH_GRAPHML_WEIGHT && !weighed)
            weighed =
                kith_number_parse(text, &row->weight) && isfinite(row->weight) && row->weight > 0;
        else if (role != KITH_GRAPHML_WHEN || row->when != KITH_TIME_NONE ||
                 !read_time(text, &row->when))
            return false;
        if (role == KITH_GRAPHML_WEIGHT && !weighed)
            return false;
    }
    return true;
}

static bool
is_other_way(const struct block *b, const kith_xml_tag *tag)
{
    const char *word;

    if (tag->n == 2) /* it has a source and a target, or is no edge */
        return false;
    word = kith_xml_scan_attribute(tag, "directed");
    return (word &&
            (strcmp(word, "true") == 0 || strcmp(word, "1") == 0) != b->join->head->directed) ||
           kith_xml_scan_attribute(tag, "sourceport") || kith_xml_scan_attribute(tag, "targetport");
}

/* An end is the number of its node if nodes are numbered, else where its id stands. */
static bool
read_end_of_edge(const struct block *b, const char *id, uint32_t *out)
{
    if (!id)
        return false;
    *out = b->join->head->numbered ? kith_graphml_head_number(b->join->head, id) : place_of(b, id);
    return *out != UINT32_MAX;
}

static char *
read_edge(struct block *b, char *at)
{
    kith_edge_row row = {.weight = 1, .when = KITH_TIME_NONE};
    uint32_t line = b->line, from, to;
    struct values values;
    kith_xml_tag tag;

    if (!(at = read_tag(at, &tag)) || is_other_way(b, &tag) ||
        !read_end_of_edge(b, kith_xml_scan_attribute(&tag, "source"), &from) ||
        !read_end_of_edge(b, kith_xml_scan_attribute(&tag, "target"), &to) ||
        !(at = read_values(b, at, &tag, "/edge>", &values)) || !keep_edge_values(&values, &row))
        return NULL;
    kith_piece_add(b->rows->ties, from, to, &row, line);
    return at;
}

/* The graph's own data say nothing about people. */
static char *
read_graph_data(struct block *b, char *at)
{
    kith_xml_tag tag;
    char *text;

    at = read_tag(at, &tag);
    return at ? read_text(b, at, &tag, &text) : NULL;
}

/* The end of the document; what may follow are blanks. */
static char *
read_end_of_graph(struct block *b, char *at)
{
    at = READ_END(at, "/graph>");
    if (!at)
        return NULL;
    at = kith_xml_scan_blanks(at, &b->line);
    if (*at++ != '<' || !(at = READ_END(at, "/graphml>")))
        return NULL;
    b->rows->closed = true;
    return kith_xml_scan_blanks(at, &b->line);
}

/* Whether a start tag has this name, not a longer one. */
static inline bool
begins(const char *at, const char word[4])
{
    return memcmp(at, word, 4) == 0 && (g_ascii_isspace(at[4]) || at[4] == '/' || at[4] == '>');
}

/* @return whether all of the block is plain */
static bool
parse_block(struct block *b, char *at, const char *end)
{
    while (at && (at = kith_xml_scan_blanks(at, &b->line)) < end) {
        if (*at++ != '<')
            return false;
        if (begins(at, "edge"))
            at = read_edge(b, at);
        else if (begins(at, "node"))
            at = read_node(b, at);
        else if (begins(at, "data"))
            at = read_graph_data(b, at);
        else
            at = read_end_of_graph(b, at);
        if (b->rows->closed)
            return at >= end;
    }
    b->line -= at > end; /* the line feed behind the block is nobody's */
    return at != NULL;
}

static void
parse(void *payload, kith_block *block, int worker)
{
    kith_graphml_join *join = payload;
    struct block b = {.join = join, .text = block->text, .line = 1};

    b.rows = kith_graphml_rows_take(join, block->length, worker);
    block->made = b.rows;
    block->used = 0;
    if (!block->cut && !b.rows->ties->failed &&
        kith_xml_scan_characters(block->text, block->length) &&
        parse_block(&b, block->text, block->text + block->length))
        block->used = block->length;
    b.rows->ties->lines = b.line - 1;
}

static kith_status
take(void *payload, kith_block *block, kith_error *err)
{
    kith_graphml_join *join = payload;

    if (block->used == block->length && !kith_graphml_join_add(join, block->text, block->made))
        block->used = 0;
    kith_graphml_rows_give(join, block->made);
    if (join->failed)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a graph of this size");
    return KITH_OK;
}

static void
drop(void *payload, kith_block *block)
{
    kith_graphml_rows_give(payload, block->made);
}

/* A block ends in front of its last node or edge: "<" stands nowhere but before a tag. */
static size_t
cut(const char *text, size_t length)
{
    const char *at;

    while ((at = memrchr(text, '<', length)) != NULL) {
        length = (size_t)(at - text);
        if (g_str_has_prefix(at, "<edge") || g_str_has_prefix(at, "<node"))
            return length;
    }
    return 0;
}

/* Reads what is in front of the first block. */
static kith_status
skip_head(kith_source *source, size_t length, kith_error *err)
{
    char buffer[4096];
    size_t got = 1;

    for (; length > 0 && got > 0; length -= got)
        TRY(kith_source_read(source, buffer, MIN(length, sizeof buffer), &got, err));
    return KITH_OK;
}

static kith_status
read_body(kith_source *source, const kith_graphml_head *head, const kith_import_options *options,
          kith_builder *into, bool *done, kith_error *err)
{
    g_auto(kith_graphml_join) join = {0};
    kith_block_reader reader = {
        .parse = parse, .take = take, .drop = drop, .cut = cut, .payload = &join};
    bool whole;

    kith_graphml_join_init(&join, source, head, options);
    reader.threads = join.scanner.threads;
    kith_pages_prepare((size_t)HEAP(kith_source_size(source)));
    TRY(skip_head(source, head->length, err));
    TRY(kith_blocks_read(source, &reader, &whole, err));
    *done = whole && kith_graphml_join_finish(&join, into);
    return KITH_OK;
}

/* The same bytes again, whatever went wrong with them: libxml2's reader tells it in its own words. */
static kith_status
try_body(kith_source *source, const kith_graphml_head *head, const kith_import_options *options,
         kith_builder *into, bool *done, kith_error *err)
{
    kith_error why = {0};
    kith_status status = read_body(source, head, options, into, done, &why);

    if (*done)
        return KITH_OK;
    if (status == KITH_ERR_CANCELLED || status == KITH_ERR_NO_MEMORY) {
        if (err && err->status == KITH_OK)
            *err = why;
        return status;
    }
    return kith_source_rewind(source, err);
}

kith_status
kith_graphml_plain_read(kith_source *source, const kith_import_options *options, kith_builder *into,
                        bool *done, kith_error *err)
{
    g_auto(kith_graphml_head) head = {0};
    const char *bytes;
    size_t length;

    *done = false;
    if (options->rows || !kith_builder_takes_edges(into) || !kith_source_rewinds(source))
        return KITH_OK;
    TRY(kith_source_head(source, &bytes, &length, err));
    if (!kith_graphml_head_read(bytes, length, options, &head))
        return KITH_OK;
    TRY(try_body(source, &head, options, into, done, err));
    if (*done || !head.numbered)
        return KITH_OK;
    head.numbered = false; /* nodes that looked numbered at first may be found by their ids */
    return try_body(source, &head, options, into, done, err);
}
