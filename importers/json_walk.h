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

typedef struct kith_walk {
    kith_source *source; /**< borrowed */
    GString *text;
    size_t at;
    size_t counted, line_start; /**< how far lines were counted; where the last one starts */
    int64_t line;
} kith_walk;

/** Reads the whole source as UTF-8; kith_walk_clear() it, also after a failure. */
kith_status kith_walk_init(kith_walk *json, kith_source *source, kith_error *err);
void kith_walk_clear(kith_walk *json);

/** Puts the source on an offset of the text. */
void kith_walk_place(kith_walk *json, size_t offset);
/** The next character that is no blank, 0 at the end. */
char kith_walk_peek(kith_walk *json);
/** Takes a mark such as '[' . */
kith_status kith_walk_take(kith_walk *json, char mark, kith_error *err);
/** The next value as a tree, with the source on its start. @param out yours (json_decref()) */
kith_status kith_walk_value(kith_walk *json, json_t **out, kith_error *err);
/** Reads past a list or object, which is parsed later, and past anything else once it is parsed. */
kith_status kith_walk_skip(kith_walk *json, kith_error *err);
/** The next key of an object; *first starts true. @param key yours; NULL at the '}', which is taken */
kith_status kith_walk_key(kith_walk *json, bool *first, char **key, kith_error *err);
/** Whether a list goes on; *first starts true. The ']' is taken. */
kith_status kith_walk_item(kith_walk *json, bool *first, bool *more, kith_error *err);
/** Checks that nothing follows. */
kith_status kith_walk_end(kith_walk *json, kith_error *err);

/** A value as text: "abc", "12", "0.5", "true"; lists and objects as compact JSON. @return yours;
 * NULL for null and NULL */
char *kith_walk_text(const json_t *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_walk, kith_walk_clear)

#endif
