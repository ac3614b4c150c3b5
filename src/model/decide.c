/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * decide.c - from a decision about nodes to entries about their mentions.
 *
 * A node's smallest mention speaks for it. A pair on which the log has a word already is answered pair by pair, so that
 * the new word is the last one on each.
 */
#include "base/base.h"
#include "base/name.h"
#include "model/decisions.h"
#include "model/graph.h"
#include <kith/decide.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_GROUPS 32
#define BY_SPLITTING "split" /* rule of merges that hold the parts of a split together */

static bool
is_node(const kith_graph *g, kith_node node)
{
    return node >= 0 && node < g->nodes;
}

static kith_status
check(const kith_builder *b, const kith_graph *g, kith_node x, kith_node y, kith_error *err)
{
    if (b->pool != g->pool || !is_node(g, x) || !is_node(g, y))
        return kith_fail(err, KITH_ERR_ARGUMENT, "no such node in this graph");
    if (x == y)
        return kith_fail(err, KITH_ERR_ARGUMENT, "both are %s (%s) already", kith_graph_label(g, x),
                         kith_graph_id(g, x));
    return KITH_OK;
}

static kith_status
decide(kith_builder *b, kith_decision_kind kind, kith_mention x, kith_mention y, const char *rule,
       kith_error *err)
{
    const kith_decision decision = {.kind = kind, .a = x, .b = y, .rule = rule, .score = NAN};

    return kith_builder_decide(b, &decision, err);
}

static uint32_t
node_of(const kith_graph *g, uint32_t mention)
{
    return mention < g->mentions ? kith_graph_mention_node(g, mention) : UINT32_MAX;
}

/* Answers each entry of another kind between two nodes. */
static kith_status
overrule(kith_builder *b, const kith_graph *g, kith_node x, kith_node y, kith_decision_kind kind,
         kith_error *err)
{
    g_autoptr(GArray) said = kith_decisions_in_force(b);

    for (guint i = 0; i < said->len; i++) {
        const kith_fact_decision *d = KITH_ROW(said, kith_fact_decision, i);
        uint32_t p = node_of(g, d->a), q = node_of(g, d->b);

        if (((p == x && q == y) || (p == y && q == x)) &&
            (d->kind == KITH_DECIDED_MERGE) != (kind == KITH_DECIDED_MERGE))
            TRY(decide(b, kind, d->a, d->b, NULL, err));
    }
    return KITH_OK;
}

kith_status
kith_decide_merge(kith_builder *b, const kith_graph *g, kith_node x, kith_node y, const char *rule,
                  const char *reason, double score, kith_error *err)
{
    kith_decision decision = {
        .kind = KITH_DECIDED_MERGE, .rule = rule, .reason = reason, .score = score};

    TRY(check(b, g, x, y, err));
    decision.a = kith_graph_root(g, x);
    decision.b = kith_graph_root(g, y);
    if (isnan(score))
        TRY(overrule(b, g, x, y, KITH_DECIDED_MERGE, err));
    return kith_builder_decide(b, &decision, err);
}

kith_status
kith_decide_different(kith_builder *b, const kith_graph *g, kith_node x, kith_node y,
                      kith_error *err)
{
    TRY(check(b, g, x, y, err));
    TRY(overrule(b, g, x, y, KITH_DECIDED_DIFFERENT, err));
    return decide(b, KITH_DECIDED_DIFFERENT, kith_graph_root(g, x), kith_graph_root(g, y), NULL,
                  err);
}

/* One record of the node to take apart, and what tells it from the others. */
struct record {
    char *key;
    uint32_t mention;
};

static int
compare_records(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : x->mention < y->mention ? -1 : x->mention > y->mention;
}

static void
record_clear(void *record)
{
    g_free(((struct record *)record)->key);
}

/* First name of each record, as words. */
static void
key_by_name(const kith_builder *b, GArray *records)
{
    for (guint i = 0; i < records->len; i++) {
        struct record *r = KITH_ROW(records, struct record, i);

        r->key = g_strdup("");
        for (guint k = 0; k < b->names->len; k++) {
            const kith_fact_name *name = KITH_ROW(b->names, kith_fact_name, k);

            if (name->mention == r->mention) {
                g_free(r->key);
                r->key = kith_name_words(kith_pool_get(b->pool, name->text));
                break;
            }
        }
    }
}

static void
key_by_source(const kith_builder *b, GArray *records)
{
    for (guint i = 0; i < records->len; i++) {
        struct record *r = KITH_ROW(records, struct record, i);

        g_free(r->key);
        r->key =
            g_strdup_printf("%010u", KITH_ROW(b->mentions, kith_fact_mention, r->mention)->source);
    }
}

static guint
count_groups(GArray *records)
{
    guint n = 0;

    qsort(records->data, records->len, sizeof(struct record), compare_records);
    for (guint i = 0; i < records->len; i++)
        n += i == 0 || strcmp(KITH_ROW(records, struct record, i)->key,
                              KITH_ROW(records, struct record, i - 1)->key) != 0;
    return n;
}

/* Every two parts are not one, and each part is: otherwise a record without a veto of its own would go astray. */
static kith_status
part(kith_builder *b, const GArray *records, kith_error *err)
{
    g_autoptr(GArray) heads = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (guint i = 0; i < records->len; i++) {
        const struct record *r = KITH_ROW(records, struct record, i);
        uint32_t head;

        if (i == 0 || strcmp(r->key, KITH_ROW(records, struct record, i - 1)->key) != 0) {
            for (guint k = 0; k < heads->len; k++)
                TRY(decide(b, KITH_DECIDED_SPLIT, g_array_index(heads, uint32_t, k), r->mention,
                           NULL, err));
            g_array_append_val(heads, r->mention);
            continue;
        }
        head = g_array_index(heads, uint32_t, heads->len - 1);
        TRY(decide(b, KITH_DECIDED_MERGE, head, r->mention, BY_SPLITTING, err));
    }
    return KITH_OK;
}

/* The latest merge that is not itself part of a split. @return its place, or -1 */
static int64_t
latest_merge(const kith_builder *b, const kith_graph *g, const GArray *said, kith_node node)
{
    for (guint i = said->len; i-- > 0;) {
        const kith_fact_decision *d = KITH_ROW(said, kith_fact_decision, i);

        if (d->kind == KITH_DECIDED_MERGE && node_of(g, d->a) == node && node_of(g, d->b) == node &&
            g_strcmp0(kith_pool_get(b->pool, d->rule), BY_SPLITTING) != 0)
            return i;
    }
    return -1;
}

static GArray *
records_of(const kith_graph *g, kith_node node)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct record));

    g_array_set_clear_func(out, record_clear);
    for (int64_t i = 0; i < g->mentions; i++) {
        struct record r = {.mention = (uint32_t)i};

        if (kith_graph_mention_node(g, i) == node)
            g_array_append_val(out, r);
    }
    return out;
}

/* Merges that held an earlier split's part together, where the new parts cut through it. */
static kith_status
loosen(kith_builder *b, const kith_graph *g, const GArray *said, kith_node node, kith_error *err)
{
    for (guint i = 0; i < said->len; i++) {
        const kith_fact_decision *d = KITH_ROW(said, kith_fact_decision, i);

        if (d->kind == KITH_DECIDED_MERGE && node_of(g, d->a) == node && node_of(g, d->b) == node)
            TRY(decide(b, KITH_DECIDED_SPLIT, d->a, d->b, NULL, err));
    }
    return KITH_OK;
}

static kith_status
split_records(kith_builder *b, const kith_graph *g, const GArray *said, kith_node node,
              kith_error *err)
{
    g_autoptr(GArray) records = records_of(g, node);
    guint groups;

    key_by_name(b, records);
    groups = count_groups(records);
    if (groups < 2) {
        key_by_source(b, records);
        groups = count_groups(records);
    }
    if (groups < 2 || groups > MOST_GROUPS)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         groups < 2 ? "%s is one record: nothing to take apart"
                                    : "%s has too many kinds of records to take apart at once",
                         kith_graph_label(g, node));
    TRY(loosen(b, g, said, node, err));
    return part(b, records, err);
}

kith_status
kith_decide_split(kith_builder *b, const kith_graph *g, kith_node node, kith_error *err)
{
    g_autoptr(GArray) said = kith_decisions_in_force(b);
    const kith_fact_decision *d;
    int64_t latest;

    if (b->pool != g->pool || !is_node(g, node))
        return kith_fail(err, KITH_ERR_ARGUMENT, "no such node in this graph");
    latest = latest_merge(b, g, said, node);
    if (latest < 0)
        return split_records(b, g, said, node, err);
    d = KITH_ROW(said, kith_fact_decision, latest);
    return decide(b, KITH_DECIDED_SPLIT, d->a, d->b, NULL, err);
}
