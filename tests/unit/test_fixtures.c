/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_fixtures.c - every fixture gives what its table says: records, nodes, ties and rows held back.
 *
 * tests/fixtures/EXPECTED.csv is about the files in this tree. A larger collection may stand beside it, in
 * ../shared/fixtures; what it must give is in SHARED.csv.
 */
#include "../support/import.h"
#include <kith/load.h>
#include <stdio.h>

/* file,records,persons,organisations,events,held,ties */
enum field { FILE_NAME, RECORDS, PERSONS, ORGANISATIONS, EVENTS, HELD, TIES, FIELDS };

struct seen {
    int64_t records, held;
};

static void
count(void *payload, const kith_load_report *report)
{
    struct seen *seen = payload;

    seen->records += report->records;
    seen->held += report->held;
}

static const char *
root(void)
{
    return g_getenv("KITH_ROOT") ? g_getenv("KITH_ROOT") : ".";
}

/* Cards and calendars come with their importers; a file that nobody can read yet is no difference. */
static bool
waits_for_an_importer(const char *path)
{
    const char *extension = g_str_has_suffix(path, ".ics")   ? "ics"
                            : g_str_has_suffix(path, ".vcf") ? "vcf"
                                                             : NULL;

    for (const kith_importer *const *i = kith_importers(); extension && *i; i++) {
        g_auto(GStrv) word = g_strsplit((*i)->extensions, " ", -1);

        if (g_strv_contains((const char *const *)word, extension))
            return false;
    }
    return extension != NULL;
}

/* Distinct pairs of a kind; in a plain graph file the relation tells two ties between one pair apart. */
static int64_t
distinct_ties(const kith_graph *graph, kith_tie_kind kind, const char *status)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    int64_t first, n;

    kith_graph_tie_range(graph, kind, &first, &n);
    for (int64_t i = 0; i < n; i++) {
        kith_tie tie;
        bool swap;

        kith_graph_tie(graph, first + i, &tie);
        if (status && g_strcmp0(status, tie.status) != 0)
            continue;
        swap = (tie.undirected || kith_tie_kind_is_mutual(kind)) && tie.from > tie.to;
        g_hash_table_add(seen, g_strdup_printf("%d %d %s", (int)(swap ? tie.to : tie.from),
                                               (int)(swap ? tie.from : tie.to),
                                               kind == KITH_TIE && tie.detail ? tie.detail : ""));
    }
    return g_hash_table_size(seen);
}

static int
differ(const char *file, const char *what, int64_t expected, int64_t found)
{
    if (expected == found)
        return 0;
    print_error("%s: %s: expected %d, found %d\n", file, what, (int)expected, (int)found);
    return 1;
}

static int
compare_ties(const char *file, const char *expected, const kith_graph *graph)
{
    g_auto(GStrv) one = g_strsplit(expected, ";", -1);
    int differences = 0;

    for (size_t i = 0; one[i] && *one[i]; i++) {
        g_auto(GStrv) pair = g_strsplit(one[i], "=", 2);
        g_auto(GStrv) word = g_strsplit(pair[0], ":", 2);
        kith_tie_kind kind = KITH_TIE;

        assert_true(kith_tie_kind_from_name(word[0], &kind));
        differences += differ(file, pair[0], g_ascii_strtoll(pair[1], NULL, 10),
                              distinct_ties(graph, kind, word[1]));
    }
    return differences;
}

static int
compare(const char *file, char **field, const struct seen *seen, const kith_graph *graph)
{
    static const kith_node_kind kinds[] = {KITH_PERSON, KITH_ORGANISATION, KITH_EVENT};
    int differences =
        differ(file, "records", g_ascii_strtoll(field[RECORDS], NULL, 10), seen->records);

    differences += differ(file, "held", g_ascii_strtoll(field[HELD], NULL, 10), seen->held);
    for (int k = 0; k < 3; k++)
        differences += differ(file, kith_node_kind_name(kinds[k]),
                              g_ascii_strtoll(field[PERSONS + k], NULL, 10),
                              kith_graph_count(graph, kinds[k]));
    return differences + compare_ties(file, field[TIES], graph);
}

/* A file that gives nothing must say so, and that is all it may do. */
static int
check_refused(const char *file, kith_status status, const kith_error *err,
              const kith_builder *builder)
{
    if (status == KITH_ERR_PARSE && *err->message && kith_builder_mentions(builder) == 0)
        return 0;
    print_error("%s: expected to be refused, found status %d and %d mentions\n", file, status,
                (int)kith_builder_mentions(builder));
    return 1;
}

static int
check_file(const char *directory, char **field)
{
    g_autofree char *path = g_build_filename(directory, field[FILE_NAME], NULL);
    g_autoptr(kith_builder) builder = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    struct seen seen = {0, 0};
    kith_load_options options = {.finished = count, .payload = &seen};
    kith_error err = {0};
    kith_status status = kith_load(path, &options, builder, &err);

    if (strcmp(field[RECORDS], "0") == 0)
        return check_refused(path, status, &err, builder);
    if (status != KITH_OK) {
        print_error("%s:%d:%d: %s\n", path, (int)err.line, (int)err.column, err.message);
        return 1;
    }
    assert_int_equal(kith_builder_build(builder, &build, &graph, &err), KITH_OK);
    return compare(path, field, &seen, graph);
}

static int
check_table(const char *directory, const char *table)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) line = NULL;
    int differences = 0;

    assert_true(g_file_get_contents(table, &text, NULL, NULL));
    line = g_strsplit(text, "\n", -1);
    for (size_t i = 1; line[i] && *line[i]; i++) {
        g_auto(GStrv) field = g_strsplit(line[i], ",", -1);

        assert_int_equal(g_strv_length(field), FIELDS);
        if (waits_for_an_importer(field[FILE_NAME]))
            print_message("%s: left out, no importer reads this yet\n", field[FILE_NAME]);
        else
            differences += check_file(directory, field);
    }
    return differences;
}

static void
every_fixture_gives_what_its_table_says(void **state)
{
    g_autofree char *table = g_build_filename(root(), "tests/fixtures/EXPECTED.csv", NULL);

    (void)state;
    assert_int_equal(check_table(root(), table), 0);
}

static void
the_larger_collection_gives_what_its_table_says(void **state)
{
    g_autofree char *table = g_build_filename(root(), "tests/fixtures/SHARED.csv", NULL);
    g_autofree char *directory = g_build_filename(root(), "../shared/fixtures", NULL);

    (void)state;
    if (!g_file_test(directory, G_FILE_TEST_IS_DIR))
        skip();
    assert_int_equal(check_table(directory, table), 0);
}

/* --- the same bytes under another name ------------------------------------------------------- */

/* What is known of a file's people, events and ties; where that is from is left out. */
static char *
facts_of(const char *path, const kith_importer *importer)
{
    g_autoptr(kith_builder) builder = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    kith_load_options options = {.importer = importer->name};
    GString *out = g_string_new(NULL);
    g_autofree char *ties = NULL;

    kith_load(path, &options, builder, NULL);
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    for (int64_t i = 0; i < kith_graph_nodes(graph); i++)
        g_string_append_printf(out, "%s %d %d\n", kith_graph_label(graph, i),
                               (int)kith_graph_kind(graph, i), (int)kith_graph_flags(graph, i));
    ties = import_ties(graph);
    g_string_append(out, ties);
    return g_string_free(out, FALSE);
}

static char *
other_place(const char *folder, const char *path)
{
    const char *dot = strchr(strrchr(path, '/'), '.');
    g_autofree char *inside = g_build_filename(folder, "elsewhere", NULL),
                    *name = g_strconcat("WhatsApp Chat with following friends 2020-02-02",
                                        dot ? dot : "", NULL);

    g_mkdir_with_parents(inside, 0700);
    return g_build_filename(inside, name, NULL);
}

/* 1 when an importer takes from the name what it does not own to. */
static int
check_name(const char *folder, const char *path, GHashTable *named)
{
    g_autofree char *other = other_place(folder, path), *bytes = NULL, *one = NULL, *two = NULL;
    kith_load_options options = {.importer = NULL};
    kith_load_reader reader;
    gsize size;

    if (kith_load_recognise(path, &options, &reader, NULL) != KITH_OK || !reader.importer ||
        g_str_has_suffix(path, ".##h")) /* which is nothing without the file beside it */
        return 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_true(g_file_set_contents(other, bytes, (gssize)size, NULL));
    one = facts_of(path, reader.importer);
    two = facts_of(other, reader.importer);
    remove(other);
    if (strcmp(one, two) == 0)
        return 0;
    g_hash_table_add(named, (gpointer)reader.importer->name);
    if (reader.importer->named_by != KITH_NAMED_BY_NOTHING)
        return 0;
    print_error("%s: %s takes facts from the name: %s otherwise %s\n", path, reader.importer->name,
                one, two);
    return 1;
}

static int
check_names(const char *folder, GHashTable *named)
{
    g_autofree char *table = g_build_filename(root(), "tests/fixtures/EXPECTED.csv", NULL),
                    *text = NULL;
    g_auto(GStrv) line = NULL;
    int wrong = 0;

    assert_true(g_file_get_contents(table, &text, NULL, NULL));
    line = g_strsplit(text, "\n", -1);
    for (size_t i = 1; line[i] && *line[i]; i++) {
        g_auto(GStrv) field = g_strsplit(line[i], ",", 2);
        g_autofree char *path = g_build_filename(root(), field[0], NULL);

        wrong += check_name(folder, path, named);
    }
    return wrong;
}

/* A batch knows by this that the same bytes under another name are to be read again. */
static void
importers_that_take_facts_from_a_name_say_so(void **state)
{
    static const char *const seen[] = {"github-followers", "instagram",      "luma-guests",
                                       "meetup-attendees", "shopify-orders", "slack",
                                       "whatsapp"};
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree char *folder = g_dir_make_tmp("kith-names-XXXXXX", NULL);
    g_autofree char *inside = g_build_filename(folder, "elsewhere", NULL);

    (void)state;
    assert_int_equal(check_names(folder, named), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(seen); i++) /* else the test above would see nothing */
        if (!g_hash_table_contains(named, seen[i]))
            fail_msg("no fixture shows that %s takes facts from a name", seen[i]);
    remove(inside);
    remove(folder);
}

/* Too large to be kept in the tree: one cell of 200 000 characters. */
static void
a_very_long_cell_does_not_get_in_the_way(void **state)
{
    g_autofree char *cell = g_strnfill(200000, 'x');
    g_autofree char *text = g_strdup_printf("Name,Email,Company,Notes\n"
                                            "Ann Lee,ann@example.org,Acme,%s\n"
                                            "Bo Chen,bo@example.org,Acme,short\n",
                                            cell);
    struct imported in = import("contacts-csv", "big.csv", text, NULL);

    (void)state;
    assert_int_equal(in.records, 2);
    assert_string_equal(in.ties, "works_at Ann Lee -> Acme\nworks_at Bo Chen -> Acme\n");
    assert_int_equal(strlen(kith_graph_attribute(in.graph, 0, "Notes")), 200000);
    imported_clear(&in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_gives_what_its_table_says),
        cmocka_unit_test(the_larger_collection_gives_what_its_table_says),
        cmocka_unit_test(importers_that_take_facts_from_a_name_say_so),
        cmocka_unit_test(a_very_long_cell_does_not_get_in_the_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
