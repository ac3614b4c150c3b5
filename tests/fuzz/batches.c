/* SPDX-License-Identifier: GPL-3.0-or-later */
/* batches.c - targets of `kith batch` and `kith graph`: manifests, and edge lists that are read one link at a time. */
#include "base/links.h"
#include "batch/manifest.h"
#include "fuzz/target.h"
#include <math.h>
#include <string.h>

static void
check_words(const kith_error *err)
{
    g_assert(err->message[0] && !strchr(err->message, '\n'));
}

/* What is refused is told with its line, and what is accepted can be walked. */
void
fuzz_manifest(const uint8_t *bytes, size_t size)
{
    g_autoptr(kith_manifest) m = NULL;
    kith_error err = {0};

    if (kith_manifest_parse("fuzz.yaml", (const char *)bytes, size, &m, &err) != KITH_OK) {
        check_words(&err);
        g_assert(err.line > 0);
        return;
    }
    g_assert(m->entries->len > 0 && m->grids->len > 0);
    for (guint i = 0; i < m->grids->len; i++)
        g_assert(g_array_index(m->grids, kith_manifest_grid, i).pass);
}

void
fuzz_links(const uint8_t *bytes, size_t size)
{
    kith_source *source = kith_source_from_memory("fuzz", bytes, size);
    kith_links *links = kith_links_new(source);
    kith_error err = {0};
    kith_link link;
    bool more = true;

    while (more && kith_links_next(links, &link, &more, &err) == KITH_OK)
        g_assert(!more || (link.from_length && link.to_length && isfinite(link.weight)));
    if (err.status != KITH_OK)
        check_words(&err);
    kith_links_free(links);
    kith_source_free(source);
}
