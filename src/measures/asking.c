/* SPDX-License-Identifier: GPL-3.0-or-later */
/* asking.c - see asking.h. */
#include "measures/asking.h"

static void
take(const kith_warm_network *net, const kith_chains *chains, bool rested, GArray *out)
{
    for (int64_t i = 0; i < chains->n; i++) {
        const kith_chain *chain = &chains->at[i];
        kith_request request = {chain, i + 1, false};

        request.rest =
            chain->hops > 1 && net->recent[chain->node[1]] >= net->constants.rest_requests;
        if (chain->fresh && request.rest == rested)
            g_array_append_val(out, request);
    }
}

GArray *
kith_requests(const kith_warm_network *net, const kith_chains *chains)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_request));

    take(net, chains, false, out);
    take(net, chains, true, out);
    return out;
}

char *
kith_request_words(const kith_graph *graph, const kith_chain *chain)
{
    const char *last = kith_graph_label(graph, chain->node[chain->hops]);

    if (chain->hops == 1)
        return g_strdup("you know each other: nobody has to introduce you");
    if (chain->hops == 2)
        return g_strdup_printf("Would you ask %s whether an introduction to me is welcome? Please "
                               "pass nothing on before the answer is yes.",
                               last);
    return g_strdup_printf("Would you ask %s whether an introduction to me is welcome? I hope to "
                           "be led on to %s. Please pass nothing on before the answer is yes.",
                           kith_graph_label(graph, chain->node[2]), last);
}

enum { ORDER, ASK, PATH, LEADS_TO, ASKED, AGREED, RECENT, REST, SAY };
static const kith_column asking_columns[] = {
    {"order", KITH_CELL_INT, "", "one after the other; the next only when this one says no"},
    {"ask", KITH_CELL_NODE, "", "whom"},
    {"path", KITH_CELL_INT, "", "rank of the chain"},
    {"leads_to", KITH_CELL_NODE, "", "whom the chain leads to"},
    {"asked", KITH_CELL_INT, "requests", "recorded requests to this person in all"},
    {"agreed", KITH_CELL_INT, "requests", "of these, agreed to"},
    {"recent", KITH_CELL_INT, "requests", "of these, asked of late"},
    {"rest", KITH_CELL_BOOL, "", "asked so often of late that others come first"},
    {"say", KITH_CELL_TEXT, "", "a request that lets everybody say no"},
};

static void
fill(const kith_warm_network *net, int64_t order, const kith_request *request, kith_table *out)
{
    const kith_chain *chain = request->chain;
    kith_node ask = chain->node[1], end = chain->node[chain->hops];
    g_autofree char *words = kith_request_words(net->graph, chain);

    kith_table_row(out);
    kith_table_set_int(out, ORDER, order);
    kith_table_set_node(out, ASK, ask, kith_graph_label(net->graph, ask));
    kith_table_set_int(out, PATH, request->path);
    kith_table_set_node(out, LEADS_TO, end, kith_graph_label(net->graph, end));
    kith_table_set_int(out, ASKED, (int64_t)net->asked[ask]);
    kith_table_set_int(out, AGREED, (int64_t)net->agreed[ask]);
    kith_table_set_int(out, RECENT, (int64_t)net->recent[ask]);
    kith_table_set_bool(out, REST, request->rest);
    kith_table_set_text(out, SAY, words);
}

static void
note(const kith_warm_network *net, const GArray *requests, kith_answer *out)
{
    if (requests->len == 0)
        return;
    kith_answer_note(out, "ask in the order of the last table, one at a time; each on a chain asks "
                          "the next before an introduction is made, and everybody may say no");
    for (guint i = 0; i < requests->len; i++) {
        const kith_request *request = &g_array_index(requests, kith_request, i);
        kith_node ask = request->chain->node[1];

        if (request->rest)
            kith_answer_note(out, "%s had %.0f requests in the last %g days: others come first",
                             kith_graph_label(net->graph, ask), net->recent[ask],
                             net->constants.rest_days);
    }
}

void
kith_requests_tell(const kith_warm_network *net, const kith_chains *chains, kith_answer *out)
{
    g_autoptr(GArray) requests = kith_requests(net, chains);
    kith_table *table =
        kith_answer_table(out, "asking", asking_columns, G_N_ELEMENTS(asking_columns));

    for (guint i = 0; i < requests->len; i++)
        fill(net, i + 1, &g_array_index(requests, kith_request, i), table);
    note(net, requests, out);
}
