/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json_walk.h - a JSON text entered where it is large and parsed where it is small.
 *
 * A list of a million ties is walked item by item, each parsed by jansson alone, so that memory
 * follows the text and every item knows its line. Lists and objects within one another are counted,
 * not entered, beyond 512 it is an error.
 */
#ifndef KITH_IMPORTERS_JSON_WALK_H
#define KITH_IMPORTERS_JSON_WALK_H

#include "base/base.h"
#include <jansson.h>

typedef struct kith_json {
    kith_source *source; /**< borrowed */
    GString *text;
    size_t at;
    size_t counted, line_start; /**< how far lines were counted; where the last one starts */
    int64_t line;
} kith_json;

/** Reads the whole source as UTF-8; kith_json_clear() it, also after a failure. */
kith_status kith_json_init(kith_json *json, kith_source *source, kith_error *err);
void kith_json_clear(kith_json *json);

/** Puts the source on an offset of the text. */
void kith_json_place(kith_json *json, size_t offset);
/** The next character that is no blank, 0 at the end. */
char kith_json_peek(kith_json *json);
/** Takes a mark such as '[' . */
kith_status kith_json_take(kith_json *json, char mark, kith_error *err);
/** The next value as a tree, with the source on its start. @param out yours (json_decref()) */
kith_status kith_json_value(kith_json *json, json_t **out, kith_error *err);
/** Reads past a list or object, which is parsed later, and past anything else once it is parsed. */
kith_status kith_json_skip(kith_json *json, kith_error *err);
/** The next key of an object; *first starts true. @param key yours; NULL at the '}', which is taken */
kith_status kith_json_key(kith_json *json, bool *first, char **key, kith_error *err);
/** Whether a list goes on; *first starts true. The ']' is taken. */
kith_status kith_json_item(kith_json *json, bool *first, bool *more, kith_error *err);
/** Checks that nothing follows. */
kith_status kith_json_end(kith_json *json, kith_error *err);

/** A value as text: "abc", "12", "0.5", "true"; lists and objects as compact JSON. @return yours;
 * NULL for null and NULL */
char *kith_json_text(const json_t *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_json, kith_json_clear)

#endif
