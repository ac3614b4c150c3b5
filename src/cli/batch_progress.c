/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batch_progress.c - one bar weighted by ties, because ten small data sets are not one large one. */
#include "cli/batch_progress.h"
#include "cli/terminal.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BAR 30
#define LINE_EVERY 30.0

static volatile sig_atomic_t interrupts, terms;

static void
count(int number)
{
    if (number == SIGINT)
        interrupts++;
    else
        terms++;
}

void
batch_progress_catch_signals(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = count;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static double
share(const kith_batch_progress *p)
{
    return p->work > 0 ? p->finished / p->work : 1;
}

/* By ties, as the bar: what comes first is largest. Negative: nothing is done yet that would tell. */
static double
seconds_left(const batch_progress *b, const kith_batch_progress *p)
{
    double rate = p->seconds > 0 ? (p->finished - b->began) / p->seconds : 0;

    return rate > 0 ? (p->work - p->finished) / rate : p->finished < p->work ? -1 : 0;
}

static const char *
time_left(const batch_progress *b, const kith_batch_progress *p, char text[40])
{
    double left = seconds_left(b, p);

    if (left < 0)
        return "time left not known yet";
    snprintf(text, 40, "%.0f s left", left);
    return text;
}

static void
draw_bar(const batch_progress *b, const kith_batch_progress *p)
{
    int filled = (int)(share(p) * BAR);
    char left[40];

    fprintf(stderr,
            "\r[%.*s%.*s] %3.0f %%  %lld done, %lld cached, %lld failed, %lld running  %.1f/s  "
            "%s \033[K",
            filled, "##############################", BAR - filled,
            "..............................", share(p) * 100, (long long)p->done,
            (long long)p->cached, (long long)p->failed, (long long)p->running,
            p->seconds > 0 ? (double)p->done / p->seconds : 0, time_left(b, p, left));
    fflush(stderr);
}

static void
write_line(const batch_progress *b, const kith_batch_progress *p)
{
    char left[40];

    fprintf(stderr, "kith batch: %.0f %%, %lld done, %lld cached, %lld failed, %lld running, %s\n",
            share(p) * 100, (long long)p->done, (long long)p->cached, (long long)p->failed,
            (long long)p->running, time_left(b, p, left));
}

static void
write_json(const batch_progress *b, const kith_batch_progress *p)
{
    double left = seconds_left(b, p);
    char text[40] = "null";

    if (left >= 0)
        snprintf(text, sizeof text, "%.3f", left);
    fprintf(stderr,
            "{\"units\":%lld,\"done\":%lld,\"cached\":%lld,\"failed\":%lld,\"running\":%lld,"
            "\"share\":%.6f,\"seconds\":%.3f,\"left\":%s}\n",
            (long long)p->units, (long long)p->done, (long long)p->cached, (long long)p->failed,
            (long long)p->running, share(p), p->seconds, text);
}

/* Once, where a person or a log may want to know. */
static void
tell_of_sharing(const batch_progress *b, const kith_batch_progress *p)
{
    if (b->form == BATCH_PROGRESS_BAR && p->shared)
        fprintf(stderr,
                "kith batch: memory of its own costs a process %.1f ms here, so those of small "
                "data sets borrow a worker's (alone: yes in the manifest's limits: none does)\n",
                p->process * 1000);
}

static void
show(batch_progress *b, const kith_batch_progress *p)
{
    bool terminal = isatty(STDERR_FILENO);
    double every = b->form == BATCH_PROGRESS_JSON ? 1 : terminal ? 0.2 : LINE_EVERY;

    if (b->began < 0) {
        b->began = p->finished;
        tell_of_sharing(b, p);
    }
    if (b->form == BATCH_PROGRESS_NONE || p->seconds - b->shown < every ||
        (terminal && p->seconds < 1))
        return;
    b->shown = p->seconds;
    if (b->form == BATCH_PROGRESS_JSON) {
        write_json(b, p);
    } else if (terminal) {
        draw_bar(b, p);
        b->visible = true;
    } else {
        write_line(b, p);
    }
}

kith_batch_wish
batch_progress_watch(void *data, const kith_batch_progress *now)
{
    static int told;

    show(data, now);
    if (interrupts && !told && interrupts == 1) {
        fputs("\nkith batch: finishing what runs; Ctrl-C again to stop at once\n", stderr);
        told = 1;
    }
    if (interrupts > 1)
        return KITH_BATCH_STOP;
    return interrupts || terms ? KITH_BATCH_DRAIN : KITH_BATCH_GO_ON;
}

void
batch_progress_end(batch_progress *b, const kith_batch_progress *now)
{
    if (b->visible)
        fputs("\r\033[K", stderr);
    if (b->form == BATCH_PROGRESS_JSON)
        write_json(b, now);
    b->visible = false;
}
