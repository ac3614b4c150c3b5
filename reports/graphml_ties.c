/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * graphml_ties.c - the ties of a GraphML file, made some hundred at a time on all processors and written in order.
 *
 * Most of what is said of a tie was said of the one before: its kind, its direction, its source. Such lines are kept, and those
 * that stand together are copied together.
 */
#include "base/big.h"
#include "base/fetch.h"
#include "base/in_order.h"
#include "reports/graphml.h"
#include <kith/graph.h>
#include <string.h>

#define PIECE 384 /* ties made at a time: what they say fits the cache */
#define AHEAD 32  /* ties whose ids come into the cache while others are written */

/* A key of ties; when two had the same value, its line is kept for those that have it as well. */
struct written {
    const kith_key *key;
    kith_xml_form *form;
    GString *line;
    bool kept;   /* the line is that of the tie before; empty when it had no value */
    bool steady; /* for many ties in a row */
    bool number;
    GString *run;  /* the kept lines of this key and those behind it … */
    guint run_end; /* … up to this one; 0: not joined yet */
};

/* What one piece is written with. */
struct writer {
    kith_xml_out *part;
    struct written *list;
    GString *scratch;
};

/* The ids of all nodes one behind the other: ties look them up in no order. */
typedef struct tokens {
    char *text;
    size_t *start; /* node -> its id; one more at the end */
} tokens;

struct ties {
    const kith_keys *keys;
    const kith_graphml_looks *looks;
    kith_xml_out *xml;
    GArray *values; /* kith_graphml_value */
    kith_xml_head head;
    tokens ids;
    int64_t n;
    struct writer *writer; /* by place */
};

static void
tokens_init(tokens *ids, const kith_keys *keys)
{
    size_t n = (size_t)kith_graph_nodes(keys->graph), total = 0;

    ids->start = kith_big_need(KITH_RAW(size_t, n + 1), n + 1, sizeof *ids->start);
    for (size_t i = 0; i < n; i++) {
        ids->start[i] = total;
        total += strlen(kith_keys_node(keys, (kith_node)i));
    }
    ids->start[n] = total;
    total += KITH_XML_BEHIND;
    ids->text = kith_big_need(KITH_RAW(char, total), total, 1);
    for (size_t i = 0; i < n; i++)
        memcpy(ids->text + ids->start[i], kith_keys_node(keys, (kith_node)i),
               ids->start[i + 1] - ids->start[i]);
}

/* Brings the ids of some ties into the cache. */
KITH_FETCHES void
tokens_fetch(const tokens *ids, const kith_tie *tie, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        __builtin_prefetch(&ids->start[tie[i].to]);
    for (int64_t i = 0; i < n; i++)
        __builtin_prefetch(ids->text + ids->start[tie[i].to]);
}

static void
write_number(struct writer *w, const struct written *one, const kith_tie *tie)
{
    char text[32 + KITH_XML_BEHIND];
    size_t length = kith_key_tie_number(one->key, tie, text);

    if (length > 0)
        kith_xml_out_form_plain(w->part, one->form, text, length);
}

/* A value that is not that of the tie before: what was kept is no longer so. */
static void
write_fresh(struct writer *w, guint k, const kith_graph *graph, int64_t i, const kith_tie *tie)
{
    struct written *one = &w->list[k];

    for (guint j = 0; one->kept && j <= k; j++)
        if (w->list[j].run_end > k)
            w->list[j].run_end = 0;
    one->kept = false;
    if (one->number) {
        write_number(w, one, tie);
        return;
    }
    g_string_truncate(w->scratch, 0);
    if (kith_key_tie_value(graph, one->key, i, tie, w->scratch))
        kith_xml_out_form(w->part, one->form, w->scratch->str, w->scratch->len);
}

/* Has the line of a value ready that the tie before has as well. */
static void
keep_line(struct writer *w, guint k, const kith_graph *graph, int64_t i, const kith_tie *tie)
{
    struct written *one = &w->list[k];

    if (one->kept)
        return;
    one->kept = true;
    g_string_truncate(w->scratch, 0);
    g_string_truncate(one->line, 0);
    if (kith_key_tie_value(graph, one->key, i, tie, w->scratch))
        kith_xml_out_form_line(w->part, one->form, w->scratch->str, w->scratch->len, one->line);
}

/* Joins the lines of keys k … end - 1. */
static void
join_run(struct writer *w, guint k, guint end, const kith_graph *graph, int64_t i,
         const kith_tie *tie)
{
    struct written *first = &w->list[k];

    if (first->run_end == end)
        return;
    first->run_end = end;
    g_string_truncate(first->run, 0);
    for (guint j = k; j < end; j++) {
        keep_line(w, j, graph, i, tie);
        g_string_append_len(first->run, w->list[j].line->str, (gssize)w->list[j].line->len);
    }
}

/* The values of one tie. @param before NULL for the first of a piece */
static void
write_values(struct writer *w, guint n, const kith_graph *graph, int64_t i, const kith_tie *tie,
             const kith_tie *before)
{
    for (guint k = 0, end; k < n; k = end) {
        const struct written *one = &w->list[k];

        for (end = k; end < n && before && kith_key_tie_same(w->list[end].key, tie, before);) {
            end++;
            if (!one->steady || end == n || !w->list[end].steady)
                break;
        }
        if (end == k) {
            write_fresh(w, end++, graph, i, tie);
        } else {
            join_run(w, k, end, graph, i, tie);
            kith_xml_out_line(w->part, one->run->str, one->run->len);
        }
    }
}

static void
write_head(struct writer *w, const struct ties *t, const kith_tie *tie)
{
    const size_t *start = t->ids.start;
    const char *value[] = {t->ids.text + start[tie->from], t->ids.text + start[tie->to]};
    size_t length[] = {start[tie->from + 1] - start[tie->from],
                       start[tie->to + 1] - start[tie->to]};

    kith_xml_out_head(w->part, &t->head, value, length);
}

/* Ties first … end - 1, of which there are few. @param tie[0] the one before, NULL or not, tie[1] the first */
static void
write_some(struct writer *w, const struct ties *t, int64_t first, int64_t end, const kith_tie *tie,
           bool begins)
{
    for (int64_t i = first; i < end; i++) {
        const kith_tie *this = &tie[1 + i - first];

        write_head(w, t, this);
        write_values(w, t->values->len, t->keys->graph, i, this,
                     begins && i == first ? NULL : this - 1);
        kith_graphml_looks_write(w->part, t->keys, t->looks, true, i);
        kith_xml_out_tail(w->part, &t->head);
    }
}

static void
make_piece(void *payload, int64_t piece, int place)
{
    const struct ties *t = payload;
    int64_t start = piece * PIECE, stop = MIN(start + PIECE, t->n);
    kith_tie tie[1 + AHEAD] = {0}; /* the first is the last of those before */

    for (int64_t first = start, end; first < stop; first = end) {
        end = MIN(first + AHEAD, stop);
        for (int64_t i = first; i < end; i++)
            kith_graph_tie(t->keys->graph, i, &tie[1 + i - first]);
        tokens_fetch(&t->ids, tie + 1, end - first);
        write_some(&t->writer[place], t, first, end, tie, first == start);
        tie[0] = tie[end - first];
    }
}

static void
take_piece(void *payload, int64_t piece, int place)
{
    struct ties *t = payload;

    (void)piece;
    kith_xml_out_append(t->xml, t->writer[place].part);
}

static bool
is_steady(const kith_key *key)
{
    return key->source != KITH_TIE_WEIGHT && key->source != KITH_TIE_AMOUNT &&
           key->source != KITH_TIE_WHEN && key->source != KITH_TIE_UNTIL &&
           key->source != KITH_TIE_LINE && key->source != KITH_TIE_ATTRIBUTE;
}

static void
writer_init(struct writer *w, const struct ties *t)
{
    w->part = kith_xml_out_part(t->xml);
    w->scratch = g_string_new(NULL);
    w->list = g_new(struct written, t->values->len + 1);
    for (guint k = 0; k < t->values->len; k++) {
        const kith_graphml_value *v = &g_array_index(t->values, kith_graphml_value, k);

        w->list[k] = (struct written){.key = v->key,
                                      .form = v->form,
                                      .line = g_string_new(NULL),
                                      .steady = is_steady(v->key),
                                      .number = v->key->type == KITH_KEY_LONG ||
                                                v->key->type == KITH_KEY_DOUBLE,
                                      .run = g_string_new(NULL)};
    }
}

static void
writer_clear(struct writer *w, guint n)
{
    for (guint k = 0; k < n; k++) {
        g_string_free(w->list[k].line, TRUE);
        g_string_free(w->list[k].run, TRUE);
    }
    g_free(w->list);
    g_string_free(w->scratch, TRUE);
    kith_xml_out_free(w->part);
}

static void
write_pieces(struct ties *t)
{
    const kith_in_order work = {.make = make_piece, .take = take_piece, .payload = t};
    int64_t pieces = (t->n + PIECE - 1) / PIECE;
    int threads = kith_in_order_threads(pieces), places = kith_in_order_places(threads);

    t->writer = g_new(struct writer, places);
    for (int i = 0; i < places; i++)
        writer_init(&t->writer[i], t);
    kith_in_order_run(&work, pieces, threads);
    for (int i = 0; i < places; i++)
        writer_clear(&t->writer[i], t->values->len);
    g_free(t->writer);
}

void
kith_graphml_write_ties(kith_xml_out *xml, const kith_keys *keys, const kith_graphml_looks *looks)
{
    static const char *const attributes[] = {"source", "target", NULL};
    g_autoptr(GArray) values = kith_graphml_values(keys->ties, 'e');
    struct ties t = {.keys = keys,
                     .looks = looks,
                     .xml = xml,
                     .values = values,
                     .n = kith_graph_ties(keys->graph)};

    tokens_init(&t.ids, keys);
    kith_xml_head_init(&t.head, 2, "edge", attributes);
    write_pieces(&t);
    kith_xml_head_clear(&t.head);
    kith_big_free(t.ids.text);
    kith_big_free(t.ids.start);
}
