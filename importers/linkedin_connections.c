/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linkedin-connections - the Connections.csv of a LinkedIn archive, in all its eras.
 *
 *     First Name,Last Name,URL,Email Address,Company,Position,Connected On
 *
 * Before mid-2023 there is no URL column, since 2021 there are three lines of notes above, and a spreadsheet may have
 * saved it again with semicolons and its own dates. It is a star: everybody is tied to the owner and nobody to another.
 * Members who hide themselves leave a row with a date and nothing else.
 */
#include "base/base.h"
#include "people.h"
#include <kith/importer.h>
#include <string.h>

static bool
is_connections_header(const kith_header *header)
{
    return kith_header_find(header, "first name") >= 0 &&
           kith_header_find(header, "last name") >= 0 &&
           kith_header_find(header, "connected on") >= 0;
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_connections_header);

    (void)name;
    return header ? 98 : 0;
}

static void
find_columns(const kith_header *header, int column[KITH_ROLES])
{
    kith_columns_clear(column);
    column[KITH_ROLE_DATE] = kith_header_find(header, "connected on");
    kith_columns_find(header, kith_synonyms_people, column);
}

static bool
is_hidden(const kith_row *row, const int column[KITH_ROLES])
{
    g_autofree char *name = kith_people_name(row, column);

    return !*name && !*kith_row_text(row, column[KITH_ROLE_URL]) &&
           !*kith_row_text(row, column[KITH_ROLE_EMAIL]);
}

static kith_status
read_row(kith_rows *rows, const kith_row *row, const int column[KITH_ROLES], const bool *spare,
         kith_builder *into, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    if (is_hidden(row, column)) {
        kith_source_hold(kith_rows_source(rows), "hidden profile: the row has a date only");
        return KITH_OK;
    }
    fact.kind = KITH_KNOWS;
    fact.channel = "linkedin";
    fact.from = kith_builder_owner(into);
    fact.to = kith_builder_mention(into, KITH_PERSON);
    kith_rows_date(rows, row, column[KITH_ROLE_DATE], &fact.when, &fact.precision);
    kith_people_describe(rows, row, column, into, fact.to);
    kith_people_attributes(rows, row, spare, into, fact.to);
    TRY(kith_builder_fact(into, &fact, err));
    return kith_people_employ(row, column, into, fact.to, err);
}

static kith_status
read_connections(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_autoptr(kith_rows) rows = NULL;
    g_autofree bool *spare = NULL;
    int column[KITH_ROLES];
    const kith_row *row;

    (void)options;
    TRY(kith_rows_open(source, is_connections_header, &rows, err));
    find_columns(kith_rows_header(rows), column);
    kith_rows_dates_in(rows, column[KITH_ROLE_DATE]);
    spare = kith_columns_spare(kith_rows_header(rows), column);
    for (;;) {
        TRY(kith_rows_next(rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(rows, row, column, spare, into, err));
    }
}

const kith_importer kith_importer_linkedin_connections = {
    .name = "linkedin-connections",
    .summary =
        "LinkedIn Connections.csv: whom you are connected to, since when, and where they work",
    .extensions = "csv",
    .probe = probe,
    .read = read_connections,
};
