/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool.c - texts kept once. */
#include "base/pool.h"

struct kith_pool {
    int references;
    GStringChunk *bytes;
    GPtrArray *texts;    /* number -> text */
    GHashTable *numbers; /* text -> number */
};

kith_pool *
kith_pool_new(void)
{
    kith_pool *pool = g_new0(kith_pool, 1);

    pool->references = 1;
    pool->bytes = g_string_chunk_new(64 * 1024);
    pool->texts = g_ptr_array_new();
    pool->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    g_ptr_array_add(pool->texts, NULL);
    return pool;
}

kith_pool *
kith_pool_ref(kith_pool *pool)
{
    g_atomic_int_inc(&pool->references);
    return pool;
}

void
kith_pool_unref(kith_pool *pool)
{
    if (!pool || !g_atomic_int_dec_and_test(&pool->references))
        return;
    g_hash_table_unref(pool->numbers);
    g_ptr_array_unref(pool->texts);
    g_string_chunk_free(pool->bytes);
    g_free(pool);
}

uint32_t
kith_pool_put(kith_pool *pool, const char *text)
{
    gpointer found;
    char *copy;

    if (!text)
        return 0;
    found = g_hash_table_lookup(pool->numbers, text);
    if (found)
        return GPOINTER_TO_UINT(found);
    copy = g_string_chunk_insert(pool->bytes, text);
    g_hash_table_insert(pool->numbers, copy, GUINT_TO_POINTER(pool->texts->len));
    g_ptr_array_add(pool->texts, copy);
    return pool->texts->len - 1;
}

const char *
kith_pool_get(const kith_pool *pool, uint32_t number)
{
    return number < pool->texts->len ? pool->texts->pdata[number] : NULL;
}

uint32_t
kith_pool_size(const kith_pool *pool)
{
    return pool->texts->len;
}
