/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journey - how people become customers: stages, where they stall, who can help them along, and what they answer now.
 *
 * Stays that are still open count for as long as they were seen (Kaplan-Meier). Somebody stalls who has been in a stage for
 * longer than nine of ten who left it; beside them stands the usual next step, and whom they know well who has taken it.
 */
#include "measures/journey.h"
#include "measures/answers.h"
#include "measures/customers.h"
#include "measures/interval.h"
#include "measures/signs.h"
#include "measures/ways.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct journey {
    int64_t top, shuffles;
};

static const kith_option options[] = {
    KITH_OPTION_INT(struct journey, top, 'n', "20", 1, 1e9, "how many stalls and changes to list"),
    KITH_OPTION_INT(struct journey, shuffles, 0, "999", 1, 1e6,
                    "how often it is shuffled whose answers changed"),
    KITH_OPTION_END,
};

static const kith_column stage_columns[] = {
    {"stage", KITH_CELL_NODE, "", "in the order in which they are gone through"},
    {"entered", KITH_CELL_INT, "", "how often"},
    {"here", KITH_CELL_INT, "", "who are in it now"},
    {"median_days", KITH_CELL_REAL, "days", "after which half have left (Kaplan-Meier)"},
    {"limit_days", KITH_CELL_REAL, "days", "90th centile of the stays that ended; 5 or more"},
    {"stalled", KITH_CELL_INT, "", "here for longer than that"},
    {"next", KITH_CELL_NODE, "", "where most go on to"},
    {"share", KITH_CELL_REAL, "1", "of those who left, who went there"},
};

static const kith_column move_columns[] = {
    {"from", KITH_CELL_NODE, "", "stage left"},
    {"to", KITH_CELL_NODE, "", "stage entered; steps back and skips are kept"},
    {"count", KITH_CELL_INT, "", "how many"},
    {"share", KITH_CELL_REAL, "1", "of all who left; adds up to 1 for each stage"},
};

static const kith_column stall_columns[] = {
    {"who", KITH_CELL_NODE, "", "who stays longer than usual"},
    {"stage", KITH_CELL_NODE, "", "where"},
    {"days", KITH_CELL_REAL, "days", "in it"},
    {"limit_days", KITH_CELL_REAL, "days", "after which 9 of 10 had left"},
    {"next", KITH_CELL_TEXT, "", "what to do"},
    {"helper", KITH_CELL_NODE, "", "whom they know who has taken the next step"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column step_columns[] = {
    {"step", KITH_CELL_TEXT, "", "from what to what"},
    {"people", KITH_CELL_INT, "", "who could take it"},
    {"took", KITH_CELL_INT, "", "who have"},
    {"median_days", KITH_CELL_REAL, "days",
     "after which half have (Kaplan-Meier); missing if not seen"},
    {"within_365", KITH_CELL_REAL, "1", "share who have within a year (Kaplan-Meier)"},
    {"lo", KITH_CELL_REAL, "1", "95 % interval (Greenwood, log-log)"},
    {"hi", KITH_CELL_REAL, "1", "95 % interval (Greenwood, log-log)"},
};

static const kith_column answer_columns[] = {
    {"customer", KITH_CELL_NODE, "", "who answered"},
    {"question", KITH_CELL_NODE, "", "which question"},
    {"now", KITH_CELL_TEXT, "", "the latest answer"},
    {"before", KITH_CELL_TEXT, "", "the one before"},
    {"changed", KITH_CELL_BOOL, "", "whether they differ"},
    {"age_days", KITH_CELL_REAL, "days", "since the latest answer"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column question_columns[] = {
    {"question", KITH_CELL_TEXT, "", "which one; the last row is any of them"},
    {"answered", KITH_CELL_INT, "", "who have answered it"},
    {"of", KITH_CELL_INT, "", "who have answered any"},
    {"twice", KITH_CELL_INT, "", "people who have answered it at least twice"},
    {"changed", KITH_CELL_INT, "", "of them, whose answer changed"},
    {"tied", KITH_CELL_INT, "", "warm ties between two whose answer changed"},
    {"expected", KITH_CELL_REAL, "", "the same, were it chance whose answer changed"},
    {"p", KITH_CELL_REAL, "1", "share of shuffles with as many or more"},
};

struct telling {
    const kith_question *question;
    const kith_graph *g;
    const struct journey *o;
    const kith_journey *j;
    const kith_warm_network *net;
    const kith_ways *ways;
    const kith_customers *c;
    kith_answer *out;
};

static const kith_stage *
stage_at(const struct telling *t, int32_t i)
{
    return KITH_ROW(t->j->stage, kith_stage, i);
}

static void
set_node(const struct telling *t, kith_table *table, int column, kith_node node)
{
    if (node >= 0)
        kith_table_set_node(table, column, node, kith_graph_label(t->g, node));
}

static bool
is_stalled(const struct telling *t, const kith_stay *s)
{
    return s->next < 0 && stage_at(t, s->stage)->next >= 0 &&
           s->days > stage_at(t, s->stage)->limit_days;
}

static void
tell_stages(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "stages", stage_columns, G_N_ELEMENTS(stage_columns));

    for (int32_t i = 0; i < (int32_t)t->j->stage->len; i++) {
        const kith_stage *s = stage_at(t, i);
        int64_t stalled = 0;

        for (guint k = 0; k < t->j->stay->len; k++)
            stalled += KITH_ROW(t->j->stay, kith_stay, k)->stage == i &&
                       is_stalled(t, KITH_ROW(t->j->stay, kith_stay, k));
        kith_table_row(table);
        set_node(t, table, 0, s->node);
        kith_table_set_int(table, 1, s->entered);
        kith_table_set_int(table, 2, s->here);
        kith_table_set_real(table, 3, s->median_days);
        kith_table_set_real(table, 4, s->limit_days);
        kith_table_set_int(table, 5, stalled);
        if (s->next < 0)
            continue;
        set_node(t, table, 6, stage_at(t, s->next)->node);
        kith_table_set_real(table, 7,
                            (double)kith_journey_moves(t->j, i, s->next) / (double)s->left);
    }
}

static void
tell_moves(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "transitions", move_columns, G_N_ELEMENTS(move_columns));
    int32_t n = (int32_t)t->j->stage->len;

    for (int32_t from = 0; from < n; from++)
        for (int32_t to = 0; to < n; to++) {
            int64_t moves = kith_journey_moves(t->j, from, to);

            if (moves == 0)
                continue;
            kith_table_row(table);
            set_node(t, table, 0, stage_at(t, from)->node);
            set_node(t, table, 1, stage_at(t, to)->node);
            kith_table_set_int(table, 2, moves);
            kith_table_set_real(table, 3, (double)moves / (double)stage_at(t, from)->left);
        }
}

static int
by_excess(const void *a, const void *b)
{
    const kith_stay *x = a, *y = b;

    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return x->who < y->who ? -1 : x->who > y->who;
}

/* The warmest contact who has been in the stage; for a firm, of the person to speak to there. */
static kith_node
helper_of(const struct telling *t, kith_node who, const bool *been)
{
    kith_node person = kith_way_contact(t->ways, who), best = -1;
    double warmest = 0;

    if (person < 0 || kith_graph_kind(t->g, person) != KITH_PERSON)
        return -1;
    for (int64_t i = t->net->first[person]; i < t->net->first[person + 1]; i++)
        if (been[t->net->to[i]] && !t->net->no_intro[t->net->to[i]] && t->net->w[i] > warmest) {
            warmest = t->net->w[i];
            best = t->net->to[i];
        }
    return best;
}

static bool *
been_in(const struct telling *t, int32_t stage)
{
    bool *been = g_new0(bool, t->g->nodes + 1);

    for (guint i = 0; i < t->j->stay->len; i++)
        if (KITH_ROW(t->j->stay, kith_stay, i)->stage == stage)
            been[KITH_ROW(t->j->stay, kith_stay, i)->who] = true;
    return been;
}

static void
tell_stall(const struct telling *t, kith_table *table, const kith_stay *s)
{
    int32_t usual = stage_at(t, s->stage)->next;
    g_autofree bool *been = been_in(t, usual);
    kith_node helper = helper_of(t, s->who, been), contact = kith_way_contact(t->ways, s->who);
    const char *step = kith_graph_label(t->g, stage_at(t, usual)->node);
    g_autofree char *next = helper < 0 ? g_strdup_printf("ask what they lack for %s", step)
                                       : g_strdup_printf("ask %s to tell them about %s",
                                                         kith_graph_label(t->g, helper), step);
    g_autofree char *way = kith_way_to(t->ways, helper >= 0    ? helper
                                                : contact >= 0 ? contact
                                                               : s->who);

    kith_table_row(table);
    set_node(t, table, 0, s->who);
    set_node(t, table, 1, stage_at(t, s->stage)->node);
    kith_table_set_real(table, 2, s->days);
    kith_table_set_real(table, 3, stage_at(t, s->stage)->limit_days);
    kith_table_set_text(table, 4, next);
    set_node(t, table, 5, helper);
    kith_table_set_text(table, 6, way);
}

static void
tell_stalls(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "stalls", stall_columns, G_N_ELEMENTS(stall_columns));
    g_autoptr(GArray) stalls = g_array_new(FALSE, FALSE, sizeof(kith_stay));

    for (guint i = 0; i < t->j->stay->len; i++)
        if (is_stalled(t, KITH_ROW(t->j->stay, kith_stay, i)))
            g_array_append_val(stalls, *KITH_ROW(t->j->stay, kith_stay, i));
    if (stalls->len)
        qsort(stalls->data, stalls->len, sizeof(kith_stay), by_excess);
    for (guint i = 0; i < stalls->len && i < t->o->top; i++)
        tell_stall(t, table, KITH_ROW(stalls, kith_stay, i));
    if (stalls->len > t->o->top)
        kith_answer_note(t->out, "%u stall in all", stalls->len);
}

/* One step: who had the first sign, and how long until the second, or until the as-of day. */
static void
tell_step(const struct telling *t, kith_table *table, const char *name, const kith_time *from,
          const kith_time *to, const kith_time *without)
{
    g_autofree kith_wait *wait = g_new(kith_wait, t->g->nodes + 1);
    g_autoptr(GArray) curve = NULL;
    const kith_survival_step *year;
    int64_t n = 0, took = 0;

    for (kith_node v = 0; v < t->g->kind_first[KITH_PERSON + 1]; v++) {
        bool happened = to[v] != KITH_TIME_NONE;
        kith_time end = happened ? to[v] : t->g->as_of;
        int64_t days;

        if (t->c->us[v] || from[v] == KITH_TIME_NONE || from[v] > end ||
            (without && without[v] != KITH_TIME_NONE))
            continue;
        days = (end - from[v]) / KITH_DAY;
        wait[n++] = (kith_wait){(double)days, happened};
        took += happened;
    }
    curve = kith_survival(wait, n);
    year = kith_survival_at(curve, 365);
    kith_table_row(table);
    kith_table_set_text(table, 0, name);
    kith_table_set_int(table, 1, n);
    kith_table_set_int(table, 2, took);
    kith_table_set_real(table, 3, kith_survival_quantile(curve, .5));
    kith_table_set_real(table, 4, n == 0 ? NAN : year ? 1 - year->waiting : 0);
    kith_table_set_real(table, 5, year ? 1 - year->high : NAN);
    kith_table_set_real(table, 6, year ? 1 - year->low : NAN);
}

static void
tell_steps(const struct telling *t)
{
    kith_table *table =
        kith_answer_table(t->out, "steps", step_columns, G_N_ELEMENTS(step_columns));
    g_auto(kith_signs) s = kith_signs_of(t->g, t->c, t->j);

    tell_step(t, table, "met to member", s.met, s.member, NULL);
    tell_step(t, table, "member to customer", s.member, t->c->since, NULL);
    tell_step(t, table, "met to customer", s.met, t->c->since, NULL);
    tell_step(t, table, "met to customer, never a member", s.met, t->c->since, s.member);
}

/* What changed first, then the oldest answers. */
static int
by_change(const void *a, const void *b)
{
    const kith_asked *x = a, *y = b;
    double dx = isnan(x->age_days) ? INFINITY : x->age_days;
    double dy = isnan(y->age_days) ? INFINITY : y->age_days;

    if (x->changed != y->changed)
        return x->changed ? -1 : 1;
    if (dx != dy)
        return (x->changed ? dx < dy : dx > dy) ? -1 : 1;
    if (x->who != y->who)
        return x->who < y->who ? -1 : 1;
    return x->question < y->question ? -1 : x->question > y->question;
}

static void
tell_answers(const struct telling *t, const GArray *answers)
{
    kith_table *table =
        kith_answer_table(t->out, "answers", answer_columns, G_N_ELEMENTS(answer_columns));
    g_autoptr(GArray) sorted = g_array_copy((GArray *)answers);

    if (sorted->len)
        qsort(sorted->data, sorted->len, sizeof(kith_asked), by_change);
    for (guint i = 0; i < sorted->len && i < t->o->top; i++) {
        const kith_asked *a = KITH_ROW(sorted, kith_asked, i);
        kith_node contact = kith_way_contact(t->ways, a->who);
        g_autofree char *way = kith_way_to(t->ways, contact >= 0 ? contact : a->who);

        kith_table_row(table);
        set_node(t, table, 0, a->who);
        set_node(t, table, 1, a->question);
        kith_table_set_text(table, 2, a->now);
        kith_table_set_text(table, 3, a->before);
        kith_table_set_bool(table, 4, a->changed);
        kith_table_set_real(table, 5, a->age_days);
        kith_table_set_text(table, 6, way);
    }
}

static void
tell_question(const struct telling *t, kith_table *table, const GArray *answers, kith_node question,
              int64_t everybody)
{
    kith_clustering c =
        kith_answers_clustering(answers, t->net, question, t->o->shuffles, t->question->seed);
    int64_t answered = 0;
    kith_node last = -1;

    for (guint i = 0; i < answers->len; i++) {
        const kith_asked *a = KITH_ROW(answers, kith_asked, i);

        answered += (question < 0 ? a->who != last : a->question == question);
        last = a->who;
    }
    kith_table_row(table);
    kith_table_set_text(table, 0, question < 0 ? "any" : kith_graph_label(t->g, question));
    kith_table_set_int(table, 1, answered);
    kith_table_set_int(table, 2, everybody);
    kith_table_set_int(table, 3, c.people);
    kith_table_set_int(table, 4, c.changed);
    kith_table_set_int(table, 5, c.ties);
    kith_table_set_real(table, 6, c.expected);
    kith_table_set_real(table, 7, c.p);
}

static void
tell_questions(const struct telling *t, const GArray *answers)
{
    kith_table *table =
        kith_answer_table(t->out, "questions", question_columns, G_N_ELEMENTS(question_columns));
    g_autofree bool *asked = g_new0(bool, t->g->nodes + 1);
    int64_t everybody = 0, questions = 0, complete = 0, own = 0;

    for (guint i = 0; i < answers->len; i++) {
        const kith_asked *a = KITH_ROW(answers, kith_asked, i);

        everybody += i == 0 || a[-1].who != a->who;
        questions += !asked[a->question];
        asked[a->question] = true;
    }
    for (guint i = 0; i < answers->len; i++) {
        const kith_asked *a = KITH_ROW(answers, kith_asked, i);

        own = i > 0 && a[-1].who == a->who ? own + 1 : 1;
        complete += own == questions;
    }
    for (kith_node v = 0; v < t->g->nodes; v++)
        if (asked[v])
            tell_question(t, table, answers, v, everybody);
    tell_question(t, table, answers, -1, everybody);
    kith_answer_note(t->out,
                     "all %" G_GINT64_FORMAT " questions answered by %" G_GINT64_FORMAT
                     " of %" G_GINT64_FORMAT "; ties of firms are not counted",
                     questions, complete, everybody);
}

static kith_status
answer(struct telling *t, kith_error *err)
{
    g_autoptr(GArray) answers = kith_answers_list(t->g);

    if (t->j->stay->len == 0 && answers->len == 0 && t->c->people == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no stages, no customers and no answers in these files");
    tell_stages(t);
    tell_moves(t);
    tell_stalls(t);
    tell_steps(t);
    if (answers->len) {
        tell_answers(t, answers);
        tell_questions(t, answers);
    } else {
        kith_answer_note(t->out, "no answers to the five questions in these files");
    }
    if (t->j->stay->len == 0)
        kith_answer_note(t->out, "no stages in these files");
    kith_answer_note(t->out, "who has not taken a step counts for as long as they were seen; what "
                             "goes with a step need not cause it");
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const kith_graph *g = question->graph;
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_journey) j = kith_journey_new(g);
    g_autoptr(kith_customers) c = kith_customers_new(g, -1);
    g_autoptr(kith_ways) ways = NULL;
    struct telling t = {.question = question, .g = g, .o = opaque, .j = j, .c = c, .out = out};

    TRY(kith_warm_network_new(g, &(kith_warm_options){0}, &net, err));
    ways = kith_ways_new(g, net);
    t.net = net;
    t.ways = ways;
    TRY(answer(&t, err));
    kith_ways_assume(ways, out);
    return KITH_OK;
}

const kith_pass kith_pass_journey = {
    .name = "journey",
    .group = "customers",
    .summary = "stages, stalls and the next step; met, member, customer; changed answers",
    .details =
        "Stages are dated facts of a person or firm. A stay ends with the next stage, whichever it "
        "is. median_days is by Kaplan-Meier, limit_days the 90th centile of the stays that ended; "
        "who stays longer stalls. helper is the warmest contact who has taken the usual next step. "
        "steps: from the first contact or event to a membership to being a customer. questions "
        "compares each answer with the one before, and the ties between people whose answers "
        "changed with shuffles of who they are.",
    .example = "journey --me \"Marta Kowalska\" --as-of 2024-12-31 "
               "datasets/tidewell/attendance_list.csv datasets/tidewell/referrals.csv",
    .options = options,
    .options_size = sizeof(struct journey),
    .run = run,
};
