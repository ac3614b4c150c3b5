/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailboxes and single messages: the two importers share what they make of a message. */
#include "../support/import.h"

#define START "From x@y Mon Mar 04 11:20:34 +0000 2024\n"
#define ANN_TO_BO "From: Ann Lee <ann@x.org>\nTo: Bo Chen <bo@x.org>\n"

static void
a_message_begins_after_an_empty_line_only(void **state)
{
    (void)state;
    assert_ties("mbox", "a.mbox",
                START ANN_TO_BO "Date: Mon, 8 Jan 2024 09:20 +0000\n\nHello\n"
                                "From x@y Mon Mar 04 11:20:34 2024\nFrom: c@x.org\n\n"
                                "From the quay\n>From x@y Mon Mar 04 11:20:34 2024\n\n" START
                                "From: Bo Chen <bo@x.org>\r\nTo: ann@x.org\r\n\r\n",
                NULL,
                "messaged Ann Lee -> Bo Chen on 2024-01-08T09:20:00Z by email as to\n"
                "messaged Bo Chen -> Ann Lee on 2024-03-04T11:20:34Z by email as to\n");
}

static void
each_recipient_is_told_once(void **state)
{
    (void)state;
    assert_ties("eml", "a.eml",
                ANN_TO_BO "Cc: bo@x.org, Ann <ann@x.org>, \"Doe, Cy\" <cy@x.org>\nBcc: d@x.org\n\n",
                NULL,
                "messaged Ann Lee -> Bo Chen by email as to\n"
                "messaged Ann Lee -> Cy Doe by email as cc\n"
                "messaged Ann Lee -> d@x.org by email as bcc\n");
}

static void
what_is_no_letter_is_held_back(void **state)
{
    (void)state;
    assert_heard("mbox", "a.mbox",
                 START ANN_TO_BO
                 "Message-ID: <1@x>\n\n\n" START ANN_TO_BO "Message-ID: <1@x>\n\n\n" START
                 "From: bo@x.org\nTo: ann@x.org\nMessage-ID: <1@x>\n\n\n" START ANN_TO_BO
                 "Precedence: bulk\n\n\n" START ANN_TO_BO
                 "Auto-Submitted: auto-replied\n\n\n" START ANN_TO_BO
                 "X-Gmail-Labels: Opened,Spam\n\n\n" START ANN_TO_BO
                 "X-Gmail-Labels: Draft\n\n\n" START
                 "From: noreply@x.org\nTo: ann@x.org\n\n\n" START
                 "From: ann@x.org\nTo: undisclosed-recipients:;\n\n\n" START "To: ann@x.org\n\n\n",
                 NULL,
                 "held 7:1 the same message again\n"
                 "held 19:1 sent in bulk\n"
                 "held 25:1 sent by a program (Auto-Submitted)\n"
                 "held 31:1 spam\n"
                 "held 37:1 a draft\n"
                 "held 43:1 sent by a program\n"
                 "held 48:1 no recipient is named\n"
                 "held 53:1 no sender's address\n");
}

static void
a_list_is_nobody_and_its_answers_find_their_question(void **state)
{
    static const char list[] =
        START "From: Bo Chen <bo@x.org>\nTo: talk@lists.x.org\nList-Id: Talk <talk.lists.x.org>\n"
              "Precedence: bulk\nIn-Reply-To: <1@x>\nDate: Mon, 8 Jan 2024 10:00:00 GMT\n\n\n" START
              "From: Ann Lee <ann@x.org>\nTo: Talk <talk@lists.x.org>\n"
              "List-Post: <mailto:talk@lists.x.org>\nPrecedence: list\nMessage-ID: <1@x>\n\n\n";
    struct imported in = import("mbox", "a.mbox", list, NULL);

    (void)state;
    assert_string_equal(in.ties,
                        "messaged Bo Chen -> Ann Lee on 2024-01-08T10:00:00Z by email as reply\n");
    assert_string_equal(in.heard, "held 10:1 to a list, in answer to nobody\n");
    assert_int_equal(in.records, 2);
    imported_clear(&in);
}

static void
answers_in_a_circle_end(void **state)
{
    (void)state;
    assert_ties("mbox", "a.mbox",
                START "From: a@x.org\nTo: l@l.x.org\nList-Id: <l.l.x.org>\nMessage-ID: <1@x>\n"
                      "In-Reply-To: <2@x>\n\n\n" START
                      "From: b@x.org\nTo: l@l.x.org\nList-Id: <l.l.x.org>\nMessage-ID: <2@x>\n"
                      "In-Reply-To: <1@x>\n\n\n" START
                      "From: c@x.org\nTo: l@l.x.org\nList-Id: <l.l.x.org>\nMessage-ID: <3@x>\n"
                      "In-Reply-To: <3@x>\n\n\n",
                NULL,
                "messaged a@x.org -> b@x.org on 2024-03-04T11:20:34Z by email as reply\n"
                "messaged b@x.org -> a@x.org on 2024-03-04T11:20:34Z by email as reply\n");
}

static void
the_owner_is_who_the_mail_was_delivered_to(void **state)
{
    struct imported in = import("mbox", "a.mbox",
                                START "Delivered-To: ann@x.org\nFrom: bo@x.org\n"
                                      "To: Ann Lee <ann@x.org>\n\n\n" START
                                      "Delivered-To: mailing list x@x.org\n" ANN_TO_BO "\n\n",
                                NULL);
    int owners = 0;

    (void)state;
    for (int64_t i = 0; i < kith_graph_nodes(in.graph); i++)
        if (kith_graph_flags(in.graph, i) & KITH_FLAG_OWNER) {
            assert_string_equal(kith_graph_label(in.graph, i), "Ann Lee");
            owners++;
        }
    assert_int_equal(owners, 1);
    assert_string_equal(in.heard, "");
    imported_clear(&in);
}

static void
an_office_is_an_organisation(void **state)
{
    struct imported in =
        import("eml", "a.eml", "From: ann@x.org\nTo: \"The Circle\" <info@circle.org>\n\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 1);
    assert_int_equal(kith_graph_count(in.graph, KITH_ORGANISATION), 1);
    imported_clear(&in);
}

static void
oversized_headers_are_held_back_and_the_next_message_is_read(void **state)
{
    g_autofree char *x = g_strnfill(20000000, 'x');
    g_autoptr(GString) text = g_string_new(START "X-A: ");
    struct imported in;

    (void)state;
    g_string_append_printf(
        text, "%s\nFrom: a@x.org\nTo: b@x.org\n\n%s\n\n" START "From: a@x.org\nTo: ", x, x);
    for (int i = 0; i < 5000; i++)
        g_string_append_printf(text, "u%d@x.o,", i);
    g_string_append(text, "\n\n\n" START ANN_TO_BO "\n");
    in = import("mbox", "a.mbox", text->str, NULL);
    assert_string_equal(in.heard, "held 1:1 a header of more than 64 kB\n"
                                  "held 8:1 more than 2000 addresses\n");
    assert_string_equal(in.ties,
                        "messaged Ann Lee -> Bo Chen on 2024-03-04T11:20:34Z by email as to\n");
    assert_int_equal(in.records, 3);
    imported_clear(&in);
}

static void
mail_is_known_by_its_content(void **state)
{
    (void)state;
    assert_string_equal(import_surest("All mail", START ANN_TO_BO), "mbox");
    assert_string_equal(import_surest("1:2,S", ANN_TO_BO "Subject: x\n\nx"), "eml");
    assert_string_equal(
        import_surest("1", "Return-Path: <a@x.org>\nReceived: by x\n\tfor y\nFrom: a@x.org\n\n"),
        "eml");
    assert_int_equal(import_probe("mbox", "a.txt", "From the quay, with regards\n"), 0);
    assert_int_equal(import_probe("eml", "a.txt", "From: Ann: hello\nBo: no\n"), 0);
    assert_int_equal(import_probe("eml", "a.vcf", "BEGIN:VCARD\nVERSION:3.0\n"), 0);
}

static void
rubbish_is_read_to_its_end(void **state)
{
    static const char *const rubbish[] = {
        START,
        START "\n",
        START "From:\n\n",
        START "From: <<<>>>,;:\"(\n",
        START "From: =?utf-8?Q?\n",
        START "From: @\nTo: @@@\n\n",
        START "From: a@x.org\nTo: :;:;,,\n\n",
        START ": x\n \n",
        START "From: a@x.org (((((\n\n",
        START "From: \"\\",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rubbish); i++) {
        struct imported in = import("mbox", "a.mbox", rubbish[i], NULL);

        assert_int_equal(in.status, KITH_OK);
        assert_string_equal(in.ties, "");
        assert_int_equal(in.records, 1);
        imported_clear(&in);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_begins_after_an_empty_line_only),
        cmocka_unit_test(each_recipient_is_told_once),
        cmocka_unit_test(what_is_no_letter_is_held_back),
        cmocka_unit_test(a_list_is_nobody_and_its_answers_find_their_question),
        cmocka_unit_test(answers_in_a_circle_end),
        cmocka_unit_test(the_owner_is_who_the_mail_was_delivered_to),
        cmocka_unit_test(an_office_is_an_organisation),
        cmocka_unit_test(oversized_headers_are_held_back_and_the_next_message_is_read),
        cmocka_unit_test(mail_is_known_by_its_content),
        cmocka_unit_test(rubbish_is_read_to_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
