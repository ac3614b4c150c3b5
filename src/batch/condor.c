/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * condor.c - a submit description for HTCondor: one job, queued once for each shard.
 *
 * Paths in it are hostile until quoted. A command is a line of "name = value" in which $(…) is replaced; `error` may hold no
 * white space at all, so jobs start in the batch's folder and name files from there. The shell then goes where the
 * plan was made. Rules: condor_submit(1), "arguments", new syntax.
 */
#include "batch/condor.h"
#include <kith/kith.h>
#include <string.h>

/* What is taken literally nowhere in a submit description. */
static bool
can_be_told(const char *text)
{
    return !strpbrk(text, "\n\r") && !strstr(text, "$$(");
}

/* A dollar sign by its name: what follows it is no macro then. */
static void
put_value(GString *into, const char *text)
{
    for (; *text; text++)
        if (*text == '$')
            g_string_append(into, "$(DOLLAR)");
        else
            g_string_append_c(into, *text);
}

/* An argument in single quotes; quotes of either kind are doubled. */
static void
put_argument(GString *into, const char *text)
{
    g_autofree char *single = NULL, *both = NULL;
    g_auto(GStrv) parts = g_strsplit(text, "'", -1), more = NULL;

    single = g_strjoinv("''", parts);
    more = g_strsplit(single, "\"", -1);
    both = g_strjoinv("\"\"", more);
    g_string_append(into, " '");
    put_value(into, both);
    g_string_append_c(into, '\'');
}

static void
put_arguments(GString *into, const kith_plan *plan, const char *program, const char *here,
              int64_t shards)
{
    g_string_append(into, "arguments = \"-c");
    put_argument(into, "cd \"$1\" && shift && exec \"$@\"");
    put_argument(into, "sh");
    put_argument(into, here);
    put_argument(into, program);
    g_string_append_printf(into,
                           " batch worker --quiet --slots %" G_GINT64_FORMAT
                           " --shard $(Process) --shards %" G_GINT64_FORMAT,
                           plan->cpus, shards);
    put_argument(into, plan->folder);
    g_string_append(into, "\"\n");
}

kith_status
kith_condor_write(const kith_plan *plan, const char *program, int64_t shards, kith_sink *sink,
                  kith_error *err)
{
    g_autofree char *here = g_get_current_dir(),
                    *folder = g_path_is_absolute(plan->folder)
                                  ? g_strdup(plan->folder)
                                  : g_build_filename(here, plan->folder, NULL);
    g_autoptr(GString) text = g_string_new("universe = vanilla\nexecutable = /bin/sh\n");

    if (!can_be_told(folder) || !can_be_told(here) || !can_be_told(program))
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "HTCondor cannot be told of a path with a line end or $$( in it");
    put_arguments(text, plan, program, here, shards);
    g_string_append(text, "initialdir = ");
    put_value(text, folder);
    g_string_append_printf(text,
                           "\ntransfer_executable = False\nshould_transfer_files = NO\n"
                           "request_cpus = %" G_GINT64_FORMAT "\nrequest_memory = %" G_GINT64_FORMAT
                           "\nlog = condor.log\nerror = logs/condor-$(Process).log\n"
                           "queue %" G_GINT64_FORMAT "\n",
                           plan->cpus * plan->threads, (kith_plan_shard_memory(plan) >> 20) + 1,
                           shards);
    kith_sink_write(sink, text->str, text->len);
    return KITH_OK;
}
