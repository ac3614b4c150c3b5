/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm_exports.c - HubSpot, Salesforce and Pipedrive: records that know each other by id.
 *
 * An id that no file explains is a stub; with the other tables of the export it becomes somebody. Whom the records belong
 * to ("Contact owner") are colleagues, not contacts, and stay attributes. A deal is a topic that people and firms are tied
 * to; its amount stands on one tie, so that sums are right.
 */
#include "profile.h"

static const kith_profile_tie contact_ties[] = {
    {.kind = KITH_WORKS_AT, .from = KITH_END_SUBJECT, .to = KITH_END_COMPANY, .role = true},
    {.kind = KITH_REPORTS_TO, .from = KITH_END_SUBJECT, .to = KITH_END_MANAGER},
    {.kind = KITH_CONSENTS,
     .from = KITH_END_SUBJECT,
     .to = KITH_END_TOPIC,
     .needs = KITH_FIELD_OPTED_OUT,
     .channel = "email",
     .status = "withdrawn"},
    {0},
};

static const kith_profile_tie company_ties[] = {
    {.kind = KITH_PARENT_OF, .from = KITH_END_PARENT, .to = KITH_END_SUBJECT},
    {0},
};

static const kith_profile_tie deal_ties[] = {
    {.kind = KITH_DEAL, .from = KITH_END_COMPANY, .to = KITH_END_SUBJECT, .main = true},
    {.kind = KITH_DEAL, .from = KITH_END_PERSON, .to = KITH_END_SUBJECT, .main = true},
    {0},
};

static const kith_profile_status deal_statuses[] = {
    {"won|closed won|closedwon", "won", KITH_EFFECT_TIE},
    {"lost|closed lost|closedlost", "lost", KITH_EFFECT_TIE},
    {"open", "open", KITH_EFFECT_TIE},
    {"deleted", NULL, KITH_EFFECT_DROP},
    {0},
};

/* HubSpot */

static const kith_profile_column hubspot_contact_columns[] = {
    {KITH_FIELD_ID, "record id|record id contact", NULL},
    {KITH_FIELD_GIVEN, "first name", NULL},
    {KITH_FIELD_FAMILY, "last name", NULL},
    {KITH_FIELD_EMAIL, "email|additional email addresses", NULL},
    {KITH_FIELD_PHONE, "phone number|mobile phone number", NULL},
    {KITH_FIELD_URL, "linkedin profile|linkedin url", NULL},
    {KITH_FIELD_TITLE, "job title", NULL},
    {KITH_FIELD_COMPANY, "associated company primary|associated company|company name", NULL},
    {KITH_FIELD_COMPANY_ID,
     "associated company ids primary|primary associated company id|associated company ids", NULL},
    {KITH_FIELD_OPTED_OUT, "unsubscribed from all email", NULL},
    {0},
};

static const kith_profile hubspot_contacts = {
    .signature = "record id/record id contact|first name|last name|email",
    .space = "hubspot-contact",
    .company_space = "hubspot-company",
    .topic = "newsletter",
    .columns = hubspot_contact_columns,
    .ties = contact_ties,
};
KITH_PROFILE(hubspot_contacts, "hubspot-contacts", "HubSpot contacts: people and where they work",
             "csv");

static const kith_profile_column hubspot_company_columns[] = {
    {KITH_FIELD_ID, "record id|record id company", NULL},
    {KITH_FIELD_NAME, "company name|name", NULL},
    {KITH_FIELD_DOMAIN, "company domain name|website url", NULL},
    {KITH_FIELD_PHONE, "phone number", NULL},
    {KITH_FIELD_PARENT_ID, "parent company ids|parent company id", NULL},
    {0},
};

static const kith_profile hubspot_companies = {
    .signature = "record id/record id company|company name|company domain name/company owner",
    .subject = KITH_ORGANISATION,
    .space = "hubspot-company",
    .company_space = "hubspot-company",
    .columns = hubspot_company_columns,
    .ties = company_ties,
};
KITH_PROFILE(hubspot_companies, "hubspot-companies", "HubSpot companies and their parents", "csv");

static const kith_profile_column hubspot_deal_columns[] = {
    {KITH_FIELD_ID, "record id|record id deal", NULL},
    {KITH_FIELD_NAME, "deal name", NULL},
    {KITH_FIELD_STATUS, "deal stage", NULL},
    {KITH_FIELD_DATE, "close date", NULL},
    {KITH_FIELD_AMOUNT, "amount", NULL},
    {KITH_FIELD_CURRENCY, "currency", NULL},
    {KITH_FIELD_COMPANY_ID, "associated company ids|associated company ids primary", NULL},
    {KITH_FIELD_PERSON_ID, "associated contact ids", NULL},
    {KITH_FIELD_IGNORED, "associated company|associated contacts|associated contact", NULL},
    {0},
};

static const kith_profile hubspot_deals = {
    .signature = "record id/record id deal|deal name|deal stage",
    .subject = KITH_TOPIC,
    .space = "hubspot-deal",
    .company_space = "hubspot-company",
    .person_space = "hubspot-contact",
    .columns = hubspot_deal_columns,
    .statuses = deal_statuses,
    .ties = deal_ties,
};
KITH_PROFILE(hubspot_deals, "hubspot-deals", "HubSpot deals: with whom, how much, won or lost",
             "csv");

/* Salesforce: one file an object, all ids in one space */

static const kith_profile_column salesforce_account_columns[] = {
    {KITH_FIELD_ID, "id", NULL},
    {KITH_FIELD_DELETED, "isdeleted", NULL},
    {KITH_FIELD_NAME, "name", NULL},
    {KITH_FIELD_PARENT_ID, "parentid", NULL},
    {KITH_FIELD_PHONE, "phone", NULL},
    {KITH_FIELD_DOMAIN, "website", NULL},
    {KITH_FIELD_IGNORED, "masterrecordid|ownerid|createdbyid|lastmodifiedbyid|systemmodstamp",
     NULL},
    {0},
};

static const kith_profile salesforce_accounts = {
    .signature = "id|name|parentid|type/industry/website",
    .subject = KITH_ORGANISATION,
    .short_ids = true,
    .space = "salesforce",
    .company_space = "salesforce",
    .columns = salesforce_account_columns,
    .ties = company_ties,
};
KITH_PROFILE(salesforce_accounts, "salesforce-accounts", "Salesforce accounts and their parents",
             "csv");

static const kith_profile_column salesforce_contact_columns[] = {
    {KITH_FIELD_ID, "id", NULL},
    {KITH_FIELD_DELETED, "isdeleted", NULL},
    {KITH_FIELD_GIVEN, "firstname", NULL},
    {KITH_FIELD_FAMILY, "lastname", NULL},
    {KITH_FIELD_EMAIL, "email", NULL},
    {KITH_FIELD_PHONE, "mobilephone|phone|homephone|otherphone", NULL},
    {KITH_FIELD_TITLE, "title", NULL},
    {KITH_FIELD_COMPANY_ID, "accountid", NULL},
    {KITH_FIELD_MANAGER_ID, "reportstoid", NULL},
    {KITH_FIELD_OPTED_OUT, "hasoptedoutofemail", NULL},
    {KITH_FIELD_IGNORED, "masterrecordid|ownerid|createdbyid|lastmodifiedbyid|systemmodstamp",
     NULL},
    {0},
};

static const kith_profile salesforce_contacts = {
    .signature = "id|firstname|lastname|accountid",
    .short_ids = true,
    .space = "salesforce",
    .company_space = "salesforce",
    .person_space = "salesforce",
    .topic = "newsletter",
    .columns = salesforce_contact_columns,
    .ties = contact_ties,
};
KITH_PROFILE(salesforce_contacts, "salesforce-contacts",
             "Salesforce contacts: where they work, whom they report to, who opted out", "csv");

static const kith_profile_column salesforce_campaign_columns[] = {
    {KITH_FIELD_ID, "id", NULL},
    {KITH_FIELD_DELETED, "isdeleted", NULL},
    {KITH_FIELD_NAME, "name", NULL},
    {KITH_FIELD_DATE, "startdate", NULL},
    {KITH_FIELD_IGNORED, "ownerid|createdbyid|lastmodifiedbyid|systemmodstamp", NULL},
    {0},
};

static const kith_profile salesforce_campaigns = {
    .signature = "id|name|startdate|enddate|type/status",
    .subject = KITH_EVENT,
    .short_ids = true,
    .space = "salesforce",
    .columns = salesforce_campaign_columns,
};
KITH_PROFILE(salesforce_campaigns, "salesforce-campaigns", "Salesforce campaigns, as events",
             "csv");

static const kith_profile_column salesforce_member_columns[] = {
    {KITH_FIELD_ID, "contactid", NULL},
    {KITH_FIELD_ID, "leadid", NULL},
    {KITH_FIELD_DELETED, "isdeleted", NULL},
    {KITH_FIELD_EVENT_ID, "campaignid", NULL},
    {KITH_FIELD_STATUS, "status", NULL},
    {KITH_FIELD_SEEN, "hasresponded", NULL},
    {KITH_FIELD_DATE, "firstrespondeddate|createddate", NULL},
    {KITH_FIELD_IGNORED, "id|createdbyid|lastmodifiedbyid|systemmodstamp", NULL},
    {0},
};

static const kith_profile_status salesforce_member_statuses[] = {
    {"sent|registered|planned to attend|invited", "registered", KITH_EFFECT_TIE},
    {"responded|attended", "attended", KITH_EFFECT_TIE},
    {"no show", "no-show", KITH_EFFECT_TIE},
    {0},
};

static const kith_profile_tie member_ties[] = {
    {.kind = KITH_ATTENDED, .from = KITH_END_SUBJECT, .to = KITH_END_EVENT, .main = true},
    {0},
};

static const kith_profile salesforce_campaign_members = {
    .signature = "campaignid|contactid/leadid|status",
    .short_ids = true,
    .about_tie = true,
    .space = "salesforce",
    .event_space = "salesforce",
    .otherwise = "registered",
    .unknown = "registered",
    .columns = salesforce_member_columns,
    .statuses = salesforce_member_statuses,
    .ties = member_ties,
};
KITH_PROFILE_OF_FILE(salesforce_campaign_members, "salesforce-campaign-members",
                     "Salesforce campaign members: who was asked to an event and who responded",
                     "csv");

static const kith_profile_column salesforce_opportunity_columns[] = {
    {KITH_FIELD_ID, "id", NULL},
    {KITH_FIELD_DELETED, "isdeleted", NULL},
    {KITH_FIELD_COMPANY_ID, "accountid", NULL},
    {KITH_FIELD_NAME, "name", NULL},
    {KITH_FIELD_STATUS, "stagename", NULL},
    {KITH_FIELD_AMOUNT, "amount", NULL},
    {KITH_FIELD_CURRENCY, "currencyisocode", NULL},
    {KITH_FIELD_DATE, "closedate", NULL},
    {KITH_FIELD_PERSON_ID, "contactid", NULL},
    {KITH_FIELD_IGNORED, "ownerid|createdbyid|lastmodifiedbyid|systemmodstamp|iswon|isclosed",
     NULL},
    {0},
};

static const kith_profile salesforce_opportunities = {
    .signature = "id|accountid|name|stagename",
    .subject = KITH_TOPIC,
    .short_ids = true,
    .space = "salesforce",
    .company_space = "salesforce",
    .person_space = "salesforce",
    .columns = salesforce_opportunity_columns,
    .statuses = deal_statuses,
    .ties = deal_ties,
};
KITH_PROFILE(salesforce_opportunities, "salesforce-opportunities",
             "Salesforce opportunities: which account, how much, won or lost", "csv");

/* Pipedrive: every header says what it is about, deals name people and firms by text */

static const kith_profile_column pipedrive_people_columns[] = {
    {KITH_FIELD_ID, "person id", NULL},
    {KITH_FIELD_NAME, "person name", NULL},
    {KITH_FIELD_EMAIL, "person email work|person email home|person email other|person email", NULL},
    {KITH_FIELD_PHONE,
     "person phone mobile|person phone work|person phone home|person phone other|person phone",
     NULL},
    {KITH_FIELD_COMPANY, "person organization", NULL},
    {KITH_FIELD_COMPANY_ID, "person organization id", NULL},
    {KITH_FIELD_TITLE, "person job title", NULL},
    {KITH_FIELD_LABELS, "person labels|person label", "labels"},
    {0},
};

static const kith_profile pipedrive_people = {
    .signature = "person name|person organization/person email work/person id",
    .space = "pipedrive-person",
    .company_space = "pipedrive-organization",
    .columns = pipedrive_people_columns,
    .ties = contact_ties,
};
KITH_PROFILE(pipedrive_people, "pipedrive-people", "Pipedrive people and where they work", "csv");

static const kith_profile_column pipedrive_deal_columns[] = {
    {KITH_FIELD_ID, "deal id", NULL},
    {KITH_FIELD_NAME, "deal title", NULL},
    {KITH_FIELD_AMOUNT, "deal value", NULL},
    {KITH_FIELD_CURRENCY, "deal currency of value", NULL},
    {KITH_FIELD_COMPANY, "deal organization", NULL},
    {KITH_FIELD_COMPANY_ID, "deal organization id", NULL},
    {KITH_FIELD_PERSON, "deal contact person", NULL},
    {KITH_FIELD_PERSON_ID, "deal contact person id", NULL},
    {KITH_FIELD_STATUS, "deal status", NULL},
    {KITH_FIELD_DATE, "deal won time|deal lost time|deal deal created", NULL},
    {0},
};

static const kith_profile pipedrive_deals = {
    .signature = "deal title|deal status|deal organization/deal contact person",
    .subject = KITH_TOPIC,
    .space = "pipedrive-deal",
    .company_space = "pipedrive-organization",
    .person_space = "pipedrive-person",
    .columns = pipedrive_deal_columns,
    .statuses = deal_statuses,
    .ties = deal_ties,
};
KITH_PROFILE(pipedrive_deals, "pipedrive-deals",
             "Pipedrive deals: with whom, how much, won or lost", "csv");
