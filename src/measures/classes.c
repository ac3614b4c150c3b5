/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classes.c - values looked up, numbered in order. */
#include "measures/classes.h"
#include "base/base.h"
#include "base/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
kith_classes_free(kith_classes *c)
{
    if (!c)
        return;
    g_free(c->of);
    g_free(c->label);
    g_free(c->value);
    g_free(c);
}

/* By vertex: the label of the firm. */
static void
read_firms(const kith_graph *graph, const kith_network *net, const char **value)
{
    g_autofree uint8_t *current = g_new0(uint8_t, net->n + 1);
    int64_t first, n;

    kith_graph_tie_range(graph, KITH_WORKS_AT, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        kith_tie t;
        int64_t v;

        kith_graph_tie(graph, i, &t);
        v = kith_network_vertex(net, t.from);
        if (v < 0 || kith_graph_kind(graph, t.to) != KITH_ORGANISATION)
            continue;
        if (!value[v] || (!current[v] && t.until == KITH_TIME_NONE)) {
            value[v] = kith_graph_label(graph, t.to);
            current[v] = t.until == KITH_TIME_NONE;
        }
    }
}

static int
compare_labels(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
number(kith_classes *c, const char **value)
{
    g_autofree const char **sorted = g_new(const char *, c->n + 1);

    for (int64_t v = 0; v < c->n; v++)
        if (value[v])
            sorted[c->known++] = value[v];
    qsort(sorted, (size_t)c->known, sizeof *sorted, compare_labels);
    c->label = g_new(const char *, c->known + 1);
    for (int64_t i = 0; i < c->known; i++)
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0)
            c->label[c->classes++] = sorted[i];
    for (int64_t v = 0; v < c->n; v++) {
        const char **found = value[v] ? bsearch(&value[v], c->label, (size_t)c->classes,
                                                sizeof *c->label, compare_labels)
                                      : NULL;

        c->of[v] = found ? (uint32_t)(found - c->label) : UINT32_MAX;
    }
}

static void
read_numbers(kith_classes *c)
{
    g_autofree double *number = g_new(double, c->classes + 1);

    for (int64_t i = 0; i < c->classes; i++)
        if (!kith_number_parse(c->label[i], &number[i]) || !isfinite(number[i]))
            return;
    c->numbers = true;
    c->value = g_new(double, c->n + 1);
    for (int64_t v = 0; v < c->n; v++)
        c->value[v] = c->of[v] == UINT32_MAX ? (double)NAN : number[c->of[v]];
}

kith_status
kith_classes_read(const kith_graph *graph, const kith_network *net, const char *by,
                  kith_classes **out, kith_error *err)
{
    g_autoptr(kith_classes) c = g_new0(kith_classes, 1);
    g_autofree const char **value = g_new0(const char *, net->n + 1);
    bool firms = strcmp(by, "organisation") == 0;

    c->n = net->n;
    c->of = g_new(uint32_t, net->n + 1);
    if (firms)
        read_firms(graph, net, value);
    for (int64_t v = 0; !firms && v < net->n; v++)
        value[v] = kith_graph_attribute(graph, net->node[v], by);
    number(c, value);
    if (c->known == 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         firms ? "nobody in the network has an %s" : "nobody has an attribute '%s'",
                         by);
    if (c->classes < 2)
        return kith_fail(err, KITH_ERR_ARGUMENT, "'%s' has one value: there is nothing to compare",
                         by);
    read_numbers(c);
    *out = g_steal_pointer(&c);
    return KITH_OK;
}
