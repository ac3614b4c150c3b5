/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "model/graph.h"
#include "support/dump.h"
#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <kith/load.h>
#include <kith/processors.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ANN "Name,Email\nAnn Lee,ann@example.org\n"
#define BO "Name,Email\nBo Chen,bo@example.org\n"
/* Two nodes and a tie before the file breaks off. */
#define HALF                                                                                       \
    "graph [ node [ id 1 label \"Cleo\" ] node [ id 2 ] edge [ source 1 target 2 ] node [ id"

static char *folder;

/* A zip of (name, content) pairs up to NULL. @return yours */
static char *
zip(const char *file, const char *const *members)
{
    char *path = g_build_filename(folder, file, NULL);
    struct archive *a = archive_write_new();

    archive_write_set_format_zip(a);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (; *members; members += 2) {
        struct archive_entry *entry = archive_entry_new();

        archive_entry_set_pathname(entry, members[0]);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        archive_entry_set_size(entry, (la_int64_t)strlen(members[1]));
        archive_write_header(a, entry);
        archive_write_data(a, members[1], strlen(members[1]));
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return path;
}

static void
take_down(void *payload, const kith_load_report *r)
{
    g_string_append_printf(payload, "%s %s\n", strchr(r->file, '!') + 1,
                           r->refused    ? r->refused->message
                           : r->importer ? r->importer
                                         : "unknown");
}

struct loaded {
    kith_status status;
    kith_error err;
    char *told, *graph; /* what became of each member; what came in */
};

static struct loaded
load(const char *path, const kith_load_options *like)
{
    g_autoptr(kith_builder) builder = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    GString *told = g_string_new(NULL);
    kith_load_options options = *like;
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    struct loaded out = {0};

    options.payload = told;
    out.status = kith_load(path, &options, builder, &out.err);
    out.told = g_string_free(told, FALSE);
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    out.graph = dump_graph(graph);
    g_unlink(path);
    return out;
}

static void
loaded_clear(struct loaded *in)
{
    g_free(in->told);
    free(in->graph);
}

static const kith_load_options listening = {.finished = take_down};

static void
an_archive_gives_what_can_be_read_and_tells_the_rest(void **state)
{
    const char *some[] = {"a.csv", ANN, "half.gml", HALF, "logo.png", "\x89PNG\r\n\x1a\n",
                          "z.csv", BO,  NULL};
    const char *good[] = {"a.csv", ANN, "z.csv", BO, NULL};
    g_autofree char *path = zip("x.zip", some), *same = NULL;
    struct loaded in = load(path, &listening), only;

    (void)state;
    assert_int_equal(in.status, KITH_OK);
    assert_string_equal(in.told, "a.csv contacts-csv\n"
                                 "half.gml found the end of the file (expected a value)\n"
                                 "logo.png unknown\n"
                                 "z.csv contacts-csv\n");
    /* Of the one that failed not a row is left. */
    same = zip("x.zip", good);
    only = load(same, &listening);
    assert_string_equal(in.graph, only.graph);
    loaded_clear(&in);
    loaded_clear(&only);
}

static void
a_member_that_nobody_hears_of_fails_the_archive(void **state)
{
    const char *members[] = {"a.csv", ANN, "half.gml", HALF, NULL};
    g_autofree char *path = zip("x.zip", members), *again = NULL;
    struct loaded in = load(path, &(kith_load_options){0});

    (void)state;
    assert_int_equal(in.status, KITH_ERR_PARSE);
    loaded_clear(&in);
    again = zip("x.zip", members);
    in = load(again, &(kith_load_options){.finished = take_down, .strict = true});
    assert_int_equal(in.status, KITH_ERR_PARSE);
    assert_non_null(strstr(in.err.source, "x.zip!half.gml"));
    loaded_clear(&in);
}

static void
an_archive_of_which_nothing_can_be_taken_fails_with_the_first_reason(void **state)
{
    const char *members[] = {"half.gml", HALF, "other.gml", "graph [ node [", NULL};
    g_autofree char *path = zip("x.zip", members);
    struct loaded in = load(path, &listening);

    (void)state;
    assert_int_equal(in.status, KITH_ERR_PARSE);
    assert_non_null(strstr(in.err.source, "x.zip!half.gml"));
    assert_string_equal(in.err.message, "found the end of the file (expected a value)");
    loaded_clear(&in);
}

/* Makes the first byte of a deflated member one that begins a block of no known kind. */
static void
spoil(const char *path, const char *member)
{
    g_autofree char *bytes = NULL;
    size_t length = strlen(member), at = 30;
    gsize size;

    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    while (at + length < size && memcmp(bytes + at, member, length) != 0)
        at++;
    assert_memory_equal(bytes + at - 30, "PK\3\4", 4);
    bytes[at + length + (size_t)(guchar)bytes[at - 2] + ((size_t)(guchar)bytes[at - 1] << 8)] =
        (char)0xff;
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
}

static void
a_damaged_member_does_not_hide_those_behind_it(void **state)
{
    const char *members[] = {"a.csv", ANN, "m.csv", ANN ANN, "z.csv", BO, NULL};
    g_autofree char *path = zip("x.zip", members);
    struct loaded in;

    (void)state;
    spoil(path, "m.csv");
    in = load(path, &listening);
    assert_int_equal(in.status, KITH_OK);
    assert_true(g_str_has_prefix(in.told, "a.csv contacts-csv\nm.csv damaged in the archive: "));
    assert_true(g_str_has_suffix(in.told, "z.csv contacts-csv\n"));
    assert_non_null(strstr(in.graph, "Ann Lee"));
    assert_non_null(strstr(in.graph, "Bo Chen"));
    loaded_clear(&in);
}

static bool
all_known(void *payload, const char *sha256, const char *importer)
{
    (void)payload;
    (void)sha256;
    return importer != NULL;
}

static void
what_the_book_has_from_an_archive_is_left_out(void **state)
{
    const char *members[] = {"a.csv", ANN, "z.csv", BO, NULL};
    g_autofree char *path = zip("x.zip", members);
    struct loaded in = load(path, &(kith_load_options){.finished = take_down, .known = all_known});

    (void)state;
    assert_int_equal(in.status, KITH_OK);
    assert_null(strstr(in.graph, "Ann Lee"));
    loaded_clear(&in);
}

static int
threads_now(void)
{
    g_autofree char *status = NULL;

    assert_true(g_file_get_contents("/proc/self/status", &status, NULL, NULL));
    return atoi(strstr(status, "Threads:") + strlen("Threads:"));
}

static bool
look_at_threads(void *most, int64_t done, int64_t total)
{
    int *n = most;

    (void)done;
    (void)total;
    *n = MAX(*n, threads_now());
    return true;
}

/* Most threads while a long table is read. */
static int
threads_of_a_load(const char *path)
{
    g_autoptr(kith_builder) builder = kith_builder_new();
    int most = 0;
    kith_load_options options = {.watcher = look_at_threads, .watched = &most, .import.rows = true};
    kith_error err = {0};

    assert_int_equal(kith_load(path, &options, builder, &err), KITH_OK);
    assert_true(kith_builder_mentions(builder) >= 60000);
    return most;
}

static void
one_processor_means_one_thread(void **state)
{
    g_autofree char *path = g_build_filename(folder, "long.csv", NULL);
    g_autoptr(GString) text = g_string_new("Name,Email\n");
    int alone = threads_now();

    (void)state;
    for (int i = 0; i < 60000; i++)
        g_string_append_printf(text, "Given%d Family%d,person%d@firm%d.example\n", i, i, i,
                               i % 977);
    assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    kith_processors_use(1);
    assert_int_equal(threads_of_a_load(path), alone);
    kith_processors_use(2);
    assert_true(threads_of_a_load(path) > alone);
    kith_processors_use(0);
    g_unlink(path);
}

static int
setup(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("kith-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static int
teardown(void **state)
{
    (void)state;
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_gives_what_can_be_read_and_tells_the_rest),
        cmocka_unit_test(a_member_that_nobody_hears_of_fails_the_archive),
        cmocka_unit_test(an_archive_of_which_nothing_can_be_taken_fails_with_the_first_reason),
        cmocka_unit_test(a_damaged_member_does_not_hide_those_behind_it),
        cmocka_unit_test(what_the_book_has_from_an_archive_is_left_out),
        cmocka_unit_test(one_processor_means_one_thread),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
