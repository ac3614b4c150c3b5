/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * edges_labels.c - labels of a plain graph in natural order.
 *
 * A label becomes sixteen bytes that order as it does; these are sorted byte by byte, and only labels whose bytes are
 * the same are compared as texts.
 */
#include "base/text.h"
#include "model/edges.h"
#include <stdlib.h>
#include <string.h>

#define BYTES 16

struct named {
    uint8_t key[BYTES]; /* the last byte orders least */
    uint32_t node;
};

/*
 * Bytes that compare as the label does in natural order: a run of digits becomes '0', its length, and its digits without
 * leading zeros. Equal keys leave it to the labels.
 */
static void
make_key(const char *text, uint8_t out[BYTES])
{
    size_t n = 0;

    while (*text && n < BYTES) {
        size_t digits;

        if (!g_ascii_isdigit(*text)) {
            out[n++] = (uint8_t)*text++;
            continue;
        }
        while (*text == '0')
            text++;
        for (digits = 0; g_ascii_isdigit(text[digits]); digits++)
            continue;
        out[n++] = '0';
        if (n < BYTES)
            out[n++] = (uint8_t)MIN(digits + 1, 255);
        if (digits >= 254)
            break; /* the comparison of labels decides */
        for (; digits > 0 && n < BYTES; digits--)
            out[n++] = (uint8_t)*text++;
    }
}

static bool
is_ordered(const struct named *all, int64_t n)
{
    for (int64_t i = 1; i < n; i++)
        if (memcmp(all[i - 1].key, all[i].key, BYTES) > 0)
            return false;
    return true;
}

/* One stable pass. @return whether anything moved: not when all have the same byte */
static bool
sort_by_byte(const struct named *from, struct named *to, int64_t n, int byte)
{
    int64_t first[256] = {0}, total = 0;

    for (int64_t i = 0; i < n; i++)
        first[from[i].key[byte]]++;
    if (first[from[0].key[byte]] == n)
        return false;
    for (int b = 0; b < 256; b++) {
        int64_t here = first[b];

        first[b] = total;
        total += here;
    }
    for (int64_t i = 0; i < n; i++)
        to[first[from[i].key[byte]]++] = from[i];
    return true;
}

/* @return where the sorted ones are: in all or in spare */
static struct named *
sort_keys(struct named *all, struct named *spare, int64_t n)
{
    for (int byte = BYTES - 1; byte >= 0 && n > 0; byte--) {
        struct named *swap = all;

        if (!sort_by_byte(all, spare, n, byte))
            continue;
        all = spare;
        spare = swap;
    }
    return all;
}

static int
compare_labels(const void *a, const void *b, void *data)
{
    const kith_edges *e = data;

    return kith_text_natural_compare(kith_edges_label(e, ((const struct named *)a)->node),
                                     kith_edges_label(e, ((const struct named *)b)->node));
}

static void
sort_equals(const kith_edges *e, struct named *all)
{
    for (int64_t i = 0, j; i < e->nodes; i = j) {
        for (j = i + 1; j < e->nodes && memcmp(all[i].key, all[j].key, BYTES) == 0; j++)
            continue;
        if (j - i > 1)
            g_qsort_with_data(all + i, (gint)(j - i), sizeof *all, compare_labels, (gpointer)e);
    }
}

bool
kith_edges_order_labels(kith_edges *e, uint32_t *number)
{
    KITH_AUTOBIG struct named *all = KITH_RAW(struct named, e->nodes);
    KITH_AUTOBIG struct named *spare = NULL;
    KITH_AUTOBIG size_t *label = KITH_RAW(size_t, e->nodes);
    struct named *sorted = all;

    if (!all || !label)
        return false;
    for (int64_t i = 0; i < e->nodes; i++) {
        all[i] = (struct named){.node = (uint32_t)i};
        make_key(kith_edges_label(e, i), all[i].key);
    }
    if (!is_ordered(all, e->nodes)) {
        if (!(spare = KITH_RAW(struct named, e->nodes)))
            return false;
        sorted = sort_keys(all, spare, e->nodes);
    }
    sort_equals(e, sorted);
    for (int64_t i = 0; i < e->nodes; i++) {
        label[i] = e->label[sorted[i].node];
        number[sorted[i].node] = (uint32_t)i;
    }
    kith_big_free(e->label);
    e->label = g_steal_pointer(&label);
    return true;
}
