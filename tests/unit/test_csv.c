/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/limits.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
listen(void *payload, bool held, const char *source, int64_t line, int64_t column,
       const char *reason)
{
    (void)source;
    (void)column;
    g_string_append_printf(payload, "%s %d: %s\n", held ? "held" : "warn", (int)line, reason);
}

/* Reads a table and writes it as line[field|field] with what was warned about behind it. */
static char *
dump_bytes(const char *bytes, size_t size)
{
    g_autoptr(kith_source) source = kith_source_from_memory("t.csv", bytes, size);
    g_autoptr(GString) heard = g_string_new(NULL);
    g_autoptr(kith_csv) csv = NULL;
    GString *out = g_string_new(NULL);
    const kith_csv_row *row;
    kith_error err = {0};

    kith_source_listen(source, listen, heard);
    csv = kith_csv_new(source);
    while ((row = kith_csv_next(csv, &err)) != NULL) {
        assert_int_equal(kith_source_line(source), row->line);
        g_string_append_printf(out, "%d[", (int)row->line);
        for (size_t i = 0; i < row->n; i++)
            g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", row->field[i]);
        g_string_append_c(out, ']');
    }
    if (err.status != KITH_OK)
        g_string_append_printf(out, "%d:%d: %s", (int)err.line, (int)err.column, err.message);
    assert_int_equal(err.status, kith_csv_status(csv));
    g_string_append(out, heard->str);
    return g_string_free(out, FALSE);
}

static void
check(const char *text, const char *expected)
{
    g_autofree char *out = dump_bytes(text, strlen(text));

    assert_string_equal(out, expected);
}

static void
plain_rows_are_read_with_any_line_end(void **state)
{
    (void)state;
    check("a,b\n1,2\n", "1[a|b]2[1|2]");
    check("a,b\r\n1,2\r\n", "1[a|b]2[1|2]");
    check("a,b\r1,2\r", "1[a|b]2[1|2]");
    check("a,b\r\n1,2\n3,4\r5,6", "1[a|b]2[1|2]3[3|4]4[5|6]");
    check("a,b\n,\n\n  \n1,\n", "1[a|b]5[1|]");
    check("", "");
    check("\n\n", "");
    check("\xef\xbb\xbf"
          "a,b\n",
          "1[a|b]");
}

static void
quotes_protect_separators_and_line_breaks(void **state)
{
    (void)state;
    check("a,b\n\"x,\ny\",\"say \"\"hi\"\"\"\nc,d\n", "1[a|b]2[x,\ny|say \"hi\"]4[c|d]");
    check("a,b\r\n\"x\r\ny\",1\r\nc,d\r\n", "1[a|b]2[x\r\ny|1]4[c|d]");
    check("\"a\",\"\"\n\"\",\"b\"", "1[a|]2[|b]");
}

static void
misplaced_quotes_do_not_lose_text(void **state)
{
    (void)state;
    check("a,b\n5\" pipe,x\n", "1[a|b]2[5\" pipe|x]");
    check("a,b\n\"x\"yz,1\n", "1[a|b]2[xyz|1]");
    check("a,b\n\"Robert \"Bob\" Gray\",1\n", "1[a|b]2[Robert Bob\" Gray\"|1]");
}

static void
ragged_rows_are_given_as_they_are(void **state)
{
    (void)state;
    check("a,b,c\n1\n1,2,3,4\nx,y,z\n", "1[a|b|c]2[1]3[1|2|3|4]4[x|y|z]");
}

static void
a_file_cut_off_inside_quotes_keeps_its_whole_rows(void **state)
{
    (void)state;
    check("a,b\n1,2\n\"x\ny",
          "1[a|b]2[1|2]held 3: a quoted field that does not end (is the file cut off?)\n");
    check("a,b\n1,\"2\"", "1[a|b]2[1|2]");
}

static void
nul_bytes_do_not_end_a_field(void **state)
{
    g_autofree char *out = dump_bytes("a,b\nC\0irc\0le,x\n", 15),
                    *quoted = dump_bytes("a,b\n\"C\0\",x\n", 11);

    (void)state;
    assert_string_equal(out, "1[a|b]2[Circle|x]warn 2: 2 NUL bytes left out\n");
    assert_string_equal(quoted, "1[a|b]2[C|x]warn 2: 1 NUL byte left out\n");
}

static void
the_separator_is_the_one_that_fits_most_rows(void **state)
{
    (void)state;
    check("a;b;c\nx;1,5;2\ny;2,5;3\n", "1[a|b|c]2[x|1,5|2]3[y|2,5|3]");
    check("name\tmail\nLee, Ann\tann@x\n", "1[name|mail]2[Lee, Ann|ann@x]");
    check("a|b\n1|2\n", "1[a|b]2[1|2]");
    check("name,tags\nx,a;b\ny,c\n", "1[name|tags]2[x|a;b]3[y|c]");
    check("name\nx\n", "1[name]2[x]");
}

static void
windows_1252_is_noticed_in_the_first_bytes_and_later(void **state)
{
    g_autoptr(GString) late = g_string_new("a,b\n");
    g_autofree char *out = NULL;

    (void)state;
    check("a,b\nZo\xeb,\x80\n",
          "1[a|b]2[Zo\xc3\xab|\xe2\x82\xac]warn 0: not UTF-8 (read as Windows-1252)\n");
    while (late->len < 100000)
        g_string_append(late, "1,2\n");
    g_string_append(late, "Zo\xeb,\"\xe9\"\nJos\xe9,x\n");
    out = dump_bytes(late->str, late->len);
    assert_non_null(strstr(out, "[Zo\xc3\xab|\xc3\xa9]"));
    assert_non_null(strstr(out, "[Jos\xc3\xa9|x]warn 25001: not UTF-8 from here on"));
}

/* Two files glued together, in either order. */
static void
rows_of_both_encodings_are_told_apart(void **state)
{
    (void)state;
    check("a,b\nZo\xc3\xab,x\nJos\xe9,Ren\xe9\nBj\xf8rn,\xc4\n",
          "1[a|b]2[Zo\xc3\xab|x]3[Jos\xc3\xa9|Ren\xc3\xa9]4[Bj\xc3\xb8rn|\xc3\x84]"
          "warn 0: not UTF-8 (read as Windows-1252)\n"
          "warn 2: UTF-8, in a file that is not (rows are read one by one)\n");
    check("a,b\nJos\xe9,Ren\xe9\nBj\xf8rn,\xc4\nZo\xc3\xab,x\nJos\xe9,y\n",
          "1[a|b]2[Jos\xc3\xa9|Ren\xc3\xa9]3[Bj\xc3\xb8rn|\xc3\x84]4[Zo\xc3\xab|x]"
          "5[Jos\xc3\xa9|y]"
          "warn 0: not UTF-8 (read as Windows-1252)\n"
          "warn 4: UTF-8, in a file that is not (rows are read one by one)\n");
}

static void
check_encoding(const char *text, const char *expected)
{
    g_autoptr(kith_source) source = kith_source_from_memory("t.csv", text, strlen(text));
    g_autoptr(kith_csv) csv = kith_csv_new(source);

    while (kith_csv_next(csv, NULL) != NULL)
        continue;
    assert_string_equal(kith_csv_encoding(csv), expected);
}

static void
the_encoding_is_that_of_all_rows_or_mixed(void **state)
{
    (void)state;
    check_encoding("a,b\nZo\xc3\xab,x\n", "UTF-8");
    check_encoding("a,b\nJos\xe9,Ren\xe9\n", "Windows-1252");
    check_encoding("a,b\nZo\xc3\xab,x\nJos\xe9,y\n", "mixed UTF-8 and Windows-1252");
    check_encoding("a,b\nJos\xe9,Ren\xe9\nBj\xf8rn,\xc4\nZo\xc3\xab,x\n",
                   "mixed UTF-8 and Windows-1252");
}

/* Two letters of Windows-1252 that happen to be one of UTF-8 are two, in a row that is not UTF-8 for the most part. */
static void
a_row_is_of_one_encoding_where_files_are_mixed(void **state)
{
    (void)state;
    check(
        "a,b\nJos\xe9,Ren\xe9\nBj\xf8rn,\xc4\nZo\xc3\xab,x\n\xe9\xe8 \xea\xeb \xf8 \xc3\xa9,\xfc\n",
        "1[a|b]2[Jos\xc3\xa9|Ren\xc3\xa9]3[Bj\xc3\xb8rn|\xc3\x84]4[Zo\xc3\xab|x]"
        "5[\xc3\xa9\xc3\xa8 \xc3\xaa\xc3\xab \xc3\xb8 \xc3\x83\xc2\xa9|\xc3\xbc]"
        "warn 0: not UTF-8 (read as Windows-1252)\n"
        "warn 4: UTF-8, in a file that is not (rows are read one by one)\n");
}

static void
a_broken_row_in_a_utf8_file_does_not_spoil_the_others(void **state)
{
    (void)state;
    check("a,b\nZo\xc3\xab,J\xc3\xbcrgen\nJos\xe9,x\nBj\xc3\xb8rn,y\n",
          "1[a|b]2[Zo\xc3\xab|J\xc3\xbcrgen]3[Jos\xc3\xa9|x]4[Bj\xc3\xb8rn|y]"
          "warn 3: bytes that are not UTF-8 (read as Windows-1252)\n");
}

static void
utf16_is_read_with_and_without_a_mark(void **state)
{
    g_autofree char *marked = dump_bytes("\xff\xfe"
                                         "a\0\t\0b\0\r\0\n\0S\0\xf8\0\t\0=\xd8\0\xde",
                                         22),
                    *bare = dump_bytes("\0a\0,\0b\0\n\0c\0,\0d", 14);

    (void)state;
    assert_string_equal(marked, "1[a|b]2[S\xc3\xb8|\xf0\x9f\x98\x80]");
    assert_string_equal(bare, "1[a|b]2[c|d]");
}

static void
a_field_or_row_beyond_the_limits_is_refused_with_its_place(void **state)
{
    g_autoptr(GString) text = g_string_new("a,b\nx,");
    g_autofree char *out = NULL, *wide = NULL, *endless = NULL;

    (void)state;
    for (int i = 0; i < (16 << 20) + 1; i++)
        g_string_append_c(text, 'y');
    out = dump_bytes(text->str, text->len);
    assert_string_equal(
        out, "1[a|b]2:3: found a field of 16777217 bytes (expected at most 16777216: the limit "
             "'field', see 'kith limits')");
    g_string_assign(text, "a\n");
    for (int i = 0; i < 10001; i++)
        g_string_append(text, "1,");
    wide = dump_bytes(text->str, text->len);
    assert_non_null(strstr(wide, "2:20001: found field 10001 of a row (expected at most 10000: the "
                                 "limit 'columns'"));
    g_string_assign(text, "a,b\n\"");
    for (int i = 0; i < (65 << 20); i++)
        g_string_append_c(text, 'y');
    endless = dump_bytes(text->str, text->len);
    assert_string_equal(
        endless, "1[a|b]2:1: found a record of more than 67108864 bytes (expected fewer: the limit "
                 "'record', see 'kith limits'; is a quote missing?)");
}

static void
rows_do_not_depend_on_where_the_buffer_ends(void **state)
{
    GRand *random = g_rand_new_with_seed(4);

    (void)state;
    for (int round = 0; round < 60; round++) {
        g_autoptr(GString) text = g_string_new("a,b\n"), expected = g_string_new("1[a|b]");
        g_autofree char *out = NULL;
        int line = 2;

        while (text->len < 200000) {
            int n = g_rand_int_range(random, 1, round % 2 ? 30 : 70000);
            g_autofree char *x = g_strnfill((gsize)n, 'x');

            switch (g_rand_int_range(random, 0, 4)) {
            case 0:
                g_string_append_printf(text, "%s,y\r\n", x);
                g_string_append_printf(expected, "%d[%s|y]", line++, x);
                break;
            case 1:
                g_string_append_printf(text, "\"%s\r\n\"\"\",y\n", x);
                g_string_append_printf(expected, "%d[%s\r\n\"|y]", line, x);
                line += 2;
                break;
            case 2:
                g_string_append_printf(text, "\xc3\xab%s,y\r", x);
                g_string_append_printf(expected, "%d[\xc3\xab%s|y]", line++, x);
                break;
            default:
                g_string_append(text, " \n");
                line++;
            }
        }
        out = dump_bytes(text->str, text->len);
        assert_string_equal(out, expected->str);
    }
    g_rand_free(random);
}

static void
find(const char *text, const char *names, int line, char separator)
{
    g_auto(kith_csv_header) header = {0};
    g_autofree char *joined = NULL;

    assert_int_equal(kith_csv_find_header(text, strlen(text), &header), names != NULL);
    if (names == NULL)
        return;
    joined = g_strjoinv(",", header.names);
    assert_string_equal(joined, names);
    assert_int_equal(header.line, line);
    assert_int_equal(header.separator, separator);
}

static void
the_header_is_found_behind_preambles_titles_and_comments(void **state)
{
    (void)state;
    find("Name,E-Mail\nx,y\n", "name,e-mail", 1, ',');
    find("Notes:\n\"When exporting, you may notice, that\"\n\nFirst Name,Last "
         "Name,URL\nA,B,C\nD,E,F\n",
         "first name,last name,url", 4, ',');
    find("# made by x, y, z\n\xef\xbb\xbfPr\xc3\xa9nom;Nom\nA;B\n", "prenom,nom", 2, ';');
    find("Guests of the fair,,\nName,Mail,Town\nA,B,C\nD,E,F\n", "name,mail,town", 2, ',');
    find("a,b,c\n1,2,3,\n4,5,6,\n", "a,b,c", 1, ',');
    find("a,b,c,d\n1,2\n3,4\n", "a,b,c,d", 1, ',');
    find("sep=;\na;b\n1;2\n", "a,b", 2, ';');
    find("Name\nAnn\n", "name", 1, ',');
    find("1,2\n3,4\n", NULL, 0, 0);
    find("", NULL, 0, 0);
    find("PK\x03\x04junk", NULL, 0, 0);
}

static void
columns_are_looked_up_by_name(void **state)
{
    static const char text[] = "Notes:\n\nName,Mail,Name\nAnn,a@x\n";
    g_autoptr(kith_source) source = kith_source_from_memory("t.csv", text, strlen(text));
    g_autoptr(kith_csv) csv = kith_csv_new(source);
    const kith_csv_row *row;

    (void)state;
    assert_int_equal(kith_csv_read_header(csv, NULL), KITH_OK);
    assert_int_equal(kith_csv_columns(csv), 3);
    assert_int_equal(kith_csv_column(csv, "mail"), 1);
    assert_int_equal(kith_csv_column_after(csv, "name", 0), 2);
    assert_int_equal(kith_csv_column(csv, "town"), -1);
    row = kith_csv_next(csv, NULL);
    assert_int_equal(row->line, 4);
    assert_string_equal(kith_csv_field(row, 0), "Ann");
    assert_string_equal(kith_csv_field(row, 2), "");
    assert_string_equal(kith_csv_field(row, -1), "");
    assert_null(kith_csv_next(csv, NULL));
    assert_int_equal(kith_csv_status(csv), KITH_OK);
}

static void
a_table_without_a_header_says_so(void **state)
{
    g_autoptr(kith_source) source = kith_source_from_memory("t.csv", "1,2\n3,4\n", 8),
                           empty = kith_source_from_memory("e.csv", "", 0);
    g_autoptr(kith_csv) csv = kith_csv_new(source), none = kith_csv_new(empty);
    kith_error err = {0}, none_err = {0};

    (void)state;
    assert_int_equal(kith_csv_read_header(csv, &err), KITH_ERR_PARSE);
    assert_string_equal(err.message, "no header row");
    assert_int_equal(kith_csv_read_header(none, &none_err), KITH_ERR_PARSE);
    assert_string_equal(none_err.message, "the file is empty");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_rows_are_read_with_any_line_end),
        cmocka_unit_test(quotes_protect_separators_and_line_breaks),
        cmocka_unit_test(misplaced_quotes_do_not_lose_text),
        cmocka_unit_test(ragged_rows_are_given_as_they_are),
        cmocka_unit_test(a_file_cut_off_inside_quotes_keeps_its_whole_rows),
        cmocka_unit_test(nul_bytes_do_not_end_a_field),
        cmocka_unit_test(the_separator_is_the_one_that_fits_most_rows),
        cmocka_unit_test(windows_1252_is_noticed_in_the_first_bytes_and_later),
        cmocka_unit_test(rows_of_both_encodings_are_told_apart),
        cmocka_unit_test(the_encoding_is_that_of_all_rows_or_mixed),
        cmocka_unit_test(a_row_is_of_one_encoding_where_files_are_mixed),
        cmocka_unit_test(a_broken_row_in_a_utf8_file_does_not_spoil_the_others),
        cmocka_unit_test(utf16_is_read_with_and_without_a_mark),
        cmocka_unit_test(a_field_or_row_beyond_the_limits_is_refused_with_its_place),
        cmocka_unit_test(rows_do_not_depend_on_where_the_buffer_ends),
        cmocka_unit_test(the_header_is_found_behind_preambles_titles_and_comments),
        cmocka_unit_test(columns_are_looked_up_by_name),
        cmocka_unit_test(a_table_without_a_header_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
