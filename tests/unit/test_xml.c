/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/xml.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Reads a document and writes its events: <name a=…> text </name>, then the error. */
static char *
dump_bytes(const char *bytes, size_t size)
{
    g_autoptr(kith_source) source = kith_source_from_memory("g.xml", bytes, size);
    g_autoptr(kith_xml) xml = kith_xml_new(source);
    GString *out = g_string_new(NULL);
    kith_xml_event event;
    kith_error err = {0};

    while (kith_xml_next(xml, &event, &err) == KITH_OK && event.kind != KITH_XML_EOF) {
        if (event.kind == KITH_XML_START) {
            const char *a = kith_xml_attribute(xml, "a");

            g_string_append_printf(out, "<%s%s%s>", event.name, a != NULL ? " a=" : "",
                                   a != NULL ? a : "");
        } else if (event.kind == KITH_XML_END) {
            g_string_append_printf(out, "</%s>", event.name);
        } else {
            g_string_append(out, event.text);
        }
    }
    if (err.status != KITH_OK)
        g_string_append_printf(out, "!%d %s:%d: %s", err.status, err.source, (int)err.line,
                               err.message);
    return g_string_free(out, FALSE);
}

static void
check(const char *text, const char *expected)
{
    g_autofree char *out = dump_bytes(text, strlen(text));

    assert_string_equal(out, expected);
}

static void
elements_attributes_and_text_come_in_order(void **state)
{
    (void)state;
    check("<?xml version='1.0'?><g><n a='1'/><n a='&lt;&#233;'>x<!-- c --> &amp; "
          "<![CDATA[<y>]]></n></g>",
          "<g><n a=1></n><n a=<\xc3\xa9>x & <y></n></g>");
    check("<x:g xmlns:x='urn:x' x:a='7'><x:n/></x:g>\n", "<g a=7><n></n></g>");
    check("<g/>", "<g></g>");
}

static void
a_doctype_is_fine_but_its_entities_are_not(void **state)
{
    g_autofree char *bomb = NULL;
    static const char lol[] = "<!DOCTYPE g [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
                              "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>\n<g>&c;</g>";

    (void)state;
    check("<!DOCTYPE g SYSTEM 'http://localhost:1/g.dtd'>\n<g/>", "<g></g>");
    bomb = dump_bytes(lol, strlen(lol));
    assert_non_null(strstr(bomb, ": entity declarations are not allowed"));
    assert_null(strstr(bomb, "lol"));
    check("<!DOCTYPE g [<!ENTITY % p SYSTEM 'file:///etc/passwd'>]><g/>",
          "!3 g.xml:1: entity declarations are not allowed");
    check("<!DOCTYPE g [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><g>&x;</g>",
          "!3 g.xml:1: entity declarations are not allowed");
    check("<!DOCTYPE g SYSTEM 'x.dtd'><g>&nbsp;</g>",
          "!3 g.xml:1: broken XML: Entity 'nbsp' not defined");
}

static void
broken_xml_is_told_with_its_line(void **state)
{
    g_autofree char *out = NULL, *empty = dump_bytes("", 0), *cut = dump_bytes("<g><n>", 6);

    (void)state;
    out = dump_bytes("<g>\n<n></g>", 11);
    assert_non_null(strstr(out, "!3 g.xml:2: broken XML: Opening and ending tag mismatch"));
    assert_true(g_str_has_prefix(empty, "!3 g.xml:"));
    assert_non_null(strstr(cut, "!3 g.xml:1: broken XML"));
}

static void
depth_and_size_have_limits(void **state)
{
    g_autoptr(GString) deep = g_string_new(NULL), wide = g_string_new("<g>"),
                       value = g_string_new("<g a='");
    g_autofree char *deep_out = NULL, *wide_out = NULL, *value_out = NULL, *ok_out = NULL;

    (void)state;
    for (int i = 0; i < 300; i++)
        g_string_append(deep, "<g>");
    deep_out = dump_bytes(deep->str, deep->len);
    assert_non_null(strstr(deep_out, "!5 g.xml:"));
    for (int i = 0; i < 11 << 20; i++)
        g_string_append_c(wide, 'x');
    g_string_append(value, wide->str + 3);
    g_string_append(wide, "</g>");
    g_string_append(value, "'/>");
    wide_out = dump_bytes(wide->str, wide->len);
    assert_non_null(strstr(wide_out, "!5 g.xml:"));
    value_out = dump_bytes(value->str, value->len);
    assert_non_null(strstr(value_out, "!5 g.xml:"));
    g_string_truncate(wide, 9 << 20);
    g_string_append(wide, "</g>");
    ok_out = dump_bytes(wide->str, wide->len);
    assert_true(g_str_has_suffix(ok_out, "x</g>"));
}

static void
encodings_are_a_short_list(void **state)
{
    g_autofree char *utf16 = dump_bytes("\xff\xfe<\0g\0>\0\xeb\0<\0/\0g\0>\0", 18);

    (void)state;
    check("<?xml version='1.0' encoding='ISO-8859-1'?><g>\xeb</g>", "<g>\xc3\xab</g>");
    check("<?xml version='1.0' encoding='windows-1252'?><g>\x80</g>", "<g>\xe2\x82\xac</g>");
    check("\xef\xbb\xbf<g>\xc3\xab</g>", "<g>\xc3\xab</g>");
    assert_string_equal(utf16, "<g>\xc3\xab</g>");
    check("<?xml version='1.0' encoding='EUC-JP'?><g>x</g>",
          "!3 g.xml:1: unknown encoding 'EUC-JP' (expected UTF-8, UTF-16, ISO-8859-1 or "
          "windows-1252)");
}

static void
the_source_knows_the_line(void **state)
{
    static const char text[] = "<g>\n <n/>\n <n>x</n>\n</g>\n";
    g_autoptr(kith_source) source = kith_source_from_memory("g.xml", text, strlen(text));
    g_autoptr(kith_xml) xml = kith_xml_new(source);
    kith_xml_event event;

    (void)state;
    kith_xml_next(xml, &event, NULL); /* g */
    kith_xml_next(xml, &event, NULL); /* blanks */
    assert_int_equal(event.kind, KITH_XML_TEXT);
    assert_null(kith_xml_attribute(xml, "a"));
    kith_xml_next(xml, &event, NULL);
    assert_int_equal(kith_source_line(source), 2);
    kith_xml_next(xml, &event, NULL);
    kith_xml_next(xml, &event, NULL);
    kith_xml_next(xml, &event, NULL);
    assert_string_equal(event.name, "n");
    assert_int_equal(event.line, 3);
    assert_int_equal(event.depth, 1);
    assert_int_equal(kith_xml_skip(xml, NULL), KITH_OK);
    kith_xml_next(xml, &event, NULL);
    kith_xml_next(xml, &event, NULL);
    assert_int_equal(event.kind, KITH_XML_END);
    assert_string_equal(event.name, "g");
    kith_xml_next(xml, &event, NULL);
    assert_int_equal(event.kind, KITH_XML_EOF);
}

/* The library never prints; libxml2 would, over bytes that are not what their encoding says. */
static void
nothing_is_printed_over_bytes_that_cannot_be_decoded(void **state)
{
    static const char bytes[] = "\xff\xfe<\0a\0>\0\x09\xd8\x43\0<\0/\0a\0>\0";
    g_autoptr(kith_source) source = kith_source_from_memory("x.xml", bytes, sizeof bytes - 1);
    g_autoptr(kith_xml) xml = NULL;
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "kith-xml-XXXXXX", NULL);
    kith_xml_event event = {.kind = KITH_XML_START};
    kith_error err = {0};
    int file = g_mkstemp(path), kept = dup(2);

    (void)state;
    assert_true(file >= 0 && kept >= 0);
    fflush(stderr);
    dup2(file, 2);
    xml = kith_xml_new(source);
    while (err.status == KITH_OK && event.kind != KITH_XML_EOF)
        kith_xml_next(xml, &event, &err);
    fflush(stderr);
    dup2(kept, 2);
    assert_int_equal(err.status, KITH_ERR_PARSE);
    assert_int_equal(lseek(file, 0, SEEK_END), 0);
    close(kept);
    close(file);
    unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_text_come_in_order),
        cmocka_unit_test(a_doctype_is_fine_but_its_entities_are_not),
        cmocka_unit_test(broken_xml_is_told_with_its_line),
        cmocka_unit_test(depth_and_size_have_limits),
        cmocka_unit_test(encodings_are_a_short_list),
        cmocka_unit_test(the_source_knows_the_line),
        cmocka_unit_test(nothing_is_printed_over_bytes_that_cannot_be_decoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
