/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.h - what a disk holds after a power cut: all that was synced, and of the rest any part.
 *
 * Writes since the last sync reach the disk sector by sector, each or not; a file made or removed is there or not until
 * its folder was synced. Which of it happens is drawn from a seed.
 */
#ifndef KITH_TESTS_DISK_H
#define KITH_TESTS_DISK_H

#include <glib.h>
#include <stdbool.h>

typedef struct disk disk;

disk *disk_new(void);
void disk_free(disk *d);
/** A file is opened, made if it is not there. */
void disk_open(disk *d, const char *path);
void disk_write(disk *d, const char *path, const void *bytes, gsize n, gsize at);
void disk_truncate(disk *d, const char *path, gsize length);
void disk_sync(disk *d, const char *path);
void disk_delete(disk *d, const char *path, bool synced);
/** Makes the real files what the disk would hold if power had failed now. */
void disk_cut(disk *d, guint32 seed);

#endif
