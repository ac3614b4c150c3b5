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
 * A partition or vector in a file of its own belongs to the network given with it (pajek_beside.c); alone it says
 * nothing of anybody.
 */
#include "pajek.h"
#include <string.h>

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

/* --- sections ------------------------------------------------------------------------------- */

static kith_status
end_matrix(kith_pajek *p, kith_error *err)
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
end_section(kith_pajek *p, kith_error *err)
{
    if (p->section == KITH_PAJEK_MATRIX)
        TRY(end_matrix(p, err));
    if (p->section == KITH_PAJEK_VALUES)
        TRY(kith_pajek_values_end(&p->values, p->file, err));
    p->section = KITH_PAJEK_NOTHING;
    return KITH_OK;
}

static kith_status
end_network(kith_pajek *p, kith_error *err)
{
    int64_t seen = p->file->nodes->len;

    if (seen < p->size && !p->joined)
        kith_source_warn(p->scan->source,
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " vertices have neither a line nor a tie: left out",
                         p->size - seen, p->size);
    return kith_graph_file_finish(p->file, err);
}

static kith_status
read_count(kith_pajek *p, int64_t *out, kith_error *err)
{
    if (kith_scan_whole(p->scan->word->str, UINT32_MAX, out))
        return KITH_OK;
    return kith_pajek_bad_word(p, KITH_SCAN_WORD, "the number of vertices", err);
}

/* "*Vertices 14 8" */
static kith_status
start_vertices(kith_pajek *p, kith_error *err)
{
    kith_scan_kind kind;
    int64_t size;

    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return kith_pajek_bad_word(p, kind, "the number of vertices", err);
    TRY(read_count(p, &size, err));
    if (kith_pajek_values_wait(&p->values)) {
        TRY(kith_pajek_settle_bare(p, err));
        p->section = KITH_PAJEK_VALUES;
        kith_pajek_values_size(&p->values, size);
        return kith_scan_skip_line(p->scan, err);
    }
    TRY(kith_pajek_settle_bare(p, err));
    TRY(end_network(p, err));
    p->begun = true;
    p->size = p->people = size;
    p->section = KITH_PAJEK_VERTICES;
    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return KITH_OK;
    TRY(read_count(p, &p->people, err));
    if (p->people > p->size || p->people == 0)
        return kith_pajek_bad_word(p, KITH_SCAN_WORD, "the number of vertices of the first mode",
                                   err);
    return kith_scan_skip_line(p->scan, err);
}

/* What follows the section's word: ":2 "likes"" or nothing. */
static kith_status
read_relation(kith_pajek *p, const char *after, kith_error *err)
{
    kith_scan_kind kind;

    g_clear_pointer(&p->relation, g_free);
    if (*after == ':' && after[1])
        p->relation = g_strdup(after + 1);
    for (;;) {
        const char *word;

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
start_matrix(kith_pajek *p, kith_error *err)
{
    bool two_mode = p->people < p->size;

    (void)err;
    kith_cells_init(&p->cells, two_mode);
    p->row = p->column = 0;
    return KITH_OK;
}

/* "*Arcs", "*Edges :2 …", "*Matrix": ties, which need vertices first. */
static kith_status
start_ties(kith_pajek *p, enum kith_pajek_section section, const char *after, kith_error *err)
{
    if (!p->begun)
        return kith_source_fail(p->scan->source, err, "ties before '*Vertices N' (expected after)");
    TRY(kith_pajek_settle_bare(p, err));
    TRY(read_relation(p, after, err));
    if (p->vertices_only) {
        p->section = KITH_PAJEK_UNKNOWN;
        return KITH_OK;
    }
    p->section = section;
    return section == KITH_PAJEK_MATRIX ? start_matrix(p, err) : KITH_OK;
}

static kith_status
start_network(kith_pajek *p, kith_error *err)
{
    TRY(kith_scan_rest(p->scan, err));
    kith_scan_entities(p->scan->word);
    kith_pajek_values_wait(&p->values);
    g_free(p->network);
    p->network = *p->scan->word->str ? g_strdup(p->scan->word->str) : NULL;
    return KITH_OK;
}

static kith_status
start_values(kith_pajek *p, const char *what, kith_error *err)
{
    TRY(kith_scan_rest(p->scan, err));
    kith_scan_entities(p->scan->word);
    kith_pajek_values_start(&p->values, *p->scan->word->str ? p->scan->word->str : what);
    return KITH_OK;
}

static kith_status
start_section(kith_pajek *p, kith_error *err)
{
    static const struct {
        const char *word;
        enum kith_pajek_section section;
    } ties[] = {{"*arcslist", KITH_PAJEK_ARCS_LIST},
                {"*edgeslist", KITH_PAJEK_EDGES_LIST},
                {"*arcs", KITH_PAJEK_ARCS},
                {"*edges", KITH_PAJEK_EDGES},
                {"*matrix", KITH_PAJEK_MATRIX}};
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
    p->section = KITH_PAJEK_UNKNOWN;
    return kith_scan_skip_line(p->scan, err);
}

static kith_status
read_value(kith_pajek *p, kith_error *err)
{
    int64_t number;

    TRY(kith_pajek_values_next(&p->values, p->file, p->begun ? p->size : -1, p->scan->word->str,
                               &number, err));
    if (p->joined)
        kith_source_record(p->scan->source);
    if (number > 0)
        kith_builder_attribute(p->file->into, kith_pajek_vertex(p, number), p->values.name,
                               p->scan->word->str);
    return kith_scan_skip_line(p->scan, err);
}

static kith_status
read_line(kith_pajek *p, kith_error *err)
{
    switch (p->section) {
    case KITH_PAJEK_VERTICES:
        return kith_pajek_read_vertex(p, err);
    case KITH_PAJEK_ARCS:
    case KITH_PAJEK_EDGES:
        return kith_pajek_read_tie(p, err);
    case KITH_PAJEK_ARCS_LIST:
    case KITH_PAJEK_EDGES_LIST:
        return kith_pajek_read_list(p, err);
    case KITH_PAJEK_MATRIX:
        return kith_pajek_read_cells(p, err);
    case KITH_PAJEK_VALUES:
        return read_value(p, err);
    case KITH_PAJEK_UNKNOWN:
        return kith_scan_skip_line(p->scan, err);
    default:
        return kith_pajek_bad_word(p, KITH_SCAN_WORD, "a section such as *Vertices", err);
    }
}

/* A file of vertex lines that hold one word and nothing else is a partition or a vector. */
static bool
is_partition(kith_pajek *p)
{
    if (p->bare->len == 0)
        return false;
    for (guint i = 0; i < p->bare->len; i++)
        kith_source_record(p->scan->source);
    kith_source_at(p->scan->source, 1, 0);
    kith_source_warn(p->scan->source, "a partition without its network (expected its .net, of "
                                      "the same name, to be given with it)");
    return true;
}

kith_status
kith_pajek_read_sections(kith_pajek *p, kith_error *err)
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
    return end_section(p, err);
}

static kith_status
read_file(kith_pajek *p, kith_error *err)
{
    TRY(kith_pajek_read_beside(p, err));
    TRY(kith_pajek_read_sections(p, err));
    return is_partition(p) ? KITH_OK : end_network(p, err);
}

static kith_status
read_pajek(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    kith_pajek p = {.file = &file, .scan = &scan};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    file.private_ids = true;
    TRY(kith_scan_init(&scan, source, err));
    p.bare = kith_pajek_new_bare();
    status = read_file(&p, err);
    g_array_unref(p.bare);
    kith_cells_clear(&p.cells);
    kith_pajek_values_clear(&p.values);
    g_free(p.network);
    g_free(p.relation);
    return status;
}

const kith_importer kith_importer_pajek = {
    .name = "pajek",
    .summary = "networks and projects of Pajek",
    .extensions = "net paj clu vec",
    .probe = probe,
    .read = read_pajek,
};
