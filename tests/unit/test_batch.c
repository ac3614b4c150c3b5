/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_batch.c - manifests read as written, keys that depend on what they must, segments cut off anywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "batch/haul.h"
#include "batch/price.h"
#include "batch/segments.h"
#include <glib/gstdio.h>
#include <unistd.h>

static char *folder;

static int
make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("kith-batch-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static void
remove_all(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);

        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            remove_all(inside);
        else
            g_unlink(inside);
    }
    g_rmdir(path);
}

static int
remove_folder(void **state)
{
    (void)state;
    remove_all(folder);
    g_free(folder);
    return 0;
}

static void
write_file(const char *name, const char *text, gssize length)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    assert_true(g_file_set_contents(path, text, length, NULL));
}

static kith_plan *
plan_of(const char *manifest)
{
    g_autofree char *path = g_build_filename(folder, "m.yaml", NULL);
    g_autoptr(kith_manifest) m = NULL;
    kith_plan *plan = NULL;
    kith_error err = {0};

    write_file("m.yaml", manifest, -1);
    if (kith_manifest_load(path, &m, &err) != KITH_OK ||
        kith_plan_make(m, NULL, &plan, &err) != KITH_OK)
        fail_msg("%s:%d: %s", err.source, (int)err.line, err.message);
    return plan;
}

#define DATA "datasets: [{file: a.csv}, {file: b.csv}]\n"
#define GRID "grid: {influencers: {by: [degree, core], top: 3, resamples: 0}}\n"

static void
write_data(void)
{
    write_file("a.csv", "from,to\na,b\n", -1);
    write_file("b.csv", "from,to\na,c\n", -1);
}

static void
sizes_and_durations_are_read_with_their_units(void **state)
{
    int64_t bytes = 0;
    double seconds = 0;

    (void)state;
    assert_true(kith_manifest_size("2 GiB", &bytes));
    assert_int_equal(bytes, INT64_C(2) << 30);
    assert_true(kith_manifest_size("512MB", &bytes));
    assert_int_equal(bytes, 512000000);
    assert_false(kith_manifest_size("-1", &bytes));
    assert_false(kith_manifest_size("2 Gib b", &bytes));
    assert_true(kith_manifest_duration("1.5 h", &seconds));
    assert_true(seconds == 5400);
    assert_false(kith_manifest_duration("0", &seconds));
    assert_false(kith_manifest_duration("soon", &seconds));
}

static void
yaml_deeper_than_its_limit_is_refused(void **state)
{
    char deep[101];
    kith_yaml *tree = NULL;
    kith_error err = {0};

    (void)state;
    memset(deep, '[', 100);
    deep[100] = '\0';
    assert_int_equal(kith_yaml_parse("deep", deep, 100, &tree, &err), KITH_ERR_LIMIT);
    assert_int_equal(err.column, 33);
}

static void
key_of(const kith_plan *plan, int64_t unit, char out[KITH_KEY_LENGTH + 1])
{
    g_strlcpy(out, kith_plan_key(plan, unit), KITH_KEY_LENGTH + 1);
}

static void
keys_depend_on_content_and_parameters_but_not_on_names_and_limits(void **state)
{
    g_autoptr(kith_plan) one = NULL, renamed = NULL, seeded = NULL, limited = NULL;
    char key[5][KITH_KEY_LENGTH + 1];

    (void)state;
    write_data();
    one = plan_of("seed: 1\n" DATA GRID);
    key_of(one, 0, key[0]);
    key_of(one, 1, key[1]);
    key_of(one, 2, key[2]);
    assert_string_not_equal(key[0], key[1]);
    assert_string_not_equal(key[0], key[2]);
    write_file("c.csv", "from,to\na,b\n", -1);
    renamed = plan_of("batch: other\nseed: 1\ndatasets: [{file: c.csv, id: x}]\n" GRID);
    key_of(renamed, 0, key[3]);
    assert_string_equal(key[0], key[3]);
    assert_int_equal(kith_plan_unit_seed(one, 0), kith_plan_unit_seed(renamed, 0));
    seeded = plan_of("seed: 2\n" DATA GRID);
    key_of(seeded, 0, key[4]);
    assert_string_not_equal(key[0], key[4]);
    limited = plan_of("seed: 1\nlimits: {time: 5 min, memory: 1 GiB}\n" DATA GRID);
    key_of(limited, 0, key[4]);
    assert_string_equal(key[0], key[4]);
}

#define CHAT "15/03/2024, 14:07 - Ana Lima: hello\n15/03/2024, 14:08 - Bo Chen: good day\n"

static void
move_file(const char *from, const char *to)
{
    g_autofree char *a = g_build_filename(folder, from, NULL),
                    *b = g_build_filename(folder, to, NULL);

    assert_int_equal(g_rename(a, b), 0);
}

/* The chat is called as its file is, and that is a fact: under another name it is another unit, and read by itself. */
static void
the_name_of_a_file_is_in_the_key_where_facts_are_taken_from_it(void **state)
{
    const char *manifest = "datasets: [{glob: \"*.txt\"}]\ngrid: {info: {}}\n";
    g_autoptr(kith_plan) a = NULL, b = NULL, moved = NULL;

    (void)state;
    write_file("WhatsApp Chat with Gala.txt", CHAT, -1);
    write_file("WhatsApp Chat with Ball.txt", CHAT, -1);
    a = plan_of(manifest);
    assert_string_equal(kith_plan_dataset_at(a, 0)->reader, "whatsapp");
    assert_string_equal(kith_plan_dataset_at(a, 0)->called, "WhatsApp Chat with Ball.txt");
    assert_string_equal(kith_plan_dataset_at(a, 0)->sha256, kith_plan_dataset_at(a, 1)->sha256);
    assert_string_not_equal(kith_plan_key(a, 0), kith_plan_key(a, 1));
    assert_int_equal(kith_plan_dataset_at(a, 1)->first, 1);
    assert_int_equal(kith_plan_save(a, NULL), KITH_OK);

    move_file("WhatsApp Chat with Ball.txt", "WhatsApp Chat with Zoo.txt");
    b = plan_of(manifest);
    assert_string_equal(kith_plan_key(b, 0), kith_plan_key(a, 1));
    assert_string_not_equal(kith_plan_key(b, 1), kith_plan_key(a, 0));
    assert_int_equal(kith_plan_load(a->folder, &moved, NULL), KITH_OK);
    assert_string_equal(kith_plan_key(moved, 0), kith_plan_key(a, 0));
}

static void
a_folder_is_in_the_key_where_a_channel_is_called_as_it_is(void **state)
{
    static const char day[] = "[{\"type\": \"message\", \"user\": \"U1\", \"text\": \"<@U2> hi\", "
                              "\"ts\": \"1710493200.000100\"}]";
    g_autoptr(kith_plan) plan = NULL;
    const char *const folders[] = {"general", "random"};

    (void)state;
    for (int i = 0; i < 2; i++) {
        g_autofree char *inside = g_build_filename(folder, folders[i], NULL),
                        *name = g_build_filename(folders[i], "2024-03-15.json", NULL);

        g_mkdir(inside, 0700);
        write_file(name, day, -1);
    }
    plan = plan_of("datasets: [{folder: general}, {folder: random}]\ngrid: {info: {}}\n");
    assert_string_equal(kith_plan_dataset_at(plan, 0)->called, "general/2024-03-15.json");
    assert_string_not_equal(kith_plan_key(plan, 0), kith_plan_key(plan, 1));
}

/* The header alone says nothing of the ties. */
static void
a_matrix_in_two_files_counts_with_both(void **state)
{
    g_autofree char *fixture = g_build_filename(g_getenv("KITH_ROOT") ? g_getenv("KITH_ROOT") : ".",
                                                "tests/fixtures/graph", NULL);
    g_autofree char *header = g_build_filename(fixture, "ucinet_core.##h", NULL),
                    *numbers = g_build_filename(fixture, "ucinet_core.##d", NULL), *h = NULL,
                    *d = NULL;
    const char *manifest = "datasets: [{glob: \"x.##h\"}]\ngrid: {info: {}}\n";
    g_autoptr(kith_plan) a = NULL, b = NULL, same = NULL;
    gsize nh, nd;

    (void)state;
    assert_true(g_file_get_contents(header, &h, &nh, NULL));
    assert_true(g_file_get_contents(numbers, &d, &nd, NULL));
    write_file("x.##h", h, (gssize)nh);
    write_file("x.##d", d, (gssize)nd);
    a = plan_of(manifest);
    assert_string_equal(kith_plan_dataset_at(a, 0)->reader, "ucinet-hd");
    assert_int_equal(kith_plan_save(a, NULL), KITH_OK);
    same = plan_of(manifest);
    assert_string_equal(kith_plan_key(a, 0), kith_plan_key(same, 0));
    d[0] ^= 1;
    write_file("x.##d", d,
               (gssize)nd); /* the header is as it was: its hash comes from the last plan */
    b = plan_of(manifest);
    assert_string_not_equal(kith_plan_key(a, 0), kith_plan_key(b, 0));
}

static void
a_file_that_nobody_knows_counts_with_its_name(void **state)
{
    g_autoptr(kith_plan) plan = NULL;

    (void)state;
    write_file("x.bin", "\x01\x02\x03", 3);
    plan = plan_of("datasets: [x.bin]\ngrid: {info: {}}\n");
    assert_string_equal(kith_plan_dataset_at(plan, 0)->reader, "");
    assert_string_equal(kith_plan_dataset_at(plan, 0)->called, "x.bin");
}

static void
a_plan_comes_back_from_its_file(void **state)
{
    g_autoptr(kith_plan) made = NULL, read = NULL;
    char a[KITH_KEY_LENGTH + 1], b[KITH_KEY_LENGTH + 1];

    (void)state;
    write_data();
    made = plan_of("seed: 9007199254740992\n" DATA GRID);
    assert_int_equal(kith_plan_save(made, NULL), KITH_OK);
    assert_int_equal(kith_plan_load(made->folder, &read, NULL), KITH_OK);
    assert_int_equal(kith_plan_units(read), 4);
    for (int64_t unit = 0; unit < 4; unit++) {
        key_of(made, unit, a);
        key_of(read, unit, b);
        assert_string_equal(a, b);
    }
}

#define SEEDS "grid: {seeds: {k: 1, exclude: \"@names.txt\"}}\n"

static void
a_parameter_that_names_a_file_counts_by_what_is_in_it(void **state)
{
    g_autoptr(kith_plan) first = NULL, read = NULL, same = NULL, other = NULL;
    char key[4][KITH_KEY_LENGTH + 1];

    (void)state;
    write_data();
    write_file("names.txt", "a\n", -1);
    first = plan_of(DATA SEEDS);
    key_of(first, 0, key[0]);
    assert_int_equal(kith_plan_save(first, NULL), KITH_OK);
    assert_int_equal(kith_plan_load(first->folder, &read, NULL), KITH_OK);
    key_of(read, 0, key[1]);
    assert_string_equal(key[0], key[1]);
    write_file("others.txt", "a\n", -1);
    same = plan_of(DATA "grid: {seeds: {k: 1, exclude: \"@others.txt\"}}\n");
    key_of(same, 0, key[2]);
    assert_string_equal(key[0], key[2]);
    write_file("names.txt", "b\n", -1);
    other = plan_of(DATA SEEDS);
    key_of(other, 0, key[3]);
    assert_string_not_equal(key[0], key[3]);
}

static void
a_parameter_that_names_no_file_is_told_by_the_plan(void **state)
{
    g_autofree char *path = g_build_filename(folder, "m.yaml", NULL);
    g_autoptr(kith_manifest) m = NULL;
    kith_plan *plan = NULL;
    kith_error err = {0};

    (void)state;
    write_data();
    write_file("m.yaml", DATA "grid:\n  seeds: {k: 1, exclude: \"@nosuch\"}\n", -1);
    assert_int_equal(kith_manifest_load(path, &m, &err), KITH_OK);
    assert_int_equal(kith_plan_make(m, NULL, &plan, &err), KITH_ERR_IO);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 26);
    assert_non_null(strstr(err.message, "nosuch"));
}

static char *
line_of(const char *key, const char *state)
{
    return g_strdup_printf(
        "{\"key\":\"%s\",\"state\":\"%s\",\"done\":[{}, {\"message\": null}],\"end\":true}\n", key,
        state);
}

/* What is known when the segment ends after `length` bytes. */
static int
known_at(const kith_plan *plan, const char *text, size_t length, const char *first,
         const char *second)
{
    g_autoptr(kith_segments) s = NULL;

    write_file("m.batch/segments/one.jsonl", text, (gssize)length);
    assert_int_equal(kith_segments_read(plan->folder, &s, NULL), KITH_OK);
    return kith_segments_done(s, plan, first) + 2 * kith_segments_done(s, plan, second);
}

static void
a_segment_cut_off_at_any_byte_of_its_last_line_loses_that_line_alone(void **state)
{
    g_autoptr(kith_plan) plan = NULL;
    g_autofree char *inside = g_build_filename(folder, "m.batch", "segments", NULL), *one = NULL,
                    *two = NULL, *both = NULL;
    char a[KITH_KEY_LENGTH + 1], b[KITH_KEY_LENGTH + 1];

    (void)state;
    write_data();
    plan = plan_of("seed: 1\n" DATA GRID);
    g_mkdir_with_parents(inside, 0700);
    key_of(plan, 0, a);
    key_of(plan, 1, b);
    one = line_of(a, "ok");
    two = line_of(b, "none");
    both = g_strconcat(one, two, NULL);
    for (size_t n = strlen(one); n < strlen(both); n++)
        assert_int_equal(known_at(plan, both, n, a, b), 1);
    assert_int_equal(known_at(plan, both, strlen(both), a, b), 3);
}

static void
a_torn_line_does_not_spoil_the_failure_behind_it(void **state)
{
    g_autoptr(kith_plan) plan = NULL;
    g_autoptr(kith_segments) s = NULL;
    g_autofree char *path = NULL;
    char a[KITH_KEY_LENGTH + 1], b[KITH_KEY_LENGTH + 1];
    const kith_outcome *o;
    int segment;

    (void)state;
    write_data();
    plan = plan_of("limits: {time: 3, memory: 64 MB}\n" DATA GRID);
    remove_all(plan->folder);
    segment = kith_segment_open(plan->folder, 0, &path, NULL);
    key_of(plan, 0, a);
    key_of(plan, 1, b);
    assert_int_equal(kith_segment_write(segment, "{\"key\":\"torn", 12, NULL), KITH_OK);
    assert_int_equal(
        kith_segment_fail(segment, plan, a, KITH_FAILED_TIME, "took \"long\"", "log", NULL),
        KITH_OK);
    assert_int_equal(kith_segment_fail(segment, plan, b, KITH_FAILED_CRASH, "died", NULL, NULL),
                     KITH_OK);
    close(segment);
    assert_int_equal(kith_segments_read(plan->folder, &s, NULL), KITH_OK);
    o = kith_segments_find(s, a);
    assert_non_null(o);
    assert_int_equal(o->failure, KITH_FAILED_TIME);
    assert_true(o->seconds == 3 && o->memory == 64000000);
    assert_true(kith_segments_done(s, plan, a));
    assert_false(kith_segments_done(s, plan, b)); /* one more try */
    plan->seconds = 30;
    assert_false(kith_segments_done(s, plan, a)); /* another limit, another chance */
}

/* All that fits into two seconds goes to one process, or one data set with all its points. */
static void
small_data_sets_share_a_haul_or_have_one_each(void **state)
{
    g_autoptr(kith_plan) plan = NULL;
    g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t memory;

    (void)state;
    write_data();
    plan = plan_of(DATA GRID);
    for (int64_t i = 0; i < kith_plan_units(plan); i++)
        g_array_append_val(units, i);
    assert_int_equal(kith_haul_small(plan), 2);
    assert_string_equal(plan->alone, "auto");
    assert_int_equal(kith_haul_length(plan, units, 0, 1, false, &memory), 2);
    assert_int_equal(kith_haul_length(plan, units, 0, 1, true, &memory),
                     2); /* half of what is left */
    for (int64_t i = 0; i < kith_plan_units(plan); i++)
        for (int k = 0; k < 3; k++)
            g_array_append_val(units, i);
    assert_true(kith_haul_length(plan, units, 0, 1, true, &memory) > 2);
    assert_true(memory >= 16 << 20);
}

static void
what_a_process_costs_is_measured(void **state)
{
    g_autoptr(kith_plan) plan = NULL;
    double price;

    (void)state;
    write_data();
    plan = plan_of("limits: {alone: no}\n" DATA GRID);
    assert_string_equal(plan->alone, "no");
    price = kith_price_of_process(plan);
    assert_true(price > 0 && price < 60);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_durations_are_read_with_their_units),
        cmocka_unit_test(yaml_deeper_than_its_limit_is_refused),
        cmocka_unit_test(keys_depend_on_content_and_parameters_but_not_on_names_and_limits),
        cmocka_unit_test(the_name_of_a_file_is_in_the_key_where_facts_are_taken_from_it),
        cmocka_unit_test(a_folder_is_in_the_key_where_a_channel_is_called_as_it_is),
        cmocka_unit_test(a_matrix_in_two_files_counts_with_both),
        cmocka_unit_test(a_file_that_nobody_knows_counts_with_its_name),
        cmocka_unit_test(a_plan_comes_back_from_its_file),
        cmocka_unit_test(a_parameter_that_names_a_file_counts_by_what_is_in_it),
        cmocka_unit_test(a_parameter_that_names_no_file_is_told_by_the_plan),
        cmocka_unit_test(a_segment_cut_off_at_any_byte_of_its_last_line_loses_that_line_alone),
        cmocka_unit_test(small_data_sets_share_a_haul_or_have_one_each),
        cmocka_unit_test(what_a_process_costs_is_measured),
        cmocka_unit_test(a_torn_line_does_not_spoil_the_failure_behind_it),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
