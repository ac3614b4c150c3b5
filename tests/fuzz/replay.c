/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.c - feeds files to the fuzz targets instead of a fuzzer's inventions: replay CORPUS FIXTURES
 *
 * So that every compiler, and `meson test` with it, sees them: of CORPUS each target gets the folder of its name, of
 * FIXTURES all of them get every file.
 */
#include "fuzz/target.h"
#include <glib.h>
#include <stdio.h>

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

int
main(int argc, char **argv)
{
    int failed = 0;

    if (argc != 3)
        return 2;
    fuzz_thorough = true;
    for (size_t i = 0; fuzz_name(i); i++) {
        g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *own = g_build_filename(argv[1], fuzz_name(i), NULL);

        find_files(own, files);
        find_files(argv[2], files);
        /* An empty corpus would look like a passed test. */
        failed |= files->len == 0;
        for (guint f = 0; f < files->len; f++)
            failed |= run_file(fuzz_name(i), g_ptr_array_index(files, f));
    }
    return failed;
}
