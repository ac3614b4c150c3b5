/* SPDX-License-Identifier: GPL-3.0-or-later */
/* slurm.c - sbatch and squeue, spoken to as a user would. */
#include "batch/slurm.h"
#include <errno.h>
#include <math.h>
#include <string.h>

#define SLACK_MINUTES 5 /* beyond a shard's estimated time, for what was guessed too low */

static const kith_column columns[] = {
    {"job", KITH_CELL_TEXT, "", "Slurm's number"},
    {"what", KITH_CELL_TEXT, "", "the array of shards, or the collector behind it"},
    {"tasks", KITH_CELL_INT, "", "array tasks"},
};

static kith_status
run(const char *const *arguments, char **output, kith_error *err)
{
    g_autofree char *complaint = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, output,
                      &complaint, &status, &error))
        return kith_fail(err, KITH_ERR_IO, "%s cannot be started: %s", arguments[0],
                         error->message);
    g_strstrip(*output);
    g_strstrip(complaint);
    g_strdelimit(complaint, "\n", ' ');
    if (status != 0)
        return kith_fail(err, KITH_ERR_IO, "%s refused: %s", arguments[0], complaint);
    return KITH_OK;
}

/* "1234;cluster" is job 1234. */
static void
cut_cluster(char *job)
{
    job[strcspn(job, ";")] = '\0';
}

static double
shard_minutes(const kith_plan *plan, int64_t shards)
{
    double seconds = 0;

    for (guint i = 0; i < plan->datasets->len; i++)
        seconds += kith_plan_seconds(plan, kith_plan_dataset_at(plan, i));
    return ceil(MAX(plan->shard_seconds, seconds / (double)shards * 2) / 60) + SLACK_MINUTES;
}

static void add(GPtrArray *arguments, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add(GPtrArray *arguments, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    g_ptr_array_add(arguments, g_strdup_vprintf(format, values));
    va_end(values);
}

static char *
script(const kith_plan *plan, const char *program, const char *rest)
{
    g_autofree char *quoted = g_shell_quote(program), *folder = g_shell_quote(plan->folder);

    return g_strdup_printf("#!/bin/sh\n%s\nexec %s batch %s %s\n", plan->setup ? plan->setup : "",
                           quoted, rest, folder);
}

static kith_status
write_script(const kith_plan *plan, const char *name, const char *program, const char *rest,
             char **path, kith_error *err)
{
    g_autofree char *text = script(plan, program, rest),
                    *logs = g_build_filename(plan->folder, "logs", NULL);
    g_autoptr(GError) error = NULL;

    g_mkdir_with_parents(logs, 0700);
    *path = g_build_filename(plan->folder, name, NULL);
    if (!g_file_set_contents(*path, text, -1, &error))
        return kith_fail_at(err, KITH_ERR_IO, *path, 0, 0, "cannot be written");
    return KITH_OK;
}

static void
add_common(GPtrArray *a, const kith_plan *plan, const char *log)
{
    add(a, "sbatch");
    add(a, "--parsable");
    add(a, "--job-name=kith-%s", plan->name);
    add(a, "--output=%s/logs/%s", plan->folder, log);
    if (plan->partition)
        add(a, "--partition=%s", plan->partition);
    if (plan->account)
        add(a, "--account=%s", plan->account);
}

static kith_status
submit_array(const kith_plan *plan, int64_t shards, const char *program, bool again, char **job,
             kith_error *err)
{
    g_autoptr(GPtrArray) a = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = NULL,
                    *rest = g_strdup_printf(
                        "worker --quiet%s --slots %" G_GINT64_FORMAT
                        " --shard \"$SLURM_ARRAY_TASK_ID\" --shards %" G_GINT64_FORMAT,
                        again ? " --again" : "", plan->cpus, shards);
    int64_t memory = kith_plan_shard_memory(plan);

    TRY(write_script(plan, "shard.sh", program, rest, &path, err));
    add_common(a, plan, "slurm-%A_%a.log");
    add(a, "--array=0-%" G_GINT64_FORMAT, shards - 1);
    add(a, "--requeue");
    add(a, "--open-mode=append");
    add(a, "--signal=B:TERM@60");
    add(a, "--cpus-per-task=%" G_GINT64_FORMAT, plan->cpus * plan->threads);
    add(a, "--mem=%" G_GINT64_FORMAT "M", (memory >> 20) + 1);
    add(a, "--time=%.0f", shard_minutes(plan, shards));
    add(a, "%s", path);
    g_ptr_array_add(a, NULL);
    return run((const char *const *)a->pdata, job, err);
}

static kith_status
submit_collector(const kith_plan *plan, const char *program, const char *array, char **job,
                 kith_error *err)
{
    g_autoptr(GPtrArray) a = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = NULL;

    TRY(write_script(plan, "collect.sh", program, "collect --quiet", &path, err));
    add_common(a, plan, "slurm-%j.log");
    add(a, "--dependency=afterany:%s", array);
    add(a, "--mem=512M");
    add(a, "--time=60");
    add(a, "%s", path);
    g_ptr_array_add(a, NULL);
    return run((const char *const *)a->pdata, job, err);
}

static char *
jobs_file(const kith_plan *plan)
{
    return g_build_filename(plan->folder, "jobs.txt", NULL);
}

kith_status
kith_slurm_submit(const kith_plan *plan, int64_t shards, const char *program, bool again,
                  kith_answer **out, kith_error *err)
{
    g_autofree char *array = NULL, *collector = NULL, *file = jobs_file(plan), *text = NULL;
    kith_table *t;

    TRY(submit_array(plan, shards, program, again, &array, err));
    cut_cluster(array);
    TRY(submit_collector(plan, program, array, &collector, err));
    cut_cluster(collector);
    text = g_strdup_printf("%s\n%s\n", array, collector);
    g_file_set_contents(file, text, -1, NULL);
    *out = kith_answer_new("batch");
    kith_answer_about(*out, NULL, plan->seed);
    t = kith_answer_table(*out, "jobs", columns, G_N_ELEMENTS(columns));
    kith_table_row(t);
    kith_table_set_text(t, 0, array);
    kith_table_set_text(t, 1, "shards");
    kith_table_set_int(t, 2, shards);
    kith_table_row(t);
    kith_table_set_text(t, 0, collector);
    kith_table_set_text(t, 1, "collector");
    kith_table_set_int(t, 2, 1);
    kith_answer_note(*out, "`kith batch status %s` tells how far it is", plan->folder);
    return KITH_OK;
}

void
kith_slurm_note(const kith_plan *plan, kith_answer *answer)
{
    g_autofree char *file = jobs_file(plan), *text = NULL, *queue = NULL;
    g_auto(GStrv) jobs = NULL, lines = NULL;
    g_autofree char *list = NULL;

    if (!g_file_get_contents(file, &text, NULL, NULL))
        return;
    jobs = g_strsplit(g_strstrip(text), "\n", -1);
    list = g_strjoinv(",", jobs);
    const char *const ask[] = {"squeue", "-h", "-r", "-j", list, "-o", "%i %T %r", NULL};

    if (run(ask, &queue, NULL) != KITH_OK) {
        kith_answer_note(answer, "jobs %s are no longer in Slurm's queue", list);
        return;
    }
    lines = g_strsplit(queue, "\n", -1);
    for (int i = 0; lines[i] && i < 20; i++)
        if (*lines[i])
            kith_answer_note(answer, "job %s", lines[i]);
    if (!*queue)
        kith_answer_note(answer, "jobs %s are no longer in Slurm's queue", list);
}
