/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_scan.c - blocks of rows become pieces of columns, side by side; edge_join.c puts the pieces together. */
#include "edge_scan.h"
#include "base/base.h"
#include "base/blocks.h"
#include "base/source.h"
#include "edge_pieces.h"
#include <string.h>

/* Rows read ahead of their look-ups: the table's lines come into the cache meanwhile. */
#define AHEAD 32

/* A row that waits for the numbers of its labels. */
struct waiting {
    kith_edge_row row;
    uint64_t from_hash, to_hash;
    const char *start;
    uint32_t line;
};

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Says that the row at `start` is not for us. */
static void
stop_at(kith_block *block, kith_piece *piece, const char *start, uint32_t line)
{
    block->used = (size_t)(start - block->text);
    piece->lines = line - 1;
}

/* Digits one by one, of which there are more than seven. */
static const char *
read_many_digits(const char *p, uint64_t *out)
{
    const char *start = p;
    uint64_t value = 0;
    unsigned digit;

    while ((digit = (unsigned)*p - '0') <= 9) {
        value = value * 10 + digit;
        p++;
    }
    *out = value;
    return p - start > 18 || *start == '0' ? NULL : p;
}

/*
 * Digits up to a blank, separator or line end, eight bytes at once: how many there are nobody can foretell, so that a loop
 * costs more by its end than by its work. A block has room to read ahead.
 * @return where they end, NULL for anything but a label that is a number
 */
static inline const char *
read_digits(const char *p, uint64_t *out)
{
    uint64_t word, other;
    unsigned bits;

    memcpy(&word, p, 8);
    word = GUINT64_FROM_LE(word) ^ UINT64_C(0x3030303030303030);
    other = ((word + UINT64_C(0x7676767676767676)) | word) & UINT64_C(0x8080808080808080);
    if (G_UNLIKELY(other == 0))
        return read_many_digits(p, out);
    bits = (unsigned)__builtin_ctzll(other) & ~7u; /* of the digits */
    if (G_UNLIKELY(bits == 0 || (bits > 8 && (word & 0xff) == 0)))
        return NULL;
    word <<= 64 - bits; /* zeros in front */
    word = word * 10 + (word >> 8);
    word = ((word & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
            (word >> 16 & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x0000271000000001)) >>
           32;
    *out = word;
    return p + bits / 8;
}

static inline const char *
skip_separator(char separator, const char *p)
{
    const char *start = p;

    if (separator == ' ') {
        while (is_blank(*p))
            p++;
        return p > start ? p : NULL;
    }
    while (*p == ' ')
        p++;
    if (*p++ != separator)
        return NULL;
    while (*p == ' ')
        p++;
    return p;
}

/* Two numbers at the start of a line. @return where the second ends, NULL when it is no such line */
static inline const char *
read_two(const kith_edge_scan *scan, const char *p, uint64_t *from, uint64_t *to)
{
    while (is_blank(*p))
        p++;
    if (!(p = read_digits(p, from)) || !(p = skip_separator(scan->separator, p)))
        return NULL;
    return read_digits(p, to);
}

/* Lines of two numbers and nothing else, as long as they come. @return where the first other line begins */
static const char *
parse_pairs(const kith_edge_scan *scan, kith_piece *piece, const char *p, const char *end,
            uint32_t *line)
{
    uint64_t from, to, largest = piece->largest;
    int64_t n = piece->n;
    const char *stop;

    if (!kith_piece_is_plain(piece, *line))
        return p;
    for (; p < end; p = stop + 1) {
        stop = read_two(scan, p, &from, &to);
        if (!stop || *stop != '\n' || stop >= end || (from | to) > UINT32_MAX)
            break;
        piece->end[2 * n] = (uint32_t)from;
        piece->end[2 * n + 1] = (uint32_t)to;
        largest = MAX(largest, MAX(from, to));
        n++;
    }
    *line += (uint32_t)(n - piece->n);
    piece->n = n;
    piece->largest = largest;
    return p;
}

/* Lines of two numbers need no fields; all others go through the row. */
static void
parse_numbers(kith_scanner *s, kith_block *block, kith_piece *piece)
{
    const char *p = block->text, *end = p + block->length, *start, *stop;
    uint32_t line = 1;

    for (; p < end; line++, p = stop + 1) {
        kith_edge_row row = {.weight = 1, .when = KITH_TIME_NONE};
        kith_row_kind kind = KITH_ROW_EDGE;
        uint64_t from, to;

        if (!s->scan->table && (p = parse_pairs(s->scan, piece, p, end, &line)) >= end)
            break;
        start = p;
        stop = s->scan->table ? NULL : read_two(s->scan, p, &from, &to);
        if (stop && *stop != '\n') {
            p = stop;
            stop = memchr(p, '\n', (size_t)(end + 1 - p));
            kind = is_blank(*p) || *p == s->scan->separator || (*p == '\r' && p + 1 == stop)
                       ? kith_edge_row_tail(s->scan, p, stop, &row)
                       : KITH_ROW_UNUSUAL;
        } else if (!stop) {
            stop = memchr(p, '\n', (size_t)(end + 1 - p));
            kind = kith_edge_row_read(s->scan, p, stop, &row);
            if (kind == KITH_ROW_EDGE &&
                (!kith_edge_label_number(row.from, &from) || !kith_edge_label_number(row.to, &to)))
                kind = KITH_ROW_UNUSUAL;
        }
        if (kind == KITH_ROW_UNUSUAL || (block->cut && stop >= end)) {
            stop_at(block, piece, start, line);
            return;
        }
        if (kind == KITH_ROW_EDGE)
            kith_piece_add_numbers(piece, from, to, &row, line);
    }
    piece->lines = line - 1;
}

/* Looks up the labels of rows that waited. @return the first row that is not for us, n when all are */
static int
look_up(kith_scanner *s, kith_labels *words, kith_piece *piece, const struct waiting *all, int n)
{
    uint32_t soon[AHEAD][2];

    for (int i = 0; i < n; i++) {
        soon[i][0] = kith_labels_prefetch_start(words, all[i].from_hash);
        soon[i][1] = kith_labels_prefetch_start(words, all[i].to_hash);
    }
    for (int i = 0; i < n; i++) {
        kith_labels_prefetch_text(words, soon[i][0]);
        kith_labels_prefetch_text(words, soon[i][1]);
    }
    for (int i = 0; i < n; i++) {
        const kith_edge_row *row = &all[i].row;
        uint32_t known = words->n, from, to;

        from = kith_labels_number(words, row->from.text, row->from.length, all[i].from_hash);
        if (from == known && !kith_edge_label_usual(s->scan, row->from))
            return i;
        known = words->n;
        to = kith_labels_number(words, row->to.text, row->to.length, all[i].to_hash);
        if ((to == known && !kith_edge_label_usual(s->scan, row->to)) || from == UINT32_MAX ||
            to == UINT32_MAX)
            return i;
        kith_piece_add(piece, from, to, row, all[i].line);
    }
    return n;
}

static void
parse_words(kith_scanner *s, kith_labels *words, kith_block *block, kith_piece *piece)
{
    const char *p = block->text, *end = p + block->length, *stop;
    struct waiting ahead[AHEAD];
    uint32_t line = 1;
    int n = 0, done;

    for (; p < end; line++, p = stop + 1) {
        struct waiting *w = &ahead[n];
        kith_row_kind kind;

        stop = memchr(p, '\n', (size_t)(end + 1 - p));
        kind = kith_edge_row_read(s->scan, p, stop, &w->row);
        if (kind == KITH_ROW_UNUSUAL || (block->cut && stop >= end))
            break;
        if (kind == KITH_ROW_NOTHING)
            continue;
        w->start = p;
        w->line = line;
        w->from_hash = kith_labels_hash(w->row.from.text, w->row.from.length);
        w->to_hash = kith_labels_hash(w->row.to.text, w->row.to.length);
        kith_labels_prefetch(words, w->from_hash);
        kith_labels_prefetch(words, w->to_hash);
        if (++n < AHEAD)
            continue;
        if ((done = look_up(s, words, piece, ahead, n)) < n) {
            stop_at(block, piece, ahead[done].start, ahead[done].line);
            return;
        }
        n = 0;
    }
    if ((done = look_up(s, words, piece, ahead, n)) < n)
        stop_at(block, piece, ahead[done].start, ahead[done].line);
    else
        stop_at(block, piece, MIN(p, end), line);
}

static void
parse(void *payload, kith_block *block, int worker)
{
    kith_scanner *s = payload;
    kith_piece *piece = kith_piece_take(s, block->length, worker);

    block->used = block->length;
    block->made = piece;
    if (piece->failed)
        block->used = 0;
    else if (s->numbers)
        parse_numbers(s, block, piece);
    else
        parse_words(s, &s->words[worker], block, piece);
}

static kith_status
take(void *payload, kith_block *block, kith_error *err)
{
    kith_scanner *s = payload;
    kith_piece *piece = block->made;

    bool fine = !piece->failed && kith_piece_append(s, piece);

    kith_source_at(s->source, s->lines, 1);
    kith_source_records_add(s->source, piece->n);
    kith_piece_give(s, piece);
    if (!fine)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for a graph of this size");
    if (s->edges->ties >= UINT32_MAX)
        return kith_fail_at(err, KITH_ERR_LIMIT, kith_source_name(s->source), s->lines, 1,
                            "more than %u ties", UINT32_MAX - 1);
    return KITH_OK;
}

static void
drop(void *payload, kith_block *block)
{
    kith_piece_give(payload, block->made);
}

/* Whether the first rows' labels are numbers. */
static bool
are_numbers(const kith_edge_scan *scan, const char *first, size_t length)
{
    const char *end = first + length, *stop;
    int seen = 0;

    for (const char *p = first; p < end && (stop = memchr(p, '\n', (size_t)(end - p)));
         p = stop + 1) {
        kith_edge_row row;
        uint64_t number;
        kith_row_kind kind = kith_edge_row_read(scan, p, stop, &row);

        if (kind == KITH_ROW_NOTHING)
            continue;
        if (kind == KITH_ROW_UNUSUAL || !kith_edge_label_number(row.from, &number) ||
            !kith_edge_label_number(row.to, &number))
            return false;
        seen++;
    }
    return seen > 0;
}

/* Where a label that is no number turns up, words take over from that row. */
static kith_status
read_blocks(kith_scanner *s, bool *whole, kith_error *err)
{
    const kith_block_reader reader = {
        .parse = parse, .take = take, .drop = drop, .payload = s, .threads = s->threads};

    for (;;) {
        TRY(kith_blocks_read(s->source, &reader, whole, err));
        if (*whole || !s->numbers || s->wide)
            return KITH_OK;
        s->numbers = false;
    }
}

kith_status
kith_edge_scan_read(kith_source *source, const kith_edge_scan *scan, const char *first,
                    size_t length, kith_edges **out, int64_t *rest, kith_error *err)
{
    g_auto(kith_scanner) s = {0};
    bool whole = true;

    kith_scanner_init(&s, source, scan, are_numbers(scan, first, length));
    TRY(read_blocks(&s, &whole, err));
    *rest = whole ? 0 : s.lines + 1;
    TRY(kith_scanner_join(&s, err));
    *out = g_steal_pointer(&s.edges);
    return KITH_OK;
}
