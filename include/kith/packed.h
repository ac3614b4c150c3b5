/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * packed.h - graphs beyond memory: a packed edge file, made by an external sort, read in slices.
 *
 * The file holds 64-bit ends sorted by (from, to), perhaps a weight each, and the labels apart, in natural order: node i is
 * the i-th label. An undirected graph has each tie in both directions, so that the ties of a node always stand side by side.
 */
#ifndef KITH_PACKED_H
#define KITH_PACKED_H

#include <kith/answer.h>
#include <kith/error.h>
#include <kith/source.h>

KITH_BEGIN_DECLS

typedef struct kith_packed kith_packed;

/** How a graph is packed. Start from {0}. */
typedef struct kith_pack_options {
    bool undirected; /**< a line is a tie both ways */
    int64_t
        memory; /**< bytes to sort in; 0: 256 MB. Labels that are no numbers are kept in memory besides */
    const char *
        folder; /**< where to sort; NULL: that of the packed file. Needs 150 bytes a line at most */
    void (*watch)(void *payload, int64_t links); /**< called every million lines; may be NULL */
    void *payload;
} kith_pack_options;

/**
 * Packs a plain edge list: two labels a line, perhaps a weight; blanks, or a table with or without a header.
 * @param path "-" is standard input; compressed files are opened as they are
 * @return KITH_ERR_PARSE with its place for a line that is no link, KITH_ERR_IO for a full disk, with nothing left behind
 * O(m log m) in (memory / 48) links a run.
 */
KITH_API kith_status kith_pack(const char *path, const kith_pack_options *options, const char *into,
                               kith_error *err);

/** Opens a packed file. @param out yours; kith_packed_free() @return KITH_ERR_PARSE when it is none, or cut off */
KITH_API kith_status kith_packed_open(const char *path, kith_packed **out, kith_error *err);
/** NULL is fine. */
KITH_API void kith_packed_free(kith_packed *packed);

KITH_API int64_t kith_packed_nodes(const kith_packed *packed);
/** How many ties stand in the file: of an undirected graph twice as many as there are lines. */
KITH_API int64_t kith_packed_ties(const kith_packed *packed);
KITH_API bool kith_packed_is_directed(const kith_packed *packed);
KITH_API bool kith_packed_is_weighted(const kith_packed *packed);

/**
 * Reads ties first … first + n - 1.
 * @param ends   2 n numbers: from, to, from, to …
 * @param weight n numbers, or NULL; all 1 when the file has none
 * @return KITH_ERR_IO, KITH_ERR_ARGUMENT for ties that are not there, KITH_ERR_PARSE for a damaged file
 */
KITH_API kith_status kith_packed_read(const kith_packed *packed, int64_t first, int64_t n,
                                      uint64_t *ends, double *weight, kith_error *err);
/** The first tie whose `from` is not below a node. O(log m) reads */
KITH_API kith_status kith_packed_first(const kith_packed *packed, int64_t node, int64_t *out,
                                       kith_error *err);

/** The label of a node. @param out yours; kith_packed_label_free() */
KITH_API kith_status kith_packed_label(const kith_packed *packed, int64_t node, char **out,
                                       kith_error *err);
KITH_API void kith_packed_label_free(char *label);
/** The node of a label. @return KITH_ERR_NOT_FOUND. O(log n) reads */
KITH_API kith_status kith_packed_find(const kith_packed *packed, const char *label, int64_t *out,
                                      kith_error *err);

/** Which way a step goes. */
typedef enum kith_packed_direction {
    KITH_PACKED_BOTH = 0,
    KITH_PACKED_OUT,
    KITH_PACKED_IN
} kith_packed_direction;

/**
 * The nodes within so many steps of some, and all ties among them: table `ties` (from, to, weight) and, if asked
 * for, `members` (node, hops). One pass over the file a step and one more; one bit a node, and the extract itself, in memory.
 * @param labels end with NULL  @param out yours  @return KITH_ERR_NOT_FOUND for an unknown label
 */
KITH_API kith_status kith_packed_extract(const kith_packed *packed, const char *const *labels,
                                         int64_t hops, kith_packed_direction direction,
                                         bool members, kith_answer **out, kith_error *err);

KITH_END_DECLS
#endif
