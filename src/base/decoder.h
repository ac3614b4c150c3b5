/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decoder.h - a source as a stream of UTF-8, decoded piece by piece. */
#ifndef KITH_BASE_DECODER_H
#define KITH_BASE_DECODER_H

#include "base/base.h"

/** A source being decoded; start with kith_decoder_init(), end with kith_decoder_clear(). */
typedef struct kith_decoder {
    kith_source *source; /**< borrowed */
    const char *encoding;
    bool started, ended;
    char *raw; /**< bytes not decoded yet */
    size_t raw_length, room;
} kith_decoder;

/** Tells the encoding from the first bytes of the source. */
kith_status kith_decoder_init(kith_decoder *decoder, kith_source *source, kith_error *err);
void kith_decoder_clear(kith_decoder *decoder);

/**
 * Appends decoded bytes to `out`, without byte order mark. UTF-8 is passed on unchecked: its reader
 * sees whole records. Sets decoder->ended when nothing is left.
 */
kith_status kith_decoder_more(kith_decoder *decoder, GString *out, kith_error *err);

/** Rewrites bytes of `out` from `at` on as Windows-1252, and goes on so: what came before was plain
 * ASCII. */
void kith_decoder_switch(kith_decoder *decoder, GString *out, size_t at);

#endif
