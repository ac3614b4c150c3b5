/* SPDX-License-Identifier: GPL-3.0-or-later */
/* main.c - finds the verb, parses its options, runs it, and turns the outcome into an exit status.
 */
#include "cli/idle.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include <kith/processors.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static kith_status
unknown_verb(const char *name, kith_error *err)
{
    const char *names[64], *near;
    static verb verbs[64];
    int n = verb_count() < 63 ? verb_count() : 63;

    for (int i = 0; i < n; i++) {
        verbs[i] = verb_at(i);
        names[i] = verbs[i].name;
    }
    names[n] = NULL;
    near = kith_nearest_word(name, names);
    if (near)
        return kith_fail(err, KITH_ERR_ARGUMENT, "no verb '%s' (did you mean '%s'?)", name, near);
    return kith_fail(err, KITH_ERR_ARGUMENT, "no verb '%s' (see kith --help)", name);
}

static kith_status
print_topic(const char *topic, const char *detail, kith_sink *out, kith_error *err)
{
    verb v = {.name = topic};

    if (!topic)
        help_overview(out);
    else if (strcmp(topic, "formats") == 0)
        help_formats(out);
    else if (strcmp(topic, "constants") == 0)
        help_constants(out);
    else if (strcmp(topic, "manual") == 0)
        manual_page(out);
    else if (strcmp(topic, "completion") == 0)
        return completion_script(detail, out, err);
    else if (strcmp(topic, "options") == 0 || verb_find(topic, &v))
        help_verb(&v, out);
    else
        return unknown_verb(topic, err);
    return KITH_OK;
}

static kith_status
help(const char *topic, const char *detail, kith_error *err)
{
    kith_sink *out = NULL;
    kith_status status = output_stdout(&out, err);

    if (status == KITH_OK)
        status = print_topic(topic, detail, out, err);
    if (status == KITH_OK)
        status = kith_sink_commit(out, err);
    kith_sink_free(out);
    return status;
}

static kith_status
print_version(kith_error *err)
{
    kith_sink *out = NULL;
    kith_status status = output_stdout(&out, err);

    if (status == KITH_OK) {
        kith_sink_printf(out, "kith %s\n", kith_version());
        status = kith_sink_commit(out, err);
    }
    kith_sink_free(out);
    return status;
}

static kith_status
run_verb(const char *name, int argc, char **argv, kith_error *err)
{
    arguments a = {0};
    verb v;
    kith_status status;

    if (!verb_find(name, &v))
        return unknown_verb(name, err);
    a.own = calloc(1, v.options_size + 1);
    status = arguments_parse(argc, argv, v.options, v.words, &a, err);
    if (status == KITH_OK && a.global.threads > 0)
        kith_processors_use(a.global.threads);
    if (status == KITH_OK)
        status = a.help ? help(name, NULL, err) : v.run(&v, &a, err);
    arguments_clear(&a);
    return status;
}

/* Every probe of every file takes and returns a block or two; giving them back to the system each
 * time cost four fifths of the time of an archive of small files. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

int
main(int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : NULL;
    kith_error err = {0};
    kith_status status;

    idle_restore();
    keep_memory();
    terminal_catch_signals();
    if (!first)
        status = kith_fail(&err, KITH_ERR_ARGUMENT, "what to do? (see kith --help)");
    else if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0)
        status = help(NULL, NULL, &err);
    else if (strcmp(first, "help") == 0)
        status = help(argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : NULL, &err);
    else if (strcmp(first, "--version") == 0)
        status = print_version(&err);
    else
        status = run_verb(first, argc - 2, argv + 2, &err);
    if (err.status != KITH_OK && err.message[0]) /* a reader who left (| head) needs no message */
        terminal_error(&err);
    return kith_status_exit_code(status);
}
