/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv_out.h - fields of a CSV file (RFC 4180) as text.
 *
 * A spreadsheet runs a cell that begins like a formula, and names come from strangers: such a text gets a leading
 * apostrophe unless it is just a number.
 */
#ifndef KITH_BASE_CSV_OUT_H
#define KITH_BASE_CSV_OUT_H

#include <glib.h>

/** Appends a text that we wrote ourselves, quoted where it must be. */
void kith_csv_put_field(GString *line, const char *text);

/** Appends a text of unknown origin: valid UTF-8, without controls, never a formula; "" for NULL. */
void kith_csv_put_text(GString *line, const char *text);

#endif
