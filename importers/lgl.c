/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lgl - adjacency lists as the Large Graph Layout reads them.
 *
 *     # ann
 *     bob 2.5
 *     cho
 *
 * A line "# name" starts a node; the lines below are its neighbours with their weights. Ties have no
 * direction unless the user says so.
 */
#include "graph_file.h"
#include "scan.h"
#include <string.h>

/* Whether a head is "# word" lines with lines of one or two words between them. */
static int
probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '\0'), *dot = name ? strrchr(name, '.') : NULL;
    g_autofree char *copy = NULL;
    g_auto(GStrv) lines = NULL;
    guint n, starts = 0, others = 0;

    if (length < 3 || text[0] != '#' || text[1] != ' ')
        return 0;
    copy = g_strndup(text, length);
    lines = g_strsplit(copy, "\n", 40);
    n = g_strv_length(lines);
    for (guint i = 0; i + 1 < MAX(n, 2) && i < 39; i++) {
        g_auto(GStrv) words = NULL;
        guint k;

        if (!lines[i])
            break;
        words = g_strsplit_set(g_strstrip(lines[i]), " \t", -1);
        k = g_strv_length(words);
        if (k == 0 || !*words[0])
            continue;
        if (strcmp(words[0], "#") == 0 ? k != 2 : k > 2 || *words[0] == '#')
            return 0;
        starts += strcmp(words[0], "#") == 0;
        others += strcmp(words[0], "#") != 0;
    }
    if (starts == 0 || others == 0)
        return 0;
    return dot && g_ascii_strcasecmp(dot, ".lgl") == 0 ? 95 : starts > 1 ? 80 : 20;
}

static kith_status
end_line(kith_scan *scan, const char *after, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(scan, &kind, err));
    if (kind == KITH_SCAN_WORD)
        return kith_source_fail(scan->source, err, "'%s' after %s (expected the end of the line)",
                                scan->word->str, after);
    return KITH_OK;
}

/* "# ann" */
static kith_status
read_start(kith_graph_file *file, kith_scan *scan, kith_mention *from, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return kith_source_fail(scan->source, err, "'#' without a name (expected '# name')");
    *from = kith_graph_file_label(file, KITH_PERSON, scan->word->str);
    return end_line(scan, "the name", err);
}

/* "bob 2.5" */
static kith_status
read_neighbour(kith_graph_file *file, kith_scan *scan, kith_mention from, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    int64_t line = scan->word_line;
    kith_scan_kind kind;

    if (from < 0)
        return kith_source_fail(scan->source, err,
                                "a neighbour before any node (expected '# name')");
    fact.kind = KITH_TIE;
    fact.undirected = kith_graph_file_undirected(file, true);
    fact.from = from;
    fact.to = kith_graph_file_label(file, KITH_PERSON, scan->word->str);
    TRY(kith_scan_word(scan, &kind, err));
    if (kind == KITH_SCAN_WORD) {
        TRY(kith_graph_file_weight(file, scan->word->str, &fact.weight, err));
        TRY(end_line(scan, "the weight", err));
    }
    kith_source_at(scan->source, line, 1);
    return kith_graph_file_tie(file, &fact, err);
}

static kith_status
read_lgl(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    kith_mention from = -1;
    kith_scan_kind kind;

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    for (;;) {
        TRY(kith_scan_word(&scan, &kind, err));
        if (kind == KITH_SCAN_END)
            return KITH_OK;
        if (kind == KITH_SCAN_LINE)
            continue;
        if (!scan.quoted && strcmp(scan.word->str, "#") == 0)
            TRY(read_start(&file, &scan, &from, err));
        else
            TRY(read_neighbour(&file, &scan, from, err));
    }
}

const kith_importer kith_importer_lgl = {
    .name = "lgl",
    .summary = "adjacency lists of the Large Graph Layout",
    .extensions = "lgl",
    .probe = probe,
    .read = read_lgl,
};
