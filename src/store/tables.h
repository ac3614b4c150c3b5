/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tables.h - plain tables into a new SQLite file, for programs that like to ask in SQL.
 *
 * The file is written beside its name and renamed when it is whole; the same rows give the same bytes.
 */
#ifndef KITH_STORE_TABLES_H
#define KITH_STORE_TABLES_H

#include "base/base.h"

typedef struct kith_tables kith_tables;

/** One value: NULL text is SQL's NULL. */
typedef struct kith_value {
    const char *text;
    bool number; /* bound as INTEGER or REAL, not as TEXT */
} kith_value;

/** Begins a file. @param out yours; kith_tables_free() @return KITH_ERR_IO */
kith_status kith_tables_new(const char *path, kith_tables **out, kith_error *err);
/** Frees; without a commit nothing is left behind. */
void kith_tables_free(kith_tables *tables);

/** Begins a table; rows go to the one begun last. Names are quoted, whatever they hold. */
kith_status kith_tables_begin(kith_tables *tables, const char *name, const char *const *columns,
                              guint n, kith_error *err);
/** One row, as many values as there are columns. */
kith_status kith_tables_row(kith_tables *tables, const kith_value *values, kith_error *err);

/** Ends the file and gives it its name. */
kith_status kith_tables_commit(kith_tables *tables, kith_error *err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_tables, kith_tables_free)

#endif
