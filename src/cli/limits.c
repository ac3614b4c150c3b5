/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.c - `kith limits`: how large input may be, and how to allow more. */
#include "cli/output.h"
#include "cli/verbs.h"

static const kith_column columns[] = {
    {"name", KITH_CELL_TEXT, "", "as --limit knows it"},
    {"value", KITH_CELL_INT, "", "what is allowed now"},
    {"usual", KITH_CELL_INT, "", "what is allowed without --limit"},
    {"unit", KITH_CELL_TEXT, "", "of the value"},
    {"about", KITH_CELL_TEXT, "", "what is limited"},
};

static void
tell(kith_table *t)
{
    kith_limit_info limit;

    for (int64_t i = 0; kith_limit_at(i, &limit); i++) {
        kith_table_row(t);
        kith_table_set_text(t, 0, limit.name);
        kith_table_set_int(t, 1, limit.value);
        kith_table_set_int(t, 2, limit.usual);
        kith_table_set_text(t, 3, limit.unit);
        kith_table_set_text(t, 4, limit.about);
    }
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    kith_answer *answer = kith_answer_new(v->name);
    kith_document *document = kith_document_new(v->name, NULL);
    kith_status status;

    kith_document_add(document, answer);
    if (a->n_files) {
        status = kith_fail(err, KITH_ERR_ARGUMENT, "limits reads no file, found '%s'", a->files[0]);
    } else {
        tell(kith_answer_table(answer, "limits", columns, sizeof columns / sizeof *columns));
        kith_answer_note(answer, "--limit name=value changes one for one command, as in "
                                 "--limit columns=20000,json=1G");
        status = output_write(document, &a->global, "text", err);
    }
    kith_document_free(document);
    return status;
}

const verb verb_limits = {
    .name = "limits",
    .group = "your data",
    .summary = "how large input may be, and how to allow more",
    .details = "Files come from strangers and by accident, so every size that a file controls has "
               "a limit. What exceeds "
               "one is an error with its place, never a hang or a crash. --limit changes limits "
               "for one command.",
    .example = "limits --limit columns=20000",
    .run = run,
};
