/* SPDX-License-Identifier: GPL-3.0-or-later */
/* save.h - what adding a builder to a book keeps in mind between its steps. */
#ifndef KITH_STORE_SAVE_H
#define KITH_STORE_SAVE_H

#include "model/facts.h"
#include "store/sql.h"

/** Maps from the builder's numbers to the book's ids, which start at 1: 0 is "left out". */
typedef struct kith_saving {
    kith_book *book;
    const kith_builder *b;
    bool loaded;  /* the book was loaded and has not changed since */
    bool goes_on; /* adds to the import before instead of beginning one */
    int64_t next_import, next_source, next_mention, next_fact, next_text;
    int64_t *source, *mention, *fact, *text;
    int64_t *end; /* a mention's id as the end of a tie: its new one, or that in the loaded book */
    bool *gone;   /* of mentions: a forgotten person's */
} kith_saving;

/** A text of the builder's pool; NULL for 0. */
static inline const char *
kith_saving_text(const kith_saving *s, uint32_t number)
{
    return kith_pool_get(s->b->pool, number);
}

/** Writes all rows that have an id, once every map is filled. @param texts how many numbers the
 * pool has */
kith_status kith_saving_rows(kith_saving *s, uint32_t texts, kith_error *err);

#endif
