/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.c - JSON documents, read whole; the one door to jansson. */
#include "base/json.h"
#include "base/json_mend.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/source.h"
#include "base/text.h"
#include <jansson.h>
#include <string.h>

#define BLOCK ((64 << 10) - 1) /* with its end 64 kB */

struct kith_json_file {
    json_t *root;
    GHashTable *lines; /* object -> its line; NULL when a repeated key upset the count */
};

static kith_status
read_all(kith_source *source, GString *out, kith_error *err)
{
    size_t room = kith_source_room(source, BLOCK);

    for (size_t got = 1; got > 0;) {
        size_t before = out->len, more = room - before % room;

        if (before > (size_t)kith_limit(KITH_LIMIT_JSON))
            return kith_source_fail_as(source, KITH_ERR_LIMIT, err,
                                       "a JSON document of more than %d MB (the limit 'json', "
                                       "see 'kith limits')",
                                       (int)(kith_limit(KITH_LIMIT_JSON) >> 20));
        g_string_set_size(out, before + more);
        got = 0;
        TRY(kith_source_read(source, out->str + before, more, &got, err));
        g_string_set_size(out, before + got);
    }
    return KITH_OK;
}

/* Blanks what stands before the value, so that lines and columns stay what they are. */
static kith_status
cut_assignment(kith_source *source, GString *text, kith_error *err)
{
    char *equals = memchr(text->str, '=', MIN(text->len, 1000));
    size_t end = text->len;

    if (!equals) {
        kith_source_at(source, 1, 1);
        return kith_source_fail(source, err, "no '=' in front of the data (expected name = [...])");
    }
    for (char *p = text->str; p <= equals; p++)
        if (*p != '\n')
            *p = ' ';
    while (end > 0 && (g_ascii_isspace(text->str[end - 1]) || text->str[end - 1] == ';'))
        end--;
    g_string_truncate(text, end);
    return KITH_OK;
}

/* UTF-8 that is broken in places is mended there; what is something else is converted whole. */
static char *
decode(const GString *raw, size_t *length)
{
    const char *used;
    char *text;

    if (raw->len >= 3 && memcmp(raw->str, "\xef\xbb\xbf", 3) == 0) {
        *length = raw->len - 3;
        return g_memdup2(raw->str + 3, raw->len - 2);
    }
    if (kith_text_valid(raw->str, raw->len) || kith_text_mostly_utf8(raw->str, raw->len)) {
        used = kith_text_sniff(raw->str, MIN(raw->len, BLOCK), false);
        if (!g_str_has_prefix(used, "UTF-16")) {
            *length = raw->len;
            return g_memdup2(raw->str, raw->len + 1);
        }
    }
    text = kith_text_to_utf8(raw->str, raw->len, &used);
    *length = strlen(text);
    return text;
}

static void
tell_mended(kith_source *source, const kith_json_mended *m)
{
    kith_source_at(source, m->first_line, 0);
    if (m->characters)
        kith_source_warn(
            source, "%" G_GINT64_FORMAT " characters that no text can hold are shown as U+FFFD",
            m->characters);
    if (m->numbers)
        kith_source_warn(source,
                         "%" G_GINT64_FORMAT " numbers too large to calculate with are kept "
                         "as text",
                         m->numbers);
}

/* Depth-first in the file's order, so the n-th object is the n-th '{'. Recurses at most
 * KITH_LIMIT_JSON_DEPTH deep. */
static void
number_objects(json_t *value, GHashTable *lines, const GArray *line, size_t *n)
{
    const char *key;
    json_t *member;
    size_t i;

    if (json_is_object(value)) {
        if (*n < line->len)
            g_hash_table_insert(lines, value, GUINT_TO_POINTER(g_array_index(line, uint32_t, *n)));
        ++*n;
        json_object_foreach(value, key, member) number_objects(member, lines, line, n);
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, member) number_objects(member, lines, line, n);
    }
}

static kith_status
parse(kith_json_file *json, kith_source *source, const kith_json_mended *m, kith_error *err)
{
    json_error_t bad;
    size_t n = 0;

    json->root = json_loadb(m->text->str, m->text->len, JSON_DECODE_ANY, &bad);
    if (!json->root) {
        g_autofree char *why = kith_text_clean(bad.text);

        kith_source_at(source, MAX(bad.line, 1), MAX(bad.column, 0));
        return kith_source_fail(source, err, "bad JSON: %s", why);
    }
    json->lines = g_hash_table_new(g_direct_hash, g_direct_equal);
    number_objects(json->root, json->lines, m->lines, &n);
    if (n != m->lines->len)
        g_clear_pointer(&json->lines, g_hash_table_unref);
    return KITH_OK;
}

kith_status
kith_json_load(kith_source *source, kith_json_form form, kith_json_file **out, kith_error *err)
{
    g_autoptr(kith_json_file) json = g_new0(kith_json_file, 1);
    g_autoptr(GString) raw = g_string_new(NULL);
    g_autofree char *text = NULL;
    kith_json_mended m;
    size_t length;
    kith_status status;

    TRY(read_all(source, raw, err));
    if (form == KITH_JSON_ASSIGNMENT)
        TRY(cut_assignment(source, raw, err));
    text = decode(raw, &length);
    g_string_set_size(raw, 0);
    TRY(kith_json_mend(source, text, length, &m, err));
    g_clear_pointer(&text, g_free);
    tell_mended(source, &m);
    status = parse(json, source, &m, err);
    g_string_free(m.text, TRUE);
    g_array_unref(m.lines);
    if (status == KITH_OK)
        *out = g_steal_pointer(&json);
    return status;
}

void
kith_json_file_free(kith_json_file *json)
{
    if (!json)
        return;
    json_decref(json->root);
    if (json->lines)
        g_hash_table_unref(json->lines);
    g_free(json);
}

const kith_json_value *
kith_json_root(const kith_json_file *json)
{
    return json->root;
}

int64_t
kith_json_line(const kith_json_file *json, const kith_json_value *value)
{
    return json->lines ? GPOINTER_TO_UINT(g_hash_table_lookup(json->lines, value)) : 0;
}

bool
kith_json_is_array(const kith_json_value *value)
{
    return json_is_array(value);
}

bool
kith_json_is_object(const kith_json_value *value)
{
    return json_is_object(value);
}

bool
kith_json_is_true(const kith_json_value *value)
{
    return json_is_true(value);
}

bool
kith_json_is_whole(const kith_json_value *value)
{
    return json_is_integer(value);
}

bool
kith_json_truth(const kith_json_value *value, bool *out)
{
    if (!json_is_boolean(value))
        return false;
    *out = json_is_true(value);
    return true;
}

size_t
kith_json_length(const kith_json_value *value)
{
    return json_array_size(value);
}

const kith_json_value *
kith_json_item(const kith_json_value *value, size_t i)
{
    return json_array_get(value, i);
}

const kith_json_value *
kith_json_get(const kith_json_value *value, const char *key)
{
    return json_object_get(value, key);
}

const char *
kith_json_string(const kith_json_value *value)
{
    return json_is_string(value) ? json_string_value(value) : "";
}

const char *
kith_json_get_string(const kith_json_value *value, const char *key)
{
    return kith_json_string(json_object_get(value, key));
}

const char *
kith_json_id(const kith_json_value *value, char out[32])
{
    if (!json_is_integer(value))
        return kith_json_string(value);
    g_snprintf(out, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    return out;
}

char *
kith_json_as_text(const kith_json_value *value)
{
    char number[32], *dumped, *copy;

    if (!value || json_is_null(value))
        return NULL;
    if (json_is_string(value) || json_is_integer(value))
        return g_strdup(kith_json_id(value, number));
    if (json_is_real(value))
        return g_strdup(kith_number_text(json_real_value(value), number));
    if (json_is_boolean(value))
        return g_strdup(json_is_true(value) ? "true" : "false");
    dumped = json_dumps(value, JSON_COMPACT);
    copy = g_strdup(dumped);
    free(dumped);
    return copy;
}

bool
kith_json_number(const kith_json_value *value, double *out)
{
    const char *text = kith_json_string(value);
    char *end;
    double read;

    if (json_is_number(value)) {
        *out = json_number_value(value);
        return true;
    }
    read = g_ascii_strtod(text, &end);
    if (!*text || *end)
        return false;
    *out = read;
    return true;
}

const kith_json_value *
kith_json_next(const kith_json_value *value, void **at, const char **key)
{
    json_t *object = (json_t *)value;

    *at = *at ? json_object_iter_next(object, *at) : json_object_iter(object);
    if (!*at)
        return NULL;
    *key = json_object_iter_key(*at);
    return json_object_iter_value(*at);
}

bool
kith_json_head_has(const char *head, size_t length, char bracket, const char *const *words)
{
    const char *p = head, *end = head + length;

    if (length >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    while (p < end && g_ascii_isspace(*p))
        p++;
    if (p == end || (bracket ? *p != bracket : *p != '[' && *p != '{'))
        return false;
    for (; *words; words++)
        if (!memmem(p, (size_t)(end - p), *words, strlen(*words)))
            return false;
    return true;
}
