/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailchimp_members.c - the parts of a Mailchimp audience: subscribed, unsubscribed, cleaned, never subscribed.
 *
 * The part a row stands in is the consent; when it was given or withdrawn is in the row. Names are often missing, the
 * address is enough. Whoever never subscribed is a person without a consent.
 */
#include "profile.h"

#define PERSON_COLUMNS                                                                             \
    {KITH_FIELD_EMAIL, "email address", NULL}, {KITH_FIELD_GIVEN, "first name", NULL},             \
        {KITH_FIELD_FAMILY, "last name", NULL}, {KITH_FIELD_PHONE, "phone number|phone", NULL},    \
        {KITH_FIELD_COMPANY, "company", NULL}, {KITH_FIELD_LABELS, "tags", "tags"},                \
        {KITH_FIELD_NOTE, "optin ip", "opt-in ip"},                                                \
    {                                                                                              \
        KITH_FIELD_IGNORED,                                                                        \
            "confirm time|confirm ip|latitude|longitude|gmtoff|dstoff|timezone|cc|region|"         \
            "last changed|leid|euid|notes|address|birthday",                                       \
            NULL                                                                                   \
    }

static const kith_profile_tie ties[] = {
    {.kind = KITH_CONSENTS,
     .from = KITH_END_SUBJECT,
     .to = KITH_END_TOPIC,
     .main = true,
     .channel = "email"},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY},
    {0},
};

static const kith_profile_column subscribed_columns[] = {
    {KITH_FIELD_DATE, "optin time", NULL},
    PERSON_COLUMNS,
    {0},
};

static const kith_profile mailchimp_subscribed = {
    .signature = "email address|member rating|optin time",
    .topic = "newsletter",
    .otherwise = "granted",
    .columns = subscribed_columns,
    .ties = ties,
};
KITH_PROFILE(mailchimp_subscribed, "mailchimp-subscribed",
             "Mailchimp subscribed members: who agreed to the newsletter, when and from where",
             "csv");

static const kith_profile_column unsubscribed_columns[] = {
    {KITH_FIELD_DATE, "unsub time", NULL},
    {KITH_FIELD_NOTE, "unsub reason", "reason"},
    {KITH_FIELD_NOTE, "unsub campaign title", "campaign"},
    {KITH_FIELD_NOTE, "optin time", "opt-in time"},
    PERSON_COLUMNS,
    {0},
};

static const kith_profile mailchimp_unsubscribed = {
    .signature = "email address|member rating|optin time|unsub time",
    .topic = "newsletter",
    .otherwise = "withdrawn",
    .columns = unsubscribed_columns,
    .ties = ties,
};
KITH_PROFILE(mailchimp_unsubscribed, "mailchimp-unsubscribed",
             "Mailchimp unsubscribed members: who withdrew from the newsletter", "csv");

static const kith_profile_column cleaned_columns[] = {
    {KITH_FIELD_DATE, "clean time", NULL},
    {KITH_FIELD_NOTE, "clean campaign title", "campaign"},
    {KITH_FIELD_NOTE, "optin time", "opt-in time"},
    PERSON_COLUMNS,
    {0},
};

static const kith_profile mailchimp_cleaned = {
    .signature = "email address|member rating|optin time|clean time",
    .topic = "newsletter",
    .otherwise = "bounced",
    .columns = cleaned_columns,
    .ties = ties,
};
KITH_PROFILE(mailchimp_cleaned, "mailchimp-cleaned",
             "Mailchimp cleaned members: whose address bounces", "csv");

static const kith_profile_tie no_consent[] = {
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY},
    {0},
};

/* The same header as the subscribed part: only the file's name tells, and it must not be taken for a consent. */
static const kith_profile mailchimp_nonsubscribed = {
    .signature = "email address|member rating|optin time",
    .file = "nonsubscribed",
    .columns = subscribed_columns,
    .ties = no_consent,
};
KITH_PROFILE(mailchimp_nonsubscribed, "mailchimp-nonsubscribed",
             "Mailchimp non-subscribed members: people without a consent", "csv");
