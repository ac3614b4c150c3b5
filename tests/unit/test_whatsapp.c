/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/import.h"

#define IMPORTER "whatsapp"
#define MARK "\xe2\x80\x8e"

static void
a_group_is_a_topic_with_members_since_their_first_line(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "WhatsApp Chat with Gala.txt",
                "04/10/2024, 18:00 - Ann created group \"Gala: 2024\"\n"
                "04/10/2024, 18:05 - Ann: Hello: all\n"
                "and more\n"
                "25/10/2024, 09:02 - +44 7700 900060: Leo here\n"
                "25/10/2024, 09:03 - Ann: again @447700900060 me@example.org @44770090\n"
                "26/10/2024, 07:00 - Max Whitfield left\n",
                NULL,
                "messaged Ann -> +447700900060 on 2024-10-25T09:03:00Z by whatsapp as mention\n"
                "member_of +447700900060 -> Gala on 2024-10-25T09:02:00Z by whatsapp\n"
                "member_of Ann -> Gala on 2024-10-04T18:00:00Z x2 by whatsapp\n"
                "member_of Max Whitfield -> Gala on 2024-10-26T07:00:00Z by whatsapp\n");
}

static void
phones_of_all_kinds_are_read(void **state)
{
    static const char *const lines[] = {
        "[04/03/25, 14:05:09] Ann: x",
        "04/03/2025, 14:05 - Ann: x",
        "3/4/25, 2:05\xe2\x80\xafPM - Ann: x",
        "[3/4/25, 2:05:09\xe2\x80\xafPM] Ann: x",
        "04.03.25, 14:05 - Ann: x",
        "2025-03-04, 14:05 - Ann: x",
        "04/03/2025 14:05 - Ann: x",
        "4/3/2025, 2:05 p.\xc2\xa0m. - Ann: x",
        MARK "[04.03.25, 14:05:09] Ann: x",
        "\xef\xbb\xbf[04/03/25, 14:05:09] Ann:",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        struct imported in = import(IMPORTER, "c.txt", lines[i], NULL);

        if (in.records != 1 || !g_str_has_prefix(in.ties, "member_of Ann -> "))
            fail_msg("%s: %s", lines[i], in.ties);
        assert_true(import_probe(IMPORTER, "c.txt", lines[i]) >= 85);
        imported_clear(&in);
    }
}

static void
the_group_is_no_person_where_the_program_writes_in_its_name(void **state)
{
    struct imported in = import(IMPORTER, "_chat.txt",
                                "[14/03/24, 08:55:10] Stand: " MARK "Messages are encrypted.\n"
                                "[14/03/24, 08:55:11] Stand: " MARK "Ann added Bo and Cy\n"
                                "[14/03/24, 08:56:01] ~\xe2\x80\xaf"
                                "Bo: " MARK "image omitted\n"
                                "[14/03/24, 08:56:02] Ann: @\xe2\x81\xa8"
                                "Cy\xe2\x81\xa9 see\n",
                                NULL);

    (void)state;
    assert_int_equal(in.records, 2);
    assert_string_equal(in.ties,
                        "messaged Ann -> Cy on 2024-03-14T08:56:02Z by whatsapp as mention\n"
                        "member_of Ann -> Stand on 2024-03-14T08:55:11Z by whatsapp\n"
                        "member_of Bo -> Stand on 2024-03-14T08:55:11Z by whatsapp\n"
                        "member_of Cy -> Stand on 2024-03-14T08:55:11Z by whatsapp\n");
    imported_clear(&in);
}

static void
a_chat_of_two_is_messages(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "WhatsApp Chat with Bo Chen.txt",
                "2024-03-14, 08:55 - Ann: x\n2024-03-14, 08:56 - Bo Chen: y\n"
                "2024-03-15, 08:56 - Ann: z\n",
                NULL,
                "messaged Ann -> Bo Chen on 2024-03-14T08:55:00Z x2 by whatsapp\n"
                "messaged Bo Chen -> Ann on 2024-03-14T08:56:00Z by whatsapp\n");
}

static void
the_order_of_day_and_month_is_the_files(void **state)
{
    (void)state;
    assert_ties(IMPORTER, "c.txt", "3/4/24, 08:55 - Ann: x\n3/14/24, 08:55 - Ann: x\n", NULL,
                "member_of Ann -> WhatsApp chat on 2024-03-04T08:55:00Z x2 by whatsapp\n");
    assert_heard(IMPORTER, "c.txt", "3/4/24, 08:55 - Ann: x\n", NULL,
                 "warn 0:0 dates are read as month/day/year: nothing in the chat decides it\n");
}

static void
chats_are_known_by_their_content(void **state)
{
    (void)state;
    assert_string_equal(
        import_surest("x", "04/03/2025, 14:05 - Ann: x\n04/03/2025, 14:06 - B: x\n"), "whatsapp");
    assert_int_equal(import_probe(IMPORTER, "x.csv", "04/03/2025,14:05,Ann\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "x", "Hello\n04/03/2025, 14:05 - Ann: x\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "x", "04/03/2025 - Ann: x\n"), 0);
    assert_int_equal(import_probe(IMPORTER, "x", "[1] https://x: y\n"), 0);
}

static void
rubbish_is_read_to_its_end(void **state)
{
    static const char *const rubbish[] = {"",
                                          "[",
                                          "[]",
                                          "[1/1/24, 1:1:1]",
                                          "1/1/24, 10:10 - ",
                                          "1/1/24, 10:10 - :",
                                          "1/1/24, 10:10 - : ",
                                          "\n\n\n",
                                          "1/1/24, 10:10 - Ann left"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rubbish); i++) {
        struct imported in = import(IMPORTER, "x", rubbish[i], NULL);

        assert_int_equal(in.status, KITH_OK);
        assert_int_equal(in.records, 0);
        imported_clear(&in);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_is_a_topic_with_members_since_their_first_line),
        cmocka_unit_test(phones_of_all_kinds_are_read),
        cmocka_unit_test(the_group_is_no_person_where_the_program_writes_in_its_name),
        cmocka_unit_test(a_chat_of_two_is_messages),
        cmocka_unit_test(the_order_of_day_and_month_is_the_files),
        cmocka_unit_test(chats_are_known_by_their_content),
        cmocka_unit_test(rubbish_is_read_to_its_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
