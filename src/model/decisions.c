/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decisions.c - the log of what a user decided, and its last word on each pair. */
#include "model/decisions.h"
#include "base/base.h"
#include <kith/decide.h>
#include <stdlib.h>

static const char *const names[] = {"merge", "different", "split"};

G_STATIC_ASSERT(G_N_ELEMENTS(names) == KITH_DECISION_KINDS);

const char *
kith_decision_kind_name(kith_decision_kind kind)
{
    return (unsigned)kind < KITH_DECISION_KINDS ? names[kind] : NULL;
}

static const kith_fact_mention *
mention_at(const kith_builder *b, kith_mention i)
{
    return i >= 0 && i < b->mentions->len ? KITH_ROW(b->mentions, kith_fact_mention, i) : NULL;
}

kith_status
kith_builder_decide(kith_builder *b, const kith_decision *decision, kith_error *err)
{
    const kith_fact_mention *x, *y;
    kith_fact_decision row = {.a = (uint32_t)decision->a,
                              .b = (uint32_t)decision->b,
                              .score = decision->score,
                              .kind = (uint8_t)decision->kind,
                              .undone = decision->undone};

    kith_builder_spill(b);
    x = mention_at(b, decision->a);
    y = mention_at(b, decision->b);
    if (!x || !y || x == y || (unsigned)decision->kind >= KITH_DECISION_KINDS)
        return kith_fail(err, KITH_ERR_ARGUMENT, "a decision needs two mentions and a known kind");
    if (x->kind != y->kind)
        return kith_fail(err, KITH_ERR_ARGUMENT, "different kinds: %s and %s",
                         kith_node_kind_name(x->kind), kith_node_kind_name(y->kind));
    row.rule = kith_pool_put(b->pool, decision->rule);
    row.reason = kith_pool_put(b->pool, decision->reason);
    g_array_append_val(b->decisions, row);
    return KITH_OK;
}

int64_t
kith_builder_decisions(const kith_builder *b)
{
    return b->decisions->len;
}

bool
kith_builder_decision_at(const kith_builder *b, int64_t i, kith_decision *out)
{
    const kith_fact_decision *row;

    if (i < 0 || i >= b->decisions->len)
        return false;
    row = KITH_ROW(b->decisions, kith_fact_decision, i);
    *out = (kith_decision){.kind = row->kind,
                           .a = row->a,
                           .b = row->b,
                           .rule = kith_pool_get(b->pool, row->rule),
                           .reason = kith_pool_get(b->pool, row->reason),
                           .score = row->score,
                           .undone = row->undone};
    return true;
}

/* An entry and its place in the log. */
struct said {
    kith_fact_decision decision;
    guint place;
};

static int
compare_pairs(const void *a, const void *b)
{
    const struct said *x = a, *y = b;

    if (x->decision.a != y->decision.a)
        return x->decision.a < y->decision.a ? -1 : 1;
    if (x->decision.b != y->decision.b)
        return x->decision.b < y->decision.b ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int
compare_places(const void *a, const void *b)
{
    const struct said *x = a, *y = b;

    return x->place < y->place ? -1 : x->place > y->place;
}

GArray *
kith_decisions_in_force(const kith_builder *b)
{
    guint n = b->decisions->len, kept = 0, last = 0;
    g_autofree struct said *all = g_new(struct said, n + 1);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(kith_fact_decision));

    for (guint i = 0; i < n; i++) {
        kith_fact_decision d = *KITH_ROW(b->decisions, kith_fact_decision, i);
        uint32_t low = MIN(d.a, d.b);

        d.b = MAX(d.a, d.b);
        d.a = low;
        if (!d.undone)
            all[kept++] = (struct said){d, i};
    }
    qsort(all, kept, sizeof *all, compare_pairs);
    for (guint i = 0; i < kept; i++)
        if (i + 1 == kept || all[i].decision.a != all[i + 1].decision.a ||
            all[i].decision.b != all[i + 1].decision.b)
            all[last++] = all[i];
    qsort(all, last, sizeof *all, compare_places);
    for (guint i = 0; i < last; i++)
        g_array_append_val(out, all[i].decision);
    return out;
}
