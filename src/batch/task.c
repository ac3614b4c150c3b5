/* SPDX-License-Identifier: GPL-3.0-or-later */
/* task.c - load once, answer every point, write a line for each. */
#include "batch/task.h"
#include "base/json_out.h"
#include "batch/autopsy.h"
#include "batch/borrow.h"
#include <fcntl.h>
#include <kith/kith.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LARGEST_FILE (INT64_C(16) << 30)

static void
soft_limit(int what, rlim_t most)
{
    struct rlimit l;

    getrlimit(what, &l);
    l.rlim_cur = MIN(most, l.rlim_max);
    setrlimit(what, &l);
}

int64_t
kith_task_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
limit(int what, rlim_t most)
{
    struct rlimit l = {most, most};

    setrlimit(what, &l);
}

#ifndef __SANITIZE_ADDRESS__ /* it maps more than any machine has */
/* How much address space the process has by now: a limit counts from there. */
static int64_t
address_space(void)
{
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = file < 0 ? 0 : read(file, text, sizeof text - 1);

    if (file >= 0)
        close(file);
    return n > 0 ? strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE) : 0;
}
#endif

void
kith_task_limit(const kith_plan *plan, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, LARGEST_FILE);
#ifndef __SANITIZE_ADDRESS__
    if (plan->memory)
        limit(RLIMIT_AS, (rlim_t)(address_space() + plan->memory + plan->memory / 10));
#else
    (void)plan; /* a sanitizer maps terabytes */
#endif
}

/* --- a line ---------------------------------------------------------------------------------- */

static void
put_table(kith_json *json, const kith_table *t, int64_t most)
{
    int64_t rows = most ? MIN(most, kith_table_rows(t)) : kith_table_rows(t);

    kith_json_object(json, KITH_JSON_INLINE);
    kith_json_key(json, "table");
    kith_json_text(json, kith_table_name(t));
    kith_json_key(json, "columns");
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t c = 0; c < kith_table_columns(t); c++)
        kith_json_text(json, kith_table_column(t, c)->name);
    kith_json_end(json);
    kith_json_key(json, "rows");
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t r = 0; r < rows; r++) {
        kith_json_array(json, KITH_JSON_INLINE);
        for (int64_t c = 0; c < kith_table_columns(t); c++) {
            kith_cell cell;

            kith_table_cell(t, r, c, &cell);
            kith_json_cell(json, kith_table_column(t, c)->type, &cell);
        }
        kith_json_end(json);
    }
    kith_json_end(json);
    kith_json_end(json);
}

static int64_t
peak_memory(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return (int64_t)used.ru_maxrss * 1024;
}

static double
now(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct timing {
    double wall, cpu;
};

static struct timing
time_now(void)
{
    return (struct timing){now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID)};
}

static void
put_timing(kith_json *json, const struct timing *since)
{
    struct timing t = time_now();

    kith_json_object(json, KITH_JSON_INLINE);
    kith_json_key(json, "wall");
    kith_json_real(json, t.wall - since->wall);
    kith_json_key(json, "cpu");
    kith_json_real(json, t.cpu - since->cpu);
    kith_json_key(json, "peak");
    kith_json_integer(json, peak_memory());
    kith_json_key(json, "host");
    kith_json_text(json, g_get_host_name());
    kith_json_key(json, "process");
    kith_json_integer(json, getpid());
    kith_json_end(json);
}

static void
put_answer(kith_json *json, const kith_plan *plan, const kith_answer *answer, const char *message)
{
    kith_json_object(json, KITH_JSON_INLINE);
    kith_json_key(json, "message");
    kith_json_text(json, message);
    kith_json_key(json, "notes");
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < kith_answer_notes(answer); i++)
        kith_json_text(json, kith_answer_note_at(answer, i));
    kith_json_end(json);
    kith_json_key(json, "tables");
    kith_json_array(json, KITH_JSON_INLINE);
    for (int64_t i = 0; i < kith_answer_tables(answer); i++)
        put_table(json, kith_answer_table_at(answer, i), plan->rows);
    kith_json_end(json);
    kith_json_end(json);
}

/* The line of a unit that was answered; `message` says why there is no answer, NULL when there is one. */
static kith_status
write_answer(const kith_task *task, const char *key, const kith_answer *answer, const char *message,
             const struct timing *since, kith_error *err)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    g_autoptr(kith_json) json = kith_json_new(sink, false);
    g_autoptr(GString) line = g_string_new(NULL);
    const char *bytes;
    size_t size;

    kith_json_array(json, KITH_JSON_INLINE);
    put_timing(json, since);
    put_answer(json, task->plan, answer, message);
    kith_json_end(json);
    bytes = kith_sink_bytes(sink, &size);
    g_string_printf(line, "{\"key\":\"%s\",\"state\":\"%s\",\"done\":", key,
                    message ? "none" : "ok");
    g_string_append_len(line, bytes, (gssize)(size && bytes[size - 1] == '\n' ? size - 1 : size));
    g_string_append(line, ",\"end\":true}\n");
    return kith_segment_write(task->segment, line->str, line->len, err);
}

/* --- the work -------------------------------------------------------------------------------- */

static kith_failure
failure_of(kith_status status)
{
    switch (status) {
    case KITH_ERR_NO_MEMORY:
        return KITH_FAILED_MEMORY;
    case KITH_ERR_NUMERIC:
    case KITH_ERR_INTERNAL:
    case KITH_ERR_STORE:
    case KITH_ERR_IO: /* of a file that was there when the batch was planned: the next run tries again */
        return KITH_FAILED_INTERNAL;
    default:
        return KITH_FAILED_INPUT;
    }
}

/* A unit is written: the next one begins. */
static void
put_behind(const kith_task *task, bool failed)
{
    if (failed)
        atomic_fetch_add(&task->place->failed, 1);
    atomic_store(&task->place->since, kith_task_now());
    atomic_fetch_add(&task->place->behind, 1);
}

/* Which of many allocations fails is chance; what is told of it is not to be. @return yours */
static char *
words_of(const kith_plan *plan, const kith_plan_dataset *d, const kith_error *e)
{
    bool own = g_str_has_prefix(e->source, d->path);
    g_autofree char *mark = kith_plan_mark(d), *place = NULL;

    if (e->status == KITH_ERR_NO_MEMORY && plan->memory)
        return kith_autopsy_starved(plan);
    if (e->line == 0)
        return g_strdup(e->message);
    place = g_strdup_printf("%s%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ": ", own ? mark : "",
                            e->source + (own ? strlen(d->path) : 0), e->line, e->column);
    return g_strconcat(place, e->message, NULL);
}

/* The data set whose file is read for a unit. */
static const kith_plan_dataset *
read_as(const kith_plan *plan, int64_t unit)
{
    const kith_plan_dataset *d = kith_plan_dataset_at(plan, unit / plan->points->len);

    return kith_plan_dataset_at(plan, d->first);
}

/* The plan knows who reads a file, so that it need not be told again; NULL: it is an archive, or a book. */
static const char *
known(const char *reader)
{
    return reader && *reader ? reader : NULL;
}

static kith_status
load(const kith_plan_dataset *d, kith_builder *builder, kith_graph **graph, kith_error *err)
{
    kith_load_options options = {.importer = d->format ? d->format : known(d->reader),
                                 .import = {.directed = d->directed,
                                            .undirected = d->undirected,
                                            .weight = d->weight,
                                            .map = d->map}};
    kith_build_options build = {.as_of = KITH_TIME_NONE, .owner = d->me, .at_last_fact = true};
    g_autofree char *mark = kith_plan_mark(d);

    if (d->as_of && !kith_time_parse(d->as_of, &build.as_of, NULL))
        return kith_fail(err, KITH_ERR_INTERNAL, "bad date '%s' in the plan", d->as_of);
    kith_builder_call(builder, d->path, mark);
    TRY(kith_load(d->path, &options, builder, err));
    return kith_builder_build(builder, &build, graph, err);
}

/* Memory that ran short behind other data sets may be theirs: a new process tries again. */
static bool
is_for_another(const kith_task *task, int64_t unit, kith_status status)
{
    int64_t points = task->plan->points->len;

    return status == KITH_ERR_NO_MEMORY && unit / points != task->units[0] / points;
}

static kith_status
answer_point(const kith_task *task, int64_t unit, const kith_graph *graph,
             const struct timing *since, kith_error *err)
{
    const kith_plan *plan = task->plan;
    const kith_plan_point *p = kith_plan_point_at(plan, unit % plan->points->len);
    const kith_plan_dataset *d = read_as(plan, unit);
    kith_question question = {.graph = graph,
                              .seed = kith_plan_unit_seed(plan, unit),
                              .threads = plan->threads,
                              .weighted = d->weight != NULL};
    g_autofree void *values = g_malloc0(p->pass->options_size + 1);
    g_autofree char *words = NULL;
    const char *key = kith_plan_key(plan, unit);
    kith_answer *answer = NULL;
    kith_error e = {0};
    kith_status status = KITH_OK, written;

    kith_options_init(p->pass->options, values);
    for (int i = 0; p->values[i] && status == KITH_OK; i++)
        if (*p->values[i])
            status = kith_options_set(p->pass->options, values, p->pass->options[i].name,
                                      p->values[i], &e);
    if (status == KITH_OK)
        status = kith_ask(p->pass, &question, values, &answer, &e);
    if (is_for_another(task, unit, status))
        return status;
    words = words_of(plan, d, &e);
    if (answer)
        written = write_answer(task, key, answer, status == KITH_OK ? NULL : words, since, err);
    else
        written = kith_segment_fail(task->segment, plan, key, failure_of(status), words, NULL, err);
    if (written == KITH_OK)
        put_behind(task, !answer);
    kith_answer_free(answer);
    return written;
}

/* A data set that cannot be read fails all its points for one reason. */
static kith_status
fail_all(const kith_task *task, const int64_t *units, int64_t n, const kith_error *e,
         kith_error *err)
{
    g_autofree char *message = words_of(task->plan, read_as(task->plan, units[0]), e);

    for (int64_t i = 0; i < n; i++) {
        TRY(kith_segment_fail(task->segment, task->plan, kith_plan_key(task->plan, units[i]),
                              failure_of(e->status), message, NULL, err));
        put_behind(task, true);
    }
    return KITH_OK;
}

static kith_status
answer_all(const kith_task *task, const int64_t *units, int64_t n, const kith_graph *graph,
           struct timing since, kith_error *err)
{
    for (int64_t i = 0; i < n; i++) {
        if (i > 0)
            since = time_now();
        TRY(answer_point(task, units[i], graph, &since, err));
    }
    return KITH_OK;
}

static kith_status
do_dataset(const kith_task *task, const int64_t *units, int64_t n, kith_error *err)
{
    kith_builder *builder = kith_builder_new();
    struct timing since = time_now();
    kith_graph *graph = NULL;
    kith_error e = {0};
    kith_status status;

    status = load(read_as(task->plan, units[0]), builder, &graph, &e);
    if (status == KITH_OK)
        status = answer_all(task, units, n, graph, since, err);
    else if (!is_for_another(task, units[0], status))
        status = fail_all(task, units, n, &e, err);
    kith_graph_free(graph);
    kith_builder_free(builder);
    return status;
}

/* A watcher that hangs does not let a process run for ever. */
static void
limit_time(const kith_plan *plan, int64_t points)
{
    struct rusage used;

    if (plan->seconds <= 0)
        return;
    getrusage(RUSAGE_SELF, &used);
    soft_limit(RLIMIT_CPU, (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 10 +
                               (rlim_t)(plan->seconds * (double)(plan->threads * points) * 10));
}

/* What a data set said belongs to it alone. */
static void
forget_words(void)
{
    struct stat s;

    if (fstat(STDERR_FILENO, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 &&
        ftruncate(STDERR_FILENO, 0) != 0) { /* then older words stand before newer ones */
    }
}

/* The units of one data set. */
struct portion {
    const kith_task *task;
    const int64_t *units;
    int64_t n;
};

static int
do_portion(void *opaque)
{
    const struct portion *p = opaque;
    kith_status status;

    forget_words();
    limit_time(p->task->plan, p->n);
    status = do_dataset(p->task, p->units, p->n, NULL);
    if (status == KITH_ERR_NO_MEMORY)
        return KITH_TASK_REST;
    return status == KITH_OK ? KITH_TASK_DONE : KITH_TASK_UNWRITABLE;
}

/* Several data sets have a process each that borrows this one's memory; a single one has all of this process. */
static int
run_portion(struct portion *p, const kith_borrow *memory)
{
    int end = memory->stack ? kith_borrow_run(memory, do_portion, p, &p->task->place->group) : -1;

    return end < 0 ? do_portion(p) : end;
}

static int64_t
dataset_of(const kith_task *task, int64_t i)
{
    return task->units[i] / task->plan->points->len;
}

static int
run_portions(const kith_task *task, const kith_borrow *memory)
{
    for (int64_t i = 0, end; i < task->n; i = end) {
        int ended;

        for (end = i + 1; end < task->n && dataset_of(task, end) == dataset_of(task, i);)
            end++;
        if (i > 0 && atomic_load(&task->place->drain))
            return KITH_TASK_REST;
        ended = run_portion(&(struct portion){task, task->units + i, end - i}, memory);
        if (ended != KITH_TASK_DONE)
            return ended;
    }
    return KITH_TASK_DONE;
}

int
kith_task_run(const kith_task *task)
{
    kith_borrow memory = {0};
    int end;

    /* What a data set gives back is kept for the next one: fresh pages cost more than reading a small file. */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    if (dataset_of(task, 0) != dataset_of(task, task->n - 1) && !kith_borrow_init(&memory))
        return KITH_TASK_STARVED;
    end = run_portions(task, &memory);
    kith_borrow_clear(&memory);
    return end;
}
