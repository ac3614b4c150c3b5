/* SPDX-License-Identifier: GPL-3.0-or-later */
/* undo.c - `kith undo`: takes back the last decision or import of a book, whichever is newer. */
#include "cli/output.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const kith_column columns[] = {
    {"kind", KITH_CELL_TEXT, "", "decision or import"},
    {"what", KITH_CELL_TEXT, "", "the file that was imported, or how many decisions"},
};

static void
row(kith_table *t, const char *kind, const char *what)
{
    kith_table_row(t);
    kith_table_set_text(t, 0, kind);
    kith_table_set_text(t, 1, what);
}

static void
tell(kith_answer *answer, const kith_undone *undone)
{
    kith_table *t = kith_answer_table(answer, "undone", columns, 2);
    char count[64];

    for (char *file = undone->files, *end; file; file = end ? end + 1 : NULL) {
        end = strchr(file, '\n');
        if (end)
            *end = '\0';
        row(t, "import", file);
    }
    if (!undone->decisions)
        return;
    snprintf(count, sizeof count, "%lld %s", (long long)undone->decisions,
             undone->decisions == 1 ? "entry of the log" : "entries of the log");
    row(t, "decision", count);
    kith_answer_note(answer, "they stay in the book's log, marked as taken back");
}

static kith_status
open_book(const arguments *a, kith_book **book, kith_error *err)
{
    const char *path = a->n_files ? a->files[0] : getenv("KITH_BOOK");

    if (!path || !*path || a->n_files > 1)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         a->n_files > 1 ? "one book at a time"
                                        : "no book given, and KITH_BOOK names none (see --help)");
    return kith_book_open(path, false, book, err);
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    kith_book *book = NULL;
    kith_undone undone = {0};
    kith_status status = open_book(a, &book, err);

    if (status == KITH_OK)
        status = kith_book_undo(book, &undone, err);
    if (status == KITH_OK) {
        kith_document *document = kith_document_new(v->name, NULL);
        kith_answer *answer = kith_answer_new(v->name);

        kith_document_add(document, answer);
        tell(answer, &undone);
        status = output_write(document, &a->global, "text", err);
        kith_document_free(document);
    }
    free(undone.files);
    kith_book_free(book);
    return status;
}

const verb verb_undo = {
    .name = "undo",
    .group = "your data",
    .summary = "take back the last decision or import of a book",
    .details = "Takes back whichever is newer: what one `kith duplicates` decided, or the last "
               "import with all it brought. Again: "
               "the one before. The book then answers exactly as it did before.",
    .example = "undo town.kith",
    .run = run,
};
