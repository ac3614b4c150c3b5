/* SPDX-License-Identifier: GPL-3.0-or-later */
/* traces.c - finds and takes out what names a forgotten person in the texts of others. */
#include "store/traces.h"
#include "store/rows.h"
#include <kith/kinds.h>
#include <string.h>

/* Shorter texts say too little to be looked for in other people's notes. */
#define SHORTEST 6

#define PLACE_HOLDER "[forgotten]"

struct trace {
    char *text; /* lower case */
    bool name;
};

/* Where a text stands decides what may be taken out of it. */
enum place {
    OTHERS_OWN, /* somebody else's name or identifier: no names */
    NOTE,       /* all */
    FILE_NAME   /* all, and "a@b.org" in "a@b.org.vcf" as well */
};

/* A text in which something was found. */
struct hit {
    int64_t id;
    char *value;
    bool shown; /* a name or identifier of somebody who is left */
};

struct kith_traces {
    GArray *all;  /* struct trace */
    GArray *hits; /* struct hit, while removing */
};

static void
clear_trace(void *trace)
{
    g_free(((struct trace *)trace)->text);
}

static void
clear_hit(void *hit)
{
    g_free(((struct hit *)hit)->value);
}

static kith_traces *
traces_new(void)
{
    kith_traces *t = g_new0(kith_traces, 1);

    t->all = g_array_new(FALSE, FALSE, sizeof(struct trace));
    t->hits = g_array_new(FALSE, FALSE, sizeof(struct hit));
    g_array_set_clear_func(t->all, clear_trace);
    g_array_set_clear_func(t->hits, clear_hit);
    return t;
}

void
kith_traces_free(kith_traces *t)
{
    if (!t)
        return;
    g_array_unref(t->all);
    g_array_unref(t->hits);
    g_free(t);
}

/* Column 0 is a text, column 1 whether it is a name or the like: then it must have two words. */
static kith_status
take_trace(void *traces, sqlite3_stmt *row, kith_error *err)
{
    kith_traces *t = traces;
    const char *text = (const char *)sqlite3_column_text(row, 0);
    struct trace one = {.name = sqlite3_column_int(row, 1) != 0};

    (void)err;
    if (!text || strlen(text) < SHORTEST || (one.name && !strchr(text, ' ')))
        return KITH_OK;
    one.text = g_ascii_strdown(text, -1);
    g_array_append_val(t->all, one);
    return KITH_OK;
}

kith_status
kith_traces_collect(kith_book *book, const GArray *mentions, kith_traces **out, kith_error *err)
{
    g_autoptr(kith_traces) t = traces_new();
    const kith_rows rows = kith_rows_of_ids(mentions);
    kith_status status;

    /* Kinds 0 and 1, labels and local keys, are names as their files write them. */
    G_STATIC_ASSERT(KITH_ID_LABEL == 0 && KITH_ID_LOCAL == 1);
    TRY(kith_rows_lend(book, &rows, err));
    status = kith_sql_each(book,
                           "SELECT value, 1 FROM text WHERE id IN (SELECT text FROM name WHERE "
                           "mention IN (SELECT a FROM rows)) "
                           "UNION SELECT t.value, i.kind < 2 FROM identifier i JOIN text t ON t.id "
                           "IN (i.value, i.written) "
                           "WHERE i.mention IN (SELECT a FROM rows)",
                           take_trace, t, err);
    kith_rows_return(book);
    if (status == KITH_OK)
        *out = g_steal_pointer(&t);
    return status;
}

/* Drops what a remaining record has as its own. Column 0 is a text, column 1 whether it is a name. */
static kith_status
keep_shared(void *traces, sqlite3_stmt *row, kith_error *err)
{
    kith_traces *t = traces;
    g_autofree char *text = g_ascii_strdown((const char *)sqlite3_column_text(row, 0), -1);
    bool name = sqlite3_column_int(row, 1) != 0;

    (void)err;
    for (guint i = t->all->len; i-- > 0;) {
        const struct trace *one = &g_array_index(t->all, struct trace, i);

        if ((one->name || !name) && strcmp(one->text, text) == 0)
            g_array_remove_index_fast(t->all, i);
    }
    return KITH_OK;
}

static bool
is_word(char c)
{
    return g_ascii_isalnum(c) || (c & 0x80) || c == '_' || c == '@';
}

/* Whether a character joins what stands on its two sides into one address, number or link. */
static bool
joins(char c, char beyond)
{
    return is_word(c) || ((c == '.' || c == '-' || c == '+') && is_word(beyond));
}

/* As part of something longer, "a@b.org" is not in "write to a@b.org." but it is in "ba@b.org" and "a@b.org.uk". */
static bool
is_part(const char *text, const char *at, size_t length, bool address)
{
    const char *end = at + length;
    char before = at > text ? at[-1] : 0, further = at > text + 1 ? at[-2] : 0;

    if (!address)
        return is_word(before) || is_word(end[0]);
    return joins(before, further) || joins(end[0], end[0] ? end[1] : 0);
}

/* Replaces one trace everywhere. `lower` is the text in lower case. @return NULL when it is not there; else yours */
static char *
take_out(const char *text, const char *lower, const char *trace, bool address)
{
    GString *out = NULL;
    const char *from = lower, *at;
    size_t length = strlen(trace), copied = 0;

    for (; (at = strstr(from, trace)); from = at + 1) {
        size_t offset = (size_t)(at - lower);

        if (offset < copied || is_part(lower, at, length, address))
            continue;
        if (!out)
            out = g_string_new(NULL);
        g_string_append_len(out, text + copied, (gssize)(offset - copied));
        g_string_append(out, PLACE_HOLDER);
        copied = offset + length;
    }
    if (!out)
        return NULL;
    g_string_append(out, text + copied);
    return g_string_free(out, FALSE);
}

/* A text without the traces, or NULL when there is none in it. @return yours (g_free) */
static char *
text_without(const kith_traces *t, const char *text, enum place place)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    char *now = NULL;

    for (guint i = 0; i < t->all->len; i++) {
        const struct trace *one = &g_array_index(t->all, struct trace, i);
        char *less = NULL;

        if (!one->name || place != OTHERS_OWN)
            less = take_out(now ? now : text, lower, one->text, !one->name && place != FILE_NAME);
        if (!less)
            continue;
        g_free(now);
        now = less;
        g_free(lower);
        lower = g_ascii_strdown(now, -1);
    }
    return now;
}

static kith_status
take_hit(void *traces, sqlite3_stmt *row, kith_error *err)
{
    kith_traces *t = traces;
    const char *text = (const char *)sqlite3_column_text(row, 1);
    struct hit hit = {.id = sqlite3_column_int64(row, 0)};
    g_autofree char *without = text ? text_without(t, text, NOTE) : NULL;

    (void)err;
    if (!without)
        return KITH_OK;
    hit.value = g_strdup(text);
    g_array_append_val(t->hits, hit);
    return KITH_OK;
}

static kith_status
take_shown(void *traces, sqlite3_stmt *row, kith_error *err)
{
    kith_traces *t = traces;
    int64_t id = sqlite3_column_int64(row, 0);

    (void)err;
    for (guint i = 0; i < t->hits->len; i++)
        if (g_array_index(t->hits, struct hit, i).id == id)
            g_array_index(t->hits, struct hit, i).shown = true;
    return KITH_OK;
}

static kith_status
rewrite_hits(kith_book *book, kith_traces *t, GArray *changed, kith_error *err)
{
    g_autoptr(sqlite3_stmt) put = NULL;

    TRY(kith_sql_prepare(book, "UPDATE text SET value = ?2 WHERE id = ?1", &put, err));
    for (guint i = 0; i < t->hits->len; i++) {
        const struct hit *hit = &g_array_index(t->hits, struct hit, i);
        g_autofree char *without = text_without(t, hit->value, hit->shown ? OTHERS_OWN : NOTE);

        if (!without)
            continue;
        g_array_append_val(changed, hit->id);
        sqlite3_bind_int64(put, 1, hit->id);
        TRY(kith_sql_text(book, put, 2, without, err));
        TRY(kith_sql_put(book, put, err));
    }
    return KITH_OK;
}

static GArray *
ids_of_hits(const kith_traces *t)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint i = 0; i < t->hits->len; i++)
        g_array_append_val(ids, g_array_index(t->hits, struct hit, i).id);
    return ids;
}

/* An identifier that was altered would make two people one, so it goes. */
static kith_status
remove_from_texts(kith_book *book, kith_traces *t, kith_error *err)
{
    g_autoptr(GArray) ids = NULL;
    g_autoptr(GArray) changed = g_array_new(FALSE, FALSE, sizeof(int64_t));
    kith_rows rows;
    kith_status status;

    TRY(kith_sql_each(book, "SELECT id, value FROM text", take_hit, t, err));
    ids = ids_of_hits(t);
    rows = kith_rows_of_ids(ids);
    TRY(kith_rows_lend(book, &rows, err));
    status =
        kith_sql_each(book,
                      "SELECT text FROM name WHERE text IN (SELECT a FROM rows) "
                      "UNION SELECT given FROM name WHERE given IN (SELECT a FROM rows) "
                      "UNION SELECT family FROM name WHERE family IN (SELECT a FROM rows) "
                      "UNION SELECT value FROM identifier WHERE value IN (SELECT a FROM rows) "
                      "UNION SELECT written FROM identifier WHERE written IN (SELECT a FROM rows)",
                      take_shown, t, err);
    kith_rows_return(book);
    if (status != KITH_OK)
        return status;
    TRY(rewrite_hits(book, t, changed, err));
    rows = kith_rows_of_ids(changed);
    return kith_rows_run(book,
                         "DELETE FROM identifier WHERE value IN (SELECT a FROM rows) "
                         "OR written IN (SELECT a FROM rows)",
                         &rows, err);
}

/* File names and settings are few and short: SQL asks for each of them what it is without the traces. */
static void
untraced_function(sqlite3_context *context, int n, sqlite3_value **values)
{
    const kith_traces *t = sqlite3_user_data(context);
    const char *text = (const char *)sqlite3_value_text(values[0]);
    char *without = n == 1 && text ? text_without(t, text, FILE_NAME) : NULL;

    if (without)
        sqlite3_result_text(context, without, -1, g_free);
    else
        sqlite3_result_null(context);
}

static kith_status
remove_from_files_and_settings(kith_book *book, kith_traces *t, kith_error *err)
{
    int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
    int result =
        sqlite3_create_function(book->db, "untraced", 1, flags, t, untraced_function, NULL, NULL);
    kith_status status;

    if (result != SQLITE_OK)
        return kith_sql_fail(book, result, "write the book", err);
    status =
        kith_sql_run(book,
                     "UPDATE source SET file = untraced(file) WHERE untraced(file) IS NOT NULL;"
                     "DELETE FROM setting WHERE untraced(value) IS NOT NULL",
                     err);
    sqlite3_create_function(book->db, "untraced", 1, flags, NULL, NULL, NULL, NULL);
    return status;
}

kith_status
kith_traces_remove(kith_book *book, kith_traces *t, kith_error *err)
{
    TRY(kith_sql_each(book,
                      "SELECT value, 1 FROM text WHERE id IN (SELECT text FROM name) "
                      "UNION ALL SELECT value, 0 FROM text WHERE id IN "
                      "(SELECT value FROM identifier UNION SELECT written FROM identifier)",
                      keep_shared, t, err));
    if (t->all->len == 0)
        return KITH_OK;
    TRY(remove_from_texts(book, t, err));
    return remove_from_files_and_settings(book, t, err);
}
