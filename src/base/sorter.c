/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sorter.c - radix sort in memory, runs one behind another in a file without a name, a heap to merge them. */
#include "base/sorter.h"
#include "base/base.h"
#include "base/queue.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LEAST_MEMORY (INT64_C(1) << 20)
#define LEAST_BUFFER 1024 /* triples of a run that are in memory while it is merged */

struct run {
    int64_t next, end; /* triples of the file */
    kith_triple *buffer;
    size_t at, filled;
};

struct kith_sorter {
    char *folder;
    kith_triple *buffer, *spare;
    size_t n, room, at;
    kith_spool *file; /* NULL: everything fits */
    int64_t written;
    GArray *runs; /* struct run */
    GArray *live; /* numbers of runs, the smallest head foremost (queue.h) */
    size_t share; /* triples of a run's buffer */
};

/* --- spools ---------------------------------------------------------------------------------- */

FILE *
kith_spool_new(const char *folder, kith_error *err)
{
    g_autofree char *path = g_build_filename(folder, ".kith-XXXXXX", NULL);
    int descriptor = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    FILE *file = NULL;

    if (descriptor >= 0) {
        unlink(path);
        file = fdopen(descriptor, "w+");
        if (!file)
            close(descriptor);
    }
    if (!file)
        kith_fail_at(err, KITH_ERR_IO, folder, 0, 0, "no room for a file here: %s",
                     kith_errno_text(errno));
    return file;
}

kith_status
kith_spool_write(FILE *spool, const void *bytes, size_t size, kith_error *err)
{
    if (fwrite(bytes, 1, size, spool) == size)
        return KITH_OK;
    return kith_fail(err, KITH_ERR_IO, "what is being sorted cannot be written: %s",
                     kith_errno_text(errno));
}

kith_status
kith_spool_read(FILE *spool, void *bytes, size_t size, kith_error *err)
{
    if (fread(bytes, 1, size, spool) == size)
        return KITH_OK;
    return kith_fail(err, KITH_ERR_IO, "what was sorted cannot be read back");
}

kith_status
kith_spool_rewind(FILE *spool, kith_error *err)
{
    if (fflush(spool) == 0 && fseeko(spool, 0, SEEK_SET) == 0)
        return KITH_OK;
    return kith_fail(err, KITH_ERR_IO, "what is being sorted cannot be written: %s",
                     kith_errno_text(errno));
}

/* --- sorting --------------------------------------------------------------------------------- */

kith_sorter *
kith_sorter_new(const char *folder, int64_t memory)
{
    kith_sorter *s = g_new0(kith_sorter, 1);

    s->folder = g_strdup(folder);
    s->room = (size_t)MAX(memory, LEAST_MEMORY) / (2 * sizeof(kith_triple));
    s->runs = g_array_new(FALSE, TRUE, sizeof(struct run));
    s->live = g_array_new(FALSE, FALSE, sizeof(int32_t));
    return s;
}

void
kith_sorter_free(kith_sorter *s)
{
    if (!s)
        return;
    for (guint i = 0; i < s->runs->len; i++)
        g_free(g_array_index(s->runs, struct run, i).buffer);
    g_array_free(s->runs, TRUE);
    kith_spool_close(s->file);
    g_array_unref(s->live);
    g_free(s->buffer);
    g_free(s->spare);
    g_free(s->folder);
    g_free(s);
}

/* Byte 0 is the lowest of a, byte 23 the highest of c. */
static unsigned
byte_of(const kith_triple *t, int byte)
{
    uint64_t field = byte < 8 ? t->a : byte < 16 ? t->b : t->c;

    return (unsigned)(field >> (byte % 8 * 8) & 255);
}

/* One pass by one byte, the counts of all bytes being known. */
static void
scatter(const kith_triple *from, kith_triple *to, size_t n, int byte, const size_t *count)
{
    size_t place[256], sum = 0;

    for (int v = 0; v < 256; v++) {
        place[v] = sum;
        sum += count[v];
    }
    for (size_t i = 0; i < n; i++)
        to[place[byte_of(&from[i], byte)]++] = from[i];
}

/* From the last byte of c to the first of a; a byte that is the same everywhere needs no pass. */
static void
sort_buffer(kith_sorter *s)
{
    static const int first[] = {16, 8, 0}; /* c, b, a */

    for (int field = 0; field < 3; field++) {
        for (int byte = first[field]; byte < first[field] + 8; byte++) {
            size_t count[256] = {0};
            kith_triple *sorted = s->spare;

            for (size_t i = 0; i < s->n; i++)
                count[byte_of(&s->buffer[i], byte)]++;
            if (s->n == 0 || count[byte_of(&s->buffer[0], byte)] == s->n)
                continue;
            scatter(s->buffer, sorted, s->n, byte, count);
            s->spare = s->buffer;
            s->buffer = sorted;
        }
    }
}

static kith_status
spill(kith_sorter *s, kith_error *err)
{
    struct run run = {s->written, s->written + (int64_t)s->n, NULL, 0, 0};

    if (!s->file && !(s->file = kith_spool_new(s->folder, err)))
        return KITH_ERR_IO;
    sort_buffer(s);
    TRY(kith_spool_write(s->file, s->buffer, s->n * sizeof *s->buffer, err));
    s->written = run.end;
    g_array_append_val(s->runs, run);
    s->n = 0;
    return KITH_OK;
}

kith_status
kith_sorter_put(kith_sorter *s, kith_triple triple, kith_error *err)
{
    if (!s->buffer) {
        s->buffer = g_try_new(kith_triple, s->room);
        s->spare = g_try_new(kith_triple, s->room);
        if (!s->buffer || !s->spare)
            return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to sort in");
    }
    if (s->n == s->room)
        TRY(spill(s, err));
    s->buffer[s->n++] = triple;
    return KITH_OK;
}

/* --- merging --------------------------------------------------------------------------------- */

static const kith_triple *
head_of(const kith_sorter *s, int32_t run)
{
    const struct run *r = &g_array_index(s->runs, struct run, run);

    return &r->buffer[r->at];
}

static bool
comes_before(const void *whose, int32_t x, int32_t y)
{
    const kith_triple *p = head_of(whose, x), *q = head_of(whose, y);

    if (p->a != q->a)
        return p->a < q->a;
    return p->b != q->b ? p->b < q->b : p->c < q->c;
}

static kith_status
refill(kith_sorter *s, struct run *r, kith_error *err)
{
    size_t n = (size_t)MIN((int64_t)s->share, r->end - r->next);

    r->at = 0;
    r->filled = n;
    if (n == 0)
        return KITH_OK;
    if (fseeko(s->file, (off_t)r->next * (off_t)sizeof(kith_triple), SEEK_SET) != 0)
        return kith_fail(err, KITH_ERR_IO, "what was sorted cannot be read back");
    r->next += (int64_t)n;
    return kith_spool_read(s->file, r->buffer, n * sizeof(kith_triple), err);
}

kith_status
kith_sorter_begin(kith_sorter *s, kith_error *err)
{
    if (!s->file) {
        sort_buffer(s);
        return KITH_OK;
    }
    TRY(spill(s, err));
    TRY(kith_spool_rewind(s->file, err));
    s->share = MAX(LEAST_BUFFER, 2 * s->room / s->runs->len);
    g_clear_pointer(&s->buffer, g_free);
    g_clear_pointer(&s->spare, g_free);
    for (guint i = 0; i < s->runs->len; i++) {
        struct run *r = &g_array_index(s->runs, struct run, i);

        r->buffer = g_try_new(kith_triple, s->share);
        if (!r->buffer)
            return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to merge in");
        TRY(refill(s, r, err));
        if (r->filled)
            kith_queue_push(s->live, (int32_t)i, comes_before, s);
    }
    return KITH_OK;
}

kith_status
kith_sorter_next(kith_sorter *s, kith_triple *out, bool *more, kith_error *err)
{
    struct run *r;
    int32_t first;

    if (!s->file) {
        *more = s->at < s->n;
        if (*more)
            *out = s->buffer[s->at++];
        return KITH_OK;
    }
    *more = s->live->len > 0;
    if (!*more)
        return KITH_OK;
    first = g_array_index(s->live, int32_t, 0);
    *out = *head_of(s, first);
    r = &g_array_index(s->runs, struct run, first);
    if (++r->at == r->filled)
        TRY(refill(s, r, err));
    if (r->filled)
        kith_queue_sink(s->live, comes_before, s);
    else
        kith_queue_pop(s->live, comes_before, s);
    return KITH_OK;
}
