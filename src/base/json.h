/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.h - JSON documents, read whole; the one door to jansson.
 *
 * What people export is not always what the standard asks for: numbers too large for a machine, half
 * surrogates, NULs. Such a value is kept as text or mended and told, never a reason to lose a file;
 * broken grammar is an error with its line and column. Ids are always text: 2^53 and 2^53 + 1 differ.
 */
#ifndef KITH_BASE_JSON_H
#define KITH_BASE_JSON_H

#include "base/base.h"

typedef struct kith_json_file kith_json_file;
typedef struct json_t kith_json_value;

/** What a reader may ask for. */
typedef enum kith_json_form {
    KITH_JSON_PLAIN = 0,
    KITH_JSON_ASSIGNMENT /**< JavaScript in front ("window.YTD.x.part0 = [") is cut off, never run */
} kith_json_form;

/**
 * Reads the whole source as one document. Depth, size and grammar are checked before anything is
 * built, so a hostile file costs its own size and no more.
 * @param out yours; kith_json_file_free()
 * @return KITH_ERR_PARSE with file, line and column; KITH_ERR_LIMIT beyond KITH_LIMIT_JSON_DEPTH or
 * KITH_LIMIT_JSON
 */
kith_status kith_json_load(kith_source *source, kith_json_form form, kith_json_file **out,
                           kith_error *err);
void kith_json_file_free(kith_json_file *json);

/** The outermost value, borrowed like all values: they live as long as the document. */
const kith_json_value *kith_json_root(const kith_json_file *json);

/** The line on which an object begins; 0 for other values, and when a repeated key made it unknown. */
int64_t kith_json_line(const kith_json_file *json, const kith_json_value *value);

/* All of these take NULL for a value that is not there. */
bool kith_json_is_array(const kith_json_value *value);
bool kith_json_is_object(const kith_json_value *value);
bool kith_json_is_true(const kith_json_value *value);
/** Whether a value is a whole number, not a text of one. */
bool kith_json_is_whole(const kith_json_value *value);
/** Reads true or false. @return false for anything else; `out` untouched */
bool kith_json_truth(const kith_json_value *value, bool *out);
/** How many items an array has, 0 for anything else; the item, NULL beyond the end. */
size_t kith_json_length(const kith_json_value *value);
const kith_json_value *kith_json_item(const kith_json_value *value, size_t i);
/** A member of an object, NULL when there is none. */
const kith_json_value *kith_json_get(const kith_json_value *value, const char *key);
/** The text of a string; "" for anything else. */
const char *kith_json_string(const kith_json_value *value);
/** kith_json_string() of a member. */
const char *kith_json_get_string(const kith_json_value *value, const char *key);
/** An id: a string, or a whole number in digits. @return `out`, the string itself, or "" */
const char *kith_json_id(const kith_json_value *value, char out[32]);
/** A value as text: "abc", "12", "0.5", "true"; arrays and objects as compact JSON. @return yours; NULL
 * for null and NULL */
char *kith_json_as_text(const kith_json_value *value);
/** A number, or a string that is one. @return false for anything else; `out` untouched */
bool kith_json_number(const kith_json_value *value, double *out);

/**
 * Members of an object in the file's order: start with `at` NULL and hand back what it gave.
 * @return the member's value; NULL behind the last
 */
const kith_json_value *kith_json_next(const kith_json_value *value, void **at, const char **key);

/** Whether the first bytes of a file are JSON that begins with this bracket ('[', '{', or 0: either)
 * and have all these words in them, quotes included; a list ends with NULL. For probes. */
bool kith_json_head_has(const char *head, size_t length, char bracket, const char *const *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_json_file, kith_json_file_free)

#endif
