/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map - where to draw everybody, so that those who are tied stand near one another.
 *
 * The network is of people, organisations and events with all ties between them as they are: a
 * person at an event is a tie, nobody is joined to everybody who was there as well. Groups are those
 * of most ties inside (Leiden, measures/leiden.h); places are those of measures/layout.h, in a box
 * half again as wide as high, y downwards. Sizes go by the square root of the number of ties, from 1
 * to 4. All of it depends on the seed and on nothing else.
 */
#include "measures/layout.h"
#include "measures/leiden.h"
#include "passes/pass.h"
#include <math.h>
#include <string.h>

#define RUNS 4
#define WIDTH 1.5

struct map {
    const char *nodes, *drawn;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct map, nodes, 0, "KINDS", "person,organisation,event", false,
                     "comma list of what to draw: person, organisation, event, topic"),
    KITH_OPTION_CHOICE(
        struct map, drawn, "groups", "groups|full",
        "what a page's live map of many opens with: one bubble a group, or everybody"),
    KITH_OPTION_END,
};

enum { NODE, KIND, X, Y, SIZE, GROUP, DEGREE };
static const kith_column place_columns[] = {
    {"node", KITH_CELL_NODE, "", "who or what"},
    {"kind", KITH_CELL_TEXT, "", "person, organisation, event or topic"},
    {"x", KITH_CELL_REAL, "1", "from the left, 0 to 1.5"},
    {"y", KITH_CELL_REAL, "1", "from the top, 0 to 1"},
    {"size", KITH_CELL_REAL, "1", "1 to 4, by the square root of the number of ties"},
    {"group", KITH_CELL_INT, "", "number of the group, 1 for the largest; missing without ties"},
    {"degree", KITH_CELL_INT, "nodes", "how many others it is tied to on the map"},
};

static const kith_column group_columns[] = {
    {"group", KITH_CELL_INT, "", "its number"},
    {"size", KITH_CELL_INT, "nodes", "how many are in it"},
    {"label", KITH_CELL_TEXT, "", "its two best-connected members"},
    {"x", KITH_CELL_REAL, "1", "mean of its members' x"},
    {"y", KITH_CELL_REAL, "1", "mean of its members' y"},
};

typedef struct run {
    const kith_graph *g;
    kith_network *net;
    kith_csr *csr;
    kith_leiden *found;
    float *xy;
    int64_t groups;                 /* of two or more */
    int64_t *size, *first, *second; /* by group: members, and its best-connected two */
    double *x, *y;
} run;

static void
run_clear(run *r)
{
    kith_network_free(r->net);
    kith_csr_free(r->csr);
    kith_leiden_free(r->found);
    g_free(r->xy);
    g_free(r->size);
    g_free(r->first);
    g_free(r->second);
    g_free(r->x);
    g_free(r->y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(run, run_clear)

static kith_status
read_kinds(const char *list, unsigned *out, kith_error *err)
{
    g_auto(GStrv) words = g_strsplit(list, ",", -1);

    for (char **word = words; *word; word++) {
        kith_node_kind kind;

        if (!kith_node_kind_from_name(g_strstrip(*word), &kind))
            return kith_fail(err, KITH_ERR_ARGUMENT,
                             "unknown kind '%s' (expected person, organisation, event or topic)",
                             *word);
        *out |= 1u << kind;
    }
    return KITH_OK;
}

static int64_t
degree(const run *r, int64_t v)
{
    return r->csr->first[v + 1] - r->csr->first[v];
}

static kith_status
divide(run *r, const kith_question *q, kith_error *err)
{
    g_autoptr(kith_grouping) problem = NULL;
    kith_leiden_plan plan = {.runs = RUNS, .seed = q->seed, .threads = q->threads};

    TRY(kith_grouping_new(r->net, KITH_GROUP_MODULARITY, 1.0, false, &problem, err));
    return kith_leiden_find(problem, &plan, &r->found, err);
}

static kith_status
place(run *r, const kith_question *q, kith_error *err)
{
    kith_layout_options how = {.width = WIDTH,
                               .height = 1,
                               .group = r->found->group,
                               .seed = q->seed,
                               .threads = q->threads,
                               .progress = q->progress,
                               .payload = q->payload};

    r->xy = g_try_new(float, 2 * (gsize)r->net->n + 1);
    if (!r->xy)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "map: no memory for %" G_GINT64_FORMAT " places",
                         r->net->n);
    return kith_layout(r->csr, &how, r->xy, err);
}

/* Whether a is better connected than b, -1 being nobody; the first of equals is. */
static bool
better(const run *r, int64_t a, int64_t b)
{
    return b < 0 || degree(r, a) > degree(r, b);
}

static void
sum_up(run *r)
{
    gsize n = (gsize)r->found->groups + 1;

    r->size = g_new0(int64_t, n);
    r->first = g_new(int64_t, n);
    r->second = g_new(int64_t, n);
    r->x = g_new0(double, n);
    r->y = g_new0(double, n);
    memset(r->first, 0xff, n * sizeof *r->first);
    memset(r->second, 0xff, n * sizeof *r->second);
    for (int64_t v = 0; v < r->net->n; v++) {
        uint32_t c = r->found->group[v];

        r->size[c]++;
        r->x[c] += r->xy[2 * v];
        r->y[c] += r->xy[2 * v + 1];
        if (better(r, v, r->first[c])) {
            r->second[c] = r->first[c];
            r->first[c] = v;
        } else if (better(r, v, r->second[c])) {
            r->second[c] = v;
        }
    }
    while (r->groups < r->found->groups && r->size[r->groups] > 1)
        r->groups++;
}

/* Real numbers are written with as many digits as a float has. */
static double
rounded(double value)
{
    return round(value * 1e6) / 1e6;
}

static void
fill_places(const run *r, kith_table *out)
{
    int64_t most = 1;

    for (int64_t v = 0; v < r->net->n; v++)
        most = MAX(most, degree(r, v));
    for (int64_t v = 0; v < r->net->n; v++) {
        kith_node node = r->net->node[v];
        double share = sqrt((double)degree(r, v) / (double)most);

        kith_table_row(out);
        kith_table_set_node(out, NODE, node, kith_graph_label(r->g, node));
        kith_table_set_text(out, KIND, kith_node_kind_name(kith_graph_kind(r->g, node)));
        kith_table_set_real(out, X, rounded(r->xy[2 * v]));
        kith_table_set_real(out, Y, rounded(r->xy[2 * v + 1]));
        kith_table_set_real(out, SIZE, rounded(1 + 3 * share));
        if (r->found->group[v] < r->groups)
            kith_table_set_int(out, GROUP, r->found->group[v] + 1);
        kith_table_set_int(out, DEGREE, degree(r, v));
    }
}

static void
fill_groups(const run *r, kith_table *out)
{
    for (int64_t c = 0; c < r->groups; c++) {
        g_autofree char *label =
            g_strdup_printf("%s, %s", kith_graph_label(r->g, r->net->node[r->first[c]]),
                            kith_graph_label(r->g, r->net->node[r->second[c]]));

        kith_table_row(out);
        kith_table_set_int(out, 0, c + 1);
        kith_table_set_int(out, 1, r->size[c]);
        kith_table_set_text(out, 2, label);
        kith_table_set_real(out, 3, rounded(r->x[c] / (double)r->size[c]));
        kith_table_set_real(out, 4, rounded(r->y[c] / (double)r->size[c]));
    }
}

static kith_status
answer(const kith_question *q, const void *opaque, kith_answer *out, kith_error *err)
{
    const struct map *o = opaque;
    kith_network_options picked = {.ties = (1u << KITH_TIE_KINDS) - 1,
                                   .direction = KITH_NETWORK_UNDIRECTED};
    g_auto(run) r = {.g = q->graph};
    kith_table *places, *groups;

    TRY(read_kinds(o->nodes, &picked.nodes, err));
    TRY(kith_network_new(q->graph, &picked, &r.net, err));
    places = kith_answer_table(out, "places", place_columns, G_N_ELEMENTS(place_columns));
    groups = kith_answer_table(out, "groups", group_columns, G_N_ELEMENTS(group_columns));
    if (r.net->n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "nothing of these kinds to draw");
    TRY(kith_csr_new(r.net, KITH_CSR_BOTH, KITH_CSR_WEIGHTS, &r.csr, err));
    TRY(divide(&r, q, err));
    TRY(place(&r, q, err));
    sum_up(&r);
    fill_places(&r, places);
    fill_groups(&r, groups);
    kith_network_describe(r.net, out);
    kith_answer_note(out, "near means tied, directly or by others; the directions left, right, up "
                          "and down mean nothing");
    return KITH_OK;
}

const kith_pass kith_pass_map = {
    .name = "map",
    .group = "out",
    .summary = "where to draw everybody so that those who are tied stand near",
    .details = "Places of people, organisations and events in a box half again as wide as high, y "
               "downwards; groups by "
               "Leiden on all ties. report and export use them.",
    .example = "map --format csv datasets/tidewell/Connections.csv",
    .options = options,
    .options_size = sizeof(struct map),
    .run = answer,
};
