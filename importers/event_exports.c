/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event_exports.c - guest lists as Eventbrite, Luma and Meetup write them.
 *
 * A ticket is a registration; being there is a check-in. Refunded, declined and waiting guests are people without a tie.
 * Where the columns do not name the event, the file's name does.
 */
#include "profile.h"

static const kith_profile_tie ties[] = {
    {.kind = KITH_ATTENDED, .from = KITH_END_SUBJECT, .to = KITH_END_EVENT, .main = true},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {0},
};

static const kith_profile_status eventbrite_statuses[] = {
    {"checked in|attended", "attended", KITH_EFFECT_TIE},
    {"attending|not attending|registered", "registered", KITH_EFFECT_TIE},
    {"refunded|deleted|cancelled|canceled|transferred|not paid|unpaid|partially refunded", NULL,
     KITH_EFFECT_HOLD},
    {0},
};

static const kith_profile_column eventbrite_columns[] = {
    {KITH_FIELD_GIVEN, "first name|attendee first name", NULL},
    {KITH_FIELD_FAMILY, "last name|surname|attendee last name", NULL},
    {KITH_FIELD_NAME, "name|attendee name", NULL},
    {KITH_FIELD_EMAIL, "email|email address|attendee email", NULL},
    {KITH_FIELD_PHONE, "cell phone|mobile phone|work phone|home phone|phone number", NULL},
    {KITH_FIELD_COMPANY, "company|company organisation|company organization", NULL},
    {KITH_FIELD_TITLE, "job title", NULL},
    {KITH_FIELD_EVENT, "event name", NULL},
    {KITH_FIELD_STATUS, "attendee status", NULL},
    {KITH_FIELD_DATE, "order date", NULL},
    {KITH_FIELD_AMOUNT, "total paid|ticket price", NULL},
    {KITH_FIELD_CURRENCY, "currency", NULL},
    {KITH_FIELD_PERSON, "buyer name", NULL},
    {KITH_FIELD_PERSON_EMAIL, "buyer email", NULL},
    {KITH_FIELD_IGNORED,
     "fees paid|eventbrite fees|eventbrite payment processing|attendee|gender|birth date|age",
     NULL},
    {0},
};

static const kith_profile eventbrite_attendees = {
    .signature = "order|order date|first name|last name|email|attendee status",
    .about_tie = true,
    .names_identify = true,
    .otherwise = "registered",
    .unknown = "registered",
    .columns = eventbrite_columns,
    .statuses = eventbrite_statuses,
    .ties = ties,
};
KITH_PROFILE_OF_FILE(eventbrite_attendees, "eventbrite-attendees",
                     "Eventbrite attendee report, one event a file: who registered, who checked in",
                     "csv");

/* Who buys a ticket for somebody else knows him. */
static const kith_profile_tie order_ties[] = {
    {.kind = KITH_ATTENDED, .from = KITH_END_SUBJECT, .to = KITH_END_EVENT, .main = true},
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {.kind = KITH_KNOWS,
     .from = KITH_END_PERSON,
     .to = KITH_END_SUBJECT,
     .main = true,
     .detail = "bought the ticket"},
    {0},
};

static const kith_profile eventbrite_orders = {
    .signature = "order id|order date|attendee status|event name|buyer name/buyer email",
    .about_tie = true,
    .names_identify = true,
    .otherwise = "registered",
    .unknown = "registered",
    .columns = eventbrite_columns,
    .statuses = eventbrite_statuses,
    .ties = order_ties,
};
KITH_PROFILE_OF_FILE(
    eventbrite_orders, "eventbrite-orders",
    "Eventbrite orders, several events a file: who registered and who bought the ticket", "csv");

static const kith_profile_status luma_statuses[] = {
    {"approved|going|accepted", "registered", KITH_EFFECT_TIE},
    {"invited", "invited", KITH_EFFECT_TIE},
    {"declined|pending approval|pending|waitlist|rejected|cancelled|canceled", NULL,
     KITH_EFFECT_HOLD},
    {0},
};

static const kith_profile_column luma_columns[] = {
    {KITH_FIELD_GIVEN, "first name", NULL},
    {KITH_FIELD_FAMILY, "last name", NULL},
    {KITH_FIELD_NAME, "name", NULL},
    {KITH_FIELD_EMAIL, "email", NULL},
    {KITH_FIELD_PHONE, "phone number", NULL},
    {KITH_FIELD_URL,
     "what is your linkedin profile|what s your linkedin profile|linkedin|linkedin url", NULL},
    {KITH_FIELD_COMPANY,
     "what s your company|what company do you work for|where do you work|company|company name",
     NULL},
    {KITH_FIELD_TITLE, "what s your job title|what is your job title|job title", NULL},
    {KITH_FIELD_STATUS, "approval status", NULL},
    {KITH_FIELD_DATE, "created at", NULL},
    {KITH_FIELD_SEEN, "checked in at", NULL},
    {KITH_FIELD_AMOUNT, "amount", NULL},
    {KITH_FIELD_CURRENCY, "currency", NULL},
    {KITH_FIELD_IGNORED,
     "api id|guest api id|qr code url|eth address|solana address|amount tax|amount discount|"
     "ticket type id",
     NULL},
    {0},
};

static const kith_profile luma_guests = {
    .signature = "api id|approval status|email",
    .about_tie = true,
    .names_identify = true,
    .otherwise = "registered",
    .unknown = "registered",
    .columns = luma_columns,
    .statuses = luma_statuses,
    .ties = ties,
};
KITH_PROFILE_OF_FILE(luma_guests, "luma-guests",
                     "Luma guest list: who was approved and who checked in", "csv");

static const kith_profile_status meetup_statuses[] = {
    {"yes|attended|going", "registered", KITH_EFFECT_TIE},
    {"no show", "no-show", KITH_EFFECT_TIE},
    {"no|waitlist|waiting list|maybe", NULL, KITH_EFFECT_HOLD},
    {0},
};

static const kith_profile_column meetup_columns[] = {
    {KITH_FIELD_ID, "user id|member id", NULL},
    {KITH_FIELD_NAME, "name", NULL},
    {KITH_FIELD_URL, "url of member profile", NULL},
    {KITH_FIELD_STATUS, "rsvp", NULL},
    {KITH_FIELD_DATE, "rsvped on", NULL},
    {KITH_FIELD_IGNORED, "joined group on", NULL},
    {0},
};

static const kith_profile meetup_attendees = {
    .signature = "name|user id/member id|rsvp|url of member profile/rsvped on",
    .about_tie = true,
    .space = "meetup",
    .otherwise = "registered",
    .unknown = "registered",
    .columns = meetup_columns,
    .statuses = meetup_statuses,
    .ties = ties,
};
KITH_PROFILE_OF_FILE(meetup_attendees, "meetup-attendees", "Meetup attendee list: who said yes",
                     "xls tsv");
