/* SPDX-License-Identifier: GPL-3.0-or-later */
/* terminal.c - standard error: one line per trouble, one bar for long work. */
#include "cli/terminal.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Whoever asked to stop waits no longer than this for work that does not listen. */
#define PATIENCE 60000000 /* nanoseconds */

static volatile sig_atomic_t stop_asked, bar_visible;
static timer_t patience;
static bool patient;

/* The end of a command that was asked to stop and did not; only what a signal handler may do. */
static void
leave(int number)
{
    static const char clear[] = "\r\033[K", word[] = "kith: stopped\n";
    ssize_t ignored;

    (void)number;
    kith_sink_abandon_all();
    ignored = bar_visible ? write(STDERR_FILENO, clear, sizeof clear - 1) : 0;
    ignored = write(STDERR_FILENO, word, sizeof word - 1);
    (void)ignored;
    _exit(kith_status_exit_code(KITH_ERR_CANCELLED));
}

/* Work that listens frees what it holds and says where it was; a second signal does not wait for that. */
static void
ask_to_stop(int number)
{
    const struct itimerspec wait = {.it_value.tv_nsec = PATIENCE};

    if (stop_asked || !patient || timer_settime(patience, 0, &wait, NULL) != 0)
        leave(number);
    stop_asked = 1;
}

/* What a table of contacts took: measured, 351 MB for one of 70 MB. */
#define MEMORY_OF_A_BYTE 5
#define MEMORY_OF_KITH (INT64_C(64) << 20)

static int64_t expected_memory;

void
terminal_expect_memory(const char *const *files, int n)
{
    struct stat about;

    expected_memory = 0;
    for (int i = 0; i < n; i++)
        if (stat(files[i], &about) == 0 && S_ISREG(about.st_mode))
            expected_memory += MEMORY_OF_A_BYTE * about.st_size;
}

/* Bytes of address space in use, without allocating; 0 when not known. */
static int64_t
memory_in_use(void)
{
    char text[64];
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : read(file, text, sizeof text - 1);

    if (file >= 0)
        close(file);
    text[got > 0 ? got : 0] = '\0';
    return strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static void
memory_is_out(size_t bytes)
{
    int64_t needed = memory_in_use() + (int64_t)bytes;
    char line[160];
    int length;

    kith_sink_abandon_all();
    if (needed < expected_memory + MEMORY_OF_KITH)
        needed = expected_memory + MEMORY_OF_KITH;
    length = snprintf(line, sizeof line, "%skith: not enough memory: this needs about %lld MB\n",
                      bar_visible ? "\r\033[K" : "", (long long)(needed >> 20) + 1);
    if (write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(kith_status_exit_code(KITH_ERR_IO));
    _exit(kith_status_exit_code(KITH_ERR_NO_MEMORY));
}

void
terminal_catch_signals(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = leave;
    sigaction(SIGALRM, &action, NULL);
    patient = timer_create(CLOCK_MONOTONIC, NULL, &patience) == 0;
    action.sa_handler = ask_to_stop;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    kith_when_memory_fails(memory_is_out);
}

int
terminal_width(int descriptor)
{
    struct winsize size;

    if (!isatty(descriptor))
        return 0;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

bool
terminal_colour(int descriptor)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(descriptor) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

void
terminal_error(const kith_error *err)
{
    fputs("kith: ", stderr);
    if (err->source[0])
        fprintf(stderr, "%s:", err->source);
    if (err->line > 0)
        fprintf(stderr, "%lld:", (long long)err->line);
    if (err->line > 0 && err->column > 0)
        fprintf(stderr, "%lld:", (long long)err->column);
    fprintf(stderr, "%s%s\n", err->source[0] ? " " : "", err->message);
}

void
terminal_warning(const char *source, int64_t line, int64_t column, const char *reason)
{
    kith_error e = {0};

    /* Going through an error escapes whatever the file put into its name or its cells. */
    kith_fail_at(&e, KITH_ERR_PARSE, source, line, column, "%s", reason);
    terminal_error(&e);
}

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

progress
progress_start(const char *what, bool quiet)
{
    return (progress){.what = what, .started = now(), .quiet = quiet || !isatty(STDERR_FILENO)};
}

/* Whether it is time to show something; keeps the clock. */
static bool
is_due(progress *p)
{
    double t = now();

    if (p->quiet || t - p->started < 1 || t - p->shown < 0.1)
        return false;
    p->shown = t;
    p->visible = true;
    bar_visible = 1;
    return true;
}

static void
draw(const progress *p, double done, const char *rate)
{
    double spent = p->shown - p->started, left = done > 0 ? spent * (1 - done) / done : 0;
    int filled = (int)(done * 30);

    fprintf(stderr, "\r%s [%.*s%.*s] %3.0f %%%s  %.0f s left \033[K", p->what, filled,
            "##############################", 30 - filled, "..............................",
            done * 100, rate, left);
    fflush(stderr);
}

bool
progress_tick(void *data, double done)
{
    progress *p = data;

    if (stop_asked)
        return false;
    if (is_due(p))
        draw(p, done < 0 ? 0 : done > 1 ? 1 : done, "");
    return true;
}

bool
progress_bytes(void *data, int64_t read, int64_t total)
{
    progress *p = data;
    char rate[40];

    if (stop_asked)
        return false;
    if (!is_due(p))
        return true;
    snprintf(rate, sizeof rate, ", %.0f MB/s", (double)read / (p->shown - p->started) * 1e-6);
    if (total > 0)
        draw(p, read < total ? (double)read / (double)total : 1, rate);
    else
        fprintf(stderr, "\r%s: %.0f MB%s \033[K", p->what, (double)read * 1e-6, rate);
    return true;
}

void
progress_end(progress *p)
{
    if (p->visible)
        fputs("\r\033[K", stderr);
    p->visible = false;
    bar_visible = 0;
}
