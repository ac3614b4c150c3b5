/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_consent.c - consent never loosens: not by a merge, not by a later import that is not a later grant. */
#include "measures/consent.h"
#include "model/graph.h"
#include <kith/decide.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define PEOPLE 6
#define TODAY 20000

static const char *const statuses[] = {"granted", "withdrawn", "pending", "bounced"};

static kith_mention
person(kith_builder *b, int who)
{
    g_autofree char *mail = g_strdup_printf("p%d@example.org", who);
    kith_mention m = kith_builder_mention(b, KITH_PERSON);

    kith_builder_name(b, m, "Ann Lee");
    kith_builder_identify(b, m, KITH_ID_EMAIL, mail);
    return m;
}

static void
say(kith_builder *b, kith_mention who, const char *status, kith_time when)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_CONSENTS;
    fact.from = who;
    fact.to = kith_builder_mention(b, KITH_TOPIC);
    kith_builder_name(b, fact.to, "newsletter");
    fact.status = status;
    fact.when = when;
    if (when != KITH_TIME_NONE && when % (3 * KITH_DAY) == 0)
        fact.until = when + 5 * KITH_DAY;
    assert_int_equal(kith_builder_fact(b, &fact, NULL), KITH_OK);
}

static kith_graph *
build_on(kith_builder *b, kith_time day)
{
    kith_build_options options = {.as_of = day, .today = TODAY * KITH_DAY};
    kith_graph *g = NULL;

    assert_int_equal(kith_builder_build(b, &options, &g, NULL), KITH_OK);
    return g;
}

static kith_graph *
build(kith_builder *b)
{
    return build_on(b, TODAY * KITH_DAY);
}

static bool
granted(kith_builder *b, kith_mention who)
{
    g_autoptr(kith_graph) g = build(b);
    g_autoptr(GArray) all = kith_consents(g);

    return kith_consent_granted(all, g->mention_node[who], "newsletter", NULL);
}

/* Whether the person has said anything about it. */
static bool
spoke(kith_builder *b, kith_mention who)
{
    g_autoptr(kith_graph) g = build(b);
    g_autoptr(GArray) all = kith_consents(g);

    for (guint i = 0; i < all->len; i++)
        if (g_array_index(all, kith_consent, i).person == g->mention_node[who])
            return true;
    return false;
}

static void
say_something(kith_builder *b, GRand *random, kith_mention who[PEOPLE])
{
    int i = g_rand_int_range(random, 0, PEOPLE);

    who[i] = person(b, i);
    say(b, who[i], statuses[g_rand_int_range(random, 0, 4)],
        g_rand_int_range(random, 0, 4) ? g_rand_int_range(random, 1, 30) * KITH_DAY
                                       : KITH_TIME_NONE);
}

static void
no_merge_loosens_a_consent(void **state)
{
    GRand *random = g_rand_new_with_seed(11);

    (void)state;
    for (int round = 0; round < 300; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        kith_mention who[PEOPLE];
        bool before[PEOPLE], told[PEOPLE];
        kith_decision merge = {.kind = KITH_DECIDED_MERGE};

        for (int i = 0; i < PEOPLE; i++)
            who[i] = person(b, i);
        for (int i = 0; i < 12; i++)
            say_something(b, random, who);
        for (int i = 0; i < PEOPLE; i++) {
            before[i] = granted(b, who[i]);
            told[i] = spoke(b, who[i]);
        }
        for (int k = 0; k < 3; k++) {
            merge.a = who[g_rand_int_range(random, 0, PEOPLE)];
            merge.b = who[g_rand_int_range(random, 0, PEOPLE)];
            merge.score = k % 2 ? 0.9 : NAN;
            kith_builder_decide(b, &merge, NULL);
        }
        for (int i = 0; i < PEOPLE; i++)
            assert_true(before[i] || !told[i] || !granted(b, who[i]));
    }
    g_rand_free(random);
}

/* Anything but a grant on a later, known day leaves a refusal a refusal. */
static void
no_later_import_loosens_a_refusal(void **state)
{
    GRand *random = g_rand_new_with_seed(12);

    (void)state;
    for (int round = 0; round < 300; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        kith_mention who = person(b, 1);
        kith_time refused = g_rand_int_range(random, 0, 4)
                                ? g_rand_int_range(random, 10, 30) * KITH_DAY
                                : KITH_TIME_NONE;

        say(b, who, "withdrawn", refused);
        for (int i = 0; i < 6; i++) {
            bool dated = refused != KITH_TIME_NONE && g_rand_boolean(random);

            say(b, person(b, 1), statuses[g_rand_int_range(random, 0, 4)],
                dated ? refused - g_rand_int_range(random, 0, 9) * KITH_DAY : KITH_TIME_NONE);
            assert_false(granted(b, who));
        }
    }
    g_rand_free(random);
}

static void
the_same_person_may_grant_again_on_a_later_day(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention who = person(b, 1);

    (void)state;
    say(b, who, "withdrawn", 10 * KITH_DAY);
    say(b, person(b, 1), "granted", 20 * KITH_DAY);
    assert_true(granted(b, who));
}

static int64_t
granted_of(const GArray *consents)
{
    int64_t n = 0;

    for (guint i = 0; i < consents->len; i++)
        n += g_str_equal(g_array_index(consents, kith_consent, i).status, "granted");
    return n;
}

/* A graph built as of that day is the slow, obvious way to know. */
static void
an_earlier_day_is_answered_as_it_was_then(void **state)
{
    GRand *random = g_rand_new_with_seed(13);

    (void)state;
    for (int round = 0; round < 300; round++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        kith_time day = g_rand_int_range(random, 1, 35) * KITH_DAY;
        kith_mention who[PEOPLE];

        for (int i = 0; i < 12; i++)
            say_something(b, random, who);
        g_autoptr(kith_graph) now = build(b);
        g_autoptr(kith_graph) then = build_on(b, day);
        g_autoptr(GArray) seen = kith_consents_on(now, day), meant = kith_consents(then),
                          last = kith_consents(now);
        kith_optins change = kith_consents_compare(seen, last, "newsletter", "email");

        assert_int_equal(seen->len, meant->len);
        for (guint i = 0; i < seen->len; i++) {
            const kith_consent *a = &g_array_index(seen, kith_consent, i),
                               *m = &g_array_index(meant, kith_consent, i);

            assert_string_equal(a->status, m->status);
            assert_string_equal(kith_graph_label(now, a->person),
                                kith_graph_label(then, m->person));
        }
        assert_int_equal(change.granted, granted_of(last));
        assert_int_equal(granted_of(seen) + change.joined - change.left, granted_of(last));
    }
    g_rand_free(random);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_merge_loosens_a_consent),
        cmocka_unit_test(no_later_import_loosens_a_refusal),
        cmocka_unit_test(the_same_person_may_grant_again_on_a_later_day),
        cmocka_unit_test(an_earlier_day_is_answered_as_it_was_then),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
