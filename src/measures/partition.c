/* SPDX-License-Identifier: GPL-3.0-or-later */
/* partition.c - groups numbered, split, laid over one another and compared. */
#include "measures/partition.h"
#include "base/base.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t
kith_partition_number(uint32_t *group, int64_t n)
{
    g_autofree uint32_t *number = g_new(uint32_t, n + 1);
    uint32_t next = 0;

    memset(number, 0xff, (size_t)(n + 1) * sizeof *number);
    for (int64_t v = 0; v < n; v++) {
        if (number[group[v]] == UINT32_MAX)
            number[group[v]] = next++;
        group[v] = number[group[v]];
    }
    return next;
}

int64_t *
kith_partition_sizes(const uint32_t *group, int64_t n, int64_t groups)
{
    int64_t *size = g_new0(int64_t, groups + 1);

    for (int64_t v = 0; v < n; v++)
        size[group[v]]++;
    return size;
}

struct sized {
    int64_t size;
    uint32_t number;
};

static int
larger_first(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;

    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

int64_t
kith_partition_order(uint32_t *group, int64_t n)
{
    int64_t groups = kith_partition_number(group, n);
    g_autofree int64_t *size = kith_partition_sizes(group, n, groups);
    g_autofree struct sized *order = g_new(struct sized, groups + 1);
    g_autofree uint32_t *place = g_new(uint32_t, groups + 1);

    for (int64_t c = 0; c < groups; c++)
        order[c] = (struct sized){size[c], (uint32_t)c};
    qsort(order, (size_t)groups, sizeof *order, larger_first);
    for (int64_t c = 0; c < groups; c++)
        place[order[c].number] = (uint32_t)c;
    for (int64_t v = 0; v < n; v++)
        group[v] = place[group[v]];
    return groups;
}

int64_t
kith_partition_connect(const kith_grouping *p, uint32_t *group)
{
    g_autofree uint32_t *part = g_new(uint32_t, p->n + 1), *stack = g_new(uint32_t, p->n + 1);
    g_autofree uint8_t *seen = g_new0(uint8_t, p->n + 1), *split = g_new0(uint8_t, p->n + 1);
    uint32_t parts = 0;
    int64_t found = 0;

    memset(part, 0xff, (size_t)(p->n + 1) * sizeof *part);
    for (int64_t s = 0; s < p->n; s++) {
        int64_t waiting = 0;

        if (part[s] != UINT32_MAX)
            continue;
        found += seen[group[s]] && !split[group[s]];
        split[group[s]] = seen[group[s]];
        seen[group[s]] = 1;
        part[s] = parts;
        stack[waiting++] = (uint32_t)s;
        while (waiting) {
            uint32_t v = stack[--waiting];

            for (int64_t i = p->first[v]; i < p->first[v + 1]; i++)
                if (part[p->arc[i].to] == UINT32_MAX && group[p->arc[i].to] == group[s]) {
                    part[p->arc[i].to] = parts;
                    stack[waiting++] = p->arc[i].to;
                }
        }
        parts++;
    }
    memcpy(group, part, (size_t)p->n * sizeof *group);
    return found;
}

static int
compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

int64_t
kith_partition_overlap(uint32_t *group, const uint32_t *other, int64_t n)
{
    g_autoptr(GHashTable) number = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autofree uint64_t *key = g_new(uint64_t, n + 1);
    uint32_t next = 0;

    for (int64_t v = 0; v < n; v++) {
        gpointer have;

        key[v] = (uint64_t)group[v] << 32 | other[v];
        if (g_hash_table_lookup_extended(number, &key[v], NULL, &have)) {
            group[v] = GPOINTER_TO_UINT(have);
            continue;
        }
        g_hash_table_insert(number, &key[v], GUINT_TO_POINTER(next));
        group[v] = next++;
    }
    return next;
}

/* The cells of the table of a against b, and its margins, from sorted keys. */
struct table {
    uint64_t *key;
    int64_t n;
};

static struct table
cross(const uint32_t *a, const uint32_t *b, int64_t n)
{
    struct table t = {g_new(uint64_t, n + 1), 0};

    for (int64_t v = 0; v < n; v++)
        if (a[v] != UINT32_MAX && b[v] != UINT32_MAX)
            t.key[t.n++] = (uint64_t)a[v] << 32 | b[v];
    qsort(t.key, (size_t)t.n, sizeof *t.key, compare_keys);
    return t;
}

/* Sums f(run length) over runs of equal keys >> shift, once the keys are sorted. */
static double
sum_runs(const struct table *t, int shift, double (*f)(double count, double all))
{
    double sum = 0;

    for (int64_t i = 0, j; i < t->n; i = j) {
        for (j = i + 1; j < t->n && t->key[j] >> shift == t->key[i] >> shift; j++)
            ;
        sum += f((double)(j - i), (double)t->n);
    }
    return sum;
}

static void
turn(struct table *t)
{
    for (int64_t i = 0; i < t->n; i++)
        t->key[i] = t->key[i] << 32 | t->key[i] >> 32;
    qsort(t->key, (size_t)t->n, sizeof *t->key, compare_keys);
}

static double
surprise(double count, double all)
{
    return -count / all * log(count / all);
}

static double
pairs(double count, double all)
{
    (void)all;
    return count * (count - 1) / 2;
}

double
kith_partition_nmi(const uint32_t *a, const uint32_t *b, int64_t n)
{
    struct table t = cross(a, b, n);
    double both = sum_runs(&t, 0, surprise), first = sum_runs(&t, 32, surprise), second;

    turn(&t);
    second = sum_runs(&t, 32, surprise);
    g_free(t.key);
    return first + second > 0 ? CLAMP(2 * (first + second - both) / (first + second), 0, 1) : 1;
}

double
kith_partition_rand(const uint32_t *a, const uint32_t *b, int64_t n)
{
    struct table t = cross(a, b, n);
    double both = sum_runs(&t, 0, pairs), first = sum_runs(&t, 32, pairs), second, chance;

    turn(&t);
    second = sum_runs(&t, 32, pairs);
    chance = t.n > 1 ? first * second / pairs((double)t.n, 0) : 0;
    g_free(t.key);
    return (first + second) / 2 > chance ? (both - chance) / ((first + second) / 2 - chance) : 1;
}
