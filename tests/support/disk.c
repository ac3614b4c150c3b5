/* SPDX-License-Identifier: GPL-3.0-or-later */
/* disk.c - files as they were synced, and what was written to them since. */
#include "support/disk.h"
#include <string.h>
#include <unistd.h>

#define SECTOR 512

/* A write, or with no bytes a new length. */
struct change {
    gsize at, n;
    guint8 *bytes;
};

struct file {
    GByteArray *durable;
    GArray *pending;
    bool there, was_there; /* now, and for certain after a power cut */
};

struct disk {
    GHashTable *files;
};

static void
clear_change(gpointer change)
{
    g_free(((struct change *)change)->bytes);
}

static void
free_file(gpointer payload)
{
    struct file *file = payload;

    g_byte_array_unref(file->durable);
    g_array_unref(file->pending);
    g_free(file);
}

disk *
disk_new(void)
{
    disk *d = g_new0(disk, 1);

    d->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_file);
    return d;
}

void
disk_free(disk *d)
{
    if (!d)
        return;
    g_hash_table_unref(d->files);
    g_free(d);
}

static struct file *
find(disk *d, const char *path)
{
    struct file *file = g_hash_table_lookup(d->files, path);
    gchar *bytes = NULL;
    gsize n = 0;

    if (file)
        return file;
    file = g_new0(struct file, 1);
    file->there = file->was_there = g_file_get_contents(path, &bytes, &n, NULL);
    file->durable = g_byte_array_new();
    if (n)
        g_byte_array_append(file->durable, (const guint8 *)bytes, (guint)n);
    g_free(bytes);
    file->pending = g_array_new(FALSE, FALSE, sizeof(struct change));
    g_array_set_clear_func(file->pending, clear_change);
    g_hash_table_insert(d->files, g_strdup(path), file);
    return file;
}

void
disk_open(disk *d, const char *path)
{
    find(d, path)->there = true;
}

static void
resize(GByteArray *bytes, gsize length)
{
    guint before = bytes->len;

    g_byte_array_set_size(bytes, (guint)length);
    if (length > before)
        memset(bytes->data + before, 0, length - before);
}

static void
put(GByteArray *to, const guint8 *bytes, gsize n, gsize at)
{
    if (at + n > to->len)
        resize(to, at + n);
    memcpy(to->data + at, bytes, n);
}

void
disk_write(disk *d, const char *path, const void *bytes, gsize n, gsize at)
{
    struct change change = {at, n, g_memdup2(bytes, n)};

    g_array_append_val(find(d, path)->pending, change);
}

void
disk_truncate(disk *d, const char *path, gsize length)
{
    struct change change = {length, 0, NULL};

    g_array_append_val(find(d, path)->pending, change);
}

void
disk_sync(disk *d, const char *path)
{
    struct file *file = find(d, path);

    for (guint i = 0; i < file->pending->len; i++) {
        const struct change *c = &g_array_index(file->pending, struct change, i);

        if (c->bytes)
            put(file->durable, c->bytes, c->n, c->at);
        else
            resize(file->durable, c->at);
    }
    g_array_set_size(file->pending, 0);
    file->was_there = file->there;
}

void
disk_delete(disk *d, const char *path, bool synced)
{
    struct file *file = find(d, path);

    file->there = false;
    if (!synced)
        return;
    file->was_there = false;
    g_byte_array_set_size(file->durable, 0);
    g_array_set_size(file->pending, 0);
}

/* Each sector of a write reaches the disk, or not. */
static void
put_sectors(GByteArray *to, const struct change *c, GRand *rand)
{
    for (gsize done = 0, n; done < c->n; done += n) {
        n = MIN(SECTOR - (c->at + done) % SECTOR, c->n - done);
        if (g_rand_boolean(rand))
            put(to, c->bytes + done, n, c->at + done);
    }
}

static void
cut_file(const char *path, struct file *file, GRand *rand)
{
    bool there = file->there == file->was_there ? file->there : g_rand_boolean(rand);

    for (guint i = 0; i < file->pending->len; i++) {
        const struct change *c = &g_array_index(file->pending, struct change, i);

        if (c->bytes)
            put_sectors(file->durable, c, rand);
        else if (g_rand_boolean(rand))
            resize(file->durable, c->at);
    }
    if (!there)
        unlink(path);
    else if (!g_file_set_contents_full(path, (const gchar *)file->durable->data, file->durable->len,
                                       G_FILE_SET_CONTENTS_NONE, 0600, NULL))
        g_error("cannot write %s", path);
}

void
disk_cut(disk *d, guint32 seed)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
    g_autoptr(GList) paths =
        g_list_sort(g_hash_table_get_keys(d->files), (GCompareFunc)(void (*)(void))strcmp);

    for (GList *l = paths; l; l = l->next)
        cut_file(l->data, g_hash_table_lookup(d->files, l->data), rand);
}
