/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.h - a person as one row of a table tells it. */
#ifndef KITH_IMPORTERS_PEOPLE_H
#define KITH_IMPORTERS_PEOPLE_H

#include "rows.h"
#include <kith/builder.h>

/** A name cell as it is shown: "Kowalska, Marta" turned, anything else as written. @return yours; "" for none */
char *kith_people_shown_name(const char *cell);

/** Whether a text is what stands behind a name, as in "Jane Smith, PhD". */
bool kith_people_is_credential(const char *text);

/** The name a row gives its person, from one column or two. @return yours; "" for none */
char *kith_people_name(const kith_row *row, const int column[KITH_ROLES]);

/** Gives a mention every address in a cell ("a@x.org; b@x.org"). @return how many were addresses */
int kith_people_emails(kith_builder *into, kith_mention who, const char *cell);

/** Gives a mention all that a row says of it: names, addresses, phone, link, title. */
void kith_people_describe(kith_rows *rows, const kith_row *row, const int column[KITH_ROLES],
                          kith_builder *into, kith_mention who);

/** The tie to the organisation that the row names, when it names one. */
kith_status kith_people_employ(const kith_row *row, const int column[KITH_ROLES],
                               kith_builder *into, kith_mention who, kith_error *err);

/** Keeps the columns that have no role (kith_columns_spare()) as attributes of a mention. */
void kith_people_attributes(const kith_rows *rows, const kith_row *row, const bool *spare,
                            kith_builder *into, kith_mention who);

/** The same as attributes of the tie added last. */
void kith_people_tie_attributes(const kith_rows *rows, const kith_row *row, const bool *spare,
                                kith_builder *into);

#endif
