/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stamp.c - one hash of what tables are made of and of the tables themselves. */
#include "batch/stamp.h"
#include "base/base.h"
#include "base/sha256.h"
#include <kith/kith.h>
#include <string.h>
#include <sys/stat.h>

static const char *const tables[] = {"results.csv", "results.jsonl", "results.sqlite", "top.csv",
                                     "timing.csv",  "failures.csv",  "index.html"};

static void
put_file(kith_sha256 *sha, const char *folder, const char *name, bool when)
{
    g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;
    struct stat s = {0};
    int64_t changed = 0;

    if (stat(path, &s) == 0 && when)
        changed = (int64_t)s.st_mtim.tv_sec * 1000000000 + s.st_mtim.tv_nsec;
    text = g_strdup_printf("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                           name, (int64_t)s.st_size, changed, when ? (int64_t)s.st_ino : 0);
    kith_sha256_update(sha, text, strlen(text));
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
put_segments(kith_sha256 *sha, const char *folder)
{
    g_autofree char *inside = g_build_filename(folder, "segments", NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(inside, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++)
        put_file(sha, inside, names->pdata[i], false);
}

/* @return yours; NULL when there is no plan */
static char *
stamp_of(const kith_plan *plan)
{
    g_autofree char *path = g_build_filename(plan->folder, "plan.json", NULL), *text = NULL;
    kith_sha256 *sha = kith_sha256_new();
    char *stamp = NULL;
    gsize length;

    if (g_file_get_contents(path, &text, &length, NULL)) {
        kith_sha256_update(sha, kith_version(), strlen(kith_version()));
        kith_sha256_update(sha, text, length);
        put_segments(sha, plan->folder);
        for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
            put_file(sha, plan->folder, tables[i], true);
        stamp = g_strdup(kith_sha256_hex(sha));
    }
    kith_sha256_free(sha);
    return stamp;
}

static char *
stamp_file(const kith_plan *plan)
{
    return g_build_filename(plan->folder, "tables.stamp", NULL);
}

bool
kith_stamp_holds(const kith_plan *plan)
{
    g_autofree char *file = stamp_file(plan), *then = NULL, *now = NULL;

    if (!g_file_get_contents(file, &then, NULL, NULL))
        return false;
    now = stamp_of(plan);
    return g_strcmp0(g_strstrip(then), now) == 0;
}

void
kith_stamp_set(const kith_plan *plan)
{
    g_autofree char *file = stamp_file(plan), *now = stamp_of(plan);
    g_autoptr(kith_sink) sink = NULL;

    if (!now || kith_sink_open(file, &sink, NULL) != KITH_OK)
        return;
    kith_sink_text(sink, now);
    kith_sink_text(sink, "\n");
    kith_sink_commit(sink, NULL);
}
