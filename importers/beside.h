/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beside.h - which of the files given together belongs to which: core.clu to core.net, meta.x to out.x. */
#ifndef KITH_IMPORTERS_BESIDE_H
#define KITH_IMPORTERS_BESIDE_H

#include <kith/importer.h>

/**
 * The file given together with `name`, in the same folder, that `name` adds to: its name without the extension is the
 * longest with which the name of `name` begins ("core.net" for "core_groups.clu").
 * @param extensions ".net", NULL at the end; each also with .gz and the like
 * @param rest what the name has beyond it, "groups"; "" for nothing; borrowed from `name`, with its extension
 * @return borrowed; NULL when there is none
 */
const char *kith_beside_stem(const kith_import_options *options, const char *name,
                             const char *const *extensions, const char **rest);

/** The file of exactly this name (or with .gz and the like) in the folder of `name`. @return borrowed; NULL: none */
const char *kith_beside_named(const kith_import_options *options, const char *name,
                              const char *wanted);

/** What a path has behind its last slash. Borrowed. */
const char *kith_beside_base(const char *path);

#endif
