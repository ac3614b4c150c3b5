/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crew.c - starts, watches and ends processes; one loop over their pipes. */
#include "batch/crew.h"
#include "base/door.h"
#include "base/processors.h"
#include "base/text.h"
#include "batch/autopsy.h"
#include "batch/price.h"
#include "batch/task.h"
#include <errno.h>
#include <fcntl.h>
#include <kith/kith.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 100
#define GRACE 2.0 /* seconds from TERM to KILL */
#define SHARE_OF_MEMORY 0.85

struct slot {
    pid_t pid; /* 0: idle */
    int pipe, segment, log;
    char *segment_path, *log_path;
    kith_task_place *place; /* shared with the process */
    GArray *units;          /* int64_t: its haul, yours */
    guint told;             /* units of it that progress knows of */
    double kill_at;         /* after TERM was sent; 0 before */
    bool late, stopped;     /* why TERM was sent */
    int64_t memory;         /* estimate */
};

struct crew {
    const kith_plan *plan;
    const kith_batch_options *options;
    kith_batch_progress *progress;
    const GArray *units;
    guint next;
    GQueue again; /* GArray: hauls whose process ended before them */
    struct slot *slots;
    int64_t n, busy, memory, room;
    double started;
    kith_batch_wish wish;
    bool share;        /* processes of small data sets borrow a worker's memory in turn */
    GHashTable *tries; /* unit -> crashes in this run */
};

static double
now(void)
{
    return (double)kith_task_now() * 1e-9;
}

/* --- starting -------------------------------------------------------------------------------- */

static kith_status
prepare_slot(struct crew *p, struct slot *s, int64_t number, kith_error *err)
{
    g_autofree char *logs = g_build_filename(p->plan->folder, "logs", NULL);

    if (s->log_path)
        return KITH_OK;
    s->segment = kith_segment_open(p->plan->folder, number, &s->segment_path, err);
    if (s->segment < 0)
        return KITH_ERR_IO;
    s->place =
        mmap(NULL, sizeof *s->place, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s->place == MAP_FAILED) {
        s->place = NULL;
        return kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to share with a process");
    }
    g_mkdir_with_parents(logs, 0700);
    s->log_path = g_strdup_printf("%s/%s-%d-%" G_GINT64_FORMAT ".part", logs, g_get_host_name(),
                                  (int)getpid(), number);
    s->log = open(s->log_path, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    return s->log >= 0 ? KITH_OK
                       : kith_fail_at(err, KITH_ERR_IO, s->log_path, 0, 0, "cannot be made: %s",
                                      kith_errno_text(errno));
}

static void
starve(size_t bytes)
{
    (void)bytes;
    _exit(KITH_TASK_STARVED);
}

static void
live(const struct crew *p, const struct slot *s, pid_t parent)
{
    kith_task task = {p->plan, (const int64_t *)(gpointer)s->units->data, s->units->len, s->segment,
                      s->place};

    signal(SIGINT, SIG_IGN); /* the supervisor decides */
    signal(SIGTERM, SIG_DFL);
    dup2(s->log, STDERR_FILENO);
    kith_when_memory_fails(starve);
    kith_processors_use(p->plan->threads);
    kith_task_limit(p->plan, parent);
    _exit(kith_task_run(&task));
}

static void
forget_haul(struct slot *s)
{
    g_array_free(s->units, TRUE);
    s->units = NULL;
}

/* The pipe says nothing: it ends when the process does. */
static kith_status
start_process(struct crew *p, struct slot *s, kith_error *err)
{
    pid_t parent = getpid();
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return kith_fail(err, KITH_ERR_IO, "no pipe: %s", kith_errno_text(errno));
    *s->place = (kith_task_place){.since = kith_task_now()};
    s->pid = fork();
    if (s->pid == 0) {
        setpgid(0, 0);
        live(p, s, parent);
    }
    close(ends[1]);
    if (s->pid < 0) {
        s->pid = 0;
        close(ends[0]);
        return kith_fail(err, KITH_ERR_IO, "no process: %s", kith_errno_text(errno));
    }
    setpgid(s->pid, s->pid);
    s->pipe = ends[0];
    return KITH_OK;
}

/* Takes a haul over, also when it fails. */
static kith_status
start(struct crew *p, struct slot *s, GArray *units, int64_t memory, kith_error *err)
{
    kith_status status = prepare_slot(p, s, s - p->slots, err);

    s->units = units;
    s->told = 0;
    s->kill_at = 0;
    s->late = s->stopped = false;
    s->memory = memory;
    if (status == KITH_OK)
        status = start_process(p, s, err);
    if (status != KITH_OK) {
        forget_haul(s);
        return status;
    }
    p->memory += memory;
    p->busy++;
    return KITH_OK;
}

/* The worker and whoever borrows its memory. */
static void
signal_both(const struct slot *s, int number)
{
    pid_t borrower = atomic_load(&s->place->group);

    if (borrower > 0)
        kill(-borrower, number);
    kill(-s->pid, number);
}

/* --- telling --------------------------------------------------------------------------------- */

static void
count_finished(struct crew *p, int64_t unit, bool failed)
{
    *(failed ? &p->progress->failed : &p->progress->done) += 1;
    p->progress->finished += kith_haul_weight(p->plan, unit);
}

static int64_t
unit_at(const struct slot *s, guint i)
{
    return g_array_index(s->units, int64_t, i);
}

/* Takes over into the progress what a process has put behind it. */
static void
look(struct crew *p, struct slot *s)
{
    guint behind = (guint)atomic_load(&s->place->behind);

    for (; s->told < behind; s->told++)
        count_finished(p, unit_at(s, s->told), false);
    int64_t failed = atomic_exchange(&s->place->failed, 0);

    p->progress->failed += failed;
    p->progress->done -= failed;
}

static kith_status
fail_unit(struct crew *p, const struct slot *s, int64_t unit, kith_failure failure,
          const char *message, const char *log, kith_error *err)
{
    return kith_segment_fail(s->segment, p->plan, kith_plan_key(p->plan, unit), failure, message,
                             log, err);
}

/* --- ends ------------------------------------------------------------------------------------ */

/* What data sets before it left behind may be to blame, so only the first of a process is believed. */
static bool
is_believed(const struct crew *p, const struct slot *s, kith_failure failure)
{
    return failure == KITH_FAILED_TIME || kith_haul_dataset(p->plan, unit_at(s, 0)) ==
                                              kith_haul_dataset(p->plan, unit_at(s, s->told));
}

/* The unit a process died of: told, and put behind the others if it may be tried again. */
static kith_status
bury(struct crew *p, struct slot *s, const kith_end *end, kith_error *err)
{
    g_autofree char *log = NULL, *message = NULL;
    kith_failure failure;
    int64_t unit = end->unit, tries;

    kith_autopsy(p->plan, end, &failure, &message, &log);
    if (!is_believed(p, s, failure))
        return KITH_OK;
    tries = GPOINTER_TO_INT(g_hash_table_lookup(p->tries, &unit)) + 1;
    g_hash_table_replace(p->tries, g_memdup2(&unit, sizeof unit), GINT_TO_POINTER((int)tries));
    TRY(fail_unit(p, s, unit, failure, message, log, err));
    s->told++;
    if (failure == KITH_FAILED_CRASH && tries <= p->plan->retries)
        g_array_append_val(s->units, unit);
    else
        count_finished(p, unit, true);
    return KITH_OK;
}

/* What is left of a haul goes to another process. */
static void
pass_on(struct crew *p, struct slot *s)
{
    if (s->told < s->units->len) {
        g_array_remove_range(s->units, 0, s->told);
        g_queue_push_tail(&p->again, g_steal_pointer(&s->units));
    } else {
        forget_haul(s);
    }
}

static kith_status
end_slot(struct crew *p, struct slot *s, kith_error *err)
{
    kith_end end = {.late = s->late, .stopped = s->stopped, .log_path = s->log_path};
    kith_status status = KITH_OK;

    while (wait4(s->pid, &end.status, 0, &end.used) < 0 && errno == EINTR)
        ;
    signal_both(s, SIGKILL); /* whatever it may have started */
    close(s->pipe);
    s->pid = 0;
    p->busy--;
    p->memory -= s->memory;
    look(p, s);
    if (WIFEXITED(end.status) && WEXITSTATUS(end.status) == KITH_TASK_UNWRITABLE)
        status =
            kith_fail_at(err, KITH_ERR_IO, s->segment_path, 0, 0,
                         "results cannot be written (is the disk full?); what is done is kept");
    else if (!(s->stopped && !s->late) && s->told < s->units->len &&
             !(WIFEXITED(end.status) && WEXITSTATUS(end.status) == KITH_TASK_REST)) {
        end.unit = unit_at(s, s->told);
        status = bury(p, s, &end, err);
    }
    pass_on(p, s);
    return status;
}

/* --- the loop -------------------------------------------------------------------------------- */

static void
ask_to_end(struct slot *s, double t)
{
    signal_both(s, SIGTERM);
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
        if (p->wish != KITH_BATCH_GO_ON)
            atomic_store(&s->place->drain, true);
        if (s->kill_at > 0 && t > s->kill_at) {
            signal_both(s, SIGKILL);
        } else if (s->kill_at == 0 && p->plan->seconds > 0 &&
                   t - (double)atomic_load(&s->place->since) * 1e-9 > p->plan->seconds) {
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

    for (int64_t i = 0; i < p->n; i++)
        if (p->slots[i].pid)
            look(p, &p->slots[i]);
    progress->running = p->busy;
    progress->seconds = now() - p->started;
    if (p->options->watch)
        p->wish = MAX(p->wish, p->options->watch(p->options->payload, progress));
    if (p->options->max_failures && progress->failed > p->options->max_failures)
        p->wish = MAX(p->wish, KITH_BATCH_DRAIN);
}

/* A data set that cannot fit into its limit is not begun; the estimate is a guess, so only what is far beyond it. */
static bool
is_hopeless(const struct crew *p, int64_t memory)
{
    return p->plan->memory && memory > 4 * p->plan->memory;
}

static kith_status
refuse(struct crew *p, struct slot *s, const GArray *units, int64_t memory, kith_error *err)
{
    g_autofree char *message =
        g_strdup_printf("needs about %" G_GINT64_FORMAT " MB (limit %" G_GINT64_FORMAT " MB)",
                        memory >> 20, p->plan->memory >> 20);

    TRY(prepare_slot(p, s, s - p->slots, err));
    for (guint i = 0; i < units->len; i++) {
        int64_t unit = g_array_index(units, int64_t, i);

        TRY(fail_unit(p, s, unit, KITH_FAILED_MEMORY, message, NULL, err));
        count_finished(p, unit, true);
    }
    return KITH_OK;
}

/* The next haul, if one more fits into the machine's memory; one alone always may try. @return NULL when none does */
static GArray *
take_haul(struct crew *p, int64_t *memory)
{
    const GArray *from = g_queue_is_empty(&p->again) ? p->units : p->again.head->data;
    guint next = from == p->units ? p->next : 0, n;
    GArray *haul;

    if (next == from->len)
        return NULL;
    n = kith_haul_length(p->plan, from, next, p->n, p->share, memory);
    if (p->busy > 0 && p->memory + *memory > p->room)
        return NULL;
    if (from != p->units)
        return g_queue_pop_head(&p->again);
    haul = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), n);
    g_array_append_vals(haul, &g_array_index(from, int64_t, next), n);
    p->next += n;
    return haul;
}

static kith_status
fill(struct crew *p, kith_error *err)
{
    for (int64_t i = 0; i < p->n && p->wish == KITH_BATCH_GO_ON; i++) {
        struct slot *s = &p->slots[i];

        while (!s->pid) {
            int64_t memory;
            g_autoptr(GArray) haul = take_haul(p, &memory);

            if (!haul)
                return KITH_OK;
            if (is_hopeless(p, memory))
                TRY(refuse(p, s, haul, memory, err));
            else
                TRY(start(p, s, g_steal_pointer(&haul), memory, err));
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
            if (ends[i].revents)
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
clear_slot(struct slot *s)
{
    if (s->pid) {
        signal_both(s, SIGKILL);
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
    if (s->place)
        munmap(s->place, sizeof *s->place);
    if (s->units)
        forget_haul(s);
    g_free(s->segment_path);
    g_free(s->log_path);
}

static void
free_haul(gpointer haul)
{
    g_array_free(haul, TRUE);
}

static void
clear(struct crew *p)
{
    for (int64_t i = 0; i < p->n; i++)
        clear_slot(&p->slots[i]);
    g_free(p->slots);
    g_queue_clear_full(&p->again, free_haul);
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
    if (p->next < p->units->len || !g_queue_is_empty(&p->again) || p->wish == KITH_BATCH_STOP)
        return kith_fail(err, KITH_ERR_UNFINISHED,
                         "stopped with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                         " units left; the same command goes on from here",
                         p->progress->units - p->progress->done - p->progress->cached -
                             p->progress->failed,
                         p->progress->units);
    return KITH_OK;
}

/* Measured where the manifest leaves it open and it matters. */
static bool
shares(const struct crew *p)
{
    if (p->plan->threads != 1) /* a borrower leaves no threads behind, and OpenMP keeps its own */
        return false;
    if (g_strcmp0(p->plan->alone, "auto") != 0)
        return g_strcmp0(p->plan->alone, "yes") != 0;
    if (p->units->len == 0 || kith_haul_small(p->plan) < 2)
        return false;
    p->progress->process = kith_price_of_process(p->plan);
    p->progress->shared = p->progress->process > KITH_PRICE_DEAR;
    return p->progress->shared;
}

kith_status
kith_crew_run(const kith_plan *plan, const GArray *units, const kith_batch_options *options,
              kith_batch_progress *progress, kith_error *err)
{
    struct crew p = {.plan = plan,
                     .options = options,
                     .progress = progress,
                     .units = units,
                     .n = options->slots > 0 ? options->slots : cores(),
                     .room = memory_to_use(options),
                     .started = now()};
    kith_status status;

    kith_processors_prepare(); /* else each process looks up anew what it calls */
    kith_door_prepare();
    p.share = shares(&p);
    p.slots = g_new0(struct slot, p.n);
    p.tries = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_queue_init(&p.again);
    status = run_all(&p, err);
    clear(&p);
    return status;
}
