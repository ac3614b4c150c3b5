/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * permissions - who may be contacted for what, through which channel, and what expires.
 *
 * Consent is a fact with a date. What counts on the as-of day is decided strictly: once withdrawn stays withdrawn, unless
 * the same person granted it again on a later day; of two statements of one day the stricter counts. A statement without a
 * date never loosens one that has any.
 */
#include "measures/consent.h"
#include "passes/pass.h"

struct permissions {
    int64_t days;
};

static const kith_option options[] = {
    KITH_OPTION_INT(struct permissions, days, 'd', "30", 0, 36500,
                    "how many days ahead to look for what expires"),
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
};

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
tell_total(kith_table *t, const struct total *total)
{
    kith_table_row(t);
    kith_table_set_text(t, 0, total->first->purpose);
    kith_table_set_text(t, 1, total->first->channel);
    kith_table_set_int(t, 2, total->granted);
    kith_table_set_int(t, 3, total->withdrawn);
    kith_table_set_int(t, 4, total->other);
    kith_table_set_int(t, 5, total->expiring);
}

static bool
same_use(const kith_consent *a, const kith_consent *b)
{
    return g_str_equal(a->purpose, b->purpose) && g_str_equal(a->channel, b->channel);
}

/* Consents come sorted by purpose and channel, so each use is a run. */
static void
tell_totals(kith_answer *out, const GArray *consents, kith_time horizon)
{
    kith_table *t = kith_answer_table(out, "uses", total_columns, G_N_ELEMENTS(total_columns));

    for (guint i = 0, j; i < consents->len; i = j) {
        struct total total = {.first = &g_array_index(consents, kith_consent, i)};

        for (j = i;
             j < consents->len && same_use(total.first, &g_array_index(consents, kith_consent, j));
             j++)
            count(&total, &g_array_index(consents, kith_consent, j), horizon);
        tell_total(t, &total);
    }
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct permissions *o = opaque;
    const kith_graph *g = question->graph;
    g_autoptr(GArray) consents = kith_consents(g);

    tell_people(out, g, consents);
    tell_totals(out, consents, kith_graph_as_of(g) + (o->days + 1) * KITH_DAY);
    if (consents->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files record nobody's permission, so nobody may be mailed in bulk; "
                         "a one-to-one introduction needs none");
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
               "loosens it.",
    .example = "permissions --as-of 2024-12-31 town.kith",
    .options = options,
    .options_size = sizeof(struct permissions),
    .run = run,
};
