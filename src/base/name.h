/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * name.h - keys by which two spellings of a person or company are compared. What is shown is never
 * changed.
 *
 * "Dr Bob Gray", "Gray, Robert" and "Robert \"Bob\" Gray, PhD" have the same words: gray robert.
 */
#ifndef KITH_BASE_NAME_H
#define KITH_BASE_NAME_H

#include <stdbool.h>

/**
 * The words of a person's name: folded, without titles and credentials, nicknames spelled out, each
 * once, sorted. A nickname of several names (Chris, Sam, Alex) stays as it is. @return yours; ""
 * for NULL
 */
char *kith_name_words(const char *full);

/**
 * Whether the given names of two people do not disagree: equal, nickname of one another, initial of
 * the other, missing in one, all words equal in another order, or given and family name exchanged
 * ("Nguyen Thi Mai", "Mai Nguyen"). "Last, First" is understood; ü agrees with ue and u.
 */
bool kith_name_given_agree(const char *full_a, const char *full_b);

/**
 * Splits a name as it is written ("Last, First" or "First Last") without titles and credentials;
 * particles (van der) go with the family name. A single word is a given name. @param given, family
 * yours; "" when missing
 */
void kith_name_split(const char *full, char **given, char **family);

/**
 * The key of a company: entities decoded, & is "and", dots and commas off, a leading The and
 * trailing Ltd, Inc, GmbH, Co … off, folded; never empty unless the name is. @return yours; "" for
 * NULL
 */
char *kith_org_key(const char *name);

/** Text with HTML entities (&amp; &eacute; &#39; …) decoded, also when they were encoded twice.
 * @return yours */
char *kith_text_unescape(const char *text);

#endif
