/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dl_header.c - what stands before "data:" in a UCINET DL file. */
#include "dl_header.h"
#include <string.h>

#define KEYWORDS ",=:" /* part words of the header; in labels and data ',' alone does, beside '=' */
#define LABELS ",="

static const struct {
    const char *name;
    kith_dl_format format;
} formats[] = {
    {"fullmatrix", KITH_DL_FULL_MATRIX},  {"fm", KITH_DL_FULL_MATRIX},
    {"upperhalf", KITH_DL_UPPER_HALF},    {"uh", KITH_DL_UPPER_HALF},
    {"lowerhalf", KITH_DL_LOWER_HALF},    {"lh", KITH_DL_LOWER_HALF},
    {"nodelist1", KITH_DL_NODE_LIST_1},   {"nl1", KITH_DL_NODE_LIST_1},
    {"nodelist1b", KITH_DL_NODE_LIST_1B}, {"nl1b", KITH_DL_NODE_LIST_1B},
    {"nodelist2", KITH_DL_NODE_LIST_2},   {"nl2", KITH_DL_NODE_LIST_2},
    {"edgelist1", KITH_DL_EDGE_LIST_1},   {"el1", KITH_DL_EDGE_LIST_1},
    {"edgelist2", KITH_DL_EDGE_LIST_2},   {"el2", KITH_DL_EDGE_LIST_2},
    {"edgelist", KITH_DL_EDGE_LIST_1},    {"nodelist", KITH_DL_NODE_LIST_1},
};

struct reader {
    kith_scan *scan;
    kith_dl_header *header;
    bool held; /* scan->word was looked at, not used */
};

void
kith_dl_header_clear(kith_dl_header *header)
{
    if (header->row_labels) {
        g_ptr_array_unref(header->row_labels);
        g_ptr_array_unref(header->column_labels);
        g_ptr_array_unref(header->matrix_labels);
    }
    *header = (kith_dl_header){0};
}

/* The next word, over line ends. */
static kith_status
next_word(struct reader *r, const char *expected, kith_error *err)
{
    kith_scan_kind kind = KITH_SCAN_LINE;

    if (r->held) {
        r->held = false;
        kith_scan_at_word(r->scan);
        return KITH_OK;
    }
    while (kind == KITH_SCAN_LINE)
        TRY(kith_scan_word(r->scan, &kind, err));
    if (kind == KITH_SCAN_WORD)
        return KITH_OK;
    return kith_source_fail(r->scan->source, err, "the end of the file (expected %s)", expected);
}

static bool
is(const struct reader *r, const char *word)
{
    return !r->scan->quoted && g_ascii_strcasecmp(r->scan->word->str, word) == 0;
}

static kith_status
read_size(struct reader *r, int64_t *out, kith_error *err)
{
    TRY(next_word(r, "a number", err));
    if (kith_scan_whole(r->scan->word->str, UINT32_MAX, out) && *out > 0)
        return KITH_OK;
    return kith_source_fail(r->scan->source, err, "found '%s' (expected a number above 0)",
                            r->scan->word->str);
}

static kith_status
read_format(struct reader *r, kith_error *err)
{
    TRY(next_word(r, "a format", err));
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (is(r, formats[i].name)) {
            r->header->format = formats[i].format;
            return KITH_OK;
        }
    return kith_source_fail(r->scan->source, err,
                            "the format '%s' (expected fullmatrix, upperhalf, lowerhalf, "
                            "nodelist1, nodelist1b, nodelist2, edgelist1 or edgelist2)",
                            r->scan->word->str);
}

static kith_status
read_diagonal(struct reader *r, kith_error *err)
{
    TRY(next_word(r, "present or absent", err));
    if (!is(r, "present") && !is(r, "absent"))
        return kith_source_fail(r->scan->source, err, "found '%s' (expected present or absent)",
                                r->scan->word->str);
    r->header->no_diagonal = is(r, "absent");
    return KITH_OK;
}

/* Whether the word just read, which ends at a ':', is a keyword of the header after all. */
static bool
ends_labels(struct reader *r)
{
    size_t n = r->scan->word->len;

    return !r->scan->quoted && n > 0 && r->scan->word->str[n - 1] == ':' &&
           (is(r, "data:") || is(r, "labels:"));
}

/* As many labels as there are rows, each in quotes or without blanks. */
static kith_status
read_labels(struct reader *r, GPtrArray *labels, int64_t n, kith_error *err)
{
    kith_status status = KITH_OK;

    if (n == 0)
        return kith_source_fail(r->scan->source, err,
                                "labels before their number is known (expected N= first)");
    g_ptr_array_set_size(labels, 0);
    while (kith_scan_peek(r->scan) == ':' || kith_scan_peek(r->scan) == ' ')
        kith_scan_take(r->scan);
    kith_scan_separators(r->scan, LABELS);
    while (status == KITH_OK && (int64_t)labels->len < n) {
        status = next_word(r, "a label", err);
        if (status == KITH_OK && ends_labels(r))
            status = kith_source_fail(
                r->scan->source, err,
                "the labels end with number %u (expected %" G_GINT64_FORMAT ")", labels->len, n);
        if (status == KITH_OK)
            g_ptr_array_add(labels, g_strdup(r->scan->word->str));
    }
    kith_scan_separators(r->scan, KEYWORDS);
    return status;
}

/* "labels: …", "labels embedded", each for rows, columns or both; "matrix labels: …". */
static kith_status
read_labels_of(struct reader *r, bool rows, bool columns, kith_error *err)
{
    kith_dl_header *h = r->header;

    /* What follows "labels:" on the same line is a label, not a keyword. */
    while (kith_scan_peek(r->scan) == ' ' || kith_scan_peek(r->scan) == '\t')
        kith_scan_take(r->scan);
    if (kith_scan_peek(r->scan) != ':') {
        TRY(next_word(r, "labels", err));
        if (is(r, "embedded")) {
            h->rows_embedded |= rows;
            h->columns_embedded |= columns;
            return KITH_OK;
        }
        return kith_source_fail(r->scan->source, err, "found '%s' (expected ':' or embedded)",
                                r->scan->word->str);
    }
    if (!rows && !columns)
        return read_labels(r, h->matrix_labels, h->matrices, err);
    if (rows && columns && h->two_mode)
        return kith_source_fail(r->scan->source, err,
                                "labels of a two-mode file (expected row labels or column labels)");
    return read_labels(r, rows ? h->row_labels : h->column_labels, rows ? h->rows : h->columns,
                       err);
}

static kith_status
read_side(struct reader *r, bool rows, bool columns, kith_error *err)
{
    TRY(next_word(r, "labels", err));
    if (!is(r, "labels"))
        return kith_source_fail(r->scan->source, err, "found '%s' (expected labels)",
                                r->scan->word->str);
    return read_labels_of(r, rows, columns, err);
}

static kith_status
read_keyword(struct reader *r, kith_error *err)
{
    kith_dl_header *h = r->header;

    if (is(r, "n")) {
        TRY(read_size(r, &h->rows, err));
        h->columns = h->rows;
        return KITH_OK;
    }
    if (is(r, "nr") || is(r, "nc")) {
        h->two_mode = true;
        return read_size(r, is(r, "nr") ? &h->rows : &h->columns, err);
    }
    if (is(r, "nm"))
        return read_size(r, &h->matrices, err);
    if (is(r, "format"))
        return read_format(r, err);
    if (is(r, "diagonal"))
        return read_diagonal(r, err);
    if (is(r, "labels"))
        return read_labels_of(r, true, true, err);
    if (is(r, "row") || is(r, "rows"))
        return read_side(r, true, false, err);
    if (is(r, "column") || is(r, "columns") || is(r, "col") || is(r, "cols"))
        return read_side(r, false, true, err);
    if (is(r, "matrix") || is(r, "level"))
        return read_side(r, false, false, err);
    if (is(r, "title"))
        return next_word(r, "a title", err);
    return kith_source_fail(r->scan->source, err,
                            "found '%s' (expected a keyword such as N, FORMAT, LABELS or DATA)",
                            r->scan->word->str);
}

static kith_status
check(struct reader *r, kith_error *err)
{
    kith_dl_header *h = r->header;

    h->two_mode =
        h->two_mode || h->format == KITH_DL_EDGE_LIST_2 || h->format == KITH_DL_NODE_LIST_2;
    if (h->rows == 0 && !h->rows_embedded)
        return kith_source_fail(r->scan->source, err, "no number of rows (expected N= or NR=)");
    if (h->columns == 0 && h->two_mode && !h->columns_embedded)
        return kith_source_fail(r->scan->source, err, "no number of columns (expected NC=)");
    if (h->two_mode && (h->format == KITH_DL_UPPER_HALF || h->format == KITH_DL_LOWER_HALF))
        return kith_source_fail(r->scan->source, err,
                                "half a matrix of two modes (expected fullmatrix)");
    if (h->format == KITH_DL_FULL_MATRIX && (h->rows == 0 || h->columns == 0))
        return kith_source_fail(r->scan->source, err, "no size of the matrix (expected N=)");
    return KITH_OK;
}

kith_status
kith_dl_header_read(kith_scan *scan, kith_dl_header *out, kith_error *err)
{
    struct reader r = {.scan = scan, .header = out};

    out->matrices = 1;
    out->row_labels = g_ptr_array_new_with_free_func(g_free);
    out->column_labels = g_ptr_array_new_with_free_func(g_free);
    out->matrix_labels = g_ptr_array_new_with_free_func(g_free);
    kith_scan_separators(scan, KEYWORDS);
    TRY(next_word(&r, "DL", err));
    if (!is(&r, "dl"))
        return kith_source_fail(scan->source, err, "found '%s' (expected DL)", scan->word->str);
    for (;;) {
        TRY(next_word(&r, "DATA:", err));
        if (is(&r, "data"))
            break;
        TRY(read_keyword(&r, err));
    }
    TRY(check(&r, err));
    while (kith_scan_peek(scan) == ':')
        kith_scan_take(scan);
    kith_scan_separators(scan, ",");
    return KITH_OK;
}
