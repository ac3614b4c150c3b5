/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys.c - seeds and keys of units: computed once for a plan, since everything asks for them again and again.
 */
#include "base/sha256.h"
#include "batch/plan.h"
#include <kith/kith.h>
#include <string.h>

struct kith_plan_unit_key {
    char hex[KITH_KEY_LENGTH + 1];
    int64_t seed;
};

/* Each text with its length in front, so that no two lists of texts look the same. */
static void
put(GString *into, const char *text)
{
    g_string_append_printf(into, "%zu:%s", text ? strlen(text) : 0, text ? text : "");
}

static void
put_number(GString *into, int64_t n)
{
    char text[24];

    g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, n);
    put(into, text);
}

static void
put_content(GString *into, const kith_plan_dataset *d)
{
    put(into, d->sha256);
    put(into, d->format);
    put(into, d->weight);
    put(into, d->map);
    put(into, d->me);
    put(into, d->as_of);
    put_number(into, d->directed ? 1 : d->undirected ? 2 : 0);
    if (d->called)
        put(into, d->called);
    if (d->also)
        put(into, d->also);
}

static void
put_point(GString *into, const kith_plan *plan, const kith_plan_point *p)
{
    const kith_option *o = p->pass->options;

    put(into, p->pass->name);
    for (int i = 0; p->values[i]; i++) {
        const char *file = kith_option_file(&o[i], p->values[i]);

        put(into, o[i].name);
        put(into, file ? "@" : p->values[i]);
        if (file)
            put(into, kith_plan_file_hash(plan, file));
    }
    put_number(into, p->replicate);
}

static void
hash(const GString *what, char hex[KITH_KEY_LENGTH + 1])
{
    kith_sha256 *sha = kith_sha256_new();

    kith_sha256_update(sha, what->str, what->len);
    memcpy(hex, kith_sha256_hex(sha), KITH_KEY_LENGTH);
    hex[KITH_KEY_LENGTH] = '\0';
    kith_sha256_free(sha);
}

/* The first eight bytes of a hash; a double, and so every program, can hold what is left of them. */
static int64_t
seed_of(const kith_plan *plan, const GString *both, GString *text)
{
    char hex[KITH_KEY_LENGTH + 1];

    g_string_truncate(text, 0);
    put_number(text, plan->seed);
    g_string_append_len(text, both->str, (gssize)both->len);
    hash(text, hex);
    hex[16] = '\0';
    return (int64_t)(g_ascii_strtoull(hex, NULL, 16) >> 11);
}

static void
key_of(const kith_plan *plan, const kith_plan_dataset *d, const kith_plan_point *p,
       const GString *both, GString *text, struct kith_plan_unit_key *out)
{
    out->seed = seed_of(plan, both, text);
    g_string_truncate(text, 0);
    g_string_append_len(text, both->str, (gssize)both->len);
    put(text, d->reader);
    put_number(text, KITH_READING_REVISION);
    put_number(text, p->pass->revision);
    put_number(text, out->seed);
    put_number(text, plan->rows);
    put(text, kith_engine());
    hash(text, out->hex);
}

void
kith_plan_seal(kith_plan *plan)
{
    g_autoptr(GString) both = g_string_new(NULL), text = g_string_new(NULL);
    g_autoptr(GPtrArray) points = g_ptr_array_new_with_free_func(g_free);
    struct kith_plan_unit_key *at;

    for (guint p = 0; p < plan->points->len; p++) {
        GString *point = g_string_new(NULL);

        put_point(point, plan, kith_plan_point_at(plan, p));
        g_ptr_array_add(points, g_string_free(point, FALSE));
    }
    g_free(plan->keys);
    at = plan->keys = g_new(struct kith_plan_unit_key, kith_plan_units(plan));
    for (guint d = 0; d < plan->datasets->len; d++) {
        gsize content;

        g_string_truncate(both, 0);
        put_content(both, kith_plan_dataset_at(plan, d));
        content = both->len;
        for (guint p = 0; p < points->len; p++, at++) {
            g_string_truncate(both, content);
            g_string_append(both, points->pdata[p]);
            key_of(plan, kith_plan_dataset_at(plan, d), kith_plan_point_at(plan, p), both, text,
                   at);
        }
    }
}

int64_t
kith_plan_unit_seed(const kith_plan *plan, int64_t unit)
{
    return plan->keys[unit].seed;
}

const char *
kith_plan_key(const kith_plan *plan, int64_t unit)
{
    return plan->keys[unit].hex;
}

/* Data sets of the same content, read the same way, are read once: as the first of them. */
void
kith_plan_find_firsts(kith_plan *plan)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < plan->datasets->len; i++) {
        kith_plan_dataset *d = &g_array_index(plan->datasets, kith_plan_dataset, i);
        g_autoptr(GString) content = g_string_new(NULL);
        gpointer first;

        put_content(content, d);
        put(content, d->reader);
        if (g_hash_table_lookup_extended(seen, content->str, NULL, &first)) {
            d->first = GPOINTER_TO_INT(first);
        } else {
            d->first = i;
            g_hash_table_insert(seen, g_strdup(content->str), GINT_TO_POINTER((int)i));
        }
    }
}
