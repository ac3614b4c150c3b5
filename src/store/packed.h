/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packed.h - how a packed edge file begins; what follows is at the places named there. */
#ifndef KITH_STORE_PACKED_H
#define KITH_STORE_PACKED_H

#include <glib.h>
#include <kith/packed.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_packed, kith_packed_free)

#define KITH_PACKED_MAGIC "KITHPACK"
#define KITH_PACKED_VERSION 1
#define KITH_PACKED_ORDER UINT64_C(0x0102030405060708)

typedef struct kith_packed_header {
    char magic[8];
    uint64_t order; /* says in which order bytes stand */
    uint64_t version;
    uint64_t directed; /* 0 or 1 */
    uint64_t nodes, ties;
    uint64_t ends;    /* where 2 * ties numbers are */
    uint64_t weights; /* where ties doubles are, 0: all are 1 */
    uint64_t
        starts; /* where nodes + 1 numbers are: label i is text[starts[i]] … text[starts[i + 1]] */
    uint64_t text; /* where the labels are, one behind another */
    uint64_t size; /* of the file */
} kith_packed_header;

#endif
