/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dot - the language of Graphviz, all of its grammar.
 *
 *     strict digraph town {
 *       node [role=member];              attributes of the nodes that follow
 *       a [label="Ann Lee"];
 *       a -> {b c} -> d [weight=2];      a chain of sets: each with each of the next
 *       subgraph cluster_1 { e; f }
 *     }
 *
 * Subgraphs only group; what their names and drawings say is left out. A strict graph has a tie
 * once, however often it is written.
 */
#include "base/limits.h"
#include "dot_label.h"
#include "dot_probe.h"
#include "dot_sets.h"
#include "gml_dot_tokens.h"
#include "graph_file.h"
#include <string.h>

/* An open pair of braces, and the statement being read in it. */
struct frame {
    kith_dot_set *members;
    GPtrArray *chain; /* of kith_dot_set */
    bool linked;      /* -- or -> came, an operand must follow */
    int64_t line, column;
    guint nodes, edges; /* defaults in force outside */
};

struct dot {
    kith_graph_file *file;
    kith_scan *scan;
    int token;
    bool directed, strict;
    GArray *frames;
    GHashTable *named;        /* subgraph -> its kith_dot_set */
    GHashTable *ties;         /* of a strict graph */
    GPtrArray *nodes, *edges; /* default attributes: key, value, … */
    char *name;               /* of the subgraph that is about to open */
    int64_t products;
};

static kith_status
next(struct dot *d, kith_error *err)
{
    return kith_dot_token(d->scan, &d->token, err);
}

static kith_status
unexpected(struct dot *d, const char *expected, kith_error *err)
{
    char found[80];

    return kith_source_fail(d->scan->source, err, "found %s (expected %s)",
                            kith_token_text(d->scan, d->token, found), expected);
}

static bool
is_word(const struct dot *d, const char *word)
{
    return d->token == KITH_TOKEN_WORD && g_ascii_strcasecmp(d->scan->word->str, word) == 0;
}

static bool
is_id(const struct dot *d)
{
    return (d->token == KITH_TOKEN_WORD && d->scan->word->len > 0) || d->token == KITH_TOKEN_TEXT ||
           d->token == KITH_TOKEN_HTML;
}

static struct frame *
top(struct dot *d)
{
    return &g_array_index(d->frames, struct frame, d->frames->len - 1);
}

/* The lists [a=b, c=d] from the '[' that was read on, and the token that follows them. */
static kith_status
read_attributes(struct dot *d, kith_error *err)
{
    while (d->token == '[') {
        TRY(next(d, err));
        while (d->token != ']') {
            g_autofree char *key = NULL;

            if (!is_id(d))
                return unexpected(d, "an attribute or ']'", err);
            key = g_strdup(d->scan->word->str);
            TRY(next(d, err));
            if (d->token == '=') {
                TRY(next(d, err));
                if (!is_id(d))
                    return unexpected(d, "a value", err);
                if (d->token == KITH_TOKEN_HTML)
                    kith_dot_strip_tags(d->scan->word);
                kith_graph_file_say(d->file, key, d->scan->word->str);
                TRY(next(d, err));
            } else {
                kith_graph_file_say(d->file, key, "true");
            }
            if (d->token == ',' || d->token == ';')
                TRY(next(d, err));
        }
        TRY(next(d, err));
    }
    return KITH_OK;
}

/* "node [...]", "edge [...]", "graph [...]" */
static kith_status
read_defaults(struct dot *d, kith_error *err)
{
    GPtrArray *into = is_word(d, "node") ? d->nodes : is_word(d, "edge") ? d->edges : NULL;

    TRY(next(d, err));
    if (d->token != '[')
        return unexpected(d, "'['", err);
    TRY(read_attributes(d, err));
    if (into)
        for (guint i = 0; i < d->file->said->len; i++)
            g_ptr_array_add(into, g_strdup(d->file->said->pdata[i]));
    kith_graph_file_hush(d->file);
    if (into && into->len > kith_limit(KITH_LIMIT_DOT_DEFAULTS) * 2)
        return kith_source_fail_as(d->scan->source, KITH_ERR_LIMIT, err,
                                   "more than %d default attributes",
                                   (int)kith_limit(KITH_LIMIT_DOT_DEFAULTS));
    return KITH_OK;
}

/* Adds the defaults behind what was said; the innermost come first, and the first one counts. */
static void
say_defaults(struct dot *d, const GPtrArray *defaults, const char *but)
{
    for (guint i = defaults->len; i > 1; i -= 2) {
        const char *key = defaults->pdata[i - 2];

        if (strcmp(key, but) != 0 && !kith_graph_file_said(d->file, key))
            kith_graph_file_say(d->file, key, defaults->pdata[i - 1]);
    }
}

static kith_status
add_tie(struct dot *d, kith_mention from, kith_mention to, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    if (d->strict && !kith_dot_first_tie(d->ties, from, to, d->directed))
        return KITH_OK;
    fact.kind = KITH_TIE;
    fact.from = from;
    fact.to = to;
    fact.undirected = !d->directed;
    return kith_graph_file_said_tie(d->file, &fact, "", err);
}

/* A set named again asks for all its nodes again. */
static kith_status
spend(struct dot *d, int64_t n, kith_error *err)
{
    d->products += n;
    if (d->products <= kith_limit(KITH_LIMIT_PRODUCTS))
        return KITH_OK;
    return kith_source_fail_as(d->scan->source, KITH_ERR_LIMIT, err,
                               "more than 10 million ties between sets of nodes");
}

static kith_status
add_product(struct dot *d, const kith_dot_set *from, const kith_dot_set *to, kith_error *err)
{
    if (from->nodes->len > 1 || to->nodes->len > 1)
        TRY(spend(d, (int64_t)from->nodes->len * to->nodes->len, err));
    for (guint i = 0; i < from->nodes->len; i++)
        for (guint j = 0; j < to->nodes->len; j++)
            TRY(add_tie(d, kith_dot_set_at(from, i), kith_dot_set_at(to, j), err));
    return KITH_OK;
}

/* Ends the statement: the sets of its chain are tied, each with the next. */
static kith_status
end_statement(struct dot *d, kith_error *err)
{
    struct frame *f = top(d);

    if (f->linked)
        return unexpected(d, "a node or a subgraph", err);
    if (f->chain->len > 1) {
        say_defaults(d, d->edges, "");
        kith_source_at(d->scan->source, f->line, f->column);
        for (guint i = 0; i + 1 < f->chain->len; i++)
            TRY(add_product(d, f->chain->pdata[i], f->chain->pdata[i + 1], err));
        kith_scan_at_word(d->scan);
    }
    g_ptr_array_set_size(f->chain, 0);
    kith_graph_file_hush(d->file);
    return KITH_OK;
}

/* Something that may stand in a chain begins: a new statement, unless -- or -> came before. */
static kith_status
start_operand(struct dot *d, kith_error *err)
{
    struct frame *f = top(d);

    if (f->chain->len > 0 && !f->linked)
        TRY(end_statement(d, err));
    if (f->chain->len == 0) {
        f->line = d->scan->word_line;
        f->column = d->scan->word_column;
    }
    f->linked = false;
    return KITH_OK;
}

static kith_mention
make_node(struct dot *d, const char *id)
{
    const char *word = kith_graph_file_said(d->file, "kind");
    kith_node_kind kind = KITH_PERSON;

    if (word)
        kith_node_kind_from_name(word, &kind);
    return kith_graph_file_node(d->file, kind, id);
}

/* A node with its attributes, if it stands alone with them. */
static kith_mention
describe_node(struct dot *d, const char *id, bool attributes)
{
    bool known = kith_graph_file_knows(d->file, id);
    const char *label;
    kith_mention who;

    if (!known)
        say_defaults(d, d->nodes, "label");
    who = make_node(d, id);
    label = attributes ? kith_graph_file_said(d->file, "label") : NULL;
    if (label) {
        g_autofree char *shown = kith_dot_label(label, id);

        kith_graph_file_set_label(d->file, id, shown);
    }
    kith_graph_file_describe(d->file, who, "label kind");
    return who;
}

/* ":port" and ":port:compass" */
static kith_status
skip_port(struct dot *d, kith_error *err)
{
    for (int i = 0; d->token == ':'; i++) {
        TRY(next(d, err));
        if (!is_id(d) || i == 2)
            return unexpected(d, "a port", err);
        TRY(next(d, err));
    }
    return KITH_OK;
}

/* An id: "a = b" sets something of the graph, else it is a node. Reads the token after it. */
static kith_status
read_id(struct dot *d, kith_error *err)
{
    g_autofree char *id = g_strdup(d->scan->word->str);
    kith_dot_set *set;
    bool linked = top(d)->linked, alone;

    TRY(start_operand(d, err));
    TRY(next(d, err));
    if (d->token == '=' && !linked) {
        TRY(next(d, err));
        if (!is_id(d))
            return unexpected(d, "a value", err);
        return next(d, err);
    }
    TRY(skip_port(d, err));
    alone = d->token == '[' && !linked;
    if (alone)
        TRY(read_attributes(d, err));
    set = kith_dot_set_new();
    g_ptr_array_add(top(d)->chain, set);
    if (!alone && kith_graph_file_knows(d->file, id))
        kith_dot_set_add(set, kith_graph_file_refer(d->file, id));
    else
        kith_dot_set_add(set, describe_node(d, id, alone));
    kith_dot_set_add(top(d)->members, kith_dot_set_at(set, 0));
    return KITH_OK;
}

static kith_status
open_frame(struct dot *d, kith_error *err)
{
    struct frame f = {.line = d->scan->word_line, .nodes = d->nodes->len, .edges = d->edges->len};
    kith_dot_set *again = d->name ? g_hash_table_lookup(d->named, d->name) : NULL;

    if (d->frames->len >= kith_limit(KITH_LIMIT_NESTING))
        return kith_source_fail_as(d->scan->source, KITH_ERR_LIMIT, err,
                                   "more than %d subgraphs within one another",
                                   (int)kith_limit(KITH_LIMIT_NESTING));
    TRY(spend(d, again ? again->nodes->len : 0, err));
    f.members = again ? kith_dot_set_ref(again) : kith_dot_set_new();
    f.chain = g_ptr_array_new_with_free_func((GDestroyNotify)kith_dot_set_unref);
    g_clear_pointer(&d->name, g_free);
    g_array_append_val(d->frames, f);
    return KITH_OK;
}

static void
clear_frame(void *frame)
{
    struct frame *f = frame;

    kith_dot_set_unref(f->members);
    g_ptr_array_unref(f->chain);
}

/* "subgraph name { … }", "subgraph name" once it is known, "{ … }". */
static kith_status
read_subgraph(struct dot *d, kith_error *err)
{
    TRY(start_operand(d, err));
    if (d->token == KITH_TOKEN_WORD) {
        TRY(next(d, err));
        if (is_id(d)) {
            g_free(d->name);
            d->name = g_strdup(d->scan->word->str);
            if (!g_hash_table_contains(d->named, d->name))
                g_hash_table_insert(d->named, g_strdup(d->name), kith_dot_set_new());
            TRY(next(d, err));
        }
    }
    if (d->token == '{') {
        TRY(open_frame(d, err));
        return next(d, err);
    }
    if (!d->name)
        return unexpected(d, "'{'", err);
    g_ptr_array_add(top(d)->chain, kith_dot_set_ref(g_hash_table_lookup(d->named, d->name)));
    g_clear_pointer(&d->name, g_free);
    return KITH_OK;
}

/* The '}' of a subgraph: its nodes are an operand outside. */
static kith_status
close_frame(struct dot *d, kith_error *err)
{
    kith_dot_set *set;

    TRY(end_statement(d, err));
    g_ptr_array_set_size(d->nodes, (gint)top(d)->nodes);
    g_ptr_array_set_size(d->edges, (gint)top(d)->edges);
    set = kith_dot_set_ref(top(d)->members);
    g_array_set_size(d->frames, d->frames->len - 1);
    if (d->frames->len == 0) {
        kith_dot_set_unref(set);
        return KITH_OK;
    }
    g_ptr_array_add(top(d)->chain, set);
    for (guint i = 0; d->frames->len > 1 && i < set->nodes->len; i++)
        kith_dot_set_add(top(d)->members, kith_dot_set_at(set, i));
    return next(d, err);
}

static kith_status
read_link(struct dot *d, kith_error *err)
{
    struct frame *f = top(d);

    if ((d->token == KITH_TOKEN_ARROW) != d->directed)
        return unexpected(d, d->directed ? "'->' in a digraph" : "'--' in a graph", err);
    if (f->chain->len == 0 || f->linked)
        return unexpected(d, "a node or a subgraph before it", err);
    f->linked = true;
    return next(d, err);
}

/* One step: a token that was read, up to the next that was not used. */
static kith_status
read_step(struct dot *d, kith_error *err)
{
    switch (d->token) {
    case ';':
    case ',':
        TRY(end_statement(d, err));
        return next(d, err);
    case '{':
        return read_subgraph(d, err);
    case '}':
        return close_frame(d, err);
    case KITH_TOKEN_LINE:
    case KITH_TOKEN_ARROW:
        return read_link(d, err);
    case '[':
        if (top(d)->chain->len < 1 || top(d)->linked)
            return unexpected(d, "a statement", err);
        return read_attributes(d, err);
    default:
        break;
    }
    if (is_word(d, "subgraph"))
        return read_subgraph(d, err);
    if (!top(d)->linked && (is_word(d, "node") || is_word(d, "edge") || is_word(d, "graph"))) {
        TRY(end_statement(d, err));
        return read_defaults(d, err);
    }
    return is_id(d) ? read_id(d, err) : unexpected(d, "a statement or '}'", err);
}

/* "strict digraph name {", whose first word was read. */
static kith_status
read_head(struct dot *d, kith_error *err)
{
    d->strict = is_word(d, "strict");
    if (d->strict)
        TRY(next(d, err));
    d->directed = is_word(d, "digraph");
    if (!d->directed && !is_word(d, "graph"))
        return unexpected(d, "graph or digraph", err);
    TRY(next(d, err));
    if (is_id(d))
        TRY(next(d, err));
    return d->token == '{' ? KITH_OK : unexpected(d, "'{'", err);
}

static kith_status
read_graph(struct dot *d, kith_error *err)
{
    TRY(read_head(d, err));
    g_hash_table_remove_all(d->named);
    g_hash_table_remove_all(d->ties);
    TRY(open_frame(d, err));
    TRY(next(d, err));
    while (d->frames->len > 0)
        TRY(read_step(d, err));
    return kith_graph_file_finish(d->file, err);
}

static kith_status
read_file(struct dot *d, kith_error *err)
{
    TRY(next(d, err));
    do {
        TRY(read_graph(d, err));
        TRY(next(d, err));
    } while (d->token != KITH_TOKEN_END);
    return KITH_OK;
}

static kith_status
read_dot(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    g_autoptr(GArray) frames = g_array_new(FALSE, FALSE, sizeof(struct frame));
    g_autoptr(GHashTable) ties = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GPtrArray) nodes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) named =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)kith_dot_set_unref);
    struct dot d = {.file = &file,
                    .scan = &scan,
                    .frames = frames,
                    .named = named,
                    .ties = ties,
                    .nodes = nodes,
                    .edges = edges};
    kith_status status;

    g_array_set_clear_func(frames, clear_frame);
    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    status = read_file(&d, err);
    g_free(d.name);
    return status;
}

const kith_importer kith_importer_dot = {
    .name = "dot",
    .summary = "the language of Graphviz",
    .extensions = "dot gv",
    .probe = kith_dot_probe,
    .read = read_dot,
};
