/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_graph.c - what the values of a GraphML file mean, and the mentions and ties they make. */
#include "graphml_graph.h"
#include "base/base.h"
#include "base/dates.h"
#include "base/number.h"
#include "columns.h"
#include <math.h>
#include <string.h>

/* A value kept for the element that is being read; the text is the graph's. */
struct value {
    const kith_graphml_key *key;
    char *text;
};

struct node {
    kith_mention who;
    char *name; /* by which a node with a number for an id is known; may be NULL */
    const char *id;
};

struct waiting {
    char *from, *to;
    int64_t line;
    bool directed;
    GArray *values;
};

struct kith_graphml {
    kith_source *source;
    const kith_import_options *options;
    kith_builder *into;
    GPtrArray *keys;
    GHashTable *key_of;  /* id -> kith_graphml_key */
    GArray *values;      /* of the element being read */
    GHashTable *node_of; /* id, owned -> index in nodes + 1 */
    GArray *nodes;
    GPtrArray *waiting;
    bool ours; /* written by kith itself */
};

static void
clear_value(gpointer data)
{
    g_free(((struct value *)data)->text);
}

static GArray *
new_values(void)
{
    GArray *values = g_array_new(FALSE, FALSE, sizeof(struct value));

    g_array_set_clear_func(values, clear_value);
    return values;
}

static void
free_waiting(gpointer data)
{
    struct waiting *w = data;

    g_free(w->from);
    g_free(w->to);
    g_array_unref(w->values);
    g_free(w);
}

static void
clear_node(gpointer data)
{
    g_free(((struct node *)data)->name);
}

kith_graphml *
kith_graphml_new(kith_source *source, const kith_import_options *options, kith_builder *into)
{
    kith_graphml *g = g_new0(kith_graphml, 1);

    g->source = source;
    g->options = options;
    g->into = into;
    g->keys = g_ptr_array_new_with_free_func((GDestroyNotify)kith_graphml_key_free);
    g->key_of = g_hash_table_new(g_str_hash, g_str_equal);
    g->values = new_values();
    g->node_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g->nodes = g_array_new(FALSE, TRUE, sizeof(struct node));
    g_array_set_clear_func(g->nodes, clear_node);
    g->waiting = g_ptr_array_new_with_free_func(free_waiting);
    return g;
}

void
kith_graphml_free(kith_graphml *g)
{
    if (!g)
        return;
    g_ptr_array_unref(g->waiting);
    g_array_unref(g->nodes);
    g_hash_table_unref(g->node_of);
    g_array_unref(g->values);
    g_hash_table_unref(g->key_of);
    g_ptr_array_unref(g->keys);
    g_free(g);
}

/*
 * Where a tie was first read from stays with it, under a name of its own: written and read again and again, a file says
 * the same.
 */
static void
keep_first_source(kith_graphml *g, kith_graphml_key *key)
{
    static const char *const names[][2] = {{"e_source", "first_source"}, {"e_line", "first_line"}};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        kith_graphml_key *now = g_hash_table_lookup(g->key_of, names[i][0]);

        if (now == key) {
            g_free(key->name);
            key->name = g_strdup(names[i][1]);
        } else if (now && strcmp(key->name, names[i][1]) == 0) {
            now->edge_role = KITH_GRAPHML_IGNORED;
        }
    }
}

void
kith_graphml_add_key(kith_graphml *g, kith_graphml_key *key)
{
    kith_graphml_key_understand(key, g->options->weight);
    /* kith's own files have this id. The numbers on their nodes are answers, to be computed again. */
    if (strcmp(key->id, "n_kind") == 0)
        g->ours = true;
    if (g->ours && key->domain == KITH_GRAPHML_NODE && g_strcmp0(key->type, "string") != 0)
        key->node_role = KITH_GRAPHML_IGNORED;
    g_ptr_array_add(g->keys, key);
    g_hash_table_insert(g->key_of, key->id, key);
    if (g->ours)
        keep_first_source(g, key);
}

const kith_graphml_key *
kith_graphml_find_key(const kith_graphml *g, const char *id)
{
    return id ? g_hash_table_lookup(g->key_of, id) : NULL;
}

void
kith_graphml_value(kith_graphml *g, const kith_graphml_key *key, const char *text)
{
    struct value value = {.key = key, .text = g_strstrip(g_strdup(text))};

    for (guint i = 0; i < g->values->len; i++) {
        if (g_array_index(g->values, struct value, i).key != key)
            continue;
        kith_source_warn(g->source, "a second value for '%s' left out", key->name);
        g_free(value.text);
        return;
    }
    if (*value.text && !kith_graphml_key_takes(key, value.text) &&
        key->edge_role != KITH_GRAPHML_WEIGHT)
        kith_source_warn(g->source, "'%s' of '%s' is no %s: kept as text", value.text, key->name,
                         key->type);
    g_array_append_val(g->values, value);
}

static bool
has_value(const GArray *values, const kith_graphml_key *key)
{
    for (guint i = 0; i < values->len; i++)
        if (g_array_index(values, struct value, i).key == key)
            return true;
    return false;
}

static void
add_defaults(kith_graphml *g, kith_graphml_domain domain)
{
    for (guint i = 0; i < g->keys->len; i++) {
        const kith_graphml_key *key = g->keys->pdata[i];

        if (key->fallback && (key->domain & domain) && !has_value(g->values, key))
            kith_graphml_value(g, key, key->fallback);
    }
}

/* The text of the first value with a role, NULL when there is none. */
static const char *
find(const GArray *values, kith_graphml_role role, bool edge)
{
    for (guint i = 0; i < values->len; i++) {
        const struct value *v = &g_array_index(values, struct value, i);

        if ((edge ? v->key->edge_role : v->key->node_role) == role && *v->text)
            return v->text;
    }
    return NULL;
}

/* Ids such as "n12" are places in the file that wrote them, not labels. */
static bool
is_place(const char *id)
{
    return id[0] == 'n' && id[1] && id[1 + strspn(id + 1, "0123456789")] == '\0';
}

static void
set_flags(kith_graphml *g, kith_mention who, const char *text)
{
    static const struct {
        const char *name;
        kith_node_flag flag;
    } flags[] = {{"owner", KITH_FLAG_OWNER},       {"staff", KITH_FLAG_STAFF},
                 {"member", KITH_FLAG_MEMBER},     {"customer", KITH_FLAG_CUSTOMER},
                 {"prospect", KITH_FLAG_PROSPECT}, {"no-intro", KITH_FLAG_NO_INTRO},
                 {"stub", KITH_FLAG_STUB}};
    g_auto(GStrv) word = g_strsplit(text ? text : "", " ", -1);

    for (size_t i = 0; word[i]; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(flags); k++)
            if (strcmp(word[i], flags[k].name) == 0)
                kith_builder_flag(g->into, who, flags[k].flag);
}

static bool
identify(kith_graphml *g, kith_mention who)
{
    bool known = kith_builder_identify(g->into, who, KITH_ID_EMAIL,
                                       find(g->values, KITH_GRAPHML_EMAIL, false));

    known |=
        kith_builder_identify(g->into, who, KITH_ID_URL, find(g->values, KITH_GRAPHML_URL, false));
    known |= kith_builder_identify(g->into, who, KITH_ID_PHONE,
                                   find(g->values, KITH_GRAPHML_PHONE, false));
    return known;
}

/* Who a node is: kith's files say it by name and identifier, others by their ids unless these are mere places. */
static void
name_node(kith_graphml *g, struct node *node, kith_node_kind kind)
{
    const char *name = find(g->values, KITH_GRAPHML_NAME, false),
               *label = find(g->values, KITH_GRAPHML_LABEL, false);
    bool known = identify(g, node->who);

    if (g->ours) {
        kith_builder_name(g->into, node->who, name ? name : kind == KITH_PERSON ? NULL : label);
        if (!name && !known && kind == KITH_PERSON)
            kith_builder_identify(g->into, node->who, KITH_ID_LABEL, label ? label : node->id);
        return;
    }
    name = name ? name : label;
    if (is_place(node->id)) {
        node->name = g_strdup(name ? name : node->id);
    } else {
        kith_builder_identify(g->into, node->who, KITH_ID_LABEL, node->id);
        kith_builder_name(g->into, node->who, name);
    }
}

static void
keep_attributes(kith_graphml *g, const struct node *node)
{
    const char *label = find(g->values, KITH_GRAPHML_LABEL, false),
               *name = find(g->values, KITH_GRAPHML_NAME, false);

    for (guint i = 0; i < g->values->len; i++) {
        const struct value *v = &g_array_index(g->values, struct value, i);

        if (v->key->node_role == KITH_GRAPHML_ATTRIBUTE)
            kith_builder_attribute(g->into, node->who, v->key->name, v->text);
    }
    if (!g->ours && name && label && strcmp(name, label) != 0)
        kith_builder_attribute(g->into, node->who, "label", label);
}

kith_status
kith_graphml_node(kith_graphml *g, const char *id, int64_t line, kith_error *err)
{
    kith_node_kind kind = KITH_PERSON;
    struct node node = {0};
    kith_precision precision;
    kith_time when;
    char *owned;

    kith_source_at(g->source, line, 0);
    if (!id || !*id)
        return kith_source_fail(g->source, err, "a node without an id");
    if (g_hash_table_contains(g->node_of, id)) {
        kith_source_warn(g->source, "node '%s' is declared again: left out", id);
        g_array_set_size(g->values, 0);
        return KITH_OK;
    }
    add_defaults(g, KITH_GRAPHML_NODE);
    if (find(g->values, KITH_GRAPHML_KIND, false) &&
        !kith_node_kind_from_name(find(g->values, KITH_GRAPHML_KIND, false), &kind))
        kith_source_warn(g->source, "unknown kind '%s' read as person",
                         find(g->values, KITH_GRAPHML_KIND, false));
    owned = g_strdup(id);
    node.id = owned;
    node.who = kith_builder_mention(g->into, kind);
    name_node(g, &node, kind);
    set_flags(g, node.who, find(g->values, KITH_GRAPHML_FLAGS, false));
    if (find(g->values, KITH_GRAPHML_EVENT_TIME, false) &&
        kith_time_parse(find(g->values, KITH_GRAPHML_EVENT_TIME, false), &when, &precision))
        kith_builder_event_time(g->into, node.who, when, precision);
    keep_attributes(g, &node);
    g_array_append_val(g->nodes, node);
    g_hash_table_insert(g->node_of, owned, GUINT_TO_POINTER(g->nodes->len));
    g_array_set_size(g->values, 0);
    return KITH_OK;
}

static const struct node *
find_node(const kith_graphml *g, const char *id)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(g->node_of, id));

    return place ? &g_array_index(g->nodes, struct node, place - 1) : NULL;
}

static void
read_time(kith_graphml *g, const char *text, kith_time *when, kith_precision *precision)
{
    double seconds;

    if (!text)
        return;
    if (kith_number_parse(text, &seconds) && fabs(seconds) >= 1e8 && fabs(seconds) < 1e11) {
        *when = (kith_time)floor(seconds);
        *precision = KITH_PRECISION_SECOND;
    } else if (!kith_date_parse_ordered(text, KITH_ORDER_DMY, when, precision)) {
        kith_source_warn(g->source, "bad date '%s' (expected YYYY-MM-DD): read as undated", text);
    }
}

static kith_status
read_numbers(kith_graphml *g, const GArray *values, kith_fact *fact, kith_error *err)
{
    const char *weight = find(values, KITH_GRAPHML_WEIGHT, true),
               *amount = find(values, KITH_GRAPHML_AMOUNT, true);

    if (weight &&
        (!kith_number_parse(weight, &fact->weight) || !isfinite(fact->weight) || fact->weight <= 0))
        return kith_source_fail(g->source, err, "bad weight '%s' (expected a number above 0)",
                                weight);
    if (amount && !kith_number_parse(amount, &fact->amount))
        kith_source_warn(g->source, "bad amount '%s' (expected a number)", amount);
    return KITH_OK;
}

static kith_status
make_edge(kith_graphml *g, kith_mention from, kith_mention to, bool directed, const GArray *values,
          kith_error *err)
{
    const char *kind = find(values, KITH_GRAPHML_KIND, true),
               *undirected = find(values, KITH_GRAPHML_UNDIRECTED, true);
    kith_fact fact = KITH_FACT_INIT;
    kith_precision ignored;
    bool is_kind;

    fact.kind = KITH_TIE;
    is_kind = kind && kith_tie_kind_from_name(kind, &fact.kind);
    fact.from = from;
    fact.to = to;
    fact.undirected = undirected ? kith_word_among(undirected, "true|1|True|TRUE") : !directed;
    if (fact.kind != KITH_TIE && kith_tie_kind_is_mutual(fact.kind))
        fact.undirected = false; /* such a kind has no direction anyway */
    TRY(read_numbers(g, values, &fact, err));
    read_time(g, find(values, KITH_GRAPHML_WHEN, true), &fact.when, &fact.precision);
    read_time(g, find(values, KITH_GRAPHML_UNTIL, true), &fact.until, &ignored);
    fact.currency = find(values, KITH_GRAPHML_CURRENCY, true);
    fact.status = find(values, KITH_GRAPHML_STATUS, true);
    fact.channel = find(values, KITH_GRAPHML_CHANNEL, true);
    fact.detail = find(values, KITH_GRAPHML_DETAIL, true);
    TRY(kith_builder_fact(g->into, &fact, err));
    for (guint i = 0; i < values->len; i++) {
        const struct value *v = &g_array_index(values, struct value, i);

        if (v->key->edge_role == KITH_GRAPHML_ATTRIBUTE ||
            (v->key->edge_role == KITH_GRAPHML_KIND && !is_kind))
            kith_builder_fact_attribute(g->into, v->key->name, v->text);
    }
    return KITH_OK;
}

kith_status
kith_graphml_edge(kith_graphml *g, const char *from, const char *to, bool directed, int64_t line,
                  kith_error *err)
{
    const struct node *a, *b;
    struct waiting *w;

    kith_source_at(g->source, line, 0);
    if (!from || !to)
        return kith_source_fail(g->source, err, "an edge without a %s", from ? "target" : "source");
    kith_source_record(g->source);
    add_defaults(g, KITH_GRAPHML_EDGE);
    a = find_node(g, from);
    b = find_node(g, to);
    if (a && b) {
        TRY(make_edge(g, a->who, b->who, directed, g->values, err));
        g_array_set_size(g->values, 0);
        return KITH_OK;
    }
    w = g_new0(struct waiting, 1);
    w->from = g_strdup(from);
    w->to = g_strdup(to);
    w->line = line;
    w->directed = directed;
    w->values = g->values;
    g->values = new_values();
    g_ptr_array_add(g->waiting, w);
    return KITH_OK;
}

/* Nodes with places for ids are labelled by name, unless several have it: then they are known in this file alone. */
static void
label_nodes(kith_graphml *g)
{
    g_autoptr(GHashTable) times = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < g->nodes->len; i++) {
        const char *name = g_array_index(g->nodes, struct node, i).name;

        if (name)
            g_hash_table_insert(
                times, (gpointer)(uintptr_t)name,
                GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(times, name)) + 1));
    }
    for (guint i = 0; i < g->nodes->len; i++) {
        const struct node *node = &g_array_index(g->nodes, struct node, i);

        if (!node->name)
            continue;
        if (GPOINTER_TO_UINT(g_hash_table_lookup(times, node->name)) == 1)
            kith_builder_identify(g->into, node->who, KITH_ID_LABEL, node->name);
        else
            kith_builder_name(g->into, node->who, node->name);
    }
}

/* Asking for a weight that is not there must not pass for "all weights are 1". */
static kith_status
check_weight(const kith_graphml *g, kith_error *err)
{
    const char *wanted = g->options->weight;

    if (!wanted || !*wanted)
        return KITH_OK;
    for (guint i = 0; i < g->keys->len; i++) {
        const kith_graphml_key *key = g->keys->pdata[i];

        if (key->edge_role == KITH_GRAPHML_WEIGHT && (key->domain & KITH_GRAPHML_EDGE))
            return KITH_OK;
    }
    return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(g->source), 0, 0,
                        "no edge attribute '%s' for the weight", wanted);
}

kith_status
kith_graphml_finish(kith_graphml *g, kith_error *err)
{
    TRY(check_weight(g, err));
    for (guint i = 0; i < g->waiting->len; i++) {
        const struct waiting *w = g->waiting->pdata[i];
        const struct node *a = find_node(g, w->from), *b = find_node(g, w->to);

        kith_source_at(g->source, w->line, 0);
        if (!a || !b)
            return kith_source_fail(g->source, err, "the edge ends at '%s', which is no node",
                                    a ? w->to : w->from);
        TRY(make_edge(g, a->who, b->who, w->directed, w->values, err));
    }
    label_nodes(g);
    return KITH_OK;
}
