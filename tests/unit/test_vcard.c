/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_vcard.c - address books of all three versions, and what is wrong with real ones. */
#include "support/import.h"

#define CARD(lines) "BEGIN:VCARD\nVERSION:3.0\n" lines "END:VCARD\n"
#define OLD(lines) "BEGIN:VCARD\r\nVERSION:2.1\r\n" lines "END:VCARD\r\n"

/* Reads an address book; what is heard and which ties it makes must be these. */
static void
reads(const char *text, const char *heard, const char *ties)
{
    struct imported in = import("vcard", "book.vcf", text, NULL);

    assert_string_equal(in.error, "");
    assert_string_equal(in.heard, heard);
    assert_string_equal(in.ties, ties);
    imported_clear(&in);
}

static void
fails(const char *text, const char *error)
{
    struct imported in = import("vcard", "book.vcf", text, NULL);

    assert_string_equal(in.error, error);
    imported_clear(&in);
}

/* Every attribute, name and identifier of a node as text. */
static char *
describe(const kith_graph *graph, const char *who)
{
    GString *out = g_string_new(NULL);
    const char *key, *value;
    kith_identifier_kind kind;
    kith_node node;
    kith_error err = {0};

    if (kith_graph_find(graph, who, 0, &node, &err) != KITH_OK)
        fail_msg("%s", err.message);
    for (int64_t i = 0; (value = kith_graph_name_at(graph, node, i)); i++)
        g_string_append_printf(out, "name %s\n", value);
    for (int64_t i = 0; kith_graph_identifier_at(graph, node, i, &kind, &value); i++)
        g_string_append_printf(out, "%s %s\n", kith_identifier_kind_name(kind), value);
    for (int64_t i = 0; kith_graph_attribute_at(graph, node, i, &key, &value); i++)
        g_string_append_printf(out, "%s: %s\n", key, value);
    return g_string_free(out, FALSE);
}

static void
describes(const char *text, const char *who, const char *expected)
{
    struct imported in = import("vcard", "book.vcf", text, NULL);
    g_autofree char *made = describe(in.graph, who);

    assert_string_equal(in.heard, "");
    assert_string_equal(made, expected);
    imported_clear(&in);
}

static void
the_owner_knows_everybody_in_the_book(void **state)
{
    (void)state;
    reads(CARD("N:Silva;Lucas;;;\nFN:Lucas Silva\nORG:Driftwood\\, Inc.;Roastery\nTITLE:Owner\n"),
          "",
          "knows me -> Lucas Silva by addressbook\n"
          "works_at Lucas Silva -> Driftwood, Inc. as Owner\n");
    describes(CARD("N:Silva;Lucas;;;\nFN:Lucas Silva\nNICKNAME:Lu,Luc\nORG:Driftwood;Roastery\n"
                   "TITLE:Owner\nEMAIL:Lucas@Driftwood.test\nTEL:07700 900038\n"
                   "ADR;TYPE=HOME:;;1 Quay;Tidewell;;TW1;England\nNOTE:private\n"
                   "URL:https://www.linkedin.com/in/Lucas-S/\nURL:http://driftwood.test\n"),
              "Lucas Silva",
              "name Lucas Silva\nurl linkedin.com/in/lucas-s\n"
              "email lucas@driftwood.test\nphone +447700900038\ncountry: England\n"
              "department: Roastery\nnickname: Lu\nnickname: Luc\ntitle: Owner\ntown: "
              "Tidewell\nurl: http://driftwood.test\n");
}

static void
a_fold_may_cut_a_character_in_two(void **state)
{
    (void)state;
    reads(CARD("FN:Mai Nguy\xe1\n \xbb\x85n\nEMAIL;type=pref:mai.nguyen@kelpco.tes\n\tt\n"), "",
          "knows me -> Mai Nguy\xe1\xbb\x85n by addressbook\n");
    /* Some programs write CR CR LF. */
    reads("BEGIN:VCARD\r\r\nFN:Oliver \r\r\n Jones\r\r\nEND:VCARD\r\r\n", "",
          "knows me -> Oliver Jones by addressbook\n");
}

static void
quoted_printable_is_joined_at_its_soft_breaks(void **state)
{
    (void)state;
    reads(OLD("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Wi=C5=9Bniewski;=C5=\r\n=81ukasz;;;\r\n"
              "NOTE;QUOTED-PRINTABLE:one=0D=0A=\r\nFN:no name\r\nTEL;CELL;PREF:07700 900006\r\n"),
          "", "knows me -> \xc5\x81ukasz Wi\xc5\x9bniewski by addressbook\n");
    /* "=" that escapes nothing stays. */
    reads(OLD("FN;QUOTED-PRINTABLE:A=ZZ=4\r\n"), "", "knows me -> A=ZZ=4 by addressbook\n");
}

static void
a_named_character_set_is_decoded(void **state)
{
    (void)state;
    reads(OLD("FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB\r\n"), "",
          "knows me -> Zo\xc3\xab by addressbook\n");
    reads(OLD("FN;CHARSET=WINDOWS-1251:\xc8\xe2\xe0\xed\r\n"), "",
          "knows me -> \xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd by addressbook\n");
    reads(OLD("FN;CHARSET=X-UNKNOWN:Zo\xeb\r\nTITLE:Caf\xe9\r\n"),
          "warn 3:1 bytes that are no UTF-8 are read as Windows-1252\n",
          "knows me -> Zo\xc3\xab by addressbook\n");
}

static void
marks_and_line_ends_of_all_sorts_are_read(void **state)
{
    static const char utf16[] = "\xff\xfe"
                                "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0F\0N\0:\0Z\0\xeb\0"
                                "\n\0E\0N\0D\0:\0V\0C\0A\0R\0D\0";
    static const char nul[] = "BEGIN:VCARD\nFN:A\0nn\nEND:VCARD";
    struct imported in = import_bytes("vcard", "w.vcf", utf16, sizeof utf16 - 1, NULL);

    (void)state;
    assert_string_equal(in.ties, "knows me -> Z\xc3\xab by addressbook\n");
    imported_clear(&in);
    reads("\xef\xbb\xbf"
          "begin:vcard\rFN:Ann\r\n\nEnd:vCard",
          "", "knows me -> Ann by addressbook\n");
    in = import_bytes("vcard", "n.vcf", nul, sizeof nul - 1, NULL);
    assert_string_equal(in.ties, "knows me -> Ann by addressbook\n");
    assert_string_equal(in.heard, "warn 2:0 NUL bytes left out\n");
    imported_clear(&in);
}

static void
names_are_made_of_what_there_is(void **state)
{
    (void)state;
    reads(CARD("N:;Prakash;;;\nFN:Prakash\nORG:North Pier\n"), "",
          "knows me -> Prakash by addressbook\nworks_at Prakash -> North Pier\n");
    reads(CARD("N:Lee;Christopher;;;\nFN:\n"), "", "knows me -> Christopher Lee by addressbook\n");
    reads(CARD("N:;;;;\nNICKNAME:DJ\n"), "", "knows me -> DJ by addressbook\n");
    reads(CARD("EMAIL:jane.doe@company.test\n"), "",
          "knows me -> jane.doe@company.test by addressbook\n");
    describes(CARD("N:Doe;John;;Mr.;\nFN:Mr. John Doe\n"), "Mr. John Doe",
              "name Mr. John Doe\nname John Doe\n");
}

static void
escapes_are_undone_once(void **state)
{
    (void)state;
    describes(CARD("FN:Ann\\, Bo \\; Co\\nX\nTITLE:a\\\\nb\nURL:http\\://x.test\n"),
              "Ann, Bo ; Co X", "name Ann, Bo ; Co X\ntitle: a\\nb\nurl: http://x.test\n");
    describes(OLD("FN:C\\new\r\n"), "C\\new", "name C\\new\n");
}

static void
a_card_of_a_firm_is_an_organisation(void **state)
{
    (void)state;
    reads(CARD("N:;;;;\nFN:Gull & Anchor\nORG:Gull & Anchor;\nTEL:01632 960001\n"), "", "");
    reads(CARD("FN:Board\nORG:Gull\nX-ABShowAs:COMPANY\n"), "", "");
    describes(CARD("KIND:org\nFN:Gull\nEMAIL:anything@gull.test\n"), "Gull",
              "name Gull\nemail anything@gull.test\n");
    describes(CARD("EMAIL:info@gull.test\n"), "gull.test",
              "name gull.test\nemail info@gull.test\n");
    reads(CARD("N:Silva;Ana\nFN:Ana Silva\nORG:Ana Silva\n"), "",
          "knows me -> Ana Silva by addressbook\nworks_at Ana Silva -> Ana Silva\n");
}

static void
a_relative_with_one_card_is_a_tie_and_each_pair_once(void **state)
{
    (void)state;
    reads(CARD("FN:Beatriz Silva\nitem1.X-ABRELATEDNAMES;type=pref:Lucas Silva\n"
               "item1.X-ABLabel:_$!<Brother>!$_\n")
              CARD("FN:Lucas Silva\nX-SPOUSE:Silva\\, Beatriz\n"),
          "",
          "knows me -> Beatriz Silva by addressbook\nknows me -> Lucas Silva by addressbook\n"
          "related Beatriz Silva -> Lucas Silva as brother\n");
    reads(CARD("FN:Amy\nRELATED;TYPE=friend,work:urn:uuid:F1\nX-MS-MANAGER:Bob Ray\n"
               "X-ASSISTANT:Amy\n") CARD("FN:Bob Ray\nUID:urn:uuid:f1\n"),
          "",
          "knows me -> Amy by addressbook\nknows me -> Bob Ray by addressbook\n"
          "related Amy -> Bob Ray as friend\nreports_to Amy -> Bob Ray\n");
}

static void
a_relative_without_a_card_of_their_own_stays_text(void **state)
{
    (void)state;
    describes(CARD("FN:Amy\nRELATED;TYPE=spouse;VALUE=text:Peter\n"), "Amy",
              "name Amy\nrelated: Peter (spouse)\n");
    describes(CARD("FN:Amy\nX-ABRELATEDNAMES:John Smith\n")
                  CARD("FN:John Smith\nTEL:07700 900001\n")
                      CARD("FN:John Smith\nTEL:07700 900002\n"),
              "Amy", "name Amy\nrelated: John Smith\n");
    describes(OLD("FN:Amy\r\nX-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Jo;14;;;;\r\n"
                  "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ames;1;;;;\r\n"),
              "Amy", "name Amy\nnickname: Ames\nrelated: Jo (spouse)\n");
}

static void
a_group_is_a_topic_of_its_members(void **state)
{
    (void)state;
    reads(
        CARD("X-ADDRESSBOOKSERVER-KIND:group\nFN:Choir\n"
             "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:A1\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:B2\n")
            CARD("FN:Amy\nUID:a1\n") "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nMEMBER:mailto:x@y.zz\n"
                                     "END:VCARD\n",
        "held 13:1 a group without a name\n"
        "warn 6:1 a member that is no person of this file\n",
        "knows me -> Amy by addressbook\nmember_of Amy -> Choir\n");
    reads(CARD("KIND:location\nFN:Pier\n"),
          "held 1:1 a location is neither person nor organisation\n", "");
}

static void
only_categories_of_ones_own_are_topics(void **state)
{
    (void)state;
    reads(CARD("FN:Amy\nCATEGORIES:Sailing,My Contacts,* myContacts,Friends\n"
               "CATEGORIES:SAILING\\, fast,sailing\n"),
          "",
          "knows me -> Amy by addressbook\n"
          "interested_in Amy -> SAILING, fast\n"
          "interested_in Amy -> Sailing\n");
}

static void
an_agent_is_a_card_within_a_card(void **state)
{
    (void)state;
    reads(OLD("FN:Boss\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Aide\r\nEND:VCARD\r\nTITLE:Chief\r\n"
              "ORG:Firm\r\n"),
          "",
          "knows me -> Boss by addressbook\nworks_at Boss -> Firm as Chief\n"
          "related Boss -> Aide as agent\n");
    reads(CARD("FN:Boss\nAGENT:BEGIN:VCARD\\nFN:Aide\\nORG:One\\\\, "
               "Two\\nEND:VCARD\\n\nTITLE:Chief\n"),
          "",
          "knows me -> Boss by addressbook\nworks_at Aide -> One, Two\n"
          "related Boss -> Aide as agent\n");
    reads(CARD("FN:Boss\nAGENT;VALUE=uri:CID:x@y.zz\n"), "", "knows me -> Boss by addressbook\n");
    reads(OLD("FN:Boss\r\nAGENT:\r\nBEGIN:VCARD\r\nTITLE:x\r\nEND:VCARD\r\n"),
          "warn 5:1 an agent without a name or address\n", "knows me -> Boss by addressbook\n");
}

static void
pictures_and_keys_are_skipped_however_they_are_folded(void **state)
{
    (void)state;
    reads(OLD("PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n CAgICAgQ\r\n\r\n"
              "KEY;X509;BASE64:\r\nMIIDITCC\r\nAoqg=\r\n\r\nFN:Amy\r\n"),
          "", "knows me -> Amy by addressbook\n");
    reads(CARD("PHOTO:data:image/png;base64,AAAA\nX-PIC;ENCODING=b:AAAA\n  BBBB\nFN:Amy\n"), "",
          "knows me -> Amy by addressbook\n");
}

static void
uris_lose_their_scheme_and_fax_numbers_identify_nobody(void **state)
{
    (void)state;
    describes(CARD("FN:Amy\nTEL;VALUE=uri;TYPE=\"work,voice\":tel:+1-418-656-9254;ext=102\n"
                   "EMAIL:mailto:AMY@x.test?subject=a\nTEL;TYPE=FAX:07700900001\n"
                   "TEL:at home\nEMAIL:nonsense\nX-SOCIALPROFILE;type=x:https://x.com/amy\n"
                   "UID:urn:uuid:00000000-0000-0000-0000-000000000001\n"),
              "Amy",
              "name Amy\nnative vcard:urn:uuid:00000000-0000-0000-0000-000000000001\n"
              "url x.com/amy\nemail amy@x.test\nphone +14186569254\n"
              "email: nonsense\nfax: 07700900001\nphone: at home\n");
}

static void
a_card_of_nobody_is_held_back(void **state)
{
    (void)state;
    reads(CARD("NOTE:x\nFN: \n") CARD("TEL;FAX:123\n") CARD("FN:Amy\n"),
          "held 1:1 a card without a name or address\nheld 6:1 a card without a name or address\n",
          "knows me -> Amy by addressbook\n");
}

static void
the_file_may_end_within_a_card(void **state)
{
    (void)state;
    reads(CARD("FN:Amy\n") "BEGIN:VCARD\nFN:Bob\nEMAIL:bo",
          "held 5:1 the file ends within this card (expected END:VCARD)\n",
          "knows me -> Amy by addressbook\n");
}

static void
cards_that_are_not_closed_or_opened_are_told(void **state)
{
    (void)state;
    reads("BEGIN:VCARD\nFN:Amy\nBEGIN:VCARD\nFN:Bob\nEND:VCARD\nEND:VCARD\nFN:Cy\nFN:Di\n",
          "warn 3:1 found BEGIN:VCARD (expected END:VCARD of the card of line 1)\n"
          "warn 6:1 found END:VCARD (expected BEGIN:VCARD before it)\n"
          "warn 7:1 found FN outside a card (expected BEGIN:VCARD)\n",
          "knows me -> Amy by addressbook\nknows me -> Bob by addressbook\n");
}

static void
a_line_without_a_colon_is_told(void **state)
{
    (void)state;
    reads(CARD("FN:Amy\nrubbish\x1b[0m\nX Y:z\nORG;X=\"a:Gull\n"),
          "warn 4:1 found 'rubbish\\x1b[0m' (expected NAME:value)\n"
          "warn 5:1 found 'X Y:z' (expected NAME:value)\n",
          "knows me -> Amy by addressbook\nworks_at Amy -> Gull\n");
}

static void
nesting_and_lines_have_limits(void **state)
{
    g_autoptr(GString) deep = g_string_new(NULL), wide = g_string_new("BEGIN:VCARD\nFN:");

    (void)state;
    for (int i = 0; i < 9; i++)
        g_string_append(deep, "BEGIN:VCARD\nAGENT:\n");
    fails(deep->str, "book.vcf:17:1: cards nested more than 8 deep");
    for (int i = 0; i < 17; i++) {
        size_t n = wide->len;

        g_string_set_size(wide, n + (1 << 20));
        memset(wide->str + n, 'x', 1 << 20);
    }
    fails(wide->str, "book.vcf:2:1: a line of more than 16777216 bytes");
    g_string_erase(wide, 12, 2);
    g_string_insert(wide, 12, "PHOTO");
    g_string_append(wide, "\nFN:Amy\nEND:VCARD\n");
    reads(wide->str, "", "knows me -> Amy by addressbook\n");
}

static void
a_vcard_is_known_by_its_first_line(void **state)
{
    (void)state;
    assert_int_equal(import_probe("vcard", "x", "\n begin:vcard\r\n"), 100);
    assert_int_equal(import_probe("vcard", "x.vcf", "BEGIN:VCALENDAR\n"), 0);
    assert_int_equal(import_probe("vcard", "x.vcf", ""), 0);
    assert_int_equal(import_probe("vcard", "x.vcf", "BEGIN:VCAR"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_owner_knows_everybody_in_the_book),
        cmocka_unit_test(a_fold_may_cut_a_character_in_two),
        cmocka_unit_test(quoted_printable_is_joined_at_its_soft_breaks),
        cmocka_unit_test(a_named_character_set_is_decoded),
        cmocka_unit_test(marks_and_line_ends_of_all_sorts_are_read),
        cmocka_unit_test(names_are_made_of_what_there_is),
        cmocka_unit_test(escapes_are_undone_once),
        cmocka_unit_test(a_card_of_a_firm_is_an_organisation),
        cmocka_unit_test(a_relative_with_one_card_is_a_tie_and_each_pair_once),
        cmocka_unit_test(a_relative_without_a_card_of_their_own_stays_text),
        cmocka_unit_test(a_group_is_a_topic_of_its_members),
        cmocka_unit_test(only_categories_of_ones_own_are_topics),
        cmocka_unit_test(an_agent_is_a_card_within_a_card),
        cmocka_unit_test(pictures_and_keys_are_skipped_however_they_are_folded),
        cmocka_unit_test(uris_lose_their_scheme_and_fax_numbers_identify_nobody),
        cmocka_unit_test(a_card_of_nobody_is_held_back),
        cmocka_unit_test(the_file_may_end_within_a_card),
        cmocka_unit_test(cards_that_are_not_closed_or_opened_are_told),
        cmocka_unit_test(a_line_without_a_colon_is_told),
        cmocka_unit_test(nesting_and_lines_have_limits),
        cmocka_unit_test(a_vcard_is_known_by_its_first_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
