/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * google_contacts.c - the address book of Google Contacts, as exported since 2024 and before.
 *
 *     First Name,…,Last Name,…,Organization Name,…,Labels,E-mail 1 - Label,E-mail 1 - Value,…,Relation 1 - Value
 *     Name,Given Name,…,Family Name,…,Group Membership,E-mail 1 - Type,E-mail 1 - Value,…,Organization 1 - Name
 *
 * Only columns that are in use are written, several values stand in one cell with ":::" between them.
 */
#include "profile.h"

static const kith_profile_column columns[] = {
    {KITH_FIELD_GIVEN, "first name|given name", NULL},
    {KITH_FIELD_FAMILY, "last name|family name", NULL},
    {KITH_FIELD_NAME, "name|file as", NULL},
    {KITH_FIELD_MAIDEN, "maiden name", NULL},
    {KITH_FIELD_EMAIL, "e mail # value", NULL},
    {KITH_FIELD_PHONE, "phone # value", NULL},
    {KITH_FIELD_URL, "website # value", NULL},
    {KITH_FIELD_COMPANY, "organization name|organization # name", NULL},
    {KITH_FIELD_TITLE, "organization title|organization # title", NULL},
    {KITH_FIELD_LABELS, "labels|group membership", "labels"},
    {KITH_FIELD_RELATION, "relation # value", NULL},
    {KITH_FIELD_IGNORED,
     "photo|e mail # label|e mail # type|phone # label|phone # type|website # label|website # type|"
     "relation # label|relation # type|organization # type|organization # yomi name",
     NULL},
    {0},
};

static const kith_profile_tie ties[] = {
    {.kind = KITH_KNOWS, .from = KITH_END_OWNER, .to = KITH_END_SUBJECT, .main = true},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

static const kith_profile google_contacts = {
    .signature = "first name|last name|organization name/file as|labels/e mail 1 value",
    .address_book = true,
    .columns = columns,
    .ties = ties,
};
KITH_PROFILE(google_contacts, "google-contacts",
             "Google Contacts since 2024: whom you know, where they work, who belongs together",
             "csv");

static const kith_profile google_contacts_legacy = {
    .signature = "name|given name|family name|group membership/e mail 1 value",
    .address_book = true,
    .columns = columns,
    .ties = ties,
};
KITH_PROFILE(google_contacts_legacy, "google-contacts-legacy",
             "Google Contacts before 2024: whom you know and where they work", "csv");
