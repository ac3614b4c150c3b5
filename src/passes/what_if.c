/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * what-if - the difference that one change makes: a tie more, a person less, a platform closed, an event held.
 *
 * Everything is counted twice, on the graph as it is and on the graph with the change, by the same functions: the difference
 * is what asking again would give after the change was written into the files.
 */
#include "measures/standing.h"
#include "measures/targets.h"
#include "measures/ways.h"
#include "model/view.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>

struct what_if {
    const char *from, *meet, *lose, *close, *event;
    int64_t max_hops, top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct what_if, meet, 0, "WHO", NULL, false,
                     "a coffee with somebody on the as-of day"),
    KITH_OPTION_TEXT(struct what_if, lose, 0, "WHO", NULL, false,
                     "a person or firm leaves, with all ties"),
    KITH_OPTION_TEXT(struct what_if, close, 0, "PLATFORM", NULL, false,
                     "a platform closes: ties through it and links to it are gone"),
    KITH_OPTION_TEXT(struct what_if, event, 0, "FILE", NULL, false,
                     "an event on the as-of day with you and these people, names one a line"),
    KITH_OPTION_TEXT(struct what_if, from, 0, "WHO", NULL, false,
                     "for whom; the owner of the files by default"),
    KITH_OPTION_INT(struct what_if, max_hops, 0, "3", 1, 4, "longest chain"),
    KITH_OPTION_INT(struct what_if, top, 'n', "20", 0, 1e9, "how many people to list"),
    KITH_OPTION_END,
};

static const kith_column change_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what is counted"},
    {"before", KITH_CELL_REAL, "", "as things are"},
    {"after", KITH_CELL_REAL, "", "with the change"},
    {"difference", KITH_CELL_REAL, "", "after less before"},
};

static const kith_column people_columns[] = {
    {"person", KITH_CELL_NODE, "", "for whom the way changes"},
    {"change", KITH_CELL_TEXT, "", "lost, weaker, better or gained"},
    {"before", KITH_CELL_REAL, "index", "score of the best chain to them"},
    {"after", KITH_CELL_REAL, "index", "with the change"},
    {"next", KITH_CELL_TEXT, "", "what to do"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them today that they did not forbid"},
};

struct asking {
    const kith_graph *g;
    const struct what_if *o;
    kith_node from;
    GArray *more; /* of kith_fact_tie */
    kith_change change;
};

static void
add_meeting(struct asking *a, kith_node one, kith_node other)
{
    kith_fact_tie t = {.when = kith_graph_as_of(a->g),
                       .until = KITH_TIME_NONE,
                       .weight = 1,
                       .amount = NAN,
                       .from = (uint32_t)MIN(one, other),
                       .to = (uint32_t)MAX(one, other),
                       .kind = KITH_MET,
                       .precision = KITH_PRECISION_DAY,
                       .undirected = 1};

    g_array_append_val(a->more, t);
}

static kith_status
hold_event(struct asking *a, kith_answer *out, kith_error *err)
{
    g_autoptr(GArray) guests = NULL;
    g_autofree bool *comes = g_new0(bool, a->g->nodes + 1);
    int64_t n = 0, unknown = 0;

    TRY(targets_read(a->o->event, a->g, &guests, err));
    comes[a->from] = true;
    for (guint i = 0; i < guests->len; i++) {
        kith_node who = KITH_ROW(guests, struct target, i)->node;

        if (who >= 0 && kith_graph_kind(a->g, who) == KITH_PERSON)
            comes[who] = true;
        else
            unknown++;
    }
    for (kith_node v = 0; v < a->g->nodes; v++)
        n += comes[v];
    if (unknown)
        kith_answer_note(out, "guests who are nobody in these files: %" G_GINT64_FORMAT, unknown);
    if (n < 2)
        return kith_fail(err, KITH_ERR_ARGUMENT, "%s names nobody else in these files",
                         a->o->event);
    for (kith_node v = 0; v < a->g->nodes; v++)
        for (kith_node w = v + 1; comes[v] && w < a->g->nodes; w++)
            if (comes[w])
                add_meeting(a, v, w);
    a->change.party = n;
    return KITH_OK;
}

static bool
has_platform(const kith_graph *g, const char *platform)
{
    for (int64_t i = 0; i < g->ties; i++) {
        const char *channel = kith_pool_get(g->pool, kith_graph_fact(g, i).channel);

        if (channel && g_ascii_strcasecmp(channel, platform) == 0)
            return true;
    }
    for (guint i = 0; g->identifiers && i < g->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(g->identifiers, kith_fact_identifier, i);

        if (row->kind == KITH_ID_URL &&
            kith_url_is_of(kith_pool_get(g->pool, row->value), platform))
            return true;
    }
    return false;
}

static kith_status
read_change(struct asking *a, kith_answer *out, kith_error *err)
{
    const unsigned anybody = 1u << KITH_PERSON | 1u << KITH_ORGANISATION;
    kith_node who;

    if (!a->o->meet && !a->o->lose && !a->o->close && !a->o->event)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "say what changes: --meet, --lose, --close or --event");
    if (a->o->meet && a->o->event)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--meet and --event are two changes: ask twice");
    if ((a->o->meet || a->o->event) && a->from < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say for whom with --from");
    if (a->o->meet) {
        TRY(kith_graph_find(a->g, a->o->meet, 1u << KITH_PERSON, &who, err));
        if (who == a->from)
            return kith_fail(err, KITH_ERR_ARGUMENT, "%s cannot meet themselves",
                             kith_graph_label(a->g, who));
        add_meeting(a, a->from, who);
    }
    if (a->o->lose) {
        TRY(kith_graph_find(a->g, a->o->lose, anybody, &who, err));
        if (who == a->from)
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "%s is who asks: lose somebody else, or say "
                             "for whom with --from",
                             kith_graph_label(a->g, who));
        a->change.without = who;
    }
    if (a->o->close && !has_platform(a->g, a->o->close))
        return kith_fail(err, KITH_ERR_ARGUMENT, "no tie and no profile of '%s' in these files",
                         a->o->close);
    a->change.platform = a->o->close;
    if (a->o->event)
        TRY(hold_event(a, out, err));
    a->change.more = (const kith_fact_tie *)(const void *)a->more->data;
    a->change.n_more = a->more->len;
    return KITH_OK;
}

static void
tell_changes(const kith_standing *before, const kith_standing *after, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "changes", change_columns, G_N_ELEMENTS(change_columns));

    for (int m = 0; m < KITH_STANDINGS; m++) {
        kith_table_row(t);
        kith_table_set_text(t, 0, kith_standing_about(m));
        kith_table_set_real(t, 1, before->value[m]);
        kith_table_set_real(t, 2, after->value[m]);
        kith_table_set_real(t, 3, after->value[m] - before->value[m]);
    }
}

struct moved {
    kith_node person;
    double before, after;
};

static int
rank_of(const struct moved *m)
{
    return m->after == 0 ? 0 : m->before == 0 ? 1 : 2;
}

/* Who is lost, then who is gained, then the largest differences. */
static int
by_difference(const void *a, const void *b)
{
    const struct moved *x = a, *y = b;
    double dx = fabs(x->after - x->before), dy = fabs(y->after - y->before);

    if (rank_of(x) != rank_of(y))
        return rank_of(x) < rank_of(y) ? -1 : 1;
    if (dx != dy)
        return dx > dy ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static const char *
next_step(const struct moved *m)
{
    if (m->after == 0)
        return "nobody else leads there: meet them yourself first";
    if (m->before == 0)
        return "new within reach: ask for the introduction";
    return m->after < m->before ? "a weaker way remains: look for a second one"
                                : "a better way: ask again";
}

static void
tell_people(const struct asking *a, const kith_standing *before, const kith_standing *after,
            kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "people", people_columns, G_N_ELEMENTS(people_columns));
    g_autoptr(GArray) moved = g_array_new(FALSE, FALSE, sizeof(struct moved));
    g_autoptr(kith_ways) ways = kith_ways_new(a->g, NULL);
    const bool takes_away = a->more->len == 0;
    int64_t smaller = 0;

    for (kith_node v = 0; v < a->g->nodes; v++) {
        struct moved one = {v, before->score[v], after->score[v]};

        if (one.before == one.after || v == a->change.without)
            continue;
        if (takes_away && one.after > one.before)
            smaller++;
        else
            g_array_append_val(moved, one);
    }
    if (moved->len)
        qsort(moved->data, moved->len, sizeof(struct moved), by_difference);
    for (guint i = 0; i < moved->len && i < a->o->top; i++) {
        const struct moved *m = KITH_ROW(moved, struct moved, i);
        g_autofree char *way = kith_way_to(ways, m->person);

        kith_table_row(t);
        kith_table_set_node(t, 0, m->person, kith_graph_label(a->g, m->person));
        kith_table_set_text(t, 1,
                            m->after == 0          ? "lost"
                            : m->before == 0       ? "gained"
                            : m->after < m->before ? "weaker"
                                                   : "better");
        kith_table_set_real(t, 2, m->before);
        kith_table_set_real(t, 3, m->after);
        kith_table_set_text(t, 4, next_step(m));
        kith_table_set_text(t, 5, way);
    }
    kith_answer_note(out, "the best chain changes to %u people", moved->len);
    if (smaller)
        kith_answer_note(out,
                         "counted as if they had never been there, so the parties they were at are "
                         "smaller: a little warmer, and not listed, are the ways to "
                         "%" G_GINT64_FORMAT " others",
                         smaller);
}

static kith_status
answer(struct asking *a, kith_answer *out, kith_error *err)
{
    g_autoptr(kith_graph) changed = NULL;
    g_autoptr(kith_standing) before = NULL;
    g_autoptr(kith_standing) after = NULL;

    TRY(read_change(a, out, err));
    changed = kith_graph_changed(a->g, &a->change);
    TRY(kith_standing_new(a->g, a->from, (int)a->o->max_hops, &before, err));
    TRY(kith_standing_new(changed, a->from, (int)a->o->max_hops, &after, err));
    tell_changes(before, after, out);
    tell_people(a, before, after, out);
    if (a->from < 0)
        kith_answer_note(out, "no owner in these files (--me or --from says for whom): nobody is "
                              "within reach of nobody");
    kith_answer_note(out, "both sides are counted in full; an added meeting is in person, on the "
                          "as-of day, and its warmth is what warmth-1 gives it");
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    struct asking a = {
        .g = question->graph, .o = opaque, .change = {.as_of = KITH_TIME_NONE, .without = -1}};
    g_autoptr(GArray) more = g_array_new(FALSE, FALSE, sizeof(kith_fact_tie));

    a.more = more;
    a.from = kith_graph_owner(a.g);
    if (a.o->from)
        TRY(kith_graph_find(a.g, a.o->from, 1u << KITH_PERSON, &a.from, err));
    return answer(&a, out, err);
}

const kith_pass kith_pass_what_if = {
    .name = "what-if",
    .group = "customers",
    .summary = "the difference that one change makes: a tie, a loss, a platform, an event",
    .details =
        "Counts who is within reach, the sum of the best chains' scores, customers, warm ties, "
        "unconnected groups, ways of contact and rows of customers, before and after: --meet WHO "
        "adds a coffee, --lose WHO takes a person or firm away with all ties, --close PLATFORM the "
        "ties through a channel and the profile links to it, --event FILE adds a meeting of all "
        "its guests. The second count is a full recomputation on the changed graph.",
    .example = "what-if --lose \"Jürgen Müller\" --me \"Marta Kowalska\" --as-of 2024-12-31 "
               "datasets/tidewell/circle_events.ics datasets/tidewell/referrals.csv",
    .options = options,
    .options_size = sizeof(struct what_if),
    .run = run,
};
