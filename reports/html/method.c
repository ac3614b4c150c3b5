/* SPDX-License-Identifier: GPL-3.0-or-later */
/* method.c - the appendix: all that is needed to make the page again, and how to read it. */
#include "base/base.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/words.h"
#include <kith/kith.h>
#include <string.h>

static const char reading[] =
    "<h3>How to read it</h3>\n<ul>\n"
    "<li><strong>Association, not cause.</strong> “Goes with” is all that ties can show: nobody "
    "was "
    "assigned by chance to meet, to refer or to buy.</li>\n"
    "<li><strong>Only what these files show.</strong> Somebody without ties here is somebody whose "
    "ties "
    "are not in the files. One person’s export shows that person’s ties, not those among "
    "their contacts.</li>\n"
    "<li><strong>Scores are indexes</strong> by stated conventions: good for an order, not "
    "chances. "
    "Ranks close to one another may change places with a little more data.</li>\n"
    "<li><strong>A dash (–) means not known,</strong> which is not zero.</li>\n"
    "<li>Numbers are shown with four significant digits; JSON and CSV hold all of "
    "them.</li>\n</ul>\n";

static void
put_facts(GString *out, const kith_document *document)
{
    const kith_answer *answer = kith_document_answer(document, 0);

    g_string_append_printf(out, "<dl class=\"facts\"><div><dt>Made by</dt><dd>kith %s</dd></div>",
                           kith_version());
    if (answer && kith_answer_as_of(answer) != KITH_TIME_NONE) {
        g_string_append(out, "<div><dt>As of</dt><dd>");
        kith_html_date(out, kith_answer_as_of(answer), KITH_PRECISION_DAY);
        g_string_append(out, "; later facts are left out</dd></div>");
    }
    if (answer)
        g_string_append_printf(
            out, "<div><dt>Seed of every random draw</dt><dd>%" G_GINT64_FORMAT "</dd></div>",
            kith_answer_seed(answer));
    g_string_append(out, "</dl>\n");
}

static void
put_parameter_row(GString *out, const char *name, const char *text)
{
    g_autofree char *words = kith_words_name(name, false);

    g_string_append(out, "<div><dt>");
    kith_html_text(out, words);
    g_string_append(out, "</dt><dd>");
    if (*text)
        kith_html_name(out, text);
    else
        g_string_append(out, "<span class=\"none\">not set</span>");
    g_string_append(out, "</dd></div>");
}

/* What one answer was asked with; what an answer before it has said already is only counted. */
static void
put_parameters(GString *out, const kith_answer *answer, GHashTable *said)
{
    g_autofree char *title = kith_html_title(answer);
    int64_t n = kith_answer_parameter_count(answer), again = 0;

    g_string_append(out, "<h4>");
    kith_html_text(out, title);
    g_string_append(out, " <code>");
    kith_html_text(out, kith_answer_question(answer));
    g_string_append(out, "</code></h4>\n<dl class=\"facts\">");
    for (int64_t i = 0; i < n; i++) {
        kith_option_type type;
        const char *name, *text;

        kith_answer_parameter_at(answer, i, &name, &type, &text);
        if (g_hash_table_add(said, g_strdup_printf("%s\n%s", name, text)))
            put_parameter_row(out, name, text);
        else
            again++;
    }
    if (again > 0)
        g_string_append_printf(out, "<div><dt>as above</dt><dd>%" G_GINT64_FORMAT "</dd></div>",
                               again);
    if (n == 0)
        g_string_append(out, "<div><dt>no parameters</dt><dd></dd></div>");
    g_string_append(out, "</dl>\n");
}

static void
put_source(GString *out, const kith_source_info *source)
{
    g_string_append(out, "<li><strong>");
    kith_html_name(out, source->file ? source->file : "");
    g_string_append(out, "</strong> read as ");
    kith_html_text(out, source->importer ? source->importer : "an unknown format");
    g_string_append_printf(out, ": %" G_GINT64_FORMAT " record%s", source->records,
                           source->records == 1 ? "" : "s");
    if (source->held > 0)
        g_string_append_printf(out, ", %" G_GINT64_FORMAT " held back", source->held);
    if (source->warnings > 0)
        g_string_append_printf(out, ", %" G_GINT64_FORMAT " warning%s", source->warnings,
                               source->warnings == 1 ? "" : "s");
    g_string_append(out, "<br><span class=\"hash\">SHA-256 <code>");
    kith_html_text(out, source->sha256 ? source->sha256 : "");
    g_string_append(out, "</code></span></li>\n");
}

/* The sources of all answers, each once, in the order of the answers. */
static void
put_sources(GString *out, const kith_document *document)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    g_string_append(out, "<h3>Sources</h3>\n<ul class=\"sources\">\n");
    for (int64_t a = 0; a < kith_document_answers(document); a++) {
        const kith_answer *answer = kith_document_answer(document, a);

        for (int64_t i = 0; i < kith_answer_sources(answer); i++) {
            kith_source_info source;

            kith_answer_source(answer, i, &source);
            if (g_hash_table_add(seen, g_strdup_printf("%s\n%s", source.file ? source.file : "",
                                                       source.sha256 ? source.sha256 : "")))
                put_source(out, &source);
        }
    }
    if (g_hash_table_size(seen) == 0)
        g_string_append(out, "<li>none recorded</li>\n");
    g_string_append(out, "</ul>\n");
}

bool
kith_html_is_long(const char *note)
{
    return strlen(note) > 240;
}

/* What the answers say about how they were made and what could be seen: each sentence once, the long ones last. */
static void
put_observable(GString *out, const kith_document *document)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) list = g_string_new(NULL), after = g_string_new(NULL);

    for (int64_t a = 0; a < kith_document_answers(document); a++) {
        const kith_answer *answer = kith_document_answer(document, a);

        for (int64_t i = 0; i < kith_answer_notes(answer); i++) {
            const char *note = kith_answer_note_at(answer, i);
            GString *to = kith_html_is_long(note) ? after : list;

            if (!g_hash_table_add(seen, (char *)note))
                continue;
            g_string_append(to, "<li>");
            kith_html_text(to, note);
            g_string_append(to, "</li>\n");
        }
    }
    if (g_hash_table_size(seen) > 0)
        g_string_append_printf(
            out,
            "<details class=\"fold\"><summary>What was seen, what was not, and by "
            "which rules</summary>\n<ul>\n%s%s</ul></details>\n",
            list->str, after->str);
}

void
kith_html_method(GString *out, const kith_document *document)
{
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    g_string_append(out,
                    "<section id=\"method\" class=\"method\" aria-labelledby=\"method-title\">\n"
                    "<h2 id=\"method-title\">How this was made</h2>\n");
    put_facts(out, document);
    g_string_append(out, reading);
    put_observable(out, document);
    put_sources(out, document);
    g_string_append(out, "<details class=\"fold\"><summary>Parameters of every "
                         "question</summary>\n");
    for (int64_t i = 0; i < kith_document_answers(document); i++)
        put_parameters(out, kith_document_answer(document, i), said);
    g_string_append(out, "</details>\n</section>\n");
}
