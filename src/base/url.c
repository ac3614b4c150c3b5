/* SPDX-License-Identifier: GPL-3.0-or-later */
/* url.c - the normal form of a web address. */
#include "base/base.h"
#include "base/identifier.h"
#include "base/text.h"
#include <string.h>

/* Behind "https://" or "//"; NULL for another scheme. */
static const char *
without_scheme(const char *text)
{
    const char *colon = strstr(text, "://");

    if (g_str_has_prefix(text, "//"))
        return text + 2;
    if (colon == NULL || colon > text + strcspn(text, "/?#"))
        return text;
    if (g_ascii_strncasecmp(text, "http://", 7) == 0)
        return text + 7;
    return g_ascii_strncasecmp(text, "https://", 8) == 0 ? text + 8 : NULL;
}

static bool
is_host(const char *host)
{
    const char *last = strrchr(host, '.');
    size_t letters = 0;

    if (last == NULL || last == host || strstr(host, "..") != NULL || host[0] == '-')
        return false;
    for (const char *p = host; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && *p != '.' && *p != '-' && *p != '_' && (guchar)*p < 0x80)
            return false;
    for (const char *p = last + 1; *p != '\0'; p++) {
        if (g_ascii_isdigit(*p) && !g_str_has_prefix(last + 1, "xn--"))
            return false;
        letters++;
    }
    return letters >= 2;
}

/* Lower case, without port, "www." and LinkedIn's country. @return NULL when it is no host */
static char *
host_of(const char *text, size_t length)
{
    g_autofree char *written = g_strndup(text, length), *host = kith_text_lower(written);
    const char *start = host;
    char *port = strchr(host, ':');
    size_t n;

    if (port != NULL) {
        if (port[1 + strspn(port + 1, "0123456789")] != '\0')
            return NULL;
        *port = '\0';
    }
    n = strlen(host);
    if (n > 0 && host[n - 1] == '.')
        host[n - 1] = '\0';
    if (g_str_has_prefix(start, "www."))
        start += 4;
    if (g_str_has_suffix(start, ".linkedin.com"))
        start += strlen(start) - strlen("linkedin.com");
    return is_host(start) ? g_strdup(start) : NULL;
}

/* "/in/<slug>" and no more: what follows is a language or a tab of the same page. */
static char *
linkedin_path(const char *path)
{
    g_autofree char *slug = NULL, *decoded = NULL, *clean = NULL, *lower = NULL;

    if (g_ascii_strncasecmp(path, "/in/", 4) != 0)
        return g_strdup(path);
    slug = g_strndup(path + 4, strcspn(path + 4, "/"));
    decoded = g_uri_unescape_string(slug, "/");
    clean = kith_text_clean(decoded != NULL && g_utf8_validate(decoded, -1, NULL) ? decoded : slug);
    lower = kith_text_lower(clean);
    return *lower != '\0' ? g_strconcat("/in/", lower, NULL) : g_strdup("/in");
}

/* The number in "?id=100&x=y", which is who the page is about. */
static char *
facebook_id(const char *query)
{
    while (*query == '?' || *query == '&') {
        query++;
        if (g_str_has_prefix(query, "id=") && g_ascii_isdigit(query[3]))
            return g_strndup(query, 3 + strspn(query + 3, "0123456789"));
        query += strcspn(query, "&#");
    }
    return NULL;
}

static char *
finish(const char *host, const char *path, const char *query)
{
    g_autofree char *nice = NULL, *id = NULL;
    size_t n;

    if (strcmp(host, "linkedin.com") == 0)
        nice = linkedin_path(path);
    else
        nice = g_strdup(path);
    for (n = strlen(nice); n > 0 && nice[n - 1] == '/'; n--)
        nice[n - 1] = '\0';
    if (g_str_has_suffix(host, "facebook.com") && strcmp(nice, "/profile.php") == 0) {
        id = facebook_id(query);
        return id != NULL ? g_strconcat(host, nice, "?", id, NULL) : NULL;
    }
    return g_strconcat(host, nice, NULL);
}

char *
kith_url_normalise(const char *text)
{
    g_autofree char *clean = kith_text_clean(text), *host = NULL, *path = NULL;
    size_t length = strlen(clean), host_length, path_length;
    const char *start = clean;

    if (length >= 2 && clean[0] == '<' && clean[length - 1] == '>') {
        clean[length - 1] = '\0';
        start++;
    }
    start = without_scheme(start);
    if (start == NULL || strpbrk(start, " <>\"") != NULL)
        return NULL;
    host_length = strcspn(start, "/?#");
    if (memchr(start, '@', host_length) != NULL) /* an e-mail address, or a trick */
        return NULL;
    if ((host = host_of(start, host_length)) == NULL)
        return NULL;
    path_length = strcspn(start + host_length, "?#");
    path = g_strndup(start + host_length, path_length);
    return finish(host, path, start + host_length + path_length);
}
