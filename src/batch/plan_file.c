/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan_file.c - plan.json: what a worker on another machine needs to know, and what was hashed when. */
#include "base/json.h"
#include "base/json_out.h"
#include "batch/plan.h"
#include <errno.h>
#include <string.h>

static void
put_text(kith_json *json, const char *key, const char *text)
{
    if (!text)
        return;
    kith_json_key(json, key);
    kith_json_text(json, text);
}

static void
put_integer(kith_json *json, const char *key, int64_t n)
{
    kith_json_key(json, key);
    kith_json_integer(json, n);
}

static void
put_real(kith_json *json, const char *key, double value)
{
    kith_json_key(json, key);
    kith_json_real(json, value);
}

static void
put_flag(kith_json *json, const char *key, bool value)
{
    kith_json_key(json, key);
    kith_json_boolean(json, value);
}

static void
put_texts(kith_json *json, const char *key, char **texts)
{
    kith_json_key(json, key);
    kith_json_array(json, KITH_JSON_INLINE);
    for (; texts && *texts; texts++)
        kith_json_text(json, *texts);
    kith_json_end(json);
}

static void
put_settings(kith_json *json, const kith_plan *plan)
{
    put_text(json, "name", plan->name);
    put_integer(json, "seed", plan->seed);
    put_integer(json, "memory", plan->memory);
    put_real(json, "seconds", plan->seconds);
    put_integer(json, "threads", plan->threads);
    put_integer(json, "retries", plan->retries);
    put_text(json, "alone", plan->alone);
    put_integer(json, "rows", plan->rows);
    put_integer(json, "reading", plan->reading);
    put_flag(json, "csv", plan->csv);
    put_flag(json, "jsonl", plan->jsonl);
    put_flag(json, "sqlite", plan->sqlite);
    put_text(json, "engine", plan->engine);
    put_text(json, "partition", plan->partition);
    put_text(json, "account", plan->account);
    put_text(json, "setup", plan->setup);
    put_real(json, "shard_seconds", plan->shard_seconds);
    put_integer(json, "max_shards", plan->max_shards);
    put_integer(json, "cpus", plan->cpus);
    put_texts(json, "tags", plan->tag_names);
    put_texts(json, "given", plan->given);
}

static void
put_dataset(kith_json *json, const kith_plan_dataset *d)
{
    kith_json_object(json, KITH_JSON_INLINE);
    put_text(json, "id", d->id);
    put_text(json, "path", d->path);
    put_text(json, "sha256", d->sha256);
    put_integer(json, "bytes", d->bytes);
    put_integer(json, "modified", d->modified);
    put_integer(json, "inode", d->inode);
    put_integer(json, "first", d->first);
    put_text(json, "format", d->format);
    put_text(json, "reader", d->reader);
    put_text(json, "called", d->called);
    put_text(json, "also", d->also);
    put_text(json, "weight", d->weight);
    put_text(json, "map", d->map);
    put_text(json, "me", d->me);
    put_text(json, "as_of", d->as_of);
    put_flag(json, "directed", d->directed);
    put_flag(json, "undirected", d->undirected);
    put_texts(json, "tags", d->tags);
    kith_json_end(json);
}

static void
put_file(kith_json *json, const kith_plan_file *file)
{
    kith_json_object(json, KITH_JSON_INLINE);
    put_text(json, "path", file->path);
    put_text(json, "sha256", file->sha256);
    kith_json_end(json);
}

static void
put_point(kith_json *json, const kith_plan_point *p)
{
    kith_json_object(json, KITH_JSON_INLINE);
    put_text(json, "pass", p->pass->name);
    put_integer(json, "replicate", p->replicate);
    put_texts(json, "values", p->values);
    kith_json_end(json);
}

static void
write_plan(const kith_plan *plan, kith_sink *sink)
{
    g_autoptr(kith_json) json = kith_json_new(sink, false);

    kith_json_object(json, KITH_JSON_LINES);
    put_settings(json, plan);
    kith_json_key(json, "points");
    kith_json_array(json, KITH_JSON_LINES);
    for (guint i = 0; i < plan->points->len; i++)
        put_point(json, kith_plan_point_at(plan, i));
    kith_json_end(json);
    kith_json_key(json, "files");
    kith_json_array(json, KITH_JSON_LINES);
    for (guint i = 0; i < plan->files->len; i++)
        put_file(json, &g_array_index(plan->files, kith_plan_file, i));
    kith_json_end(json);
    kith_json_key(json, "datasets");
    kith_json_array(json, KITH_JSON_LINES);
    for (guint i = 0; i < plan->datasets->len; i++)
        put_dataset(json, kith_plan_dataset_at(plan, i));
    kith_json_end(json);
    kith_json_end(json);
}

kith_status
kith_plan_save(const kith_plan *plan, kith_error *err)
{
    g_autofree char *path = g_build_filename(plan->folder, "plan.json", NULL);
    g_autoptr(kith_sink) sink = NULL;

    if (g_mkdir_with_parents(plan->folder, 0700) != 0)
        return kith_fail_at(err, KITH_ERR_IO, plan->folder, 0, 0, "cannot be made: %s",
                            kith_errno_text(errno));
    TRY(kith_sink_open(path, &sink, err));
    write_plan(plan, sink);
    return kith_sink_commit(sink, err);
}

/* --- back ------------------------------------------------------------------------------------ */

static char *
get_text(const kith_json_value *object, const char *key)
{
    return kith_json_as_text(kith_json_get(object, key));
}

static int64_t
get_integer(const kith_json_value *object, const char *key)
{
    char digits[32];
    const char *text = kith_json_id(kith_json_get(object, key), digits);

    return g_ascii_strtoll(text, NULL, 10);
}

static double
get_real(const kith_json_value *object, const char *key)
{
    double value = 0;

    kith_json_number(kith_json_get(object, key), &value);
    return value;
}

static bool
get_flag(const kith_json_value *object, const char *key)
{
    return kith_json_is_true(kith_json_get(object, key));
}

static char **
get_texts(const kith_json_value *object, const char *key)
{
    const kith_json_value *list = kith_json_get(object, key);
    size_t n = kith_json_length(list);
    char **texts = g_new0(char *, n + 1);

    for (size_t i = 0; i < n; i++)
        texts[i] = g_strdup(kith_json_string(kith_json_item(list, i)));
    return texts;
}

static void
get_settings(kith_plan *plan, const kith_json_value *o)
{
    plan->name = get_text(o, "name");
    plan->seed = get_integer(o, "seed");
    plan->memory = get_integer(o, "memory");
    plan->seconds = get_real(o, "seconds");
    plan->threads = get_integer(o, "threads");
    plan->retries = get_integer(o, "retries");
    plan->alone = get_text(o, "alone");
    plan->rows = get_integer(o, "rows");
    plan->reading = get_integer(o, "reading");
    plan->csv = get_flag(o, "csv");
    plan->jsonl = get_flag(o, "jsonl");
    plan->sqlite = get_flag(o, "sqlite");
    plan->engine = get_text(o, "engine");
    plan->partition = get_text(o, "partition");
    plan->account = get_text(o, "account");
    plan->setup = get_text(o, "setup");
    plan->shard_seconds = get_real(o, "shard_seconds");
    plan->max_shards = MAX(1, get_integer(o, "max_shards"));
    plan->cpus = MAX(1, get_integer(o, "cpus"));
    plan->tag_names = get_texts(o, "tags");
    plan->given = get_texts(o, "given");
}

static kith_status
get_point(kith_plan *plan, const kith_json_value *o, const char *file, kith_error *err)
{
    const char *name = kith_json_get_string(o, "pass");
    kith_plan_point p = {kith_pass_find(name), get_integer(o, "replicate"), NULL};
    guint n = 0;

    if (!p.pass)
        return kith_fail_at(err, KITH_ERR_PARSE, file, 0, 0, "this kith has no pass '%s'", name);
    p.values = get_texts(o, "values");
    for (const kith_option *option = p.pass->options; option->type != KITH_OPTION_TYPE_END;
         option++)
        n++;
    g_array_append_val(plan->points, p);
    if (g_strv_length(p.values) != n)
        return kith_fail_at(err, KITH_ERR_PARSE, file, 0, 0,
                            "made by another version of kith: plan again");
    return KITH_OK;
}

static kith_status
get_file(kith_plan *plan, const kith_json_value *o, const char *file, kith_error *err)
{
    kith_plan_file f = {get_text(o, "path"), get_text(o, "sha256")};

    g_array_append_val(plan->files, f);
    return f.path && f.sha256
               ? KITH_OK
               : kith_fail_at(err, KITH_ERR_PARSE, file, 0, 0, "a file without path or hash");
}

static kith_status
get_dataset(kith_plan *plan, const kith_json_value *o, const char *file, kith_error *err)
{
    kith_plan_dataset d = {.id = get_text(o, "id"),
                           .path = get_text(o, "path"),
                           .sha256 = get_text(o, "sha256"),
                           .format = get_text(o, "format"),
                           .reader = get_text(o, "reader"),
                           .called = get_text(o, "called"),
                           .also = get_text(o, "also"),
                           .weight = get_text(o, "weight"),
                           .map = get_text(o, "map"),
                           .me = get_text(o, "me"),
                           .as_of = get_text(o, "as_of"),
                           .directed = get_flag(o, "directed"),
                           .undirected = get_flag(o, "undirected"),
                           .bytes = get_integer(o, "bytes"),
                           .modified = get_integer(o, "modified"),
                           .inode = get_integer(o, "inode"),
                           .first = get_integer(o, "first"),
                           .tags = get_texts(o, "tags")};
    bool whole = d.id && d.path && d.sha256 && d.first >= 0 && d.first <= plan->datasets->len &&
                 g_strv_length(d.tags) == g_strv_length(plan->tag_names);

    g_array_append_val(plan->datasets, d);
    return whole ? KITH_OK
                 : kith_fail_at(err, KITH_ERR_PARSE, file, 0, 0,
                                "a data set without id, path or hash");
}

static kith_status
read_plan(kith_plan *plan, const kith_json_value *o, const char *file, kith_error *err)
{
    const kith_json_value *points = kith_json_get(o, "points"),
                          *datasets = kith_json_get(o, "datasets"),
                          *files = kith_json_get(o, "files");

    get_settings(plan, o);
    if (!plan->engine || !kith_json_length(points) || !kith_json_length(datasets))
        return kith_fail_at(err, KITH_ERR_PARSE, file, 0, 0, "not a plan of kith batch");
    for (size_t i = 0; i < kith_json_length(points); i++)
        TRY(get_point(plan, kith_json_item(points, i), file, err));
    for (size_t i = 0; i < kith_json_length(files); i++)
        TRY(get_file(plan, kith_json_item(files, i), file, err));
    for (size_t i = 0; i < kith_json_length(datasets); i++)
        TRY(get_dataset(plan, kith_json_item(datasets, i), file, err));
    kith_plan_seal(plan);
    return KITH_OK;
}

kith_status
kith_plan_load(const char *folder, kith_plan **out, kith_error *err)
{
    g_autofree char *path = g_build_filename(folder, "plan.json", NULL);
    g_autoptr(kith_plan) plan = kith_plan_new();
    g_autoptr(kith_source) source = NULL;
    g_autoptr(kith_json_file) json = NULL;

    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return kith_fail_at(err, KITH_ERR_IO, folder, 0, 0,
                            "no batch in this folder (expected plan.json)");
    plan->folder = g_strdup(folder);
    TRY(kith_source_open(path, &source, err));
    TRY(kith_json_load(source, KITH_JSON_PLAIN, &json, err));
    TRY(read_plan(plan, kith_json_root(json), path, err));
    *out = g_steal_pointer(&plan);
    return KITH_OK;
}
