/* SPDX-License-Identifier: GPL-3.0-or-later */
/* segments.c - lines of results, found by key without reading what is in them. */
#include "batch/segments.h"
#include "base/json_out.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define BEGIN "{\"key\":\""
#define STATE "\",\"state\":\""
#define END ",\"end\":true}"

struct kith_segments {
    GPtrArray *maps;    /* GMappedFile */
    GHashTable *by_key; /* key -> kith_outcome */
};

static const char *const names[] = {"",      "bad-input",   "out-of-memory", "time-limit",
                                    "crash", "engine-lost", "internal"};

const char *
kith_failure_name(kith_failure failure)
{
    return names[failure];
}

static void
unmap(gpointer map)
{
    g_mapped_file_unref(map);
}

void
kith_segments_free(kith_segments *segments)
{
    if (!segments)
        return;
    g_hash_table_unref(segments->by_key);
    g_ptr_array_free(segments->maps, TRUE);
    g_free(segments);
}

static kith_failure
failure_of(const char *line, size_t length)
{
    static const char word[] = "failed\",\"class\":\"";
    const char *at = line + strlen(BEGIN) + KITH_KEY_LENGTH + strlen(STATE);
    size_t left = length - (size_t)(at - line);

    if (left < sizeof word || memcmp(at, word, sizeof word - 1) != 0)
        return KITH_FAILED_NOT;
    at += sizeof word - 1;
    for (int f = KITH_FAILED_INPUT; f < KITH_FAILURES; f++)
        if (strncmp(at, names[f], strlen(names[f])) == 0 && at[strlen(names[f])] == '"')
            return f;
    return KITH_FAILED_INTERNAL;
}

/* The number after `"name":` near the start of a line; 0 when it is not there. */
static double
number_after(const char *line, size_t length, const char *name)
{
    const char *at = g_strstr_len(line, (gssize)MIN(length, 400), name);

    return at ? g_ascii_strtod(at + strlen(name), NULL) : 0;
}

static bool
is_whole(const char *line, size_t length)
{
    size_t least = strlen(BEGIN) + KITH_KEY_LENGTH + strlen(STATE) + strlen(END);

    return length >= least && memcmp(line, BEGIN, strlen(BEGIN)) == 0 &&
           memcmp(line + strlen(BEGIN) + KITH_KEY_LENGTH, STATE, strlen(STATE)) == 0 &&
           memcmp(line + length - strlen(END), END, strlen(END)) == 0;
}

static void
take_line(kith_segments *s, const char *line, size_t length)
{
    kith_outcome now = {line, length, KITH_FAILED_NOT, 0, 0, 0}, *known;
    char key[KITH_KEY_LENGTH + 1];

    if (!is_whole(line, length))
        return;
    memcpy(key, line + strlen(BEGIN), KITH_KEY_LENGTH);
    key[KITH_KEY_LENGTH] = '\0';
    now.failure = failure_of(line, length);
    if (now.failure != KITH_FAILED_NOT) {
        now.tries = now.failure == KITH_FAILED_CRASH || now.failure == KITH_FAILED_LOST;
        now.memory = (int64_t)number_after(line, length, "\"memory\":");
        now.seconds = number_after(line, length, "\"seconds\":");
    }
    known = g_hash_table_lookup(s->by_key, key);
    if (!known) {
        g_hash_table_insert(s->by_key, g_strdup(key), g_memdup2(&now, sizeof now));
    } else if (known->failure != KITH_FAILED_NOT) {
        now.tries += known->tries;
        *known = now;
    }
}

static void
take_file(kith_segments *s, GMappedFile *map)
{
    const char *at = g_mapped_file_get_contents(map), *end = at + g_mapped_file_get_length(map);

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));

        if (!stop)
            break; /* cut off: whoever wrote it will do it again */
        take_line(s, at, (size_t)(stop - at));
        at = stop + 1;
    }
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list(const char *folder)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)) != NULL)
        if (g_str_has_suffix(name, ".jsonl"))
            g_ptr_array_add(files, g_build_filename(folder, name, NULL));
    if (dir)
        g_dir_close(dir);
    g_ptr_array_sort(files, compare_names);
    return files;
}

kith_status
kith_segments_read(const char *folder, kith_segments **out, kith_error *err)
{
    g_autofree char *inside = g_build_filename(folder, "segments", NULL);
    g_autoptr(GPtrArray) files = list(inside);
    g_autoptr(kith_segments) s = g_new0(kith_segments, 1);

    s->maps = g_ptr_array_new_with_free_func(unmap);
    s->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        g_autoptr(GError) error = NULL;
        GMappedFile *map = g_mapped_file_new(path, FALSE, &error);

        if (!map)
            return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot be read");
        g_ptr_array_add(s->maps, map);
        take_file(s, map);
    }
    *out = g_steal_pointer(&s);
    return KITH_OK;
}

const kith_outcome *
kith_segments_find(const kith_segments *segments, const char *key)
{
    return g_hash_table_lookup(segments->by_key, key);
}

bool
kith_segments_done(const kith_segments *segments, const kith_plan *plan, const char *key)
{
    const kith_outcome *o = kith_segments_find(segments, key);

    if (!o)
        return false;
    switch (o->failure) {
    case KITH_FAILED_CRASH:
    case KITH_FAILED_LOST:
        return o->tries > plan->retries;
    case KITH_FAILED_MEMORY:
        return o->memory == plan->memory;
    case KITH_FAILED_TIME:
        return o->seconds == plan->seconds;
    case KITH_FAILED_INTERNAL:
        return false;
    default:
        return true;
    }
}

int
kith_segment_open(const char *folder, int64_t slot, char **path, kith_error *err)
{
    g_autofree char *inside = g_build_filename(folder, "segments", NULL), *name = NULL;
    uint32_t chance = 0;
    int descriptor;

    if (g_mkdir_with_parents(inside, 0700) != 0) {
        kith_fail_at(err, KITH_ERR_IO, inside, 0, 0, "cannot be made: %s", kith_errno_text(errno));
        return -1;
    }
    if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
        chance = (uint32_t)g_get_real_time();
    name = g_strdup_printf("%s/%s-%d-%08x-%" G_GINT64_FORMAT ".jsonl", inside, g_get_host_name(),
                           (int)getpid(), chance, slot);
    descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        kith_fail_at(err, KITH_ERR_IO, name, 0, 0, "cannot be made: %s", kith_errno_text(errno));
    else if (path)
        *path = g_steal_pointer(&name);
    return descriptor;
}

kith_status
kith_segment_write(int descriptor, const char *text, size_t length, kith_error *err)
{
    while (length > 0) {
        ssize_t n = write(descriptor, text, length);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return kith_fail(err, KITH_ERR_IO, "a result cannot be written: %s",
                             kith_errno_text(n < 0 ? errno : ENOSPC));
        text += n;
        length -= (size_t)n;
    }
    return KITH_OK;
}

kith_status
kith_segment_fail(int descriptor, const kith_plan *plan, const char *key, kith_failure failure,
                  const char *message, const char *log, kith_error *err)
{
    g_autoptr(kith_sink) sink = kith_sink_to_memory();
    g_autoptr(GString) line = g_string_new(NULL);
    g_autoptr(kith_json) json = kith_json_new(sink, false);
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];
    const char *bytes;
    size_t size;

    kith_json_array(json, KITH_JSON_INLINE);
    kith_json_text(json, message);
    kith_json_text(json, log ? log : "");
    kith_json_end(json);
    bytes = kith_sink_bytes(sink, &size);
    g_ascii_dtostr(seconds, sizeof seconds, plan->seconds);
    g_string_printf(line,
                    "\n" BEGIN "%s" STATE "failed\",\"class\":\"%s\",\"memory\":%" G_GINT64_FORMAT
                    ",\"seconds\":%s,\"told\":%.*s" END "\n",
                    key, kith_failure_name(failure), plan->memory, seconds,
                    (int)(size > 0 && bytes[size - 1] == '\n' ? size - 1 : size), bytes);
    return kith_segment_write(descriptor, line->str, line->len, err);
}
