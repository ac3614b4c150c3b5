/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * leda - a native graph file of LEDA.
 *
 *     LEDA.GRAPH
 *     string              type of the nodes' values
 *     int                 type of the edges' values: a number is the weight
 *     -2                  -1 directed, -2 not; older files leave the line out and are directed
 *     2
 *     |{Ann Lee}|
 *     |{Bo}|
 *     1
 *     1 2 0 |{4}|         from, to, reversal edge, value
 *
 * Lines that start with '#' are comments.
 */
#include "base/number.h"
#include "graph_file.h"
#include "scan.h"
#include <string.h>

struct leda {
    kith_graph_file *file;
    kith_scan *scan;
    bool directed;
    int64_t nodes, edges;
};

static int
probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '#');

    (void)name;
    return kith_scan_starts(text, length, "LEDA.GRAPH") ? 98 : 0;
}

/* The next line that says something, in scan->word. */
static kith_status
next_line(struct leda *l, const char *what, kith_error *err)
{
    do {
        if (kith_scan_peek(l->scan) < 0) {
            TRY(kith_scan_status(l->scan, err));
            kith_source_at(l->scan->source, l->scan->line, l->scan->column);
            return kith_source_fail(l->scan->source, err, "the end of the file (expected %s)",
                                    what);
        }
        TRY(kith_scan_rest(l->scan, err));
    } while (l->scan->word->len == 0 || l->scan->word->str[0] == '#');
    return KITH_OK;
}

static kith_status
read_count(struct leda *l, const char *what, int64_t *out, kith_error *err)
{
    if (kith_scan_whole(l->scan->word->str, G_MAXINT64, out))
        return KITH_OK;
    return kith_source_fail(l->scan->source, err, "found '%s' (expected %s)", l->scan->word->str,
                            what);
}

/* What stands in |{ }|, in place; NULL when there is no such thing. */
static char *
braced(char *text)
{
    char *start = strstr(text, "|{"), *end = start ? g_strrstr(start, "}|") : NULL;

    if (!end || end < start + 2)
        return NULL;
    *end = '\0';
    return start + 2;
}

static kith_status
read_header(struct leda *l, kith_error *err)
{
    const char *word;

    TRY(next_line(l, "LEDA.GRAPH", err));
    if (strcmp(l->scan->word->str, "LEDA.GRAPH") != 0)
        return kith_source_fail(l->scan->source, err, "found '%s' (expected LEDA.GRAPH)",
                                l->scan->word->str);
    TRY(next_line(l, "the type of the nodes", err));
    TRY(next_line(l, "the type of the edges", err));
    TRY(next_line(l, "-1, -2 or the number of nodes", err));
    word = l->scan->word->str;
    l->directed = strcmp(word, "-2") != 0;
    if (strcmp(word, "-2") == 0 || strcmp(word, "-1") == 0)
        TRY(next_line(l, "the number of nodes", err));
    return read_count(l, "the number of nodes", &l->nodes, err);
}

static kith_status
read_node(struct leda *l, int64_t number, kith_error *err)
{
    char id[32], *label;

    TRY(next_line(l, "a node", err));
    label = braced(l->scan->word->str);
    if (!label)
        return kith_source_fail(l->scan->source, err, "found '%s' (expected a node as |{…}|)",
                                l->scan->word->str);
    g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, number);
    return kith_graph_file_declare(l->file, id, label, NULL, err);
}

static kith_status
read_end(struct leda *l, char **text, kith_mention *out, kith_error *err)
{
    char *word = *text, *end = word + strcspn(word, " \t");
    int64_t number;
    char id[32];

    *text = end + strspn(end, " \t");
    if (*end)
        *end = '\0';
    if (!kith_scan_whole(word, G_MAXINT64, &number) || number < 1 || number > l->nodes) {
        kith_source_at(l->scan->source, l->scan->word_line,
                       l->scan->word_column + (word - l->scan->word->str));
        return kith_source_fail(l->scan->source, err,
                                "found '%s' (expected a node, 1 to %" G_GINT64_FORMAT ")", word,
                                l->nodes);
    }
    g_snprintf(id, sizeof id, "%" G_GINT64_FORMAT, number);
    *out = kith_graph_file_refer(l->file, id);
    return KITH_OK;
}

static kith_status
read_edge(struct leda *l, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    char *rest, *value;
    double number;

    TRY(next_line(l, "an edge", err));
    rest = l->scan->word->str;
    TRY(read_end(l, &rest, &fact.from, err));
    TRY(read_end(l, &rest, &fact.to, err));
    value = braced(rest);
    fact.kind = KITH_TIE;
    fact.undirected = kith_graph_file_undirected(l->file, !l->directed);
    if (value && *value)
        kith_graph_file_say(l->file, kith_number_parse(value, &number) ? "value" : "label", value);
    TRY(kith_graph_file_said_tie(l->file, &fact, "", err));
    kith_graph_file_hush(l->file);
    return KITH_OK;
}

static kith_status
read_graph(struct leda *l, kith_error *err)
{
    TRY(read_header(l, err));
    for (int64_t i = 1; i <= l->nodes; i++)
        TRY(read_node(l, i, err));
    TRY(next_line(l, "the number of edges", err));
    TRY(read_count(l, "the number of edges", &l->edges, err));
    for (int64_t i = 0; i < l->edges; i++)
        TRY(read_edge(l, err));
    return kith_graph_file_finish(l->file, err);
}

static kith_status
read_leda(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct leda l = {.file = &file, .scan = &scan};

    kith_graph_file_init(&file, source, options, into);
    file.private_ids = true;
    TRY(kith_scan_init(&scan, source, err));
    return read_graph(&l, err);
}

const kith_importer kith_importer_leda = {
    .name = "leda",
    .summary = "a native graph file of LEDA",
    .extensions = "lgr gw",
    .probe = probe,
    .read = read_leda,
};
