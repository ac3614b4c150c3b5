/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c - `kith export`: every node, tie and computed value, for other programs. */
#include "cli/output.h"
#include "cli/redact.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The computed values that go with each person: measures that every size of graph can afford. */
static const char *const measures[] = {"degree", "strength", "pagerank", "core", "clustering"};
/* Beyond so many nodes a drawing by springs takes longer than most want to wait: --places yes for all that. */
#define MOST_PLACED 50000
#define SCALE 1000.0

enum { MEASURES = sizeof measures / sizeof *measures, FIXED = 4 };
enum { X = FIXED + MEASURES, Y, SIZE, GROUP, COLOR, RED, GREEN, BLUE, SHARE_X, SHARE_Y, COLUMNS };

struct export_options {
    const char *places, *redact, *only;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(
        struct export_options, places, "auto", "auto|yes|no",
        "also write where to draw each node, in which colour and how large; auto: up to "
        "50000 nodes"),
    KITH_OPTION_TEXT(struct export_options, redact, 0, "FILE", NULL, false, REDACT_ABOUT),
    KITH_OPTION_CHOICE(struct export_options, only, "everybody", "everybody|permitted", ONLY_ABOUT),
    KITH_OPTION_END,
};

/* Colours that the colour-blind can tell apart (Tol 2021, "bright"); groups beyond them are grey. */
static const char *const colors[] = {"#4477aa", "#ee6677", "#228833", "#ccbb44",
                                     "#66ccee", "#aa3377", "#bbbbbb"};
enum { HUES = sizeof colors / sizeof *colors - 1 };

static const kith_column node_columns[COLUMNS] = {
    {"node", KITH_CELL_NODE, "", "the name shown"},
    {"id", KITH_CELL_TEXT, "", "readable id, the same on every run"},
    {"kind", KITH_CELL_TEXT, "", "person, organisation, event or topic"},
    {"email", KITH_CELL_TEXT, "", "first e-mail address"},
    {"degree", KITH_CELL_REAL, "people", "how many people somebody is tied to"},
    {"strength", KITH_CELL_REAL, "1", "sum of the weights of those ties"},
    {"pagerank", KITH_CELL_REAL, "1", "share of attention, damping 0.85"},
    {"core", KITH_CELL_REAL, "1", "largest k of a k-core that holds the person"},
    {"clustering", KITH_CELL_REAL, "1", "share of pairs of acquaintances who are tied themselves"},
    {"x", KITH_CELL_REAL, "", "place on a drawing 1500 wide, from the left"},
    {"y", KITH_CELL_REAL, "", "place on a drawing 1000 high, from below"},
    {"size", KITH_CELL_REAL, "", "size on it, 8 to 32, by the number of ties"},
    {"group", KITH_CELL_INT, "", "group by ties, 1 for the largest"},
    {"color", KITH_CELL_TEXT, "", "colour of that group"},
    {"r", KITH_CELL_INT, "", "its red, 0 to 255"},
    {"g", KITH_CELL_INT, "", "its green"},
    {"b", KITH_CELL_INT, "", "its blue"},
    {"x_coordinate", KITH_CELL_REAL, "1", "place from the left, 0 to 1"},
    {"y_coordinate", KITH_CELL_REAL, "1", "place from the top, 0 to 1"},
};

static const kith_column tie_columns[] = {
    {"kind", KITH_CELL_TEXT, "", "kind of tie"},
    {"from", KITH_CELL_NODE, "", "who"},
    {"to", KITH_CELL_NODE, "", "whom"},
    {"when", KITH_CELL_TIME, "", "when, as precise as the source"},
    {"weight", KITH_CELL_REAL, "1", "strength or number of repeats"},
    {"amount", KITH_CELL_REAL, "", "money or share"},
    {"currency", KITH_CELL_TEXT, "", "ISO 4217"},
    {"status", KITH_CELL_TEXT, "", "attended, closed …"},
    {"channel", KITH_CELL_TEXT, "", "email, linkedin …"},
    {"detail", KITH_CELL_TEXT, "", "title, product, role"},
    {"source", KITH_CELL_TEXT, "", "file the fact is from"},
    {"line", KITH_CELL_INT, "", "its line there"},
    {"from_id", KITH_CELL_TEXT, "", "id of who"},
    {"to_id", KITH_CELL_TEXT, "", "id of whom"},
};

/* One measure of all people, into values by node; NaN where there is none. */
static kith_status
measure(const kith_question *q, const char *name, double *values, kith_error *err)
{
    const kith_pass *pass = kith_pass_find("influencers");
    const char *const settings[] = {
        "by",  name,        "top", "1000000000", "include_owner", "yes", "include_staff",
        "yes", "resamples", "0"};
    void *o = calloc(1, pass->options_size + 1);
    kith_answer *answer = NULL;
    kith_status status = KITH_OK;

    kith_options_init(pass->options, o);
    for (size_t i = 0; i + 1 < sizeof settings / sizeof *settings && status == KITH_OK; i += 2)
        status = kith_options_set(pass->options, o, settings[i], settings[i + 1], err);
    if (status == KITH_OK)
        status = kith_ask(pass, q, o, &answer, NULL);
    if (status == KITH_OK) {
        const kith_table *t = kith_answer_find_table(answer, "influencers");
        int64_t person = kith_table_find_column(t, "person"),
                score = kith_table_find_column(t, "score");

        for (int64_t i = 0; i < kith_table_rows(t); i++) {
            kith_cell who, what;

            kith_table_cell(t, i, person, &who);
            kith_table_cell(t, i, score, &what);
            if (!who.missing && !what.missing)
                values[who.integer] = what.real;
        }
    } else if (status != KITH_ERR_ARGUMENT && status != KITH_ERR_CANCELLED) {
        status = KITH_OK; /* what cannot be told is left out */
    }
    kith_answer_free(answer);
    free(o);
    return status;
}

static const char *
email_of(const kith_graph *g, kith_node node)
{
    kith_identifier_kind kind;
    const char *value;

    for (int64_t i = 0; kith_graph_identifier_at(g, node, i, &kind, &value); i++)
        if (kind == KITH_ID_EMAIL)
            return value;
    return NULL;
}

/* The answer to "map" when places are wanted; NULL when they are not, or nothing can be drawn. */
static kith_status
ask_places(const kith_question *q, const struct export_options *o, kith_answer **out,
           kith_error *err)
{
    const kith_pass *pass = kith_pass_find("map");
    bool wanted = strcmp(o->places, "yes") == 0 ||
                  (strcmp(o->places, "auto") == 0 && kith_graph_nodes(q->graph) <= MOST_PLACED);
    void *values = calloc(1, pass->options_size + 1);
    kith_status status = KITH_OK;

    kith_options_init(pass->options, values);
    if (wanted)
        status = kith_options_set(pass->options, values, "nodes", "person,organisation,event,topic",
                                  err);
    if (wanted && status == KITH_OK)
        status = kith_ask(pass, q, values, out, err);
    if (status == KITH_ERR_NOT_FOUND) {
        kith_answer_free(*out);
        *out = NULL;
        status = KITH_OK;
        if (err)
            *err = (kith_error){0};
    }
    free(values);
    return status;
}

static double
number_at(const kith_table *t, int64_t row, const char *column)
{
    kith_cell cell;

    kith_table_cell(t, row, kith_table_find_column(t, column), &cell);
    return cell.missing ? 0 : cell.real;
}

/* The places table has a row for each node, in the order of nodes, since it draws every kind. */
static void
set_place(kith_table *out, const kith_table *places, int64_t node)
{
    double x = number_at(places, node, "x"), y = number_at(places, node, "y");
    kith_cell group;
    int64_t hue;
    unsigned long rgb;

    kith_table_cell(places, node, kith_table_find_column(places, "group"), &group);
    hue = group.missing || group.integer > HUES ? HUES : group.integer - 1;
    rgb = strtoul(colors[hue] + 1, NULL, 16);
    kith_table_set_real(out, X, round(x * SCALE * 1000) / 1000);
    kith_table_set_real(out, Y, round((1 - y) * SCALE * 1000) / 1000);
    kith_table_set_real(out, SIZE, round(8 * number_at(places, node, "size")));
    if (!group.missing)
        kith_table_set_int(out, GROUP, group.integer);
    kith_table_set_text(out, COLOR, colors[hue]);
    kith_table_set_int(out, RED, (int64_t)(rgb >> 16));
    kith_table_set_int(out, GREEN, (int64_t)(rgb >> 8 & 255));
    kith_table_set_int(out, BLUE, (int64_t)(rgb & 255));
    kith_table_set_real(out, SHARE_X, round(x / 1.5 * 1e6) / 1e6);
    kith_table_set_real(out, SHARE_Y, y);
}

static void
fill_nodes(kith_table *t, const kith_graph *g, const double *values, const kith_table *places)
{
    int64_t n = kith_graph_nodes(g);

    for (int64_t i = 0; i < n; i++) {
        kith_table_row(t);
        kith_table_set_node(t, 0, i, kith_graph_label(g, i));
        kith_table_set_text(t, 1, kith_graph_id(g, i));
        kith_table_set_text(t, 2, kith_node_kind_name(kith_graph_kind(g, i)));
        kith_table_set_text(t, 3, email_of(g, i));
        for (int m = 0; m < MEASURES; m++)
            kith_table_set_real(t, FIXED + m, values[m * n + i]);
        if (places)
            set_place(t, places, i);
    }
}

static kith_status
add_nodes(kith_answer *answer, const kith_question *q, const struct export_options *o,
          kith_error *err)
{
    int64_t n = kith_graph_nodes(q->graph);
    double *values = malloc(sizeof *values * (size_t)(n + 1) * MEASURES);
    kith_answer *map = NULL;
    kith_status status =
        values ? KITH_OK
               : kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %lld nodes", (long long)n);

    for (int64_t i = 0; values && i < n * MEASURES; i++)
        values[i] = NAN;
    for (int m = 0; m < MEASURES && status == KITH_OK; m++)
        status = measure(q, measures[m], values + m * n, err);
    if (status == KITH_OK)
        status = ask_places(q, o, &map, err);
    if (status == KITH_OK) {
        kith_table *t = kith_answer_table(answer, "nodes", node_columns, map ? COLUMNS : X);

        fill_nodes(t, q->graph, values, map ? kith_answer_find_table(map, "places") : NULL);
    }
    kith_answer_free(map);
    free(values);
    return status;
}

static void
add_ties(kith_answer *answer, const kith_graph *g)
{
    kith_table *t = kith_answer_table(answer, "ties", tie_columns,
                                      (int64_t)(sizeof tie_columns / sizeof *tie_columns));

    for (int64_t i = 0; i < kith_graph_ties(g); i++) {
        kith_tie tie;

        kith_graph_tie(g, i, &tie);
        kith_table_row(t);
        kith_table_set_text(t, 0, kith_tie_kind_name(tie.kind));
        kith_table_set_node(t, 1, tie.from, kith_graph_label(g, tie.from));
        kith_table_set_node(t, 2, tie.to, kith_graph_label(g, tie.to));
        kith_table_set_time(t, 3, tie.when, tie.precision);
        kith_table_set_real(t, 4, tie.weight);
        kith_table_set_real(t, 5, tie.amount);
        kith_table_set_text(t, 6, tie.currency);
        kith_table_set_text(t, 7, tie.status);
        kith_table_set_text(t, 8, tie.channel);
        kith_table_set_text(t, 9, tie.detail);
        kith_table_set_text(t, 10, tie.source);
        kith_table_set_int(t, 11, tie.line);
        kith_table_set_text(t, 12, kith_graph_id(g, tie.from));
        kith_table_set_text(t, 13, kith_graph_id(g, tie.to));
    }
}

/* One of the two tables as a file of its own, "town.csv" as "town-nodes.csv". */
static kith_status
write_one(const kith_document *document, const arguments *a, const char *suffix, kith_error *err)
{
    global_options g = a->global;
    const char *dot = strrchr(g.output, '.');
    int stem = dot && !strchr(dot, '/') ? (int)(dot - g.output) : (int)strlen(g.output);
    size_t size = strlen(g.output) + strlen(suffix) + 8;
    char *path = malloc(size);
    kith_status status;

    snprintf(path, size, "%.*s-%s.csv", stem, g.output, suffix);
    g.output = path;
    g.format = "csv";
    status = output_write(document, &g, "csv", err);
    free(path);
    return status;
}

static bool
wants_csv_files(const global_options *g)
{
    const char *dot = g->output ? strrchr(g->output, '.') : NULL;
    bool csv =
        g->format && *g->format ? strcmp(g->format, "csv") == 0 : dot && strcmp(dot, ".csv") == 0;

    return csv && g->output && *g->output && strcmp(g->output, "-") != 0;
}

/* Asks for the nodes, the ties or both, and writes them as one document. */
static kith_status
write_part(const arguments *a, workspace *w, bool nodes, bool ties, const char *suffix,
           kith_error *err)
{
    progress bar = progress_start("export", a->global.quiet);
    kith_document *document = kith_document_new("export", w->graph);
    kith_answer *answer = kith_answer_new("export");
    kith_question question = {.graph = w->graph,
                              .constants = w->constants,
                              .seed = a->global.seed,
                              .threads = a->global.threads,
                              .progress = progress_tick,
                              .payload = &bar};
    kith_status status = KITH_OK;

    kith_document_add(document, answer);
    kith_answer_about(answer, w->graph, a->global.seed);
    if (nodes)
        status = add_nodes(answer, &question, a->own, err);
    if (ties && status == KITH_OK)
        add_ties(answer, w->graph);
    progress_end(&bar);
    if (status == KITH_OK)
        status = suffix ? write_one(document, a, suffix, err)
                        : output_write(document, &a->global, "graphml", err);
    kith_document_free(document);
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct export_options *o = a->own;
    workspace w;
    kith_status status = workspace_open(a, &w, err);

    (void)v;
    if (status == KITH_OK)
        status = redact_workspace(&w, o->redact, o->only, NULL, 0, NULL, err);
    if (status == KITH_OK && wants_csv_files(&a->global)) {
        status = write_part(a, &w, true, false, "nodes", err);
        if (status == KITH_OK)
            status = write_part(a, &w, false, true, "ties", err);
    } else if (status == KITH_OK) {
        status = write_part(a, &w, true, true, NULL, err);
    }
    workspace_clear(&w);
    return status;
}

const verb verb_export = {
    .name = "export",
    .group = "out",
    .summary = "write every node, tie and computed value for other programs",
    .details =
        "GraphML by default, or as the name of -o FILE says: .graphml, .gexf, .dot, .net "
        "(Pajek), .json, or .csv, which makes two files, -nodes and -ties. Gephi, "
        "Cytoscape, NetworkX, igraph and graph-tool read the first two; kith reads them back "
        "without loss. yEd reads GraphML, but draws only what is in its own words: --format yed "
        "has them as well. Of the others Pajek has no room for attributes.",
    .example = "export -o town.graphml datasets/tidewell/Connections.csv",
    .options = options,
    .options_size = sizeof(struct export_options),
    .run = run,
};
