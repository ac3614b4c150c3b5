/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_profile.c - named exports: what their tables say becomes the right people and ties, and what is wrong is told. */
#include "../../importers/profile.h"
#include "../support/import.h"
#include "measures/consent.h"

/* Several files in one graph. */
static kith_graph *
combine(const char *const *importers, const char *const *names, const char *const *texts)
{
    g_autoptr(kith_builder) builder = kith_builder_new();
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    kith_graph *graph = NULL;

    for (size_t i = 0; importers[i]; i++) {
        g_autoptr(kith_source) source =
            kith_source_from_memory(names[i], texts[i], strlen(texts[i]));

        kith_builder_begin(builder, source, importers[i]);
        assert_int_equal(kith_importer_find(importers[i])->read(source, NULL, builder, NULL),
                         KITH_OK);
        assert_int_equal(kith_builder_end(builder, NULL), KITH_OK);
    }
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    return graph;
}

static kith_node
find_node(const kith_graph *graph, const char *who)
{
    kith_node node = -1;

    assert_int_equal(kith_graph_find(graph, who, 0, &node, NULL), KITH_OK);
    return node;
}

#define GOOGLE "First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,"
#define RELATION "Relation 1 - Label,Relation 1 - Value,Website 1 - Label,Website 1 - Value\n"

static void
a_cell_may_hold_several_addresses(void **state)
{
    struct imported in = import(
        "google-contacts", "c.csv",
        GOOGLE RELATION "Ann,Lee,,* myContacts ::: VIP,Work,a@x.test ::: b@x.test,,,,\n", NULL);
    kith_node ann = find_node(in.graph, "a@x.test");

    (void)state;
    assert_int_equal(ann, find_node(in.graph, "b@x.test"));
    assert_string_equal(kith_graph_attribute(in.graph, ann, "labels"), "VIP");
    assert_string_equal(in.ties, "knows me -> Ann Lee\n");
    imported_clear(&in);
}

static void
a_firms_site_does_not_make_its_people_one(void **state)
{
    struct imported in = import("google-contacts", "c.csv",
                                GOOGLE RELATION "Ann,Lee,,,,a@x.test,,,Work,https://x.test/team\n"
                                                "Bo,Chen,,,,b@x.test,,,Work,https://x.test/team\n",
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 3);
    imported_clear(&in);
}

static void
a_couple_on_both_cards_is_one_tie(void **state)
{
    (void)state;
    assert_ties("google-contacts", "c.csv",
                GOOGLE RELATION "Ann,Lee,,,,a@x.test,* Spouse,Bo Lee,,\n"
                                "Bo,Lee,,,,b@x.test,* Spouse,Ann Lee,,\n",
                NULL,
                "knows me -> Ann Lee\nknows me -> Bo Lee\nrelated Ann Lee -> Bo Lee as Spouse\n");
}

static void
a_name_on_two_cards_is_nobody_in_particular(void **state)
{
    struct imported in = import("google-contacts", "c.csv",
                                GOOGLE RELATION "Ann,Lee,,,,a@x.test,Manager,Bo Lee,,\n"
                                                "Bo,Lee,,,,b@x.test,,,,\n"
                                                "Bo,Lee,,,,c@x.test,,,,\n",
                                NULL);

    (void)state;
    assert_string_equal(in.ties, "knows me -> Ann Lee\nknows me -> Bo Lee\nknows me -> Bo Lee\n");
    assert_string_equal(kith_graph_attribute(in.graph, find_node(in.graph, "a@x.test"), "Manager"),
                        "Bo Lee");
    imported_clear(&in);
}

static void
an_address_in_place_of_a_name_is_an_address(void **state)
{
    struct imported in =
        import("google-contacts", "c.csv",
               GOOGLE RELATION "ann@x.test,,,,,,,,,\n,,,,,,,,,\n,,,x,,,,,,\n", NULL);

    (void)state;
    assert_string_equal(in.ties, "knows me -> ann@x.test\n");
    assert_string_equal(in.heard, "held 4:1 the row names nobody\n");
    imported_clear(&in);
}

#define MESSAGES "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
#define ANN "https://www.linkedin.com/in/ann-tidewell"
#define BO "https://www.linkedin.com/in/bo-tidewell"
#define CY "https://www.linkedin.com/in/cy-tidewell"

static void
recipients_are_told_apart_by_links_not_by_commas(void **state)
{
    struct imported in = import(
        "linkedin-messages", "messages.csv",
        MESSAGES "RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER,IS MESSAGE DRAFT\n"
                 "1,,Ann Lee," ANN ",\"Bo Chen, PhD, Cy Roe\",\"" BO "," CY
                 "\",2024-01-08 09:00:12 UTC,hello,INBOX,No\n"
                 "1,,Bo Chen," BO ",Ann Lee," ANN ",2024-01-09 09:00:12 UTC,secret,INBOX,No\n"
                 "1,,Ann Lee," ANN ",Bo Chen," BO ",2024-01-09 10:00:00 UTC,later,INBOX,Yes\n",
        NULL);

    (void)state;
    assert_string_equal(
        in.ties,
        "messaged Ann Lee -> Bo Chen on 2024-01-08T09:00:12Z by linkedin\n"
        "messaged Ann Lee -> https://www.linkedin.com/in/cy-tidewell on 2024-01-08T09:00:12Z by "
        "linkedin\n"
        "messaged Bo Chen -> Ann Lee on 2024-01-09T09:00:12Z by linkedin\n");
    assert_string_equal(in.heard, "held 4:1 the message is a draft\n");
    imported_clear(&in);
}

static void
the_owner_of_an_archive_is_in_all_its_messages(void **state)
{
    struct imported in = import("linkedin-messages", "messages.csv",
                                MESSAGES "RECIPIENT PROFILE URLS,DATE,FOLDER\n"
                                         "1,,Ann Lee," ANN ",Bo Chen," BO ",2024-01-08,INBOX\n"
                                         "2,,Cy Roe," CY ",Ann Lee," ANN ",2024-01-09,INBOX\n",
                                NULL);
    struct imported two = import("linkedin-messages", "messages.csv",
                                 MESSAGES "RECIPIENT PROFILE URLS,DATE,FOLDER\n"
                                          "1,,Ann Lee," ANN ",Bo Chen," BO ",2024-01-08,INBOX\n",
                                 NULL);

    (void)state;
    assert_int_equal(kith_graph_owner(in.graph), find_node(in.graph, "Ann Lee"));
    assert_int_equal(kith_graph_owner(two.graph), -1);
    imported_clear(&in);
    imported_clear(&two);
}

static void
before_there_were_links_a_name_is_its_only_sender(void **state)
{
    struct imported in = import("linkedin-messages", "messages.csv",
                                MESSAGES "DATE,SUBJECT,CONTENT,FOLDER\n"
                                         "1,,Ann Lee," ANN ",\"Bo Chen, PhD\",2021-01-08,,x,INBOX\n"
                                         "1,,Bo Chen," BO ",Ann Lee,2021-01-09,,x,INBOX\n",
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_string_equal(in.ties, "messaged Ann Lee -> Bo Chen on 2021-01-08 by linkedin\n"
                                 "messaged Bo Chen -> Ann Lee on 2021-01-09 by linkedin\n");
    imported_clear(&in);
}

static void
invitations_without_links_know_their_owner_by_direction(void **state)
{
    struct imported in = import("linkedin-invitations", "Invitations.csv",
                                "From,To,Sent At,Message,Direction\n"
                                "Ann Lee,Bo Chen,\"1/2/22, 2:37 PM\",hi,OUTGOING\n"
                                "Cy Roe,Ann Lee,\"3/4/22, 12:00 AM\",,INCOMING\n",
                                NULL);

    (void)state;
    assert_string_equal(in.ties, "invited Ann Lee -> Bo Chen on 2022-01-02T14:37:00Z by linkedin\n"
                                 "invited Cy Roe -> Ann Lee on 2022-03-04T00:00:00Z by linkedin\n");
    assert_int_equal(kith_graph_owner(in.graph), find_node(in.graph, "Ann Lee"));
    imported_clear(&in);
}

static void
recommendations_given_are_told_by_the_files_name(void **state)
{
    static const char text[] = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
                               "Ann,Lee,Acme,CEO,Great,\"02/03/24, 10:11 AM\",VISIBLE\n";

    (void)state;
    assert_string_equal(import_surest("a.zip!Recommendations_Given.csv", text),
                        "linkedin-recommendations-given");
    assert_string_equal(import_surest("Recommendations_Received.csv", text),
                        "linkedin-recommendations-received");
    assert_ties("linkedin-recommendations-given", "x.csv", text, NULL,
                "works_at Ann Lee -> Acme as CEO\n"
                "recommended me -> Ann Lee on 2024-02-03T10:11:00Z (visible) by linkedin\n");
}

#define TICKETS                                                                                    \
    "Order #,Order Date,First Name,Last Name,Email,Ticket Type,Total Paid,Currency,"               \
    "Attendee Status\n"

static void
tickets_say_what_is_odd_with_line_and_column(void **state)
{
    struct imported in =
        import("eventbrite-attendees", "Spring Fair.csv",
               TICKETS "1,3/14/24 10:28,Ann,Lee,a@x.test,Adult,12.50,GBP,Checked In\n"
                       "2,someday,Bo,Chen,b@x.test,Adult,much,GBP,Dancing\n"
                       "3,3/15/24 9:00,Info Requested,Info Requested,,Adult,0,GBP,Attending\n",
               NULL);

    (void)state;
    assert_string_equal(in.ties, "attended Ann Lee -> Spring Fair on 2024-03-14T10:28:00Z 12.5GBP "
                                 "(attended)\nattended Bo Chen -> Spring Fair (registered)\n");
    assert_string_equal(in.heard,
                        "warn 3:43 unknown status 'Dancing' read as registered\n"
                        "warn 3:3 bad date 'someday' (expected YYYY-MM-DD or the like): read as "
                        "undated\n"
                        "warn 3:34 bad amount 'much' (expected a number)\n"
                        "held 4:1 the row names nobody\n");
    imported_clear(&in);
}

static void
a_file_that_is_no_such_export_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_error("luma-guests", "x.csv", "a,b\n1,2\n", NULL,
                 "x.csv:1:1: no header row: the first 20 rows name no columns that are expected "
                 "here");
}

static void
who_buys_a_ticket_for_another_knows_him(void **state)
{
    (void)state;
    assert_ties("eventbrite-orders", "o.csv",
                "Order ID,Order Date,Attendee Status,Name,Email,Event Name,Buyer Name,Buyer Email\n"
                "1,2024-04-18,Attending,Ann Lee,a@x.test,Fair,Bo Chen,b@x.test\n"
                "2,2024-04-18,Attending,Cy Roe,c@x.test,Fair,Cyril Roe,C@x.test\n"
                "3,2024-04-18,Refunded,Di Fox,d@x.test,Fair,Bo Chen,b@x.test\n",
                NULL,
                "knows Bo Chen -> Ann Lee on 2024-04-18 as bought the ticket\n"
                "attended Ann Lee -> Fair on 2024-04-18 (registered)\n"
                "attended Cy Roe -> Fair on 2024-04-18 (registered)\n");
}

static void
a_check_in_is_proof_of_attendance(void **state)
{
    (void)state;
    assert_ties("luma-guests", "Summer BBQ - Guests - 2024-07-12.csv",
                "api_id,name,email,created_at,approval_status,checked_in_at\n"
                "g1,Ann Lee,a@x.test,2024-06-10T08:00:00.000Z,approved,2024-07-12T16:11:00.000Z\n"
                "g2,Bo Chen,b@x.test,2024-06-10T08:00:00.000Z,approved,\n"
                "g3,Cy Roe,c@x.test,2024-06-10T08:00:00.000Z,invited,\n"
                "g4,Di Fox,d@x.test,2024-06-10T08:00:00.000Z,waitlist,\n",
                NULL,
                "attended Ann Lee -> Summer BBQ on 2024-07-12T16:11:00Z (attended)\n"
                "attended Bo Chen -> Summer BBQ on 2024-06-10T08:00:00Z (registered)\n"
                "attended Cy Roe -> Summer BBQ on 2024-06-10T08:00:00Z (invited)\n");
}

static void
assert_title(const char *file, const char *expected, const char *day)
{
    kith_precision precision = KITH_PRECISION_NONE;
    kith_time when = KITH_TIME_NONE;
    g_autofree char *title = kith_profile_title(file, &when, &precision);
    char text[32];

    assert_string_equal(title, expected);
    assert_string_equal(kith_time_text(when, precision, text), day);
}

static void
an_event_is_called_as_its_file(void **state)
{
    (void)state;
    assert_title("/tmp/Summer BBQ - Guests - 2024-07-12.csv", "Summer BBQ", "2024-07-12");
    assert_title("a.zip!x/Digital_Marketing_Workshop.xls", "Digital Marketing Workshop", "");
    assert_title("2024-07-12 Fair (3).csv", "Fair", "2024-07-12");
    assert_title("Guests.csv", "Guests", "");
    assert_title(".csv", ".csv", "");
    assert_title("2024-07-12.csv", "event", "2024-07-12");
}

static void
ids_of_a_crm_become_somebody_with_its_other_tables(void **state)
{
    static const char *const importers[] = {"hubspot-deals", "hubspot-contacts",
                                            "hubspot-companies", NULL};
    static const char *const names[] = {"d.csv", "c.csv", "f.csv"};
    static const char *const texts[] = {
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company IDs,"
        "Associated Contact IDs\n9,Renewal,Closed won,2024-05-01,1000,7,1;2\n"
        "10,Renewal,Closed lost,2024-05-01,50,,3\n",
        "Record ID,First Name,Last Name,Email\n1,Ann,Lee,a@x.test\n2,Bo,Chen,b@x.test\n",
        "Record ID,Company name,Company Domain Name,Parent Company IDs\n7,Acme,acme.test,\n"};
    g_autoptr(kith_graph) graph = combine(importers, names, texts);
    g_autofree char *ties = import_ties(graph);

    (void)state;
    assert_int_equal(kith_graph_flags(graph, find_node(graph, "Ann Lee")) & KITH_FLAG_STUB, 0);
    assert_int_equal(kith_graph_flags(graph, find_node(graph, "hubspot-contact:3")) &
                         KITH_FLAG_STUB,
                     KITH_FLAG_STUB);
    assert_string_equal(ties, "deal Ann Lee -> Renewal (9) on 2024-05-01 (won)\n"
                              "deal Bo Chen -> Renewal (9) on 2024-05-01 (won)\n"
                              "deal hubspot-contact:3 -> Renewal (10) on 2024-05-01 50 (lost)\n"
                              "deal Acme -> Renewal (9) on 2024-05-01 1000 (won)\n");
}

static void
fifteen_and_eighteen_characters_are_one_salesforce_record(void **state)
{
    static const char *const importers[] = {"salesforce-contacts", "salesforce-campaign-members",
                                            NULL};
    static const char *const names[] = {"Contact.csv", "CampaignMember.csv"};
    static const char *const texts[] = {
        "Id,IsDeleted,FirstName,LastName,AccountId,HasOptedOutOfEmail\n"
        "003TW0000000002AAA,0,Ann,Lee,001TW0000000003AAA,1\n"
        "003TW0000000009AAA,1,Bo,Chen,001TW0000000003AAA,0\n",
        "CAMPAIGNID,CONTACTID,STATUS\n701TW0000000003,003TW0000000002,Responded\n"};
    g_autoptr(kith_graph) graph = combine(importers, names, texts);
    g_autofree char *ties = import_ties(graph);

    (void)state;
    assert_int_equal(kith_graph_count(graph, KITH_PERSON), 1);
    assert_string_equal(ties, "attended Ann Lee -> salesforce:701TW0000000003 (attended)\n"
                              "works_at Ann Lee -> salesforce:001TW0000000003\n"
                              "consents Ann Lee -> newsletter (withdrawn) by email\n");
}

#define MEMBER "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,TAGS"

static void
a_withdrawn_consent_stays_withdrawn(void **state)
{
    static const char *const importers[] = {"mailchimp-unsubscribed", "mailchimp-subscribed", NULL};
    static const char *const names[] = {"u.csv", "s.csv"};
    static const char *const texts[] = {
        MEMBER ",UNSUB_TIME\na@x.test,,,1,2023-01-14 09:12:31,203.0.113.0,,2024-02-02 10:00:00\n",
        MEMBER
        "\na@x.test,Ann,Lee,1,2023-01-14 09:12:31,203.0.113.0,\"\"\"VIP\"\",\"\"Blog\"\"\"\n"};
    g_autoptr(kith_graph) graph = combine(importers, names, texts);
    g_autoptr(GArray) consents = kith_consents(graph);

    (void)state;
    assert_int_equal(consents->len, 1);
    assert_string_equal(g_array_index(consents, kith_consent, 0).status, "withdrawn");
    assert_string_equal(kith_graph_attribute(graph, 0, "tags"), "VIP, Blog");
}

static void
whoever_never_subscribed_has_not_consented(void **state)
{
    static const char text[] = MEMBER "\na@x.test,,,1,,,\n";

    (void)state;
    assert_string_equal(import_surest("subscribed_members_export_1.csv", text),
                        "mailchimp-subscribed");
    assert_string_equal(import_surest("nonsubscribed_members_export_1.csv", text),
                        "mailchimp-nonsubscribed");
    assert_ties("mailchimp-nonsubscribed", "n.csv", text, NULL, "");
}

#define ORDERS "Name,Email,Financial Status,Total,Currency,Created at,Lineitem name,Billing Name\n"

static void
an_order_on_several_rows_is_one_sale(void **state)
{
    struct imported in = import("shopify-orders", "Acme Bakes orders_export_1.csv",
                                ORDERS "#1,a@x.test,paid,48.00,GBP,2024-03-01,Loaf,Ann Lee\n"
                                       "#1,a@x.test,,,,,Bun,\n"
                                       "#2,b@x.test,refunded,5,GBP,2024-03-02,Bun,Bo Chen\n"
                                       "#2,b@x.test,,,,,Loaf,\n"
                                       "#3,,paid,7,GBP,2024-03-03,Bun,\n",
                                NULL);

    (void)state;
    assert_string_equal(in.ties,
                        "sells_to Acme Bakes -> Ann Lee on 2024-03-01 48GBP (paid) as Loaf, Bun\n");
    assert_string_equal(in.heard, "held 4:13 Financial Status is 'refunded'\n"
                                  "held 6:1 the order names no customer\n");
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    imported_clear(&in);
    in = import("shopify-orders", "orders_export.csv",
                ORDERS "#1,a@x.test,paid,48.00,GBP,2024-03-01,Loaf,Ann Lee\n", NULL);
    assert_string_equal(in.ties, "sells_to Shop -> Ann Lee on 2024-03-01 48GBP (paid) as Loaf\n");
    imported_clear(&in);
}

/* The header as Outlook writes it in each language, cut to what matters; the row is the same each time. */
static void
outlook_speaks_many_languages(void **state)
{
    static const char *const headers[] = {
        "Title,First Name,Last Name,Company,Job Title,Mobile Phone,E-mail Address,E-mail "
        "Type,Spouse",
        "Anrede,Vorname,Nachname,Firma,Position,Mobiltelefon,E-Mail-Adresse,E-Mail-Typ,Partner",
        "Titre,Prénom,Nom,Société,Fonction,Tél. mobile,Adresse de messagerie,Type de messagerie,"
        "Conjoint(e)",
        "Tratamiento,Nombre,Apellidos,Organización,Puesto,Móvil,Dirección de correo electrónico,"
        "Tipo de correo electrónico,Cónyuge",
        "Titolo,Nome,Cognome,Società,Posizione,Cellulare,Indirizzo posta elettronica,"
        "Tipo posta elettronica,Nome coniuge/partner",
        "Titel,Voornaam,Achternaam,Bedrijf,Functie,Mobiele telefoon,E-mailadres,E-mailtype,Partner",
        "Tratamento,Nome,Sobrenome,Empresa,Cargo,Telefone celular,Endereço de email,"
        "Endereço de email 2,Cônjuge",
        "Título,Primeiro nome,Apelido,Empresa,Cargo,Telemóvel,Endereço de correio electrónico,"
        "Tipo de correio electrónico,Cônjuge",
        "Titel,Fornavn,Efternavn,Firma,Stilling,Mobiltelefon,E-mail-adresse,E-mail 2-adresse,"
        "Ægtefælle",
        "Tittel,Fornavn,Etternavn,Firma,Stilling,Mobiltelefon,E-postadresse,E-posttype,Ektefelle",
        "Tytuł,Imię,Nazwisko,Firma,Stanowisko,Telefon komórkowy,Adres e-mail,Typ poczty e-mail,"
        "Współmałżonek"};
    const kith_importer *outlook = kith_importer_find("outlook-contacts");

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_autofree char *text =
            g_strdup_printf("%s\n,Ann,Lee,Acme,Baker,+44 7700 900001,ann@x.test,,Bo Lee\n"
                            ",Bo,Lee,Acme,Cook,+44 7700 900002,bo@x.test,,Ann Lee\n",
                            headers[i]);
        struct imported in = import("outlook-contacts", "c.csv", text, NULL);

        assert_string_equal(in.error, "");
        assert_true(outlook->probe(text, strlen(text), "c.csv") > 90);
        assert_string_equal(in.ties, "knows me -> Ann Lee\nknows me -> Bo Lee\n"
                                     "works_at Ann Lee -> Acme as Baker\n"
                                     "works_at Bo Lee -> Acme as Cook\n"
                                     "related Ann Lee -> Bo Lee as spouse\n");
        assert_int_equal(find_node(in.graph, "+447700900001"), find_node(in.graph, "ann@x.test"));
        imported_clear(&in);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlook_speaks_many_languages),
        cmocka_unit_test(a_cell_may_hold_several_addresses),
        cmocka_unit_test(a_firms_site_does_not_make_its_people_one),
        cmocka_unit_test(a_couple_on_both_cards_is_one_tie),
        cmocka_unit_test(a_name_on_two_cards_is_nobody_in_particular),
        cmocka_unit_test(an_address_in_place_of_a_name_is_an_address),
        cmocka_unit_test(recipients_are_told_apart_by_links_not_by_commas),
        cmocka_unit_test(the_owner_of_an_archive_is_in_all_its_messages),
        cmocka_unit_test(before_there_were_links_a_name_is_its_only_sender),
        cmocka_unit_test(invitations_without_links_know_their_owner_by_direction),
        cmocka_unit_test(recommendations_given_are_told_by_the_files_name),
        cmocka_unit_test(tickets_say_what_is_odd_with_line_and_column),
        cmocka_unit_test(a_file_that_is_no_such_export_is_refused_with_its_place),
        cmocka_unit_test(who_buys_a_ticket_for_another_knows_him),
        cmocka_unit_test(a_check_in_is_proof_of_attendance),
        cmocka_unit_test(an_event_is_called_as_its_file),
        cmocka_unit_test(ids_of_a_crm_become_somebody_with_its_other_tables),
        cmocka_unit_test(fifteen_and_eighteen_characters_are_one_salesforce_record),
        cmocka_unit_test(a_withdrawn_consent_stays_withdrawn),
        cmocka_unit_test(whoever_never_subscribed_has_not_consented),
        cmocka_unit_test(an_order_on_several_rows_is_one_sale),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
