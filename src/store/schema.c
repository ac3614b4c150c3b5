/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema.c - the book's tables.
 *
 * What importers said are the builder's rows (model/facts.h), thousands of them in one row of `part` (part.h). A text stands
 * once per import, so an import only ever appends: no look-up, no index to keep, and taking the last import back is cutting
 * the tables' ends. Loading checks every reference, since a book may come from anyone.
 *
 * Up to version 3 each row was a row of a table; the columns are those that spread.c still makes when somebody is forgotten.
 */
#include "store/schema.h"
#include "store/compact.h"
#include "store/spread.h"
#include <string.h>

struct object {
    int since, until; /* the version that brought it, and the one that took it away; 0: none did */
    const char *type, *name, *sql;
};

#define TABLE(since, until, name, columns)                                                         \
    {                                                                                              \
        since, until, "table", #name, "CREATE TABLE " #name "(" columns ") STRICT"                 \
    }

#define SET_VERSION "PRAGMA user_version = " G_STRINGIFY(KITH_BOOK_VERSION)

/* SQLite keeps these very texts, so a table that was tampered with is told from ours by comparing.
 */
static const struct object objects[] = {
    TABLE(1, 0, setting, "key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL"),
    /* One row for each kith_book_add() that added something, with the first id it gave in each
       table. */
    TABLE(1, 0, import,
          "id INTEGER PRIMARY KEY, first_source INTEGER NOT NULL, first_mention INTEGER NOT NULL, "
          "first_fact INTEGER NOT NULL, first_text INTEGER NOT NULL"),
    TABLE(1, 0, source,
          "id INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import(id), file TEXT, "
          "sha256 TEXT, importer TEXT, records INTEGER NOT NULL, held INTEGER NOT NULL, "
          "warnings INTEGER NOT NULL"),
    {1, 0, "index", "source_content",
     "CREATE UNIQUE INDEX source_content ON source(sha256, importer)"},
    TABLE(1, 4, text, "id INTEGER PRIMARY KEY, value TEXT NOT NULL"),
    TABLE(1, 4, mention,
          "id INTEGER PRIMARY KEY, source INTEGER NOT NULL, line INTEGER NOT NULL, "
          "kind INTEGER NOT NULL, flags INTEGER NOT NULL"),
    TABLE(1, 4, name,
          "mention INTEGER NOT NULL, text INTEGER NOT NULL, given INTEGER, family INTEGER"),
    TABLE(1, 4, identifier,
          "mention INTEGER NOT NULL, kind INTEGER NOT NULL, value INTEGER NOT NULL, "
          "written INTEGER"),
    TABLE(1, 4, attribute,
          "mention INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL"),
    TABLE(1, 4, moment,
          "mention INTEGER NOT NULL, moment INTEGER NOT NULL, precision INTEGER NOT NULL"),
    TABLE(1, 4, fact,
          "id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, from_mention INTEGER NOT NULL, "
          "to_mention INTEGER NOT NULL, moment INTEGER, until INTEGER, precision INTEGER NOT NULL, "
          "weight REAL NOT NULL, amount REAL, currency INTEGER, status INTEGER, "
          "channel INTEGER, detail INTEGER, undirected INTEGER NOT NULL, "
          "source INTEGER NOT NULL, line INTEGER NOT NULL"),
    TABLE(1, 4, fact_attribute,
          "fact INTEGER NOT NULL, key INTEGER NOT NULL, value INTEGER NOT NULL"),
    /* Appended to; `import` is the last one before it, `batch` numbers what was decided at once. */
    TABLE(2, 0, decision,
          "id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, import INTEGER NOT NULL, "
          "kind INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, rule TEXT, reason TEXT, "
          "score REAL, undone INTEGER NOT NULL"),
    /* Keyed hashes of what forgotten people were known by (tombstones.c). */
    TABLE(3, 0, forgotten, "hash BLOB NOT NULL PRIMARY KEY"),
    /* `rows` of one kind in `data`; `last` is the first column of the last of them. */
    TABLE(4, 0, part,
          "id INTEGER PRIMARY KEY, import INTEGER NOT NULL REFERENCES import(id), "
          "kind INTEGER NOT NULL, rows INTEGER NOT NULL, last INTEGER NOT NULL, "
          "data BLOB NOT NULL"),
};

static bool
is_of(const struct object *object, int64_t version)
{
    return object->since <= version && (object->until == 0 || version < object->until);
}

/* Makes what one version brought. */
static kith_status
make_objects(kith_book *book, int version, kith_error *err)
{
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        if (objects[i].since == version)
            TRY(kith_sql_run(book, objects[i].sql, err));
    return KITH_OK;
}

/* From nothing to this version. */
static kith_status
make_book(kith_book *book, kith_error *err)
{
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        if (is_of(&objects[i], KITH_BOOK_VERSION))
            TRY(kith_sql_run(book, objects[i].sql, err));
    return kith_sql_run(book, "PRAGMA application_id = 0x4B495448", err);
}

/* Version 2 remembers decisions. */
static kith_status
make_decisions(kith_book *book, kith_error *err)
{
    return make_objects(book, 2, err);
}

/* Version 3 remembers that people were forgotten. */
static kith_status
make_forgotten(kith_book *book, kith_error *err)
{
    return make_objects(book, 3, err);
}

/* Version 4 keeps rows in parts. What the tables leave empty is given back when the book is next opened, this time. */
static kith_status
make_parts(kith_book *book, kith_error *err)
{
    TRY(make_objects(book, 4, err));
    TRY(kith_spread_close(book, err));
    return kith_compact_mark(book, err);
}

/* What brings version i + 1 to version i + 2. A step that changes a table rebuilds it, so that its text
 * is ours again. */
static kith_status (*const steps[KITH_BOOK_VERSION - 1])(kith_book *, kith_error *) = {
    make_decisions, make_forgotten, make_parts};

struct checking {
    const kith_book *book;
    int64_t version;
};

static kith_status
check_object(void *payload, sqlite3_stmt *row, kith_error *err)
{
    const struct checking *c = payload;
    const char *type = (const char *)sqlite3_column_text(row, 0);
    const char *name = (const char *)sqlite3_column_text(row, 1);
    const char *sql = (const char *)sqlite3_column_text(row, 2);

    if (name && g_str_has_prefix(name, "sqlite_"))
        return KITH_OK;
    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        if (is_of(&objects[i], c->version) && g_strcmp0(objects[i].type, type) == 0 &&
            g_strcmp0(objects[i].name, name) == 0 && g_strcmp0(objects[i].sql, sql) == 0)
            return KITH_OK;
    return kith_fail_at(err, KITH_ERR_STORE, c->book->path, 0, 0,
                        "the book holds a %s '%s' that kith did not make", type ? type : "thing",
                        name ? name : "");
}

/* Whether the book holds what a book of its version holds, and nothing else. */
static kith_status
check_objects(kith_book *book, int64_t version, kith_error *err)
{
    struct checking c = {book, version};
    int64_t found, known = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(objects); i++)
        known += is_of(&objects[i], version);
    TRY(kith_sql_each(book, "SELECT type, name, sql FROM sqlite_master", check_object, &c, err));
    TRY(kith_sql_number(
        book, "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        &found, err));
    return known == found ? KITH_OK : kith_sql_damaged(book, "a table is missing", err);
}

/* Under the lock, so the version is asked again: another program may have made the tables meanwhile. */
static kith_status
update(kith_book *book, kith_error *err)
{
    int64_t version;

    TRY(kith_sql_number(book, "PRAGMA user_version", &version, err));
    if (version == 0) {
        TRY(make_book(book, err));
    } else {
        TRY(check_objects(book, version, err));
        TRY(kith_sql_check(book, err));
        for (int64_t i = 0; i < KITH_BOOK_VERSION - 1; i++)
            if (version <= i + 1) /* from i + 1 to the next */
                TRY(steps[i](book, err));
    }
    return version == KITH_BOOK_VERSION ? KITH_OK : kith_sql_run(book, SET_VERSION, err);
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
    if (pages > 0 && version < KITH_BOOK_VERSION && sqlite3_db_readonly(book->db, "main") > 0)
        return kith_fail_at(err, KITH_ERR_IO, book->path, 0, 0,
                            "a book of version %" G_GINT64_FORMAT
                            " that is read-only (expected version %d: open it once where it may be "
                            "written, or a copy of it)",
                            version, KITH_BOOK_VERSION);
    if (pages == 0 || version < KITH_BOOK_VERSION) {
        TRY(kith_sql_begin(book, err));
        TRY(kith_sql_end(book, update(book, err), err));
    }
    return check_objects(book, KITH_BOOK_VERSION, err);
}
