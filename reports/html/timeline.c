/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline.c - the section that says when what is known happened: a line of bars for each kind of fact, and all in a table. */
#include "base/base.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/series.h"
#include <kith/kith.h>

#define WIDTH 300
#define HEIGHT 30

/* Bars of one kind, against its own largest; the numbers beside it and the table below say the same in words. */
static void
put_spark(GString *out, const int64_t *count, int n)
{
    double step = (double)WIDTH / n;
    int64_t most = MAX(1, count[kith_series_peak(count, n)]);

    g_string_append_printf(
        out,
        "<svg class=\"spark\" viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" "
        "aria-hidden=\"true\">",
        WIDTH, HEIGHT);
    for (int i = 0; i < n; i++) {
        double high = HEIGHT * (double)count[i] / (double)most;

        if (count[i] > 0)
            g_string_append_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                                   (int)(i * step), HEIGHT - MAX(1, (int)high),
                                   MAX(1, (int)(step * 0.8)), MAX(1, (int)high));
    }
    g_string_append(out, "</svg>");
}

static void
put_line(GString *out, const kith_series *s, const char *name, const int64_t *count)
{
    int first = 0, last = s->n - 1;
    int64_t sum = 0;
    char text[32];

    for (int i = 0; i < s->n; i++)
        sum += count[i];
    if (sum == 0)
        return;
    while (count[first] == 0)
        first++;
    while (count[last] == 0)
        last--;
    g_string_append_printf(out, "<tr><th scope=\"row\">%s</th><td>", name);
    put_spark(out, count, s->n);
    g_string_append_printf(out, "</td><td class=\"n\">%" G_GINT64_FORMAT "</td>", sum);
    g_string_append_printf(out, "<td>%s</td>", kith_series_label(s, first, text));
    g_string_append_printf(out, "<td>%s</td></tr>\n", kith_series_label(s, last, text));
}

static void
put_lines(GString *out, const kith_series *s)
{
    g_string_append(out,
                    "<div class=\"box\" role=\"group\" tabindex=\"0\" aria-label=\"Facts over "
                    "time\"><table class=\"times\"><caption>Facts over time</caption>\n<thead>"
                    "<tr><th scope=\"col\">What</th><th scope=\"col\">When</th><th scope=\"col\" "
                    "class=\"n\">Facts</th><th scope=\"col\">First</th><th scope=\"col\">Last</th>"
                    "</tr></thead>\n<tbody>\n");
    put_line(out, s, "everything", s->all);
    for (int kind = 0; kind < KITH_TIE_KINDS; kind++) {
        g_autofree char *name =
            g_strdelimit(g_strdup(kith_tie_kind_name((kith_tie_kind)kind)), "_", ' ');

        put_line(out, s, name, s->count[kind]);
    }
    g_string_append(out, "</tbody></table></div>\n");
}

static void
put_periods(GString *out, const kith_series *s)
{
    char text[32];

    g_string_append_printf(
        out,
        "<details class=\"fold\"><summary>The same in numbers</summary>\n"
        "<div class=\"box\" role=\"group\" tabindex=\"0\" aria-label=\"Facts by "
        "%s\"><table><caption>Facts by %s</caption><thead><tr><th scope=\"col\">"
        "When</th><th scope=\"col\" class=\"n\">Facts</th></tr></thead><tbody>\n",
        kith_series_unit(s), kith_series_unit(s));
    for (int i = 0; i < s->n; i++)
        g_string_append_printf(
            out, "<tr><th scope=\"row\">%s</th><td class=\"n\">%" G_GINT64_FORMAT "</td></tr>\n",
            kith_series_label(s, i, text), s->all[i]);
    g_string_append(out, "</tbody></table></div></details>\n");
}

bool
kith_html_timeline(GString *out, const kith_document *document)
{
    const kith_graph *graph = kith_document_graph(document);
    kith_series s;
    char text[32];
    int peak;

    if (!graph || kith_document_answers(document) < 2)
        return false;
    kith_series_read(&s, graph);
    if (s.n < 2)
        return false;
    peak = kith_series_peak(s.all, s.n);
    g_string_append(out,
                    "<section id=\"time\" aria-labelledby=\"time-title\">\n<h2 id=\"time-title\">"
                    "Over time</h2>\n<p>");
    kith_phrase_count(out, (double)s.dated, "fact carries a date", "facts carry a date");
    g_string_append(out, ", most of them in ");
    kith_phrase_bold(out, kith_series_label(&s, peak, text));
    g_string_append(out, " (");
    kith_phrase_number(out, (double)s.all[peak]);
    g_string_append(out, ")");
    if (s.undated > 0) {
        g_string_append(out, "; ");
        kith_phrase_count(out, (double)s.undated, "carries none", "carry none");
    }
    g_string_append_printf(
        out,
        ". One bar is a %s, each line against its own highest. It shows what was "
        "written down, which need not be all that happened.</p>\n",
        kith_series_unit(&s));
    put_lines(out, &s);
    put_periods(out, &s);
    g_string_append(out, "</section>\n");
    return true;
}
