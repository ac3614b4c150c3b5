/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph_file.c - what all graph files have in common: nodes with ids and labels, ties with weights. */
#include "graph_file.h"
#include "base/number.h"
#include <math.h>
#include <string.h>

struct node {
    kith_mention who;
    const char *id; /* the hash table's key */
    char *label;
    bool declared, fresh;
};

static void
clear_node(void *node)
{
    g_free(((struct node *)node)->label);
}

void
kith_graph_file_init(kith_graph_file *file, kith_source *source, const void *options,
                     kith_builder *into)
{
    static const kith_import_options none = {0};

    *file = (kith_graph_file){
        .source = source, .into = into, .options = options ? options : &none, .shares = 1};
    file->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    file->nodes = g_array_new(FALSE, FALSE, sizeof(struct node));
    g_array_set_clear_func(file->nodes, clear_node);
    file->said = g_ptr_array_new_with_free_func(g_free);
}

void
kith_graph_file_clear(kith_graph_file *file)
{
    if (file->by_id)
        g_hash_table_unref(file->by_id);
    if (file->nodes)
        g_array_unref(file->nodes);
    if (file->said)
        g_ptr_array_unref(file->said);
    *file = (kith_graph_file){0};
}

bool
kith_graph_file_undirected(const kith_graph_file *file, bool usually)
{
    return file->options->directed ? false : file->options->undirected || usually;
}

static bool
is_number(const char *text)
{
    double value;

    return kith_number_parse(text, &value);
}

static void
call(kith_graph_file *file, kith_mention who, const char *label)
{
    if (!is_number(label))
        kith_builder_name(file->into, who, label);
    if (strchr(label, '@'))
        kith_builder_identify(file->into, who, KITH_ID_EMAIL, label);
}

kith_mention
kith_graph_file_label(kith_graph_file *file, kith_node_kind kind, const char *label)
{
    int64_t before = kith_builder_mentions(file->into);
    kith_mention who = kith_builder_keyed(file->into, kind, KITH_ID_LABEL, label);

    if (who >= before)
        call(file, who, label);
    return who;
}

static struct node *
find(kith_graph_file *file, kith_node_kind kind, const char *id)
{
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(file->by_id, id));
    struct node *node;

    if (index) {
        node = &g_array_index(file->nodes, struct node, index - 1);
        node->fresh = false;
        return node;
    }
    g_array_set_size(file->nodes, file->nodes->len + 1);
    node = &g_array_index(file->nodes, struct node, file->nodes->len - 1);
    *node = (struct node){.who = kith_builder_mention(file->into, kind), .fresh = true};
    node->id = g_strdup(id);
    g_hash_table_insert(file->by_id, (char *)node->id, GUINT_TO_POINTER(file->nodes->len));
    return node;
}

kith_mention
kith_graph_file_node(kith_graph_file *file, kith_node_kind kind, const char *id)
{
    return find(file, kind, id)->who;
}

kith_mention
kith_graph_file_refer(kith_graph_file *file, const char *id)
{
    return find(file, KITH_PERSON, id)->who;
}

bool
kith_graph_file_knows(const kith_graph_file *file, const char *id)
{
    return g_hash_table_contains(file->by_id, id);
}

void
kith_graph_file_set_label(kith_graph_file *file, const char *id, const char *label)
{
    struct node *node = find(file, KITH_PERSON, id);

    g_free(node->label);
    node->label = label && *label ? g_strdup(label) : NULL;
}

static const char *
or_said(const kith_graph_file *file, const char *text, const char *key)
{
    return text && *text ? text : kith_graph_file_said(file, key);
}

kith_status
kith_graph_file_declare(kith_graph_file *file, const char *id, const char *label, kith_mention *out,
                        kith_error *err)
{
    const char *word = kith_graph_file_said(file, "kind");
    kith_node_kind kind = KITH_PERSON;
    struct node *node;

    if (word)
        kith_node_kind_from_name(word, &kind);
    node = find(file, kind, id);
    if (node->declared)
        return kith_source_fail(file->source, err,
                                "a second node with the id '%s' (expected each id once)", id);
    if (!node->fresh && kind != KITH_PERSON)
        kith_source_warn(file->source,
                         "'%s' is used before it is said to be no person: read as one", id);
    node->declared = true;
    label = or_said(file, or_said(file, label, "label"), "name");
    node->label = label && *label ? g_strdup(label) : NULL;
    if (out)
        *out = node->who;
    kith_graph_file_describe(file, node->who, "id label kind");
    return KITH_OK;
}

/* Ids such as "12" and "n12" are places in the file that wrote them. */
static bool
is_place(const char *id)
{
    const char *digits = *id == 'n' ? id + 1 : id;

    return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static const char *
wanted_label(const kith_graph_file *file, const struct node *node)
{
    return node->label && (file->private_ids || is_place(node->id)) ? node->label : node->id;
}

/* A label that no other node of this file has. */
static char *
own_label(const kith_graph_file *file, GHashTable *taken, const struct node *node)
{
    char *label = g_strdup(wanted_label(file, node));

    while (g_hash_table_contains(taken, label)) {
        char *longer = g_strdup_printf("%s #%s", label, node->id);

        g_free(label);
        label = longer;
    }
    g_hash_table_add(taken, label);
    return label;
}

kith_status
kith_graph_file_finish(kith_graph_file *file, kith_error *err)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *strange = NULL;
    int64_t shared = 0, strangers = 0;

    for (guint i = 0; i < file->nodes->len; i++) {
        struct node *node = &g_array_index(file->nodes, struct node, i);
        const char *label = own_label(file, taken, node);

        kith_builder_identify(file->into, node->who, KITH_ID_LABEL, label);
        call(file, node->who, node->label ? node->label : node->id);
        shared += strcmp(label, wanted_label(file, node)) != 0;
        strangers += !node->declared;
        strange = strange || node->declared ? strange : node->id;
    }
    kith_source_at(file->source, 0, 0);
    if (shared)
        kith_source_warn(file->source,
                         "%" G_GINT64_FORMAT " nodes have the label of another one: kept apart",
                         shared);
    if (file->declares && strangers)
        kith_source_warn(file->source,
                         "%" G_GINT64_FORMAT
                         " nodes have ties but are not listed, the first is '%s'",
                         strangers, strange);
    if (file->options->weight && *file->options->weight && !file->weight_seen &&
        kith_source_records(file->source))
        return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(file->source), 0, 0,
                            "no tie has a '%s' for its weight", file->options->weight);
    g_hash_table_remove_all(file->by_id);
    g_array_set_size(file->nodes, 0);
    return KITH_OK;
}

void
kith_graph_file_say(kith_graph_file *file, const char *key, const char *value)
{
    g_ptr_array_add(file->said, g_strdup(key));
    g_ptr_array_add(file->said, g_strdup(value));
}

const char *
kith_graph_file_said(const kith_graph_file *file, const char *key)
{
    for (guint i = 0; i + 1 < file->said->len; i += 2)
        if (strcmp(file->said->pdata[i], key) == 0)
            return file->said->pdata[i + 1];
    return NULL;
}

void
kith_graph_file_hush(kith_graph_file *file)
{
    g_ptr_array_set_size(file->said, 0);
}

/* Whether a key is one of the words parted by blanks. */
static bool
among(const char *key, const char *words)
{
    size_t n = strlen(key);

    if (n == 0 || strchr(key, ' '))
        return false;
    for (const char *hit = words; (hit = strstr(hit, key)) != NULL; hit++)
        if ((hit == words || hit[-1] == ' ') && (hit[n] == ' ' || hit[n] == '\0'))
            return true;
    return false;
}

void
kith_graph_file_describe(kith_graph_file *file, kith_mention who, const char *but)
{
    for (guint i = 0; i + 1 < file->said->len; i += 2) {
        const char *key = file->said->pdata[i], *value = file->said->pdata[i + 1];

        if (among(key, but))
            continue;
        if (strcmp(key, "name") == 0 && !is_number(value))
            kith_builder_name(file->into, who, value);
        else if (strcmp(key, "email") != 0 ||
                 !kith_builder_identify(file->into, who, KITH_ID_EMAIL, value))
            kith_builder_attribute(file->into, who, key, value);
    }
    kith_graph_file_hush(file);
}

kith_status
kith_graph_file_weight(kith_graph_file *file, const char *text, double *out, kith_error *err)
{
    double value;

    if (!kith_number_parse(text, &value) || !isfinite(value) || value == 0)
        return kith_source_fail(file->source, err,
                                "bad weight '%s' (expected a finite number above 0)", text);
    if (value < 0)
        return kith_source_fail(file->source, err,
                                "negative weight '%s' (expected above 0: ties have no sign here)",
                                text);
    *out = value;
    return KITH_OK;
}

kith_status
kith_graph_file_cell(kith_graph_file *file, const char *text, double *out, kith_error *err)
{
    if (text[0] == '0' && text[1] == '\0') {
        *out = 0;
        return KITH_OK;
    }
    if (kith_number_parse(text, out) && *out == 0)
        return KITH_OK;
    return kith_graph_file_weight(file, text, out, err);
}

kith_status
kith_graph_file_tie(kith_graph_file *file, const kith_fact *fact, kith_error *err)
{
    if (!file->own_records)
        kith_source_record(file->source);
    return kith_builder_fact(file->into, fact, err);
}

kith_status
kith_graph_file_attended(kith_graph_file *file, kith_mention person, kith_mention event,
                         double weight, const char *detail, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_ATTENDED;
    fact.from = person;
    fact.to = event;
    fact.weight = weight;
    fact.status = "attended";
    fact.detail = detail;
    return kith_graph_file_tie(file, &fact, err);
}

/* The key that holds the weight: the user's, else "weight", else a "value" that is a number. */
static const char *
weight_key(const kith_graph_file *file)
{
    const char *value;

    if (file->options->weight && *file->options->weight)
        return file->options->weight;
    if (kith_graph_file_said(file, "weight"))
        return "weight";
    value = kith_graph_file_said(file, "value");
    return value && is_number(value) ? "value" : "weight";
}

static void
read_money(const kith_graph_file *file, kith_fact *fact)
{
    const char *amount = kith_graph_file_said(file, "amount");

    if (amount && kith_number_parse(amount, &fact->amount))
        fact->currency = kith_graph_file_said(file, "currency");
}

/* A tie that names its kind may be one that kith wrote. @return the keys that are used up */
static const char *
read_kind(kith_graph_file *file, kith_fact *fact)
{
    const char *word = kith_graph_file_said(file, "kind");
    const char *when = kith_graph_file_said(file, "when");
    const char *until = kith_graph_file_said(file, "until");
    const char *undirected = kith_graph_file_said(file, "undirected");

    if (!word || !kith_tie_kind_from_name(word, &fact->kind))
        return "";
    if (when)
        kith_time_parse(when, &fact->when, &fact->precision);
    if (until)
        kith_time_parse(until, &fact->until, NULL);
    fact->status = kith_graph_file_said(file, "status");
    fact->channel = kith_graph_file_said(file, "channel");
    if (!fact->detail)
        fact->detail = kith_graph_file_said(file, "detail");
    read_money(file, fact);
    fact->undirected = fact->kind == KITH_TIE &&
                       (fact->undirected || (undirected && strcmp(undirected, "true") == 0));
    return "kind when until status channel detail amount currency undirected";
}

kith_status
kith_graph_file_said_tie(kith_graph_file *file, kith_fact *fact, const char *but, kith_error *err)
{
    const char *key = weight_key(file), *text = kith_graph_file_said(file, key);
    const char *own = read_kind(file, fact);

    if (text) {
        file->weight_seen = true;
        TRY(kith_graph_file_weight(file, text, &fact->weight, err));
    }
    fact->weight /= file->shares;
    TRY(kith_graph_file_tie(file, fact, err));
    for (guint i = 0; i + 1 < file->said->len; i += 2) {
        const char *name = file->said->pdata[i];

        if (strcmp(name, key) != 0 && !among(name, but) && !among(name, own))
            kith_builder_fact_attribute(file->into, name, file->said->pdata[i + 1]);
    }
    return KITH_OK;
}
