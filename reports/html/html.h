/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html.h - the parts of the HTML page; each appends to a text that goes to the sink section by
 * section. */
#ifndef KITH_REPORTS_HTML_HTML_H
#define KITH_REPORTS_HTML_HTML_H

#include <glib.h>
#include <kith/answer.h>
#include <kith/report.h>

/** The style sheet and the scripts, each with base64 of its SHA-256, made at build time by embed.py; that
 * of the map is packed (gzip, base64). Scripts are "" in a build without Node. */
extern const char kith_html_css[], kith_html_css_sha256[];
extern const char kith_html_page[], kith_html_page_sha256[];
extern const char kith_html_map_script[], kith_html_map_script_sha256[];

/** Appends a text that may hold anything: controls made visible, markup escaped; fit for
 * attributes, too. */
void kith_html_text(GString *out, const char *text);
/** As kith_html_text(), kept apart from the direction of the text around it; ASCII has none to keep apart. */
void kith_html_name(GString *out, const char *text);
/** Appends "31 December 2024" as a <time>. */
void kith_html_date(GString *out, kith_time when, kith_precision precision);

/** What a question's section is called: "Warm introductions". @return yours */
char *kith_html_title(const kith_answer *answer);

/** The answer in one sentence of plain words, with markup. */
void kith_html_headline(GString *out, const kith_answer *answer);

/** A table with its caption and a gloss of its columns. @param anchor unique in the page */
void kith_html_table(GString *out, const kith_table *table, const char *anchor);

/** Whether a table holds what another's rows rest on, and so has no place of its own. */
bool kith_html_is_evidence(const kith_answer *answer, const kith_table *parts);
/** What each row of a table rests on, folded; nothing when the answer does not say. */
void kith_html_evidence(GString *out, const kith_answer *answer, const kith_table *whole);

/** The section that says what the page's words mean. */
void kith_html_glossary(GString *out, const kith_document *document);

/** Whether a note is so long that it is left to the appendix. */
bool kith_html_is_long(const char *note);

/** The answer to a question, the first of several; NULL when it was not asked. */
const kith_answer *kith_html_answer(const kith_document *document, const char *question);

/** Whether the page carries data for its scripts: a graph, and where to draw it or how warm it is. */
bool kith_html_has_data(const kith_document *document);
/** Writes that data as JSON that may stand in a script element. */
void kith_html_data(kith_sink *sink, const kith_document *document);

/** The section with the map. @return false when the document has none */
bool kith_html_map(GString *out, const kith_document *document);

/** The section that says when things happened. @return false when fewer than two periods have dated facts */
bool kith_html_timeline(GString *out, const kith_document *document);

/** How all of it was made: parameters, versions, sources, how to read the numbers. */
void kith_html_method(GString *out, const kith_document *document);

#endif
