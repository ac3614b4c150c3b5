/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/introductions.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/small.h"

static kith_time
day(int n)
{
    return 20000 * KITH_DAY + n * KITH_DAY;
}

static void
says(kith_builder *b, const char *status, int when, const char *asker, const char *outcome)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_INTRODUCED;
    fact.from = small_person(b, "Bo");
    fact.to = small_person(b, "Dana");
    fact.status = status;
    fact.when = when < 0 ? KITH_TIME_NONE : day(when);
    fact.precision = KITH_PRECISION_DAY;
    small_fact(b, &fact);
    if (asker)
        kith_builder_fact_attribute(b, "for", asker);
    if (outcome)
        kith_builder_fact_attribute(b, "outcome", outcome);
}

/* What became of them, a letter each in order: asked, Agreed, Made, Declined; '!' behind an outcome. */
static void
assert_requests(kith_builder *b, const char *letters)
{
    kith_graph *g = small_build(b);
    g_autoptr(GArray) all = kith_introductions(g);
    g_autoptr(GString) found = g_string_new(NULL);

    for (guint i = 0; i < all->len; i++) {
        const kith_introduction *r = &g_array_index(all, kith_introduction, i);

        g_string_append_c(found, "aAMD"[r->state]);
        g_string_append(found, r->outcome ? "!" : "");
        assert_string_equal(kith_graph_label(g, r->by), "Bo");
        assert_string_equal(kith_graph_label(g, r->to), "Dana");
    }
    assert_string_equal(found->str, letters);
    kith_graph_free(g);
    kith_builder_free(b);
}

static void
what_follows_a_request_belongs_to_it(void **state)
{
    kith_builder *b = kith_builder_new();

    (void)state;
    says(b, "outcome", 9, NULL, "a first order");
    says(b, "made", 5, NULL, NULL);
    says(b, "asked", 1, NULL, NULL);
    says(b, "agreed", 3, NULL, NULL);
    assert_requests(b, "M!");
}

static void
all_of_one_day_is_taken_in_the_order_in_which_it_can_happen(void **state)
{
    kith_builder *b = kith_builder_new();

    (void)state;
    says(b, "made", 1, NULL, NULL);
    says(b, "agreed", 1, NULL, NULL);
    says(b, "asked", 1, NULL, NULL);
    assert_requests(b, "M");
}

static void
asking_again_after_an_answer_is_a_new_request(void **state)
{
    kith_builder *b = kith_builder_new();

    (void)state;
    says(b, "asked", 1, NULL, NULL);
    says(b, "asked", 2, NULL, NULL);
    says(b, "declined", 3, NULL, NULL);
    says(b, "declined", 4, NULL, NULL);
    says(b, "asked", 10, NULL, NULL);
    says(b, "agreed", 11, NULL, NULL);
    says(b, "asked", 20, NULL, NULL);
    assert_requests(b, "DDAa");
}

static void
different_askers_make_different_requests(void **state)
{
    kith_builder *b = kith_builder_new();

    (void)state;
    says(b, "asked", 1, NULL, NULL);
    says(b, "made", 2, "Zoe", NULL);
    assert_requests(b, "aM");
}

static void
a_fact_without_a_status_was_made_and_an_unknown_word_is_a_request(void **state)
{
    kith_builder *b = kith_builder_new();

    (void)state;
    says(b, NULL, -1, NULL, NULL);
    says(b, "perhaps", 3, "Zoe", NULL);
    assert_requests(b, "Ma");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_follows_a_request_belongs_to_it),
        cmocka_unit_test(all_of_one_day_is_taken_in_the_order_in_which_it_can_happen),
        cmocka_unit_test(asking_again_after_an_answer_is_a_new_request),
        cmocka_unit_test(different_askers_make_different_requests),
        cmocka_unit_test(a_fact_without_a_status_was_made_and_an_unknown_word_is_a_request),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
