/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pack.c - an edge list of any length into a packed file.
 *
 * Links are spooled as they come, with labels that are numbers as those numbers. All ends are sorted by label, which numbers
 * the nodes; sorted back by place, which gives every link its two nodes; and links are sorted by their nodes. Nothing that
 * grows with the links is in memory. Labels that are no numbers are interned, in memory, and numbered there.
 */
#include "base/base.h"
#include "base/labels.h"
#include "base/links.h"
#include "base/sorter.h"
#include "base/text.h"
#include "store/packed.h"
#include <stdlib.h>
#include <string.h>

#define USUAL_MEMORY (INT64_C(256) << 20)
#define A_MILLION 1000000

struct packing {
    const kith_pack_options *o;
    char *folder;
    int64_t memory; /* of one of the two sorters that live at a time */
    kith_spool *links, *values, *weights;
    int64_t n, nodes;
    uint64_t text; /* how long the labels of the nodes are together */
    bool weighted, numbers;
    kith_labels words;
    uint32_t *place; /* word -> node */
    kith_sorter *ties;
    kith_packed_header h;
};

static void
clear(struct packing *p)
{
    kith_spool_close(p->links);
    kith_spool_close(p->values);
    kith_spool_close(p->weights);
    kith_labels_clear(&p->words);
    kith_sorter_free(p->ties);
    g_free(p->place);
    g_free(p->folder);
}

/* --- reading --------------------------------------------------------------------------------- */

/* A number in its shortest digits, so that it can be written as it was read. */
static bool
is_number(const char *text, size_t length, uint64_t *out)
{
    uint64_t value = 0;

    if (length == 0 || length > 18 || (length > 1 && *text == '0'))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]))
            return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
    }
    *out = value;
    return true;
}

static kith_status
intern(struct packing *p, const char *text, size_t length, uint64_t *out, kith_error *err)
{
    uint32_t word = kith_labels_number(&p->words, text, length, kith_labels_hash(text, length));

    if (word == UINT32_MAX)
        return kith_fail(err, KITH_ERR_LIMIT,
                         "more than four thousand million labels that are no numbers");
    *out = word;
    return KITH_OK;
}

/* The first label that is no number: those before it become words as well. */
static kith_status
turn_to_words(struct packing *p, kith_error *err)
{
    g_autoptr(kith_spool) old = g_steal_pointer(&p->links);

    p->numbers = false;
    p->links = kith_spool_new(p->folder, err);
    if (!p->links)
        return KITH_ERR_IO;
    TRY(kith_spool_rewind(old, err));
    for (int64_t i = 0; i < p->n; i++) {
        kith_triple t = {0};
        uint64_t *end[] = {&t.a, &t.b};

        TRY(kith_spool_read(old, &t, sizeof t, err));
        for (int e = 0; e < 2; e++) {
            char text[40] = "";
            int length = g_snprintf(text, sizeof text, "%" G_GUINT64_FORMAT, *end[e]);

            TRY(intern(p, text, (size_t)length, end[e], err));
        }
        TRY(kith_spool_write(p->links, &t, sizeof t, err));
    }
    return KITH_OK;
}

static kith_status
take_link(struct packing *p, const kith_link *link, kith_error *err)
{
    kith_triple t;

    if (p->numbers && !(is_number(link->from, link->from_length, &t.a) &&
                        is_number(link->to, link->to_length, &t.b)))
        TRY(turn_to_words(p, err));
    if (!p->numbers) {
        TRY(intern(p, link->from, link->from_length, &t.a, err));
        TRY(intern(p, link->to, link->to_length, &t.b, err));
    }
    memcpy(&t.c, &link->weight, sizeof t.c);
    p->weighted |= link->weighted;
    p->n++;
    return kith_spool_write(p->links, &t, sizeof t, err);
}

static void
free_links(kith_links **links)
{
    kith_links_free(*links);
}

static kith_status
read_links(struct packing *p, kith_source *source, kith_error *err)
{
    __attribute__((cleanup(free_links))) kith_links *links = kith_links_new(source);
    kith_link link;
    bool more;

    p->numbers = true;
    p->links = kith_spool_new(p->folder, err);
    if (!p->links)
        return KITH_ERR_IO;
    for (;;) {
        TRY(kith_links_next(links, &link, &more, err));
        if (!more)
            break;
        TRY(take_link(p, &link, err));
        if (p->o->watch && p->n % A_MILLION == 0)
            p->o->watch(p->o->payload, p->n);
    }
    if (p->n == 0)
        return kith_fail_at(err, KITH_ERR_PARSE, kith_source_name(source), 0, 0, "no link in it");
    return kith_spool_rewind(p->links, err);
}

/* --- nodes ----------------------------------------------------------------------------------- */

/* The label that a value stands for. @return its length */
static size_t
label_of(const struct packing *p, uint64_t value, char digits[24], const char **out)
{
    if (!p->numbers) {
        *out = p->words.text + p->words.start[value];
        return strlen(*out);
    }
    *out = digits;
    return (size_t)g_snprintf(digits, 24, "%" G_GUINT64_FORMAT, value);
}

/* The next node, and how long its label is. */
static kith_status
put_node(struct packing *p, uint64_t value, kith_error *err)
{
    char digits[24];
    const char *text;

    p->text += label_of(p, value, digits, &text);
    return kith_spool_write(p->values, &value, sizeof value, err);
}

/* Puts a link in, and for an undirected graph its other direction. */
static kith_status
put_tie(struct packing *p, uint64_t from, uint64_t to, uint64_t weight, kith_error *err)
{
    TRY(kith_sorter_put(p->ties, (kith_triple){from, to, weight}, err));
    p->h.ties++;
    if (p->h.directed)
        return KITH_OK;
    p->h.ties++;
    return kith_sorter_put(p->ties, (kith_triple){to, from, weight}, err);
}

/* Ends by label: equal ones are one node, told on to the sorter by place. */
static kith_status
number_nodes(struct packing *p, kith_sorter *by_place, kith_error *err)
{
    g_autoptr(kith_sorter) by_label = kith_sorter_new(p->folder, p->memory);
    kith_triple t;
    uint64_t last = 0;
    bool more;

    for (int64_t i = 0; i < p->n; i++) {
        TRY(kith_spool_read(p->links, &t, sizeof t, err));
        TRY(kith_sorter_put(by_label, (kith_triple){t.a, 2 * (uint64_t)i, 0}, err));
        TRY(kith_sorter_put(by_label, (kith_triple){t.b, 2 * (uint64_t)i + 1, 0}, err));
    }
    TRY(kith_sorter_begin(by_label, err));
    for (;;) {
        TRY(kith_sorter_next(by_label, &t, &more, err));
        if (!more)
            return KITH_OK;
        if (p->nodes == 0 || t.a != last) {
            last = t.a;
            p->nodes++;
            TRY(put_node(p, last, err));
        }
        TRY(kith_sorter_put(by_place, (kith_triple){t.b, (uint64_t)p->nodes - 1, 0}, err));
    }
}

static kith_status
join_numbers(struct packing *p, kith_error *err)
{
    g_autoptr(kith_sorter) by_place = kith_sorter_new(p->folder, p->memory);
    bool more;

    p->values = kith_spool_new(p->folder, err);
    if (!p->values)
        return KITH_ERR_IO;
    TRY(number_nodes(p, by_place, err));
    TRY(kith_spool_rewind(p->links, err));
    TRY(kith_sorter_begin(by_place, err));
    for (int64_t i = 0; i < p->n; i++) {
        kith_triple t, from, to;

        TRY(kith_spool_read(p->links, &t, sizeof t, err));
        TRY(kith_sorter_next(by_place, &from, &more, err));
        TRY(kith_sorter_next(by_place, &to, &more, err));
        TRY(put_tie(p, from.b, to.b, t.c, err));
    }
    return kith_spool_rewind(p->values, err);
}

static int
compare_words(const void *a, const void *b, void *data)
{
    const kith_labels *words = data;
    const uint32_t *x = a, *y = b;

    return kith_text_natural_compare(words->text + words->start[*x],
                                     words->text + words->start[*y]);
}

static kith_status
join_words(struct packing *p, kith_error *err)
{
    g_autofree uint32_t *order = g_try_new(uint32_t, p->words.n + 1);

    p->nodes = p->words.n;
    p->place = g_try_new(uint32_t, p->words.n + 1);
    p->values = kith_spool_new(p->folder, err);
    if (!p->values)
        return KITH_ERR_IO;
    if (!order || !p->place)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to put labels in order");
    for (uint32_t i = 0; i < p->words.n; i++)
        order[i] = i;
    qsort_r(order, p->words.n, sizeof *order, compare_words, &p->words);
    for (uint32_t i = 0; i < p->words.n; i++) {
        uint64_t word = order[i];

        p->place[word] = i;
        TRY(put_node(p, word, err));
    }
    for (int64_t i = 0; i < p->n; i++) {
        kith_triple t;

        TRY(kith_spool_read(p->links, &t, sizeof t, err));
        TRY(put_tie(p, p->place[t.a], p->place[t.b], t.c, err));
    }
    return kith_spool_rewind(p->values, err);
}

/* --- writing --------------------------------------------------------------------------------- */

/* Lengths first, texts afterwards: two passes over the values. */
static kith_status
write_labels(struct packing *p, kith_sink *sink, kith_error *err)
{
    uint64_t start = 0, value;
    char digits[24];
    const char *text;

    kith_sink_write(sink, &start, sizeof start);
    for (int64_t i = 0; i < p->nodes; i++) {
        TRY(kith_spool_read(p->values, &value, sizeof value, err));
        start += label_of(p, value, digits, &text);
        kith_sink_write(sink, &start, sizeof start);
    }
    TRY(kith_spool_rewind(p->values, err));
    for (int64_t i = 0; i < p->nodes; i++) {
        size_t length;

        TRY(kith_spool_read(p->values, &value, sizeof value, err));
        length = label_of(p, value, digits, &text);
        kith_sink_write(sink, text, length);
    }
    return KITH_OK;
}

static kith_status
write_ties(struct packing *p, kith_sink *sink, kith_error *err)
{
    kith_triple t;
    bool more = true;

    TRY(kith_sorter_begin(p->ties, err));
    for (;;) {
        TRY(kith_sorter_next(p->ties, &t, &more, err));
        if (!more)
            break;
        kith_sink_write(sink, &t, 2 * sizeof t.a);
        if (p->weighted)
            TRY(kith_spool_write(p->weights, &t.c, sizeof t.c, err));
    }
    if (!p->weighted)
        return KITH_OK;
    TRY(kith_spool_rewind(p->weights, err));
    for (uint64_t i = 0; i < p->h.ties; i++) {
        TRY(kith_spool_read(p->weights, &t.c, sizeof t.c, err));
        kith_sink_write(sink, &t.c, sizeof t.c);
    }
    return KITH_OK;
}

static kith_status
write_file(struct packing *p, kith_sink *sink, kith_error *err)
{
    kith_packed_header *h = &p->h;

    memcpy(h->magic, KITH_PACKED_MAGIC, sizeof h->magic);
    h->order = KITH_PACKED_ORDER;
    h->version = KITH_PACKED_VERSION;
    h->nodes = (uint64_t)p->nodes;
    h->ends = sizeof *h;
    h->weights = p->weighted ? h->ends + 16 * h->ties : 0;
    h->starts = h->ends + (p->weighted ? 24 : 16) * h->ties;
    h->text = h->starts + 8 * (h->nodes + 1);
    h->size = h->text + p->text;
    kith_sink_write(sink, h, sizeof *h);
    TRY(write_ties(p, sink, err));
    TRY(write_labels(p, sink, err));
    return kith_sink_commit(sink, err);
}

kith_status
kith_pack(const char *path, const kith_pack_options *options, const char *into, kith_error *err)
{
    __attribute__((cleanup(clear))) struct packing p = {.o = options};
    g_autoptr(kith_source) source = NULL;
    g_autoptr(kith_sink) sink = NULL;

    p.folder = options->folder ? g_strdup(options->folder) : g_path_get_dirname(into);
    p.memory = (options->memory ? options->memory : USUAL_MEMORY) / 2;
    p.h.directed = !options->undirected;
    kith_labels_init(&p.words);
    TRY(kith_source_open(path, &source, err));
    TRY(kith_sink_open(into, &sink, err));
    TRY(read_links(&p, source, err));
    p.ties = kith_sorter_new(p.folder, p.memory);
    TRY(p.numbers ? join_numbers(&p, err) : join_words(&p, err));
    if (p.weighted && !(p.weights = kith_spool_new(p.folder, err)))
        return KITH_ERR_IO;
    return write_file(&p, sink, err);
}
