/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * book.c - a damaged book: opened, loaded, taken back, always with an answer or a told error.
 *
 * An input that begins as SQLite does is the file itself. Any other is damage to a good book: records of five bytes,
 * where (three, modulo its size), how (put, exclusive or, cut off there) and with what.
 *
 * One input in eight is a file, and the import in it is taken back. The others are opened in memory, which is faster by
 * what 130 system calls cost; there is no log beside such a book.
 */
#include "base/base.h"
#include "fuzz/target.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <kith/kith.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *folder, *path, *good;
static gsize good_size;

static void
fill(kith_builder *b, kith_source *source)
{
    kith_fact fact = KITH_FACT_INIT;

    kith_builder_begin(b, source, "hand");
    fact.kind = KITH_REFERRED;
    fact.from = kith_builder_mention(b, KITH_PERSON);
    fact.to = kith_builder_mention(b, KITH_PERSON);
    kith_builder_name(b, fact.from, "Ana Abara");
    kith_builder_identify(b, fact.from, KITH_ID_EMAIL, "ana@example.org");
    kith_builder_attribute(b, fact.from, "town", "Tidewell");
    kith_builder_names(b, fact.to, "Bo", "Chen");
    fact.when = 19000 * KITH_DAY;
    fact.precision = KITH_PRECISION_DAY;
    kith_builder_fact(b, &fact, NULL);
    kith_builder_fact_attribute(b, "said", "hello");
    kith_builder_end(b, NULL);
}

static void
make_good(void)
{
    static const char bytes[] = "made by hand";
    const char *shared = g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir();
    kith_source *source = kith_source_from_memory("hand.csv", bytes, sizeof bytes - 1);
    kith_builder *b = kith_builder_new();
    kith_book *book = NULL;

    folder = g_build_filename(shared, "kith-fuzz-XXXXXX", NULL);
    if (!g_mkdtemp(folder))
        abort();
    path = g_build_filename(folder, "a.kith", NULL);
    fill(b, source);
    if (kith_book_open(path, true, &book, NULL) != KITH_OK ||
        kith_book_add(book, b, NULL) != KITH_OK)
        abort();
    kith_book_free(book);
    kith_builder_free(b);
    kith_source_free(source);
    if (!g_file_get_contents(path, &good, &good_size, NULL) || truncate(path, 0) != 0)
        abort();
}

static void
clean_up(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_autofree char *file = g_strconcat(path, ends[i], NULL);

        unlink(file);
    }
}

static void
leave(void)
{
    clean_up();
    rmdir(folder);
    g_free(folder);
    g_free(path);
    g_free(good);
}

/* @return how long the damaged book is */
static gsize
damage(char *book, const uint8_t *bytes, size_t size)
{
    gsize length = good_size;

    for (; size >= 5; bytes += 5, size -= 5) {
        gsize at = ((gsize)bytes[0] << 16 | (gsize)bytes[1] << 8 | bytes[2]) % good_size;

        if (bytes[3] % 8 == 7)
            length = MIN(length, at);
        else if (bytes[3] % 2)
            book[at] ^= (char)bytes[4];
        else
            book[at] = (char)bytes[4];
    }
    return length;
}

static void
use(bool undo)
{
    kith_build_options options = {.as_of = KITH_TIME_NONE, .today = INT64_C(20000) * KITH_DAY};
    kith_builder *b = kith_builder_new();
    kith_book *book = NULL;
    kith_graph *graph = NULL;
    kith_error err = {0};
    kith_status status = kith_book_open(path, false, &book, &err);

    if (status == KITH_OK)
        status = kith_book_load(book, b, &err);
    if (status == KITH_OK)
        status = kith_builder_build(b, &options, &graph, &err);
    if (status == KITH_OK && undo)
        status = kith_book_undo_last(book, &err);
    g_assert(status == KITH_OK || (err.message[0] && !strchr(err.message, '\n')));
    kith_graph_free(graph);
    kith_builder_free(b);
    kith_book_free(book);
}

static void
on_disk(const char *book, gsize length)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (file < 0 || write(file, book, length) != (ssize_t)length || close(file) != 0)
        abort();
    use(true);
    clean_up();
    close(open(path, O_WRONLY | O_CREAT,
               0600)); /* there is one to look for when the next is in memory */
}

/* SQLite's own place for files in memory, where all who open one name have one file. */
static void
in_memory(const char *book, gsize length)
{
    sqlite3_vfs *memory = sqlite3_vfs_find("memdb"), *disk = sqlite3_vfs_find(NULL);
    g_autofree sqlite3_file *file = g_malloc0((gsize)memory->szOsFile);

    if (memory->xOpen(memory, path, file,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB,
                      NULL) != SQLITE_OK ||
        file->pMethods->xWrite(file, book, (int)length, 0) != SQLITE_OK)
        abort();
    sqlite3_vfs_register(memory, 1);
    use(false);
    sqlite3_vfs_register(disk, 1);
    file->pMethods->xClose(file);
}

/* What an input makes of a good book, or the book that it is. @return yours */
static char *
book_of(const uint8_t *bytes, size_t size, bool has_log, gsize *length)
{
    char *book;

    *length = size;
    if (size >= 15 && memcmp(bytes, "SQLite format 3", 15) == 0)
        return g_memdup2(bytes, size);
    book = g_memdup2(good, good_size);
    if (!has_log)
        book[18] = book[19] = 1; /* the versions that write and read it */
    *length = damage(book, bytes, size);
    return book;
}

static void
try_book(const uint8_t *bytes, size_t size, bool disk)
{
    gsize length;
    g_autofree char *book = book_of(bytes, size, disk, &length);

    if (disk)
        on_disk(book, length);
    else
        in_memory(book, length);
}

void
fuzz_book(const uint8_t *bytes, size_t size)
{
    bool disk = fuzz_goes(bytes, size, 0, 8);

    if (!good) {
        make_good();
        atexit(leave);
    }
    if (disk)
        try_book(bytes, size, true);
    if (!disk || fuzz_thorough)
        try_book(bytes, size, false);
}
