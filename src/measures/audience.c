/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audience.c - masks over the people of a network. */
#include "measures/audience.h"
#include "base/base.h"
#include "measures/consent.h"
#include "measures/targets.h"
#include "measures/turnout.h"
#include <math.h>
#include <string.h>

struct finding {
    const kith_graph *graph;
    const kith_network *net;
    const kith_audience_options *o;
    kith_audience *out;
    uint8_t *excluded; /* by vertex */
};

void
kith_audience_clear(kith_audience *a)
{
    g_clear_pointer(&a->eligible, g_free);
    g_clear_pointer(&a->cost, g_free);
    g_clear_pointer(&a->root, g_free);
    g_clear_pointer(&a->counted, g_free);
    g_clear_pointer(&a->given, g_free);
}

/* Whoever is named, each once, may be chosen whatever else is said. */
static kith_status
read_given(struct finding *f, kith_error *err)
{
    kith_audience *a = f->out;
    g_auto(GStrv) names = NULL;

    if (!f->o->given)
        return KITH_OK;
    names = g_strsplit(f->o->given, ",", -1);
    a->given = g_new0(uint32_t, g_strv_length(names) + 1);
    for (char **name = names; *name; name++) {
        kith_node node;
        uint32_t v;
        bool twice = false;

        if (!*g_strstrip(*name))
            continue;
        TRY(kith_graph_find(f->graph, *name, 1u << KITH_PERSON, &node, err));
        v = (uint32_t)kith_network_vertex(f->net, node);
        for (int64_t i = 0; i < a->givens; i++)
            twice = twice || a->given[i] == v;
        if (!twice)
            a->given[a->givens++] = v;
    }
    return a->givens
               ? KITH_OK
               : kith_fail(err, KITH_ERR_ARGUMENT, "--given names nobody (expected a comma list)");
}

static void
exclude(struct finding *f, kith_node node)
{
    int64_t v = kith_network_vertex(f->net, node);

    if (v >= 0)
        f->excluded[v] = 1;
}

static kith_status
exclude_file(struct finding *f, const char *path, kith_error *err)
{
    g_autoptr(GArray) targets = NULL;

    TRY(targets_read(path, f->graph, &targets, err));
    for (guint i = 0; i < targets->len; i++)
        if (g_array_index(targets, struct target, i).node >= 0)
            exclude(f, g_array_index(targets, struct target, i).node);
        else
            f->out->strangers++;
    return KITH_OK;
}

static kith_status
read_excluded(struct finding *f, kith_error *err)
{
    g_auto(GStrv) names = NULL;

    if (!f->o->exclude)
        return KITH_OK;
    if (*f->o->exclude == '@')
        return exclude_file(f, f->o->exclude + 1, err);
    names = g_strsplit(f->o->exclude, ",", -1);
    for (char **name = names; *name; name++) {
        kith_node node;

        if (!*g_strstrip(*name))
            continue;
        TRY(kith_graph_find(f->graph, *name, 1u << KITH_PERSON, &node, err));
        exclude(f, node);
    }
    return KITH_OK;
}

/* Whether consents are asked for at all: always, never, or where files record any. */
static bool
asks_consent(const struct finding *f, const GArray *consents)
{
    if (g_str_equal(f->o->permission, "auto"))
        return consents->len > 0;
    return g_str_equal(f->o->permission, "required");
}

static kith_status
find_eligible(struct finding *f, kith_error *err)
{
    g_autoptr(GArray) consents = kith_consents(f->graph);
    bool ask = asks_consent(f, consents);
    kith_audience *a = f->out;

    for (int64_t v = 0; v < f->net->n; v++) {
        kith_node node = f->net->node[v];
        unsigned flags = kith_graph_flags(f->graph, node);

        if (flags & KITH_FLAG_OWNER && !f->o->include_owner)
            a->owner++;
        else if (flags & KITH_FLAG_STAFF && !f->o->include_staff)
            a->staff++;
        else if (f->excluded[v])
            a->excluded++;
        else if (ask && !kith_consent_granted(consents, node, f->o->purpose, NULL))
            a->not_permitted++;
        else
            a->eligible[v] = 1;
        a->may += a->eligible[v];
    }
    if (a->may == 0 && a->not_permitted)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "nobody may be told first: no consent is recorded for %s (--permission "
                         "ignored leaves that to you)",
                         f->o->purpose ? f->o->purpose : "anything");
    return a->may ? KITH_OK : kith_fail(err, KITH_ERR_NOT_FOUND, "nobody may be told first");
}

static kith_status
read_cost(struct finding *f, int64_t v, kith_error *err)
{
    kith_audience *a = f->out;
    const char *text = kith_graph_attribute(f->graph, f->net->node[v], f->o->cost);
    char *end;

    a->cost[v] = 1;
    if (!text) {
        a->no_cost += a->eligible[v];
        a->may -= a->eligible[v];
        a->eligible[v] = 0;
        return KITH_OK;
    }
    a->cost[v] = g_ascii_strtod(text, &end);
    if (end == text || *end || !isfinite(a->cost[v]) || a->cost[v] <= 0)
        return kith_fail(err, KITH_ERR_ARGUMENT, "the %s of %s is '%s' (expected a number above 0)",
                         f->o->cost, kith_graph_label(f->graph, f->net->node[v]), text);
    return KITH_OK;
}

static kith_status
read_costs(struct finding *f, kith_error *err)
{
    if (!f->o->cost)
        return KITH_OK;
    f->out->cost = g_new0(double, (gsize)f->net->n + 1);
    for (int64_t v = 0; v < f->net->n; v++)
        TRY(read_cost(f, v, err));
    return f->out->may ? KITH_OK
                       : kith_fail(err, KITH_ERR_NOT_FOUND, "nobody has a column '%s'", f->o->cost);
}

static void
count_flagged(struct finding *f, unsigned flag)
{
    for (int64_t v = 0; v < f->net->n; v++)
        f->out->counted[v] = (kith_graph_flags(f->graph, f->net->node[v]) & flag) != 0;
}

static void
count_described(struct finding *f, const char *key, const char *value)
{
    for (int64_t v = 0; v < f->net->n; v++) {
        const char *has = kith_graph_attribute(f->graph, f->net->node[v], key);

        f->out->counted[v] = has && strcmp(has, value) == 0;
    }
}

/* Whoever works there, belongs to it, is interested in it, or was there. */
static kith_status
count_tied(struct finding *f, kith_error *err)
{
    unsigned kinds = 1u << KITH_ORGANISATION | 1u << KITH_TOPIC | 1u << KITH_EVENT;
    kith_node node;
    kith_tie t;

    TRY(kith_graph_find(f->graph, f->o->segment, kinds, &node, err));
    for (int64_t i = 0; i < kith_graph_ties(f->graph); i++) {
        int64_t v;

        kith_graph_tie(f->graph, i, &t);
        v = t.to == node ? kith_network_vertex(f->net, t.from) : -1;
        if (v >= 0 &&
            (t.kind == KITH_WORKS_AT || t.kind == KITH_MEMBER_OF || t.kind == KITH_INTERESTED_IN ||
             (t.kind == KITH_ATTENDED && kith_was_there(t.status))))
            f->out->counted[v] = 1;
    }
    return KITH_OK;
}

static kith_status
mark_segment(struct finding *f, kith_error *err)
{
    static const struct {
        const char *word;
        unsigned flag;
    } flags[] = {{"member", KITH_FLAG_MEMBER},
                 {"customer", KITH_FLAG_CUSTOMER},
                 {"prospect", KITH_FLAG_PROSPECT},
                 {"staff", KITH_FLAG_STAFF}};
    const char *equals = strchr(f->o->segment, '=');

    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++)
        if (g_str_equal(f->o->segment, flags[i].word)) {
            count_flagged(f, flags[i].flag);
            return KITH_OK;
        }
    if (equals) {
        g_autofree char *key = g_strndup(f->o->segment, (gsize)(equals - f->o->segment));

        count_described(f, key, equals + 1);
        return KITH_OK;
    }
    return count_tied(f, err);
}

static kith_status
find_segment(struct finding *f, kith_error *err)
{
    kith_audience *a = f->out;

    if (!f->o->segment)
        return KITH_OK;
    a->counted = g_new0(uint8_t, (gsize)f->net->n + 1);
    TRY(mark_segment(f, err));
    a->root = g_new(uint32_t, (gsize)f->net->n + 1);
    for (uint32_t v = 0; v < f->net->n; v++)
        if (a->counted[v])
            a->root[a->roots++] = v;
    return a->roots
               ? KITH_OK
               : kith_fail(err, KITH_ERR_NOT_FOUND, "nobody is in the segment '%s'", f->o->segment);
}

kith_status
kith_audience_find(const kith_graph *graph, const kith_network *network,
                   const kith_audience_options *options, kith_audience *out, kith_error *err)
{
    g_autofree uint8_t *excluded = g_new0(uint8_t, (gsize)network->n + 1);
    struct finding f = {graph, network, options, out, excluded};

    *out = (kith_audience){.eligible = g_new0(uint8_t, (gsize)network->n + 1)};
    TRY(read_given(&f, err));
    TRY(read_excluded(&f, err));
    TRY(find_eligible(&f, err));
    TRY(read_costs(&f, err));
    return find_segment(&f, err);
}
