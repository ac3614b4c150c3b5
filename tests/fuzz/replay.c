/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * replay.c - runs a fuzz target over files instead of a fuzzer's inventions: replay IMPORTER FILE|FOLDER…
 *
 * So that every compiler, and `meson test` with it, sees the corpus.
 */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>

const char *fuzz_importer = "";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int
run_file(const char *path)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize size;

    if (!g_file_get_contents(path, &bytes, &size, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    fprintf(stderr, "%s (%zu bytes)\n", path, (size_t)size);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
    return 0;
}

static int
run_folder(const char *path, int *files)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    int failed = 0;

    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        failed |= run_file(file);
        ++*files;
    }
    return failed;
}

int
main(int argc, char **argv)
{
    int failed = 0, files = 0;

    if (argc > 1)
        fuzz_importer = argv[1];
    for (int i = 2; i < argc; i++) {
        if (g_file_test(argv[i], G_FILE_TEST_IS_DIR)) {
            failed |= run_folder(argv[i], &files);
        } else {
            failed |= run_file(argv[i]);
            files++;
        }
    }
    /* An empty corpus would look like a passed test. */
    return failed || files == 0;
}
