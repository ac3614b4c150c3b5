/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sentences.h - what say_*.c say of an answer; headline.c knows when to say which. */
#ifndef KITH_REPORTS_HTML_SENTENCES_H
#define KITH_REPORTS_HTML_SENTENCES_H

#include <glib.h>
#include <kith/answer.h>

#define NAMED 3 /* people named in a sentence */

/** Each appends its sentence, or returns false where the answer holds nothing to say. */
bool kith_html_say_intro(const kith_answer *answer, GString *out);
bool kith_html_say_gatekeepers(const kith_answer *answer, GString *out);
bool kith_html_say_keep_in_touch(const kith_answer *answer, GString *out);
bool kith_html_say_contributions(const kith_answer *answer, GString *out);
bool kith_html_say_duplicates(const kith_answer *answer, GString *out);

bool kith_html_say_influencers(const kith_answer *answer, GString *out);
bool kith_html_say_seeds(const kith_answer *answer, GString *out);
bool kith_html_say_communities(const kith_answer *answer, GString *out);
bool kith_html_say_brokers(const kith_answer *answer, GString *out);
bool kith_html_say_events(const kith_answer *answer, GString *out);
bool kith_html_say_mixing(const kith_answer *answer, GString *out);
bool kith_html_say_attendance(const kith_answer *answer, GString *out);

bool kith_html_say_layers(const kith_answer *answer, GString *out);
bool kith_html_say_referrals(const kith_answer *answer, GString *out);
bool kith_html_say_journey(const kith_answer *answer, GString *out);
bool kith_html_say_scorecard(const kith_answer *answer, GString *out);
bool kith_html_say_prospects(const kith_answer *answer, GString *out);
bool kith_html_say_allies(const kith_answer *answer, GString *out);
bool kith_html_say_permissions(const kith_answer *answer, GString *out);

#endif
