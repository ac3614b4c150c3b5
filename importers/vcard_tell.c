/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard_tell.c - gives a card to the builder: a person, a firm or a group, and what the card says of it. */
#include "base/identifier.h"
#include "base/text.h"
#include "content.h"
#include "vcard.h"
#include <string.h>

/* Categories that an address book puts on everybody say nothing about anybody. */
static const char *const generic[] = {
    "business", "contacts", "coworkers",          "family",     "favorites",     "favourites",
    "friends",  "imported", "my contacts",        "mycontacts", "other",         "other contacts",
    "personal", "private",  "starred in android", "unfiled",    "uncategorized", "work",
};

/* A value without the scheme of its URI: "mailto:a@b", "tel:+44…;ext=1". */
static char *
without_scheme(const kith_vcard *card, const kith_vcard_field *field, const char *scheme)
{
    g_autofree char *text = kith_content_unescape(field->value, !card->old);
    size_t n = strlen(scheme);
    const char *from = g_strstrip(text);

    if (g_ascii_strncasecmp(from, scheme, n) != 0)
        return g_strdup(from);
    return g_strndup(from + n, strcspn(from + n, ";?"));
}

static void
tell_email(kith_builder *into, kith_mention who, const kith_vcard *card,
           const kith_vcard_field *field)
{
    g_autofree char *address = without_scheme(card, field, "mailto:");

    if (!kith_builder_identify(into, who, KITH_ID_EMAIL, address))
        kith_builder_attribute(into, who, "email", address);
}

static void
tell_phone(kith_builder *into, kith_mention who, const kith_vcard *card,
           const kith_vcard_field *field)
{
    g_autofree char *number = without_scheme(card, field, "tel:");

    if (field->fax)
        kith_builder_attribute(into, who, "fax", number);
    else if (!kith_builder_identify(into, who, KITH_ID_PHONE, number))
        kith_builder_attribute(into, who, "phone", number);
}

/* Colleagues share the home page of their firm: only a page that is one person's identifies anybody. */
static bool
is_profile(const char *url, bool social)
{
    static const char *const own[] = {"linkedin.com/in/", "linkedin.com/pub/", "xing.com/profile/",
                                      "orcid.org/"};
    static const char *const platforms[] = {"facebook.com/",  "twitter.com/", "://x.com/",
                                            "instagram.com/", "github.com/",  "bsky.app/profile/"};

    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        if (strstr(url, own[i]))
            return true;
    for (size_t i = 0; social && i < G_N_ELEMENTS(platforms); i++)
        if (strstr(url, platforms[i]))
            return true;
    return false;
}

static void
tell_url(kith_builder *into, kith_mention who, const kith_vcard *card,
         const kith_vcard_field *field)
{
    g_autofree char *url = kith_content_unescape(field->value, !card->old);
    bool social = strcmp(field->name, "URL") != 0;

    g_strstrip(url);
    if (is_profile(url, social) && kith_builder_identify(into, who, KITH_ID_URL, url))
        return;
    if (!social || strstr(url, "://"))
        kith_builder_attribute(into, who, "url", url);
}

static void
tell_addresses(kith_builder *into, kith_mention who, const kith_vcard *card)
{
    g_autofree char *town = kith_vcard_component(card, "ADR", 3),
                    *country = kith_vcard_component(card, "ADR", 6);

    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);

        if (strcmp(field->name, "EMAIL") == 0)
            tell_email(into, who, card, field);
        else if (strcmp(field->name, "TEL") == 0)
            tell_phone(into, who, card, field);
        else if (strcmp(field->name, "URL") == 0 || g_str_has_suffix(field->name, "SOCIALPROFILE"))
            tell_url(into, who, card, field);
    }
    kith_builder_attribute(into, who, "town", town);
    kith_builder_attribute(into, who, "country", country);
}

/* UIDs of some phones are 1, 2, 3 …: only long ones are the same card wherever they occur. */
static void
tell_uid(kith_builder *into, kith_mention who, const kith_vcard *card)
{
    g_autofree char *uid = kith_vcard_text(card, "UID");
    g_autofree char *native = uid ? g_strconcat("vcard:", uid, NULL) : NULL;

    if (uid && strlen(uid) >= 16)
        kith_builder_identify(into, who, KITH_ID_NATIVE, native);
}

/* The longest of several names is the one shown, so a nickname is a name only where there is no other. */
static void
tell_nicknames(kith_builder *into, kith_mention who, const kith_vcard *card, bool named)
{
    const kith_vcard_field *field = kith_vcard_find(card, "NICKNAME");
    g_auto(GStrv) names = field ? kith_content_split(field->value, ',', !card->old) : NULL;

    for (guint i = 0; names && names[i]; i++) {
        g_autofree char *name = kith_text_clean(names[i]);

        if (named)
            kith_builder_attribute(into, who, "nickname", name);
        else
            kith_builder_name(into, who, name);
    }
}

/* The full name is shown as it is written; N adds which part is the given name. */
static void
tell_names(kith_builder *into, kith_mention who, const kith_vcard *card)
{
    g_autofree char *full = kith_vcard_text(card, "FN"),
                    *family = kith_vcard_component(card, "N", 0),
                    *given = kith_vcard_component(card, "N", 1);
    g_autofree char *joined =
        given && family ? g_strconcat(given, " ", family, NULL) : g_strdup(given ? given : family);

    if (full && g_strcmp0(full, joined) != 0)
        kith_builder_name(into, who, full);
    kith_builder_names(into, who, given, family);
    tell_nicknames(into, who, card, full || joined);
}

static bool
is_generic(const char *folded)
{
    for (size_t i = 0; i < G_N_ELEMENTS(generic); i++)
        if (strcmp(folded, generic[i]) == 0)
            return true;
    return g_str_has_prefix(folded, "imported ") || g_str_has_prefix(folded, "system group");
}

/* "* myContacts" is how Google marks its own groups. */
static kith_status
tell_category(kith_vcard_book *book, kith_mention who, const char *name, GHashTable *told,
              kith_error *err)
{
    g_autofree char *folded = kith_text_fold(name);
    kith_fact fact = KITH_FACT_INIT;

    if (!*folded || *name == '*' || is_generic(folded))
        return KITH_OK;
    fact.kind = KITH_INTERESTED_IN;
    fact.from = who;
    fact.to = kith_vcard_topic(book, name);
    if (!g_hash_table_add(told, GINT_TO_POINTER((int)fact.to)))
        return KITH_OK;
    return kith_builder_fact(book->into, &fact, err);
}

static kith_status
tell_categories(kith_vcard_book *book, kith_mention who, const kith_vcard *card, kith_error *err)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GHashTable) told = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);
        g_auto(GStrv) names = NULL;

        if (strcmp(field->name, "CATEGORIES") != 0)
            continue;
        names = kith_content_split(field->value, ',', !card->old);
        for (guint k = 0; names[k]; k++) {
            g_autofree char *name = kith_text_clean(names[k]);

            if (*name)
                g_string_append_printf(all, "%s%s", all->len ? ", " : "", name);
            TRY(tell_category(book, who, name, told, err));
        }
    }
    kith_builder_attribute(book->into, who, "categories", all->str);
    return KITH_OK;
}

static kith_status
tell_employer(kith_vcard_book *book, kith_mention who, const kith_vcard *card, kith_error *err)
{
    g_autofree char *title = kith_vcard_text(card, "TITLE"), *role = kith_vcard_text(card, "ROLE"),
                    *firm = kith_vcard_component(card, "ORG", 0),
                    *department = kith_vcard_component(card, "ORG", 1);
    kith_fact fact = KITH_FACT_INIT;

    kith_builder_attribute(book->into, who, "title", title);
    kith_builder_attribute(book->into, who, "role", role);
    kith_builder_attribute(book->into, who, "department", department);
    if (!firm)
        return KITH_OK;
    fact.kind = KITH_WORKS_AT;
    fact.from = who;
    fact.to = kith_builder_organisation(book->into, firm);
    fact.detail = title;
    return kith_builder_fact(book->into, &fact, err);
}

/* "_$!<Brother>!$_" is how Apple marks its own words. @return yours; NULL when the group has no label */
static char *
group_label(const kith_vcard *card, GHashTable **labels, const char *group)
{
    const kith_vcard_field *field;
    g_autofree char *text = NULL;
    char *from;

    if (!*labels) {
        *labels = g_hash_table_new(g_str_hash, g_str_equal);
        for (guint i = 0; i < card->fields->len; i++) {
            field = kith_vcard_at(card, i);
            if (strcmp(field->name, "X-ABLABEL") == 0)
                g_hash_table_insert(*labels, field->group, (gpointer)field);
        }
    }
    field = *group ? g_hash_table_lookup(*labels, group) : NULL;
    if (!field)
        return NULL;
    text = kith_content_unescape(field->value, !card->old);
    from = g_str_has_prefix(text, "_$!<") ? text + 4 : text;
    from[strcspn(from, ">")] = '\0';
    return g_utf8_strdown(from, -1);
}

/* The first word of TYPE that says what somebody is to somebody. */
static char *
type_label(const kith_vcard_field *field)
{
    static const char *const nothing[] = {"pref", "home", "work", "internet", "other", "text"};
    g_auto(GStrv) words = field->label ? g_strsplit(field->label, ",", -1) : NULL;

    for (guint i = 0; words && words[i]; i++) {
        g_autofree char *word = g_utf8_strdown(words[i], -1);
        bool says = *g_strstrip(word) != '\0';

        for (size_t k = 0; k < G_N_ELEMENTS(nothing); k++)
            says = says && strcmp(word, nothing[k]) != 0;
        if (says)
            return g_steal_pointer(&word);
    }
    return NULL;
}

/* "vnd.android.cursor.item/relation;Jane;14;…" and the same for nicknames; numbers as in ContactsContract. */
static void
tell_android(kith_vcard_book *book, kith_mention who, const kith_vcard *card,
             const kith_vcard_field *field)
{
    static const char *const words[] = {
        NULL,      "assistant",   "brother",  "child",  "domestic partner",
        "father",  "friend",      "manager",  "mother", "parent",
        "partner", "referred by", "relative", "sister", "spouse"};
    g_auto(GStrv) parts = kith_content_split(field->value, ';', !card->old);
    guint n = g_strv_length(parts);
    guint64 type = n > 2 ? g_ascii_strtoull(parts[2], NULL, 10) : 0;

    if (n > 1 && g_str_has_suffix(parts[0], "item/nickname"))
        kith_builder_attribute(book->into, who, "nickname", parts[1]);
    if (n > 1 && g_str_has_suffix(parts[0], "item/relation"))
        kith_vcard_relate(book, who, type < G_N_ELEMENTS(words) ? words[type] : NULL, parts[1],
                          field->line);
}

/* What a field makes of the one it names: "spouse" for X-EVOLUTION-SPOUSE; NULL when the field relates nobody. */
static char *
relation(const kith_vcard *card, const kith_vcard_field *field, GHashTable **labels, bool *relates)
{
    static const char *const own[] = {"SPOUSE", "MANAGER", "ASSISTANT"};
    char *label;

    *relates = strcmp(field->name, "RELATED") == 0 || strcmp(field->name, "X-ABRELATEDNAMES") == 0;
    if (*relates) {
        label = group_label(card, labels, field->group);
        return label ? label : type_label(field);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(own); i++)
        if (g_str_has_prefix(field->name, "X-") && g_str_has_suffix(field->name, own[i])) {
            *relates = true;
            return g_ascii_strdown(own[i], -1);
        }
    return NULL;
}

static void
tell_relations(kith_vcard_book *book, kith_mention who, const kith_vcard *card)
{
    g_autoptr(GHashTable) labels = NULL;

    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);
        bool relates;
        g_autofree char *label = relation(card, field, &labels, &relates);
        g_autofree char *other = relates ? kith_content_unescape(field->value, !card->old) : NULL;

        if (relates)
            kith_vcard_relate(book, who, label, other, field->line);
        else if (strcmp(field->name, "X-ANDROID-CUSTOM") == 0)
            tell_android(book, who, card, field);
    }
}

/* A card's kind in lower case: "individual" unless it says otherwise. @return yours */
static char *
kind_of(const kith_vcard *card)
{
    char *kind = kith_vcard_text(card, "KIND"),
         *apple = kith_vcard_text(card, "X-ADDRESSBOOKSERVER-KIND");
    char *lower = g_ascii_strdown(kind ? kind : apple ? apple : "individual", -1);

    g_free(kind);
    g_free(apple);
    return lower;
}

/* What a firm's card calls the firm; Apple gives it no name of a person, or the firm's again. @return yours, or NULL */
static char *
firm_name(const kith_vcard *card, const char *kind)
{
    g_autofree char *full = kith_vcard_text(card, "FN"),
                    *firm = kith_vcard_component(card, "ORG", 0),
                    *family = kith_vcard_component(card, "N", 0),
                    *given = kith_vcard_component(card, "N", 1),
                    *shown = kith_vcard_text(card, "X-ABSHOWAS");

    if (g_str_has_prefix(kind, "org") && full)
        return g_steal_pointer(&full);
    if (g_str_has_prefix(kind, "org") || (shown && g_ascii_strcasecmp(shown, "COMPANY") == 0))
        return firm ? g_steal_pointer(&firm) : g_steal_pointer(&full);
    return firm && !given && !family && (!full || strcmp(full, firm) == 0) ? g_steal_pointer(&firm)
                                                                           : NULL;
}

/* An address such as info@ without any name is a firm's. @return its domain, yours; NULL when it is not so */
static char *
role_domain(const kith_vcard *card)
{
    const kith_vcard_field *email = kith_vcard_find(card, "EMAIL");
    g_autofree char *address = email ? without_scheme(card, email, "mailto:") : NULL;
    g_autofree char *normal = address ? kith_email_normalise(address) : NULL;

    if (!normal || !kith_email_is_role(normal) || kith_email_domain_is_free(normal) ||
        kith_vcard_find(card, "TEL"))
        return NULL;
    return g_strdup(strchr(normal, '@') + 1);
}

static bool
has_person_name(const kith_vcard *card)
{
    g_autofree char *full = kith_vcard_text(card, "FN"),
                    *family = kith_vcard_component(card, "N", 0),
                    *given = kith_vcard_component(card, "N", 1),
                    *nick = kith_vcard_text(card, "NICKNAME");

    return full || family || given || nick;
}

/* Whether anything in the card can stand for somebody: a mailbox or a number. */
static bool
has_address(const kith_vcard *card)
{
    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);

        if (strcmp(field->name, "EMAIL") == 0 && strchr(field->value, '@'))
            return true;
        if (strcmp(field->name, "TEL") == 0 && !field->fax && strpbrk(field->value, "0123456789"))
            return true;
    }
    return false;
}

static void
tell_firm(kith_vcard_book *book, const kith_vcard *card, const char *name)
{
    kith_mention who = kith_builder_organisation(book->into, name);

    tell_addresses(book->into, who, card);
}

static void
tell_group(kith_vcard_book *book, const kith_vcard *card)
{
    g_autofree char *name = kith_vcard_text(card, "FN"),
                    *family = kith_vcard_component(card, "N", 0);
    kith_mention topic;

    if (!name && !family) {
        kith_source_hold(book->source, "a group without a name");
        return;
    }
    topic = kith_vcard_topic(book, name ? name : family);
    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);

        if (g_str_has_suffix(field->name, "MEMBER"))
            kith_vcard_member(book, topic, field->value, field->line);
    }
}

static kith_status tell_agents(kith_vcard_book *book, kith_mention who, const kith_vcard *card,
                               kith_error *err);

static kith_status
tell_person(kith_vcard_book *book, const kith_vcard *card, kith_mention *out, kith_error *err)
{
    kith_mention who = kith_builder_mention(book->into, KITH_PERSON);

    tell_names(book->into, who, card);
    tell_addresses(book->into, who, card);
    tell_uid(book->into, who, card);
    TRY(tell_employer(book, who, card, err));
    TRY(tell_categories(book, who, card, err));
    tell_relations(book, who, card);
    kith_vcard_remember(book, card, who);
    TRY(tell_agents(book, who, card, err));
    *out = who;
    return KITH_OK;
}

/* An agent is known through the card it is part of, not by the owner. Nesting is bounded by KITH_VCARD_NESTING. */
static kith_status
tell_agents(kith_vcard_book *book, kith_mention who, const kith_vcard *card, kith_error *err)
{
    for (guint i = 0; i < card->agents->len; i++) {
        const kith_vcard *agent = g_ptr_array_index(card->agents, i);
        kith_fact fact = KITH_FACT_INIT;

        kith_source_at(book->source, agent->line, 1);
        if (!has_person_name(agent) && !has_address(agent)) {
            kith_source_warn(book->source, "an agent without a name or address");
            continue;
        }
        fact.kind = KITH_RELATED;
        fact.from = who;
        fact.detail = "agent";
        TRY(tell_person(book, agent, &fact.to, err));
        kith_source_at(book->source, agent->line, 1);
        TRY(kith_builder_fact(book->into, &fact, err));
    }
    return KITH_OK;
}

kith_status
kith_vcard_tell(kith_vcard_book *book, const kith_vcard *card, kith_error *err)
{
    g_autofree char *kind = kind_of(card), *firm = firm_name(card, kind),
                    *domain = has_person_name(card) ? NULL : role_domain(card);
    kith_fact fact = KITH_FACT_INIT;

    kith_source_at(book->source, card->line, 1);
    if (strcmp(kind, "group") == 0) {
        tell_group(book, card);
    } else if (firm || domain) {
        tell_firm(book, card, firm ? firm : domain);
    } else if (strcmp(kind, "location") == 0 || strcmp(kind, "device") == 0 ||
               strcmp(kind, "application") == 0) {
        kith_source_hold(book->source, "a %s is neither person nor organisation", kind);
    } else if (!has_person_name(card) && !has_address(card)) {
        kith_source_hold(book->source, "a card without a name or address");
    } else {
        fact.kind = KITH_KNOWS;
        fact.from = kith_builder_owner(book->into);
        fact.channel = "addressbook";
        TRY(tell_person(book, card, &fact.to, err));
        kith_source_at(book->source, card->line, 1);
        TRY(kith_builder_fact(book->into, &fact, err));
    }
    return KITH_OK;
}
