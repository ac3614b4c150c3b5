/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vcard_links.c - ties between the cards of one file: relatives, managers, members of a group.
 *
 * A card names another by UID, by address or just by name. A name makes a tie only when exactly one card has it;
 * "Jenny" alone is kept as text.
 */
#include "base/identifier.h"
#include "base/name.h"
#include "base/text.h"
#include "content.h"
#include "vcard.h"
#include <string.h>

struct link {
    kith_mention who;
    bool member; /* who is a topic, other one of its members */
    char *label, *other;
    int64_t line;
};

static void
clear_link(void *data)
{
    struct link *link = data;

    g_free(link->label);
    g_free(link->other);
}

void
kith_vcard_book_init(kith_vcard_book *book, kith_source *source, kith_builder *into)
{
    *book = (kith_vcard_book){.source = source, .into = into};
    book->links = g_array_new(FALSE, FALSE, sizeof(struct link));
    g_array_set_clear_func(book->links, clear_link);
    book->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->topics = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
kith_vcard_book_clear(kith_vcard_book *book)
{
    if (!book->links)
        return;
    g_array_unref(book->links);
    g_hash_table_unref(book->by_name);
    g_hash_table_unref(book->by_key);
    g_hash_table_unref(book->topics);
}

kith_mention
kith_vcard_topic(kith_vcard_book *book, const char *name)
{
    char *key = kith_text_fold(name);
    gpointer found = g_hash_table_lookup(book->topics, key);
    kith_mention made;

    if (found) {
        g_free(key);
        return GPOINTER_TO_INT(found) - 1;
    }
    made = kith_builder_mention(book->into, KITH_TOPIC);
    kith_builder_name(book->into, made, name);
    g_hash_table_insert(book->topics, key, GINT_TO_POINTER((int)made + 1));
    return made;
}

/* A UID as cards refer to it: "urn:uuid:F81D…" and "f81d…" are the same. */
static char *
uid_key(const char *uid)
{
    g_autofree char *lower = g_ascii_strdown(uid, -1);

    g_strstrip(lower);
    return g_strdup(g_str_has_prefix(lower, "urn:uuid:") ? lower + 9 : lower);
}

static void
remember_addresses(kith_vcard_book *book, const kith_vcard *card, kith_mention who)
{
    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);
        char *key = strcmp(field->name, "EMAIL") == 0 ? kith_email_normalise(field->value) : NULL;

        if (key)
            g_hash_table_insert(book->by_key, key, GINT_TO_POINTER((int)who + 1));
    }
}

void
kith_vcard_remember(kith_vcard_book *book, const kith_vcard *card, kith_mention who)
{
    g_autofree char *full = kith_vcard_text(card, "FN"), *uid = kith_vcard_text(card, "UID"),
                    *family = kith_vcard_component(card, "N", 0),
                    *given = kith_vcard_component(card, "N", 1);
    g_autofree char *name =
        full ? g_strdup(full) : g_strconcat(given ? given : "", " ", family ? family : "", NULL);
    char *words = kith_name_words(name);

    if (uid)
        g_hash_table_insert(book->by_key, uid_key(uid), GINT_TO_POINTER((int)who + 1));
    remember_addresses(book, card, who);
    if (words && *words) {
        bool taken = g_hash_table_contains(book->by_name, words);

        g_hash_table_insert(book->by_name, words, GINT_TO_POINTER(taken ? 0 : (int)who + 1));
    } else {
        g_free(words);
    }
}

void
kith_vcard_relate(kith_vcard_book *book, kith_mention who, const char *label, const char *other,
                  int64_t line)
{
    struct link link = {.who = who, .label = g_strdup(label), .line = line};

    link.other = kith_text_clean(other);
    g_array_append_val(book->links, link);
}

void
kith_vcard_member(kith_vcard_book *book, kith_mention topic, const char *reference, int64_t line)
{
    struct link link = {.who = topic, .member = true, .line = line};

    link.other = g_strdup(reference);
    g_array_append_val(book->links, link);
}

/* The card that a reference or a name means. @return its mention, -1 when none or several */
static kith_mention
look_up(const kith_vcard_book *book, const char *other)
{
    g_autofree char *uid = uid_key(other), *email = kith_email_normalise(other),
                    *words = kith_name_words(other);
    gpointer found = g_hash_table_lookup(book->by_key, uid);

    if (!found && email)
        found = g_hash_table_lookup(book->by_key, email);
    if (!found && words)
        found = g_hash_table_lookup(book->by_name, words);
    return GPOINTER_TO_INT(found) - 1;
}

static kith_status
tell_member(const kith_vcard_book *book, const struct link *link, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_MEMBER_OF;
    fact.from = look_up(book, link->other);
    fact.to = link->who;
    if (fact.from < 0) {
        kith_source_warn(book->source, "a member that is no person of this file");
        return KITH_OK;
    }
    return kith_builder_fact(book->into, &fact, err);
}

/* Adds the pair in either order. @return false when it was there */
static bool
add_pair(GHashTable *pairs, kith_mention a, kith_mention b)
{
    gint64 *key = g_new(gint64, 1);

    *key = MIN(a, b) << 32 | MAX(a, b);
    return g_hash_table_add(pairs, key);
}

static kith_status
tell_relation(const kith_vcard_book *book, const struct link *link, GHashTable *pairs,
              kith_error *err)
{
    kith_mention other = look_up(book, link->other);
    kith_fact fact = KITH_FACT_INIT;
    bool manager = g_strcmp0(link->label, "manager") == 0;

    if (other < 0 || other == link->who) {
        g_autofree char *text = link->label ? g_strdup_printf("%s (%s)", link->other, link->label)
                                            : g_strdup(link->other);

        if (*link->other)
            kith_builder_attribute(book->into, link->who, "related", text);
        return KITH_OK;
    }
    if (!manager && !add_pair(pairs, link->who, other))
        return KITH_OK;
    fact.kind = manager ? KITH_REPORTS_TO : KITH_RELATED;
    fact.from = link->who;
    fact.to = other;
    fact.detail = manager ? NULL : link->label;
    return kith_builder_fact(book->into, &fact, err);
}

kith_status
kith_vcard_link(kith_vcard_book *book, kith_error *err)
{
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (guint i = 0; i < book->links->len; i++) {
        const struct link *link = &g_array_index(book->links, struct link, i);

        kith_source_at(book->source, link->line, 1);
        TRY(link->member ? tell_member(book, link, err) : tell_relation(book, link, pairs, err));
    }
    return KITH_OK;
}
