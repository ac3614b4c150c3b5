/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.h - what the base room may do with a source beyond the public header. */
#ifndef KITH_BASE_SOURCE_H
#define KITH_BASE_SOURCE_H

#include <glib.h>
#include <kith/source.h>

/** Puts bytes back: they are read again before what follows, and then comes the trouble, if there was any. Takes `bytes`. */
void kith_source_unread(kith_source *source, GByteArray *bytes, const kith_error *trouble);

/** Whether the source can be read from its start again: a file or memory, compressed or not, but no pipe and no member. */
bool kith_source_rewinds(const kith_source *source);
/** Stands at the source's start again; what was counted and told stays. @return KITH_ERR_IO, or KITH_ERR_ARGUMENT for one that does not rewind */
kith_status kith_source_rewind(kith_source *source, kith_error *err);

/** How many bytes there are to read, 0: not known, as of a pipe or of what is compressed. */
int64_t kith_source_size(const kith_source *source);
/** How large a buffer the source is to be read in: `most`, or less for a short one, but always more than it has to give. */
size_t kith_source_room(kith_source *source, size_t most);

/** Counts that many data records. */
void kith_source_records_add(kith_source *source, int64_t n);

#endif
