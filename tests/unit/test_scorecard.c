/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_scorecard.c - shares counted by hand, quarter by quarter, and what one change makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/scorecard.h"
#include "measures/standing.h"
#include <glib/gstdio.h>

extern const kith_pass kith_pass_scorecard, kith_pass_what_if;

static void
fact(kith_builder *b, kith_tie_kind kind, kith_mention from, kith_mention to, const char *when,
     const char *status, const char *channel, double amount)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = from;
    f.to = to;
    f.status = status;
    f.channel = channel;
    f.amount = amount;
    if (when)
        kith_time_parse(when, &f.when, &f.precision);
    small_fact(b, &f);
}

static kith_mention
firm(kith_builder *b, const char *name)
{
    return small_node(b, KITH_ORGANISATION, name);
}

static kith_mention
topic(kith_builder *b, const char *name)
{
    return small_node(b, KITH_TOPIC, name);
}

/* Me at Us. A and B buy; Ann became a customer in August after a referral, Bo in November out of the blue. */
static kith_builder *
shop(void)
{
    kith_builder *b = kith_builder_new();
    kith_mention me = small_person(b, "Me"), ann = small_person(b, "Ann"),
                 bo = small_person(b, "Bo"), cy = small_person(b, "Cy");

    kith_builder_flag(b, me, KITH_FLAG_OWNER);
    fact(b, KITH_WORKS_AT, me, firm(b, "Us"), NULL, NULL, NULL, NAN);
    fact(b, KITH_SELLS_TO, firm(b, "Us"), firm(b, "A"), "2024-01-05", NULL, NULL, 300);
    fact(b, KITH_SELLS_TO, firm(b, "Us"), firm(b, "B"), "2024-12-05", NULL, NULL, 100);
    fact(b, KITH_SELLS_TO, firm(b, "A"), firm(b, "X"), NULL, NULL, NULL, 1);
    fact(b, KITH_REFERRED, cy, ann, "2024-07-01", "pending", NULL, NAN);
    fact(b, KITH_STAGE, ann, topic(b, "customer"), "2024-08-01", NULL, NULL, NAN);
    fact(b, KITH_STAGE, bo, topic(b, "customer"), "2024-11-01", NULL, NULL, NAN);
    fact(b, KITH_CONSENTS, ann, topic(b, "news"), "2024-10-10", "granted", NULL, NAN);
    fact(b, KITH_MET, me, ann, "2024-09-01", NULL, NULL, NAN);
    fact(b, KITH_MET, me, bo, "2024-11-02", NULL, "video", NAN);
    fact(b, KITH_MESSAGED, ann, bo, "2024-11-02", NULL, "email", NAN);
    fact(b, KITH_ANSWERED, ann, topic(b, "when"), "2024-10-02", NULL, NULL, NAN);
    fact(b, KITH_KNOWS, me, cy, NULL, NULL, "linkedin", NAN);
    return b;
}

static kith_answer *
ask(const kith_pass *pass, const kith_graph *g, const char *const *settings)
{
    kith_answer *a = NULL;
    kith_error err = {0};

    if (small_ask(pass, g, settings, &a, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return a;
}

static void
expect(const kith_table *t, const char *measure, const char *quarter, int64_t count, int64_t of)
{
    for (int64_t i = 0; i < kith_table_rows(t); i++)
        if (g_str_equal(small_text(t, i, "measure"), measure) &&
            g_str_equal(small_text(t, i, "quarter"), quarter)) {
            if (small_int(t, i, "count") != count || small_int(t, i, "of") != of)
                fail_msg("%s %s: %d of %d", measure, quarter, (int)small_int(t, i, "count"),
                         (int)small_int(t, i, "of"));
            return;
        }
    fail_msg("no row %s %s", measure, quarter);
}

static kith_graph *
build(kith_builder *b, const char *day)
{
    kith_build_options options = {0};
    kith_graph *g = NULL;
    kith_error err = {0};

    kith_time_parse(day, &options.as_of, NULL);
    if (kith_builder_build(b, &options, &g, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return g;
}

static void
quarters_are_counted_as_they_were(void **state)
{
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) g = build(b, "2024-12-31");
    g_autoptr(kith_answer) a = ask(&kith_pass_scorecard, g, NULL);
    const kith_table *t = kith_answer_find_table(a, "scorecard");
    const kith_table *w = kith_answer_find_table(a, "worklist");

    (void)state;
    expect(t, "new_referred", "2024-Q3", 1, 1);
    expect(t, "new_referred", "2024-Q4", 0, 2); /* Bo, and the firm B */
    expect(t, "permission", "2024-Q3", 0, 3);
    expect(t, "permission", "2024-Q4", 1, 3);
    expect(t, "second_row", "2024-Q3", 1, 1);
    expect(t, "second_row", "2024-Q4", 1, 2);
    expect(t, "face_to_face", "2024-Q4", 1, 2);
    expect(t, "fresh_answers", "2024-Q3", -1, -1);
    expect(t, "fresh_answers", "2024-Q4", 1, 4);
    expect(t, "rented_only", "2024-Q4", 1, 3);
    expect(t, "without_us", "2024-Q4", 1, 3);
    expect(t, "elephants", "2024-Q4", 1, 2);
    expect(t, "give_first", "2024-Q4", 0, 2);
    assert_true(small_real(t, kith_table_rows(t) - 1, "value") == .625);
    assert_string_equal(small_text(kith_answer_find_table(a, "platforms"), 0, "platform"),
                        "linkedin");
    assert_int_equal(small_int(kith_answer_find_table(a, "platforms"), 0, "lost"), 1);
    assert_string_equal(small_text(w, small_row(w, "measure", "face_to_face"), "who"), "Bo");
}

/* The same numbers as from files that end there. */
static void
an_earlier_quarter_is_the_last_one_of_an_earlier_day(void **state)
{
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) late = build(b, "2024-12-31");
    g_autoptr(kith_graph) early = build(b, "2024-09-30");
    g_autoptr(kith_answer) x =
        ask(&kith_pass_scorecard, late, (const char *[]){"quarters", "2", NULL});
    g_autoptr(kith_answer) y =
        ask(&kith_pass_scorecard, early, (const char *[]){"quarters", "1", NULL});
    const kith_table *t = kith_answer_find_table(x, "scorecard");
    const kith_table *u = kith_answer_find_table(y, "scorecard");

    (void)state;
    for (int64_t i = 0; i < KITH_SCORES; i++) {
        assert_string_equal(small_text(t, 2 * i, "quarter"), "2024-Q3");
        assert_int_equal(small_int(t, 2 * i, "count"), small_int(u, i, "count"));
        assert_int_equal(small_int(t, 2 * i, "of"), small_int(u, i, "of"));
    }
}

/* CHAOSS, elephant factor: eight with an eighth each need four; one with more than half is enough. */
static void
concentration_is_that_of_the_worked_example(void **state)
{
    const double equal[] = {12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5};
    const double one[] = {1, 60, NAN, 20, -5, 19};
    int64_t elephants;

    (void)state;
    assert_float_equal(kith_concentration(equal, 8, &elephants), .125, 1e-15);
    assert_int_equal(elephants, 4);
    assert_float_equal(kith_concentration(one, 6, &elephants), .0001 + .36 + .04 + .0361, 1e-12);
    assert_int_equal(elephants, 1);
    assert_true(isnan(kith_concentration(one, 0, &elephants)));
}

static kith_standing *
standing(const kith_graph *g)
{
    kith_standing *s = NULL;
    kith_error err = {0};

    assert_int_equal(kith_standing_new(g, kith_graph_owner(g), 3, &s, &err), KITH_OK);
    return s;
}

/* What a what-if says after the change is what the changed files say. */
static void
assert_after(const kith_answer *a, kith_builder *changed)
{
    g_autoptr(kith_graph) g = build(changed, "2024-12-31");
    g_autoptr(kith_standing) s = standing(g);
    const kith_table *t = kith_answer_find_table(a, "changes");

    for (int m = 0; m < KITH_STANDINGS; m++)
        assert_float_equal(small_real(t, m, "after"), s->value[m], 1e-12);
}

static void
the_difference_is_a_full_recomputation(void **state)
{
    static const struct {
        const char *option, *value;
    } asked[] = {{"lose", "Cy"}, {"close", "linkedin"}, {"meet", "Dee"}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_autoptr(kith_builder) b = shop();
        g_autoptr(kith_builder) changed = kith_builder_new();
        g_autoptr(kith_graph) g = NULL;
        g_autoptr(kith_answer) a = NULL;

        fact(b, KITH_KNOWS, small_person(b, "Cy"), small_person(b, "Dee"), NULL, NULL, NULL, NAN);
        g = build(b, "2024-12-31");
        a = ask(&kith_pass_what_if, g, (const char *[]){asked[i].option, asked[i].value, NULL});
        for (int64_t k = 0; k < kith_graph_ties(g); k++) {
            kith_tie t;

            kith_graph_tie(g, k, &t);
            if (i == 0 && (t.from == small_find(g, "Cy") || t.to == small_find(g, "Cy")))
                continue;
            if (i == 1 && g_strcmp0(t.channel, "linkedin") == 0)
                continue;
            {
                kith_fact f = KITH_FACT_INIT;

                f.kind = t.kind;
                f.from =
                    small_node(changed, kith_graph_kind(g, t.from), kith_graph_label(g, t.from));
                f.to = small_node(changed, kith_graph_kind(g, t.to), kith_graph_label(g, t.to));
                f.when = t.when;
                f.precision = t.precision;
                f.status = t.status;
                f.channel = t.channel;
                f.amount = t.amount;
                small_fact(changed, &f);
            }
        }
        kith_builder_flag(changed, small_node(changed, KITH_PERSON, "Me"), KITH_FLAG_OWNER);
        if (i == 2)
            fact(changed, KITH_MET, small_person(changed, "Me"), small_person(changed, "Dee"),
                 "2024-12-31", NULL, NULL, NAN);
        assert_after(a, changed);
    }
}

static void
an_event_is_a_meeting_of_all_its_guests(void **state)
{
    g_autoptr(kith_builder) b = shop(), after = shop();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_answer) a = NULL;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "kith-guests-XXXXXX", NULL);
    int file;

    (void)state;
    g = build(b, "2024-12-31");
    file = g_mkstemp(path);
    assert_true(file >= 0);
    g_close(file, NULL);
    assert_true(g_file_set_contents(path, "Ann\nBo\nCy\nNobody\nAnn\n", -1, NULL));
    a = ask(&kith_pass_what_if, g, (const char *[]){"event", path, NULL});
    for (const char *const *who = (const char *[]){"Me", "Ann", "Bo", "Cy", NULL}; *who; who++)
        fact(after, KITH_ATTENDED, small_person(after, *who),
             small_node(after, KITH_EVENT, "Supper"), "2024-12-31", "attended", NULL, NAN);
    {
        g_autoptr(kith_graph) h = build(after, "2024-12-31");
        g_autoptr(kith_standing) s = standing(h);
        const kith_table *t = kith_answer_find_table(a, "changes");

        for (int m = 0; m <= KITH_STANDING_LARGEST; m++)
            assert_float_equal(small_real(t, m, "after"), s->value[m], 1e-12);
    }
    assert_true(small_has_note(a, "guests who are nobody in these files: 1"));
    g_unlink(path);
}

static void
a_change_that_cannot_be_is_an_error(void **state)
{
    static const char *const wrong[][4] = {{NULL},
                                           {"meet", "Me", NULL},
                                           {"lose", "Me", NULL},
                                           {"close", "myspace", NULL},
                                           {"lose", "Nobody", NULL}};
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) g = build(b, "2024-12-31");

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(kith_answer) a = NULL;
        kith_error err = {0};

        assert_int_equal(small_ask(&kith_pass_what_if, g, wrong[i], &a, &err), KITH_ERR_ARGUMENT);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_are_counted_as_they_were),
        cmocka_unit_test(an_earlier_quarter_is_the_last_one_of_an_earlier_day),
        cmocka_unit_test(concentration_is_that_of_the_worked_example),
        cmocka_unit_test(the_difference_is_a_full_recomputation),
        cmocka_unit_test(an_event_is_a_meeting_of_all_its_guests),
        cmocka_unit_test(a_change_that_cannot_be_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
