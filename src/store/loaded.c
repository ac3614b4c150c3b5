/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loaded.c - the book's ids of what a builder holds. */
#include "store/loaded.h"
#include "store/parts.h"

static kith_status
take_ids(void *ids, const kith_part *part, kith_error *err)
{
    (void)err;
    for (size_t i = 0; i < part->n; i++)
        g_array_append_val((GArray *)ids, part->cells[i * part->width]);
    return KITH_OK;
}

/* The book's ids of mentions that kith_book_load() numbered. */
static kith_status
find_ids(kith_book *book, const kith_mention *mentions, int64_t n, GArray *out, kith_error *err)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));

    TRY(kith_parts_each(book, KITH_PART_MENTION, take_ids, all, err));
    for (int64_t i = 0; i < n; i++) {
        int64_t place = mentions[i] - book->first_mention;

        if (place < 0 || place >= all->len)
            return kith_fail_at(err, KITH_ERR_ARGUMENT, book->path, 0, 0,
                                "mention %" G_GINT64_FORMAT " does not come from this book",
                                mentions[i]);
        g_array_append_val(out, g_array_index(all, int64_t, place));
    }
    return KITH_OK;
}

/* Numbers from before somebody else's change may mean other people now. */
static kith_status
check_unchanged(kith_book *book, bool loaded, const char *what, kith_error *err)
{
    int64_t version;

    if (!loaded)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, book->path, 0, 0,
                            "the book must be loaded before %s", what);
    TRY(kith_sql_number(book, "PRAGMA data_version", &version, err));
    if (version != book->version)
        return kith_fail_at(err, KITH_ERR_STORE, book->path, 0, 0,
                            "the book has changed since it was read (try again)");
    return KITH_OK;
}

kith_status
kith_loaded_ids(kith_book *book, bool loaded, const char *what, const kith_mention *mentions,
                int64_t n, GArray *out, kith_error *err)
{
    TRY(check_unchanged(book, loaded, what, err));
    return find_ids(book, mentions, n, out, err);
}
