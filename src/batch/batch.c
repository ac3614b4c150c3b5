/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c - what <kith/batch.h> promises, from plan, crew and results. */
#include "batch/condor.h"
#include "batch/crew.h"
#include "batch/results.h"
#include "batch/slurm.h"
#include "batch/stamp.h"
#include <kith/kith.h>
#include <math.h>
#include <string.h>

struct kith_batch {
    kith_plan *plan;
};

static kith_batch *
wrap(kith_plan *plan)
{
    kith_batch *batch = g_new0(kith_batch, 1);

    batch->plan = plan;
    return batch;
}

kith_status
kith_batch_plan(const char *manifest, const char *folder, kith_batch **out, kith_error *err)
{
    g_autoptr(kith_manifest) m = NULL;
    kith_plan *plan;

    TRY(kith_manifest_load(manifest, &m, err));
    TRY(kith_plan_make(m, folder, &plan, err));
    *out = wrap(plan);
    return KITH_OK;
}

kith_status
kith_batch_open(const char *folder, kith_batch **out, kith_error *err)
{
    kith_plan *plan;

    TRY(kith_plan_load(folder, &plan, err));
    *out = wrap(plan);
    return KITH_OK;
}

kith_status
kith_batch_save(const kith_batch *batch, kith_error *err)
{
    return kith_plan_save(batch->plan, err);
}

void
kith_batch_free(kith_batch *batch)
{
    if (!batch)
        return;
    kith_plan_free(batch->plan);
    g_free(batch);
}

const char *
kith_batch_folder(const kith_batch *batch)
{
    return batch->plan->folder;
}

const char *
kith_batch_engine(const kith_batch *batch)
{
    return batch->plan->engine;
}

/* What is told of a batch carries its seed. */
static kith_answer *
new_answer(const kith_plan *plan)
{
    kith_answer *answer = kith_answer_new("batch");

    kith_answer_about(answer, NULL, plan->seed);
    return answer;
}

/* --- describing ------------------------------------------------------------------------------ */

static const kith_column plan_columns[] = {
    {"dataset", KITH_CELL_TEXT, "", "what it is called in the results"},
    {"file", KITH_CELL_TEXT, "", "where it is"},
    {"bytes", KITH_CELL_INT, "bytes", "size of the file"},
    {"units", KITH_CELL_INT, "units", "points of the grid"},
    {"done", KITH_CELL_INT, "units", "of them answered already"},
    {"ties", KITH_CELL_REAL, "ties", "how many it may hold, by its size"},
    {"memory", KITH_CELL_REAL, "MB", "what one process may take"},
    {"seconds", KITH_CELL_REAL, "s", "what all its points may take"},
};

static const kith_column point_columns[] = {
    {"point", KITH_CELL_INT, "1", "place in the grid"},
    {"pass", KITH_CELL_TEXT, "", "the question"},
    {"parameters", KITH_CELL_TEXT, "", "what the manifest sets"},
};

static const kith_column count_columns[] = {
    {"state", KITH_CELL_TEXT, "", "what became of units"},
    {"units", KITH_CELL_INT, "units", "how many"},
};

static const kith_column failure_columns[] = {
    {"dataset", KITH_CELL_TEXT, "", "what it is called"},
    {"point", KITH_CELL_TEXT, "", "pass and parameters"},
    {"class", KITH_CELL_TEXT, "",
     "bad-input, out-of-memory, time-limit, crash, engine-lost or internal"},
    {"message", KITH_CELL_TEXT, "", "why"},
    {"command", KITH_CELL_TEXT, "", "does it again, alone"},
};

static int64_t
done_of(const kith_plan *plan, const kith_segments *segments, int64_t dataset)
{
    int64_t n = 0;

    for (guint p = 0; p < plan->points->len; p++) {
        n += kith_segments_done(segments, plan,
                                kith_plan_key(plan, dataset * plan->points->len + p));
    }
    return n;
}

static void
add_datasets(kith_answer *answer, const kith_plan *plan, const kith_segments *segments)
{
    kith_table *t = kith_answer_table(answer, "plan", plan_columns, G_N_ELEMENTS(plan_columns));

    for (guint i = 0; i < plan->datasets->len; i++) {
        const kith_plan_dataset *d = kith_plan_dataset_at(plan, i);

        kith_table_row(t);
        kith_table_set_text(t, 0, d->id);
        kith_table_set_text(t, 1, d->path);
        kith_table_set_int(t, 2, d->bytes);
        kith_table_set_int(t, 3, plan->points->len);
        kith_table_set_int(t, 4, done_of(plan, segments, i));
        kith_table_set_real(t, 5, round(kith_plan_edges(d)));
        kith_table_set_real(t, 6, round((double)kith_plan_memory(d) / 1e5) / 10);
        kith_table_set_real(t, 7, round(kith_plan_seconds(plan, d) * 1000) / 1000);
    }
}

static void
add_points(kith_answer *answer, const kith_plan *plan)
{
    kith_table *t = kith_answer_table(answer, "points", point_columns, G_N_ELEMENTS(point_columns));

    for (guint i = 0; i < plan->points->len; i++) {
        const kith_plan_point *p = kith_plan_point_at(plan, i);
        g_autofree char *text = kith_results_point_text(plan, p);
        const char *rest = text + strlen(p->pass->name);

        kith_table_row(t);
        kith_table_set_int(t, 0, i + 1);
        kith_table_set_text(t, 1, p->pass->name);
        kith_table_set_text(t, 2, *rest == ' ' ? rest + 1 : rest);
    }
}

static void
note_estimate(kith_answer *answer, const kith_plan *plan, const kith_segments *segments)
{
    double seconds = 0, memory = 0;
    int64_t open = 0;

    for (guint i = 0; i < plan->datasets->len; i++) {
        const kith_plan_dataset *d = kith_plan_dataset_at(plan, i);
        int64_t left = plan->points->len - done_of(plan, segments, i);

        open += left;
        seconds += kith_plan_seconds(plan, d) * (double)left / plan->points->len;
        memory = MAX(memory, (double)kith_plan_memory(d));
    }
    kith_answer_note(answer,
                     "%" G_GINT64_FORMAT " units, %" G_GINT64_FORMAT
                     " of them to do: about %.0f s of one core, and up to %.0f MB for one data set",
                     kith_plan_units(plan), open, ceil(seconds), memory / 1e6);
    if (kith_haul_small(plan) > 1 && plan->threads == 1 && g_strcmp0(plan->alone, "yes") != 0)
        kith_answer_note(
            answer, "%" G_GINT64_FORMAT " data sets are small (below %g ms): %s",
            kith_haul_small(plan), KITH_HAUL_SMALL * 1000,
            g_strcmp0(plan->alone, "no") == 0
                ? "their processes borrow a worker's memory"
                : "their processes borrow a worker's memory where their own costs more "
                  "than 1.5 ms, which a run measures (limits: alone)");
    kith_answer_note(answer, "engine: %s; results go to %s", plan->engine, plan->folder);
}

kith_status
kith_batch_describe(const kith_batch *batch, kith_answer **out, kith_error *err)
{
    g_autoptr(kith_segments) segments = NULL;

    TRY(kith_segments_read(batch->plan->folder, &segments, err));
    *out = new_answer(batch->plan);
    add_datasets(*out, batch->plan, segments);
    add_points(*out, batch->plan);
    note_estimate(*out, batch->plan, segments);
    return KITH_OK;
}

static void
add_count(kith_table *t, const char *state, int64_t n)
{
    kith_table_row(t);
    kith_table_set_text(t, 0, state);
    kith_table_set_int(t, 1, n);
}

struct telling {
    const kith_plan *plan;
    kith_table *table;
};

static void
add_failure(void *payload, int64_t unit, kith_failure failure, const char *message, const char *log)
{
    const struct telling *in = payload;
    const kith_plan *plan = in->plan;
    g_autofree char *point = kith_results_point_text(
                        plan, kith_plan_point_at(plan, unit % plan->points->len)),
                    *command = kith_results_command(plan, unit);

    (void)log;
    kith_table_row(in->table);
    kith_table_set_text(in->table, 0, kith_plan_dataset_at(plan, unit / plan->points->len)->id);
    kith_table_set_text(in->table, 1, point);
    kith_table_set_text(in->table, 2, kith_failure_name(failure));
    kith_table_set_text(in->table, 3, message);
    kith_table_set_text(in->table, 4, command);
}

static kith_status
account(const kith_plan *plan, const kith_segments *segments, kith_answer *answer, kith_error *err)
{
    kith_tally tally = kith_results_tally(plan, segments);
    kith_table *counts =
        kith_answer_table(answer, "units", count_columns, G_N_ELEMENTS(count_columns));
    struct telling in = {plan, NULL};

    add_count(counts, "answered", tally.answered - tally.empty);
    add_count(counts, "no answer exists", tally.empty);
    add_count(counts, "failed", tally.failed);
    add_count(counts, "not done yet", tally.open);
    in.table =
        kith_answer_table(answer, "failures", failure_columns, G_N_ELEMENTS(failure_columns));
    TRY(kith_results_failures(plan, segments, add_failure, &in, err));
    if (tally.failed)
        return kith_fail(err, KITH_ERR_NOT_FOUND,
                         "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " units failed", tally.failed,
                         tally.units);
    return KITH_OK;
}

kith_status
kith_batch_status(const kith_batch *batch, kith_answer **out, kith_error *err)
{
    g_autoptr(kith_segments) segments = NULL;
    kith_status status;

    TRY(kith_segments_read(batch->plan->folder, &segments, err));
    *out = new_answer(batch->plan);
    status = account(batch->plan, segments, *out, NULL);
    kith_slurm_note(batch->plan, *out);
    return status == KITH_ERR_NOT_FOUND ? KITH_OK : status;
}

kith_status
kith_batch_run(const kith_batch *batch, const kith_batch_options *options,
               kith_batch_progress *progress, kith_error *err)
{
    g_autoptr(kith_segments) segments = NULL;
    g_autoptr(GArray) units = NULL;
    kith_batch_progress own = {0};

    progress = progress ? progress : &own;
    *progress = own;
    TRY(kith_segments_read(batch->plan->folder, &segments, err));
    units = kith_haul_pending(batch->plan, segments, options->again, options->shard,
                              options->shards, progress);
    return kith_crew_run(batch->plan, units, options, progress, err);
}

kith_status
kith_batch_collect(const kith_batch *batch, kith_answer **out, kith_error *err)
{
    g_autoptr(kith_segments) segments = NULL;

    TRY(kith_segments_read(batch->plan->folder, &segments, err));
    if (!kith_stamp_holds(batch->plan)) {
        TRY(kith_results_write(batch->plan, segments, err));
        TRY(kith_results_account(batch->plan, segments, err));
        kith_stamp_set(batch->plan);
    }
    if (!out)
        return KITH_OK;
    *out = new_answer(batch->plan);
    return account(batch->plan, segments, *out, err);
}

int64_t
kith_batch_shards(const kith_batch *batch)
{
    const kith_plan *plan = batch->plan;
    double seconds = 0;
    int64_t shards, firsts = 0;

    for (guint i = 0; i < plan->datasets->len; i++) {
        seconds += kith_plan_seconds(plan, kith_plan_dataset_at(plan, i));
        firsts += kith_plan_dataset_at(plan, i)->first == i;
    }
    shards = (int64_t)ceil(seconds / (plan->shard_seconds * (double)plan->cpus));
    return CLAMP(shards, 1, MIN(plan->max_shards, firsts));
}

void
kith_batch_commands(const kith_batch *batch, const char *program, int64_t shards, kith_sink *sink)
{
    g_autofree char *folder = g_shell_quote(batch->plan->folder), *quoted = g_shell_quote(program);

    shards = shards > 0 ? shards : kith_batch_shards(batch);
    for (int64_t i = 0; i < shards; i++)
        kith_sink_printf(sink,
                         "%s batch worker --quiet --slots %" G_GINT64_FORMAT
                         " --shard %" G_GINT64_FORMAT " --shards %" G_GINT64_FORMAT " %s\n",
                         quoted, batch->plan->cpus, i, shards, folder);
}

kith_status
kith_batch_condor(const kith_batch *batch, const char *program, int64_t shards, kith_sink *sink,
                  kith_error *err)
{
    g_autofree char *logs = g_build_filename(batch->plan->folder, "logs", NULL);

    g_mkdir_with_parents(logs, 0700);
    return kith_condor_write(batch->plan, program, shards > 0 ? shards : kith_batch_shards(batch),
                             sink, err);
}

kith_status
kith_batch_submit(const kith_batch *batch, const char *program, bool again, kith_answer **out,
                  kith_error *err)
{
    TRY(kith_plan_save(batch->plan, err));
    return kith_slurm_submit(batch->plan, kith_batch_shards(batch), program, again, out, err);
}
