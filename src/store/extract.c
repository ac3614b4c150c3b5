/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * extract.c - a neighbourhood out of a packed file: one pass a step, one bit a node.
 *
 * The bit says that a node was reached in an earlier step. Whom a step reaches is a list, sorted and rid of repetitions
 * whenever it has doubled; every entry of it is the end of a tie of the extract.
 */
#include "base/base.h"
#include "base/big.h"
#include "store/packed.h"
#include <string.h>

#define AT_ONCE (INT64_C(1) << 16) /* ties read at a time */
#define FEW (1u << 16)             /* nodes found that are not worth sorting yet */

static const kith_column tie_columns[] = {
    {"from", KITH_CELL_TEXT, "", "who"},
    {"to", KITH_CELL_TEXT, "", "whom"},
    {"weight", KITH_CELL_REAL, "1", "of the tie; 1 where the file has none"},
};

static const kith_column member_columns[] = {
    {"node", KITH_CELL_TEXT, "", "who"},
    {"hops", KITH_CELL_INT, "steps", "from the nearest of those asked for"},
};

struct member {
    uint64_t node;
    int64_t hops;
};

struct extracting {
    const kith_packed *packed;
    kith_packed_direction direction;
    uint64_t *reached; /* a bit a node */
    GArray *found;     /* uint64_t: whom the step at hand reaches, some of them more than once */
    guint crowded;     /* how long it may become before that is looked after */
    GArray *members;   /* struct member, by hops and node */
    uint64_t *ends;
    double *weight;
    GHashTable *label; /* node -> char * */
    kith_table *ties;
    bool half; /* the last loop of an undirected graph was the first of its two */
};

typedef kith_status (*take_tie)(struct extracting *x, uint64_t from, uint64_t to, double weight,
                                kith_error *err);

static bool
has(const uint64_t *bits, uint64_t i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

static int
compare_nodes(gconstpointer a, gconstpointer b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void
tidy(struct extracting *x)
{
    uint64_t *found = (uint64_t *)(gpointer)x->found->data;
    guint n = 0;

    g_array_sort(x->found, compare_nodes);
    for (guint i = 0; i < x->found->len; i++)
        if (n == 0 || found[n - 1] != found[i])
            found[n++] = found[i];
    g_array_set_size(x->found, n);
    x->crowded = MAX(FEW, 2 * n);
}

static void
reach(struct extracting *x, uint64_t node)
{
    if (has(x->reached, node))
        return;
    g_array_append_val(x->found, node);
    if (x->found->len >= x->crowded)
        tidy(x);
}

/* A step is over: whom it found counts as reached. */
static void
settle(struct extracting *x, int64_t hops)
{
    tidy(x);
    for (guint i = 0; i < x->found->len; i++) {
        struct member m = {g_array_index(x->found, uint64_t, i), hops};

        x->reached[m.node / 64] |= UINT64_C(1) << (m.node % 64);
        g_array_append_val(x->members, m);
    }
    g_array_set_size(x->found, 0);
}

static kith_status
each_tie(struct extracting *x, take_tie take, kith_error *err)
{
    int64_t all = kith_packed_ties(x->packed);

    for (int64_t first = 0; first < all; first += AT_ONCE) {
        int64_t n = MIN(AT_ONCE, all - first);

        TRY(kith_packed_read(x->packed, first, n, x->ends, x->weight, err));
        for (int64_t i = 0; i < n; i++)
            TRY(take(x, x->ends[2 * i], x->ends[2 * i + 1], x->weight[i], err));
    }
    return KITH_OK;
}

static kith_status
step(struct extracting *x, uint64_t from, uint64_t to, double weight, kith_error *err)
{
    (void)weight;
    (void)err;
    if (x->direction != KITH_PACKED_IN && has(x->reached, from))
        reach(x, to);
    if (x->direction != KITH_PACKED_OUT && has(x->reached, to))
        reach(x, from);
    return KITH_OK;
}

static kith_status
label_of(struct extracting *x, uint64_t node, const char **out, kith_error *err)
{
    int64_t *key;
    char *label;

    *out = g_hash_table_lookup(x->label, &node);
    if (*out)
        return KITH_OK;
    TRY(kith_packed_label(x->packed, (int64_t)node, &label, err));
    key = g_memdup2(&node, sizeof node);
    g_hash_table_insert(x->label, key, label);
    *out = label;
    return KITH_OK;
}

/* An undirected tie stands in the file both ways, a loop twice: one of the two is told. */
static bool
is_told_elsewhere(struct extracting *x, uint64_t from, uint64_t to)
{
    if (kith_packed_is_directed(x->packed))
        return false;
    if (from == to)
        return (x->half = !x->half) == false;
    return from > to;
}

static kith_status
tell(struct extracting *x, uint64_t from, uint64_t to, double weight, kith_error *err)
{
    const char *who, *whom;

    if (!has(x->reached, from) || !has(x->reached, to) || is_told_elsewhere(x, from, to))
        return KITH_OK;
    TRY(label_of(x, from, &who, err));
    TRY(label_of(x, to, &whom, err));
    kith_table_row(x->ties);
    kith_table_set_text(x->ties, 0, who);
    kith_table_set_text(x->ties, 1, whom);
    kith_table_set_real(x->ties, 2, weight);
    return KITH_OK;
}

static kith_status
tell_members(struct extracting *x, kith_answer *answer, kith_error *err)
{
    kith_table *t =
        kith_answer_table(answer, "members", member_columns, G_N_ELEMENTS(member_columns));

    for (guint i = 0; i < x->members->len; i++) {
        const struct member *m = &g_array_index(x->members, struct member, i);
        const char *label;

        TRY(label_of(x, m->node, &label, err));
        kith_table_row(t);
        kith_table_set_text(t, 0, label);
        kith_table_set_int(t, 1, m->hops);
    }
    return KITH_OK;
}

static kith_status
walk(struct extracting *x, const char *const *labels, int64_t hops, kith_error *err)
{
    guint before = 0;

    for (; *labels; labels++) {
        int64_t node;

        TRY(kith_packed_find(x->packed, *labels, &node, err));
        reach(x, (uint64_t)node);
    }
    settle(x, 0);
    for (int64_t h = 1; h <= hops && x->members->len > before; h++) {
        before = x->members->len;
        TRY(each_tie(x, step, err));
        settle(x, h);
    }
    return KITH_OK;
}

static kith_status
extract(struct extracting *x, const char *const *labels, int64_t hops, bool members,
        kith_answer *answer, kith_error *err)
{
    if (!x->reached)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory for one bit a node");
    TRY(walk(x, labels, hops, err));
    x->ties = kith_answer_table(answer, "ties", tie_columns, G_N_ELEMENTS(tie_columns));
    TRY(each_tie(x, tell, err));
    if (members)
        TRY(tell_members(x, answer, err));
    kith_answer_note(answer,
                     "%u of %" G_GINT64_FORMAT " nodes, %" G_GINT64_FORMAT " ties among them (%s)",
                     x->members->len, kith_packed_nodes(x->packed), kith_table_rows(x->ties),
                     kith_packed_is_directed(x->packed) ? "directed" : "undirected");
    return KITH_OK;
}

kith_status
kith_packed_extract(const kith_packed *packed, const char *const *labels, int64_t hops,
                    kith_packed_direction direction, bool members, kith_answer **out,
                    kith_error *err)
{
    size_t words = (size_t)kith_packed_nodes(packed) / 64 + 1;
    KITH_AUTOBIG uint64_t *reached = KITH_BIG(uint64_t, words);
    g_autofree uint64_t *ends = g_new(uint64_t, 2 * AT_ONCE);
    g_autofree double *weight = g_new(double, AT_ONCE);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    g_autoptr(GArray) met = g_array_new(FALSE, FALSE, sizeof(struct member));
    g_autoptr(GHashTable) label =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    struct extracting x = {packed, direction, reached, found, FEW,  met,
                           ends,   weight,    label,   NULL,  false};
    kith_answer *answer = kith_answer_new("extract");
    kith_status status = extract(&x, labels, hops, members, answer, err);

    if (status == KITH_OK)
        *out = answer;
    else
        kith_answer_free(answer);
    return status;
}
