/* SPDX-License-Identifier: GPL-3.0-or-later */
/* output.c - chooses the report and the sink. */
#include "cli/output.h"
#include "cli/terminal.h"
#include <string.h>
#include <unistd.h>

static const kith_report *
by_extension(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;

    if (!dot || strchr(dot, '/'))
        return NULL;
    for (const kith_report *const *r = kith_reports(); *r; r++)
        if (strcmp((*r)->extension, dot + 1) == 0)
            return *r;
    return NULL;
}

static kith_status
choose(const global_options *g, const char *fallback, const kith_report **out, kith_error *err)
{
    const char *name = g->format && *g->format ? g->format : NULL;

    *out = name ? kith_report_find(name) : by_extension(g->output);
    if (!*out && !name)
        *out = kith_report_find(fallback);
    if (!*out)
        return kith_fail(err, KITH_ERR_ARGUMENT, "this build writes no '%s'",
                         name ? name : fallback);
    return KITH_OK;
}

kith_status
output_stdout(kith_sink **out, kith_error *err)
{
    kith_status status = kith_sink_open("-", out, err);

    if (status == KITH_OK)
        kith_sink_set_terminal(*out, terminal_width(STDOUT_FILENO), terminal_colour(STDOUT_FILENO));
    return status;
}

kith_status
output_write(const kith_document *document, const global_options *g, const char *fallback,
             kith_error *err)
{
    const kith_report *report;
    kith_sink *sink = NULL;
    kith_status status = choose(g, fallback, &report, err);
    bool to_file = g->output && *g->output && strcmp(g->output, "-") != 0;

    if (status == KITH_OK)
        status = to_file ? kith_sink_open(g->output, &sink, err) : output_stdout(&sink, err);
    if (status == KITH_OK)
        status = report->write(document, sink, err);
    if (status == KITH_OK)
        status = kith_sink_commit(sink, err);
    kith_sink_free(sink);
    return status;
}
