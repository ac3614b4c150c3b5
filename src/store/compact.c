/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compact.c - rewriting the file. */
#include "store/compact.h"
#include "store/journal.h"

kith_status
kith_compact_mark(kith_book *book, kith_error *err)
{
    return kith_sql_run(book, "INSERT OR REPLACE INTO setting(key, value) VALUES('compact', 'due')",
                        err);
}

/* VACUUM copies into a database it attaches; nothing else may attach one. */
static kith_status
rewrite(kith_book *book, kith_error *err)
{
    kith_status status;

    sqlite3_limit(book->db, SQLITE_LIMIT_ATTACHED, 1);
    status = kith_sql_run(book, "VACUUM", err);
    sqlite3_limit(book->db, SQLITE_LIMIT_ATTACHED, 0);
    return status;
}

kith_status
kith_compact(kith_book *book, kith_error *err)
{
    TRY(rewrite(book, err));
    /* The mark stays until neither the file nor a log has the old pages. */
    TRY(kith_journal_empty(book, err));
    TRY(kith_sql_run(book, "DELETE FROM setting WHERE key = 'compact'", err));
    kith_journal_flush(book);
    return KITH_OK;
}

void
kith_compact_if_marked(kith_book *book)
{
    int64_t marked = 0;

    if (kith_sql_number(book, "SELECT count(*) FROM setting WHERE key = 'compact'", &marked,
                        NULL) != KITH_OK ||
        !marked)
        return;
    /* Who only reads does not wait for whoever is compacting now. */
    kith_sql_wait(book, false);
    kith_compact(book, NULL);
    kith_sql_wait(book, true);
}
