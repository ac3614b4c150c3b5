/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * duplicates.c - `kith duplicates`: proposals of files or a book, and decisions about them, which only a book keeps.
 */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct duplicate_options {
    double least;
    int64_t top;
    const char *merge, *different, *split, *accept;
    bool yes;
};

static const kith_option options[] = {
    KITH_OPTION_REAL(struct duplicate_options, least, "0.3", 0, 1, "leave out scores below this"),
    KITH_OPTION_INT(struct duplicate_options, top, 0, "200", 1, 1e12, "how many pairs to list"),
    KITH_OPTION_TEXT(struct duplicate_options, merge, 0, "A B", NULL, false,
                     "write down in the book that A and B are one"),
    KITH_OPTION_TEXT(struct duplicate_options, different, 0, "A B", NULL, false,
                     "write down that they are not, and do not propose them again"),
    KITH_OPTION_TEXT(struct duplicate_options, split, 0, "ID", NULL, false,
                     "take a person's records apart again: the latest merge, or else those with "
                     "different names, or else of different files"),
    KITH_OPTION_TEXT(struct duplicate_options, accept, 0, "'RULE>=SCORE'", NULL, false,
                     "merge every proposal of that rule ('score': of any) with at least that "
                     "score; shows them, and does it only with --yes"),
    KITH_OPTION_FLAG(struct duplicate_options, yes, "really do what --accept shows"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"decision", KITH_CELL_TEXT, "", "merge, different, split, or would merge"},
    {"a", KITH_CELL_NODE, "", "one"},
    {"b", KITH_CELL_NODE, "", "the other; for split the same"},
    {"score", KITH_CELL_REAL, "1", "of the proposal that was accepted"},
    {"reason", KITH_CELL_TEXT, "", "what spoke for it"},
    {"rule", KITH_CELL_TEXT, "", "which kind of evidence it was"},
    {"a_id", KITH_CELL_TEXT, "", "id of a until then"},
    {"b_id", KITH_CELL_TEXT, "", "id of b until then"},
};
enum { DECISION, A, B, SCORE, REASON, RULE, A_ID, B_ID, COLUMNS };

/* A book being changed. */
struct deciding {
    const struct duplicate_options *o;
    kith_book *book;
    workspace w;
    kith_answer *answer;
    kith_table *told;
};

static void
tell(const struct deciding *d, const char *decision, kith_node a, kith_node b)
{
    const kith_graph *g = d->w.graph;

    kith_table_row(d->told);
    kith_table_set_text(d->told, DECISION, decision);
    kith_table_set_node(d->told, A, a, kith_graph_label(g, a));
    kith_table_set_node(d->told, B, b, kith_graph_label(g, b));
    kith_table_set_text(d->told, A_ID, kith_graph_id(g, a));
    kith_table_set_text(d->told, B_ID, kith_graph_id(g, b));
}

/* Asks the pass for proposals. */
static kith_status
propose(const kith_graph *g, const arguments *a, double least, int64_t top, kith_answer **out,
        kith_error *err)
{
    const kith_pass *pass = kith_pass_find("duplicates");
    kith_question question = {.graph = g, .seed = a->global.seed, .threads = a->global.threads};
    struct duplicate_options o = *(const struct duplicate_options *)a->own;
    void *values = calloc(1, pass->options_size);
    const char *const names[] = {"least", "top"};
    kith_status status = KITH_OK;

    o.least = least;
    o.top = top;
    kith_options_init(pass->options, values);
    for (int i = 0; i < 2 && status == KITH_OK; i++) {
        char text[64];

        kith_option_text(kith_options_find(options, names[i]), &o, text, sizeof text);
        status = kith_options_set(pass->options, values, names[i], text, err);
    }
    if (status == KITH_OK)
        status = kith_ask(pass, &question, values, out, err);
    free(values);
    return status;
}

static kith_status
list(const arguments *a, kith_error *err)
{
    const struct duplicate_options *o = a->own;
    workspace w;
    kith_answer *answer = NULL;
    kith_status status = workspace_open(a, &w, err);

    if (status == KITH_OK)
        status = propose(w.graph, a, o->least, o->top, &answer, err);
    if (status == KITH_OK) {
        kith_document *document = kith_document_new("duplicates", w.graph);

        kith_document_add(document, answer);
        status = output_write(document, &a->global, "text", err);
        kith_document_free(document);
    }
    workspace_clear(&w);
    return status;
}

/* The second of "--merge A B" is the plain word that is no book. */
static kith_status
second(const arguments *a, const char **word, const char **path, kith_error *err)
{
    int at = a->n_files == 2 && workspace_is_book(a->files[0]);

    *path = a->n_files == 2 ? a->files[!at] : NULL;
    *word = a->n_files ? a->files[at] : NULL;
    if (a->n_files < 1 || a->n_files > 2)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "two people and one book are needed: kith duplicates --merge A B BOOK");
    return KITH_OK;
}

static kith_status
find(const kith_graph *g, const char *who, kith_node *out, kith_error *err)
{
    return kith_graph_find(g, who, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, out, err);
}

static kith_status
decide_pair(struct deciding *d, const char *first, const char *other, bool merge, kith_error *err)
{
    const kith_graph *g = d->w.graph;
    kith_node a, b;
    kith_status status = find(g, first, &a, err);

    if (status == KITH_OK)
        status = find(g, other, &b, err);
    if (status == KITH_OK)
        status = merge ? kith_decide_merge(d->w.builder, g, a, b, NULL, NULL, NAN, err)
                       : kith_decide_different(d->w.builder, g, a, b, err);
    if (status == KITH_OK)
        tell(d, merge ? "merge" : "different", a, b);
    return status;
}

static kith_status
decide_split(struct deciding *d, kith_error *err)
{
    kith_node node;
    kith_status status = find(d->w.graph, d->o->split, &node, err);

    if (status == KITH_OK)
        status = kith_decide_split(d->w.builder, d->w.graph, node, err);
    if (status == KITH_OK)
        tell(d, "split", node, node);
    return status;
}

/* "name>=0.95" */
static kith_status
read_accept(const char *text, char *rule, size_t size, double *score, kith_error *err)
{
    const char *sign = strstr(text, ">=");
    char *end = NULL;
    size_t length = sign ? (size_t)(sign - text) : 0;

    if (sign)
        *score = strtod(sign + 2, &end);
    if (!sign || length == 0 || length >= size || end == sign + 2 || *end ||
        !(*score >= 0 && *score <= 1))
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "bad --accept '%s' (expected RULE>=SCORE, as in 'score>=0.95')", text);
    memcpy(rule, text, length);
    rule[length] = '\0';
    return KITH_OK;
}

static const char *
text_at(const kith_table *t, int64_t row, const char *column, kith_cell *cell)
{
    kith_table_cell(t, row, kith_table_find_column(t, column), cell);
    return cell->text;
}

static kith_status
accept_row(struct deciding *d, const kith_table *t, int64_t row, kith_error *err)
{
    kith_cell a, b, score, reason, rule;
    kith_status status = KITH_OK;

    text_at(t, row, "a", &a);
    text_at(t, row, "b", &b);
    text_at(t, row, "score", &score);
    text_at(t, row, "reason", &reason);
    text_at(t, row, "rule", &rule);
    if (d->o->yes)
        status = kith_decide_merge(d->w.builder, d->w.graph, a.integer, b.integer, rule.text,
                                   reason.text, score.real, err);
    tell(d, d->o->yes ? "merge" : "would merge", a.integer, b.integer);
    kith_table_set_real(d->told, SCORE, score.real);
    kith_table_set_text(d->told, REASON, reason.text);
    kith_table_set_text(d->told, RULE, rule.text);
    return status;
}

static kith_status
accept(struct deciding *d, const arguments *a, kith_error *err)
{
    char rule[32];
    double least = 0;
    kith_answer *proposals = NULL;
    kith_status status = read_accept(d->o->accept, rule, sizeof rule, &least, err);

    if (status == KITH_OK)
        status = propose(d->w.graph, a, least, 1000000000, &proposals, err);
    if (status == KITH_OK) {
        const kith_table *t = kith_answer_find_table(proposals, "candidates");

        for (int64_t i = 0; i < kith_table_rows(t) && status == KITH_OK; i++) {
            kith_cell cell;

            if (strcmp(rule, "score") == 0 || strcmp(text_at(t, i, "rule", &cell), rule) == 0)
                status = accept_row(d, t, i, err);
        }
        if (!d->o->yes)
            kith_answer_note(d->answer, "nothing was changed: with --yes it is");
    }
    kith_answer_free(proposals);
    return status;
}

static kith_status
decide(struct deciding *d, const arguments *a, const char *other, kith_error *err)
{
    int64_t first = kith_builder_decisions(d->w.builder);
    kith_status status = KITH_OK;

    if (d->o->merge)
        status = decide_pair(d, d->o->merge, other, true, err);
    else if (d->o->different)
        status = decide_pair(d, d->o->different, other, false, err);
    else if (d->o->split)
        status = decide_split(d, err);
    else
        status = accept(d, a, err);
    if (status != KITH_OK || kith_builder_decisions(d->w.builder) == first)
        return status;
    kith_answer_note(d->answer, "kith undo takes it back");
    return kith_book_decide(d->book, d->w.builder, first, err);
}

static kith_status
change(const verb *v, const arguments *a, kith_error *err)
{
    struct deciding d = {.o = a->own};
    kith_document *document = kith_document_new(v->name, NULL);
    const char *other = NULL, *path = a->n_files ? a->files[0] : NULL;
    kith_status status = KITH_OK;

    d.answer = kith_answer_new(v->name);
    d.told = kith_answer_table(d.answer, "decisions", columns, COLUMNS);
    kith_document_add(document, d.answer);
    if (d.o->merge || d.o->different)
        status = second(a, &other, &path, err);
    else if (a->n_files > 1)
        status = kith_fail(err, KITH_ERR_ARGUMENT, "one book at a time");
    if (status == KITH_OK && path && !workspace_is_book(path))
        status = kith_fail(err, KITH_ERR_ARGUMENT,
                           "'%s' is no book, and only a book remembers decisions (kith import "
                           "--into BOOK FILE…)",
                           path);
    if (status == KITH_OK)
        status = workspace_open_book(a, path, &d.w, &d.book, err);
    if (status == KITH_OK)
        status = decide(&d, a, other, err);
    if (status == KITH_OK) {
        kith_answer_about(d.answer, d.w.graph, a->global.seed);
        status = output_write(document, &a->global, "text", err);
    }
    kith_document_free(document);
    workspace_clear(&d.w);
    kith_book_free(d.book);
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct duplicate_options *o = a->own;
    int asked = !!o->merge + !!o->different + !!o->split + !!o->accept;

    if (asked > 1)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "one of --merge, --different, --split and --accept at a time");
    return asked ? change(v, a, err) : list(a, err);
}

const verb verb_duplicates = {
    .name = "duplicates",
    .group = "your data",
    .summary = "who may be the same; --merge A B, --split ID, --different A B",
    .details =
        "Records that are certainly one person are joined by safe rules: the same id of one "
        "exporter, profile link, label of a graph file, personal e-mail address with agreeing "
        "given names, or phone with the same name words; never against a veto (two LinkedIn "
        "profiles, two ids of one exporter, two whom you called different). The rest is proposed "
        "with a score: each agreement counts log2(m/u) bits (Fellegi and Sunter 1969), rare names "
        "more than common ones. What you decide is kept in the book, beside the records, and kith "
        "undo takes it back. A merge you accepted by score never goes against a veto; one you "
        "made by hand does.",
    .example = "duplicates datasets/tidewell/Connections.csv datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct duplicate_options),
    .run = run,
};
