/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * links.h - a plain edge list of any length, one link at a time, in no memory to speak of.
 *
 * Two labels a line and perhaps a weight, between blanks, or in a table with , ; | or tabs; a table may have a header
 * ("from,to,weight"). Lines that begin with # or % are comments.
 */
#ifndef KITH_BASE_LINKS_H
#define KITH_BASE_LINKS_H

#include <kith/error.h>
#include <kith/source.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kith_links kith_links;

/** Labels are borrowed until the next link, and 8 bytes behind their ends can be read. */
typedef struct kith_link {
    const char *from, *to;
    size_t from_length, to_length;
    double weight; /* finite and above 0; 1 when there is none */
    bool weighted;
} kith_link;

kith_links *kith_links_new(kith_source *source);
void kith_links_free(kith_links *links);
/** @return KITH_ERR_PARSE with its place for a line that is no link, KITH_ERR_LIMIT for one that is too long */
kith_status kith_links_next(kith_links *links, kith_link *out, bool *more, kith_error *err);

#endif
