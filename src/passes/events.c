/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * events - what came of each event, whom to follow up, and who should meet whom at the next one.
 *
 * New ties are first two-way contacts in the days after; beside them stand the same days before and what chance gives: the
 * attendance lists rewired, with everybody at as many events and every event as full. With --next, guests who agreed to it
 * are paired, or seated, so that the gains add up to the most: for pairs the optimum, for tables with a bound.
 */
#include "measures/customers.h"
#include "measures/followups.h"
#include "measures/gains.h"
#include "measures/impact.h"
#include "measures/pairing.h"
#include "measures/ways.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define APART -50 /* what it costs to seat two together who should be apart */

struct events {
    const char *next, *by;
    int64_t days, rewirings, top, seats, repeat_days;
    bool assume_opt_in;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct events, next, 0, "EVENT", NULL, false,
                     "who should meet whom at this event, among those who come"),
    KITH_OPTION_INT(struct events, seats, 0, "2", 2, 50,
                    "with --next: 2 for pairs, more for tables"),
    KITH_OPTION_FLAG(struct events, assume_opt_in,
                     "with --next: take coming for agreeing to be matched"),
    KITH_OPTION_INT(
        struct events, repeat_days, 0, "90", 0, 36500,
        "with --next: days for which those who were paired, or met in a small party, are "
        "kept apart"),
    KITH_OPTION_INT(struct events, days, 'd', "30", 1, 3650, "how many days after an event count"),
    KITH_OPTION_INT(struct events, rewirings, 0, "200", 1, 100000,
                    "how often the attendance lists are rewired"),
    KITH_OPTION_TEXT(struct events, by, 0, "KEY", NULL, false,
                     "the attribute that makes groups; the firm people work at by default"),
    KITH_OPTION_INT(struct events, top, 'n', "20", 1, 1e9, "how many people to list for follow-up"),
    KITH_OPTION_END,
};

static const kith_column event_columns[] = {
    {"event", KITH_CELL_TEXT, "", "the event; the last row is all of them together"},
    {"date", KITH_CELL_TIME, "", "its day"},
    {"people", KITH_CELL_INT, "", "who were there"},
    {"new_ties", KITH_CELL_INT, "", "first two-way contacts among them in the days after"},
    {"across", KITH_CELL_INT, "", "of these, between two groups"},
    {"before", KITH_CELL_INT, "", "first contacts of the same people in as many days before"},
    {"expected", KITH_CELL_REAL, "", "mean of new_ties with rewired lists"},
    {"z", KITH_CELL_REAL, "1", "how many standard deviations new_ties lies above"},
    {"p", KITH_CELL_REAL, "1", "share of rewirings with as many or more"},
    {"mixing", KITH_CELL_REAL, "1", "of the pairs there whose groups are known: of two groups"},
    {"mixing_expected", KITH_CELL_REAL, "1", "the same with rewired lists"},
    {"mixing_z", KITH_CELL_REAL, "1",
     "standard deviations from it; below 0: people kept to their own"},
};

static const kith_column curve_columns[] = {
    {"days", KITH_CELL_REAL, "days", "after the event"},
    {"at_risk", KITH_CELL_INT, "", "still waiting, and watched for so long, just before"},
    {"done", KITH_CELL_REAL, "1", "share followed up by then (Kaplan-Meier)"},
    {"lo", KITH_CELL_REAL, "1", "95 % interval (Greenwood, log-log)"},
    {"hi", KITH_CELL_REAL, "1", "95 % interval (Greenwood, log-log)"},
};

static const kith_column open_columns[] = {
    {"person", KITH_CELL_NODE, "", "whom nobody of us was in touch with since"},
    {"event", KITH_CELL_NODE, "", "where they were, the latest first"},
    {"days", KITH_CELL_REAL, "days", "since then"},
    {"next", KITH_CELL_TEXT, "", "what to do"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

static const kith_column pair_columns[] = {
    {"table", KITH_CELL_INT, "", "which table or pair"},
    {"a", KITH_CELL_NODE, "", "one of two"},
    {"b", KITH_CELL_NODE, "", "whom to meet"},
    {"gain", KITH_CELL_INT, "points", "what the two would gain; 0: nothing, or better apart"},
    {"host", KITH_CELL_NODE, "", "who knows both and can introduce them"},
    {"why", KITH_CELL_TEXT, "", "the reasons"},
};

static const kith_column left_columns[] = {
    {"person", KITH_CELL_NODE, "", "who comes and has no partner"},
    {"why", KITH_CELL_TEXT, "", "in words"},
    {"next", KITH_CELL_TEXT, "", "what to ask or do"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
};

struct asking {
    const kith_question *question;
    const kith_graph *g;
    const struct events *o;
    kith_answer *out;
};

/* A number for each value of an attribute, or each firm. */
static int32_t *
find_groups(const struct asking *a, int64_t *groups)
{
    int32_t *group = g_new(int32_t, a->g->nodes + 1);
    g_autoptr(GHashTable) place = g_hash_table_new(g_str_hash, g_str_equal);

    *groups = 0;
    for (kith_node v = 0; v < a->g->nodes; v++) {
        const char *value = NULL;
        gpointer found;

        group[v] = -1;
        if (kith_graph_kind(a->g, v) != KITH_PERSON)
            continue;
        if (a->o->by) {
            value = kith_graph_attribute(a->g, v, a->o->by);
        } else {
            kith_node firm = kith_way_employer(a->g, v);

            value = firm >= 0 ? kith_graph_id(a->g, firm) : NULL;
        }
        if (!value)
            continue;
        if (!g_hash_table_lookup_extended(place, value, NULL, &found)) {
            found = GINT_TO_POINTER((int)(*groups)++);
            g_hash_table_insert(place, (char *)value, found);
        }
        group[v] = GPOINTER_TO_INT(found);
    }
    return group;
}

static double
z_of(double value, double mean, double spread)
{
    return spread > 0 ? (value - mean) / spread : NAN;
}

static void
tell_impact(kith_table *t, const kith_impact *i, bool dated)
{
    double mixing = (double)i->crossing / (double)MAX(i->pairs, 1);

    if (dated) {
        kith_table_set_int(t, 3, i->fresh);
        kith_table_set_int(t, 4, i->across);
        kith_table_set_int(t, 5, i->before);
        kith_table_set_real(t, 6, i->expected);
        kith_table_set_real(t, 7, z_of((double)i->fresh, i->expected, i->spread));
        kith_table_set_real(t, 8, i->p);
    }
    if (i->pairs) {
        kith_table_set_real(t, 9, mixing);
        kith_table_set_real(t, 10, i->mixed);
        kith_table_set_real(t, 11, z_of(mixing, i->mixed, i->mixed_spread));
    }
}

static void
tell_events(const struct asking *a, const kith_presence *p, const kith_impact *impact)
{
    kith_table *t = kith_answer_table(a->out, "events", event_columns, G_N_ELEMENTS(event_columns));
    bool any = false;

    for (guint i = 0; i < p->occasion->len; i++) {
        const kith_occasion *o = KITH_ROW(p->occasion, kith_occasion, i);

        any = any || o->day != KITH_TIME_NONE;
        kith_table_row(t);
        kith_table_set_text(t, 0, kith_graph_label(a->g, o->event));
        if (o->day != KITH_TIME_NONE)
            kith_table_set_time(t, 1, o->day, KITH_PRECISION_DAY);
        kith_table_set_int(t, 2, o->people);
        tell_impact(t, &impact[i], o->day != KITH_TIME_NONE);
    }
    kith_table_row(t);
    kith_table_set_text(t, 0, "all events");
    kith_table_set_int(t, 2, p->n);
    tell_impact(t, &impact[p->occasion->len], any);
    if (!any)
        kith_answer_note(a->out, "no event has a date: only the mixing can be told");
}

static void
tell_curve(const struct asking *a, const GArray *followups)
{
    static const double days[] = {1, 3, 7, 14, 30, 90};
    kith_table *t =
        kith_answer_table(a->out, "followups", curve_columns, G_N_ELEMENTS(curve_columns));
    g_autofree kith_wait *wait = g_new(kith_wait, followups->len + 1);
    g_autoptr(GArray) curve = NULL;

    for (guint i = 0; i < followups->len; i++)
        wait[i] = KITH_ROW(followups, kith_followup, i)->wait;
    curve = kith_survival(wait, followups->len);
    for (size_t k = 0; k < G_N_ELEMENTS(days); k++) {
        const kith_survival_step *s = kith_survival_at(curve, days[k]);
        int64_t risk = 0;

        for (guint i = 0; i < followups->len; i++)
            risk += KITH_ROW(followups, kith_followup, i)->wait.days >= days[k];
        kith_table_row(t);
        kith_table_set_real(t, 0, days[k]);
        kith_table_set_int(t, 1, risk);
        kith_table_set_real(t, 2, s ? 1 - s->waiting : 0);
        kith_table_set_real(t, 3, s ? 1 - s->high : NAN);
        kith_table_set_real(t, 4, s ? 1 - s->low : NAN);
    }
}

/* The latest occasions first; each person once. */
static void
tell_open(const struct asking *a, const kith_presence *p, const GArray *followups)
{
    kith_table *t = kith_answer_table(a->out, "open", open_columns, G_N_ELEMENTS(open_columns));
    g_autoptr(kith_ways) ways = kith_ways_new(a->g, NULL);
    g_autofree bool *told = g_new0(bool, a->g->nodes + 1);
    int64_t listed = 0, end = followups->len, begin;

    for (; end > 0 && listed < a->o->top; end = begin) {
        int32_t occasion = KITH_ROW(followups, kith_followup, end - 1)->occasion;

        for (begin = end;
             begin > 0 && KITH_ROW(followups, kith_followup, begin - 1)->occasion == occasion;)
            begin--;
        for (int64_t i = begin; i < end && listed < a->o->top; i++) {
            const kith_followup *f = KITH_ROW(followups, kith_followup, i);
            kith_node event = KITH_ROW(p->occasion, kith_occasion, occasion)->event;
            g_autofree char *way = NULL;

            if (told[f->person])
                continue;
            told[f->person] = true;
            if (f->wait.happened)
                continue;
            way = kith_way_to(ways, f->person);
            listed++;
            kith_table_row(t);
            kith_table_set_node(t, 0, f->person, kith_graph_label(a->g, f->person));
            kith_table_set_node(t, 1, event, kith_graph_label(a->g, event));
            kith_table_set_real(t, 2, f->wait.days);
            kith_table_set_text(t, 3,
                                f->wait.days <= 7 ? "send what you promised, while it is fresh"
                                                  : "write what you remember of them");
            kith_table_set_text(t, 4, way);
        }
    }
    if (listed)
        kith_ways_assume(ways, a->out);
}

static kith_status
tell_past(struct asking *a, kith_error *err)
{
    g_autoptr(kith_presence) p = kith_presence_new(a->g);
    g_autoptr(GArray) ties = NULL, followups = NULL;
    g_autoptr(kith_customers) c = kith_customers_new(a->g, -1);
    g_autofree int32_t *group = NULL;
    g_autofree kith_impact *impact = NULL;
    kith_impact_plan plan = {.presence = p,
                             .days = a->o->days,
                             .rewirings = a->o->rewirings,
                             .seed = a->question->seed,
                             .progress = a->question->progress,
                             .payload = a->question->payload};

    if (p->n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nobody was at an event in these files");
    plan.ties = ties = kith_first_ties(a->g);
    plan.group = group = find_groups(a, &plan.groups);
    TRY(kith_impact_all(&plan, &impact, err));
    tell_events(a, p, impact);
    followups = kith_followups(p, c);
    if (followups->len) {
        tell_curve(a, followups);
        tell_open(a, p, followups);
    } else {
        kith_answer_note(a->out, "no dated event with you among the people (--me says who you "
                                 "are): follow-ups cannot be told");
    }
    kith_answer_note(a->out, "new ties go with an event, nobody knows whether they come of it; "
                             "attending together is not yet a tie");
    return KITH_OK;
}

static int32_t *
find_gains(const kith_guests *s, bool tables)
{
    guint n = s->who->len;
    int32_t *gain = g_new0(int32_t, (gsize)n * n + 1);

    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n; k++) {
            kith_gain one = kith_gain_of(s, i, k);

            gain[i * n + k] = gain[k * n + i] = one.apart && tables ? APART : one.points;
        }
    return gain;
}

static void
tell_pair(const struct asking *a, const kith_guests *s, kith_table *t, int64_t table, guint i,
          guint k)
{
    kith_node x = g_array_index(s->who, kith_node, i), y = g_array_index(s->who, kith_node, k);
    kith_gain gain = kith_gain_of(s, i, k);
    g_autofree char *why = kith_gain_words(s, &gain, i, k);

    kith_table_row(t);
    kith_table_set_int(t, 0, table);
    kith_table_set_node(t, 1, x, kith_graph_label(a->g, x));
    kith_table_set_node(t, 2, y, kith_graph_label(a->g, y));
    kith_table_set_int(t, 3, gain.points);
    if (gain.host >= 0)
        kith_table_set_node(t, 4, gain.host, kith_graph_label(a->g, gain.host));
    kith_table_set_text(t, 5, why);
}

static void
tell_left(const struct asking *a, const kith_guests *s, const int *with)
{
    kith_table *t = kith_answer_table(a->out, "left", left_columns, G_N_ELEMENTS(left_columns));
    g_autoptr(kith_ways) ways = kith_ways_new(a->g, NULL);
    guint at = 0;

    for (guint i = 0; i < s->present->len; i++) {
        kith_node who = g_array_index(s->present, kith_node, i);
        bool agreed = at < s->who->len && g_array_index(s->who, kith_node, at) == who;
        g_autofree char *way = kith_way_to(ways, who);

        if (agreed && with[at++] >= 0)
            continue;
        kith_table_row(t);
        kith_table_set_node(t, 0, who, kith_graph_label(a->g, who));
        kith_table_set_text(t, 1,
                            agreed ? "nobody left whom they do not know already, or an odd number"
                                   : "has not agreed to be matched");
        kith_table_set_text(t, 2,
                            agreed ? "let them host: they know many"
                                   : "ask whether they would like an introduction");
        kith_table_set_text(t, 3, way);
    }
}

/* How many pairs of guests were brought together before, by the record that says so. */
static void
note_repeats(const struct asking *a, const kith_guests *s)
{
    int64_t n[KITH_REPEAT_PAIRED + 1] = {0};

    for (guint i = 0; i < s->who->len; i++)
        for (guint k = i + 1; k < s->who->len; k++)
            n[kith_repeat_of(s->repeats, g_array_index(s->who, kith_node, i),
                             g_array_index(s->who, kith_node, k))
                  .kind]++;
    kith_answer_note(a->out,
                     "repeats within %" G_GINT64_FORMAT " days: kept apart are %" G_GINT64_FORMAT
                     " who were paired ('kith log pairs') and %" G_GINT64_FORMAT
                     " who met in a party of at most 8; %" G_GINT64_FORMAT
                     " who were at a larger event together are no new faces",
                     a->o->repeat_days, n[KITH_REPEAT_PAIRED], n[KITH_REPEAT_MET],
                     n[KITH_REPEAT_THERE]);
}

static void
tell_pairs(const struct asking *a, const kith_guests *s)
{
    kith_table *t = kith_answer_table(a->out, "pairs", pair_columns, G_N_ELEMENTS(pair_columns));
    int n = (int)s->who->len;
    g_autofree int32_t *gain = find_gains(s, false);
    g_autofree int *with = g_new(int, n + 1);
    int64_t total = kith_pair_people(gain, n, with), pairs = 0;

    for (int i = 0; i < n; i++)
        if (with[i] > i)
            tell_pair(a, s, t, ++pairs, (guint)i, (guint)with[i]);
    tell_left(a, s, with);
    kith_answer_note(a->out,
                     "%" G_GINT64_FORMAT " pairs with %" G_GINT64_FORMAT
                     " points in all, the most there are (matching by blossoms)",
                     pairs, total);
}

static void
tell_tables(const struct asking *a, const kith_guests *s)
{
    kith_table *t = kith_answer_table(a->out, "pairs", pair_columns, G_N_ELEMENTS(pair_columns));
    int n = (int)s->who->len, tables = 0;
    g_autofree int32_t *gain = find_gains(s, true);
    g_autofree int *table = g_new(int, n + 1);
    int64_t bound, total = kith_seat_people(gain, n, (int)a->o->seats, table, &bound);

    for (int i = 0; i < n; i++)
        tables = MAX(tables, table[i] + 1);
    for (int at = 0; at < tables; at++)
        for (int i = 0; i < n; i++)
            for (int k = i + 1; k < n; k++)
                if (table[i] == at && table[k] == at)
                    tell_pair(a, s, t, at + 1, (guint)i, (guint)k);
    tell_left(a, s, table);
    kith_answer_note(a->out,
                     total == bound ? "%d tables with %" G_GINT64_FORMAT
                                      " points in all, the most there are"
                                    : "%d tables with %" G_GINT64_FORMAT
                                      " points in all; no seating has more than %" G_GINT64_FORMAT,
                     tables, total, bound);
}

static kith_status
tell_next(struct asking *a, kith_error *err)
{
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_guests) s = NULL;
    kith_node event;

    TRY(kith_graph_find(a->g, a->o->next, 1u << KITH_EVENT, &event, err));
    TRY(kith_warm_network_new(a->g, &(kith_warm_options){0}, &net, err));
    s = kith_guests_new(a->g, net, event, a->o->assume_opt_in, a->o->repeat_days);
    if (s->present->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nobody comes to %s in these files",
                         kith_graph_label(a->g, event));
    if (s->who->len < 2)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "%u of the %u who come to %s agreed to be matched; a consent for matching "
                         "is needed (--assume-opt-in takes coming for agreeing)",
                         s->who->len, s->present->len, kith_graph_label(a->g, event));
    if (s->who->len > KITH_PAIRING_PEOPLE)
        return kith_fail(err, KITH_ERR_LIMIT, "%u guests to match (at most %d)", s->who->len,
                         KITH_PAIRING_PEOPLE);
    if (a->o->seats == 2)
        tell_pairs(a, s);
    else
        tell_tables(a, s);
    note_repeats(a, s);
    if (a->o->assume_opt_in)
        kith_answer_note(a->out, "nobody was asked: coming is taken for agreeing to be matched, "
                                 "but for those who took a permission back");
    else
        kith_answer_note(a->out,
                         "left out, since they have not agreed to be matched: %" G_GINT64_FORMAT,
                         s->not_asked);
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    struct asking a = {question, question->graph, opaque, out};

    return a.o->next ? tell_next(&a, err) : tell_past(&a, err);
}

const kith_pass kith_pass_events = {
    .name = "events",
    .group = "community",
    .summary = "what came of each event, whom to follow up, who should meet whom next",
    .details =
        "A new tie is a first two-way contact (a meeting, a dated connection, mail both ways) of "
        "two people who were there, within --days. expected, z and p compare with the attendance "
        "lists rewired by degree-preserving exchanges. mixing is the share of pairs from two "
        "groups. followups is the time until you wrote or met, by Kaplan-Meier. --next EVENT pairs "
        "those who come and agreed to be matched: 30 points for each need met, 10 for a new face "
        "and for each group in common, 8 for a host who knows both, 6 for different firms; nobody "
        "is paired with whom they know well (W >= .25), were paired with or met lately, and who "
        "was "
        "at a larger event together lately is no new face; 'kith log pairs' records what was "
        "accepted.",
    .example = "events --next \"Spring Networking\" --assume-opt-in --as-of 2024-04-01 "
               "datasets/tidewell/attendance_matrix.csv datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct events),
    .run = run,
};
