/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ends.c - see ends.h. */
#include "measures/ends.h"

void
kith_ends_clear(kith_ends *ends)
{
    g_free(ends->in);
    g_free(ends->weight);
    g_free(ends->title);
    *ends = (kith_ends){0};
}

/* A job's own title; else what the person is called anywhere. */
static void
take_job(const kith_graph *graph, const kith_warmth_constants *constants, const kith_tie *job,
         kith_ends *out)
{
    const char *title = job->detail ? job->detail : kith_graph_attribute(graph, job->from, "title");
    double weight = kith_role_weight(constants, kith_role_of(title));

    if (out->in[job->from] && weight <= out->weight[job->from])
        return;
    out->in[job->from] = true;
    out->weight[job->from] = weight;
    out->title[job->from] = title;
}

static void
find_staff(const kith_graph *graph, const kith_warmth_constants *constants, kith_node firm,
           kith_ends *out)
{
    const kith_time as_of = kith_graph_as_of(graph);
    int64_t first, n;
    kith_tie t;

    kith_graph_tie_range(graph, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_graph_tie(graph, i, &t);
        if (t.to == firm && kith_graph_kind(graph, t.from) == KITH_PERSON &&
            (t.until == KITH_TIME_NONE || t.until >= as_of))
            take_job(graph, constants, &t, out);
    }
    for (int64_t i = first; i < first + n; i++) {
        kith_graph_tie(graph, i, &t);
        out->former += t.to == firm && !out->in[t.from];
    }
}

void
kith_ends_init(const kith_graph *graph, const kith_warmth_constants *constants, kith_node target,
               kith_ends *out)
{
    gsize nodes = (gsize)kith_graph_nodes(graph);

    *out = (kith_ends){.in = g_new0(bool, nodes + 1)};
    if (kith_graph_kind(graph, target) == KITH_PERSON) {
        out->in[target] = true;
    } else {
        out->weight = g_new0(double, nodes + 1);
        out->title = g_new0(const char *, nodes + 1);
        find_staff(graph, constants, target, out);
    }
    for (gsize v = 0; v < nodes; v++)
        out->n += out->in[v];
}
