/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_matching.c - who is proposed to be the same, in which order, and who never is. */
#include "measures/matching.h"
#include "model/graph.h"
#include <kith/decide.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static kith_mention
person(kith_builder *b, const char *name, const char *email, const char *firm)
{
    kith_mention who = kith_builder_mention(b, KITH_PERSON);
    kith_fact job = KITH_FACT_INIT;

    kith_builder_name(b, who, name);
    kith_builder_identify(b, who, KITH_ID_EMAIL, email);
    if (firm) {
        job.kind = KITH_WORKS_AT;
        job.from = who;
        job.to = kith_builder_organisation(b, firm);
        assert_int_equal(kith_builder_fact(b, &job, NULL), KITH_OK);
    }
    return who;
}

static kith_graph *
build(kith_builder *b)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_graph *g = NULL;

    assert_int_equal(kith_builder_build(b, &options, &g, NULL), KITH_OK);
    return g;
}

/* The score of two mentions' nodes; -1 when they are not proposed. */
static double
score(const kith_graph *g, kith_mention a, kith_mention b)
{
    g_autoptr(GArray) found = kith_matching_candidates(g, 0);
    kith_node x = g->mention_node[a], y = g->mention_node[b];

    for (guint i = 0; i < found->len; i++) {
        const kith_candidate *c = &g_array_index(found, kith_candidate, i);

        assert_true(c->a < c->b && c->score >= 0 && c->score <= 1 && *c->reason && *c->rule);
        if (c->a == MIN(x, y) && c->b == MAX(x, y))
            return c->score;
    }
    return -1;
}

static void
more_agreement_scores_higher(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention a = person(b, "Ana Silva", NULL, "Mill & Co"),
                 same_firm = person(b, "Ana Silva", NULL, "Mill and Co Ltd"),
                 name_only = person(b, "Ana Silva", NULL, NULL),
                 other = person(b, "Otto Berg", NULL, "Mill & Co");
    g_autoptr(kith_graph) g = build(b);

    (void)state;
    assert_true(score(g, a, same_firm) > score(g, a, name_only));
    assert_true(score(g, a, name_only) > 0.5);
    assert_true(score(g, a, other) < 0.1);
}

static void
attend(kith_builder *b, kith_mention who, kith_mention event)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_ATTENDED;
    fact.from = who;
    fact.to = event;
    assert_int_equal(kith_builder_fact(b, &fact, NULL), KITH_OK);
}

static kith_mention
fair(kith_builder *b)
{
    kith_mention event = kith_builder_mention(b, KITH_EVENT);

    kith_builder_name(b, event, "Fair");
    kith_builder_event_time(b, event, INT64_C(19900) * KITH_DAY, KITH_PRECISION_DAY);
    return event;
}

/* Two firms have a John Smith; one of them was at the fair, and so was one of whom no more is known. */
static void
who_fits_one_namesake_better_is_not_the_other(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    kith_source *one = kith_source_from_memory("one", "", 0),
                *two = kith_source_from_memory("two", "", 0);
    kith_mention mill, boats, guest, again;

    (void)state;
    kith_builder_begin(b, one, "x");
    mill = person(b, "John Smith", "john@mill.example.org", "The Mill");
    boats = person(b, "John Smith", "john@boats.example.org", "Breakwater Boats");
    attend(b, mill, fair(b));
    kith_builder_begin(b, two, "x");
    guest = person(b, "John Smith", NULL, NULL);
    attend(b, guest, fair(b));
    again = person(b, "John Smith", NULL, "The Mill");
    g = build(b);
    assert_true(score(g, guest, mill) > 0.3);
    assert_true(score(g, guest, again) > 2 * score(g, guest, boats));
    assert_true(score(g, mill, again) > 0.9);
    kith_source_free(one);
    kith_source_free(two);
}

/* With nothing to tell them apart, neither is preferred. */
static void
between_namesakes_that_fit_alike_nothing_is_decided(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention mill = person(b, "John Smith", "john@mill.example.org", "The Mill"),
                 boats = person(b, "John Smith", "john@boats.example.org", "Breakwater Boats"),
                 guest = person(b, "John Smith", NULL, NULL);
    g_autoptr(kith_graph) g = build(b);

    (void)state;
    assert_true(score(g, guest, mill) == score(g, guest, boats));
    assert_true(score(g, guest, mill) > 0.3);
}

static void
two_boxes_with_one_provider_speak_against_one_person(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention a = person(b, "Ana Silva", "ana@gmail.com", NULL),
                 same = person(b, "Ana Silva", "silva@gmail.com", NULL),
                 elsewhere = person(b, "Ana Silva", "silva@gmx.net", NULL);
    g_autoptr(kith_graph) g = build(b);

    (void)state;
    assert_true(score(g, a, same) < score(g, a, elsewhere));
}

/* A firm known by its number alone may be any other. */
static void
a_firm_without_a_name_is_no_other_firm(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention named = person(b, "Ana Silva", NULL, "The Mill"),
                 other = person(b, "Ana Silva", NULL, "Breakwater Boats"),
                 numbered = person(b, "Ana Silva", NULL, NULL),
                 firm = kith_builder_mention(b, KITH_ORGANISATION);
    g_autoptr(kith_graph) g = NULL;
    kith_fact job = KITH_FACT_INIT;

    (void)state;
    kith_builder_identify(b, firm, KITH_ID_NATIVE, "crm:0017");
    job.kind = KITH_WORKS_AT;
    job.from = numbered;
    job.to = firm;
    assert_int_equal(kith_builder_fact(b, &job, NULL), KITH_OK);
    g = build(b);
    assert_true(score(g, named, numbered) > score(g, named, other));
}

static void
a_rare_name_counts_more_than_a_common_one(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    kith_mention common[2], rare[2];

    (void)state;
    for (int i = 0; i < 30; i++) {
        char name[32];

        snprintf(name, sizeof name, "John %cson", 'A' + i);
        person(b, name, NULL, NULL);
        snprintf(name, sizeof name, "%chris Smith", 'A' + i);
        person(b, name, NULL, NULL);
    }
    for (int i = 0; i < 2; i++) {
        common[i] = person(b, "John Smith", NULL, NULL);
        rare[i] = person(b, "Xanthe Quill", NULL, NULL);
    }
    g = build(b);
    assert_true(score(g, rare[0], rare[1]) > score(g, common[0], common[1]));
}

static void
names_are_recognised_in_other_forms(void **state)
{
    static const char *const pairs[][2] = {
        {"Zoë Hartnell", "Zoë H."},        {"Jürgen Müller", "Juergen Mueller"},
        {"Robert Gray", "Bob Gray"},       {"Nguyễn Thị Mai", "Mai Nguyen"},
        {"Ann Turner", "Ann Turner-Gray"}, {"Katarzyna Nowak", "Katarzyna Novak"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autoptr(kith_builder) b = kith_builder_new();
        kith_mention x = person(b, pairs[i][0], NULL, NULL), y = person(b, pairs[i][1], NULL, NULL);
        g_autoptr(kith_graph) g = build(b);

        assert_true(score(g, x, y) > 0.3);
    }
}

static void
an_address_may_spell_the_name(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention latin = person(b, "Yumi Tanaka", NULL, NULL),
                 letters = person(b, "田中 由美", "yumi.tanaka@example.org", NULL),
                 bare = person(b, NULL, "yumi.tanaka@example.com", NULL),
                 office = person(b, NULL, "info@example.com", NULL);
    g_autoptr(kith_graph) g = build(b);

    (void)state;
    assert_true(score(g, latin, letters) > 0.5);
    assert_true(score(g, latin, bare) > 0.5);
    assert_true(score(g, latin, office) < 0);
}

/* Each John may be the third record; neither is likely. */
static void
namesakes_make_a_name_say_little(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention one = person(b, "John Smith", NULL, "Pebble"),
                 two = person(b, "John Smith", NULL, "Breakwater"),
                 whose = person(b, "John Smith", NULL, NULL),
                 only = person(b, "Otto Berg", NULL, "Pebble"),
                 his = person(b, "Otto Berg", NULL, NULL);
    g_autoptr(kith_graph) g = build(b);

    (void)state;
    assert_true(score(g, one, whose) < 0.5 && score(g, two, whose) < 0.5);
    assert_true(score(g, one, two) < score(g, one, whose));
    assert_true(score(g, only, his) > 0.5);
}

static void
chris_is_not_both_christine_and_christopher(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Christine Lee", "c1@example.org", NULL),
                 y = person(b, "Christopher Lee", "c2@example.org", NULL);
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    kith_builder_name(b, x, "Chris Lee");
    kith_builder_name(b, y, "Chris Lee");
    g = build(b);
    assert_true(score(g, x, y) < 0.3);
}

static void
two_profiles_or_a_users_word_are_never_proposed(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Sean Kelly", NULL, "Dock"),
                 y = person(b, "Sean Kelly", NULL, "Dock");
    kith_mention p = person(b, "Leo Grant", NULL, "Dock"), q = person(b, "Leo Grant", NULL, "Dock");
    kith_decision different = {KITH_DECIDED_DIFFERENT, p, q, NULL, NULL, NAN, false};
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    kith_builder_identify(b, x, KITH_ID_URL, "https://linkedin.com/in/sean-1");
    kith_builder_identify(b, y, KITH_ID_URL, "https://linkedin.com/in/sean-2");
    assert_int_equal(kith_builder_decide(b, &different, NULL), KITH_OK);
    g = build(b);
    assert_true(score(g, x, y) < 0);
    assert_true(score(g, p, q) < 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_agreement_scores_higher),
        cmocka_unit_test(a_rare_name_counts_more_than_a_common_one),
        cmocka_unit_test(who_fits_one_namesake_better_is_not_the_other),
        cmocka_unit_test(between_namesakes_that_fit_alike_nothing_is_decided),
        cmocka_unit_test(two_boxes_with_one_provider_speak_against_one_person),
        cmocka_unit_test(a_firm_without_a_name_is_no_other_firm),
        cmocka_unit_test(names_are_recognised_in_other_forms),
        cmocka_unit_test(an_address_may_spell_the_name),
        cmocka_unit_test(namesakes_make_a_name_say_little),
        cmocka_unit_test(chris_is_not_both_christine_and_christopher),
        cmocka_unit_test(two_profiles_or_a_users_word_are_never_proposed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
