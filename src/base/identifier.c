/* SPDX-License-Identifier: GPL-3.0-or-later */
/* identifier.c - normal forms of e-mail addresses and phone numbers. */
#include "base/identifier.h"
#include "base/base.h"
#include "base/text.h"
#include <string.h>

static bool
is_one_of(const char *word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* Labels of letters, digits and hyphens with dots between them; letters beyond ASCII are fine. */
static bool
is_domain(const char *text)
{
    size_t label = 0, dots = 0;
    char before = '.';

    for (; *text != '\0'; before = *text++) {
        if (*text == '.') {
            if (label == 0 || before == '-')
                return false;
            label = 0;
            dots++;
        } else if (g_ascii_isalnum(*text) || (*text == '-' && label > 0) || (guchar)*text >= 0x80) {
            if (++label > 63)
                return false;
        } else {
            return false;
        }
    }
    return dots > 0 && label > 0 && before != '-';
}

static bool
is_local_part(const char *text, size_t length)
{
    if (length == 0 || length > 64 || text[0] == '.' || text[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++)
        if ((guchar)text[i] <= ' ' || text[i] == 0x7f || strchr("<>()[]\\,;:\"", text[i]) != NULL)
            return false;
    return true;
}

/* The address itself: without "mailto:", "?subject=…" and angle brackets, in lower case. */
static char *
bare_address(const char *text)
{
    g_autofree char *clean = kith_text_clean(text), *small = kith_text_lower(clean);
    char *start = small, *end;

    if (*start == '<')
        start++;
    if (g_str_has_prefix(start, "mailto:")) {
        start += 7;
        start[strcspn(start, "?")] = '\0';
    }
    if (*start == '<')
        start++;
    g_strchomp(start);
    end = start + strlen(start);
    if (end > start && end[-1] == '>')
        end[-1] = '\0';
    return g_strdup(g_strstrip(start));
}

static char *
gmail_address(const char *local)
{
    GString *out = g_string_new(NULL);

    for (; *local != '\0' && *local != '+'; local++)
        if (*local != '.')
            g_string_append_c(out, *local);
    if (out->len == 0)
        return g_string_free(out, TRUE);
    g_string_append(out, "@gmail.com");
    return g_string_free(out, FALSE);
}

char *
kith_email_normalise(const char *text)
{
    g_autofree char *address = text != NULL ? bare_address(text) : NULL;
    char *at = address != NULL ? strchr(address, '@') : NULL;

    if (at == NULL || strlen(address) > 254 || !is_local_part(address, (size_t)(at - address)) ||
        !is_domain(at + 1))
        return NULL;
    if (strcmp(at + 1, "gmail.com") == 0 || strcmp(at + 1, "googlemail.com") == 0) {
        *at = '\0';
        return gmail_address(address);
    }
    return g_steal_pointer(&address);
}

static const char *const roles[] = {"info",
                                    "sales",
                                    "office",
                                    "hello",
                                    "hi",
                                    "admin",
                                    "contact",
                                    "contactus",
                                    "team",
                                    "accounts",
                                    "accounting",
                                    "bookings",
                                    "booking",
                                    "noreply",
                                    "no-reply",
                                    "donotreply",
                                    "do-not-reply",
                                    "support",
                                    "mail",
                                    "email",
                                    "enquiries",
                                    "enquiry",
                                    "inquiries",
                                    "help",
                                    "helpdesk",
                                    "service",
                                    "services",
                                    "billing",
                                    "invoices",
                                    "finance",
                                    "hr",
                                    "jobs",
                                    "careers",
                                    "marketing",
                                    "press",
                                    "media",
                                    "news",
                                    "newsletter",
                                    "notifications",
                                    "notification",
                                    "events",
                                    "membership",
                                    "members",
                                    "reception",
                                    "orders",
                                    "shop",
                                    "store",
                                    "webmaster",
                                    "postmaster",
                                    "hostmaster",
                                    "abuse",
                                    "privacy",
                                    "security",
                                    "legal",
                                    "feedback",
                                    "welcome",
                                    "post",
                                    "kontakt",
                                    "list",
                                    "mailer-daemon",
                                    "administrator",
                                    "customerservice",
                                    "reservations",
                                    "root",
                                    "secretary",
                                    "all"};

bool
kith_email_is_role(const char *normalised)
{
    g_autofree char *local = NULL;

    if (normalised == NULL)
        return false;
    local = g_strndup(normalised, strcspn(normalised, "@+"));
    return is_one_of(local, roles, G_N_ELEMENTS(roles));
}

bool
kith_email_domain_is_free(const char *domain)
{
    static const char *const whole[] = {
        "gmail.com",       "googlemail.com", "icloud.com",     "me.com",       "mac.com",
        "aol.com",         "proton.me",      "protonmail.com", "pm.me",        "mail.com",
        "zoho.com",        "fastmail.com",   "fastmail.fm",    "hey.com",      "tutanota.com",
        "web.de",          "t-online.de",    "freenet.de",     "posteo.de",    "mailbox.org",
        "yandex.ru",       "yandex.com",     "mail.ru",        "qq.com",       "163.com",
        "126.com",         "naver.com",      "btinternet.com", "sky.com",      "talktalk.net",
        "virginmedia.com", "ntlworld.com",   "comcast.net",    "verizon.net",  "att.net",
        "sbcglobal.net",   "cox.net",        "orange.fr",      "free.fr",      "wanadoo.fr",
        "laposte.net",     "sfr.fr",         "libero.it",      "wp.pl",        "o2.pl",
        "onet.pl",         "seznam.cz",      "bluewin.ch",     "example.com",  "example.org",
        "example.net",     "rocketmail.com", "ymail.com",      "passport.com", "hushmail.com",
    };
    static const char *const families[] = {"yahoo", "gmx", "hotmail", "outlook", "live", "msn"};
    const char *at = domain != NULL ? strchr(domain, '@') : NULL;
    g_autofree char *name = NULL;
    size_t rest;

    if (domain == NULL)
        return false;
    if (at != NULL)
        domain = at + 1;
    if (is_one_of(domain, whole, G_N_ELEMENTS(whole)))
        return true;
    name = g_strndup(domain, strcspn(domain, "."));
    rest = strlen(domain) - strlen(name);
    return rest > 0 && rest <= 7 && is_one_of(name, families, G_N_ELEMENTS(families));
}

/* Where the number ends and "ext. 12", "x12", "#12", ";ext=12" begins. */
static void
cut_extension(char *text)
{
    for (char *p = text; *p != '\0'; p++)
        if (*p == 'x' || *p == '#' || *p == ';' || *p == ',' ||
            (*p == 'e' && p[1] == 'x' && p[2] == 't')) {
            *p = '\0';
            return;
        }
}

/* Digits alone, after a '+' if there was one; NULL when something else than punctuation is among
 * them. */
static char *
phone_digits(const char *text)
{
    char *out = g_malloc(strlen(text) + 1), *end = out;

    for (const char *p = text; *p != '\0'; p++) {
        if (g_ascii_isdigit(*p)) {
            *end++ = *p;
        } else if (*p == '(' && p[1] == '0' && p[2] == ')' && end > out &&
                   (*out == '+' || (end > out + 1 && out[0] == '0' && out[1] == '0'))) {
            p += 2;
        } else if (*p == '+' && end == out) {
            *end++ = '+';
        } else if (strchr(" ()-./", *p) == NULL) {
            g_free(out);
            return NULL;
        }
    }
    *end = '\0';
    return out;
}

/* International digits without '+'; NULL when they cannot be had. */
static char *
international(const char *digits, const char *country)
{
    size_t code = country != NULL ? strlen(country) : 0;

    if (digits[0] == '+')
        return g_strdup(digits + 1);
    if (g_str_has_prefix(digits, "00"))
        return g_strdup(digits + 2);
    if (code == 0)
        return NULL;
    if (strcmp(country, "1") == 0 && g_str_has_prefix(digits, "011"))
        return g_strdup(digits + 3);
    if (g_str_has_prefix(digits, country) && strlen(digits) >= code + (code == 1 ? 10 : 9))
        return g_strdup(digits); /* written without its plus */
    return g_strconcat(country,
                       digits[0] == '0' && strcmp(country, "39") != 0 ? digits + 1 : digits, NULL);
}

char *
kith_phone_normalise(const char *text, const char *country)
{
    g_autofree char *folded = kith_text_fold(text), *digits = NULL, *number = NULL;
    const char *start = g_str_has_prefix(folded, "tel:") ? folded + 4 : folded;
    size_t code;

    if (country != NULL && *country == '+')
        country++;
    code = country != NULL ? strlen(country) : 0;
    cut_extension((char *)start);
    digits = phone_digits(start);
    if (digits == NULL || strlen(digits) < (digits[0] == '+' ? 8 : 7))
        return NULL;
    if ((number = international(digits, country)) == NULL)
        return NULL;
    /* "+44 07700": the national 0 was kept by mistake; Italians mean theirs */
    if (code > 1 && strcmp(country, "39") != 0 && g_str_has_prefix(number, country) &&
        number[code] == '0')
        memmove(number + code, number + code + 1, strlen(number + code));
    if (strlen(number) < 7 || strlen(number) > 15 || number[0] == '0')
        return NULL;
    return g_strconcat("+", number, NULL);
}
