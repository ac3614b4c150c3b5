/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_sets.c - the nodes of a DOT statement or subgraph, each once, in order. */
#include "dot_sets.h"

kith_dot_set *
kith_dot_set_new(void)
{
    kith_dot_set *set = g_new0(kith_dot_set, 1);

    set->references = 1;
    set->nodes = g_array_new(FALSE, FALSE, sizeof(kith_mention));
    return set;
}

kith_dot_set *
kith_dot_set_ref(kith_dot_set *set)
{
    set->references++;
    return set;
}

void
kith_dot_set_unref(kith_dot_set *set)
{
    if (!set || --set->references > 0)
        return;
    g_array_unref(set->nodes);
    if (set->seen)
        g_hash_table_unref(set->seen);
    g_free(set);
}

void
kith_dot_set_add(kith_dot_set *set, kith_mention who)
{
    if (set->nodes->len == 1 && !set->seen) {
        set->seen = g_hash_table_new(g_direct_hash, g_direct_equal);
        g_hash_table_add(set->seen, (gpointer)(intptr_t)(kith_dot_set_at(set, 0) + 1));
    }
    if (set->seen && !g_hash_table_add(set->seen, (gpointer)(intptr_t)(who + 1)))
        return;
    g_array_append_val(set->nodes, who);
}

bool
kith_dot_first_tie(GHashTable *ties, kith_mention from, kith_mention to, bool directed)
{
    gint64 low = directed ? from : MIN(from, to), high = directed ? to : MAX(from, to);
    gint64 key = low << 32 | high;

    return g_hash_table_add(ties, g_memdup2(&key, sizeof key));
}
