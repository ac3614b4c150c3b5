/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile.h - a named export is a profile, not a parser: a few tables that say what its columns are and what a row means.
 *
 *     static const kith_profile_column columns[] = {
 *         {KITH_FIELD_GIVEN, "first name", NULL}, {KITH_FIELD_EMAIL, "e mail # value", NULL}, {0}};
 *     static const kith_profile_tie ties[] = {
 *         {.kind = KITH_KNOWS, .from = KITH_END_OWNER, .to = KITH_END_SUBJECT, .main = true}, {0}};
 *     static const kith_profile google_contacts = {
 *         .signature = "first name|last name|labels", .columns = columns, .ties = ties};
 *     KITH_PROFILE(google_contacts, "google-contacts", "Google Contacts: whom you know", "csv");
 *
 * A row is about one subject (a person, a firm, an event, a deal). Columns fill its fields; ties run between the subject
 * and what else the row names. What a table cannot say stands in code beside the profile, which then reads its rows
 * itself (shopify_orders.c, linkedin_messages.c) and shares the header and the columns.
 */
#ifndef KITH_IMPORTERS_PROFILE_H
#define KITH_IMPORTERS_PROFILE_H

#include "rows.h"
#include <kith/builder.h>
#include <kith/importer.h>

/* What a column holds. Columns of no entry are kept as attributes. */
typedef enum kith_field {
    KITH_FIELD_IGNORED = 0, /* not kept: message bodies, pictures, bookkeeping */
    /* the subject */
    KITH_FIELD_ID,
    KITH_FIELD_NAME,
    KITH_FIELD_GIVEN,
    KITH_FIELD_FAMILY,
    KITH_FIELD_MAIDEN,
    KITH_FIELD_EMAIL,
    KITH_FIELD_PHONE,
    KITH_FIELD_URL,
    KITH_FIELD_DOMAIN, /* a firm's web site */
    KITH_FIELD_TITLE,
    KITH_FIELD_LABELS,    /* tags, joined in one cell */
    KITH_FIELD_RELATION,  /* the name of somebody else and what he is to the subject */
    KITH_FIELD_DELETED,   /* a tick: the row is a corpse */
    KITH_FIELD_DIRECTION, /* which end is the owner: "outgoing" the subject, "incoming" the other */
    /* other nodes */
    KITH_FIELD_COMPANY,
    KITH_FIELD_COMPANY_ID,
    KITH_FIELD_PARENT_ID,
    KITH_FIELD_MANAGER_ID,
    KITH_FIELD_PERSON,
    KITH_FIELD_PERSON_ID,
    KITH_FIELD_PERSON_EMAIL,
    KITH_FIELD_PERSON_URL,
    KITH_FIELD_EVENT,
    KITH_FIELD_EVENT_ID,
    /* the tie */
    KITH_FIELD_STATUS,
    KITH_FIELD_DATE,
    KITH_FIELD_SEEN, /* a tick or a moment: was there */
    KITH_FIELD_OPTED_OUT,
    KITH_FIELD_DETAIL,
    KITH_FIELD_AMOUNT,
    KITH_FIELD_CURRENCY,
    KITH_FIELD_NOTE, /* an attribute of the tie, under the entry's label */
    KITH_FIELDS
} kith_field;

/* Header words (folded, '|' between them, '#' is any number) of one field; {0} ends a table. */
typedef struct kith_profile_column {
    kith_field field;
    const char *words;
    const char *label; /* of relations, notes and labels; NULL: as the header says */
} kith_profile_column;

typedef enum kith_effect {
    KITH_EFFECT_TIE = 0, /* a tie with this status */
    KITH_EFFECT_HOLD,    /* the subject is real, the tie is not */
    KITH_EFFECT_DROP     /* nothing of the row is taken */
} kith_effect;

/* What a status word (folded, '|' between them) says; NULL words end a table. */
typedef struct kith_profile_status {
    const char *words;
    const char *status; /* NULL: as written */
    kith_effect effect;
} kith_profile_status;

typedef enum kith_end {
    KITH_END_NONE = 0,
    KITH_END_SUBJECT,
    KITH_END_OWNER,
    KITH_END_COMPANY,
    KITH_END_PARENT,
    KITH_END_MANAGER,
    KITH_END_PERSON, /* everybody else the row names */
    KITH_END_EVENT,
    KITH_END_TOPIC /* named by the profile */
} kith_end;

/* One tie of every row that names both ends; KITH_END_NONE ends a table. */
typedef struct kith_profile_tie {
    kith_tie_kind kind;
    kith_end from, to;
    bool main;        /* takes the row's status, date, amount, detail and notes */
    bool role;        /* takes the title as its detail */
    kith_field needs; /* only when this cell is ticked; 0: always */
    const char *channel, *status, *detail;
} kith_profile_tie;

typedef struct kith_profile {
    const char
        *signature;   /* header words that must all be there, '|' between them, "a/b": a or b */
    const char *file; /* what the file's name must say, for exports of one header; or NULL */
    kith_node_kind subject;
    bool owner;          /* the subject is the person whose file this is */
    bool address_book;   /* a row with a firm alone is that firm */
    bool names_identify; /* a name and a firm are all there is: the same ones are the same person */
    bool month_first;    /* dates are American whatever the column shows */
    bool short_ids;      /* 18 characters of an id are 15 and a checksum */
    bool about_tie;      /* columns of no entry are about the tie, not the subject */
    const char *space, *company_space, *person_space, *event_space; /* of native ids */
    const char *topic;                                              /* of KITH_END_TOPIC */
    const char *otherwise; /* the status where the cell is empty or missing */
    const char *unknown;   /* the status for a word that is in no table; NULL: as written */
    const kith_profile_column *columns;
    const kith_profile_status *statuses;
    const kith_profile_tie *ties;
} kith_profile;

/* A column of the file with its entry. */
typedef struct kith_bound {
    int column;
    const kith_profile_column *entry;
} kith_bound;

/* A file being read by a profile. */
typedef struct kith_reader {
    const kith_profile *profile;
    kith_source *source;
    kith_builder *into;
    kith_rows *rows;
    const kith_row *row; /* the current one */
    kith_bound *bound;   /* in the order of the profile's table */
    size_t n;
    bool *spare;
    /* of the current row */
    kith_mention subject;
    /* names to be looked up when every card was seen */
    GHashTable *cards;
    GArray *relations;
} kith_reader;

/** Whether a header is the profile's. */
bool kith_profile_fits(const kith_profile *profile, const kith_header *header);

/** An importer's probe: the more words of a signature are met, the surer. */
int kith_profile_probe(const kith_profile *profile, kith_header_test fits, const char *head,
                       size_t length, const char *name);

/** An importer's read: every row as the profile says. */
kith_status kith_profile_read(const kith_profile *profile, kith_header_test fits,
                              kith_source *source, kith_builder *into, kith_error *err);

/** Opens a file to be read row by row. @param out in your memory; kith_reader_clear() also after a failure */
kith_status kith_reader_open(const kith_profile *profile, kith_header_test fits,
                             kith_source *source, kith_builder *into, kith_reader *out,
                             kith_error *err);
void kith_reader_clear(kith_reader *reader);
/** The next row into reader->row, NULL at the end. */
kith_status kith_reader_next(kith_reader *reader, kith_error *err);

/** The first cell of a field that is not empty, "" when there is none. @param column may be NULL; -1 when none */
const char *kith_reader_cell(const kith_reader *reader, kith_field field, int *column);
const char *kith_reader_text(const kith_reader *reader, kith_field field);
/** Whether a cell says yes. */
bool kith_reader_ticked(const kith_reader *reader, kith_field field);
/** Reads the row's date. @return whether there is one */
bool kith_reader_date(kith_reader *reader, kith_field field, kith_time *when,
                      kith_precision *precision);
/** Reads the amount and its currency; a bad one is a warning. @param currency room for the text */
void kith_reader_amount(kith_reader *reader, kith_fact *fact, char currency[4]);
/** What the status of the row does, and the model's word for it (borrowed). */
kith_effect kith_reader_status(kith_reader *reader, const char **status);

/** One row: its subject and its ties. */
kith_status kith_profile_row(kith_reader *reader, kith_error *err);

/** Gives a mention what the row says of its subject. */
void kith_profile_describe(kith_reader *reader, kith_mention who);
/** The name of the row's subject. @return yours; "" for none */
char *kith_profile_name(const kith_reader *reader);
/** The key by which name and firm identify within one file. @return yours */
char *kith_profile_name_key(const kith_reader *reader, const char *name);
/** An id with its namespace. @return yours */
char *kith_profile_native(const kith_profile *profile, const char *space, const char *id);

/** What a row is tied to, appended to `out` (of kith_mention). */
void kith_profile_end(kith_reader *reader, kith_end end, GArray *out);

/** Remembers a card by its name, and whom it names by name; both are used by kith_profile_relate(). */
void kith_profile_card(kith_reader *reader, kith_mention who, const char *name);
/** Ties the cards that name each other; a name without exactly one card stays an attribute. */
kith_status kith_profile_relate(kith_reader *reader, kith_error *err);

/** What a file's name says of the event in it: "Summer BBQ - Guests - 2024-07-12.csv". @return yours; never empty */
char *kith_profile_title(const char *file, kith_time *when, kith_precision *precision);

/* Makes the profile `SYMBOL` an importer; KITH_PROFILE_OF_FILE() one that calls events as the file is called. */
#define KITH_PROFILE(SYMBOL, NAME, SUMMARY, EXTENSIONS)                                            \
    KITH_PROFILE_NAMED(SYMBOL, NAME, SUMMARY, EXTENSIONS, KITH_NAMED_BY_NOTHING)
#define KITH_PROFILE_OF_FILE(SYMBOL, NAME, SUMMARY, EXTENSIONS)                                    \
    KITH_PROFILE_NAMED(SYMBOL, NAME, SUMMARY, EXTENSIONS, KITH_NAMED_BY_FILE)
#define KITH_PROFILE_NAMED(SYMBOL, NAME, SUMMARY, EXTENSIONS, NAMED_BY)                            \
    static bool SYMBOL##_fits(const kith_header *header)                                           \
    {                                                                                              \
        return kith_profile_fits(&SYMBOL, header);                                                 \
    }                                                                                              \
    static int SYMBOL##_probe(const char *head, size_t length, const char *name)                   \
    {                                                                                              \
        return kith_profile_probe(&SYMBOL, SYMBOL##_fits, head, length, name);                     \
    }                                                                                              \
    static kith_status SYMBOL##_read(kith_source *source, const void *options, kith_builder *into, \
                                     kith_error *err)                                              \
    {                                                                                              \
        (void)options;                                                                             \
        return kith_profile_read(&SYMBOL, SYMBOL##_fits, source, into, err);                       \
    }                                                                                              \
    const kith_importer kith_importer_##SYMBOL = {                                                 \
        .name = NAME,                                                                              \
        .summary = SUMMARY,                                                                        \
        .extensions = EXTENSIONS,                                                                  \
        .named_by = NAMED_BY,                                                                      \
        .probe = SYMBOL##_probe,                                                                   \
        .read = SYMBOL##_read,                                                                     \
    }

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_reader, kith_reader_clear)

#endif
