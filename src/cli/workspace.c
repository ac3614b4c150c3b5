/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workspace.c - from file names to a frozen graph. */
#include "cli/workspace.h"
#include "cli/terminal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Today, unless a reproducible build says otherwise. */
kith_time
workspace_today(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    kith_time t = epoch && *epoch ? strtoll(epoch, NULL, 10) : (kith_time)time(NULL);

    return t - t % KITH_DAY;
}

static void
hear(void *payload, bool held, const char *source, int64_t line, int64_t column, const char *reason)
{
    workspace *w = payload;

    if (w->quiet || (held && !w->verbose))
        return;
    if (w->verbose)
        terminal_warning(source, line, column, reason);
    else if (w->told < WORKSPACE_TOLD)
        kith_fail_at(&w->warnings[w->told], KITH_ERR_PARSE, source, line, column, "%s", reason);
    w->told++;
}

/* What a file gave is seen in the answer; what an archive holds and could not be taken is not. */
static void
finished(void *payload, const kith_load_report *report)
{
    const kith_error *why = report->refused;

    if (why)
        hear(payload, false, report->file, why->line, why->column, why->message);
}

kith_load_options
workspace_load_options(const global_options *g)
{
    return (kith_load_options){.importer = g->importer,
                               .strict = g->strict,
                               .import = {.directed = g->directed,
                                          .undirected = g->undirected,
                                          .weight = g->weight,
                                          .map = g->map,
                                          .threads = g->threads,
                                          .country = g->country}};
}

bool
workspace_is_book(const char *path)
{
    char head[100];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    size_t got = file ? fread(head, 1, sizeof head, file) : 0;

    if (file)
        fclose(file);
    return kith_book_probe(head, got);
}

char *
workspace_book_owner(const char *path)
{
    char *owner = NULL;
    kith_book *book = NULL;

    if (!workspace_is_book(path) || kith_book_open(path, false, &book, NULL) != KITH_OK)
        return NULL;
    kith_book_setting(book, "owner", &owner, NULL);
    kith_book_free(book);
    return owner;
}

kith_status
workspace_build(kith_builder *builder, const global_options *g, const char *owner, kith_graph **out,
                kith_error *err)
{
    kith_build_options options = {.as_of = g->as_of,
                                  .today = workspace_today(),
                                  .owner = g->me ? g->me : owner,
                                  .owner_before = !g->me};

    return kith_builder_build(builder, &options, out, err);
}

/* Warnings come once everything is read: beside an error, what else was odd would hide it. */
static void
tell_warnings(const workspace *w)
{
    for (int i = 0; i < w->told && i < WORKSPACE_TOLD; i++)
        terminal_error(&w->warnings[i]);
    if (w->told > WORKSPACE_TOLD)
        fprintf(stderr, "kith: %lld more warnings (-v tells them all)\n",
                (long long)(w->told - WORKSPACE_TOLD));
}

static kith_status
load_all(const arguments *a, const char *const *files, int n, workspace *w, kith_error *err)
{
    kith_load_options options = workspace_load_options(&a->global);
    progress bar = progress_start("reading", a->global.quiet);
    kith_status status = KITH_OK;

    options.watcher = progress_bytes;
    options.watched = &bar;
    options.finished = finished;
    options.listener = hear;
    options.payload = w;
    options.import.beside = files;
    terminal_expect_memory(files, n);
    for (int i = 0; i < n && status == KITH_OK; i++)
        status = kith_load(files[i], &options, w->builder, err);
    progress_end(&bar);
    if (status == KITH_OK && !w->verbose)
        tell_warnings(w);
    return status;
}

/* From --config, else from the file that KITH_CONFIG names. */
static kith_status
read_constants(const global_options *g, workspace *w, kith_error *err)
{
    const char *path = g->config && *g->config ? g->config : getenv("KITH_CONFIG");

    return path && *path ? kith_constants_read(path, &w->constants, err) : KITH_OK;
}

kith_status
workspace_open(const arguments *a, workspace *w, kith_error *err)
{
    const char *book[] = {getenv("KITH_BOOK"), NULL};
    const char *const *files = a->n_files ? a->files : book;
    int n = a->n_files ? a->n_files : book[0] && *book[0] ? 1 : 0;
    char *owner = NULL;
    kith_status status;

    *w = (workspace){.quiet = a->global.quiet, .verbose = a->global.verbose};
    if (n == 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no file given, and KITH_BOOK names no book (see --help)");
    w->builder = kith_builder_new();
    status = read_constants(&a->global, w, err);
    if (status == KITH_OK)
        status = load_all(a, files, n, w, err);
    for (int i = 0; i < n && status == KITH_OK && !owner; i++)
        owner = workspace_book_owner(files[i]);
    if (status == KITH_OK)
        status = workspace_build(w->builder, &a->global, owner, &w->graph, err);
    free(owner);
    return status;
}

kith_status
workspace_open_book(const arguments *a, const char *path, workspace *w, kith_book **book,
                    kith_error *err)
{
    char *owner = NULL;
    kith_status status;

    *w = (workspace){.quiet = a->global.quiet, .verbose = a->global.verbose};
    *book = NULL;
    path = path ? path : getenv("KITH_BOOK");
    if (!path || !*path)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "no book given, and KITH_BOOK names none (see --help)");
    w->builder = kith_builder_new();
    status = kith_book_open(path, false, book, err);
    if (status == KITH_OK)
        status = kith_book_load(*book, w->builder, err);
    if (status == KITH_OK)
        status = kith_book_setting(*book, "owner", &owner, err);
    if (status == KITH_OK)
        status = workspace_build(w->builder, &a->global, owner, &w->graph, err);
    free(owner);
    return status;
}

void
workspace_clear(workspace *w)
{
    kith_constants_free(w->constants);
    kith_graph_free(w->graph);
    kith_builder_free(w->builder);
    *w = (workspace){0};
}
