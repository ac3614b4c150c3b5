/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forget.c - `kith forget`: one person out of a book, without trace. */
#include "cli/output.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <stdlib.h>

struct forget_options {
    const char *who;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct forget_options, who, 0, "WHO", NULL, true,
                     "whom: an id, an e-mail address or a name"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"records", KITH_CELL_INT, "records", "records of the person, now gone"},
    {"ties", KITH_CELL_INT, "facts", "ties the person was an end of, now gone"},
};

static int64_t
count_ties(const kith_graph *g, kith_node who)
{
    int64_t n = 0;

    for (int64_t i = 0; i < kith_graph_ties(g); i++) {
        kith_tie tie;

        kith_graph_tie(g, i, &tie);
        n += tie.from == who || tie.to == who;
    }
    return n;
}

static kith_status
forget(kith_book *book, const workspace *w, const char *who, kith_answer *answer, kith_error *err)
{
    kith_table *t = kith_answer_table(answer, "forgotten", columns, 2);
    kith_mention *mentions = NULL;
    kith_node node;
    int64_t n;
    kith_status status = kith_graph_find(w->graph, who, 1u << KITH_PERSON, &node, err);

    if (status != KITH_OK)
        return status;
    n = kith_builder_mentions_of(w->builder, w->graph, node, &mentions);
    status = kith_book_forget(book, mentions, n, err);
    free(mentions);
    kith_table_row(t);
    kith_table_set_int(t, 0, n);
    kith_table_set_int(t, 1, count_ties(w->graph, node));
    kith_answer_note(answer, "this cannot be undone; the files this came from are untouched, and "
                             "importing them again, changed or not, does not "
                             "bring the person back");
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct forget_options *o = a->own;
    kith_document *document = kith_document_new(v->name, NULL);
    kith_answer *answer = kith_answer_new(v->name);
    kith_book *book = NULL;
    workspace w = {0};
    kith_status status = KITH_OK;

    kith_document_add(document, answer);
    if (a->n_files > 1)
        status = kith_fail(err, KITH_ERR_ARGUMENT, "one book at a time");
    if (status == KITH_OK)
        status = workspace_open_book(a, a->n_files ? a->files[0] : NULL, &w, &book, err);
    if (status == KITH_OK)
        status = forget(book, &w, o->who, answer, err);
    if (status == KITH_OK) {
        kith_answer_about(answer, w.graph, a->global.seed);
        status = output_write(document, &a->global, "text", err);
    }
    kith_document_free(document);
    workspace_clear(&w);
    kith_book_free(book);
    return status;
}

const verb verb_forget = {
    .name = "forget",
    .group = "your data",
    .summary = "remove a person from a book without trace",
    .details = "All records of the person go, the ties, and the person's addresses, numbers and "
               "links wherever else they stand. The "
               "file is rewritten. It cannot be undone.",
    .example = "forget \"Leo Grant\" town.kith",
    .options = options,
    .options_size = sizeof(struct forget_options),
    .words = 1,
    .run = run,
};
