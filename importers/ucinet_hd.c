/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ucinet-hd - a matrix of UCINET 6: NAME.##h says its size and labels, NAME.##d beside it holds the numbers.
 *
 * The layout is not documented by its makers; this is what readers of the format agree on: a length byte, 'V' and four
 * digits, the date (year, month, day, weekday) and the kind of labels as 16-bit numbers, the type of the numbers, the count
 * of dimensions, each of them in 32 bits (columns, rows, levels), a title, a flag for each dimension with labels, and the
 * labels as 16-bit length and UTF-16LE. The numbers are 32-bit floats, row by row. A cell that is 0 or missing is no tie.
 */
#include "base/base.h"
#include "base/limits.h"
#include "base/text.h"
#include "cells.h"
#include <math.h>
#include <string.h>

#define BEGINNING 19 /* bytes before the dimensions */
#define MISSING 1e37 /* what UCINET writes for a cell without a number */

struct header {
    const guint8 *at, *end;
    int64_t columns, rows, levels;
    GPtrArray *labels[2]; /* of columns, of rows; NULL where there are none */
};

static void
header_clear(struct header *h)
{
    g_clear_pointer(&h->labels[0], g_ptr_array_unref);
    g_clear_pointer(&h->labels[1], g_ptr_array_unref);
}

static bool
is_header(const char *head, size_t length)
{
    if (length < BEGINNING + 8 || head[1] != 'V')
        return false;
    for (int i = 2; i < 6; i++)
        if (!g_ascii_isdigit(head[i]))
            return false;
    return head[17] >= 1 && head[17] <= 3 && head[18] == 0;
}

static int
probe(const char *head, size_t length, const char *name)
{
    (void)name;
    return is_header(head, length) ? 95 : 0;
}

static uint32_t
number(struct header *h, int bytes)
{
    uint32_t value = 0;

    for (int i = 0; i < bytes; i++)
        value |= (uint32_t)h->at[i] << 8 * i;
    h->at += bytes;
    return value;
}

static bool
has(const struct header *h, int64_t bytes)
{
    return h->end - h->at >= bytes;
}

static kith_status
read_labels(struct header *h, int which, int64_t n, kith_source *source, kith_error *err)
{
    h->labels[which] = g_ptr_array_new_with_free_func(g_free);
    for (int64_t i = 0; i < n; i++) {
        uint32_t bytes = has(h, 2) ? number(h, 2) : UINT32_MAX;

        if (bytes == UINT32_MAX || !has(h, bytes))
            return kith_source_fail(
                source, err, "the file ends within its labels (expected %" G_GINT64_FORMAT ")", n);
        g_autofree char *marked = g_malloc(bytes + 2);

        memcpy(marked, "\xff\xfe", 2);
        memcpy(marked + 2, h->at, bytes);
        h->at += bytes;
        g_ptr_array_add(h->labels[which], kith_text_to_utf8(marked, bytes + 2, NULL));
    }
    return KITH_OK;
}

static kith_status
read_header(struct header *h, kith_source *source, kith_error *err)
{
    int dimensions;
    uint32_t flags = 0, title;

    if (!is_header((const char *)h->at, (size_t)(h->end - h->at)))
        return kith_source_fail(source, err,
                                "not a header of UCINET (expected a version such as V6404)");
    dimensions = h->at[17];
    h->at += BEGINNING;
    if (!has(h, 4 * dimensions + 1))
        return kith_source_fail(source, err, "the file ends within its sizes");
    h->columns = number(h, 4);
    h->rows = dimensions > 1 ? number(h, 4) : h->columns;
    h->levels = dimensions > 2 ? number(h, 4) : 1;
    title = number(h, 1);
    if (!has(h, title + (int64_t)dimensions))
        return kith_source_fail(source, err, "the file ends within its title");
    h->at += title;
    for (int i = 0; i < dimensions; i++)
        flags |= number(h, 1) ? 1u << i : 0;
    if (h->columns < 1 || h->rows < 1 || h->columns > kith_limit(KITH_LIMIT_MATRIX) ||
        h->rows > kith_limit(KITH_LIMIT_MATRIX) || h->levels < 1)
        return kith_source_fail(source, err,
                                "a matrix of %" G_GINT64_FORMAT " rows and %" G_GINT64_FORMAT
                                " columns (expected 1 to %d of each)",
                                h->rows, h->columns, (int)kith_limit(KITH_LIMIT_MATRIX));
    if (flags & 1)
        TRY(read_labels(h, 0, h->columns, source, err));
    if (flags & 2)
        TRY(read_labels(h, 1, h->rows, source, err));
    return KITH_OK;
}

static kith_status
read_all(kith_source *source, GByteArray *out, kith_error *err)
{
    guint8 block[4096];
    size_t got;

    do {
        TRY(kith_source_read(source, block, sizeof block, &got, err));
        g_byte_array_append(out, block, (guint)got);
    } while (got && out->len < 1u << 30);
    return KITH_OK;
}

/* The numbers beside the header: the same name with a d. @return yours, NULL when it is not called like a header */
static char *
path_of_numbers(const char *header)
{
    char *path = g_strdup(header), *last = *path ? path + strlen(path) - 1 : path;

    if (*last == 'h' || *last == 'H') {
        *last = *last == 'h' ? 'd' : 'D';
        return path;
    }
    g_free(path);
    return NULL;
}

static kith_status
read_numbers(kith_source *source, const struct header *h, GByteArray *out, kith_error *err)
{
    g_autofree char *path = path_of_numbers(kith_source_name(source));
    g_autoptr(kith_source) numbers = NULL;

    if (!path)
        return kith_source_fail(source, err,
                                "a header without its numbers (expected NAME.##h beside NAME.##d)");
    TRY(kith_source_open(path, &numbers, err));
    TRY(read_all(numbers, out, err));
    if ((int64_t)out->len < 4 * h->rows * h->columns)
        return kith_fail_at(err, KITH_ERR_PARSE, path, 0, 0,
                            "%u bytes (expected %" G_GINT64_FORMAT ", a number for each cell)",
                            out->len, 4 * h->rows * h->columns);
    return KITH_OK;
}

static kith_mention
declare(kith_graph_file *file, const struct header *h, int which, int64_t i, kith_node_kind kind)
{
    const GPtrArray *labels = h->labels[which] ? h->labels[which] : h->labels[1 - which];
    g_autofree char *place = g_strdup_printf("%" G_GINT64_FORMAT, i + 1);
    bool named = labels && i < labels->len && *(const char *)labels->pdata[i];

    return kith_graph_file_label(file, kind, named ? labels->pdata[i] : place);
}

static kith_status
fill(kith_cells *cells, const struct header *h, const GByteArray *numbers, kith_source *source,
     kith_error *err)
{
    for (int64_t r = 0; r < h->rows; r++)
        for (int64_t c = 0; c < h->columns; c++) {
            float value;

            memcpy(&value, numbers->data + 4 * (r * h->columns + c), sizeof value);
            if (isnan(value) || value >= MISSING)
                continue;
            if (value < 0 || isinf(value))
                return kith_source_fail(source, err,
                                        "bad weight %g in row %" G_GINT64_FORMAT
                                        ", column %" G_GINT64_FORMAT " (expected 0 or more)",
                                        (double)value, r + 1, c + 1);
            kith_cells_add(cells, source, r, c, (double)value);
        }
    return KITH_OK;
}

static kith_status
read_ucinet(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GByteArray) numbers = g_byte_array_new();
    __attribute__((cleanup(header_clear))) struct header h = {0};
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_cells) cells = {0};
    bool two_mode;

    TRY(read_all(source, bytes, err));
    h.at = h.end = bytes->data; /* NULL for an empty file */
    if (bytes->len > 0)
        h.end += bytes->len;
    TRY(read_header(&h, source, err));
    TRY(read_numbers(source, &h, numbers, err));
    if (h.levels > 1)
        kith_source_warn(source, "%" G_GINT64_FORMAT " relations; the first one is read", h.levels);
    two_mode = h.rows != h.columns;
    kith_graph_file_init(&file, source, options, into);
    kith_cells_init(&cells, two_mode);
    for (int64_t r = 0; r < h.rows; r++)
        kith_cells_row(&cells, r, declare(&file, &h, 1, r, KITH_PERSON));
    for (int64_t c = 0; two_mode && c < h.columns; c++)
        kith_cells_column(&cells, c, declare(&file, &h, 0, c, KITH_EVENT));
    file.own_records = true;
    for (int64_t r = 0; r < h.rows; r++)
        kith_source_record(source);
    TRY(fill(&cells, &h, numbers, source, err));
    TRY(kith_cells_give(&cells, &file, false, NULL, err));
    return kith_graph_file_finish(&file, err);
}

const kith_importer kith_importer_ucinet_hd = {
    .name = "ucinet-hd",
    .summary = "a matrix of UCINET 6, NAME.##h with NAME.##d beside it",
    .extensions = "##h",
    .also = path_of_numbers,
    .probe = probe,
    .read = read_ucinet,
};
