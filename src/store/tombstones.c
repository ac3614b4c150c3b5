/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tombstones.c - keyed hashes of what forgotten people were known by.
 *
 * The rules are those by which records become one person, turned around:
 *
 *     native id, profile URL, graph label    the value alone
 *     e-mail address of a person             with the given name, or its initial, or no name at all
 *     phone number                           with the words of the name, or no name at all
 *     nothing of these                       the words of the name, in files of the same format
 *
 * So whoever shares a forgotten person's mailbox or telephone stays welcome, and so does a namesake with an address.
 */
#include "store/tombstones.h"
#include "base/identifier.h"
#include "base/name.h"
#include "base/text.h"
#include "store/rows.h"
#include <kith/kinds.h>
#include <string.h>
#include <sys/random.h>

#define KEY_SIZE 32
#define HASH_SIZE                                                                                  \
    16 /* bytes kept of a SHA-256: two of 10^9 people collide with a chance of 10^-21 */
#define ANY_NAME "*"

typedef struct tombstones {
    kith_book *book;
    guint8 key[KEY_SIZE];
    GHashTable *hashes; /* GBytes, as a set */
    sqlite3_stmt *put;
} tombstones;

/* One record: how it is called and in which format it came. Texts are borrowed. */
struct record {
    const char *name, *importer;
    bool known; /* has an identifier of those above */
};

static void
tombstones_clear(tombstones *t)
{
    g_clear_pointer(&t->hashes, g_hash_table_unref);
    sqlite3_finalize(t->put);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(tombstones, tombstones_clear)

/* --- hashes --------------------------------------------------------------------------------- */

static GBytes *
hash_of(const tombstones *t, const char *kind, const char *value, const char *with)
{
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA256, t->key, KEY_SIZE);
    guint8 digest[32];
    gsize size = sizeof digest;

    g_hmac_update(hmac, (const guchar *)kind, (gssize)strlen(kind) + 1);
    g_hmac_update(hmac, (const guchar *)value, (gssize)strlen(value) + 1);
    g_hmac_update(hmac, (const guchar *)with, (gssize)strlen(with) + 1);
    g_hmac_get_digest(hmac, digest, &size);
    g_hmac_unref(hmac);
    return g_bytes_new(digest, HASH_SIZE);
}

static bool
has(const tombstones *t, const char *kind, const char *value, const char *with)
{
    GBytes *hash = hash_of(t, kind, value, with);
    bool found = g_hash_table_contains(t->hashes, hash);

    g_bytes_unref(hash);
    return found;
}

static kith_status
keep(tombstones *t, const char *kind, const char *value, const char *with, kith_error *err)
{
    GBytes *hash = hash_of(t, kind, value, with);
    gsize size;

    sqlite3_bind_blob(t->put, 1, g_bytes_get_data(hash, &size), HASH_SIZE, SQLITE_TRANSIENT);
    g_hash_table_add(t->hashes, hash);
    return kith_sql_put(t->book, t->put, err);
}

/* The first word of the given name, as names are compared. @return yours; "" for none */
static char *
given_word(const char *name)
{
    g_autofree char *given = NULL, *family = NULL, *words = NULL;

    kith_name_split(name ? name : "", &given, &family);
    words = kith_text_fold(given);
    words[strcspn(words, " .-")] = '\0';
    return *words ? kith_name_words(words) : g_strdup("");
}

static char *
initial_of(const char *word)
{
    return g_strndup(word, kith_text_character(word, strlen(word)));
}

/* Whether an identifier says by itself who somebody is. */
static bool
says_who(kith_identifier_kind kind, const char *value)
{
    return kind == KITH_ID_LABEL || kind == KITH_ID_NATIVE || kind == KITH_ID_URL ||
           kind == KITH_ID_PHONE || (kind == KITH_ID_EMAIL && !kith_email_is_role(value));
}

static kith_status
keep_identifier(tombstones *t, kith_identifier_kind kind, const char *value, const char *name,
                kith_error *err)
{
    const char *what = kith_identifier_kind_name(kind);
    g_autofree char *given = given_word(name), *initial = initial_of(given);
    g_autofree char *words = kith_name_words(name);

    if (!says_who(kind, value))
        return KITH_OK;
    if (kind != KITH_ID_EMAIL && kind != KITH_ID_PHONE)
        return keep(t, what, value, "", err);
    TRY(keep(t, what, value, "", err));
    if (!*words)
        return keep(t, what, value, ANY_NAME, err);
    if (kind == KITH_ID_PHONE)
        return keep(t, what, value, words, err);
    TRY(keep(t, what, value, given, err));
    return keep(t, what, value, initial, err);
}

static bool
is_forgotten(const tombstones *t, kith_identifier_kind kind, const char *value, const char *name)
{
    const char *what = kith_identifier_kind_name(kind);
    g_autofree char *with = NULL;

    if (!says_who(kind, value))
        return false;
    if (kind == KITH_ID_EMAIL)
        with = given_word(name);
    else if (kind == KITH_ID_PHONE)
        with = kith_name_words(name);
    return has(t, what, value, with ? with : "") || (with && has(t, what, value, ANY_NAME));
}

/* --- the book's list ------------------------------------------------------------------------ */

static kith_status
take_hash(void *hashes, sqlite3_stmt *row, kith_error *err)
{
    (void)err;
    g_hash_table_add(hashes,
                     g_bytes_new(sqlite3_column_blob(row, 0), (gsize)sqlite3_column_bytes(row, 0)));
    return KITH_OK;
}

static int
hex_digit(char c)
{
    return g_ascii_xdigit_value(c);
}

static kith_status
make_key(kith_book *book, guint8 key[KEY_SIZE], kith_error *err)
{
    g_autoptr(GString) hex = g_string_new(NULL);
    g_autoptr(sqlite3_stmt) put = NULL;

    if (getentropy(key, KEY_SIZE) != 0)
        return kith_fail_at(err, KITH_ERR_IO, book->path, 0, 0, "no random bytes are to be had");
    for (int i = 0; i < KEY_SIZE; i++)
        g_string_append_printf(hex, "%02x", key[i]);
    TRY(kith_sql_prepare(book, "INSERT INTO setting(key, value) VALUES('forget-key', ?1)", &put,
                         err));
    TRY(kith_sql_text(book, put, 1, hex->str, err));
    return kith_sql_put(book, put, err);
}

static kith_status
read_key(kith_book *book, guint8 key[KEY_SIZE], kith_error *err)
{
    char *hex = NULL;
    bool good;

    TRY(kith_book_setting(book, "forget-key", &hex, err));
    if (!hex)
        return make_key(book, key, err);
    good = strlen(hex) == (size_t)KEY_SIZE * 2;
    for (int i = 0; good && i < KEY_SIZE; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);

        good = high >= 0 && low >= 0;
        key[i] = (guint8)(high << 4 | low);
    }
    g_free(hex);
    return good ? KITH_OK : kith_sql_damaged(book, "the key of what was forgotten is broken", err);
}

static kith_status
tombstones_open(kith_book *book, tombstones *t, kith_error *err)
{
    *t = (struct tombstones){.book = book};
    t->hashes =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    TRY(read_key(book, t->key, err));
    TRY(kith_sql_each(book, "SELECT hash FROM forgotten", take_hash, t->hashes, err));
    return kith_sql_prepare(book, "INSERT OR IGNORE INTO forgotten(hash) VALUES(?1)", &t->put, err);
}

/* --- forgetting ----------------------------------------------------------------------------- */

struct person {
    tombstones *t;
    GPtrArray *names;  /* each once; a NULL when there is none */
    const char *value; /* of the identifier being kept */
};

static kith_status
take_name(void *names, sqlite3_stmt *row, kith_error *err)
{
    (void)err;
    g_ptr_array_add(names, g_strdup((const char *)sqlite3_column_text(row, 0)));
    return KITH_OK;
}

static kith_status
take_identifier(void *person, sqlite3_stmt *row, kith_error *err)
{
    struct person *p = person;
    kith_identifier_kind kind = (kith_identifier_kind)sqlite3_column_int(row, 0);
    const char *value = (const char *)sqlite3_column_text(row, 1);

    for (guint i = 0; i < p->names->len; i++)
        TRY(keep_identifier(p->t, kind, value, g_ptr_array_index(p->names, i), err));
    return p->names->len ? KITH_OK : keep_identifier(p->t, kind, value, NULL, err);
}

static kith_status
take_nameless(void *kept, sqlite3_stmt *row, kith_error *err)
{
    const char *name = (const char *)sqlite3_column_text(row, 0);
    const char *importer = (const char *)sqlite3_column_text(row, 1);
    g_autofree char *words = kith_name_words(name);

    return *words ? keep(kept, "name", words, importer ? importer : "", err) : KITH_OK;
}

/* With the ids lent as rows. */
static kith_status
keep_people(kith_book *book, tombstones *t, kith_error *err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    struct person person = {.t = t, .names = names};

    TRY(kith_sql_each(book,
                      "SELECT DISTINCT t.value FROM name n JOIN text t ON t.id = n.text "
                      "WHERE n.mention IN (SELECT a FROM rows)",
                      take_name, names, err));
    TRY(kith_sql_each(book,
                      "SELECT DISTINCT i.kind, t.value FROM identifier i JOIN text t ON t.id = "
                      "i.value WHERE i.mention IN (SELECT a FROM rows)",
                      take_identifier, &person, err));
    /* Kinds 1 and 6, keys of one file and domains, do not say who somebody is. */
    G_STATIC_ASSERT(KITH_ID_LOCAL == 1 && KITH_ID_DOMAIN == 6);
    return kith_sql_each(
        book,
        "SELECT DISTINCT t.value, s.importer FROM name n JOIN text t ON t.id = n.text "
        "JOIN mention m ON m.id = n.mention JOIN source s ON s.id = m.source "
        "WHERE n.mention IN (SELECT a FROM rows) AND n.mention NOT IN "
        "(SELECT mention FROM identifier WHERE kind NOT IN (1, 6))",
        take_nameless, t, err);
}

kith_status
kith_tombstones_keep(kith_book *book, const GArray *mentions, kith_error *err)
{
    g_auto(tombstones) t = {0};
    const kith_rows rows = kith_rows_of_ids(mentions);
    kith_status status;

    TRY(tombstones_open(book, &t, err));
    TRY(kith_rows_lend(book, &rows, err));
    status = keep_people(book, &t, err);
    kith_rows_return(book);
    return status;
}

/* --- importing ------------------------------------------------------------------------------ */

/* Every mention that is to be written, with its first name. @return yours */
static struct record *
records_of(const kith_saving *s)
{
    const kith_builder *b = s->b;
    struct record *records = g_try_new0(struct record, b->mentions->len + 1);

    for (guint i = b->names->len; records && i-- > 0;) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);

        records[row->mention].name = kith_saving_text(s, row->text);
    }
    for (guint i = 0; records && i < b->mentions->len; i++) {
        uint32_t source = KITH_ROW(b->mentions, kith_fact_mention, i)->source;

        records[i].importer =
            kith_saving_text(s, KITH_ROW(b->sources, kith_fact_source, source)->importer);
    }
    return records;
}

static bool
is_person(const kith_saving *s, uint32_t mention)
{
    return s->mention[mention] &&
           KITH_ROW(s->b->mentions, kith_fact_mention, mention)->kind == KITH_PERSON;
}

static void
find_by_identifier(kith_saving *s, const tombstones *t, struct record *records)
{
    for (guint i = 0; i < s->b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(s->b->identifiers, kith_fact_identifier, i);
        const char *value = kith_saving_text(s, row->value);

        if (!is_person(s, row->mention))
            continue;
        if (row->kind != KITH_ID_LOCAL && row->kind != KITH_ID_DOMAIN)
            records[row->mention].known = true;
        if (!s->gone[row->mention] &&
            is_forgotten(t, (kith_identifier_kind)row->kind, value, records[row->mention].name))
            s->gone[row->mention] = true;
    }
}

static void
find_by_name(kith_saving *s, const tombstones *t, const struct record *records)
{
    for (guint i = 0; i < s->b->mentions->len; i++) {
        const struct record *r = &records[i];
        g_autofree char *words = NULL;

        if (!is_person(s, i) || r->known || !r->name)
            continue;
        words = kith_name_words(r->name);
        s->gone[i] = has(t, "name", words, r->importer ? r->importer : "");
    }
}

/* A record left out may know the person by more than was known before. */
static kith_status
keep_more(kith_saving *s, tombstones *t, const struct record *records, kith_error *err)
{
    for (guint i = 0; i < s->b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(s->b->identifiers, kith_fact_identifier, i);

        if (s->gone[row->mention])
            TRY(keep_identifier(t, (kith_identifier_kind)row->kind, kith_saving_text(s, row->value),
                                records[row->mention].name, err));
    }
    for (guint i = 0; i < s->b->mentions->len; i++)
        if (s->gone[i]) {
            s->mention[i] = 0;
            s->book->left_out++;
        }
    return KITH_OK;
}

kith_status
kith_tombstones_heed(kith_saving *s, kith_error *err)
{
    g_auto(tombstones) t = {0};
    g_autofree struct record *records = NULL;
    int64_t any;

    TRY(kith_sql_number(s->book, "SELECT EXISTS(SELECT 1 FROM forgotten)", &any, err));
    if (!any)
        return KITH_OK;
    records = records_of(s);
    if (!records)
        return kith_sql_fail(s->book, SQLITE_NOMEM, "write the book", err);
    TRY(tombstones_open(s->book, &t, err));
    find_by_identifier(s, &t, records);
    find_by_name(s, &t, records);
    return keep_more(s, &t, records, err);
}
