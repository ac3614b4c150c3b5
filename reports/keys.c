/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.c - which attributes the nodes and ties of a document have, and what each is called. */
#include "reports/keys.h"
#include "base/base.h"
#include <string.h>

static const struct {
    kith_key_source source;
    const char *name;
    kith_key_type type;
} fixed_keys[] = {
    {KITH_NODE_KIND, "kind", KITH_KEY_TEXT},
    {KITH_NODE_LABEL, "label", KITH_KEY_TEXT},
    {KITH_NODE_NAME, "name", KITH_KEY_TEXT},
    {KITH_NODE_EMAIL, "email", KITH_KEY_TEXT},
    {KITH_NODE_URL, "url", KITH_KEY_TEXT},
    {KITH_NODE_PHONE, "phone", KITH_KEY_TEXT},
    {KITH_NODE_FLAGS, "flags", KITH_KEY_TEXT},
    {KITH_NODE_EVENT_TIME, "event_time", KITH_KEY_TEXT},
    {KITH_TIE_KIND, "kind", KITH_KEY_TEXT},
    {KITH_TIE_LABEL, "label", KITH_KEY_TEXT},
    {KITH_TIE_WHEN, "when", KITH_KEY_TEXT},
    {KITH_TIE_UNTIL, "until", KITH_KEY_TEXT},
    {KITH_TIE_WEIGHT, "weight", KITH_KEY_DOUBLE},
    {KITH_TIE_AMOUNT, "amount", KITH_KEY_DOUBLE},
    {KITH_TIE_CURRENCY, "currency", KITH_KEY_TEXT},
    {KITH_TIE_STATUS, "status", KITH_KEY_TEXT},
    {KITH_TIE_CHANNEL, "channel", KITH_KEY_TEXT},
    {KITH_TIE_DETAIL, "detail", KITH_KEY_TEXT},
    {KITH_TIE_UNDIRECTED, "undirected", KITH_KEY_BOOLEAN},
    {KITH_TIE_SOURCE, "source", KITH_KEY_TEXT},
    {KITH_TIE_LINE, "line", KITH_KEY_LONG},
};

static void
key_free(void *data)
{
    kith_key *key = data;

    g_free(key->name);
    g_free(key->id);
    g_free(key->attribute);
    g_free(key->common);
    g_free(key);
}

/* Takes a name nobody has yet: "town", "town_2", … */
static char *
take(GHashTable *used, const char *prefix, const char *wanted)
{
    for (int i = 1;; i++) {
        g_autofree char *name = i == 1 ? g_strdup(wanted) : g_strdup_printf("%s_%d", wanted, i);

        if (g_hash_table_add(used, g_strconcat(prefix, name, NULL)))
            return g_steal_pointer(&name);
    }
}

#define TOKEN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"

/* What every XML name token and every reader can live with. */
static char *
safe_token(const char *text)
{
    char *token = g_strcanon(g_strdup(text), TOKEN, '_');

    if (*token)
        return token;
    g_free(token);
    return g_strdup("x");
}

static kith_key *
add_key(kith_keys *keys, kith_key_source source, const char *name, kith_key_type type)
{
    kith_key *key = g_new0(kith_key, 1);
    bool tie = source >= KITH_TIE_KEYS;
    g_autofree char *valid = g_utf8_make_valid(name, -1), *token = safe_token(valid);

    key->source = source;
    key->type = type;
    key->name = take(keys->used, tie ? "edge name " : "node name ", *valid ? valid : "x");
    key->id = take(keys->used, tie ? "edge id " : "node id ", token);
    g_ptr_array_add(tie ? keys->ties : keys->nodes, key);
    return key;
}

static int
compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The free attributes' keys, sorted: a hash table only tells which there are. */
static void
add_attributes(kith_keys *keys, GHashTable *found, kith_key_source source)
{
    guint n;
    g_autofree char **names = (char **)g_hash_table_get_keys_as_array(found, &n);

    qsort(names, n, sizeof *names, compare_texts);
    for (guint i = 0; i < n; i++)
        add_key(keys, source, names[i], KITH_KEY_TEXT)->attribute = g_strdup(names[i]);
}

static void
find_node_attributes(kith_keys *keys)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    const char *key, *value, *last = NULL;

    for (kith_node node = 0; node < kith_graph_nodes(keys->graph); node++)
        for (int64_t i = 0; kith_graph_attribute_at(keys->graph, node, i, &key, &value);
             last = key, i++)
            if (key != last) /* most nodes have the same ones, and a graph keeps each text once */
                g_hash_table_add(found, (char *)key);
    add_attributes(keys, found, KITH_NODE_ATTRIBUTE);
}

static void
find_tie_attributes(kith_keys *keys)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    const char *key, *value;

    for (int64_t tie = 0; tie < kith_graph_ties(keys->graph); tie++)
        for (int64_t i = 0; kith_graph_tie_attribute_at(keys->graph, tie, i, &key, &value); i++)
            g_hash_table_add(found, (char *)key);
    add_attributes(keys, found, KITH_TIE_ATTRIBUTE);
}

static bool
is_of_nodes(const kith_table *table, int64_t column)
{
    return column < kith_table_columns(table) &&
           kith_table_column(table, column)->type == KITH_CELL_NODE;
}

/*
 * A table that has one row a node: where each node's row is. NULL for any other table. Two nodes side by side, as the ends of
 * a tie, make a table about pairs, even where nobody happens to stand in two of its rows.
 */
static int64_t *
rows_by_node(const kith_table *table, int64_t nodes)
{
    g_autofree int64_t *row_of = NULL;
    int64_t column = 0;

    while (column < kith_table_columns(table) && !is_of_nodes(table, column))
        column++;
    if (column == kith_table_columns(table) || is_of_nodes(table, column + 1))
        return NULL;
    row_of = g_new(int64_t, nodes + 1);
    memset(row_of, 0xff, sizeof *row_of * (nodes + 1));
    for (int64_t row = 0; row < kith_table_rows(table); row++) {
        kith_cell cell;

        kith_table_cell(table, row, column, &cell);
        if (cell.missing || cell.integer >= nodes)
            continue;
        if (row_of[cell.integer] >= 0)
            return NULL;
        row_of[cell.integer] = row;
    }
    return g_steal_pointer(&row_of);
}

/* Numbers go along, and of texts the colour: the others are what the graph says itself. */
static bool
key_type(const kith_column *column, kith_key_type *out)
{
    static const kith_key_type types[] = {
        [KITH_CELL_TEXT] = KITH_KEY_TEXT,
        [KITH_CELL_INT] = KITH_KEY_LONG,
        [KITH_CELL_REAL] = KITH_KEY_DOUBLE,
        [KITH_CELL_BOOL] = KITH_KEY_BOOLEAN,
    };

    if (column->type > KITH_CELL_BOOL)
        return false;
    *out = types[column->type];
    return *out != KITH_KEY_TEXT || strcmp(column->name, "color") == 0;
}

/* "influencers_score"; what `export` computed goes by its own name. */
static char *
computed_name(const char *question, const char *column)
{
    if (g_str_equal(question, "export"))
        return g_strdup(column);
    return g_strdelimit(g_strconcat(question, "_", column, NULL), "-", '_');
}

static void
add_computed(kith_keys *keys, const char *question, const kith_table *table)
{
    int64_t *row_of = rows_by_node(table, kith_graph_nodes(keys->graph));

    if (!row_of)
        return;
    g_ptr_array_add(keys->rows, row_of);
    for (int64_t i = 0; i < kith_table_columns(table); i++) {
        const kith_column *column = kith_table_column(table, i);
        g_autofree char *name = computed_name(question, column->name);
        kith_key_type type;
        kith_key *key;

        if (!key_type(column, &type))
            continue;
        key = add_key(keys, KITH_NODE_COMPUTED, name, type);
        key->table = table;
        key->column = i;
        key->row_of = row_of;
    }
}

static void
find_computed(kith_keys *keys, const kith_document *document)
{
    for (int64_t a = 0; a < kith_document_answers(document); a++) {
        const kith_answer *answer = kith_document_answer(document, a);

        for (int64_t t = 0; t < kith_answer_tables(answer); t++)
            add_computed(keys, kith_answer_question(answer), kith_answer_table_at(answer, t));
    }
}

static bool
some_node_has(const kith_graph *graph, const kith_key *key)
{
    g_autoptr(GString) scratch = g_string_new(NULL);

    for (kith_node node = 0; node < kith_graph_nodes(graph); node++) {
        g_string_truncate(scratch, 0);
        if (kith_key_value(graph, key, node, scratch))
            return true;
    }
    return false;
}

/* The field of a tie that a key tells. */
static unsigned
field_of(kith_key_source source)
{
    static const unsigned fields[] = {
        [KITH_TIE_KIND - KITH_TIE_KEYS] = KITH_SAME_KIND,
        [KITH_TIE_LABEL - KITH_TIE_KEYS] = KITH_SAME_KIND,
        [KITH_TIE_WHEN - KITH_TIE_KEYS] = KITH_SAME_WHEN,
        [KITH_TIE_UNTIL - KITH_TIE_KEYS] = KITH_SAME_UNTIL,
        [KITH_TIE_WEIGHT - KITH_TIE_KEYS] = KITH_SAME_WEIGHT,
        [KITH_TIE_AMOUNT - KITH_TIE_KEYS] = KITH_SAME_AMOUNT,
        [KITH_TIE_CURRENCY - KITH_TIE_KEYS] = KITH_SAME_CURRENCY,
        [KITH_TIE_STATUS - KITH_TIE_KEYS] = KITH_SAME_STATUS,
        [KITH_TIE_CHANNEL - KITH_TIE_KEYS] = KITH_SAME_CHANNEL,
        [KITH_TIE_DETAIL - KITH_TIE_KEYS] = KITH_SAME_DETAIL,
        [KITH_TIE_UNDIRECTED - KITH_TIE_KEYS] = KITH_SAME_KIND | KITH_SAME_UNDIRECTED,
        [KITH_TIE_SOURCE - KITH_TIE_KEYS] = KITH_SAME_SOURCE,
        [KITH_TIE_LINE - KITH_TIE_KEYS] = KITH_SAME_LINE,
        [KITH_TIE_ATTRIBUTE - KITH_TIE_KEYS] = KITH_SAME_ATTRIBUTES,
    };

    return fields[source - KITH_TIE_KEYS];
}

static bool
may_be_common(const kith_key *key, const char *value)
{
    return key->source == KITH_TIE_KIND || key->source == KITH_TIE_LABEL ||
           key->source == KITH_TIE_UNDIRECTED || key->source == KITH_TIE_SOURCE ||
           (key->source == KITH_TIE_WEIGHT && strcmp(value, "1") == 0);
}

/* Which keys some tie has a value for: where ties differ, some has; where they do not, the first tells. */
static void
find_used(const kith_keys *keys, unsigned alike, const kith_tie *first, bool *used)
{
    g_autoptr(GString) value = g_string_new(NULL);
    bool any = kith_graph_ties(keys->graph) > 0;

    for (guint k = 0; k < keys->ties->len; k++) {
        kith_key *key = keys->ties->pdata[k];
        unsigned fields = field_of(key->source);

        g_string_truncate(value, 0);
        used[k] = any && ((alike & fields) != fields ||
                          kith_key_tie_value(keys->graph, key, 0, first, value));
        if (value->len > 0 && may_be_common(key, value->str))
            key->common = g_strdup(value->str);
    }
}

/* The first tie with a direction is soon found, if there is one. */
static bool
find_directed(const kith_graph *graph, unsigned alike, const kith_tie *first)
{
    const unsigned both = KITH_SAME_KIND | KITH_SAME_UNDIRECTED;
    kith_tie tie;

    if ((alike & both) == both)
        return !kith_keys_undirected(first);
    for (int64_t i = 0; i < kith_graph_ties(graph); i++) {
        kith_graph_tie(graph, i, &tie);
        if (!kith_keys_undirected(&tie))
            return true;
    }
    return false;
}

/* All nodes of one kind: so are the nodes of a plain graph file. */
static void
find_common_kind(const kith_keys *keys)
{
    kith_key *key = keys->nodes->pdata[0]; /* the first of the fixed ones */
    int64_t n = kith_graph_nodes(keys->graph);
    kith_node_kind kind = kith_graph_kind(keys->graph, 0);

    g_assert(key->source == KITH_NODE_KIND);
    if (n > 0 && kith_graph_count(keys->graph, kind) == n)
        key->common = g_strdup(kith_node_kind_name(kind));
}

/* Leaves only the keys that some element has a value for. */
static void
drop_unused(kith_keys *keys)
{
    g_autofree bool *used = g_new0(bool, keys->ties->len + 1);
    kith_tie first;
    unsigned alike = kith_graph_ties_alike(keys->graph, &first);

    keys->directed = find_directed(keys->graph, alike, &first);
    find_used(keys, alike, &first, used);
    find_common_kind(keys);
    for (guint k = keys->ties->len; k-- > 0;)
        if (!used[k])
            g_ptr_array_remove_index(keys->ties, k);
    for (guint k = keys->nodes->len; k-- > 0;)
        if (!some_node_has(keys->graph, keys->nodes->pdata[k]))
            g_ptr_array_remove_index(keys->nodes, k);
}

static bool
is_safe(const char *id)
{
    const char *at = id;

    while (g_ascii_isalnum(*at) || *at == '-' || *at == '_' || *at == '.')
        at++;
    return at > id && !*at;
}

/* Ids that may be written as they are, which most are, stay the graph's. */
static void
name_nodes(kith_keys *keys)
{
    int64_t n = kith_graph_nodes(keys->graph);
    kith_node node = 0;

    while (node < n && is_safe(kith_graph_id(keys->graph, node)))
        node++;
    if (node == n)
        return;
    keys->ids = g_ptr_array_new_with_free_func(g_free);
    for (node = 0; node < n; node++) {
        g_autofree char *token = safe_token(kith_graph_id(keys->graph, node));

        g_ptr_array_add(keys->ids, take(keys->used, "node ", token));
    }
}

kith_keys *
kith_keys_new(const kith_document *document)
{
    kith_keys *keys = g_new0(kith_keys, 1);

    keys->graph = kith_document_graph(document);
    keys->nodes = g_ptr_array_new_with_free_func(key_free);
    keys->ties = g_ptr_array_new_with_free_func(key_free);
    keys->rows = g_ptr_array_new_with_free_func(g_free);
    keys->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    /* Readers keep the element's own id in an attribute of this name. */
    g_hash_table_add(keys->used, g_strdup("node name id"));
    g_hash_table_add(keys->used, g_strdup("edge name id"));
    name_nodes(keys);
    for (size_t i = 0; i < G_N_ELEMENTS(fixed_keys); i++)
        add_key(keys, fixed_keys[i].source, fixed_keys[i].name, fixed_keys[i].type);
    find_node_attributes(keys);
    find_computed(keys, document);
    find_tie_attributes(keys);
    drop_unused(keys);
    return keys;
}

void
kith_keys_free(kith_keys *keys)
{
    if (!keys)
        return;
    g_ptr_array_unref(keys->nodes);
    g_ptr_array_unref(keys->ties);
    g_ptr_array_unref(keys->rows);
    g_clear_pointer(&keys->ids, g_ptr_array_unref);
    g_hash_table_unref(keys->used);
    g_free(keys);
}

bool
kith_keys_undirected(const kith_tie *tie)
{
    return tie->undirected || kith_tie_kind_is_mutual(tie->kind);
}

const char *
kith_key_computed(const kith_keys *keys, const char *name, int64_t node, GString *scratch)
{
    for (guint i = 0; i < keys->nodes->len; i++) {
        const kith_key *key = keys->nodes->pdata[i];

        g_string_truncate(scratch, 0);
        if (key->source == KITH_NODE_COMPUTED && strcmp(key->name, name) == 0)
            return kith_key_value(keys->graph, key, node, scratch) ? scratch->str : NULL;
    }
    return NULL;
}
