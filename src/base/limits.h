/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limits.h - how large input may be; whatever exceeds one of these is KITH_ERR_LIMIT with its place.
 *
 * One table: here is each limit's name, its usual value, its unit and what it is about. `kith limits` prints it,
 * `--limit name=value` changes it, docs/limits.md lists it, and a test compares the two.
 */
#ifndef KITH_BASE_LIMITS_H
#define KITH_BASE_LIMITS_H

#include <kith/limit.h>

/* X(IDENTIFIER, name, usual value, unit, about) */
#define KITH_LIMITS(X)                                                                             \
    X(FIELD, "field", INT64_C(16) << 20, "bytes", "one field of a table")                          \
    X(COLUMNS, "columns", 10000, "fields", "one record of a table")                                \
    X(RECORD, "record", INT64_C(64) << 20, "bytes", "one record of a table")                       \
    X(DATES, "dates", 100000, "rows", "looked at to tell the order of day and month")              \
    X(LINE, "line", INT64_C(1) << 20, "bytes", "one line of an edge list, a chat, a header")       \
    X(WORD, "word", INT64_C(16) << 20, "bytes", "one word of Pajek, DL, GML, DOT and the like")    \
    X(NESTING, "nesting", 64, "levels", "lists or subgraphs within one another")                   \
    X(DOT_DEFAULTS, "dot-defaults", 64, "attributes", "that every new node of DOT gets")           \
    X(DEFAULTS, "defaults", 1000, "attributes", "that every node gets, in GEXF")                   \
    X(PRODUCTS, "products", INT64_C(10000000), "ties",                                             \
      "that a few bytes of DOT ask for again and again")                                           \
    X(MATRIX, "matrix", 65536, "rows", "rows or columns of a UCINET matrix")                       \
    X(ENTRY, "member", INT64_C(2) << 30, "bytes", "one member of an archive, unpacked")            \
    X(ARCHIVE, "archive", INT64_C(8) << 30, "bytes", "all members of an archive, unpacked")        \
    X(ENTRIES, "members", 10000, "members", "of an archive")                                       \
    X(RATIO, "ratio", 200, "times", "unpacked against packed, once ratio-from is unpacked")        \
    X(RATIO_FROM, "ratio-from", INT64_C(10) << 20, "bytes", "unpacked before the ratio counts")    \
    X(XML_DEPTH, "xml-depth", 256, "levels", "elements within one another")                        \
    X(XML_TOKEN, "xml-token", INT64_C(10) << 20, "bytes", "one XML text or attribute")             \
    X(JSON, "json", INT64_C(256) << 20, "bytes", "one JSON document")                              \
    X(JSON_DEPTH, "json-depth", 512, "levels", "arrays and objects within one another")            \
    X(CARD_LINE, "card-line", INT64_C(16) << 20, "bytes",                                          \
      "one line of a vCard, pictures included")                                                    \
    X(CALENDAR_LINE, "calendar-line", INT64_C(64) << 10, "bytes", "one line of a calendar")        \
    X(OCCURRENCES, "occurrences", 10000, "moments",                                                \
      "one repeated event, which also ends after ten years")                                       \
    X(STEPS, "steps", 25000, "steps", "looking for the moments of one repeated event")             \
    X(RULES, "rules", 10000, "rules", "of repetition in one calendar")                             \
    X(OBSERVANCES, "observances", 128, "changes", "of the clock that one time zone describes")     \
    X(ONSETS, "onsets", INT64_C(500000), "moments", "at which clocks change, in one calendar")     \
    X(SERIES, "series", INT64_C(200000), "attendances", "of one repeated event")                   \
    X(ATTENDANCES, "attendances", INT64_C(5000000), "attendances", "of one calendar")              \
    X(TEXT, "text", INT64_C(128) << 20, "bytes", "one text in a book")

typedef enum kith_limit_id {
#define KITH_LIMIT_AS_ID(id, name, usual, unit, about) KITH_LIMIT_##id,
    KITH_LIMITS(KITH_LIMIT_AS_ID)
#undef KITH_LIMIT_AS_ID
        KITH_LIMIT_COUNT
} kith_limit_id;

/** What is allowed now; written by kith_limit_set() alone. */
extern int64_t kith_limit_values[KITH_LIMIT_COUNT];

static inline int64_t
kith_limit(kith_limit_id id)
{
    return kith_limit_values[id];
}

#endif
