/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ties - every warm tie there is, each way: the network that introductions are looked for in.
 *
 * One row for each ordered pair with any warmth, by warmth-1 (measures/warmth.h): what `intro`,
 * `reach` and `gatekeepers` work on, and what the report's page carries so that a reader can ask
 * there. Equal warmth is ordered by who, then whom. Ties of plain graph files say nothing of warmth
 * and are listed by who and whom. Beside them stand the jobs that ways into a firm end at.
 */
#include "measures/ties.h"
#include "measures/plain.h"
#include "measures/roles.h"
#include "passes/pass.h"

struct ties {
    int64_t top, words;
};

static const kith_option options[] = {
    KITH_OPTION_INT(struct ties, top, 'n', "20", 1, 1e9, "how many ties to list"),
    KITH_OPTION_INT(struct ties, words, 0, "2", 0, 10,
                    "how many kinds of evidence to name for each"),
    KITH_OPTION_END,
};

enum { FROM, TO, P, WARMTH, TIER, STATE, RECORD, EVIDENCE };
static const kith_column columns[] = {
    {"from", KITH_CELL_NODE, "", "who would ask, or be asked to introduce"},
    {"to", KITH_CELL_NODE, "", "whom they know"},
    {"p", KITH_CELL_REAL, "index", "what a hop between them is worth to a chain of introductions"},
    {"warmth", KITH_CELL_REAL, "index", "W by warmth-1"},
    {"tier", KITH_CELL_TEXT, "", "strong, familiar, weak or unknown, by warmth"},
    {"state", KITH_CELL_TEXT, "",
     "active, cooling, at risk, dormant or unknown, by the last contact"},
    {"record", KITH_CELL_REAL, "1", "how introductions that `from` was asked for went"},
    {"evidence", KITH_CELL_TEXT, "", "the facts that weigh most, and where they stand"},
};

static const kith_column job_columns[] = {
    {"organisation", KITH_CELL_NODE, "", "the firm"},
    {"person", KITH_CELL_NODE, "", "who works there now"},
    {"title", KITH_CELL_TEXT, "", "as what"},
    {"role", KITH_CELL_REAL, "1", "weight of that title: who decides counts fully"},
};

struct hop {
    const kith_warm_network *net;
    int64_t hop;
    int32_t from;
};

static int
compare(const void *a, const void *b)
{
    const struct hop *x = a, *y = b;
    double v = x->net->w[x->hop], w = y->net->w[y->hop];

    return v != w ? (v < w ? 1 : -1) : (x->hop > y->hop) - (x->hop < y->hop);
}

/* All hops, the warmest first. */
static struct hop *
order(const kith_warm_network *net)
{
    struct hop *all = g_new(struct hop, (gsize)net->hops + 1);

    for (int32_t v = 0; v < net->nodes; v++)
        for (int64_t i = net->first[v]; i < net->first[v + 1]; i++)
            all[i] = (struct hop){net, i, v};
    qsort(all, (size_t)net->hops, sizeof *all, compare);
    return all;
}

static void
begin(const kith_graph *g, kith_node from, kith_node to, kith_table *out)
{
    kith_table_row(out);
    kith_table_set_node(out, FROM, from, kith_graph_label(g, from));
    kith_table_set_node(out, TO, to, kith_graph_label(g, to));
}

static void
fill(const kith_graph *g, const struct hop *h, const struct ties *o, kith_table *out)
{
    const kith_warm_network *net = h->net;
    kith_node from = h->from, to = net->to[h->hop];
    g_autofree char *evidence = o->words ? kith_warm_words(net, from, to, (int)o->words) : NULL;

    begin(g, from, to, out);
    kith_table_set_real(out, P, net->p[h->hop]);
    kith_table_set_real(out, WARMTH, net->w[h->hop]);
    kith_table_set_text(out, TIER, kith_warmth_tier_name(net->tier[h->hop]));
    kith_table_set_text(out, STATE, kith_warmth_state_name(net->state[h->hop]));
    kith_table_set_real(out, RECORD, kith_warm_record(net, from));
    kith_table_set_text(out, EVIDENCE, evidence);
}

static kith_status
none(kith_error *err)
{
    return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no tie between two people");
}

static void
note_rest(int64_t left, const char *which, kith_answer *out)
{
    if (left > 0)
        kith_answer_note(out, "%" G_GINT64_FORMAT " ties%s left out (--top)", left, which);
}

static kith_status
warm(const kith_question *q, const struct ties *o, kith_table *table, kith_answer *out,
     kith_error *err)
{
    g_autoptr(kith_warm_network) net = NULL;
    g_autofree struct hop *all = NULL;
    int64_t n;

    TRY(kith_warm_network_new(q->graph, &(kith_warm_options){.constants = q->constants}, &net,
                              err));
    if (net->hops == 0)
        return none(err);
    all = order(net);
    n = MIN(net->hops, o->top);
    for (int64_t i = 0; i < n; i++) {
        if (q->progress && !q->progress(q->payload, (double)i / (double)n))
            return kith_fail(err, KITH_ERR_CANCELLED, "stopped");
        fill(q->graph, &all[i], o, table);
    }
    note_rest(net->hops - n, " of less warmth", out);
    kith_answer_note(out, "a tie is listed each way: what one owes the other is not the same back");
    kith_warmth_tell(&net->constants, out);
    return KITH_OK;
}

static kith_status
plain(const kith_question *q, const struct ties *o, kith_table *table, kith_answer *out,
      kith_error *err)
{
    g_autoptr(kith_plain) hops = NULL;

    TRY(kith_plain_new(q->graph, KITH_PLAIN_NOTHING, NULL, &hops, err));
    if (hops->hops == 0)
        return none(err);
    for (int32_t v = 0; v < hops->nodes; v++)
        for (int64_t i = hops->first[v]; i < hops->first[v + 1] && kith_table_rows(table) < o->top;
             i++)
            begin(q->graph, v, hops->to[i], table);
    note_rest(hops->hops - kith_table_rows(table), "", out);
    kith_answer_note(out, "ties of a plain graph file: nothing is known of their warmth");
    return KITH_OK;
}

/* Who works where now, with what their title weighs. */
static void
fill_jobs(const kith_question *q, kith_answer *answer)
{
    const kith_graph *g = q->graph;
    kith_warmth_constants usual;
    kith_table *out;
    int64_t first, n;
    kith_tie job;

    kith_warmth_defaults(&usual);
    kith_graph_tie_range(g, KITH_WORKS_AT, &first, &n);
    if (n == 0)
        return;
    out = kith_answer_table(answer, "jobs", job_columns, G_N_ELEMENTS(job_columns));
    for (int64_t i = first; i < first + n; i++) {
        const char *title;

        kith_graph_tie(g, i, &job);
        if (kith_graph_kind(g, job.from) != KITH_PERSON ||
            (job.until != KITH_TIME_NONE && job.until < kith_graph_as_of(g)))
            continue;
        title = job.detail ? job.detail : kith_graph_attribute(g, job.from, "title");
        kith_table_row(out);
        kith_table_set_node(out, 0, job.to, kith_graph_label(g, job.to));
        kith_table_set_node(out, 1, job.from, kith_graph_label(g, job.from));
        kith_table_set_text(out, 2, title);
        kith_table_set_real(
            out, 3, kith_role_weight(q->constants ? q->constants : &usual, kith_role_of(title)));
    }
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct ties *o = opaque;
    kith_table *table = kith_answer_table(out, "ties", columns, G_N_ELEMENTS(columns));

    if (kith_plain_is(question->graph))
        return plain(question, o, table, out, err);
    TRY(warm(question, o, table, out, err));
    fill_jobs(question, out);
    return KITH_OK;
}

const kith_pass kith_pass_ties = {
    .name = "ties",
    .group = "introductions",
    .summary = "every warm tie, each way, the warmest first",
    .details = "One row for each ordered pair of people with any warmth by warmth-1: the network "
               "that intro looks for "
               "chains in. p is what the hop is worth to a chain.",
    .example = "ties --top 10 datasets/tidewell/Connections.csv",
    .options = options,
    .options_size = sizeof(struct ties),
    .run = run,
};
