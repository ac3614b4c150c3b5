/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_projection.c - streamed pairs against pairs counted one by one, and tails against sums over all that can happen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "measures/projection.h"
#include "measures/random.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define MEMBERS 40
#define GROUPS 25

static kith_twomode *
draw(uint64_t seed, uint8_t in[MEMBERS][GROUPS])
{
    kith_random random = kith_random_init(seed, 1);
    int64_t links = 20 + (int64_t)kith_random_below(&random, 300);
    g_autofree uint32_t *member = g_new(uint32_t, links), *group = g_new(uint32_t, links);
    kith_twomode *t = NULL;

    memset(in, 0, MEMBERS * GROUPS);
    for (int64_t i = 0; i < links; i++) { /* the first groups are popular; some links come twice */
        member[i] = (uint32_t)kith_random_below(&random, MEMBERS);
        group[i] = (uint32_t)kith_random_below(&random, 1 + kith_random_below(&random, GROUPS));
        in[member[i]][group[i]] = 1;
    }
    assert_int_equal(kith_twomode_new(MEMBERS, GROUPS, member, group, links, &t, NULL), KITH_OK);
    return t;
}

static void
rows_are_sorted_and_each_link_is_there_once(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        uint8_t in[MEMBERS][GROUPS], left[MEMBERS][GROUPS];
        g_autoptr(kith_twomode) t = draw(seed, in);

        memcpy(left, in, sizeof in);
        for (int64_t m = 0; m < MEMBERS; m++)
            for (int64_t k = t->of_member[m]; k < t->of_member[m + 1]; k++) {
                assert_true(k == t->of_member[m] || t->group[k - 1] < t->group[k]);
                assert_int_equal(left[m][t->group[k]]--, 1);
            }
        for (int64_t g = 0; g < GROUPS; g++)
            for (int64_t k = t->of_group[g]; k < t->of_group[g + 1]; k++) {
                assert_true(k == t->of_group[g] || t->member[k - 1] < t->member[k]);
                assert_int_equal(in[t->member[k]][g], 1);
            }
        for (int i = 0; i < MEMBERS * GROUPS; i++)
            assert_int_equal(((uint8_t *)left)[i], 0);
        assert_int_equal(t->of_group[GROUPS], t->links);
    }
}

struct kept {
    GArray *pairs;
    int64_t stop_after;
};

static bool
take(void *payload, const kith_projection_pair *pairs, int64_t n)
{
    struct kept *k = payload;

    g_array_append_vals(k->pairs, pairs, (guint)n);
    return --k->stop_after != 0;
}

static GArray *
project(const kith_twomode *t, kith_projection_options o, int threads,
        kith_projection_totals *totals)
{
    struct kept k = {g_array_new(FALSE, FALSE, sizeof(kith_projection_pair)), -1};
    kith_question question = {.threads = threads};
    kith_work work = kith_work_of(&question);

    assert_int_equal(kith_projection_run(t, &o, take, &k, &work, totals, NULL), KITH_OK);
    return k.pairs;
}

/* The slow way. */
struct slow {
    int shared;
    double newman, jaccard;
};

static struct slow
compare_two(uint8_t in[MEMBERS][GROUPS], int a, int b, int largest)
{
    struct slow s = {0, 0, 0};
    int either = 0;

    for (int g = 0; g < GROUPS; g++) {
        int size = 0;

        for (int m = 0; m < MEMBERS; m++)
            size += in[m][g];
        either += in[a][g] || in[b][g];
        if (!in[a][g] || !in[b][g] || (largest && size > largest))
            continue;
        s.shared++;
        s.newman += 1.0 / (size - 1);
    }
    s.jaccard = either ? (double)s.shared / either : 0;
    return s;
}

static void
every_pair_has_its_weights(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        uint8_t in[MEMBERS][GROUPS];
        g_autoptr(kith_twomode) t = draw(seed, in);
        kith_projection_options o = {.least = (int64_t)(seed % 4), .largest = seed % 3 ? 0 : 12};
        kith_projection_totals totals;
        g_autoptr(GArray) found = project(t, o, 2, &totals);
        guint next = 0;
        int64_t pairs = 0, meetings = 0;

        for (int a = 0; a < MEMBERS; a++)
            for (int b = a + 1; b < MEMBERS; b++) {
                struct slow s = compare_two(in, a, b, (int)o.largest);
                const kith_projection_pair *p = &g_array_index(found, kith_projection_pair, next);

                pairs += s.shared > 0;
                meetings += s.shared;
                if (s.shared == 0 || s.shared < o.least)
                    continue;
                assert_true(next++ < found->len);
                assert_int_equal(p->a, a);
                assert_int_equal(p->b, b);
                assert_int_equal(p->shared, s.shared);
                assert_true(fabs(p->newman - s.newman) < 1e-12);
                assert_true(o.largest || fabs(p->jaccard - s.jaccard) < 1e-12);
                assert_true(isnan(p->p));
            }
        assert_int_equal(next, found->len);
        assert_int_equal(totals.pairs, pairs);
        assert_int_equal(totals.meetings, meetings);
        assert_int_equal(totals.kept, next);
    }
}

static void
the_hypergeometric_filter_keeps_what_is_significant(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        uint8_t in[MEMBERS][GROUPS];
        g_autoptr(kith_twomode) t = draw(seed, in);
        kith_projection_options o = {.filter = KITH_PROJECTION_HYPERGEOMETRIC, .alpha = 0.0507};
        g_autoptr(GArray) found = project(t, o, 2, NULL);
        guint next = 0;

        for (int a = 0; a < MEMBERS; a++)
            for (int b = a + 1; b < MEMBERS; b++) {
                struct slow s = compare_two(in, a, b, 0);
                unsigned x = (unsigned)kith_twomode_degree(t, a),
                         y = (unsigned)kith_twomode_degree(t, b);
                double p = s.shared
                               ? gsl_cdf_hypergeometric_Q((unsigned)s.shared - 1, x, GROUPS - x, y)
                               : 1;

                if (p > 0.0507)
                    continue;
                assert_true(next < found->len);
                assert_int_equal(g_array_index(found, kith_projection_pair, next).b, b);
                assert_true(fabs(g_array_index(found, kith_projection_pair, next).p - p) <=
                            1e-9 * p);
                assert_true(fabs(g_array_index(found, kith_projection_pair, next).newman -
                                 s.newman) < 1e-12);
                next++;
            }
        assert_int_equal(next, found->len);
    }
}

/* The odds are fitted by the plainest way there is: every member and group by itself, until degrees are as they are. */
static void
fit_slowly(uint8_t in[MEMBERS][GROUPS], double p[MEMBERS][GROUPS])
{
    double x[MEMBERS], y[GROUPS];

    for (int i = 0; i < MEMBERS; i++)
        x[i] = 0.1;
    for (int g = 0; g < GROUPS; g++)
        y[g] = 0.1;
    for (int sweep = 0; sweep < 3000; sweep++) {
        for (int i = 0; i < MEMBERS; i++) {
            double degree = 0, sum = 0;

            for (int g = 0; g < GROUPS; g++) {
                degree += in[i][g];
                sum += y[g] / (1 + x[i] * y[g]);
            }
            x[i] = sum > 0 ? degree / sum : 0;
        }
        for (int g = 0; g < GROUPS; g++) {
            double size = 0, sum = 0;

            for (int i = 0; i < MEMBERS; i++) {
                size += in[i][g];
                sum += x[i] / (1 + x[i] * y[g]);
            }
            y[g] = sum > 0 ? size / sum : 0;
        }
    }
    for (int i = 0; i < MEMBERS; i++)
        for (int g = 0; g < GROUPS; g++)
            p[i][g] = x[i] * y[g] / (1 + x[i] * y[g]);
}

static double
slow_tail(double p[MEMBERS][GROUPS], int a, int b, int shared)
{
    double chance[GROUPS + 1] = {1}, sum = 0;

    for (int g = 0; g < GROUPS; g++)
        for (int k = GROUPS; k >= 0; k--) {
            double in = p[a][g] * p[b][g];

            chance[k] = chance[k] * (1 - in) + (k ? chance[k - 1] * in : 0);
        }
    for (int k = shared; k <= GROUPS; k++)
        sum += chance[k];
    return sum;
}

static void
the_sdsm_filter_keeps_what_is_significant(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        uint8_t in[MEMBERS][GROUPS];
        double p[MEMBERS][GROUPS];
        g_autoptr(kith_twomode) t = draw(seed, in);
        kith_projection_options o = {.filter = KITH_PROJECTION_SDSM, .alpha = 0.1};
        g_autoptr(GArray) found = project(t, o, 2, NULL);
        guint next = 0;

        fit_slowly(in, p);
        for (int a = 0; a < MEMBERS; a++)
            for (int b = a + 1; b < MEMBERS; b++) {
                int shared = compare_two(in, a, b, 0).shared;
                double tail = shared ? slow_tail(p, a, b, shared) : 1;

                if (tail > 0.1)
                    continue;
                assert_true(next < found->len);
                assert_int_equal(g_array_index(found, kith_projection_pair, next).a, a);
                assert_int_equal(g_array_index(found, kith_projection_pair, next).b, b);
                assert_true(fabs(g_array_index(found, kith_projection_pair, next).p - tail) < 1e-6);
                next++;
            }
        assert_int_equal(next, found->len);
    }
}

static void
the_disparity_filter_looks_from_both_ends(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        uint8_t in[MEMBERS][GROUPS];
        g_autoptr(kith_twomode) t = draw(seed, in);
        kith_projection_options o = {.filter = KITH_PROJECTION_DISPARITY, .alpha = 0.2};
        g_autoptr(GArray) found = project(t, o, 2, NULL);
        double strength[MEMBERS] = {0}, contacts[MEMBERS] = {0};
        guint next = 0;

        for (int a = 0; a < MEMBERS; a++)
            for (int b = 0; b < MEMBERS; b++) {
                struct slow s = a == b ? (struct slow){0, 0, 0} : compare_two(in, a, b, 0);

                strength[a] += s.newman;
                contacts[a] += s.shared > 0;
            }
        for (int a = 0; a < MEMBERS; a++)
            for (int b = a + 1; b < MEMBERS; b++) {
                struct slow s = compare_two(in, a, b, 0);
                double p = 1;

                if (!s.shared)
                    continue;
                if (contacts[a] > 1)
                    p = fmin(p, pow(1 - s.newman / strength[a], contacts[a] - 1));
                if (contacts[b] > 1)
                    p = fmin(p, pow(1 - s.newman / strength[b], contacts[b] - 1));
                if (p > 0.2)
                    continue;
                assert_true(next < found->len);
                assert_int_equal(g_array_index(found, kith_projection_pair, next).b, b);
                assert_true(fabs(g_array_index(found, kith_projection_pair, next).p - p) < 1e-9);
                next++;
            }
        assert_int_equal(next, found->len);
    }
}

static void
threads_do_not_change_a_pair(void **state)
{
    static const kith_projection_filter all[] = {KITH_PROJECTION_ALL,
                                                 KITH_PROJECTION_HYPERGEOMETRIC,
                                                 KITH_PROJECTION_SDSM, KITH_PROJECTION_DISPARITY};
    uint8_t in[MEMBERS][GROUPS];
    g_autoptr(kith_twomode) t = draw(5, in);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
        kith_projection_options o = {.filter = all[i], .alpha = 0.3};
        g_autoptr(GArray) one = project(t, o, 1, NULL), two = project(t, o, 2, NULL);

        assert_true(one->len > 0);
        assert_int_equal(one->len, two->len);
        for (guint k = 0; k < one->len; k++) {
            kith_projection_pair x = g_array_index(one, kith_projection_pair, k);
            kith_projection_pair y = g_array_index(two, kith_projection_pair, k);

            assert_true(x.a == y.a && x.b == y.b && x.shared == y.shared && x.newman == y.newman &&
                        x.jaccard == y.jaccard && (x.p == y.p || (isnan(x.p) && isnan(y.p))));
        }
    }
}

static void
whoever_takes_may_stop_it(void **state)
{
    uint8_t in[MEMBERS][GROUPS];
    g_autoptr(kith_twomode) t = draw(5, in);
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(kith_projection_pair));
    struct kept k = {pairs, 1};
    kith_projection_options o = {0};
    kith_projection_totals totals;

    (void)state;
    assert_int_equal(kith_projection_run(t, &o, take, &k, NULL, NULL, NULL), KITH_ERR_CANCELLED);
    assert_int_equal(kith_projection_run(t, &o, NULL, NULL, NULL, &totals, NULL), KITH_OK);
    assert_true(totals.pairs > 0 && totals.meetings >= totals.pairs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_and_each_link_is_there_once),
        cmocka_unit_test(every_pair_has_its_weights),
        cmocka_unit_test(the_hypergeometric_filter_keeps_what_is_significant),
        cmocka_unit_test(the_sdsm_filter_keeps_what_is_significant),
        cmocka_unit_test(the_disparity_filter_looks_from_both_ends),
        cmocka_unit_test(threads_do_not_change_a_pair),
        cmocka_unit_test(whoever_takes_may_stop_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
