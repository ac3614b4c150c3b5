/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.c - runs a pass and records how it was asked. */
#include <kith/pass.h>
#include <stddef.h>
#include <string.h>

/* Nothing to ask of a graph that lies in the future; what is in it can still be told. */
static kith_status
check_moment(const kith_pass *pass, const kith_graph *graph, kith_error *err)
{
    char text[32];

    if (!graph || strcmp(pass->group, "your data") == 0 || kith_graph_ties(graph) > 0 ||
        kith_graph_hidden(graph) == 0)
        return KITH_OK;
    return kith_fail(err, KITH_ERR_NOT_FOUND, "all %lld facts come after %s (see --as-of)",
                     (long long)kith_graph_hidden(graph),
                     kith_time_text(kith_graph_as_of(graph), KITH_PRECISION_DAY, text));
}

/* Where nothing is found, it may be because most had not happened yet. */
static void
note_hidden(kith_answer *answer, const kith_graph *graph)
{
    char text[32];

    if (graph && kith_graph_ties(graph) > 0 && kith_graph_hidden(graph) > 0)
        kith_answer_note(answer, "%lld facts come after %s and are not seen (see --as-of)",
                         (long long)kith_graph_hidden(graph),
                         kith_time_text(kith_graph_as_of(graph), KITH_PRECISION_DAY, text));
}

kith_status
kith_ask(const kith_pass *pass, const kith_question *question, const void *options,
         kith_answer **out, kith_error *err)
{
    kith_answer *answer = kith_answer_new(pass->name);
    kith_status status;

    kith_answer_about(answer, question->graph, question->seed);
    kith_answer_parameters(answer, pass->options, options);
    status = check_moment(pass, question->graph, err);
    if (status == KITH_OK)
        status = pass->run(question, options, answer, err);
    if (status == KITH_ERR_NOT_FOUND)
        note_hidden(answer, question->graph);
    if (status == KITH_OK || status == KITH_ERR_NOT_FOUND) {
        *out = answer;
        return status;
    }
    kith_answer_free(answer);
    *out = NULL;
    return status;
}
