/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - `kith report`: the questions a reader has, asked one after the other into one
 * document. */
#include "cli/output.h"
#include "cli/redact.h"
#include "cli/sections.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "cli/workspace.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct report_options {
    const char *title, *to, *of, *next, *map, *reader, *effort, *redact, *only;
    int64_t top;
    bool assume_opt_in;
};

static const kith_option options[] = {
    KITH_OPTION_TEXT(struct report_options, title, 0, "TEXT", "Who knows whom", false,
                     "heading of the page"),
    {.type = KITH_OPTION_TYPE_CHOICE,
     .name = "for",
     .offset = offsetof(struct report_options, reader),
     .fallback = "auto",
     .choices = READERS,
     .argument = "WHOM",
     .about =
         "who reads it: it decides which questions are answered, and in which order; auto goes "
         "by the data"},
    KITH_OPTION_TEXT(struct report_options, to, 't', "WHO", NULL, false,
                     "add the warmest introductions to this person or firm"),
    KITH_OPTION_TEXT(struct report_options, of, 0, "WHO", NULL, false,
                     "add the customer layers of this firm or person"),
    KITH_OPTION_TEXT(
        struct report_options, next, 0, "EVENT", NULL, false,
        "add who should meet whom at this event, among those who agreed to be matched"),
    KITH_OPTION_FLAG(struct report_options, assume_opt_in,
                     "with --next: take coming for agreeing to be matched"),
    KITH_OPTION_INT(struct report_options, top, 'n', "20", 1, 1e6, "how many influencers to list"),
    KITH_OPTION_CHOICE(struct report_options, map, "groups", "groups|full|none",
                       "what the live map of many people opens with: one bubble a group, everybody "
                       "(full), or no map at all"),
    KITH_OPTION_CHOICE(
        struct report_options, effort, "auto", "auto|full",
        "auto asks what takes long of a large network with fewer repetitions, and the "
        "page says which; full asks everything as its own verb does"),
    KITH_OPTION_TEXT(struct report_options, redact, 0, "FILE", NULL, false, REDACT_ABOUT),
    KITH_OPTION_CHOICE(struct report_options, only, "everybody", "everybody|permitted", ONLY_ABOUT),
    KITH_OPTION_END,
};

/* A page in the making. */
struct page {
    const struct report_options *o;
    const kith_question *question;
    kith_document *document;
    kith_answer *info; /* where what could not be answered is noted; the document's */
    bool events;       /* has had its section on events */
    bool told;         /* the document has the info, and frees it */
};

/* Sets options: name, value, …, NULL; a NULL value is the default. */
static kith_status
set_all(const kith_pass *pass, const char *const *settings, void *values, kith_error *err)
{
    kith_status status = KITH_OK;

    for (; settings[0] && status == KITH_OK; settings += 2)
        if (settings[1])
            status = kith_options_set(pass->options, values, settings[0], settings[1], err);
    return status;
}

/* What this page saves on: nothing when all is wanted in full. */
static const char *const *
thrift_of(const struct page *page, const kith_pass *pass)
{
    static const char *const nothing[] = {NULL};

    return strcmp(page->o->effort, "full") == 0
               ? nothing
               : sections_thrift(page->question->graph, pass->name);
}

/* Says with what less a question was asked than its own verb would have. */
static void
note_thrift(const struct page *page, const kith_pass *pass, const char *const *thrift)
{
    char text[256] = "";

    for (; thrift[0]; thrift += 2) {
        size_t used = strlen(text);

        snprintf(text + used, sizeof text - used, "%s%s %s", used ? ", " : "", thrift[0],
                 thrift[1]);
    }
    if (*text)
        kith_answer_note(page->info,
                         "this network is large, so %s was asked with %s; report --effort full, or "
                         "kith %s itself, takes its time",
                         pass->name, text, pass->name);
}

/* Asks a pass with these options, and with less effort than they say where the page saves on it. */
static kith_status
ask(const struct page *page, const kith_pass *pass, const char *const *settings, kith_answer **out,
    kith_error *err)
{
    void *values = calloc(1, pass->options_size + 1);
    const char *const *thrift = thrift_of(page, pass);
    kith_status status;

    kith_options_init(pass->options, values);
    status = set_all(pass, thrift, values, err);
    if (status == KITH_OK)
        status = set_all(pass, settings, values, err);
    if (status == KITH_OK)
        status = kith_ask(pass, page->question, values, out, err);
    free(values);
    return status;
}

/* Adds the answer to what the user named: there, "no answer" is an answer. */
static kith_status
add_named(const struct page *page, const kith_pass *pass, const char *const *settings,
          kith_error *err)
{
    kith_answer *answer = NULL;
    kith_error why = {0};
    kith_status status = ask(page, pass, settings, &answer, &why);

    if (answer) {
        if (status == KITH_ERR_NOT_FOUND)
            kith_answer_note(answer, "%s", why.message);
        kith_document_add(page->document, answer);
        return KITH_OK;
    }
    if (err && err->status == KITH_OK)
        *err = why;
    return status;
}

/* Adds the answer to a question that these data may or may not answer; if not, says so once. */
static kith_status
add_if_any(const struct page *page, const kith_pass *pass, const char *const *settings,
           kith_error *err)
{
    kith_answer *answer = NULL;
    kith_error why = {0};
    kith_status status = ask(page, pass, settings, &answer, &why);

    if (status == KITH_OK) {
        kith_document_add(page->document, answer);
        note_thrift(page, pass, thrift_of(page, pass));
        return KITH_OK;
    }
    kith_answer_free(answer);
    if (status == KITH_ERR_NOT_FOUND || status == KITH_ERR_ARGUMENT || status == KITH_ERR_LIMIT) {
        kith_answer_note(page->info, "no section on %s: %s", pass->name, why.message);
        return KITH_OK;
    }
    if (err && err->status == KITH_OK)
        *err = why;
    return status;
}

/* Whether a pass needs an option that nobody gave. */
static bool
lacks(const kith_pass *pass, const char *const *settings)
{
    for (const kith_option *o = pass->options; o->type != KITH_OPTION_TYPE_END; o++) {
        const char *const *s = settings;

        while (s[0] && strcmp(s[0], o->name) != 0)
            s += 2;
        if (o->required && !(s[0] && s[1]))
            return true;
    }
    return false;
}

/* What came of the events so far, and whom to bring together at the next. */
static kith_status
add_events(struct page *page, const kith_pass *pass, kith_error *err)
{
    const char *const nothing[] = {NULL};
    const char *const next[] = {"next", page->o->next, "assume_opt_in",
                                page->o->assume_opt_in ? "yes" : NULL, NULL};
    kith_status status = add_if_any(page, pass, nothing, err);

    page->events = true;
    return status == KITH_OK && page->o->next ? add_named(page, pass, next, err) : status;
}

static kith_status
add_section(struct page *page, const char *name, kith_error *err)
{
    const struct report_options *o = page->o;
    const kith_pass *pass = kith_pass_find(name);
    char top[32];
    const char *const to[] = {"to", o->to, NULL}, *const of[] = {"of", o->of, NULL};
    const char *const first[] = {"top", top, NULL}, *const nothing[] = {NULL};
    const char *const drawn[] = {"drawn", o->map, NULL};
    bool way = strcmp(name, "intro") == 0 || strcmp(name, "gatekeepers") == 0;
    bool depth = strcmp(name, "layers") == 0;
    const char *const *settings = way ? to : depth ? of : nothing;

    if (strcmp(name, "influencers") == 0) {
        kith_option_text(kith_options_find(options, "top"), o, top, sizeof top);
        settings = first;
    }
    if (strcmp(name, "map") == 0) {
        if (strcmp(o->map, "none") == 0)
            return KITH_OK;
        settings = drawn;
    }
    if (strcmp(name, "info") == 0) {
        kith_document_add(page->document, page->info);
        page->told = true;
        return KITH_OK;
    }
    if (!pass || lacks(pass, settings))
        return KITH_OK;
    if (strcmp(name, "events") == 0)
        return add_events(page, pass, err);
    if ((strcmp(name, "intro") == 0 && o->to) || (depth && o->of))
        return add_named(page, pass, settings, err);
    return add_if_any(page, pass, settings, err);
}

static kith_status
ask_all(struct page *page, kith_error *err)
{
    const char *reader = page->o->reader;
    const char *const nothing[] = {NULL}, *const all[] = {"top", "1000000000", NULL};
    const char *const *sections = sections_for(reader);
    kith_status status = ask(page, kith_pass_find("info"), nothing, &page->info, err);

    if (!sections)
        sections = sections_for(sections_reader(page->question->graph));
    for (; *sections && status == KITH_OK; sections++)
        status = add_section(page, *sections, err);
    if (status == KITH_OK && page->o->next && !page->events)
        status = add_section(page, "events", err);
    if (status == KITH_OK)
        status = add_if_any(page, kith_pass_find("ties"), all, err);
    if (!page->told)
        kith_answer_free(page->info);
    return status;
}

static kith_status
make(const arguments *a, const struct report_options *o, workspace *w, kith_error *err)
{
    progress bar = progress_start("report", a->global.quiet);
    kith_document *document = kith_document_new(o->title, w->graph);
    kith_question question = {.graph = w->graph,
                              .constants = w->constants,
                              .seed = a->global.seed,
                              .threads = a->global.threads,
                              .progress = progress_tick,
                              .payload = &bar};
    kith_status status = ask_all(&(struct page){o, &question, document, NULL, false, false}, err);

    progress_end(&bar);
    if (status == KITH_OK)
        status = output_write(document, &a->global, "html", err);
    kith_document_free(document);
    return status;
}

static kith_status
run(const verb *v, const arguments *a, kith_error *err)
{
    struct report_options o = *(const struct report_options *)a->own;
    const char **named[] = {&o.to, &o.of, &o.next};
    char *ids[] = {NULL, NULL, NULL};
    workspace w;
    kith_status status = workspace_open(a, &w, err);

    (void)v;
    if (status == KITH_OK)
        status = redact_workspace(&w, o.redact, o.only, named, 3, ids, err);
    if (status == KITH_OK)
        status = make(a, &o, &w, err);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        free(ids[i]);
    workspace_clear(&w);
    return status;
}

const verb verb_report = {
    .name = "report",
    .group = "out",
    .summary = "all of it for a reader: one page that works offline, on a phone, printed",
    .details = "Writes one self-contained HTML file: headline answers in plain words, then the "
               "tables behind them, a map, and how they were made. In the page one can ask for "
               "introductions, look people up, and see what hangs on somebody. It makes no request "
               "to any network.",
    .example = "report -o report.html --to \"Olga Petrova\" datasets/tidewell/Connections.csv",
    .options = options,
    .options_size = sizeof(struct report_options),
    .run = run,
};
