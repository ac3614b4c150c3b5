/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - texts of unknown origin on their way into a page. */
#include "base/base.h"
#include "base/text.h"
#include "reports/html/html.h"
#include "reports/html/phrases.h"
#include <stdio.h>
#include <string.h>

void
kith_html_text(GString *out, const char *text)
{
    g_autofree char *safe = kith_text_display(text);

    for (const char *p = safe; *p; p++) {
        switch (*p) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            g_string_append_c(out, *p);
        }
    }
}

void
kith_html_name(GString *out, const char *text)
{
    bool plain = !text || g_str_is_ascii(text);

    g_string_append(out, plain ? "" : "<bdi>");
    kith_html_text(out, text);
    g_string_append(out, plain ? "" : "</bdi>");
}

void
kith_html_date(GString *out, kith_time when, kith_precision precision)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    char text[32];
    int year, month, day;

    kith_time_text(when, precision, text);
    g_string_append_printf(out, "<time datetime=\"%s\">", text);
    if (precision == KITH_PRECISION_DAY && sscanf(text, "%d-%d-%d", &year, &month, &day) == 3)
        g_string_append_printf(out, "%d %s %d", day, months[CLAMP(month, 1, 12) - 1], year);
    else
        g_string_append(out, text);
    g_string_append(out, "</time>");
}

char *
kith_html_title(const kith_answer *answer)
{
    static const char *const titles[][2] = {
        {"info", "What is in these files"},
        {"duplicates", "Possible duplicates"},
        {"intro", "Warm introductions"},
        {"warmth", "How warm a tie is"},
        {"ties", "Warm ties"},
        {"map", "The map"},
        {"reach", "Who is within reach"},
        {"gatekeepers", "Gatekeepers"},
        {"keep-in-touch", "Keep in touch"},
        {"permissions", "Permissions"},
        {"influencers", "Influencers"},
        {"seeds", "Whom to tell first"},
        {"communities", "Groups"},
        {"brokers", "Connectors between groups"},
        {"events", "Events"},
        {"mixing", "Like with like"},
        {"attendance", "Who comes with whom"},
        {"spread", "Word of mouth"},
        {"layers", "Customers and their customers"},
        {"referrals", "Referrals"},
        {"contributions", "Contributions"},
        {"journey", "The customer journey"},
        {"prospects", "Prospects"},
        {"allies", "Allies"},
        {"scorecard", "Scorecard"},
        {"what-if", "What one change makes"},
    };
    const char *question = kith_answer_question(answer);
    char *title;

    if (strcmp(question, "events") == 0 && kith_phrase_parameter(answer, "next"))
        return g_strdup("Who should meet whom");
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i][0], question) == 0)
            return g_strdup(titles[i][1]);
    title = g_strdelimit(g_strdup(question), "-_", ' ');
    title[0] = g_ascii_toupper(title[0]);
    return title;
}
