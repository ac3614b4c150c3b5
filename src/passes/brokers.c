/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * brokers - who stands between people who have no tie of their own, and between which groups.
 *
 * Burt's constraint and effective size say how much one's contacts are tied to one another; Gould & Fernandez's five
 * roles say between which groups one stands, and dealing the groups out by lot says what to expect; long ties are those
 * whose ends have nobody in common.
 */
#include "measures/brokerage.h"
#include "measures/centrality.h"
#include "measures/classes.h"
#include "measures/holes.h"
#include "measures/leiden.h"
#include "measures/pick.h"
#include "measures/rank.h"
#include "measures/sample.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 10        /* of Leiden, when groups are communities */
#define EXACT 2e9      /* steps that betweenness may take */
#define WAYS_ROUND 5e8 /* steps that ranges of ties may take */
#define LONG_TIES 20   /* listed */

struct brokers {
    const char *by;
    int64_t top, permutations;
    const char *ties;
    bool weighted, include_owner, include_staff;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct brokers, by, 0, "COLUMN", NULL, false,
                     "what makes the groups: organisation, community, or an attribute; without it "
                     "organisation where it is known, else community"),
    KITH_OPTION_INT(struct brokers, top, 'n', "20", 1, 1e9, "how many people to list"),
    KITH_OPTION_INT(struct brokers, permutations, 0, "200", 0, 100000,
                    "how many times to deal the groups out by lot; fewer or none when the network "
                    "is very large"),
    KITH_OPTION_TEXT(
        struct brokers, ties, 0, "KINDS", NULL, false,
        "comma list of the ties to use, attended for attending together; without it all "
        "ties between people and attending together"),
    KITH_OPTION_FLAG(struct brokers, weighted,
                     "weights count for plain graph files as well; for all else they always do"),
    KITH_OPTION_FLAG(struct brokers, include_owner,
                     "the owner's own ties count, and the owner is listed"),
    KITH_OPTION_FLAG(struct brokers, include_staff, "list staff as well"),
    KITH_OPTION_END,
};

enum {
    PERSON,
    CONSTRAINT,
    EFFECTIVE,
    CONTACTS,
    ROLES,
    BETWEENNESS = ROLES + KITH_BROKER_ROLES,
    ERROR,
    LONG
};
static const kith_column broker_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},
    {"constraint", KITH_CELL_REAL, "1",
     "how far one's contacts are tied to one another; the lowest first, missing without ties"},
    {"effective_size", KITH_CELL_REAL, "people", "contacts less what they have in common"},
    {"contacts", KITH_CELL_INT, "people", "people with a tie, either way"},
    {"coordinator", KITH_CELL_INT, "", "open triples a, this person, c: all three in one group"},
    {"gatekeeper", KITH_CELL_INT, "", "open triples from another group into one's own"},
    {"representative", KITH_CELL_INT, "", "open triples from one's own group into another"},
    {"consultant", KITH_CELL_INT, "", "open triples within a group that is not one's own"},
    {"liaison", KITH_CELL_INT, "", "open triples of three groups"},
    {"betweenness", KITH_CELL_REAL, "1",
     "shortest chains between two others that pass here, each pair once"},
    {"betweenness_error", KITH_CELL_REAL, "1",
     "its standard error when sources were drawn by lot; missing when it is exact"},
    {"long_ties", KITH_CELL_INT, "", "ties to people with whom one has nobody in common"},
};

static const kith_column role_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},
    {"group", KITH_CELL_TEXT, "", "their group"},
    {"role", KITH_CELL_TEXT, "", "one of Gould & Fernandez's five"},
    {"count", KITH_CELL_INT, "", "how often"},
    {"expected", KITH_CELL_REAL, "", "mean when groups are dealt out by lot"},
    {"z", KITH_CELL_REAL, "1", "(count - expected) / standard deviation; missing without one"},
};

static const kith_column long_columns[] = {
    {"a", KITH_CELL_NODE, "", "one end"},
    {"b", KITH_CELL_NODE, "", "the other end"},
    {"range", KITH_CELL_INT, "ties",
     "how long the way round is; missing when this tie is the only way"},
    {"together", KITH_CELL_INT, "people", "contacts of both ends: how much the tie joins"},
};

/* Everything one run of the pass needs. */
struct run {
    const kith_question *question;
    const struct brokers *o;
    kith_network *network, *pairs;                        /* as the data have it; each pair once */
    kith_csr *out, *rows;                                 /* of the one and of the other */
    kith_classes *classes;                                /* NULL for communities */
    kith_leiden *found;                                   /* NULL for classes */
    const uint32_t *group;                                /* of one or the other */
    double *constraint, *effective, *betweenness, *error; /* error: NULL when exact */
    int64_t *count, *long_ties;
    int32_t *range; /* by pair */
    int64_t *listed, n;
    kith_brokerage_chance chance;
    bool weighted, only_ways;
    kith_answer *answer;
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_network_free(r->pairs);
    kith_csr_free(r->out);
    kith_csr_free(r->rows);
    kith_classes_free(r->classes);
    kith_leiden_free(r->found);
    g_free(r->constraint);
    g_free(r->effective);
    g_free(r->betweenness);
    g_free(r->error);
    g_free(r->count);
    g_free(r->long_ties);
    g_free(r->range);
    g_free(r->listed);
    kith_brokerage_chance_clear(&r->chance);
}

static kith_status
pick(struct run *r, kith_error *err)
{
    kith_pick pick = {.ties = r->o->ties, .include_owner = r->o->include_owner};

    TRY(kith_pick_network(r->question->graph, &pick, &r->network, err));
    r->weighted = r->o->weighted || r->question->weighted || kith_pick_weighs(r->question->graph);
    r->pairs = kith_network_collapse(r->network);
    TRY(kith_csr_new(r->network, KITH_CSR_OUT, 0, &r->out, err));
    return kith_csr_new(r->pairs, KITH_CSR_OUT, r->weighted ? KITH_CSR_WEIGHTS : 0, &r->rows, err);
}

static kith_status
find_communities(struct run *r, kith_error *err)
{
    g_autoptr(kith_grouping) problem = NULL;
    kith_leiden_plan plan = {.runs = RUNS,
                             .seed = r->question->seed,
                             .threads = r->question->threads,
                             .progress = r->question->progress,
                             .payload = r->question->payload};

    TRY(kith_grouping_new(r->pairs, KITH_GROUP_MODULARITY, 1, r->weighted, &problem, err));
    TRY(kith_leiden_find(problem, &plan, &r->found, err));
    r->group = r->found->group;
    if (r->found->groups < 2)
        kith_answer_note(r->answer, "there is one community: nobody stands between two");
    return KITH_OK;
}

/* Groups as asked for; without a word organisations, where the files know two. */
static kith_status
find_groups(struct run *r, kith_error *err)
{
    const char *by = r->o->by;

    if (!by && kith_classes_read(r->question->graph, r->network, "organisation", &r->classes,
                                 NULL) == KITH_OK)
        by = "organisation";
    else if (by && strcmp(by, "community") != 0)
        TRY(kith_classes_read(r->question->graph, r->network, by, &r->classes, err));
    if (!r->classes) {
        kith_answer_note(r->answer, "groups: communities, as kith communities finds them");
        return find_communities(r, err);
    }
    r->group = r->classes->of;
    kith_answer_note(r->answer,
                     "groups: %" G_GINT64_FORMAT " by %s, known for %" G_GINT64_FORMAT
                     " of %" G_GINT64_FORMAT " people; triples with anybody else are left out",
                     r->classes->classes, by, r->classes->known, r->network->n);
    return KITH_OK;
}

/* Shortest chains take no weights, so the rows are walked without. */
static kith_status
sample_betweenness(struct run *r, kith_error *err)
{
    kith_work work = kith_work_of(r->question);
    kith_csr plain = *r->rows;

    plain.weight = NULL;
    return kith_betweenness_sample(&plain, (uint64_t)r->question->seed, &work, r->betweenness,
                                   r->error, err);
}

static kith_status
measure_people(struct run *r, kith_error *err)
{
    const kith_centrality *between = kith_centrality_find("betweenness");
    const kith_centrality *constraint = kith_centrality_find("constraint");
    int64_t n = r->network->n;

    r->constraint = g_new0(double, n + 1);
    r->effective = g_new0(double, n + 1);
    TRY(kith_centrality_score(constraint, r->pairs, r->weighted, NULL, r->constraint, err));
    kith_effective_size(r->rows, r->effective);
    kith_rank_tidy(r->effective, n);
    r->betweenness = g_new0(double, n + 1);
    if (kith_centrality_work(between, r->pairs, false) <= EXACT)
        return kith_centrality_score(between, r->pairs, false, NULL, r->betweenness, err);
    r->error = g_new0(double, n + 1);
    return sample_betweenness(r, err);
}

static void
measure_roles(struct run *r)
{
    r->count = g_new0(int64_t, r->network->n * KITH_BROKER_ROLES + 1);
    kith_brokerage_count(r->out, r->group, r->count);
    kith_brokerage_permute(r->out, r->group, r->count, r->o->permutations,
                           (uint64_t)r->question->seed, r->question->threads, &r->chance);
}

static void
measure_ties(struct run *r)
{
    r->range = g_new0(int32_t, r->pairs->m + 1);
    r->long_ties = g_new0(int64_t, r->network->n + 1);
    kith_tie_ranges(r->pairs, r->rows, WAYS_ROUND, r->range);
    for (int64_t i = 0; i < r->pairs->m; i++)
        if (r->range[i] != 2) {
            r->long_ties[r->pairs->from[i]]++;
            r->long_ties[r->pairs->to[i]]++;
        }
}

static int64_t
contacts(const struct run *r, int64_t vertex)
{
    return r->rows->first[vertex + 1] - r->rows->first[vertex];
}

static void
list_people(struct run *r)
{
    const kith_graph *g = r->question->graph;
    g_autofree double *score = g_new(double, r->network->n + 1);
    g_autofree int64_t *order = NULL, *person = g_new(int64_t, r->network->n + 1);
    int64_t n = 0;

    for (int64_t v = 0; v < r->network->n; v++) {
        unsigned flags = kith_graph_flags(g, r->network->node[v]);

        if (contacts(r, v) == 0 || (flags & KITH_FLAG_OWNER && !r->o->include_owner) ||
            (flags & KITH_FLAG_STAFF && !r->o->include_staff))
            continue;
        score[n] = r->constraint[v];
        person[n++] = v;
    }
    order = kith_rank_order(score, n, true);
    r->n = MIN(n, r->o->top);
    r->listed = g_new(int64_t, r->n + 1);
    for (int64_t i = 0; i < r->n; i++)
        r->listed[i] = person[order[i]];
}

static void
set_node(const struct run *r, kith_table *t, int column, int64_t vertex)
{
    kith_node node = r->network->node[vertex];

    kith_table_set_node(t, column, node, kith_graph_label(r->question->graph, node));
}

static void
tell_brokers(const struct run *r)
{
    kith_table *t =
        kith_answer_table(r->answer, "brokers", broker_columns, G_N_ELEMENTS(broker_columns));

    for (int64_t i = 0; i < r->n; i++) {
        int64_t v = r->listed[i];

        kith_table_row(t);
        set_node(r, t, PERSON, v);
        kith_table_set_real(t, CONSTRAINT, r->constraint[v]);
        kith_table_set_real(t, EFFECTIVE, r->effective[v]);
        kith_table_set_int(t, CONTACTS, contacts(r, v));
        for (int role = 0; role < KITH_BROKER_ROLES && r->group[v] != UINT32_MAX; role++)
            kith_table_set_int(t, ROLES + role, r->count[v * KITH_BROKER_ROLES + role]);
        kith_table_set_real(t, BETWEENNESS, r->betweenness[v]);
        if (r->error)
            kith_table_set_real(t, ERROR, r->error[v]);
        kith_table_set_int(t, LONG, r->long_ties[v]);
    }
}

static void
set_group(const struct run *r, kith_table *t, int column, int64_t v)
{
    g_autofree char *number =
        g_strdup_printf("community %" G_GINT64_FORMAT, (int64_t)r->group[v] + 1);

    kith_table_set_text(t, column, r->classes ? r->classes->label[r->group[v]] : number);
}

static void
tell_roles(const struct run *r)
{
    kith_table *t = kith_answer_table(r->answer, "roles", role_columns, G_N_ELEMENTS(role_columns));

    for (int64_t i = 0; i < r->n; i++)
        for (int role = 0; role < KITH_BROKER_ROLES; role++) {
            int64_t v = r->listed[i], k = v * KITH_BROKER_ROLES + role;

            if (r->group[v] == UINT32_MAX || r->count[k] == 0)
                continue;
            kith_table_row(t);
            set_node(r, t, 0, v);
            set_group(r, t, 1, v);
            kith_table_set_text(t, 2, kith_broker_role_name((kith_broker_role)role));
            kith_table_set_int(t, 3, r->count[k]);
            if (!r->chance.done)
                continue;
            kith_table_set_real(t, 4, r->chance.mean[k]);
            kith_table_set_real(t, 5, r->chance.z[k]);
        }
}

/* A long tie on its way into the list: the only ways first, then the longest, then what joins most people. */
struct reach {
    int64_t range, joined, edge;
};

static int
compare_reaches(const void *a, const void *b)
{
    const struct reach *x = a, *y = b;

    if (x->range != y->range)
        return x->range > y->range ? -1 : 1;
    if (x->joined != y->joined)
        return x->joined > y->joined ? -1 : 1;
    return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* Ties of somebody with one contact join nobody else, and are not listed. */
static void
tell_long_ties(struct run *r)
{
    kith_table *t =
        kith_answer_table(r->answer, "long_ties", long_columns, G_N_ELEMENTS(long_columns));
    g_autofree struct reach *reach = g_new(struct reach, r->pairs->m + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < r->pairs->m; i++) {
        int64_t a = contacts(r, r->pairs->from[i]), b = contacts(r, r->pairs->to[i]);

        if (r->range[i] != 2 && r->range[i] >= 0 && MIN(a, b) > 1)
            reach[n++] = (struct reach){r->range[i] ? r->range[i] : INT32_MAX, a + b - 2, i};
    }
    qsort(reach, (size_t)n, sizeof *reach, compare_reaches);
    for (int64_t i = 0; i < MIN(n, LONG_TIES); i++) {
        kith_table_row(t);
        set_node(r, t, 0, r->pairs->from[reach[i].edge]);
        set_node(r, t, 1, r->pairs->to[reach[i].edge]);
        if (reach[i].range != INT32_MAX)
            kith_table_set_int(t, 2, reach[i].range);
        else
            r->only_ways = true;
        kith_table_set_int(t, 3, reach[i].joined);
    }
}

static void
note(const struct run *r)
{
    kith_node me = kith_graph_owner(r->question->graph);

    if (me >= 0 && !r->o->include_owner)
        kith_answer_note(r->answer, "the owner's own ties are left out: %s",
                         kith_graph_label(r->question->graph, me));
    kith_answer_note(r->answer,
                     "constraint and effective size look at ties either way; %s; roles follow %s",
                     r->weighted ? "weights count" : "every tie counts the same",
                     r->network->directed ? "their direction"
                                          : "each tie both ways, so every triple counts twice");
    if (r->chance.done)
        kith_answer_note(r->answer,
                         "expected and z: the same groups dealt out by lot %" G_GINT64_FORMAT
                         " times",
                         r->chance.done);
    else if (r->o->permutations)
        kith_answer_note(r->answer, "no expected numbers: the network is too large for it");
    if (r->only_ways)
        kith_answer_note(r->answer,
                         "a long tie without a range is the only way between what it joins");
    if (r->error)
        kith_answer_note(r->answer, "betweenness is estimated from %d people drawn by lot",
                         KITH_SAMPLE_SOURCES);
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .answer = out};

    TRY(pick(&r, err));
    kith_network_describe(r.network, out);
    TRY(find_groups(&r, err));
    TRY(measure_people(&r, err));
    measure_roles(&r);
    measure_ties(&r);
    list_people(&r);
    tell_brokers(&r);
    tell_roles(&r);
    tell_long_ties(&r);
    note(&r);
    return KITH_OK;
}

const kith_pass kith_pass_brokers = {
    .name = "brokers",
    .group = "community",
    .summary = "who ties groups together: constraint, effective size, brokerage roles, long ties",
    .details =
        "People by Burt's constraint, the lowest first: whose contacts are least tied to one "
        "another (Burt "
        "1992). Roles are Gould & Fernandez's (1989): ties a to b to c without a to c make b a "
        "coordinator "
        "(all of one group), gatekeeper (into b's group), representative (out of it), consultant "
        "(within "
        "another) or liaison (three groups). What to expect is found by dealing the same groups "
        "out by lot. "
        "A long tie is one whose ends have no contact in common; its range is the way round. The "
        "owner's own "
        "ties are left out unless asked for, and staff are not listed.",
    .example = "brokers --by faction datasets/karate/edges.csv datasets/karate/nodes.csv",
    .options = options,
    .options_size = sizeof(struct brokers),
    .run = run,
};
