/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail_ties.c - messages as ties: the sender wrote to each recipient. */
#include "mail_ties.h"
#include "base/base.h"
#include "base/identifier.h"
#include "mail_people.h"
#include <string.h>

/* A reply to a list: who wrote it, and the hash of the message it answers. */
struct waiting {
    uint64_t answers;
    kith_mention from;
    kith_time when;
    kith_precision precision;
    int64_t line;
};

/* What is known of the message being read. */
struct message {
    const kith_mail *mail;
    GArray *from, *to[3];
    char *sender; /* normalised */
    char *list;   /* the list's address, normalised; NULL when it came by none */
    bool to_list; /* the list is among the recipients */
    int ties;
    kith_fact fact;
};

static void
free_mentions(gpointer data)
{
    g_array_unref(data);
}

void
kith_mailbox_init(kith_mailbox *box, kith_source *source, kith_builder *into)
{
    *box = (kith_mailbox){.source = source, .into = into};
    box->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    box->seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    box->writers = g_hash_table_new(g_direct_hash, g_direct_equal);
    box->waiting = g_array_new(FALSE, FALSE, sizeof(struct waiting));
    box->deliveries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    box->owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_mentions);
}

void
kith_mailbox_clear(kith_mailbox *box)
{
    if (!box->people)
        return;
    g_hash_table_unref(box->people);
    g_hash_table_unref(box->seen);
    g_hash_table_unref(box->writers);
    g_array_unref(box->waiting);
    g_hash_table_unref(box->deliveries);
    g_hash_table_unref(box->owners);
    *box = (kith_mailbox){0};
}

/* FNV-1a; never 0. A mailbox of a million messages is remembered in 32 MB. */
static uint64_t
hash_text(uint64_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (guchar)text[i]) * UINT64_C(0x100000001b3);
    return hash ? hash : 1;
}

/* The hash of the first or last "<id>" of a field, 0 when there is none. */
static uint64_t
hash_id(const char *text, bool last)
{
    const char *open = last ? strrchr(text, '<') : strchr(text, '<');
    size_t n = open ? strcspn(open, ">") : 0;

    return open && n > 1 ? hash_text(UINT64_C(0xcbf29ce484222325), open, n) : 0;
}

static bool
has_word(const char *text, const char *word)
{
    return g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

/* Gmail's labels are in the language of its owner. */
static const char *
unwanted_label(const char *labels)
{
    static const char *const words[][2] = {
        {"spam", "spam"},
        {"junk", "spam"},
        {"trash", "in the trash"},
        {"bin", "in the trash"},
        {"papierkorb", "in the trash"},
        {"corbeille", "in the trash"},
        {"papelera", "in the trash"},
        {"cestino", "in the trash"},
        {"kosz", "in the trash"},
        {"draft", "a draft"},
        {"drafts", "a draft"},
        {"entwürfe", "a draft"},
        {"brouillons", "a draft"},
        {"borradores", "a draft"},
    };
    g_autofree char *decoded = kith_mail_decode(labels), *small = g_utf8_strdown(decoded, -1);
    g_auto(GStrv) label = g_strsplit(small, ",", 200);

    for (size_t i = 0; label[i]; i++)
        for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
            if (strcmp(g_strstrip(label[i]), words[w][0]) == 0)
                return words[w][1];
    return NULL;
}

/* The list's own address: List-Post says it, List-Id nearly does ("news.lists.x.org" is news@lists.x.org),
 * ezmlm's Mailing-List names its help desk. */
static char *
list_address(const kith_mail *mail)
{
    const char *post = strstr(kith_mail_text(mail, KITH_MAIL_LIST_POST), "mailto:");
    const char *id = strrchr(kith_mail_text(mail, KITH_MAIL_LIST_ID), '<');
    const char *text = id ? id + 1 : kith_mail_text(mail, KITH_MAIL_LIST_ID);
    const char *dot = strchr(text, '.');
    g_autofree char *address = NULL;

    if (post)
        address = g_strndup(post, strcspn(post, "?>"));
    else if (dot)
        address = g_strdup_printf("%.*s@%.*s", (int)MIN(dot - text, 100), text,
                                  (int)MIN(strcspn(dot + 1, "> \t"), 300), dot + 1);
    return address ? kith_email_normalise(address) : NULL;
}

/* Why a message makes no ties whoever wrote it; NULL when it may. */
static const char *
held_reason(const struct message *m)
{
    const char *precedence = kith_mail_text(m->mail, KITH_MAIL_PRECEDENCE);
    const char *automatic = kith_mail_text(m->mail, KITH_MAIL_AUTO_SUBMITTED);
    const char *mozilla = kith_mail_text(m->mail, KITH_MAIL_MOZILLA_STATUS);
    const char *label = unwanted_label(kith_mail_text(m->mail, KITH_MAIL_LABELS));

    if (label)
        return label;
    if (g_ascii_strtoull(mozilla, NULL, 16) & 0x8)
        return "deleted";
    if (*automatic && !has_word(automatic, "no"))
        return "sent by a program (Auto-Submitted)";
    if (m->sender && kith_mail_is_machine(m->sender))
        return "sent by a program";
    if ((has_word(precedence, "bulk") || has_word(precedence, "junk")) && !m->to_list)
        return "sent in bulk";
    return NULL;
}

static bool
read_recipients(struct message *m)
{
    bool fits = true;

    for (int i = 0; i < 3; i++) {
        m->to[i] = kith_mail_addresses_new();
        fits = fits && kith_mail_addresses(kith_mail_text(m->mail, KITH_MAIL_TO + i), m->to[i]);
    }
    return fits && m->to[0]->len + m->to[1]->len + m->to[2]->len <= KITH_MAIL_ADDRESSES;
}

static void
find_list(struct message *m)
{
    m->list = list_address(m->mail);
    for (int i = 0; m->list && i < 3; i++)
        for (guint j = 0; j < m->to[i]->len; j++) {
            g_autofree char *normal =
                kith_email_normalise(g_array_index(m->to[i], kith_mail_address, j).address);

            m->to_list = m->to_list || g_strcmp0(normal, m->list) == 0;
        }
}

static void
read_date(kith_mailbox *box, struct message *m, const char *sent)
{
    const char *text = kith_mail_text(m->mail, KITH_MAIL_DATE);
    kith_fact *fact = &m->fact;

    if (kith_time_parse(text, &fact->when, &fact->precision))
        return;
    if (*text && strlen(text) < 100)
        kith_source_warn(box->source, "bad date '%s'", text);
    kith_time_parse(sent, &fact->when, &fact->precision);
}

/* Neither the list nor a program nor the sender. */
static bool
is_recipient(const struct message *m, const char *normal)
{
    return normal && g_strcmp0(normal, m->list) != 0 && strcmp(normal, m->sender) != 0 &&
           !kith_mail_is_machine(normal);
}

/* Ties to one field's addresses; who was told of already stays with the more personal field. */
static kith_status
tie_field(kith_mailbox *box, struct message *m, int field, GHashTable *told, kith_error *err)
{
    static const char *const roles[] = {"to", "cc", "bcc"};

    m->fact.detail = roles[field];
    for (guint j = 0; j < m->to[field]->len; j++) {
        const kith_mail_address *one = &g_array_index(m->to[field], kith_mail_address, j);
        char *normal = kith_email_normalise(one->address);

        if (!normal && strchr(one->address, '@'))
            kith_source_warn(box->source, "'%.80s' is no address", one->address);
        if (!is_recipient(m, normal)) {
            g_free(normal);
            continue;
        }
        if (!g_hash_table_add(told, normal))
            continue;
        m->fact.to = kith_mail_who(box, one);
        TRY(kith_builder_fact(box->into, &m->fact, err));
        m->ties++;
    }
    return KITH_OK;
}

/* A message to the list alone is to whom it answers, once that is known. */
static void
wait_for_question(kith_mailbox *box, const struct message *m)
{
    uint64_t answers = hash_id(kith_mail_text(m->mail, KITH_MAIL_IN_REPLY_TO), false);
    struct waiting one = {.answers = answers,
                          .from = m->fact.from,
                          .when = m->fact.when,
                          .precision = m->fact.precision,
                          .line = kith_source_line(box->source)};

    if (!answers)
        one.answers = hash_id(kith_mail_text(m->mail, KITH_MAIL_REFERENCES), true);
    g_array_append_val(box->waiting, one);
}

/* Whether the same message by the same sender was read before; its writer is noted. Ids alone repeat
 * by accident. */
static bool
is_repeated(kith_mailbox *box, const struct message *m)
{
    uint64_t id = hash_id(kith_mail_text(m->mail, KITH_MAIL_ID), false);
    uint64_t both = id ? hash_text(id, m->sender, strlen(m->sender)) : 0;

    if (!id)
        return false;
    g_hash_table_insert(box->writers, (gpointer)(uintptr_t)id,
                        (gpointer)(uintptr_t)(m->fact.from + 1));
    return !g_hash_table_add(box->seen, (gpointer)(uintptr_t)both);
}

static kith_status
tie_message(kith_mailbox *box, struct message *m, const char *sent, kith_error *err)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    m->fact.kind = KITH_MESSAGED;
    m->fact.channel = "email";
    m->fact.from = kith_mail_who(box, &g_array_index(m->from, kith_mail_address, 0));
    if (is_repeated(box, m)) {
        kith_source_hold(box->source, "the same message again");
        return KITH_OK;
    }
    read_date(box, m, sent);
    for (int i = 0; i < 3; i++)
        TRY(tie_field(box, m, i, told, err));
    if (m->ties == 0 && (m->to_list || *kith_mail_text(m->mail, KITH_MAIL_IN_REPLY_TO)))
        wait_for_question(box, m);
    else if (m->ties == 0)
        kith_source_hold(box->source, "no recipient is named");
    return KITH_OK;
}

static kith_status
read_message(kith_mailbox *box, struct message *m, const char *sent, kith_error *err)
{
    const char *from = kith_mail_text(m->mail, KITH_MAIL_FROM), *reason;

    if (m->mail->too_long) {
        kith_source_hold(box->source, "a header of more than %d kB", KITH_MAIL_HEADER_BYTES / 1024);
        return KITH_OK;
    }
    if (!kith_mail_addresses(*from ? from : kith_mail_text(m->mail, KITH_MAIL_SENDER), m->from) ||
        !read_recipients(m)) {
        kith_source_hold(box->source, "more than %d addresses", KITH_MAIL_ADDRESSES);
        return KITH_OK;
    }
    if (m->from->len)
        m->sender = kith_email_normalise(g_array_index(m->from, kith_mail_address, 0).address);
    find_list(m);
    reason = m->sender ? held_reason(m) : "no sender's address";
    if (reason) {
        kith_source_hold(box->source, "%s", reason);
        return KITH_OK;
    }
    kith_mail_delivered(box, kith_mail_text(m->mail, KITH_MAIL_DELIVERED_TO));
    return tie_message(box, m, sent, err);
}

kith_status
kith_mailbox_message(kith_mailbox *box, const kith_mail *mail, const char *sent, kith_error *err)
{
    struct message m = {.mail = mail, .fact = KITH_FACT_INIT};
    kith_status status;

    kith_source_record(box->source);
    m.from = kith_mail_addresses_new();
    status = read_message(box, &m, sent, err);
    g_array_unref(m.from);
    for (int i = 0; i < 3; i++)
        if (m.to[i])
            g_array_unref(m.to[i]);
    g_free(m.sender);
    g_free(m.list);
    return status;
}

static kith_status
tie_reply(kith_mailbox *box, const struct waiting *one, kith_error *err)
{
    uintptr_t writer =
        one->answers
            ? (uintptr_t)g_hash_table_lookup(box->writers, (gpointer)(uintptr_t)one->answers)
            : 0;
    kith_fact fact = KITH_FACT_INIT;

    kith_source_at(box->source, one->line, 1);
    if (!writer || (kith_mention)writer - 1 == one->from) {
        kith_source_hold(box->source, writer ? "an answer to one's own message"
                                      : one->answers
                                          ? "to a list, in answer to a message that is not here"
                                          : "to a list, in answer to nobody");
        return KITH_OK;
    }
    fact.kind = KITH_MESSAGED;
    fact.channel = "email";
    fact.detail = "reply";
    fact.from = one->from;
    fact.to = (kith_mention)writer - 1;
    fact.when = one->when;
    fact.precision = one->precision;
    return kith_builder_fact(box->into, &fact, err);
}

kith_status
kith_mailbox_finish(kith_mailbox *box, bool owned, kith_error *err)
{
    for (guint i = 0; i < box->waiting->len; i++)
        TRY(tie_reply(box, &g_array_index(box->waiting, struct waiting, i), err));
    if (owned)
        kith_mail_tell_owner(box);
    return KITH_OK;
}
