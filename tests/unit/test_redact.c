/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_redact.c - pseudonyms: stable, keyed, and nothing of the names left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../support/small.h"
#include "measures/ties.h"
#include <kith/redact.h>
#include <kith/report.h>

static const char key[] = "a key of more than sixteen bytes";
static const kith_redaction usual = {.key = key, .key_size = sizeof key};

static void
consents(kith_builder *b, const char *person, const char *status)
{
    kith_fact fact = KITH_FACT_INIT;

    fact.kind = KITH_CONSENTS;
    fact.from = small_person(b, person);
    fact.to = small_node(b, KITH_TOPIC, "newsletter");
    fact.status = status;
    small_fact(b, &fact);
}

static kith_graph *
town(void)
{
    kith_builder *b = kith_builder_new();
    kith_fact fact = KITH_FACT_INIT;
    kith_graph *g;

    small_tie(b, KITH_MET, "Ann Secret", "Bo Hidden");
    kith_builder_fact_attribute(b, "party", "4");
    kith_builder_fact_attribute(b, "place", "Ann's kitchen");
    small_tie(b, KITH_REFERRED, "Bo Hidden", "Cy Covert");
    small_attends(b, "Ann Secret", "Lunch with Bo Hidden", "attended");
    small_attends(b, "Cy Covert", "Lunch with Bo Hidden", "attended");
    kith_builder_attribute(b, small_person(b, "Ann Secret"), "title", "Duchess of Nowhere");
    kith_builder_identify(b, small_person(b, "Ann Secret"), KITH_ID_EMAIL, "ann@example.org");
    kith_builder_flag(b, small_person(b, "Cy Covert"), KITH_FLAG_NO_INTRO);
    fact.kind = KITH_WORKS_AT;
    fact.from = small_person(b, "Ann Secret");
    fact.to = small_node(b, KITH_ORGANISATION, "Kelp & Co");
    fact.detail = "Duchess";
    small_fact(b, &fact);
    consents(b, "Bo Hidden", "granted");
    consents(b, "Cy Covert", "withdrawn");
    g = small_build(b);
    kith_builder_free(b);
    return g;
}

static kith_graph *
redacted(const kith_graph *g, const kith_redaction *how)
{
    kith_graph *out = NULL;
    kith_error err = {0};

    if (kith_graph_redact(g, how, &out, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return out;
}

static char *
everything(const kith_graph *g)
{
    kith_document *d = kith_document_new("x", g);
    kith_sink *sink = kith_sink_to_memory();
    kith_error err = {0};
    const char *bytes;
    size_t size;
    char *text;

    assert_int_equal(kith_report_find("graphml")->write(d, sink, &err), KITH_OK);
    bytes = kith_sink_bytes(sink, &size);
    text = g_strndup(bytes, size);
    kith_sink_free(sink);
    kith_document_free(d);
    return text;
}

static void
no_word_of_a_person_is_left(void **state)
{
    static const char *const words[] = {"Ann",  "Secret",  "Bo",      "Hidden", "Covert",
                                        "ann@", "Duchess", "kitchen", "Lunch"};
    g_autoptr(kith_graph) g = town(), r = redacted(g, &usual);
    g_autofree char *before = everything(g), *after = everything(r);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        assert_non_null(strstr(before, words[i]));
        assert_null(strstr(after, words[i]));
    }
    assert_non_null(strstr(after, "Kelp &amp; Co"));
    assert_non_null(strstr(after, "newsletter"));
}

static void
who_is_tied_to_whom_and_how_warmly_stays(void **state)
{
    g_autoptr(kith_graph) g = town(), r = redacted(g, &usual);
    g_autoptr(kith_warm_network) a = NULL, b = NULL;
    kith_error err = {0};
    g_autofree char *ann = kith_pseudonym(g, small_find(g, "Ann Secret"), &usual);
    g_autofree char *bo = kith_pseudonym(g, small_find(g, "Bo Hidden"), &usual);
    g_autofree char *cy = kith_pseudonym(g, small_find(g, "Cy Covert"), &usual);
    int64_t before, after;

    (void)state;
    assert_int_equal(kith_graph_nodes(r), kith_graph_nodes(g));
    assert_int_equal(kith_graph_ties(r), kith_graph_ties(g));
    assert_int_equal(kith_warm_network_new(g, &(kith_warm_options){0}, &a, &err), KITH_OK);
    assert_int_equal(kith_warm_network_new(r, &(kith_warm_options){0}, &b, &err), KITH_OK);
    assert_int_equal(a->hops, b->hops);
    before = kith_warm_hop(a, small_find(g, "Ann Secret"), small_find(g, "Bo Hidden"));
    after = kith_warm_hop(b, small_find(r, ann), small_find(r, bo));
    assert_true(before >= 0 && after >= 0);
    assert_true(a->p[before] == b->p[after]);
    assert_true(kith_graph_flags(r, small_find(r, cy)) & KITH_FLAG_NO_INTRO);
}

static void
a_pseudonym_is_the_same_with_the_same_key_in_any_graph(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = town(), h = NULL;
    g_autofree char *here = NULL, *there = NULL, *other = NULL;
    const kith_redaction another = {.key = "another key of sixteen", .key_size = 22};

    (void)state;
    small_tie(b, KITH_KNOWS, "Zed", "Bo Hidden");
    h = small_build(b);
    here = kith_pseudonym(g, small_find(g, "Bo Hidden"), &usual);
    there = kith_pseudonym(h, small_find(h, "Bo Hidden"), &usual);
    other = kith_pseudonym(h, small_find(h, "Bo Hidden"), &another);
    assert_string_equal(here, there);
    assert_string_not_equal(here, other);
    assert_int_equal(strlen(here), strlen("Person ") + 8);
    kith_builder_free(b);
}

static void
who_gave_permission_keeps_a_name_when_asked(void **state)
{
    const kith_redaction how = {.key = key, .key_size = sizeof key, .keep_permitted = true};
    g_autoptr(kith_graph) g = town(), r = redacted(g, &how);
    g_autofree char *after = everything(r);

    (void)state;
    small_find(r, "Bo Hidden");
    assert_null(strstr(after, "Covert"));
    assert_null(strstr(after, "Secret"));
}

static void
namesakes_stay_apart(void **state)
{
    kith_builder *b = kith_builder_new();
    g_autoptr(kith_graph) g = NULL, r = NULL;

    (void)state;
    for (int i = 0; i < 2; i++) {
        kith_mention m = kith_builder_mention(b, KITH_PERSON);
        g_autofree char *id = g_strdup_printf("test:%d", i);

        kith_builder_identify(b, m, KITH_ID_NATIVE, id);
        kith_builder_name(b, m, "John Smith");
    }
    g = small_build(b);
    assert_int_equal(kith_graph_nodes(g), 2);
    r = redacted(g, &usual);
    assert_int_equal(kith_graph_nodes(r), 2);
    kith_builder_free(b);
}

static void
a_short_key_is_refused(void **state)
{
    const kith_redaction how = {.key = "short", .key_size = 5};
    g_autoptr(kith_graph) g = town();
    kith_graph *r = NULL;
    kith_error err = {0};

    (void)state;
    assert_int_equal(kith_graph_redact(g, &how, &r, &err), KITH_ERR_ARGUMENT);
    assert_string_equal(err.message,
                        "a key of 5 bytes is too short for pseudonyms (expected 16 or more)");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_of_a_person_is_left),
        cmocka_unit_test(who_is_tied_to_whom_and_how_warmly_stays),
        cmocka_unit_test(a_pseudonym_is_the_same_with_the_same_key_in_any_graph),
        cmocka_unit_test(who_gave_permission_keeps_a_name_when_asked),
        cmocka_unit_test(namesakes_stay_apart),
        cmocka_unit_test(a_short_key_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
