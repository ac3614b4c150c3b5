/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vcard.h - the pieces of the vCard importer: a card as read, and the address book that its file is.
 *
 * vcard.c reads cards, vcard_card.c says what one card is and gives it to the builder, vcard_links.c joins cards that
 * name one another once all of them are known.
 */
#ifndef KITH_IMPORTERS_VCARD_H
#define KITH_IMPORTERS_VCARD_H

#include "base/base.h"
#include <kith/builder.h>

#define KITH_VCARD_NESTING 8

/** One property that kith has a use for. */
typedef struct kith_vcard_field {
    char *group; /**< "item1", "" when there is none */
    char *name;  /**< "EMAIL" */
    char *value; /**< UTF-8, escapes still there */
    char *label; /**< RELATED;TYPE=spouse: "spouse"; NULL when there is none */
    bool fax;    /**< a fax or pager: no number to know a person by */
    int64_t line;
} kith_vcard_field;

typedef struct kith_vcard {
    int64_t line;      /**< of BEGIN:VCARD */
    bool old;          /**< vCard 2.1: "\n" is no line break */
    GPtrArray *fields; /**< kith_vcard_field, in order */
    GPtrArray *agents; /**< nested kith_vcard */
} kith_vcard;

/** All cards of one file. */
typedef struct kith_vcard_book {
    kith_source *source;
    kith_builder *into;
    GArray *links;       /**< who names whom, in the file's order */
    GHashTable *by_name; /**< words of a name -> mention + 1, or 0 when several cards have it */
    GHashTable *by_key;  /**< UID or address -> mention + 1 */
    GHashTable *topics;  /**< folded name -> mention + 1 */
} kith_vcard_book;

kith_vcard *kith_vcard_new(int64_t line, bool old);
void kith_vcard_free(kith_vcard *card);

/** The i-th field, in the card's order. */
static inline const kith_vcard_field *
kith_vcard_at(const kith_vcard *card, guint i)
{
    return g_ptr_array_index(card->fields, i);
}

/** The first field of this name that is not empty; NULL when there is none. */
const kith_vcard_field *kith_vcard_find(const kith_vcard *card, const char *name);
/** The first value of a field, unescaped; NULL when it is missing or empty. @return yours */
char *kith_vcard_text(const kith_vcard *card, const char *name);
/** One component of a structured value ("Lee;Christopher"), cleaned; NULL when it is empty. @return yours */
char *kith_vcard_component(const kith_vcard *card, const char *name, guint i);

/** Gives a whole card to the builder: node, names, identifiers, employer, topics; its owner knows it. */
kith_status kith_vcard_tell(kith_vcard_book *book, const kith_vcard *card, kith_error *err);

void kith_vcard_book_init(kith_vcard_book *book, kith_source *source, kith_builder *into);
void kith_vcard_book_clear(kith_vcard_book *book);

/** Remembers a person's card under its name, UID and addresses. */
void kith_vcard_remember(kith_vcard_book *book, const kith_vcard *card, kith_mention who);
/** Remembers that a card names another: a relative, a manager, an assistant. @param label may be NULL */
void kith_vcard_relate(kith_vcard_book *book, kith_mention who, const char *label,
                       const char *other, int64_t line);
/** Remembers a member of a group card, by UID or address. */
void kith_vcard_member(kith_vcard_book *book, kith_mention topic, const char *reference,
                       int64_t line);
/** Makes ties of all that was remembered; names that match no card or several stay as text. */
kith_status kith_vcard_link(kith_vcard_book *book, kith_error *err);

/** The topic of this name, one mention a file. */
kith_mention kith_vcard_topic(kith_vcard_book *book, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_vcard, kith_vcard_free)

#endif
