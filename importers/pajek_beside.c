/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pajek_beside.c - a partition (.clu) or vector (.vec) in a file of its own.
 *
 * It numbers the vertices of a network that stands in another file, so that file's vertices are read first: only then
 * is "the third value" somebody. Names as Pajek's users give them: core.net, core.clu, core_groups.clu.
 */
#include "beside.h"
#include "pajek.h"
#include <string.h>

static const char *const networks[] = {".net", ".NET", NULL};

static bool
is_values(const char *name)
{
    static const char *const ends[] = {".clu", ".vec", ".CLU", ".VEC"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (strstr(kith_beside_base(name), ends[i]))
            return true;
    return false;
}

/* The attribute's name: "groups" of core_groups.clu, else what the kind of file is called. */
static char *
values_name(const char *rest)
{
    const char *dot = strchr(rest, '.');
    bool vector = g_str_has_prefix(dot ? dot : rest, ".vec") || g_str_has_prefix(rest, "vec");

    if (dot && dot > rest)
        return g_strndup(rest, (gsize)(dot - rest));
    return g_strdup(vector ? "vector" : "partition");
}

/* Reads the vertices of another file as if they stood here; its ties are that file's own to tell. */
static kith_status
read_vertices(kith_pajek *p, kith_source *network, kith_error *err)
{
    kith_scan *own_scan = p->scan;
    kith_source *own = p->file->source;
    g_auto(kith_scan) scan = {0};
    kith_status status;

    TRY(kith_scan_init(&scan, network, err));
    p->scan = &scan;
    p->file->source = network;
    p->vertices_only = true;
    status = kith_pajek_read_sections(p, err);
    if (status == KITH_OK)
        status = kith_pajek_settle_bare(p, err);
    p->scan = own_scan;
    p->file->source = own;
    p->section = KITH_PAJEK_NOTHING;
    p->vertices_only = false;
    return status;
}

kith_status
kith_pajek_read_beside(kith_pajek *p, kith_error *err)
{
    const char *name = kith_source_name(p->file->source), *rest, *path;
    g_autoptr(kith_source) network = NULL;
    g_autofree char *called = NULL;

    if (!is_values(name) || !(path = kith_beside_stem(p->file->options, name, networks, &rest)))
        return KITH_OK;
    TRY(kith_source_open(path, &network, err));
    TRY(read_vertices(p, network, err));
    called = values_name(rest);
    kith_pajek_values_start(&p->values, called);
    kith_source_describe(p->file->source, "'%s' of the vertices of %s", called,
                         kith_beside_base(path));
    p->joined = true;
    return KITH_OK;
}
