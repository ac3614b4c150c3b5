/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gains.c - guests, and reasons for two of them to meet. */
#include "measures/gains.h"

#include "base/base.h"
#include "base/text.h"
#include "measures/consent.h"
#include "measures/ways.h"
#include "model/graph.h"
#include <stdlib.h>
#include <string.h>

enum { NEW_FACE = 10, NEED = 30, GROUP = 10, HOST = 8, OTHER_FIRM = 6 };

static bool
speaks_of_matching(const char *purpose)
{
    g_autofree char *folded = kith_text_fold(purpose);

    return strstr(folded, "match") || strstr(folded, "event");
}

/* By node: 1 agreed, 2 took it back. */
static uint8_t *
find_agreement(const kith_graph *g)
{
    uint8_t *out = g_new0(uint8_t, g->nodes + 1);
    g_autoptr(GArray) consents = kith_consents(g);

    for (guint i = 0; i < consents->len; i++) {
        const kith_consent *c = KITH_ROW(consents, kith_consent, i);

        if (!speaks_of_matching(c->purpose))
            continue;
        if (strcmp(c->status, "granted") != 0)
            out[c->person] = 2;
        else if (out[c->person] == 0)
            out[c->person] = 1;
    }
    return out;
}

static bool
is_coming(const char *status)
{
    static const char *const no[] = {"no-show",   "declined", "cancelled", "canceled",
                                     "apologies", "refunded", NULL};

    return !status || !g_strv_contains(no, status);
}

static void
gather(kith_guests *s, kith_node event, bool assumed)
{
    const kith_graph *g = s->graph;
    g_autofree uint8_t *agreed = find_agreement(g);
    int64_t first, n;
    kith_node last = -1;

    kith_graph_tie_range(g, KITH_ATTENDED, &first, &n);
    for (int64_t i = first; i < first + n; i++) {
        const kith_fact_tie t = kith_graph_fact(g, i);
        kith_node who = t.from;

        if ((kith_node)t.to != event || who == last || g->kind[who] != KITH_PERSON ||
            !is_coming(kith_pool_get(g->pool, t.status)))
            continue;
        last = who;
        g_array_append_val(s->present, who);
        if (agreed[who] == 1 || (assumed && agreed[who] == 0))
            g_array_append_val(s->who, who);
        else
            s->not_asked++;
    }
}

kith_guests *
kith_guests_new(const kith_graph *graph, const kith_warm_network *net, kith_node event,
                bool assumed, int64_t repeat_days)
{
    kith_guests *s = g_new0(kith_guests, 1);

    s->graph = graph;
    s->net = net;
    s->needs = kith_needs_new(graph);
    s->groups = kith_groups_new(graph);
    s->repeats = kith_repeats_new(graph, net, repeat_days, event);
    s->who = g_array_new(FALSE, FALSE, sizeof(kith_node));
    s->present = g_array_new(FALSE, FALSE, sizeof(kith_node));
    gather(s, event, assumed);
    s->employer = g_new(kith_node, s->who->len + 1);
    for (guint i = 0; i < s->who->len; i++)
        s->employer[i] = kith_way_employer(graph, g_array_index(s->who, kith_node, i));
    return s;
}

void
kith_guests_free(kith_guests *s)
{
    if (!s)
        return;
    kith_needs_free(s->needs);
    kith_groups_free(s->groups);
    kith_repeats_free(s->repeats);
    g_array_unref(s->who);
    g_array_unref(s->present);
    g_free(s->employer);
    g_free(s);
}

static double
warmth_of(const kith_guests *s, kith_node a, kith_node b)
{
    int64_t hop = kith_warm_hop(s->net, a, b);

    return hop < 0 ? 0 : s->net->w[hop];
}

static int
compare_nodes(const void *a, const void *b)
{
    kith_node x = *(const kith_node *)a, y = *(const kith_node *)b;

    return x < y ? -1 : x > y;
}

/* Both lists of contacts are ascending. The host is who knows the one of the two they know less best. */
static kith_node
find_host(const kith_guests *s, kith_node a, kith_node b)
{
    const kith_warm_network *net = s->net;
    int64_t i = net->first[a], k = net->first[b];
    kith_node host = -1;
    double best = 0;

    while (i < net->first[a + 1] && k < net->first[b + 1]) {
        kith_node x = net->to[i], y = net->to[k];

        if (x == y && MIN(net->w[i], net->w[k]) > best &&
            bsearch(&x, s->present->data, s->present->len, sizeof x, compare_nodes)) {
            best = MIN(net->w[i], net->w[k]);
            host = x;
        }
        i += x <= y;
        k += y <= x;
    }
    return host;
}

static void
find_shared(const kith_guests *s, kith_node a, kith_node b, kith_gain *out)
{
    const kith_groups *g = s->groups;
    int64_t i = g->first[a], k = g->first[b];

    while (i < g->first[a + 1] && k < g->first[b + 1]) {
        int64_t x = g->group[i], y = g->group[k];

        if (x == y && out->shared++ == 0)
            out->group = g->name->pdata[x];
        i += x <= y;
        k += y <= x;
    }
}

kith_gain
kith_gain_of(const kith_guests *s, guint at_a, guint at_b)
{
    kith_node a = g_array_index(s->who, kith_node, at_a),
              b = g_array_index(s->who, kith_node, at_b);
    kith_gain out = {.host = -1};

    if (a == b)
        return out;
    out.repeat = kith_repeat_of(s->repeats, a, b);
    if (warmth_of(s, a, b) >= s->net->constants.familiar_from)
        out.apart = "know one another well";
    else if (out.repeat.kind == KITH_REPEAT_PAIRED)
        out.apart = "were paired";
    else if (out.repeat.kind == KITH_REPEAT_MET)
        out.apart = "met";
    if (out.apart)
        return out;
    out.b_needs = kith_needs_met(s->needs, b, a, &out.word);
    out.a_needs = kith_needs_met(s->needs, a, b, &out.word);
    find_shared(s, a, b, &out);
    out.host = find_host(s, a, b);
    out.other_firm =
        s->employer[at_a] >= 0 && s->employer[at_b] >= 0 && s->employer[at_a] != s->employer[at_b];
    out.points = NEW_FACE * (out.repeat.kind == KITH_REPEAT_NONE) +
                 NEED * (int32_t)(MIN(out.a_needs, 2) + MIN(out.b_needs, 2)) +
                 GROUP * (int32_t)MIN(out.shared, 2) + HOST * (out.host >= 0) +
                 OTHER_FIRM * out.other_firm;
    return out;
}

static void G_GNUC_PRINTF(2, 3) add(GString *text, const char *format, ...)
{
    va_list arguments;

    if (text->len)
        g_string_append(text, "; ");
    va_start(arguments, format);
    g_string_append_vprintf(text, format, arguments);
    va_end(arguments);
}

/* "met 12 days ago at Lunch" */
static void
add_repeat(GString *text, const char *verb, const kith_repeat *repeat)
{
    add(text, repeat->days < 1 ? "%s today" : "%s %.0f days ago", verb, repeat->days);
    if (repeat->where)
        g_string_append_printf(text, " at %s", repeat->where);
}

char *
kith_gain_words(const kith_guests *s, const kith_gain *gain, guint at_a, guint at_b)
{
    const char *a = kith_graph_label(s->graph, g_array_index(s->who, kith_node, at_a));
    const char *b = kith_graph_label(s->graph, g_array_index(s->who, kith_node, at_b));
    GString *text = g_string_new(NULL);

    if (gain->apart && gain->repeat.kind >= KITH_REPEAT_MET &&
        !g_str_has_prefix(gain->apart, "know"))
        add_repeat(text, gain->apart, &gain->repeat);
    else if (gain->apart)
        add(text, "%s", gain->apart);
    if (gain->apart)
        return g_string_free(text, FALSE);
    if (gain->a_needs)
        add(text, "%s needs %s, which %s offers", a, gain->word, b);
    else if (gain->b_needs)
        add(text, "%s needs %s, which %s offers", b, gain->word, a);
    if (gain->shared)
        add(text, "both in %s", gain->group);
    if (gain->host >= 0)
        add(text, "%s knows both", kith_graph_label(s->graph, gain->host));
    if (gain->other_firm)
        add(text, "of different firms");
    if (gain->repeat.kind == KITH_REPEAT_THERE)
        add_repeat(text, "were both there", &gain->repeat);
    if (text->len == 0)
        g_string_append(text, "new to one another");
    return g_string_free(text, FALSE);
}
