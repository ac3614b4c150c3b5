/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - `kith report`: the questions a reader has, asked one after the other into one
 * document. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <stdlib.h>

struct report_options {
    const char *title, *to, *of;
    int64_t top;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct report_options, title, 0, "TEXT", "Who knows whom", false,
                     "heading of the page"),
    KITH_OPTION_TEXT(struct report_options, to, 't', "WHO", NULL, false,
                     "add the warmest introductions to this person or firm"),
    KITH_OPTION_TEXT(struct report_options, of, 0, "WHO", NULL, false,
                     "add the customer layers of this firm or person"),
    KITH_OPTION_INT(struct report_options, top, 'n', "20", 1, 1e6, "how many influencers to list"),
    KITH_OPTION_END,
};

/* Runs a pass with these options (name, value, …, NULL) and adds its answer. "No answer" is an
 * answer here. */
static kith_status
add(kith_document *document, const kith_question *question, const char *name,
    const char *const *settings, kith_error *err)
{
    const kith_pass *pass = kith_pass_find(name);
    void *values = calloc(1, pass->options_size + 1);
    kith_answer *answer = NULL;
    kith_error why = {0};
    kith_status status = KITH_OK;

    kith_options_init(pass->options, values);
    for (; settings[0] && status == KITH_OK; settings += 2)
        if (settings[1])
            status = kith_options_set(pass->options, values, settings[0], settings[1], &why);
    if (status == KITH_OK)
        status = kith_ask(pass, question, values, &answer, &why);
    if (answer) {
        if (status == KITH_ERR_NOT_FOUND)
            kith_answer_note(answer, "%s", why.message);
        kith_document_add(document, answer);
        status = KITH_OK;
    }
    if (status != KITH_OK && err && err->status == KITH_OK)
        *err = why;
    free(values);
    return status;
}

static kith_status
ask_all(kith_document *document, const kith_question *q, const struct report_options *o,
        kith_error *err)
{
    char top[32];
    kith_status status = KITH_OK;

    kith_option_text(kith_options_find(options, "top"), o, top, sizeof top);
    if (o->to)
        status = add(document, q, "intro", (const char *const[]){"to", o->to, NULL}, err);
    if (status == KITH_OK)
        status = add(document, q, "influencers", (const char *const[]){"top", top, NULL}, err);
    if (status == KITH_OK && o->of)
        status = add(document, q, "layers", (const char *const[]){"of", o->of, NULL}, err);
    if (status == KITH_OK)
        status = add(document, q, "info", (const char *const[]){NULL}, err);
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    const struct report_options *o = a->own;
    progress bar = progress_start(v->name, a->global.quiet);
    workspace w;
    kith_status status = workspace_open(a, &w, err);

    if (status == KITH_OK) {
        kith_document *document = kith_document_new(o->title, w.graph);
        kith_question question = {.graph = w.graph,
                                  .constants = w.constants,
                                  .seed = a->global.seed,
                                  .threads = a->global.threads,
                                  .progress = progress_tick,
                                  .payload = &bar};

        status = ask_all(document, &question, o, err);
        progress_end(&bar);
        if (status == KITH_OK)
            status = output_write(document, &a->global, "html", err);
        kith_document_free(document);
    }
    workspace_clear(&w);
    return status;
}

const verb verb_report = {
    .name = "report",
    .group = "out",
    .summary = "all of it for a reader: one page that works offline, on a phone, printed",
    .details = "Writes one self-contained HTML file: headline answers in plain words, then the "
               "tables behind them, then how "
               "they were made. It makes no request to any network.",
    .example = "report -o report.html --to \"Olga Petrova\" datasets/tidewell/Connections.csv",
    .options = options,
    .options_size = sizeof(struct report_options),
    .run = run,
};
