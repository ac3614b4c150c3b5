/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calibration.c - see calibration.h. */
#include "measures/calibration.h"

#include "base/base.h"
#include "measures/introductions.h"
#include <math.h>
#include <stdlib.h>

#define HELD_OUT 0.3
#define BINS 5
#define LEAST_IN_BIN 3

/* One request with what was known before it. */
typedef struct sample {
    kith_time when;
    double score, chance;
    bool success;
    int64_t number; /* among the graph's introductions */
} sample;

void
kith_calibration_clear(kith_calibration *c)
{
    g_clear_pointer(&c->bins, g_array_unref);
}

/* W of a pair as of a moment: only what came before it, younger by the days since. */
static double
warmth_before(const kith_warm_network *net, kith_node from, kith_node to, kith_time when)
{
    g_autoptr(GArray) ledger = kith_warm_ledger(net, from, to);
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(kith_warmth_item));
    double since = (double)(kith_graph_as_of(net->graph) - when) / (double)KITH_DAY;
    kith_warmth now, then;

    kith_warm_between(net, from, to, &now);
    for (guint i = 0; i < ledger->len; i++) {
        kith_warmth_item item = g_array_index(ledger, kith_warm_evidence, i).item;
        kith_tie t;

        kith_graph_tie(net->graph, g_array_index(ledger, kith_warm_evidence, i).tie, &t);
        if (t.when != KITH_TIME_NONE && t.when >= when)
            continue;
        if (!item.undated)
            item.age_days -= since;
        g_array_append_val(items, item);
    }
    kith_warmth_compute(&net->constants, (const kith_warmth_item *)(const void *)items->data,
                        items->len, false, now.declared, &then);
    return then.w;
}

/* q of an introducer before a moment. */
static double
record_before(const kith_warm_network *net, const GArray *all, kith_node by, kith_time when)
{
    double asked = 0, agreed = 0;

    for (guint i = 0; i < all->len; i++) {
        const kith_introduction *r = &g_array_index(all, kith_introduction, i);

        if (r->by != by || r->begun >= when)
            continue;
        asked++;
        agreed += (r->state == KITH_INTRODUCTION_AGREED || r->state == KITH_INTRODUCTION_MADE) &&
                  r->answered < when;
    }
    return kith_warmth_record(&net->constants, asked, agreed);
}

static kith_node
asker_of(const kith_graph *graph, const kith_introduction *r)
{
    kith_node asker = kith_graph_owner(graph);

    if (r->asker && kith_graph_find(graph, r->asker, 1u << KITH_PERSON, &asker, NULL) != KITH_OK)
        return -1;
    return asker;
}

/* Whether a request says anything yet, and if so, whether it went well. */
static bool
is_settled(const kith_warm_network *net, const kith_introduction *r, bool *success)
{
    double age = (double)(kith_graph_as_of(net->graph) - r->begun) / (double)KITH_DAY;

    *success = r->state == KITH_INTRODUCTION_AGREED || r->state == KITH_INTRODUCTION_MADE;
    if (r->begun == KITH_TIME_NONE)
        return false;
    return r->state != KITH_INTRODUCTION_ASKED || age > net->constants.answer_days;
}

static int
by_time(const void *a, const void *b)
{
    const sample *x = a, *y = b;

    if (x->when != y->when)
        return x->when < y->when ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static GArray *
find_samples(const kith_warm_network *net)
{
    g_autoptr(GArray) all = kith_introductions(net->graph);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(sample));

    for (guint i = 0; i < all->len; i++) {
        const kith_introduction *r = &g_array_index(all, kith_introduction, i);
        kith_node asker = asker_of(net->graph, r);
        sample s = {.when = r->begun, .number = i};

        if (asker < 0 || asker == r->by || asker == r->to || !is_settled(net, r, &s.success) ||
            kith_graph_kind(net->graph, r->to) != KITH_PERSON)
            continue;
        s.score = kith_warmth_hop(&net->constants, warmth_before(net, asker, r->by, r->begun), 1) *
                  kith_warmth_hop(&net->constants, warmth_before(net, r->by, r->to, r->begun),
                                  record_before(net, all, r->by, r->begun));
        g_array_append_val(out, s);
    }
    if (out->len > 0)
        qsort(out->data, out->len, sizeof(sample), by_time);
    return out;
}

static kith_status
fit(const sample *s, int64_t n, kith_logistic *out, kith_error *err)
{
    g_autofree double *score = g_new(double, n + 1);
    g_autofree bool *success = g_new(bool, n + 1);

    for (int64_t i = 0; i < n; i++) {
        score[i] = s[i].score;
        success[i] = s[i].success;
    }
    return kith_logistic_fit(score, success, n, out, err);
}

static double
share_of(const sample *s, int64_t n)
{
    double good = 0;

    for (int64_t i = 0; i < n; i++)
        good += s[i].success;
    return good / (double)n;
}

static int
by_chance(const void *a, const void *b)
{
    const sample *x = a, *y = b;

    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return by_time(a, b);
}

/* Wilson 1927, doi:10.1080/01621459.1927.10502953. */
static void
wilson(kith_reliability *bin)
{
    double z = 1.959963984540054, n = (double)bin->n, p = bin->observed;
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

    bin->low = fmax(0, centre - half);
    bin->high = fmin(1, centre + half);
}

static GArray *
bin_up(sample *s, int64_t n)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_reliability));
    int64_t bins = CLAMP(n / LEAST_IN_BIN, 1, BINS);

    qsort(s, (size_t)n, sizeof *s, by_chance);
    for (int64_t b = 0; b < bins; b++) {
        int64_t first = n * b / bins, end = n * (b + 1) / bins;
        kith_reliability bin = {.n = end - first, .observed = share_of(s + first, end - first)};

        for (int64_t i = first; i < end; i++)
            bin.foretold += s[i].chance / (double)bin.n;
        wilson(&bin);
        g_array_append_val(out, bin);
    }
    return out;
}

/* Foretells the last part of the samples from the first. */
static kith_status
hold_out(sample *s, int64_t n, kith_calibration *out, kith_error *err)
{
    int64_t known = n - out->held_out;
    double share = share_of(s, known);
    kith_logistic early;

    TRY(fit(s, known, &early, err));
    for (int64_t i = known; i < n; i++) {
        double truth = s[i].success, chance = kith_logistic_chance(&early, s[i].score);

        s[i].chance = chance;
        out->brier += (truth - chance) * (truth - chance) / (double)out->held_out;
        out->constant += (truth - share) * (truth - share) / (double)out->held_out;
    }
    out->bins = bin_up(s + known, out->held_out);
    out->holds = out->brier < out->constant;
    return KITH_OK;
}

kith_status
kith_calibrate(const kith_warm_network *net, kith_calibration *out, kith_error *err)
{
    g_autoptr(GArray) samples = find_samples(net);
    sample *s = (sample *)(void *)samples->data;
    int64_t n = samples->len;

    *out = (kith_calibration){.requests = n};
    for (int64_t i = 0; i < n; i++)
        out->successes += s[i].success;
    if ((double)n < net->constants.calibrate_from)
        return KITH_OK;
    out->held_out = (int64_t)ceil((double)n * HELD_OUT);
    TRY(fit(s, n, &out->fit, err));
    return hold_out(s, n, out, err);
}

static const kith_column total_columns[] = {
    {"requests", KITH_CELL_INT, "requests", "recorded, with a date and an answer"},
    {"successes", KITH_CELL_INT, "requests", "of these, agreed to or made"},
    {"held_out", KITH_CELL_INT, "requests", "the latest, foretold from the earlier ones"},
    {"brier", KITH_CELL_REAL, "1", "mean square error of the foretold chances; small is good"},
    {"constant", KITH_CELL_REAL, "1", "the same for one share that all get"},
    {"intercept", KITH_CELL_REAL, "log odds", "of the fit to all requests"},
    {"slope", KITH_CELL_REAL, "1", "per log odds of the score; 1 takes it at its word"},
    {"holds", KITH_CELL_BOOL, "", "scores are called chances only if they beat the constant"},
};

static const kith_column bin_columns[] = {
    {"bin", KITH_CELL_INT, "", "requests foretold alike, the least likely first"},
    {"requests", KITH_CELL_INT, "requests", "how many"},
    {"foretold", KITH_CELL_REAL, "1", "their mean chance"},
    {"observed", KITH_CELL_REAL, "1", "the share that succeeded"},
    {"observed_lo", KITH_CELL_REAL, "1", "lower end of its 95 % interval (Wilson)"},
    {"observed_hi", KITH_CELL_REAL, "1", "upper end"},
};

void
kith_calibration_tell(const kith_calibration *c, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "calibration", total_columns, G_N_ELEMENTS(total_columns));

    kith_table_row(t);
    kith_table_set_int(t, 0, c->requests);
    kith_table_set_int(t, 1, c->successes);
    kith_table_set_int(t, 2, c->held_out);
    if (c->held_out > 0) {
        kith_table_set_real(t, 3, c->brier);
        kith_table_set_real(t, 4, c->constant);
        kith_table_set_real(t, 5, c->fit.intercept);
        kith_table_set_real(t, 6, c->fit.slope);
    }
    kith_table_set_bool(t, 7, c->holds);
    t = kith_answer_table(out, "reliability", bin_columns, G_N_ELEMENTS(bin_columns));
    for (guint i = 0; c->bins && i < c->bins->len; i++) {
        const kith_reliability *bin = &g_array_index(c->bins, kith_reliability, i);

        kith_table_row(t);
        kith_table_set_int(t, 0, i + 1);
        kith_table_set_int(t, 1, bin->n);
        kith_table_set_real(t, 2, bin->foretold);
        kith_table_set_real(t, 3, bin->observed);
        kith_table_set_real(t, 4, bin->low);
        kith_table_set_real(t, 5, bin->high);
    }
}

void
kith_calibration_note(const kith_calibration *c, const kith_warmth_constants *constants,
                      kith_answer *out)
{
    if (c->held_out == 0)
        kith_answer_note(
            out,
            "a score is an index to compare chains by, not a probability (%" G_GINT64_FORMAT
            " of %g recorded requests that calibration needs: see kith log)",
            c->requests, constants->calibrate_from);
    else if (c->holds)
        kith_answer_note(
            out,
            "a score is an index; the chance of a chain with one introducer is fitted to "
            "%" G_GINT64_FORMAT " recorded requests (Brier score of the last %" G_GINT64_FORMAT
            " foretold %.3f, of a constant %.3f: see --reliability)",
            c->requests, c->held_out, c->brier, c->constant);
    else
        kith_answer_note(out,
                         "a score is an index and no chance: foretelling the last %" G_GINT64_FORMAT
                         " of %" G_GINT64_FORMAT
                         " recorded requests did not beat a constant (Brier "
                         "score %.3f against %.3f: see --reliability)",
                         c->held_out, c->requests, c->brier, c->constant);
}
