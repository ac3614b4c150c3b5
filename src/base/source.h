/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h - what the base room may do with a source beyond the public header. */
#ifndef KITH_BASE_SOURCE_H
#define KITH_BASE_SOURCE_H

#include <glib.h>
#include <kith/source.h>

/** Puts bytes back: they are read again before what follows, and then comes the trouble, if there was any. Takes `bytes`. */
void kith_source_unread(kith_source *source, GByteArray *bytes, const kith_error *trouble);

/** Counts that many data records. */
void kith_source_records_add(kith_source *source, int64_t n);

#endif
