/* SPDX-License-Identifier: GPL-3.0-or-later */
/* input.c - the raw bytes of a file, a pipe or memory, counted and hashed as they go by. */
#include "base/input.h"
#include "base/ahead.h"
#include "base/sha256.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of which so much was read is likely to be read to its end; of a shorter one than LONG is left too little for a thread to
 * pay. */
#define BEGUN ((int64_t)1 << 20)
#define LONG ((int64_t)8 << 20)

struct kith_input {
    char *name;
    int fd; /* -1: memory */
    bool regular;
    const char *memory;
    size_t size, at;    /* of memory */
    char *buffer;       /* one chunk; the peeked bytes first */
    size_t held, taken; /* bytes in the buffer, and how many of them were handed out */
    bool peeked, ended;
    bool hash_later; /* read out of order: hash from the start when asked */
    int64_t served;
    kith_ahead *ahead; /* of a long file; NULL: it is read here */
    bool ahead_tried;
    kith_sha256 *checksum;
    char *hex; /* of all bytes, once known */
};

static kith_input *
input_new(const char *name)
{
    kith_input *input = g_new0(kith_input, 1);

    input->name = g_strdup(name);
    input->fd = -1;
    input->checksum = kith_sha256_new();
    return input;
}

void
kith_input_free(kith_input *input)
{
    if (input == NULL)
        return;
    kith_ahead_stop(input->ahead);
    if (input->fd >= 0)
        close(input->fd);
    kith_sha256_free(input->checksum);
    g_free(input->buffer);
    g_free(input->hex);
    g_free(input->name);
    g_free(input);
}

kith_input *
kith_input_from_memory(const char *name, const void *bytes, size_t size)
{
    kith_input *input = input_new(name);

    input->memory = size > 0 ? bytes : "";
    input->size = size;
    input->hash_later = true;
    return input;
}

/* Shells hand over pipes under these names; a pipe under any other name may never have a writer. */
static bool
may_be_pipe(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0 ||
           g_str_has_prefix(path, "/dev/fd/") || g_str_has_prefix(path, "/proc/self/fd/");
}

static kith_status
check_kind(kith_input *input, const char *path, kith_error *err)
{
    struct stat st;

    if (fstat(input->fd, &st) != 0)
        return kith_fail(err, KITH_ERR_IO, "cannot read %s: %s", path, kith_errno_text(errno));
    if (S_ISDIR(st.st_mode))
        return kith_fail(err, KITH_ERR_IO, "%s is a directory", path);
    input->regular = S_ISREG(st.st_mode);
    if (!input->regular && !may_be_pipe(path))
        return kith_fail(err, KITH_ERR_IO, "%s is not a regular file", path);
    if (input->regular)
        posix_fadvise(input->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return KITH_OK;
}

kith_status
kith_input_open(const char *path, kith_input **out, kith_error *err)
{
    g_autoptr(kith_input) input = input_new(path);
    int flags;

    /* Without O_NONBLOCK, open() of a pipe waits for a writer that may never come. */
    if (strcmp(path, "-") == 0)
        input->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    else
        input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (input->fd < 0)
        return kith_fail(err, KITH_ERR_IO, "cannot open %s: %s", path, kith_errno_text(errno));
    TRY(check_kind(input, path, err));
    flags = fcntl(input->fd, F_GETFL);
    if (strcmp(path, "-") != 0 && flags >= 0)
        fcntl(input->fd, F_SETFL, flags & ~O_NONBLOCK);
    input->buffer = g_malloc(KITH_INPUT_CHUNK);
    *out = g_steal_pointer(&input);
    return KITH_OK;
}

/* One read() from the descriptor, hashed; waits when somebody left the pipe non-blocking. */
static ssize_t
read_here(kith_input *input, void *buffer, size_t size)
{
    ssize_t n;

    while ((n = read(input->fd, buffer, size)) < 0 && (errno == EINTR || errno == EAGAIN))
        if (errno == EAGAIN)
            g_usleep(1000);
    if (n > 0 && !input->hash_later)
        kith_sha256_update(input->checksum, buffer, (size_t)n);
    return n;
}

static void
try_ahead(kith_input *input)
{
    if (input->ahead_tried || !input->regular || input->hash_later || input->served < BEGUN)
        return;
    input->ahead_tried = true;
    if (kith_input_size(input) >= LONG)
        input->ahead = kith_ahead_start(input->fd, input->checksum);
}

static kith_status
read_raw(kith_input *input, void *buffer, size_t size, size_t *got, kith_error *err)
{
    ssize_t n;

    *got = 0;
    if (input->ended)
        return KITH_OK;
    try_ahead(input);
    n = input->ahead ? kith_ahead_read(input->ahead, buffer, size) : read_here(input, buffer, size);
    if (n < 0)
        return kith_fail_at(err, KITH_ERR_IO, input->name, 0, 0, "cannot read: %s",
                            kith_errno_text(errno));
    input->ended = n == 0;
    *got = (size_t)n;
    return KITH_OK;
}

kith_status
kith_input_peek(kith_input *input, const char **bytes, size_t *length, kith_error *err)
{
    size_t got = 1;

    if (input->memory != NULL) {
        *bytes = input->memory;
        *length = MIN(input->size, KITH_INPUT_CHUNK);
        return KITH_OK;
    }
    while (!input->peeked && got > 0 && input->held < KITH_INPUT_CHUNK) {
        TRY(read_raw(input, input->buffer + input->held, KITH_INPUT_CHUNK - input->held, &got,
                     err));
        input->held += got;
    }
    input->peeked = true;
    *bytes = input->buffer;
    *length = input->held;
    return KITH_OK;
}

kith_status
kith_input_next(kith_input *input, const void **bytes, size_t *length, kith_error *err)
{
    if (input->memory != NULL) {
        *bytes = input->memory + input->at;
        *length = MIN(input->size - input->at, KITH_INPUT_CHUNK);
        input->at += *length;
    } else {
        if (input->taken == input->held) {
            input->taken = 0;
            input->held = 0;
            TRY(read_raw(input, input->buffer, KITH_INPUT_CHUNK, &input->held, err));
        }
        *bytes = input->buffer + input->taken;
        *length = input->held - input->taken;
        input->taken = input->held;
    }
    input->served += (int64_t)*length;
    return KITH_OK;
}

kith_status
kith_input_read(kith_input *input, void *buffer, size_t size, size_t *got, kith_error *err)
{
    bool memory = input->memory != NULL;
    size_t ready = memory ? input->size - input->at : input->held - input->taken;

    *got = MIN(ready, size);
    if (memory) {
        memcpy(buffer, input->memory + input->at, *got);
        input->at += *got;
    } else if (ready > 0) {
        memcpy(buffer, input->buffer + input->taken, *got);
        input->taken += *got;
    } else {
        TRY(read_raw(input, buffer, size, got, err));
    }
    input->served += (int64_t)*got;
    return KITH_OK;
}

bool
kith_input_seekable(const kith_input *input)
{
    return input->memory != NULL || input->regular;
}

/* Whether the place is among the bytes at hand: the directory of a zip leads from member to member,
 * and a fresh block for each would read an archive of small files a thousand times. */
static bool
seek_held(kith_input *input, int64_t target)
{
    int64_t end = lseek(input->fd, 0, SEEK_CUR), start = end - (int64_t)input->held;

    if (end < 0 || target < start || target >= end)
        return false;
    input->taken = (size_t)(target - start);
    return true;
}

/* Back to where the bytes were taken. */
static void
stop_ahead(kith_input *input)
{
    size_t left = kith_ahead_stop(g_steal_pointer(&input->ahead));

    if (left > 0)
        lseek(input->fd, -(off_t)left, SEEK_CUR);
}

int64_t
kith_input_seek(kith_input *input, int64_t offset, int whence)
{
    int64_t base = whence == SEEK_SET ? 0 : (int64_t)(whence == SEEK_CUR ? input->at : input->size);

    if (input->memory != NULL) {
        if (offset + base < 0 || offset + base > (int64_t)input->size)
            return -1;
        input->at = (size_t)(offset + base);
        return (int64_t)input->at;
    }
    stop_ahead(input);
    if (whence == SEEK_CUR) {
        offset += lseek(input->fd, 0, SEEK_CUR) - (int64_t)(input->held - input->taken);
        whence = SEEK_SET;
    }
    input->hash_later = true;
    input->ended = false;
    if (whence == SEEK_SET && seek_held(input, offset))
        return offset;
    input->held = input->taken = 0;
    input->peeked = input->peeked && (whence != SEEK_SET || offset != 0);
    return lseek(input->fd, offset, whence);
}

int64_t
kith_input_size(const kith_input *input)
{
    struct stat st;

    if (input->fd < 0)
        return (int64_t)input->size;
    return input->regular && fstat(input->fd, &st) == 0 ? (int64_t)st.st_size : 0;
}

int64_t
kith_input_served(const kith_input *input)
{
    return input->served;
}

/* Hashes a file from its start, at places of its own so that whoever reads it is not disturbed. */
static kith_status
hash_file(kith_input *input, kith_error *err)
{
    g_autofree char *buffer = g_malloc(KITH_INPUT_CHUNK);
    off_t at = 0;
    ssize_t n;

    kith_sha256_free(input->checksum);
    input->checksum = kith_sha256_new();
    while ((n = pread(input->fd, buffer, KITH_INPUT_CHUNK, at)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return kith_fail_at(err, KITH_ERR_IO, input->name, 0, 0, "cannot read: %s",
                                kith_errno_text(errno));
        kith_sha256_update(input->checksum, buffer, (size_t)n);
        at += n;
    }
    return KITH_OK;
}

static void
hash_memory(kith_input *input)
{
    kith_sha256_free(input->checksum);
    input->checksum = kith_sha256_new();
    for (size_t at = 0; at < input->size; at += 1 << 30)
        kith_sha256_update(input->checksum, input->memory + at,
                           MIN(input->size - at, (size_t)1 << 30));
}

kith_status
kith_input_sha256(kith_input *input, const char **hex, kith_error *err)
{
    const void *bytes;
    size_t length = 1;

    while (input->hex == NULL && !input->hash_later && length > 0)
        TRY(kith_input_next(input, &bytes, &length, err));
    if (input->hex == NULL && input->memory != NULL)
        hash_memory(input);
    else if (input->hex == NULL && input->hash_later)
        TRY(hash_file(input, err));
    if (input->hex == NULL)
        input->hex = g_strdup(kith_sha256_hex(input->checksum));
    *hex = input->hex;
    return KITH_OK;
}
