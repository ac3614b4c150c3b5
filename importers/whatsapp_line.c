/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatsapp_line.c - one line of an exported chat, as phones of all kinds write it. */
#include "whatsapp_line.h"
#include "base/base.h"
#include "base/dates.h"
#include "base/identifier.h"
#include "base/text.h"
#include <string.h>

#define LONGEST_DATE 60
#define LONGEST_NAME 120
/* Left-to-right mark: WhatsApp puts it before what it writes itself. */
#define MARK "\xe2\x80\x8e"
#define OPEN "\xe2\x81\xa8"  /* first strong isolate */
#define CLOSE "\xe2\x81\xa9" /* pop directional isolate */

void
kith_chat_line_clear(kith_chat_line *line)
{
    g_free(line->when);
    g_free(line->author);
    g_free(line->body);
    *line = (kith_chat_line){0};
}

/* Takes every occurrence of a text out, or puts another in its place. */
static void
replace(GString *text, const char *what, const char *with)
{
    g_string_replace(text, what, with, 0);
}

/* The date in one spelling: "p. m." and Finnish "klo", blanks of all kinds. NULL when it is none. */
static char *
clean_date(const char *text, size_t length)
{
    g_autoptr(GString) date = g_string_new_len(text, (gssize)length);
    kith_time when;
    kith_precision precision;

    replace(date, MARK, "");
    replace(date, "\xe2\x80\xaf", " ");
    replace(date, "\xc2\xa0", " ");
    replace(date, ". m.", ".m.");
    replace(date, "klo ", "");
    if (!g_ascii_isdigit(date->str[0]))
        return NULL;
    if ((!kith_date_parse_ordered(date->str, KITH_ORDER_DMY, &when, &precision) &&
         !kith_date_parse_ordered(date->str, KITH_ORDER_MDY, &when, &precision)) ||
        precision != KITH_PRECISION_SECOND)
        return NULL;
    return g_strdup(date->str);
}

static const char *
skip_marks(const char *text)
{
    for (;;) {
        if (g_str_has_prefix(text, MARK) || g_str_has_prefix(text, "\xe2\x80\x8f") ||
            g_str_has_prefix(text, "\xef\xbb\xbf"))
            text += 3;
        else
            return text;
    }
}

/* Where the date is and what follows it. @return NULL when no date is in front */
static const char *
split_date(const char *text, char **when)
{
    bool brackets = *text == '[';
    const char *stop = strstr(text, brackets ? "]" : " - ");

    if ((!brackets && !g_ascii_isdigit(*text)) || !stop || stop - text > LONGEST_DATE)
        return NULL;
    *when = clean_date(text + brackets, (size_t)(stop - text) - brackets);
    if (!*when)
        return NULL;
    stop += brackets ? 1 : 3;
    return stop + strspn(stop, " ");
}

/* A colon in a quoted group name is no author's. */
static bool
is_author(const char *text, size_t length)
{
    return length > 0 && length <= LONGEST_NAME && !memchr(text, '"', length) &&
           !g_strstr_len(text, (gssize)length, "\xe2\x80\x9c");
}

bool
kith_chat_line_parse(const char *text, kith_chat_line *out)
{
    const char *rest = split_date(skip_marks(text), &out->when), *colon;

    if (!rest)
        return false;
    colon = strstr(rest, ": ");
    if (!colon && *rest && rest[strlen(rest) - 1] == ':')
        colon = rest + strlen(rest) - 1;
    if (colon && is_author(rest, (size_t)(colon - rest))) {
        g_autofree char *author = g_strndup(rest, (size_t)(colon - rest));

        out->author = kith_chat_name(author);
        rest = colon + 1 + (colon[1] == ' ');
    }
    out->marked = g_str_has_prefix(rest, MARK);
    out->body = g_strdup(skip_marks(rest));
    return true;
}

char *
kith_chat_name(const char *text)
{
    g_autoptr(GString) name = g_string_new(text);
    g_autofree char *valid = NULL;
    const char *start;
    char *phone;

    replace(name, MARK, "");
    replace(name, "\xe2\x80\x8f", "");
    replace(name, OPEN, "");
    replace(name, CLOSE, "");
    replace(name, "\xe2\x80\xaa", "");
    replace(name, "\xe2\x80\xac", "");
    replace(name, "\xe2\x80\xaf", " ");
    valid = g_utf8_make_valid(name->str, -1);
    start = valid[0] == '~' ? valid + 1 : valid;
    phone = *start == '+' ? kith_phone_normalise(start, NULL) : NULL;
    return phone ? phone : kith_text_clean(start);
}

static void
add_names(GPtrArray *names, const char *text)
{
    g_autoptr(GString) list = g_string_new(text);
    g_auto(GStrv) name = NULL;

    replace(list, " and ", ", ");
    name = g_strsplit(list->str, ", ", -1);
    for (size_t i = 0; name[i]; i++) {
        char *clean = kith_chat_name(name[i]);

        if (*clean && strlen(clean) <= LONGEST_NAME && !strchr(clean, '"'))
            g_ptr_array_add(names, clean);
        else
            g_free(clean);
    }
}

char **
kith_chat_system_names(const char *body)
{
    static const char *const verbs[] = {" created group ", " added ",    " removed ",   " left",
                                        " joined using ",  " was added", " was removed"};
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autofree char *who = NULL;
    const char *at = NULL;
    size_t verb;

    for (verb = 0; verb < G_N_ELEMENTS(verbs) && !at; verb++)
        at = strstr(body, verbs[verb]);
    if (at && at - body <= LONGEST_NAME && (verb != 4 || at[5] == '\0')) {
        who = g_strndup(body, (size_t)(at - body));
        add_names(names, who);
        if (verb == 2 || verb == 3)
            add_names(names, at + strlen(verbs[verb - 1]));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

char **
kith_chat_mentions(const char *body)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();

    for (const char *at = strchr(body, '@'); at; at = strchr(at + 1, '@')) {
        size_t digits = strspn(at + 1, "0123456789");
        const char *end = g_str_has_prefix(at + 1, OPEN) ? strstr(at, CLOSE) : NULL;

        if (end && end - at <= LONGEST_NAME) {
            g_autofree char *name = g_strndup(at + 1, (size_t)(end - at - 1));

            g_ptr_array_add(names, kith_chat_name(name));
        } else if (digits >= 8 && digits <= 15) {
            g_ptr_array_add(names, g_strdup_printf("+%.*s", (int)digits, at + 1));
        }
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}
