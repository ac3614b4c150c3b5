/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sink.c - where bytes go: a file that appears whole or not at all, standard output, or memory.
 *
 * A file is written beside its final name and renamed on commit, so a reader never meets half a
 * report and a failed run leaves the old one alone. The first failure is kept for commit; writers
 * need not check.
 */
#include "base/base.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER 65536
#define PENDING 16 /* files written at once, at most, that a signal handler cleans up after */

struct kith_sink {
    int fd;                 /* -1: memory */
    bool owned;             /* close it */
    char *path, *temporary; /* NULL unless a file is to be renamed */
    GString *buffer;        /* of what is not written yet; of all in memory */
    int width;
    bool colour;
    kith_error error;
};

/* The temporary files there are, for kith_sink_abandon_all(). */
static _Atomic(const char *) pending[PENDING];

static void
remember(const char *temporary)
{
    for (int i = 0; i < PENDING; i++) {
        const char *none = NULL;

        if (atomic_compare_exchange_strong(&pending[i], &none, temporary))
            return;
    }
}

static void
forget(const char *temporary)
{
    for (int i = 0; i < PENDING; i++) {
        const char *mine = temporary;

        if (atomic_compare_exchange_strong(&pending[i], &mine, NULL))
            return;
    }
}

void
kith_sink_abandon_all(void)
{
    for (int i = 0; i < PENDING; i++) {
        const char *temporary = atomic_load(&pending[i]);

        if (temporary != NULL)
            unlink(temporary);
    }
}

static kith_sink *
sink_new(int fd)
{
    kith_sink *sink = g_new0(kith_sink, 1);

    sink->fd = fd;
    sink->buffer = g_string_sized_new(fd < 0 ? 256 : BUFFER + 1024);
    return sink;
}

kith_sink *
kith_sink_to_memory(void)
{
    return sink_new(-1);
}

void
kith_sink_free(kith_sink *sink)
{
    if (sink == NULL)
        return;
    if (sink->owned && sink->fd >= 0)
        close(sink->fd);
    if (sink->temporary != NULL) {
        unlink(sink->temporary);
        forget(sink->temporary);
    }
    g_string_free(sink->buffer, TRUE);
    g_free(sink->temporary);
    g_free(sink->path);
    g_free(sink);
}

/* Devices and pipes are written as they are, and so is whatever the shell opened for us under /dev.
 */
static bool
is_written_directly(const char *path)
{
    struct stat st;

    if (g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/proc/"))
        return true;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static kith_status
fail_path(const char *what, const char *path, kith_error *err)
{
    return kith_fail(err, KITH_ERR_IO, "cannot %s %s: %s", what, path, kith_errno_text(errno));
}

static kith_status
open_directly(const char *path, kith_sink **out, kith_error *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return fail_path("write", path, err);
    *out = sink_new(fd);
    (*out)->owned = true;
    return KITH_OK;
}

/* A name beside the file that nobody has yet. */
static int
open_temporary(const char *path, char **name)
{
    g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);

    for (int i = 0; i < 100; i++) {
        g_autofree char *file = g_strdup_printf(".%.200s.%08x", base, g_random_int());
        g_autofree char *full = g_build_filename(folder, file, NULL);
        int fd = open(full, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

        if (fd >= 0 || errno != EEXIST) {
            *name = fd >= 0 ? g_steal_pointer(&full) : NULL;
            return fd;
        }
    }
    return -1;
}

kith_status
kith_sink_open(const char *path, kith_sink **out, kith_error *err)
{
    struct stat st;
    char *temporary;
    int fd;

    if (path == NULL || *path == '\0' || out == NULL)
        return kith_fail(err, KITH_ERR_ARGUMENT, "an output file needs a name");
    if (strcmp(path, "-") == 0) {
        *out = sink_new(STDOUT_FILENO);
        return KITH_OK;
    }
    if (is_written_directly(path))
        return open_directly(path, out, err);
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return kith_fail(err, KITH_ERR_IO, "%s is a directory", path);
    if ((fd = open_temporary(path, &temporary)) < 0)
        return fail_path("write", path, err);
    *out = sink_new(fd);
    (*out)->owned = true;
    (*out)->path = g_strdup(path);
    (*out)->temporary = temporary;
    remember(temporary);
    return KITH_OK;
}

int
kith_sink_terminal_width(const kith_sink *sink)
{
    return sink->width;
}

void
kith_sink_set_terminal(kith_sink *sink, int width, bool colour)
{
    sink->width = width;
    sink->colour = colour;
}

bool
kith_sink_colour(const kith_sink *sink)
{
    return sink->colour;
}

/* A reader that has seen enough (`| head`) is no reason for a message, only for stopping: the
 * message stays empty. */
static void
keep_failure(kith_sink *sink)
{
    const char *name = sink->path != NULL ? sink->path : "";

    if (errno == EPIPE)
        kith_fail(&sink->error, KITH_ERR_IO, "%s", "");
    else
        kith_fail_at(&sink->error, KITH_ERR_IO, name, 0, 0, "cannot write: %s",
                     kith_errno_text(errno));
}

static void
write_all(kith_sink *sink, const char *bytes, size_t size)
{
    size_t at = 0;

    while (at < size && sink->error.status == KITH_OK) {
        ssize_t n = write(sink->fd, bytes + at, size - at);

        if (n >= 0)
            at += (size_t)n;
        else if (errno == EAGAIN)
            g_usleep(1000);
        else if (errno != EINTR)
            keep_failure(sink);
    }
}

static void
flush(kith_sink *sink)
{
    write_all(sink, sink->buffer->str, sink->buffer->len);
    g_string_truncate(sink->buffer, 0);
}

/* What would fill the buffer goes past it. */
void
kith_sink_write(kith_sink *sink, const void *bytes, size_t size)
{
    bool large = sink->fd >= 0 && size >= BUFFER;

    if (size == 0 || sink->error.status != KITH_OK)
        return;
    if (large || (sink->fd >= 0 && sink->buffer->len + size > BUFFER))
        flush(sink);
    if (large)
        write_all(sink, bytes, size);
    else
        g_string_append_len(sink->buffer, bytes, (gssize)size);
}

void
kith_sink_text(kith_sink *sink, const char *text)
{
    kith_sink_write(sink, text, strlen(text));
}

void
kith_sink_fail(kith_sink *sink, kith_status status, const char *why)
{
    if (sink->error.status == KITH_OK)
        kith_fail(&sink->error, status, "%s", why);
}

void
kith_sink_printf(kith_sink *sink, const char *format, ...)
{
    locale_t before = uselocale(kith_c_locale());
    va_list arguments;
    char *text = NULL;
    int n;

    va_start(arguments, format);
    n = vasprintf(&text, format, arguments);
    va_end(arguments);
    uselocale(before);
    if (n < 0) {
        kith_sink_fail(sink, KITH_ERR_NO_MEMORY, "cannot format a text");
        return;
    }
    kith_sink_write(sink, text, (size_t)n);
    free(text);
}

/* Makes the new name last through a power cut; some file systems cannot, and need not. */
static void
sync_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

static void
finish_file(kith_sink *sink)
{
    int fd = sink->fd;

    if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
        keep_failure(sink);
    sink->owned = false;
    if (close(fd) != 0)
        keep_failure(sink);
    if (sink->error.status == KITH_OK && rename(sink->temporary, sink->path) != 0)
        keep_failure(sink);
    if (sink->error.status != KITH_OK)
        return;
    forget(sink->temporary);
    g_clear_pointer(&sink->temporary, g_free);
    sync_folder(sink->path);
}

kith_status
kith_sink_commit(kith_sink *sink, kith_error *err)
{
    if (sink->fd >= 0)
        flush(sink);
    if (sink->temporary != NULL && sink->owned && sink->error.status == KITH_OK)
        finish_file(sink);
    if (sink->error.status != KITH_OK && err != NULL && err->status == KITH_OK)
        *err = sink->error;
    return sink->error.status;
}

const char *
kith_sink_bytes(const kith_sink *sink, size_t *size)
{
    if (size != NULL)
        *size = sink->fd < 0 ? sink->buffer->len : 0;
    return sink->fd < 0 ? sink->buffer->str : "";
}
