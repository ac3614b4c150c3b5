/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * info - what is in these files, and what is not.
 *
 * Counts by kind, where they come from, and a table of what can be seen at all: a question that the
 * files cannot answer is better known beforehand than read off a zero.
 */
#include "base/base.h"
#include "model/graph.h"
#include <kith/pass.h>

enum { KIND, COUNT, FACTS, FIRST, LAST };
static const kith_column count_columns[] = {
    {"kind", KITH_CELL_TEXT, "", "person, organisation, event, topic, or tie:<kind>"},
    {"count", KITH_CELL_INT, "", "how many nodes; of ties, how many distinct pairs"},
    {"facts", KITH_CELL_INT, "", "how many statements the ties come from"},
    {"first", KITH_CELL_TIME, "", "earliest date among them"},
    {"last", KITH_CELL_TIME, "", "latest date among them"},
};

enum { FILE_NAME, IMPORTER, RECORDS, HELD, WARNINGS };
static const kith_column source_columns[] = {
    {"file", KITH_CELL_TEXT, "", "name as given"},
    {"importer", KITH_CELL_TEXT, "", "the format it was read as"},
    {"records", KITH_CELL_INT, "rows", "records read"},
    {"held", KITH_CELL_INT, "rows",
     "records that made no tie, because of their status or a defect"},
    {"warnings", KITH_CELL_INT, "", "odd but usable records"},
};

enum { WHAT, SEEN, WHY };
static const kith_column observable_columns[] = {
    {"what", KITH_CELL_TEXT, "", "what a question may need to see"},
    {"seen", KITH_CELL_BOOL, "", "whether these files show it"},
    {"why", KITH_CELL_TEXT, "", "what was found"},
};

/* The earliest and the latest moment of something, with their precisions. */
struct span {
    kith_time first, last;
    kith_precision first_precision, last_precision;
    int64_t dated;
};

#define SPAN_INIT                                                                                  \
    {                                                                                              \
        .first = KITH_TIME_NONE, .last = KITH_TIME_NONE                                            \
    }

static void
span_add(struct span *s, kith_time when, kith_precision precision)
{
    if (when == KITH_TIME_NONE)
        return;
    s->dated++;
    if (s->first == KITH_TIME_NONE || when < s->first) {
        s->first = when;
        s->first_precision = precision;
    }
    if (s->last == KITH_TIME_NONE || when > s->last) {
        s->last = when;
        s->last_precision = precision;
    }
}

static void
set_span(kith_table *t, const struct span *s)
{
    kith_table_set_time(t, FIRST, s->first, s->first_precision);
    kith_table_set_time(t, LAST, s->last, s->last_precision);
}

static void
count_nodes(const kith_graph *g, kith_node_kind kind, kith_table *t)
{
    struct span span = SPAN_INIT;

    for (kith_node i = 0; kind == KITH_EVENT && i < g->nodes; i++)
        if (g->kind[i] == KITH_EVENT && g->event_time[i] != KITH_TIME_NONE)
            span_add(&span, g->event_time[i],
                     g->event_time[i] % KITH_DAY ? KITH_PRECISION_SECOND : KITH_PRECISION_DAY);
    kith_table_row(t);
    kith_table_set_text(t, KIND, kith_node_kind_name(kind));
    kith_table_set_int(t, COUNT, kith_graph_count(g, kind));
    set_span(t, &span);
}

static void
count_ties(const kith_graph *g, kith_tie_kind kind, kith_table *t, struct span *all)
{
    g_autofree char *name = g_strconcat("tie:", kith_tie_kind_name(kind), NULL);
    struct span span = SPAN_INIT;
    int64_t first, n;

    kith_graph_tie_range(g, kind, &first, &n);
    if (n == 0)
        return;
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie f = kith_graph_fact(g, i);

        span_add(&span, f.when, f.precision);
        span_add(all, f.when, f.precision);
    }
    kith_table_row(t);
    kith_table_set_text(t, KIND, name);
    kith_table_set_int(t, COUNT, kith_graph_distinct(g, kind));
    kith_table_set_int(t, FACTS, n);
    set_span(t, &span);
}

static void
fill_counts(const kith_graph *g, kith_answer *out, struct span *all)
{
    kith_table *t = kith_answer_table(out, "counts", count_columns, G_N_ELEMENTS(count_columns));

    for (int k = 0; k < KITH_NODE_KINDS; k++)
        count_nodes(g, (kith_node_kind)k, t);
    for (int k = 0; k < KITH_TIE_KINDS; k++)
        count_ties(g, (kith_tie_kind)k, t, all);
}

static void
fill_sources(const kith_graph *g, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "sources", source_columns, G_N_ELEMENTS(source_columns));

    for (int64_t i = 0; i < kith_graph_sources(g); i++) {
        kith_source_info s;

        kith_graph_source(g, i, &s);
        kith_table_row(t);
        kith_table_set_text(t, FILE_NAME, s.file);
        kith_table_set_text(t, IMPORTER, s.importer);
        kith_table_set_int(t, RECORDS, s.records);
        kith_table_set_int(t, HELD, s.held);
        kith_table_set_int(t, WARNINGS, s.warnings);
    }
}

static void G_GNUC_PRINTF(4, 5)
    observe(kith_table *t, const char *what, bool seen, const char *why, ...)
{
    g_autofree char *text = NULL;
    va_list list;

    va_start(list, why);
    text = g_strdup_vprintf(why, list);
    va_end(list);
    kith_table_row(t);
    kith_table_set_text(t, WHAT, what);
    kith_table_set_bool(t, SEEN, seen);
    kith_table_set_text(t, WHY, text);
}

#define N "%" G_GINT64_FORMAT

static void
observe_others(const kith_graph *g, kith_table *t)
{
    int64_t people = 0, without_owner = 0;

    for (int64_t i = 0; i < g->ties; i++) {
        const kith_fact_tie f = kith_graph_fact(g, i);

        if (g->kind[f.from] != KITH_PERSON || g->kind[f.to] != KITH_PERSON || f.from == f.to)
            continue;
        people++;
        without_owner += f.from != g->owner && f.to != g->owner;
    }
    if (people == 0)
        observe(t, "ties among contacts", false, "no fact ties two people");
    else if (without_owner == 0)
        observe(t, "ties among contacts", false,
                "all " N " facts between people are the owner's own: a star", people);
    else if (g->owner < 0)
        observe(t, "ties among contacts", true, N " facts between people", people);
    else
        observe(t, "ties among contacts", true,
                N " of " N " facts between people are not the owner's", without_owner, people);
}

/* Counts facts of a kind whose status is one of the words (NULL in the list: no status). */
static int64_t
with_status(const kith_graph *g, kith_tie_kind kind, const char *const *words, size_t n)
{
    int64_t first, ties, found = 0;

    kith_graph_tie_range(g, kind, &first, &ties);
    for (int64_t i = first; i < first + ties; i++) {
        const char *status = kith_pool_get(g->pool, kith_graph_fact(g, i).status);

        for (size_t k = 0; k < n; k++)
            if (g_strcmp0(status, words[k]) == 0) {
                found++;
                break;
            }
    }
    return found;
}

static int64_t
facts_of(const kith_graph *g, kith_tie_kind kind)
{
    int64_t first, n;

    kith_graph_tie_range(g, kind, &first, &n);
    return n;
}

static void
observe_attendance(const kith_graph *g, kith_table *t)
{
    static const char *const there[] = {NULL, "attended", "hosted", "spoke"};
    int64_t all = facts_of(g, KITH_ATTENDED),
            present = with_status(g, KITH_ATTENDED, there, G_N_ELEMENTS(there));

    if (all == 0)
        observe(t, "who attended", false, "no attendance in these files");
    else if (present == 0)
        observe(t, "who attended", false, "all " N " entries are invitations or registrations",
                all);
    else
        observe(t, "who attended", true, N " of " N " entries say that somebody was there", present,
                all);
}

/* Sorted by (from, to), so the reverse of a tie is found by halving. */
static bool
has_reverse(const kith_graph *g, int64_t first, int64_t n, const kith_fact_tie *f)
{
    int64_t low = first, high = first + n;
    kith_fact_tie found;

    while (low < high) {
        int64_t middle = (low + high) / 2;
        const kith_fact_tie m = kith_graph_fact(g, middle);

        if (m.from < f->to || (m.from == f->to && m.to < f->from))
            low = middle + 1;
        else
            high = middle;
    }
    if (low >= first + n)
        return false;
    found = kith_graph_fact(g, low);
    return found.from == f->to && found.to == f->from;
}

static void
observe_replies(const kith_graph *g, kith_table *t)
{
    int64_t first, n, answered = 0;

    kith_graph_tie_range(g, KITH_MESSAGED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie f = kith_graph_fact(g, i);

        answered += has_reverse(g, first, n, &f);
    }
    if (n == 0)
        observe(t, "both sides of messages", false, "no messages in these files");
    else
        observe(t, "both sides of messages", answered > 0,
                N " of " N " messages are between two people who both wrote", answered, n);
}

static void
observe_kind(const kith_graph *g, kith_table *t, kith_tie_kind kind, const char *what,
             const char *none)
{
    int64_t n = facts_of(g, kind);

    if (n)
        observe(t, what, true, N " facts", n);
    else
        observe(t, what, false, "%s", none);
}

static void
fill_observable(const kith_graph *g, const struct span *all, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "observable", observable_columns, G_N_ELEMENTS(observable_columns));

    observe_others(g, t);
    if (g->ties)
        observe(t, "dates", all->dated > 0, N " of " N " facts carry a date", all->dated, g->ties);
    else
        observe(t, "dates", false, "no facts");
    observe_attendance(g, t);
    observe_replies(g, t);
    observe_kind(g, t, KITH_REFERRED, "referrals", "no referrals in these files");
    observe_kind(g, t, KITH_SELLS_TO, "who sells to whom", "no sales in these files");
    observe_kind(
        g, t, KITH_CONSENTS, "consent",
        "no opt-in or opt-out recorded: nobody may be mailed on the strength of these files");
}

static void
add_notes(const kith_graph *g, const struct span *all, kith_answer *out)
{
    char first[32], last[32], as_of[32];

    if (g->owner >= 0)
        kith_answer_note(out, "owner: %s", kith_graph_label(g, g->owner));
    else
        kith_answer_note(out, "owner: not known; these files do not say whose they are");
    if (all->dated)
        kith_answer_note(out, "dated facts span %s to %s",
                         kith_time_text(all->first, all->first_precision, first),
                         kith_time_text(all->last, all->last_precision, last));
    if (g->hidden)
        kith_answer_note(out, "facts after %s, the as-of day, are left out: " N,
                         kith_time_text(g->as_of, KITH_PRECISION_DAY, as_of), g->hidden);
    if (g->looped)
        kith_answer_note(out, "ties with oneself, left out: " N, g->looped);
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    const kith_graph *g = question->graph;
    struct span all = SPAN_INIT;

    (void)values;
    fill_counts(g, out, &all);
    fill_sources(g, out);
    fill_observable(g, &all, out);
    add_notes(g, &all, out);
    if (g->nodes == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold nobody and nothing");
    return KITH_OK;
}

static const kith_option options[] = {KITH_OPTION_END};

const kith_pass kith_pass_info = {
    .name = "info",
    .group = "your data",
    .summary = "what is in here, and what can be seen",
    .details =
        "Counts people, organisations, events, topics and ties by kind (ties as distinct pairs, "
        "with the facts behind them and their first and last date), lists the sources with the "
        "records held back, and says what these files can show at all: ties among one's "
        "contacts, dates, who attended, both sides of messages, referrals, sales, consent.",
    .example = "info datasets/tidewell/Connections.csv datasets/tidewell/referrals.csv",
    .options = options,
    .run = run,
};
