/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gml - Graph Modelling Language.
 *
 *     graph [
 *       directed 0
 *       node [ id 5 label "Marta" company "Quayside Bakery" ]
 *       node [ id 15 label "Zo&#235;" ]
 *       edge [ source 5 target 15 weight 4 ]
 *     ]
 *
 * Ids may be any number or text. Lists within nodes and ties (graphics, say) are left out, told once
 * for each name.
 */
#include "base/limits.h"
#include "gml_dot_tokens.h"
#include "graph_file.h"
#include <string.h>

struct gml {
    kith_graph_file *file;
    kith_scan *scan;
    int token;
    GHashTable *skipped; /* keys of lists that were left out */
    bool directed, said_direction, ties;
};

/* A file starts with "graph [", or with a few words about itself before. */
static int
probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '#'), *dot = name ? strrchr(name, '.') : NULL;
    g_autofree char *start = g_ascii_strdown(text, (gssize)MIN(length, 4096));
    bool gml = dot && g_ascii_strcasecmp(dot, ".gml") == 0;
    const char *graph = start;

    if (memchr(text, 0, MIN(length, 4096)))
        return 0;
    while ((graph = strstr(graph, "graph")) != NULL) {
        const char *after = graph + 5 + strspn(graph + 5, " \t\r\n");
        bool first = graph == start;

        if (*after == '[' && (first || g_ascii_isspace(graph[-1])))
            return first || gml || strstr(after, "node") ? 95 : 50;
        graph += 5;
    }
    return 0;
}

static kith_status
next(struct gml *g, kith_error *err)
{
    return kith_gml_token(g->scan, &g->token, err);
}

static kith_status
unexpected(struct gml *g, const char *expected, kith_error *err)
{
    char found[80];

    return kith_source_fail(g->scan->source, err, "found %s (expected %s)",
                            kith_token_text(g->scan, g->token, found), expected);
}

/* Leaves out a list whose '[' was read; lists within it are counted, not entered. */
static kith_status
skip_list(struct gml *g, kith_error *err)
{
    int depth = 1;

    while (depth > 0) {
        TRY(next(g, err));
        if (g->token == KITH_TOKEN_END)
            return unexpected(g, "']'", err);
        depth += g->token == '[' ? 1 : g->token == ']' ? -1 : 0;
        if (depth > kith_limit(KITH_LIMIT_NESTING))
            return kith_source_fail_as(g->scan->source, KITH_ERR_LIMIT, err,
                                       "more than %d lists within one another",
                                       (int)kith_limit(KITH_LIMIT_NESTING));
    }
    return KITH_OK;
}

static kith_status
skip_named_list(struct gml *g, const char *key, kith_error *err)
{
    if (g_hash_table_add(g->skipped, g_strdup(key)))
        kith_source_warn(g->scan->source, "lists called '%s' are left out", key);
    return skip_list(g, err);
}

/* The keys and values of a node or tie, up to its ']'; what it says is gathered in the file. */
static kith_status
read_record(struct gml *g, kith_error *err)
{
    g_autofree char *key = NULL;

    TRY(next(g, err));
    if (g->token != '[')
        return unexpected(g, "'['", err);
    for (;;) {
        TRY(next(g, err));
        if (g->token == ']')
            return KITH_OK;
        if (g->token != KITH_TOKEN_WORD)
            return unexpected(g, "a key or ']'", err);
        g_free(key);
        key = g_strdup(g->scan->word->str);
        TRY(next(g, err));
        if (g->token == '[')
            TRY(skip_named_list(g, key, err));
        else if (g->token == KITH_TOKEN_WORD || g->token == KITH_TOKEN_TEXT)
            kith_graph_file_say(g->file, key, g->scan->word->str);
        else
            return unexpected(g, "a value", err);
    }
}

static kith_status
missing(struct gml *g, const char *what, const char *key, int64_t line, int64_t column,
        kith_error *err)
{
    kith_source_at(g->scan->source, line, column);
    return kith_source_fail(g->scan->source, err, "%s without %s (expected one)", what, key);
}

static kith_status
read_node(struct gml *g, kith_error *err)
{
    int64_t line = g->scan->word_line, column = g->scan->word_column;
    g_autofree char *id = NULL;

    TRY(read_record(g, err));
    id = g_strdup(kith_graph_file_said(g->file, "id"));
    if (!id)
        return missing(g, "a node", "an id", line, column, err);
    kith_source_at(g->scan->source, line, column);
    return kith_graph_file_declare(g->file, id, NULL, NULL, err);
}

static kith_status
read_edge(struct gml *g, kith_error *err)
{
    int64_t line = g->scan->word_line, column = g->scan->word_column;
    kith_fact fact = KITH_FACT_INIT;
    const char *from, *to;

    TRY(read_record(g, err));
    from = kith_graph_file_said(g->file, "source");
    to = kith_graph_file_said(g->file, "target");
    if (!from || !to)
        return missing(g, "an edge", from ? "a target" : "a source", line, column, err);
    kith_source_at(g->scan->source, line, column);
    fact.kind = KITH_TIE;
    fact.from = kith_graph_file_refer(g->file, from);
    fact.to = kith_graph_file_refer(g->file, to);
    fact.undirected =
        g->said_direction ? !g->directed : kith_graph_file_undirected(g->file, !g->directed);
    g->ties = true;
    TRY(kith_graph_file_said_tie(g->file, &fact, "source target", err));
    kith_graph_file_hush(g->file);
    return KITH_OK;
}

static kith_status
read_directed(struct gml *g, kith_error *err)
{
    bool value;

    TRY(next(g, err));
    value = g->token == KITH_TOKEN_WORD && strcmp(g->scan->word->str, "1") == 0;
    if (!value && (g->token != KITH_TOKEN_WORD || strcmp(g->scan->word->str, "0") != 0))
        return unexpected(g, "directed 0 or 1", err);
    if (g->ties && value != g->directed)
        return kith_source_fail(g->scan->source, err,
                                "'directed' after edges (expected before them)");
    g->directed = value;
    g->said_direction = true;
    return KITH_OK;
}

/* What stands in "graph [", up to its ']'. */
static kith_status
read_graph(struct gml *g, kith_error *err)
{
    g->directed = g->said_direction = g->ties = false;
    for (;;) {
        g_autofree char *key = NULL;

        TRY(next(g, err));
        if (g->token == ']')
            return kith_graph_file_finish(g->file, err);
        if (g->token != KITH_TOKEN_WORD)
            return unexpected(g, "a key or ']'", err);
        key = g_strdup(g->scan->word->str);
        if (strcmp(key, "node") == 0) {
            TRY(read_node(g, err));
        } else if (strcmp(key, "edge") == 0) {
            TRY(read_edge(g, err));
        } else if (strcmp(key, "directed") == 0) {
            TRY(read_directed(g, err));
        } else {
            TRY(next(g, err));
            if (g->token == '[')
                TRY(skip_named_list(g, key, err));
            else if (g->token != KITH_TOKEN_WORD && g->token != KITH_TOKEN_TEXT)
                return unexpected(g, "a value", err);
        }
    }
}

static kith_status
read_file(struct gml *g, kith_error *err)
{
    bool graph, any = false;

    for (;;) {
        TRY(next(g, err));
        if (g->token == KITH_TOKEN_END)
            return any ? KITH_OK : unexpected(g, "graph [", err);
        if (g->token != KITH_TOKEN_WORD)
            return unexpected(g, "a key", err);
        graph = strcmp(g->scan->word->str, "graph") == 0;
        TRY(next(g, err));
        if (graph && g->token != '[')
            return unexpected(g, "'['", err);
        if (graph)
            TRY(read_graph(g, err));
        else if (g->token == '[')
            TRY(skip_list(g, err));
        else if (g->token != KITH_TOKEN_WORD && g->token != KITH_TOKEN_TEXT)
            return unexpected(g, "a value", err);
        any = any || graph;
    }
}

static kith_status
read_gml(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct gml g = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    file.declares = true;
    TRY(kith_scan_init(&scan, source, err));
    g.skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    status = read_file(&g, err);
    g_hash_table_unref(g.skipped);
    return status;
}

const kith_importer kith_importer_gml = {
    .name = "gml",
    .summary = "Graph Modelling Language",
    .extensions = "gml",
    .probe = probe,
    .read = read_gml,
};
