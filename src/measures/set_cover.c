/* SPDX-License-Identifier: GPL-3.0-or-later */
/* set_cover.c - greedy set cover, and the best number for a few sets. */
#include "measures/set_cover.h"

#include <stdlib.h>
#include <string.h>

#define TRIED 20 /* sets of which all choices are tried */

static int64_t
element(const GArray *set, guint i)
{
    return g_array_index(set, int64_t, i);
}

static int64_t
count_new(const GArray *set, const bool *covered)
{
    int64_t n = 0;

    for (guint i = 0; i < set->len; i++)
        n += !covered[element(set, i)];
    return n;
}

static void
choose(kith_set_cover *c, GArray *const *set, int64_t n, bool *covered)
{
    for (;;) {
        int64_t best = -1, most = 0;

        for (int64_t s = 0; s < n; s++) {
            int64_t adds = count_new(set[s], covered);

            if (adds > most) {
                most = adds;
                best = s;
            }
        }
        if (best < 0)
            return;
        for (guint i = 0; i < set[best]->len; i++)
            covered[element(set[best], i)] = true;
        g_array_append_val(c->chosen, best);
        g_array_append_val(c->added, most);
        c->elements += most;
    }
}

static int
largest_first(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x > y ? -1 : x < y;
}

/* So many of the largest sets must be taken, even if none held what another holds. */
static int64_t
bound(const kith_set_cover *c, GArray *const *set, int64_t n)
{
    g_autofree int64_t *size = g_new(int64_t, n + 1);
    int64_t sum = 0, taken = 0;

    for (int64_t s = 0; s < n; s++)
        size[s] = set[s]->len;
    if (n)
        qsort(size, (size_t)n, sizeof *size, largest_first);
    while (taken < n && sum < c->elements)
        sum += size[taken++];
    return taken;
}

/* Whether some `left` of the sets from `from` on cover what is missing. */
static bool
covers(GArray *const *set, const int64_t *useful, int64_t n, int64_t from, int64_t left, int *times,
       int64_t missing)
{
    if (missing == 0)
        return true;
    if (left == 0)
        return false;
    for (int64_t u = from; u + left <= n; u++) {
        const GArray *one = set[useful[u]];
        int64_t found = 0;
        bool done;

        for (guint i = 0; i < one->len; i++)
            found += times[element(one, i)]++ == 0;
        done = covers(set, useful, n, u + 1, left - 1, times, missing - found);
        for (guint i = 0; i < one->len; i++)
            times[element(one, i)]--;
        if (done)
            return true;
    }
    return false;
}

static void
try_all(kith_set_cover *c, GArray *const *set, int64_t n, int64_t universe)
{
    g_autofree int *times = g_new0(int, universe + 1);
    int64_t useful[TRIED], m = 0;

    for (int64_t s = 0; s < n; s++) {
        if (set[s]->len == 0)
            continue;
        if (m == TRIED)
            return;
        useful[m++] = s;
    }
    c->exact = true;
    while (c->at_least < c->chosen->len &&
           !covers(set, useful, m, 0, c->at_least, times, c->elements))
        c->at_least++;
}

kith_set_cover *
kith_set_cover_new(GArray *const *set, int64_t n, int64_t universe)
{
    g_autofree bool *covered = g_new0(bool, universe + 1);
    kith_set_cover *c = g_new0(kith_set_cover, 1);

    c->chosen = g_array_new(FALSE, FALSE, sizeof(int64_t));
    c->added = g_array_new(FALSE, FALSE, sizeof(int64_t));
    choose(c, set, n, covered);
    c->at_least = bound(c, set, n);
    try_all(c, set, n, universe);
    return c;
}

void
kith_set_cover_free(kith_set_cover *c)
{
    if (!c)
        return;
    g_array_unref(c->chosen);
    g_array_unref(c->added);
    g_free(c);
}
