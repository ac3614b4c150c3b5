/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mail_ties.h - messages as ties: the sender wrote to each recipient.
 *
 * What a mailbox holds beside letters between people is held back with its reason: bulk mail, mail of
 * machines, spam, trash, drafts, the same message again. In a discussion list the list itself is
 * nobody; a message to the list alone goes to whom it answers, where that message is in the mailbox.
 */
#ifndef KITH_IMPORTERS_MAIL_TIES_H
#define KITH_IMPORTERS_MAIL_TIES_H

#include "mail_headers.h"
#include <kith/builder.h>

typedef struct kith_mailbox {
    kith_source *source;
    kith_builder *into;
    GHashTable *people;     /* address and name as written -> mention + 1 */
    GHashTable *seen;       /* hash of Message-ID and sender */
    GHashTable *writers;    /* hash of Message-ID -> mention + 1 */
    GArray *waiting;        /* replies to the list alone */
    GHashTable *deliveries; /* address -> how many messages were delivered to it */
    GHashTable *owners;     /* address -> GArray of its mentions */
} kith_mailbox;

void kith_mailbox_init(kith_mailbox *box, kith_source *source, kith_builder *into);
void kith_mailbox_clear(kith_mailbox *box);

/** Takes in one message as one record; the source stands on its line. @param sent when its Date says
 * nothing; may be "" */
kith_status kith_mailbox_message(kith_mailbox *box, const kith_mail *mail, const char *sent,
                                 kith_error *err);

/** Ties the replies whose question came later, and says who the mailbox's owner is when `owned`. */
kith_status kith_mailbox_finish(kith_mailbox *box, bool owned, kith_error *err);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_mailbox, kith_mailbox_clear)

#endif
