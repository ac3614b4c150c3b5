/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ask.c - a verb that is one question: load, ask, write. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <string.h>

/* A verb's flag named after a report asks for it, unless --format or the file's name does. */
static const char *
format_of(const verb *v, const arguments *a)
{
    const kith_option *flag = kith_options_find(v->options, "ics");
    char text[8];

    return flag && strcmp(kith_option_text(flag, a->own, text, sizeof text), "yes") == 0 ? "ics"
                                                                                         : "text";
}

kith_status
ask_run(const verb *v, const arguments *a, kith_error *err)
{
    progress bar = progress_start(v->name, a->global.quiet);
    workspace w;
    kith_answer *answer = NULL;
    kith_document *document = NULL;
    kith_status status = workspace_open(a, &w, err), written = KITH_OK;

    if (status == KITH_OK) {
        kith_question question = {.graph = w.graph,
                                  .constants = w.constants,
                                  .seed = a->global.seed,
                                  .threads = a->global.threads,
                                  .weighted = a->global.weight && *a->global.weight,
                                  .progress = progress_tick,
                                  .payload = &bar};

        status = kith_ask(v->pass, &question, a->own, &answer, err);
        progress_end(&bar);
    }
    if (answer) {
        document = kith_document_new(v->name, w.graph);
        kith_document_add(document, answer);
        written = output_write(document, &a->global, format_of(v, a), err);
    }
    kith_document_free(document);
    workspace_clear(&w);
    return written != KITH_OK ? written : status;
}
