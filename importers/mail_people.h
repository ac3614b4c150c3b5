/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail_people.h - whose an address in a mailbox is, and whose the mailbox. */
#ifndef KITH_IMPORTERS_MAIL_PEOPLE_H
#define KITH_IMPORTERS_MAIL_PEOPLE_H

#include "mail_ties.h"

/**
 * The mention of an address with the name it came with; an office's address (info@) is its
 * organisation. @return -1 when it is no address
 */
kith_mention kith_mail_who(kith_mailbox *box, const kith_mail_address *address);

/** Whether a normalised address is a program's: noreply@, mailer-daemon@ … */
bool kith_mail_is_machine(const char *normalised);

/** Counts the mailbox that a message was delivered to. */
void kith_mail_delivered(kith_mailbox *box, const char *delivered_to);

/** Flags the owner: whose address most messages were delivered to. */
void kith_mail_tell_owner(kith_mailbox *box);

#endif
