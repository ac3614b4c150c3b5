/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_map.c - tables whose columns only their user knows. */
#include "../support/import.h"
#include "api/map.h"
#include <glib/gstdio.h>
#include <kith/load.h>

static void
a_map_names_the_columns_of_people(void **state)
{
    static const kith_import_options options = {
        .map = "Wer=name,Post=email,Laden=company,Rolle=title"};

    (void)state;
    assert_ties("contacts-csv", "m.csv", "Wer,Post,Laden,Rolle\nAnn Lee,ann@example.org,Acme,CEO\n",
                &options, "works_at Ann Lee -> Acme as CEO\n");
}

static void
a_map_names_the_columns_of_attendance(void **state)
{
    static const kith_import_options options = {.map = "Wer=name,Was=event,Tag=date,Da=status"};

    (void)state;
    assert_ties("attendance-list", "m.csv", "Wer,Was,Tag,Da\nAnn Lee,Fair,2024-03-14,yes\n",
                &options, "attended Ann Lee -> Fair on 2024-03-14 (attended)\n");
}

static void
a_map_says_what_is_wrong_with_it(void **state)
{
    static const kith_import_options end = {.map = "Wer=from"}, none = {.map = "Wer=title"},
                                     event = {.map = "Wer=event"};

    (void)state;
    assert_error(
        "contacts-csv", "m.csv", "Wer,Was\nAnn,Fair\n", &end,
        ":0:0: bad map entry 'Wer=from' (expected COLUMN=ROLE; roles: name, given, family, "
        "email, phone, url, company, title)");
    assert_error(
        "contacts-csv", "m.csv", "Wer,Was\nAnn,Fair\n", &none,
        "m.csv:0:0: no column names anybody (expected a map such as 'Wer=name,Mail=email')");
    assert_error("attendance-list", "m.csv", "Wer,Was\nAnn,Fair\n", &event,
                 "m.csv:0:0: no column is the person (expected a map such as "
                 "'Wer=name,Was=event')");
}

static void
the_roles_of_a_map_choose_the_reader(void **state)
{
    (void)state;
    assert_string_equal(kith_map_importer("A=from,B=to"), "pairs");
    assert_string_equal(kith_map_importer("A=from_name,B=to_name,C=date"), "pairs");
    assert_string_equal(kith_map_importer("A=name,B=company"), "contacts-csv");
    assert_string_equal(kith_map_importer("A=name,B= Event"), "attendance-list");
    assert_true(kith_map_fits("Wer=name, Was=event", "Wer;Was\n", 8));
    assert_false(kith_map_fits("Wer=name,Was=event", "BEGIN:VCARD\n", 12));
}

/* Writes a text to a new file. @return its path, yours */
static char *
write_file(const char *text)
{
    char *path = g_build_filename(g_get_tmp_dir(), "kith-XXXXXX", NULL);
    int file = g_mkstemp(path);

    assert_true(file >= 0);
    assert_true(g_close(file, NULL));
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static void
a_saved_map_is_read_from_its_file(void **state)
{
    g_autofree char *saved = write_file("# our club\r\n\r\nName, first=given\r\nPost=email\r\n");
    g_autofree char *table = write_file("\"Name, first\",Post\nAnn,ann@example.org\n");
    g_autofree char *map = g_strconcat("@", saved, NULL);
    g_autoptr(kith_builder) builder = kith_builder_new();
    kith_load_options options = {.import = {.map = map}};
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_load(table, &options, builder, &err), KITH_OK);
    assert_int_equal(kith_builder_mentions(builder), 1);
    g_unlink(saved);
    g_unlink(table);
}

static void
a_saved_map_tells_the_line_of_a_bad_entry(void **state)
{
    g_autofree char *saved = write_file("Wer=name\nPost\n");
    g_autofree char *map = g_strconcat("@", saved, NULL), *out = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_map_expand(map, &out, &err), KITH_ERR_PARSE);
    assert_int_equal(err.line, 2);
    assert_string_equal(err.message, "bad map entry 'Post' (expected COLUMN=ROLE)");
    g_unlink(saved);
    g_clear_pointer(&out, g_free);
    assert_int_equal(kith_map_expand(map, &out, NULL), KITH_ERR_IO);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_names_the_columns_of_people),
        cmocka_unit_test(a_map_names_the_columns_of_attendance),
        cmocka_unit_test(a_map_says_what_is_wrong_with_it),
        cmocka_unit_test(the_roles_of_a_map_choose_the_reader),
        cmocka_unit_test(a_saved_map_is_read_from_its_file),
        cmocka_unit_test(a_saved_map_tells_the_line_of_a_bad_entry),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
