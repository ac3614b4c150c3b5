/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * communities - which groups there are, and how sure that is.
 *
 * The best of several seeded Leiden runs. Everybody who has a tie is in one group; a group's number is its place by size.
 */
#include "measures/consensus.h"
#include "measures/leiden.h"
#include "measures/partition.h"
#include "measures/pick.h"
#include "passes/pass.h"
#include <math.h>
#include <string.h>

#define STEPS 2e6 /* the runs on a small network, in visits of ties: as many as fit, 10 to 100 */

struct communities {
    const char *quality;
    double resolution;
    int64_t runs;
    const char *ties;
    bool weighted, use_direction, two_mode, include_owner;
    const char *compare;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(struct communities, quality, "modularity", "modularity|cpm",
                       "what makes a division good"),
    KITH_OPTION_REAL(struct communities, resolution, "1", 0, 1e6,
                     "above 1 more and smaller groups, below 1 fewer; for cpm the density a group "
                     "must have"),
    KITH_OPTION_INT(struct communities, runs, 0, "0", 0, 10000,
                    "how many seeded runs the best is taken of; 0: 10 to 100, by size"),
    KITH_OPTION_TEXT(
        struct communities, ties, 0, "KINDS", NULL, false,
        "comma list of the ties to use, attended for attending together; without it all "
        "ties between people and attending together"),
    KITH_OPTION_FLAG(struct communities, weighted,
                     "weights count for plain graph files as well; for all else they always do"),
    KITH_OPTION_FLAG(struct communities, use_direction,
                     "directed modularity; without it a tie either way is a tie"),
    KITH_OPTION_FLAG(struct communities, two_mode,
                     "people together with the events, topics and groups they are tied to"),
    KITH_OPTION_FLAG(struct communities, include_owner, "the owner's own ties count as well"),
    KITH_OPTION_TEXT(struct communities, compare, 0, "COLUMN", NULL, false,
                     "an attribute to compare the groups with"),
    KITH_OPTION_END,
};

static const kith_column community_columns[] = {
    {"community", KITH_CELL_INT, "", "number of the group, the largest first"},
    {"size", KITH_CELL_INT, "people", "how many are in it"},
    {"label", KITH_CELL_TEXT, "", "whom it is about: who in it has most ties inside"},
    {"density", KITH_CELL_REAL, "1", "share of the pairs in it that have a tie"},
    {"inside", KITH_CELL_REAL, "1", "share of its members' ties that stay inside, by weight"},
    {"stability", KITH_CELL_REAL, "1", "mean of its members'"},
};

static const kith_column member_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},
    {"community", KITH_CELL_INT, "", "number of the group; missing for people without ties"},
    {"stability", KITH_CELL_REAL, "1",
     "share of one's company that is the same in the other runs, meant over them"},
};

static const kith_column event_columns[] = {
    {"event", KITH_CELL_NODE, "", "which event, topic or group"},
    {"community", KITH_CELL_INT, "", "number of the group it belongs to"},
    {"stability", KITH_CELL_REAL, "1", "as for people"},
};

static const kith_column quality_columns[] = {
    {"measure", KITH_CELL_TEXT, "", "what is measured"},
    {"value", KITH_CELL_REAL, "", "how much"},
};

/* Everything one run of the pass needs. */
struct run {
    const kith_question *question;
    const struct communities *o;
    kith_network *network;
    kith_grouping *problem;
    kith_leiden *found;
    double *stability; /* by vertex */
    int64_t *degree;   /* by vertex: ties */
    bool weighted;
    kith_answer *out;
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_grouping_free(r->problem);
    kith_leiden_free(r->found);
    g_free(r->stability);
    g_free(r->degree);
}

static kith_status
pick(struct run *r, kith_error *err)
{
    kith_pick pick = {
        .ties = r->o->ties, .include_owner = r->o->include_owner, .two_mode = r->o->two_mode};
    g_autoptr(kith_network) net = NULL;

    TRY(kith_pick_network(r->question->graph, &pick, &net, err));
    r->weighted = r->o->weighted || r->question->weighted || kith_pick_weighs(r->question->graph);
    if (net->directed && !r->o->use_direction && !r->o->two_mode)
        r->network = kith_network_collapse(net);
    else
        r->network = g_steal_pointer(&net);
    if (r->o->use_direction && !r->network->directed)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "these ties have no direction that --use-direction could use");
    r->degree = g_new0(int64_t, r->network->n + 1);
    for (int64_t i = 0; i < r->network->m; i++) {
        r->degree[r->network->from[i]]++;
        r->degree[r->network->to[i]]++;
    }
    return KITH_OK;
}

static kith_status
find(struct run *r, kith_error *err)
{
    bool cpm = strcmp(r->o->quality, "cpm") == 0;
    double size = (double)(r->network->n + 2 * r->network->m + 1);
    kith_leiden_plan plan = {.runs =
                                 r->o->runs ? r->o->runs : (int64_t)CLAMP(STEPS / size, 10, 100),
                             .seed = r->question->seed,
                             .threads = r->question->threads,
                             .progress = r->question->progress,
                             .payload = r->question->payload};

    TRY(kith_grouping_new(r->network, cpm ? KITH_GROUP_CPM : KITH_GROUP_MODULARITY,
                          r->o->resolution, r->weighted, &r->problem, err));
    TRY(kith_leiden_find(r->problem, &plan, &r->found, err));
    r->stability = g_new0(double, r->network->n + 1);
    kith_consensus(r->found->group, r->found->run_group, r->found->runs, r->network->n,
                   r->stability);
    return KITH_OK;
}

/* What is said of one group. */
struct group {
    int64_t size, pairs, hub, most; /* pairs with a tie; who has most ties inside, and how many */
    double inside, all, stability;
};

static struct group *
measure_groups(const struct run *r)
{
    const kith_network *net = r->network;
    const uint32_t *group = r->found->group;
    struct group *g = g_new0(struct group, r->found->groups + 1);
    g_autofree int64_t *own = g_new0(int64_t, net->n + 1);

    for (int64_t i = 0; i < net->m; i++) {
        double w = r->weighted ? net->weight[i] : 1;
        uint32_t a = group[net->from[i]], b = group[net->to[i]];

        g[a].all += w;
        g[b].all += w;
        if (a != b)
            continue;
        g[a].pairs++;
        g[a].inside += 2 * w;
        own[net->from[i]]++;
        own[net->to[i]]++;
    }
    for (int64_t v = 0; v < net->n; v++) {
        struct group *c = &g[group[v]];
        bool person = kith_graph_kind(r->question->graph, net->node[v]) == KITH_PERSON;

        c->size += person;
        c->stability += r->stability[v];
        if (person && (c->most == 0 || own[v] + 1 > c->most)) {
            c->most = own[v] + 1;
            c->hub = v;
        }
    }
    return g;
}

static const char *
name_of(const struct run *r, int64_t vertex)
{
    return kith_graph_label(r->question->graph, r->network->node[vertex]);
}

/* How many pairs of a group could have a tie. */
static double
possible_pairs(const struct run *r, int64_t people, int64_t all)
{
    double pairs = (double)people * (double)(people - 1) / 2;

    if (r->o->two_mode)
        return (double)people * (double)(all - people);
    return r->network->directed ? 2 * pairs : pairs;
}

static void
tell_groups(const struct run *r)
{
    kith_table *t = kith_answer_table(r->out, "communities", community_columns,
                                      G_N_ELEMENTS(community_columns));
    g_autofree struct group *g = measure_groups(r);
    g_autofree int64_t *all =
        kith_partition_sizes(r->found->group, r->network->n, r->found->groups);

    for (int64_t c = 0; c < r->found->groups; c++) {
        double pairs = possible_pairs(r, g[c].size, all[c]);
        g_autofree char *label = g_strdup_printf("around %s", name_of(r, g[c].hub));

        if (all[c] < 2)
            continue;
        kith_table_row(t);
        kith_table_set_int(t, 0, c + 1);
        kith_table_set_int(t, 1, g[c].size);
        kith_table_set_text(t, 2, label);
        kith_table_set_real(t, 3, pairs > 0 ? (double)g[c].pairs / pairs : NAN);
        kith_table_set_real(t, 4, g[c].all > 0 ? g[c].inside / g[c].all : NAN);
        kith_table_set_real(t, 5, g[c].stability / (double)all[c]);
    }
}

/* One line of the members. */
struct member {
    uint32_t group;
    double stability;
    int64_t vertex;
};

static int
compare_members(const void *a, const void *b)
{
    const struct member *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->stability != y->stability)
        return x->stability > y->stability ? -1 : 1;
    return x->vertex < y->vertex ? -1 : x->vertex > y->vertex;
}

/* Members of one kind: people, or what they are tied to. @return how many are without ties */
static int64_t
tell_members(const struct run *r, bool people, kith_table *t)
{
    const kith_graph *g = r->question->graph;
    g_autofree struct member *m = g_new(struct member, r->network->n + 1);
    int64_t n = 0, alone = 0;

    for (int64_t v = 0; v < r->network->n; v++)
        if ((kith_graph_kind(g, r->network->node[v]) == KITH_PERSON) == people)
            m[n++] =
                (struct member){r->degree[v] ? r->found->group[v] : UINT32_MAX, r->stability[v], v};
    qsort(m, (size_t)n, sizeof *m, compare_members);
    for (int64_t i = 0; i < n; i++) {
        kith_node node = r->network->node[m[i].vertex];

        kith_table_row(t);
        kith_table_set_node(t, 0, node, kith_graph_label(g, node));
        alone += m[i].group == UINT32_MAX;
        if (m[i].group == UINT32_MAX)
            continue;
        kith_table_set_int(t, 1, (int64_t)m[i].group + 1);
        kith_table_set_real(t, 2, m[i].stability);
    }
    return alone;
}

static void
tell(kith_table *t, const char *measure, double value)
{
    kith_table_row(t);
    kith_table_set_text(t, 0, measure);
    kith_table_set_real(t, 1, value);
}

/* The classes an attribute makes, by vertex; UINT32_MAX where it is missing. */
static kith_status
read_classes(const struct run *r, uint32_t *class, kith_error *err)
{
    g_autoptr(GHashTable) number = g_hash_table_new(g_str_hash, g_str_equal);
    int64_t known = 0;

    for (int64_t v = 0; v < r->network->n; v++) {
        const char *value =
            kith_graph_attribute(r->question->graph, r->network->node[v], r->o->compare);

        class[v] = UINT32_MAX;
        if (!value)
            continue;
        known++;
        if (!g_hash_table_contains(number, value))
            g_hash_table_insert(number, (gpointer)value,
                                GUINT_TO_POINTER(g_hash_table_size(number)));
        class[v] = GPOINTER_TO_UINT(g_hash_table_lookup(number, value));
    }
    if (known == 0)
        return kith_fail(err, KITH_ERR_ARGUMENT, "nobody has an attribute '%s'", r->o->compare);
    if (g_hash_table_size(number) < 2)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "the attribute '%s' has one value: there is nothing to compare",
                         r->o->compare);
    return KITH_OK;
}

static kith_status
compare(const struct run *r, kith_table *t, kith_error *err)
{
    g_autofree uint32_t *class = g_new(uint32_t, r->network->n + 1);
    g_autofree char *nmi = g_strdup_printf("nmi:%s", r->o->compare);
    g_autofree char *rand = g_strdup_printf("ari:%s", r->o->compare);

    TRY(read_classes(r, class, err));
    tell(t, nmi, kith_partition_nmi(r->found->group, class, r->network->n));
    tell(t, rand, kith_partition_rand(r->found->group, class, r->network->n));
    return KITH_OK;
}

static kith_status
tell_quality(const struct run *r, kith_error *err)
{
    kith_table *t =
        kith_answer_table(r->out, "quality", quality_columns, G_N_ELEMENTS(quality_columns));
    double mean = 0;

    for (int64_t i = 0; i < r->found->runs; i++)
        mean += r->found->run_quality[i] / (double)r->found->runs;
    tell(t, r->o->quality, r->found->quality);
    tell(t, "mean_of_runs", mean);
    return r->o->compare ? compare(r, t, err) : KITH_OK;
}

static void
note(const struct run *r, int64_t alone)
{
    kith_node me = kith_graph_owner(r->question->graph);

    kith_answer_note(r->out, "best of %" G_GINT64_FORMAT " runs of the Leiden algorithm; %s%s",
                     r->found->runs, r->weighted ? "weights count" : "every tie counts the same",
                     r->network->directed && !r->o->two_mode ? ", with its direction" : "");
    if (me >= 0 && !r->o->include_owner)
        kith_answer_note(r->out, "the owner's own ties are left out: %s",
                         kith_graph_label(r->question->graph, me));
    if (alone)
        kith_answer_note(r->out, "in no group, since without ties: %" G_GINT64_FORMAT " people",
                         alone);
}

static void
describe(const struct run *r)
{
    int64_t people = kith_graph_count(r->question->graph, KITH_PERSON);

    if (!r->o->two_mode) {
        kith_network_describe(r->network, r->out);
        return;
    }
    kith_answer_note(r->out,
                     "network: %" G_GINT64_FORMAT " people, %" G_GINT64_FORMAT
                     " events, topics and groups, %" G_GINT64_FORMAT " ties between them",
                     people, r->network->n - people, r->network->m);
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .out = out};
    int64_t alone;

    TRY(pick(&r, err));
    describe(&r);
    TRY(find(&r, err));
    tell_groups(&r);
    alone = tell_members(
        &r, true, kith_answer_table(out, "members", member_columns, G_N_ELEMENTS(member_columns)));
    if (r.o->two_mode)
        tell_members(&r, false,
                     kith_answer_table(out, "events", event_columns, G_N_ELEMENTS(event_columns)));
    TRY(tell_quality(&r, err));
    note(&r, alone);
    return KITH_OK;
}

const kith_pass kith_pass_communities = {
    .name = "communities",
    .group = "community",
    .summary = "groups, how steady they are, and whether they are more than chance",
    .details =
        "Divides people so that ties lie inside groups more than chance would have it, by the "
        "Leiden "
        "algorithm (Traag et al. 2019). Quality is modularity (Newman & Girvan 2004; with "
        "--use-direction "
        "Leicht & Newman 2008; with --two-mode Barber 2007) or the constant Potts model (cpm). The "
        "best of "
        "several seeded runs, bettered by what the runs have in common; every group hangs "
        "together. "
        "A "
        "person's stability is the share of their company that other runs agree on. The owner's "
        "own ties "
        "are left out unless asked for, since they would make one group of everybody.",
    .example = "communities datasets/karate/edges.csv",
    .options = options,
    .options_size = sizeof(struct communities),
    .run = run,
};
