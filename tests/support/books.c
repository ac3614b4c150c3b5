/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books.c - builders full of hostile rows, and books in a folder of their own. */
#include "support/books.h"
#include "store/spread.h"
#include "support/dump.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

int
book_folder_setup(void **state)
{
    struct book_folder *f = g_new0(struct book_folder, 1);

    f->path = g_dir_make_tmp("kith-book-XXXXXX", NULL);
    f->book = g_build_filename(f->path, "our.kith", NULL);
    f->other = g_build_filename(f->path, "other.kith", NULL);
    *state = f;
    return f->path ? 0 : -1;
}

int
book_folder_teardown(void **state)
{
    struct book_folder *f = *state;
    g_autoptr(GDir) dir = g_dir_open(f->path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(f->path, name, NULL);

        remove(path);
    }
    rmdir(f->path);
    g_free(f->path);
    g_free(f->book);
    g_free(f->other);
    g_free(f);
    return 0;
}

void
assert_ok(kith_status status, const kith_error *err)
{
    if (status != KITH_OK)
        print_error("%s: %s\n", err->source, err->message);
    assert_int_equal(status, KITH_OK);
}

/* What a person's record says, with texts that would end or alter a statement if they ever became
 * one. */
static kith_mention
add_person(kith_builder *b, GRand *rand, int people)
{
    static const char *const family[] = {"O'Hara",
                                         "'); DROP TABLE text;--",
                                         "\"x\"",
                                         ("Ünï\u202e"
                                          "cødé"),
                                         "%s%n",
                                         "?1"};
    int who = g_rand_int_range(rand, 0, people);
    g_autofree char *given = g_strdup_printf("Given%d", who);
    g_autofree char *email = g_strdup_printf("P%d@Example.org", who);
    g_autofree char *town = g_strdup_printf("Town %d", who % 5);
    kith_mention m = kith_builder_mention(b, KITH_PERSON);

    kith_builder_names(b, m, given, family[who % G_N_ELEMENTS(family)]);
    if (who % 3)
        kith_builder_name(b, m, given);
    kith_builder_identify(b, m, KITH_ID_EMAIL, email);
    if (who % 2)
        kith_builder_identify(b, m, KITH_ID_PHONE, town);
    kith_builder_attribute(b, m, "town", town);
    kith_builder_flag(b, m, who % 4 ? KITH_FLAG_MEMBER : KITH_FLAG_NO_INTRO);
    return m;
}

static void
add_tie(kith_builder *b, GRand *rand, kith_mention from, kith_mention to)
{
    kith_fact fact = KITH_FACT_INIT;
    kith_error err = {0};

    fact.kind = (kith_tie_kind)g_rand_int_range(rand, 0, KITH_TIE_KINDS);
    fact.from = from;
    fact.to = to;
    fact.when = g_rand_boolean(rand) ? g_rand_int_range(rand, -1000, 2000000000) : KITH_TIME_NONE;
    fact.until = g_rand_boolean(rand) ? g_rand_int(rand) : KITH_TIME_NONE;
    fact.precision = g_rand_boolean(rand) ? KITH_PRECISION_DAY : KITH_PRECISION_SECOND;
    fact.weight = g_rand_double(rand) + 1e-9;
    fact.amount = g_rand_boolean(rand) ? NAN : g_rand_double_range(rand, -1e12, 1e12);
    fact.status = g_rand_boolean(rand) ? "hosted" : NULL;
    fact.detail = g_rand_boolean(rand) ? "it's; a -- detail" : NULL;
    fact.channel = "email";
    fact.undirected = g_rand_boolean(rand);
    assert_ok(kith_builder_fact(b, &fact, &err), &err);
    if (g_rand_boolean(rand))
        kith_builder_fact_attribute(b, "colour", fact.undirected ? "red" : "");
}

/* One "file" with every kind of row; the seed is its content. */
void
builder_add_file(kith_builder *b, guint32 seed, int rows)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autofree char *name = g_strdup_printf("file-%u.csv", seed);
    g_autofree char *bytes = g_strdup_printf("content %u", seed);
    g_autoptr(kith_source) source = kith_source_from_memory(name, bytes, strlen(bytes));
    kith_error err = {0};

    kith_builder_begin(b, source, "test");
    for (int i = 0; i < rows; i++) {
        kith_mention a, c, e;

        kith_source_at(source, i + 2, 1);
        kith_source_record(source);
        a = add_person(b, rand, rows / 2 + 1);
        c = add_person(b, rand, rows / 2 + 1);
        e = kith_builder_mention(b, KITH_EVENT);
        kith_builder_name(b, e, i % 2 ? "Fair" : "Dinner");
        kith_builder_event_time(b, e, (kith_time)i * KITH_DAY, KITH_PRECISION_DAY);
        add_tie(b, rand, a, c);
        add_tie(b, rand, a, e);
        add_tie(b, rand, c, kith_builder_organisation(b, i % 3 ? "Acme & Co" : "Öl GmbH"));
        add_tie(b, rand, kith_builder_owner(b), c);
    }
    assert_ok(kith_builder_end(b, &err), &err);
}

char *
dump_builder(kith_builder *b)
{
    const kith_build_options options = {.as_of = KITH_TIME_NONE, .today = 1764000000};
    g_autoptr(kith_graph) graph = NULL;
    kith_error err = {0};

    assert_ok(kith_builder_build(b, &options, &graph, &err), &err);
    return dump_graph(graph);
}

kith_book *
book_open(const char *path)
{
    kith_book *book = NULL;
    kith_error err = {0};

    assert_ok(kith_book_open(path, true, &book, &err), &err);
    return book;
}

kith_builder *
builder_of_file(guint32 seed, int rows)
{
    kith_builder *b = kith_builder_new();

    builder_add_file(b, seed, rows);
    return b;
}

void
book_add_file(kith_book *book, guint32 seed, int rows)
{
    g_autoptr(kith_builder) b = builder_of_file(seed, rows);
    kith_error err = {0};

    assert_ok(kith_book_add(book, b, &err), &err);
}

char *
dump_book(kith_book *book)
{
    g_autoptr(kith_builder) b = kith_builder_new();
    kith_error err = {0};

    assert_ok(kith_book_load(book, b, &err), &err);
    return dump_builder(b);
}

char *
dump_path(const char *path)
{
    g_autoptr(kith_book) book = book_open(path);

    return dump_book(book);
}

int64_t
book_number(kith_book *book, const char *sql)
{
    int64_t n = -1;
    kith_error err = {0};

    assert_ok(kith_sql_number(book, sql, &n, &err), &err);
    return n;
}

void
assert_book_whole(kith_book *book)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    assert_int_equal(kith_sql_prepare(book, "PRAGMA integrity_check", &query, NULL), KITH_OK);
    assert_int_equal(kith_sql_step(book, query, &row, NULL), KITH_OK);
    assert_string_equal((const char *)sqlite3_column_text(query, 0), "ok");
}

/* Runs SQL on the file behind kith's back. */
void
tamper(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

int64_t
book_rows(kith_book *book, kith_part_kind kind)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT coalesce(sum(rows), 0) FROM part WHERE kind = %d", kind);

    return book_number(book, sql);
}

void
tamper_rows(const char *path, const char *sql)
{
    g_autoptr(kith_book) book = book_open(path);
    kith_error err = {0};

    assert_ok(kith_sql_begin(book, &err), &err);
    assert_ok(kith_spread_open(book, &err), &err);
    assert_ok(kith_sql_run(book, sql, &err), &err);
    assert_ok(kith_spread_close(book, &err), &err);
    assert_ok(kith_sql_end(book, KITH_OK, &err), &err);
}

void
book_make_old(const char *path, int version)
{
    g_autofree char *from =
        g_build_filename(g_getenv("KITH_ROOT"), "tests", "fixtures", "book", "version-3.sql", NULL);
    g_autofree char *sql = NULL, *number = g_strdup_printf("PRAGMA user_version = %d", version);

    assert_true(g_file_get_contents(from, &sql, NULL, NULL));
    tamper(path, sql);
    if (version < 3)
        tamper(path, "DROP TABLE forgotten");
    if (version < 2)
        tamper(path, "DROP TABLE decision");
    tamper(path, number);
}
