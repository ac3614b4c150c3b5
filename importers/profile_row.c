/* SPDX-License-Identifier: GPL-3.0-or-later */
/* profile_row.c - one row of an export: its subject, what is held back, and its ties. */
#include "base/base.h"
#include "base/identifier.h"
#include "base/text.h"
#include "people.h"
#include "profile.h"
#include <math.h>
#include <string.h>

/* What an export writes where it has no name. */
#define NOT_NAMES "info requested|info requested info requested|linkedin member|unknown|guest"

static bool
is_person(const kith_reader *r)
{
    return r->profile->subject == KITH_PERSON;
}

/* An address in the place of a name is an address. */
static const char *
name_text(const kith_reader *r, kith_field field)
{
    const char *text = kith_reader_text(r, field);
    g_autofree char *folded = kith_header_fold(text);

    return strchr(text, '@') || kith_word_among(folded, NOT_NAMES) ? "" : text;
}

char *
kith_profile_name(const kith_reader *r)
{
    const char *given = name_text(r, KITH_FIELD_GIVEN), *family = name_text(r, KITH_FIELD_FAMILY);
    g_autofree char *joined = g_strconcat(given, " ", family, NULL);

    if (*given || *family)
        return kith_text_clean(joined);
    return is_person(r) ? kith_people_shown_name(name_text(r, KITH_FIELD_NAME))
                        : kith_text_clean(name_text(r, KITH_FIELD_NAME));
}

/* Two deals of one name are two; the id tells them apart. */
static void
name_subject(kith_reader *r, kith_mention who)
{
    const char *given = name_text(r, KITH_FIELD_GIVEN), *family = name_text(r, KITH_FIELD_FAMILY);
    const char *maiden = kith_reader_text(r, KITH_FIELD_MAIDEN);
    const char *id = kith_reader_text(r, KITH_FIELD_ID);
    g_autofree char *name = kith_profile_name(r), *longer = NULL;

    if (*given || *family) {
        kith_builder_names(r->into, who, given, family);
    } else if (r->profile->subject == KITH_TOPIC && *id) {
        longer = g_strdup_printf("%s (%s)", *name ? name : "deal", id);
        kith_builder_name(r->into, who, longer);
    } else {
        kith_builder_name(r->into, who, name);
    }
    if (*maiden) {
        g_autofree char *before = g_strdup_printf("%s %s", given, maiden);

        kith_builder_name(r->into, who, before);
    }
}

/*
 * Only a page that is always one person's identifies him. A firm's site, and its page on a network where firms have the
 * same addresses as people, is that of all who work there.
 */
static bool
is_personal_page(const char *url)
{
    static const char *const pages[] = {"linkedin.com/in/", "linkedin.com/pub/",
                                        "xing.com/profile/"};
    g_autofree char *normal = kith_url_normalise(url);

    for (size_t i = 0; normal && i < G_N_ELEMENTS(pages); i++)
        if (g_str_has_prefix(normal, pages[i]) && normal[strlen(pages[i])])
            return true;
    return normal && g_str_has_prefix(normal, "meetup.com/") && strstr(normal, "/members/");
}

static void
add_domain(kith_reader *r, kith_mention who, const char *text)
{
    g_autofree char *normal = kith_url_normalise(text);
    const char *site = normal ? normal : text;
    g_autofree char *domain = g_strndup(site, strcspn(site, "/"));

    kith_builder_identify(r->into, who, KITH_ID_DOMAIN, domain);
}

/* Tags as one list: stars, quotes and Google's own group off. */
static char *
tidy_labels(const char *text)
{
    g_auto(GStrv) group = g_strsplit(text, ":::", -1);
    g_autofree char *list = g_strjoinv(",", group);
    g_auto(GStrv) part = g_strsplit_set(list, ",;", -1);
    GString *out = g_string_new(NULL);

    for (size_t i = 0; part[i]; i++) {
        g_autofree char *tag = g_strdup(part[i]);

        g_strstrip(g_strdelimit(tag, "\"*", ' '));
        if (*tag && strcmp(tag, "myContacts") != 0)
            g_string_append_printf(out, "%s%s", out->len ? ", " : "", tag);
    }
    return g_string_free(out, FALSE);
}

/* Google packs several values into a cell, with ":::" between them. */
static void
add_value(kith_reader *r, kith_mention who, const kith_bound *b, const char *text)
{
    const char *label =
        b->entry->label ? b->entry->label : kith_rows_header(r->rows)->text[b->column];
    g_autofree char *labels = NULL;

    switch (b->entry->field) {
    case KITH_FIELD_EMAIL:
        kith_people_emails(r->into, who, text);
        break;
    case KITH_FIELD_PHONE:
        kith_builder_identify(r->into, who, KITH_ID_PHONE, text);
        break;
    case KITH_FIELD_URL:
        if (is_personal_page(text))
            kith_builder_identify(r->into, who, KITH_ID_URL, text);
        else
            kith_builder_attribute(r->into, who, "website", text);
        break;
    case KITH_FIELD_DOMAIN:
        add_domain(r, who, text);
        break;
    case KITH_FIELD_TITLE:
        kith_builder_attribute(r->into, who, "title", text);
        break;
    case KITH_FIELD_LABELS:
        labels = tidy_labels(text);
        kith_builder_attribute(r->into, who, label, labels);
        break;
    default:
        break;
    }
}

void
kith_profile_describe(kith_reader *r, kith_mention who)
{
    const char *id = kith_reader_text(r, KITH_FIELD_ID);

    name_subject(r, who);
    if (r->profile->space && *id) {
        g_autofree char *native = kith_profile_native(r->profile, r->profile->space, id);

        kith_builder_identify(r->into, who, KITH_ID_NATIVE, native);
    }
    for (size_t i = 0; i < r->n; i++) {
        const char *text = kith_row_text(r->row, r->bound[i].column);
        bool packed = r->bound[i].entry->field != KITH_FIELD_LABELS && strstr(text, ":::");
        g_auto(GStrv) part = packed ? g_strsplit(text, ":::", -1) : NULL;

        for (size_t k = 0; part && part[k]; k++)
            add_value(r, who, &r->bound[i], g_strstrip(part[k]));
        if (!part && *text)
            add_value(r, who, &r->bound[i], text);
    }
    /* "Other contacts" have their address for a first name. */
    if (is_person(r)) {
        kith_people_emails(r->into, who, kith_reader_text(r, KITH_FIELD_GIVEN));
        kith_people_emails(r->into, who, kith_reader_text(r, KITH_FIELD_NAME));
    }
    if (!r->profile->about_tie)
        kith_people_attributes(r->rows, r->row, r->spare, r->into, who);
}

/* Whether anything but a name tells who this is. */
static bool
is_reachable(const kith_reader *r)
{
    static const kith_field keys[] = {KITH_FIELD_EMAIL, KITH_FIELD_PHONE, KITH_FIELD_URL};

    if (r->profile->space && *kith_reader_text(r, KITH_FIELD_ID))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (*kith_reader_text(r, keys[i]))
            return true;
    return strchr(kith_reader_text(r, KITH_FIELD_GIVEN), '@') ||
           strchr(kith_reader_text(r, KITH_FIELD_NAME), '@');
}

/* A card with a firm and no name: the firm's own card. */
static void
take_firm(kith_reader *r)
{
    kith_mention firm = kith_builder_organisation(r->into, kith_reader_text(r, KITH_FIELD_COMPANY));

    for (size_t i = 0; i < r->n; i++)
        if (r->bound[i].entry->field == KITH_FIELD_EMAIL ||
            r->bound[i].entry->field == KITH_FIELD_PHONE)
            add_value(r, firm, &r->bound[i], kith_row_text(r->row, r->bound[i].column));
}

static const char *
subject_word(const kith_reader *r)
{
    static const char *const words[] = {"nobody", "no organisation", "no event", "no deal"};

    return words[r->profile->subject];
}

/* The node the row is about, -1 when it is about none (which is said). */
static kith_mention
take_subject(kith_reader *r)
{
    g_autofree char *name = kith_profile_name(r);
    const char *company = kith_reader_text(r, KITH_FIELD_COMPANY);
    kith_mention who;

    if (r->profile->address_book && !*name && *company) {
        take_firm(r);
        return -1;
    }
    if (!*name && !is_reachable(r)) {
        kith_source_hold(r->source, "the row names %s", subject_word(r));
        return -1;
    }
    who = r->profile->owner ? kith_builder_owner(r->into)
                            : kith_builder_mention(r->into, r->profile->subject);
    if (r->profile->names_identify && !is_reachable(r)) {
        g_autofree char *key = kith_profile_name_key(r, name);

        kith_builder_identify(r->into, who, KITH_ID_LOCAL, key);
    }
    kith_profile_describe(r, who);
    kith_profile_card(r, who, name);
    return who;
}

/* Which end of the row is the person whose file this is. */
static void
flag_direction(kith_reader *r, kith_mention other)
{
    g_autofree char *folded = kith_header_fold(kith_reader_text(r, KITH_FIELD_DIRECTION));

    if (kith_word_among(folded, "outgoing|sent"))
        kith_builder_flag(r->into, r->subject, KITH_FLAG_OWNER);
    else if (kith_word_among(folded, "incoming|received"))
        kith_builder_flag(r->into, other, KITH_FLAG_OWNER);
}

static void
add_notes(kith_reader *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const char *text = kith_row_text(r->row, r->bound[i].column);

        if (r->bound[i].entry->field == KITH_FIELD_NOTE && *text)
            kith_builder_fact_attribute(r->into, r->bound[i].entry->label, text);
    }
    if (r->profile->about_tie)
        kith_people_tie_attributes(r->rows, r->row, r->spare, r->into);
}

/* Everything that holds for each tie of one entry of the table. */
static void
prepare(kith_reader *r, const kith_profile_tie *tie, const char *status, kith_fact *fact,
        char currency[4])
{
    const char *title = kith_reader_text(r, KITH_FIELD_TITLE);
    const char *detail = kith_reader_text(r, KITH_FIELD_DETAIL);

    *fact = (kith_fact)KITH_FACT_INIT;
    fact->kind = tie->kind;
    fact->channel = tie->channel;
    fact->detail = tie->role && *title ? title : tie->detail;
    fact->status = tie->status;
    if (!tie->main)
        return;
    /* The row's status is that of what it is about, not of what goes along with it. */
    if (!fact->status && !tie->detail)
        fact->status = status;
    if (!fact->detail && *detail)
        fact->detail = detail;
    if (!kith_reader_ticked(r, KITH_FIELD_SEEN) ||
        !kith_time_parse(kith_reader_text(r, KITH_FIELD_SEEN), &fact->when, &fact->precision))
        kith_reader_date(r, KITH_FIELD_DATE, &fact->when, &fact->precision);
    kith_reader_amount(r, fact, currency);
}

/* A row's amount is told once, on its first tie: two contacts of one deal do not double it. */
static kith_status
tie_up(kith_reader *r, const kith_profile_tie *tie, const char *status, bool *told, kith_error *err)
{
    g_autoptr(GArray) from = g_array_new(FALSE, FALSE, sizeof(kith_mention));
    g_autoptr(GArray) to = g_array_new(FALSE, FALSE, sizeof(kith_mention));
    char currency[4];
    kith_fact fact = KITH_FACT_INIT;

    if (tie->needs && !kith_reader_ticked(r, tie->needs))
        return KITH_OK;
    kith_profile_end(r, tie->from, from);
    kith_profile_end(r, tie->to, to);
    if (from->len && to->len)
        prepare(r, tie, status, &fact, currency);
    for (guint i = 0; i < from->len; i++)
        for (guint k = 0; k < to->len; k++) {
            fact.from = g_array_index(from, kith_mention, i);
            fact.to = g_array_index(to, kith_mention, k);
            if (*told)
                fact.amount = NAN, fact.currency = NULL;
            TRY(kith_builder_fact(r->into, &fact, err));
            if (tie->main && !tie->detail) /* a tie on the side has nothing to do with them */
                add_notes(r);
            *told = *told || !isnan(fact.amount);
            if (tie->to == KITH_END_PERSON)
                flag_direction(r, fact.to);
        }
    return KITH_OK;
}

/* What a deal or an event is by itself, besides its ties. */
static void
complete_subject(kith_reader *r, const char *status)
{
    kith_time when = KITH_TIME_NONE;
    kith_precision precision = KITH_PRECISION_NONE;

    if (r->profile->subject == KITH_EVENT &&
        kith_reader_date(r, KITH_FIELD_DATE, &when, &precision))
        kith_builder_event_time(r->into, r->subject, when, precision);
    if (r->profile->subject != KITH_TOPIC)
        return;
    kith_builder_attribute(r->into, r->subject, "stage", status);
    kith_builder_attribute(r->into, r->subject, "amount", kith_reader_text(r, KITH_FIELD_AMOUNT));
}

kith_status
kith_profile_row(kith_reader *r, kith_error *err)
{
    bool told = false, deleted = kith_reader_ticked(r, KITH_FIELD_DELETED);
    kith_effect effect;
    const char *status;

    if (deleted) {
        kith_source_hold(r->source, "the record is deleted");
        return KITH_OK;
    }
    effect = kith_reader_status(r, &status);
    if (effect == KITH_EFFECT_DROP)
        return KITH_OK;
    r->subject = take_subject(r);
    if (r->subject < 0)
        return KITH_OK;
    if (effect == KITH_EFFECT_TIE && kith_reader_ticked(r, KITH_FIELD_SEEN))
        status = "attended";
    complete_subject(r, status);
    for (const kith_profile_tie *t = r->profile->ties; t && t->from; t++)
        if (effect == KITH_EFFECT_TIE || !t->main)
            TRY(tie_up(r, t, status, &told, err));
    return KITH_OK;
}
