/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log.c - `kith log`: writes into a book what no export knows: introductions asked for, what came of them, contributions.
 *
 * What is logged is a source of its own, whose bytes say the same in a canonical form. So the same words logged twice are
 * one entry, and `kith undo` takes the last one back like an import.
 */
#include "cli/output.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IMPORTER "kith-log"

struct log_options {
    const char *what, *by, *to, *from, *outcome, *detail, *event;
    int64_t seats;
    bool assume_opt_in;
    kith_time asked, agreed, made, declined, on;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(struct log_options, what, NULL, "intro|contribution|outcome|pairs",
                       "what to record"),
    KITH_OPTION_TEXT(struct log_options, by, 0, "WHO", NULL, false,
                     "who was asked to introduce; or who contributed (the owner)"),
    KITH_OPTION_TEXT(struct log_options, to, 't', "WHO", NULL, false,
                     "whom to meet; or who was helped, a person or an organisation"),
    KITH_OPTION_TEXT(struct log_options, from, 0, "WHO", NULL, false,
                     "who asked for the introduction (the owner)"),
    KITH_OPTION_DATE(struct log_options, asked, "when the introducer was asked"),
    KITH_OPTION_DATE(struct log_options, agreed, "when the introducer agreed"),
    KITH_OPTION_DATE(struct log_options, made, "when the introduction was made"),
    KITH_OPTION_DATE(struct log_options, declined, "when somebody said no"),
    KITH_OPTION_TEXT(struct log_options, outcome, 0, "TEXT", NULL, false, "what came of it"),
    KITH_OPTION_DATE(struct log_options, on, "day of a contribution, outcome or pairing (today)"),
    KITH_OPTION_TEXT(struct log_options, detail, 0, "TEXT", NULL, false,
                     "what was contributed, in a few words"),
    KITH_OPTION_TEXT(struct log_options, event, 0, "EVENT", NULL, false,
                     "with pairs: the event whose pairs, as `kith events --next EVENT` proposes "
                     "them, were accepted"),
    KITH_OPTION_INT(struct log_options, seats, 0, "2", 2, 50,
                    "with pairs: 2 for pairs, more for tables, as you asked `kith events`"),
    KITH_OPTION_FLAG(struct log_options, assume_opt_in, "with pairs: as you asked `kith events`"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"what", KITH_CELL_TEXT, "", "introduced or contributed"},
    {"from", KITH_CELL_NODE, "", "who introduces, or gave; one of a pair"},
    {"to", KITH_CELL_NODE, "", "whom to meet, or who was helped; the other of a pair"},
    {"status", KITH_CELL_TEXT, "", "asked, agreed, made, declined, outcome or paired"},
    {"when", KITH_CELL_TIME, "", "the day"},
    {"new", KITH_CELL_BOOL, "", "no: the book said so already"},
};

/* One fact to write. */
struct entry {
    kith_node from, to;
    const char *status;
    kith_time when;
};

/* All that is written at once. */
struct entries {
    kith_tie_kind kind;
    kith_node from, to, asker; /* asker: -1 for the owner */
    const char *outcome, *detail;
    struct entry *entry;
    int n, room;
};

static kith_status
find(const kith_graph *g, const char *who, const char *option, unsigned kinds, kith_node *out,
     kith_error *err)
{
    if (!who || !*who)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--%s is needed (see kith help log)", option);
    return kith_graph_find(g, who, kinds, out, err);
}

/* What has no day is left out. */
static kith_status
add_entry(struct entries *e, const char *status, kith_time when, kith_error *err)
{
    if (when == KITH_TIME_NONE)
        return KITH_OK;
    if (e->n == e->room) {
        int room = e->room ? 2 * e->room : 4;
        struct entry *more = realloc(e->entry, (size_t)room * sizeof *more);

        if (!more)
            return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for an entry");
        e->entry = more;
        e->room = room;
    }
    e->entry[e->n++] = (struct entry){e->from, e->to, status, when};
    return KITH_OK;
}

/* What is said of an introduction must follow in time, and be over by today. */
static kith_status
check_times(const struct entries *e, kith_time today, kith_error *err)
{
    for (int i = 0; i < e->n; i++) {
        if (i > 0 && e->entry[i].when < e->entry[i - 1].when)
            return kith_fail(err, KITH_ERR_ARGUMENT, "%s before it was %s", e->entry[i].status,
                             e->entry[i - 1].status);
        if (e->entry[i].when > today)
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "the day lies ahead (only what has happened is recorded)");
    }
    return KITH_OK;
}

/* The introducer, the one to meet, and who asked when that is not the owner. */
static kith_status
find_three(const struct log_options *o, const kith_graph *g, struct entries *e, kith_error *err)
{
    const unsigned person = 1u << KITH_PERSON;
    kith_node owner = kith_graph_owner(g), asker = owner;
    kith_status status = find(g, o->by, "by", person, &e->from, err);

    if (status == KITH_OK)
        status = find(g, o->to, "to", person, &e->to, err);
    if (status == KITH_OK && o->from && *o->from)
        status = kith_graph_find(g, o->from, person, &asker, err);
    if (status != KITH_OK)
        return status;
    if (asker < 0)
        return kith_fail(
            err, KITH_ERR_ARGUMENT,
            "no owner in this book: say who asked with --from, or who you are with --me");
    if (e->from == e->to || e->from == asker || e->to == asker)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "an introduction takes three: who asks, who introduces, and whom to meet");
    e->asker = asker == owner ? -1 : asker;
    return KITH_OK;
}

static kith_status
plan_introduction(const struct log_options *o, const kith_graph *g, struct entries *e,
                  kith_error *err)
{
    /* In the order in which they follow one another. */
    const struct {
        const char *status;
        kith_time when;
    } steps[] = {
        {"asked", o->asked}, {"agreed", o->agreed}, {"made", o->made}, {"declined", o->declined}};
    kith_status status;

    e->kind = KITH_INTRODUCED;
    e->outcome = o->outcome;
    if (o->made != KITH_TIME_NONE && o->declined != KITH_TIME_NONE)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--made and --declined exclude each other");
    if (o->asked == KITH_TIME_NONE && o->agreed == KITH_TIME_NONE && o->made == KITH_TIME_NONE &&
        o->declined == KITH_TIME_NONE)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "say what happened: --asked, --agreed, --made or --declined DATE");
    status = find_three(o, g, e, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == KITH_OK; i++)
        status = add_entry(e, steps[i].status, steps[i].when, err);
    return status;
}

static kith_status
plan_outcome(const struct log_options *o, const kith_graph *g, kith_time today, struct entries *e,
             kith_error *err)
{
    kith_status status;

    e->kind = KITH_INTRODUCED;
    e->outcome = o->outcome;
    if (!o->outcome || !*o->outcome)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--outcome TEXT is needed (see kith help log)");
    status = find_three(o, g, e, err);
    return status == KITH_OK ? add_entry(e, "outcome", o->on == KITH_TIME_NONE ? today : o->on, err)
                             : status;
}

static kith_status
plan_contribution(const struct log_options *o, const kith_graph *g, kith_time today,
                  struct entries *e, kith_error *err)
{
    const unsigned both = 1u << KITH_PERSON | 1u << KITH_ORGANISATION;
    kith_status status = KITH_OK;

    e->kind = KITH_CONTRIBUTED;
    e->detail = o->detail;
    e->asker = -1;
    e->from = kith_graph_owner(g);
    if (o->by && *o->by)
        status = kith_graph_find(g, o->by, 1u << KITH_PERSON, &e->from, err);
    if (status == KITH_OK && e->from < 0)
        status = kith_fail(err, KITH_ERR_ARGUMENT,
                           "no owner in this book: say who contributed with --by");
    if (status == KITH_OK)
        status = find(g, o->to, "to", both, &e->to, err);
    if (status == KITH_OK && e->from == e->to)
        status = kith_fail(err, KITH_ERR_ARGUMENT, "nobody contributes to themselves");
    return status == KITH_OK ? add_entry(e, NULL, o->on == KITH_TIME_NONE ? today : o->on, err)
                             : status;
}

/* Asks who should meet whom, as the user did. */
static kith_status
ask_for_pairs(const struct log_options *o, const kith_graph *g, int64_t seed, kith_answer **out,
              kith_error *err)
{
    const kith_pass *pass = kith_pass_find("events");
    const kith_question question = {.graph = g, .seed = seed, .threads = 1};
    void *values = calloc(1, pass->options_size + 1);
    char seats[24];
    kith_status status;

    if (!values)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a question");
    snprintf(seats, sizeof seats, "%lld", (long long)o->seats);
    kith_options_init(pass->options, values);
    status = kith_options_set(pass->options, values, "next", o->event, err);
    if (status == KITH_OK)
        status = kith_options_set(pass->options, values, "seats", seats, err);
    if (status == KITH_OK && o->assume_opt_in)
        status = kith_options_set(pass->options, values, "assume_opt_in", "yes", err);
    if (status == KITH_OK)
        status = kith_ask(pass, &question, values, out, err);
    free(values);
    return status;
}

/* Every two of a pair or table. */
static kith_status
plan_pairs(const struct log_options *o, const kith_graph *g, kith_time today, int64_t seed,
           struct entries *e, kith_error *err)
{
    kith_answer *answer = NULL;
    const kith_table *t;
    kith_node event;
    kith_status status;

    e->kind = KITH_INTRODUCED;
    e->asker = -1;
    status = find(g, o->event, "event", 1u << KITH_EVENT, &event, err);
    if (status == KITH_OK) {
        e->detail = kith_graph_label(g, event);
        status = ask_for_pairs(o, g, seed, &answer, err);
    }
    t = status == KITH_OK ? kith_answer_find_table(answer, "pairs") : NULL;
    for (int64_t row = 0; t && row < kith_table_rows(t) && status == KITH_OK; row++) {
        kith_cell a, b;

        kith_table_cell(t, row, kith_table_find_column(t, "a"), &a);
        kith_table_cell(t, row, kith_table_find_column(t, "b"), &b);
        e->from = a.integer;
        e->to = b.integer;
        status = add_entry(e, "paired", o->on == KITH_TIME_NONE ? today : o->on, err);
    }
    if (status == KITH_OK && e->n == 0)
        status = kith_fail(err, KITH_ERR_NOT_FOUND, "nobody is paired at %s", o->event);
    kith_answer_free(answer);
    return status;
}

static kith_status
plan(const struct log_options *o, const kith_graph *g, kith_time today, int64_t seed,
     struct entries *e, kith_error *err)
{
    kith_status status = strcmp(o->what, "pairs") == 0 ? plan_pairs(o, g, today, seed, e, err)
                         : strcmp(o->what, "contribution") == 0
                             ? plan_contribution(o, g, today, e, err)
                         : strcmp(o->what, "outcome") == 0 ? plan_outcome(o, g, today, e, err)
                                                           : plan_introduction(o, g, e, err);

    return status == KITH_OK ? check_times(e, today, err) : status;
}

/* The canonical form: one line an entry, by readable ids. Yours, free(). */
static char *
spell(const struct entries *e, const kith_graph *g)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return NULL;
    for (int i = 0; i < e->n; i++) {
        char day[32];

        kith_time_text(e->entry[i].when, KITH_PRECISION_DAY, day);
        fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", kith_tie_kind_name(e->kind),
                kith_graph_id(g, e->entry[i].from), kith_graph_id(g, e->entry[i].to),
                e->asker < 0 ? "" : kith_graph_id(g, e->asker),
                e->entry[i].status ? e->entry[i].status : "", day, e->outcome ? e->outcome : "",
                e->detail ? e->detail : "");
    }
    fclose(out);
    return text;
}

/* One of the records that are this node. */
static kith_status
record_of(const workspace *w, kith_node node, kith_mention *out, kith_error *err)
{
    kith_mention *mentions = NULL;
    int64_t n = kith_builder_mentions_of(w->builder, w->graph, node, &mentions);

    if (n > 0)
        *out = mentions[0];
    free(mentions);
    return n > 0 ? KITH_OK
                 : kith_fail(err, KITH_ERR_INTERNAL, "'%s' has no record in the book",
                             kith_graph_label(w->graph, node));
}

static kith_status
tell_facts(const struct entries *e, workspace *w, kith_source *source, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    kith_status status = KITH_OK;

    fact.kind = e->kind;
    fact.precision = KITH_PRECISION_DAY;
    fact.detail = e->detail && *e->detail ? e->detail : NULL;
    for (int i = 0; i < e->n && status == KITH_OK; i++) {
        status = record_of(w, e->entry[i].from, &fact.from, err);
        if (status == KITH_OK)
            status = record_of(w, e->entry[i].to, &fact.to, err);
        if (status != KITH_OK)
            return status;
        fact.status = e->entry[i].status;
        fact.when = e->entry[i].when;
        kith_source_at(source, i + 1, 0);
        kith_source_record(source);
        status = kith_builder_fact(w->builder, &fact, err);
        if (status == KITH_OK && e->asker >= 0)
            kith_builder_fact_attribute(w->builder, "for", kith_graph_label(w->graph, e->asker));
        if (status == KITH_OK && i + 1 == e->n && e->outcome && *e->outcome)
            kith_builder_fact_attribute(w->builder, "outcome", e->outcome);
    }
    return status;
}

/* @param known whether the book said so already */
static kith_status
write_down(const struct entries *e, workspace *w, kith_book *book, bool *known, kith_error *err)
{
    char *text = spell(e, w->graph);
    kith_source *source = text ? kith_source_from_memory("kith log", text, strlen(text)) : NULL;
    const char *sha256 = NULL;
    kith_status status = source ? kith_source_sha256(source, &sha256, err)
                                : kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for an entry");

    if (status == KITH_OK)
        status = kith_book_has(book, sha256, IMPORTER, known, err);
    if (status == KITH_OK && !*known) {
        kith_builder_begin(w->builder, source, IMPORTER);
        status = tell_facts(e, w, source, err);
        if (status == KITH_OK)
            status = kith_builder_end(w->builder, err);
        if (status == KITH_OK)
            status = kith_book_add(book, w->builder, err);
    }
    kith_source_free(source);
    free(text);
    return status;
}

static void
tell(const struct entries *e, const kith_graph *g, bool known, kith_answer *answer)
{
    kith_table *t = kith_answer_table(answer, "logged", columns, sizeof columns / sizeof *columns);

    for (int i = 0; i < e->n; i++) {
        kith_table_row(t);
        kith_table_set_text(t, 0, kith_tie_kind_name(e->kind));
        kith_table_set_node(t, 1, e->entry[i].from, kith_graph_label(g, e->entry[i].from));
        kith_table_set_node(t, 2, e->entry[i].to, kith_graph_label(g, e->entry[i].to));
        kith_table_set_text(t, 3, e->entry[i].status);
        kith_table_set_time(t, 4, e->entry[i].when, KITH_PRECISION_DAY);
        kith_table_set_bool(t, 5, !known);
    }
    kith_answer_note(answer, known ? "the book said so already: nothing was changed"
                                   : "'kith undo' takes it back");
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct log_options *o = a->own;
    kith_document *document = kith_document_new(v->name, NULL);
    kith_answer *answer = kith_answer_new(v->name);
    kith_book *book = NULL;
    struct entries e = {0};
    workspace w = {0};
    bool known = false;
    kith_status status = KITH_OK;

    kith_document_add(document, answer);
    if (!o->what || !*o->what)
        status = kith_fail(err, KITH_ERR_ARGUMENT,
                           "what to log? (expected intro, contribution, outcome or pairs)");
    else if (a->n_files > 1)
        status = kith_fail(err, KITH_ERR_ARGUMENT, "one book at a time");
    if (status == KITH_OK)
        status = workspace_open_book(a, a->n_files ? a->files[0] : NULL, &w, &book, err);
    if (status == KITH_OK)
        status = plan(o, w.graph, workspace_today(), a->global.seed, &e, err);
    if (status == KITH_OK)
        status = write_down(&e, &w, book, &known, err);
    if (status == KITH_OK) {
        kith_answer_about(answer, w.graph, a->global.seed);
        kith_answer_parameters(answer, options, o);
        tell(&e, w.graph, known, answer);
        status = output_write(document, &a->global, "text", err);
    }
    free(e.entry);
    kith_document_free(document);
    workspace_clear(&w);
    kith_book_free(book);
    return status;
}

const verb verb_log = {
    .name = "log",
    .group = "your data",
    .summary = "record an introduction, a contribution, an outcome or who was paired in a book",
    .details =
        "`log intro --by BO --to DANA` records that Bo was asked for an introduction to Dana, "
        "agreed, "
        "made it, or that somebody declined, each with its day. `log outcome` records what came of "
        "it, `log contribution --to WHO` what you did for somebody. "
        "`log pairs --event EVENT` records the pairs or tables that `kith events --next EVENT` "
        "proposes, once they are accepted, so that the next event brings others together. The "
        "same entry twice is one; "
        "`kith undo` takes the last one back. From 30 answered requests on, `kith intro` turns "
        "scores into chances.",
    .example = "log intro --by \"Bo Chen\" --to \"Dana Reyes\" --made 2026-05-01 town.kith",
    .options = options,
    .options_size = sizeof(struct log_options),
    .words = 1,
    .run = run,
};
