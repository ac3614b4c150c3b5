/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blocks.c - reads blocks of lines, parses them side by side, hands them over in order. */
#include "base/blocks.h"
#include "base/base.h"
#include "base/big.h"
#include "base/source.h"
#include <omp.h>
#include <string.h>

#define BLOCK ((size_t)1 << 16)
#define BATCH 8 /* blocks at most, two for each thread; one alone has one at a time */

struct batch {
    kith_block block[BATCH];
    int n, most;
    char *text; /* of all blocks, used again and again: fresh pages cost more than parsing */
};

#define BEHIND 64 /* a NUL, and room to read ahead */

struct feed {
    kith_source *source;
    size_t (*cut)(const char *text, size_t length);
    char *rest; /* an unfinished line */
    size_t rest_length;
    size_t block; /* how long one is */
    bool ended;
    kith_error trouble; /* how reading ended, when not well */
};

int
kith_block_threads(int64_t asked, const kith_source *source, int64_t much)
{
    int64_t size = kith_source_size(source);

    if (asked > 0)
        return (int)MIN(asked, 1024);
    return size > 0 && size < much ? 1 : omp_get_max_threads();
}

/* Fills a buffer that begins with the rest of the last one. */
static size_t
fill(struct feed *f, char *buffer, size_t room)
{
    size_t length = f->rest_length, got = 1;

    memcpy(buffer, f->rest, f->rest_length);
    f->rest_length = 0;
    while (got > 0 && length < room && f->trouble.status == KITH_OK) {
        kith_source_read(f->source, buffer + length, room - length, &got, &f->trouble);
        length += f->trouble.status == KITH_OK ? got : 0;
    }
    f->ended = got == 0 || f->trouble.status != KITH_OK;
    return length;
}

static size_t
behind_last_line(const char *text, size_t length)
{
    const char *stop = memrchr(text, '\n', length);

    return stop ? (size_t)(stop + 1 - text) : 0;
}

/* A block ends where it may be cut, or with the file. A line longer than a block makes a block without one. */
static void
read_block(struct feed *f, kith_block *out)
{
    char *text = out->text;
    size_t length = fill(f, text, f->block), kept = 0;
    bool whole = f->ended && f->trouble.status == KITH_OK;

    if (!whole && length)
        kept = f->cut(text, length);
    if (!whole && (kept || f->ended)) {
        f->rest_length = length - kept;
        memcpy(f->rest, text + kept, f->rest_length);
        length = kept;
    }
    *out = (kith_block){.text = text, .length = length, .cut = !whole && !f->ended && !kept};
    text[length] = '\n';
    text[length + 1] = '\0';
}

static void
read_batch(struct feed *f, struct batch *out)
{
    for (out->n = 0; out->n < out->most && !f->ended; out->n++) {
        out->block[out->n].text = out->text + (size_t)out->n * (f->block + BEHIND);
        read_block(f, &out->block[out->n]);
    }
}

/* Parses one batch while the calling thread reads the next. */
static void
step(struct feed *f, const kith_block_reader *reader, struct batch *now, struct batch *next)
{
    /* One block is not worth a second thread, which may have to wait for a processor. */
#pragma omp parallel num_threads(now->n > 1 ? reader->threads : 1)
    {
#pragma omp master
        read_batch(f, next);
#pragma omp for schedule(dynamic, 1)
        for (int i = 0; i < now->n; i++)
            reader->parse(reader->payload, &now->block[i], omp_get_thread_num());
    }
}

/* Gives back what was read and not used. */
static void
unread(struct feed *f, const kith_block_reader *reader, struct batch *now, int from,
       const struct batch *next)
{
    GByteArray *bytes = g_byte_array_new();

    for (int i = from; i < now->n; i++) {
        const kith_block *b = &now->block[i];
        size_t used = i == from ? b->used : 0;

        g_byte_array_append(bytes, (const guint8 *)b->text + used, (guint)(b->length - used));
        if (i > from)
            reader->drop(reader->payload, &now->block[i]);
    }
    for (int i = 0; i < next->n; i++)
        g_byte_array_append(bytes, (const guint8 *)next->block[i].text,
                            (guint)next->block[i].length);
    g_byte_array_append(bytes, (const guint8 *)f->rest, (guint)f->rest_length);
    kith_source_unread(f->source, bytes, &f->trouble);
}

/* @return whether all of it was used */
static kith_status
take_batch(const kith_block_reader *reader, struct batch *now, int *stopped, kith_error *err)
{
    *stopped = -1;
    for (int i = 0; i < now->n; i++) {
        TRY(reader->take(reader->payload, &now->block[i], err));
        if (now->block[i].used < now->block[i].length) {
            *stopped = i;
            return KITH_OK;
        }
    }
    return KITH_OK;
}

/* Damage is where the last whole line ends. */
static kith_status
tell_trouble(struct feed *f, kith_error *err)
{
    if (f->trouble.status != KITH_OK && f->trouble.line == 0) {
        f->trouble.line = kith_source_line(f->source) + 1;
        f->trouble.column = (int64_t)f->rest_length + 1;
    }
    if (err && err->status == KITH_OK)
        *err = f->trouble;
    return f->trouble.status;
}

kith_status
kith_blocks_read(kith_source *source, const kith_block_reader *reader, bool *whole, kith_error *err)
{
    size_t block = kith_source_room(source, BLOCK);
    g_autofree char *rest = g_malloc(block + 2);
    struct feed feed = {.source = source,
                        .cut = reader->cut ? reader->cut : behind_last_line,
                        .rest = rest,
                        .block = block};
    int most = reader->threads > 1 ? MIN(BATCH, 2 * reader->threads) : 1;
    KITH_AUTOBIG char *texts = KITH_RAW(char, 2 * (size_t)most * (block + BEHIND));
    struct batch now = {.text = texts, .most = most}, next = {.most = most};
    kith_status status = KITH_OK;
    char *spare;
    int stopped = -1;

    if (!texts)
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to read a file");
    next.text = texts + (size_t)most * (block + BEHIND);
    read_batch(&feed, &now);
    while (status == KITH_OK && now.n > 0 && stopped < 0) {
        step(&feed, reader, &now, &next);
        status = take_batch(reader, &now, &stopped, err);
        if (status == KITH_OK && stopped >= 0)
            unread(&feed, reader, &now, stopped, &next);
        spare = now.text;
        now = next;
        next = (struct batch){.text = spare, .most = most};
    }
    *whole = stopped < 0;
    return status != KITH_OK || stopped >= 0 ? status : tell_trouble(&feed, err);
}
