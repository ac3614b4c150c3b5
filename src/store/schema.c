/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema.c - the book's tables.
 *
 * They are the builder's rows (model/facts.h). Long columns hold numbers; a text stands once per
 * import in `text`, so an import only ever appends: no look-up, no index to keep, and taking the
 * last import back is cutting the tables' ends. Rows of mentions and facts carry no foreign key:
 * checking it costs a third of an import, and a key without an index makes deleting a scan per row.
 * Loading checks every reference instead, since a book may come from anyone.
 */
#include "store/schema.h"
#include <string.h>

struct object {
    int since; /* the version that brought it */
    const char *type, *name, *sql;
};

#define TABLE(since, name, columns)                                                                \
    {                                                                                              \
        since, "table", #name, "CREATE TABLE " #name "(" columns ") STRICT"                        \
    }

/* SQLite keeps these very texts, so a table that was tampered with is told from ours by comparing.
 */
static const struct object objects[] = {
    TABLE(1, setting, "key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL"),
    /* One row for each kith_book_add() that added something, with the first id it gave in each
       table. */
    TABLE(1, import,
          "id INTEGER PRIMARY KEY, first_source INTEGER NOT NULL, first_mention INTEGER NOT NULL, "
          "first_fact INTEGER NOT NULL, first_text INTEGER NOT NULL"),
    TABLE(1, source,
          "id INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import(id), file TEXT, "
          "sha256 TEXT, importer TEXT, records INTEGER NOT NULL, held INTEGER NOT NULL, "
          "warnings INTEGER NOT NULL"),
    {1, "index", "source_content",
     "CREATE UNIQUE INDEX source_content ON source(sha256, importer)"},
    TABLE(1, text, "id INTEGER PRIMARY KEY, value TEXT NOT NULL"),
    TABLE(1, mention,
          "id INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, "
          "kind INTEGER NOT NULL, flags INTEGER NOT NULL"),
    TABLE(1, name,
          "mention INTEGER NOT NULL, text INTEGER NOT NULL, given INTEGER, family INTEGER"),
    TABLE(1, identifier,
          "mention INTEGER NOT NULL, kind INTEGER NOT NULL, value INTEGER NOT NULL, "
          "written INTEGER"),
    TABLE(1, attribute, "mention INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL"),
    TABLE(1, moment,
          "mention INTEGER NOT NULL, moment INTEGER NOT NULL, precision INTEGER NOT NULL"),
    TABLE(1, fact,
          "id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, from_mention INTEGER NOT NULL, "
          "to_mention INTEGER NOT NULL, moment INTEGER, until INTEGER, precision INTEGER NOT NULL, "
          "weight REAL NOT NULL, amount REAL, currency INTEGER, status INTEGER, "
          "channel INTEGER, detail INTEGER, undirected INTEGER NOT NULL, "
          "source INTEGER NOT NULL, line INTEGER NOT NULL"),
    TABLE(1, fact_attribute, "fact INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL"),
    /* Appended to; `import` is the last one before it, `batch` numbers what was decided at once. */
    TABLE(2, decision,
          "id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, import INTEGER NOT NULL, "
          "kind INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, rule TEXT, reason TEXT, "
          "score REAL, undone INTEGER NOT NULL"),
    /* Keyed hashes of what forgotten people were known by (tombstones.c). */
    TABLE(3, forgotten, "hash BLOB NOT NULL PRIMARY KEY"),
};

/* Makes what one version brought. */
static kith_status
make_objects(kith_book *book, int version, kith_error *err)
{
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        if (objects[i].since == version)
            TRY(kith_sql_run(book, objects[i].sql, err));
    return KITH_OK;
}

/* From nothing to version 1. */
static kith_status
make_tables(kith_book *book, kith_error *err)
{
    TRY(make_objects(book, 1, err));
    TRY(kith_sql_run(book, "PRAGMA application_id = 0x4B495448", err));
    return kith_sql_run(book, "PRAGMA user_version = 1", err);
}

/* Version 2 remembers decisions. */
static kith_status
make_decisions(kith_book *book, kith_error *err)
{
    TRY(make_objects(book, 2, err));
    return kith_sql_run(book, "PRAGMA user_version = 2", err);
}

/* Version 3 remembers that people were forgotten. */
static kith_status
make_forgotten(kith_book *book, kith_error *err)
{
    TRY(make_objects(book, 3, err));
    return kith_sql_run(book, "PRAGMA user_version = 3", err);
}

/* What brings version i to version i + 1. A step that changes a table rebuilds it, so that its text
 * is ours again. */
static kith_status (*const steps[KITH_BOOK_VERSION])(kith_book *, kith_error *) = {
    make_tables, make_decisions, make_forgotten};

static kith_status
update(kith_book *book, kith_error *err)
{
    int64_t version;

    /* Asked again under the lock: another program may have made the tables meanwhile. */
    TRY(kith_sql_number(book, "PRAGMA user_version", &version, err));
    for (; version >= 0 && version < KITH_BOOK_VERSION; version++)
        TRY(steps[version](book, err));
    return KITH_OK;
}

static kith_status
check_object(void *payload, sqlite3_stmt *row, kith_error *err)
{
    const kith_book *book = payload;
    const char *type = (const char *)sqlite3_column_text(row, 0);
    const char *name = (const char *)sqlite3_column_text(row, 1);
    const char *sql = (const char *)sqlite3_column_text(row, 2);

    if (name && g_str_has_prefix(name, "sqlite_"))
        return KITH_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        if (g_strcmp0(objects[i].type, type) == 0 && g_strcmp0(objects[i].name, name) == 0 &&
            g_strcmp0(objects[i].sql, sql) == 0)
            return KITH_OK;
    return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0,
                        "the book holds a %s '%s' that kith did not make", type ? type : "thing",
                        name ? name : "");
}

static kith_status
check_objects(kith_book *book, kith_error *err)
{
    int64_t known;

    TRY(kith_sql_each(book, "SELECT type, name, sql FROM sqlite_master", check_object, book, err));
    TRY(kith_sql_number(
        book, "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        &known, err));
    return known == G_N_ELEMENTS(objects) ? KITH_OK
                                          : kith_sql_damaged(book, "a table is missing", err);
}

static kith_status
check_version(const kith_book *book, int64_t application, int64_t version, kith_error *err)
{
    if (application != KITH_BOOK_APPLICATION)
        return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0,
                            "a database that is no kith book");
    if (version > KITH_BOOK_VERSION)
        return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0,
                            "the book was made by a newer kith (book version %" G_GINT64_FORMAT
                            ", this kith knows %d)",
                            version, KITH_BOOK_VERSION);
    return version > 0 ? KITH_OK : kith_sql_damaged(book, "it has no version", err);
}

kith_status
kith_schema_settle(kith_book *book, bool create, kith_error *err)
{
    int64_t application, version, pages;

    TRY(kith_sql_number(book, "PRAGMA page_count", &pages, err));
    TRY(kith_sql_number(book, "PRAGMA application_id", &application, err));
    TRY(kith_sql_number(book, "PRAGMA user_version", &version, err));
    if (pages == 0 && !create)
        return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0, "the book is empty");
    if (pages > 0)
        TRY(check_version(book, application, version, err));
    if (pages == 0 || version < KITH_BOOK_VERSION) {
        TRY(kith_sql_begin(book, err));
        TRY(kith_sql_end(book, update(book, err), err));
    }
    return check_objects(book, err);
}
