/* SPDX-License-Identifier: GPL-3.0-or-later */
/* identifier.h - normal forms of e-mail addresses, phone numbers and profile URLs; equal forms are
 * one mailbox, line or page. */
#ifndef KITH_BASE_IDENTIFIER_H
#define KITH_BASE_IDENTIFIER_H

#include <stdbool.h>

/**
 * An address without mailto:, <> and case; googlemail.com is gmail.com, whose dots and +tags do not
 * count.
 * @return yours; NULL when it is no address (one @, a local part, a domain with a dot, no blanks,
 * at most 254 bytes)
 */
char *kith_email_normalise(const char *text);

/** Whether a normalised address belongs to an office, not to a person: info@, sales@, noreply@ … */
bool kith_email_is_role(const char *normalised);

/** Whether the domain (or the part of an address behind the @) gives mailboxes to anybody:
 * gmail.com, gmx.de … */
bool kith_email_domain_is_free(const char *domain);

/**
 * A phone number in E.164 ("+447700900001"): extension and "(0)" off, 00 is +, a leading 0 becomes
 * the country's code.
 * @param country calling code of national numbers, "44"; NULL: only international ones are
 * understood
 * @return yours; NULL when it is no number (fewer than 7 or more than 15 digits)
 */
char *kith_phone_normalise(const char *text, const char *country);

/**
 * A URL without scheme, www., query, fragment and trailing slash, host in lower case; LinkedIn's
 * country hosts are linkedin.com and its /in/<slug> is lower-cased and ends there.
 * "linkedin.com/in/x" is a URL, "facebook.com/profile.php" keeps the id that makes it one page.
 * @return yours; NULL when it is no web address
 */
char *kith_url_normalise(const char *text);

#endif
