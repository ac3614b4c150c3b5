/* SPDX-License-Identifier: GPL-3.0-or-later */
/* account.c - how long each unit took, what failed and how to do it again, and a page that says so at a glance. */
#include "base/csv_out.h"
#include "base/json.h"
#include "base/number.h"
#include "batch/results.h"
#include <string.h>

#define MOST_SHOWN 1000

char *
kith_results_point_text(const kith_plan *plan, const kith_plan_point *point)
{
    GString *text = g_string_new(point->pass->name);
    const kith_option *o = point->pass->options;

    for (int i = 0; point->values[i]; i++)
        if (*point->values[i] && g_strv_contains((const char *const *)plan->given, o[i].name))
            g_string_append_printf(text, " %s=%s", o[i].name, point->values[i]);
    if (point->replicate > 1)
        g_string_append_printf(text, " replicate=%" G_GINT64_FORMAT, point->replicate);
    return g_string_free(text, FALSE);
}

static void
add_word(GString *command, const char *option, const char *value)
{
    g_autofree char *quoted = value ? g_shell_quote(value) : NULL;

    g_string_append_printf(command, " --%s%s%s", option, value ? " " : "", value ? quoted : "");
}

/* Options as the command line spells them: the first words of a pass stand without a name. */
static void
add_options(GString *command, const kith_plan_point *p)
{
    const kith_option *o = p->pass->options;

    for (int i = 0; p->values[i]; i++) {
        g_autofree char *name = g_strdelimit(g_strdup(o[i].name), "_", '-');
        const char *value = p->values[i];

        if (!*value || (o[i].fallback && strcmp(value, o[i].fallback) == 0))
            continue;
        if (o[i].type != KITH_OPTION_TYPE_FLAG)
            add_word(command, name, value);
        else if (strcmp(value, "yes") == 0)
            add_word(command, name, NULL);
    }
}

char *
kith_results_command(const kith_plan *plan, int64_t unit)
{
    const kith_plan_dataset *d = kith_plan_dataset_at(plan, unit / plan->points->len);
    const kith_plan_point *p = kith_plan_point_at(plan, unit % plan->points->len);
    g_autofree char *path = g_shell_quote(d->path);
    GString *command = g_string_new("kith ");

    g_string_append(command, p->pass->name);
    add_options(command, p);
    g_string_append_printf(command, " --seed %" G_GINT64_FORMAT " --threads %" G_GINT64_FORMAT,
                           kith_plan_unit_seed(plan, unit), plan->threads);
    if (d->format)
        add_word(command, "importer", d->format);
    if (d->weight)
        add_word(command, "weight", d->weight);
    if (d->map)
        add_word(command, "map", d->map);
    if (d->me)
        add_word(command, "me", d->me);
    if (d->as_of)
        add_word(command, "as-of", d->as_of);
    if (d->directed || d->undirected)
        add_word(command, d->directed ? "directed" : "undirected", NULL);
    g_string_append_printf(command, " %s", path);
    return g_string_free(command, FALSE);
}

char *
kith_results_named(const kith_plan *plan, int64_t unit, const char *text)
{
    const kith_plan_dataset *d = kith_plan_dataset_at(plan, unit / plan->points->len);
    g_autofree char *mark = kith_plan_mark(d);
    g_auto(GStrv) parts = g_strsplit(text, mark, -1);

    return g_strjoinv(d->path, parts);
}

kith_tally
kith_results_tally(const kith_plan *plan, const kith_segments *segments)
{
    kith_tally t = {.units = kith_plan_units(plan)};

    for (int64_t unit = 0; unit < t.units; unit++) {
        const kith_outcome *o = kith_segments_find(segments, kith_plan_key(plan, unit));

        if (!o) {
            t.open++;
        } else if (o->failure == KITH_FAILED_NOT) {
            t.answered++;
            t.empty += memcmp(o->line + 8 + KITH_KEY_LENGTH + 11, "none", 4) == 0;
        } else {
            t.failed++;
            t.by_class[o->failure]++;
        }
    }
    return t;
}

static kith_status
parse(const kith_outcome *o, kith_json_file **out, kith_error *err)
{
    g_autoptr(kith_source) source = kith_source_from_memory("segment", o->line, o->length);

    return kith_json_load(source, KITH_JSON_PLAIN, out, err);
}

kith_status
kith_results_failures(const kith_plan *plan, const kith_segments *segments, kith_results_take take,
                      void *payload, kith_error *err)
{
    for (int64_t unit = 0; unit < kith_plan_units(plan); unit++) {
        const kith_outcome *o = kith_segments_find(segments, kith_plan_key(plan, unit));
        g_autoptr(kith_json_file) json = NULL;
        g_autofree char *message = NULL;
        const kith_json_value *told;

        if (!o || o->failure == KITH_FAILED_NOT)
            continue;
        TRY(parse(o, &json, err));
        told = kith_json_get(kith_json_root(json), "told");
        message = kith_results_named(plan, unit, kith_json_string(kith_json_item(told, 0)));
        take(payload, unit, o->failure, message, kith_json_string(kith_json_item(told, 1)));
    }
    return KITH_OK;
}

struct writing {
    const kith_plan *plan;
    kith_sink *sink;
    int64_t shown;
};

static void
put_unit(const struct writing *w, int64_t unit, GString *line)
{
    const kith_plan_point *p = kith_plan_point_at(w->plan, unit % w->plan->points->len);
    g_autofree char *point = kith_results_point_text(w->plan, p);

    kith_csv_put_text(line, kith_plan_dataset_at(w->plan, unit / w->plan->points->len)->id);
    g_string_append_c(line, ',');
    kith_csv_put_text(line, point);
}

static void
write_failure(void *payload, int64_t unit, kith_failure failure, const char *message,
              const char *log)
{
    struct writing *w = payload;
    g_autofree char *command = kith_results_command(w->plan, unit);
    g_autoptr(GString) line = g_string_new(NULL);

    put_unit(w, unit, line);
    g_string_append_printf(line, ",%s,", kith_failure_name(failure));
    kith_csv_put_text(line, message);
    g_string_append_c(line, ',');
    kith_csv_put_text(line, log);
    g_string_append_c(line, ',');
    kith_csv_put_text(line, command);
    g_string_append(line, "\r\n");
    kith_sink_write(w->sink, line->str, line->len);
}

static kith_status
open_file(const kith_plan *plan, const char *name, kith_sink **out, kith_error *err)
{
    g_autofree char *path = g_build_filename(plan->folder, name, NULL);

    return kith_sink_open(path, out, err);
}

static kith_status
write_failures(const kith_plan *plan, const kith_segments *segments, kith_error *err)
{
    g_autoptr(kith_sink) sink = NULL;
    struct writing w = {plan, NULL, 0};

    TRY(open_file(plan, "failures.csv", &sink, err));
    w.sink = sink;
    kith_sink_text(sink, "dataset,point,class,message,log,command\r\n");
    TRY(kith_results_failures(plan, segments, write_failure, &w, err));
    return kith_sink_commit(sink, err);
}

static void
put_real(GString *line, const kith_json_value *times, const char *name)
{
    double value;
    char text[32];

    g_string_append_c(line, ',');
    if (kith_json_number(kith_json_get(times, name), &value))
        g_string_append(line, kith_number_text(value, text));
}

static kith_status
write_timing(const kith_plan *plan, const kith_segments *segments, kith_error *err)
{
    g_autoptr(kith_sink) sink = NULL;
    struct writing w = {plan, NULL, 0};

    TRY(open_file(plan, "timing.csv", &sink, err));
    kith_sink_text(sink, "dataset,point,wall_seconds,cpu_seconds,peak_bytes,host,process\r\n");
    for (int64_t unit = 0; unit < kith_plan_units(plan); unit++) {
        const kith_outcome *o = kith_segments_find(segments, kith_plan_key(plan, unit));
        g_autoptr(kith_json_file) json = NULL;
        g_autoptr(GString) line = g_string_new(NULL);
        const kith_json_value *times;

        if (!o || o->failure != KITH_FAILED_NOT)
            continue;
        TRY(parse(o, &json, err));
        times = kith_json_item(kith_json_get(kith_json_root(json), "done"), 0);
        put_unit(&w, unit, line);
        put_real(line, times, "wall");
        put_real(line, times, "cpu");
        put_real(line, times, "peak");
        g_string_append_c(line, ',');
        kith_csv_put_text(line, kith_json_get_string(times, "host"));
        put_real(line, times, "process");
        g_string_append(line, "\r\n");
        kith_sink_write(sink, line->str, line->len);
    }
    return kith_sink_commit(sink, err);
}

/* --- the page -------------------------------------------------------------------------------- */

static void
put_html(kith_sink *sink, const char *before, const char *text, const char *after)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1),
                    *escaped = g_markup_escape_text(valid, -1);

    kith_sink_printf(sink, "%s%s%s", before, escaped, after);
}

static void
show_failure(void *payload, int64_t unit, kith_failure failure, const char *message,
             const char *log)
{
    struct writing *w = payload;
    const kith_plan_point *p = kith_plan_point_at(w->plan, unit % w->plan->points->len);
    g_autofree char *point = kith_results_point_text(w->plan, p),
                    *command = kith_results_command(w->plan, unit);

    if (w->shown++ >= MOST_SHOWN)
        return;
    put_html(w->sink, "<tr><td>", kith_plan_dataset_at(w->plan, unit / w->plan->points->len)->id,
             "</td>");
    put_html(w->sink, "<td>", point, "</td>");
    put_html(w->sink, "<td>", kith_failure_name(failure), "</td>");
    put_html(w->sink, "<td>", message, "");
    if (*log)
        put_html(w->sink, "<details><summary>last words</summary><pre>", log, "</pre></details>");
    put_html(w->sink, "</td><td><code>", command, "</code></td></tr>\n");
}

static void
write_counts(const kith_tally *t, const kith_plan *plan, kith_sink *sink)
{
    kith_sink_printf(sink,
                     "<p><b>%" G_GINT64_FORMAT "</b> units (%u data sets &times; %u points): "
                     "<b>%" G_GINT64_FORMAT "</b> answered, %" G_GINT64_FORMAT
                     " of them with no answer; <b>%" G_GINT64_FORMAT
                     "</b> failed; <b>%" G_GINT64_FORMAT "</b> not done yet.</p>\n",
                     t->units, plan->datasets->len, plan->points->len, t->answered, t->empty,
                     t->failed, t->open);
    for (int f = KITH_FAILED_INPUT; f < KITH_FAILURES; f++)
        if (t->by_class[f])
            kith_sink_printf(sink, "<p>%s: %" G_GINT64_FORMAT "</p>\n", kith_failure_name(f),
                             t->by_class[f]);
}

static kith_status
write_page(const kith_plan *plan, const kith_segments *segments, kith_error *err)
{
    static const char head[] =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\">"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n"
        "<style>:root{color-scheme:light dark}body{font:16px/1.5 "
        "system-ui,sans-serif;max-width:70rem;"
        "margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}"
        "td,th{border-top:1px solid #8886;padding:.4rem;text-align:left;vertical-align:top;"
        "overflow-wrap:anywhere}pre,code{white-space:pre-wrap;font-size:.85em}"
        "th,td:nth-child(3){white-space:nowrap}.wide{overflow-x:auto}"
        "@media(max-width:40rem){th{display:none}td{display:block;border:0;padding:.1rem 0}"
        "td:first-child{border-top:1px solid #8886;padding-top:.4rem;font-weight:bold}}</style>\n";
    kith_tally t = kith_results_tally(plan, segments);
    g_autoptr(kith_sink) sink = NULL;
    struct writing w = {plan, NULL, 0};

    TRY(open_file(plan, "index.html", &sink, err));
    w.sink = sink;
    kith_sink_text(sink, head);
    put_html(sink, "<title>", plan->name, "</title></head><body>\n");
    put_html(sink, "<h1>", plan->name, "</h1>\n");
    write_counts(&t, plan, sink);
    if (t.failed) {
        kith_sink_text(sink, "<h2>Failures</h2>\n<div class=\"wide\"><table><tr><th>data set</th>"
                             "<th>point</th><th>class</th><th>why</th><th>to repeat</th></tr>\n");
        TRY(kith_results_failures(plan, segments, show_failure, &w, err));
        kith_sink_text(sink, "</table></div>\n");
    }
    if (w.shown > MOST_SHOWN)
        kith_sink_printf(sink, "<p>%" G_GINT64_FORMAT " more are in failures.csv.</p>\n",
                         w.shown - MOST_SHOWN);
    kith_sink_text(sink,
                   "<h2>Files</h2>\n<ul><li>results.csv, results.jsonl, results.sqlite: every "
                   "answer</li><li>top.csv: the first ten of each ranking</li><li>timing.csv: "
                   "time and memory</li><li>failures.csv</li></ul>\n</body></html>\n");
    return kith_sink_commit(sink, err);
}

kith_status
kith_results_account(const kith_plan *plan, const kith_segments *segments, kith_error *err)
{
    TRY(write_timing(plan, segments, err));
    TRY(write_failures(plan, segments, err));
    return write_page(plan, segments, err);
}
