/* SPDX-License-Identifier: GPL-3.0-or-later */
/* autopsy.c - from a status, what it used and its last words to a class of failure. */
#include "batch/autopsy.h"
#include "batch/task.h"
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define LOG_KEPT 65536
#define LOG_TOLD 2000

/* The first and last 64 kB of what a process said before it died, kept in a file of the task's own. */
static char *
keep_log(const kith_plan *plan, const kith_end *end)
{
    g_autofree char *text = NULL, *path = NULL;
    gsize length;

    if (!g_file_get_contents(end->log_path, &text, &length, NULL) || length == 0)
        return g_strdup("");
    path = g_strdup_printf("%s/logs/%s.log", plan->folder,
                           kith_plan_dataset_at(plan, end->unit / plan->points->len)->sha256);
    if (length > 2 * LOG_KEPT) {
        memmove(text + LOG_KEPT, text + length - LOG_KEPT, LOG_KEPT);
        text[LOG_KEPT] = '\n';
        length = 2 * LOG_KEPT;
    }
    g_file_set_contents(path, text, (gssize)length, NULL);
    return g_strndup(text + (length > LOG_TOLD ? length - LOG_TOLD : 0), MIN(length, LOG_TOLD));
}

static kith_failure
classify(const kith_plan *plan, const kith_end *end, const char *log)
{
    bool starved = strstr(log, "failed to allocate") || strstr(log, "Cannot allocate memory") ||
                   strstr(log, "out of memory") || strstr(log, "bad_alloc") ||
                   (plan->memory && (int64_t)end->used.ru_maxrss * 1024 > plan->memory);

    starved |= WIFEXITED(end->status) && WEXITSTATUS(end->status) == KITH_TASK_STARVED;
    if (end->late || (WIFSIGNALED(end->status) && WTERMSIG(end->status) == SIGXCPU))
        return KITH_FAILED_TIME;
    if (starved || (WIFSIGNALED(end->status) && WTERMSIG(end->status) == SIGKILL && !end->stopped))
        return KITH_FAILED_MEMORY;
    return KITH_FAILED_CRASH;
}

char *
kith_autopsy_starved(const kith_plan *plan)
{
    return g_strdup_printf("out of memory (limit %" G_GINT64_FORMAT " MB)", plan->memory >> 20);
}

static char *
describe(const kith_plan *plan, kith_failure failure, const kith_end *end)
{
    if (failure == KITH_FAILED_TIME)
        return g_strdup_printf("took longer than %g s", plan->seconds);
    if (failure == KITH_FAILED_MEMORY)
        return plan->memory
                   ? kith_autopsy_starved(plan)
                   : g_strdup_printf("killed, as by the system when memory is short (peak %ld MB)",
                                     end->used.ru_maxrss >> 10);
    if (WIFSIGNALED(end->status))
        return g_strdup_printf("died of signal %d (%s)", WTERMSIG(end->status),
                               g_strsignal(WTERMSIG(end->status)));
    return g_strdup_printf("ended with exit code %d", WEXITSTATUS(end->status));
}

void
kith_autopsy(const kith_plan *plan, const kith_end *end, kith_failure *failure, char **message,
             char **log)
{
    *log = keep_log(plan, end);
    *failure = classify(plan, end, *log);
    *message = describe(plan, *failure, end);
}
