/* SPDX-License-Identifier: GPL-3.0-or-later */
/* readers.c - a process that looks into files, and what it tells of them through a pipe. */
#include "batch/readers.h"
#include "base/text.h"
#include "batch/task.h"
#include <errno.h>
#include <fcntl.h>
#include <kith/kith.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS_A_FILE 60

/* What is told of a data set; short enough to be written at once. */
struct word {
    guint dataset;
    unsigned named_by;
    char reader[64];   /* "" for an archive, a book and what nobody knows */
    kith_error broken; /* the file could not be read at all */
};

/* A pipe takes so much at once or not at all. */
G_STATIC_ASSERT(sizeof(struct word) <= PIPE_BUF);

/* What nobody knows may be anything, so its name counts. What cannot be read today may be known tomorrow, and would then have
 * other seeds. */
static void
look_into(const kith_plan_dataset *d, struct word *word)
{
    kith_load_options options = {.importer = d->format, .import = {.map = d->map}};
    kith_load_reader reader;
    kith_error err = {0};

    if (kith_load_recognise(d->path, &options, &reader, &err) != KITH_OK)
        word->named_by |= KITH_NAMED_BY_OUTER;
    if (err.status == KITH_ERR_IO)
        word->broken = err;
    word->named_by |= reader.named_by;
    if (reader.importer)
        g_strlcpy(word->reader, reader.importer->name, sizeof word->reader);
}

static bool
is_open(const kith_plan *plan, guint dataset)
{
    return kith_plan_dataset_at(plan, dataset)->reader == NULL;
}

static void
tell_all(const kith_plan *plan, guint first, int into, pid_t parent)
{
    kith_task_limit(plan, parent);
    for (guint i = first; i < plan->datasets->len; i++) {
        struct word word = {.dataset = i};

        if (!is_open(plan, i))
            continue;
        look_into(kith_plan_dataset_at(plan, i), &word);
        if (write(into, &word, sizeof word) != sizeof word)
            break;
    }
    _exit(0);
}

/* The end of a path that gets into the facts: "2024-03-15.json", or "general/2024-03-15.json". @return yours, NULL for none */
static char *
end_of(const char *path, unsigned named_by)
{
    g_autofree char *name = g_path_get_basename(path), *folder = g_path_get_dirname(path),
                    *last = g_path_get_basename(folder);

    if (named_by & KITH_NAMED_BY_FOLDER)
        return g_build_filename(last, name, NULL);
    return named_by ? g_steal_pointer(&name) : NULL;
}

static void
take(kith_plan *plan, const struct word *word)
{
    kith_plan_dataset *d = &g_array_index(plan->datasets, kith_plan_dataset, word->dataset);

    d->reader = g_strndup(word->reader, sizeof word->reader);
    d->called = end_of(d->path, word->named_by);
}

/* False at the end, and when a file takes longer than one point may. */
static bool
hear(const kith_plan *plan, int from, struct word *word)
{
    double most = plan->seconds > 0 ? MIN(plan->seconds, SECONDS_A_FILE) : SECONDS_A_FILE;
    struct pollfd end = {from, POLLIN, 0};
    int ready;

    do
        ready = poll(&end, 1, (int)(most * 1000));
    while (ready < 0 && errno == EINTR);
    return ready > 0 && read(from, word, sizeof *word) == sizeof *word &&
           word->dataset < plan->datasets->len;
}

/* @return how many were told of, -1 when one of them cannot be read */
static int64_t
listen_to(kith_plan *plan, int from, kith_error *err)
{
    struct word word;
    int64_t n = 0;

    for (; hear(plan, from, &word); n++) {
        if (word.broken.status != KITH_OK) {
            if (err)
                *err = word.broken;
            return -1;
        }
        take(plan, &word);
    }
    return n;
}

/* One process, from a data set on, until it is through or dies.
 * @return how many it told of; -1 when there is no process, or a file cannot be read */
static int64_t
ask(kith_plan *plan, guint first, kith_error *err)
{
    pid_t parent = getpid(), child;
    int ends[2];
    int64_t told;

    if (pipe2(ends, O_CLOEXEC) != 0) {
        kith_fail(err, KITH_ERR_IO, "no pipe: %s", kith_errno_text(errno));
        return -1;
    }
    if ((child = fork()) < 0) {
        kith_fail(err, KITH_ERR_IO, "no process: %s", kith_errno_text(errno));
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
    if (child == 0) {
        close(ends[0]);
        tell_all(plan, first, ends[1], parent);
    }
    close(ends[1]);
    told = listen_to(plan, ends[0], err);
    close(ends[0]);
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return told;
}

/* As everywhere in a batch: only the first that a process looks into is believed to be what it died of. */
kith_status
kith_readers_find(kith_plan *plan, kith_error *err)
{
    for (guint i = 0; i < plan->datasets->len; i++) {
        struct word unknown = {.dataset = i, .named_by = KITH_NAMED_BY_OUTER};
        int64_t told;

        while (is_open(plan, i) && (told = ask(plan, i, err)) != 0)
            if (told < 0)
                return KITH_ERR_IO;
        if (is_open(plan, i))
            take(plan, &unknown);
    }
    return KITH_OK;
}
