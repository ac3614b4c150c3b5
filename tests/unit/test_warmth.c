/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/warmth.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MOST 400

/* What one case is made of. */
typedef struct facts {
    kith_warmth_item item[MOST];
    int64_t n;
    double declared;
} facts;

static kith_warmth_constants constants;

static void
add(facts *f, kith_warmth_part part, kith_warmth_way way, double weight, int party, double age)
{
    assert_true(f->n < MOST);
    f->item[f->n++] = (kith_warmth_item){.age_days = age,
                                         .weight = weight,
                                         .party = party,
                                         .day = -(int32_t)floor(age),
                                         .part = part,
                                         .way = way,
                                         .contact = part == KITH_WARMTH_M || part == KITH_WARMTH_X};
}

static void
meet(facts *f, int party, int times, double first, double step)
{
    for (int i = 0; i < times; i++)
        add(f, KITH_WARMTH_M, KITH_WARMTH_BOTH, 3, party, first + step * i);
}

static void
mail(facts *f, bool answered, int times, double first, double step)
{
    for (int i = 0; i < times; i++) {
        add(f, KITH_WARMTH_X, KITH_WARMTH_IN, 1, 0, first + step * i);
        if (answered)
            add(f, KITH_WARMTH_X, KITH_WARMTH_OUT, 1, 0, first + step * i);
    }
}

static kith_warmth
warmth_of(const facts *f)
{
    kith_warmth out;

    kith_warmth_compute(&constants, f->item, f->n, false, f->declared, &out);
    return out;
}

static void
assert_warmth(const facts *f, double sum, double w, kith_warmth_tier tier)
{
    kith_warmth out = warmth_of(f);

    assert_float_equal(out.sum, sum, 0.005001); /* the table shows two digits */
    assert_float_equal(out.w, w, 0.0005001);
    assert_int_equal(out.tier, tier);
}

static void
one_coffee_today_is_a_weak_tie(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 1, 0, 0);
    assert_warmth(&f, 3.00, 0.221, KITH_TIER_WEAK);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_ACTIVE);
    assert_float_equal(warmth_of(&f).usual_days, 365, 0);
}

static void
eight_quarterly_talks_make_a_strong_tie(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 8, 0, 90);
    assert_warmth(&f, 12.16, 0.637, KITH_TIER_STRONG);
    assert_float_equal(warmth_of(&f).usual_days, 90, 0);
}

static void
twelve_monthly_talks_make_a_strong_tie(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 12, 15, 30);
    assert_warmth(&f, 22.65, 0.849, KITH_TIER_STRONG);
    assert_float_equal(warmth_of(&f).gap_days, 15, 0);
    assert_float_equal(warmth_of(&f).usual_days, 30, 0);
}

static void
twenty_mails_each_way_make_a_strong_tie(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    mail(&f, true, 20, 0, 9);
    assert_warmth(&f, 15.75, 0.731, KITH_TIER_STRONG);
    assert_int_equal(warmth_of(&f).contacts, 20);
}

static void
mail_without_an_answer_is_worth_nothing(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    mail(&f, false, 100, 0, 3);
    assert_warmth(&f, 0, 0, KITH_TIER_UNKNOWN);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_UNKNOWN);
    assert_int_equal(warmth_of(&f).contacts, 0);
    assert_true(isnan(warmth_of(&f).gap_days));
}

static void
a_bare_connection_is_weak_and_has_no_state(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    add(&f, KITH_WARMTH_L, KITH_WARMTH_BOTH, 1, 0, 3000);
    assert_warmth(&f, 0.50, 0.041, KITH_TIER_WEAK);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_UNKNOWN);
}

static void
a_large_conference_is_next_to_nothing(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 200, 1, 30, 0);
    assert_warmth(&f, 0.01, 0.001, KITH_TIER_WEAK);
}

static void
six_dinners_of_six_are_weak(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 6, 6, 0, 60);
    assert_warmth(&f, 2.46, 0.185, KITH_TIER_WEAK);
}

static void
an_old_friendship_is_familiar_dormant_and_strong_when_declared(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 36, 1095, 30);
    assert_warmth(&f, 10.17, 0.572, KITH_TIER_FAMILIAR);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_DORMANT);
    f.declared = 1;
    assert_warmth(&f, 10.17, 0.786, KITH_TIER_STRONG);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_DORMANT);
}

static void
a_closed_referral_and_three_mails_are_familiar(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    add(&f, KITH_WARMTH_V, KITH_WARMTH_BOTH, 6, 0, 60);
    mail(&f, true, 3, 50, 5);
    assert_warmth(&f, 8.32, 0.500, KITH_TIER_FAMILIAR);
    assert_int_equal(warmth_of(&f).variety, 2);
}

static void
a_weekly_chapter_is_familiar_and_strong_with_two_talks_and_a_referral(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 25, 40, 0, 7);
    assert_warmth(&f, 3.47, 0.251, KITH_TIER_FAMILIAR);
    meet(&f, 2, 2, 30, 90);
    add(&f, KITH_WARMTH_V, KITH_WARMTH_BOTH, 4, 0, 45);
    assert_warmth(&f, 13.00, 0.662, KITH_TIER_STRONG);
}

static void
states_follow_the_tie_s_own_rhythm(void **state)
{
    static const struct {
        double gap;
        kith_warmth_state state;
    } cases[] = {{29.9, KITH_STATE_ACTIVE},    {30, KITH_STATE_COOLING},
                 {79.9, KITH_STATE_COOLING},   {80, KITH_STATE_AT_RISK},
                 {1094.9, KITH_STATE_AT_RISK}, {1095, KITH_STATE_DORMANT}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        facts f = {.declared = NAN};

        for (int j = 0; j < 4; j++) {
            meet(&f, 2, 1, cases[i].gap + 10 * j, 0);
            f.item[f.n - 1].day = -10 * j;
        }
        assert_float_equal(warmth_of(&f).usual_days, 10, 0);
        assert_int_equal(warmth_of(&f).state, cases[i].state);
    }
}

static void
contacts_of_one_day_are_one_contact(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 4, 5, 0);
    assert_int_equal(warmth_of(&f).contacts, 1);
    assert_float_equal(warmth_of(&f).usual_days, 60, 0); /* strong: 12 points */
}

static void
undated_facts_count_but_are_no_contact(void **state)
{
    facts f = {.declared = NAN};

    (void)state;
    meet(&f, 2, 1, constants.undated_days, 0);
    f.item[0].undated = true;
    assert_true(warmth_of(&f).w > 0);
    assert_int_equal(warmth_of(&f).undated, 1);
    assert_int_equal(warmth_of(&f).state, KITH_STATE_UNKNOWN);
}

static void
a_one_sided_connection_warms_one_side_only(void **state)
{
    facts f = {.declared = NAN};
    kith_warmth back;

    (void)state;
    add(&f, KITH_WARMTH_L, KITH_WARMTH_OUT, 1, 0, 0);
    kith_warmth_compute(&constants, f.item, f.n, true, NAN, &back);
    assert_true(warmth_of(&f).w > 0);
    assert_true(back.w == 0 && back.tier == KITH_TIER_UNKNOWN);
}

static void
hops_follow_warmth_and_the_introducer_s_record(void **state)
{
    (void)state;
    assert_float_equal(kith_warmth_record(&constants, 0, 0), 1, 0);
    assert_float_equal(kith_warmth_record(&constants, 4, 0), 0.5, 0);
    assert_float_equal(kith_warmth_record(&constants, 100, 0), 0.5, 0);
    assert_float_equal(kith_warmth_record(&constants, 100, 100), 1.3, 0);
    assert_float_equal(kith_warmth_record(&constants, 2, 1), 1, 1e-15);
    assert_float_equal(kith_warmth_hop(&constants, 0.5, 1), 0.475, 1e-15);
    assert_float_equal(kith_warmth_hop(&constants, 1, 1), 0.9, 1e-15);
    assert_float_equal(kith_warmth_hop(&constants, 1, 1.3), 0.95, 0);
}

/* How often a parameter was recorded. */
static int
recorded(const kith_answer *answer, const char *wanted)
{
    int times = 0;

    for (int64_t i = 0; i < kith_answer_parameter_count(answer); i++) {
        const char *name, *text;
        kith_option_type type;

        kith_answer_parameter_at(answer, i, &name, &type, &text);
        times += g_str_equal(name, wanted);
    }
    return times;
}

static void
an_answer_records_every_constant_and_notes_the_unusual_ones(void **state)
{
    kith_answer *usual = kith_answer_new("warmth"), *own = kith_answer_new("warmth");
    kith_warmth_constants changed = constants;

    (void)state;
    changed.in_person = 4;
    kith_warmth_tell(&constants, usual);
    kith_warmth_tell(&changed, own);
    for (const kith_option *o = kith_warmth_options; o->type != KITH_OPTION_TYPE_END; o++) {
        g_autofree char *name = g_strconcat("warmth.", o->name, NULL);

        assert_int_equal(o->type, KITH_OPTION_TYPE_REAL);
        assert_int_equal(recorded(usual, name), 1);
    }
    assert_string_equal(kith_answer_note_at(own, 0),
                        "warmth-1 with constants of its own: in_person 4 (usually 3)");
    assert_non_null(strstr(kith_answer_note_at(usual, 0), "usual constants"));
    kith_answer_free(usual);
    kith_answer_free(own);
}

/* Any mix of facts with ages up to six years. */
static void
random_facts(GRand *dice, facts *f)
{
    int n = g_rand_int_range(dice, 0, 30);

    *f = (facts){.declared = g_rand_int_range(dice, 0, 4) ? NAN : g_rand_double(dice)};
    for (int i = 0; i < n; i++) {
        int part = g_rand_int_range(dice, 0, KITH_WARMTH_PARTS);
        double age = g_rand_int_range(dice, 0, 5) ? g_rand_double_range(dice, 0, 2200) : 0;

        add(f, part,
            part == KITH_WARMTH_X ? g_rand_int_range(dice, 1, 3) : g_rand_int_range(dice, 0, 3),
            g_rand_int_range(dice, 1, 7), g_rand_int_range(dice, 2, 60), age);
        f->item[i].contact = part < KITH_WARMTH_V && g_rand_boolean(dice);
    }
}

static void
a_further_two_way_fact_never_cools(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(1);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        double age = g_rand_double_range(dice, 0, 4000), before;
        facts f;

        random_facts(dice, &f);
        before = warmth_of(&f).w;
        switch (g_rand_int_range(dice, 0, 4)) {
        case 0:
            meet(&f, g_rand_int_range(dice, 2, 300), 1, age, 0);
            break;
        case 1:
            mail(&f, true, 1, age, 0);
            break;
        case 2:
            add(&f, KITH_WARMTH_V, KITH_WARMTH_BOTH, 2, 0, age);
            break;
        default:
            add(&f, KITH_WARMTH_L, KITH_WARMTH_BOTH, 1, 0, age);
        }
        assert_true(warmth_of(&f).w >= before);
    }
}

static void
time_without_new_facts_never_warms(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(2);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        double later = g_rand_double_range(dice, 0, 1000);
        kith_warmth before;
        facts f;

        random_facts(dice, &f);
        before = warmth_of(&f);
        for (int64_t i = 0; i < f.n; i++)
            f.item[i].age_days += later;
        assert_true(warmth_of(&f).w <= before.w + 1e-15);
        assert_true(warmth_of(&f).state >= before.state || warmth_of(&f).tier != before.tier);
    }
}

static void
the_order_of_facts_changes_no_bit(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(3);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        kith_warmth before, after;
        facts f;

        random_facts(dice, &f);
        before = warmth_of(&f);
        for (int64_t i = f.n - 1; i > 0; i--) {
            int64_t j = g_rand_int_range(dice, 0, (gint32)i + 1);
            kith_warmth_item other = f.item[i];

            f.item[i] = f.item[j];
            f.item[j] = other;
        }
        after = warmth_of(&f);
        assert_true(before.w == after.w && before.sum == after.sum && before.state == after.state);
        assert_true(before.m == after.m && before.x == after.x && before.v == after.v);
        assert_true(before.contacts == 0 || before.usual_days == after.usual_days);
    }
}

static void
scaling_ages_and_half_lives_together_changes_nothing(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(4);

    (void)state;
    for (int round = 0; round < 20000; round++) {
        double scale = exp(g_rand_double_range(dice, -3, 3));
        kith_warmth_constants scaled = constants;
        kith_warmth before, after;
        facts f;

        random_facts(dice, &f);
        before = warmth_of(&f);
        scaled.fast_half_life_days *= scale;
        scaled.slow_half_life_days *= scale;
        for (int64_t i = 0; i < f.n; i++)
            f.item[i].age_days *= scale;
        kith_warmth_compute(&scaled, f.item, f.n, false, f.declared, &after);
        assert_float_equal(before.w, after.w, 1e-13);
    }
}

static void
swapping_sides_swaps_messages_and_one_sided_links(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);

    (void)state;
    for (int round = 0; round < 5000; round++) {
        kith_warmth here, there;
        facts f;

        random_facts(dice, &f);
        here = warmth_of(&f);
        kith_warmth_compute(&constants, f.item, f.n, true, f.declared, &there);
        assert_true(here.out == there.in && here.in == there.out && here.x == there.x);
        assert_true(here.m == there.m && here.v == there.v);
        assert_true(here.w >= 0 && here.w <= 1 && (here.w > 0 || here.tier == KITH_TIER_UNKNOWN));
    }
}

static int
set_up(void **state)
{
    (void)state;
    kith_warmth_defaults(&constants);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_coffee_today_is_a_weak_tie),
        cmocka_unit_test(eight_quarterly_talks_make_a_strong_tie),
        cmocka_unit_test(twelve_monthly_talks_make_a_strong_tie),
        cmocka_unit_test(twenty_mails_each_way_make_a_strong_tie),
        cmocka_unit_test(mail_without_an_answer_is_worth_nothing),
        cmocka_unit_test(a_bare_connection_is_weak_and_has_no_state),
        cmocka_unit_test(a_large_conference_is_next_to_nothing),
        cmocka_unit_test(six_dinners_of_six_are_weak),
        cmocka_unit_test(an_old_friendship_is_familiar_dormant_and_strong_when_declared),
        cmocka_unit_test(a_closed_referral_and_three_mails_are_familiar),
        cmocka_unit_test(a_weekly_chapter_is_familiar_and_strong_with_two_talks_and_a_referral),
        cmocka_unit_test(states_follow_the_tie_s_own_rhythm),
        cmocka_unit_test(contacts_of_one_day_are_one_contact),
        cmocka_unit_test(undated_facts_count_but_are_no_contact),
        cmocka_unit_test(a_one_sided_connection_warms_one_side_only),
        cmocka_unit_test(hops_follow_warmth_and_the_introducer_s_record),
        cmocka_unit_test(an_answer_records_every_constant_and_notes_the_unusual_ones),
        cmocka_unit_test(a_further_two_way_fact_never_cools),
        cmocka_unit_test(time_without_new_facts_never_warms),
        cmocka_unit_test(the_order_of_facts_changes_no_bit),
        cmocka_unit_test(scaling_ages_and_half_lives_together_changes_nothing),
        cmocka_unit_test(swapping_sides_swaps_messages_and_one_sided_links),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
