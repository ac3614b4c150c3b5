/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * datasets.c - from `file`, `glob`, `folder` and `table` to a list of files with ids.
 *
 * An id is what the table or the entry says, else the path below the manifest's folder without its endings. Two files of
 * one id are an error: results are found by it.
 */
#include "base/csv.h"
#include "base/text.h"
#include "batch/plan.h"
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BAD_MAP "map '%s' (expected COLUMN=ROLE,…; a file of them could change unseen)"
#define MOST_DATASETS INT64_C(10000000)

struct finding {
    const kith_manifest *m;
    const kith_manifest_entry *entry;
    GArray *into;
    GPtrArray *tag_names; /* char *, in order of appearance */
};

void
kith_plan_dataset_clear(gpointer data)
{
    kith_plan_dataset *d = data;

    g_free(d->id);
    g_free(d->path);
    g_free(d->sha256);
    g_free(d->format);
    g_free(d->reader);
    g_free(d->called);
    g_free(d->also);
    g_free(d->weight);
    g_free(d->map);
    g_free(d->me);
    g_free(d->as_of);
    g_strfreev(d->tags);
}

static kith_status fail_entry(const struct finding *f, kith_status status, kith_error *err,
                              const char *format, ...) G_GNUC_PRINTF(4, 5);

static kith_status
fail_entry(const struct finding *f, kith_status status, kith_error *err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, status, f->m->file, f->entry->line, f->entry->column, format, arguments);
    va_end(arguments);
    return status;
}

/* "raw/town.graphml.gz" below the manifest is "raw/town". */
static char *
id_of(const struct finding *f, const char *path)
{
    size_t base = strlen(f->m->base);
    bool below = g_str_has_prefix(path, f->m->base) && path[base] == '/';
    char *id = g_strdup(below ? path + base + 1 : path), *name = strrchr(id, '/');
    static const char *const packed[] = {".gz", ".zst", ".bz2", ".xz", ".zip"};
    char *dot;

    name = name ? name + 1 : id;
    for (size_t i = 0; i < G_N_ELEMENTS(packed); i++)
        if (g_str_has_suffix(name, packed[i]) && strlen(name) > strlen(packed[i]))
            name[strlen(name) - strlen(packed[i])] = '\0';
    dot = strrchr(name, '.');
    if (dot && dot != name)
        *dot = '\0';
    return id;
}

static char *
resolve(const struct finding *f, const char *path)
{
    return g_path_is_absolute(path) || strcmp(f->m->base, ".") == 0
               ? g_strdup(path)
               : g_build_filename(f->m->base, path, NULL);
}

static kith_plan_dataset *
add(const struct finding *f, const char *path, const char *id, kith_error *err)
{
    const kith_manifest_entry *e = f->entry;
    kith_plan_dataset d = {0};
    struct stat s;

    if (f->into->len >= MOST_DATASETS) {
        fail_entry(f, KITH_ERR_LIMIT, err, "more than ten million data sets");
        return NULL;
    }
    if (e->map && *e->map == '@') {
        fail_entry(f, KITH_ERR_ARGUMENT, err, BAD_MAP, e->map);
        return NULL;
    }
    if (stat(path, &s) != 0) {
        fail_entry(f, KITH_ERR_IO, err, "data set '%s': %s", path, kith_errno_text(errno));
        return NULL;
    }
    if (!S_ISREG(s.st_mode)) {
        fail_entry(f, KITH_ERR_IO, err, "data set '%s' is no file", path);
        return NULL;
    }
    d.path = g_strdup(path);
    d.id = id && *id ? g_strdup(id) : id_of(f, path);
    d.format = g_strdup(e->format);
    d.weight = g_strdup(e->weight);
    d.map = g_strdup(e->map);
    d.me = g_strdup(e->me);
    if (e->as_of != KITH_TIME_NONE) {
        char text[32];

        d.as_of = g_strdup(kith_time_text(e->as_of, KITH_PRECISION_DAY, text));
    }
    d.directed = e->directed;
    d.undirected = e->undirected;
    d.bytes = s.st_size;
    d.modified = (int64_t)s.st_mtim.tv_sec * 1000000000 + s.st_mtim.tv_nsec;
    d.inode = (int64_t)s.st_ino;
    g_array_append_val(f->into, d);
    return &g_array_index(f->into, kith_plan_dataset, f->into->len - 1);
}

/* Why no data set was added. */
static kith_status
reason(const kith_error *err)
{
    return err ? err->status : KITH_ERR_IO;
}

static kith_status
add_glob(const struct finding *f, kith_error *err)
{
    g_autofree char *pattern = resolve(f, f->entry->glob);
    kith_status status = KITH_OK;
    glob_t found = {0};
    guint before = f->into->len;

    if (glob(pattern, 0, NULL, &found) != 0 && found.gl_pathc == 0) {
        globfree(&found);
        return fail_entry(f, KITH_ERR_IO, err, "no file matches '%s'", f->entry->glob);
    }
    for (size_t i = 0; i < found.gl_pathc && status == KITH_OK; i++)
        if (g_file_test(found.gl_pathv[i], G_FILE_TEST_IS_REGULAR) &&
            !add(f, found.gl_pathv[i], NULL, err))
            status = reason(err);
    globfree(&found);
    if (status == KITH_OK && f->into->len == before)
        return fail_entry(f, KITH_ERR_IO, err, "no file matches '%s'", f->entry->glob);
    return status;
}

/* All files of a folder and of those below it; what begins with a dot is left out. */
static kith_status
add_folder(const struct finding *f, const char *path, int depth, kith_error *err)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
    const char *name;

    if (!folder)
        return fail_entry(f, KITH_ERR_IO, err, "folder '%s' cannot be read", path);
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);

        if (name[0] == '.')
            continue;
        if (g_file_test(inside, G_FILE_TEST_IS_DIR)) {
            if (depth < 16 && !g_str_has_suffix(name, ".batch"))
                TRY(add_folder(f, inside, depth + 1, err));
        } else if (!add(f, inside, NULL, err)) {
            return reason(err);
        }
    }
    return KITH_OK;
}

static guint
tag_number(const struct finding *f, const char *name)
{
    for (guint i = 0; i < f->tag_names->len; i++)
        if (strcmp(g_ptr_array_index(f->tag_names, i), name) == 0)
            return i;
    g_ptr_array_add(f->tag_names, g_strdup(name));
    return f->tag_names->len - 1;
}

/* What one column of a table of data sets is. */
static const char *const fixed[] = {"id", "path", "format", "weight", "directed", "map", NULL};
enum { ID, PATH, FORMAT, WEIGHT, DIRECTED, MAP, FIXED };

struct table_columns {
    int at[FIXED];
    GArray *tag; /* struct tag_column */
};

struct tag_column {
    int column;
    guint tag;
};

static kith_status
find_columns(const struct finding *f, const char *path, kith_csv *csv, struct table_columns *c,
             kith_error *err)
{
    for (int i = 0; i < FIXED; i++)
        c->at[i] = kith_csv_column(csv, fixed[i]);
    if (c->at[PATH] < 0)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, path, 1, 0,
                            "no column 'path' (a table of data sets has id, path and tags)");
    for (int i = 0; i < kith_csv_columns(csv); i++) {
        const char *name = kith_csv_column_name(csv, i);

        if (*name && !g_strv_contains(fixed, name)) {
            struct tag_column tag = {i, tag_number(f, name)};

            g_array_append_val(c->tag, tag);
        }
    }
    return KITH_OK;
}

static void
set_text(char **field, const char *text)
{
    if (*text) {
        g_free(*field);
        *field = g_strdup(text);
    }
}

static kith_status
add_row(const struct finding *f, const char *table, const kith_csv_row *row,
        const struct table_columns *c, kith_error *err)
{
    g_autofree char *folder = g_path_get_dirname(table);
    const char *path = kith_csv_field(row, c->at[PATH]);
    g_autofree char *whole = g_path_is_absolute(path) || strcmp(folder, ".") == 0
                                 ? g_strdup(path)
                                 : g_build_filename(folder, path, NULL);
    kith_error e = {0};
    kith_plan_dataset *d = add(f, whole, kith_csv_field(row, c->at[ID]), &e);
    const char *directed = kith_csv_field(row, c->at[DIRECTED]);

    if (!d)
        return kith_fail_at(err, e.status, table, row->line, 0, "%s", e.message);
    set_text(&d->format, kith_csv_field(row, c->at[FORMAT]));
    set_text(&d->weight, kith_csv_field(row, c->at[WEIGHT]));
    set_text(&d->map, kith_csv_field(row, c->at[MAP]));
    if (d->map && *d->map == '@')
        return kith_fail_at(err, KITH_ERR_ARGUMENT, table, row->line, 0, BAD_MAP, d->map);
    if (*directed) {
        d->directed = strcmp(directed, "yes") == 0;
        d->undirected = strcmp(directed, "no") == 0;
        if (!d->directed && !d->undirected)
            return kith_fail_at(err, KITH_ERR_ARGUMENT, table, row->line, 0,
                                "directed '%s' (expected yes or no)", directed);
    }
    d->tags = g_new0(char *, f->tag_names->len + 1);
    for (guint i = 0; i < f->tag_names->len; i++)
        d->tags[i] = g_strdup("");
    for (guint i = 0; i < c->tag->len; i++) {
        const struct tag_column *t = &g_array_index(c->tag, struct tag_column, i);

        set_text(&d->tags[t->tag], kith_csv_field(row, t->column));
    }
    return KITH_OK;
}

static kith_status
add_table(const struct finding *f, kith_error *err)
{
    g_autofree char *path = resolve(f, f->entry->table);
    g_autoptr(kith_source) source = NULL;
    g_autoptr(kith_csv) csv = NULL;
    g_autoptr(GArray) tags = g_array_new(FALSE, TRUE, sizeof(struct tag_column));
    struct table_columns columns = {.tag = tags};
    const kith_csv_row *row;

    TRY(kith_source_open(path, &source, err));
    csv = kith_csv_new(source);
    TRY(kith_csv_read_header(csv, err));
    TRY(find_columns(f, path, csv, &columns, err));
    while ((row = kith_csv_next(csv, err)) != NULL)
        TRY(add_row(f, path, row, &columns, err));
    return kith_csv_status(csv);
}

static kith_status
add_entry(const struct finding *f, kith_error *err)
{
    const kith_manifest_entry *e = f->entry;

    if (e->glob)
        return add_glob(f, err);
    if (e->table)
        return add_table(f, err);
    g_autofree char *path = resolve(f, e->file ? e->file : e->folder);

    if (e->folder)
        return add_folder(f, path, 0, err);
    return add(f, path, e->id, err) ? KITH_OK : reason(err);
}

static int
compare_ids(gconstpointer a, gconstpointer b)
{
    const kith_plan_dataset *x = a, *y = b;
    int order = kith_text_natural_compare(x->id, y->id);

    return order ? order : strcmp(x->path, y->path);
}

/* A file that two entries name is one data set; two files of one id are a mistake. */
static kith_status
check_ids(const kith_manifest *m, GArray *into, kith_error *err)
{
    guint kept = 0;

    for (guint i = 0; i < into->len; i++) {
        kith_plan_dataset *d = &g_array_index(into, kith_plan_dataset, i),
                          *last = kept ? &g_array_index(into, kith_plan_dataset, kept - 1) : NULL;

        if (last && strcmp(last->id, d->id) == 0) {
            if (strcmp(last->path, d->path) != 0)
                return kith_fail_at(err, KITH_ERR_ARGUMENT, m->file, 0, 0,
                                    "two data sets called '%s': %s and %s (give one an id)", d->id,
                                    last->path, d->path);
            kith_plan_dataset_clear(d);
            *d = (kith_plan_dataset){0};
            continue;
        }
        if (kept != i) {
            g_array_index(into, kith_plan_dataset, kept) = *d;
            *d = (kith_plan_dataset){0};
        }
        kept++;
    }
    g_array_set_size(into, kept);
    return KITH_OK;
}

/* Tags that came with a later table are empty for earlier data sets. */
static void
fill_tags(GArray *into, guint n)
{
    for (guint i = 0; i < into->len; i++) {
        kith_plan_dataset *d = &g_array_index(into, kith_plan_dataset, i);
        guint have = d->tags ? g_strv_length(d->tags) : 0;

        d->tags = g_renew(char *, d->tags, n + 1);
        for (; have < n; have++)
            d->tags[have] = g_strdup("");
        d->tags[n] = NULL;
    }
}

kith_status
kith_plan_find_datasets(const kith_manifest *manifest, GArray *into, char ***tag_names,
                        kith_error *err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    struct finding f = {manifest, NULL, into, names};

    for (guint i = 0; i < manifest->entries->len; i++) {
        f.entry = &g_array_index(manifest->entries, kith_manifest_entry, i);
        TRY(add_entry(&f, err));
    }
    g_array_sort(into, compare_ids);
    TRY(check_ids(manifest, into, err));
    fill_tags(into, names->len);
    if (into->len == 0)
        return kith_fail_at(err, KITH_ERR_IO, manifest->file, 0, 0, "no data set was found");
    g_ptr_array_add(names, NULL);
    *tag_names = g_strdupv((char **)names->pdata);
    return KITH_OK;
}
