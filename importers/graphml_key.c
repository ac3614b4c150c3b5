/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graphml_key.c - what the attributes of a GraphML file mean, by their names and types. */
#include "base/base.h"
#include "base/number.h"
#include "columns.h"
#include "graphml_graph.h"
#include <math.h>
#include <string.h>

struct word {
    kith_graphml_role role;
    const char *words;
};

static const struct word node_words[] = {
    {KITH_GRAPHML_KIND, "kind"},           {KITH_GRAPHML_EMAIL, "email|e mail|email address"},
    {KITH_GRAPHML_PHONE, "phone"},         {KITH_GRAPHML_URL, "url|profile url"},
    {KITH_GRAPHML_FLAGS, "flags"},         {KITH_GRAPHML_EVENT_TIME, "event time"},
    {KITH_GRAPHML_NAME, "name|full name"}, {KITH_GRAPHML_LABEL, "label"},
};

static const struct word edge_words[] = {
    {KITH_GRAPHML_KIND, "kind"},
    {KITH_GRAPHML_WEIGHT, "weight|edge weight"},
    {KITH_GRAPHML_WHEN, "when|date|time|timestamp|datetime|relationship date utc"},
    {KITH_GRAPHML_UNTIL, "until"},
    {KITH_GRAPHML_AMOUNT, "amount"},
    {KITH_GRAPHML_CURRENCY, "currency"},
    {KITH_GRAPHML_STATUS, "status"},
    {KITH_GRAPHML_CHANNEL, "channel"},
    {KITH_GRAPHML_DETAIL, "detail|relationship|relation"},
    {KITH_GRAPHML_UNDIRECTED, "undirected"},
};

static kith_graphml_domain
domain_of(const char *word)
{
    if (!word || strcmp(word, "all") == 0)
        return KITH_GRAPHML_ALL;
    if (strcmp(word, "node") == 0)
        return KITH_GRAPHML_NODE;
    return strcmp(word, "edge") == 0 ? KITH_GRAPHML_EDGE : KITH_GRAPHML_GRAPH;
}

kith_graphml_key *
kith_graphml_key_new(const char *id, const char *name, const char *type, const char *about)
{
    kith_graphml_key *key = g_new0(kith_graphml_key, 1);

    key->id = g_strdup(id);
    key->name = g_strdup(name);
    key->type = g_strdup(type);
    key->domain = domain_of(about);
    return key;
}

void
kith_graphml_key_free(kith_graphml_key *key)
{
    if (!key)
        return;
    g_free(key->id);
    g_free(key->name);
    g_free(key->type);
    g_free(key->fallback);
    g_free(key);
}

static kith_graphml_role
role_of(const char *name, const struct word *words, size_t n)
{
    g_autofree char *folded = kith_header_fold(name);

    for (size_t i = 0; i < n; i++)
        if (kith_word_among(folded, words[i].words))
            return words[i].role;
    return KITH_GRAPHML_ATTRIBUTE;
}

/* --weight names the attribute that is the weight; then "weight" itself is one like any other. */
static void
choose_weight(kith_graphml_key *key, const char *weight)
{
    g_autofree char *wanted = kith_header_fold(weight);
    g_autofree char *folded = kith_header_fold(key->name);

    if (strcmp(wanted, folded) == 0)
        key->edge_role = KITH_GRAPHML_WEIGHT;
    else if (key->edge_role == KITH_GRAPHML_WEIGHT)
        key->edge_role = KITH_GRAPHML_ATTRIBUTE;
}

void
kith_graphml_key_understand(kith_graphml_key *key, const char *weight)
{
    if (!key->name)
        key->name = g_strdup(key->id);
    key->node_role = role_of(key->name, node_words, G_N_ELEMENTS(node_words));
    key->edge_role = role_of(key->name, edge_words, G_N_ELEMENTS(edge_words));
    if (weight && *weight)
        choose_weight(key, weight);
    /* In kith's own files a tie's label is its kind over again. */
    if (strcmp(key->id, "e_label") == 0)
        key->edge_role = KITH_GRAPHML_IGNORED;
}

bool
kith_graphml_key_takes(const kith_graphml_key *key, const char *text)
{
    double number;
    const char *type = key->type ? key->type : "string";

    if (*type == 's') /* a string takes any, and is the most frequent */
        return true;
    if (strcmp(type, "boolean") == 0)
        return kith_word_among(text, "true|false|1|0|True|False|TRUE|FALSE");
    if (strcmp(type, "int") == 0 || strcmp(type, "long") == 0)
        return kith_number_parse(text, &number) && number == trunc(number);
    if (strcmp(type, "float") == 0 || strcmp(type, "double") == 0)
        return kith_number_parse(text, &number) ||
               kith_word_among(text, "NaN|nan|INF|-INF|Infinity|-Infinity|inf|-inf");
    return true;
}
