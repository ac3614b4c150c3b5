/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * small.h - small graphs for tests, told through the public builder.
 *
 * People are called by their label, so a test may say small_tie(b, KITH_KNOWS, "Ann", "Bo"). Tests
 * that use it include cmocka first.
 */
#ifndef KITH_TESTS_SMALL_H
#define KITH_TESTS_SMALL_H

#include "base/base.h"
#include "model/graph.h"
#include "model/network.h"
#include <kith/pass.h>
#include <math.h>

#define SMALL G_GNUC_UNUSED static

SMALL kith_mention
small_person(kith_builder *b, const char *label)
{
    return kith_builder_keyed(b, KITH_PERSON, KITH_ID_LABEL, label);
}

SMALL kith_mention
small_node(kith_builder *b, kith_node_kind kind, const char *label)
{
    kith_mention made = kith_builder_keyed(b, kind, KITH_ID_LABEL, label);

    kith_builder_name(b, made, label);
    return made;
}

SMALL void
small_fact(kith_builder *b, const kith_fact *fact)
{
    kith_error err = {0};

    if (kith_builder_fact(b, fact, &err) != KITH_OK)
        fail_msg("%s", err.message);
}

SMALL void
small_weighted(kith_builder *b, kith_tie_kind kind, const char *from, const char *to, double weight)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = kind;
    fact.from = small_person(b, from);
    fact.to = small_person(b, to);
    fact.weight = weight;
    small_fact(b, &fact);
}

SMALL void
small_tie(kith_builder *b, kith_tie_kind kind, const char *from, const char *to)
{
    small_weighted(b, kind, from, to, 1);
}

/* A graph file's edge without a direction. */
SMALL void
small_edge(kith_builder *b, const char *from, const char *to, double weight)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_TIE;
    fact.from = small_person(b, from);
    fact.to = small_person(b, to);
    fact.weight = weight;
    fact.undirected = true;
    small_fact(b, &fact);
}

SMALL void
small_attends(kith_builder *b, const char *person, const char *event, const char *status)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_ATTENDED;
    fact.from = small_person(b, person);
    fact.to = small_node(b, KITH_EVENT, event);
    fact.status = status;
    small_fact(b, &fact);
}

SMALL kith_graph *
small_build(kith_builder *b)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE};
    kith_graph *graph = NULL;
    kith_error err = {0};

    kith_time_from_civil(2026, 11, 21, &options.today);
    if (kith_builder_build(b, &options, &graph, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return graph;
}

SMALL kith_network *
small_network(const kith_graph *g, const kith_network_options *options)
{
    kith_network *net = NULL;
    kith_error err = {0};

    if (kith_network_new(g, options, &net, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return net;
}

SMALL kith_node
small_find(const kith_graph *g, const char *label)
{
    for (kith_node i = 0; i < kith_graph_nodes(g); i++)
        if (g_str_equal(kith_graph_label(g, i), label))
            return i;
    fail_msg("nobody is called %s", label);
    return -1;
}

/* Cells by row and column name; a missing one is NaN, -1 or NULL. */
SMALL kith_cell
small_cell(const kith_table *t, int64_t row, const char *column)
{
    int64_t c = kith_table_find_column(t, column);
    kith_cell cell;

    if (c < 0 || row >= kith_table_rows(t))
        fail_msg("no cell %s in row %d", column, (int)row);
    kith_table_cell(t, row, c, &cell);
    return cell;
}

SMALL double
small_real(const kith_table *t, int64_t row, const char *column)
{
    kith_cell cell = small_cell(t, row, column);

    return cell.missing ? NAN : cell.real;
}

SMALL int64_t
small_int(const kith_table *t, int64_t row, const char *column)
{
    kith_cell cell = small_cell(t, row, column);

    return cell.missing ? -1 : cell.integer;
}

SMALL const char *
small_text(const kith_table *t, int64_t row, const char *column)
{
    kith_cell cell = small_cell(t, row, column);

    return cell.missing ? NULL : cell.text;
}

/* The row whose text or node column holds this; -1 for none. */
SMALL int64_t
small_row(const kith_table *t, const char *column, const char *text)
{
    for (int64_t i = 0; i < kith_table_rows(t); i++)
        if (g_strcmp0(small_text(t, i, column), text) == 0)
            return i;
    return -1;
}

SMALL bool
small_has_note(const kith_answer *a, const char *part)
{
    for (int64_t i = 0; i < kith_answer_notes(a); i++)
        if (strstr(kith_answer_note_at(a, i), part))
            return true;
    return false;
}

/* Asks a pass, with "name=value" options up to a NULL. */
SMALL kith_status
small_ask(const kith_pass *pass, const kith_graph *g, const char *const *settings,
          kith_answer **out, kith_error *err)
{
    kith_question question = {.graph = g, .seed = 1, .threads = 1};
    g_autofree void *values = g_malloc0(pass->options_size + 1);

    kith_options_init(pass->options, values);
    for (; settings && *settings; settings += 2)
        TRY(kith_options_set(pass->options, values, settings[0], settings[1], err));
    return kith_ask(pass, &question, values, out, err);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_answer, kith_answer_free)

#endif
