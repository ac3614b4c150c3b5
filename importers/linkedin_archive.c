/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linkedin_archive.c - the members of a LinkedIn archive besides connections and messages.
 *
 *     Profile.csv                     who the owner is
 *     Email Addresses.csv             and where he is reached
 *     Invitations.csv                 From,To,Sent At,Message,Direction[,inviterProfileUrl,inviteeProfileUrl]
 *     Endorsement_Received_Info.csv   Endorsement Date,Skill Name,Endorser First Name,…,Endorsement Status
 *     Recommendations_Received.csv    First Name,Last Name,Company,Job Title,Text,Creation Date,Status
 *
 * What people wrote is not kept. Recommendations have no link: names with their firm are all there is.
 */
#include "profile.h"

static const kith_profile_column profile_columns[] = {
    {KITH_FIELD_GIVEN, "first name", NULL},
    {KITH_FIELD_FAMILY, "last name", NULL},
    {KITH_FIELD_MAIDEN, "maiden name", NULL},
    {KITH_FIELD_IGNORED, "address|birth date|summary|zip code|instant messengers", NULL},
    {0},
};

static const kith_profile linkedin_profile = {
    .signature = "first name|last name|maiden name|headline",
    .owner = true,
    .columns = profile_columns,
};
KITH_PROFILE(linkedin_profile, "linkedin-profile", "LinkedIn Profile.csv: whose archive it is",
             "csv");

static const kith_profile_column email_columns[] = {
    {KITH_FIELD_EMAIL, "email address", NULL},
    {KITH_FIELD_IGNORED, "confirmed|primary|updated on", NULL},
    {0},
};

static const kith_profile linkedin_emails = {
    .signature = "email address|confirmed|primary|updated on",
    .owner = true,
    .columns = email_columns,
};
KITH_PROFILE(linkedin_emails, "linkedin-emails",
             "LinkedIn Email Addresses.csv: where the archive's owner is reached", "csv");

static const kith_profile_column invitation_columns[] = {
    {KITH_FIELD_NAME, "from", NULL},
    {KITH_FIELD_PERSON, "to", NULL},
    {KITH_FIELD_DATE, "sent at", NULL},
    {KITH_FIELD_URL, "inviterprofileurl|inviter profile url", NULL},
    {KITH_FIELD_PERSON_URL, "inviteeprofileurl|invitee profile url", NULL},
    {KITH_FIELD_DIRECTION, "direction", NULL},
    {KITH_FIELD_IGNORED, "message", NULL},
    {0},
};

static const kith_profile_tie invitation_ties[] = {
    {.kind = KITH_INVITED,
     .from = KITH_END_SUBJECT,
     .to = KITH_END_PERSON,
     .main = true,
     .channel = "linkedin"},
    {0},
};

static const kith_profile linkedin_invitations = {
    .signature = "from|to|sent at|direction",
    .names_identify = true,
    .month_first = true,
    .about_tie = true,
    .columns = invitation_columns,
    .ties = invitation_ties,
};
KITH_PROFILE(linkedin_invitations, "linkedin-invitations",
             "LinkedIn Invitations.csv: who asked whom to connect", "csv");

static const kith_profile_column endorsement_columns[] = {
    {KITH_FIELD_GIVEN, "endorser first name|endorsee first name", NULL},
    {KITH_FIELD_FAMILY, "endorser last name|endorsee last name", NULL},
    {KITH_FIELD_URL, "endorser public url|endorsee public url", NULL},
    {KITH_FIELD_DATE, "endorsement date", NULL},
    {KITH_FIELD_DETAIL, "skill name", NULL},
    {KITH_FIELD_STATUS, "endorsement status", NULL},
    {0},
};

static const kith_profile_status endorsement_statuses[] = {
    {"accepted", "accepted", KITH_EFFECT_TIE},
    {"pending|hidden|removed|rejected|deleted", NULL, KITH_EFFECT_DROP},
    {0},
};

static const kith_profile_tie received_endorsement[] = {
    {.kind = KITH_ENDORSED,
     .from = KITH_END_SUBJECT,
     .to = KITH_END_OWNER,
     .main = true,
     .channel = "linkedin"},
    {0},
};

static const kith_profile linkedin_endorsements_received = {
    .signature = "endorsement date|skill name|endorser first name|endorsement status",
    .names_identify = true,
    .about_tie = true,
    .columns = endorsement_columns,
    .statuses = endorsement_statuses,
    .ties = received_endorsement,
};
KITH_PROFILE(linkedin_endorsements_received, "linkedin-endorsements-received",
             "LinkedIn Endorsement_Received_Info.csv: who vouches for the owner's skills", "csv");

static const kith_profile_tie given_endorsement[] = {
    {.kind = KITH_ENDORSED,
     .from = KITH_END_OWNER,
     .to = KITH_END_SUBJECT,
     .main = true,
     .channel = "linkedin"},
    {0},
};

static const kith_profile linkedin_endorsements_given = {
    .signature = "endorsement date|skill name|endorsee first name|endorsement status",
    .names_identify = true,
    .about_tie = true,
    .columns = endorsement_columns,
    .statuses = endorsement_statuses,
    .ties = given_endorsement,
};
KITH_PROFILE(linkedin_endorsements_given, "linkedin-endorsements-given",
             "LinkedIn Endorsement_Given_Info.csv: whose skills the owner vouches for", "csv");

static const kith_profile_column recommendation_columns[] = {
    {KITH_FIELD_GIVEN, "first name", NULL},   {KITH_FIELD_FAMILY, "last name", NULL},
    {KITH_FIELD_COMPANY, "company", NULL},    {KITH_FIELD_TITLE, "job title", NULL},
    {KITH_FIELD_DATE, "creation date", NULL}, {KITH_FIELD_STATUS, "status", NULL},
    {KITH_FIELD_IGNORED, "text", NULL},       {0},
};

static const kith_profile_status recommendation_statuses[] = {
    {"visible", "visible", KITH_EFFECT_TIE},
    {"hidden", "hidden", KITH_EFFECT_TIE},
    {"pending|draft|deleted", NULL, KITH_EFFECT_DROP},
    {0},
};

static const kith_profile_tie received_recommendation[] = {
    {.kind = KITH_RECOMMENDED,
     .from = KITH_END_SUBJECT,
     .to = KITH_END_OWNER,
     .main = true,
     .channel = "linkedin"},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

static const kith_profile linkedin_recommendations_received = {
    .signature = "first name|last name|company|job title|text|creation date|status",
    .names_identify = true,
    .month_first = true,
    .about_tie = true,
    .columns = recommendation_columns,
    .statuses = recommendation_statuses,
    .ties = received_recommendation,
};
KITH_PROFILE(linkedin_recommendations_received, "linkedin-recommendations-received",
             "LinkedIn Recommendations_Received.csv: who recommends the owner", "csv");

static const kith_profile_tie given_recommendation[] = {
    {.kind = KITH_RECOMMENDED,
     .from = KITH_END_OWNER,
     .to = KITH_END_SUBJECT,
     .main = true,
     .channel = "linkedin"},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

/* The same header as the received ones: only the file's name tells. */
static const kith_profile linkedin_recommendations_given = {
    .signature = "first name|last name|company|job title|text|creation date|status",
    .file = "given",
    .names_identify = true,
    .month_first = true,
    .about_tie = true,
    .columns = recommendation_columns,
    .statuses = recommendation_statuses,
    .ties = given_recommendation,
};
KITH_PROFILE(linkedin_recommendations_given, "linkedin-recommendations-given",
             "LinkedIn Recommendations_Given.csv: whom the owner recommends", "csv");
