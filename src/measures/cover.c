/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cover.c - greedy maximum coverage with a heap of gains that are looked at again when they come up. */
#include "measures/cover.h"
#include "base/base.h"
#include "base/pages.h"
#include <math.h>
#include <string.h>

#define SLACK 1e-9 /* of a budget, for sums of costs */

struct chooser {
    const kith_hearsay *sets;
    const kith_cover_terms *terms;
    int64_t *first; /* member -> its first row in `in` */
    uint32_t *in;   /* sets a member is in */
    int64_t *gain;  /* sets not covered yet that a member is in */
    uint8_t *covered;
    GArray *heap; /* struct offer */
    double spent;
    bool by_gain; /* next is whoever adds most, whatever the price */
};

/* A member and what it adds for its price, as last looked at. */
struct offer {
    double worth;
    uint32_t member;
};

void
kith_cover_clear(kith_cover *cover)
{
    g_clear_pointer(&cover->chosen, g_free);
    cover->n = 0;
}

double
kith_cover_promise(const kith_cover_terms *terms)
{
    return terms->cost ? 1 - exp(-0.5) : 1 - exp(-1.0);
}

static void
chooser_clear(struct chooser *c)
{
    g_free(c->first);
    g_free(c->in);
    g_free(c->gain);
    g_free(c->covered);
    if (c->heap)
        g_array_unref(c->heap);
}

static kith_status
chooser_init(struct chooser *c, kith_error *err)
{
    gsize n = (gsize)c->terms->n + 2;

    c->first = g_try_new0(int64_t, n);
    c->gain = g_try_new0(int64_t, n);
    c->in = KITH_PAGES(uint32_t, c->sets->members + 1);
    c->covered = g_try_new0(uint8_t, (gsize)c->sets->sets + 1);
    c->heap = g_array_new(FALSE, FALSE, sizeof(struct offer));
    if (!c->first || !c->gain || !c->in || !c->covered)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to choose seeds");
    return KITH_OK;
}

static void
index_sets(struct chooser *c)
{
    const kith_hearsay *h = c->sets;

    for (int64_t i = 0; i < h->members; i++)
        c->first[h->member[i] + 2]++;
    for (int64_t v = 0; v < c->terms->n; v++)
        c->first[v + 2] += c->first[v + 1];
    for (int64_t s = 0; s < h->sets; s++)
        for (int64_t i = h->first[s]; i < h->first[s + 1]; i++)
            c->in[c->first[h->member[i] + 1]++] = (uint32_t)s;
    for (int64_t v = 0; v < c->terms->n; v++)
        c->gain[v] = c->first[v + 1] - c->first[v];
}

static double
cost_of(const kith_cover_terms *terms, uint32_t member)
{
    return terms->cost ? terms->cost[member] : 1;
}

static double
worth_of(const struct chooser *c, uint32_t member)
{
    return (double)c->gain[member] / (c->by_gain ? 1 : cost_of(c->terms, member));
}

static bool
is_before(const struct offer *a, const struct offer *b)
{
    return a->worth != b->worth ? a->worth > b->worth : a->member < b->member;
}

static void
sink(GArray *heap, guint at)
{
    struct offer *o = (struct offer *)(void *)heap->data, moved = o[at];

    for (guint child; (child = 2 * at + 1) < heap->len; at = child) {
        if (child + 1 < heap->len && is_before(&o[child + 1], &o[child]))
            child++;
        if (!is_before(&o[child], &moved))
            break;
        o[at] = o[child];
    }
    o[at] = moved;
}

static void
take_top(GArray *heap)
{
    struct offer *o = (struct offer *)(void *)heap->data;

    o[0] = o[heap->len - 1];
    g_array_set_size(heap, heap->len - 1);
    if (heap->len)
        sink(heap, 0);
}

static void
fill_heap(struct chooser *c)
{
    const kith_cover_terms *t = c->terms;

    g_array_set_size(c->heap, 0);
    for (uint32_t v = 0; v < t->n; v++) {
        struct offer o = {worth_of(c, v), v};

        if ((!t->eligible || t->eligible[v]) && cost_of(t, v) <= t->budget * (1 + SLACK))
            g_array_append_val(c->heap, o);
    }
    for (guint i = c->heap->len / 2; i-- > 0;)
        sink(c->heap, i);
}

static void
cover(struct chooser *c, uint32_t member)
{
    const kith_hearsay *h = c->sets;

    for (int64_t i = c->first[member]; i < c->first[member + 1]; i++) {
        uint32_t s = c->in[i];

        if (c->covered[s])
            continue;
        c->covered[s] = 1;
        for (int64_t k = h->first[s]; k < h->first[s + 1]; k++)
            c->gain[h->member[k]]--;
    }
}

/* Whom the budget still allows and who adds most for the price; false when there is nobody. */
static bool
next_best(struct chooser *c, uint32_t *out)
{
    struct offer *top;

    while (c->heap->len) {
        double cost, worth;

        top = &g_array_index(c->heap, struct offer, 0);
        cost = cost_of(c->terms, top->member);
        worth = worth_of(c, top->member);
        if (c->spent + cost > c->terms->budget * (1 + SLACK)) {
            take_top(c->heap);
        } else if (worth < top->worth) {
            top->worth = worth;
            sink(c->heap, 0);
        } else {
            *out = top->member;
            take_top(c->heap);
            return true;
        }
    }
    return false;
}

/* What is covered, and what the whole budget would add if gains did not overlap. */
static double
bound_now(struct chooser *c, int64_t covered)
{
    double left = c->terms->budget, sum = (double)covered;

    fill_heap(c);
    while (c->heap->len && left > 0) {
        struct offer top = g_array_index(c->heap, struct offer, 0);
        double cost = cost_of(c->terms, top.member);

        sum += top.worth * MIN(cost, left);
        left -= cost;
        take_top(c->heap);
    }
    return sum;
}

/* Of those that the whole budget allows, the one in most sets. */
static int64_t
best_alone(const struct chooser *c, uint32_t *out)
{
    const kith_cover_terms *t = c->terms;
    int64_t most = -1;

    for (uint32_t v = 0; v < t->n; v++) {
        int64_t in = c->first[v + 1] - c->first[v];

        if ((!t->eligible || t->eligible[v]) && cost_of(t, v) <= t->budget * (1 + SLACK) &&
            in > most) {
            most = in;
            *out = v;
        }
    }
    return most;
}

static void
start_over(struct chooser *c)
{
    memset(c->covered, 0, (gsize)c->sets->sets);
    for (int64_t v = 0; v < c->terms->n; v++)
        c->gain[v] = c->first[v + 1] - c->first[v];
    c->spent = 0;
}

/* Chooses until the budget allows nobody more. @return sets covered */
static int64_t
go_greedily(struct chooser *c, bool by_gain, GArray *chosen)
{
    int64_t covered = 0;
    uint32_t member;

    c->by_gain = by_gain;
    fill_heap(c);
    while (next_best(c, &member)) {
        covered += c->gain[member];
        c->spent += cost_of(c->terms, member);
        cover(c, member);
        g_array_append_val(chosen, member);
    }
    c->by_gain = false;
    return covered;
}

/* With costs the best of three: most for the price, most whatever the price, and one alone. */
static void
choose(struct chooser *c, kith_cover *out)
{
    g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    int64_t covered = 0;
    uint32_t alone = 0;

    out->bound = bound_now(c, 0);
    out->covered = go_greedily(c, false, chosen);
    out->bound = MIN(out->bound, bound_now(c, out->covered));
    if (c->terms->cost) {
        start_over(c);
        covered = go_greedily(c, true, other);
        out->bound = MIN(out->bound, bound_now(c, covered));
    }
    if (covered > out->covered) {
        out->covered = covered;
        g_array_set_size(chosen, 0);
        g_array_append_vals(chosen, other->data, other->len);
    }
    if (c->terms->cost && best_alone(c, &alone) > out->covered) {
        out->covered = c->first[alone + 1] - c->first[alone];
        g_array_set_size(chosen, 0);
        g_array_append_val(chosen, alone);
    }
    out->bound = MIN(out->bound, (double)out->covered / kith_cover_promise(c->terms));
    out->n = chosen->len;
    out->chosen = (uint32_t *)(void *)g_array_free(g_steal_pointer(&chosen), FALSE);
}

kith_status
kith_cover_choose(const kith_hearsay *sets, const kith_cover_terms *terms, kith_cover *out,
                  kith_error *err)
{
    __attribute__((cleanup(chooser_clear))) struct chooser c = {.sets = sets, .terms = terms};

    *out = (kith_cover){0};
    TRY(chooser_init(&c, err));
    index_sets(&c);
    choose(&c, out);
    return KITH_OK;
}
