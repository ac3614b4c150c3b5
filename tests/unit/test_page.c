/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_page.c - the map and the data of the HTML page: what is in them, packed and escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "base/pack.h"
#include "reports/html/html.h"
#include "reports/html/places.h"
#include "reports/html/poster.h"
#include <jansson.h>
#include <kith/report.h>

extern const kith_pass kith_pass_map, kith_pass_ties;

static void
add(kith_document *d, const kith_pass *pass, const kith_graph *g)
{
    kith_answer *answer = NULL;
    kith_error err = {0};

    if (small_ask(pass, g, NULL, &answer, &err) != KITH_OK)
        fail_msg("%s", err.message);
    kith_document_add(d, answer);
}

static kith_graph *
hostile_graph(void)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    small_tie(b, KITH_MET, "</script><img src=x>", "Bo");
    small_tie(b, KITH_MET, "Bo",
              "\xe2\x80\xae"
              "gnihtemos");
    small_tie(b, KITH_KNOWS, "Bo", "]]><!--");
    small_person(b, "Zed");
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

/* `links` people in a row, each tied to the next. */
static kith_graph *
row_of_people(int people)
{
    kith_builder *b = kith_builder_new();
    kith_graph *g;

    for (int i = 0; i + 1 < people; i++) {
        g_autofree char *from = g_strdup_printf("p%d", i), *to = g_strdup_printf("p%d", i + 1);

        small_edge(b, from, to, 1);
    }
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

static kith_document *
document_of(const kith_graph *g)
{
    kith_document *d = kith_document_new("Page", g);

    add(d, &kith_pass_ties, g);
    add(d, &kith_pass_map, g);
    return d;
}

static json_t *
data_of(const kith_document *d)
{
    kith_sink *sink = kith_sink_to_memory();
    json_t *data;
    size_t size;

    kith_html_data(sink, d);
    assert_null(strchr(kith_sink_bytes(sink, &size), '<'));
    data = json_loadb(kith_sink_bytes(sink, &size), size, 0, NULL);
    assert_non_null(data);
    kith_sink_free(sink);
    return data;
}

static void
the_data_is_json_that_no_name_can_end(void **state)
{
    g_autoptr(kith_graph) g = hostile_graph();
    kith_document *d = document_of(g);
    json_t *data = data_of(d), *names = json_object_get(data, "names");
    bool found = false;

    (void)state;
    assert_int_equal(json_array_size(names), 5);
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));

        found |= strcmp(name, "</script><img src=x>") == 0;
        assert_null(strstr(name, "\xe2\x80\xae"));
    }
    assert_true(found);
    json_decref(data);
    kith_document_free(d);
}

static void
each_value_of_p_is_carried_to_the_last_digit(void **state)
{
    g_autoptr(kith_graph) g = hostile_graph();
    kith_document *d = document_of(g);
    json_t *data = data_of(d), *hops = json_object_get(data, "hops");
    json_t *p = json_object_get(hops, "p"), *cost = json_object_get(hops, "cost");
    const kith_table *ties = kith_answer_find_table(kith_html_answer(d, "ties"), "ties");

    (void)state;
    for (int64_t i = 0; i < kith_table_rows(ties); i++) {
        double value = small_real(ties, i, "p");
        bool found = false;

        for (size_t j = 0; j < json_array_size(p); j++)
            found |= json_number_value(json_array_get(p, j)) == value &&
                     json_integer_value(json_array_get(cost, j)) == llround(-log(value) * 1e12);
        assert_true(found);
    }
    json_decref(data);
    kith_document_free(d);
}

static void
what_is_packed_comes_back(void **state)
{
    g_autofree char *text = g_strnfill(10000, 'x');
    GByteArray *packed = kith_pack_gzip(text, 10000), *again = kith_pack_gzip(text, 10000);
    GByteArray *none = kith_pack_gzip("", 0);

    (void)state;
    assert_true(packed->len > 18 && packed->len < 200);
    assert_int_equal(packed->data[0], 0x1f);
    assert_int_equal(packed->data[1], 0x8b);
    /* no name, no time: the same bytes always; the last four are the length */
    assert_int_equal(packed->data[3], 0);
    assert_int_equal(packed->data[4] | packed->data[5] | packed->data[6] | packed->data[7], 0);
    assert_int_equal(packed->data[packed->len - 4] | packed->data[packed->len - 3] << 8, 10000);
    assert_int_equal(packed->len, again->len);
    assert_memory_equal(packed->data, again->data, packed->len);
    assert_true(none->len >= 18);
    g_byte_array_unref(packed);
    g_byte_array_unref(again);
    g_byte_array_unref(none);
}

static int
occurrences(const char *text, const char *part)
{
    int n = 0;

    for (const char *p = strstr(text, part); p; p = strstr(p + 1, part))
        n++;
    return n;
}

static void
few_are_drawn_one_by_one_and_many_as_groups(void **state)
{
    static const struct {
        int people;
        bool groups;
    } cases[] = {{150, false}, {151, true}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(kith_graph) g = row_of_people(cases[i].people);
        kith_document *d = document_of(g);
        g_autoptr(kith_html_places) places = kith_html_places_new(d);
        g_autoptr(GString) out = g_string_new(NULL);

        assert_int_equal(kith_html_in_groups(places), cases[i].groups);
        kith_html_poster(out, places, false, "a row");
        assert_int_equal(occurrences(out->str, "<circle"),
                         cases[i].groups ? (int)places->groups : cases[i].people);
        kith_document_free(d);
    }
}

static void
pairs_are_counted_once_with_their_facts(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL;
    g_autoptr(kith_html_places) places = NULL;
    g_autoptr(GArray) links = NULL;
    kith_document *d;

    (void)state;
    small_tie(b, KITH_MET, "Ann", "Bo");
    small_tie(b, KITH_REFERRED, "Bo", "Ann");
    small_tie(b, KITH_KNOWS, "Bo", "Cy");
    g = small_build(b);
    d = document_of(g);
    places = kith_html_places_new(d);
    links = kith_html_links(places);
    assert_int_equal(links->len, 2);
    assert_int_equal(g_array_index(links, kith_html_link, 0).ties, 2);
    assert_int_equal(g_array_index(links, kith_html_link, 1).ties, 1);
    kith_document_free(d);
    kith_builder_free(b);
}

static void
the_picture_holds_names_and_no_markup_of_theirs(void **state)
{
    g_autoptr(kith_graph) g = hostile_graph();
    kith_document *d = document_of(g);
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    assert_true(kith_html_map(out, d));
    assert_int_equal(occurrences(out->str, "<svg class=\"poster"), 2);
    assert_null(strstr(out->str, "<img"));
    assert_null(strstr(out->str, "\xe2\x80\xae"));
    assert_non_null(strstr(out->str, "&lt;/script&gt;"));
    assert_non_null(strstr(out->str, "aria-labelledby=\"map-lying-title map-lying-desc\""));
    kith_document_free(d);
}

static void
a_page_without_a_graph_has_no_map(void **state)
{
    kith_document *d = kith_document_new("Page", NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    assert_false(kith_html_map(out, d));
    assert_false(kith_html_has_data(d));
    assert_int_equal(out->len, 0);
    kith_document_free(d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_data_is_json_that_no_name_can_end),
        cmocka_unit_test(each_value_of_p_is_carried_to_the_last_digit),
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(few_are_drawn_one_by_one_and_many_as_groups),
        cmocka_unit_test(pairs_are_counted_once_with_their_facts),
        cmocka_unit_test(the_picture_holds_names_and_no_markup_of_theirs),
        cmocka_unit_test(a_page_without_a_graph_has_no_map),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
