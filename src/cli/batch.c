/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch.c - `kith batch`: a manifest planned, run, watched, collected. */
#include "cli/batch_progress.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct batch_options {
    const char *action;
    const char *into, *engine, *emit, *progress;
    int64_t slots, shard, shards, max_failures;
    bool again, wait;
};

#define S struct batch_options
static const kith_option options[] = {
    {.type = KITH_OPTION_TYPE_CHOICE,
     .name = "action",
     .offset = offsetof(S, action),
     .fallback = "run",
     .choices = "plan|run|status|collect|retry|worker",
     .argument = "ACTION",
     .about = "plan: what would be done; run: do it and collect; status: how far it is; collect: "
              "write the tables; retry: do again what failed; worker: one shard of it"},
    KITH_OPTION_TEXT(
        S, into, 0, "FOLDER", NULL, false,
        "where the results go; without it as the manifest says, else its name with .batch"),
    KITH_OPTION_TEXT(S, engine, 0, "NAME", NULL, false,
                     "local or slurm, instead of the manifest's"),
    KITH_OPTION_INT(S, slots, 'j', "0", 0, 4096,
                    "processes at once; 0 for as many as there are cores"),
    KITH_OPTION_INT(S, shard, 0, "0", 0, 1e9, "which shard a worker does, from 0"),
    KITH_OPTION_INT(
        S, shards, 0, "0", 0, 1e9,
        "how many shards there are; plan makes so many commands, 0 for as the manifest says"),
    KITH_OPTION_INT(S, max_failures, 0, "0", 0, 1e12,
                    "stop when more units than this have failed; 0 for never"),
    KITH_OPTION_CHOICE(
        S, emit, "table", "table|commands|condor",
        "what plan prints: tables, one command a shard for other engines, or a submit "
        "description for HTCondor"),
    KITH_OPTION_CHOICE(S, progress, "auto", "auto|json|none",
                       "a bar or lines, lines of JSON, or nothing"),
    KITH_OPTION_FLAG(S, again, "a worker also does what failed for good before"),
    KITH_OPTION_FLAG(S, wait, "wait until Slurm has done it all, then print what came out"),
    KITH_OPTION_END,
};
#undef S

static bool
is_folder(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static kith_status
print(kith_answer *answer, const arguments *a, kith_error *err)
{
    kith_document *document = kith_document_new("batch", NULL);
    kith_status status;

    kith_document_add(document, answer);
    status = output_write(document, &a->global, "text", err);
    kith_document_free(document);
    return status;
}

/* A manifest is planned, a folder was. */
static kith_status
open_batch(const arguments *a, const struct batch_options *o, kith_batch **out, kith_error *err)
{
    if (a->n_files != 1)
        return kith_fail(err, KITH_ERR_ARGUMENT, "%s (expected one manifest or folder)",
                         a->n_files ? "several files" : "no manifest given");
    if (o->engine && strcmp(o->engine, "local") != 0 && strcmp(o->engine, "slurm") != 0)
        return kith_fail(err, KITH_ERR_ARGUMENT, "bad engine '%s' (expected local, slurm)",
                         o->engine);
    return is_folder(a->files[0]) ? kith_batch_open(a->files[0], out, err)
                                  : kith_batch_plan(a->files[0], o->into, out, err);
}

static const char *
program(void)
{
    static char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    if (n <= 0)
        return "kith";
    path[n] = '\0';
    return path;
}

static kith_status
plan(const arguments *a, const struct batch_options *o, const kith_batch *batch, kith_error *err)
{
    kith_sink *out = NULL;
    kith_answer *answer;
    kith_status status;

    if (strcmp(o->emit, "table") == 0) {
        status = kith_batch_describe(batch, &answer, err);
        return status == KITH_OK ? print(answer, a, err) : status;
    }
    /* Those commands open the folder, so the plan must be in it. */
    status = kith_batch_save(batch, err);
    if (status == KITH_OK)
        status = output_stdout(&out, err);
    if (status == KITH_OK && strcmp(o->emit, "condor") == 0)
        status = kith_batch_condor(batch, program(), o->shards, out, err);
    else if (status == KITH_OK)
        kith_batch_commands(batch, program(), o->shards, out);
    if (status == KITH_OK)
        status = kith_sink_commit(out, err);
    kith_sink_free(out);
    return status;
}

/* What Slurm lent this shard, in bytes; 0 outside of it. */
static int64_t
lent_memory(void)
{
    const char *megabytes = getenv("SLURM_MEM_PER_NODE");

    return megabytes ? strtoll(megabytes, NULL, 10) << 20 : 0;
}

static kith_status
work(const arguments *a, const struct batch_options *o, const kith_batch *batch, bool again,
     kith_error *err)
{
    batch_progress shown = {a->global.quiet                    ? BATCH_PROGRESS_NONE
                            : strcmp(o->progress, "json") == 0 ? BATCH_PROGRESS_JSON
                            : strcmp(o->progress, "none") == 0 ? BATCH_PROGRESS_NONE
                                                               : BATCH_PROGRESS_BAR,
                            0, -1, false};
    kith_batch_progress reached;
    kith_batch_options run = {.slots = o->slots,
                              .shard = o->shard,
                              .shards = o->shards,
                              .again = again || o->again,
                              .max_failures = o->max_failures,
                              .memory = lent_memory(),
                              .watch = batch_progress_watch,
                              .payload = &shown};
    kith_status status;

    if (o->shards && o->shard >= o->shards)
        return kith_fail(err, KITH_ERR_ARGUMENT, "shard %lld of %lld (they count from 0)",
                         (long long)o->shard, (long long)o->shards);
    batch_progress_catch_signals();
    status = kith_batch_run(batch, &run, &reached, err);
    batch_progress_end(&shown, &reached);
    return status;
}

static kith_status
collect(const arguments *a, const kith_batch *batch, kith_error *err)
{
    kith_answer *answer = NULL;
    kith_error told = {0};
    kith_status status = kith_batch_collect(batch, &answer, &told), written = KITH_OK;

    if (answer) {
        kith_answer_note(answer, "written into %s: results, top, timing, failures and index.html",
                         kith_batch_folder(batch));
        written = print(answer, a, err);
    }
    if (written != KITH_OK || status == KITH_OK)
        return written;
    return kith_fail_at(err, status, told.source, told.line, told.column, "%s", told.message);
}

/* Waits until nothing is open any more, or nothing has happened for a long while. */
static kith_status
wait_for_slurm(const kith_batch *batch, kith_error *err)
{
    struct timespec second = {1, 0};

    batch_progress_catch_signals();
    for (;;) {
        kith_answer *answer = NULL;
        kith_batch_progress none = {0};
        batch_progress quiet = {BATCH_PROGRESS_NONE, 0, -1, false};
        kith_status status = kith_batch_status(batch, &answer, err);
        int64_t open = 1;
        bool queued = false;

        if (status != KITH_OK)
            return status;
        for (int64_t i = 0; i < kith_table_rows(kith_answer_find_table(answer, "units")); i++) {
            kith_cell cell;

            kith_table_cell(kith_answer_find_table(answer, "units"), i, 1, &cell);
            open = cell.integer; /* the last row: not done yet */
        }
        for (int64_t i = 0; i < kith_answer_notes(answer); i++)
            queued |= strncmp(kith_answer_note_at(answer, i), "job ", 4) == 0;
        kith_answer_free(answer);
        if (open == 0 || !queued)
            return KITH_OK;
        if (batch_progress_watch(&quiet, &none) != KITH_BATCH_GO_ON)
            return kith_fail(err, KITH_ERR_UNFINISHED, "no longer waiting; Slurm goes on");
        nanosleep(&second, NULL);
    }
}

static kith_status
submit(const arguments *a, const struct batch_options *o, const kith_batch *batch, bool again,
       kith_error *err)
{
    kith_answer *answer = NULL;
    kith_status status = kith_batch_submit(batch, program(), again, &answer, err);

    if (status != KITH_OK)
        return status;
    if (!o->wait)
        return print(answer, a, err);
    kith_answer_free(answer);
    status = wait_for_slurm(batch, err);
    return status == KITH_OK ? collect(a, batch, err) : status;
}

static kith_status
run_all(const arguments *a, const struct batch_options *o, const kith_batch *batch, bool again,
        kith_error *err)
{
    const char *engine = o->engine ? o->engine : kith_batch_engine(batch);
    kith_status status;

    if (strcmp(engine, "slurm") == 0)
        return submit(a, o, batch, again, err);
    status = kith_batch_save(batch, err);
    if (status == KITH_OK)
        status = work(a, o, batch, again, err);
    return status == KITH_OK ? collect(a, batch, err) : status;
}

static kith_status
status_of(const arguments *a, const kith_batch *batch, kith_error *err)
{
    kith_answer *answer = NULL;
    kith_status status = kith_batch_status(batch, &answer, err);

    return status == KITH_OK ? print(answer, a, err) : status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct batch_options *o = a->own;
    kith_batch *batch = NULL;
    kith_status status = open_batch(a, o, &batch, err);

    (void)v;
    if (status != KITH_OK)
        return status;
    if (strcmp(o->action, "plan") == 0)
        status = plan(a, o, batch, err);
    else if (strcmp(o->action, "status") == 0)
        status = status_of(a, batch, err);
    else if (strcmp(o->action, "collect") == 0)
        status = collect(a, batch, err);
    else if (strcmp(o->action, "worker") == 0)
        status = work(a, o, batch, false, err);
    else
        status = run_all(a, o, batch, strcmp(o->action, "retry") == 0, err);
    kith_batch_free(batch);
    return status;
}

const verb verb_batch = {
    .name = "batch",
    .group = "research",
    .summary = "many data sets x passes x parameters, here or on a Slurm cluster",
    .details = "Reads a manifest (YAML): data sets by file, glob, folder or table; a grid of "
               "passes and parameters; limits, seed and "
               "engine. Every data set is read by a process of its own, with limits of memory and "
               "time; one that dies costs the point "
               "it was at. Results are the same bytes whatever the engine, the number of processes "
               "and the interruptions; what is "
               "done stays done, so the same command goes on where it stopped. Ctrl-C once "
               "finishes what runs, twice stops; exit "
               "status 3 says that it can be gone on with, 1 that some units failed (failures.csv "
               "says which, why, and how to repeat "
               "them).",
    .example = "batch plan datasets/study.yaml",
    .options = options,
    .options_size = sizeof(struct batch_options),
    .words = 1,
    .run = run,
};
