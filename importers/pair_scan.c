/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pair_scan.c - tells whether a table is nothing but edges, and hands it to the scanner. */
#include "pair_scan.h"
#include "base/base.h"
#include "base/csv.h"
#include "base/source.h"
#include "base/text.h"
#include "edge_row.h"
#include "pair_header.h"
#include "rows.h"
#include <string.h>

static bool
is_pair_header(const kith_header *header)
{
    kith_pair_header found;

    return header->n >= 2 && kith_pair_header_read(header, &found);
}

/* Two ends, perhaps a weight, and no column besides. */
static bool
is_plain(const kith_header *header, kith_pair_header *found)
{
    size_t known = 0;

    if (!kith_pair_header_read(header, found) || !found->labelled || found->kind != KITH_TIE ||
        found->from != KITH_PERSON || found->to != KITH_PERSON)
        return false;
    for (int role = 1; role < KITH_ROLES; role++)
        known += found->column[role] >= 0;
    return header->n <= KITH_EDGE_ROW_FIELDS && found->column[KITH_ROLE_FROM] >= 0 &&
           found->column[KITH_ROLE_TO] >= 0 && known == header->n &&
           known == 2 + (found->column[KITH_ROLE_WEIGHT] >= 0);
}

/* Whether the first line, cut at this separator, is the header. @param cell what stands in it, as many as it has columns */
static bool
cuts_into(const char *line, size_t length, char separator, const kith_header *header,
          kith_slice *cell)
{
    const char *p = line, *end = line + length;

    for (size_t i = 0; i < header->n; i++) {
        const char *stop = memchr(p, separator, (size_t)(end - p));
        const char *from = p, *to = stop ? stop : end;

        if ((stop == NULL) != (i + 1 == header->n))
            return false;
        if (to - from >= 2 && *from == '"' && to[-1] == '"') {
            from++;
            to--;
        }
        if (strlen(header->text[i]) != (size_t)(to - from) ||
            memcmp(header->text[i], from, (size_t)(to - from)) != 0)
            return false;
        cell[i] = (kith_slice){from, (size_t)(to - from)};
        p = stop ? stop + 1 : end;
    }
    return true;
}

/* A head that is cut off may end within a character. */
static bool
is_utf8(const char *head, size_t length)
{
    const char *stop = length >= 65535 ? memrchr(head, '\n', length) : head + length;

    return stop && kith_text_valid(head, (size_t)(stop - head)) &&
           !memchr(head, 0, (size_t)(stop - head));
}

/* @param first  the bytes of the header line, its end included; 0 when the table is more than edges */
static void
look_at(const char *head, size_t length, kith_edge_scan *scan, size_t *first)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_pair_header);
    const char *stop = memchr(head, '\n', length);
    size_t line = stop ? (size_t)(stop - head) : 0, common;
    kith_slice cell[KITH_EDGE_ROW_FIELDS];
    kith_pair_header found;
    char separator;
    int from, to;

    *first = 0;
    if (line > 0 && head[line - 1] == '\r')
        line--;
    if (!header || line == 0 || !is_utf8(head, length) || !is_plain(header, &found))
        return;
    separator = kith_csv_sniff(head, length, &common);
    if (separator == '|' || !cuts_into(head, line, separator, header, cell))
        return;
    from = found.column[KITH_ROLE_FROM];
    to = found.column[KITH_ROLE_TO];
    *scan = (kith_edge_scan){.separator = separator,
                             .from = from,
                             .to = to,
                             .header = {cell[from], cell[to]},
                             .weight = found.column[KITH_ROLE_WEIGHT],
                             .time = -1,
                             .columns = (int)header->n,
                             .table = true,
                             .line = 1};
    *first = (size_t)(stop - head) + 1;
}

/* The header again, and an empty line for each that was read: the usual importer counts lines, and skips empty ones. */
static void
give_back(kith_source *source, const char *head, size_t first, int64_t rest)
{
    GByteArray *bytes = g_byte_array_new();
    const kith_error none = {0};

    g_byte_array_append(bytes, (const guint8 *)head, (guint)first);
    for (int64_t line = 2; line < rest; line++)
        g_byte_array_append(bytes, (const guint8 *)"\n", 1);
    kith_source_unread(source, bytes, &none);
}

static bool
has_more_than_ascii(const kith_edges *edges)
{
    for (int64_t i = 0; i < edges->nodes; i++)
        if (!g_str_is_ascii(kith_edges_label(edges, i)))
            return true;
    return false;
}

static kith_status
skip_header(kith_source *source, size_t first, kith_error *err)
{
    g_autofree char *line = g_malloc(first);
    size_t got;

    for (size_t at = 0; at < first; at += got)
        TRY(kith_source_read(source, line, first - at, &got, err));
    return KITH_OK;
}

kith_status
kith_pair_scan_read(kith_source *source, const kith_import_options *options, kith_builder *into,
                    kith_pair_rest *rest, kith_error *err)
{
    g_autoptr(kith_edges) edges = NULL;
    kith_edge_scan scan;
    const char *head;
    size_t length, first;
    int64_t line;

    *rest = (kith_pair_rest){.any = true};
    if (options->rows || options->map || (options->weight && *options->weight) ||
        !kith_builder_takes_edges(into))
        return KITH_OK;
    TRY(kith_source_head(source, &head, &length, err));
    look_at(head, length, &scan, &first);
    if (first == 0)
        return KITH_OK;
    scan.undirected = !options->directed;
    scan.threads = options->threads;
    TRY(skip_header(source, first, err));
    TRY(kith_edge_scan_read(source, &scan, head + first, length - first, &edges, &line, err));
    rest->seen_utf8 = line > 0 && has_more_than_ascii(edges);
    if (edges->ties)
        kith_builder_edges(into, edges);
    rest->any = line > 0;
    if (line)
        give_back(source, head, first, line);
    return KITH_OK;
}
