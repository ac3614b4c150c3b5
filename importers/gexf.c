/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gexf - Gephi's exchange format, 1.1 to 1.3, static and dynamic.
 *
 *     <graph defaultedgetype="undirected" timeformat="date">
 *       <attributes class="node"><attribute id="c" title="company" type="string"/></attributes>
 *       <nodes><node id="P01" label="Marta">
 *         <attvalues><attvalue for="c" value="Quayside"/></attvalues></node> … </nodes>
 *       <edges><edge source="P01" target="P02" weight="2">
 *         <spells><spell start="2024-01-05"/><spell start="2024-03-14"/></spells></edge></edges>
 *
 * Elements are known by their local names. A tie with several spells is one tie for each, which
 * share its weight; a mutual tie is one in each direction. Times that are no dates are kept as
 * attributes. Nodes within nodes keep the outer one as their attribute "parent".
 */
#include "base/limits.h"
#include "base/xml.h"
#include "graph_file.h"
#include <string.h>

/* The attributes that nodes, or ties, may have. */
struct definitions {
    GHashTable *title;    /* id -> title */
    GPtrArray *fallbacks; /* title, default, … */
};

struct spell {
    kith_time when, until;
    kith_precision precision;
};

struct gexf {
    kith_graph_file *file;
    kith_source *source;
    kith_xml *xml;
    struct definitions nodes, edges, *open; /* `open`: of the <attributes> being read */
    char *title;                            /* of the <attribute> being read */
    GPtrArray *parents;                     /* ids of the nodes around this one */
    char *node;                             /* id of the node being read; NULL once declared */
    char *label;
    char *from, *to, *detail, *type; /* of the edge being read */
    bool in_edge, framed;            /* `framed`: the only spell is the edge's own start and end */
    bool dates, said_direction, directed;
    GArray *spells;
    int64_t line; /* where the node or edge starts */
};

static int
probe(const char *head, size_t length, const char *name)
{
    const char *hit = g_strstr_len(head, (gssize)MIN(length, 4096), "<gexf");

    (void)name;
    return hit && (g_ascii_isspace(hit[5]) || hit[5] == '>') ? 96 : 0;
}

static const char *
attribute(struct gexf *g, const char *first, const char *second)
{
    const char *value = kith_xml_attribute(g->xml, first);

    return value ? value : second ? kith_xml_attribute(g->xml, second) : NULL;
}

static void
set(char **where, const char *text)
{
    g_free(*where);
    *where = g_strdup(text);
}

/* --- attributes ----------------------------------------------------------------------------- */

static void
define(struct gexf *g)
{
    const char *id = attribute(g, "id", NULL), *title = attribute(g, "title", "id");

    set(&g->title, title);
    if (g->open && id)
        g_hash_table_insert(g->open->title, g_strdup(id), g_strdup(title));
}

/* The text in <default>. */
static kith_status
read_default(struct gexf *g, kith_error *err)
{
    kith_xml_event event;

    TRY(kith_xml_next(g->xml, &event, err));
    if (event.kind != KITH_XML_TEXT)
        return KITH_OK;
    if (g->open && g->title) {
        g_ptr_array_add(g->open->fallbacks, g_strdup(g->title));
        g_ptr_array_add(g->open->fallbacks, g_strstrip(g_strdup(event.text)));
        if (g->open->fallbacks->len > kith_limit(KITH_LIMIT_DEFAULTS) * 2)
            return kith_source_fail_as(g->source, KITH_ERR_LIMIT, err,
                                       "more than %d attributes with a default",
                                       (int)kith_limit(KITH_LIMIT_DEFAULTS));
    }
    return KITH_OK;
}

static void
say_fallbacks(struct gexf *g, const struct definitions *definitions)
{
    for (guint i = 0; i + 1 < definitions->fallbacks->len; i += 2)
        if (!kith_graph_file_said(g->file, definitions->fallbacks->pdata[i]))
            kith_graph_file_say(g->file, definitions->fallbacks->pdata[i],
                                definitions->fallbacks->pdata[i + 1]);
}

static void
say_value(struct gexf *g)
{
    const struct definitions *definitions = g->in_edge ? &g->edges : &g->nodes;
    const char *id = attribute(g, "for", "id"), *value = attribute(g, "value", NULL);
    const char *title = id ? g_hash_table_lookup(definitions->title, id) : NULL;

    if (id && value && *value)
        kith_graph_file_say(g->file, title ? title : id, value);
}

/* --- times ---------------------------------------------------------------------------------- */

/* The first moment in "<[2009-01-01, 2010-01-01]; …>" or the text itself. @return yours */
static char *
first_of(const char *text)
{
    text += strspn(text, "<[(] ");
    return g_strndup(text, strcspn(text, ",;])> "));
}

/* Takes a spell from the attributes of the element just started; false when it has none. */
static bool
take_spell(struct gexf *g)
{
    const char *start = attribute(g, "start", "startopen"), *end = attribute(g, "end", "endopen");
    struct spell spell = {.when = KITH_TIME_NONE, .until = KITH_TIME_NONE};
    g_autofree char *first = NULL;

    if (!start)
        start = attribute(g, "timestamp", "timestamps");
    if (!start && !end)
        return false;
    first = start ? first_of(start) : NULL;
    if (g->dates && first)
        kith_time_parse(first, &spell.when, &spell.precision);
    if (g->dates && end)
        kith_time_parse(end, &spell.until, NULL);
    if (g->in_edge && (spell.when != KITH_TIME_NONE || spell.until != KITH_TIME_NONE)) {
        g_array_append_val(g->spells, spell);
        return true;
    }
    if (start && !kith_graph_file_said(g->file, "start"))
        kith_graph_file_say(g->file, "start", start);
    if (end && !kith_graph_file_said(g->file, "end"))
        kith_graph_file_say(g->file, "end", end);
    return true;
}

static void
read_graph(struct gexf *g)
{
    const char *type = attribute(g, "defaultedgetype", NULL), *format;

    format = attribute(g, "timeformat", NULL);
    g->said_direction = type != NULL;
    g->directed = type && g_ascii_strcasecmp(type, "undirected") != 0;
    g->dates = format && (g_str_has_prefix(format, "date") ||
                          g_str_has_prefix(format, "xsd:date") || strcmp(format, "string") == 0);
}

/* --- nodes ---------------------------------------------------------------------------------- */

static kith_status
end_node(struct gexf *g, kith_error *err)
{
    int64_t line = kith_source_line(g->source);

    if (!g->node) {
        kith_graph_file_hush(g->file);
        return KITH_OK;
    }
    kith_source_at(g->source, g->line, 0);
    say_fallbacks(g, &g->nodes);
    TRY(kith_graph_file_declare(g->file, g->node, g->label, NULL, err));
    g_clear_pointer(&g->node, g_free);
    kith_source_at(g->source, line, 0);
    return KITH_OK;
}

static kith_status
start_node(struct gexf *g, int64_t line, kith_error *err)
{
    const char *id = attribute(g, "id", NULL), *parent = attribute(g, "pid", NULL);

    if (!id)
        return kith_source_fail(g->source, err, "a node without an id (expected one)");
    g->line = line;
    set(&g->node, id);
    set(&g->label, attribute(g, "label", NULL));
    kith_graph_file_hush(g->file);
    if (!parent && g->parents->len)
        parent = g->parents->pdata[g->parents->len - 1];
    if (parent)
        kith_graph_file_say(g->file, "parent", parent);
    take_spell(g);
    return KITH_OK;
}

/* <nodes> within a <node>: the outer one is complete. */
static kith_status
start_nodes(struct gexf *g, kith_error *err)
{
    const char *outer = g->node           ? g->node
                        : g->parents->len ? g->parents->pdata[g->parents->len - 1]
                                          : NULL;

    if (!outer)
        return KITH_OK;
    g_ptr_array_add(g->parents, g_strdup(outer));
    return end_node(g, err);
}

/* --- edges ---------------------------------------------------------------------------------- */

static kith_status
start_edge(struct gexf *g, int64_t line, kith_error *err)
{
    const char *from = attribute(g, "source", NULL), *to = attribute(g, "target", NULL);
    const char *weight = attribute(g, "weight", NULL), *label = attribute(g, "label", NULL);

    if (!from || !to)
        return kith_source_fail(g->source, err, "an edge without a %s (expected one)",
                                from ? "target" : "source");
    g->line = line;
    g->in_edge = true;
    g_array_set_size(g->spells, 0);
    kith_graph_file_hush(g->file);
    set(&g->from, from);
    set(&g->to, to);
    set(&g->detail, attribute(g, "kind", NULL));
    set(&g->type, attribute(g, "type", NULL));
    if (weight)
        kith_graph_file_say(g->file, "weight", weight);
    if (label && *label)
        kith_graph_file_say(g->file, "label", label);
    g->framed = take_spell(g);
    return KITH_OK;
}

/* Whether the edge has no direction; *mutual when it has both. */
static kith_status
read_type(struct gexf *g, bool *undirected, bool *mutual, kith_error *err)
{
    *mutual = g->type && g_ascii_strcasecmp(g->type, "mutual") == 0;
    if (!g->type)
        *undirected = g->said_direction ? !g->directed : kith_graph_file_undirected(g->file, true);
    else if (g_ascii_strcasecmp(g->type, "undirected") == 0)
        *undirected = true;
    else if (*mutual || g_ascii_strcasecmp(g->type, "directed") == 0)
        *undirected = false;
    else
        return kith_source_fail(g->source, err,
                                "the edge type '%s' (expected directed, undirected or mutual)",
                                g->type);
    return KITH_OK;
}

static kith_status
add_tie(struct gexf *g, kith_fact fact, bool mutual, kith_error *err)
{
    kith_mention from = fact.from;

    TRY(kith_graph_file_said_tie(g->file, &fact, "", err));
    if (!mutual)
        return KITH_OK;
    fact.from = fact.to;
    fact.to = from;
    return kith_graph_file_said_tie(g->file, &fact, "", err);
}

/* Spells between <edge start> and </edge> stand for the edge's own start and end. */
static kith_status
end_edge(struct gexf *g, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    bool mutual;

    kith_source_at(g->source, g->line, 0);
    fact.kind = KITH_TIE;
    TRY(read_type(g, &fact.undirected, &mutual, err));
    say_fallbacks(g, &g->edges);
    fact.from = kith_graph_file_refer(g->file, g->from);
    fact.to = kith_graph_file_refer(g->file, g->to);
    fact.detail = g->detail;
    g->file->shares = MAX(g->spells->len, 1);
    for (guint i = 0; i < MAX(g->spells->len, 1); i++) {
        if (i < g->spells->len) {
            const struct spell *spell = &g_array_index(g->spells, struct spell, i);

            fact.when = spell->when;
            fact.until = spell->until;
            fact.precision = spell->precision;
        }
        TRY(add_tie(g, fact, mutual, err));
    }
    kith_source_record(g->source);
    g->in_edge = false;
    return KITH_OK;
}

/* --- elements ------------------------------------------------------------------------------- */

static void
take_inner_spell(struct gexf *g)
{
    /* The edge's own start and end only frame its spells. */
    if (g->framed)
        g_array_set_size(g->spells, 0);
    g->framed = false;
    take_spell(g);
}

static kith_status
start_element(struct gexf *g, const kith_xml_event *event, kith_error *err)
{
    const char *name = event->name, *class;

    if (strcmp(name, "node") == 0)
        return start_node(g, event->line, err);
    if (strcmp(name, "edge") == 0)
        return start_edge(g, event->line, err);
    if (strcmp(name, "nodes") == 0)
        return start_nodes(g, err);
    if (strcmp(name, "attvalue") == 0) {
        say_value(g);
    } else if (strcmp(name, "spell") == 0) {
        take_inner_spell(g);
    } else if (strcmp(name, "attributes") == 0) {
        class = attribute(g, "class", NULL);
        g->open = class && strcmp(class, "edge") == 0 ? &g->edges : &g->nodes;
    } else if (strcmp(name, "attribute") == 0) {
        define(g);
    } else if (strcmp(name, "default") == 0) {
        return read_default(g, err);
    } else if (strcmp(name, "graph") == 0) {
        read_graph(g);
    } else if (strcmp(name, "gexf") != 0 && strcmp(name, "edges") != 0 &&
               strcmp(name, "attvalues") != 0 && strcmp(name, "spells") != 0) {
        return kith_xml_skip(g->xml, err);
    }
    return KITH_OK;
}

static kith_status
end_element(struct gexf *g, const char *name, kith_error *err)
{
    if (strcmp(name, "node") == 0)
        return end_node(g, err);
    if (strcmp(name, "edge") == 0)
        return end_edge(g, err);
    if (strcmp(name, "nodes") == 0 && g->parents->len)
        g_ptr_array_set_size(g->parents, (gint)g->parents->len - 1);
    if (strcmp(name, "graph") == 0)
        return kith_graph_file_finish(g->file, err);
    return KITH_OK;
}

static kith_status
read_elements(struct gexf *g, kith_error *err)
{
    kith_xml_event event;

    for (;;) {
        TRY(kith_xml_next(g->xml, &event, err));
        if (event.kind == KITH_XML_EOF)
            return KITH_OK;
        if (event.depth == 0 && event.kind == KITH_XML_START && strcmp(event.name, "gexf") != 0)
            return kith_source_fail(g->source, err, "found <%s> (expected <gexf>)", event.name);
        if (event.kind == KITH_XML_START)
            TRY(start_element(g, &event, err));
        else if (event.kind == KITH_XML_END)
            TRY(end_element(g, event.name, err));
    }
}

static void
init_definitions(struct definitions *definitions)
{
    definitions->title = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    definitions->fallbacks = g_ptr_array_new_with_free_func(g_free);
}

static void
clear(struct gexf *g)
{
    char *texts[] = {g->title, g->node, g->label, g->from, g->to, g->detail, g->type};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_hash_table_unref(g->nodes.title);
    g_hash_table_unref(g->edges.title);
    g_ptr_array_unref(g->nodes.fallbacks);
    g_ptr_array_unref(g->edges.fallbacks);
    g_ptr_array_unref(g->parents);
    g_array_unref(g->spells);
}

static kith_status
read_gexf(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_autoptr(kith_xml) xml = kith_xml_new(source);
    struct gexf g = {.file = &file, .source = source, .xml = xml};
    kith_status status;

    kith_graph_file_init(&file, source, options, into);
    file.declares = file.own_records = true;
    init_definitions(&g.nodes);
    init_definitions(&g.edges);
    g.parents = g_ptr_array_new_with_free_func(g_free);
    g.spells = g_array_new(FALSE, FALSE, sizeof(struct spell));
    status = read_elements(&g, err);
    clear(&g);
    return status;
}

const kith_importer kith_importer_gexf = {
    .name = "gexf",
    .summary = "Gephi's exchange format, static and dynamic",
    .extensions = "gexf",
    .probe = probe,
    .read = read_gexf,
};
