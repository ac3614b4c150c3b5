/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attendance - what guest lists alone say: who is at the same events more than chance, in which groups, at whose core.
 *
 * Two who are often out will meet often; a pair counts when it shares more events than both their habits and the events'
 * sizes explain. Groups are those of the co-attendance with Newman's weights. The core of a group are those with a
 * partner in it beyond chance who are out as often as half of it; the rest is its fringe, as Davis, Gardner & Gardner
 * (1941) used the words.
 */
#include "measures/coattend.h"
#include "measures/leiden.h"
#include "measures/pick.h"
#include "measures/presence.h"
#include "measures/projection.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 2e6     /* of Leiden's runs, as in communities */
#define PAIRS 5000000 /* kept at most */
#define LISTS 4000    /* rewired, where that is affordable */
#define SIGNATURE 3   /* events named for a group */

struct attendance {
    const char *filter;
    double alpha;
    int64_t top;
    bool include_owner;
};

static const kith_option options[] = {
    KITH_OPTION_CHOICE(struct attendance, filter, "auto",
                       "auto|rewired|sdsm|hypergeometric|disparity|none",
                       "which pairs are more than chance; auto is rewired, for long lists sdsm"),
    KITH_OPTION_REAL(struct attendance, alpha, "0.05", 0, 1, "level of the filter"),
    KITH_OPTION_INT(struct attendance, top, 'n', "30", 1, 1e9, "how many pairs to list"),
    KITH_OPTION_FLAG(struct attendance, include_owner, "the owner's attendance counts as well"),
    KITH_OPTION_END,
};

static const kith_column people_columns[] = {
    {"person", KITH_CELL_NODE, "", "who"},
    {"group", KITH_CELL_INT, "", "number of the group, the largest first; missing for none"},
    {"place", KITH_CELL_TEXT, "",
     "core: a partner in the group beyond chance, and out as often as its median; fringe: the "
     "rest"},
    {"events", KITH_CELL_INT, "events", "attended; an event on two days is two"},
    {"partners", KITH_CELL_INT, "people", "with whom events are shared beyond chance"},
    {"strength", KITH_CELL_REAL, "1",
     "sum of Newman's weights, 1/(n-1) for each event of n: events with company"},
};

static const kith_column group_columns[] = {
    {"group", KITH_CELL_INT, "", "number of the group"},
    {"size", KITH_CELL_INT, "people", "how many are in it"},
    {"core", KITH_CELL_INT, "people", "of whom are its core"},
    {"own_events", KITH_CELL_INT, "events", "where two thirds or more were of this group"},
    {"signature", KITH_CELL_TEXT, "", "of these the fullest"},
};

static const kith_column pair_columns[] = {
    {"a", KITH_CELL_NODE, "", "one of the two"},
    {"b", KITH_CELL_NODE, "", "the other"},
    {"shared", KITH_CELL_INT, "events", "at which both were"},
    {"newman", KITH_CELL_REAL, "1", "sum of 1/(n-1) over them, n people at each"},
    {"jaccard", KITH_CELL_REAL, "1", "shared / at which either was"},
    {"p", KITH_CELL_REAL, "1", "chance of so many or more; missing without a filter"},
};

/* Everything one run of the pass needs. */
struct run {
    const kith_question *question;
    const struct attendance *o;
    kith_network *network; /* co-attendance with Newman's weights */
    kith_presence *presence;
    kith_twomode *twomode; /* vertices and occasions */
    kith_leiden *found;
    GArray *pairs;      /* of kith_projection_pair */
    const char *filter; /* the one that auto comes to */
    int64_t lists;      /* rewired */
    bool full;          /* more pairs than can be kept */
    kith_projection_totals totals;
    int64_t *partners, *inside; /* by vertex: pairs kept; those within the group */
    bool *core;                 /* by vertex */
    double *strength;
    kith_answer *out;
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_presence_free(r->presence);
    kith_twomode_free(r->twomode);
    kith_leiden_free(r->found);
    if (r->pairs)
        g_array_unref(r->pairs);
    g_free(r->partners);
    g_free(r->inside);
    g_free(r->core);
    g_free(r->strength);
}

static kith_status
read_lists(struct run *r, kith_error *err)
{
    kith_pick pick = {.ties = "attended", .include_owner = r->o->include_owner};
    const kith_graph *g = r->question->graph;
    kith_node me = r->o->include_owner ? -1 : kith_graph_owner(g);
    g_autofree uint32_t *member = NULL, *group = NULL;
    int64_t links = 0;

    r->presence = kith_presence_new(g);
    if (r->presence->n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "these files hold no attendance");
    if (kith_pick_network(g, &pick, &r->network, NULL) != KITH_OK)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no two people were at the same event");
    member = g_new(uint32_t, r->presence->n + 1);
    group = g_new(uint32_t, r->presence->n + 1);
    for (int64_t i = 0; i < r->presence->n; i++) {
        int64_t v = kith_network_vertex(r->network, r->presence->owner[i]);

        if (v < 0 || r->presence->owner[i] == me)
            continue;
        member[links] = (uint32_t)v;
        group[links++] = (uint32_t)r->presence->at[i];
    }
    return kith_twomode_new(r->network->n, r->presence->occasion->len, member, group, links,
                            &r->twomode, err);
}

static kith_status
find_groups(struct run *r, kith_error *err)
{
    double size = (double)(r->network->n + 2 * r->network->m + 1);
    kith_leiden_plan plan = {.runs = (int64_t)CLAMP(STEPS / size, 10, 100),
                             .seed = r->question->seed,
                             .threads = r->question->threads,
                             .progress = r->question->progress,
                             .payload = r->question->payload};
    g_autoptr(kith_grouping) problem = NULL;

    TRY(kith_grouping_new(r->network, KITH_GROUP_MODULARITY, 1, true, &problem, err));
    TRY(kith_leiden_find(problem, &plan, &r->found, err));
    r->strength = g_new0(double, r->network->n + 1);
    for (int64_t i = 0; i < r->network->m; i++) {
        r->strength[r->network->from[i]] += r->network->weight[i];
        r->strength[r->network->to[i]] += r->network->weight[i];
    }
    return KITH_OK;
}

static bool
take(void *payload, const kith_projection_pair *pairs, int64_t n)
{
    struct run *r = payload;

    r->full = (int64_t)r->pairs->len + n > PAIRS;
    if (!r->full)
        g_array_append_vals(r->pairs, pairs, (guint)n);
    return !r->full;
}

/* Which filter, and how many rewired lists. */
static kith_status
choose_filter(struct run *r, kith_error *err)
{
    bool any = strcmp(r->o->filter, "auto") == 0;

    r->filter = r->o->filter;
    if (!any && strcmp(r->filter, "rewired") != 0)
        return KITH_OK;
    r->lists = kith_coattend_affordable(r->twomode, LISTS);
    if (!r->lists && !any)
        return kith_fail(err, KITH_ERR_LIMIT,
                         "these lists are too long to be rewired (try --filter sdsm)");
    r->filter = r->lists ? "rewired" : "sdsm";
    return KITH_OK;
}

/* Judges all pairs by rewired lists and keeps those that pass. */
static kith_status
test_pairs(struct run *r, kith_work *work, kith_error *err)
{
    kith_projection_pair *p = (kith_projection_pair *)(void *)r->pairs->data;
    guint kept = 0;

    TRY(kith_coattend_test(r->twomode, p, r->pairs->len, r->lists, (uint64_t)r->question->seed,
                           work, err));
    for (guint i = 0; i < r->pairs->len; i++)
        if (p[i].p <= r->o->alpha)
            p[kept++] = p[i];
    g_array_set_size(r->pairs, kept);
    return KITH_OK;
}

static kith_status
find_pairs(struct run *r, kith_error *err)
{
    static const struct {
        const char *name;
        kith_projection_filter filter;
    } filters[] = {{"sdsm", KITH_PROJECTION_SDSM},
                   {"hypergeometric", KITH_PROJECTION_HYPERGEOMETRIC},
                   {"disparity", KITH_PROJECTION_DISPARITY},
                   {"rewired", KITH_PROJECTION_ALL},
                   {"none", KITH_PROJECTION_ALL}};
    kith_projection_options o = {.alpha = r->o->alpha};
    kith_work work = kith_work_of(r->question);
    kith_status status;

    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++)
        if (strcmp(filters[i].name, r->filter) == 0)
            o.filter = filters[i].filter;
    kith_work_share(&work, 0, r->lists ? 0.1 : 1);
    r->pairs = g_array_new(FALSE, FALSE, sizeof(kith_projection_pair));
    status = kith_projection_run(r->twomode, &o, take, r, &work, &r->totals, err);
    if (r->full)
        return kith_fail(err, KITH_ERR_LIMIT, "more than %d pairs pass the filter (try --alpha %g)",
                         PAIRS, r->o->alpha / 100);
    if (status != KITH_OK || !r->lists)
        return status;
    kith_work_share(&work, 0.1, 1);
    return test_pairs(r, &work, err);
}

static void
count_partners(struct run *r)
{
    r->partners = g_new0(int64_t, r->network->n + 1);
    r->inside = g_new0(int64_t, r->network->n + 1);
    for (guint i = 0; i < r->pairs->len; i++) {
        const kith_projection_pair *p = &g_array_index(r->pairs, kith_projection_pair, i);
        bool same = r->found->group[p->a] == r->found->group[p->b];

        r->partners[p->a]++;
        r->partners[p->b]++;
        r->inside[p->a] += same;
        r->inside[p->b] += same;
    }
}

static int
compare_counts(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* Who has a partner in the group beyond chance, and is out as often as half of the group. */
static void
find_core(struct run *r)
{
    g_autofree int64_t *events = g_new(int64_t, r->network->n + 1);

    r->core = g_new0(bool, r->network->n + 1);
    for (int64_t c = 0; c < r->found->groups; c++) {
        int64_t n = 0;

        for (int64_t v = 0; v < r->network->n; v++)
            if (r->found->group[v] == c)
                events[n++] = kith_twomode_degree(r->twomode, v);
        if (n < 2)
            break; /* groups are ordered by size */
        qsort(events, (size_t)n, sizeof *events, compare_counts);
        for (int64_t v = 0; v < r->network->n; v++)
            if (r->found->group[v] == c)
                r->core[v] = r->inside[v] && kith_twomode_degree(r->twomode, v) >= events[n / 2];
    }
}

static void
set_node(const struct run *r, kith_table *t, int column, int64_t vertex)
{
    kith_node node = r->network->node[vertex];

    kith_table_set_node(t, column, node, kith_graph_label(r->question->graph, node));
}

/* One line of the people: by group, the core first, then who has most partners. */
struct line {
    uint32_t group;
    bool fringe;
    int64_t partners, vertex;
};

static int
compare_lines(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->fringe != y->fringe)
        return x->fringe ? 1 : -1;
    if (x->partners != y->partners)
        return x->partners > y->partners ? -1 : 1;
    return x->vertex < y->vertex ? -1 : x->vertex > y->vertex;
}

static void
tell_people(const struct run *r)
{
    kith_table *t =
        kith_answer_table(r->out, "attendance", people_columns, G_N_ELEMENTS(people_columns));
    g_autofree struct line *line = g_new(struct line, r->network->n + 1);
    int64_t n = 0;

    for (int64_t v = 0; v < r->network->n; v++)
        if (kith_twomode_degree(r->twomode, v))
            line[n++] = (struct line){r->strength[v] > 0 ? r->found->group[v] : UINT32_MAX,
                                      !r->core[v], r->partners[v], v};
    qsort(line, (size_t)n, sizeof *line, compare_lines);
    for (int64_t i = 0; i < n; i++) {
        int64_t v = line[i].vertex;

        kith_table_row(t);
        set_node(r, t, 0, v);
        if (line[i].group != UINT32_MAX) {
            kith_table_set_int(t, 1, (int64_t)line[i].group + 1);
            kith_table_set_text(t, 2, line[i].fringe ? "fringe" : "core");
        }
        kith_table_set_int(t, 3, kith_twomode_degree(r->twomode, v));
        kith_table_set_int(t, 4, r->partners[v]);
        kith_table_set_real(t, 5, r->strength[v]);
    }
}

/* An occasion that is mostly one group's. */
struct own {
    int64_t occasion, people;
};

static int
fullest_first(const void *a, const void *b)
{
    const struct own *x = a, *y = b;

    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return x->occasion < y->occasion ? -1 : x->occasion > y->occasion;
}

static GArray *
own_occasions(const struct run *r, uint32_t group)
{
    GArray *own = g_array_new(FALSE, FALSE, sizeof(struct own));

    for (int64_t e = 0; e < r->twomode->groups; e++) {
        struct own one = {e, kith_twomode_size(r->twomode, e)};
        int64_t ours = 0;

        for (int64_t i = r->twomode->of_group[e]; i < r->twomode->of_group[e + 1]; i++)
            ours += r->found->group[r->twomode->member[i]] == group;
        if (one.people > 1 && 3 * ours >= 2 * one.people)
            g_array_append_val(own, one);
    }
    g_array_sort(own, fullest_first);
    return own;
}

static void
tell_signature(const struct run *r, kith_table *t, const GArray *own)
{
    const char *name[SIGNATURE + 1] = {NULL};
    g_autofree char *text = NULL;
    int n = 0;

    for (guint i = 0; i < own->len && n < SIGNATURE; i++) {
        const kith_occasion *o = &g_array_index(r->presence->occasion, kith_occasion,
                                                g_array_index(own, struct own, i).occasion);
        const char *label = kith_graph_label(r->question->graph, o->event);
        bool told = false;

        for (int k = 0; k < n; k++)
            told = told || strcmp(name[k], label) == 0;
        if (!told)
            name[n++] = label;
    }
    text = n ? g_strjoinv(", ", (char **)name) : NULL;
    kith_table_set_text(t, 4, text);
}

static void
tell_groups(const struct run *r)
{
    kith_table *t = kith_answer_table(r->out, "groups", group_columns, G_N_ELEMENTS(group_columns));
    g_autofree int64_t *size = g_new0(int64_t, r->found->groups + 1);
    g_autofree int64_t *core = g_new0(int64_t, r->found->groups + 1);

    for (int64_t v = 0; v < r->network->n; v++) {
        size[r->found->group[v]]++;
        core[r->found->group[v]] += r->core[v];
    }
    for (int64_t c = 0; c < r->found->groups; c++) {
        g_autoptr(GArray) own = NULL;

        if (size[c] < 2)
            continue;
        own = own_occasions(r, (uint32_t)c);
        kith_table_row(t);
        kith_table_set_int(t, 0, c + 1);
        kith_table_set_int(t, 1, size[c]);
        kith_table_set_int(t, 2, core[c]);
        kith_table_set_int(t, 3, own->len);
        tell_signature(r, t, own);
    }
}

static int
least_likely_first(const void *a, const void *b)
{
    const kith_projection_pair *x = a, *y = b;

    if (!isnan(x->p) && x->p != y->p)
        return x->p < y->p ? -1 : 1;
    if (x->newman != y->newman)
        return x->newman > y->newman ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void
tell_pairs(const struct run *r)
{
    kith_table *t = kith_answer_table(r->out, "pairs", pair_columns, G_N_ELEMENTS(pair_columns));

    g_array_sort(r->pairs, least_likely_first);
    for (guint i = 0; i < MIN(r->pairs->len, (guint64)r->o->top); i++) {
        const kith_projection_pair *p = &g_array_index(r->pairs, kith_projection_pair, i);

        kith_table_row(t);
        set_node(r, t, 0, p->a);
        set_node(r, t, 1, p->b);
        kith_table_set_int(t, 2, p->shared);
        kith_table_set_real(t, 3, p->newman);
        kith_table_set_real(t, 4, p->jaccard);
        kith_table_set_real(t, 5, p->p);
    }
}

static void
note(const struct run *r)
{
    kith_node me = kith_graph_owner(r->question->graph);

    kith_answer_note(r->out,
                     "pairs who shared an event: %" G_GINT64_FORMAT "; kept by the filter (%s%s): "
                     "%u",
                     r->totals.pairs, r->filter,
                     strcmp(r->filter, "none") == 0 ? ", so the core is everybody with company"
                                                    : "",
                     r->pairs->len);
    if (strcmp(r->filter, "none") != 0)
        kith_answer_note(r->out,
                         "at level %g about %.0f pairs would pass by chance alone, less since "
                         "shared events are whole numbers",
                         r->o->alpha, r->o->alpha * (double)r->totals.pairs);
    if (r->network->large_events)
        kith_answer_note(r->out,
                         "events of more than 500 people are left out of groups: %" G_GINT64_FORMAT,
                         r->network->large_events);
    if (me >= 0 && !r->o->include_owner)
        kith_answer_note(r->out, "the owner's own attendance is left out: %s",
                         kith_graph_label(r->question->graph, me));
    kith_answer_note(r->out, "being at the same event is not yet knowing one another");
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .out = out};

    TRY(read_lists(&r, err));
    TRY(find_groups(&r, err));
    TRY(choose_filter(&r, err));
    TRY(find_pairs(&r, err));
    count_partners(&r);
    find_core(&r);
    tell_people(&r);
    tell_groups(&r);
    tell_pairs(&r);
    note(&r);
    return KITH_OK;
}

const kith_pass kith_pass_attendance = {
    .name = "attendance",
    .group = "community",
    .summary = "who is at the same events more than chance, in which groups, at core or fringe",
    .details =
        "Pairs share events beyond chance when so many, or more, are unlikely at --alpha: rewired "
        "compares "
        "with lists in which everybody is out as often and every event as full (Neal et al. 2021); "
        "sdsm (Neal 2014) keeps both on "
        "average and finds less; hypergeometric (Tumminello et al. 2011) takes all events to be "
        "alike; disparity (Serrano et al. 2009) compares Newman's weights of one person. "
        "Groups are those "
        "of everybody's co-attendance, an event of n counting 1/(n-1) (Newman 2001), by the Leiden "
        "algorithm. "
        "The core of a group has partners in it beyond chance and is out as often as its median. "
        "Only those who attended, hosted or "
        "spoke were "
        "there.",
    .example = "attendance datasets/davis/attendance.csv",
    .options = options,
    .options_size = sizeof(struct attendance),
    .run = run,
};
