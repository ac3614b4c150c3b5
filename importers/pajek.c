/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pajek - networks and projects of Pajek.
 *
 *     *Network families             (a project, .paj, has several; a .net may leave it out)
 *     *Vertices 4 2                 4 vertices; with a second number: the first 2 are people, the
 *     1 "Ann Lee" 0.1 0.2 ellipse   others events
 *     *Arcs :1 "likes"              from, to, weight; *Edges have no direction
 *     1 2 3
 *     *Edgeslist                    from, to, to, to …
 *     2 3 4
 *     *Matrix                       a row for each vertex
 *     *Partition groups             in a project: one number a vertex, kept as an attribute
 *     *Vertices 4
 *
 * Vertices are numbered from 1; a vertex without a line is known by its number once a tie has it.
 * A partition or vector alone says nothing of anybody and is refused.
 */
#include "pajek_values.h"
#include "cells.h"
#include "scan.h"
#include <string.h>

enum section { NOTHING, VERTICES, ARCS, EDGES, ARCS_LIST, EDGES_LIST, MATRIX, VALUES, UNKNOWN };

struct pajek {
    kith_graph_file *file;
    kith_scan *scan;
    kith_pajek_values values;
    enum section section;
    char *network, *relation;
    kith_cells cells;
    int64_t row, column; /* of the next cell */
    int64_t size, people;  /* vertices; how many of them are of the first mode */
    bool begun;            /* there is a network */
    int64_t bare;         /* vertex lines that hold one word, as in a partition */
    int64_t odd_line;     /* of the first that cannot be a vertex, 0 when there is none */
};

static int
probe(const char *head, size_t length, const char *name)
{
    static const char *const strong[] = {"*vertices", "*network"};
    static const char *const weak[] = {"*arcs", "*edges", "*matrix", "*partition", "*vector"};
    const char *text = kith_scan_head(head, &length, '%');

    (void)name;
    for (size_t i = 0; i < G_N_ELEMENTS(strong); i++)
        if (kith_scan_starts(text, length, strong[i]))
            return 95;
    for (size_t i = 0; i < G_N_ELEMENTS(weak); i++)
        if (kith_scan_starts(text, length, weak[i]))
            return 60;
    return 0;
}

static kith_status
bad_word(struct pajek *p, kith_scan_kind kind, const char *expected, kith_error *err)
{
    return kith_source_fail(p->scan->source, err, "found '%s' (expected %s)",
                            kind == KITH_SCAN_WORD ? p->scan->word->str : "the end of the line",
                            expected);
}

/* The id that the graph file knows a vertex by. */
static const char *
vertex_id(int64_t number, char id[32])
{
    g_snprintf(id, 32, "%" G_GINT64_FORMAT, number);
    return id;
}

static kith_node_kind
kind_of(const struct pajek *p, int64_t number)
{
    return number > p->people ? KITH_EVENT : KITH_PERSON;
}

static kith_mention
vertex(struct pajek *p, int64_t number)
{
    char id[32];

    return kith_graph_file_node(p->file, kind_of(p, number), vertex_id(number, id));
}

/* --- sections ------------------------------------------------------------------------------- */

static kith_status
end_matrix(struct pajek *p, kith_error *err)
{
    int64_t rows = p->people;

    if (p->row != rows || p->column != 0) {
        kith_scan_at_word(p->scan);
        return kith_source_fail(p->scan->source, err,
                                "the end of the matrix in row %" G_GINT64_FORMAT
                                " (expected %" G_GINT64_FORMAT " rows)",
                                p->row + 1, rows);
    }
    TRY(kith_cells_give(&p->cells, p->file, false, p->relation, err));
    kith_cells_clear(&p->cells);
    return KITH_OK;
}

static kith_status
end_section(struct pajek *p, kith_error *err)
{
    if (p->section == MATRIX)
        TRY(end_matrix(p, err));
    if (p->section == VALUES)
        TRY(kith_pajek_values_end(&p->values, p->file, err));
    p->section = NOTHING;
    return KITH_OK;
}

static kith_status
end_network(struct pajek *p, kith_error *err)
{
    int64_t seen = p->file->nodes->len;

    if (seen < p->size)
        kith_source_warn(p->scan->source,
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " vertices have neither a line nor a tie: left out",
                         p->size - seen, p->size);
    return kith_graph_file_finish(p->file, err);
}

/* Lines of one word were taken for vertices. Ties below mean they are; then each must be a number. */
static kith_status
check_bare(struct pajek *p, kith_error *err)
{
    if (!p->odd_line)
        return KITH_OK;
    kith_source_at(p->scan->source, p->odd_line, 1);
    return kith_source_fail(p->scan->source, err,
                            "no vertex number of its own (expected 1 to %" G_GINT64_FORMAT
                            ", each once)",
                            p->size);
}

static kith_status
read_count(struct pajek *p, int64_t *out, kith_error *err)
{
    if (kith_scan_whole(p->scan->word->str, UINT32_MAX, out))
        return KITH_OK;
    return bad_word(p, KITH_SCAN_WORD, "the number of vertices", err);
}

/* "*Vertices 14 8" */
static kith_status
start_vertices(struct pajek *p, kith_error *err)
{
    kith_scan_kind kind;
    int64_t size;

    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return bad_word(p, kind, "the number of vertices", err);
    TRY(read_count(p, &size, err));
    if (kith_pajek_values_wait(&p->values)) {
        p->section = VALUES;
        kith_pajek_values_size(&p->values, size);
        return kith_scan_skip_line(p->scan, err);
    }
    TRY(end_network(p, err));
    p->begun = true;
    p->size = p->people = size;
    p->section = VERTICES;
    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return KITH_OK;
    TRY(read_count(p, &p->people, err));
    if (p->people > p->size || p->people == 0)
        return bad_word(p, KITH_SCAN_WORD, "the number of vertices of the first mode", err);
    return kith_scan_skip_line(p->scan, err);
}

/* What follows the section's word: ":2 "likes"" or nothing. */
static kith_status
read_relation(struct pajek *p, const char *after, kith_error *err)
{
    kith_scan_kind kind;

    g_clear_pointer(&p->relation, g_free);
    if (*after == ':' && after[1])
        p->relation = g_strdup(after + 1);
    for (;;) {
        const char *word = p->scan->word->str;

        TRY(kith_scan_word(p->scan, &kind, err));
        if (kind != KITH_SCAN_WORD)
            return KITH_OK;
        word = p->scan->word->str;
        if (!p->scan->quoted && *word == ':')
            word++;
        if (*word == '\0')
            continue;
        kith_scan_entities(p->scan->word);
        g_free(p->relation);
        p->relation = g_strdup(word);
    }
}

static kith_status
start_matrix(struct pajek *p, kith_error *err)
{
    bool two_mode = p->people < p->size;

    (void)err;
    kith_cells_init(&p->cells, two_mode);
    p->row = p->column = 0;
    return KITH_OK;
}

/* "*Arcs", "*Edges :2 …", "*Matrix": ties, which need vertices first. */
static kith_status
start_ties(struct pajek *p, enum section section, const char *after, kith_error *err)
{
    if (!p->begun)
        return kith_source_fail(p->scan->source, err, "ties before '*Vertices N' (expected after)");
    TRY(check_bare(p, err));
    TRY(read_relation(p, after, err));
    p->bare = -1;
    p->section = section;
    return section == MATRIX ? start_matrix(p, err) : KITH_OK;
}

static kith_status
start_network(struct pajek *p, kith_error *err)
{
    TRY(kith_scan_rest(p->scan, err));
    kith_scan_entities(p->scan->word);
    kith_pajek_values_wait(&p->values);
    g_free(p->network);
    p->network = *p->scan->word->str ? g_strdup(p->scan->word->str) : NULL;
    return KITH_OK;
}

static kith_status
start_values(struct pajek *p, const char *what, kith_error *err)
{
    TRY(kith_scan_rest(p->scan, err));
    kith_scan_entities(p->scan->word);
    kith_pajek_values_start(&p->values, *p->scan->word->str ? p->scan->word->str : what);
    return KITH_OK;
}

static kith_status
start_section(struct pajek *p, kith_error *err)
{
    static const struct {
        const char *word;
        enum section section;
    } ties[] = {{"*arcslist", ARCS_LIST}, {"*edgeslist", EDGES_LIST}, {"*arcs", ARCS},
                {"*edges", EDGES},        {"*matrix", MATRIX}};
    g_autofree char *word = g_ascii_strdown(p->scan->word->str, -1);

    TRY(end_section(p, err));
    kith_scan_at_word(p->scan);
    for (size_t i = 0; i < G_N_ELEMENTS(ties); i++) {
        size_t n = strlen(ties[i].word);

        if (strncmp(word, ties[i].word, n) == 0 && (word[n] == '\0' || word[n] == ':'))
            return start_ties(p, ties[i].section, word + n, err);
    }
    if (strcmp(word, "*vertices") == 0)
        return start_vertices(p, err);
    if (strcmp(word, "*network") == 0)
        return start_network(p, err);
    if (strcmp(word, "*partition") == 0 || strcmp(word, "*vector") == 0)
        return start_values(p, word + 1, err);
    kith_source_warn(p->scan->source, "section '%s' left out", p->scan->word->str);
    if (strcmp(word, "*permutation") == 0 || strcmp(word, "*cluster") == 0)
        kith_pajek_values_start(&p->values, NULL);
    p->section = UNKNOWN;
    return kith_scan_skip_line(p->scan, err);
}

/* --- lines ---------------------------------------------------------------------------------- */

static kith_status
read_vertex_number(struct pajek *p, int64_t *out, kith_error *err)
{
    if (kith_scan_whole(p->scan->word->str, UINT32_MAX, out) && *out >= 1 && *out <= p->size)
        return KITH_OK;
    return kith_source_fail(p->scan->source, err,
                            "vertex '%s' (expected a number, 1 to %" G_GINT64_FORMAT ")",
                            p->scan->word->str, p->size);
}

/* "0.1 0.2 0.5 ellipse ic Red": coordinates, a shape, then pairs. */
static kith_status
read_looks(struct pajek *p, kith_scan_kind kind, kith_error *err)
{
    static const char *const axes[] = {"x", "y", "z"};
    g_autofree char *key = NULL;
    size_t axis = 0;
    bool shape = false;

    for (; kind == KITH_SCAN_WORD; ) {
        const char *word = p->scan->word->str;

        kith_scan_entities(p->scan->word);
        if (key) {
            kith_graph_file_say(p->file, key, word);
            g_clear_pointer(&key, g_free);
        } else if (*word == '[') {
            kith_graph_file_say(p->file, "time", word);
        } else if (!shape && axis < 3 && (g_ascii_isdigit(*word) || strchr("-+.", *word))) {
            kith_graph_file_say(p->file, axes[axis++], word);
        } else if (!shape) {
            kith_graph_file_say(p->file, "shape", word);
            shape = true;
        } else {
            key = g_strdup(word);
        }
        TRY(kith_scan_word(p->scan, &kind, err));
    }
    return KITH_OK;
}

/* A line of one word may be a vertex without a label or a value of a partition; what follows tells. */
static kith_status
read_bare(struct pajek *p, const char *word, int64_t line, kith_error *err)
{
    char id[32];
    int64_t number;

    if (p->bare >= 0)
        p->bare++;
    if (!kith_scan_whole(word, UINT32_MAX, &number) || number < 1 || number > p->size ||
        kith_graph_file_knows(p->file, vertex_id(number, id))) {
        p->odd_line = p->odd_line ? p->odd_line : line;
        return p->bare < 0 ? check_bare(p, err) : KITH_OK;
    }
    vertex(p, number);
    return KITH_OK;
}

/* 1 "Ann Lee" 0.1 0.2 ellipse */
static kith_status
read_vertex(struct pajek *p, kith_error *err)
{
    g_autofree char *first = g_strdup(p->scan->word->str), *label = NULL;
    int64_t line = p->scan->word_line, column = p->scan->word_column, number;
    kith_scan_kind kind;
    char id[32];

    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return read_bare(p, first, line, err);
    kith_scan_entities(p->scan->word);
    label = g_strdup(p->scan->word->str);
    kith_source_at(p->scan->source, line, column);
    g_string_assign(p->scan->word, first);
    TRY(read_vertex_number(p, &number, err));
    kith_graph_file_node(p->file, kind_of(p, number), vertex_id(number, id));
    p->bare = -1;
    TRY(kith_scan_word(p->scan, &kind, err));
    TRY(read_looks(p, kind, err));
    kith_source_at(p->scan->source, line, column);
    return kith_graph_file_declare(p->file, id, label, NULL, err);
}

/* A tie between the modes of a two-mode network is attendance, whichever way it is written. */
static kith_status
add_tie(struct pajek *p, int64_t from, int64_t to, bool arc, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    bool swap = from > p->people && to <= p->people;

    fact.from = vertex(p, swap ? to : from);
    fact.to = vertex(p, swap ? from : to);
    fact.kind = (from > p->people) != (to > p->people) ? KITH_ATTENDED : KITH_TIE;
    fact.undirected = fact.kind == KITH_TIE && kith_graph_file_undirected(p->file, !arc);
    fact.status = fact.kind == KITH_ATTENDED ? "attended" : NULL;
    fact.detail = p->relation;
    if (p->network)
        kith_graph_file_say(p->file, "network", p->network);
    TRY(kith_graph_file_said_tie(p->file, &fact, "", err));
    kith_graph_file_hush(p->file);
    return KITH_OK;
}

static kith_status
read_end(struct pajek *p, kith_scan_kind kind, int64_t *out, kith_error *err)
{
    return kind == KITH_SCAN_WORD ? read_vertex_number(p, out, err)
                                  : bad_word(p, kind, "a vertex number", err);
}

/* 1 2 3.5 c Blue */
static kith_status
read_tie(struct pajek *p, kith_error *err)
{
    int64_t from, to, line = p->scan->word_line, column = 1;
    g_autofree char *key = NULL;
    kith_scan_kind kind = KITH_SCAN_WORD;

    TRY(read_end(p, kind, &from, err));
    TRY(kith_scan_word(p->scan, &kind, err));
    TRY(read_end(p, kind, &to, err));
    TRY(kith_scan_word(p->scan, &kind, err));
    for (int i = 0; kind == KITH_SCAN_WORD; i++) {
        const char *word = p->scan->word->str;

        kith_scan_entities(p->scan->word);
        if (i == 0 && (*word != '[' || p->scan->quoted) && !g_ascii_isalpha(*word)) {
            column = p->scan->word_column;
            kith_graph_file_say(p->file, "weight", word);
        } else if (i == 0 && (g_ascii_strncasecmp(word, "nan", 3) == 0 ||
                              g_ascii_strncasecmp(word, "inf", 3) == 0)) {
            return bad_word(p, kind, "a finite weight above 0", err);
        } else if (key) {
            kith_graph_file_say(p->file, key, word);
            g_clear_pointer(&key, g_free);
        } else if (*word == '[') {
            kith_graph_file_say(p->file, "time", word);
        } else {
            key = g_strdup(word);
        }
        TRY(kith_scan_word(p->scan, &kind, err));
    }
    kith_source_at(p->scan->source, line, column);
    return add_tie(p, from, to, p->section == ARCS, err);
}

/* 1 2 3 4: ties from 1 to each of the others */
static kith_status
read_list(struct pajek *p, kith_error *err)
{
    kith_scan_kind kind = KITH_SCAN_WORD;
    int64_t from, to;

    TRY(read_end(p, kind, &from, err));
    for (;;) {
        TRY(kith_scan_word(p->scan, &kind, err));
        if (kind != KITH_SCAN_WORD)
            return KITH_OK;
        TRY(read_end(p, kind, &to, err));
        TRY(add_tie(p, from, to, p->section == ARCS_LIST, err));
    }
}

/* One or several cells of the matrix, wherever its lines break. */
static kith_status
read_cells(struct pajek *p, kith_error *err)
{
    int64_t rows = p->people, columns = p->people < p->size ? p->size - p->people : p->size;
    int64_t offset = p->size - columns;
    kith_scan_kind kind = KITH_SCAN_WORD;
    double weight;

    while (kind == KITH_SCAN_WORD) {
        if (p->row == rows)
            return bad_word(p, kind, "the end of the matrix", err);
        if (p->column == 0)
            kith_cells_row(&p->cells, p->row, vertex(p, p->row + 1));
        if (p->row == 0)
            kith_cells_column(&p->cells, p->column, vertex(p, p->column + 1 + offset));
        TRY(kith_graph_file_cell(p->file, p->scan->word->str, &weight, err));
        kith_cells_add(&p->cells, p->scan->source, p->row, p->column, weight);
        if (++p->column == columns) {
            p->column = 0;
            p->row++;
        }
        TRY(kith_scan_word(p->scan, &kind, err));
    }
    return KITH_OK;
}

static kith_status
read_value(struct pajek *p, kith_error *err)
{
    int64_t number;

    TRY(kith_pajek_values_next(&p->values, p->file, p->begun ? p->size : -1, p->scan->word->str,
                               &number, err));
    if (number > 0)
        kith_builder_attribute(p->file->into, vertex(p, number), p->values.name,
                               p->scan->word->str);
    return kith_scan_skip_line(p->scan, err);
}

static kith_status
read_line(struct pajek *p, kith_error *err)
{
    switch (p->section) {
    case VERTICES:
        return read_vertex(p, err);
    case ARCS:
    case EDGES:
        return read_tie(p, err);
    case ARCS_LIST:
    case EDGES_LIST:
        return read_list(p, err);
    case MATRIX:
        return read_cells(p, err);
    case VALUES:
        return read_value(p, err);
    case UNKNOWN:
        return kith_scan_skip_line(p->scan, err);
    default:
        return bad_word(p, KITH_SCAN_WORD, "a section such as *Vertices", err);
    }
}

/* A file of vertex lines that hold one word and nothing else is a partition or a vector. */
static kith_status
check_partition(struct pajek *p, kith_error *err)
{
    if (p->bare <= 0)
        return KITH_OK;
    for (int64_t i = 0; i < p->bare; i++)
        kith_source_record(p->scan->source);
    return kith_fail_at(err, KITH_ERR_PARSE, kith_source_name(p->scan->source), 1, 0,
                        "a partition without its network (expected a project, .paj, that holds "
                        "both)");
}

static kith_status
read_lines(struct pajek *p, kith_error *err)
{
    kith_scan_kind kind;

    for (;;) {
        TRY(kith_scan_word(p->scan, &kind, err));
        if (kind == KITH_SCAN_END)
            break;
        if (kind == KITH_SCAN_LINE)
            continue;
        if (!p->scan->quoted && p->scan->word->str[0] == '%')
            TRY(kith_scan_skip_line(p->scan, err));
        else
            TRY(!p->scan->quoted && p->scan->word->str[0] == '*' ? start_section(p, err)
                                                                 : read_line(p, err));
    }
    TRY(end_section(p, err));
    TRY(check_partition(p, err));
    return end_network(p, err);
}

static kith_status
read_pajek(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    struct pajek p = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    status = read_lines(&p, err);
    kith_cells_clear(&p.cells);
    kith_pajek_values_clear(&p.values);
    g_free(p.network);
    g_free(p.relation);
    return status;
}

const kith_importer kith_importer_pajek = {
    .name = "pajek",
    .summary = "networks and projects of Pajek",
    .extensions = "net paj",
    .probe = probe,
    .read = read_pajek,
};
