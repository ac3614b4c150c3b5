/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journal.h - which journal keeps a book whole, and that a book at rest is one file.
 *
 * A write-ahead log lets readers go on while somebody writes, but all programs that use it share
 * memory through a file beside the book. That works on file systems of this machine only; anywhere
 * else the rollback journal, which needs nothing but locks, is the one to trust.
 */
#ifndef KITH_STORE_JOURNAL_H
#define KITH_STORE_JOURNAL_H

#include "store/sql.h"

/** Whether statfs()'s type of a file system is one that only this machine writes. */
bool kith_journal_type_is_local(int64_t type);

/** Whether the folder that a book really lies in, behind all links, is on such a file system. */
bool kith_journal_is_local(const char *path);

/**
 * Whether a book with a log lies where this user may not write. To read it SQLite would make two
 * files beside it, which it cannot, or could not take away again; it is to be read as it stands.
 */
bool kith_journal_is_frozen(const char *path);

/** Before anything is read: a log found where there may be none is read without shared memory. */
kith_status kith_journal_prepare(kith_book *book, bool local, kith_error *err);

/**
 * Turns the book to its journal. A book in use stays as it is for now: both journals keep it whole.
 */
kith_status kith_journal_use(kith_book *book, bool local, kith_error *err);

/** Brings a log home into the file and empties it, without waiting for anyone. Best effort. */
void kith_journal_flush(kith_book *book);

/** As kith_journal_flush(), but waits for readers, and fails when anything stays in the log. */
kith_status kith_journal_empty(kith_book *book, kith_error *err);

/** Whether a log or a journal beside the book holds what is not in the book yet. */
bool kith_journal_pending(const char *path);

#endif
