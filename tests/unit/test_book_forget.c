/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_book_forget.c - taking back imports and forgetting people, down to the bytes of the file. */
#include "store/compact.h"
#include "support/books.h"
#include "support/dump.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Dana in two files, by e-mail and by link; her name twin Dana Reyes of Lima; Ana Dana Reyes, another person. */
static void
add_dana(kith_builder *b, const char *file, bool second)
{
    g_autoptr(kith_source) source = kith_source_from_memory(file, file, strlen(file));
    kith_fact fact = KITH_FACT_INIT;
    kith_error err = {0};
    kith_mention dana, bo, ana;

    kith_builder_begin(b, source, "test");
    dana = kith_builder_mention(b, KITH_PERSON);
    kith_builder_names(b, dana, "Dana", "Reyes-Quispe");
    kith_builder_identify(b, dana, KITH_ID_EMAIL, "Dana.Reyes@example.org");
    kith_builder_identify(b, dana, KITH_ID_URL, "https://www.linkedin.com/in/dana-reyes");
    kith_builder_identify(b, dana, KITH_ID_PHONE, "+44 20 7946 0958");
    kith_builder_attribute(b, dana, "note", "likes llamas");
    bo = kith_builder_mention(b, KITH_PERSON);
    kith_builder_names(b, bo, "Bo", "Chen");
    kith_builder_identify(b, bo, KITH_ID_EMAIL, "bo@example.org");
    kith_builder_attribute(b, bo, "assistant",
                           "Dana Reyes-Quispe <dana.reyes@EXAMPLE.org>, since May");
    ana = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, ana, "Ana Dana Reyes-Quispe");
    kith_builder_identify(b, ana, KITH_ID_EMAIL, "ana-dana.reyes@example.org");
    fact.kind = KITH_KNOWS;
    fact.from = bo;
    fact.to = dana;
    fact.detail = "met over llamas";
    assert_ok(kith_builder_fact(b, &fact, &err), &err);
    kith_builder_fact_attribute(b, "where", "llama farm");
    fact.to = ana;
    fact.detail = second ? "through dana.reyes@example.org" : "at school";
    assert_ok(kith_builder_fact(b, &fact, &err), &err);
    assert_ok(kith_builder_end(b, &err), &err);
}

static void
fill_with_dana(kith_book *book)
{
    g_autoptr(kith_builder) one = kith_builder_new(), two = kith_builder_new();
    kith_error err = {0};

    add_dana(one, "contacts.csv", false);
    assert_ok(kith_book_add(book, one, &err), &err);
    book_add_file(book, 1, 40);
    add_dana(two, "Dana Reyes-Quispe.vcf", true);
    assert_ok(kith_book_add(book, two, &err), &err);
}

/* Forgets whoever the name or identifier means. */
static kith_status
forget(kith_book *book, const char *who, kith_error *err)
{
    const kith_build_options options = {.as_of = KITH_TIME_NONE, .today = 1764000000};
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    kith_mention *mentions = NULL;
    kith_node node;
    int64_t n;
    kith_status status;

    assert_ok(kith_book_load(book, b, err), err);
    assert_ok(kith_builder_build(b, &options, &graph, err), err);
    assert_ok(kith_graph_find(graph, who, 1u << KITH_PERSON, &node, err), err);
    n = kith_builder_mentions_of(b, graph, node, &mentions);
    assert_true(n > 0);
    status = kith_book_forget(book, mentions, n, err);
    free(mentions);
    return status;
}

/* Without regard to the case of ASCII letters. */
static bool
contains(char *bytes, gsize length, const char *text)
{
    g_autofree char *needle = g_ascii_strdown(text, -1);

    for (gsize i = 0; i < length; i++)
        bytes[i] = g_ascii_tolower(bytes[i]);
    return memmem(bytes, length, needle, strlen(needle)) != NULL;
}

/* Looks through every file of the folder. */
static int
count_files_with(const struct book_folder *f, const char *text)
{
    g_autoptr(GDir) dir = g_dir_open(f->path, 0, NULL);
    const char *name;
    int n = 0;

    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(f->path, name, NULL), *bytes = NULL;
        gsize length;

        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        n += contains(bytes, length, text);
    }
    return n;
}

static void
mentions_of_gives_the_records_of_one_node(void **state)
{
    const kith_build_options options = {.as_of = KITH_TIME_NONE, .today = 1764000000};
    g_autoptr(kith_builder) b = kith_builder_new(), other = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    kith_mention *mentions = NULL;
    kith_node node;
    kith_error err = {0};

    (void)state;
    add_dana(b, "one", false);
    add_dana(b, "two", true);
    assert_ok(kith_builder_build(b, &options, &graph, &err), &err);
    assert_ok(kith_graph_find(graph, "bo@example.org", 1u << KITH_PERSON, &node, &err), &err);
    assert_int_equal(kith_builder_mentions_of(b, graph, node, &mentions), 2);
    assert_int_equal(mentions[0], 1);
    assert_int_equal(mentions[1], 4);
    free(mentions);
    assert_int_equal(kith_builder_mentions_of(b, graph, 100, &mentions), 0);
    assert_null(mentions);
    assert_int_equal(kith_builder_mentions_of(other, graph, node, &mentions), 0);
}

static void
undo_takes_back_import_after_import(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autofree char *empty = dump_book(book), *one = NULL, *two = NULL, *files = NULL, *now = NULL;
    kith_error err = {0};

    book_add_file(book, 1, 30);
    one = dump_book(book);
    book_add_file(book, 2, 300);
    two = dump_book(book);
    assert_ok(kith_book_last_import(book, &files, &err), &err);
    assert_string_equal(files, "file-2.csv");
    assert_ok(kith_book_undo_last(book, &err), &err);
    now = dump_book(book);
    assert_string_equal(now, one);
    assert_int_equal(count_files_with(f, "file-2.csv"), 0);
    assert_int_equal(count_files_with(f, "given140"), 0);
    g_free(now);
    book_add_file(book, 2, 300);
    now = dump_book(book);
    assert_string_equal(now, two);
    assert_ok(kith_book_undo_last(book, &err), &err);
    assert_ok(kith_book_undo_last(book, &err), &err);
    g_free(now);
    now = dump_book(book);
    assert_string_equal(now, empty);
    assert_int_equal(kith_book_undo_last(book, &err), KITH_ERR_NOT_FOUND);
    assert_book_whole(book);
}

static void
a_forgotten_person_leaves_no_byte(void **state)
{
    static const char *const traces[] = {"dana.reyes@example.org>",
                                         "through dana.reyes",
                                         "linkedin",
                                         "7946 0958",
                                         "442079460958",
                                         "llama",
                                         "contacts.csv ",
                                         "[forgotten] <d",
                                         "Dana Reyes-Quispe.vcf"};
    static const char *const kept[] = {"ana dana reyes-quispe",
                                       "ana-dana.reyes@example.org",
                                       "bo@example.org",
                                       "[forgotten] <[forgotten]>, since May",
                                       "through [forgotten]",
                                       "[forgotten].vcf",
                                       "at school",
                                       "contacts.csv"};
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    kith_error err = {0};

    fill_with_dana(book);
    assert_true(count_files_with(f, "dana.reyes@example.org>") && count_files_with(f, "llama"));
    assert_ok(kith_book_set(book, "owner", "dana.reyes@example.org", &err), &err);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    for (size_t i = 0; i < G_N_ELEMENTS(traces); i++) {
        if (count_files_with(f, traces[i]))
            print_error("still there: %s\n", traces[i]);
        assert_int_equal(count_files_with(f, traces[i]), 0);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
        if (!count_files_with(f, kept[i]))
            print_error("lost: %s\n", kept[i]);
        assert_int_equal(count_files_with(f, kept[i]), 1);
    }
    assert_int_equal(book_number(book, "SELECT count(*) FROM setting WHERE key <> 'forget-key'"),
                     0);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 3);
    assert_book_whole(book);
}

/* What the book gives without Dana is what the others' records alone would have given. */
static void
forgetting_changes_nothing_else(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) with = book_open(f->book), without = book_open(f->other);
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autofree char *expected = NULL, *found = NULL;
    kith_mention dana;
    kith_error err = {0};

    book_add_file(without, 1, 40);
    book_add_file(without, 2, 40);
    expected = dump_book(without);
    book_add_file(with, 1, 40);
    dana = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, dana, "Dana Reyes");
    kith_builder_identify(b, dana, KITH_ID_EMAIL, "dana@example.org");
    assert_ok(kith_book_add(with, b, &err), &err);
    book_add_file(with, 2, 40);
    assert_ok(forget(with, "Dana Reyes", &err), &err);
    tamper(f->book, "DELETE FROM source WHERE sha256 IS NULL");
    found = dump_book(with);
    assert_string_equal(found, expected);
    assert_int_equal(book_rows(with, KITH_PART_TEXT), book_rows(without, KITH_PART_TEXT));
}

static void
everybody_can_be_forgotten(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    g_autofree kith_mention *all = NULL;
    kith_error err = {0};
    int64_t n;

    book_add_file(book, 1, 40);
    assert_ok(kith_book_load(book, b, &err), &err);
    n = kith_builder_mentions(b);
    all = g_new(kith_mention, n);
    for (int64_t i = 0; i < n; i++)
        all[i] = n - 1 - i;
    assert_ok(kith_book_forget(book, all, n, &err), &err);
    assert_int_equal(book_number(book, "SELECT count(*) FROM part"), 0);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 1);
    assert_ok(kith_book_undo_last(book, &err), &err);
    assert_int_equal(book_number(book, "SELECT count(*) FROM source"), 0);
}

static void
the_same_file_does_not_bring_a_person_back(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autofree char *before = NULL, *after = NULL;
    kith_error err = {0};

    fill_with_dana(book);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    before = dump_book(book);
    fill_with_dana(book);
    after = dump_book(book);
    assert_string_equal(before, after);
}

static void
what_another_person_shares_stays_theirs(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention one, two;
    kith_error err = {0};

    one = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, one, "Dana Reyes");
    kith_builder_identify(b, one, KITH_ID_EMAIL, "dana@example.org");
    kith_builder_identify(b, one, KITH_ID_PHONE, "+442079460958");
    two = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, two, "Dana Reyes");
    kith_builder_identify(b, two, KITH_ID_EMAIL, "dana@example.net");
    kith_builder_attribute(b, two, "note", "Dana Reyes of example.net, not dana@example.org");
    two = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, two, "Rae Reyes");
    kith_builder_identify(b, two, KITH_ID_PHONE, "+442079460958");
    assert_ok(kith_book_add(book, b, &err), &err);
    assert_ok(forget(book, "dana@example.org", &err), &err);
    assert_int_equal(count_files_with(f, "Dana Reyes of example.net, not [forgotten]"), 1);
    assert_int_equal(count_files_with(f, "+442079460958"), 1);
    assert_int_equal(count_files_with(f, "dana@example.org"), 0);
    assert_int_equal(count_files_with(f, "dana@example.net"), 1);
}

static void
old_numbers_are_not_taken_for_new_ones(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book), other = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    const kith_mention first = 0, none = 100000;
    kith_error err = {0};

    book_add_file(book, 1, 5);
    assert_int_equal(kith_book_forget(book, &first, 1, &err), KITH_ERR_ARGUMENT);
    err = (kith_error){0};
    assert_ok(kith_book_load(book, b, &err), &err);
    assert_int_equal(kith_book_forget(book, &none, 1, &err), KITH_ERR_ARGUMENT);
    err = (kith_error){0};
    assert_ok(kith_book_load(book, b, &err), &err);
    book_add_file(other, 2, 5);
    assert_int_equal(kith_book_forget(book, &first, 1, &err), KITH_ERR_STORE);
    assert_non_null(strstr(err.message, "has changed"));
}

static void
a_rewriting_that_was_cut_off_is_made_up_for(void **state)
{
    const struct book_folder *f = *state;
    kith_book *book = book_open(f->book);
    kith_error err = {0};

    book_add_file(book, 1, 200);
    assert_ok(kith_sql_run(book, "DELETE FROM part", &err), &err);
    assert_ok(kith_compact_mark(book, &err), &err);
    kith_book_free(book);
    book = book_open(f->book);
    assert_int_equal(book_number(book, "PRAGMA freelist_count"), 0);
    assert_int_equal(book_number(book, "SELECT count(*) FROM setting"), 0);
    kith_book_free(book);
}

static void
a_kill_while_forgetting_leaves_before_or_after(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    g_autofree char *before = NULL, *after = NULL, *fresh = NULL;
    gsize length;
    kith_book *book = book_open(f->book);
    int forgotten = 0;
    kith_error err = {0};

    fill_with_dana(book);
    before = dump_book(book);
    kith_book_free(book);
    assert_true(g_file_get_contents(f->book, &fresh, &length, NULL));
    book = book_open(f->book);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    after = dump_book(book);
    kith_book_free(book);
    for (int round = 0; round < 40; round++) {
        g_autofree char *now = NULL;
        pid_t child;

        assert_true(g_file_set_contents(f->book, fresh, (gssize)length, NULL));
        child = fork();
        if (child == 0) {
            book = book_open(f->book);
            _exit(forget(book, "dana.reyes@example.org", &err) == KITH_OK ? 0 : 1);
        }
        g_usleep((gulong)g_rand_int_range(rand, 0, 40000));
        if (round < 39) /* the last one may finish, however slow the machine */
            kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        book = book_open(f->book);
        assert_book_whole(book);
        now = dump_book(book);
        assert_true(strcmp(now, before) == 0 || strcmp(now, after) == 0);
        kith_book_free(book);
        if (strcmp(now, after) == 0) {
            forgotten++;
            assert_int_equal(count_files_with(f, "llama"), 0);
        }
    }
    assert_true(forgotten > 0);
}

/* One card, in a file of its own. */
static void
add_card(kith_book *book, const char *file, const char *name, kith_identifier_kind kind,
         const char *value, const char *second_email)
{
    g_autoptr(kith_source) source = kith_source_from_memory(file, file, strlen(file));
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_mention who;
    kith_error err = {0};

    kith_builder_begin(b, source, "test");
    who = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, who, name);
    kith_builder_identify(b, who, kind, value);
    kith_builder_identify(b, who, KITH_ID_EMAIL, second_email);
    assert_ok(kith_builder_end(b, &err), &err);
    assert_ok(kith_book_add(book, b, &err), &err);
}

/* How many mentions adding one card adds. */
static int64_t
added(kith_book *book, const char *file, const char *name, kith_identifier_kind kind,
      const char *value, const char *second_email)
{
    int64_t before = book_rows(book, KITH_PART_MENTION);

    add_card(book, file, name, kind, value, second_email);
    return book_rows(book, KITH_PART_MENTION) - before;
}

static void
a_changed_file_does_not_bring_a_person_back(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_error err = {0};
    int64_t facts;

    fill_with_dana(book);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    facts = book_rows(book, KITH_PART_FACT);
    add_dana(b, "contacts, a week later.csv", false);
    assert_ok(kith_book_add(book, b, &err), &err);
    assert_int_equal(kith_book_left_out(book), 1);
    assert_int_equal(count_files_with(f, "llama"), 0);
    assert_int_equal(count_files_with(f, "linkedin"), 0);
    assert_int_equal(book_rows(book, KITH_PART_FACT), facts + 1); /* Bo knows Ana */
    assert_book_whole(book);
}

static void
what_a_forgotten_person_is_known_by_grows(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    kith_error err = {0};

    fill_with_dana(book);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    assert_int_equal(
        added(book, "1", "D. Reyes-Quispe", KITH_ID_EMAIL, "dana.reyes@example.org", NULL), 0);
    assert_int_equal(added(book, "2", NULL, KITH_ID_EMAIL, "dana.reyes@example.org", NULL), 0);
    assert_int_equal(
        added(book, "3", "Dana R", KITH_ID_URL, "linkedin.com/in/dana-reyes", "new@example.org"),
        0);
    assert_int_equal(added(book, "4", "Dana R", KITH_ID_EMAIL, "new@example.org", NULL), 0);
    assert_int_equal(count_files_with(f, "new@example.org"), 0);
}

static void
who_shares_with_a_forgotten_person_stays_welcome(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    kith_error err = {0};

    fill_with_dana(book);
    assert_ok(forget(book, "dana.reyes@example.org", &err), &err);
    assert_int_equal(added(book, "1", "Leo Quispe", KITH_ID_EMAIL, "dana.reyes@example.org", NULL),
                     1);
    assert_int_equal(added(book, "2", "Leo Quispe", KITH_ID_PHONE, "+44 20 7946 0958", NULL), 1);
    assert_int_equal(
        added(book, "3", "Dana Reyes-Quispe", KITH_ID_EMAIL, "another.dana@example.org", NULL), 1);
    assert_int_equal(kith_book_left_out(book), 0);
}

/* Of somebody known by a name alone nothing else can be remembered. */
static void
a_name_alone_is_remembered_for_its_kind_of_file(void **state)
{
    const struct book_folder *f = *state;
    g_autoptr(kith_book) book = book_open(f->book);
    kith_error err = {0};

    add_card(book, "list-1", "Una Vega", KITH_ID_EMAIL, NULL, NULL);
    assert_ok(forget(book, "Una Vega", &err), &err);
    assert_int_equal(count_files_with(f, "una vega"), 0);
    assert_int_equal(added(book, "list-2", "Vega, Una", KITH_ID_EMAIL, NULL, NULL), 0);
    assert_int_equal(added(book, "list-3", "Una Vega", KITH_ID_EMAIL, "una@example.org", NULL), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOOK_TEST(mentions_of_gives_the_records_of_one_node),
        BOOK_TEST(undo_takes_back_import_after_import),
        BOOK_TEST(a_forgotten_person_leaves_no_byte),
        BOOK_TEST(forgetting_changes_nothing_else),
        BOOK_TEST(everybody_can_be_forgotten),
        BOOK_TEST(a_changed_file_does_not_bring_a_person_back),
        BOOK_TEST(what_a_forgotten_person_is_known_by_grows),
        BOOK_TEST(who_shares_with_a_forgotten_person_stays_welcome),
        BOOK_TEST(a_name_alone_is_remembered_for_its_kind_of_file),
        BOOK_TEST(the_same_file_does_not_bring_a_person_back),
        BOOK_TEST(what_another_person_shares_stays_theirs),
        BOOK_TEST(old_numbers_are_not_taken_for_new_ones),
        BOOK_TEST(a_rewriting_that_was_cut_off_is_made_up_for),
        BOOK_TEST(a_kill_while_forgetting_leaves_before_or_after),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
