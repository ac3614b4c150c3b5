/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail_addresses.c - address lists as RFC 5322 has them and as programs write them.
 *
 * One pass over the text, no recursion: a group's name is forgotten at its colon and its members are
 * ordinary addresses, comments are counted, quotes are taken off. "Last, First <x@y>" without its
 * quotes is one person.
 */
#include "base/base.h"
#include "base/text.h"
#include "mail_headers.h"
#include <string.h>

struct reading {
    GArray *into;
    GString *phrase, *comment, *angle;
    GString *left; /* words before a comma that were no address: perhaps a family name */
    bool has_angle;
};

static void
clear_address(gpointer data)
{
    kith_mail_address *a = data;

    g_free(a->name);
    g_free(a->address);
}

GArray *
kith_mail_addresses_new(void)
{
    GArray *array = g_array_new(FALSE, FALSE, sizeof(kith_mail_address));

    g_array_set_clear_func(array, clear_address);
    return array;
}

/* Steps over a quoted string, its quotes off. @return behind it */
static const char *
take_quoted(const char *p, GString *into)
{
    for (p++; *p && *p != '"'; p++) {
        if (*p == '\\' && p[1])
            p++;
        g_string_append_c(into, *p);
    }
    return *p ? p + 1 : p;
}

/* Steps over a comment and the comments within it. The last one is kept: it may be the name. */
static const char *
take_comment(const char *p, GString *into)
{
    int depth = 0;

    g_string_truncate(into, 0);
    do {
        if (*p == '\\' && p[1])
            g_string_append_c(into, *++p);
        else if (*p == '(')
            depth++;
        else if (*p == ')')
            depth--;
        else
            g_string_append_c(into, *p);
        p++;
    } while (*p && depth > 0);
    return p;
}

static const char *
take_angle(const char *p, struct reading *r)
{
    size_t n = strcspn(p + 1, ">");

    g_string_truncate(r->angle, 0);
    g_string_append_len(r->angle, p + 1, (gssize)n);
    r->has_angle = true;
    return p + 1 + n + (p[1 + n] == '>');
}

/* "user at example.org", as list archives hide it. */
static char *
plain_address(const char *text)
{
    g_autofree char *clean = kith_text_clean(text);
    char *at = strstr(clean, " at ");

    if (strchr(clean, '@') || !at || strchr(at + 4, ' ') || memchr(clean, ' ', at - clean))
        return g_steal_pointer(&clean);
    *at = '\0';
    return g_strconcat(clean, "@", at + 4, NULL);
}

/* The address in angle brackets, without an obsolete route ("@relay:") in front. */
static char *
angle_address(const struct reading *r)
{
    const char *text = r->angle->str, *colon = *text == '@' ? strrchr(text, ':') : NULL;

    return plain_address(colon ? colon + 1 : text);
}

static void
add(struct reading *r, char *address, const char *name)
{
    kith_mail_address one = {.address = address};
    g_autofree char *decoded = kith_mail_decode(name);

    one.name = kith_text_clean(decoded);
    g_array_append_val(r->into, one);
}

/* The end of one address: a comma, a semicolon, the end of the list. */
static void
finish(struct reading *r)
{
    g_autofree char *name = NULL;

    g_strstrip(r->phrase->str);
    g_string_set_size(r->phrase, strlen(r->phrase->str));
    if (r->has_angle) {
        if (r->left->len && r->phrase->len)
            name = g_strdup_printf("%s, %s", r->left->str, r->phrase->str);
        else
            name = g_strdup(r->phrase->len ? r->phrase->str : r->comment->str);
        add(r, angle_address(r), name);
        g_string_truncate(r->left, 0);
    } else if (r->phrase->len) {
        g_autofree char *address = plain_address(r->phrase->str);

        g_string_truncate(r->left, 0);
        if (strchr(address, '@'))
            add(r, g_steal_pointer(&address), r->comment->str);
        else
            g_string_assign(r->left, r->phrase->str);
    }
    g_string_truncate(r->phrase, 0);
    g_string_truncate(r->comment, 0);
    r->has_angle = false;
}

static const char *
take_word(const char *p, struct reading *r)
{
    size_t n = MAX(kith_mail_encoded_word(p), 1);

    g_string_append_len(r->phrase, p, (gssize)n);
    return p + n;
}

static const char *
take_one(const char *p, struct reading *r)
{
    switch (*p) {
    case '"':
        return take_quoted(p, r->phrase);
    case '(':
        return take_comment(p, r->comment);
    case '<':
        return take_angle(p, r);
    case ':': /* a group begins: its name is nobody */
        g_string_truncate(r->phrase, 0);
        g_string_truncate(r->left, 0);
        return p + 1;
    case ',':
        finish(r);
        return p + 1;
    case ';':
        finish(r);
        g_string_truncate(r->left, 0);
        return p + 1;
    default:
        return take_word(p, r);
    }
}

bool
kith_mail_addresses(const char *text, GArray *into)
{
    struct reading r = {.into = into,
                        .phrase = g_string_new(NULL),
                        .comment = g_string_new(NULL),
                        .angle = g_string_new(NULL),
                        .left = g_string_new(NULL)};

    while (*text && into->len <= KITH_MAIL_ADDRESSES)
        text = take_one(text, &r);
    finish(&r);
    g_string_free(r.phrase, TRUE);
    g_string_free(r.comment, TRUE);
    g_string_free(r.angle, TRUE);
    g_string_free(r.left, TRUE);
    return into->len <= KITH_MAIL_ADDRESSES;
}
