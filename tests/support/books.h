/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books.h - what tests of the book share: a folder each, builders made from a seed, graphs as text.
 */
#ifndef KITH_TESTS_BOOKS_H
#define KITH_TESTS_BOOKS_H

#include "model/graph.h"
#include "store/parts.h"
#include "store/schema.h"

/** A test's folder and two paths in it; the state of BOOK_TEST()s. */
struct book_folder {
    char *path, *book, *other;
};

int book_folder_setup(void **state);
int book_folder_teardown(void **state);

#define BOOK_TEST(name)                                                                            \
    cmocka_unit_test_setup_teardown(name, book_folder_setup, book_folder_teardown)

/** Prints the error when the status is one, and fails. */
void assert_ok(kith_status status, const kith_error *err);

/** Adds one "file" with every kind of row and texts that look like SQL; the seed is its content and
 * its name. */
void builder_add_file(kith_builder *b, guint32 seed, int rows);
/** @return yours */
kith_builder *builder_of_file(guint32 seed, int rows);

/** Opens a book, making it if need be. @return yours */
kith_book *book_open(const char *path);
void book_add_file(kith_book *book, guint32 seed, int rows);
/** The number a query gives. */
int64_t book_number(kith_book *book, const char *sql);
void assert_book_whole(kith_book *book);
/** How many rows of a kind the book's parts have. */
int64_t book_rows(kith_book *book, kith_part_kind kind);
/** Runs SQL on a file behind kith's back. */
void tamper(const char *path, const char *sql);
/** The same on the rows within its parts, as tables. */
void tamper_rows(const char *path, const char *sql);
/** Makes a book of an earlier version, of datasets/tidewell/referrals.csv and apple_v3.vcf. */
void book_make_old(const char *path, int version);

/** The graph as text, of a builder or of what a book holds. @return yours */
char *dump_builder(kith_builder *b);
char *dump_book(kith_book *book);
char *dump_path(const char *path);

#endif
