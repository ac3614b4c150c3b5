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

static void
build(kith_builder *builder)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_graph *graph = NULL;
    kith_error err = {0};

    if (kith_builder_build(builder, &options, &graph, &err) == KITH_OK)
        kith_graph_free(graph);
    else if (!err.message[0])
        abort();
}

/* Reads as a load does: probe, begin, read, end. Half of what fails was told already and must build as well. */
static void
read_all(const kith_importer *importer, kith_source *source, kith_builder *builder)
{
    kith_import_options options = {0};
    kith_error err = {0};
    const char *head;
    size_t length;

    if (kith_source_head(source, &head, &length, &err) != KITH_OK)
        return;
    importer->probe(head, length, kith_source_name(source));
    kith_builder_begin(builder, source, importer->name);
    if (importer->read(source, &options, builder, &err) == KITH_OK)
        kith_builder_end(builder, &err);
    else if (!err.message[0] || strchr(err.message, '\n'))
        abort();
}

/* Any bytes into one importer, and its facts into a graph. */
static void
feed_importer(const kith_importer *importer, const uint8_t *bytes, size_t size)
{
    kith_source *source = kith_source_from_memory("fuzz", bytes, size);
    kith_builder *builder = kith_builder_new();

    read_all(importer, source, builder);
    build(builder);
    kith_builder_free(builder);
    kith_source_free(source);
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
