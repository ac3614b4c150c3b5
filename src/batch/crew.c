/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crew.c - starts, watches, ends and classifies processes; one loop over their pipes. */
#include "batch/crew.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <omp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 100
#define GRACE 2.0 /* seconds from TERM to KILL */
#define EXIT_UNWRITABLE 74
#define LOG_KEPT 65536
#define LOG_TOLD 2000
#define SHARE_OF_MEMORY 0.85

struct slot {
    pid_t pid; /* 0: idle */
    int pipe, segment, log;
    char *segment_path, *log_path;
    kith_crew_task *task;
    guint done;         /* units of the task behind it */
    int64_t unit;       /* the point it is at, -1 before the first */
    double since;       /* when that point began */
    double kill_at;     /* after TERM was sent; 0 before */
    bool late, stopped; /* why TERM was sent */
    int64_t memory;     /* estimate */
    char rest[64];      /* of a message not whole yet */
    size_t rest_length;
};

struct crew {
    const kith_plan *plan;
    const kith_batch_options *options;
    kith_batch_progress *progress;
    GArray *tasks;
    guint next;
    GQueue again; /* kith_crew_task whose process died */
    struct slot *slots;
    int64_t n, busy, memory, room;
    double started;
    kith_batch_wish wish;
    GHashTable *tries; /* unit -> crashes in this run */
    kith_error trouble;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* --- tasks ----------------------------------------------------------------------------------- */

static void
clear_task(gpointer data)
{
    kith_crew_task *task = data;

    if (task->units)
        g_array_free(task->units, TRUE);
}

static int
compare_tasks(gconstpointer a, gconstpointer b, gpointer data)
{
    const kith_crew_task *x = a, *y = b;
    const kith_plan *plan = data;
    int64_t p = kith_plan_dataset_at(plan, x->dataset)->bytes,
            q = kith_plan_dataset_at(plan, y->dataset)->bytes;

    if (p != q)
        return p > q ? -1 : 1;
    return x->dataset < y->dataset ? -1 : x->dataset > y->dataset;
}

static double
weight_of(const kith_plan *plan, int64_t unit)
{
    return kith_plan_edges(kith_plan_dataset_at(plan, unit / plan->points->len));
}

static GArray *
pending_units(const kith_plan *plan, const kith_segments *segments, bool again, int64_t dataset,
              kith_batch_progress *progress)
{
    GArray *units = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint p = 0; p < plan->points->len; p++) {
        int64_t unit = dataset * plan->points->len + p;
        char key[KITH_KEY_LENGTH + 1];
        const kith_outcome *o = kith_segments_find(segments, kith_plan_key(plan, unit, key));
        bool failed = o && o->failure != KITH_FAILED_NOT;

        progress->units++;
        progress->work += weight_of(plan, unit);
        if (kith_segments_done(segments, plan, key) && !(failed && again)) {
            progress->finished += weight_of(plan, unit);
            *(failed ? &progress->failed : &progress->cached) += 1;
        } else {
            g_array_append_val(units, unit);
        }
    }
    return units;
}

GArray *
kith_crew_tasks(const kith_plan *plan, const kith_segments *segments, bool again, int64_t shard,
                int64_t shards, kith_batch_progress *progress)
{
    g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(kith_crew_task));
    GArray *mine = g_array_new(FALSE, TRUE, sizeof(kith_crew_task));

    g_array_set_clear_func(mine, clear_task);
    for (guint d = 0; d < plan->datasets->len; d++) {
        kith_crew_task task = {d, NULL};

        if (kith_plan_dataset_at(plan, d)->first == d)
            g_array_append_val(all, task);
    }
    g_array_sort_with_data(all, compare_tasks, (gpointer)plan);
    for (guint i = 0; i < all->len; i++) {
        kith_crew_task task = g_array_index(all, kith_crew_task, i);

        if (shards > 0 && i % shards != shard)
            continue;
        task.units = pending_units(plan, segments, again, task.dataset, progress);
        if (task.units->len)
            g_array_append_val(mine, task);
        else
            g_array_free(task.units, TRUE);
    }
    return mine;
}

/* --- starting -------------------------------------------------------------------------------- */

static kith_status
prepare_slot(struct crew *p, struct slot *s, int64_t number, kith_error *err)
{
    g_autofree char *logs = g_build_filename(p->plan->folder, "logs", NULL);

    if (s->segment_path)
        return KITH_OK;
    s->segment = kith_segment_open(p->plan->folder, number, &s->segment_path, err);
    if (s->segment < 0)
        return KITH_ERR_IO;
    g_mkdir_with_parents(logs, 0700);
    s->log_path = g_strdup_printf("%s/%s-%d-%" G_GINT64_FORMAT ".part", logs, g_get_host_name(),
                                  (int)getpid(), number);
    s->log = open(s->log_path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    return s->log >= 0 ? KITH_OK
                       : kith_fail_at(err, KITH_ERR_IO, s->log_path, 0, 0, "cannot be made: %s",
                                      kith_errno_text(errno));
}

static void
live(const struct crew *p, const struct slot *s, int pipe, pid_t parent)
{
    kith_task task = {p->plan, &g_array_index(s->task->units, int64_t, s->done),
                      s->task->units->len - s->done, s->segment, pipe};
    kith_error err = {0};

    signal(SIGINT, SIG_IGN); /* the supervisor decides */
    signal(SIGTERM, SIG_DFL);
    dup2(s->log, STDERR_FILENO);
    omp_set_num_threads((int)p->plan->threads);
    kith_task_limit(p->plan, parent);
    _exit(kith_task_run(&task, &err) == KITH_OK ? 0 : EXIT_UNWRITABLE);
}

static kith_status
start(struct crew *p, struct slot *s, kith_crew_task *task, guint done, kith_error *err)
{
    pid_t parent = getpid();
    int ends[2];

    TRY(prepare_slot(p, s, s - p->slots, err));
    if (pipe2(ends, O_CLOEXEC) != 0)
        return kith_fail(err, KITH_ERR_IO, "no pipe: %s", kith_errno_text(errno));
    s->task = task;
    s->done = done;
    if (ftruncate(s->log, 0) != 0) { /* then an older log stands before the new one */
    }
    s->pid = fork();
    if (s->pid == 0) {
        setpgid(0, 0);
        live(p, s, ends[1], parent);
    }
    close(ends[1]);
    if (s->pid < 0) {
        s->pid = 0;
        close(ends[0]);
        return kith_fail(err, KITH_ERR_IO, "no process: %s", kith_errno_text(errno));
    }
    setpgid(s->pid, s->pid);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    s->pipe = ends[0];
    s->unit = -1;
    s->since = now();
    s->kill_at = 0;
    s->late = s->stopped = false;
    s->rest_length = 0;
    s->memory = kith_plan_memory(kith_plan_dataset_at(p->plan, task->dataset));
    p->memory += s->memory;
    p->busy++;
    return KITH_OK;
}

/* --- telling --------------------------------------------------------------------------------- */

static kith_status
fail_unit(struct crew *p, const struct slot *s, int64_t unit, kith_failure failure,
          const char *message, const char *log, kith_error *err)
{
    char key[KITH_KEY_LENGTH + 1];

    return kith_segment_fail(s->segment, p->plan, kith_plan_key(p->plan, unit, key), failure,
                             message, log, err);
}

static void
count_finished(struct crew *p, int64_t unit)
{
    p->progress->finished += weight_of(p->plan, unit);
}

static void
take_message(struct crew *p, struct slot *s, const char *text)
{
    int64_t unit = g_ascii_strtoll(text + 1, NULL, 10);

    if (text[0] == 's') {
        s->unit = unit;
        s->since = now();
    } else {
        s->unit = -1;
        s->since = now();
        s->done++;
        *(text[0] == 'd' ? &p->progress->done : &p->progress->failed) += 1;
        count_finished(p, unit);
    }
}

/* Reads what a process announced. @return false at its end */
static bool
hear(struct crew *p, struct slot *s)
{
    for (;;) {
        ssize_t n = read(s->pipe, s->rest + s->rest_length, sizeof s->rest - 1 - s->rest_length);
        char *line = s->rest, *stop;

        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return false;
        s->rest[s->rest_length + (size_t)n] = '\0';
        while ((stop = strchr(line, '\n')) != NULL) {
            *stop = '\0';
            take_message(p, s, line);
            line = stop + 1;
        }
        s->rest_length = strlen(line);
        memmove(s->rest, line, s->rest_length);
    }
}

/* The first and last 64 kB of what a process said before it died, kept in a file of the task's own. */
static char *
keep_log(struct crew *p, const struct slot *s)
{
    g_autofree char *text = NULL, *path = NULL;
    gsize length;

    if (!g_file_get_contents(s->log_path, &text, &length, NULL) || length == 0)
        return g_strdup("");
    path = g_strdup_printf("%s/logs/%s.log", p->plan->folder,
                           kith_plan_dataset_at(p->plan, s->task->dataset)->sha256);
    if (length > 2 * LOG_KEPT) {
        memmove(text + LOG_KEPT, text + length - LOG_KEPT, LOG_KEPT);
        text[LOG_KEPT] = '\n';
        length = 2 * LOG_KEPT;
    }
    g_file_set_contents(path, text, (gssize)length, NULL);
    return g_strndup(text + (length > LOG_TOLD ? length - LOG_TOLD : 0), MIN(length, LOG_TOLD));
}

/* --- ends ------------------------------------------------------------------------------------ */

static kith_failure
classify(const struct crew *p, const struct slot *s, int status, const struct rusage *used,
         const char *log)
{
    bool starved = strstr(log, "failed to allocate") || strstr(log, "Cannot allocate memory") ||
                   strstr(log, "out of memory") || strstr(log, "bad_alloc") ||
                   (p->plan->memory && (int64_t)used->ru_maxrss * 1024 > p->plan->memory);

    if (s->late || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        return KITH_FAILED_TIME;
    if (starved || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && !s->stopped))
        return KITH_FAILED_MEMORY;
    return KITH_FAILED_CRASH;
}

static char *
describe(const struct crew *p, kith_failure failure, int status, const struct rusage *used)
{
    if (failure == KITH_FAILED_TIME)
        return g_strdup_printf("took longer than %g s", p->plan->seconds);
    if (failure == KITH_FAILED_MEMORY)
        return p->plan->memory
                   ? g_strdup_printf("out of memory (limit %" G_GINT64_FORMAT " MB)",
                                     p->plan->memory >> 20)
                   : g_strdup_printf("killed, as by the system when memory is short (peak %ld MB)",
                                     used->ru_maxrss >> 10);
    if (WIFSIGNALED(status))
        return g_strdup_printf("died of signal %d (%s)", WTERMSIG(status),
                               g_strsignal(WTERMSIG(status)));
    return g_strdup_printf("ended with exit code %d", WEXITSTATUS(status));
}

/* The unit a process died of: told, and put behind the others if it may be tried again. */
static kith_status
bury(struct crew *p, struct slot *s, int status, const struct rusage *used, kith_error *err)
{
    GArray *units = s->task->units;
    int64_t unit = s->unit >= 0 ? s->unit : g_array_index(units, int64_t, s->done);
    g_autofree char *log = keep_log(p, s);
    kith_failure failure = classify(p, s, status, used, log);
    g_autofree char *message = describe(p, failure, status, used);
    int64_t *key = g_memdup2(&unit, sizeof unit);
    int64_t tries = GPOINTER_TO_INT(g_hash_table_lookup(p->tries, &unit)) + 1;

    g_hash_table_replace(p->tries, key, GINT_TO_POINTER((int)tries));
    TRY(fail_unit(p, s, unit, failure, message, log, err));
    s->done++;
    if (failure == KITH_FAILED_CRASH && tries <= p->plan->retries) {
        g_array_append_val(units, unit);
        return KITH_OK;
    }
    p->progress->failed++;
    count_finished(p, unit);
    return KITH_OK;
}

static kith_status
end_slot(struct crew *p, struct slot *s, kith_error *err)
{
    struct rusage used;
    int status = 0;

    while (wait4(s->pid, &status, 0, &used) < 0 && errno == EINTR)
        ;
    kill(-s->pid, SIGKILL); /* whatever it may have started */
    close(s->pipe);
    s->pid = 0;
    p->busy--;
    p->memory -= s->memory;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_UNWRITABLE)
        return kith_fail_at(err, KITH_ERR_IO, s->segment_path, 0, 0,
                            "results cannot be written (is the disk full?); what is done is kept");
    if (s->stopped && !s->late)
        return KITH_OK;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        TRY(bury(p, s, status, &used, err));
    if (s->done < s->task->units->len) {
        g_array_remove_range(s->task->units, 0, s->done);
        g_queue_push_tail(&p->again, s->task);
    }
    return KITH_OK;
}

/* --- the loop -------------------------------------------------------------------------------- */

static void
ask_to_end(struct slot *s, double t)
{
    kill(-s->pid, SIGTERM);
    s->kill_at = t + GRACE;
}

static void
mind_the_clock(struct crew *p)
{
    double t = now();

    for (int64_t i = 0; i < p->n; i++) {
        struct slot *s = &p->slots[i];

        if (!s->pid)
            continue;
        if (s->kill_at > 0 && t > s->kill_at) {
            kill(-s->pid, SIGKILL);
        } else if (s->kill_at == 0 && p->plan->seconds > 0 && t - s->since > p->plan->seconds) {
            s->late = true;
            ask_to_end(s, t);
        } else if (s->kill_at == 0 && p->wish == KITH_BATCH_STOP) {
            s->stopped = true;
            ask_to_end(s, t);
        }
    }
}

static void
watch(struct crew *p)
{
    kith_batch_progress *progress = p->progress;

    progress->running = p->busy;
    progress->seconds = now() - p->started;
    if (p->options->watch)
        p->wish = MAX(p->wish, p->options->watch(p->options->payload, progress));
    if (p->options->max_failures && progress->failed > p->options->max_failures)
        p->wish = MAX(p->wish, KITH_BATCH_DRAIN);
}

static kith_crew_task *
next_task(struct crew *p)
{
    if (!g_queue_is_empty(&p->again))
        return g_queue_pop_head(&p->again);
    if (p->next < p->tasks->len)
        return &g_array_index(p->tasks, kith_crew_task, p->next++);
    return NULL;
}

/* Whether one more task fits into the machine's memory; one alone always may try. */
static bool
fits(const struct crew *p)
{
    const kith_crew_task *task = !g_queue_is_empty((GQueue *)&p->again) ? p->again.head->data
                                 : p->next < p->tasks->len
                                     ? &g_array_index(p->tasks, kith_crew_task, p->next)
                                     : NULL;

    return task &&
           (p->busy == 0 ||
            p->memory + kith_plan_memory(kith_plan_dataset_at(p->plan, task->dataset)) <= p->room);
}

/* A data set that cannot fit into its limit is not begun. */
static kith_status
refuse(struct crew *p, struct slot *s, kith_crew_task *task, kith_error *err)
{
    g_autofree char *message =
        g_strdup_printf("needs about %" G_GINT64_FORMAT " MB (limit %" G_GINT64_FORMAT " MB)",
                        kith_plan_memory(kith_plan_dataset_at(p->plan, task->dataset)) >> 20,
                        p->plan->memory >> 20);

    TRY(prepare_slot(p, s, s - p->slots, err));
    for (guint i = 0; i < task->units->len; i++) {
        int64_t unit = g_array_index(task->units, int64_t, i);

        TRY(fail_unit(p, s, unit, KITH_FAILED_MEMORY, message, NULL, err));
        p->progress->failed++;
        count_finished(p, unit);
    }
    return KITH_OK;
}

static kith_status
fill(struct crew *p, kith_error *err)
{
    for (int64_t i = 0; i < p->n && p->wish == KITH_BATCH_GO_ON; i++) {
        struct slot *s = &p->slots[i];

        while (!s->pid && fits(p)) {
            kith_crew_task *task = next_task(p);
            const kith_plan_dataset *d = kith_plan_dataset_at(p->plan, task->dataset);

            /* The estimate is a guess: only what is far beyond the limit is not tried. */
            if (p->plan->memory && kith_plan_memory(d) > 4 * p->plan->memory)
                TRY(refuse(p, s, task, err));
            else
                TRY(start(p, s, task, 0, err));
        }
    }
    return KITH_OK;
}

static kith_status
listen_once(struct crew *p, kith_error *err)
{
    g_autofree struct pollfd *ends = g_new0(struct pollfd, p->n + 1);

    for (int64_t i = 0; i < p->n; i++)
        ends[i] = (struct pollfd){p->slots[i].pid ? p->slots[i].pipe : -1, POLLIN, 0};
    if (poll(ends, (nfds_t)p->n, TICK_MS) > 0)
        for (int64_t i = 0; i < p->n; i++)
            if (ends[i].revents && !hear(p, &p->slots[i]))
                TRY(end_slot(p, &p->slots[i], err));
    return KITH_OK;
}

static int64_t
cores(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static int64_t
memory_to_use(const kith_batch_options *options)
{
    double all = options->memory ? (double)options->memory
                                 : (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);

    return (int64_t)(SHARE_OF_MEMORY * all);
}

static void
clear_slots(struct crew *p)
{
    for (int64_t i = 0; i < p->n; i++) {
        struct slot *s = &p->slots[i];

        if (s->pid) {
            kill(-s->pid, SIGKILL);
            waitpid(s->pid, NULL, 0);
            close(s->pipe);
        }
        if (s->segment_path) {
            fdatasync(s->segment);
            close(s->segment);
        }
        if (s->log_path && s->log >= 0) {
            close(s->log);
            unlink(s->log_path);
        }
        g_free(s->segment_path);
        g_free(s->log_path);
    }
    g_free(p->slots);
    g_queue_clear(&p->again);
    g_hash_table_unref(p->tries);
}

static kith_status
run_all(struct crew *p, kith_error *err)
{
    for (;;) {
        watch(p);
        TRY(fill(p, err));
        if (p->busy == 0)
            break;
        TRY(listen_once(p, err));
        mind_the_clock(p);
    }
    watch(p);
    if (p->next < p->tasks->len || !g_queue_is_empty(&p->again) || p->wish == KITH_BATCH_STOP)
        return kith_fail(err, KITH_ERR_UNFINISHED,
                         "stopped with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " units left; the same command goes on from here",
                         p->progress->units - p->progress->done - p->progress->cached -
                             p->progress->failed,
                         p->progress->units);
    return KITH_OK;
}

kith_status
kith_crew_run(const kith_plan *plan, GArray *tasks, const kith_batch_options *options,
              kith_batch_progress *progress, kith_error *err)
{
    struct crew p = {.plan = plan,
                     .options = options,
                     .progress = progress,
                     .tasks = tasks,
                     .n = options->slots > 0 ? options->slots : cores(),
                     .room = memory_to_use(options),
                     .started = now()};
    kith_status status;

    p.slots = g_new0(struct slot, p.n);
    p.tries = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_queue_init(&p.again);
    status = run_all(&p, err);
    clear_slots(&p);
    return status;
}
