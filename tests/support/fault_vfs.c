/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fault_vfs.c - a file of ours holds SQLite's own behind it, and passes on what is not to fail. */
#include "support/fault_vfs.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct door {
    sqlite3_file base;
    const char *path; /* SQLite keeps it; NULL for a temporary file */
    sqlite3_file *real;
};

static sqlite3_vfs *below;
static struct fault_plan now;
static long seen;

void
fault_vfs_plan(const struct fault_plan *plan)
{
    now = plan ? *plan : (struct fault_plan){0};
    seen = 0;
}

long
fault_vfs_seen(void)
{
    return seen;
}

/* @return whether this call fails */
static bool
fails(unsigned call)
{
    if (!(now.calls & call))
        return false;
    seen++;
    return now.at && (seen == now.at || (now.sticky && seen > now.at));
}

/* What the disk is told of; after power failed nothing. */
static disk *
model_of(const struct door *d)
{
    return d->path && (!now.at || seen < now.at) ? now.model : NULL;
}

static sqlite3_file *
real_of(sqlite3_file *file)
{
    return ((struct door *)file)->real;
}

static int
close_file(sqlite3_file *file)
{
    struct door *d = (struct door *)file;
    int result = d->real->pMethods ? d->real->pMethods->xClose(d->real) : SQLITE_OK;

    sqlite3_free(d->real);
    return result;
}

static int
read_file(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    return fails(FAULT_READ) ? SQLITE_IOERR_READ
                             : real_of(file)->pMethods->xRead(real_of(file), to, n, at);
}

static int
write_file(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
    struct door *d = (struct door *)file;
    bool failing = fails(FAULT_WRITE);

    if (failing && now.torn)
        d->real->pMethods->xWrite(d->real, bytes, n / 2, at);
    if (failing)
        return now.full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    if (model_of(d))
        disk_write(now.model, d->path, bytes, (gsize)n, (gsize)at);
    return d->real->pMethods->xWrite(d->real, bytes, n, at);
}

static int
truncate_file(sqlite3_file *file, sqlite3_int64 length)
{
    struct door *d = (struct door *)file;

    if (fails(FAULT_TRUNCATE))
        return SQLITE_IOERR_TRUNCATE;
    if (model_of(d))
        disk_truncate(now.model, d->path, (gsize)length);
    return d->real->pMethods->xTruncate(d->real, length);
}

static int
sync_file(sqlite3_file *file, int flags)
{
    struct door *d = (struct door *)file;

    (void)flags;
    if (fails(FAULT_SYNC))
        return SQLITE_IOERR_FSYNC;
    if (model_of(d))
        disk_sync(now.model, d->path);
    return SQLITE_OK;
}

static int
size_of_file(sqlite3_file *file, sqlite3_int64 *out)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int
lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
check_lock(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int
control(sqlite3_file *file, int what, void *payload)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, payload);
}

static int
sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
shared_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return fails(FAULT_SHARED)
               ? SQLITE_IOERR_SHMMAP
               : real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int
shared_lock(sqlite3_file *file, int at, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), at, n, flags);
}

static void
shared_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
shared_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

/* Version 2: without the third's mapped pages every read comes by. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_lock,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
};

static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct door *d = (struct door *)file;
    int result;

    (void)vfs;
    file->pMethods = NULL;
    if (fails(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    d->path = flags & SQLITE_OPEN_DELETEONCLOSE ? NULL : name;
    d->real = sqlite3_malloc(below->szOsFile);
    memset(d->real, 0, (size_t)below->szOsFile);
    if (model_of(d))
        disk_open(now.model, name);
    result = below->xOpen(below, name, d->real, flags, out);
    if (result == SQLITE_OK)
        file->pMethods = &methods;
    else
        sqlite3_free(d->real);
    return result;
}

static int
delete_file(sqlite3_vfs *vfs, const char *name, int synced)
{
    struct door d = {.path = name};

    (void)vfs;
    if (fails(FAULT_DELETE))
        return SQLITE_IOERR_DELETE;
    if (model_of(&d))
        disk_delete(now.model, name, synced);
    return below->xDelete(below, name, 0);
}

void
fault_vfs_install(void)
{
    static sqlite3_vfs vfs;

    if (below)
        return;
    below = sqlite3_vfs_find(NULL);
    vfs = *below;
    vfs.zName = "kith-faults";
    vfs.szOsFile = sizeof(struct door);
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    if (!below || sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        abort();
}
