/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spread - word of mouth in time: whom word from somebody could have reached and when, and who preceded whom.
 *
 * --from follows dated ties forward in time. --adopted takes a column with the moment at which people took something up,
 * and looks who of those who may tell them had done so before.
 */
#include "base/base.h"
#include "measures/contacts.h"
#include "measures/precede.h"
#include "measures/rank.h"
#include "measures/tellings.h"
#include <kith/pass.h>
#include <math.h>

#define DEALS 1000

struct spread {
    const char *from, *adopted, *ties, *flow;
    kith_time since;
    double until;
    bool same_moment;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct spread, from, 0, "WHO", NULL, false,
                     "from whom word goes; follows dated ties forward in time"),
    KITH_OPTION_TEXT(struct spread, adopted, 0, "COLUMN", NULL, false,
                     "the moment at which people took something up, a number in a column of the "
                     "people: who preceded whom"),
    KITH_OPTION_TEXT(struct spread, ties, 0, "KINDS", NULL, false,
                     "comma list of the ties to use, attended for attending together; without it "
                     "all ties between people and attending together"),
    KITH_OPTION_CHOICE(struct spread, flow, "along", "along|against",
                       "which way word goes over a tie with a direction"),
    KITH_OPTION_DATE(struct spread, since,
                     "word sets out on this day; with the first dated tie by default"),
    KITH_OPTION_REAL(struct spread, until, "1e300", -1e300, 1e300,
                     "larger values of --adopted mean never"),
    KITH_OPTION_FLAG(struct spread, same_moment, "word may go on in the very moment it came"),
    KITH_OPTION_INT(struct spread, top, 'n', "20", 1, 1e9, "how many people to list"),
    KITH_OPTION_END,
};

enum { PERSON, ARRIVED, HOPS, VIA };
static const kith_column reached_columns[] = {
    {"person", KITH_CELL_NODE, "", "whom word could reach"},
    {"arrived", KITH_CELL_TIME, "", "the earliest moment"},
    {"hops", KITH_CELL_INT, "ties", "over how many ties it came by then"},
    {"via", KITH_CELL_NODE, "", "from whom"},
};

enum { P_PERSON, ADOPTED, CONTACTS, BEFORE, FIRST, FIRST_ADOPTED };
static const kith_column preceded_columns[] = {
    {"person", KITH_CELL_NODE, "", "who took it up"},
    {"adopted", KITH_CELL_REAL, "", "when"},
    {"contacts", KITH_CELL_INT, "people", "who may tell them"},
    {"before", KITH_CELL_INT, "people", "who of those had taken it up before"},
    {"first", KITH_CELL_NODE, "", "the earliest of those"},
    {"first_adopted", KITH_CELL_REAL, "", "when that one did"},
};

enum { MEASURE, VALUE };
static const kith_column summary_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what was counted"},
    {"value", KITH_CELL_REAL, "", "the number"},
};

static void
add_summary(kith_table *t, const char *measure, double value)
{
    kith_table_row(t);
    kith_table_set_text(t, MEASURE, measure);
    kith_table_set_real(t, VALUE, value);
}

static void
set_node(kith_table *t, int column, const kith_graph *g, kith_node node)
{
    kith_table_set_node(t, column, node, kith_graph_label(g, node));
}

/* People in the order of arrival; the source and those never reached are left out. */
static int64_t
in_order(const kith_graph *g, const kith_arrivals *a, int64_t **out)
{
    int64_t n = 0;
    g_autofree double *when = g_new(double, (gsize)kith_graph_nodes(g) + 1);
    g_autofree int64_t *node = g_new(int64_t, (gsize)kith_graph_nodes(g) + 1);

    for (kith_node i = 0; i < kith_graph_nodes(g); i++)
        if (a->hops[i] > 0) {
            when[n] = (double)a->when[i];
            node[n++] = i;
        }
    *out = kith_rank_order(when, n, true);
    for (int64_t i = 0; i < n; i++)
        (*out)[i] = node[(*out)[i]];
    return n;
}

static void
fill_reached(const kith_graph *g, const struct spread *o, const kith_arrivals *a, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "reached", reached_columns, G_N_ELEMENTS(reached_columns));
    kith_table *s =
        kith_answer_table(out, "summary", summary_columns, G_N_ELEMENTS(summary_columns));
    g_autofree int64_t *order = NULL;
    int64_t n = in_order(g, a, &order);

    for (int64_t i = 0; i < MIN(n, o->top); i++) {
        kith_table_row(t);
        set_node(t, PERSON, g, order[i]);
        kith_table_set_time(t, ARRIVED, a->when[order[i]], KITH_PRECISION_SECOND);
        kith_table_set_int(t, HOPS, a->hops[order[i]]);
        set_node(t, VIA, g, a->via[order[i]]);
    }
    add_summary(s, "people reached", (double)n);
    add_summary(s, "people in all", (double)kith_graph_count(g, KITH_PERSON));
    if (n) {
        double start = (double)a->when[order[0]], day = (double)KITH_DAY;
        int64_t middle = (n - 1) / 2;

        add_summary(s, "days from the first to half of them",
                    ((double)a->when[order[middle]] - start) / day);
        add_summary(s, "days from the first to the last",
                    ((double)a->when[order[n - 1]] - start) / day);
    }
}

static kith_status
follow(const kith_question *question, const struct spread *o, kith_answer *out, kith_error *err)
{
    const kith_graph *g = question->graph;
    g_auto(kith_contacts) contacts = {0};
    g_auto(kith_arrivals) arrivals = {0};
    kith_node from;

    TRY(kith_graph_find(g, o->from, 1u << KITH_PERSON, &from, err));
    TRY(kith_contacts_read(g, o->ties, g_str_equal(o->flow, "against"), &contacts, err));
    kith_arrivals_from(&contacts, kith_graph_nodes(g), from, o->since, o->same_moment, &arrivals);
    fill_reached(g, o, &arrivals, out);
    kith_answer_note(out,
                     "word from %s could reach %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                     " others by dated ties, each later than the one before%s",
                     kith_graph_label(g, from), arrivals.reached - 1,
                     kith_graph_count(g, KITH_PERSON) - 1,
                     o->same_moment ? " or of the same moment" : "");
    if (contacts.undated)
        kith_answer_note(out, "ties without a date, left out: %" G_GINT64_FORMAT, contacts.undated);
    if (contacts.large_events)
        kith_answer_note(out, "events of more than 500 people, left out: %" G_GINT64_FORMAT,
                         contacts.large_events);
    if (arrivals.reached == 1)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no dated tie carries word from %s",
                         kith_graph_label(g, from));
    return KITH_OK;
}

static kith_status
read_moments(const kith_graph *g, const struct spread *o, const kith_network *net, double *when,
             kith_error *err)
{
    int64_t known = 0;

    for (int64_t v = 0; v < net->n; v++) {
        const char *text = kith_graph_attribute(g, net->node[v], o->adopted);
        char *end = NULL;

        when[v] = text ? g_ascii_strtod(text, &end) : (double)NAN;
        if (text && (end == text || *end) && g_ascii_strcasecmp(text, "NA") != 0)
            return kith_fail(err, KITH_ERR_ARGUMENT, "the %s of %s is '%s' (expected a number)",
                             o->adopted, kith_graph_label(g, net->node[v]), text);
        if (!text || end == text || when[v] > o->until)
            when[v] = (double)NAN;
        known += !isnan(when[v]);
    }
    return known ? KITH_OK
                 : kith_fail(err, KITH_ERR_NOT_FOUND, "nobody has a number in a column '%s'",
                             o->adopted);
}

static void
fill_preceded(const kith_graph *g, const struct spread *o, const kith_network *net,
              const double *when, const kith_precede *p, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "preceded", preceded_columns, G_N_ELEMENTS(preceded_columns));
    kith_table *s =
        kith_answer_table(out, "summary", summary_columns, G_N_ELEMENTS(summary_columns));
    g_autofree int64_t *order = kith_rank_order(when, net->n, true);

    for (int64_t i = 0; i < MIN(p->adopters, o->top); i++) {
        int64_t v = order[i];

        kith_table_row(t);
        set_node(t, P_PERSON, g, net->node[v]);
        kith_table_set_real(t, ADOPTED, when[v]);
        kith_table_set_int(t, CONTACTS, p->contacts[v]);
        kith_table_set_int(t, BEFORE, p->before[v]);
        if (p->first[v] >= 0) {
            set_node(t, FIRST, g, net->node[p->first[v]]);
            kith_table_set_real(t, FIRST_ADOPTED, when[p->first[v]]);
        }
    }
    add_summary(s, "took it up", (double)p->adopters);
    add_summary(s, "after a contact had", (double)p->led);
    add_summary(s, "expected if moments were dealt out by chance", p->expected);
    add_summary(s, "standard deviation of that", p->deviation);
    add_summary(s, "z", p->deviation > 0 ? ((double)p->led - p->expected) / p->deviation : NAN);
    add_summary(s, "share of deals with as many", p->share);
}

static kith_status
precede(const kith_question *question, const struct spread *o, kith_answer *out, kith_error *err)
{
    const kith_tellings_options telling = {.ties = o->ties, .probability = "1", .flow = o->flow};
    kith_work work = kith_work_of(question);
    g_auto(kith_tellings) tellings = {0};
    g_autoptr(kith_cascade) tellers = NULL;
    g_auto(kith_precede) found = {0};
    g_autofree double *when = NULL;

    TRY(kith_tellings_read(question->graph, &telling, &tellings, err));
    when = g_new0(double, (gsize)tellings.network->n + 1);
    TRY(read_moments(question->graph, o, tellings.network, when, err));
    TRY(kith_tellings_cascade(&tellings, KITH_CASCADE_IC, 1, &tellers, err));
    TRY(kith_precede_count(tellers, when, DEALS, (uint64_t)question->seed, &work, &found, err));
    fill_preceded(question->graph, o, tellings.network, when, &found, out);
    kith_network_describe(tellings.network, out);
    kith_answer_note(out,
                     "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                     " took it up after one of those who may tell them; by chance it would be "
                     "%.1f (z %.2f)",
                     found.led, found.adopters, found.expected,
                     found.deviation > 0 ? ((double)found.led - found.expected) / found.deviation
                                         : 0.0);
    kith_answer_note(out,
                     "coming after a contact goes with being told by them, and with being like "
                     "them; it proves neither");
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    const struct spread *o = values;

    if ((o->from != NULL) == (o->adopted != NULL))
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "one of --from WHO and --adopted COLUMN is needed");
    return o->from ? follow(question, o, out, err) : precede(question, o, out, err);
}

const kith_pass kith_pass_spread = {
    .name = "spread",
    .group = "community",
    .summary = "word of mouth in time: whom it could have reached by when, and who preceded whom",
    .details =
        "--from WHO: word sets out from somebody and goes over dated ties, each later than the one "
        "before; whom it could have reached, how early, and from whom. --adopted COLUMN: who took "
        "something up after one of those who may tell them had, beside what chance would give when "
        "the moments are dealt out anew a thousand times. Ties without a direction and attending "
        "together go both ways. Equal moments are ordered by name.",
    .example = "spread --from EVELYN --top 5 datasets/davis/attendance.csv",
    .options = options,
    .options_size = sizeof(struct spread),
    .run = run,
};
