/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load.c - files in: recognised by content, through compression and archives, into one builder.
 *
 * Every importer looks at the first bytes and says how sure it is; the surest reads the file. A
 * file that gives nothing is an error: silence must never look like an empty community.
 */
#include "api/map.h"
#include "base/base.h"
#include "base/csv.h"
#include "base/limits.h"
#include "base/pages.h"
#include "model/facts.h"
#include "model/graph.h"
#include <kith/book.h>
#include <kith/load.h>
#include <string.h>

/* Below this a probe's answer is noise. */
#define LEAST_SURE 10

#define HEAP ((size_t)768 << 10)

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_book, kith_book_free)

/* Passes warnings on; keeps the first one for --strict, and the first reason of any kind for a file
 * that gives nothing. */
struct listening {
    const kith_load_options *options;
    kith_error first, reason;
};

static void
listen(void *payload, bool held, const char *source, int64_t line, int64_t column,
       const char *reason)
{
    struct listening *l = payload;

    if (!held)
        kith_fail_at(&l->first, KITH_ERR_PARSE, source, line, column, "%s", reason);
    kith_fail_at(&l->reason, KITH_ERR_PARSE, source, line, column, "%s", reason);
    if (l->options->listener)
        l->options->listener(l->options->payload, held, source, line, column, reason);
}

static const kith_importer *
recognise(const char *head, size_t length, const char *name)
{
    const kith_importer *best = NULL;
    int surest = LEAST_SURE - 1;

    for (const kith_importer *const *i = kith_importers(); *i; i++) {
        int sure = (*i)->probe(head, length, name);

        if (sure > surest) {
            surest = sure;
            best = *i;
        }
    }
    return best;
}

/* What an unknown file looks like, from its first bytes. */
static const char *
looks_like(const char *head, size_t length)
{
    if (length >= 4 && memcmp(head, "PK\3\4", 4) == 0)
        return "a zip archive";
    if (length >= 5 && memcmp(head, "%PDF-", 5) == 0)
        return "a PDF document";
    if (length >= 8 && memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "a PNG picture";
    if (length >= 8 && memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        return "an old Office document";
    if (length >= 15 && memcmp(head, "SQLite format 3", 15) == 0)
        return "a database that is no kith book";
    if (length && (g_strstr_len(head, (gssize)length, "<!DOCTYPE html") ||
                   g_strstr_len(head, (gssize)length, "<html")))
        return "a web page";
    if (length && (*head == '{' || *head == '['))
        return "JSON of an unknown layout";
    return length && memchr(head, 0, MIN(length, 4096)) ? "binary data"
                                                        : "text of an unknown layout";
}

/* The first line has more fields than a table may have; 0 when it has not. @param place of the first that is too many */
static int64_t
fields_beyond(const char *head, size_t length, size_t *place)
{
    static const char separators[] = ",;\t|";
    const char *end = memchr(head, '\n', length);
    size_t line = end ? (size_t)(end - head) : length;

    for (const char *s = separators; *s; s++) {
        int64_t n = 1;

        for (size_t i = 0; i < line; i++)
            if (head[i] == *s && ++n == kith_limit(KITH_LIMIT_COLUMNS) + 1)
                *place = i + 2;
        if (n > kith_limit(KITH_LIMIT_COLUMNS))
            return n;
    }
    return 0;
}

static kith_status
fail_unknown(const char *name, const char *head, size_t length, kith_error *err)
{
    size_t place = 0;

    if (fields_beyond(head, length, &place))
        return kith_csv_fail_wide(name, 1, (int64_t)place, err);
    return kith_fail_at(err, KITH_ERR_FORMAT, name, 1, 1,
                        "not a format kith knows: found %s (see 'kith help formats')",
                        looks_like(head, length));
}

static kith_status
choose(kith_source *source, const kith_load_options *options, const kith_importer **out,
       kith_error *err)
{
    const char *head, *name = kith_source_name(source), *map = options->import.map;
    size_t length;

    TRY(kith_source_head(source, &head, &length, err));
    if (length == 0)
        return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0, "the file is empty");
    if (options->importer) {
        *out = kith_importer_find(options->importer);
        if (!*out)
            return kith_fail(err, KITH_ERR_ARGUMENT, "no importer is called '%s'",
                             options->importer);
        return KITH_OK;
    }
    /* With a map the user says what the columns are, so no header word has to be known. */
    if (map && kith_map_fits(map, head, length))
        *out = kith_importer_find(kith_map_importer(map));
    else
        *out = recognise(head, length, name);
    if (!*out && map)
        *out = kith_importer_find(kith_map_importer(map));
    if (!*out)
        return fail_unknown(name, head, length, err);
    return KITH_OK;
}

static void
tell_finished(const kith_load_options *options, kith_source *source, const kith_importer *importer,
              int64_t people, int64_t facts)
{
    kith_load_report report = {.file = kith_source_name(source),
                               .importer = importer ? importer->name : NULL,
                               .records = kith_source_records(source),
                               .held = kith_source_held(source),
                               .warnings = kith_source_warnings(source),
                               .people = people,
                               .facts = facts,
                               .read_as = kith_source_description(source)};

    if (importer)
        kith_source_sha256(source, &report.sha256, NULL);
    if (options->finished)
        options->finished(options->payload, &report);
}

static kith_status
check_strict(const struct listening *l, kith_error *err)
{
    if (!l->options->strict || l->first.status == KITH_OK)
        return KITH_OK;
    if (err && err->status == KITH_OK)
        *err = l->first;
    return KITH_ERR_PARSE;
}

static kith_status
fail_unusable(kith_source *source, const kith_importer *importer, const struct listening *l,
              kith_error *err)
{
    bool reason = l->reason.status != KITH_OK;

    if (kith_source_records(source) == 0 && !reason)
        return kith_fail_at(err, KITH_ERR_PARSE, kith_source_name(source), 0, 0,
                            "no usable row: read as %s, and there is no record in it",
                            importer->name);
    return kith_fail_at(err, KITH_ERR_PARSE, kith_source_name(source), l->reason.line,
                        l->reason.column,
                        "no usable row: read as %s, %" G_GINT64_FORMAT
                        " records, none of which gives a person or a tie%s%s",
                        importer->name, kith_source_records(source), reason ? ": " : "",
                        reason ? l->reason.message : "");
}

/* What came of an archive's members. */
struct members {
    int64_t seen, taken, there; /* there: in the book already */
    kith_error refused;         /* why the first of those was that could not be taken */
};

/* Whether the book has what was just read: of a member or a pipe the hash is known only now. */
static bool
known_after_all(kith_source *source, const kith_importer *importer,
                const kith_load_options *options)
{
    kith_load_report report = {
        .file = kith_source_name(source), .importer = importer->name, .skipped = true};

    if (!options->known || kith_source_sha256(source, &report.sha256, NULL) != KITH_OK ||
        !options->known(options->payload, report.sha256, importer->name))
        return false;
    if (options->finished)
        options->finished(options->payload, &report);
    return true;
}

/* In an archive a file may give nothing, as a folder of mail has messages without a recipient; the
 * archive as a whole may not.
 * @param archive what came of the members so far; NULL: the file stands alone */
static kith_status
read_rows(kith_source *source, const kith_importer *importer, const kith_load_options *options,
          struct members *archive, const kith_builder_mark *before, kith_builder *into,
          kith_error *err)
{
    struct listening l = {.options = options};
    int64_t mentions = kith_builder_mentions(into), facts = kith_builder_facts(into);
    int64_t people = kith_builder_count(into, KITH_PERSON);

    kith_source_listen(source, listen, &l);
    kith_source_watch(source, options->watcher, options->watched);
    kith_builder_country(into, options->import.country);
    kith_builder_begin(into, source, importer->name);
    TRY(importer->read(source, &options->import, into, err));
    TRY(kith_builder_end(into, err));
    TRY(check_strict(&l, err));
    if (!archive && kith_builder_mentions(into) == mentions &&
        (!importer->companion || l.reason.status != KITH_OK))
        return fail_unusable(source, importer, &l, err);
    if (!known_after_all(source, importer, options)) {
        tell_finished(options, source, importer, kith_builder_count(into, KITH_PERSON) - people,
                      kith_builder_facts(into) - facts);
        return KITH_OK;
    }
    kith_builder_cut(into, before);
    if (archive)
        archive->there++;
    return KITH_OK;
}

/* All that a file says, or nothing. */
static kith_status
read_source(kith_source *source, const kith_importer *importer, const kith_load_options *options,
            struct members *archive, kith_builder *into, kith_error *err)
{
    kith_builder_mark before = kith_builder_mark_end(into);
    kith_status status = read_rows(source, importer, options, archive, &before, into, err);

    if (status != KITH_OK)
        kith_builder_cut(into, &before);
    return status;
}

/* An archive that gave nothing, and why. */
static kith_status
fail_archive(kith_source *archive, const struct members *m, const struct listening *l,
             kith_error *err)
{
    const char *name = kith_source_name(archive);
    int64_t seen = m->seen, taken = m->taken;

    if (taken == 0 && m->refused.status != KITH_OK) {
        if (err)
            *err = m->refused;
        return m->refused.status;
    }
    if (seen == 0 && l->reason.status != KITH_OK)
        return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0,
                            "the archive holds no file that may be read: %s", l->reason.message);
    if (seen == 0)
        return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0, "the archive holds no file");
    if (taken == 0)
        return kith_fail_at(
            err, KITH_ERR_PARSE, name, 0, 0,
            "none of the archive's %" G_GINT64_FORMAT " files has a format kith knows", seen);
    return kith_fail_at(err, KITH_ERR_PARSE, name, 0, 0,
                        "no usable row: none of the %" G_GINT64_FORMAT
                        " files read gives a person or a tie",
                        taken);
}

/* Takes one member, whole or not at all. */
static kith_status
read_member(kith_source *member, const kith_load_options *options, struct members *m,
            kith_builder *into, kith_error *err)
{
    const kith_importer *importer;
    const char *head;
    size_t length;

    TRY(kith_source_head(member, &head, &length, err));
    importer = length ? recognise(head, length, kith_source_name(member)) : NULL;
    if (!importer) {
        tell_finished(options, member, NULL, 0, 0);
        return KITH_OK;
    }
    TRY(read_source(member, importer, options, m, into, err));
    m->taken++;
    return KITH_OK;
}

/* A member that cannot be taken is told with its reason, and the others go on; with nobody to tell, none is taken. */
static kith_status
refuse(kith_source *archive, kith_source *member, const kith_error *why,
       const kith_load_options *options, struct members *m, kith_error *err)
{
    kith_load_report report = {.file = kith_source_name(member), .refused = why};

    if (!options->finished || options->strict || kith_source_is_over(archive) ||
        (why->status != KITH_ERR_PARSE && why->status != KITH_ERR_FORMAT &&
         why->status != KITH_ERR_LIMIT)) {
        if (err && err->status == KITH_OK)
            *err = *why;
        return why->status;
    }
    if (m->refused.status == KITH_OK)
        m->refused = *why;
    options->finished(options->payload, &report);
    return KITH_OK;
}

static kith_status
read_members(kith_source *archive, const kith_load_options *options, struct members *m,
             kith_builder *into, kith_error *err)
{
    for (;; m->seen++) {
        g_autoptr(kith_source) member = NULL;
        kith_error why = {0};

        TRY(kith_source_next_member(archive, &member, err));
        if (!member)
            return KITH_OK;
        if (read_member(member, options, m, into, &why) != KITH_OK)
            TRY(refuse(archive, member, &why, options, m, err));
    }
}

static kith_status
read_archive(kith_source *archive, const kith_load_options *options, kith_builder *into,
             kith_error *err)
{
    struct listening l = {.options = options};
    struct members m = {0};
    int64_t mentions = kith_builder_mentions(into);

    kith_source_listen(archive, listen, &l);
    TRY(read_members(archive, options, &m, into, err));
    TRY(check_strict(&l, err));
    return m.there || kith_builder_mentions(into) > mentions ? KITH_OK
                                                             : fail_archive(archive, &m, &l, err);
}

/* Whether this very file was read before; it is hashed on its own, before anything is taken from
 * it, unless no file was. */
static bool
already_known(const char *path, kith_source *source, const kith_load_options *options,
              const kith_importer *importer)
{
    g_autoptr(kith_source) again = NULL;
    kith_load_report report = {.file = kith_source_name(source), .skipped = true};

    if (!options->known || strcmp(path, "-") == 0 ||
        !options->known(options->payload, NULL, NULL) ||
        kith_source_open(path, &again, NULL) != KITH_OK ||
        kith_source_sha256(again, &report.sha256, NULL) != KITH_OK ||
        !options->known(options->payload, report.sha256, importer ? importer->name : NULL))
        return false;
    report.importer = importer ? importer->name : "archive";
    if (options->finished)
        options->finished(options->payload, &report);
    return true;
}

static kith_status
read_book(const char *path, kith_builder *into, kith_error *err)
{
    g_autoptr(kith_book) book = NULL;

    TRY(kith_book_open(path, false, &book, err));
    return kith_book_load(book, into, err);
}

static kith_status
load(const char *path, const kith_load_options *options, kith_builder *into, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    const kith_importer *importer = NULL;
    const char *head;
    size_t length;

    TRY(kith_source_open(path, &source, err));
    if (kith_source_is_archive(source))
        return already_known(path, source, options, NULL)
                   ? KITH_OK
                   : read_archive(source, options, into, err);
    TRY(kith_source_head(source, &head, &length, err));
    if (kith_book_probe(head, length))
        return read_book(path, into, err);
    TRY(choose(source, options, &importer, err));
    return already_known(path, source, options, importer)
               ? KITH_OK
               : read_source(source, importer, options, NULL, into, err);
}

static kith_status
recognise_members(kith_source *archive, kith_load_reader *out, kith_error *err)
{
    for (;;) {
        g_autoptr(kith_source) member = NULL;
        const kith_importer *importer;
        const char *head;
        size_t length;

        TRY(kith_source_next_member(archive, &member, err));
        if (!member)
            return KITH_OK;
        TRY(kith_source_head(member, &head, &length, err));
        importer = length ? recognise(head, length, kith_source_name(member)) : NULL;
        if (importer && importer->named_by & KITH_NAMED_BY_OUTER)
            out->named_by |= importer->named_by;
    }
}

kith_status
kith_load_recognise(const char *path, const kith_load_options *options, kith_load_reader *out,
                    kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    kith_load_options expanded = *options;
    g_autofree char *map = NULL;
    const char *head;
    size_t length;

    *out = (kith_load_reader){0};
    TRY(kith_map_expand(options->import.map, &map, err));
    expanded.import.map = map;
    TRY(kith_source_open(path, &source, err));
    if (kith_source_is_archive(source))
        return recognise_members(source, out, err);
    TRY(kith_source_head(source, &head, &length, err));
    if (kith_book_probe(head, length))
        return KITH_OK;
    TRY(choose(source, &expanded, &out->importer, err));
    out->named_by = out->importer->named_by;
    return KITH_OK;
}

/* What telling one file's format takes; later files take it again. */
static void
prepare_memory(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        kith_pages_prepare(HEAP);
        g_once_init_leave(&done, 1);
    }
}

kith_status
kith_load(const char *path, const kith_load_options *options, kith_builder *into, kith_error *err)
{
    kith_load_options expanded = *options;
    g_autofree char *map = NULL;

    prepare_memory();
    TRY(kith_map_expand(options->import.map, &map, err));
    expanded.import.map = map;
    return load(path, &expanded, into, err);
}
