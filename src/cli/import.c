/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * import.c - `kith import`: files into a book, with an account of every file and every row held
 * back.
 *
 * Each file goes in whole or not at all; one that fails leaves what came before it in the book and
 * stops the command.
 */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEEPEST 16                /* folders within folders */
#define LARGE (INT64_C(24) << 20) /* bytes of a book that is not counted any more */

struct import_options {
    const char *into;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct import_options, into, 0, "BOOK", NULL, true,
                     "the book to add to; made when there is none"),
    KITH_OPTION_END,
};

static const kith_column file_columns[] = {
    {"file", KITH_CELL_TEXT, "", "what was read"},
    {"importer", KITH_CELL_TEXT, "", "the format it was recognised as"},
    {"state", KITH_CELL_TEXT, "", "imported, already there, refused or not recognised"},
    {"records", KITH_CELL_INT, "records", "rows, cards, events, ties listed"},
    {"held", KITH_CELL_INT, "records", "records that made no tie, each with its reason (-v)"},
    {"warnings", KITH_CELL_INT, "", "oddities told"},
    {"people", KITH_CELL_INT, "", "times a person is spoken of"},
    {"facts", KITH_CELL_INT, "facts", "ties taken down"},
    {"read_as", KITH_CELL_TEXT, "", "encoding, separator and order of dates, where they apply"},
};
enum { FILE_, IMPORTER, STATE, RECORDS, HELD, WARNINGS, PEOPLE, FACTS, READ_AS };

static const kith_column held_columns[] = {
    {"file", KITH_CELL_TEXT, "", "where"},
    {"line", KITH_CELL_INT, "", "line of the record"},
    {"reason", KITH_CELL_TEXT, "",
     "why it made no tie, what was odd about it, or why the file was not taken"},
    {"kind", KITH_CELL_TEXT, "", "held back, warning, or refused: the whole file"},
};

static const kith_column count_columns[] = {
    {"kind", KITH_CELL_TEXT, "", "kind of node"},
    {"before", KITH_CELL_INT, "nodes", "in the book before"},
    {"after", KITH_CELL_INT, "nodes", "in the book now"},
};

struct importing {
    kith_book *book; /* NULL until there is something to put into a new one */
    kith_table *files, *held;
    const char *path;          /* of the book */
    const char *const *beside; /* the files given together, or those of a folder */
    bool verbose, quiet;
    int64_t people;   /* mentions of persons in what was imported */
    kith_error owner; /* why --me could not be kept */
    int64_t hidden;   /* entries of folders whose names begin with a dot */
};

static void
hear(void *payload, bool held, const char *source, int64_t line, int64_t column, const char *reason)
{
    struct importing *in = payload;

    kith_table_row(in->held);
    kith_table_set_text(in->held, 0, source);
    kith_table_set_int(in->held, 1, line);
    kith_table_set_text(in->held, 2, reason);
    kith_table_set_text(in->held, 3, held ? "held back" : "warning");
    if (in->verbose && !in->quiet)
        terminal_warning(source, line, column, reason);
}

/* A file of a folder or an archive that cannot be taken is listed with its reason; the others go on. */
static void
tell_refused(struct importing *in, const char *path, const kith_error *why)
{
    kith_table_row(in->files);
    kith_table_set_text(in->files, FILE_, path);
    kith_table_set_text(in->files, STATE,
                        why->status == KITH_ERR_FORMAT ? "not recognised" : "refused");
    kith_table_row(in->held);
    kith_table_set_text(in->held, 0, path);
    kith_table_set_int(in->held, 1, why->line);
    kith_table_set_text(in->held, 2, why->message);
    kith_table_set_text(in->held, 3, "refused");
}

static void
finished(void *payload, const kith_load_report *r)
{
    struct importing *in = payload;

    if (r->refused) {
        tell_refused(in, r->file, r->refused);
        return;
    }
    kith_table_row(in->files);
    kith_table_set_text(in->files, FILE_, r->file);
    if (r->importer)
        kith_table_set_text(in->files, IMPORTER, r->importer);
    kith_table_set_text(in->files, STATE,
                        r->skipped     ? "already there"
                        : !r->importer ? "not recognised"
                                       : "imported");
    kith_table_set_int(in->files, RECORDS, r->records);
    kith_table_set_int(in->files, HELD, r->held);
    kith_table_set_int(in->files, WARNINGS, r->warnings);
    kith_table_set_int(in->files, PEOPLE, r->people);
    kith_table_set_int(in->files, FACTS, r->facts);
    if (r->read_as && *r->read_as)
        kith_table_set_text(in->files, READ_AS, r->read_as);
    in->people += r->people;
}

static bool
known(void *payload, const char *sha256, const char *importer)
{
    struct importing *in = payload;
    bool there = false;

    return in->book && (importer || !sha256) &&
           kith_book_has(in->book, sha256, importer, &there, NULL) == KITH_OK && there;
}

/* Trouble with one file of a folder, that the others do not share. */
static bool
is_its_own(kith_status status)
{
    return status == KITH_ERR_PARSE || status == KITH_ERR_FORMAT || status == KITH_ERR_LIMIT ||
           status == KITH_ERR_IO;
}

static kith_status
open_book(struct importing *in, kith_error *err)
{
    kith_status status;

    if (in->book)
        return KITH_OK;
    status = kith_book_open(in->path, true, &in->book, err);
    if (status == KITH_OK)
        kith_book_group(in->book);
    return status;
}

/* A book is made when there is something to put into it, so that a first file that is refused leaves none; where none can be
 * made, that is told before a long file is read. */
static kith_status
open_what_is_there(struct importing *in, kith_error *err)
{
    char folder[4096];
    const char *slash = strrchr(in->path, '/');
    int length = slash ? (int)(slash - in->path + 1) : 2;

    snprintf(folder, sizeof folder, "%.*s", length, slash ? in->path : "./");
    if (access(in->path, F_OK) != 0 && access(folder, W_OK | X_OK) == 0)
        return KITH_OK;
    return open_book(in, err);
}

/* One file: into a builder of its own, then into the book in one transaction.
 * @param inside whether a folder holds it: then it may be refused, and the others go on */
static kith_status
import_one(struct importing *in, const char *path, bool inside, const arguments *a, kith_error *err)
{
    kith_load_options load = workspace_load_options(&a->global);
    kith_builder *builder = kith_builder_new();
    progress bar = progress_start("reading", a->global.quiet);
    kith_error why = {0};
    kith_status status;

    load.import.rows = true; /* a book holds rows */
    load.watcher = progress_bytes;
    load.watched = &bar;
    load.finished = finished;
    load.listener = hear;
    load.known = known;
    load.payload = in;
    load.import.beside = in->beside;
    terminal_expect_memory(&path, 1);
    status = kith_load(path, &load, builder, &why);
    progress_end(&bar);
    if (inside && is_its_own(status)) {
        tell_refused(in, path, &why);
        status = KITH_OK;
    } else if (status != KITH_OK)
        *err = why;
    else if (kith_builder_mentions(builder) && (status = open_book(in, err)) == KITH_OK)
        status = kith_book_add(in->book, builder, err);
    kith_builder_free(builder);
    return status;
}

static kith_status
book_graph(kith_book *book, const arguments *a, kith_graph **out, kith_error *err)
{
    kith_builder *builder = kith_builder_new();
    char *owner = NULL;
    kith_status status = kith_book_load(book, builder, err);

    if (status == KITH_OK)
        status = kith_book_setting(book, "owner", &owner, err);
    if (status == KITH_OK)
        status = workspace_build(builder, &a->global, owner, out, err);
    free(owner);
    kith_builder_free(builder);
    return status;
}

static void
count_nodes(const kith_graph *graph, int64_t out[KITH_NODE_KINDS])
{
    for (int k = 0; k < KITH_NODE_KINDS; k++)
        out[k] = graph ? kith_graph_count(graph, (kith_node_kind)k) : 0;
}

static void
tell_counts(kith_answer *answer, const struct importing *in, const int64_t before[KITH_NODE_KINDS],
            const kith_graph *graph)
{
    kith_table *t = kith_answer_table(answer, "counts", count_columns, 3);
    int64_t after[KITH_NODE_KINDS], made;

    count_nodes(graph, after);
    for (int k = 0; k < KITH_NODE_KINDS; k++) {
        kith_table_row(t);
        kith_table_set_text(t, 0, kith_node_kind_name((kith_node_kind)k));
        kith_table_set_int(t, 1, before[k]);
        kith_table_set_int(t, 2, after[k]);
    }
    made = after[KITH_PERSON] - before[KITH_PERSON];
    if (in->people)
        kith_answer_note(
            answer,
            "people are spoken of %lld times: %lld new ones were made, the other mentions "
            "are of people already there",
            (long long)in->people, (long long)made);
    if (in->hidden)
        kith_answer_note(answer, "hidden files and folders that were not looked at: %lld",
                         (long long)in->hidden);
    if (kith_book_left_out(in->book))
        kith_answer_note(answer,
                         "%lld mentions left out: of people whom this book was told to forget",
                         (long long)kith_book_left_out(in->book));
    if (kith_graph_owner(graph) < 0)
        kith_answer_note(answer, "no file says who 'me' is; --me WHO does");
    else if (!kith_graph_name_at(graph, kith_graph_owner(graph), 0))
        kith_answer_note(answer,
                         "the owner of these files has no name yet; --me WHO says who it is");
    else
        kith_answer_note(answer, "'me' is %s", kith_graph_label(graph, kith_graph_owner(graph)));
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static kith_status import_path(struct importing *in, const char *path, bool inside, int depth,
                               const arguments *a, kith_error *err);

/* The paths of a folder's entries in the order of names, hidden ones left out; NULL at the end. @return NULL when it
 * cannot be read; else yours, free_paths() */
static char **
list_folder(struct importing *in, const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, NULL, by_name), kept = 0;
    char **paths = n < 0 ? NULL : calloc((size_t)n + 1, sizeof *paths);

    for (int i = 0; i < n; i++) {
        size_t size = strlen(folder) + strlen(entries[i]->d_name) + 2;

        in->hidden += entries[i]->d_name[0] == '.' && strcmp(entries[i]->d_name, ".") != 0 &&
                      strcmp(entries[i]->d_name, "..") != 0;
        if (paths && entries[i]->d_name[0] != '.' && (paths[kept] = malloc(size)) != NULL)
            snprintf(paths[kept++], size, "%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return paths;
}

static void
free_paths(char **paths)
{
    for (char **p = paths; *p; p++)
        free(*p);
    free(paths);
}

static kith_status
import_folder(struct importing *in, const char *folder, int depth, const arguments *a,
              kith_error *err)
{
    const char *const *outside = in->beside;
    char **paths = list_folder(in, folder);
    kith_status status = KITH_OK;

    if (!paths)
        return kith_fail(err, KITH_ERR_IO, "cannot read the folder %s: %s", folder,
                         strerror(errno));
    for (char **p = paths; *p && status == KITH_OK; p++) {
        in->beside = (const char *const *)paths;
        status = import_path(in, *p, true, depth + 1, a, err);
    }
    in->beside = outside;
    free_paths(paths);
    return status;
}

/* Whether a file of a folder is the book itself, or one that SQLite keeps beside it. */
static bool
is_the_book(const struct importing *in, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    struct stat about, book;
    char name[4096];

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(name, sizeof name, "%s%s", in->path, ends[i]);
        if (lstat(path, &about) == 0 && stat(name, &book) == 0 && about.st_dev == book.st_dev &&
            about.st_ino == book.st_ino)
            return true;
    }
    return false;
}

/* What is no file is listed as well, so that nothing in a folder is passed over in silence. */
static kith_status
leave_out(struct importing *in, const char *path, const char *reason)
{
    kith_error why = {0};

    kith_fail(&why, KITH_ERR_PARSE, "%s", reason);
    tell_refused(in, path, &why);
    return KITH_OK;
}

static kith_status
import_path(struct importing *in, const char *path, bool inside, int depth, const arguments *a,
            kith_error *err)
{
    struct stat about = {0};

    if (strcmp(path, "-") != 0 && lstat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return depth < DEEPEST ? import_folder(in, path, depth, a, err)
                               : leave_out(in, path, "a folder too deep within others");
    if (inside && is_the_book(in, path))
        return KITH_OK;
    if (inside && about.st_mode && !S_ISREG(about.st_mode))
        return leave_out(in, path, "a link or device");
    return import_one(in, path, inside, a, err);
}

/* Whose the book is can be asked only when the files are in it: if nobody or more than one is called so, the report is given
 * all the same. */
static kith_status
know_owner(struct importing *in, const arguments *a, kith_graph **graph, kith_error *err)
{
    arguments without = *a;
    kith_status status = book_graph(in->book, a, graph, a->global.me ? &in->owner : err);

    if (status == KITH_OK && a->global.me)
        return kith_book_set(in->book, "owner", a->global.me, err);
    without.global.me = NULL;
    return status != KITH_OK && a->global.me ? book_graph(in->book, &without, graph, err) : status;
}

/* A table of rows that is a mapping of its own grows by being moved, not copied: a million contacts take a tenth less. The
 * default learns from what is freed that large ones belong among the small. */
static void
grow_by_moving(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

/* Counting people means building the graph: minutes for a book of millions, so only smaller books are counted. */
static bool
is_large(const char *book)
{
    struct stat about;

    return stat(book, &about) == 0 && about.st_size > LARGE;
}

static kith_status
import_all(struct importing *in, const char *book, const arguments *a, kith_answer *answer,
           kith_graph **graph, kith_error *err)
{
    int64_t before[KITH_NODE_KINDS];
    kith_graph *old = NULL;
    arguments without = *a;
    kith_status status;

    without.global.me = NULL;
    status =
        !in->book || is_large(book) ? KITH_ERR_LIMIT : book_graph(in->book, &without, &old, NULL);
    count_nodes(status == KITH_OK ? old : NULL, before);
    kith_graph_free(old);
    status = KITH_OK;
    for (int i = 0; i < a->n_files && status == KITH_OK; i++)
        status = import_path(in, a->files[i], false, 0, a, err);
    if (status == KITH_OK)
        status = open_book(in, err);
    if (status == KITH_OK && is_large(book) && !a->global.me) {
        kith_answer_note(answer,
                         "a book this large is not counted after each import; kith info counts it");
        return KITH_OK;
    }
    if (status == KITH_OK)
        status = know_owner(in, a, graph, err);
    if (status == KITH_OK)
        tell_counts(answer, in, before, *graph);
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct import_options *o = a->own;
    kith_answer *answer = kith_answer_new(v->name);
    kith_document *document = kith_document_new(v->name, NULL);
    struct importing in = {.path = o->into,
                           .beside = a->files,
                           .verbose = a->global.verbose,
                           .quiet = a->global.quiet};
    kith_graph *graph = NULL;
    kith_status status;

    grow_by_moving();
    kith_document_add(document, answer);
    in.files = kith_answer_table(answer, "files", file_columns,
                                 sizeof file_columns / sizeof *file_columns);
    in.held = kith_answer_table(answer, "held", held_columns, 4);
    if (a->n_files == 0)
        status = kith_fail(err, KITH_ERR_ARGUMENT, "no file given (see --help)");
    else
        status = open_what_is_there(&in, err);
    if (status == KITH_OK)
        status = import_all(&in, o->into, a, answer, &graph, err);
    if (status == KITH_OK) {
        kith_answer_parameters(answer, v->options, o);
        if (graph)
            kith_answer_about(answer, graph, a->global.seed);
        status = output_write(document, &a->global, "text", err);
    }
    if (status == KITH_OK && in.owner.status != KITH_OK) {
        *err = in.owner;
        status = in.owner.status;
    }
    kith_document_free(document);
    kith_graph_free(graph);
    kith_book_free(in.book);
    return status;
}

const verb verb_import = {
    .name = "import",
    .group = "your data",
    .summary = "add files to a book",
    .details =
        "Recognises each file by its content, opens .gz .zst .bz2 .xz .zip as they are, and adds "
        "what it says to "
        "the book. The same file again changes nothing. Of a folder or an archive it takes all it "
        "recognises and lists the rest. With --me the book remembers who you are.",
    .example = "import --into town.kith --me \"Marta Kowalska\" datasets/tidewell/Connections.csv "
               "datasets/tidewell/attendance_list.csv",
    .options = options,
    .options_size = sizeof(struct import_options),
    .run = run,
};
