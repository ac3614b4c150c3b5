/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_join.c - pieces in file order become one graph's columns; labels get their numbers. */
#include "base/base.h"
#include "base/big.h"
#include "base/integers.h"
#include "edge_pieces.h"
#include <string.h>

#define NOT_YET UINT32_MAX

/* Fewer ties than that are done before a second thread has started. */
#define FEW (1 << 17)

static kith_status
no_memory(kith_error *err)
{
    return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a graph of this size");
}

/* Decimal digits and a NUL. @return how many bytes */
static size_t
print_number(uint64_t value, char *out)
{
    char digits[24];
    size_t n = 0, length;

    do
        digits[n++] = (char)('0' + value % 10);
    while (value /= 10);
    for (length = n; n > 0;)
        *out++ = digits[--n];
    *out = '\0';
    return length + 1;
}

static bool
print_labels(const kith_integers *set, kith_edges *e)
{
    KITH_AUTOBIG uint64_t *all = KITH_RAW(uint64_t, e->nodes);
    size_t at = 0, room = 1;

    e->label = KITH_RAW(size_t, e->nodes);
    if (!all || !e->label)
        return false;
    kith_integers_list(set, all);
    for (uint64_t most = e->nodes ? all[e->nodes - 1] : 0; most > 0; most /= 10)
        room++;
    e->text = kith_big_raw((size_t)e->nodes, room + 1);
    if (!e->text)
        return false;
    for (int64_t i = 0; i < e->nodes; i++) {
        e->label[i] = at;
        at += print_number(all[i], e->text + at);
    }
    return true;
}

/* All labels into the set, then each label becomes its number. */
static kith_status
number_ends(kith_scanner *s, kith_integers *set, kith_error *err)
{
    kith_edges *e = s->edges;

    for (int64_t i = 0; s->wide && i < 2 * e->ties; i++)
        if (!kith_integers_add(set, s->wide[i]))
            return no_memory(err);
    if (!s->wide && (!kith_integers_add_all(set, e->from, e->ties) ||
                     !kith_integers_add_all(set, e->to, e->ties)))
        return no_memory(err);
    e->nodes = kith_integers_finish(set);
    if (e->nodes < 0 || !print_labels(set, e))
        return no_memory(err);
    for (int64_t i = 0; s->wide && i < e->ties; i++) {
        e->from[i] = kith_integers_rank(set, s->wide[2 * i]);
        e->to[i] = kith_integers_rank(set, s->wide[2 * i + 1]);
    }
    if (s->wide)
        return KITH_OK;
#pragma omp parallel for schedule(dynamic, 1) num_threads(e->threads)
    for (guint i = 0; i < s->stretches->len; i++) {
        const kith_stretch *one = &g_array_index(s->stretches, kith_stretch, i);

        kith_integers_rank_all(set, e->from + one->first, one->n);
        kith_integers_rank_all(set, e->to + one->first, one->n);
    }
    return KITH_OK;
}

static kith_status
join_numbers(kith_scanner *s, kith_error *err)
{
    g_autoptr(kith_integers) set = kith_integers_new(s->largest, 2 * (uint64_t)s->edges->ties);

    return set ? number_ends(s, set, err) : no_memory(err);
}

static uint32_t
add_number(kith_labels *all, uint64_t label)
{
    char text[40] = {0};
    size_t length = print_number(label, text) - 1;

    return kith_labels_number(all, text, length, kith_labels_hash(text, length));
}

static uint32_t
add_word(kith_labels *all, const kith_labels *words, uint32_t i)
{
    const char *text = words->text + words->start[i];
    size_t length = words->start[i + 1] - words->start[i] - 1;

    return kith_labels_number(all, text, length, kith_labels_hash(text, length));
}

/* A label of one stretch becomes its number among all; `map` keeps what was found for a worker's words. */
static void
number_words(const kith_scanner *s, const kith_stretch *one, uint32_t *end, kith_labels *all,
             uint32_t *const *map)
{
    for (int64_t i = one->first; i < one->first + one->n; i++) {
        uint32_t *known = one->numbers ? NULL : &map[one->worker][end[i]];

        if (known && *known == NOT_YET)
            *known = add_word(all, &s->words[one->worker], end[i]);
        end[i] = known ? *known : add_number(all, end[i]);
    }
}

static uint32_t **
maps_new(const kith_scanner *s)
{
    uint32_t **map = g_new0(uint32_t *, s->threads + 1);

    for (int w = 0; w < s->threads; w++) {
        map[w] = g_new(uint32_t, s->words[w].n + 1);
        memset(map[w], 0xff, (s->words[w].n + 1) * sizeof **map);
    }
    return map;
}

/* Room for the words of the worker that met most, and for some more: nearly all of them meet nearly all. */
static void
prepare_all(kith_scanner *s, kith_labels *all)
{
    size_t n = 0, bytes = 0;

    for (int w = 0; w < s->threads; w++) {
        n = MAX(n, s->words[w].n);
        bytes = MAX(bytes, s->words[w].start[s->words[w].n]);
        kith_labels_close(&s->words[w]);
    }
    kith_big_trim();
    kith_labels_init_for(all, n + n / 8, bytes + bytes / 8);
}

/* Only words of rows that were taken count: a row behind the one that stopped the reading was looked up as well. */
static void
join_words(kith_scanner *s)
{
    g_auto(kith_labels) all = {0};
    uint32_t **map = maps_new(s);

    prepare_all(s, &all);
    for (guint i = 0; i < s->stretches->len; i++) {
        const kith_stretch *one = &g_array_index(s->stretches, kith_stretch, i);

        number_words(s, one, s->edges->from, &all, map);
        number_words(s, one, s->edges->to, &all, map);
    }
    for (int w = 0; w < s->threads; w++)
        g_free(map[w]);
    g_free(map);
    s->edges->nodes = all.n;
    kith_labels_steal(&all, &s->edges->text, &s->edges->label);
}

kith_status
kith_scanner_join(kith_scanner *s, kith_error *err)
{
    s->edges->numbered = s->numbers;
    if (s->edges->ties < FEW)
        s->edges->threads = 1;
    if (s->numbers)
        return join_numbers(s, err);
    join_words(s);
    return KITH_OK;
}
