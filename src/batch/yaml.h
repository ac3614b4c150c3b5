/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yaml.h - a YAML file as a small tree that remembers where each value stands; the one door to libyaml.
 *
 * Every scalar stays a text until a schema gives its type, so `no`, `1e3` and `2024-01-01` are what was written. What lets
 * one file mean two things is refused: anchors, aliases, tags, a key twice, several documents.
 */
#ifndef KITH_BATCH_YAML_H
#define KITH_BATCH_YAML_H

#include "base/base.h"

typedef enum kith_yaml_kind {
    KITH_YAML_SCALAR = 0,
    KITH_YAML_SEQUENCE,
    KITH_YAML_MAPPING
} kith_yaml_kind;

typedef struct kith_yaml {
    kith_yaml_kind kind;
    int64_t line, column; /* 1-based */
    char *text;           /* SCALAR */
    GPtrArray *items;     /* SEQUENCE: values; MAPPING: key, value, key, value … */
} kith_yaml;

/**
 * Reads a whole file.
 * @param out yours; kith_yaml_free()
 * @return KITH_ERR_IO when it cannot be read, KITH_ERR_LIMIT beyond 64 MB or 32 levels, KITH_ERR_PARSE with line and column
 */
kith_status kith_yaml_load(const char *path, kith_yaml **out, kith_error *err);

/** The same of bytes in memory; `name` is what errors call them. */
kith_status kith_yaml_parse(const char *name, const char *bytes, size_t size, kith_yaml **out,
                            kith_error *err);
void kith_yaml_free(kith_yaml *yaml);

/** How many values a sequence, or keys a mapping has; 0 for a scalar. */
size_t kith_yaml_length(const kith_yaml *yaml);
/** The i-th value of a sequence. */
const kith_yaml *kith_yaml_item(const kith_yaml *yaml, size_t i);
/** The i-th key of a mapping, and its value. */
const kith_yaml *kith_yaml_key(const kith_yaml *yaml, size_t i);
const kith_yaml *kith_yaml_value(const kith_yaml *yaml, size_t i);

/** "a text", "a list", "a mapping". */
const char *kith_yaml_kind_name(kith_yaml_kind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_yaml, kith_yaml_free)

#endif
