/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gatekeepers - the smallest set of people every way in goes through, and independent routes.
 *
 * A minimum vertex cut between the two, and as many routes that share nobody (Menger 1927); both numbers are checked
 * against one another in every run. Without --to, the dominators of the whole network seen from one person: everybody
 * through whom alone others can be reached (Cooper, Harvey & Kennedy 2001).
 */
#include "measures/dominators.h"
#include "measures/ends.h"
#include "measures/ties.h"
#include "passes/pass.h"
#include <stdlib.h>
#include <string.h>

struct gatekeepers {
    const char *to, *from;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct gatekeepers, to, 't', "WHO", NULL, false,
                     "the person or firm to reach; without it, all sole gatekeepers"),
    KITH_OPTION_TEXT(struct gatekeepers, from, 0, "WHO", NULL, false,
                     "who wants in; the owner of the files by default"),
    KITH_OPTION_INT(struct gatekeepers, top, 'n', "20", 1, 1e9,
                    "how many sole gatekeepers to list"),
    KITH_OPTION_END,
};

static const kith_column person_columns[] = {
    {"person", KITH_CELL_NODE, "", "everybody's way in goes through one of these"},
    {"behind", KITH_CELL_INT, "people", "people who can be reached through this person alone"},
};

static const kith_column route_columns[] = {
    {"route", KITH_CELL_INT, "", "number of the route"},
    {"hops", KITH_CELL_INT, "hops", "how many introductions and a meeting"},
    {"people", KITH_CELL_LIST, "", "who is on it; no two routes share anybody in between"},
};

/* The hops of the warm network, and for a firm one more node that its people lead to. */
struct roads {
    kith_hops hops;
    int64_t *first;
    int32_t *to;
};

static void
roads_clear(struct roads *r)
{
    g_free(r->first);
    g_free(r->to);
}

static void
build_roads(const kith_warm_network *net, kith_node firm, struct roads *out)
{
    g_auto(kith_ends) staff = {0};
    int64_t m = 0;

    if (firm >= 0)
        kith_ends_init(net->graph, &net->constants, firm, &staff);

    out->first = g_new0(int64_t, net->nodes + 2);
    out->to = g_new(int32_t, net->hops + net->nodes + 1);
    for (int64_t v = 0; v < net->nodes; v++) {
        out->first[v] = m;
        for (int64_t i = net->first[v]; i < net->first[v + 1]; i++)
            out->to[m++] = net->to[i];
        if (staff.in && staff.in[v] && !net->no_intro[v])
            out->to[m++] = (int32_t)firm;
    }
    out->first[net->nodes] = m;
    out->hops = (kith_hops){net->nodes, out->first, out->to, net->no_intro};
}

static void
tell_routes(kith_answer *out, const kith_graph *g, const kith_cut *cut)
{
    kith_table *t = kith_answer_table(out, "routes", route_columns, G_N_ELEMENTS(route_columns));

    for (guint r = 0; r < cut->routes->len; r++) {
        const GArray *route = cut->routes->pdata[r];
        g_autofree const char **labels = g_new0(const char *, route->len);

        for (guint i = 0; i < route->len; i++)
            labels[i] = kith_graph_label(g, g_array_index(route, int32_t, i));
        kith_table_row(t);
        kith_table_set_int(t, 0, r + 1);
        kith_table_set_int(t, 1, route->len - 1);
        kith_table_set_list(t, 2, labels, route->len);
    }
}

static kith_status
between(const kith_warm_network *net, kith_node from, kith_node to, kith_answer *out,
        kith_error *err)
{
    const kith_graph *g = net->graph;
    bool firm = kith_graph_kind(g, to) == KITH_ORGANISATION;
    kith_table *t = kith_answer_table(out, "gatekeepers", person_columns, 2);
    __attribute__((cleanup(roads_clear))) struct roads roads = {0};
    g_auto(kith_cut) cut = {0};

    if (!firm && net->no_intro[to])
        return kith_fail(err, KITH_ERR_NOT_FOUND, "%s asked not to be introduced",
                         kith_graph_label(g, to));
    build_roads(net, firm ? to : -1, &roads);
    TRY(kith_cut_between(&roads.hops, (int32_t)from, (int32_t)to, &cut, err));
    for (int64_t i = 0; i < cut.n; i++) {
        kith_table_row(t);
        kith_table_set_node(t, 0, cut.member[i], kith_graph_label(g, cut.member[i]));
    }
    tell_routes(out, g, &cut);
    if (cut.direct)
        kith_answer_note(out, "%s and %s are tied directly; the others are ways around that tie",
                         kith_graph_label(g, from), kith_graph_label(g, to));
    if (cut.n)
        kith_answer_note(out,
                         "independent routes: %" G_GINT64_FORMAT
                         "; so many people would have to be lost before the way in is",
                         cut.n);
    if (cut.n == 0 && !cut.direct)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no way from %s to %s", kith_graph_label(g, from),
                         kith_graph_label(g, to));
    return KITH_OK;
}

/* A sole gatekeeper and how many are behind it. */
struct gate {
    int32_t node;
    int64_t behind;
};

static int
compare_gates(const void *a, const void *b)
{
    const struct gate *x = a, *y = b;

    if (x->behind != y->behind)
        return x->behind > y->behind ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static kith_status
everybody(const kith_warm_network *net, kith_node from, int64_t top, kith_answer *out,
          kith_error *err)
{
    const kith_graph *g = net->graph;
    __attribute__((cleanup(roads_clear))) struct roads roads = {0};
    g_autofree int32_t *idom = g_new(int32_t, net->nodes + 1);
    g_autofree struct gate *gate = g_new0(struct gate, net->nodes + 1);
    kith_table *t = kith_answer_table(out, "gatekeepers", person_columns, 2);
    int64_t gates = 0;

    build_roads(net, -1, &roads);
    kith_dominators(&roads.hops, (int32_t)from, idom);
    for (int64_t v = 0; v < net->nodes; v++)
        gate[v].node = (int32_t)v;
    for (int64_t v = 0; v < net->nodes; v++)
        if (v != from && idom[v] >= 0)
            for (int32_t up = idom[v]; up != from; up = idom[up])
                gate[up].behind++;
    qsort(gate, (size_t)net->nodes, sizeof *gate, compare_gates);
    for (; gates < net->nodes && gates < top && gate[gates].behind; gates++) {
        kith_table_row(t);
        kith_table_set_node(t, 0, gate[gates].node, kith_graph_label(g, gate[gates].node));
        kith_table_set_int(t, 1, gate[gates].behind);
    }
    if (gates == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "nobody is a sole gatekeeper: everyone %s can reach has a second way in",
                         kith_graph_label(g, from));
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct gatekeepers *o = opaque;
    const kith_graph *g = question->graph;
    g_autoptr(kith_warm_network) net = NULL;
    kith_node from = kith_graph_owner(g), to = -1;

    if (o->from)
        TRY(kith_graph_find(g, o->from, 1u << KITH_PERSON, &from, err));
    if (from < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say who asks with --from");
    if (o->to)
        TRY(kith_graph_find(g, o->to, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &to, err));
    TRY(kith_warm_network_new(g, &(kith_warm_options){.constants = question->constants}, &net,
                              err));
    if (net->no_intro_people)
        kith_answer_note(out, "%" G_GINT64_FORMAT " people left out: flagged no-intro",
                         net->no_intro_people);
    return o->to ? between(net, from, to, out, err) : everybody(net, from, o->top, out, err);
}

const kith_pass kith_pass_gatekeepers = {
    .name = "gatekeepers",
    .group = "introductions",
    .summary = "the smallest set of people every way in goes through; independent routes",
    .details = "Every tie with any warmth is a way, however long. The gatekeepers are a minimum "
               "vertex cut, the routes share "
               "nobody, and there are as many of one as of the other. Without --to: everybody "
               "through whom alone others "
               "can be reached.",
    .example = "gatekeepers --to \"Olga Petrova\" --from \"Marta Kowalska\" "
               "datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct gatekeepers),
    .run = run,
};
