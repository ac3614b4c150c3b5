/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edge-list - two labels a line, as SNAP, KONECT, NCOL and networkx write them.
 *
 *     # Undirected graph: tidewell core
 *     0 1
 *     0 2 0.5
 *
 * Labels are whatever stands there: an id of 4000000000 costs no more than one of 4. A third column is the weight, or
 * the time of the tie when it holds seconds since 1970. What the user says about direction wins over what a comment
 * says (SNAP calls some graphs directed that are not), and a comment wins over "no direction".
 */
#include "base/base.h"
#include "base/number.h"
#include "base/text.h"
#include "edge_lines.h"
#include "edge_scan.h"
#include "lines.h"
#include <kith/importer.h>
#include <math.h>
#include <string.h>

struct edges {
    kith_source *source;
    kith_builder *into;
    const kith_import_options *options;
    kith_edge_comments comments;
    kith_edge_layout layout;
    int weight_column; /* 0-based, -1: none */
    int time_column;
    bool undirected;
    GHashTable *number; /* integer label -> mention + 1 */
    struct {
        gint64 label;
        kith_mention who;
    } last; /* files are mostly sorted by their first column */
};

static int
probe(const char *head, size_t length, const char *name)
{
    return kith_edge_probe(head, length, name);
}

/* Reads a plain non-negative integer without leading zeros: these are most labels, and need no text to be found. */
static bool
parse_label(const char *text, gint64 *out)
{
    gint64 value = 0;
    int digits = 0;

    if (text[0] == '0' && text[1])
        return false;
    for (; digits <= 15 && g_ascii_isdigit(*text); text++, digits++)
        value = value * 10 + (*text - '0');
    *out = value;
    return *text == '\0' && digits > 0 && digits <= 15;
}

static kith_mention
mention_text(struct edges *e, kith_node_kind kind, const char *label)
{
    g_autofree char *utf8 = NULL;
    kith_mention who;
    int64_t before = kith_builder_mentions(e->into);

    if (!kith_text_valid(label, strlen(label)))
        label = utf8 = kith_text_to_utf8(label, strlen(label), NULL);
    who = kith_builder_keyed(e->into, kind, KITH_ID_LABEL, label);
    if (kind == KITH_TOPIC && who >= before)
        kith_builder_name(e->into, who, label);
    return who;
}

static kith_mention
mention_node(struct edges *e, const char *label)
{
    uintptr_t found;
    gint64 number;

    if (!parse_label(label, &number))
        return mention_text(e, KITH_PERSON, label);
    if (number == e->last.label)
        return e->last.who;
    found = (uintptr_t)g_hash_table_lookup(e->number, (gpointer)(uintptr_t)number);
    e->last.label = number;
    e->last.who = (kith_mention)found - 1;
    if (!found) {
        e->last.who = mention_text(e, KITH_PERSON, label);
        g_hash_table_insert(e->number, (gpointer)(uintptr_t)number,
                            (gpointer)(uintptr_t)(e->last.who + 1));
    }
    return e->last.who;
}

/* networkx writes {'weight': 0.5} behind the labels. */
static const char *
weight_in_braces(char *text)
{
    char *at = strstr(text, "weight"), *stop;

    if (!at || !(at = strchr(at, ':')))
        return "1";
    at++;
    stop = at + strcspn(at, ",}");
    *stop = '\0';
    return at;
}

static kith_status
read_weight(struct edges *e, char *text, int64_t column, double *out, kith_error *err)
{
    const char *number = *text == '{' ? weight_in_braces(text) : text;

    if (kith_number_parse(number, out) && isfinite(*out) && *out > 0)
        return KITH_OK;
    kith_source_at(e->source, kith_source_line(e->source), column);
    return kith_source_fail(e->source, err, "bad weight '%s' (expected a number above 0)", number);
}

static void
read_time(struct edges *e, const char *text, kith_fact *fact)
{
    double seconds;

    (void)e;
    if (!kith_number_parse(text, &seconds) || fabs(seconds) > 1e11)
        return;
    fact->when = (kith_time)floor(seconds);
    fact->precision = KITH_PRECISION_SECOND;
}

static void
keep_rest(struct edges *e, char **field, size_t n)
{
    for (size_t i = 2; i < n; i++) {
        char key[16];

        if ((int)i == e->weight_column || (int)i == e->time_column)
            continue;
        g_snprintf(key, sizeof key, "column %zu", i + 1);
        kith_builder_fact_attribute(e->into, key, field[i]);
    }
}

static kith_status
read_edge(struct edges *e, char *line, kith_error *err)
{
    char *field[KITH_EDGE_FIELDS];
    size_t n = kith_edge_split(line, e->layout.separator, field);
    kith_fact fact = KITH_FACT_INIT;
    int w = e->weight_column, t = e->time_column;

    if (n < 2 || n > KITH_EDGE_FIELDS - 1)
        return kith_source_fail(e->source, err,
                                "found %s on the line (expected two labels and perhaps a weight)",
                                n < 2 ? "one field" : "too many fields");
    fact.kind = e->comments.two_mode ? KITH_MEMBER_OF : KITH_TIE;
    fact.undirected = e->undirected && !e->comments.two_mode;
    fact.from = mention_node(e, field[0]);
    fact.to =
        e->comments.two_mode ? mention_text(e, KITH_TOPIC, field[1]) : mention_node(e, field[1]);
    if (w >= 0 && (size_t)w < n)
        TRY(read_weight(e, field[w], field[w] - line + 1, &fact.weight, err));
    if (t >= 0 && (size_t)t < n)
        read_time(e, field[t], &fact);
    kith_source_record(e->source);
    TRY(kith_builder_fact(e->into, &fact, err));
    if (n > 3 || (n == 3 && w != 2 && t != 2))
        keep_rest(e, field, n);
    return KITH_OK;
}

static bool
is_size_line(const struct edges *e, char *line, int64_t number)
{
    char *field[KITH_EDGE_FIELDS];
    g_autofree char *copy = g_strdup(line);

    return number == e->layout.size_line && kith_edge_split(copy, e->layout.separator, field) == 2;
}

/* --weight names a column by its number here, since there are no names. */
static kith_status
choose_columns(struct edges *e, kith_error *err)
{
    const char *weight = e->options->weight;
    double number;

    e->weight_column = e->layout.weight_column;
    e->time_column = e->layout.time_column;
    if (!weight || !*weight || g_ascii_strcasecmp(weight, "weight") == 0)
        return KITH_OK;
    if (!kith_number_parse(weight, &number) || number < 3 || number > KITH_EDGE_FIELDS - 1)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(e->source), 0, 0,
                            "no column '%s' for the weight: an edge list's columns are numbered, "
                            "from 3 on",
                            weight);
    e->weight_column = (int)number - 1;
    if (e->time_column == e->weight_column)
        e->time_column = -1;
    return KITH_OK;
}

static void
choose_direction(struct edges *e)
{
    e->undirected = !e->options->directed && (e->options->undirected || !e->comments.directed);
}

/* What is usual in such files goes into columns, on all processors. @param line the line that comes next, 0 at the end */
static kith_status
read_usual(struct edges *e, const char *head, size_t length, int64_t *line, kith_error *err)
{
    const kith_edge_scan scan = {.separator = e->layout.separator,
                                 .to = 1,
                                 .weight = e->weight_column,
                                 .time = e->time_column,
                                 .undirected = e->undirected,
                                 .threads = e->options->threads};
    g_autoptr(kith_edges) edges = NULL;

    *line = 1;
    if (e->options->rows || e->comments.two_mode || e->layout.size_line ||
        g_str_has_prefix(head, "\xef\xbb\xbf") || !kith_builder_takes_edges(e->into))
        return KITH_OK;
    TRY(kith_edge_scan_read(e->source, &scan, head, length, &edges, line, err));
    if (edges->ties)
        kith_builder_edges(e->into, edges);
    return KITH_OK;
}

static kith_status
read_lines(struct edges *e, int64_t next, kith_error *err)
{
    g_auto(kith_lines) lines = {0};
    char *line;
    size_t length;

    kith_lines_init(&lines, e->source);
    lines.line = next - 1;
    for (;;) {
        TRY(kith_lines_next(&lines, &line, &length, err));
        if (!line)
            return KITH_OK;
        kith_source_at(e->source, lines.line, 1);
        if (lines.line == 1 && g_str_has_prefix(line, "\xef\xbb\xbf"))
            line += 3;
        while (*line == ' ' || *line == '\t')
            line++;
        if (*line == '\0' || *line == '#' || *line == '%')
            continue;
        if (lines.line == e->layout.size_line && is_size_line(e, line, lines.line))
            kith_source_warn(e->source, "'%s' read as the numbers of nodes and edges", line);
        else
            TRY(read_edge(e, line, err));
    }
}

static kith_status
read_edges(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    static const kith_import_options none = {0};
    struct edges e = {.source = source, .into = into, .options = options ? options : &none};
    const char *head;
    size_t length;
    int64_t line;
    kith_status status;

    TRY(kith_source_head(source, &head, &length, err));
    kith_edge_read_comments(head, length, &e.comments);
    kith_edge_read_layout(head, length, &e.layout);
    TRY(choose_columns(&e, err));
    choose_direction(&e);
    TRY(read_usual(&e, head, length, &line, err));
    if (line == 0)
        return KITH_OK;
    e.last.label = -1;
    e.number = g_hash_table_new(g_direct_hash, g_direct_equal);
    status = read_lines(&e, line, err);
    g_hash_table_unref(e.number);
    return status;
}

const kith_importer kith_importer_edge_list = {
    .name = "edge-list",
    .summary = "two labels a line: SNAP, KONECT, NCOL, networkx edge lists",
    .extensions = "txt edges ncol tsv",
    .probe = probe,
    .read = read_edges,
};
