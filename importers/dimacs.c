/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dimacs - graphs of the DIMACS challenges.
 *
 *     c a comment
 *     p edge 3 2          colouring: "e u v", no direction
 *     e 1 2
 *     p sp 3 2            shortest paths and flows (p max): "a u v weight", from u to v
 *     a 1 2 5
 *
 * Vertices are numbered from 1; "n" lines become an attribute of their vertex.
 */
#include "graph_file.h"
#include "scan.h"
#include <string.h>

struct dimacs {
    kith_graph_file *file;
    kith_scan *scan;
    char *problem; /* the word after "p", NULL before it */
    bool directed;
    int64_t vertices, edges, seen;
};

/* The first line that is no comment. */
static const char *
after_comments(const char *head, size_t *length)
{
    const char *text = kith_scan_head(head, length, '\0'), *end;

    while (*length > 1 && text[0] == 'c' && (g_ascii_isspace(text[1])) &&
           (end = memchr(text, '\n', *length)) != NULL) {
        *length -= (size_t)(end - text);
        text = kith_scan_head(end, length, '\0');
    }
    return text;
}

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const problems[] = {"edge", "col", "sp", "max"};
    const char *text = after_comments(head, &length);

    (void)name;
    if (length < 4 || text[0] != 'p' || (text[1] != ' ' && text[1] != '\t'))
        return 0;
    length--;
    text = kith_scan_head(text + 1, &length, '\0');
    for (size_t i = 0; i < G_N_ELEMENTS(problems); i++)
        if (kith_scan_starts(text, length, problems[i]))
            return 92;
    return 0;
}

static kith_status
read_number(struct dimacs *d, const char *what, int64_t limit, int64_t *out, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(d->scan, &kind, err));
    if (kind == KITH_SCAN_WORD && kith_scan_whole(d->scan->word->str, limit, out))
        return KITH_OK;
    if (kind != KITH_SCAN_WORD)
        return kith_source_fail(d->scan->source, err, "the end of the line (expected %s)", what);
    return kith_source_fail(d->scan->source, err, "found '%s' (expected %s)", d->scan->word->str,
                            what);
}

/* "p edge 12 34" */
static kith_status
read_problem(struct dimacs *d, kith_error *err)
{
    kith_scan_kind kind;

    if (d->problem)
        return kith_source_fail(d->scan->source, err, "a second 'p' line (expected one)");
    TRY(kith_scan_word(d->scan, &kind, err));
    d->problem = g_ascii_strdown(d->scan->word->str, -1);
    d->directed = strcmp(d->problem, "sp") == 0 || strcmp(d->problem, "max") == 0;
    if (!d->directed && strcmp(d->problem, "edge") != 0 && strcmp(d->problem, "col") != 0)
        return kith_source_fail(d->scan->source, err,
                                "the problem '%s' is not a graph's (expected edge, col, sp or max)",
                                d->scan->word->str);
    TRY(read_number(d, "the number of vertices", G_MAXINT64, &d->vertices, err));
    return read_number(d, "the number of edges", G_MAXINT64, &d->edges, err);
}

static kith_status
read_vertex(struct dimacs *d, kith_mention *out, kith_error *err)
{
    char label[32];
    int64_t id;

    TRY(read_number(d, "a vertex number", G_MAXINT64, &id, err));
    if (id < 1 || id > d->vertices)
        return kith_source_fail(d->scan->source, err,
                                "vertex %" G_GINT64_FORMAT " (expected 1 to %" G_GINT64_FORMAT ")",
                                id, d->vertices);
    g_snprintf(label, sizeof label, "%" G_GINT64_FORMAT, id);
    *out = kith_graph_file_label(d->file, KITH_PERSON, label);
    return KITH_OK;
}

static kith_status
read_edge(struct dimacs *d, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    int64_t line = d->scan->word_line;
    kith_scan_kind kind;

    fact.kind = KITH_TIE;
    fact.undirected = kith_graph_file_undirected(d->file, !d->directed);
    TRY(read_vertex(d, &fact.from, err));
    TRY(read_vertex(d, &fact.to, err));
    TRY(kith_scan_word(d->scan, &kind, err));
    if (kind == KITH_SCAN_WORD) {
        TRY(kith_graph_file_weight(d->file, d->scan->word->str, &fact.weight, err));
        TRY(kith_scan_skip_line(d->scan, err));
    }
    kith_source_at(d->scan->source, line, 1);
    d->seen++;
    return kith_graph_file_tie(d->file, &fact, err);
}

/* "n 1 s" in flows, "n 1 5" (a weight) in colouring */
static kith_status
read_note(struct dimacs *d, kith_error *err)
{
    kith_mention who = 0;

    TRY(read_vertex(d, &who, err));
    TRY(kith_scan_rest(d->scan, err));
    kith_builder_attribute(d->file->into, who, strcmp(d->problem, "max") == 0 ? "role" : "value",
                           d->scan->word->str);
    return KITH_OK;
}

static kith_status
read_line(struct dimacs *d, kith_error *err)
{
    const char *word = d->scan->word->str;
    char c = word[1] == '\0' ? word[0] : '\0';

    if (c == 'c' || word[0] == 'c' || (d->problem && c && strchr("dvx", c)))
        return kith_scan_skip_line(d->scan, err);
    if (c == 'p')
        return read_problem(d, err);
    if (!d->problem)
        return kith_source_fail(d->scan->source, err, "found '%s' (expected 'p edge N M' first)",
                                word);
    if (c == 'e' || c == 'a')
        return read_edge(d, err);
    if (c == 'n')
        return read_note(d, err);
    return kith_source_fail(d->scan->source, err, "found '%s' (expected c, p, e, a or n)", word);
}

static kith_status
read_lines(struct dimacs *d, kith_error *err)
{
    int64_t people = kith_builder_mentions(d->file->into);
    kith_scan_kind kind;

    for (;;) {
        TRY(kith_scan_word(d->scan, &kind, err));
        if (kind == KITH_SCAN_END)
            break;
        if (kind == KITH_SCAN_WORD)
            TRY(read_line(d, err));
    }
    people = kith_builder_mentions(d->file->into) - people;
    if (d->seen != d->edges)
        kith_source_warn(d->scan->source,
                         "%" G_GINT64_FORMAT " edges, the 'p' line says %" G_GINT64_FORMAT, d->seen,
                         d->edges);
    if (people < d->vertices)
        kith_source_warn(d->scan->source,
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " vertices have no edge: left out",
                         d->vertices - people, d->vertices);
    return KITH_OK;
}

static kith_status
read_dimacs(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct dimacs d = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    status = read_lines(&d, err);
    g_free(d.problem);
    return status;
}

const kith_importer kith_importer_dimacs = {
    .name = "dimacs",
    .summary = "graphs of the DIMACS challenges",
    .extensions = "dimacs col gr max",
    .probe = probe,
    .read = read_dimacs,
};
