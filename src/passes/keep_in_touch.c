/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keep-in-touch - relationships cooling against their own rhythm, and dormant strong ones worth a call.
 *
 * A tie is measured against itself: silence of three times the usual interval is cooling, of eight times at risk. Ties that
 * have slept for three years but were strong when they fell asleep are listed apart, since reviving them pays (Levin, Walter
 * & Murnighan 2011, doi:10.1287/orsc.1100.0576). A meeting already in the calendar is contact to come: never flagged.
 */
#include "measures/consent.h"
#include "measures/ties.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct keep {
    const char *from;
    int64_t top;
    bool all, ics;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct keep, from, 0, "WHO", NULL, false,
                     "whose relationships; the owner of the files by default"),
    KITH_OPTION_INT(struct keep, top, 'n', "20", 1, 1e9, "how many to list"),
    KITH_OPTION_FLAG(struct keep, all, "list active ties and weak ones as well"),
    KITH_OPTION_FLAG(struct keep, ics,
                     "write reminders as a calendar file, one a day from tomorrow on"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"person", KITH_CELL_NODE, "", "with whom"},
    {"warmth", KITH_CELL_REAL, "index", "W today, 0 to 1"},
    {"tier", KITH_CELL_TEXT, "", "strong, familiar, weak"},
    {"state", KITH_CELL_TEXT, "", "at risk, cooling, dormant, active"},
    {"gap_days", KITH_CELL_REAL, "days", "since the last two-way contact"},
    {"usual_days", KITH_CELL_REAL, "days", "usual interval between contacts"},
    {"before", KITH_CELL_REAL, "index", "W on the day of the last contact"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
    {"why", KITH_CELL_TEXT, "", "in words"},
};
enum { PERSON, WARMTH, TIER, STATE, GAP, USUAL, BEFORE, CHANNEL, WHY };

struct relation {
    kith_node person;
    kith_warmth now;
    double before;
    int urgency; /* small first */
};

/* W as it was on the day of the last contact: the same facts, younger by the gap. */
static double
warmth_before(const kith_warm_network *net, kith_node from, kith_node to, const kith_warmth *now)
{
    g_autoptr(GArray) ledger = kith_warm_ledger(net, from, to);
    g_autofree kith_warmth_item *items = g_new(kith_warmth_item, ledger->len + 1);
    kith_warmth then;
    int64_t n = 0;

    for (guint i = 0; i < ledger->len; i++) {
        kith_warmth_item item = g_array_index(ledger, kith_warm_evidence, i).item;

        if (!item.undated && item.age_days < now->gap_days)
            continue;
        if (!item.undated)
            item.age_days -= now->gap_days;
        items[n++] = item;
    }
    kith_warmth_compute(&net->constants, items, n, false, now->declared, &then);
    return then.w;
}

static int
urgency(const kith_warmth_constants *k, const struct relation *r)
{
    if (r->now.state == KITH_STATE_AT_RISK && r->before >= k->familiar_from)
        return 0;
    if (r->now.state == KITH_STATE_COOLING && r->before >= k->familiar_from)
        return 1;
    if (r->now.state == KITH_STATE_DORMANT && r->before >= k->strong_from)
        return 2;
    return r->now.state == KITH_STATE_ACTIVE ? 4 : 3;
}

static int
compare_relations(const void *a, const void *b)
{
    const struct relation *x = a, *y = b;

    if (x->urgency != y->urgency)
        return x->urgency < y->urgency ? -1 : 1;
    if (x->before != y->before)
        return x->before > y->before ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

/* Channels that somebody took back, or that bounced: one bit each. */
enum { MAIL = 1, PHONE = 2 };

/* What counts today decides: who granted it again later may be written to again. */
static unsigned
forbidden(const GArray *consents, kith_node person)
{
    unsigned bits = 0;

    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = &g_array_index(consents, kith_consent, i);

        if (c->person == person &&
            (strcmp(c->status, "withdrawn") == 0 || strcmp(c->status, "bounced") == 0))
            bits |= strcmp(c->channel, "email") == 0 ? MAIL : PHONE;
    }
    return bits;
}

/* "phone +44…", "email …" or a profile link, the first that is not forbidden. */
static char *
way_to(const kith_graph *g, const GArray *consents, kith_node person)
{
    static const kith_identifier_kind order[] = {KITH_ID_PHONE, KITH_ID_EMAIL, KITH_ID_URL};
    unsigned no = forbidden(consents, person);
    kith_identifier_kind kind;
    const char *value;

    for (size_t k = 0; k < G_N_ELEMENTS(order); k++)
        for (int64_t i = 0; kith_graph_identifier_at(g, person, i, &kind, &value); i++)
            if (kind == order[k] && !(kind == KITH_ID_PHONE && no & PHONE) &&
                !(kind == KITH_ID_EMAIL && no & MAIL))
                return g_strdup_printf("%s %s", kith_identifier_kind_name(kind), value);
    return NULL;
}

static char *
in_words(const struct relation *r)
{
    if (r->urgency == 2)
        return g_strdup_printf("was strong, silent for %.1f years: worth a call",
                               r->now.gap_days / 365.25);
    if (r->now.state == KITH_STATE_UNKNOWN)
        return g_strdup("no dated contact");
    if (r->now.state == KITH_STATE_ACTIVE)
        return g_strdup("within the usual rhythm");
    return g_strdup_printf("silent %.0f days, usually every %.0f", r->now.gap_days,
                           r->now.usual_days);
}

static void
tell(kith_answer *out, const kith_graph *g, const GArray *consents, const struct relation *r,
     int64_t n)
{
    kith_table *t = kith_answer_table(out, "relationships", columns, G_N_ELEMENTS(columns));

    for (int64_t i = 0; i < n; i++) {
        g_autofree char *way = way_to(g, consents, r[i].person);
        g_autofree char *why = in_words(&r[i]);

        kith_table_row(t);
        kith_table_set_node(t, PERSON, r[i].person, kith_graph_label(g, r[i].person));
        kith_table_set_real(t, WARMTH, r[i].now.w);
        kith_table_set_text(t, TIER, kith_warmth_tier_name(r[i].now.tier));
        kith_table_set_text(t, STATE, kith_warmth_state_name(r[i].now.state));
        kith_table_set_real(t, GAP, r[i].now.gap_days);
        kith_table_set_real(t, USUAL, r[i].now.usual_days);
        kith_table_set_real(t, BEFORE, r[i].before);
        kith_table_set_text(t, CHANNEL, way);
        kith_table_set_text(t, WHY, why);
    }
}

static const kith_column reminder_columns[] = {
    {"due", KITH_CELL_TIME, "", "the day to get in touch"},
    {"person", KITH_CELL_NODE, "", "with whom"},
    {"summary", KITH_CELL_TEXT, "", "what the reminder says"},
    {"detail", KITH_CELL_TEXT, "", "why, and how to reach them"},
};

/* One a day in the order of the list: nobody calls twenty people tomorrow. */
static void
remind(kith_answer *out, const kith_graph *g, const GArray *consents, const struct relation *r,
       int64_t n)
{
    kith_table *t =
        kith_answer_table(out, "reminders", reminder_columns, G_N_ELEMENTS(reminder_columns));

    for (int64_t i = 0; i < n; i++) {
        g_autofree char *way = way_to(g, consents, r[i].person);
        g_autofree char *why = in_words(&r[i]);
        g_autofree char *summary =
            g_strdup_printf("Get in touch with %s", kith_graph_label(g, r[i].person));
        g_autofree char *detail = way ? g_strdup_printf("%s\n%s", why, way) : g_strdup(why);

        kith_table_row(t);
        kith_table_set_time(t, 0, kith_graph_as_of(g) + (i + 1) * KITH_DAY, KITH_PRECISION_DAY);
        kith_table_set_node(t, 1, r[i].person, kith_graph_label(g, r[i].person));
        kith_table_set_text(t, 2, summary);
        kith_table_set_text(t, 3, detail);
    }
}

static int64_t
gather(const kith_warm_network *net, kith_node from, bool all, struct relation *out)
{
    int64_t n = 0;

    for (int64_t i = net->first[from]; i < net->first[from + 1]; i++) {
        struct relation *r = &out[n];

        r->person = net->to[i];
        kith_warm_between(net, from, r->person, &r->now);
        r->before = warmth_before(net, from, r->person, &r->now);
        r->urgency = urgency(&net->constants, r);
        n += all || r->urgency < 3;
    }
    if (n)
        qsort(out, (size_t)n, sizeof *out, compare_relations);
    return n;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct keep *o = opaque;
    const kith_graph *g = question->graph;
    g_autoptr(kith_warm_network) net = NULL;
    g_autofree struct relation *relations = NULL;
    g_autoptr(GArray) consents = NULL;
    kith_node from = kith_graph_owner(g);
    int64_t n;

    if (o->from)
        TRY(kith_graph_find(g, o->from, 1u << KITH_PERSON, &from, err));
    if (from < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say whose relationships with --from");
    TRY(kith_warm_network_new(g, &(kith_warm_options){.constants = question->constants}, &net,
                              err));
    relations = g_new0(struct relation, net->first[from + 1] - net->first[from] + 1);
    n = gather(net, from, o->all, relations);
    consents = kith_consents(g);
    tell(out, g, consents, relations, MIN(n, o->top));
    if (o->ics)
        remind(out, g, consents, relations, MIN(n, o->top));
    kith_answer_note(out,
                     "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                     " relationships need a thought; a phone or address is shown only where "
                     "no consent was withdrawn or bounced",
                     n, net->first[from + 1] - net->first[from]);
    kith_warmth_tell(&net->constants, out);
    if (n == 0)
        return kith_fail(
            err, KITH_ERR_NOT_FOUND,
            "nobody is going cold: no familiar or strong tie of %s is quiet beyond its "
            "rhythm (--all lists every tie)",
            kith_graph_label(g, from));
    return KITH_OK;
}

const kith_pass kith_pass_keep_in_touch = {
    .name = "keep-in-touch",
    .group = "introductions",
    .summary = "relationships cooling against their own rhythm; dormant strong ones worth a call",
    .details = "The usual interval is the median between days of contact (from four on), else 60, "
               "120 or 365 days for strong, "
               "familiar and weak ties. Cooling from three intervals of silence, at risk from "
               "eight, dormant from three "
               "years. Only ties that were familiar or strong at their last contact are listed, "
               "unless --all.",
    .example = "keep-in-touch --from \"Marta Kowalska\" --as-of 2024-12-31 "
               "datasets/tidewell/marta_google.ics datasets/tidewell/circle_events.ics",
    .options = options,
    .options_size = sizeof(struct keep),
    .run = run,
};
