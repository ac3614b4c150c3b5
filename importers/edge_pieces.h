/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_pieces.h - what was read of one block, and how pieces become the columns of a graph. */
#ifndef KITH_IMPORTERS_EDGE_PIECES_H
#define KITH_IMPORTERS_EDGE_PIECES_H

#include "base/labels.h"
#include "edge_row.h"

/* Arrays that a piece has used once and may use again: fresh pages cost more than parsing. */
typedef struct kith_piece_store {
    uint32_t *line;
    double *weight;
    kith_time *when;
} kith_piece_store;

typedef struct kith_piece {
    kith_piece_store store;
    bool failed;  /* no memory */
    bool numbers; /* ends are labels; otherwise numbers of the worker's words */
    int worker;
    int64_t n, room;
    size_t length;    /* of the block in bytes */
    uint32_t lines;   /* of this block */
    uint32_t *end;    /* from, to, from, to …; NULL: they are in `wide` */
    uint64_t *wide;   /* labels too large for that */
    uint64_t largest; /* label */
    uint32_t *line;   /* within the block; NULL: first, first + 1 … */
    uint32_t first;
    double *weight;  /* NULL: none but 1 so far */
    kith_time *when; /* NULL: none so far */
} kith_piece;

/* Ties first … first + n - 1 of the columns came from one block. */
typedef struct kith_stretch {
    int64_t first, n;
    int worker;
    bool numbers;
} kith_stretch;

typedef struct kith_scanner {
    kith_source *source;
    const kith_edge_scan *scan;
    int threads;
    bool numbers;
    int64_t bytes;    /* of the blocks so far */
    int64_t expected; /* ties in all, a guess; 0: not guessed yet */
    int64_t lines, room, line_room, weight_room, when_room;
    uint64_t largest;
    kith_edges *edges; /* filled block by block; ends are labels or words until they are joined */
    uint64_t *
        wide; /* from, to, from, to … when a label has more than 32 bits; then edges' ends are not filled */
    int64_t wide_room;
    GArray *stretches;
    GPtrArray *spare;   /* pieces to be used again */
    GMutex lock;        /* of the spare ones */
    kith_labels *words; /* by worker */
} kith_scanner;

/* @param numbers whether labels seem to be numbers */
void kith_scanner_init(kith_scanner *scanner, kith_source *source, const kith_edge_scan *scan,
                       bool numbers);
/* Clearing {0} is fine. */
void kith_scanner_clear(kith_scanner *scanner);

/* A piece for a block of that length, from the spare ones if there is one; and back among them. */
kith_piece *kith_piece_take(kith_scanner *scanner, size_t length, int worker);
void kith_piece_give(kith_scanner *scanner, kith_piece *piece);
void kith_piece_free(void *piece);

/** Puts a piece behind what was read so far. @return false when there is no memory */
bool kith_piece_append(kith_scanner *scanner, const kith_piece *piece);

/* Makes room for what only some files have: labels beyond 32 bits, rows that are not on consecutive lines, values. */
void kith_piece_widen(kith_piece *piece);
void kith_piece_keep_lines(kith_piece *piece);
void kith_piece_keep_values(kith_piece *piece, const kith_edge_row *row);

/* Whether all that a row needs in it is its two ends, when it is on this line. */
static inline bool
kith_piece_is_plain(kith_piece *piece, uint32_t line)
{
    if (piece->n == 0)
        piece->first = line;
    return piece->end && !piece->line && !piece->weight && !piece->when &&
           line == piece->first + piece->n;
}

static inline void
kith_piece_note(kith_piece *piece, const kith_edge_row *row, uint32_t line)
{
    if (piece->n == 0)
        piece->first = line;
    else if (!piece->line && line != piece->first + piece->n)
        kith_piece_keep_lines(piece);
    if (piece->line)
        piece->line[piece->n] = line;
    if (row->weight != 1 || row->when != KITH_TIME_NONE || piece->weight || piece->when)
        kith_piece_keep_values(piece, row);
    piece->n++;
}

static inline void
kith_piece_add(kith_piece *piece, uint32_t from, uint32_t to, const kith_edge_row *row,
               uint32_t line)
{
    piece->end[2 * piece->n] = from;
    piece->end[2 * piece->n + 1] = to;
    kith_piece_note(piece, row, line);
}

static inline void
kith_piece_add_numbers(kith_piece *piece, uint64_t from, uint64_t to, const kith_edge_row *row,
                       uint32_t line)
{
    piece->largest = MAX(piece->largest, MAX(from, to));
    if (piece->largest > UINT32_MAX && !piece->wide)
        kith_piece_widen(piece);
    if (piece->wide) {
        piece->wide[2 * piece->n] = from;
        piece->wide[2 * piece->n + 1] = to;
        kith_piece_note(piece, row, line);
    } else {
        kith_piece_add(piece, (uint32_t)from, (uint32_t)to, row, line);
    }
}

/** Gives labels their numbers. @return KITH_ERR_NO_MEMORY */
kith_status kith_scanner_join(kith_scanner *scanner, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_scanner, kith_scanner_clear)

#endif
