/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentences.h - headlines of answers that are about many at once; headline.c knows when to say which. */
#ifndef KITH_REPORTS_HTML_SENTENCES_H
#define KITH_REPORTS_HTML_SENTENCES_H

#include <glib.h>
#include <kith/answer.h>

/** Each appends its sentence, or returns false where the answer holds nothing to say. */
bool kith_html_say_mixing(const kith_answer *answer, GString *out);
bool kith_html_say_attendance(const kith_answer *answer, GString *out);
bool kith_html_say_journey(const kith_answer *answer, GString *out);
bool kith_html_say_scorecard(const kith_answer *answer, GString *out);
bool kith_html_say_prospects(const kith_answer *answer, GString *out);
bool kith_html_say_allies(const kith_answer *answer, GString *out);
bool kith_html_say_permissions(const kith_answer *answer, GString *out);

#endif
