/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json_walk.c - a JSON text entered where it is large and parsed where it is small. */
#include "json_walk.h"
#include "base/decoder.h"
#include "base/number.h"
#include <string.h>

#define DEEPEST 512
#define LARGEST ((size_t)2 << 30)

kith_status
kith_walk_init(kith_walk *json, kith_source *source, kith_error *err)
{
    kith_decoder decoder;
    kith_status status;

    *json = (kith_walk){.source = source, .line = 1};
    json->text = g_string_new(NULL);
    status = kith_decoder_init(&decoder, source, err);
    while (status == KITH_OK && !decoder.ended) {
        status = kith_decoder_more(&decoder, json->text, err);
        if (status == KITH_OK && json->text->len > LARGEST)
            status = kith_source_fail_as(source, KITH_ERR_LIMIT, err,
                                         "a JSON text larger than 2 GB");
    }
    kith_decoder_clear(&decoder);
    return status;
}

void
kith_walk_clear(kith_walk *json)
{
    if (json->text)
        g_string_free(json->text, TRUE);
    *json = (kith_walk){0};
}

void
kith_walk_place(kith_walk *json, size_t offset)
{
    const char *text = json->text->str, *hit;

    if (offset < json->line_start) {
        json->counted = json->line_start = 0;
        json->line = 1;
    }
    while (json->counted < offset &&
           (hit = memchr(text + json->counted, '\n', offset - json->counted)) != NULL) {
        json->line++;
        json->counted = json->line_start = (size_t)(hit - text) + 1;
    }
    json->counted = MAX(json->counted, offset);
    kith_source_at(json->source, json->line, (int64_t)(offset - json->line_start) + 1);
}

char
kith_walk_peek(kith_walk *json)
{
    const char *text = json->text->str;

    while (json->at < json->text->len && strchr(" \t\r\n", text[json->at]) && text[json->at])
        json->at++;
    return json->at < json->text->len ? text[json->at] : '\0';
}

static kith_status
unexpected(kith_walk *json, const char *expected, kith_error *err)
{
    char c = kith_walk_peek(json), found[16] = "the end";

    kith_walk_place(json, json->at);
    if (json->at < json->text->len)
        g_snprintf(found, sizeof found, g_ascii_isprint(c) ? "'%c'" : "byte %#x",
                   (unsigned char)c);
    return kith_source_fail(json->source, err, "found %s (expected %s)", found, expected);
}

kith_status
kith_walk_take(kith_walk *json, char mark, kith_error *err)
{
    char expected[4] = {'\'', mark, '\'', '\0'};

    if (kith_walk_peek(json) != mark)
        return unexpected(json, expected, err);
    json->at++;
    return KITH_OK;
}

/* Past a text whose '"' is next. */
static kith_status
pass_text(kith_walk *json, kith_error *err)
{
    const char *text = json->text->str;
    size_t start = json->at++;

    while (json->at < json->text->len && text[json->at] != '"')
        json->at += text[json->at] == '\\' ? 2 : 1;
    if (json->at >= json->text->len) {
        kith_walk_place(json, start);
        return kith_source_fail(json->source, err, "a text without its end (expected \")");
    }
    json->at++;
    return KITH_OK;
}

/* Past a list or object by its brackets alone. */
static kith_status
pass_brackets(kith_walk *json, kith_error *err)
{
    const char *text = json->text->str;
    int64_t depth = 0;

    do {
        size_t run = strcspn(text + json->at, "\"[]{}");

        json->at += run;
        if (json->at >= json->text->len)
            return unexpected(json, "']' or '}'", err);
        if (text[json->at] == '\0') {
            json->at++;
            continue;
        }
        if (text[json->at] == '"') {
            TRY(pass_text(json, err));
            continue;
        }
        depth += text[json->at] == '[' || text[json->at] == '{' ? 1 : -1;
        if (depth > DEEPEST) {
            kith_walk_place(json, json->at);
            return kith_source_fail_as(json->source, KITH_ERR_LIMIT, err,
                                       "more than %d lists within one another", DEEPEST);
        }
        json->at++;
    } while (depth > 0);
    return KITH_OK;
}

static kith_status
pass_value(kith_walk *json, kith_error *err)
{
    char c = kith_walk_peek(json);

    if (c == '[' || c == '{')
        return pass_brackets(json, err);
    if (c == '"')
        return pass_text(json, err);
    if (json->at >= json->text->len || strchr(",:]}", c))
        return unexpected(json, "a value", err);
    json->at += strcspn(json->text->str + json->at, ",:[]{}\" \t\r\n");
    return KITH_OK;
}

static kith_status
parse(kith_walk *json, size_t start, json_t **out, kith_error *err)
{
    json_error_t wrong;

    *out = json_loadb(json->text->str + start, json->at - start, JSON_DECODE_ANY, &wrong);
    if (*out) {
        kith_walk_place(json, start);
        return KITH_OK;
    }
    kith_walk_place(json, start + (size_t)CLAMP(wrong.position, 0, (int)(json->at - start)));
    return kith_source_fail(json->source, err, "bad JSON: %s", wrong.text);
}

kith_status
kith_walk_value(kith_walk *json, json_t **out, kith_error *err)
{
    size_t start;

    kith_walk_peek(json);
    start = json->at;
    TRY(pass_value(json, err));
    return parse(json, start, out, err);
}

kith_status
kith_walk_skip(kith_walk *json, kith_error *err)
{
    g_autoptr(json_t) value = NULL;
    char c = kith_walk_peek(json);

    if (c == '[' || c == '{')
        return pass_brackets(json, err);
    return kith_walk_value(json, &value, err);
}

kith_status
kith_walk_key(kith_walk *json, bool *first, char **key, kith_error *err)
{
    g_autoptr(json_t) value = NULL;

    *key = NULL;
    if (kith_walk_peek(json) == '}' ) {
        json->at++;
        return KITH_OK;
    }
    if (!*first)
        TRY(kith_walk_take(json, ',', err));
    *first = false;
    if (kith_walk_peek(json) != '"')
        return unexpected(json, "a key in quotes", err);
    TRY(kith_walk_value(json, &value, err));
    TRY(kith_walk_take(json, ':', err));
    *key = g_strdup(json_string_value(value));
    return KITH_OK;
}

kith_status
kith_walk_item(kith_walk *json, bool *first, bool *more, kith_error *err)
{
    *more = kith_walk_peek(json) != ']';
    if (!*more) {
        json->at++;
        return KITH_OK;
    }
    if (!*first)
        TRY(kith_walk_take(json, ',', err));
    *first = false;
    return KITH_OK;
}

kith_status
kith_walk_end(kith_walk *json, kith_error *err)
{
    kith_walk_peek(json);
    return json->at == json->text->len ? KITH_OK : unexpected(json, "the end of the file", err);
}

char *
kith_walk_text(const json_t *value)
{
    char number[32], *dumped, *copy;

    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_NULL:
        return NULL;
    case JSON_STRING:
        return g_strdup(json_string_value(value));
    case JSON_INTEGER:
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
    case JSON_REAL:
        return g_strdup(kith_number_text(json_real_value(value), number));
    case JSON_TRUE:
    case JSON_FALSE:
        return g_strdup(json_is_true(value) ? "true" : "false");
    default:
        dumped = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
        copy = g_strdup(dumped);
        free(dumped);
        return copy;
    }
}
