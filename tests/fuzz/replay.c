/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.c - feeds files to the fuzz targets instead of a fuzzer's inventions: replay FUZZ FIXTURES
 *
 * So that every compiler, and `meson test` with it, sees them: of FUZZ/corpus each target gets the folder of its name, of
 * FIXTURES all of them get every file. A target without files of its own or without a dictionary is a failure.
 */
#include "fuzz/target.h"
#include <glib.h>
#include <stdio.h>
#include <string.h>

static void
find_files(const char *path, GPtrArray *out)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    if (!folder) {
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            g_ptr_array_add(out, g_strdup(path));
        return;
    }
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        find_files(file, out);
    }
}

static int
run_file(const char *target, const char *path)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize size;

    if (!g_file_get_contents(path, &bytes, &size, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    fprintf(stderr, "%s: %s (%zu bytes)\n", target, path, (size_t)size);
    return fuzz_feed(target, (const uint8_t *)bytes, size) != 0;
}

/* FUZZ/dictionaries.tsv names a dictionary for each target. */
static bool
has_dictionary(const char *fuzz, const char *target)
{
    g_autofree char *list = g_build_filename(fuzz, "dictionaries.tsv", NULL), *text = NULL;
    g_auto(GStrv) line = NULL;

    if (!g_file_get_contents(list, &text, NULL, NULL))
        return false;
    line = g_strsplit(text, "\n", -1);
    for (size_t i = 0; line[i]; i++) {
        g_auto(GStrv) cell = g_strsplit(line[i], "\t", 2);
        g_autofree char *name = NULL, *path = NULL;

        if (g_strv_length(cell) != 2 || strcmp(cell[0], target) != 0)
            continue;
        name = g_strconcat(cell[1], ".dict", NULL);
        path = g_build_filename(fuzz, name, NULL);
        return g_file_test(path, G_FILE_TEST_IS_REGULAR);
    }
    return false;
}

static int
run_target(const char *fuzz, const char *fixtures, const char *target)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *own = g_build_filename(fuzz, "corpus", target, NULL);
    int failed;

    find_files(own, files);
    failed = files->len == 0 || !has_dictionary(fuzz, target);
    if (failed)
        fprintf(stderr, "%s: no corpus of its own, or no dictionary\n", target);
    find_files(fixtures, files);
    for (guint f = 0; f < files->len; f++)
        failed |= run_file(target, g_ptr_array_index(files, f));
    return failed;
}

int
main(int argc, char **argv)
{
    int failed = 0;

    if (argc != 3)
        return 2;
    fuzz_thorough = true;
    for (size_t i = 0; fuzz_name(i); i++)
        failed |= run_target(argv[1], argv[2], fuzz_name(i));
    return failed;
}
