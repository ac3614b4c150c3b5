/* SPDX-License-Identifier: GPL-3.0-or-later */
/* manifest.c - a tree of texts against option tables: names with "did you mean", ranges, and a place for each error. */
#include "batch/manifest.h"
#include "base/number.h"
#include <math.h>
#include <string.h>

#define MOST_VALUES 10000

#define LIMITS struct kith_manifest_limits
static const kith_option limit_options[] = {
    {.type = KITH_OPTION_TYPE_TEXT,
     .name = "memory",
     .offset = offsetof(LIMITS, memory_text),
     .about = "of one data set's process, \"2 GiB\""},
    {.type = KITH_OPTION_TYPE_TEXT,
     .name = "time",
     .offset = offsetof(LIMITS, time_text),
     .about = "of one point, \"10 min\""},
    KITH_OPTION_INT(LIMITS, threads, 0, "1", 1, 1024, "of one data set's process"),
    KITH_OPTION_INT(LIMITS, retries, 0, "1", 0, 100, "after a crash or a lost machine"),
    KITH_OPTION_CHOICE(LIMITS, alone, "auto", "auto|yes|no",
                       "whether processes of small data sets have memory of their own too; auto: "
                       "where it is cheap"),
    KITH_OPTION_END,
};

#define ENGINE struct kith_manifest_engine
static const kith_option engine_options[] = {
    KITH_OPTION_CHOICE(ENGINE, name, "local", "local|slurm", "what runs the work"),
    KITH_OPTION_TEXT(ENGINE, partition, 0, "NAME", NULL, false, "Slurm's partition"),
    KITH_OPTION_TEXT(ENGINE, account, 0, "NAME", NULL, false, "Slurm's account"),
    KITH_OPTION_TEXT(ENGINE, setup, 0, "COMMAND", NULL, false, "run before each shard"),
    KITH_OPTION_TEXT(ENGINE, shard_time, 0, "TIME", "30 min", false, "work of one shard"),
    KITH_OPTION_INT(ENGINE, max_shards, 0, "500", 1, 1000, "shards at most"),
    KITH_OPTION_INT(ENGINE, cpus, 0, "1", 1, 1024, "cores, and so processes, of one shard"),
    KITH_OPTION_END,
};

#define OUTPUT struct kith_manifest_output
static const kith_option output_options[] = {
    KITH_OPTION_TEXT(OUTPUT, folder, 0, "FOLDER", NULL, false, "where results go"),
    {.type = KITH_OPTION_TYPE_TEXT,
     .name = "rows",
     .offset = offsetof(OUTPUT, rows_text),
     .fallback = "all",
     .about = "how many rows of each table are kept"},
    KITH_OPTION_END,
};

#define ENTRY struct kith_manifest_entry
static const kith_option entry_options[] = {
    KITH_OPTION_TEXT(ENTRY, file, 0, "FILE", NULL, false, "one file"),
    KITH_OPTION_TEXT(ENTRY, glob, 0, "PATTERN", NULL, false, "files by a pattern"),
    KITH_OPTION_TEXT(ENTRY, folder, 0, "FOLDER", NULL, false, "all files of a folder"),
    KITH_OPTION_TEXT(ENTRY, table, 0, "FILE", NULL, false, "a CSV file with the columns id, path"),
    KITH_OPTION_TEXT(ENTRY, id, 0, "ID", NULL, false, "what the data set is called"),
    KITH_OPTION_TEXT(ENTRY, format, 0, "FORMAT", NULL, false, "the importer to use"),
    KITH_OPTION_TEXT(ENTRY, weight, 0, "COLUMN", NULL, false, "the column with the ties' weight"),
    KITH_OPTION_TEXT(ENTRY, map, 0, "MAP", NULL, false, "what the columns mean"),
    KITH_OPTION_TEXT(ENTRY, me, 0, "WHO", NULL, false, "who the owner is"),
    KITH_OPTION_DATE(ENTRY, as_of, "facts after it are invisible"),
    KITH_OPTION_FLAG(ENTRY, directed, "ties have a direction"),
    KITH_OPTION_FLAG(ENTRY, undirected, "ties have none"),
    KITH_OPTION_END,
};

static kith_status fail_at(const kith_manifest *m, const kith_yaml *at, kith_error *err,
                           const char *format, ...) G_GNUC_PRINTF(4, 5);

static kith_status
fail_at(const kith_manifest *m, const kith_yaml *at, kith_error *err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, KITH_ERR_ARGUMENT, m->file, at->line, at->column, format, arguments);
    va_end(arguments);
    return KITH_ERR_ARGUMENT;
}

static kith_status
expect(const kith_manifest *m, const kith_yaml *value, kith_yaml_kind kind, const char *what,
       kith_error *err)
{
    if (value->kind == kind)
        return KITH_OK;
    return fail_at(m, value, err, "'%s' is %s (expected %s)", what,
                   kith_yaml_kind_name(value->kind), kith_yaml_kind_name(kind));
}

/* Sets one option from a value, with the value's place in any error. */
static kith_status
set_option(const kith_manifest *m, const kith_option *table, void *values, const kith_yaml *key,
           const kith_yaml *value, kith_error *err)
{
    kith_error e = {0};

    if (!kith_options_find(table, key->text)) {
        kith_options_set(table, values, key->text, "", &e);
        return fail_at(m, key, err, "%s", e.message);
    }
    TRY(expect(m, value, KITH_YAML_SCALAR, key->text, err));
    if (kith_options_set(table, values, key->text, value->text, &e) != KITH_OK)
        return fail_at(m, value, err, "%s", e.message);
    return KITH_OK;
}

static kith_status
read_options(const kith_manifest *m, const kith_option *table, void *values, const kith_yaml *map,
             const char *what, kith_error *err)
{
    TRY(expect(m, map, KITH_YAML_MAPPING, what, err));
    for (size_t i = 0; i < kith_yaml_length(map); i++)
        TRY(set_option(m, table, values, kith_yaml_key(map, i), kith_yaml_value(map, i), err));
    return KITH_OK;
}

struct unit {
    const char *name;
    double factor;
};

/* "2 GiB": a number, then one of the units; no unit is the first one. */
static bool
measure(const char *text, const struct unit *units, double *out)
{
    size_t digits = strspn(text, "0123456789.");
    g_autofree char *number = g_strndup(text, digits), *unit = g_strdup(text + digits);
    double value;

    g_strstrip(unit);
    if (!kith_number_parse(number, &value))
        return false;
    for (; units->name; units++)
        if (g_ascii_strcasecmp(unit, units->name) == 0) {
            *out = value * units->factor;
            return *out > 0 && *out < 9e15;
        }
    return false;
}

bool
kith_manifest_size(const char *text, int64_t *bytes)
{
    static const struct unit units[] = {{"", 1},
                                        {"B", 1},
                                        {"kB", 1e3},
                                        {"MB", 1e6},
                                        {"GB", 1e9},
                                        {"TB", 1e12},
                                        {"k", 1024},
                                        {"KiB", 1024},
                                        {"M", 1048576},
                                        {"MiB", 1048576},
                                        {"G", 1 << 30},
                                        {"GiB", 1 << 30},
                                        {"TiB", 1099511627776.0},
                                        {NULL, 0}};
    double value;

    if (!measure(text, units, &value) || value < 1)
        return false;
    *bytes = (int64_t)value;
    return true;
}

bool
kith_manifest_duration(const char *text, double *seconds)
{
    static const struct unit units[] = {
        {"", 1},         {"s", 1},    {"sec", 1},      {"seconds", 1}, {"m", 60},       {"min", 60},
        {"minutes", 60}, {"h", 3600}, {"hours", 3600}, {"d", 86400},   {"days", 86400}, {NULL, 0}};

    return measure(text, units, seconds);
}

/* By any spelling that set_option() takes for the key. */
static const kith_yaml *
member(const kith_yaml *map, const char *key)
{
    for (size_t i = 0; i < kith_yaml_length(map); i++)
        if (kith_option_same_name(kith_yaml_key(map, i)->text, key))
            return kith_yaml_value(map, i);
    return NULL;
}

static kith_status
read_limits(kith_manifest *m, const kith_yaml *map, kith_error *err)
{
    kith_manifest_limits *l = &m->limits;

    TRY(read_options(m, limit_options, l, map, "limits", err));
    if (l->memory_text && !kith_manifest_size(l->memory_text, &l->memory))
        return fail_at(m, member(map, "memory"), err,
                       "memory '%s' (expected a size such as 2 GiB or 512 MB)", l->memory_text);
    if (l->time_text && !kith_manifest_duration(l->time_text, &l->seconds))
        return fail_at(m, member(map, "time"), err,
                       "time '%s' (expected a duration such as 90 s, 10 min or 2 h)", l->time_text);
    return KITH_OK;
}

static kith_status
read_engine(kith_manifest *m, const kith_yaml *map, kith_error *err)
{
    kith_manifest_engine *e = &m->engine;

    if (map->kind == KITH_YAML_SCALAR) { /* engine: slurm */
        kith_yaml key = *map;

        key.text = (char *)"name";
        return set_option(m, engine_options, e, &key, map, err);
    }
    TRY(read_options(m, engine_options, e, map, "engine", err));
    if (!kith_manifest_duration(e->shard_time, &e->shard_seconds))
        return fail_at(m, member(map, "shard_time"), err,
                       "shard_time '%s' (expected a duration such as 30 min)", e->shard_time);
    return KITH_OK;
}

static kith_status
read_tables(kith_manifest *m, const kith_yaml *list, kith_error *err)
{
    kith_manifest_output *o = &m->output;
    static const char *const words[] = {"csv", "jsonl", "sqlite", NULL};
    bool *const flags[] = {&o->csv, &o->jsonl, &o->sqlite};

    TRY(expect(m, list, KITH_YAML_SEQUENCE, "tables", err));
    o->csv = o->jsonl = o->sqlite = false;
    for (size_t i = 0; i < kith_yaml_length(list); i++) {
        const kith_yaml *item = kith_yaml_item(list, i);
        int w = 0;

        TRY(expect(m, item, KITH_YAML_SCALAR, "a table", err));
        while (words[w] && strcmp(words[w], item->text) != 0)
            w++;
        if (!words[w])
            return fail_at(m, item, err, "table '%s' (expected csv, jsonl or sqlite)", item->text);
        *flags[w] = true;
    }
    return KITH_OK;
}

static kith_status
read_rows(kith_manifest *m, const kith_yaml *at, kith_error *err)
{
    kith_manifest_output *o = &m->output;
    double rows;

    if (strcmp(o->rows_text, "all") == 0)
        o->rows = 0;
    else if (kith_number_parse(o->rows_text, &rows) && rows >= 1 && rows <= 1e9 &&
             rows == floor(rows))
        o->rows = (int64_t)rows;
    else
        return fail_at(m, at, err, "rows '%s' (expected a whole number from 1, or all)",
                       o->rows_text);
    return KITH_OK;
}

static kith_status
read_output(kith_manifest *m, const kith_yaml *map, kith_error *err)
{
    TRY(expect(m, map, KITH_YAML_MAPPING, "output", err));
    for (size_t i = 0; i < kith_yaml_length(map); i++) {
        const kith_yaml *key = kith_yaml_key(map, i), *value = kith_yaml_value(map, i);

        if (strcmp(key->text, "tables") == 0)
            TRY(read_tables(m, value, err));
        else
            TRY(set_option(m, output_options, &m->output, key, value, err));
        if (strcmp(key->text, "rows") == 0)
            TRY(read_rows(m, value, err));
    }
    return KITH_OK;
}

static kith_status
read_entry(kith_manifest *m, const kith_yaml *map, kith_error *err)
{
    kith_manifest_entry e = {.line = map->line, .column = map->column};

    kith_options_init(entry_options, &e);
    if (map->kind == KITH_YAML_SCALAR)
        e.file = map->text;
    else
        TRY(read_options(m, entry_options, &e, map, "an entry of datasets", err));
    if (!!e.file + !!e.glob + !!e.folder + !!e.table != 1)
        return fail_at(m, map, err, "an entry needs exactly one of file, glob, folder and table");
    if (e.id && !e.file)
        return fail_at(m, member(map, "id"), err, "id names one file (expected file beside it)");
    if (e.directed && e.undirected)
        return fail_at(m, map, err, "directed and undirected at once");
    g_array_append_val(m->entries, e);
    return KITH_OK;
}

static kith_status
read_datasets(kith_manifest *m, const kith_yaml *list, kith_error *err)
{
    TRY(expect(m, list, KITH_YAML_SEQUENCE, "datasets", err));
    for (size_t i = 0; i < kith_yaml_length(list); i++)
        TRY(read_entry(m, kith_yaml_item(list, i), err));
    if (m->entries->len == 0)
        return fail_at(m, list, err, "no data sets (expected file, glob, folder or table)");
    return KITH_OK;
}

static void
clear_axis(gpointer data)
{
    g_ptr_array_free(((kith_manifest_axis *)data)->values, TRUE);
}

static void
clear_grid(gpointer data)
{
    g_array_free(((kith_manifest_grid *)data)->axes, TRUE);
}

/* The values of one option, each checked by the pass's own table. */
static kith_status
read_axis(const kith_manifest *m, const kith_pass *pass, void *scratch, const kith_yaml *key,
          const kith_yaml *value, GPtrArray *values, kith_error *err)
{
    size_t n = value->kind == KITH_YAML_SEQUENCE ? kith_yaml_length(value) : 1;

    if (n == 0 || n > MOST_VALUES)
        return fail_at(m, value, err, "'%s' has %zu values (expected 1 to %d)", key->text, n,
                       MOST_VALUES);
    for (size_t i = 0; i < n; i++) {
        const kith_yaml *one = value->kind == KITH_YAML_SEQUENCE ? kith_yaml_item(value, i) : value;

        TRY(set_option(m, pass->options, scratch, key, one, err));
        g_ptr_array_add(values, one->text);
    }
    return KITH_OK;
}

static kith_status
read_replicates(const kith_manifest *m, const kith_yaml *value, int64_t *out, kith_error *err)
{
    double n;

    TRY(expect(m, value, KITH_YAML_SCALAR, "replicates", err));
    if (!kith_number_parse(value->text, &n) || n < 1 || n > 1e6 || n != floor(n))
        return fail_at(m, value, err, "replicates '%s' (expected a whole number from 1)",
                       value->text);
    *out = (int64_t)n;
    return KITH_OK;
}

static int
compare_axes(gconstpointer a, gconstpointer b)
{
    const kith_option *x = ((const kith_manifest_axis *)a)->option,
                      *y = ((const kith_manifest_axis *)b)->option;

    return x < y ? -1 : x > y;
}

static kith_status
read_point_set(kith_manifest *m, const kith_pass *pass, const kith_yaml *map, kith_error *err)
{
    g_autofree void *scratch = g_malloc0(pass->options_size + 1);
    kith_manifest_grid grid = {pass, g_array_new(FALSE, TRUE, sizeof(kith_manifest_axis)), 1};

    g_array_set_clear_func(grid.axes, clear_axis);
    g_array_append_val(m->grids, grid);
    TRY(expect(m, map, KITH_YAML_MAPPING, pass->name, err));
    kith_options_init(pass->options, scratch);
    for (size_t i = 0; i < kith_yaml_length(map); i++) {
        const kith_yaml *key = kith_yaml_key(map, i), *value = kith_yaml_value(map, i);
        kith_manifest_grid *g = &g_array_index(m->grids, kith_manifest_grid, m->grids->len - 1);
        kith_manifest_axis axis = {kith_options_find(pass->options, key->text), NULL, value->line,
                                   value->column};

        if (strcmp(key->text, "replicates") == 0) {
            TRY(read_replicates(m, value, &g->replicates, err));
            continue;
        }
        axis.values = g_ptr_array_new();
        g_array_append_val(g->axes, axis);
        TRY(read_axis(m, pass, scratch, key, value, axis.values, err));
    }
    g_array_sort(grid.axes, compare_axes);
    for (const kith_option *o = pass->options; o->type != KITH_OPTION_TYPE_END; o++)
        if (o->required && !member(map, o->name))
            return fail_at(m, map, err, "%s needs '%s' (%s)", pass->name, o->name, o->about);
    return KITH_OK;
}

static kith_status
unknown_pass(const kith_manifest *m, const kith_yaml *key, kith_error *err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *near;

    for (const kith_pass *const *p = kith_passes(); *p; p++)
        g_ptr_array_add(names, (char *)(*p)->name);
    g_ptr_array_add(names, NULL);
    near = kith_nearest_word(key->text, (const char *const *)names->pdata);
    return near ? fail_at(m, key, err, "no pass '%s' (did you mean '%s'?)", key->text, near)
                : fail_at(m, key, err, "no pass '%s' (see kith --help)", key->text);
}

static kith_status
read_grid(kith_manifest *m, const kith_yaml *map, kith_error *err)
{
    TRY(expect(m, map, KITH_YAML_MAPPING, "grid", err));
    for (size_t i = 0; i < kith_yaml_length(map); i++) {
        const kith_yaml *key = kith_yaml_key(map, i), *value = kith_yaml_value(map, i);
        const kith_pass *pass = kith_pass_find(key->text);

        if (!pass)
            return unknown_pass(m, key, err);
        if (value->kind != KITH_YAML_SEQUENCE)
            TRY(read_point_set(m, pass, value, err));
        else
            for (size_t j = 0; j < kith_yaml_length(value); j++)
                TRY(read_point_set(m, pass, kith_yaml_item(value, j), err));
    }
    return m->grids->len ? KITH_OK : fail_at(m, map, err, "no pass to run");
}

static kith_status
read_name(kith_manifest *m, const kith_yaml *value, kith_error *err)
{
    TRY(expect(m, value, KITH_YAML_SCALAR, "batch", err));
    m->name = value->text;
    return KITH_OK;
}

static kith_status
read_seed(kith_manifest *m, const kith_yaml *value, kith_error *err)
{
    double n;

    TRY(expect(m, value, KITH_YAML_SCALAR, "seed", err));
    if (!kith_number_parse(value->text, &n) || n < 0 || n > 9007199254740992.0 || n != floor(n))
        return fail_at(m, value, err, "seed '%s' (expected a whole number)", value->text);
    m->seed = (int64_t)n;
    return KITH_OK;
}

static kith_status
read_all(kith_manifest *m, kith_error *err)
{
    static const char *const keys[] = {"batch", "seed",   "limits", "datasets",
                                       "grid",  "engine", "output", NULL};
    static kith_status (*const readers[])(kith_manifest *, const kith_yaml *, kith_error *) = {
        read_name, read_seed, read_limits, read_datasets, read_grid, read_engine, read_output};

    TRY(expect(m, m->tree, KITH_YAML_MAPPING, "the manifest", err));
    for (size_t i = 0; i < kith_yaml_length(m->tree); i++) {
        const kith_yaml *key = kith_yaml_key(m->tree, i);
        const char *near = kith_nearest_word(key->text, keys);
        int k = 0;

        while (keys[k] && strcmp(keys[k], key->text) != 0)
            k++;
        if (!keys[k])
            return fail_at(m, key, err, "unknown key '%s' (%s%s%s)", key->text,
                           near ? "did you mean '"
                                : "expected batch, seed, limits, datasets, grid, engine or output",
                           near ? near : "", near ? "'?" : "");
        TRY(readers[k](m, kith_yaml_value(m->tree, i), err));
    }
    if (!member(m->tree, "datasets") || !member(m->tree, "grid"))
        return fail_at(m, m->tree, err, "no '%s' (a manifest needs datasets and a grid)",
                       member(m->tree, "datasets") ? "grid" : "datasets");
    return KITH_OK;
}

static kith_manifest *
manifest_new(const char *path)
{
    kith_manifest *m = g_new0(kith_manifest, 1);

    m->file = g_strdup(path);
    m->base = g_path_get_dirname(path);
    m->seed = 1;
    m->entries = g_array_new(FALSE, TRUE, sizeof(kith_manifest_entry));
    m->grids = g_array_new(FALSE, TRUE, sizeof(kith_manifest_grid));
    g_array_set_clear_func(m->grids, clear_grid);
    kith_options_init(limit_options, &m->limits);
    kith_options_init(engine_options, &m->engine);
    kith_options_init(output_options, &m->output);
    kith_manifest_duration(m->engine.shard_time, &m->engine.shard_seconds);
    m->output.csv = m->output.jsonl = m->output.sqlite = true;
    return m;
}

static kith_status
check(kith_manifest *manifest, kith_status status, kith_manifest **out, kith_error *err)
{
    g_autoptr(kith_manifest) m = manifest;

    if (status == KITH_ERR_PARSE || status == KITH_ERR_LIMIT) {
        if (err)
            err->status = KITH_ERR_ARGUMENT;
        return KITH_ERR_ARGUMENT;
    }
    TRY(status);
    TRY(read_all(m, err));
    *out = g_steal_pointer(&m);
    return KITH_OK;
}

kith_status
kith_manifest_load(const char *path, kith_manifest **out, kith_error *err)
{
    kith_manifest *m = manifest_new(path);

    return check(m, kith_yaml_load(path, &m->tree, err), out, err);
}

kith_status
kith_manifest_parse(const char *path, const char *text, size_t length, kith_manifest **out,
                    kith_error *err)
{
    kith_manifest *m = manifest_new(path);

    return check(m, kith_yaml_parse(path, text, length, &m->tree, err), out, err);
}

void
kith_manifest_free(kith_manifest *m)
{
    if (!m)
        return;
    kith_yaml_free(m->tree);
    g_array_free(m->entries, TRUE);
    g_array_free(m->grids, TRUE);
    g_free(m->file);
    g_free(m->base);
    g_free(m);
}
