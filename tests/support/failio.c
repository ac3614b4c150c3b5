/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failio.c - a shim for LD_PRELOAD: the n-th call that touches a file fails.
 *
 *     FAIL_AT=7 FAIL_ERRNO=28 LD_PRELOAD=./libfailio.so kith import --into a.kith x.csv
 *
 * FAIL_AT     which call fails, from 1; 0: none
 * FAIL_CALLS  which calls count: "write" (write, fsync, truncate, rename, unlink, and opening to write; the default), or
 *             "read" (read and opening to read)
 * FAIL_ERRNO  why: 28 no space, 5 input/output error
 * FAIL_STICKY 1: all later ones fail as well
 * FAIL_SIGNAL instead of failing, the process sends itself this signal: 9 or 11 to die, 19 to stand still
 * FAIL_TORN   1: a write that fails has written half
 * FAIL_COUNT  a file that gets the number of calls seen
 * FAIL_UNDER  only files whose path begins so are touched; descriptors are followed from their opening
 */
/* Both names of a call are to be caught, not one under the other's name. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define DESCRIPTORS 1024

static atomic_long seen;
static long at;
static int reason = ENOSPC, sticky, torn, reads, signal_number;
static const char *under = "", *count;
static char watched[DESCRIPTORS];

static int
flag(const char *name)
{
    const char *text = getenv(name);

    return text && *text == '1';
}

__attribute__((constructor)) static void
start(void)
{
    const char *text;

    at = (text = getenv("FAIL_AT")) ? atol(text) : 0;
    reason = (text = getenv("FAIL_ERRNO")) ? atoi(text) : ENOSPC;
    under = (text = getenv("FAIL_UNDER")) ? text : "";
    reads = (text = getenv("FAIL_CALLS")) && strcmp(text, "read") == 0;
    count = getenv("FAIL_COUNT");
    signal_number = (text = getenv("FAIL_SIGNAL")) ? atoi(text) : 0;
    sticky = flag("FAIL_STICKY");
    torn = flag("FAIL_TORN");
}

__attribute__((destructor)) static void
finish(void)
{
    FILE *file = count ? fopen(count, "w") : NULL;

    at = 0;
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&seen));
        fclose(file);
    }
}

/* Counts a call that matters. @return whether it is to fail */
static int
fails(void)
{
    long n = atomic_fetch_add(&seen, 1) + 1;

    if (!at || !(n == at || (sticky && n > at)))
        return 0;
    if (signal_number)
        raise(signal_number);
    errno = reason;
    return !signal_number;
}

static int
is_watched(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS && watched[fd];
}

static int
is_under(const char *path)
{
    return strncmp(path, under, strlen(under)) == 0;
}

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real)                                                                                     \
    *(void **)&real = dlsym(RTLD_NEXT, name)

ssize_t
write(int fd, const void *bytes, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!reads && is_watched(fd) && fails())
        return torn && size > 1 ? real(fd, bytes, size / 2) : -1;
    return real(fd, bytes, size);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (!reads && is_watched(fd) && fails())
        return torn && size > 1 ? real(fd, bytes, size / 2, offset) : -1;
    return real(fd, bytes, size, offset);
}

ssize_t
pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(fd, bytes, size, offset);
}

ssize_t
read(int fd, void *bytes, size_t size)
{
    REAL(ssize_t, "read", int, void *, size_t);
    return reads && is_watched(fd) && fails() ? -1 : real(fd, bytes, size);
}

ssize_t
pread64(int fd, void *bytes, size_t size, off64_t offset)
{
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    return reads && is_watched(fd) && fails() ? -1 : real(fd, bytes, size, offset);
}

ssize_t
pread(int fd, void *bytes, size_t size, off_t offset)
{
    return pread64(fd, bytes, size, offset);
}

int
fsync(int fd)
{
    REAL(int, "fsync", int);
    return !reads && is_watched(fd) && fails() ? -1 : real(fd);
}

int
fdatasync(int fd)
{
    REAL(int, "fdatasync", int);
    return !reads && is_watched(fd) && fails() ? -1 : real(fd);
}

int
ftruncate64(int fd, off64_t size)
{
    REAL(int, "ftruncate64", int, off64_t);
    return !reads && is_watched(fd) && fails() ? -1 : real(fd, size);
}

int
ftruncate(int fd, off_t size)
{
    return ftruncate64(fd, size);
}

int
rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return !reads && is_under(to) && fails() ? -1 : real(from, to);
}

int
unlink(const char *path)
{
    REAL(int, "unlink", const char *);
    return !reads && is_under(path) && fails() ? -1 : real(path);
}

static int
open_watched(const char *path, int flags, mode_t mode)
{
    int fd;

    REAL(int, "open64", const char *, int, ...);
    if (is_under(path) && reads == ((flags & O_ACCMODE) == O_RDONLY) && fails())
        return -1;
    fd = real(path, flags, mode);
    if (fd >= 0 && fd < DESCRIPTORS)
        watched[fd] = (char)is_under(path);
    return fd;
}

int
open64(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_watched(path, flags, mode);
}

int
open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode;

    va_start(rest, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open_watched(path, flags, mode);
}

int
close(int fd)
{
    REAL(int, "close", int);
    if (fd >= 0 && fd < DESCRIPTORS)
        watched[fd] = 0;
    return real(fd);
}
