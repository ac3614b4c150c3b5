/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book.h - kith's embedded store: one SQLite file of facts.
 *
 * A book holds what the importers said (sources, mentions, identifiers, names, attributes, facts) and what the user
 * decided, not the graph made of it: loading a book feeds a builder exactly as importing its files in order of import would.
 */
#ifndef KITH_BOOK_H
#define KITH_BOOK_H

#include <kith/builder.h>
#include <kith/decide.h>
#include <kith/error.h>

KITH_BEGIN_DECLS

typedef struct kith_book kith_book;

/** Whether these first bytes are a SQLite file with kith's application id. */
KITH_API bool kith_book_probe(const char *head, size_t length);

/**
 * Opens a book, making it (mode 0600) when `create` and there is none. A book is for one thread; another program that
 * writes it is waited for up to 30 seconds.
 * @param out yours; kith_book_free()
 * @return KITH_ERR_STORE when it is busy, damaged, newer than this kith, or not a book; KITH_ERR_IO when the file cannot
 *         be opened, made or read
 */
KITH_API kith_status kith_book_open(const char *path, bool create, kith_book **out,
                                    kith_error *err);
KITH_API void kith_book_free(kith_book *book);

/** Whether a source with this hash (NULL: with any) was imported by this importer (NULL: by any). */
KITH_API kith_status kith_book_has(kith_book *book, const char *sha256, const char *importer,
                                   bool *out, kith_error *err);

/**
 * Adds all that the builder holds, in one transaction: all of it or nothing, whatever happens meanwhile. Sources already
 * there (the same bytes, read by the same importer) are left out with all they said; when none is new the file is not
 * touched. Sources without a hash are always new.
 * @return KITH_ERR_STORE when another program holds the book; KITH_ERR_IO on a full disk or a failed write;
 *         KITH_ERR_ARGUMENT when a new tie has an end in a source left out, unless this handle loaded that end from the
 *         book with the last kith_book_load(), since when nothing was written
 * O(n) in rows: about 350 000 contacts a second.
 */
KITH_API kith_status kith_book_add(kith_book *book, const kith_builder *builder, kith_error *err);

/** How many mentions this handle left out so far because they are of people that were forgotten. */
KITH_API int64_t kith_book_left_out(const kith_book *book);

/**
 * From now on all that is added through this handle is one import, which undo takes back at once, until another program's
 * import comes in between. Without it each kith_book_add() is an import of its own.
 */
KITH_API void kith_book_group(kith_book *book);

/**
 * Feeds the book's facts to a builder, as of one moment. After a failure the builder is as it was.
 * @return KITH_ERR_STORE when the book holds what kith never writes
 */
KITH_API kith_status kith_book_load(kith_book *book, kith_builder *into, kith_error *err);

/** The files of the last import, one a line. @param files yours (free()); NULL when there is none */
KITH_API kith_status kith_book_last_import(kith_book *book, char **files, kith_error *err);

/**
 * Takes back the last import (one kith_book_add() that added something) with all its rows; called again, the one before.
 * The file is rewritten, so nothing of it remains. All or nothing; a rewriting that fails is made up for on the next
 * opening.
 * @return KITH_ERR_NOT_FOUND when the book has no import; otherwise as kith_book_add()
 * O(size of the book).
 */
KITH_API kith_status kith_book_undo_last(kith_book *book, kith_error *err);

/** What kith_book_undo() took back: so many entries of the log of decisions, or an import. */
typedef struct kith_undone {
    int64_t decisions;
    char *files; /**< of the import, one a line; yours (free()), NULL when it was a decision */
} kith_undone;

/**
 * Takes back the last change, whichever is newer: the decisions made at once by one kith_book_decide(), which stay in the
 * log marked as undone, or the last import as kith_book_undo_last() does. Called again, the one before.
 * @return KITH_ERR_NOT_FOUND when there is nothing to take back; otherwise as kith_book_add()
 */
KITH_API kith_status kith_book_undo(kith_book *book, kith_undone *out, kith_error *err);

/**
 * Appends to the book's log what was decided in a builder since its entry `first` (see decide.h), all or nothing.
 * @param builder filled by the last kith_book_load() of this handle, since when nothing was written
 * @return KITH_ERR_ARGUMENT for a mention that is not the book's; KITH_ERR_STORE when another program changed the book
 *         since it was loaded; otherwise as kith_book_add()
 */
KITH_API kith_status kith_book_decide(kith_book *book, const kith_builder *builder, int64_t first,
                                      kith_error *err);

/**
 * Removes mentions without trace: their rows, the ties they are an end of, and texts nobody else uses. Their e-mail
 * addresses, phone numbers, links and native ids are taken out of all other texts, file names and settings too, and
 * their full names out of notes, unless somebody who stays in the book has the very same. The sources stay known, so the
 * same files do not bring them back; keyed hashes of the identifiers stay, so that changed files do not either. The file is rewritten; see kith_book_undo_last().
 * @param mentions as numbered by the last kith_book_load() of this handle, since when nothing was written; to forget a
 *                 person, all that kith_builder_mentions_of() gives
 * @return KITH_ERR_ARGUMENT for a mention that is not the book's; KITH_ERR_STORE when another program changed the book
 *         since it was loaded; otherwise as kith_book_add()
 * O(size of the book).
 */
KITH_API kith_status kith_book_forget(kith_book *book, const kith_mention *mentions, int64_t n,
                                      kith_error *err);

/** The setting "owner" (who "me" is), and others like it. @param out yours (free()), NULL when unset */
KITH_API kith_status kith_book_setting(kith_book *book, const char *key, char **out,
                                       kith_error *err);
/** Keeps a setting; a NULL value unsets it. */
KITH_API kith_status kith_book_set(kith_book *book, const char *key, const char *value,
                                   kith_error *err);

KITH_END_DECLS
#endif
