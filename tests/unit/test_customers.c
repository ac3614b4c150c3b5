/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_customers.c - who we are, who buys from us, what is needed and offered, and how to reach somebody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/customers.h"
#include "measures/needs.h"
#include "measures/ways.h"

static void
tie(kith_builder *b, kith_tie_kind kind, kith_mention from, kith_mention to, const char *status,
    const char *when)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = kind;
    fact.from = from;
    fact.to = to;
    fact.status = status;
    if (when)
        kith_time_parse(when, &fact.when, &fact.precision);
    small_fact(b, &fact);
}

static kith_mention
firm(kith_builder *b, const char *name)
{
    return small_node(b, KITH_ORGANISATION, name);
}

/* Me at Us; Us sells to A since 2024; Pat works at A, Quin left; a deal won with B, one lost with C. */
static kith_builder *
shop(void)
{
    kith_builder *b = kith_builder_new();
    kith_mention me = small_person(b, "Me");

    kith_builder_flag(b, me, KITH_FLAG_OWNER);
    kith_builder_flag(b, small_person(b, "Sue"), KITH_FLAG_STAFF);
    kith_builder_flag(b, small_person(b, "Cat"), KITH_FLAG_CUSTOMER);
    tie(b, KITH_WORKS_AT, me, firm(b, "Us"), NULL, NULL);
    tie(b, KITH_SELLS_TO, firm(b, "Us"), firm(b, "A"), NULL, "2024-03-01");
    tie(b, KITH_SELLS_TO, firm(b, "Us"), firm(b, "A"), NULL, "2023-03-01");
    tie(b, KITH_SELLS_TO, firm(b, "A"), firm(b, "Z"), NULL, NULL);
    tie(b, KITH_WORKS_AT, small_person(b, "Pat"), firm(b, "A"), NULL, NULL);
    tie(b, KITH_DEAL, firm(b, "B"), small_person(b, "Me"), "Closed Won", "2024-05-01");
    tie(b, KITH_DEAL, firm(b, "C"), small_person(b, "Me"), "lost", "2024-05-01");
    tie(b, KITH_STAGE, small_person(b, "Dan"), small_node(b, KITH_TOPIC, "Customer"), NULL,
        "2024-06-01");
    return b;
}

static void
customers_buy_win_arrive_or_are_flagged(void **state)
{
    g_autoptr(kith_builder) b = shop();
    g_autoptr(kith_graph) g = small_build(b);
    g_autoptr(kith_customers) c = kith_customers_new(g, -1);
    const char *const yes[] = {"A", "Pat", "B", "Dan", "Cat"}, *const no[] = {"C", "Z", "Me", "Us",
                                                                              "Sue"};
    kith_time first;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(yes); i++)
        assert_true(c->customer[small_find(g, yes[i])]);
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++)
        assert_false(c->customer[small_find(g, no[i])]);
    assert_int_equal(c->people, 3);
    assert_int_equal(c->firms, 2);
    assert_int_equal(c->firm, small_find(g, "Us"));
    kith_time_from_civil(2023, 3, 1, &first);
    assert_int_equal(c->since[small_find(g, "A")], first);
    assert_int_equal(c->since[small_find(g, "Pat")], first);
    assert_true(c->us[small_find(g, "Sue")]);
}

static void
without_an_owner_every_buyer_is_a_customer(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_customers) c = NULL;

    (void)state;
    tie(b, KITH_SELLS_TO, firm(b, "A"), firm(b, "B"), NULL, NULL);
    tie(b, KITH_SELLS_TO, firm(b, "B"), firm(b, "C"), NULL, NULL);
    g = small_build(b);
    c = kith_customers_new(g, -1);
    assert_int_equal(c->firms, 2);
    assert_false(c->customer[small_find(g, "A")]);
}

static void
needs_meet_offers_by_folded_words(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_needs) n = NULL;
    const char *word = NULL;
    guint many;

    (void)state;
    kith_builder_attribute(b, firm(b, "A"), "Needs", "Crêpes; Boxes,boxes");
    kith_builder_attribute(b, firm(b, "B"), "OFFERING", "crepes|boxes|ink");
    tie(b, KITH_INTERESTED_IN, small_person(b, "Pat"), small_node(b, KITH_TOPIC, "Ink"), "needs",
        NULL);
    g = small_build(b);
    n = kith_needs_new(g);
    assert_int_equal(n->needs->len, 3);
    assert_int_equal(kith_needs_met(n, small_find(g, "A"), small_find(g, "B"), &word), 2);
    assert_string_equal(word, "boxes");
    assert_int_equal(kith_needs_met(n, small_find(g, "Pat"), small_find(g, "B"), NULL), 1);
    assert_int_equal(kith_needs_met(n, small_find(g, "B"), small_find(g, "A"), NULL), 0);
    assert_int_equal(kith_needs_offering(n, "ink", &many)->who, small_find(g, "B"));
    assert_int_equal(many, 1);
    assert_null(kith_needs_offering(n, "gold", &many));
}

/* Mail was refused, so the telephone; a firm is reached through whom the owner knows best. */
static void
a_way_is_one_that_was_not_refused(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_ways) w = NULL;
    g_autoptr(kith_warm_network) net = NULL;
    g_autofree char *mail = NULL, *phone = NULL, *none = NULL;
    kith_fact refusal = KITH_FACT_INIT;
    kith_mention ann = small_person(b, "Ann"), bo = small_person(b, "Bo"),
                 me = small_person(b, "Me");
    kith_error err = {0};

    (void)state;
    kith_builder_flag(b, me, KITH_FLAG_OWNER);
    kith_builder_identify(b, ann, KITH_ID_EMAIL, "ann@example.org");
    kith_builder_identify(b, bo, KITH_ID_EMAIL, "bo@example.org");
    kith_builder_identify(b, bo, KITH_ID_PHONE, "+44 7700 900123");
    refusal.kind = KITH_CONSENTS;
    refusal.from = bo;
    refusal.to = small_node(b, KITH_TOPIC, "news");
    refusal.status = "withdrawn";
    refusal.channel = "phone";
    small_fact(b, &refusal);
    tie(b, KITH_WORKS_AT, ann, firm(b, "A"), NULL, NULL);
    tie(b, KITH_WORKS_AT, bo, firm(b, "A"), NULL, NULL);
    tie(b, KITH_KNOWS, me, bo, NULL, NULL);
    g = small_build(b);
    assert_int_equal(kith_warm_network_new(g, &(kith_warm_options){0}, &net, &err), KITH_OK);
    w = kith_ways_new(g, net);
    mail = kith_way_to(w, small_find(g, "Ann"));
    phone = kith_way_to(w, small_find(g, "Bo"));
    none = kith_way_to(w, small_find(g, "Me"));
    assert_string_equal(mail, "email ann@example.org");
    assert_string_equal(phone, "email bo@example.org");
    assert_null(none);
    assert_int_equal(kith_way_contact(w, small_find(g, "A")), small_find(g, "Bo"));
    assert_int_equal(kith_way_contact(w, small_find(g, "Ann")), small_find(g, "Ann"));
    assert_int_equal(kith_way_employer(g, small_find(g, "Bo")), small_find(g, "A"));
    assert_int_equal(kith_way_employer(g, small_find(g, "Me")), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(customers_buy_win_arrive_or_are_flagged),
        cmocka_unit_test(without_an_owner_every_buyer_is_a_customer),
        cmocka_unit_test(needs_meet_offers_by_folded_words),
        cmocka_unit_test(a_way_is_one_that_was_not_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
