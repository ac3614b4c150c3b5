/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * communities - which groups there are, and how sure that is.
 *
 * The best of several seeded Leiden runs, held against networks of chance with the same degrees. Everybody who has a tie
 * is in one group; a group's number is its place by size, its name what its members share more than others.
 */
#include "measures/chance.h"
#include "measures/classes.h"
#include "measures/consensus.h"
#include "measures/features.h"
#include "measures/labels.h"
#include "measures/leiden.h"
#include "measures/partition.h"
#include "measures/pick.h"
#include "measures/shape.h"
#include "passes/pass.h"
#include <math.h>
#include <string.h>

#define STEPS 2e6 /* the runs on a small network, in visits of ties: as many as fit, 10 to 100 */

struct communities {
    const char *method, *quality;
    double resolution;
    int64_t runs, null, null_runs;
    const char *ties;
    bool weighted, use_direction, two_mode, include_owner;
    const char *compare;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(struct communities, method, "leiden", "leiden|labels",
                       "labels is label propagation: rougher, for very large networks"),
    KITH_OPTION_CHOICE(struct communities, quality, "modularity", "modularity|cpm",
                       "what makes a division good"),
    KITH_OPTION_REAL(struct communities, resolution, "1", 0, 1e6,
                     "above 1 more and smaller groups, below 1 fewer; for cpm the density a group "
                     "must have"),
    KITH_OPTION_INT(struct communities, runs, 0, "0", 0, 10000,
                    "how many seeded runs the best is taken of; 0: 10 to 100, by size"),
    KITH_OPTION_INT(struct communities, null, 0, "20", 0, 10000,
                    "how many networks of chance to hold the groups against; fewer or none when "
                    "the network is very large"),
    KITH_OPTION_INT(struct communities, null_runs, 0, "0", 0, 10000,
                    "how many runs on each of them at most, and of the groups' own that they are "
                    "held against; 0: as many as fit"),
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
    {"label", KITH_CELL_TEXT, "",
     "what its members share more than chance, else who has most ties inside"},
    {"shape", KITH_CELL_TEXT, "", "what it looks like"},
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

static const kith_column name_columns[] = {
    {"community", KITH_CELL_INT, "", "number of the group"},
    {"kind", KITH_CELL_TEXT, "", "topic, membership, organisation, event, or what kind of place"},
    {"shared", KITH_CELL_TEXT, "", "what members share"},
    {"members", KITH_CELL_INT, "people", "how many members"},
    {"everybody", KITH_CELL_INT, "people", "how many in all groups"},
    {"expected", KITH_CELL_REAL, "people", "how many members to expect by chance"},
    {"p", KITH_CELL_REAL, "1",
     "chance of so many or more, hypergeometric, after Holm's correction for all names tried"},
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
    kith_chance chance;
    kith_features *features;
    GArray *names; /* of kith_excess */
    kith_answer *out;
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_grouping_free(r->problem);
    kith_leiden_free(r->found);
    kith_features_free(r->features);
    if (r->names)
        g_array_unref(r->names);
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
    if (strcmp(r->o->method, "labels") == 0)
        TRY(kith_labels_find(r->problem, &plan, &r->found, err));
    else
        TRY(kith_leiden_find(r->problem, &plan, &r->found, err));
    r->stability = g_new0(double, r->network->n + 1);
    kith_consensus(r->found->group, r->found->run_group, r->found->runs, r->network->n,
                   r->stability);
    return KITH_OK;
}

static kith_status
judge(struct run *r, kith_error *err)
{
    kith_chance_plan plan = {.quality = strcmp(r->o->quality, "cpm") == 0 ? KITH_GROUP_CPM
                                                                          : KITH_GROUP_MODULARITY,
                             .resolution = r->o->resolution,
                             .weighted = r->weighted,
                             .networks = r->o->null,
                             .runs = r->o->null_runs,
                             .seed = r->question->seed,
                             .threads = r->question->threads,
                             .progress = r->question->progress,
                             .payload = r->question->payload};

    if (strcmp(r->o->method, "leiden") != 0)
        plan.networks = 0;
    return kith_chance_of_groups(r->network, r->found, &plan, &r->chance, err);
}

/* People with ties, by group: who is to be named. */
static void
find_names(struct run *r)
{
    g_autofree uint32_t *group = g_new(uint32_t, r->network->n + 1);

    for (int64_t v = 0; v < r->network->n; v++) {
        bool person = kith_graph_kind(r->question->graph, r->network->node[v]) == KITH_PERSON;

        group[v] = person && r->degree[v] ? r->found->group[v] : UINT32_MAX;
    }
    r->features = kith_features_new(r->question->graph, r->network);
    r->names = kith_features_excess(r->features, group, r->network->n, r->found->groups, 0.05);
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

/* The one or two things that its members share most clearly; else the person with most ties inside. */
static char *
label_of(const struct run *r, int64_t community, const struct group *g)
{
    const kith_excess *e = (const kith_excess *)(const void *)r->names->data;
    const char *found[2];
    int n = 0;

    for (guint i = 0; i < r->names->len && n < 2; i++)
        if (e[i].group == community && 2 * e[i].members >= g->size)
            found[n++] = r->features->feature[e[i].feature].what;
    if (n == 2)
        return g_strdup_printf("%s, %s", found[0], found[1]);
    return n ? g_strdup(found[0]) : g_strdup_printf("around %s", name_of(r, g->hub));
}

static void
tell_groups(const struct run *r)
{
    kith_table *t = kith_answer_table(r->out, "communities", community_columns,
                                      G_N_ELEMENTS(community_columns));
    g_autofree struct group *g = measure_groups(r);
    g_autofree int64_t *all =
        kith_partition_sizes(r->found->group, r->network->n, r->found->groups);
    g_autofree const char **shape = kith_shape_words(r->network, r->found->group, r->found->groups,
                                                     (uint64_t)r->question->seed);

    for (int64_t c = 0; c < r->found->groups; c++) {
        double pairs = possible_pairs(r, g[c].size, all[c]);
        g_autofree char *label = label_of(r, c, &g[c]);

        if (all[c] < 2)
            continue;
        kith_table_row(t);
        kith_table_set_int(t, 0, c + 1);
        kith_table_set_int(t, 1, g[c].size);
        kith_table_set_text(t, 2, label);
        kith_table_set_text(t, 3, shape[c]);
        kith_table_set_real(t, 4, pairs > 0 ? (double)g[c].pairs / pairs : NAN);
        kith_table_set_real(t, 5, g[c].all > 0 ? g[c].inside / g[c].all : NAN);
        kith_table_set_real(t, 6, g[c].stability / (double)all[c]);
    }
}

static void
tell_names(const struct run *r)
{
    kith_table *t = kith_answer_table(r->out, "names", name_columns, G_N_ELEMENTS(name_columns));

    for (guint i = 0; i < r->names->len; i++) {
        const kith_excess *e = &g_array_index(r->names, kith_excess, i);
        const kith_feature *f = &r->features->feature[e->feature];

        kith_table_row(t);
        kith_table_set_int(t, 0, (int64_t)e->group + 1);
        kith_table_set_text(t, 1, f->kind);
        kith_table_set_text(t, 2, f->what);
        kith_table_set_int(t, 3, e->members);
        kith_table_set_int(t, 4, e->all);
        kith_table_set_real(t, 5, e->expected);
        kith_table_set_real(t, 6, e->adjusted);
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

static kith_status
compare(const struct run *r, kith_table *t, kith_error *err)
{
    g_autoptr(kith_classes) class = NULL;
    g_autofree char *nmi = g_strdup_printf("nmi:%s", r->o->compare);
    g_autofree char *rand = g_strdup_printf("ari:%s", r->o->compare);

    TRY(kith_classes_read(r->question->graph, r->network, r->o->compare, &class, err));
    tell(t, nmi, kith_partition_nmi(r->found->group, class->of, r->network->n));
    tell(t, rand, kith_partition_rand(r->found->group, class->of, r->network->n));
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
    if (r->chance.networks) {
        tell(t, "null_mean", r->chance.mean);
        tell(t, "null_sd", r->chance.sd);
        tell(t, "null_z", r->chance.z);
        tell(t, "null_p", r->chance.p);
    }
    return r->o->compare ? compare(r, t, err) : KITH_OK;
}

/* What chance has to say. */
static void
note_chance(const struct run *r)
{
    const kith_chance *c = &r->chance;

    if (!c->networks) {
        if (r->o->null && strcmp(r->o->method, "leiden") == 0)
            kith_answer_note(r->out, "not held against chance: the network is too large for it");
        return;
    }
    if (!kith_chance_is_clear(c))
        kith_answer_note(r->out,
                         "no clear groups: networks of chance with the same numbers of ties can be "
                         "divided as well (%s %.4f, by chance %.4f)",
                         r->o->quality, c->observed, c->mean);
    else
        kith_answer_note(r->out,
                         "clear groups: %s %.4f, and %.4f on average in %" G_GINT64_FORMAT
                         " networks of chance with the same numbers of ties",
                         r->o->quality, c->observed, c->mean, c->networks);
    if (!r->o->two_mode && kith_graph_count(r->question->graph, KITH_EVENT))
        kith_answer_note(r->out, "those who attend together are tied by it, which chance does not "
                                 "imitate; --two-mode judges attendance itself");
}

static void
note_islands(const struct run *r)
{
    g_autofree uint32_t *part = g_new0(uint32_t, r->network->n + 1);
    int64_t parts = 0;

    kith_partition_connect(r->problem, part);
    kith_partition_order(part, r->network->n);
    for (int64_t v = 0; v < r->network->n; v++)
        if (r->degree[v])
            parts = MAX(parts, (int64_t)part[v] + 1);
    if (parts > 1)
        kith_answer_note(r->out,
                         "the network is in %" G_GINT64_FORMAT
                         " islands with no tie between them; no group spans two",
                         parts);
}

static void
note(const struct run *r, int64_t alone)
{
    kith_node me = kith_graph_owner(r->question->graph);

    note_chance(r);
    note_islands(r);
    kith_answer_note(r->out, "best of %" G_GINT64_FORMAT " runs of %s; %s%s", r->found->runs,
                     strcmp(r->o->method, "labels") == 0 ? "label propagation"
                                                         : "the Leiden algorithm",
                     r->weighted ? "weights count" : "every tie counts the same",
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
    TRY(judge(&r, err));
    find_names(&r);
    tell_groups(&r);
    alone = tell_members(
        &r, true, kith_answer_table(out, "members", member_columns, G_N_ELEMENTS(member_columns)));
    if (r.o->two_mode)
        tell_members(&r, false,
                     kith_answer_table(out, "events", event_columns, G_N_ELEMENTS(event_columns)));
    tell_names(&r);
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
        "person's stability is the share of their company that other runs agree on. Chance is the "
        "same "
        "search in networks rewired with the same degrees; groups are clear from z = 2 on. A group "
        "is named "
        "for what at least half of it shares and more than chance would have. The owner's "
        "own ties "
        "are left out unless asked for, since they would make one group of everybody.",
    .example = "communities datasets/karate/edges.csv",
    .options = options,
    .options_size = sizeof(struct communities),
    .run = run,
};
