/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book.c - opening a book: nobody else may read it, and nothing in it is trusted.
 *
 * Which journal keeps it whole depends on where it lies (journal.h). A foreign database is left as it
 * is: only what is known to be a book is turned to another journal.
 */
#include "base/limits.h"
#include "store/compact.h"
#include "store/journal.h"
#include "store/schema.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a part may have beside its texts. */
#define BESIDE_TEXT (4 << 20)

#define MAGIC "SQLite format 3"
#define APPLICATION_AT 68
#define SMALLEST 512 /* bytes of a database */

bool
kith_book_probe(const char *head, size_t length)
{
    return length >= APPLICATION_AT + 4 && memcmp(head, MAGIC, sizeof MAGIC) == 0 &&
           memcmp(head + APPLICATION_AT, "KITH", 4) == 0;
}

void
kith_book_free(kith_book *book)
{
    if (!book)
        return;
    sqlite3_close_v2(book->db);
    g_free(book->path);
    g_free(book);
}

/* The file exists before SQLite sees it, so that it is never readable by others, whatever the
 * umask. */
static kith_status
make_file(const char *path, bool *made, kith_error *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    *made = file >= 0;
    if (file >= 0)
        close(file);
    else if (errno != EEXIST)
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot make the book: %s",
                            kith_errno_text(errno));
    return KITH_OK;
}

/* To SQLite a file shorter than a page is an empty database, which it would overwrite. */
static bool
is_foreign(const char *path)
{
    char head[sizeof MAGIC] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file >= 0 ? read(file, head, sizeof head) : 0;

    if (file >= 0)
        close(file);
    return got > 0 && memcmp(head, MAGIC, sizeof head) != 0 && !kith_journal_pending(path);
}

static kith_status
check_file(const char *path, kith_error *err)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot open the book: %s",
                            kith_errno_text(errno));
    if (!S_ISREG(about.st_mode))
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot open the book: not a file");
    /* Closing a file lets go of all locks this program has on it: a short one is nobody's book. */
    if (about.st_size > 0 && about.st_size < SMALLEST && is_foreign(path))
        return kith_fail_at(err, KITH_ERR_STORE, path, 0, 0, "not a kith book");
    return KITH_OK;
}

static kith_status
connect(kith_book *book, const char *name, int flags, kith_error *err)
{
    int result =
        sqlite3_open_v2(name, &book->db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);

    return result == SQLITE_OK ? KITH_OK : kith_sql_fail(book, result, "open the book", err);
}

/* What keeps a hostile file from running anything. */
static void
distrust(sqlite3 *db)
{
    static const int on[] = {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY};
    static const int off[] = {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                              SQLITE_DBCONFIG_ENABLE_VIEW,    SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
                              SQLITE_DBCONFIG_DQS_DML,        SQLITE_DBCONFIG_DQS_DDL};

    for (size_t i = 0; i < G_N_ELEMENTS(on); i++)
        sqlite3_db_config(db, on[i], 1, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(off); i++)
        sqlite3_db_config(db, off[i], 0, NULL);
    /* No text of an importer is longer; a longer one in a file is damage. */
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH,
                  (int)MIN(kith_limit(KITH_LIMIT_TEXT) + BESIDE_TEXT, G_MAXINT));
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
}

static kith_status
configure(kith_book *book, kith_error *err)
{
    distrust(book->db);
    kith_sql_wait(book, true);
    TRY(kith_sql_run(book, "PRAGMA cell_size_check = ON", err));
    TRY(kith_sql_run(book, "PRAGMA secure_delete = ON", err));
    return kith_sql_run(book, "PRAGMA synchronous = EXTRA", err); /* for a log the same as FULL */
}

static kith_status
open_shared(kith_book *book, bool local, kith_error *err)
{
    /* "./" keeps names such as ":memory:" and "file:x?y" from meaning something to SQLite. */
    g_autofree char *name =
        g_path_is_absolute(book->path) ? g_strdup(book->path) : g_strconcat("./", book->path, NULL);
    int64_t first_read;

    TRY(connect(book, name, SQLITE_OPEN_READWRITE, err));
    TRY(configure(book, err));
    /* In kB. What does not fit goes into a log early, while rows still come in; with a rollback journal it would keep
     * readers out, so most imports are to fit. */
    TRY(kith_sql_run(book, local ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -65536",
                     err));
    TRY(kith_journal_prepare(book, local, err));
    return kith_sql_number(book, "PRAGMA schema_version", &first_read, err);
}

/* Without locks, and without anything beside the book. */
static kith_status
open_frozen(kith_book *book, kith_error *err)
{
    g_autofree char *path = g_canonicalize_filename(book->path, NULL);
    g_autofree char *uri = g_filename_to_uri(path, NULL, NULL);
    g_autofree char *name = g_strconcat(uri, "?immutable=1", NULL);

    TRY(connect(book, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err));
    return configure(book, err);
}

static kith_status
open_book(kith_book *book, bool create, kith_error *err)
{
    bool local;

    TRY(check_file(book->path, err));
    local = kith_journal_is_local(book->path);
    TRY(kith_journal_is_frozen(book->path) ? open_frozen(book, err)
                                           : open_shared(book, local, err));
    TRY(kith_schema_settle(book, create, err));
    TRY(kith_journal_use(book, local, err));
    TRY(kith_sql_check(book, err));
    kith_compact_if_marked(book);
    return KITH_OK;
}

/* A book that could not be made leaves no empty file behind. Somebody else's book in the making is
 * not empty. */
static void
remove_empty(const char *path)
{
    struct stat about;

    if (stat(path, &about) == 0 && about.st_size == 0)
        unlink(path);
}

kith_status
kith_book_open(const char *path, bool create, kith_book **out, kith_error *err)
{
    g_autoptr(kith_book) book = NULL;
    bool made = false;
    kith_status status;

    if (!path || !*path || !out)
        return kith_fail(err, KITH_ERR_ARGUMENT, "a book needs a file name");
    if (create)
        TRY(make_file(path, &made, err));
    book = g_new0(kith_book, 1);
    book->path = g_strdup(path);
    status = open_book(book, create, err);
    if (status != KITH_OK && made)
        remove_empty(path);
    if (status == KITH_OK)
        *out = g_steal_pointer(&book);
    return status;
}

kith_status
kith_book_has(kith_book *book, const char *sha256, const char *importer, bool *out, kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;

    TRY(kith_sql_prepare(book,
                         sha256 ? "SELECT 1 FROM source WHERE sha256 = ?1 AND "
                                  "(?2 IS NULL OR importer = ?2)"
                                : "SELECT 1 FROM source WHERE ?1 IS NULL AND "
                                  "(?2 IS NULL OR importer = ?2) LIMIT 1",
                         &query, err));
    TRY(kith_sql_text(book, query, 1, sha256, err));
    TRY(kith_sql_text(book, query, 2, importer, err));
    return kith_sql_step(book, query, out, err);
}

kith_status
kith_book_setting(kith_book *book, const char *key, char **out, kith_error *err)
{
    g_autoptr(sqlite3_stmt) query = NULL;
    bool row;

    *out = NULL;
    TRY(kith_sql_prepare(book, "SELECT value FROM setting WHERE key = ?1", &query, err));
    TRY(kith_sql_text(book, query, 1, key, err));
    TRY(kith_sql_step(book, query, &row, err));
    if (row)
        *out = g_strdup((const char *)sqlite3_column_text(query, 0));
    return KITH_OK;
}

static kith_status
put_setting(kith_book *book, const char *key, const char *value, kith_error *err)
{
    g_autoptr(sqlite3_stmt) put = NULL;

    if (!value) {
        TRY(kith_sql_prepare(book, "DELETE FROM setting WHERE key = ?1", &put, err));
    } else {
        TRY(kith_sql_prepare(book, "INSERT OR REPLACE INTO setting(key, value) VALUES(?1, ?2)",
                             &put, err));
        TRY(kith_sql_text(book, put, 2, value, err));
    }
    TRY(kith_sql_text(book, put, 1, key, err));
    return kith_sql_put(book, put, err);
}

kith_status
kith_book_set(kith_book *book, const char *key, const char *value, kith_error *err)
{
    g_autofree char *old = NULL;
    kith_status status;

    if (!key || !*key)
        return kith_fail(err, KITH_ERR_ARGUMENT, "a setting needs a name");
    TRY(kith_sql_begin(book, err));
    status = kith_book_setting(book, key, &old, err);
    /* Setting what is set already changes not a byte of the file. */
    if (status == KITH_OK && g_strcmp0(old, value) == 0)
        return kith_sql_run(book, "ROLLBACK", err);
    return kith_sql_end(book, status == KITH_OK ? put_setting(book, key, value, err) : status, err);
}
