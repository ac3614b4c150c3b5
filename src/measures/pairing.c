/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pairing.c - maximum weight matching by blossoms, vertices 1 … n and blossoms above.
 *
 * Labels are the dual variables, doubled so that they stay whole. An edge is tight when its slack is 0; a blossom is an odd
 * circle of tight edges treated as one vertex. S is 0 for outer, 1 for inner, -1 for free.
 */
#include "measures/pairing.h"

#include <glib.h>
#include <string.h>

struct edge {
    int u, v;
    int64_t w;
};

struct matching {
    int n, top, room; /* people, the last blossom in use, columns of the matrices */
    struct edge *edge;
    int64_t *label;
    int *match, *slack, *outer, *parent, *seen, *state;
    int *from;       /* blossom, vertex -> the part of the blossom that holds it */
    GArray **flower; /* of int: the parts of a blossom, in order around it */
    GQueue queue;
    int round;
};

static struct edge *
edge_of(struct matching *m, int u, int v)
{
    return &m->edge[(size_t)u * (size_t)m->room + (size_t)v];
}

static int *
from_of(struct matching *m, int blossom, int v)
{
    return &m->from[(size_t)blossom * (size_t)m->room + (size_t)v];
}

static int
part(const struct matching *m, int blossom, guint i)
{
    return g_array_index(m->flower[blossom], int, i);
}

static int64_t
slack_of(struct matching *m, const struct edge *e)
{
    return m->label[e->u] + m->label[e->v] - 2 * edge_of(m, e->u, e->v)->w;
}

static void
update_slack(struct matching *m, int u, int x)
{
    if (!m->slack[x] || slack_of(m, edge_of(m, u, x)) < slack_of(m, edge_of(m, m->slack[x], x)))
        m->slack[x] = u;
}

static void
set_slack(struct matching *m, int x)
{
    m->slack[x] = 0;
    for (int u = 1; u <= m->n; u++)
        if (edge_of(m, u, x)->w > 0 && m->outer[u] != x && m->state[m->outer[u]] == 0)
            update_slack(m, u, x);
}

static void
push(struct matching *m, int x)
{
    if (x <= m->n)
        g_queue_push_tail(&m->queue, GINT_TO_POINTER(x));
    else
        for (guint i = 0; i < m->flower[x]->len; i++)
            push(m, part(m, x, i));
}

static void
set_outer(struct matching *m, int x, int blossom)
{
    m->outer[x] = blossom;
    if (x > m->n)
        for (guint i = 0; i < m->flower[x]->len; i++)
            set_outer(m, part(m, x, i), blossom);
}

static void
reverse(GArray *parts, guint from)
{
    for (guint i = from, j = parts->len; i + 1 < j; i++, j--) {
        int kept = g_array_index(parts, int, i);

        g_array_index(parts, int, i) = g_array_index(parts, int, j - 1);
        g_array_index(parts, int, j - 1) = kept;
    }
}

static void
rotate(GArray *parts, guint by)
{
    g_autofree int *kept = g_memdup2(parts->data, sizeof(int) * parts->len);

    for (guint i = 0; i < parts->len; i++)
        g_array_index(parts, int, i) = kept[(i + by) % parts->len];
}

/* The place of a part, the blossom turned so that an even number of steps leads to it. */
static guint
place_of(struct matching *m, int blossom, int x)
{
    GArray *parts = m->flower[blossom];
    guint at = 0;

    while (part(m, blossom, at) != x)
        at++;
    if (at % 2 == 0)
        return at;
    reverse(parts, 1);
    return parts->len - at;
}

static void
set_match(struct matching *m, int u, int v)
{
    const struct edge e = *edge_of(m, u, v);
    guint at;
    int x;

    m->match[u] = e.v;
    if (u <= m->n)
        return;
    x = *from_of(m, u, e.u);
    at = place_of(m, u, x);
    for (guint i = 0; i < at; i++)
        set_match(m, part(m, u, i), part(m, u, i ^ 1));
    set_match(m, x, v);
    rotate(m->flower[u], at);
}

static void
augment(struct matching *m, int u, int v)
{
    for (;;) {
        int next = m->outer[m->match[u]];

        set_match(m, u, v);
        if (!next)
            return;
        set_match(m, next, m->outer[m->parent[next]]);
        u = m->outer[m->parent[next]];
        v = next;
    }
}

/* Where the ways of two outer vertices to their roots meet; 0 when they have different roots. */
static int
meeting_of(struct matching *m, int u, int v)
{
    m->round++;
    while (u || v) {
        int kept = u;

        if (u) {
            if (m->seen[u] == m->round)
                return u;
            m->seen[u] = m->round;
            u = m->outer[m->match[u]];
            if (u)
                u = m->outer[m->parent[u]];
        }
        kept = u;
        u = v;
        v = kept;
    }
    return 0;
}

static void
add_way(struct matching *m, int blossom, int x, int end)
{
    while (x != end) {
        int y = m->outer[m->match[x]];

        g_array_append_val(m->flower[blossom], x);
        g_array_append_val(m->flower[blossom], y);
        push(m, y);
        x = m->outer[m->parent[y]];
    }
}

/* The best edges of the parts become those of the blossom. */
static void
take_edges(struct matching *m, int b)
{
    for (int x = 1; x <= m->top; x++)
        edge_of(m, b, x)->w = edge_of(m, x, b)->w = 0;
    for (int x = 1; x <= m->n; x++)
        *from_of(m, b, x) = 0;
    for (guint i = 0; i < m->flower[b]->len; i++) {
        int p = part(m, b, i);

        for (int x = 1; x <= m->top; x++)
            if (edge_of(m, b, x)->w == 0 ||
                slack_of(m, edge_of(m, p, x)) < slack_of(m, edge_of(m, b, x))) {
                *edge_of(m, b, x) = *edge_of(m, p, x);
                *edge_of(m, x, b) = *edge_of(m, x, p);
            }
        for (int x = 1; x <= m->n; x++)
            if (*from_of(m, p, x))
                *from_of(m, b, x) = p;
    }
}

static void
add_blossom(struct matching *m, int u, int meeting, int v)
{
    int b = m->n + 1;

    while (b <= m->top && m->outer[b])
        b++;
    m->top = MAX(m->top, b);
    m->label[b] = 0;
    m->state[b] = 0;
    m->match[b] = m->match[meeting];
    g_array_set_size(m->flower[b], 0);
    g_array_append_val(m->flower[b], meeting);
    add_way(m, b, u, meeting);
    reverse(m->flower[b], 1);
    add_way(m, b, v, meeting);
    set_outer(m, b, b);
    take_edges(m, b);
    set_slack(m, b);
}

static void
expand_blossom(struct matching *m, int b)
{
    GArray *parts = m->flower[b];
    guint at;
    int x;

    for (guint i = 0; i < parts->len; i++)
        set_outer(m, part(m, b, i), part(m, b, i));
    x = *from_of(m, b, edge_of(m, b, m->parent[b])->u);
    at = place_of(m, b, x);
    for (guint i = 0; i < at; i += 2) {
        int inner = part(m, b, i), outer = part(m, b, i + 1);

        m->parent[inner] = edge_of(m, outer, inner)->u;
        m->state[inner] = 1;
        m->state[outer] = 0;
        m->slack[inner] = 0;
        set_slack(m, outer);
        push(m, outer);
    }
    m->state[x] = 1;
    m->parent[x] = m->parent[b];
    for (guint i = at + 1; i < parts->len; i++) {
        m->state[part(m, b, i)] = -1;
        set_slack(m, part(m, b, i));
    }
    m->outer[b] = 0;
}

/* @return whether the matching grew */
static bool
use_tight(struct matching *m, const struct edge *tight)
{
    const struct edge e = *tight;
    int u = m->outer[e.u], v = m->outer[e.v], next, meeting;

    if (m->state[v] == -1) {
        m->parent[v] = e.u;
        m->state[v] = 1;
        next = m->outer[m->match[v]];
        m->slack[v] = m->slack[next] = 0;
        m->state[next] = 0;
        push(m, next);
    } else if (m->state[v] == 0) {
        meeting = meeting_of(m, u, v);
        if (!meeting) {
            augment(m, u, v);
            augment(m, v, u);
            return true;
        }
        add_blossom(m, u, meeting, v);
    }
    return false;
}

static bool
search(struct matching *m)
{
    while (!g_queue_is_empty(&m->queue)) {
        int u = GPOINTER_TO_INT(g_queue_pop_head(&m->queue));

        if (m->state[m->outer[u]] == 1)
            continue;
        for (int v = 1; v <= m->n; v++) {
            if (edge_of(m, u, v)->w <= 0 || m->outer[u] == m->outer[v])
                continue;
            if (slack_of(m, edge_of(m, u, v)) != 0)
                update_slack(m, u, m->outer[v]);
            else if (use_tight(m, edge_of(m, u, v)))
                return true;
        }
    }
    return false;
}

/* How far the labels may move before an edge becomes tight or a blossom opens. */
static int64_t
step_of(struct matching *m)
{
    int64_t d = INT64_MAX;

    for (int b = m->n + 1; b <= m->top; b++)
        if (m->outer[b] == b && m->state[b] == 1)
            d = MIN(d, m->label[b] / 2);
    for (int x = 1; x <= m->top; x++) {
        if (m->outer[x] != x || !m->slack[x])
            continue;
        if (m->state[x] == -1)
            d = MIN(d, slack_of(m, edge_of(m, m->slack[x], x)));
        else if (m->state[x] == 0)
            d = MIN(d, slack_of(m, edge_of(m, m->slack[x], x)) / 2);
    }
    return d;
}

/* @return false when a label would reach 0: nobody else is worth matching */
static bool
move_labels(struct matching *m, int64_t d)
{
    for (int u = 1; u <= m->n; u++)
        if (m->state[m->outer[u]] == 0 && m->label[u] <= d)
            return false;
    for (int u = 1; u <= m->n; u++) {
        if (m->state[m->outer[u]] == 0) {
            m->label[u] -= d;
        } else if (m->state[m->outer[u]] == 1) {
            m->label[u] += d;
        }
    }
    for (int b = m->n + 1; b <= m->top; b++)
        if (m->outer[b] == b && m->state[b] >= 0)
            m->label[b] += m->state[b] == 0 ? 2 * d : -2 * d;
    return true;
}

/* One more pair. @return false when there is none to gain */
static bool
grow(struct matching *m)
{
    g_queue_clear(&m->queue);
    for (int x = 0; x <= m->top; x++) {
        m->state[x] = -1;
        m->slack[x] = 0;
    }
    for (int x = 1; x <= m->top; x++)
        if (m->outer[x] == x && !m->match[x]) {
            m->parent[x] = 0;
            m->state[x] = 0;
            push(m, x);
        }
    if (g_queue_is_empty(&m->queue))
        return false;
    for (;;) {
        if (search(m))
            return true;
        if (!move_labels(m, step_of(m)))
            return false;
        for (int x = 1; x <= m->top; x++)
            if (m->outer[x] == x && m->slack[x] && m->outer[m->slack[x]] != x &&
                slack_of(m, edge_of(m, m->slack[x], x)) == 0 &&
                use_tight(m, edge_of(m, m->slack[x], x)))
                return true;
        for (int b = m->n + 1; b <= m->top; b++)
            if (m->outer[b] == b && m->state[b] == 1 && m->label[b] == 0)
                expand_blossom(m, b);
    }
}

static void
start(struct matching *m, const int32_t *gain, int n)
{
    size_t room = (size_t)n + (size_t)n / 2 + 2;
    int64_t most = 0;

    m->n = m->top = n;
    m->room = (int)room;
    m->edge = g_new0(struct edge, room * room);
    m->from = g_new0(int, room *room);
    m->label = g_new0(int64_t, room);
    m->match = g_new0(int, room);
    m->slack = g_new0(int, room);
    m->outer = g_new0(int, room);
    m->parent = g_new0(int, room);
    m->seen = g_new0(int, room);
    m->state = g_new0(int, room);
    m->flower = g_new0(GArray *, room);
    g_queue_init(&m->queue);
    for (size_t b = 0; b < room; b++)
        m->flower[b] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int u = 1; u <= n; u++) {
        m->outer[u] = u;
        *from_of(m, u, u) = u;
        for (int v = 1; v <= n; v++) {
            int64_t w = u == v ? 0 : gain[(size_t)(u - 1) * (size_t)n + (size_t)(v - 1)];

            *edge_of(m, u, v) = (struct edge){u, v, w};
            most = MAX(most, w);
        }
    }
    for (int u = 1; u <= n; u++)
        m->label[u] = most;
}

static void
finish(struct matching *m)
{
    for (int b = 0; b < m->room; b++)
        g_array_unref(m->flower[b]);
    g_queue_clear(&m->queue);
    g_free(m->flower);
    g_free(m->edge);
    g_free(m->from);
    g_free(m->label);
    g_free(m->match);
    g_free(m->slack);
    g_free(m->outer);
    g_free(m->parent);
    g_free(m->seen);
    g_free(m->state);
}

int64_t
kith_pair_people(const int32_t *gain, int n, int *with)
{
    struct matching m = {0};
    int64_t total = 0;

    start(&m, gain, n);
    while (grow(&m))
        ;
    for (int u = 1; u <= n; u++) {
        with[u - 1] = m.match[u] - 1;
        if (m.match[u] > u)
            total += gain[(size_t)(u - 1) * (size_t)n + (size_t)(m.match[u] - 1)];
    }
    finish(&m);
    return total;
}
