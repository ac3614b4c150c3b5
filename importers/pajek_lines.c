/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pajek_lines.c - the lines of Pajek's sections: vertices, ties, lists of ties, rows of a matrix. */
#include "pajek.h"
#include <string.h>

kith_status
kith_pajek_bad_word(kith_pajek *p, kith_scan_kind kind, const char *expected, kith_error *err)
{
    if (kind != KITH_SCAN_WORD)
        return kith_source_fail(p->scan->source, err, "the end of the line (expected %s)",
                                expected);
    return kith_source_fail(p->scan->source, err, "found '%s' (expected %s)", p->scan->word->str,
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
kind_of(const kith_pajek *p, int64_t number)
{
    return number > p->people ? KITH_EVENT : KITH_PERSON;
}

kith_mention
kith_pajek_vertex(kith_pajek *p, int64_t number)
{
    char id[32];

    return kith_graph_file_node(p->file, kind_of(p, number), vertex_id(number, id));
}

/* --- lines ---------------------------------------------------------------------------------- */

static kith_status
read_vertex_number(kith_pajek *p, int64_t *out, kith_error *err)
{
    if (kith_scan_whole(p->scan->word->str, UINT32_MAX, out) && *out >= 1 && *out <= p->size)
        return KITH_OK;
    return kith_source_fail(p->scan->source, err,
                            "vertex '%s' (expected a number, 1 to %" G_GINT64_FORMAT ")",
                            p->scan->word->str, p->size);
}

/* "0.1 0.2 0.5 ellipse ic Red": coordinates, a shape, then pairs. */
static kith_status
read_looks(kith_pajek *p, kith_scan_kind kind, kith_error *err)
{
    static const char *const axes[] = {"x", "y", "z"};
    g_autofree char *key = NULL;
    size_t axis = 0;
    bool shape = false;

    for (; kind == KITH_SCAN_WORD;) {
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

/* A line of one word: a vertex without a label, or a value. */
struct bare {
    int64_t number, line; /* number 0: none that a vertex could have */
};

GArray *
kith_pajek_new_bare(void)
{
    return g_array_new(FALSE, FALSE, sizeof(struct bare));
}

kith_status
kith_pajek_settle_bare(kith_pajek *p, kith_error *err)
{
    char id[32];

    for (guint i = 0; i < p->bare->len; i++) {
        const struct bare *b = &g_array_index(p->bare, struct bare, i);

        kith_source_at(p->scan->source, b->line, 1);
        if (b->number == 0 || kith_graph_file_knows(p->file, vertex_id(b->number, id)))
            return kith_source_fail(p->scan->source, err,
                                    "no vertex number of its own (expected 1 to %" G_GINT64_FORMAT
                                    ", each once)",
                                    p->size);
        kith_pajek_vertex(p, b->number);
    }
    g_array_set_size(p->bare, 0);
    kith_scan_at_word(p->scan);
    return KITH_OK;
}

static void
keep_bare(kith_pajek *p, const char *word, int64_t line)
{
    struct bare b = {.line = line};

    if (!kith_scan_whole(word, p->size, &b.number))
        b.number = 0;
    g_array_append_val(p->bare, b);
}

/* 1 "Ann Lee" 0.1 0.2 ellipse */
kith_status
kith_pajek_read_vertex(kith_pajek *p, kith_error *err)
{
    g_autofree char *first = g_strdup(p->scan->word->str), *label = NULL;
    int64_t line = p->scan->word_line, column = p->scan->word_column, number;
    kith_scan_kind kind;
    char id[32];

    TRY(kith_scan_word(p->scan, &kind, err));
    if (kind != KITH_SCAN_WORD) {
        keep_bare(p, first, line);
        return KITH_OK;
    }
    kith_scan_entities(p->scan->word);
    label = g_strdup(p->scan->word->str);
    kith_source_at(p->scan->source, line, column);
    g_string_assign(p->scan->word, first);
    TRY(read_vertex_number(p, &number, err));
    kith_graph_file_node(p->file, kind_of(p, number), vertex_id(number, id));
    TRY(kith_scan_word(p->scan, &kind, err));
    TRY(read_looks(p, kind, err));
    TRY(kith_pajek_settle_bare(p, err));
    kith_source_at(p->scan->source, line, column);
    return kith_graph_file_declare(p->file, id, label, NULL, err);
}

/* A tie between the modes of a two-mode network is attendance, whichever way it is written. */
static kith_status
add_tie(kith_pajek *p, int64_t from, int64_t to, bool arc, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    bool swap = from > p->people && to <= p->people;

    fact.from = kith_pajek_vertex(p, swap ? to : from);
    fact.to = kith_pajek_vertex(p, swap ? from : to);
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
read_end(kith_pajek *p, kith_scan_kind kind, int64_t *out, kith_error *err)
{
    return kind == KITH_SCAN_WORD ? read_vertex_number(p, out, err)
                                  : kith_pajek_bad_word(p, kind, "a vertex number", err);
}

/* 1 2 3.5 c Blue */
kith_status
kith_pajek_read_tie(kith_pajek *p, kith_error *err)
{
    int64_t from = 0, to = 0, line = p->scan->word_line, column = 1;
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
            return kith_pajek_bad_word(p, kind, "a finite weight above 0", err);
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
    return add_tie(p, from, to, p->section == KITH_PAJEK_ARCS, err);
}

/* 1 2 3 4: ties from 1 to each of the others */
kith_status
kith_pajek_read_list(kith_pajek *p, kith_error *err)
{
    kith_scan_kind kind = KITH_SCAN_WORD;
    int64_t from, to;

    TRY(read_end(p, kind, &from, err));
    for (;;) {
        TRY(kith_scan_word(p->scan, &kind, err));
        if (kind != KITH_SCAN_WORD)
            return KITH_OK;
        TRY(read_end(p, kind, &to, err));
        TRY(add_tie(p, from, to, p->section == KITH_PAJEK_ARCS_LIST, err));
    }
}

/* One or several cells of the matrix, wherever its lines break. */
kith_status
kith_pajek_read_cells(kith_pajek *p, kith_error *err)
{
    int64_t rows = p->people, columns = p->people < p->size ? p->size - p->people : p->size;
    int64_t offset = p->size - columns;
    kith_scan_kind kind = KITH_SCAN_WORD;
    double weight;

    while (kind == KITH_SCAN_WORD) {
        if (p->row == rows)
            return kith_pajek_bad_word(p, kind, "the end of the matrix", err);
        if (p->column == 0)
            kith_cells_row(&p->cells, p->row, kith_pajek_vertex(p, p->row + 1));
        if (p->row == 0)
            kith_cells_column(&p->cells, p->column, kith_pajek_vertex(p, p->column + 1 + offset));
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
