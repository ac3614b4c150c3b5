/* SPDX-License-Identifier: GPL-3.0-or-later */
/* groups_found.c - communities of people as groups, for who asks which groups a firm reaches. */
#include "measures/groups.h"

#include "base/base.h"
#include "measures/leiden.h"
#include "model/graph.h"

#define LEAST 3 /* two people are a tie, no group */
#define RUNS 20

void
kith_groups_found_clear(kith_groups_found *found)
{
    g_clear_pointer(&found->of, g_free);
    g_clear_pointer(&found->name, g_ptr_array_unref);
}

/* Of the members the one with most ties, the first among equals. */
static void
name_groups(const kith_graph *graph, const kith_network *net, const kith_leiden *leiden,
            kith_groups_found *out)
{
    g_autofree int64_t *ties = g_new0(int64_t, net->n + 1);
    g_autofree int64_t *size = g_new0(int64_t, leiden->groups + 1);
    g_autofree int64_t *best = g_new0(int64_t, leiden->groups + 1);

    for (int64_t i = 0; i < net->m; i++) {
        ties[net->from[i]]++;
        ties[net->to[i]]++;
    }
    for (int64_t v = net->n - 1; v >= 0; v--) {
        uint32_t group = leiden->group[v];

        if (size[group]++ == 0 || ties[v] >= ties[best[group]])
            best[group] = v;
    }
    for (int64_t group = 0; group < leiden->groups; group++) {
        const char *label = kith_graph_label(graph, net->node[best[group]]);

        out->n += size[group] >= LEAST;
        g_ptr_array_add(out->name,
                        g_strdup_printf("community %d, around %s", (int)group + 1, label));
    }
    for (int64_t v = 0; v < net->n; v++)
        if (size[leiden->group[v]] >= LEAST)
            out->of[net->node[v]] = leiden->group[v];
}

kith_status
kith_groups_find(const kith_question *question, kith_groups_found *out, kith_error *err)
{
    kith_leiden_plan plan = {.runs = RUNS,
                             .seed = question->seed,
                             .threads = question->threads,
                             .progress = question->progress,
                             .payload = question->payload};
    const kith_network_options all = {.together = true};
    g_autoptr(kith_network) picked = NULL;
    g_autoptr(kith_network) net = NULL;
    g_autoptr(kith_grouping) problem = NULL;
    g_autoptr(kith_leiden) leiden = NULL;

    out->of = g_new(int64_t, question->graph->nodes + 1);
    out->name = g_ptr_array_new_with_free_func(g_free);
    for (kith_node v = 0; v < question->graph->nodes; v++)
        out->of[v] = -1;
    TRY(kith_network_new(question->graph, &all, &picked, err));
    net = picked->directed ? kith_network_collapse(picked) : g_steal_pointer(&picked);
    if (net->m == 0)
        return KITH_OK;
    TRY(kith_grouping_new(net, KITH_GROUP_MODULARITY, 1, false, &problem, err));
    TRY(kith_leiden_find(problem, &plan, &leiden, err));
    name_groups(question->graph, net, leiden, out);
    return KITH_OK;
}
