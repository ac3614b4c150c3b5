/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tombstones.h - so that a forgotten person does not come back with a changed file.
 *
 * What is kept of a person is a keyed hash of each identifier, with a random key of the book's own: whoever reads the
 * book can tell that somebody was forgotten, and whether a person they already know of was, but not whom.
 */
#ifndef KITH_STORE_TOMBSTONES_H
#define KITH_STORE_TOMBSTONES_H

#include "store/save.h"

/** Remembers the people of these mentions (ids of the book), while they are still there. */
kith_status kith_tombstones_keep(kith_book *book, const GArray *mentions, kith_error *err);

/**
 * Leaves out what would bring a forgotten person back: s->mention becomes 0, s->gone is set. What else a record left out
 * says the person is known by is remembered as well. Costs nothing in a book that forgot nobody.
 */
kith_status kith_tombstones_heed(kith_saving *s, kith_error *err);

#endif
