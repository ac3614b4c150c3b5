/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_builder.c - the safe rules, and that order never matters. */
#include "model/graph.h"
#include <kith/decide.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static kith_graph *
build(kith_builder *b)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_graph *g = NULL;
    kith_error err = {0};

    assert_int_equal(kith_builder_build(b, &options, &g, &err), KITH_OK);
    return g;
}

static kith_mention
person(kith_builder *b, const char *name, kith_identifier_kind kind, const char *value)
{
    kith_mention m = kith_builder_mention(b, KITH_PERSON);

    kith_builder_name(b, m, name);
    if (value)
        kith_builder_identify(b, m, kind, value);
    return m;
}

static int64_t
people_of(kith_builder *b)
{
    g_autoptr(kith_graph) g = build(b);

    return kith_graph_count(g, KITH_PERSON);
}

static void
same_mailbox_with_agreeing_names_is_one_person(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "Robert Gray", KITH_ID_EMAIL, "Robert.Gray@example.org");
    person(b, "Bob Gray", KITH_ID_EMAIL, "robert.gray@EXAMPLE.org");
    person(b, NULL, KITH_ID_EMAIL, "robert.gray@example.org");
    assert_int_equal(people_of(b), 1);
}

static void
a_shared_mailbox_with_two_given_names_stays_two_people(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "Zoë Hartnell", KITH_ID_EMAIL, "thehartnells@example.org");
    person(b, "Tom Hartnell", KITH_ID_EMAIL, "thehartnells@example.org");
    assert_int_equal(people_of(b), 2);
}

static void
a_role_mailbox_joins_nobody(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "Ann Lee", KITH_ID_EMAIL, "info@example.org");
    person(b, "Ann Lee", KITH_ID_EMAIL, "info@example.org");
    assert_int_equal(people_of(b), 2);
}

static void
a_phone_joins_only_the_same_name_words(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "Marta Kowalska", KITH_ID_PHONE, "07700 900001");
    person(b, "Kowalska, Marta", KITH_ID_PHONE, "+44 7700 900001");
    person(b, "Ruby Fletcher", KITH_ID_PHONE, "+447700900001");
    assert_int_equal(people_of(b), 2);
}

static void
the_same_name_alone_joins_nobody(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "John Smith", KITH_ID_EMAIL, "john@one.example.org");
    person(b, "John Smith", KITH_ID_EMAIL, "john@two.example.org");
    assert_int_equal(people_of(b), 2);
}

static void
one_profile_link_is_one_person(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();

    (void)state;
    person(b, "Chris Lee", KITH_ID_URL, "https://www.linkedin.com/in/chris-lee-x/");
    person(b, "Christine Lee", KITH_ID_URL, "http://uk.linkedin.com/in/Chris-Lee-X?trk=1");
    person(b, "Chris Lee", KITH_ID_URL, "https://www.linkedin.com/in/chris-lee-y");
    assert_int_equal(people_of(b), 2);
}

static void
company_spellings_are_one_organisation(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    kith_builder_organisation(b, "Quayside Bakery Ltd");
    kith_builder_organisation(b, "QUAYSIDE BAKERY LIMITED");
    kith_builder_organisation(b, "Quayside Bakery Ltd");
    kith_builder_organisation(b, "Hartnell & Sons");
    kith_builder_organisation(b, "Hartnell and Sons");
    g = build(b);
    assert_int_equal(kith_graph_count(g, KITH_ORGANISATION), 2);
    assert_string_equal(kith_graph_label(g, 1), "QUAYSIDE BAKERY LIMITED");
}

static kith_mention
event(kith_builder *b, const char *name, const char *uid, kith_time when)
{
    kith_mention m = kith_builder_mention(b, KITH_EVENT);

    kith_builder_name(b, m, name);
    if (uid)
        kith_builder_identify(b, m, KITH_ID_NATIVE, uid);
    if (when)
        kith_builder_event_time(b, m, when, KITH_PRECISION_DAY);
    return m;
}

static void
events_join_by_name_and_day_but_not_against_their_ids(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    event(b, "Summer BBQ", NULL, 100 * KITH_DAY);
    event(b, "summer bbq", "ical:1", 100 * KITH_DAY + 3600);
    event(b, "Summer BBQ", NULL, 0);
    event(b, "Lunch", "ical:2", 100 * KITH_DAY);
    event(b, "Lunch", "ical:3", 100 * KITH_DAY);
    g = build(b);
    assert_int_equal(kith_graph_count(g, KITH_EVENT), 3);
}

static void
facts_after_the_day_are_hidden(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_fact f = KITH_FACT_INIT;
    kith_build_options options = {.as_of = 10 * KITH_DAY};
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    f.kind = KITH_MET;
    f.from = person(b, "A", KITH_ID_LABEL, "a");
    f.to = person(b, "B", KITH_ID_LABEL, "b");
    f.when = 11 * KITH_DAY - 1;
    assert_int_equal(kith_builder_fact(b, &f, NULL), KITH_OK);
    f.when = 11 * KITH_DAY;
    assert_int_equal(kith_builder_fact(b, &f, NULL), KITH_OK);
    assert_int_equal(kith_builder_build(b, &options, &g, NULL), KITH_OK);
    assert_int_equal(kith_graph_ties(g), 1);
    assert_int_equal(kith_graph_hidden(g), 1);
}

static void
weights_that_are_no_weights_are_refused(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_fact f = KITH_FACT_INIT;
    const double bad[] = {0, -1, __builtin_nan(""), __builtin_inf()};

    (void)state;
    f.kind = KITH_TIE;
    f.from = person(b, "A", KITH_ID_LABEL, "a");
    f.to = person(b, "B", KITH_ID_LABEL, "b");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kith_error err = {0};

        f.weight = bad[i];
        assert_int_equal(kith_builder_fact(b, &f, &err), KITH_ERR_PARSE);
        assert_non_null(strstr(err.message, "expected a finite number above 0"));
    }
}

/* Everything a graph says, as text. */
static char *
dump(const kith_graph *g)
{
    GString *out = g_string_new(NULL);
    kith_identifier_kind kind;
    const char *value;
    kith_tie t;

    for (kith_node i = 0; i < kith_graph_nodes(g); i++) {
        g_string_append_printf(out, "%d %s %s %u", kith_graph_kind(g, i), kith_graph_id(g, i),
                               kith_graph_label(g, i), kith_graph_flags(g, i));
        for (int64_t k = 0; kith_graph_identifier_at(g, i, k, &kind, &value); k++)
            g_string_append_printf(out, " %d=%s", kind, value);
        for (int64_t k = 0; (value = kith_graph_name_at(g, i, k)); k++)
            g_string_append_printf(out, " '%s'", value);
        g_string_append_c(out, '\n');
    }
    for (int64_t i = 0; i < kith_graph_ties(g); i++) {
        kith_graph_tie(g, i, &t);
        g_string_append_printf(out, "%d %d %d %ld %g\n", t.kind, (int)t.from, (int)t.to,
                               (long)t.when, t.weight);
    }
    return g_string_free(out, FALSE);
}

/* One random row of a made-up town: two people by name, mailbox, phone or label, and a tie. */
struct row {
    int a, b, form_a, form_b, kind;
    kith_time when;
};

static kith_mention
mention(kith_builder *b, int who, int form)
{
    static const char *const given[] = {"Ann", "Bob", "Robert", "Zoë", "Tom", "Chris", "Christine"};
    g_autofree char *name = g_strdup_printf("%s Gray%d", given[who % 7], who % 3);
    g_autofree char *mail = g_strdup_printf("p%d@example.org", who % 5);
    g_autofree char *phone = g_strdup_printf("0770090000%d", who % 4);
    g_autofree char *label = g_strdup_printf("L%d", who % 6);
    g_autofree char *slug = g_strdup_printf("https://linkedin.com/in/s%d", who % 9);
    g_autofree char *native = g_strdup_printf("crm:%d", who % 8);
    kith_mention made;

    switch (form % 6) {
    case 4:
        made = person(b, name, KITH_ID_EMAIL, mail);
        kith_builder_identify(b, made, KITH_ID_URL, slug);
        return made;
    case 5:
        made = person(b, name, KITH_ID_NATIVE, native);
        kith_builder_identify(b, made, KITH_ID_EMAIL, mail);
        kith_builder_identify(b, made, KITH_ID_PHONE, phone);
        return made;
    case 0:
        return person(b, name, KITH_ID_EMAIL, mail);
    case 1:
        return person(b, name, KITH_ID_PHONE, phone);
    case 2:
        return person(b, NULL, KITH_ID_LABEL, label);
    default:
        return kith_builder_organisation(b, name);
    }
}

/* A row's two people may have been called one, one by score, or different. */
static void
decide_row(kith_builder *b, const struct row *r, const kith_fact *f)
{
    const kith_decision decision = {.kind =
                                        r->kind % 3 ? KITH_DECIDED_MERGE : KITH_DECIDED_DIFFERENT,
                                    .a = f->from,
                                    .b = f->to,
                                    .score = r->kind % 2 ? 0.9 : NAN};

    if (r->kind % 8 < 3)
        kith_builder_decide(b, &decision, NULL);
}

static char *
dump_rows(const struct row *rows, const int *order, int n)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;

    for (int i = 0; i < n; i++) {
        const struct row *r = &rows[order[i]];
        kith_fact f = KITH_FACT_INIT;

        f.kind = r->kind % KITH_TIE_KINDS;
        f.when = r->when;
        f.from = mention(b, r->a, r->form_a);
        f.to = mention(b, r->b, r->form_b);
        assert_int_equal(kith_builder_fact(b, &f, NULL), KITH_OK);
        decide_row(b, r, &f);
    }
    g = build(b);
    return dump(g);
}

/* Two people with the same names and identifiers, kept apart by a veto, can only be told by which record came first. */
static bool
has_twins(const char *dumped)
{
    g_auto(GStrv) lines = g_strsplit(dumped, "\n", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (char **line = lines; *line; line++) {
        const char *id = strchr(*line, ' '), *label = id ? strchr(id + 1, ' ') : NULL;

        if (label && strpbrk(label, "='") && !g_hash_table_add(seen, g_strdup(label)))
            return true;
    }
    return false;
}

static void
the_order_of_rows_changes_nothing(void **state)
{
    GRand *random = g_rand_new_with_seed(7);
    int twins = 0;

    (void)state;
    for (int round = 0; round < 1000; round++) {
        int n = g_rand_int_range(random, 1, 30);
        g_autofree struct row *rows = g_new0(struct row, n);
        g_autofree int *order = g_new0(int, n);
        g_autofree char *first = NULL;
        g_autofree char *second = NULL;

        for (int i = 0; i < n; i++) {
            rows[i] = (struct row){
                g_rand_int_range(random, 0, 40), g_rand_int_range(random, 0, 40),
                g_rand_int_range(random, 0, 6),  g_rand_int_range(random, 0, 6),
                g_rand_int_range(random, 0, 40), g_rand_int_range(random, 0, 9) * KITH_DAY};
            order[i] = i;
        }
        first = dump_rows(rows, order, n);
        for (int i = n - 1; i > 0; i--) {
            int j = g_rand_int_range(random, 0, i + 1), swap = order[i];

            order[i] = order[j];
            order[j] = swap;
        }
        second = dump_rows(rows, order, n);
        if (has_twins(first) && ++twins)
            continue;
        assert_string_equal(first, second);
    }
    assert_true(twins < 500);
    g_rand_free(random);
}

static void
find_matches_names_without_case_and_accents_and_lists_several(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    kith_error err = {0};
    kith_node node;

    (void)state;
    person(b, "Zoë Hartnell", KITH_ID_EMAIL, "zoe@hartnell.example.org");
    person(b, "Chris Lee", KITH_ID_EMAIL, "a@one.example.org");
    person(b, "Chris Lee", KITH_ID_EMAIL, "b@two.example.org");
    g = build(b);
    assert_int_equal(kith_graph_find(g, "ZOE hartnell", 0, &node, &err), KITH_OK);
    assert_string_equal(kith_graph_label(g, node), "Zoë Hartnell");
    assert_int_equal(kith_graph_find(g, "B@two.example.org", 0, &node, &err), KITH_OK);
    assert_string_equal(kith_graph_id(g, node), "chris-lee-2");
    assert_int_equal(kith_graph_find(g, "hartnell", 0, &node, &err), KITH_OK);
    assert_int_equal(kith_graph_find(g, "chris lee", 0, &node, &err), KITH_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "chris-lee-2"));
    err = (kith_error){0};
    assert_int_equal(kith_graph_find(g, "Dana", 0, &node, &err), KITH_ERR_ARGUMENT);
    assert_string_equal(err.message, "nobody called 'Dana'");
}

static void
the_owner_can_be_named(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_build_options options = {.as_of = KITH_TIME_NONE, .owner = "marta@example.org"};
    g_autoptr(kith_graph) g = NULL;

    (void)state;
    kith_builder_owner(b);
    person(b, "Marta Kowalska", KITH_ID_EMAIL, "marta@example.org");
    assert_int_equal(people_of(b), 2);
    assert_int_equal(kith_builder_build(b, &options, &g, NULL), KITH_OK);
    assert_int_equal(kith_graph_count(g, KITH_PERSON), 1);
    assert_int_equal(kith_graph_owner(g), 0);
}

/* Two profiles are never joined for their name, not even when the name is said to be one's own. */
static void
a_namesake_is_not_taken_for_the_owner(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_build_options options = {.as_of = KITH_TIME_NONE, .owner = "chris lee"};
    g_autoptr(kith_graph) g = NULL, before = NULL, one = NULL;
    const char *email = NULL;
    kith_identifier_kind kind;
    kith_error err = {0};

    (void)state;
    kith_builder_name(b, kith_builder_mention(b, KITH_PERSON), "Chris Lee");
    person(b, "Chris Lee", KITH_ID_EMAIL, "zz@example.org");
    person(b, "Chris Lee", KITH_ID_EMAIL, "aa@example.net");
    assert_int_equal(kith_builder_build(b, &options, &g, &err), KITH_ERR_ARGUMENT);
    assert_null(g);
    assert_non_null(strstr(err.message, "zz@example.org"));
    assert_non_null(strstr(err.message, "aa@example.net"));
    /* Said when there was one of them: that one, and whoever is known by the name alone. */
    options.owner_before = true;
    assert_int_equal(kith_builder_build(b, &options, &before, NULL), KITH_OK);
    assert_int_equal(kith_graph_count(before, KITH_PERSON), 2);
    assert_true(kith_graph_identifier_at(before, kith_graph_owner(before), 0, &kind, &email));
    assert_string_equal(email, "zz@example.org");
    options = (kith_build_options){.as_of = KITH_TIME_NONE, .owner = "aa@example.net"};
    assert_int_equal(kith_builder_build(b, &options, &one, NULL), KITH_OK);
    assert_int_equal(kith_graph_count(one, KITH_PERSON), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_mailbox_with_agreeing_names_is_one_person),
        cmocka_unit_test(a_shared_mailbox_with_two_given_names_stays_two_people),
        cmocka_unit_test(a_role_mailbox_joins_nobody),
        cmocka_unit_test(a_phone_joins_only_the_same_name_words),
        cmocka_unit_test(the_same_name_alone_joins_nobody),
        cmocka_unit_test(one_profile_link_is_one_person),
        cmocka_unit_test(company_spellings_are_one_organisation),
        cmocka_unit_test(events_join_by_name_and_day_but_not_against_their_ids),
        cmocka_unit_test(facts_after_the_day_are_hidden),
        cmocka_unit_test(weights_that_are_no_weights_are_refused),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(find_matches_names_without_case_and_accents_and_lists_several),
        cmocka_unit_test(the_owner_can_be_named),
        cmocka_unit_test(a_namesake_is_not_taken_for_the_owner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
