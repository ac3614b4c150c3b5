/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail_people.c - whose an address in a mailbox is, and whose the mailbox. */
#include "mail_people.h"
#include "base/base.h"
#include "base/identifier.h"
#include "people.h"
#include <string.h>

/* Longer names are somebody's joke. */
#define LONGEST_NAME 200

bool
kith_mail_is_machine(const char *normalised)
{
    static const char *const machines[] = {
        "noreply",       "no-reply", "no_reply", "donotreply",   "do-not-reply", "do_not_reply",
        "mailer-daemon", "bounce",   "bounces",  "notification", "notifications"};
    size_t n = strcspn(normalised, "@+");

    for (size_t i = 0; i < G_N_ELEMENTS(machines); i++)
        if (strlen(machines[i]) == n && strncmp(machines[i], normalised, n) == 0)
            return true;
    return false;
}

/* The name that is a person's: without "via List", quotes and addresses that stand for a name. */
static char *
shown_name(const char *written)
{
    g_autofree char *name = g_strdup(written);
    char *via = strstr(name, " via ");
    size_t n;

    if (via)
        *via = '\0';
    g_strstrip(name);
    n = strlen(name);
    if (n >= 2 && name[0] == '\'' && name[n - 1] == '\'') {
        name[n - 1] = '\0';
        memmove(name, name + 1, n - 1);
    }
    if (!*name || n > LONGEST_NAME || strchr(name, '@'))
        return g_strdup("");
    return kith_people_shown_name(name);
}

static kith_mention
organisation(kith_mailbox *box, const char *normal, const char *name)
{
    const char *domain = strchr(normal, '@') + 1;
    kith_mention who = kith_builder_organisation(box->into, *name ? name : domain);

    kith_builder_identify(box->into, who, KITH_ID_EMAIL, normal);
    if (!kith_email_domain_is_free(domain))
        kith_builder_identify(box->into, who, KITH_ID_DOMAIN, domain);
    return who;
}

/* Keeps a mention with its address, for kith_mail_tell_owner(). */
static void
remember(kith_mailbox *box, const char *normal, kith_mention who)
{
    GArray *known = g_hash_table_lookup(box->owners, normal);

    if (!known) {
        known = g_array_new(FALSE, FALSE, sizeof(kith_mention));
        g_hash_table_insert(box->owners, g_strdup(normal), known);
    }
    g_array_append_val(known, who);
}

static kith_mention
make(kith_mailbox *box, const kith_mail_address *address)
{
    g_autofree char *normal = kith_email_normalise(address->address), *name = NULL;
    kith_mention who;

    if (!normal)
        return -1;
    name = shown_name(address->name);
    if (kith_email_is_role(normal))
        return organisation(box, normal, name);
    who = kith_builder_mention(box->into, KITH_PERSON);
    kith_builder_name(box->into, who, name);
    kith_builder_identify(box->into, who, KITH_ID_EMAIL, address->address);
    remember(box, normal, who);
    return who;
}

kith_mention
kith_mail_who(kith_mailbox *box, const kith_mail_address *address)
{
    char *key = g_strconcat(address->address, "\n", address->name, NULL);
    gpointer found;
    kith_mention who;

    if (g_hash_table_lookup_extended(box->people, key, NULL, &found)) {
        g_free(key);
        return (kith_mention)(uintptr_t)found - 1;
    }
    who = make(box, address);
    g_hash_table_insert(box->people, key, (gpointer)(uintptr_t)(who + 1));
    return who;
}

void
kith_mail_delivered(kith_mailbox *box, const char *delivered_to)
{
    char *normal = kith_email_normalise(delivered_to);
    uintptr_t before;

    if (!normal)
        return;
    before = (uintptr_t)g_hash_table_lookup(box->deliveries, normal);
    g_hash_table_replace(box->deliveries, normal, (gpointer)(before + 1));
}

/* One address must have most of the deliveries: a folder put together from several mailboxes has no
 * one owner. */
void
kith_mail_tell_owner(kith_mailbox *box)
{
    GHashTableIter at;
    gpointer address, count;
    const char *owner = NULL;
    uintptr_t most = 0, all = 0;
    GArray *mentions;

    g_hash_table_iter_init(&at, box->deliveries);
    while (g_hash_table_iter_next(&at, &address, &count)) {
        all += (uintptr_t)count;
        if ((uintptr_t)count > most) {
            most = (uintptr_t)count;
            owner = address;
        }
    }
    mentions = owner && 2 * most > all ? g_hash_table_lookup(box->owners, owner) : NULL;
    for (guint i = 0; mentions && i < mentions->len; i++)
        kith_builder_flag(box->into, g_array_index(mentions, kith_mention, i), KITH_FLAG_OWNER);
    if (owner && !mentions) {
        kith_source_at(box->source, 0, 0);
        kith_source_warn(box->source,
                         2 * most > all
                             ? "nobody has the address these messages were delivered to: "
                               "the mailbox has no owner"
                             : "the messages were delivered to several addresses: the "
                               "mailbox has no owner");
    }
}
