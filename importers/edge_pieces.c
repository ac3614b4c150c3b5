/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_pieces.c - the columns of one block. */
#include "edge_pieces.h"
#include "base/blocks.h"
#include "base/source.h"

/* A tenth of a second for one thread. */
#define MUCH_NUMBERS ((int64_t)32 << 20)
#define MUCH_WORDS ((int64_t)8 << 20)

void
kith_scanner_init(kith_scanner *s, kith_source *source, const kith_edge_scan *scan, bool numbers)
{
    *s = (kith_scanner){.source = source, .scan = scan, .lines = scan->line, .numbers = numbers};
    s->threads = kith_block_threads(scan->threads, source, numbers ? MUCH_NUMBERS : MUCH_WORDS);
    s->stretches = g_array_new(FALSE, FALSE, sizeof(kith_stretch));
    s->spare = g_ptr_array_new_with_free_func(kith_piece_free);
    g_mutex_init(&s->lock);
    s->edges = kith_edges_new();
    s->edges->undirected = scan->undirected;
    s->edges->threads = s->threads;
    s->words = g_new0(kith_labels, s->threads);
    for (int i = 0; i < s->threads; i++)
        kith_labels_init(&s->words[i]);
}

void
kith_scanner_clear(kith_scanner *s)
{
    if (!s->stretches)
        return;
    g_array_unref(s->stretches);
    g_ptr_array_unref(s->spare);
    g_mutex_clear(&s->lock);
    kith_edges_unref(s->edges);
    kith_big_free(s->wide);
    for (int i = 0; i < s->threads; i++)
        kith_labels_clear(&s->words[i]);
    g_free(s->words);
}

#define FEW (1 << 14) /* ties of a small file */

/* The shortest row is "1 2" and a line feed. */
kith_piece *
kith_piece_take(kith_scanner *s, size_t length, int worker)
{
    int64_t room = (int64_t)length / 4 + 1;
    kith_piece *piece;

    g_mutex_lock(&s->lock);
    piece = s->spare->len ? g_ptr_array_steal_index_fast(s->spare, s->spare->len - 1) : NULL;
    g_mutex_unlock(&s->lock);
    if (!piece || piece->room < room || !piece->end) {
        kith_piece_free(piece);
        piece = g_new0(kith_piece, 1);
        piece->room = room;
        piece->end = KITH_RAW(uint32_t, 2 * room);
    }
    kith_big_free(g_steal_pointer(&piece->wide));
    piece->line = NULL;
    piece->weight = NULL;
    piece->when = NULL;
    piece->n = 0;
    piece->lines = 0;
    piece->length = length;
    piece->largest = 0;
    piece->numbers = s->numbers;
    piece->worker = worker;
    piece->failed = !piece->end;
    return piece;
}

void
kith_piece_give(kith_scanner *s, kith_piece *piece)
{
    g_mutex_lock(&s->lock);
    g_ptr_array_add(s->spare, piece);
    g_mutex_unlock(&s->lock);
}

void
kith_piece_free(void *data)
{
    kith_piece *piece = data;

    if (!piece)
        return;
    kith_big_free(piece->end);
    kith_big_free(piece->wide);
    kith_big_free(piece->store.line);
    kith_big_free(piece->store.weight);
    kith_big_free(piece->store.when);
    g_free(piece);
}

/* Small arrays of a block's size; when even those cannot be had there is nothing to save. */
static void *
need(void *store, size_t n, size_t size)
{
    return store ? store : kith_big_need(kith_big_raw(n, size), n, size);
}

void
kith_piece_widen(kith_piece *piece)
{
    piece->wide = need(NULL, (size_t)(2 * piece->room), sizeof *piece->wide);
    for (int64_t i = 0; i < 2 * piece->n; i++)
        piece->wide[i] = piece->end[i];
    kith_big_free(g_steal_pointer(&piece->end));
}

void
kith_piece_keep_lines(kith_piece *piece)
{
    piece->line = piece->store.line =
        need(piece->store.line, (size_t)piece->room, sizeof *piece->line);
    for (int64_t i = 0; i < piece->n; i++)
        piece->line[i] = piece->first + (uint32_t)i;
}

void
kith_piece_keep_values(kith_piece *piece, const kith_edge_row *row)
{
    if (!piece->weight && row->weight != 1) {
        piece->weight = piece->store.weight =
            need(piece->store.weight, (size_t)piece->room, sizeof *piece->weight);
        for (int64_t i = 0; i < piece->n; i++)
            piece->weight[i] = 1;
    }
    if (!piece->when && row->when != KITH_TIME_NONE) {
        piece->when = piece->store.when =
            need(piece->store.when, (size_t)piece->room, sizeof *piece->when);
        for (int64_t i = 0; i < piece->n; i++)
            piece->when[i] = KITH_TIME_NONE;
    }
    if (piece->weight)
        piece->weight[piece->n] = row->weight;
    if (piece->when)
        piece->when[piece->n] = row->when;
}

/* Room for `need` elements: for as many as are expected, else half as much again when it has to grow; a small file gets what it takes. */
static bool
make_room(const kith_scanner *s, void *column, int64_t *room, int64_t need, size_t size)
{
    void **place = column, *larger;

    if (need <= *room && *place)
        return true;
    if (need <= s->expected)
        *room = s->expected;
    else
        *room = !*place && need < FEW ? need : MAX(need + need / 2, 1 << 16);
    larger = kith_big_grow(*place, (size_t)*room, size);
    if (larger)
        *place = larger;
    return larger != NULL;
}

/* NOLINTBEGIN(clang-analyzer-core.NullDereference): make_room() sets the columns through their addresses. */
static bool
append_wide(kith_scanner *s, const kith_piece *piece)
{
    kith_edges *e = s->edges;
    bool fresh = !s->wide;

    if (!make_room(s, &s->wide, &s->wide_room, 2 * (e->ties + piece->n), sizeof *s->wide))
        return false;
    for (int64_t i = 0; fresh && i < e->ties; i++) {
        s->wide[2 * i] = e->from[i];
        s->wide[2 * i + 1] = e->to[i];
    }
    for (int64_t i = 0; i < 2 * piece->n; i++)
        s->wide[2 * e->ties + i] = piece->wide ? piece->wide[i] : piece->end[i];
    return true;
}

static bool
append_ends(kith_scanner *s, const kith_piece *piece)
{
    kith_edges *e = s->edges;
    int64_t room = s->room;

    if (!make_room(s, &e->from, &room, e->ties + piece->n, sizeof *e->from) ||
        !make_room(s, &e->to, &s->room, e->ties + piece->n, sizeof *e->to))
        return false;
    if (piece->wide || s->wide)
        return append_wide(s, piece);
    for (int64_t i = 0; i < piece->n; i++) {
        e->from[e->ties + i] = piece->end[2 * i];
        e->to[e->ties + i] = piece->end[2 * i + 1];
    }
    return true;
}

/* Lines are only kept from the first tie on that is not on the line behind the one before. */
static bool
append_lines(kith_scanner *s, const kith_piece *piece)
{
    kith_edges *e = s->edges;
    bool fresh = !e->line;

    if (piece->n == 0)
        return true;
    if (e->ties == 0)
        e->first_line = s->lines + piece->first;
    if (fresh && !piece->line && e->first_line + e->ties == s->lines + piece->first)
        return true;
    if (!make_room(s, &e->line, &s->line_room, e->ties + piece->n, sizeof *e->line))
        return false;
    for (int64_t i = 0; fresh && i < e->ties; i++)
        e->line[i] = (uint32_t)MIN(e->first_line + i, UINT32_MAX);
    for (int64_t i = 0; i < piece->n; i++) {
        int64_t line = s->lines + (piece->line ? piece->line[i] : piece->first + i);

        e->line[e->ties + i] = (uint32_t)MIN(line, UINT32_MAX);
    }
    return true;
}

static bool
append_values(kith_scanner *s, const kith_piece *piece)
{
    kith_edges *e = s->edges;
    bool fresh_weight = !e->weight, fresh_when = !e->when;

    if (piece->weight || e->weight) {
        if (!make_room(s, &e->weight, &s->weight_room, e->ties + piece->n, sizeof *e->weight))
            return false;
        for (int64_t i = 0; fresh_weight && i < e->ties; i++)
            e->weight[i] = 1;
        for (int64_t i = 0; i < piece->n; i++)
            e->weight[e->ties + i] = piece->weight ? piece->weight[i] : 1;
    }
    if (piece->when || e->when) {
        if (!make_room(s, &e->when, &s->when_room, e->ties + piece->n, sizeof *e->when))
            return false;
        for (int64_t i = 0; fresh_when && i < e->ties; i++)
            e->when[i] = KITH_TIME_NONE;
        for (int64_t i = 0; i < piece->n; i++)
            e->when[e->ties + i] = piece->when ? piece->when[i] : KITH_TIME_NONE;
    }
    return true;
}
/* NOLINTEND(clang-analyzer-core.NullDereference) */

/* A piece tells how many ties a byte has in what is left of the file, and some more. A wrong guess costs a page, or a copy. */
static void
expect(kith_scanner *s, const kith_piece *piece)
{
    double left = (double)(kith_source_size(s->source) - s->bytes);

    if (left > 0 && piece->n > 100)
        s->expected =
            s->edges->ties +
            (int64_t)MIN(1.05 * (double)piece->n * left / (double)piece->length + 4096, 4e9);
}

bool
kith_piece_append(kith_scanner *s, const kith_piece *piece)
{
    kith_stretch stretch = {s->edges->ties, piece->n, piece->worker, piece->numbers};

    if (s->edges->ties + piece->n > s->expected)
        expect(s, piece);
    s->bytes += (int64_t)piece->length;
    if (!append_ends(s, piece) || !append_lines(s, piece) || !append_values(s, piece))
        return false;
    s->largest = MAX(s->largest, piece->largest);
    g_array_append_val(s->stretches, stretch);
    s->edges->ties += piece->n;
    s->lines += piece->lines;
    return true;
}
