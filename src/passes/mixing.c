/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mixing - whether people have ties with those like them; which interests groups have, and which have had no event.
 *
 * Attributes are only what files say; nothing is guessed. Those that law or decency protect are looked at when they are
 * asked for by name, not otherwise.
 */
#include "measures/mixing.h"
#include "measures/features.h"
#include "measures/leiden.h"
#include "measures/pick.h"
#include "passes/pass.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUNS 10      /* of Leiden, when groups are communities */
#define INTERESTED 2 /* fewer people are no interest that is shared */

struct mixing {
    const char *by, *ties;
    int64_t permutations, top;
    bool include_owner;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct mixing, by, 0, "COLUMN", NULL, false,
                     "organisation or one attribute; without it organisation and every attribute "
                     "that is not protected"),
    KITH_OPTION_TEXT(struct mixing, ties, 0, "KINDS", NULL, false,
                     "comma list of the ties to use, attended for attending together; without it "
                     "all ties between people and attending together"),
    KITH_OPTION_INT(struct mixing, permutations, 0, "1000", 0, 1000000,
                    "how many times to deal the values out by lot; fewer or none when the network "
                    "is very large"),
    KITH_OPTION_INT(struct mixing, top, 'n', "20", 1, 1e9, "how many interests to list"),
    KITH_OPTION_FLAG(struct mixing, include_owner, "the owner's own ties count as well"),
    KITH_OPTION_END,
};

static const kith_column mixing_columns[] = {
    {"attribute", KITH_CELL_TEXT, "", "what people are compared by"},
    {"as", KITH_CELL_TEXT, "", "value: the same or not; number: how near"},
    {"people", KITH_CELL_INT, "people", "who have a value"},
    {"values", KITH_CELL_INT, "", "different ones"},
    {"ties", KITH_CELL_INT, "", "between two people with a value"},
    {"assortativity", KITH_CELL_REAL, "1", "1: only equals; 0: as chance has it; below: others"},
    {"chance_lo", KITH_CELL_REAL, "1", "2.5th centile of it by lot"},
    {"chance_hi", KITH_CELL_REAL, "1", "97.5th centile of it by lot"},
    {"ei", KITH_CELL_REAL, "1", "E-I index: -1 all ties are with equals, 1 none"},
    {"ei_lo", KITH_CELL_REAL, "1", "2.5th centile of it by lot"},
    {"ei_hi", KITH_CELL_REAL, "1", "97.5th centile of it by lot"},
    {"p", KITH_CELL_REAL, "1", "share of the lots as far from their mean, for assortativity"},
};

static const kith_column class_columns[] = {
    {"attribute", KITH_CELL_TEXT, "", "what people are compared by"},
    {"value", KITH_CELL_TEXT, "", "its value"},
    {"people", KITH_CELL_INT, "people", "who have it"},
    {"inside", KITH_CELL_INT, "", "ties among them"},
    {"outside", KITH_CELL_INT, "", "ties to people with another value"},
    {"ei", KITH_CELL_REAL, "1", "(outside - inside) / all"},
};

static const kith_column interest_columns[] = {
    {"group", KITH_CELL_TEXT, "", "community, or value of --by"},
    {"kind", KITH_CELL_TEXT, "", "topic, membership, organisation, event or place"},
    {"interest", KITH_CELL_TEXT, "", "what its members have more than chance"},
    {"members", KITH_CELL_INT, "people", "how many of the group"},
    {"everybody", KITH_CELL_INT, "people", "how many in all groups"},
    {"expected", KITH_CELL_REAL, "people", "how many of the group by chance"},
    {"p", KITH_CELL_REAL, "1", "hypergeometric, after Holm's correction"},
};

static const kith_column idle_columns[] = {
    {"interest", KITH_CELL_NODE, "", "a topic without an event"},
    {"people", KITH_CELL_INT, "people", "who are interested"},
    {"groups", KITH_CELL_INT, "", "groups they are from"},
};

/* Everything one run of the pass needs. */
struct run {
    const kith_question *question;
    const struct mixing *o;
    kith_network *network;
    kith_features *features;
    kith_classes *classes; /* of --by; NULL for communities */
    kith_leiden *found;
    uint32_t *group;                                   /* by vertex; UINT32_MAX for none */
    int64_t groups, protected_left, compared, telling; /* telling: outside the interval of chance */
    kith_table *mixing, *each;
    kith_answer *out;
};

static void
run_clear(struct run *r)
{
    kith_network_free(r->network);
    kith_features_free(r->features);
    kith_classes_free(r->classes);
    kith_leiden_free(r->found);
    g_free(r->group);
}

/* Words that mark what is protected, wherever they stand in a column's name. */
static bool
is_protected(const char *key)
{
    static const char *const words[] = {"gender",  "sex",      "race",   "ethnic",  "religio",
                                        "faith",   "national", "orient", "disab",   "health",
                                        "politic", "party",    "union",  "pregnan", "marital",
                                        "age",     "birth",    "caste",  "citizen", "immigra"};
    g_autofree char *folded = g_utf8_casefold(key, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const char *at = strstr(folded, words[i]);
        /* "age" and "sex" are parts of other words: "package", "Essex". */
        bool whole = strlen(words[i]) > 3 || (at && (at == folded || !g_ascii_isalpha(at[-1])) &&
                                              !g_ascii_isalpha(at[strlen(words[i])]));

        if (at && whole)
            return true;
    }
    return false;
}

static int
compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every attribute of people, in order. */
static GPtrArray *
list_attributes(struct run *r)
{
    const kith_graph *g = r->question->graph;
    GPtrArray *keys = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (int64_t v = 0; v < r->network->n; v++) {
        const char *key, *value;

        for (int64_t i = 0; kith_graph_attribute_at(g, r->network->node[v], i, &key, &value); i++)
            if (g_hash_table_add(seen, (gpointer)key)) {
                r->protected_left += is_protected(key);
                if (!is_protected(key))
                    g_ptr_array_add(keys, (gpointer)key);
            }
    }
    if (keys->len)
        qsort(keys->pdata, keys->len, sizeof *keys->pdata, compare_keys);
    return keys;
}

static void
tell_index(const struct run *r, const char *by, const kith_classes *c, const kith_mixing *m,
           bool as_numbers)
{
    kith_table *t = r->mixing;

    kith_table_row(t);
    kith_table_set_text(t, 0, by);
    kith_table_set_text(t, 1, as_numbers ? "number" : "value");
    kith_table_set_int(t, 2, c->known);
    kith_table_set_int(t, 3, c->classes);
    kith_table_set_int(t, 4, m->ties);
    kith_table_set_real(t, 5, m->assortativity.value);
    if (m->permutations) {
        kith_table_set_real(t, 6, m->assortativity.low);
        kith_table_set_real(t, 7, m->assortativity.high);
        kith_table_set_real(t, 11, m->assortativity.p);
    }
    kith_table_set_real(t, 8, m->ei.value);
    if (m->permutations && !as_numbers) {
        kith_table_set_real(t, 9, m->ei.low);
        kith_table_set_real(t, 10, m->ei.high);
    }
}

static void
tell_classes(const struct run *r, const char *by, const kith_classes *c)
{
    g_autofree kith_mixing_class *each = kith_mixing_by_class(r->network, c);

    for (int64_t i = 0; i < c->classes; i++) {
        double all = (double)(each[i].inside + each[i].outside);

        kith_table_row(r->each);
        kith_table_set_text(r->each, 0, by);
        kith_table_set_text(r->each, 1, c->label[i]);
        kith_table_set_int(r->each, 2, each[i].people);
        kith_table_set_int(r->each, 3, each[i].inside);
        kith_table_set_int(r->each, 4, each[i].outside);
        kith_table_set_real(
            r->each, 5, all > 0 ? (double)(each[i].outside - each[i].inside) / all : (double)NAN);
    }
}

/* One attribute: as values unless nearly everybody has their own, and as numbers when they are. */
static kith_status
compare(struct run *r, const char *by, bool asked, kith_error *err)
{
    g_autoptr(kith_classes) c = NULL;
    kith_error mine = {0};
    kith_status status =
        kith_classes_read(r->question->graph, r->network, by, &c, asked ? err : &mine);

    if (status != KITH_OK)
        return asked ? status : KITH_OK;
    for (int as_numbers = 0; as_numbers < 2; as_numbers++) {
        bool fits = as_numbers ? c->numbers && c->classes > 2 : 2 * c->classes <= c->known;
        kith_mixing m;

        if (!fits && !(asked && !as_numbers))
            continue;
        status = kith_mixing_measure(r->network, c, as_numbers, r->o->permutations,
                                     (uint64_t)r->question->seed, r->question->threads, &m,
                                     asked ? err : &mine);
        if (status != KITH_OK)
            return asked ? status : KITH_OK;
        r->compared++;
        r->telling += m.permutations && (m.assortativity.value < m.assortativity.low ||
                                         m.assortativity.value > m.assortativity.high);
        tell_index(r, by, c, &m, as_numbers);
        if (!as_numbers)
            tell_classes(r, by, c);
    }
    if (asked)
        r->classes = g_steal_pointer(&c);
    return KITH_OK;
}

static kith_status
compare_all(struct run *r, kith_error *err)
{
    g_autoptr(GPtrArray) keys = NULL;

    r->mixing = kith_answer_table(r->out, "mixing", mixing_columns, G_N_ELEMENTS(mixing_columns));
    r->each = kith_answer_table(r->out, "values", class_columns, G_N_ELEMENTS(class_columns));
    if (r->o->by)
        return compare(r, r->o->by, true, err);
    TRY(compare(r, "organisation", false, err));
    keys = list_attributes(r);
    for (guint i = 0; i < keys->len; i++)
        TRY(compare(r, keys->pdata[i], false, err));
    return KITH_OK;
}

/* The groups that interests are looked for in. */
static kith_status
find_groups(struct run *r, kith_error *err)
{
    kith_leiden_plan plan = {
        .runs = RUNS, .seed = r->question->seed, .threads = r->question->threads};
    g_autoptr(kith_network) pairs = NULL;
    g_autoptr(kith_grouping) problem = NULL;
    g_autofree uint8_t *tied = g_new0(uint8_t, r->network->n + 1);

    r->group = g_new(uint32_t, r->network->n + 1);
    if (r->classes) {
        memcpy(r->group, r->classes->of, (size_t)r->network->n * sizeof *r->group);
        r->groups = r->classes->classes;
        return KITH_OK;
    }
    pairs = kith_network_collapse(r->network);
    TRY(kith_grouping_new(pairs, KITH_GROUP_MODULARITY, 1, kith_pick_weighs(r->question->graph),
                          &problem, err));
    TRY(kith_leiden_find(problem, &plan, &r->found, err));
    for (int64_t i = 0; i < pairs->m; i++)
        tied[pairs->from[i]] = tied[pairs->to[i]] = 1;
    for (int64_t v = 0; v < r->network->n; v++)
        r->group[v] = tied[v] ? r->found->group[v] : UINT32_MAX;
    r->groups = r->found->groups;
    return KITH_OK;
}

static void
tell_interests(const struct run *r)
{
    kith_table *t =
        kith_answer_table(r->out, "interests", interest_columns, G_N_ELEMENTS(interest_columns));
    g_autoptr(GArray) all =
        kith_features_excess(r->features, r->group, r->network->n, r->groups, 0.05);

    for (guint i = 0; i < all->len; i++) {
        const kith_excess *e = &g_array_index(all, kith_excess, i);
        const kith_feature *f = &r->features->feature[e->feature];
        g_autofree char *number =
            g_strdup_printf("community %" G_GINT64_FORMAT, (int64_t)e->group + 1);

        kith_table_row(t);
        kith_table_set_text(t, 0, r->classes ? r->classes->label[e->group] : number);
        kith_table_set_text(t, 1, f->kind);
        kith_table_set_text(t, 2, f->what);
        kith_table_set_int(t, 3, e->members);
        kith_table_set_int(t, 4, e->all);
        kith_table_set_real(t, 5, e->expected);
        kith_table_set_real(t, 6, e->adjusted);
    }
}

/* Whether an event is called after a topic, or half of those who were there are interested in it. */
static bool
has_event(const struct run *r, const kith_feature *topic, const uint8_t *interested)
{
    g_autofree char *what = g_utf8_casefold(topic->what, -1);

    for (int64_t i = 0; i < r->features->n; i++) {
        const kith_feature *f = &r->features->feature[i];
        g_autofree char *name = NULL;
        int64_t there = 0;

        if (strcmp(f->kind, "event") != 0)
            continue;
        name = g_utf8_casefold(f->what, -1);
        for (int64_t k = 0; k < f->n; k++)
            there += interested[r->features->vertex[f->first + k]];
        if (strstr(name, what) || (there >= INTERESTED && 2 * there >= f->n))
            return true;
    }
    return false;
}

/* An interest on its way into the list. */
struct idle {
    int64_t people, groups, feature;
};

static int
compare_idle(const void *a, const void *b)
{
    const struct idle *x = a, *y = b;

    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static int64_t
count_groups(const struct run *r, const kith_feature *f)
{
    g_autofree uint8_t *met = g_new0(uint8_t, r->groups + 1);
    int64_t groups = 0;

    for (int64_t k = 0; k < f->n; k++) {
        uint32_t c = r->group[r->features->vertex[f->first + k]];

        groups += c != UINT32_MAX && !met[c];
        if (c != UINT32_MAX)
            met[c] = 1;
    }
    return groups;
}

static void
tell_idle(const struct run *r)
{
    kith_table *t =
        kith_answer_table(r->out, "without_event", idle_columns, G_N_ELEMENTS(idle_columns));
    g_autofree struct idle *idle = g_new(struct idle, r->features->n + 1);
    g_autofree uint8_t *interested = g_new0(uint8_t, r->network->n + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < r->features->n; i++) {
        const kith_feature *f = &r->features->feature[i];
        const uint32_t *who = r->features->vertex + f->first;

        if (strcmp(f->kind, "topic") != 0 || f->n < INTERESTED)
            continue;
        for (int64_t k = 0; k < f->n; k++)
            interested[who[k]] = 1;
        if (!has_event(r, f, interested))
            idle[n++] = (struct idle){f->n, count_groups(r, f), i};
        for (int64_t k = 0; k < f->n; k++)
            interested[who[k]] = 0;
    }
    qsort(idle, (size_t)n, sizeof *idle, compare_idle);
    for (int64_t i = 0; i < MIN(n, r->o->top); i++) {
        const kith_feature *f = &r->features->feature[idle[i].feature];

        kith_table_row(t);
        kith_table_set_node(t, 0, f->node, f->what);
        kith_table_set_int(t, 1, idle[i].people);
        kith_table_set_int(t, 2, idle[i].groups);
    }
}

static void
note(const struct run *r)
{
    kith_node me = kith_graph_owner(r->question->graph);

    if (me >= 0 && !r->o->include_owner)
        kith_answer_note(r->out, "the owner's own ties are left out: %s",
                         kith_graph_label(r->question->graph, me));
    if (r->telling)
        kith_answer_note(r->out, "outside the interval of chance, ties go with the attribute; "
                                 "that is no cause: like may seek like, or become alike");
    else if (r->compared && r->o->permutations)
        kith_answer_note(r->out, "all within the interval of chance: ties go with none of these");
    if (r->protected_left)
        kith_answer_note(r->out,
                         "protected attributes are not looked at unless asked for with --by: "
                         "%" G_GINT64_FORMAT " left out; none is ever guessed",
                         r->protected_left);
    if (!r->classes)
        kith_answer_note(r->out, "groups: communities, as kith communities finds them");
}

static kith_status
run(const kith_question *question, const void *values, kith_answer *out, kith_error *err)
{
    __attribute__((cleanup(run_clear))) struct run r = {
        .question = question, .o = values, .out = out};
    kith_pick pick = {.ties = r.o->ties, .include_owner = r.o->include_owner};

    TRY(kith_pick_network(question->graph, &pick, &r.network, err));
    kith_network_describe(r.network, out);
    TRY(compare_all(&r, err));
    TRY(find_groups(&r, err));
    r.features = kith_features_new(question->graph, r.network);
    tell_interests(&r);
    tell_idle(&r);
    note(&r);
    if (!r.compared && r.features->n == 0)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "these files say nothing of people that they could be compared by");
    return KITH_OK;
}

const kith_pass kith_pass_mixing = {
    .name = "mixing",
    .group = "community",
    .summary = "whether like has ties with like; interests of groups, and those without an event",
    .details =
        "Assortativity (Newman 2003) and the E-I index (Krackhardt & Stern 1988) by organisation "
        "and each "
        "attribute that files state, with the interval in which 95 of 100 of them lie when values "
        "are dealt "
        "out by lot. Interests are topics, memberships, firms, events and places that a group has "
        "more of "
        "than chance (hypergeometric, Holm). An interest has had an event when one is called after "
        "it or half "
        "of those who were there share it. Protected attributes are never guessed, and looked at "
        "only when "
        "asked for by name.",
    .example = "mixing --by faction datasets/karate/edges.csv datasets/karate/nodes.csv",
    .options = options,
    .options_size = sizeof(struct mixing),
    .run = run,
};
