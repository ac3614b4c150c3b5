/* SPDX-License-Identifier: GPL-3.0-or-later */
/* foretell.c - scores row by row, and what came of them. */
#include "measures/foretell.h"
#include "base/base.h"
#include "measures/blend.h"
#include "measures/known.h"
#include "measures/random.h"
#include "measures/warmth.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KATZ_STEP 0.005
#define KATZ_LENGTH 4
#define MOST_LOOKS 4e9 /* at arcs; more and only some people's pairs are judged */
#define MOST_PAIRS 3e6 /* without contact later; more and only a sample is judged */

static const struct {
    const char *name;
    bool warm;
} foretellers[KITH_FORETELLERS] = {
    {"random", false},
    {"preferential attachment", false},
    {"Adamic-Adar", false},
    {"resource allocation", false},
    {"Katz", false},
    {"plain blend", false},
    {"warmth", true},
    {"warm chains", true},
    {"warm shares", true},
    {"warmth and shares", true},
    {"warm attachment", true},
    {"warm Katz", true},
    {"recent attachment", true},
    {"both lately", true},
    {"warm blend", true},
};

#define REHEARSALS 2 /* moments before, at which scores are tried */
#define EVERY -1     /* pair */

/* What the blends are made of: all that is listed before them, but chance and blends. */
static int
list_parts(kith_foretold_by blend, int *part)
{
    int n = 0;

    for (int by = KITH_BY_DEGREES; by < (int)blend; by++)
        if (by != KITH_BY_PLAIN_BLEND)
            part[n++] = by;
    return n;
}

const char *
kith_foretell_name(kith_foretold_by by)
{
    return foretellers[by].name;
}

bool
kith_foretell_is_warm(kith_foretold_by by)
{
    return foretellers[by].warm;
}

/* Everything one evaluation needs. */
struct telling {
    const kith_foretell_plan *plan;
    kith_known known;
    uint8_t *in_row; /* vertex -> it is among those whose pairs are judged */
    uint64_t *later; /* pairs in contact after the split, low << 32 | high, sorted */
    int64_t laters;
    double mean_warmth;
    double keep;             /* the share of pairs without contact later that is judged */
    double *recent, *lately; /* by vertex */
    GArray *score[KITH_FORETELLERS], *happened, *tied; /* by pair judged */
    double *row[KITH_FORETELLERS], *walk, *next;       /* by vertex, of the row at hand */
};

static void
telling_clear(struct telling *t)
{
    kith_known_clear(&t->known);
    g_free(t->in_row);
    g_free(t->later);
    g_free(t->walk);
    g_free(t->next);
    g_free(t->recent);
    g_free(t->lately);
    for (int by = 0; by < KITH_FORETELLERS; by++) {
        g_free(t->row[by]);
        if (t->score[by])
            g_array_unref(t->score[by]);
    }
    g_clear_pointer(&t->happened, g_array_unref);
    g_clear_pointer(&t->tied, g_array_unref);
}

static void
telling_init(struct telling *t)
{
    gsize n = (gsize)t->known.n + 1;

    for (int64_t v = 0; v < t->known.n; v++)
        t->mean_warmth += t->known.strength[v] / (double)t->known.arcs;
    t->walk = g_new0(double, n);
    t->next = g_new0(double, n);
    t->happened = g_array_new(FALSE, FALSE, 1);
    t->tied = g_array_new(FALSE, FALSE, 1);
    for (int by = 0; by < KITH_FORETELLERS; by++) {
        t->row[by] = g_new0(double, n);
        t->score[by] = g_array_new(FALSE, FALSE, sizeof(float));
    }
}

static int
compare_keys(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static int
compare_vertices(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* Who was in contact from the split on, of those known before. */
static void
find_later(struct telling *t, const kith_contact *contact, int64_t n)
{
    int64_t kept = 0;

    t->later = g_new(uint64_t, (gsize)n + 1);
    for (int64_t i = 0; i < n; i++) {
        int64_t a = t->known.vertex[contact[i].from], b = t->known.vertex[contact[i].to];

        if (a >= 0 && b >= 0)
            t->later[t->laters++] = (uint64_t)MIN(a, b) << 32 | (uint64_t)MAX(a, b);
    }
    qsort(t->later, (size_t)t->laters, sizeof *t->later, compare_keys);
    for (int64_t i = 0; i < t->laters; i++)
        if (kept == 0 || t->later[kept - 1] != t->later[i])
            t->later[kept++] = t->later[i];
    t->laters = kept;
}

/* All of them, or as many as the work allows, drawn at random. */
static void
choose_rows(struct telling *t)
{
    const kith_known *k = &t->known;
    double looks = (double)k->n * (double)(k->arcs + 1) * KATZ_LENGTH, judged;
    kith_random random = kith_random_init(t->plan->seed, 0);
    int64_t rows =
        looks <= MOST_LOOKS ? k->n : MAX(1, (int64_t)(MOST_LOOKS / looks * (double)k->n));
    int64_t left = rows;

    t->in_row = g_new0(uint8_t, (gsize)k->n + 1);
    for (int64_t v = 0; v < k->n; v++)
        if ((int64_t)kith_random_below(&random, (uint64_t)(k->n - v)) < left) {
            t->in_row[v] = 1;
            left--;
        }
    judged = (double)rows * (double)k->n - (double)rows * (double)(rows + 1) / 2;
    t->keep = judged <= MOST_PAIRS ? 1 : MOST_PAIRS / judged;
}

/* Over everybody between: what each of them adds to the pair. */
static void
score_between(struct telling *t, uint32_t a)
{
    const kith_known *k = &t->known;

    for (int64_t i = k->first[a]; i < k->first[a + 1]; i++) {
        uint32_t c = k->to[i];
        double degree = (double)(k->first[c + 1] - k->first[c]);
        double adamic = degree > 1 ? 1 / log(degree) : 0;

        t->row[KITH_BY_WARMTH][c] = k->warmth[i];
        for (int64_t j = k->first[c]; j < k->first[c + 1]; j++) {
            double warmth = (double)k->warmth[i] * k->warmth[j];

            t->row[KITH_BY_ADAMIC_ADAR][k->to[j]] += adamic;
            t->row[KITH_BY_ALLOCATION][k->to[j]] += 1 / degree;
            t->row[KITH_BY_WARM_CHAINS][k->to[j]] += warmth;
            t->row[KITH_BY_WARM_SHARES][k->to[j]] += warmth / k->strength[c];
        }
    }
}

/* Walks of each length from a, the longer the less; with warmth a step counts as much as it is warm. */
static void
score_walks(struct telling *t, uint32_t a, bool warm, double *katz)
{
    const kith_known *k = &t->known;
    gsize size = (gsize)k->n * sizeof *t->walk;

    memset(t->walk, 0, size);
    t->walk[a] = 1;
    for (int length = 1; length <= KATZ_LENGTH; length++) {
        double *swap = t->walk;

        memset(t->next, 0, size);
        for (int64_t v = 0; v < k->n; v++)
            for (int64_t i = k->first[v]; t->walk[v] != 0 && i < k->first[v + 1]; i++)
                t->next[k->to[i]] +=
                    KATZ_STEP * t->walk[v] * (warm ? k->warmth[i] / t->mean_warmth : 1);
        for (int64_t v = 0; v < k->n; v++)
            katz[v] += t->next[v];
        t->walk = t->next;
        t->next = swap;
    }
}

static void
finish_row(struct telling *t, uint32_t a, kith_random *random)
{
    const kith_known *k = &t->known;
    double degree = (double)(k->first[a + 1] - k->first[a]);

    for (int64_t b = 0; b < k->n; b++) {
        t->row[KITH_BY_RANDOM][b] = kith_random_real(random);
        t->row[KITH_BY_DEGREES][b] = degree * (double)(k->first[b + 1] - k->first[b]);
        t->row[KITH_BY_WARM_DEGREES][b] = k->strength[a] * k->strength[b];
        t->row[KITH_BY_RECENT][b] = t->recent[a] * t->recent[b];
        t->row[KITH_BY_LATELY][b] = t->lately[a] * t->lately[b];
        t->row[KITH_BY_WARM_TOGETHER][b] =
            t->row[KITH_BY_WARMTH][b] + t->row[KITH_BY_WARM_SHARES][b];
    }
}

static void
judge_pair(struct telling *t, uint32_t a, uint32_t b, kith_random *random)
{
    uint64_t key = (uint64_t)MIN(a, b) << 32 | MAX(a, b);
    uint8_t happened = bsearch(&key, t->later, (size_t)t->laters, sizeof key, compare_keys) != NULL;
    uint8_t tied = t->row[KITH_BY_WARMTH][b] > 0;

    if (!happened && t->keep < 1 && kith_random_real(random) >= t->keep)
        return;
    g_array_append_val(t->happened, happened);
    g_array_append_val(t->tied, tied);
    for (int by = 0; by < KITH_FORETELLERS; by++) {
        float score = (float)t->row[by][b];

        g_array_append_val(t->score[by], score);
    }
}

static void
tell_row(struct telling *t, uint32_t a)
{
    kith_random random = kith_random_nth(t->plan->seed, 1, a);

    for (int by = 0; by < KITH_FORETELLERS; by++)
        memset(t->row[by], 0, (gsize)t->known.n * sizeof *t->row[by]);
    score_between(t, a);
    score_walks(t, a, false, t->row[KITH_BY_KATZ]);
    score_walks(t, a, true, t->row[KITH_BY_WARM_KATZ]);
    finish_row(t, a, &random);
    for (uint32_t b = 0; b < t->known.n; b++)
        if (b != a && (!t->in_row[b] || b > a))
            judge_pair(t, a, b, &random);
}

/* Some pairs, side by side: those that had no contact before (task 0) or all; every second one, or every one. */
struct subset {
    int64_t n, happened;
    float *score[KITH_FORETELLERS];
    uint8_t *what;
};

static void
subset_clear(struct subset *s)
{
    for (int by = 0; by < KITH_FORETELLERS; by++)
        g_free(s->score[by]);
    g_free(s->what);
}

static void
subset_init(struct subset *s, const struct telling *t, int task, int half)
{
    int64_t n = t->happened->len;

    *s = (struct subset){.what = g_new(uint8_t, (gsize)n + 1)};
    for (int by = 0; by < KITH_FORETELLERS; by++)
        s->score[by] = g_new(float, (gsize)n + 1);
    for (int64_t i = 0; i < n; i++) {
        if ((task == 0 && g_array_index(t->tied, uint8_t, i)) || (half >= 0 && i % 2 != half))
            continue;
        for (int by = 0; by < KITH_FORETELLERS; by++)
            s->score[by][s->n] = g_array_index(t->score[by], float, i);
        s->what[s->n] = g_array_index(t->happened, uint8_t, i);
        s->happened += s->what[s->n++];
    }
}

/* What a blend is made of, in the subset. */
static int
gather_parts(const struct subset *s, kith_foretold_by blend, const float **score)
{
    int part[KITH_FORETELLERS], n = list_parts(blend, part);

    for (int k = 0; k < n; k++)
        score[k] = s->score[part[k]];
    return n;
}

static void
judge(const struct telling *t, int task, int half, const kith_blend blend[2], kith_verdict *by)
{
    static const kith_foretold_by blends[] = {KITH_BY_PLAIN_BLEND, KITH_BY_WARM_BLEND};
    __attribute__((cleanup(subset_clear))) struct subset s;

    subset_init(&s, t, task, half);
    for (size_t i = 0; i < G_N_ELEMENTS(blends); i++) {
        const float *score[KITH_FORETELLERS];

        gather_parts(&s, blends[i], score);
        kith_blend_score(&blend[i], score, s.n, s.score[blends[i]]);
    }
    for (int k = 0; k < KITH_FORETELLERS; k++)
        by[k] = kith_verdict_of(s.score[k], s.what, s.n, 1 / t->keep);
}

static kith_status
fit(const struct telling *t, int task, kith_blend blend[2], kith_error *err)
{
    static const kith_foretold_by blends[] = {KITH_BY_PLAIN_BLEND, KITH_BY_WARM_BLEND};
    __attribute__((cleanup(subset_clear))) struct subset s;

    subset_init(&s, t, task, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(blends); i++) {
        const float *score[KITH_FORETELLERS];
        int n = gather_parts(&s, blends[i], score);

        TRY(kith_blend_fit(score, n, s.what, s.n, 1 / t->keep, &blend[i], err));
    }
    return KITH_OK;
}

/* The first contact of the last part of so many; contacts of one moment stay together. */
static int64_t
find_split(const kith_foretell_plan *plan, int64_t all)
{
    const kith_contact *contact = (const kith_contact *)(const void *)plan->contacts->contact->data;
    int64_t i = (int64_t)((1 - plan->held_out) * (double)all);

    while (i > 0 && i < all && contact[i - 1].when == contact[i].when)
        i--;
    return i;
}

/* How many somebody is in contact with, each the less the longer ago, and how lately at all. */
static void
set_recency(struct telling *t, const kith_contact *contact, int64_t n, kith_time split)
{
    const kith_known *k = &t->known;
    g_autofree kith_time *last = g_new0(kith_time, (gsize)k->arcs + 1);
    kith_warmth_constants constants;

    kith_warmth_defaults(&constants);
    t->recent = g_new0(double, (gsize)k->n + 1);
    t->lately = g_new0(double, (gsize)k->n + 1);
    for (int64_t i = 0; i < n; i++) {
        uint32_t end[2] = {(uint32_t)k->vertex[contact[i].from],
                           (uint32_t)k->vertex[contact[i].to]};

        for (int e = 0; e < 2; e++) {
            const uint32_t *row = k->to + k->first[end[e]];
            const uint32_t *at =
                bsearch(&end[!e], row, (size_t)(k->first[end[e] + 1] - k->first[end[e]]),
                        sizeof *row, compare_vertices);

            if (at)
                last[at - k->to] = contact[i].when;
        }
    }
    for (int64_t v = 0; v < k->n; v++) {
        kith_time latest = 0;

        for (int64_t i = k->first[v]; i < k->first[v + 1]; i++) {
            t->recent[v] += kith_warmth_retention(&constants, (double)(split - last[i]) / 86400);
            latest = MAX(latest, last[i]);
        }
        t->lately[v] = 1 / (1 + (double)(split - latest) / 86400);
    }
}

/* Scores of all pairs from contacts before `known`, and what came of them before `all`. */
static kith_status
tell(struct telling *t, int64_t known, int64_t all, kith_error *err)
{
    const kith_foretell_plan *plan = t->plan;
    const kith_contact *contact = (const kith_contact *)(const void *)plan->contacts->contact->data;

    kith_known_build(plan->graph, contact, known, contact[known].when, &t->known);
    find_later(t, contact + known, all - known);
    choose_rows(t);
    telling_init(t);
    set_recency(t, contact, known, contact[known].when);
    kith_work_begin(plan->work, (double)t->known.n);
    for (uint32_t v = 0; v < t->known.n && kith_work_step(plan->work, 1); v++)
        if (t->in_row[v])
            tell_row(t, v);
    return kith_work_end(plan->work, err);
}

/* Of the pairs at hand, the share in contact later. */
static double
share_happened(const struct telling *t, int task)
{
    double pairs = 0, happened = 0;

    for (guint i = 0; i < t->happened->len; i++)
        if (task == 1 || !g_array_index(t->tied, uint8_t, i)) {
            pairs++;
            happened += g_array_index(t->happened, uint8_t, i);
        }
    return pairs > 0 ? happened / pairs : 0;
}

/* One rehearsal: contacts before `known` alone, their last part foretold from the others. Verdicts are
 * averaged, precision as a multiple of what chance has. */
static kith_status
rehearse_once(const kith_foretell_plan *plan, int64_t known, kith_blend blend[2][2],
              kith_foretold *out, kith_error *err)
{
    __attribute__((cleanup(telling_clear))) struct telling t = {.plan = plan};
    int64_t before = find_split(plan, known);

    if (before == 0 || before == known)
        return KITH_OK;
    TRY(tell(&t, before, known, err));
    for (int task = 0; task < 2; task++) {
        kith_verdict by[KITH_FORETELLERS] = {{0}};
        double share = share_happened(&t, task);

        TRY(fit(&t, task, blend[task], err));
        judge(&t, task, 1, blend[task], by);
        for (int k = 0; k < KITH_FORETELLERS && !isnan(by[k].auc); k++) {
            out->rehearsed[task][k].auc += by[k].auc / REHEARSALS;
            out->rehearsed[task][k].precision += by[k].precision / share / REHEARSALS;
        }
    }
    return KITH_OK;
}

/* The first part by itself, and before it the first part of that: one moment may be unlike others. Blends are fitted in the
 * later one. */
static kith_status
rehearse(const kith_foretell_plan *plan, int64_t known, kith_blend blend[2][2], kith_foretold *out,
         kith_error *err)
{
    int64_t end[REHEARSALS];

    for (int i = REHEARSALS - 1; i >= 0; i--)
        end[i] = i == REHEARSALS - 1 ? known : find_split(plan, end[i + 1]);
    for (int i = 0; i < REHEARSALS; i++) {
        kith_work_share(plan->work, 0.4 * i / REHEARSALS, 0.4 * (i + 1) / REHEARSALS);
        TRY(rehearse_once(plan, end[i], blend, out, err));
    }
    return KITH_OK;
}

static void
count_pairs(const struct telling *t, kith_foretold *out)
{
    for (guint i = 0; i < t->happened->len; i++)
        for (int task = g_array_index(t->tied, uint8_t, i) ? 1 : 0; task < 2; task++) {
            out->pairs[task]++;
            out->happened[task] += g_array_index(t->happened, uint8_t, i);
        }
}

kith_status
kith_foretell(const kith_foretell_plan *plan, kith_foretold *out, kith_error *err)
{
    __attribute__((cleanup(telling_clear))) struct telling t = {.plan = plan};
    int64_t all = plan->contacts->contact->len, known = find_split(plan, all);
    kith_blend blend[2][2] = {0};

    if (known == 0 || known == all)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "the dated ties are of too few moments to hold the last part out");
    *out = (kith_foretold){.known = known, .held = all - known};
    out->split = g_array_index(plan->contacts->contact, kith_contact, known).when;
    TRY(rehearse(plan, known, blend, out, err));
    kith_work_share(plan->work, 0.4, 1);
    TRY(tell(&t, known, all, err));
    out->people = t.known.n;
    out->stands_for = 1 / t.keep;
    count_pairs(&t, out);
    for (int task = 0; task < 2; task++)
        judge(&t, task, EVERY, blend[task], out->by[task]);
    return KITH_OK;
}
