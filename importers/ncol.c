/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ncol - two names a line and perhaps a weight, as the Large Graph Layout writes them.
 *
 *     ann bob 2.5
 *     "Ann Lee" cho
 *
 * A name with blanks stands in double quotes. Ties have no direction unless the user says so.
 */
#include "graph_file.h"
#include "scan.h"
#include <string.h>

/* Plain lines are an edge list's as well; only the extension or a quoted name tells. */
static int
probe(const char *head, size_t length, const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    const char *text = kith_scan_head(head, &length, '\0');
    const char *end = memchr(text, '\n', length), *quote = memchr(text, '"', length);
    size_t first = end ? (size_t)(end - text) : length;

    if (!dot || g_ascii_strcasecmp(dot, ".ncol") != 0 || length == 0 || memchr(text, 0, first))
        return 0;
    return (quote && quote == text) || memchr(text, ' ', first) || memchr(text, '\t', first) ? 88
                                                                                             : 0;
}

static kith_status
read_end(kith_graph_file *file, kith_scan *scan, kith_mention *out, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(scan, &kind, err));
    if (kind != KITH_SCAN_WORD || scan->word->len == 0)
        return kith_source_fail(scan->source, err, "one name on the line (expected two)");
    *out = kith_graph_file_label(file, KITH_PERSON, scan->word->str);
    return KITH_OK;
}

/* The weight, if there is one, and the end of the line. */
static kith_status
read_tail(kith_graph_file *file, kith_scan *scan, double *weight, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return KITH_OK;
    TRY(kith_graph_file_weight(file, scan->word->str, weight, err));
    TRY(kith_scan_word(scan, &kind, err));
    if (kind == KITH_SCAN_WORD)
        return kith_source_fail(scan->source, err,
                                "'%s' after the weight (expected the end of the line)",
                                scan->word->str);
    return KITH_OK;
}

static kith_status
read_lines(kith_graph_file *file, kith_scan *scan, kith_error *err)
{
    kith_scan_kind kind;

    for (;;) {
        kith_fact fact = KITH_FACT_INIT;
        int64_t line;

        TRY(kith_scan_word(scan, &kind, err));
        if (kind == KITH_SCAN_END)
            return KITH_OK;
        if (kind == KITH_SCAN_LINE)
            continue;
        line = scan->word_line;
        fact.kind = KITH_TIE;
        fact.undirected = kith_graph_file_undirected(file, true);
        fact.from = kith_graph_file_label(file, KITH_PERSON, scan->word->str);
        TRY(read_end(file, scan, &fact.to, err));
        TRY(read_tail(file, scan, &fact.weight, err));
        kith_source_at(scan->source, line, 1);
        TRY(kith_graph_file_tie(file, &fact, err));
    }
}

static kith_status
read_ncol(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    return read_lines(&file, &scan, err);
}

const kith_importer kith_importer_ncol = {
    .name = "ncol",
    .summary = "two names a line and perhaps a weight",
    .extensions = "ncol",
    .probe = probe,
    .read = read_ncol,
};
