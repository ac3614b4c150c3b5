/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * influencers - who matters, by a measure of one's choice, with a range beside each rank.
 *
 * The network is people, the ties between them and attending together; the owner and staff are part
 * of it but not of the ranking. Ranks are repeated on resamples that leave out a tenth of the
 * facts: a rank that moves with a few lost facts says so. What a file cannot show is withheld: an
 * address book has no ties among one's contacts, so everybody's betweenness in it is zero and means
 * nothing.
 */
#include "base/base.h"
#include "base/number.h"
#include "measures/centrality.h"
#include "measures/rank.h"
#include "measures/resample.h"
#include "measures/sampled.h"
#include <kith/pass.h>
#include <math.h>
#include <string.h>

#define STEPS_A_SECOND 1e9
#define ARCS_A_SECOND 1e8 /* that sampling looks at */
#define ENOUGH 0.0005     /* of all pairs: no more samples than this takes */
#define RISK 0.05

struct influencers {
    const char *by;
    int64_t top;
    const char *ties;
    bool include_owner, include_staff, weighted;
    int64_t resamples;
    const char *budget;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(struct influencers, by, "pagerank", KITH_CENTRALITY_CHOICES,
                       "what the ranking goes by"),
    KITH_OPTION_INT(struct influencers, top, 'n', "20", 1, 1e9, "how many people to list"),
    KITH_OPTION_TEXT(
        struct influencers, ties, 0, "KINDS", NULL, false,
        "comma list of the ties to use, attended for attending together; without it all "
        "ties between people and attending together"),
    KITH_OPTION_FLAG(struct influencers, include_owner, "rank the owner of the files as well"),
    KITH_OPTION_FLAG(struct influencers, include_staff, "rank staff as well"),
    KITH_OPTION_FLAG(struct influencers, weighted,
                     "use the weights of ties where the measure can; strength always does"),
    KITH_OPTION_INT(struct influencers, resamples, 0, "200", 0, 100000,
                    "how many times to repeat the ranking without a tenth of the facts; fewer "
                    "when the network is large"),
    KITH_OPTION_TEXT(
        struct influencers, budget, 0, "TIME", NULL, false,
        "as 30s, 5m or 1h: betweenness that would take longer on one core is sampled, with "
        "its error stated"),
    KITH_OPTION_END,
};

enum { RANK, PERSON, SCORE, RANK_LO, RANK_HI };
static const kith_column columns[] = {
    {"rank", KITH_CELL_INT, "1", "place in the ranking, from 1"},
    {"person", KITH_CELL_NODE, "", "who"},
    {"score", KITH_CELL_REAL, "", "by the measure asked for; missing when it cannot be told"},
    {"rank_lo", KITH_CELL_INT, "1",
     "5th centile of the ranks over the resamples, the best of equals'"},
    {"rank_hi", KITH_CELL_INT, "1",
     "95th centile of the ranks over the resamples, the worst of equals'"},
};

/* Everything one run of the pass needs. */
struct run {
    const kith_question *question;
    kith_work work;
    const struct influencers *o;
    const kith_centrality *measure;
    kith_network_options picked;
    kith_network *network;
    double *score;   /* by vertex */
    int64_t *ranked; /* vertices that take part in the ranking, ascending */
    int64_t *order;  /* place -> index into ranked */
    int64_t n;       /* how many are ranked */
    int64_t unseen;  /* people whose score cannot be told from outside */
    kith_resample *ranges;
    double budget;        /* seconds; INFINITY without one */
    kith_sampled sampled; /* samples: 0 when scores are exact */
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_resample_free(r->ranges);
    g_free(r->score);
    g_free(r->ranked);
    g_free(r->order);
}

static bool
takes_part(const struct run *r, kith_node node)
{
    unsigned flags = kith_graph_flags(r->question->graph, node);

    return (r->o->include_owner || !(flags & KITH_FLAG_OWNER)) &&
           (r->o->include_staff || !(flags & KITH_FLAG_STAFF));
}

static kith_status
check_anything(const struct run *r, kith_error *err)
{
    const kith_graph *g = r->question->graph;

    if (kith_graph_count(g, KITH_PERSON) == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no people");
    if (r->network->m == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         r->o->ties
                             ? "these files hold no ties of the kinds '%s' between two people"
                             : "these files hold no ties between two people%s",
                         r->o->ties ? r->o->ties : "");
    return KITH_OK;
}

/* Whether every tie has the owner at one end. */
static bool
is_star(const struct run *r)
{
    const kith_network *net = r->network;
    int64_t me = kith_network_vertex(net, kith_graph_owner(r->question->graph));

    for (int64_t i = 0; me >= 0 && i < net->m; i++)
        if (net->from[i] != me && net->to[i] != me)
            return false;
    return me >= 0;
}

static kith_status
check_seen(const struct run *r, kith_answer *out, kith_error *err)
{
    if (!is_star(r))
        return KITH_OK;
    kith_answer_note(out,
                     "what could not be seen: ties among your contacts; every tie in these files "
                     "is one of yours");
    if (!r->measure->needs_others)
        return KITH_OK;
    return kith_fail(err, KITH_ERR_NOT_FOUND,
                     "%s cannot be told from a star: these files hold no tie among your contacts",
                     r->measure->name);
}

/* A person whose only known tie is to the owner is seen from outside: what else they have is not in
 * the owner's files. */
static void
withhold_unseen(struct run *r)
{
    const kith_network *net = r->network;
    int64_t me = kith_network_vertex(net, kith_graph_owner(r->question->graph));
    g_autofree uint8_t *others = g_new0(uint8_t, net->n + 1), *mine = g_new0(uint8_t, net->n + 1);

    if (me < 0 || !r->measure->needs_others)
        return;
    for (int64_t i = 0; i < net->m; i++) {
        uint8_t *seen = net->from[i] == me || net->to[i] == me ? mine : others;

        seen[net->from[i]] = seen[net->to[i]] = 1;
    }
    for (int64_t i = 0; i < net->n; i++)
        if (i != me && mine[i] && !others[i]) {
            r->unseen += takes_part(r, net->node[i]);
            r->score[i] = NAN;
        }
}

static void
rank_people(struct run *r)
{
    g_autofree double *score = g_new(double, r->network->n + 1);

    r->ranked = g_new(int64_t, r->network->n + 1);
    for (int64_t i = 0; i < r->network->n; i++)
        if (takes_part(r, r->network->node[i])) {
            score[r->n] = r->score[i];
            r->ranked[r->n++] = i;
        }
    r->order = kith_rank_order(score, r->n, r->measure->lowest_first);
}

static bool
weighs(const struct run *r)
{
    return r->measure->can_weigh && (r->o->weighted || r->question->weighted);
}

/* How much of the whole is scoring once, the rest being resamples; for the bar only. */
static double
spent_on_scores(const struct run *r)
{
    return 1 / (1 + (double)MIN(r->o->resamples, 20));
}

/* "30s", "5m", "1h", or seconds. */
static kith_status
read_budget(struct run *r, kith_error *err)
{
    static const struct {
        char letter;
        double seconds;
    } unit[] = {{'s', 1}, {'m', 60}, {'h', 3600}};
    const char *text = r->o->budget;
    size_t length = text ? strlen(text) : 0;
    g_autofree char *number = g_strdup(text ? text : "");
    double seconds = 1;

    r->budget = INFINITY;
    if (!length)
        return KITH_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(unit); i++)
        if (text[length - 1] == unit[i].letter) {
            seconds = unit[i].seconds;
            number[length - 1] = '\0';
        }
    if (!kith_number_parse(number, &r->budget) || r->budget <= 0)
        return kith_fail(err, KITH_ERR_ARGUMENT, "bad --budget '%s' (expected a time such as 30s)",
                         text);
    r->budget *= seconds;
    return KITH_OK;
}

/* Work is counted, not timed, so the same command gives the same answer on every machine. */
static bool
exceeds_budget(const struct run *r)
{
    return kith_centrality_work(r->measure, r->network, weighs(r)) > r->budget * STEPS_A_SECOND;
}

/* No ranges, no owner: then those below the top need no score. */
static bool
only_top_counts(const struct run *r)
{
    kith_resample_plan plan = {.graph = r->question->graph,
                               .picked = &r->picked,
                               .measure = r->measure,
                               .n = r->network->n,
                               .wanted = r->o->resamples};

    return r->measure->best && !weighs(r) && kith_graph_owner(r->question->graph) < 0 &&
           (r->o->resamples == 0 || kith_resample_affordable(&plan, r->network) == 0);
}

/* The top asked for, and as many more as may be left out of the ranking. */
static int64_t
needed(const struct run *r)
{
    int64_t n = r->o->top;

    for (int64_t i = 0; i < r->network->n; i++)
        n += !takes_part(r, r->network->node[i]);
    return n;
}

static kith_status
score_everybody(struct run *r, kith_error *err)
{
    kith_sampled_plan plan = {.seed = r->question->seed,
                              .steps = r->budget * ARCS_A_SECOND,
                              .error = ENOUGH,
                              .risk = RISK};

    kith_work_share(&r->work, 0, spent_on_scores(r));
    if (only_top_counts(r))
        return kith_centrality_best(r->measure, r->network, needed(r), &r->work, r->score, err);
    if (!g_str_equal(r->measure->name, "betweenness") || weighs(r) || !exceeds_budget(r))
        return kith_centrality_score(r->measure, r->network, weighs(r), &r->work, r->score, err);
    TRY(kith_betweenness_sampled(r->network, &plan, &r->work, r->score, &r->sampled, err));
    kith_rank_tidy(r->score, r->network->n);
    return KITH_OK;
}

static kith_status
find_ranges(struct run *r, kith_error *err)
{
    kith_resample_plan plan = {.graph = r->question->graph,
                               .picked = &r->picked,
                               .measure = r->measure,
                               .weighted = weighs(r),
                               .ranked = r->ranked,
                               .score = r->score,
                               .n = r->n,
                               .wanted = r->o->resamples,
                               .seed = r->question->seed,
                               .work = &r->work};

    kith_work_share(&r->work, spent_on_scores(r), 1);
    return kith_resample_ranks(&plan, r->network, &r->ranges, err);
}

static void
fill(const struct run *r, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "influencers", columns, G_N_ELEMENTS(columns));

    for (int64_t place = 0; place < MIN(r->n, r->o->top); place++) {
        int64_t i = r->order[place], vertex = r->ranked[i];
        kith_node person = r->network->node[vertex];

        kith_table_row(t);
        kith_table_set_int(t, RANK, place + 1);
        kith_table_set_node(t, PERSON, person, kith_graph_label(r->question->graph, person));
        kith_table_set_real(t, SCORE, r->score[vertex]);
        if (r->ranges->done && !isnan(r->score[vertex])) {
            kith_table_set_int(t, RANK_LO, r->ranges->low[i]);
            kith_table_set_int(t, RANK_HI, r->ranges->high[i]);
        }
    }
}

static void
note_left_out(const struct run *r, kith_answer *out)
{
    const kith_graph *g = r->question->graph;
    kith_node me = kith_graph_owner(g);
    int64_t staff = 0;

    for (kith_node i = 0; !r->o->include_staff && i < kith_graph_nodes(g); i++)
        staff += kith_graph_kind(g, i) == KITH_PERSON && kith_graph_flags(g, i) & KITH_FLAG_STAFF;
    if (me >= 0 && !r->o->include_owner)
        kith_answer_note(out, "the owner, %s, is in the network and left out of the ranking",
                         kith_graph_label(g, me));
    if (staff)
        kith_answer_note(
            out, "staff are in the network and left out of the ranking: %" G_GINT64_FORMAT, staff);
    if (r->unseen)
        kith_answer_note(
            out,
            "seen only through the owner's own ties, so their %s cannot be told and is "
            "missing: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " people",
            r->measure->name, r->unseen, r->n);
}

/* Whether some tie is not of weight 1, so that --weighted would change something. */
static bool
has_weights(const kith_network *net)
{
    for (int64_t i = 0; i < net->m; i++)
        if (net->weight[i] != 1)
            return true;
    return false;
}

static bool
all_equal(const struct run *r)
{
    for (int64_t i = 1; i < r->n; i++)
        if (!(r->score[r->ranked[i]] == r->score[r->ranked[0]]))
            return false;
    return r->n > 1;
}

static void
note_budget(const struct run *r, kith_answer *out)
{
    const kith_sampled *s = &r->sampled;

    if (s->samples)
        kith_answer_note(out,
                         "betweenness is sampled, for the exact one takes longer than the budget: "
                         "%" G_GINT64_FORMAT
                         " shortest chains between people drawn at random; with "
                         "%.0f %% probability every score is within %.4g of the exact one (%.2g of "
                         "all pairs)",
                         s->samples, 100 * (1 - RISK), s->error * s->pairs, s->error);
    else if (isfinite(r->budget) && exceeds_budget(r))
        kith_answer_note(out,
                         "longer than the budget: %s%s has no sampled form, so it was made exactly",
                         weighs(r) ? "weighted " : "", r->measure->name);
}

static void
note_measure(const struct run *r, kith_answer *out)
{
    const kith_centrality *m = r->measure;
    bool asked = r->o->weighted || r->question->weighted;

    kith_answer_note(out, "%s: %s", m->name, m->about);
    if (weighs(r))
        kith_answer_note(out, "weights are used%s",
                         m->cost == KITH_COST_TRAVERSALS || m->cost == KITH_COST_DISTANCES
                             ? "; a tie is 1/weight long"
                             : "");
    else if (asked && !m->always_weighs)
        kith_answer_note(out, "%s takes no weights: every tie counts the same", m->name);
    else if (m->can_weigh && has_weights(r->network))
        kith_answer_note(out, "every tie counts the same; weights are used with --weighted");
    note_budget(r, out);
    if (all_equal(r))
        kith_answer_note(out, "everybody has the same score, so the order says nothing");
}

static void
note_ranges(const struct run *r, kith_answer *out)
{
    const kith_resample *found = r->ranges;
    int64_t first = r->n ? r->order[0] : -1, top = MIN(5, r->n);

    if (r->o->resamples == 0)
        return;
    if (!found->done) {
        kith_answer_note(out, "no ranges: the network is too large to repeat the ranking");
        return;
    }
    kith_answer_note(out,
                     "ranges: 5th to 95th centile of the ranks in %" G_GINT64_FORMAT
                     " resamples without a tenth of the facts%s",
                     found->done,
                     found->done < r->o->resamples ? " (fewer than asked for: the network is large)"
                                                   : "");
    if (!all_equal(r) && first >= 0 && !isnan(r->score[r->ranked[first]]))
        kith_answer_note(out, "%s: top %" G_GINT64_FORMAT " in %.0f %% of resamples",
                         kith_graph_label(r->question->graph, r->network->node[r->ranked[first]]),
                         top, 100 * found->top5[first] / (double)found->done);
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .work = kith_work_of(question)};

    r.measure = kith_centrality_find(r.o->by);
    if (!r.measure)
        return kith_fail(err, KITH_ERR_ARGUMENT, "no measure is called '%s'", r.o->by);
    TRY(read_budget(&r, err));
    TRY(kith_network_read_ties(r.o->ties, &r.picked, err));
    TRY(kith_network_new(question->graph, &r.picked, &r.network, err));
    TRY(check_anything(&r, err));
    kith_network_describe(r.network, out);
    TRY(check_seen(&r, out, err));
    r.score = g_new0(double, r.network->n + 1);
    TRY(score_everybody(&r, err));
    withhold_unseen(&r);
    rank_people(&r);
    TRY(find_ranges(&r, err));
    fill(&r, out);
    note_measure(&r, out);
    note_left_out(&r, out);
    note_ranges(&r, out);
    return KITH_OK;
}

const kith_pass kith_pass_influencers = {
    .name = "influencers",
    .group = "community",
    .summary = "rank people by how much they matter, with a range beside each rank",
    .details =
        "Ranks people by --by MEASURE; pagerank when none is given. The network is people, the "
        "ties "
        "between them and attending the same event (1/(n-1) for an event of n people); --ties "
        "picks "
        "some. pagerank, hub, authority and betweenness follow the ties' direction when all of "
        "them have "
        "one; the other measures look at a tie from both ends. degree counts people, strength adds "
        "weights. "
        "pagerank has damping 0.85 and sums to 1. eigenvector, in the largest connected part, and "
        "katz "
        "have maximum 1, hub and authority (HITS) as well. betweenness counts each pair once, "
        "without its ends, not normalised. "
        "harmonic "
        "and closeness are means over the others and over those within reach. core is the k of the "
        "k-core. For constraint the lowest comes first: nobody else connects one's contacts. "
        "clustering is the share of one's contacts' pairs who have a tie. spread is how many hear "
        "of it when one person tells, a tie carrying word one time in ten (kith seeds chooses "
        "several). Weights count only with "
        "--weighted or --weight, and make a tie 1/weight long; strength always uses them. The "
        "owner "
        "and staff stay in the network but are not ranked unless asked for. Equal scores are "
        "ordered "
        "by name. With --budget 30s betweenness that would take longer on one core is estimated "
        "from "
        "random shortest chains (Borassi & Natale 2019), its error stated; the work is counted, "
        "not "
        "timed, so the answer is the same on every machine.",
    .example = "influencers --by betweenness --top 5 datasets/karate/edges.csv",
    .options = options,
    .options_size = sizeof(struct influencers),
    .run = run,
};
