/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity.c - Jaro-Winkler. */
#include "base/similarity.h"
#include <glib.h>
#include <string.h>

#define LONGEST 128

static glong
characters(const char *text, gunichar out[LONGEST])
{
    glong n = 0;

    for (; *text && n < LONGEST; text = g_utf8_next_char(text))
        out[n++] = g_utf8_get_char(text);
    return n;
}

/* Marks characters of a and b that match within the window. @return how many */
static glong
match(const gunichar *a, glong m, const gunichar *b, glong n, gboolean *in_a, gboolean *in_b)
{
    glong window = MAX(MAX(m, n) / 2 - 1, 0), matches = 0;

    for (glong i = 0; i < m; i++)
        for (glong j = MAX(0, i - window); j < MIN(n, i + window + 1); j++)
            if (!in_b[j] && a[i] == b[j]) {
                in_a[i] = in_b[j] = TRUE;
                matches++;
                break;
            }
    return matches;
}

static glong
transpositions(const gunichar *a, glong m, const gunichar *b, const gboolean *in_a,
               const gboolean *in_b)
{
    glong swapped = 0, j = 0;

    for (glong i = 0; i < m; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[j])
            j++;
        swapped += a[i] != b[j++];
    }
    return swapped / 2;
}

double
kith_jaro_winkler(const char *a, const char *b)
{
    gunichar x[LONGEST], y[LONGEST];
    gboolean in_x[LONGEST] = {FALSE}, in_y[LONGEST] = {FALSE};
    glong m = characters(a, x), n = characters(b, y), matches, prefix = 0;
    double jaro, common;

    if (m == 0 && n == 0)
        return 1;
    matches = match(x, m, y, n, in_x, in_y);
    if (matches == 0)
        return 0;
    common = (double)matches;
    jaro = (common / (double)m + common / (double)n +
            (common - (double)transpositions(x, m, y, in_x, in_y)) / common) /
           3;
    while (prefix < 4 && prefix < m && prefix < n && x[prefix] == y[prefix])
        prefix++;
    return jaro + 0.1 * (double)prefix * (1 - jaro);
}
