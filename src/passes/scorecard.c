/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scorecard - which age is your business in? Measured shares with what they are shares of, quarter by quarter.
 *
 * Each quarter is counted on the graph as it was on its last day, so nothing that came later colours it. There is no grade:
 * a share with its interval, or nothing where nothing can be counted; and for the last quarter, whom the share is missing.
 */
#include "measures/scorecard.h"
#include "measures/interval.h"
#include "measures/periods.h"
#include "measures/ways.h"
#include "model/view.h"
#include "passes/pass.h"
#include <math.h>

struct scorecard {
    const char *of;
    int64_t quarters, top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct scorecard, of, 0, "FIRM", NULL, false,
                     "whose scorecard; the firm of the owner of the files by default"),
    KITH_OPTION_INT(struct scorecard, quarters, 'q', "4", 1, 40, "how many quarters"),
    KITH_OPTION_INT(struct scorecard, top, 'n', "5", 0, 1e9,
                    "how many people to list beside each measure"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what is counted"},
    {"quarter", KITH_CELL_TEXT, "", "of which year; the last one up to the as-of day"},
    {"count", KITH_CELL_INT, "", "how many"},
    {"of", KITH_CELL_INT, "", "out of how many; missing when there is nothing to count"},
    {"value", KITH_CELL_REAL, "1", "count over of"},
    {"lo", KITH_CELL_REAL, "1", "95 % interval of the share"},
    {"hi", KITH_CELL_REAL, "1", "95 % interval of the share"},
    {"about", KITH_CELL_TEXT, "", "the measure in words"},
};

static const kith_column work_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "which share this would raise, or lower for rented_only"},
    {"who", KITH_CELL_NODE, "", "whom it is missing"},
    {"next", KITH_CELL_TEXT, "", "what to do"},
    {"ask", KITH_CELL_NODE, "", "whom to speak to"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column platform_columns[] = {
    {"platform", KITH_CELL_TEXT, "", "owned by somebody else"},
    {"people", KITH_CELL_INT, "", "whom it reaches"},
    {"lost", KITH_CELL_INT, "", "whom nothing else reaches: lost if it closed"},
};

static bool
is_share(int measure)
{
    return measure != KITH_SCORE_HHI && measure != KITH_SCORE_ELEPHANT;
}

static void
tell_score(kith_table *t, const kith_period *q, int measure, const kith_score *score)
{
    kith_interval share = {score->value, NAN, NAN};

    if (is_share(measure))
        share = kith_interval_share(score->count, score->of);
    kith_table_row(t);
    kith_table_set_text(t, 0, kith_score_name(measure));
    kith_table_set_text(t, 1, q->name);
    if (score->of && measure != KITH_SCORE_HHI)
        kith_table_set_int(t, 2, score->count);
    if (score->of)
        kith_table_set_int(t, 3, score->of);
    kith_interval_tell(&share, t, 4);
    kith_table_set_text(t, 7, kith_score_about(measure));
}

static const char *
next_step(int measure)
{
    switch (measure) {
    case KITH_SCORE_PERMISSION:
        return "ask what they would like to hear from you, and through what";
    case KITH_SCORE_SECOND_ROW:
        return "ask who their customers are";
    case KITH_SCORE_FACE:
        return "not met in person for a year: visit, or invite them";
    case KITH_SCORE_FRESH:
        return "no answer for a year: ask the five questions again";
    case KITH_SCORE_GIVE:
        return "asked before anything was given: give something";
    case KITH_SCORE_RENTED:
        return "ask for an address or number of their own";
    default:
        return NULL;
    }
}

static void
tell_work(const kith_graph *g, const kith_scorecard *card, int64_t top, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "worklist", work_columns, G_N_ELEMENTS(work_columns));
    g_autoptr(kith_ways) ways = kith_ways_new(g, NULL);

    for (int m = 0; m < KITH_SCORES; m++) {
        const GArray *open = card->score[m].open;

        for (guint i = 0; open && next_step(m) && i < open->len && i < top; i++) {
            kith_node who = g_array_index(open, kith_node, i);

            kith_table_row(t);
            kith_table_set_text(t, 0, kith_score_name(m));
            kith_table_set_node(t, 1, who, kith_graph_label(g, who));
            kith_table_set_text(t, 2, next_step(m));
            kith_way_tell(ways, who, t, 3);
        }
    }
}

static void
tell_platforms(const kith_graph *g, kith_node firm, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "platforms", platform_columns, G_N_ELEMENTS(platform_columns));
    g_autoptr(kith_customers) c = kith_customers_new(g, firm);
    g_autoptr(GArray) platforms = kith_platforms(g, c);

    for (guint i = 0; i < platforms->len; i++) {
        const kith_platform *p = KITH_ROW(platforms, kith_platform, i);

        kith_table_row(t);
        kith_table_set_text(t, 0, p->name);
        kith_table_set_int(t, 1, p->people);
        kith_table_set_int(t, 2, p->lost);
    }
}

static void
tell_notes(const kith_graph *g, const kith_scorecard *card, kith_answer *out)
{
    int64_t first, consents;

    kith_graph_tie_range(g, KITH_CONSENTS, &first, &consents);
    if (consents == 0)
        kith_answer_note(out, "no permission is recorded in these files: nobody is taken to have "
                              "given it");
    if (card->score[KITH_SCORE_FRESH].of == 0)
        kith_answer_note(out, "no answers of customers in these files: how fresh they are cannot "
                              "be told");
    if (kith_graph_owner(g) < 0)
        kith_answer_note(out, "no owner in these files (--me says who you are): what needs one is "
                              "not counted");
    kith_answer_note(out, "facts without a date count in every quarter; shares are measured, not "
                          "graded, with 95 %% intervals (Wilson)");
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct scorecard *o = opaque;
    const kith_graph *g = question->graph;
    kith_table *t = kith_answer_table(out, "scorecard", columns, G_N_ELEMENTS(columns));
    g_autofree kith_scorecard **card = g_new0(kith_scorecard *, o->quarters + 1);
    kith_node firm = -1;

    if (o->of)
        TRY(kith_graph_find(g, o->of, 1u << KITH_ORGANISATION | 1u << KITH_PERSON, &firm, err));
    for (int64_t back = 0; back < o->quarters; back++) {
        kith_period q = kith_period_before(kith_graph_as_of(g), 3, back);
        kith_change change = {.as_of = q.end, .without = -1};
        g_autoptr(kith_graph) then = kith_graph_changed(g, &change);

        card[back] = kith_scorecard_new(then, firm, q.before, q.end);
    }
    for (int m = 0; m < KITH_SCORES; m++)
        for (int64_t back = o->quarters - 1; back >= 0; back--) {
            kith_period q = kith_period_before(kith_graph_as_of(g), 3, back);

            tell_score(t, &q, m, &card[back]->score[m]);
        }
    tell_work(g, card[0], o->top, out);
    tell_platforms(g, firm, out);
    tell_notes(g, card[0], out);
    for (int64_t back = 0; back < o->quarters; back++)
        kith_scorecard_free(card[back]);
    return KITH_OK;
}

const kith_pass kith_pass_scorecard = {
    .name = "scorecard",
    .group = "customers",
    .summary = "measured shares over the last quarters, and whom each of them is missing",
    .details =
        "new_referred, permission, second_row, face_to_face, fresh_answers, give_first, "
        "rented_only, without_us: shares with what they are shares of. elephants is the smallest "
        "number of customers who bring half of what is sold (as the CHAOSS elephant factor), hhi "
        "the sum of squared shares. platforms tells whom you would lose if one closed. Each "
        "quarter is counted on the facts up to its last day.",
    .example =
        "scorecard --me \"Marta Kowalska\" --as-of 2024-12-31 datasets/tidewell/Connections.csv "
        "datasets/tidewell/referrals.csv datasets/tidewell/attendance_list.csv "
        "datasets/tidewell/suppliers.csv",
    .options = options,
    .options_size = sizeof(struct scorecard),
    .run = run,
};
