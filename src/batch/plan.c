/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c - data sets x points, hashed and keyed. */
#include "batch/plan.h"
#include "base/input.h"
#include "base/number.h"
#include "batch/readers.h"
#include <kith/kith.h>
#include <stdlib.h>
#include <string.h>

/* What a tie takes in a text file, a graph, and a point's time; rough on purpose, and refined by nothing but experience. */
#define BYTES_A_TIE 12.0
#define MEMORY_A_TIE 200.0
#define MEMORY_BASE (INT64_C(256) << 20)
#define MEMORY_AT_LEAST (INT64_C(16) << 20)
#define SECONDS_A_TIE 2e-6
#define SECONDS_AT_LEAST 0.002

static void
clear_file(gpointer data)
{
    kith_plan_file *file = data;

    g_free(file->path);
    g_free(file->sha256);
}

static void
clear_point(gpointer data)
{
    g_strfreev(((kith_plan_point *)data)->values);
}

kith_plan *
kith_plan_new(void)
{
    kith_plan *plan = g_new0(kith_plan, 1);

    plan->datasets = g_array_new(FALSE, TRUE, sizeof(kith_plan_dataset));
    plan->points = g_array_new(FALSE, TRUE, sizeof(kith_plan_point));
    g_array_set_clear_func(plan->datasets, kith_plan_dataset_clear);
    plan->files = g_array_new(FALSE, TRUE, sizeof(kith_plan_file));
    g_array_set_clear_func(plan->points, clear_point);
    g_array_set_clear_func(plan->files, clear_file);
    return plan;
}

void
kith_plan_free(kith_plan *plan)
{
    if (!plan)
        return;
    g_array_free(plan->datasets, TRUE);
    g_array_free(plan->points, TRUE);
    g_array_free(plan->files, TRUE);
    g_free(plan->keys);
    g_strfreev(plan->tag_names);
    g_strfreev(plan->given);
    g_free(plan->name);
    g_free(plan->folder);
    g_free(plan->alone);
    g_free(plan->engine);
    g_free(plan->partition);
    g_free(plan->account);
    g_free(plan->setup);
    g_free(plan);
}

int64_t
kith_plan_units(const kith_plan *plan)
{
    return (int64_t)plan->datasets->len * plan->points->len;
}

const kith_plan_dataset *
kith_plan_dataset_at(const kith_plan *plan, int64_t i)
{
    return &g_array_index(plan->datasets, kith_plan_dataset, i);
}

const kith_plan_point *
kith_plan_point_at(const kith_plan *plan, int64_t i)
{
    return &g_array_index(plan->points, kith_plan_point, i);
}

double
kith_plan_edges(const kith_plan_dataset *dataset)
{
    return MAX(1, (double)dataset->bytes / BYTES_A_TIE);
}

int64_t
kith_plan_memory(const kith_plan_dataset *dataset)
{
    return MEMORY_AT_LEAST + (int64_t)(MEMORY_A_TIE * kith_plan_edges(dataset));
}

int64_t
kith_plan_shard_memory(const kith_plan *plan)
{
    int64_t most = 0;

    for (guint i = 0; i < plan->datasets->len; i++)
        most = MAX(most, kith_plan_memory(kith_plan_dataset_at(plan, i)));
    if (plan->memory)
        most = plan->memory + plan->memory / 10;
    return MEMORY_BASE + plan->cpus * most;
}

double
kith_plan_seconds(const kith_plan *plan, const kith_plan_dataset *dataset)
{
    return (double)plan->points->len *
           MAX(SECONDS_AT_LEAST, SECONDS_A_TIE * kith_plan_edges(dataset));
}

char *
kith_plan_mark(const kith_plan_dataset *dataset)
{
    return g_strconcat(KITH_PLAN_MARK, dataset->sha256, NULL);
}

const char *
kith_plan_file_hash(const kith_plan *plan, const char *path)
{
    for (guint i = 0; i < plan->files->len; i++) {
        const kith_plan_file *file = &g_array_index(plan->files, kith_plan_file, i);

        if (strcmp(file->path, path) == 0)
            return file->sha256;
    }
    return NULL;
}

/* --- points ---------------------------------------------------------------------------------- */

/* A value as the pass is to read it: a file that it names lies below the manifest's folder, as data sets do. @return yours */
static char *
value_of(const kith_manifest *m, const kith_manifest_axis *axis, guint i)
{
    const char *text = g_ptr_array_index(axis->values, i),
               *file = kith_option_file(axis->option, text);
    g_autofree char *path = NULL;

    if (!file || g_path_is_absolute(file) || strcmp(m->base, ".") == 0)
        return g_strdup(text);
    path = g_build_filename(m->base, file, NULL);
    return g_strconcat(file == text ? "" : "@", path, NULL);
}

static char **
point_values(const kith_manifest *m, const kith_manifest_grid *grid, const guint *digit)
{
    g_autofree void *values = g_malloc0(grid->pass->options_size + 1);
    g_autoptr(GPtrArray) borrowed = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *texts = g_ptr_array_new();

    kith_options_init(grid->pass->options, values);
    for (guint a = 0; a < grid->axes->len; a++) {
        const kith_manifest_axis *axis = &g_array_index(grid->axes, kith_manifest_axis, a);
        char *value = value_of(m, axis, digit[a]);

        g_ptr_array_add(borrowed, value);
        kith_options_set(grid->pass->options, values, axis->option->name, value, NULL);
    }
    for (const kith_option *o = grid->pass->options; o && o->type != KITH_OPTION_TYPE_END; o++) {
        char text[4096];

        g_ptr_array_add(texts, g_strdup(kith_option_text(o, values, text, sizeof text)));
    }
    g_ptr_array_add(texts, NULL);
    return (char **)g_ptr_array_free(texts, FALSE);
}

/* Counts up, the last axis fastest. @return false after the last combination */
static bool
next_point(const kith_manifest_grid *grid, guint *digit)
{
    for (guint a = grid->axes->len; a-- > 0;) {
        const kith_manifest_axis *axis = &g_array_index(grid->axes, kith_manifest_axis, a);

        if (++digit[a] < axis->values->len)
            return true;
        digit[a] = 0;
    }
    return false;
}

#define MOST_POINTS 1000000

static kith_status
add_points(kith_plan *plan, const kith_manifest *m, const kith_manifest_grid *grid, kith_error *err)
{
    g_autofree guint *digit = g_new0(guint, grid->axes->len + 1);

    do {
        for (int64_t r = 1; r <= grid->replicates; r++) {
            kith_plan_point point = {grid->pass, r, point_values(m, grid, digit)};

            g_array_append_val(plan->points, point);
            if (plan->points->len > MOST_POINTS)
                return kith_fail_at(err, KITH_ERR_LIMIT, m->file, 0, 0,
                                    "the grid has more than a million points");
        }
    } while (next_point(grid, digit));
    return KITH_OK;
}

/* --- hashes ---------------------------------------------------------------------------------- */

/* As the bytes are: a damaged file has a hash too, and fails alone when its turn comes. @param out yours */
static kith_status
hash_file(const char *path, char **out, kith_error *err)
{
    g_autoptr(kith_input) input = NULL;
    const char *hex;

    TRY(kith_input_open(path, &input, err));
    TRY(kith_input_sha256(input, &hex, err));
    *out = g_strdup(hex);
    return KITH_OK;
}

/* The files that the values of an option name. */
static kith_status
add_files(kith_plan *plan, const kith_manifest *m, const kith_manifest_axis *axis, kith_error *err)
{
    for (guint i = 0; i < axis->values->len; i++) {
        g_autofree char *value = value_of(m, axis, i);
        const char *path = kith_option_file(axis->option, value);
        kith_plan_file file = {0};
        kith_error e = {0};

        if (!path || kith_plan_file_hash(plan, path))
            continue;
        if (hash_file(path, &file.sha256, &e) != KITH_OK)
            return kith_fail_at(err, e.status, m->file, axis->line, axis->column, "'%s': %s", path,
                                e.message);
        file.path = g_strdup(path);
        g_array_append_val(plan->files, file);
    }
    return KITH_OK;
}

static kith_status
find_files(kith_plan *plan, const kith_manifest *m, kith_error *err)
{
    for (guint i = 0; i < m->grids->len; i++) {
        const GArray *axes = g_array_index(m->grids, kith_manifest_grid, i).axes;

        for (guint a = 0; a < axes->len; a++)
            TRY(add_files(plan, m, &g_array_index(axes, kith_manifest_axis, a), err));
    }
    return KITH_OK;
}

static bool
is_unchanged(const kith_plan_dataset *now, const kith_plan_dataset *then)
{
    return now->bytes == then->bytes && now->modified == then->modified &&
           now->inode == then->inode;
}

/* Who reads a file depends on these as well. */
static bool
reads_alike(const kith_plan_dataset *now, const kith_plan_dataset *then)
{
    return g_strcmp0(now->format, then->format) == 0 && g_strcmp0(now->map, then->map) == 0;
}

/* A matrix of UCINET is two files. That one is missing is told by who reads it. */
static kith_status
hash_also(kith_plan_dataset *d, kith_error *err)
{
    const kith_importer *importer = kith_importer_find(d->format ? d->format : d->reader);
    g_autofree char *path = importer && importer->also ? importer->also(d->path) : NULL;

    return path && g_file_test(path, G_FILE_TEST_IS_REGULAR) ? hash_file(path, &d->also, err)
                                                             : KITH_OK;
}

static kith_status
hash_all(kith_plan *plan, const kith_plan *before, kith_error *err)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    bool alike = before && before->reading == plan->reading;

    for (guint i = 0; before && i < before->datasets->len; i++) {
        kith_plan_dataset *d = &g_array_index(before->datasets, kith_plan_dataset, i);

        g_hash_table_insert(known, d->path, d);
    }
    for (guint i = 0; i < plan->datasets->len; i++) {
        kith_plan_dataset *d = &g_array_index(plan->datasets, kith_plan_dataset, i);
        const kith_plan_dataset *then = g_hash_table_lookup(known, d->path);

        if (then && is_unchanged(d, then)) {
            d->sha256 = g_strdup(then->sha256);
            if (alike && reads_alike(d, then)) {
                d->reader = g_strdup(then->reader);
                d->called = g_strdup(then->called);
            }
        } else {
            TRY(hash_file(d->path, &d->sha256, err));
        }
    }
    TRY(kith_readers_find(plan, err));
    for (guint i = 0; i < plan->datasets->len; i++)
        TRY(hash_also(&g_array_index(plan->datasets, kith_plan_dataset, i), err));
    return KITH_OK;
}

/* --- making ---------------------------------------------------------------------------------- */

static char *
folder_of(const kith_manifest *m)
{
    g_autofree char *name = NULL;
    char *dot;

    if (m->output.folder)
        return g_path_is_absolute(m->output.folder)
                   ? g_strdup(m->output.folder)
                   : g_build_filename(m->base, m->output.folder, NULL);
    name = g_path_get_basename(m->file);
    dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    return g_strdup_printf("%s/%s.batch", m->base, name);
}

static void
copy_settings(kith_plan *plan, const kith_manifest *m, const char *folder)
{
    plan->folder = folder ? g_strdup(folder) : folder_of(m);
    plan->name = m->name ? g_strdup(m->name) : g_path_get_basename(m->file);
    plan->seed = m->seed;
    plan->memory = m->limits.memory;
    plan->seconds = m->limits.seconds;
    plan->threads = m->limits.threads;
    plan->retries = m->limits.retries;
    plan->alone = g_strdup(m->limits.alone);
    plan->rows = m->output.rows;
    plan->reading = KITH_READING_REVISION;
    plan->csv = m->output.csv;
    plan->jsonl = m->output.jsonl;
    plan->sqlite = m->output.sqlite;
    plan->engine = g_strdup(m->engine.name);
    plan->partition = g_strdup(m->engine.partition);
    plan->account = g_strdup(m->engine.account);
    plan->setup = g_strdup(m->engine.setup);
    plan->shard_seconds = m->engine.shard_seconds;
    plan->max_shards = m->engine.max_shards;
    plan->cpus = m->engine.cpus;
}

static char **
given_parameters(const kith_manifest *m)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (guint i = 0; i < m->grids->len; i++) {
        const kith_manifest_grid *grid = &g_array_index(m->grids, kith_manifest_grid, i);

        for (guint a = 0; a < grid->axes->len; a++) {
            const char *name = g_array_index(grid->axes, kith_manifest_axis, a).option->name;

            if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
                g_ptr_array_add(names, (char *)name);
        }
    }
    g_ptr_array_add(names, NULL);
    return g_strdupv((char **)names->pdata);
}

kith_status
kith_plan_make(const kith_manifest *manifest, const char *folder, kith_plan **out, kith_error *err)
{
    g_autoptr(kith_plan) plan = kith_plan_new(), before = NULL;

    copy_settings(plan, manifest, folder);
    plan->given = given_parameters(manifest);
    for (guint i = 0; i < manifest->grids->len; i++)
        TRY(add_points(plan, manifest, &g_array_index(manifest->grids, kith_manifest_grid, i),
                       err));
    TRY(find_files(plan, manifest, err));
    TRY(kith_plan_find_datasets(manifest, plan->datasets, &plan->tag_names, err));
    kith_plan_load(plan->folder, &before, NULL); /* none, or a damaged one: then all is hashed */
    TRY(hash_all(plan, before, err));
    kith_plan_find_firsts(plan);
    kith_plan_seal(plan);
    *out = g_steal_pointer(&plan);
    return KITH_OK;
}
