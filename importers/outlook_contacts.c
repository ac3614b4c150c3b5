/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outlook_contacts.c - the address book of Outlook, of the desktop program and of the web.
 *
 *     "Title","First Name",…,"Company",…,"Job Title",…,"E-mail Address",…,"Manager's Name",…,"Referred By",…,"Spouse"
 *
 * "Title" is Mr or Ms here. Managers, referrers and spouses are names: they are somebody when one card of the file says so.
 */
#include "profile.h"

static const kith_profile_column columns[] = {
    {KITH_FIELD_GIVEN, "first name", NULL},
    {KITH_FIELD_FAMILY, "last name", NULL},
    {KITH_FIELD_EMAIL, "e mail address|e mail # address", NULL},
    {KITH_FIELD_PHONE,
     "mobile phone|primary phone|business phone|business phone #|home phone|home phone #|"
     "other phone|car phone",
     NULL},
    {KITH_FIELD_URL, "web page|personal web page", NULL},
    {KITH_FIELD_COMPANY, "company", NULL},
    {KITH_FIELD_TITLE, "job title", NULL},
    {KITH_FIELD_LABELS, "categories", "labels"},
    {KITH_FIELD_RELATION, "manager s name", "manager"},
    {KITH_FIELD_RELATION, "referred by", "referred by"},
    {KITH_FIELD_RELATION, "spouse", "spouse"},
    {KITH_FIELD_RELATION, "assistant s name", "assistant"},
    {KITH_FIELD_IGNORED,
     "gender|title|suffix|e mail type|e mail # type|e mail display name|e mail # display name|"
     "priority|private|sensitivity",
     NULL},
    {0},
};

static const kith_profile_tie ties[] = {
    {.kind = KITH_KNOWS, .from = KITH_END_OWNER, .to = KITH_END_SUBJECT, .main = true},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

static const kith_profile outlook_contacts = {
    .signature = "first name|last name|e mail address|job title|e mail 2 address/e mail type",
    .address_book = true,
    .columns = columns,
    .ties = ties,
};
KITH_PROFILE(
    outlook_contacts, "outlook-contacts",
    "Outlook contacts, desktop and web: whom you know, where they work, who reports to whom",
    "csv");
