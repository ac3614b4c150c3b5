/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/roles.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
titles_say_who_decides_leads_works_and_assists(void **state)
{
    static const struct {
        const char *title;
        kith_role role;
    } cases[] = {
        {NULL, KITH_ROLE_OF_NOBODY},
        {"", KITH_ROLE_OF_NOBODY},
        {"CEO", KITH_ROLE_DECIDES},
        {"Co-Founder & CTO", KITH_ROLE_DECIDES},
        {"Managing Director", KITH_ROLE_DECIDES},
        {"Geschäftsführerin", KITH_ROLE_DECIDES},
        {"Vice President, Sales", KITH_ROLE_LEADS},
        {"Head of Procurement", KITH_ROLE_LEADS},
        {"Operations manager", KITH_ROLE_LEADS},
        {"Personal Assistant to the CEO", KITH_ROLE_ASSISTS},
        {"Marketing intern", KITH_ROLE_ASSISTS},
        {"International buyer", KITH_ROLE_WORKS},
        {"Baker", KITH_ROLE_WORKS},
        {"---", KITH_ROLE_WORKS},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(kith_role_of(cases[i].title), cases[i].role);
}

static void
who_decides_weighs_most_and_all_weights_are_constants(void **state)
{
    kith_warmth_constants c;

    (void)state;
    kith_warmth_defaults(&c);
    assert_true(kith_role_weight(&c, KITH_ROLE_DECIDES) == c.role_decides);
    assert_true(kith_role_weight(&c, KITH_ROLE_OF_NOBODY) == c.role_unknown);
    for (kith_role r = KITH_ROLE_ASSISTS; r < KITH_ROLE_DECIDES; r++)
        assert_true(kith_role_weight(&c, r) < kith_role_weight(&c, r + 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_say_who_decides_leads_works_and_assists),
        cmocka_unit_test(who_decides_weighs_most_and_all_weights_are_constants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
