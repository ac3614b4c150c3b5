/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_importer.c - any bytes into one importer, and its facts into a graph.
 *
 * A fuzzer is compiled once per importer with -DIMPORTER="vcard"; a replay is told its name. Whatever the bytes are, the answer is facts or an error with a
 * place; never a crash, a leak or a hang.
 */
#include <kith/graph.h>
#include <kith/importer.h>
#include <kith/source.h>
#include <stdlib.h>
#include <string.h>

#ifdef IMPORTER
static const char *fuzz_importer = IMPORTER;
#else
extern const char *fuzz_importer;
#endif

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

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

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const kith_importer *importer = kith_importer_find(fuzz_importer);
    kith_source *source = kith_source_from_memory("fuzz", bytes, size);
    kith_builder *builder = kith_builder_new();

    if (!importer)
        abort();
    read_all(importer, source, builder);
    build(builder);
    kith_builder_free(builder);
    kith_source_free(source);
    return 0;
}
