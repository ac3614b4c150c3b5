/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * blocks.h - a text file cut into blocks of whole lines (or of other whole pieces) that are parsed side by side.
 *
 * The calling thread reads (and hashes, and decompresses) the next blocks while all threads parse the last ones. What a
 * parser makes of a block may depend on nothing but the block; blocks are handed over in the file's order.
 */
#ifndef KITH_BASE_BLOCKS_H
#define KITH_BASE_BLOCKS_H

#include <kith/error.h>
#include <kith/source.h>

typedef struct kith_block {
    char *text; /* whole lines; a line feed stands behind the last byte, and a NUL behind that */
    size_t length;
    bool cut; /* the last line goes on in the next block: it is too long for one */
    size_t
        used; /* how far the parser came: less than length when it met something that is not for it */
    void *made;
} kith_block;

typedef struct kith_block_reader {
    /* On any thread; worker is 0 … threads - 1, and no two blocks have the same one at a time. */
    void (*parse)(void *payload, kith_block *block, int worker);
    /* In order, on the calling thread; the block's text dies afterwards. */
    kith_status (*take)(void *payload, kith_block *block, kith_error *err);
    /* Frees what was made of a block that is not taken, because an earlier one stopped the reading. */
    void (*drop)(void *payload, kith_block *block);
    /* Where at the latest a block may end, 0: nowhere. NULL: behind its last line feed. */
    size_t (*cut)(const char *text, size_t length);
    void *payload;
    int threads;
} kith_block_reader;

/**
 * How many workers a reader may have: `asked`, or when that is 0 as many as there are processors.
 * @param much a file of fewer bytes is read by one: starting threads, and pages that each of them needs, cost more than they save
 */
int kith_block_threads(int64_t asked, const kith_source *source, int64_t much);

/**
 * Reads a source to its end, or up to the first byte that a parser left unused: from there on the source can be read as
 * if nothing had happened. @param whole whether all of it was used. take() says with kith_source_at() at which line its block ends; damage is told behind it.
 */
kith_status kith_blocks_read(kith_source *source, const kith_block_reader *reader, bool *whole,
                             kith_error *err);

#endif
