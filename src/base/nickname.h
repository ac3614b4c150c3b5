/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nickname.h - short forms of English given names. */
#ifndef KITH_BASE_NICKNAME_H
#define KITH_BASE_NICKNAME_H

#include <stdbool.h>

/** The one name a folded short form stands for ("bob": "robert"), NULL when none or several.
 * Static. */
const char *kith_nickname_formal(const char *folded);

/** Whether two folded given names may be one person's: equal, or one a short form the other shares.
 */
bool kith_nickname_agree(const char *a, const char *b);

#endif
