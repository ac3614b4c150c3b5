/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * columns.h - what the columns of a table mean: the one place for header words, synonyms and status words.
 *
 * "E-Mail Address", "email" and "mail" are one role. An importer names the synonyms it believes in and gets, for each
 * role, the column that holds it. A new export format is usually a list of words here and a few lines elsewhere.
 */
#ifndef KITH_IMPORTERS_COLUMNS_H
#define KITH_IMPORTERS_COLUMNS_H

#include <glib.h>
#include <kith/kinds.h>
#include <stdbool.h>

/* What a column may hold. */
typedef enum kith_role {
    KITH_ROLE_NONE = 0,
    /* a person */
    KITH_ROLE_NAME,
    KITH_ROLE_GIVEN,
    KITH_ROLE_FAMILY,
    KITH_ROLE_EMAIL,
    KITH_ROLE_PHONE,
    KITH_ROLE_URL,
    KITH_ROLE_COMPANY,
    KITH_ROLE_TITLE,
    /* an event, or when it was */
    KITH_ROLE_EVENT,
    KITH_ROLE_DATE,
    KITH_ROLE_STATUS,
    /* two ends and what is between them */
    KITH_ROLE_FROM,
    KITH_ROLE_TO,
    KITH_ROLE_FROM_NAME,
    KITH_ROLE_TO_NAME,
    KITH_ROLE_FROM_EMAIL,
    KITH_ROLE_TO_EMAIL,
    KITH_ROLE_FROM_KIND,
    KITH_ROLE_TO_KIND,
    KITH_ROLE_KIND,
    KITH_ROLE_UNTIL,
    KITH_ROLE_WEIGHT,
    KITH_ROLE_AMOUNT,
    KITH_ROLE_CURRENCY,
    KITH_ROLE_CHANNEL,
    KITH_ROLE_DETAIL,
    KITH_ROLE_PRODUCT,
    KITH_ROLE_SHARE,
    KITH_ROLE_TYPE,
    /* a node of a graph file */
    KITH_ROLE_ID,
    KITH_ROLE_LABEL,
    KITH_ROLES
} kith_role;

/* The words that mean a role, separated by '|', the likeliest first. A table ends with {0}. */
typedef struct kith_synonym {
    kith_role role;
    const char *words;
} kith_synonym;

extern const kith_synonym kith_synonyms_people[];     /* contact and attendance lists */
extern const kith_synonym kith_synonyms_attendance[]; /* the event's part of an attendance list */
extern const kith_synonym kith_synonyms_ties[]; /* what stands beside the two ends of a pair */

/* A header: its cells as written and folded ("E-mail  Address" is "e mail address"). */
typedef struct kith_header {
    size_t n;
    char **text, **folded;
} kith_header;

/** Takes in a row as a header. @return yours; kith_header_free() */
kith_header *kith_header_new(const char *const *cells, size_t n);
void kith_header_free(kith_header *header);

/** The column with this folded word, -1 when there is none. */
int kith_header_find(const kith_header *header, const char *word);

/** A header cell folded: match key with everything that is no letter or digit as one blank. @return yours */
char *kith_header_fold(const char *text);

/** Whether a folded text is one of the words separated by '|'. */
bool kith_word_among(const char *folded, const char *words);

/**
 * Finds the column of each role; an earlier word of a role wins over a later one, a column has one role only.
 * @param column one int per role, all of them -1 or a column already taken
 */
void kith_columns_find(const kith_header *header, const kith_synonym *synonyms,
                       int column[KITH_ROLES]);

/** Which columns have a name but no role: they are kept as attributes. @return one per column; yours (g_free) */
bool *kith_columns_spare(const kith_header *header, const int column[KITH_ROLES]);

/** Makes every role unknown. */
void kith_columns_clear(int column[KITH_ROLES]);

/** A role by the name that --map uses ("from_email"), KITH_ROLE_NONE when there is none. */
kith_role kith_role_from_name(const char *name);
/** All names that --map takes for a table of pairs, for messages. @return static */
const char *kith_role_names(void);

/** What a status word of an attendance list says. */
typedef enum kith_attendance {
    KITH_ATTENDANCE_UNKNOWN = 0,
    KITH_ATTENDANCE_NONE, /* "0", "no", "-" in a matrix: nothing happened */
    KITH_ATTENDANCE_INVITED,
    KITH_ATTENDANCE_REGISTERED,
    KITH_ATTENDANCE_ATTENDED,
    KITH_ATTENDANCE_NO_SHOW,
    KITH_ATTENDANCE_HOSTED,
    KITH_ATTENDANCE_SPOKE
} kith_attendance;

/** Reads a status word ("Checked in", "no-show", "✓", "P"). */
kith_attendance kith_attendance_from_word(const char *text);
/** The model's word for it ("attended"); NULL for unknown and none. */
const char *kith_attendance_name(kith_attendance attendance);

/** The outcome of a referral in the model's words: "closed", "pending" or "lost"; NULL when the word is unknown. */
const char *kith_outcome_from_word(const char *text);

/** A tie kind by the model's name or a usual word for it ("connected", "supplies", "Works at"). */
bool kith_tie_kind_from_word(const char *text, kith_tie_kind *out);

/** Whether a row or column label says that it adds the others up. */
bool kith_label_is_total(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_header, kith_header_free)

#endif
