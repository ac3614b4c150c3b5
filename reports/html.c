/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html - one page for a reader: it works offline, on a phone and on paper, and is complete without
 * its scripts.
 *
 * The answers come first, in a sentence each; then a section per answer with its tables and notes;
 * then how it was made. A content policy lets in nothing but the page's own style sheet and scripts,
 * by their hashes, so a hostile name that slipped through the escaping would still be inert.
 */
#include "reports/html/html.h"
#include "base/base.h"
#include "base/text.h"
#include "reports/words.h"
#include <kith/kith.h>
#include <string.h>

static const char *
title_of(const kith_document *document)
{
    const char *title = kith_document_title(document);

    return title && *title ? title : "What these ties say";
}

/* An anchor for each answer: its question, numbered when asked twice. */
static char *
anchor_of(const kith_document *document, int64_t i)
{
    g_autofree char *slug = kith_text_slug(kith_answer_question(kith_document_answer(document, i)));

    return i == 0 ? g_strdup_printf("a-%s", slug)
                  : g_strdup_printf("a-%s-%" G_GINT64_FORMAT, slug, i + 1);
}

/* Lets in the page's own style and scripts by their hashes, pictures made of text, and nothing else. */
static void
put_policy(GString *out)
{
    g_string_append(out,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    if (*kith_html_page)
        g_string_append_printf(out, "script-src 'sha256-%s' 'sha256-%s'; ", kith_html_page_sha256,
                               kith_html_map_script_sha256);
    g_string_append_printf(out,
                           "style-src 'sha256-%s'; img-src data: blob:; base-uri 'none'; "
                           "form-action 'none'\">\n",
                           kith_html_css_sha256);
}

static void
put_head(GString *out, const kith_document *document)
{
    g_string_append(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(out);
    g_string_append(out,
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n<title>");
    kith_html_text(out, title_of(document));
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n", kith_html_css);
}

static void
put_header(GString *out, const kith_document *document)
{
    const kith_answer *first = kith_document_answer(document, 0);
    int64_t sources = first ? kith_answer_sources(first) : 0;

    g_string_append(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the answers</a>\n"
                         "<header class=\"top\">\n<h1>");
    kith_html_name(out, title_of(document));
    g_string_append(out, "</h1>\n<p class=\"meta\">");
    if (first && kith_answer_as_of(first) != KITH_TIME_NONE) {
        g_string_append(out, "As of ");
        kith_html_date(out, kith_answer_as_of(first), KITH_PRECISION_DAY);
    }
    if (sources > 0)
        g_string_append_printf(out, " · from <a href=\"#method\">%" G_GINT64_FORMAT " file%s</a>",
                               sources, sources == 1 ? "" : "s");
    g_string_append(out, "</p>\n</header>\n");
}

const kith_answer *
kith_html_answer(const kith_document *document, const char *question)
{
    for (int64_t i = 0; i < kith_document_answers(document); i++)
        if (strcmp(kith_answer_question(kith_document_answer(document, i)), question) == 0)
            return kith_document_answer(document, i);
    return NULL;
}

static bool
is_map(const kith_document *document, int64_t i)
{
    return strcmp(kith_answer_question(kith_document_answer(document, i)), "map") == 0;
}

/* In a page of several answers the map has a section of its own kind, and ties are what the questions of the page work on. */
static bool
is_section(const kith_document *document, int64_t i)
{
    const char *question = kith_answer_question(kith_document_answer(document, i));

    return kith_document_answers(document) == 1 ||
           (!is_map(document, i) && strcmp(question, "ties") != 0);
}

static void
put_contents(GString *out, const kith_document *document)
{
    g_string_append(out, "<nav aria-label=\"Contents\"><ul>\n");
    for (int64_t i = 0; i < kith_document_answers(document); i++) {
        g_autofree char *anchor = anchor_of(document, i);
        g_autofree char *title = kith_html_title(kith_document_answer(document, i));

        if (is_map(document, i))
            g_string_append(out, "<li><a href=\"#map\">The map</a></li>\n");
        if (!is_section(document, i))
            continue;
        g_string_append_printf(out, "<li><a href=\"#%s\">", anchor);
        kith_html_text(out, title);
        g_string_append(out, "</a></li>\n");
    }
    g_string_append(out, "<li><a href=\"#method\">How this was made</a></li>\n</ul></nav>\n");
}

static void
put_headlines(GString *out, const kith_document *document)
{
    g_string_append(out, "<section class=\"brief\" aria-labelledby=\"brief-title\">\n"
                         "<h2 id=\"brief-title\">In short</h2>\n<ul>\n");
    for (int64_t i = 0; i < kith_document_answers(document); i++) {
        const kith_answer *answer = kith_document_answer(document, i);
        g_autofree char *anchor = anchor_of(document, i), *title = kith_html_title(answer);

        if (!is_section(document, i))
            continue;
        g_string_append_printf(out, "<li><a href=\"#%s\">", anchor);
        kith_html_text(out, title);
        g_string_append(out, "</a><p>");
        kith_html_headline(out, answer);
        g_string_append(out, "</p></li>\n");
    }
    if (kith_document_answers(document) == 0)
        g_string_append(out, "<li><p>Nothing was asked.</p></li>\n");
    g_string_append(out, "</ul>\n</section>\n");
}

static void
put_notes(GString *out, const kith_answer *answer)
{
    int64_t later = 0;

    if (kith_answer_notes(answer) == 0)
        return;
    g_string_append(out, "<ul class=\"notes\" aria-label=\"Notes\">\n");
    for (int64_t i = 0; i < kith_answer_notes(answer); i++) {
        const char *note = kith_answer_note_at(answer, i);

        later += kith_html_is_long(note);
        if (kith_html_is_long(note))
            continue;
        g_string_append(out, "<li>");
        kith_html_text(out, note);
        g_string_append(out, "</li>\n");
    }
    if (later > 0)
        g_string_append(out, "<li>The rules and constants are under "
                             "<a href=\"#method\">How this was made</a>.</li>\n");
    g_string_append(out, "</ul>\n");
}

/* What was asked for in words, in one line: "to Dana Reyes"; the other parameters stand in the appendix. */
static void
put_asked(GString *out, const kith_answer *answer)
{
    const char *before = "<p class=\"asked\">Asked with ";

    for (int64_t i = 0; i < kith_answer_parameter_count(answer); i++) {
        g_autofree char *words = NULL;
        kith_option_type type;
        const char *name, *text;

        kith_answer_parameter_at(answer, i, &name, &type, &text);
        /* The constants of a formula have a dot in their name; they are under "How this was made". */
        if (!*text || strchr(name, '.') || type != KITH_OPTION_TYPE_TEXT)
            continue;
        words = kith_words_name(name, false);
        g_string_append(out, before);
        kith_html_text(out, words);
        g_string_append(out, " <b>");
        kith_html_name(out, text);
        g_string_append(out, "</b>");
        before = " · ";
    }
    if (*before == ' ')
        g_string_append(out, "</p>\n");
}

/* Tables that a reader acts upon stand open beside the first one. */
static bool
stands_open(const kith_table *table)
{
    static const char *const names[] = {"thanks", "worklist"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(kith_table_name(table), names[i]) == 0)
            return true;
    return kith_table_rows(table) == 0;
}

/* One of an answer's further tables, folded away under its name. */
static void
put_folded(GString *out, const kith_table *table, const char *anchor)
{
    g_autofree char *name = kith_words_name(kith_table_name(table), true);
    int64_t rows = kith_table_rows(table);

    g_string_append(out, "<details class=\"fold\"><summary>");
    kith_html_text(out, name);
    g_string_append_printf(out, " <small>%" G_GINT64_FORMAT " row%s</small></summary>\n", rows,
                           rows == 1 ? "" : "s");
    kith_html_table(out, table, anchor);
    g_string_append(out, "</details>\n");
}

static void
put_answer(GString *out, const kith_answer *answer, const char *anchor)
{
    bool open = true;

    g_autofree char *title = kith_html_title(answer);

    g_string_append_printf(out,
                           "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">",
                           anchor, anchor, anchor);
    kith_html_text(out, title);
    g_string_append(out, "</h2>\n");
    put_asked(out, answer);
    for (int64_t i = 0; i < kith_answer_tables(answer); i++) {
        const kith_table *table = kith_answer_table_at(answer, i);
        g_autofree char *own = g_strdup_printf("%s-t%" G_GINT64_FORMAT, anchor, i + 1);

        if (kith_html_is_evidence(answer, table))
            continue;
        if (open || stands_open(table))
            kith_html_table(out, table, own);
        else
            put_folded(out, table, own);
        open &= kith_table_rows(table) == 0;
        kith_html_evidence(out, answer, table);
    }
    put_notes(out, answer);
    g_string_append(out, "</section>\n");
}

static void
flush(GString *out, kith_sink *sink)
{
    kith_sink_write(sink, out->str, out->len);
    g_string_truncate(out, 0);
}

/* The data, then the scripts that work on it. A page without a map carries no sigma.js. */
static void
put_scripts(GString *out, const kith_document *document, kith_sink *sink)
{
    if (!*kith_html_page)
        return;
    if (kith_html_has_data(document)) {
        flush(out, sink);
        kith_sink_text(sink, "<script type=\"application/json\" id=\"data\">\n");
        kith_html_data(sink, document);
        kith_sink_text(sink, "</script>\n");
    }
    if (kith_html_answer(document, "map"))
        g_string_append_printf(
            out, "<script type=\"application/json\" id=\"map-script\">\"%s\"</script>\n",
            kith_html_map_script);
    flush(out, sink);
    kith_sink_text(sink, "<script>");
    kith_sink_text(sink, kith_html_page);
    kith_sink_text(sink, "</script>\n");
}

static kith_status
write_html(const kith_document *document, kith_sink *sink, kith_error *err)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)err;
    put_head(out, document);
    put_header(out, document);
    put_contents(out, document);
    g_string_append(out, "<main id=\"main\">\n");
    put_headlines(out, document);
    flush(out, sink);
    for (int64_t i = 0; i < kith_document_answers(document); i++) {
        g_autofree char *anchor = anchor_of(document, i);

        if (is_section(document, i))
            put_answer(out, kith_document_answer(document, i), anchor);
        if (is_map(document, i))
            kith_html_map(out, document);
        flush(out, sink);
    }
    kith_html_timeline(out, document);
    kith_html_glossary(out, document);
    kith_html_method(out, document);
    g_string_append(out,
                    "</main>\n<footer><p>This page names people: it is as private as the files it "
                    "was made from. It loads nothing from anywhere.</p></footer>\n");
    put_scripts(out, document, sink);
    g_string_append(out, "</body>\n</html>\n");
    flush(out, sink);
    return KITH_OK;
}

const kith_report kith_report_html = {
    .name = "html",
    .summary = "one page for a reader, complete offline",
    .extension = "html",
    .write = write_html,
};
