/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evaluate - hold out the last part of dated ties, and see what would have foretold it.
 *
 * Two questions are judged: which pairs who were never in contact come into contact, and which pairs at all are in
 * contact in the time held out. Each guess is made from what was known before.
 */
#include "base/base.h"
#include "measures/foretell.h"
#include <kith/pass.h>
#include <math.h>

struct evaluate {
    double hold_out;
    const char *ties;
};

static const kith_option options[] = {
    KITH_OPTION_REAL(struct evaluate, hold_out, "0.2", 0.01, 0.9,
                     "the last share of the dated ties, to be foretold from the rest"),
    KITH_OPTION_TEXT(struct evaluate, ties, 0, "KINDS", NULL, false,
                     "comma list of the ties to use, attended for attending together; without it "
                     "all ties between people and attending together"),
    KITH_OPTION_END,
};

enum { PAIRS, PREDICTOR, AUC, AUC_LO, AUC_HI, PRECISION, LIFT };
static const kith_column columns[] = {
    {"pairs", KITH_CELL_TEXT, "",
     "new: pairs without contact before; all: every pair of people known before"},
    {"predictor", KITH_CELL_TEXT, "", "what the guess goes by"},
    {"auc", KITH_CELL_REAL, "1",
     "chance that a pair in contact later scores above one that is not"},
    {"auc_lo", KITH_CELL_REAL, "1", "lower end of its 95 % interval"},
    {"auc_hi", KITH_CELL_REAL, "1", "upper end of its 95 % interval"},
    {"precision", KITH_CELL_REAL, "1", "average precision: mean share of hits down to each hit"},
    {"lift", KITH_CELL_REAL, "1", "average precision over the share of pairs in contact later"},
};

enum { MEASURE, VALUE };
static const kith_column summary_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what was counted"},
    {"value", KITH_CELL_REAL, "", "the number"},
};

static const char *const task_names[] = {"new", "all"};

static double
share_of_pairs(const kith_foretold *f, int task)
{
    double hits = (double)f->happened[task];

    return hits / (hits + f->stands_for * ((double)f->pairs[task] - hits));
}

static void
fill(const kith_foretold *f, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "evaluation", columns, G_N_ELEMENTS(columns));

    for (int task = 0; task < 2; task++)
        for (int by = 0; by < KITH_FORETELLERS; by++) {
            const kith_verdict *v = &f->by[task][by];

            if (task == 0 && (by == KITH_BY_WARMTH || by == KITH_BY_WARM_TOGETHER))
                continue; /* without contact before there is no warmth of one's own */
            kith_table_row(t);
            kith_table_set_text(t, PAIRS, task_names[task]);
            kith_table_set_text(t, PREDICTOR, kith_foretell_name((kith_foretold_by)by));
            kith_table_set_real(t, AUC, v->auc);
            kith_table_set_real(t, AUC_LO, v->low);
            kith_table_set_real(t, AUC_HI, v->high);
            kith_table_set_real(t, PRECISION, v->precision);
            kith_table_set_real(t, LIFT, v->precision / share_of_pairs(f, task));
        }
}

static void
fill_summary(const kith_foretold *f, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "held_out", summary_columns, G_N_ELEMENTS(summary_columns));
    const struct {
        const char *measure;
        double value;
    } rows[] = {{"contacts known, each way", (double)f->known},
                {"contacts held out, each way", (double)f->held},
                {"people known", (double)f->people},
                {"new pairs judged", (double)f->pairs[0]},
                {"of them in contact later", (double)f->happened[0]},
                {"all pairs judged", (double)f->pairs[1]},
                {"of them in contact later", (double)f->happened[1]},
                {"pairs that each one without contact later stands for", f->stands_for}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        kith_table_row(t);
        kith_table_set_text(t, MEASURE, rows[i].measure);
        kith_table_set_real(t, VALUE, rows[i].value);
    }
}

static double
value_of(const kith_verdict *v, bool precision)
{
    return precision ? v->precision : v->auc;
}

/* The best of those with warmth, or of those without; -1 when none can be told. */
static int
best_of(const kith_verdict *by, bool precision, bool warm)
{
    int best = -1;

    for (int k = 0; k < KITH_FORETELLERS; k++)
        if (kith_foretell_is_warm((kith_foretold_by)k) == warm &&
            value_of(&by[k], precision) > (best < 0 ? 0 : value_of(&by[best], precision)))
            best = k;
    return best;
}

/* The score with warmth is the one that did best within the first part; the one without is the best of all. */
static void
note_winner(const kith_foretold *f, int task, bool precision, kith_answer *out)
{
    int warm = best_of(f->rehearsed[task], precision, true);
    int plain = best_of(f->by[task], precision, false);
    const char *measure = precision ? "average precision" : "AUC";
    double w, p;

    if (warm < 0 || plain < 0) {
        kith_answer_note(out, "%s pairs, %s: the first part is too small to choose a score by",
                         task_names[task], measure);
        return;
    }
    w = value_of(&f->by[task][warm], precision);
    p = value_of(&f->by[task][plain], precision);
    kith_answer_note(out,
                     "%s pairs, %s: with warmth %.4f (%s), best without %.4f (%s); warmth %s by "
                     "%.1f %%",
                     task_names[task], measure, w, kith_foretell_name((kith_foretold_by)warm), p,
                     kith_foretell_name((kith_foretold_by)plain), w >= p ? "wins" : "misses",
                     100 * fabs(w / p - 1));
}

static void
note_winners(const kith_foretold *f, kith_answer *out)
{
    for (int task = 0; task < 2; task++) {
        if (f->happened[task] == 0) {
            kith_answer_note(out, "%s pairs: none was in contact later, so nothing can be judged",
                             task_names[task]);
            continue;
        }
        note_winner(f, task, false, out);
        note_winner(f, task, true, out);
    }
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    const struct evaluate *o = values;
    kith_work work = kith_work_of(question);
    g_auto(kith_contacts) contacts = {0};
    kith_foretell_plan plan = {.graph = question->graph,
                               .contacts = &contacts,
                               .held_out = o->hold_out,
                               .seed = (uint64_t)question->seed,
                               .work = &work};
    kith_foretold found;
    char day[32];

    TRY(kith_contacts_read(question->graph, o->ties, false, &contacts, err));
    TRY(kith_foretell(&plan, &found, err));
    fill(&found, out);
    fill_summary(&found, out);
    kith_answer_note(out, "known: dated ties before %s; to be foretold: those from then on",
                     kith_time_text(found.split, KITH_PRECISION_DAY, day));
    note_winners(&found, out);
    kith_answer_note(
        out, "the score with warmth was chosen, and blends were fitted, within the first part "
             "alone, on its own last part; the best without is the best on what is judged");
    if (contacts.undated)
        kith_answer_note(out, "ties without a date, left out: %" G_GINT64_FORMAT, contacts.undated);
    kith_answer_note(out,
                     "warm chains: sum over who is between of the product of both warmths; warm "
                     "shares: the same, over the warmth of who is between to all of theirs; "
                     "warm attachment: product of all the warmth each has; warm Katz: walks "
                     "whose steps count by their warmth; recent attachment: product of how many "
                     "contacts each has, faded as warmth fades; both lately: product of 1 / (1 + "
                     "days since the last contact); blends: logistic, plain of the four without "
                     "warmth, warm of all");
    return KITH_OK;
}

const kith_pass kith_pass_evaluate = {
    .name = "evaluate",
    .group = "research",
    .summary = "hold out the last dated ties and see what would have foretold them",
    .details =
        "The last --hold-out of the dated ties is hidden, and every pair of people known before is "
        "scored from what is left: by preferential attachment, Adamic-Adar, resource allocation, "
        "Katz (walks to length 4, 0.005 a step), by warmth-1 of the pair's own tie, by the warmth "
        "of chains over one person between, by how lately both were in contact, and by blends of "
        "these fitted within the first part. AUC is the chance that a pair in contact later "
        "scores above one that is not; average precision is the mean share of hits down to each "
        "hit. Judged are pairs that had no contact before (new) and all pairs. A dated row of a "
        "plain graph file counts as a message when it has a direction, as a call when it has none. "
        "In large networks a sample of people's pairs is judged.",
    .example = "evaluate datasets/davis/attendance.csv",
    .options = options,
    .options_size = sizeof(struct evaluate),
    .run = run,
};
