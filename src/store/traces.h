/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traces.h - where else a forgotten person is written: in others' notes, details, file names and settings.
 *
 * Addresses, numbers, links and native ids are unmistakable and are taken out wherever they stand alone. Names are taken
 * out of notes, but never out of somebody else's name: forgetting Maria Garcia leaves Ana Maria Garcia her own.
 */
#ifndef KITH_STORE_TRACES_H
#define KITH_STORE_TRACES_H

#include "store/sql.h"

typedef struct kith_traces kith_traces;

/** What to look for: the identifiers and full names of these mentions (ids of the book), while they are still there. */
kith_status kith_traces_collect(kith_book *book, const GArray *mentions, kith_traces **out,
                                kith_error *err);
void kith_traces_free(kith_traces *traces);

/**
 * Takes them out of all that is left, except those that somebody who is left shares. O(size of the texts).
 * Identifiers of others that contain one are deleted; elsewhere "[forgotten]" takes its place.
 */
kith_status kith_traces_remove(kith_book *book, kith_traces *traces, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_traces, kith_traces_free)

#endif
