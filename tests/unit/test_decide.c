/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_decide.c - decisions join and part people, vetoes hold, a book keeps both and takes them back. */
#include "support/books.h"
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

    assert_int_equal(kith_builder_build(b, &options, &g, NULL), KITH_OK);
    return g;
}

static kith_mention
person(kith_builder *b, const char *name, const char *email, const char *url)
{
    kith_mention who = kith_builder_mention(b, KITH_PERSON);

    kith_builder_name(b, who, name);
    kith_builder_identify(b, who, KITH_ID_EMAIL, email);
    kith_builder_identify(b, who, KITH_ID_URL, url);
    return who;
}

static int64_t
people_of(kith_builder *b)
{
    g_autoptr(kith_graph) g = build(b);

    return kith_graph_count(g, KITH_PERSON);
}

static bool
one(kith_builder *b, kith_mention x, kith_mention y)
{
    g_autoptr(kith_graph) g = build(b);

    return g->mention_node[x] == g->mention_node[y];
}

static void
merge(kith_builder *b, kith_mention x, kith_mention y, double score)
{
    g_autoptr(kith_graph) g = build(b);
    kith_error err = {0};

    assert_ok(
        kith_decide_merge(b, g, g->mention_node[x], g->mention_node[y], NULL, NULL, score, &err),
        &err);
}

static void
split(kith_builder *b, kith_mention x)
{
    g_autoptr(kith_graph) g = build(b);
    kith_error err = {0};

    assert_ok(kith_decide_split(b, g, g->mention_node[x], &err), &err);
}

static void
different(kith_builder *b, kith_mention x, kith_mention y)
{
    g_autoptr(kith_graph) g = build(b);
    kith_error err = {0};

    assert_ok(kith_decide_different(b, g, g->mention_node[x], g->mention_node[y], &err), &err);
}

static void
a_merge_joins_whole_people(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Ann Lee", "ann@work.example.org", NULL),
                 y = person(b, "Ann Lee", "ann@home.example.org", NULL),
                 z = person(b, "A. Lee", "ann@home.example.org", NULL);

    (void)state;
    assert_int_equal(people_of(b), 2);
    merge(b, x, z, NAN);
    assert_true(one(b, x, y));
}

static void
the_last_word_on_a_pair_counts(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Ann Lee", NULL, NULL), y = person(b, "Ann Lee", NULL, NULL);

    (void)state;
    different(b, x, y);
    assert_false(one(b, x, y));
    merge(b, x, y, NAN);
    assert_true(one(b, x, y));
    split(b, x);
    assert_false(one(b, x, y));
    assert_int_equal(kith_builder_decisions(b), 4); /* the merge also answers the 'different' */
}

static void
different_people_stay_so_when_a_later_record_would_join_them(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Ann Lee", "ann@example.org", NULL),
                 same = person(b, "Ann Lee", "ann@example.org", NULL),
                 y = person(b, "Anna Lee", NULL, "https://github.com/annalee");
    kith_mention between;

    (void)state;
    different(b, x, y);
    between = person(b, "Anna Lee", "ann@example.org", "https://github.com/annalee");
    assert_false(one(b, x, y));
    assert_true(one(b, y, between));
    assert_true(one(b, x, same));
}

static void
two_linkedin_profiles_are_never_joined_by_a_rule(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Chris Lee", "lee@example.org", "https://linkedin.com/in/lee-1"),
                 y = person(b, "Chris Lee", "lee@example.org", "https://linkedin.com/in/lee-2"),
                 p = person(b, "Chris Lee", "lee@example.org", NULL),
                 q = person(b, "Chris Lee", "lee@example.org", NULL);

    (void)state;
    assert_false(one(b, x, y));
    assert_false(one(b, x, p)); /* whose it is nobody can say */
    assert_true(one(b, p, q));
    merge(b, x, y, 0.99);
    assert_false(one(b, x, y)); /* a score is no reason either */
    merge(b, x, y, NAN);
    assert_true(one(b, x, y)); /* but a user knows */
}

static void
two_ids_of_one_exporter_are_two_people_but_cards_are_not(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Ann Lee", "ann@example.org", NULL),
                 y = person(b, "Ann Lee", "ann@example.org", NULL),
                 p = person(b, "Bo Chen", "bo@example.org", NULL),
                 q = person(b, "Bo Chen", "bo@example.org", NULL);

    (void)state;
    kith_builder_identify(b, x, KITH_ID_NATIVE, "crm:1");
    kith_builder_identify(b, y, KITH_ID_NATIVE, "crm:2");
    kith_builder_identify(b, p, KITH_ID_NATIVE, "vcard:0000000000000001");
    kith_builder_identify(b, q, KITH_ID_NATIVE, "vcard:0000000000000002");
    assert_false(one(b, x, y));
    assert_true(one(b, p, q));
}

static void
a_split_parts_records_of_different_names(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Chris Lee", "lee@example.org", NULL),
                 x2 = person(b, "Chris Lee", "lee@example.org", NULL),
                 y = person(b, "C. Lee", "lee@example.org", NULL);
    kith_mention later;

    (void)state;
    assert_true(one(b, x, y));
    split(b, x);
    assert_false(one(b, x, y));
    assert_true(one(b, x, x2));
    later = person(b, "Chris Lee", "lee@example.org", NULL);
    assert_false(one(b, x, y));
    assert_true(one(b, x, later) || !one(b, y, later));
}

static void
one_record_cannot_be_split_and_a_person_is_no_firm(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention x = person(b, "Ann Lee", NULL, NULL);
    kith_mention firm = kith_builder_organisation(b, "Lee Ltd");
    g_autoptr(kith_graph) g = build(b);
    kith_error err = {0}, other = {0};

    (void)state;
    assert_int_equal(kith_decide_split(b, g, g->mention_node[x], &err), KITH_ERR_ARGUMENT);
    assert_non_null(strstr(err.message, "one record"));
    assert_int_equal(
        kith_decide_merge(b, g, g->mention_node[x], g->mention_node[firm], NULL, NULL, NAN, &other),
        KITH_ERR_ARGUMENT);
    assert_string_equal(other.message, "different kinds: person and organisation");
}

/* Decides on the book's first two people, whoever they are. */
static void
decide_in_book(kith_book *book, bool same)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    kith_error err = {0};

    assert_ok(kith_book_load(book, b, &err), &err);
    g = build(b);
    assert_true(kith_graph_count(g, KITH_PERSON) >= 2);
    assert_ok(same ? kith_decide_merge(b, g, 0, 1, NULL, NULL, NAN, &err)
                   : kith_decide_different(b, g, 0, 1, &err),
              &err);
    assert_ok(kith_book_decide(book, b, 0, &err), &err);
}

static void
undo_restores_every_earlier_state(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autofree char *empty = dump_book(book), *imported = NULL, *merged = NULL, *again = NULL;
    kith_undone undone;
    kith_error err = {0};

    book_add_file(book, 1, 40);
    imported = dump_book(book);
    decide_in_book(book, true);
    merged = dump_book(book);
    assert_string_not_equal(imported, merged);
    book_add_file(book, 2, 30);
    assert_ok(kith_book_undo(book, &undone, &err), &err);
    assert_int_equal(undone.decisions, 0);
    g_free(undone.files);
    again = dump_book(book);
    assert_string_equal(again, merged);
    assert_ok(kith_book_undo(book, &undone, &err), &err);
    assert_int_equal(undone.decisions, 1);
    assert_null(undone.files);
    g_clear_pointer(&again, g_free);
    again = dump_book(book);
    assert_string_equal(again, imported);
    assert_int_equal(book_number(book, "SELECT count(*) FROM decision WHERE undone = 1"), 1);
    assert_ok(kith_book_undo(book, &undone, &err), &err);
    g_free(undone.files);
    g_clear_pointer(&again, g_free);
    again = dump_book(book);
    assert_string_equal(again, empty);
    assert_int_equal(book_number(book, "SELECT count(*) FROM decision"), 0);
    assert_int_equal(kith_book_undo(book, &undone, &err), KITH_ERR_NOT_FOUND);
}

static void
an_older_book_learns_to_decide(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = NULL;

    book_make_old(f->book, 1);
    book = book_open(f->book);
    assert_int_equal(book_number(book, "PRAGMA user_version"), KITH_BOOK_VERSION);
    decide_in_book(book, true);
    assert_book_whole(book);
}

static void
what_is_decided_behind_the_books_back_is_damage(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_error err = {0};

    book_add_file(book, 1, 40);
    tamper(f->book, "INSERT INTO decision VALUES(1, 1, 1, 0, 1, 999999, NULL, NULL, NULL, 0)");
    assert_int_equal(kith_book_load(book, b, &err), KITH_ERR_STORE);
    assert_int_equal(kith_builder_decisions(b), 0);
}

static void
the_log_is_read_back_in_order(void **state)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention ann = person(b, "Ann Lee", "ann@x.example", NULL);
    kith_mention bo = person(b, "Bo Lee", "bo@x.example", NULL);
    kith_decision said = {
        .kind = KITH_DECIDED_MERGE, .a = ann, .b = bo, .rule = "name", .score = 0.7};
    kith_decision then = {
        .kind = KITH_DECIDED_DIFFERENT, .a = bo, .b = ann, .score = NAN, .undone = true};
    kith_decision read;

    (void)state;
    assert_int_equal(kith_builder_decide(b, &said, NULL), KITH_OK);
    assert_int_equal(kith_builder_decide(b, &then, NULL), KITH_OK);
    assert_int_equal(kith_builder_decisions(b), 2);
    assert_true(kith_builder_decision_at(b, 0, &read));
    assert_string_equal(kith_decision_kind_name(read.kind), "merge");
    assert_true(read.a == ann && read.b == bo && read.score == 0.7 && !read.undone);
    assert_string_equal(read.rule, "name");
    assert_null(read.reason);
    assert_true(kith_builder_decision_at(b, 1, &read));
    assert_string_equal(kith_decision_kind_name(read.kind), "different");
    assert_true(read.a == bo && isnan(read.score) && read.undone);
    assert_false(kith_builder_decision_at(b, 2, &read));
    assert_false(kith_builder_decision_at(b, -1, &read));
    assert_null(kith_decision_kind_name(KITH_DECISION_KINDS));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_merge_joins_whole_people),
        cmocka_unit_test(the_last_word_on_a_pair_counts),
        cmocka_unit_test(different_people_stay_so_when_a_later_record_would_join_them),
        cmocka_unit_test(two_linkedin_profiles_are_never_joined_by_a_rule),
        cmocka_unit_test(two_ids_of_one_exporter_are_two_people_but_cards_are_not),
        cmocka_unit_test(a_split_parts_records_of_different_names),
        cmocka_unit_test(one_record_cannot_be_split_and_a_person_is_no_firm),
        cmocka_unit_test(the_log_is_read_back_in_order),
        BOOK_TEST(undo_restores_every_earlier_state),
        BOOK_TEST(an_older_book_learns_to_decide),
        BOOK_TEST(what_is_decided_behind_the_books_back_is_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
