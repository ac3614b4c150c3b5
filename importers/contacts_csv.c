/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contacts-csv - a plain table of people: Name or First and Last, with Email, Company, Title or Phone.
 *
 * Nothing says whose contacts they are, so there is no owner and nobody is tied to anybody: people and where they work.
 */
#include "base/base.h"
#include "base/text.h"
#include "map.h"
#include "people.h"
#include <kith/importer.h>
#include <string.h>

static bool
find_columns(const kith_header *header, int column[KITH_ROLES])
{
    bool named, reachable;

    kith_columns_clear(column);
    kith_columns_find(header, kith_synonyms_people, column);
    named = column[KITH_ROLE_NAME] >= 0 || column[KITH_ROLE_GIVEN] >= 0 ||
            column[KITH_ROLE_FAMILY] >= 0;
    reachable = column[KITH_ROLE_EMAIL] >= 0 || column[KITH_ROLE_PHONE] >= 0;
    return reachable || (named && (column[KITH_ROLE_COMPANY] >= 0 || column[KITH_ROLE_URL] >= 0));
}

static bool
is_contacts_header(const kith_header *header)
{
    int column[KITH_ROLES];

    return header->n >= 2 && find_columns(header, column);
}

/* With a map the user says what the columns are: the first row is the header. */
static bool
is_any_header(const kith_header *header)
{
    return header->n >= 1;
}

static kith_status
choose_columns(kith_source *source, const kith_header *header, const char *map,
               int column[KITH_ROLES], kith_error *err)
{
    find_columns(header, column);
    TRY(kith_map_apply(header, map, KITH_MAP_PEOPLE, source, column, err));
    if (column[KITH_ROLE_NAME] < 0 && column[KITH_ROLE_GIVEN] < 0 && column[KITH_ROLE_FAMILY] < 0 &&
        column[KITH_ROLE_EMAIL] < 0 && column[KITH_ROLE_PHONE] < 0)
        return kith_fail_at(
            err, KITH_ERR_ARGUMENT, kith_source_name(source), 0, 0,
            "no column names anybody (expected a map such as 'Wer=name,Mail=email')");
    return KITH_OK;
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_contacts_header);

    (void)name;
    return header ? 50 : 0;
}

/* Whether a cell holds more than blanks, of whatever alphabet. */
static bool
says_something(const char *cell)
{
    g_autofree char *clean = g_ascii_isgraph(*cell) || !*cell ? NULL : kith_text_clean(cell);

    return clean ? *clean : *cell;
}

static bool
is_anybody(const kith_row *row, const int column[KITH_ROLES])
{
    static const kith_role telling[] = {KITH_ROLE_NAME,  KITH_ROLE_GIVEN, KITH_ROLE_FAMILY,
                                        KITH_ROLE_EMAIL, KITH_ROLE_PHONE, KITH_ROLE_URL};

    for (size_t i = 0; i < G_N_ELEMENTS(telling); i++)
        if (says_something(kith_row_text(row, column[telling[i]])))
            return true;
    return false;
}

static kith_status
read_row(kith_rows *rows, const kith_row *row, const int column[KITH_ROLES], const bool *spare,
         kith_builder *into, kith_error *err)
{
    const char *company = kith_row_text(row, column[KITH_ROLE_COMPANY]);
    kith_mention who;

    if (!is_anybody(row, column)) {
        if (*company)
            kith_builder_organisation(into, company);
        else
            kith_source_hold(kith_rows_source(rows), "the row names neither a person nor a firm");
        return KITH_OK;
    }
    who = kith_builder_mention(into, KITH_PERSON);
    kith_people_describe(rows, row, column, into, who);
    kith_people_attributes(rows, row, spare, into, who);
    return kith_people_employ(row, column, into, who, err);
}

static kith_status
read_contacts(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_autoptr(kith_rows) rows = NULL;
    g_autofree bool *spare = NULL;
    const char *map = options ? ((const kith_import_options *)options)->map : NULL;
    int column[KITH_ROLES];
    const kith_row *row;

    TRY(kith_rows_open(source, map ? is_any_header : is_contacts_header, &rows, err));
    TRY(choose_columns(source, kith_rows_header(rows), map, column, err));
    spare = kith_columns_spare(kith_rows_header(rows), column);
    for (;;) {
        TRY(kith_rows_next(rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(rows, row, column, spare, into, err));
    }
}

const kith_importer kith_importer_contacts_csv = {
    .name = "contacts-csv",
    .summary = "a table of people: name, e-mail, company, title, phone",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_contacts,
};
