/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export.c - `kith export`: every node, tie and computed value, for other programs. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The computed values that go with each person: measures that every size of graph can afford. */
static const char *const measures[] = {"degree", "strength", "pagerank", "core", "clustering"};
enum { MEASURES = sizeof measures / sizeof *measures, FIXED = 4 };

static const kith_column node_columns[FIXED + MEASURES] = {
    {"node", KITH_CELL_NODE, "", "the name shown"},
    {"id", KITH_CELL_TEXT, "", "readable id, the same on every run"},
    {"kind", KITH_CELL_TEXT, "", "person, organisation, event or topic"},
    {"email", KITH_CELL_TEXT, "", "first e-mail address"},
    {"degree", KITH_CELL_REAL, "people", "how many people somebody is tied to"},
    {"strength", KITH_CELL_REAL, "1", "sum of the weights of those ties"},
    {"pagerank", KITH_CELL_REAL, "1", "share of attention, damping 0.85"},
    {"core", KITH_CELL_REAL, "1", "largest k of a k-core that holds the person"},
    {"clustering", KITH_CELL_REAL, "1", "share of pairs of acquaintances who are tied themselves"},
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

static kith_status
add_nodes(kith_answer *answer, const kith_question *q, kith_error *err)
{
    const kith_graph *g = q->graph;
    int64_t n = kith_graph_nodes(g);
    double *values = malloc(sizeof *values * (size_t)(n + 1) * MEASURES);
    kith_table *t = kith_answer_table(answer, "nodes", node_columns, FIXED + MEASURES);
    kith_status status =
        values ? KITH_OK
               : kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for %lld nodes", (long long)n);

    for (int64_t i = 0; values && i < n * MEASURES; i++)
        values[i] = NAN;
    for (int m = 0; m < MEASURES && status == KITH_OK; m++)
        status = measure(q, measures[m], values + m * n, err);
    for (int64_t i = 0; i < n && status == KITH_OK; i++) {
        kith_table_row(t);
        kith_table_set_node(t, 0, i, kith_graph_label(g, i));
        kith_table_set_text(t, 1, kith_graph_id(g, i));
        kith_table_set_text(t, 2, kith_node_kind_name(kith_graph_kind(g, i)));
        kith_table_set_text(t, 3, email_of(g, i));
        for (int m = 0; m < MEASURES; m++)
            kith_table_set_real(t, FIXED + m, values[m * n + i]);
    }
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
    }
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    progress bar = progress_start(v->name, a->global.quiet);
    workspace w;
    kith_status status = workspace_open(a, &w, err);

    if (status == KITH_OK) {
        kith_document *document = kith_document_new(v->name, w.graph);
        kith_answer *answer = kith_answer_new(v->name);
        kith_question question = {.graph = w.graph,
                                  .seed = a->global.seed,
                                  .threads = a->global.threads,
                                  .progress = progress_tick,
                                  .payload = &bar};

        kith_document_add(document, answer);
        kith_answer_about(answer, w.graph, a->global.seed);
        status = add_nodes(answer, &question, err);
        add_ties(answer, w.graph);
        progress_end(&bar);
        if (status == KITH_OK)
            status = output_write(document, &a->global, "graphml", err);
        kith_document_free(document);
    }
    workspace_clear(&w);
    return status;
}

const verb verb_export = {
    .name = "export",
    .group = "out",
    .summary = "write every node, tie and computed value for other programs",
    .details = "GraphML by default, or as the name of -o FILE says. Gephi, yEd, Cytoscape, "
               "NetworkX and igraph read it; kith "
               "reads it back without loss.",
    .example = "export -o town.graphml datasets/tidewell/Connections.csv",
    .run = run,
};
