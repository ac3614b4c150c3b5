/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * permissions - who may be contacted for what, through which channel, what expires, and how that has changed.
 *
 * Consent is a fact with a date. What counts on the as-of day is decided strictly: once withdrawn stays withdrawn, unless
 * the same person granted it again on a later day; of two statements of one day the stricter counts. A statement without a
 * date never loosens one that has any.
 */
#include "measures/consent.h"
#include "measures/periods.h"
#include "passes/pass.h"

#define MOST_PERIODS 120

struct permissions {
    int64_t days, periods;
    const char *by;
};

static const kith_option options[] = {
    KITH_OPTION_INT(struct permissions, days, 'd', "30", 0, 36500,
                    "how many days ahead to look for what expires"),
    KITH_OPTION_CHOICE(struct permissions, by, "quarter", "month|quarter|year",
                       "the periods of the trend"),
    KITH_OPTION_INT(struct permissions, periods, 0, "8", 1, MOST_PERIODS,
                    "how many periods the trend goes back at most"),
    KITH_OPTION_END,
};

static const kith_column person_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},
    {"purpose", KITH_CELL_TEXT, "", "for what"},
    {"channel", KITH_CELL_TEXT, "", "through which channel"},
    {"status", KITH_CELL_TEXT, "", "granted, withdrawn, pending, bounced or expired"},
    {"since", KITH_CELL_TIME, "", "when that was said"},
    {"until", KITH_CELL_TIME, "", "when it ends"},
    {"source", KITH_CELL_TEXT, "", "file it is from"},
    {"line", KITH_CELL_INT, "", "its line there"},
};

static const kith_column total_columns[] = {
    {"purpose", KITH_CELL_TEXT, "", "for what"},
    {"channel", KITH_CELL_TEXT, "", "through which channel"},
    {"granted", KITH_CELL_INT, "people", "may be contacted today"},
    {"withdrawn", KITH_CELL_INT, "people", "took their permission back"},
    {"other", KITH_CELL_INT, "people", "pending, bounced or expired"},
    {"expiring", KITH_CELL_INT, "people", "granted now, not any more after the days looked ahead"},
    {"change", KITH_CELL_INT, "people", "more who granted it than before the trend began"},
    {"trend", KITH_CELL_TEXT, "", "a bar for each period, the oldest first: who granted it"},
};

static const kith_column trend_columns[] = {
    {"purpose", KITH_CELL_TEXT, "", "for what"},
    {"channel", KITH_CELL_TEXT, "", "through which channel"},
    {"period", KITH_CELL_TEXT, "", "a month, quarter or year; the last one up to the as-of day"},
    {"granted", KITH_CELL_INT, "people", "could be contacted when it ended"},
    {"opted_in", KITH_CELL_INT, "people", "of them, not when it began"},
    {"left", KITH_CELL_INT, "people",
     "when it began, not when it ended: took it back, bounced, expired"},
};

/* How things stood at the end of each period, the newest first, and before the oldest. */
struct trend {
    kith_period period[MOST_PERIODS];
    GArray *then[MOST_PERIODS + 1];
    int n;
};

static void
trend_clear(struct trend *t)
{
    for (int i = 0; i <= t->n; i++)
        g_clear_pointer(&t->then[i], g_array_unref);
}

static void
look_back(const kith_graph *g, const struct permissions *o, struct trend *out)
{
    int months = g_str_equal(o->by, "month") ? 1 : g_str_equal(o->by, "quarter") ? 3 : 12;

    out->then[0] = kith_consents(g);
    while (out->n < o->periods) {
        kith_period p = kith_period_before(kith_graph_as_of(g), months, out->n);

        out->period[out->n++] = p;
        out->then[out->n] = kith_consents_on(g, p.before);
        if (out->then[out->n]->len == 0)
            return; /* nobody had said anything yet */
    }
}

static void
tell_people(kith_answer *out, const kith_graph *g, const GArray *consents)
{
    kith_table *t =
        kith_answer_table(out, "permissions", person_columns, G_N_ELEMENTS(person_columns));

    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = &g_array_index(consents, kith_consent, i);
        kith_tie tie;

        kith_graph_tie(g, c->tie, &tie);
        kith_table_row(t);
        kith_table_set_node(t, 0, c->person, kith_graph_label(g, c->person));
        kith_table_set_text(t, 1, c->purpose);
        kith_table_set_text(t, 2, c->channel);
        kith_table_set_text(t, 3, c->status);
        kith_table_set_time(t, 4, tie.when, tie.precision);
        kith_table_set_time(t, 5, tie.until, KITH_PRECISION_DAY);
        kith_table_set_text(t, 6, tie.source);
        kith_table_set_int(t, 7, tie.line);
    }
}

/* A bar for each period, all in proportion to the highest. */
static char *
draw_trend(const struct trend *trend, const kith_consent *use)
{
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    GString *out = g_string_new(NULL);
    int64_t height[MOST_PERIODS], most = 1;

    for (int i = 0; i < trend->n; i++) {
        height[i] =
            kith_consents_compare(trend->then[i + 1], trend->then[i], use->purpose, use->channel)
                .granted;
        most = MAX(most, height[i]);
    }
    for (int i = trend->n - 1; i >= 0; i--)
        g_string_append(out, bars[height[i] * 7 / most]);
    return g_string_free(out, FALSE);
}

static void
tell_use_trend(kith_table *t, const struct trend *trend, const kith_consent *use)
{
    for (int i = trend->n - 1; i >= 0; i--) {
        kith_optins o =
            kith_consents_compare(trend->then[i + 1], trend->then[i], use->purpose, use->channel);

        kith_table_row(t);
        kith_table_set_text(t, 0, use->purpose);
        kith_table_set_text(t, 1, use->channel);
        kith_table_set_text(t, 2, trend->period[i].name);
        kith_table_set_int(t, 3, o.granted);
        kith_table_set_int(t, 4, o.joined);
        kith_table_set_int(t, 5, o.left);
    }
}

struct total {
    const kith_consent *first;
    int64_t granted, withdrawn, other, expiring;
};

static void
count(struct total *t, const kith_consent *c, kith_time horizon)
{
    if (g_str_equal(c->status, "granted")) {
        t->granted++;
        t->expiring += c->until != KITH_TIME_NONE && c->until < horizon;
    } else if (g_str_equal(c->status, "withdrawn")) {
        t->withdrawn++;
    } else {
        t->other++;
    }
}

static void
tell_total(kith_table *t, const struct total *total, const struct trend *trend)
{
    const kith_consent *use = total->first;
    kith_optins all =
        kith_consents_compare(trend->then[trend->n], trend->then[0], use->purpose, use->channel);
    g_autofree char *bars = draw_trend(trend, use);

    kith_table_row(t);
    kith_table_set_text(t, 0, use->purpose);
    kith_table_set_text(t, 1, use->channel);
    kith_table_set_int(t, 2, total->granted);
    kith_table_set_int(t, 3, total->withdrawn);
    kith_table_set_int(t, 4, total->other);
    kith_table_set_int(t, 5, total->expiring);
    kith_table_set_int(t, 6, all.joined - all.left);
    kith_table_set_text(t, 7, bars);
}

static bool
same_use(const kith_consent *a, const kith_consent *b)
{
    return g_str_equal(a->purpose, b->purpose) && g_str_equal(a->channel, b->channel);
}

/* Consents come sorted by purpose and channel, so each use is a run. */
static void
tell_totals(kith_answer *out, const struct trend *trend, kith_time horizon)
{
    const GArray *consents = trend->then[0];
    kith_table *t = kith_answer_table(out, "uses", total_columns, G_N_ELEMENTS(total_columns));
    kith_table *over = kith_answer_table(out, "trend", trend_columns, G_N_ELEMENTS(trend_columns));

    for (guint i = 0, j; i < consents->len; i = j) {
        struct total total = {.first = &g_array_index(consents, kith_consent, i)};

        for (j = i;
             j < consents->len && same_use(total.first, &g_array_index(consents, kith_consent, j));
             j++)
            count(&total, &g_array_index(consents, kith_consent, j), horizon);
        tell_total(t, &total, trend);
        tell_use_trend(over, trend, total.first);
    }
}

static void
note_undated(const kith_graph *g, kith_answer *out)
{
    int64_t first, n, undated = 0;
    kith_tie t;

    kith_graph_tie_range(g, KITH_CONSENTS, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_graph_tie(g, i, &t);
        undated += t.when == KITH_TIME_NONE;
    }
    if (undated)
        kith_answer_note(out,
                         "statements without a date: %" G_GINT64_FORMAT
                         "; the trend takes them to be older than all of its periods",
                         undated);
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct permissions *o = opaque;
    const kith_graph *g = question->graph;
    __attribute__((cleanup(trend_clear))) struct trend trend = {.n = 0};

    look_back(g, o, &trend);
    tell_people(out, g, trend.then[0]);
    tell_totals(out, &trend, kith_graph_as_of(g) + (o->days + 1) * KITH_DAY);
    if (trend.then[0]->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files record nobody's permission, so nobody may be mailed in bulk; "
                         "a one-to-one introduction needs none");
    note_undated(g, out);
    kith_answer_note(out,
                     "mailings and bulk invitations need 'granted'; a one-to-one introduction does "
                     "not, since the introducer asks first");
    return KITH_OK;
}

const kith_pass kith_pass_permissions = {
    .name = "permissions",
    .group = "introductions",
    .summary = "who may be contacted for what, through which channel; what expires",
    .details = "Reads consents from sign-up and audience exports. The strictest statement counts: "
               "withdrawn stays withdrawn "
               "until the same person grants it again on a later, dated day; merging records or "
               "importing another file never "
               "loosens it. The trend counts, period by period, who may be contacted at its end, "
               "who is new "
               "among them and who is gone.",
    .example = "permissions --as-of 2024-12-31 town.kith",
    .options = options,
    .options_size = sizeof(struct permissions),
    .run = run,
};
