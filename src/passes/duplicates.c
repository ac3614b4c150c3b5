/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * duplicates - who may be the same person.
 *
 * The safe rules have joined what is certain before any question is asked. What is left is proposed, pair by pair, with
 * the odds that both are one (Fellegi & Sunter 1969, see measures/matching.h) and what speaks for it. Nothing is joined
 * here, and a pair that was called different is not proposed again.
 */
#include "measures/matching.h"
#include "passes/pass.h"

struct duplicates {
    double least;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_REAL(struct duplicates, least, "0.3", 0, 1, "leave out scores below this"),
    KITH_OPTION_INT(struct duplicates, top, 0, "200", 1, 1e12, "how many pairs to list"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"a", KITH_CELL_NODE, "", "one"},
    {"b", KITH_CELL_NODE, "", "the other"},
    {"score", KITH_CELL_REAL, "1", "chance that both are one person, if the model were true"},
    {"reason", KITH_CELL_TEXT, "", "what speaks for it, most telling first"},
    {"rule", KITH_CELL_TEXT, "", "which kind of evidence it is, for --accept"},
    {"a_id", KITH_CELL_TEXT, "", "id of a, for --merge and --different"},
    {"b_id", KITH_CELL_TEXT, "", "id of b"},
};

static void
tell(kith_table *t, const kith_graph *g, const kith_candidate *c)
{
    kith_table_row(t);
    kith_table_set_node(t, 0, c->a, kith_graph_label(g, c->a));
    kith_table_set_node(t, 1, c->b, kith_graph_label(g, c->b));
    kith_table_set_real(t, 2, c->score);
    kith_table_set_text(t, 3, c->reason);
    kith_table_set_text(t, 4, c->rule);
    kith_table_set_text(t, 5, kith_graph_id(g, c->a));
    kith_table_set_text(t, 6, kith_graph_id(g, c->b));
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct duplicates *o = opaque;
    g_autoptr(GArray) found = kith_matching_candidates(question->graph, o->least);
    kith_table *t = kith_answer_table(out, "candidates", columns, G_N_ELEMENTS(columns));

    (void)err;
    for (guint i = 0; i < found->len && i < o->top; i++)
        tell(t, question->graph, &g_array_index(found, kith_candidate, i));
    if (found->len > o->top)
        kith_answer_note(out, "%u more pairs were left out (--top)", found->len - (guint)o->top);
    kith_answer_note(out, found->len ? "proposals, not facts: nothing is joined until you say so"
                                     : "nobody here looks like somebody else here");
    return KITH_OK;
}

const kith_pass kith_pass_duplicates = {
    .name = "duplicates",
    .group = "your data",
    .summary = "who may be the same person, with a score and the reason",
    .details = "Records that are certainly one person are joined by safe rules before any question "
               "is asked. The rest is proposed "
               "here: each agreement counts log2(m/u) bits (Fellegi and Sunter 1969), rare names "
               "more than common ones, and the "
               "bits make a score between 0 and 1.",
    .example = "duplicates datasets/tidewell/Connections.csv datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct duplicates),
    .run = run,
};
