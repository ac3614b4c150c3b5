/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * import.h - for the tests of importers: text in, and what came of it as text.
 *
 *     struct imported in = import("pairs", "ties.csv", "source,target\nAnn,Bo\n", NULL);
 *     assert_string_equal(in.ties, "tie Ann -- Bo\n");
 *     imported_clear(&in);
 */
#ifndef KITH_TESTS_SUPPORT_IMPORT_H
#define KITH_TESTS_SUPPORT_IMPORT_H

#include "base/base.h"
#include "base/number.h"
#include "model/graph.h"
#include <kith/importer.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct imported {
    kith_status status;
    char *error; /* "file:line:column: message", "" when there is none */
    char *heard; /* "held 3:1 reason\n" and "warn 4:7 reason\n" */
    kith_graph *graph;
    char *ties; /* one a line */
    int64_t records;
};

static inline void
import_listen(void *payload, bool held, const char *source, int64_t line, int64_t column,
              const char *reason)
{
    (void)source;
    g_string_append_printf(payload, "%s %d:%d %s\n", held ? "held" : "warn", (int)line, (int)column,
                           reason);
}

static inline void
import_append_tie(GString *out, const kith_graph *graph, int64_t i)
{
    kith_tie tie;
    char text[32];

    kith_graph_tie(graph, i, &tie);
    g_string_append_printf(out, "%s %s %s %s", kith_tie_kind_name(tie.kind),
                           kith_graph_label(graph, tie.from), tie.undirected ? "--" : "->",
                           kith_graph_label(graph, tie.to));
    if (tie.when != KITH_TIME_NONE)
        g_string_append_printf(out, " on %s", kith_time_text(tie.when, tie.precision, text));
    if (tie.weight != 1)
        g_string_append_printf(out, " x%s", kith_number_text(tie.weight, text));
    if (tie.amount == tie.amount)
        g_string_append_printf(out, " %s%s", kith_number_text(tie.amount, text),
                               tie.currency ? tie.currency : "");
    if (tie.status)
        g_string_append_printf(out, " (%s)", tie.status);
    if (tie.channel)
        g_string_append_printf(out, " by %s", tie.channel);
    if (tie.detail)
        g_string_append_printf(out, " as %s", tie.detail);
    g_string_append_c(out, '\n');
}

static inline char *
import_ties(const kith_graph *graph)
{
    GString *out = g_string_new(NULL);

    for (int64_t i = 0; i < kith_graph_ties(graph); i++)
        import_append_tie(out, graph, i);
    return g_string_free(out, FALSE);
}

/* Reads bytes with one importer and builds the graph of them. */
static inline struct imported
import_bytes(const char *importer, const char *name, const void *bytes, size_t size,
             const kith_import_options *options)
{
    g_autoptr(kith_source) source = kith_source_from_memory(name, bytes, size);
    g_autoptr(kith_builder) builder = kith_builder_new();
    g_autoptr(GString) heard = g_string_new(NULL);
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    struct imported out = {.graph = NULL};
    kith_error err = {0};

    assert_non_null(kith_importer_find(importer));
    kith_source_listen(source, import_listen, heard);
    kith_builder_begin(builder, source, importer);
    out.status = kith_importer_find(importer)->read(source, options, builder, &err);
    assert_int_equal(out.status, err.status);
    out.records = kith_source_records(source);
    out.error = err.status == KITH_OK ? g_strdup("")
                                      : g_strdup_printf("%s:%d:%d: %s", err.source, (int)err.line,
                                                        (int)err.column, err.message);
    out.heard = g_strdup(heard->str);
    assert_int_equal(kith_builder_build(builder, &build, &out.graph, NULL), KITH_OK);
    out.ties = import_ties(out.graph);
    return out;
}

static inline struct imported
import(const char *importer, const char *name, const char *text, const kith_import_options *options)
{
    return import_bytes(importer, name, text, strlen(text), options);
}

static inline void
imported_clear(struct imported *in)
{
    g_free(in->error);
    g_free(in->heard);
    g_free(in->ties);
    kith_graph_free(in->graph);
    *in = (struct imported){0};
}

/* What an importer answers when asked whether a text is its own. */
static inline int
import_probe(const char *importer, const char *name, const char *text)
{
    return kith_importer_find(importer)->probe(text, strlen(text), name);
}

/* The name of the importer that is surest of a text, "" when none is. */
static inline const char *
import_surest(const char *name, const char *text)
{
    const char *best = "";
    int surest = 9;

    for (const kith_importer *const *i = kith_importers(); *i; i++) {
        int sure = (*i)->probe(text, strlen(text), name);

        if (sure > surest) {
            surest = sure;
            best = (*i)->name;
        }
    }
    return best;
}

#define assert_error(importer, name, text, options, expected)                                      \
    do {                                                                                           \
        struct imported in_ = import(importer, name, text, options);                               \
        assert_string_equal(in_.error, expected);                                                  \
        imported_clear(&in_);                                                                      \
    } while (0)

#define assert_ties(importer, name, text, options, expected)                                       \
    do {                                                                                           \
        struct imported in_ = import(importer, name, text, options);                               \
        assert_string_equal(in_.error, "");                                                        \
        assert_string_equal(in_.ties, expected);                                                   \
        imported_clear(&in_);                                                                      \
    } while (0)

#define assert_heard(importer, name, text, options, expected)                                      \
    do {                                                                                           \
        struct imported in_ = import(importer, name, text, options);                               \
        assert_string_equal(in_.error, "");                                                        \
        assert_string_equal(in_.heard, expected);                                                  \
        imported_clear(&in_);                                                                      \
    } while (0)

#endif
