/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * source.c - the bytes of one input, decompressed, with its name and the place being read.
 *
 * Three kinds share one face: a plain file reads its input, a compressed one its unpacker, a member
 * of an archive the unpacker of its archive. A member is hashed by its own bytes, so that a file is
 * known again inside a zip.
 */
#include "base/source.h"
#include "base/input.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/unpack.h"
#include <stdio.h>
#include <string.h>

#define HEAD_SIZE 65536

struct kith_source {
    char *name;
    kith_input *input;    /* NULL for a member */
    kith_unpack *unpack;  /* NULL for a plain file; a member borrows its archive's */
    kith_source *archive; /* of a member */
    int64_t serial; /* of the member being read; a member whose number is past cannot be read any
                       more */
    bool prepared;
    kith_sha256 *checksum; /* of a member's bytes */
    char *head;
    size_t head_length, head_at;
    GByteArray *back; /* put back, to be read again; NULL: nothing */
    size_t back_at;
    int64_t line, column, records, held, warnings;
    GString *description; /* NULL until something is said */
    kith_source_listener listener;
    kith_source_watcher watcher;
    void *watched;
    void *payload;
    kith_error error; /* of preparing, told again on every later call */
};

static kith_source *
source_new(const char *name)
{
    kith_source *source = g_new0(kith_source, 1);

    source->name = g_strdup(name);
    return source;
}

void
kith_source_free(kith_source *source)
{
    if (source == NULL)
        return;
    if (source->archive == NULL)
        kith_unpack_free(source->unpack);
    kith_input_free(source->input);
    if (source->checksum != NULL)
        kith_sha256_free(source->checksum);
    if (source->description != NULL)
        g_string_free(source->description, TRUE);
    if (source->back != NULL)
        g_byte_array_unref(source->back);
    g_free(source->head);
    g_free(source->name);
    g_free(source);
}

/* Looks at the first bytes and starts unpacking when they ask for it. */
static kith_status
prepare(kith_source *source, kith_error *err)
{
    const char *head;
    size_t length;
    kith_packing packing = KITH_PACKING_NONE;

    if (!source->prepared) {
        source->prepared = true;
        if (kith_input_peek(source->input, &head, &length, &source->error) == KITH_OK &&
            (packing = kith_packing_of(head, length)) != KITH_PACKING_NONE)
            kith_unpack_new(source->input, source->name, packing, &source->unpack, &source->error);
        if (packing == KITH_PACKING_STREAM && source->error.status == KITH_ERR_PARSE)
            source->error.line = source->error.column = 1; /* nothing came of it */
    }
    if (source->error.status != KITH_OK && err != NULL && err->status == KITH_OK)
        *err = source->error;
    return source->error.status;
}

kith_status
kith_source_open(const char *path, kith_source **out, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;

    if (path == NULL || out == NULL)
        return kith_fail(err, KITH_ERR_ARGUMENT, "a file needs a name");
    source = source_new(path);
    TRY(kith_input_open(path, &source->input, err));
    TRY(prepare(source, err));
    *out = g_steal_pointer(&source);
    return KITH_OK;
}

kith_source *
kith_source_from_memory(const char *name, const void *bytes, size_t size)
{
    kith_source *source = source_new(name != NULL ? name : "");

    source->input = kith_input_from_memory(source->name, bytes, size);
    return source;
}

bool
kith_source_is_archive(const kith_source *source)
{
    return prepare((kith_source *)source, NULL) == KITH_OK && source->archive == NULL &&
           source->unpack != NULL && kith_unpack_is_archive(source->unpack);
}

/* Why a member is left out, NULL when it is not. */
static const char *
reason_to_skip(const char *path, kith_entry_kind kind)
{
    g_auto(GStrv) parts = g_strsplit_set(path, "/\\", -1);

    if (kind == KITH_ENTRY_OTHER)
        return "a link or device";
    if (path[0] == '/' || path[0] == '\\' || (g_ascii_isalpha(path[0]) && path[1] == ':'))
        return "an absolute name";
    if (path[0] == '\0' || g_strv_contains((const char *const *)parts, ".."))
        return "a name that leaves the archive";
    if (strcmp(parts[0], "__MACOSX") == 0)
        return "the Finder's notes, not data";
    return NULL;
}

static kith_source *
member_new(kith_source *archive, const char *path)
{
    g_autofree char *name = g_strconcat(archive->name, "!", path, NULL);
    kith_source *member = source_new(name);

    member->archive = archive;
    member->unpack = archive->unpack;
    member->serial = archive->serial;
    member->prepared = true;
    member->checksum = kith_sha256_new();
    member->listener = archive->listener;
    member->payload = archive->payload;
    return member;
}

kith_status
kith_source_next_member(kith_source *archive, kith_source **out, kith_error *err)
{
    const char *path, *head, *reason;
    kith_entry_kind kind;
    size_t length;

    *out = NULL;
    if (!kith_source_is_archive(archive))
        return kith_fail_at(err, KITH_ERR_ARGUMENT, archive->name, 0, 0, "not an archive");
    for (;;) {
        g_autoptr(kith_source) member = NULL;

        archive->serial++;
        TRY(kith_unpack_next(archive->unpack, &path, &kind, err));
        if (path == NULL)
            return KITH_OK;
        if (kind == KITH_ENTRY_FOLDER)
            continue;
        reason = reason_to_skip(path, kind);
        if (reason == NULL) {
            kith_status status;

            member = member_new(archive, path);
            status = kith_source_head(member, &head, &length, NULL);
            if (status != KITH_OK || kith_packing_of(head, length) == KITH_PACKING_NONE) {
                *out = g_steal_pointer(&member);
                return KITH_OK;
            }
            reason = "an archive within an archive";
        }
        kith_source_warn(archive, "'%s' left out: %s", path, reason);
    }
}

bool
kith_source_is_over(const kith_source *archive)
{
    return archive->unpack != NULL && kith_unpack_is_over(archive->unpack);
}

/* The next bytes as they come, not minding the head. */
static kith_status
read_on(kith_source *source, void *buffer, size_t size, size_t *got, kith_error *err)
{
    *got = 0;
    TRY(prepare(source, err));
    if (source->unpack == NULL)
        return kith_input_read(source->input, buffer, size, got, err);
    if (kith_source_is_archive(source))
        return kith_fail_at(err, KITH_ERR_ARGUMENT, source->name, 0, 0,
                            "an archive is read member by member");
    if (source->archive != NULL && source->serial != source->archive->serial)
        return kith_fail_at(err, KITH_ERR_ARGUMENT, source->name, 0, 0,
                            "the archive has moved on to another member");
    if (kith_unpack_read(source->unpack, buffer, size, got, &source->error) != KITH_OK)
        return prepare(source, err);
    if (source->checksum != NULL && *got > 0)
        kith_sha256_update(source->checksum, buffer, *got);
    return KITH_OK;
}

kith_status
kith_source_head(kith_source *source, const char **head, size_t *length, kith_error *err)
{
    if (source->head == NULL) {
        g_autofree char *buffer = NULL;
        size_t n = 0, got = 1, room = kith_source_room(source, HEAD_SIZE);

        TRY(prepare(source, err));
        buffer = g_malloc(room + 1);
        while (!kith_source_is_archive(source) && got > 0 && n < room) {
            TRY(read_on(source, buffer + n, room - n, &got, err));
            n += got;
        }
        buffer[n] = '\0';
        source->head = g_steal_pointer(&buffer);
        source->head_length = n;
    }
    *head = source->head;
    *length = source->head_length;
    return KITH_OK;
}

/* A member tells how far its archive is. */
static kith_status
tell_progress(kith_source *source, kith_error *err)
{
    kith_source *file = source->archive != NULL ? source->archive : source;

    if (source->watcher == NULL || file->input == NULL)
        return KITH_OK;
    if (!source->watcher(source->watched, kith_input_served(file->input),
                         kith_input_size(file->input)))
        return kith_fail(err, KITH_ERR_CANCELLED, "stopped while reading %s", source->name);
    return KITH_OK;
}

void
kith_source_watch(kith_source *source, kith_source_watcher watcher, void *payload)
{
    source->watcher = watcher;
    source->watched = payload;
}

kith_status
kith_source_read(kith_source *source, void *buffer, size_t size, size_t *got, kith_error *err)
{
    size_t ready = source->head_length - source->head_at;

    TRY(tell_progress(source, err));
    if (source->back != NULL && source->back_at < source->back->len) {
        *got = MIN(source->back->len - source->back_at, size);
        memcpy(buffer, source->back->data + source->back_at, *got);
        source->back_at += *got;
        return KITH_OK;
    }
    if (ready == 0)
        return read_on(source, buffer, MIN(size, 1 << 30), got, err);
    *got = MIN(ready, size);
    memcpy(buffer, source->head + source->head_at, *got);
    source->head_at += *got;
    return KITH_OK;
}

void
kith_source_unread(kith_source *source, GByteArray *bytes, const kith_error *trouble)
{
    if (source->back != NULL)
        g_byte_array_append(bytes, source->back->data + source->back_at,
                            (guint)(source->back->len - source->back_at));
    if (source->back != NULL)
        g_byte_array_unref(source->back);
    source->back = bytes;
    source->back_at = 0;
    if (trouble->status != KITH_OK)
        source->error = *trouble;
}

int64_t
kith_source_size(const kith_source *source)
{
    return source->input != NULL && source->unpack == NULL ? kith_input_size(source->input) : 0;
}

/* What is shorter than a chunk is read to its end when it is prepared. */
size_t
kith_source_room(kith_source *source, size_t most)
{
    const char *head;
    size_t length;

    if (source->input == NULL || prepare(source, NULL) != KITH_OK || source->unpack != NULL ||
        kith_input_peek(source->input, &head, &length, NULL) != KITH_OK)
        return most;
    return length < KITH_INPUT_CHUNK ? MIN(most, length + 1) : most;
}

bool
kith_source_rewinds(const kith_source *source)
{
    /* Where standard input began, if it is a file, only its writer knows. */
    return source->archive == NULL && kith_input_seekable(source->input) &&
           strcmp(source->name, "-") != 0 && !kith_source_is_archive(source);
}

kith_status
kith_source_rewind(kith_source *source, kith_error *err)
{
    if (!kith_source_rewinds(source))
        return kith_fail_at(err, KITH_ERR_ARGUMENT, source->name, 0, 0,
                            "a pipe or a member of an archive cannot be read twice");
    if (kith_input_seek(source->input, 0, SEEK_SET) != 0)
        return kith_fail_at(err, KITH_ERR_IO, source->name, 0, 0, "cannot read it from the start");
    g_clear_pointer(&source->unpack, kith_unpack_free);
    g_clear_pointer(&source->back, g_byte_array_unref);
    g_clear_pointer(&source->head, g_free);
    source->head_length = source->head_at = 0;
    source->line = source->column = 0;
    source->error = (kith_error){0};
    source->prepared = false;
    return prepare(source, err);
}

kith_status
kith_source_sha256(kith_source *source, const char **hex, kith_error *err)
{
    if (source->archive == NULL)
        return kith_input_sha256(source->input, hex, err);
    if (source->serial == source->archive->serial) {
        g_autofree char *buffer = g_malloc(HEAD_SIZE);
        size_t got = 1;

        while (got > 0)
            TRY(read_on(source, buffer, HEAD_SIZE, &got, err));
    }
    *hex = kith_sha256_hex(source->checksum);
    return KITH_OK;
}

const char *
kith_source_name(const kith_source *source)
{
    return source->name;
}

void
kith_source_at(kith_source *source, int64_t line, int64_t column)
{
    source->line = line;
    source->column = column;
}

int64_t
kith_source_line(const kith_source *source)
{
    return source->line;
}

void
kith_source_record(kith_source *source)
{
    source->records++;
}

void
kith_source_records_add(kith_source *source, int64_t n)
{
    source->records += n;
}

int64_t
kith_source_records(const kith_source *source)
{
    return source->records;
}

int64_t
kith_source_held(const kith_source *source)
{
    return source->held;
}

int64_t
kith_source_warnings(const kith_source *source)
{
    return source->warnings;
}

void
kith_source_describe(kith_source *source, const char *format, ...)
{
    va_list arguments;

    if (source->description == NULL)
        source->description = g_string_new(NULL);
    else
        g_string_append(source->description, ", ");
    va_start(arguments, format);
    g_string_append_vprintf(source->description, format, arguments);
    va_end(arguments);
}

const char *
kith_source_description(const kith_source *source)
{
    return source->description != NULL ? source->description->str : "";
}

void
kith_source_listen(kith_source *source, kith_source_listener listener, void *payload)
{
    source->listener = listener;
    source->payload = payload;
}

kith_status
kith_source_fail(kith_source *source, kith_error *err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, KITH_ERR_PARSE, source->name, source->line, source->column, format,
                 arguments);
    va_end(arguments);
    return KITH_ERR_PARSE;
}

kith_status
kith_source_fail_as(kith_source *source, kith_status status, kith_error *err, const char *format,
                    ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, status, source->name, source->line, source->column, format, arguments);
    va_end(arguments);
    return status;
}

static void tell(kith_source *source, bool held, const char *format, va_list arguments)
    KITH_PRINTF(3, 0);

static void
tell(kith_source *source, bool held, const char *format, va_list arguments)
{
    char raw[1024], reason[512];

    if (source->listener == NULL)
        return;
    kith_format_va(raw, sizeof raw, format, arguments);
    kith_text_display_into(raw, reason, sizeof reason);
    source->listener(source->payload, held, source->name, source->line, source->column, reason);
}

void
kith_source_warn(kith_source *source, const char *format, ...)
{
    va_list arguments;

    source->warnings++;
    va_start(arguments, format);
    tell(source, false, format, arguments);
    va_end(arguments);
}

void
kith_source_hold(kith_source *source, const char *format, ...)
{
    va_list arguments;

    source->held++;
    va_start(arguments, format);
    tell(source, true, format, arguments);
    va_end(arguments);
}
