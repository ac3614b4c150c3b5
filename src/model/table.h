/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h - making tables; an answer does it for the passes. */
#ifndef KITH_MODEL_TABLE_H
#define KITH_MODEL_TABLE_H

#include <glib.h>
#include <kith/table.h>

/** An empty table. Columns are borrowed. @return yours; kith_table_free() */
kith_table *kith_table_new(const char *name, const kith_column *columns, int64_t n);
void kith_table_free(kith_table *table);

#endif
