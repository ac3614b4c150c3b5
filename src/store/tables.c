/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tables.c - CREATE TABLE and INSERT in one transaction. */
#include "store/tables.h"
#include "store/sql.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct kith_tables {
    kith_book file; /* only its connection and name are used */
    char *final;
    sqlite3_stmt *insert;
    guint columns;
};

/* The user knows it by its final name, and it is no book. */
static kith_status
tell(const kith_tables *t, kith_status status, kith_error *err)
{
    if (status == KITH_OK)
        return KITH_OK;
    return kith_fail_at(
        err, status, t->final, 0, 0, "cannot be written: %s",
        kith_sql_reason(&t->file, sqlite3_errcode(t->file.db))); /* of no database: no memory */
}

/* A name beside the file that nobody has yet: two may write the same tables at once, as a collector on a cluster and a user do. */
static kith_status
make_part(kith_tables *t, kith_error *err)
{
    g_autofree char *folder = g_path_get_dirname(t->final), *base = g_path_get_basename(t->final);
    g_autofree char *name = g_strdup_printf(".%.200s.XXXXXX", base);
    int descriptor;

    t->file.path = g_build_filename(folder, name, NULL);
    descriptor = g_mkstemp_full(t->file.path, O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return kith_fail_at(err, KITH_ERR_IO, t->final, 0, 0, "cannot be made: %s",
                            kith_errno_text(errno));
    close(descriptor);
    return KITH_OK;
}

kith_status
kith_tables_new(const char *path, kith_tables **out, kith_error *err)
{
    static const char begin[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN";
    g_autoptr(kith_tables) t = g_new0(kith_tables, 1);
    int result;

    t->final = g_strdup(path);
    TRY(make_part(t, err));
    result = sqlite3_open_v2(t->file.path, &t->file.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                             NULL);
    if (result != SQLITE_OK)
        return tell(t, kith_sql_fail(&t->file, result, "", NULL), err);
    TRY(tell(t, kith_sql_run(&t->file, begin, NULL), err));
    *out = g_steal_pointer(&t);
    return KITH_OK;
}

void
kith_tables_free(kith_tables *t)
{
    if (!t)
        return;
    sqlite3_finalize(t->insert);
    if (t->file.db) {
        sqlite3_close(t->file.db);
        g_unlink(t->file.path);
    }
    g_free(t->file.path);
    g_free(t->final);
    g_free(t);
}

static char *
quoted(const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "\"", -1);
    g_autofree char *inside = g_strjoinv("\"\"", parts);

    return g_strconcat("\"", inside, "\"", NULL);
}

kith_status
kith_tables_begin(kith_tables *t, const char *name, const char *const *columns, guint n,
                  kith_error *err)
{
    g_autoptr(GString) create = g_string_new("CREATE TABLE ");
    g_autoptr(GString) insert = g_string_new("INSERT INTO ");
    g_autofree char *table = quoted(name);

    g_string_append_printf(create, "%s (", table);
    g_string_append_printf(insert, "%s VALUES (", table);
    for (guint i = 0; i < n; i++) {
        g_autofree char *column = quoted(columns[i]);

        g_string_append_printf(create, "%s%s", i ? ", " : "", column);
        g_string_append(insert, i ? ", ?" : "?");
    }
    g_string_append_c(create, ')');
    g_string_append_c(insert, ')');
    sqlite3_finalize(t->insert);
    t->insert = NULL;
    t->columns = n;
    TRY(tell(t, kith_sql_run(&t->file, create->str, NULL), err));
    return tell(t, kith_sql_prepare(&t->file, insert->str, &t->insert, NULL), err);
}

static int
bind(sqlite3_stmt *insert, int place, const kith_value *v)
{
    char *end;
    gint64 whole;

    if (!v->text)
        return sqlite3_bind_null(insert, place);
    if (!v->number)
        return sqlite3_bind_text(insert, place, v->text, -1, SQLITE_TRANSIENT);
    errno = 0;
    whole = g_ascii_strtoll(v->text, &end, 10);
    if (*end == '\0' && errno == 0)
        return sqlite3_bind_int64(insert, place, whole);
    return sqlite3_bind_double(insert, place, g_ascii_strtod(v->text, NULL));
}

kith_status
kith_tables_row(kith_tables *t, const kith_value *values, kith_error *err)
{
    for (guint i = 0; i < t->columns; i++) {
        int result = bind(t->insert, (int)i + 1, &values[i]);

        if (result != SQLITE_OK)
            return tell(t, kith_sql_fail(&t->file, result, "", NULL), err);
    }
    return tell(t, kith_sql_put(&t->file, t->insert, NULL), err);
}

kith_status
kith_tables_commit(kith_tables *t, kith_error *err)
{
    sqlite3_finalize(t->insert);
    t->insert = NULL;
    TRY(tell(t, kith_sql_run(&t->file, "COMMIT", NULL), err));
    if (sqlite3_close(t->file.db) != SQLITE_OK)
        return kith_fail_at(err, KITH_ERR_INTERNAL, t->final, 0, 0, "cannot be closed");
    t->file.db = NULL;
    if (g_rename(t->file.path, t->final) != 0) {
        int number = errno;

        g_unlink(t->file.path);
        return kith_fail_at(err, KITH_ERR_IO, t->final, 0, 0, "cannot be written: %s",
                            kith_errno_text(number));
    }
    return KITH_OK;
}
