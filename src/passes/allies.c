/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * allies - firms that serve whom you serve and sell what you do not: the nearest partners.
 *
 * What overlaps is the first two rows of customers; what is complementary are the offers. The cover is the few firms that
 * together reach every group that some firm reaches and you do not; where no groups are known, every customer you do not
 * reach stands for itself.
 */
#include "measures/customers.h"
#include "measures/groups.h"
#include "measures/needs.h"
#include "measures/sales.h"
#include "measures/set_cover.h"
#include "measures/ways.h"
#include "model/graph.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>

struct allies {
    const char *of, *groups;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct allies, of, 0, "WHO", NULL, false,
                     "whose allies; the firm of the owner of the files by default"),
    KITH_OPTION_CHOICE(struct allies, groups, "both", "both|named|communities",
                       "the groups to reach: those the files name (topics, sectors), the "
                       "communities that people's ties make, or both"),
    KITH_OPTION_INT(struct allies, top, 'n', "20", 1, 1e9, "how many to list"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"firm", KITH_CELL_NODE, "", "the possible ally"},
    {"shared", KITH_CELL_INT, "", "in the first two rows of both"},
    {"shared_second", KITH_CELL_INT, "", "in the second row of both"},
    {"jaccard", KITH_CELL_REAL, "1", "shared over all in the first two rows of either"},
    {"new", KITH_CELL_INT, "", "in their first two rows and not in yours"},
    {"new_groups", KITH_CELL_INT, "", "groups among those that you do not reach"},
    {"same_offers", KITH_CELL_INT, "", "offers that both of you have; 0 is complementary"},
    {"needs_met", KITH_CELL_INT, "", "needs recorded in your rows that they offer to meet"},
    {"is", KITH_CELL_TEXT, "", "customer or supplier of yours, or neither"},
    {"ask", KITH_CELL_NODE, "", "whom to speak to"},
    {"channel", KITH_CELL_TEXT, "", "a way to reach them that they did not forbid"},
    {"next", KITH_CELL_TEXT, "", "what to propose"},
};

static const kith_column cover_columns[] = {
    {"order", KITH_CELL_INT, "", "the firm that adds most comes first"},
    {"firm", KITH_CELL_NODE, "", "whom to ally with"},
    {"adds", KITH_CELL_INT, "", "groups, or customers, that none before reaches"},
    {"reached", KITH_CELL_INT, "", "with those before"},
    {"of", KITH_CELL_INT, "", "that any of the firms reaches and you do not"},
};

struct ally {
    kith_node firm;
    int64_t shared, second, fresh, groups, alike, met;
    double jaccard;
    GArray *lacks; /* elements of the cover: what they reach and we do not */
};

struct asking {
    const kith_graph *g;
    const struct allies *o;
    kith_node us;
    kith_sales *sales;
    kith_depth *depth;
    kith_groups *groups;
    kith_needs *needs;
    int8_t *ours;    /* node -> our row, 0 for none */
    bool *our_group; /* group -> we reach it */
    int64_t reach;   /* how many are in our rows */
};

static void
asking_clear(struct asking *a)
{
    kith_depth_free(a->depth);
    kith_sales_free(a->sales);
    kith_groups_free(a->groups);
    kith_needs_free(a->needs);
    g_free(a->ours);
    g_free(a->our_group);
}

static void
walk_ours(struct asking *a)
{
    a->ours = g_new0(int8_t, a->g->nodes + 1);
    a->our_group = g_new0(bool, a->groups->n + 1);
    kith_depth_walk(a->depth, a->us, 2);
    a->reach = a->depth->row->len;
    for (guint i = 0; i < a->depth->row->len; i++) {
        kith_node v = g_array_index(a->depth->row, kith_node, i);

        a->ours[v] = (int8_t)a->depth->layer[v];
        for (int64_t k = a->groups->first[v]; k < a->groups->first[v + 1]; k++)
            a->our_group[a->groups->group[k]] = true;
    }
}

static int
compare_elements(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* Groups that one of their customers is in and none of ours, each once. */
static void
add_groups(const struct asking *a, kith_node v, struct ally *one)
{
    for (int64_t k = a->groups->first[v]; k < a->groups->first[v + 1]; k++)
        if (!a->our_group[a->groups->group[k]])
            g_array_append_val(one->lacks, a->groups->group[k]);
}

static void
tidy(GArray *elements)
{
    guint kept = 0;

    if (elements->len)
        qsort(elements->data, elements->len, sizeof(int64_t), compare_elements);
    for (guint i = 0; i < elements->len; i++)
        if (kept == 0 ||
            g_array_index(elements, int64_t, kept - 1) != g_array_index(elements, int64_t, i))
            g_array_index(elements, int64_t, kept++) = g_array_index(elements, int64_t, i);
    g_array_set_size(elements, kept);
}

static int64_t
count_alike(const struct asking *a, kith_node firm)
{
    guint n, m;
    const kith_need *x = kith_needs_of(a->needs->offers, a->us, &n);
    const kith_need *y = kith_needs_of(a->needs->offers, firm, &m);
    int64_t alike = 0;

    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < m; k++)
            alike += g_str_equal(x[i].word, y[k].word);
    return alike;
}

static struct ally
look_at(const struct asking *a, kith_node firm)
{
    struct ally one = {.firm = firm, .lacks = g_array_new(FALSE, FALSE, sizeof(int64_t))};
    int64_t theirs = 0;

    kith_depth_walk(a->depth, firm, 2);
    for (guint i = 0; i < a->depth->row->len; i++) {
        kith_node v = g_array_index(a->depth->row, kith_node, i);

        if (v == a->us)
            continue;
        theirs++;
        one.shared += a->ours[v] > 0;
        one.second += a->ours[v] == 2 && a->depth->layer[v] == 2;
        one.fresh += a->ours[v] == 0;
        if (a->groups->n)
            add_groups(a, v, &one);
        else if (a->ours[v] == 0)
            g_array_append_val(one.lacks, v);
    }
    tidy(one.lacks);
    one.groups = a->groups->n ? one.lacks->len : 0;
    one.jaccard =
        (double)one.shared / (double)MAX(theirs + a->reach - (a->ours[firm] > 0) - one.shared, 1);
    one.alike = count_alike(a, firm);
    return one;
}

/* Needs recorded among our customers and theirs, by whoever offers to meet them. */
static int64_t *
count_met(const struct asking *a)
{
    int64_t *met = g_new0(int64_t, a->g->nodes + 1);

    for (guint i = 0; i < a->needs->needs->len; i++) {
        const kith_need *need = KITH_ROW(a->needs->needs, kith_need, i);
        guint n;
        const kith_need *offer = kith_needs_offering(a->needs, need->word, &n);

        for (guint k = 0; a->ours[need->who] && k < n; k++)
            met[offer[k].who] += offer[k].who != need->who;
    }
    return met;
}

static int
compare(const void *a, const void *b)
{
    const struct ally *x = a, *y = b;

    if ((x->alike > 0) != (y->alike > 0))
        return x->alike > 0 ? 1 : -1;
    if (x->shared != y->shared)
        return x->shared > y->shared ? -1 : 1;
    if (x->met != y->met)
        return x->met > y->met ? -1 : 1;
    if (x->fresh != y->fresh)
        return x->fresh > y->fresh ? -1 : 1;
    return x->firm < y->firm ? -1 : x->firm > y->firm;
}

static void
ally_clear(void *data)
{
    g_array_unref(((struct ally *)data)->lacks);
}

static GArray *
find_allies(const struct asking *a)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct ally));
    g_autofree int64_t *met = count_met(a);

    g_array_set_clear_func(out, ally_clear);
    for (kith_node v = 0; v < a->g->kind_first[KITH_EVENT]; v++) {
        struct ally one;

        if (v == a->us || kith_sales_of(a->sales, v) == 0)
            continue;
        one = look_at(a, v);
        one.met = met[v];
        if (one.shared + one.met > 0 || one.lacks->len)
            g_array_append_val(out, one);
        else
            ally_clear(&one);
    }
    if (out->len)
        qsort(out->data, out->len, sizeof(struct ally), compare);
    return out;
}

static bool
sells_to(const struct asking *a, kith_node from, kith_node to)
{
    for (int64_t i = a->sales->first[from]; i < a->sales->first[from + 1]; i++)
        if (a->sales->sale[i].to == to)
            return true;
    return false;
}

static const char *
next_step(const struct ally *one)
{
    if (one->alike)
        return "sells what you sell: agree who serves whom, or leave it";
    if (one->met)
        return "offers what your customers need: introduce them";
    if (one->shared && one->fresh)
        return "you serve the same customers: introduce one another to the rest";
    return one->shared ? "you serve the same customers: offer something together"
                       : "reaches whom you do not: ask for introductions, offer your own";
}

static void
tell_allies(const struct asking *a, const GArray *allies, const kith_ways *ways, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "allies", columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < allies->len && i < a->o->top; i++) {
        const struct ally *one = KITH_ROW(allies, struct ally, i);

        if (one->shared + one->met == 0)
            continue;
        kith_table_row(t);
        kith_table_set_node(t, 0, one->firm, kith_graph_label(a->g, one->firm));
        kith_table_set_int(t, 1, one->shared);
        kith_table_set_int(t, 2, one->second);
        kith_table_set_real(t, 3, one->jaccard);
        kith_table_set_int(t, 4, one->fresh);
        if (a->groups->n)
            kith_table_set_int(t, 5, one->groups);
        kith_table_set_int(t, 6, one->alike);
        kith_table_set_int(t, 7, one->met);
        kith_table_set_text(t, 8,
                            sells_to(a, a->us, one->firm)   ? "customer"
                            : sells_to(a, one->firm, a->us) ? "supplier"
                                                            : "neither");
        kith_way_tell(ways, one->firm, t, 9);
        kith_table_set_text(t, 11, next_step(one));
    }
}

static void
tell_cover(const struct asking *a, const GArray *allies, kith_answer *out)
{
    kith_table *t = kith_answer_table(out, "cover", cover_columns, G_N_ELEMENTS(cover_columns));
    g_autofree GArray **set = g_new0(GArray *, allies->len + 1);
    g_autoptr(kith_set_cover) cover = NULL;
    int64_t reached = 0;

    for (guint i = 0; i < allies->len; i++)
        set[i] = KITH_ROW(allies, struct ally, i)->lacks;
    cover = kith_set_cover_new(set, allies->len, MAX(a->groups->n, a->g->nodes));
    for (guint i = 0; i < cover->chosen->len && i < a->o->top; i++) {
        const struct ally *one =
            KITH_ROW(allies, struct ally, g_array_index(cover->chosen, int64_t, i));

        reached += g_array_index(cover->added, int64_t, i);
        kith_table_row(t);
        kith_table_set_int(t, 0, i + 1);
        kith_table_set_node(t, 1, one->firm, kith_graph_label(a->g, one->firm));
        kith_table_set_int(t, 2, g_array_index(cover->added, int64_t, i));
        kith_table_set_int(t, 3, reached);
        kith_table_set_int(t, 4, cover->elements);
    }
    kith_answer_note(
        out,
        "cover: %u firms reach all %" G_GINT64_FORMAT " %s that you do not; %s %" G_GINT64_FORMAT,
        cover->chosen->len, cover->elements,
        a->groups->n ? "groups" : "customers and customers' customers",
        cover->exact ? "the fewest possible are" : "no fewer would do than", cover->at_least);
}

static kith_status
find_us(struct asking *a, kith_answer *out, kith_error *err)
{
    kith_node firm;

    a->us = kith_graph_owner(a->g);
    if (a->o->of)
        TRY(kith_graph_find(a->g, a->o->of, 1u << KITH_PERSON | 1u << KITH_ORGANISATION, &a->us,
                            err));
    if (a->us < 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no owner in these files: say whose allies with --of");
    firm = kith_graph_kind(a->g, a->us) == KITH_PERSON && kith_sales_of(a->sales, a->us) == 0
               ? kith_way_employer(a->g, a->us)
               : -1;
    if (firm >= 0) {
        kith_answer_note(out, "%s works at %s: these are its allies", kith_graph_label(a->g, a->us),
                         kith_graph_label(a->g, firm));
        a->us = firm;
    }
    if (kith_sales_of(a->sales, a->us) == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND, "no customer of %s in these files",
                         kith_graph_label(a->g, a->us));
    return KITH_OK;
}

static kith_status
find_groups(struct asking *a, const kith_question *question, kith_answer *out, kith_error *err)
{
    g_auto(kith_groups_found) found = {0};

    if (!g_str_equal(a->o->groups, "named"))
        TRY(kith_groups_find(question, &found, err));
    a->groups = kith_groups_new_with(a->g, &found, !g_str_equal(a->o->groups, "communities"));
    if (a->groups->n)
        kith_answer_note(out,
                         "groups: %" G_GINT64_FORMAT " that the files name, %" G_GINT64_FORMAT
                         " communities of people (Leiden)",
                         a->groups->n - found.n, found.n);
    return KITH_OK;
}

static kith_status
run(const kith_question *question, const void *opaque, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(asking_clear))) struct asking a = {.g = question->graph, .o = opaque};
    g_autoptr(kith_warm_network) net = NULL;
    g_autoptr(kith_ways) ways = NULL;
    g_autoptr(GArray) allies = NULL;

    a.sales = kith_sales_new(a.g, KITH_SELLS_TO, false);
    TRY(find_us(&a, out, err));
    a.depth = kith_depth_new(a.sales);
    TRY(find_groups(&a, question, out, err));
    a.needs = kith_needs_new(a.g);
    walk_ours(&a);
    allies = find_allies(&a);
    if (allies->len == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "no allies: no other firm in these files has customers");
    TRY(kith_warm_network_new(a.g, &(kith_warm_options){0}, &net, err));
    ways = kith_ways_new(a.g, net);
    tell_allies(&a, allies, ways, out);
    tell_cover(&a, allies, out);
    kith_ways_assume(ways, out);
    if (a.groups->n == 0)
        kith_answer_note(out, "no groups in these files: an attribute called group, sector, "
                              "industry, segment or category, a topic, or a community of people "
                              "makes one");
    return KITH_OK;
}

const kith_pass kith_pass_allies = {
    .name = "allies",
    .group = "customers",
    .summary = "firms that serve whom you serve and sell what you do not",
    .details =
        "Compares the first two rows of customers (customers and customers' customers) of every "
        "firm with yours: how many are shared, how many are new to you. Firms that offer something "
        "you offer come after all others. The cover picks, greedily, the firms that together reach "
        "every group that any of them reaches and you do not, with the fewest possible number, or "
        "a bound for it, beside. Groups are what files name (topics, sectors) and the communities "
        "of people; a firm is where its people are.",
    .example = "allies --of \"Saltmarsh Brewery\" datasets/tidewell/suppliers.csv",
    .options = options,
    .options_size = sizeof(struct allies),
    .run = run,
};
