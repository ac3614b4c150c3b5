/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c - the section with the map: a sentence, the picture, its legend, and the same as a table. */
#include "base/base.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include "reports/html/places.h"
#include "reports/html/poster.h"
#include <string.h>

#define IN_LEGEND 6
#define IN_TABLE 300

static char *
describe(const kith_html_places *p)
{
    g_autoptr(GArray) links = kith_html_links(p);
    g_autoptr(GString) text = g_string_new(NULL);
    int64_t n[KITH_NODE_KINDS] = {0};
    static const char *const names[][2] = {{"person", "people"},
                                           {"organisation", "organisations"},
                                           {"event", "events"},
                                           {"topic", "topics"}};

    for (int64_t i = 0; i < p->n; i++)
        n[kith_graph_kind(p->graph, p->node[i])]++;
    for (int kind = 0; kind < KITH_NODE_KINDS; kind++)
        if (n[kind] > 0) {
            g_string_append(text, text->len ? ", " : "");
            kith_phrase_count(text, (double)n[kind], names[kind][0], names[kind][1]);
        }
    g_string_append(text, " and ");
    kith_phrase_count(text, links->len, "pair of them that is tied", "pairs of them that are tied");
    if (p->groups > 1) {
        g_string_append(text, ", in ");
        kith_phrase_count(text, (double)p->groups, "group", "groups");
    }
    g_string_append_c(text, '.');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
put_key(GString *out, const char *shape, const char *what)
{
    g_string_append_printf(out,
                           "<li><svg class=\"key\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><g "
                           "class=\"h6\">%s</g></svg> %s</li>\n",
                           shape, what);
}

static void
put_kinds(GString *out, const kith_html_places *p)
{
    static const char *const keys[][2] = {
        {"<circle cx=\"8\" cy=\"8\" r=\"6\"/>", "person"},
        {"<rect x=\"3\" y=\"3\" width=\"10\" height=\"10\"/>", "organisation"},
        {"<path d=\"M8 1l7 7l-7 7l-7 -7z\"/>", "event"},
        {"<path d=\"M8 2l6 12h-12z\"/>", "topic"}};
    bool seen[KITH_NODE_KINDS] = {false};

    for (int64_t i = 0; i < p->n; i++)
        seen[kith_graph_kind(p->graph, p->node[i])] = true;
    for (int kind = 0; kind < KITH_NODE_KINDS; kind++)
        if (seen[kind] && !kith_html_in_groups(p))
            put_key(out, keys[kind][0], keys[kind][1]);
    if (kith_html_in_groups(p))
        put_key(out, keys[0][0], "a group; the larger, the more are in it");
}

static void
put_legend(GString *out, const kith_html_places *p)
{
    g_string_append(out, "<ul class=\"legend\" aria-label=\"Legend of the map\">\n");
    put_kinds(out, p);
    for (int64_t i = 0; i < MIN(p->groups, IN_LEGEND); i++) {
        g_string_append_printf(
            out,
            "<li><svg class=\"key\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><g "
            "class=\"h%d\"><circle cx=\"8\" cy=\"8\" r=\"7\"/></g></svg> around ",
            (int)i);
        kith_html_name(out, p->at[i].label);
        g_string_append_printf(out, " <small>%" G_GINT64_FORMAT "</small></li>\n", p->at[i].size);
    }
    if (p->groups > IN_LEGEND)
        g_string_append_printf(out, "<li>grey: %" G_GINT64_FORMAT " smaller groups</li>\n",
                               p->groups - IN_LEGEND);
    g_string_append(out, "</ul>\n");
}

static void
put_place(GString *out, const kith_html_places *p, int64_t i)
{
    g_string_append_printf(out, "<tr><th scope=row><bdi data-node=%d>", p->node[i]);
    kith_html_text(out, kith_graph_label(p->graph, p->node[i]));
    g_string_append_printf(out, "</bdi></th><td>%s</td><td class=n>",
                           kith_node_kind_name(kith_graph_kind(p->graph, p->node[i])));
    if (p->group[i] >= 0)
        g_string_append_printf(out, "%d", p->group[i] + 1);
    else
        g_string_append(out, "<i>–</i>");
    g_string_append_printf(out, "</td><td class=n>%d</td></tr>\n", p->degree[i]);
}

/* Everything on the map in words: who, what, in which group, tied to how many. */
static void
put_tables(GString *out, const kith_html_places *p, const kith_answer *map)
{
    int64_t n = MIN(p->n, IN_TABLE);

    g_string_append(out, "<details><summary>The map as tables</summary>\n");
    kith_html_table(out, kith_answer_find_table(map, "groups"), "map-groups");
    g_string_append(
        out, "<div class=\"box\" role=\"group\" tabindex=\"0\" aria-label=\"Everything on "
             "the map\"><table><caption>Everything on the map</caption>\n<thead><tr>"
             "<th scope=\"col\">Name</th><th scope=\"col\">Kind</th><th scope=\"col\" "
             "class=\"n\">Group</th><th scope=\"col\" class=\"n\">Tied to</th></tr></thead>\n"
             "<tbody>\n");
    for (int64_t i = 0; i < n; i++)
        put_place(out, p, i);
    g_string_append(out, "</tbody></table></div>\n");
    if (p->n > n)
        g_string_append_printf(out,
                               "<p class=\"aside\">%" G_GINT64_FORMAT
                               " more are left out of this table; kith map lists them.</p>\n",
                               p->n - n);
    g_string_append(out, "</details>\n");
}

bool
kith_html_map(GString *out, const kith_document *document)
{
    g_autoptr(kith_html_places) p = kith_html_places_new(document);
    g_autofree char *words = NULL;

    if (!p)
        return false;
    words = describe(p);
    g_string_append(out, "<section id=\"map\" aria-labelledby=\"map-title\">\n<h2 id=\"map-title\">"
                         "The map</h2>\n<p>");
    kith_html_text(out, words);
    g_string_append(out,
                    " Near means tied, directly or through others; up and down mean nothing.</p>\n"
                    "<div class=\"stage\">\n");
    kith_html_poster(out, p, false, words);
    kith_html_poster(out, p, true, words);
    g_string_append(out, "</div>\n");
    put_legend(out, p);
    put_tables(out, p, kith_html_answer(document, "map"));
    g_string_append(out, "</section>\n");
    return true;
}
