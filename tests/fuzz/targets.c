/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets.c - the list of targets: all importers, and the other doors that strangers' bytes come in by. */
#include "fuzz/target.h"
#include <kith/graph.h>
#include <kith/importer.h>
#include <stdlib.h>
#include <string.h>

const fuzz_target fuzz_targets[] = {
    {"json-reader", fuzz_json},  {"xml-reader", fuzz_xml},  {"archive", fuzz_archive},
    {"book", fuzz_book},         {"reports", fuzz_reports}, {"text", fuzz_text},
    {"manifest", fuzz_manifest}, {"links", fuzz_links},     {NULL, NULL},
};

bool fuzz_thorough = false;

bool
fuzz_goes(const uint8_t *bytes, size_t size, size_t way, size_t ways)
{
    size_t sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += bytes[i];
    return fuzz_thorough || sum % ways == way;
}

static kith_graph *
build(kith_builder *builder)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_graph *graph = NULL;
    kith_error err = {0};

    if (kith_builder_build(builder, &options, &graph, &err) != KITH_OK && !err.message[0])
        abort();
    return graph;
}

/* Reads as a load does: begin, read, end. Half of what fails was told already and must build as well. */
static void
read_all(const kith_importer *importer, kith_source *source, bool rows, kith_builder *builder,
         kith_error *err)
{
    kith_import_options options = {.rows = rows};

    kith_builder_begin(builder, source, importer->name);
    if (importer->read(source, &options, builder, err) == KITH_OK)
        kith_builder_end(builder, err);
    else if (!err->message[0] || strchr(err->message, '\n'))
        abort();
}

/* A probe looks at what is read anyway and takes as long: one input in four is probed. */
static void
probe(const kith_importer *importer, const uint8_t *bytes, size_t size)
{
    kith_source *source;
    const char *head;
    size_t length;

    if (!fuzz_goes(bytes, size, 0, 4))
        return;
    source = kith_source_from_memory("fuzz", bytes, size);
    if (kith_source_head(source, &head, &length, NULL) == KITH_OK)
        importer->probe(head, length, kith_source_name(source));
    kith_source_free(source);
}

/* What is told of a reading beside its graph. */
struct told {
    kith_error err;
    int64_t records, held, warnings;
};

/* Any bytes into one importer, and its facts into a graph. */
static kith_graph *
read_graph(const kith_importer *importer, const uint8_t *bytes, size_t size, bool rows,
           struct told *told)
{
    kith_source *source = kith_source_from_memory("fuzz", bytes, size);
    kith_builder *builder = kith_builder_new();
    kith_graph *graph;

    read_all(importer, source, rows, builder, &told->err);
    told->records = kith_source_records(source);
    told->held = kith_source_held(source);
    told->warnings = kith_source_warnings(source);
    graph = build(builder);
    kith_builder_free(builder);
    kith_source_free(source);
    return graph;
}

static void
compare_ties(const kith_graph *a, const kith_graph *b, int64_t i)
{
    kith_tie x, y;

    kith_graph_tie(a, i, &x);
    kith_graph_tie(b, i, &y);
    if (x.kind != y.kind || x.from != y.from || x.to != y.to || x.when != y.when ||
        x.weight != y.weight || x.undirected != y.undirected || x.line != y.line)
        abort();
}

static void
compare_nodes(const kith_graph *a, const kith_graph *b, int64_t i)
{
    const char *key[2], *value[2];

    if (strcmp(kith_graph_label(a, i), kith_graph_label(b, i)) != 0 ||
        strcmp(kith_graph_id(a, i), kith_graph_id(b, i)) != 0)
        abort();
    for (int64_t k = 0; kith_graph_attribute_at(a, i, k, &key[0], &value[0]); k++)
        if (!kith_graph_attribute_at(b, i, k, &key[1], &value[1]) || strcmp(key[0], key[1]) != 0 ||
            strcmp(value[0], value[1]) != 0)
            abort();
}

static void
compare_graphs(const kith_graph *a, const kith_graph *b)
{
    if (kith_graph_nodes(a) != kith_graph_nodes(b) || kith_graph_ties(a) != kith_graph_ties(b))
        abort();
    for (int64_t i = 0; i < kith_graph_nodes(a); i++)
        compare_nodes(a, b, i);
    for (int64_t i = 0; i < kith_graph_ties(a); i++)
        compare_ties(a, b, i);
}

/* What is plain has a reader of its own, unless rows are asked for: nobody may see which it was. */
static bool
has_two_readers(const kith_importer *importer)
{
    return strcmp(importer->name, "graphml") == 0 || strcmp(importer->name, "edge-list") == 0 ||
           strcmp(importer->name, "pairs") == 0;
}

/* An archive is refused by each, before there is a place to tell. */
static bool
same_error(const kith_error *a, const kith_error *b)
{
    bool placed = a->status != KITH_ERR_ARGUMENT;

    return a->status == b->status && strcmp(a->message, b->message) == 0 &&
           (!placed || (a->line == b->line && a->column == b->column));
}

static bool
same_told(const struct told *a, const struct told *b)
{
    return same_error(&a->err, &b->err) && a->records == b->records && a->held == b->held &&
           a->warnings == b->warnings;
}

static void
feed_importer(const kith_importer *importer, const uint8_t *bytes, size_t size)
{
    struct told told = {0}, again = {0};
    kith_graph *graph, *rows;

    probe(importer, bytes, size);
    graph = read_graph(importer, bytes, size, false, &told);
    if (has_two_readers(importer)) {
        rows = read_graph(importer, bytes, size, true, &again);
        if (!same_told(&told, &again) || !graph != !rows)
            abort();
        if (graph)
            compare_graphs(graph, rows);
        kith_graph_free(rows);
    }
    kith_graph_free(graph);
    /* Tables keep what they saw of the last head; after this one the memory is what it was before, or there is a leak. */
    importer->probe("", 0, "");
}

const char *
fuzz_name(size_t i)
{
    const kith_importer *const *importers = kith_importers();
    size_t n = 0;

    for (; importers[n]; n++)
        if (n == i)
            return importers[n]->name;
    return fuzz_targets[i - n].name;
}

int
fuzz_feed(const char *name, const uint8_t *bytes, size_t size)
{
    const kith_importer *importer = kith_importer_find(name);

    if (importer) {
        feed_importer(importer, bytes, size);
        return 0;
    }
    for (const fuzz_target *t = fuzz_targets; t->name; t++) {
        if (strcmp(t->name, name) != 0)
            continue;
        t->run(bytes, size);
        return 0;
    }
    return -1;
}
