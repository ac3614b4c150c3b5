/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * option.h - one table of options feeds the parser, --help, the man page, completion and the
 * parameters in reports.
 *
 * An option table describes a plain struct: where a field is, what it may hold, its default and one
 * sentence. Field types are double (REAL), int64_t (INT), bool (FLAG), const char * (TEXT, CHOICE)
 * and kith_time (DATE).
 */
#ifndef KITH_OPTION_H
#define KITH_OPTION_H

#include <kith/error.h>
#include <stdbool.h>
#include <stddef.h>

KITH_BEGIN_DECLS

typedef enum kith_option_type {
    KITH_OPTION_TYPE_END = 0,
    KITH_OPTION_TYPE_REAL,
    KITH_OPTION_TYPE_INT,
    KITH_OPTION_TYPE_FLAG,
    KITH_OPTION_TYPE_TEXT,
    KITH_OPTION_TYPE_CHOICE,
    KITH_OPTION_TYPE_DATE
} kith_option_type;

typedef struct kith_option {
    kith_option_type type;
    const char *name;     /**< C field name; on the command line '_' becomes '-' */
    size_t offset;        /**< of the field in the struct */
    const char *fallback; /**< default as text; NULL: none (TEXT and DATE only) */
    double low, high;     /**< range of REAL and INT, both ends allowed */
    const char *choices;  /**< CHOICE: words separated by '|' */
    const char *argument; /**< what --help calls the value: "WHO", "N"; NULL: by type */
    const char *about;    /**< one sentence, lower case, no full stop */
    char letter;          /**< short form, or 0 */
    bool required;        /**< the command refuses to run without it */
} kith_option;

#define KITH_OPTION_REAL(S, field, fallback_, low_, high_, about_)                                 \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_REAL, .name = #field, .offset = offsetof(S, field),               \
        .fallback = fallback_, .low = low_, .high = high_, .argument = "X", .about = about_        \
    }
#define KITH_OPTION_INT(S, field, letter_, fallback_, low_, high_, about_)                         \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_INT, .name = #field, .offset = offsetof(S, field),                \
        .letter = letter_, .fallback = fallback_, .low = low_, .high = high_, .argument = "N",     \
        .about = about_                                                                            \
    }
#define KITH_OPTION_FLAG(S, field, about_)                                                         \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_FLAG, .name = #field, .offset = offsetof(S, field),               \
        .fallback = "no", .about = about_                                                          \
    }
#define KITH_OPTION_TEXT(S, field, letter_, argument_, fallback_, required_, about_)               \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_TEXT, .name = #field, .offset = offsetof(S, field),               \
        .letter = letter_, .argument = argument_, .fallback = fallback_, .required = required_,    \
        .about = about_                                                                            \
    }
#define KITH_OPTION_CHOICE(S, field, fallback_, choices_, about_)                                  \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_CHOICE, .name = #field, .offset = offsetof(S, field),             \
        .fallback = fallback_, .choices = choices_, .argument = "WORD", .about = about_            \
    }
#define KITH_OPTION_DATE(S, field, about_)                                                         \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_DATE, .name = #field, .offset = offsetof(S, field),               \
        .argument = "DATE", .about = about_                                                        \
    }
#define KITH_OPTION_END                                                                            \
    {                                                                                              \
        .type = KITH_OPTION_TYPE_END                                                               \
    }

/** Fills a struct with the defaults of its table. Texts point into the table. */
KITH_API void kith_options_init(const kith_option *table, void *values);

/**
 * Sets one option from text. Texts are borrowed, not copied.
 * @return KITH_ERR_ARGUMENT: unknown name (nearest one is suggested), bad value, out of range
 */
KITH_API kith_status kith_options_set(const kith_option *table, void *values, const char *name,
                                      const char *text, kith_error *err);

/** Tells whether two names are one option's: capitals do not count, and '_' is '-'. */
KITH_API bool kith_option_same_name(const char *a, const char *b);

/** The table's entry for a name ("max_hops" or "max-hops"), or NULL. */
KITH_API const kith_option *kith_options_find(const kith_option *table, const char *name);

/** An option's current value as text into out ("" when unset). @return out */
KITH_API const char *kith_option_text(const kith_option *option, const void *values, char *out,
                                      size_t size);

/** The file that a value names: the value itself where the argument is FILE, what follows an @ where it may be @FILE; NULL
 * for none. Borrowed from the text. */
KITH_API const char *kith_option_file(const kith_option *option, const char *text);

/** Of these words the one nearest to what was typed, by edit distance; NULL when none is near. @param words ends with NULL */
KITH_API const char *kith_nearest_word(const char *typed, const char *const *words);

KITH_END_DECLS
#endif
