/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seeds - whom to tell first so that word reaches most.
 *
 * Seeds are chosen on reverse sets with a proof of how near the best they are, then tried in thousands of runs. Beside them
 * stand choices that took no thought: people drawn at random, a few more of them, and those with most ties. How
 * readily word is passed on is not known, so all is repeated with half and twice the chance.
 */
#include "base/base.h"
#include "measures/audience.h"
#include "measures/baselines.h"
#include "measures/influence.h"
#include "measures/spread.h"
#include "measures/tellings.h"
#include <kith/pass.h>
#include <math.h>

#define NORMAL_95 1.959964 /* half the width of a 95 % interval, in standard errors */
#define CHOOSE_SETS 8192   /* fewer with fewer runs */
#define JUDGE_SETS 65536
#define JUDGE_SETS_A_RUN 8
#define JUDGE_MEMBERS (INT64_C(1) << 24)
#define WORLDS 512 /* runs that one look at an arc serves */
#define LOOKS 6    /* at each arc in each block of runs when all seeds go together */
#define BRISK 6e7  /* looks in all after which seeds are no longer added one by one */
#define EXTRA 3    /* more people drawn at random */

struct seeds {
    int64_t k;
    const char *model, *probability, *ties, *flow, *exclude, *segment, *cost, *permission, *purpose,
        *given;
    double budget, epsilon;
    int64_t runs;
    bool weighted, include_owner, include_staff;
};

static const kith_option options[] = {
    KITH_OPTION_INT(struct seeds, k, 'k', "5", 1, 1e9, "how many people to tell first"),
    KITH_OPTION_CHOICE(struct seeds, model, "ic", "ic|lt",
                       "independent cascade (each telling is believed or not) or linear threshold "
                       "(people wait for enough others)"),
    KITH_OPTION_TEXT(struct seeds, probability, 'p', "P", "0.1", false,
                     "chance that word goes over a tie: a number, weighted-cascade (1 / how many "
                     "could tell), warmth, weight, or a column of the ties"),
    KITH_OPTION_TEXT(struct seeds, ties, 0, "KINDS", NULL, false,
                     "comma list of the ties to use, attended for attending together; without it "
                     "all ties between people and attending together"),
    KITH_OPTION_CHOICE(struct seeds, flow, "auto", "auto|along|against|both",
                       "which way word goes over a tie with a direction; auto: along, but from "
                       "the followed to followers where all ties are follows"),
    KITH_OPTION_FLAG(struct seeds, weighted,
                     "a number given for the probability is the chance of each unit of weight"),
    KITH_OPTION_TEXT(struct seeds, exclude, 0, "NAMES|@FILE", NULL, false,
                     "people who may not be chosen: a comma list, or @FILE with a name a line"),
    KITH_OPTION_TEXT(struct seeds, given, 0, "NAMES", NULL, false,
                     "judge these instead of choosing: a comma list, in the order of telling"),
    KITH_OPTION_TEXT(struct seeds, segment, 0, "WHO", NULL, false,
                     "whom word should reach: customer, prospect, member, staff, KEY=VALUE, or a "
                     "firm, topic or event"),
    KITH_OPTION_TEXT(struct seeds, cost, 0, "COLUMN", NULL, false,
                     "what telling a person costs, a column of the people; goes with --budget"),
    KITH_OPTION_REAL(struct seeds, budget, "0", 0, 1e300,
                     "most that the chosen may cost together; takes the place of -k"),
    KITH_OPTION_CHOICE(struct seeds, permission, "auto", "auto|required|ignored",
                       "whether only people with a recorded consent may be chosen; auto: where "
                       "the files record any"),
    KITH_OPTION_TEXT(struct seeds, purpose, 0, "PURPOSE", NULL, false,
                     "what the consent must be for; any by default"),
    KITH_OPTION_FLAG(struct seeds, include_owner, "the owner of the files may be chosen"),
    KITH_OPTION_FLAG(struct seeds, include_staff, "staff may be chosen"),
    KITH_OPTION_REAL(struct seeds, epsilon, "0.1", 0.01, 0.5,
                     "how far below 1 - 1/e of the best the proof may end"),
    KITH_OPTION_INT(
        struct seeds, runs, 0, "10000", 64, 1e7,
        "how many runs to try the seeds in, 512 at a time. Less than 8192: fewer reverse sets as "
        "well, so a quick, rough answer"),
    KITH_OPTION_END,
};

enum { ORDER, PERSON, MARGINAL, SPREAD, SPREAD_LO, SPREAD_HI, COST };
static const kith_column seed_columns[] = {
    {"order", KITH_CELL_INT, "1", "place in which they were chosen, from 1"},
    {"person", KITH_CELL_NODE, "", "whom to tell"},
    {"marginal", KITH_CELL_REAL, "people", "how many more hear because of this one, on average"},
    {"spread", KITH_CELL_REAL, "people",
     "how many hear of it from the first so many, on average, themselves included"},
    {"spread_lo", KITH_CELL_REAL, "people", "lower end of the 95 % interval of that average"},
    {"spread_hi", KITH_CELL_REAL, "people", "upper end of the 95 % interval of that average"},
    {"cost", KITH_CELL_REAL, "", "of telling this person"},
};

enum { NAME, K, BASE_SPREAD, BASE_LO, BASE_HI };
static const kith_column baseline_columns[] = {
    {"name", KITH_CELL_TEXT, "", "how these people would be chosen"},
    {"k", KITH_CELL_INT, "people", "how many"},
    {"spread", KITH_CELL_REAL, "people", "how many hear of it, on average"},
    {"spread_lo", KITH_CELL_REAL, "people", "lower end of the 95 % interval of that average"},
    {"spread_hi", KITH_CELL_REAL, "people", "upper end of the 95 % interval of that average"},
};

enum { FACTOR, SAME, SWEEP_SPREAD, SWEEP_LO, SWEEP_HI, OTHERS };
static const kith_column sweep_columns[] = {
    {"factor", KITH_CELL_REAL, "1", "every chance times this, at most 1"},
    {"same", KITH_CELL_REAL, "1", "share of these seeds who are seeds at factor 1 as well"},
    {"spread", KITH_CELL_REAL, "people", "how many hear of it, on average"},
    {"spread_lo", KITH_CELL_REAL, "people", "lower end of the 95 % interval of that average"},
    {"spread_hi", KITH_CELL_REAL, "people", "upper end of the 95 % interval of that average"},
    {"others", KITH_CELL_LIST, "", "those of these seeds who are none at factor 1"},
};

enum { MEASURE, VALUE, ABOUT };
static const kith_column proof_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what was found out"},
    {"value", KITH_CELL_REAL, "", "the number"},
    {"about", KITH_CELL_TEXT, "", "what it says"},
};

struct run {
    const kith_question *question;
    const struct seeds *o;
    kith_work work;
    kith_tellings tellings;
    kith_audience audience;
    kith_cascade *cascade;
    kith_influence found;
    kith_spread tried;
    double people; /* whose hearing counts */
};

static void
run_clear(struct run *r)
{
    kith_tellings_clear(&r->tellings);
    kith_audience_clear(&r->audience);
    kith_cascade_free(r->cascade);
    kith_influence_clear(&r->found);
    kith_spread_clear(&r->tried);
}

static const char *
name_of(const struct run *r, uint32_t v)
{
    return kith_graph_label(r->question->graph, r->tellings.network->node[v]);
}

static int64_t
how_many(const struct run *r)
{
    return r->audience.givens ? r->audience.givens : r->o->k;
}

static kith_status
check_terms(const struct run *r, kith_error *err)
{
    if ((r->o->cost != NULL) != (r->o->budget > 0))
        return kith_fail(err, KITH_ERR_ARGUMENT, "--budget and --cost go together");
    if (r->o->cost && r->audience.givens)
        return kith_fail(err, KITH_ERR_ARGUMENT, "--given and --cost do not go together");
    if (!r->o->cost && how_many(r) > r->audience.may)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "k is %" G_GINT64_FORMAT ", but only %" G_GINT64_FORMAT
                         " people may be told first",
                         how_many(r), r->audience.may);
    return KITH_OK;
}

static kith_status
read_question(struct run *r, kith_error *err)
{
    const struct seeds *o = r->o;
    kith_tellings_options telling = {o->ties, o->probability, o->flow,
                                     o->weighted || r->question->weighted};
    kith_audience_options audience = {o->exclude,       o->segment,      o->cost,
                                      o->purpose,       o->permission,   o->given,
                                      o->include_owner, o->include_staff};

    TRY(kith_tellings_read(r->question->graph, &telling, &r->tellings, err));
    TRY(kith_audience_find(r->question->graph, r->tellings.network, &audience, &r->audience, err));
    r->people = (double)(r->audience.root ? r->audience.roots : r->tellings.network->n);
    return check_terms(r, err);
}

static kith_cascade_model
model_of(const struct run *r)
{
    return g_str_equal(r->o->model, "lt") ? KITH_CASCADE_LT : KITH_CASCADE_IC;
}

static kith_influence_plan
plan_for(struct run *r, const kith_cascade *cascade)
{
    return (kith_influence_plan){
        .cascade = cascade,
        .terms = {.n = cascade->n,
                  .eligible = r->audience.eligible,
                  .cost = r->audience.cost,
                  .budget = r->o->cost ? r->o->budget : (double)how_many(r)},
        .root = r->audience.root,
        .roots = r->audience.roots,
        .epsilon = r->o->epsilon,
        .least_sets = MIN(CHOOSE_SETS, r->o->runs),
        .seed = (uint64_t)r->question->seed,
        .work = &r->work};
}

static kith_status
choose(struct run *r, kith_error *err)
{
    kith_influence_plan plan;

    TRY(kith_tellings_cascade(&r->tellings, model_of(r), 1, &r->cascade, err));
    plan = plan_for(r, r->cascade);
    kith_work_share(&r->work, 0, 0.3);
    TRY(kith_influence_choose(&plan, &r->found, err));
    if (r->audience.givens)
        kith_influence_judge_given(&plan, r->audience.given, r->audience.givens, &r->found);
    TRY(kith_influence_judge_more(&plan, MIN(JUDGE_SETS, JUDGE_SETS_A_RUN * r->o->runs),
                                  JUDGE_MEMBERS, &r->found, err));
    if (r->found.chosen.n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nobody costs as little as the budget, %g",
                         r->o->budget);
    return KITH_OK;
}

/* Adding seeds one by one takes several times as long, where word goes far in a large network too long. */
static kith_status
try_seeds(struct run *r, kith_error *err)
{
    int64_t k = r->found.chosen.n;
    kith_spread_plan plan = {.cascade = r->cascade,
                             .seed_vertex = r->found.chosen.chosen,
                             .seeds = k,
                             .counted = r->audience.counted,
                             .runs = r->o->runs,
                             .seed = (uint64_t)r->question->seed,
                             .work = &r->work};
    double share = MIN(1, (r->found.upper + 1) / r->people);
    double looks = (double)r->cascade->arcs * share * LOOKS / WORLDS; /* a run */

    plan.together = looks * (double)plan.runs > BRISK;
    kith_work_share(&r->work, 0.3, 0.8);
    return kith_spread_try(&plan, &r->tried, err);
}

static void
set_interval(kith_table *t, int spread, kith_estimate e)
{
    kith_table_set_real(t, spread, e.mean);
    kith_table_set_real(t, spread + 1, MAX(0, e.mean - NORMAL_95 * e.error));
    kith_table_set_real(t, spread + 2, e.mean + NORMAL_95 * e.error);
}

/* From runs where there are some for this many seeds, else from reverse sets. */
static kith_estimate
spread_after(const struct run *r, const kith_estimate *reckoned, int64_t i)
{
    int64_t k = r->found.chosen.n, row = r->tried.rows == k ? i : r->tried.rows - 1;

    if (r->tried.rows == k || i == k - 1)
        return (kith_estimate){r->tried.mean[row], r->tried.error[row]};
    return reckoned[i];
}

static void
fill_seeds(const struct run *r, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "seeds", seed_columns, G_N_ELEMENTS(seed_columns) - !r->o->cost);
    const kith_cover *c = &r->found.chosen;
    g_autofree kith_estimate *reckoned = g_new0(kith_estimate, (gsize)c->n + 1);
    double before = 0;

    kith_baseline_prefixes(&r->found.judge, r->cascade->n, r->people, c->chosen, c->n, reckoned);
    for (int64_t i = 0; i < c->n; i++) {
        kith_node person = r->tellings.network->node[c->chosen[i]];
        kith_estimate e = spread_after(r, reckoned, i);

        kith_table_row(t);
        kith_table_set_int(t, ORDER, i + 1);
        kith_table_set_node(t, PERSON, person, kith_graph_label(r->question->graph, person));
        kith_table_set_real(t, MARGINAL, MAX(0, e.mean - before));
        set_interval(t, SPREAD, e);
        if (r->o->cost)
            kith_table_set_real(t, COST, r->audience.cost[c->chosen[i]]);
        before = e.mean;
    }
}

static void
add_baseline(kith_table *t, const char *name, int64_t k, kith_estimate e)
{
    kith_table_row(t);
    kith_table_set_text(t, NAME, name);
    kith_table_set_int(t, K, k);
    set_interval(t, BASE_SPREAD, e);
}

static void
fill_baselines(const struct run *r, kith_answer *out)
{
    kith_table *t =
        kith_answer_table(out, "baselines", baseline_columns, G_N_ELEMENTS(baseline_columns));
    const kith_audience *a = &r->audience;
    const kith_hearsay *judge = &r->found.judge;
    int64_t n = r->cascade->n, k = r->found.chosen.n, more = MIN(a->may, k + EXTRA);
    g_autofree uint32_t *top = kith_baseline_degree(r->cascade, a->eligible, k);
    g_autofree kith_estimate *degree = g_new0(kith_estimate, (gsize)k + 1);

    kith_baseline_prefixes(judge, n, r->people, top, k, degree);
    add_baseline(t, "random", k, kith_baseline_random(judge, n, r->people, a->eligible, a->may, k));
    add_baseline(t, "random, more", more,
                 kith_baseline_random(judge, n, r->people, a->eligible, a->may, more));
    add_baseline(t, "top degree", k, degree[k - 1]);
}

static bool
is_among(const kith_cover *c, uint32_t v)
{
    for (int64_t i = 0; i < c->n; i++)
        if (c->chosen[i] == v)
            return true;
    return false;
}

static void
add_sweep(const struct run *r, double factor, const kith_influence *found, kith_table *t)
{
    const kith_cover *c = &found->chosen;
    g_autofree kith_estimate *e = g_new0(kith_estimate, (gsize)c->n + 1);
    g_autofree const char **others = g_new0(const char *, (gsize)c->n + 1);
    int64_t n = 0;

    kith_baseline_prefixes(&found->judge, r->cascade->n, r->people, c->chosen, c->n, e);
    for (int64_t i = 0; i < c->n; i++)
        if (!is_among(&r->found.chosen, c->chosen[i]))
            others[n++] = name_of(r, c->chosen[i]);
    kith_table_row(t);
    kith_table_set_real(t, FACTOR, factor);
    kith_table_set_real(t, SAME, c->n ? (double)(c->n - n) / (double)c->n : 0);
    set_interval(t, SWEEP_SPREAD, e[c->n - 1]);
    if (n)
        kith_table_set_list(t, OTHERS, others, n);
}

static kith_status
sweep(struct run *r, kith_table *t, kith_error *err)
{
    static const double factors[] = {0.5, 1, 2};

    for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
        g_autoptr(kith_cascade) cascade = NULL;
        g_auto(kith_influence) found = {0};
        kith_influence_plan plan;

        if (factors[i] == 1) {
            add_sweep(r, 1, &r->found, t);
            continue;
        }
        kith_work_share(&r->work, factors[i] < 1 ? 0.8 : 0.9, factors[i] < 1 ? 0.9 : 1);
        TRY(kith_tellings_cascade(&r->tellings, model_of(r), factors[i], &cascade, err));
        plan = plan_for(r, cascade);
        TRY(kith_influence_choose(&plan, &found, err));
        add_sweep(r, factors[i], &found, t);
    }
    return KITH_OK;
}

static void
add_proof(kith_table *t, const char *measure, double value, const char *about)
{
    kith_table_row(t);
    kith_table_set_text(t, MEASURE, measure);
    kith_table_set_real(t, VALUE, value);
    kith_table_set_text(t, ABOUT, about);
}

static void
fill_proof(const struct run *r, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "proof", proof_columns, G_N_ELEMENTS(proof_columns));
    const kith_influence *f = &r->found;
    int64_t last = r->tried.rows - 1;

    add_proof(t, "lower", f->lower, "the spread of these seeds is at least this");
    add_proof(t, "upper", f->upper, "no seeds within the same terms spread further than this");
    add_proof(t, "ratio", f->ratio, "lower / upper: so near the best they are, proven");
    add_proof(t, "promised", f->promised,
              "the ratio asked for: 1 - 1/e less epsilon, with costs 1 - 1/sqrt(e) less epsilon");
    add_proof(t, "confidence", f->confidence, "chance that all of this holds");
    add_proof(t, "reverse sets", (double)f->sets, "drawn for the choice and its proof");
    add_proof(t, "runs", (double)r->tried.runs, "in which the seeds were tried");
    add_proof(t, "run_lo", (double)r->tried.low[last],
              "5th centile of how many hear in a single run");
    add_proof(t, "run_hi", (double)r->tried.high[last],
              "95th centile of how many hear in a single run");
}

static void
note_left_out(const struct run *r, kith_answer *out)
{
    const kith_audience *a = &r->audience;
    const struct {
        int64_t n;
        const char *why;
    } left[] = {{a->owner, "the owner of the files"},
                {a->staff, "staff"},
                {a->excluded, "excluded by name"},
                {a->not_permitted, "no recorded consent"},
                {a->no_cost, "no cost given"}};

    for (size_t i = 0; i < G_N_ELEMENTS(left); i++)
        if (left[i].n)
            kith_answer_note(out, "may not be chosen, but pass word on (%s): %" G_GINT64_FORMAT,
                             left[i].why, left[i].n);
    if (a->strangers)
        kith_answer_note(out, "names to exclude that are not in these files: %" G_GINT64_FORMAT,
                         a->strangers);
}

static void
note_chances(const struct run *r, kith_answer *out)
{
    const char *model = model_of(r) == KITH_CASCADE_LT ? "linear threshold" : "independent cascade";

    kith_answer_note(out, "%s over %" G_GINT64_FORMAT " ways between people, chances: %s%s", model,
                     r->cascade->arcs, r->o->probability,
                     r->tellings.against ? ", against the direction of ties" : "");
    if (!g_str_equal(r->o->flow, "auto") && !r->tellings.network->directed)
        kith_answer_note(out, "not all ties have a direction, so word goes both ways over those "
                              "that have none; --directed says that a plain graph file's have one");
    if (r->tellings.unlabelled)
        kith_answer_note(out, "ties without a %s carry no word: %" G_GINT64_FORMAT,
                         r->o->probability, r->tellings.unlabelled);
    if (r->cascade->arcs == 0)
        kith_answer_note(out, "every chance is 0: nobody hears but those who are told");
}

static void
note_outcome(const struct run *r, kith_answer *out)
{
    const kith_audience *a = &r->audience;
    int64_t n = r->cascade->n, k = r->found.chosen.n, last = r->tried.rows - 1;
    kith_estimate random =
        kith_baseline_random(&r->found.judge, n, r->people, a->eligible, a->may, k);

    kith_answer_note(
        out,
        "tell these %" G_GINT64_FORMAT ": about %.0f of %.0f hear (%" G_GINT64_FORMAT
        " - %" G_GINT64_FORMAT " in nine of ten runs); any random %" G_GINT64_FORMAT ": %.0f",
        k, r->tried.mean[last], r->people, r->tried.low[last], r->tried.high[last], k, random.mean);
    kith_answer_note(
        out,
        "proven for this model: %.0f %% at least of what the best choice there is would "
        "reach; the chance that this is wrong is below %.2g",
        floor(100 * r->found.ratio), 1 - r->found.confidence);
    if (r->found.ratio < r->found.promised && !r->audience.givens)
        kith_answer_note(out, "the proof ended at %.3f, below the %.3f asked for", r->found.ratio,
                         r->found.promised);
    if (r->tried.rows < k)
        kith_answer_note(out, "a large network: only all seeds together were tried in runs; the "
                              "rows before are reckoned from reverse sets");
    kith_answer_note(out, "chances are assumptions, not measurements; the table sweep shows what "
                          "half and twice as much would change");
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .work = kith_work_of(question)};

    TRY(read_question(&r, err));
    TRY(choose(&r, err));
    TRY(try_seeds(&r, err));
    fill_seeds(&r, out);
    fill_baselines(&r, out);
    TRY(sweep(&r, kith_answer_table(out, "sweep", sweep_columns, G_N_ELEMENTS(sweep_columns)),
              err));
    fill_proof(&r, out);
    kith_network_describe(r.tellings.network, out);
    note_chances(&r, out);
    note_left_out(&r, out);
    note_outcome(&r, out);
    return KITH_OK;
}

const kith_pass kith_pass_seeds = {
    .name = "seeds",
    .group = "community",
    .summary = "whom to tell first so that word reaches most",
    .details =
        "Chooses -k people, or as many as --budget pays for, so that as many as possible hear in "
        "the end. "
        "Word goes over each tie with a chance (--probability) and once: independent cascade; or "
        "people listen when enough others told them: --model lt. Seeds are chosen on reverse "
        "reachable sets (OPIM-C, Tang et al. 2018; sampling as SUBSIM, Guo et al. 2020), which "
        "proves how near the best possible they are, and tried in --runs simulated runs. Beside "
        "them: as many people at random, three more of them, and those with most ties; and "
        "everything again with half and twice the chance. The owner and staff are not chosen "
        "unless asked for, nor, where files record consents, people without one; they still pass "
        "word on. Equal choices go by the order of names.",
    .example = "seeds -k 3 datasets/karate/edges.csv",
    .options = options,
    .options_size = sizeof(struct seeds),
    .run = run,
};
