/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nodes-csv - the nodes of a graph file: Id, Label, and attributes.
 *
 * The id is the label under which edge tables know the node; the Label column is its name. A column "kind" says what it
 * is, otherwise it is a person.
 */
#include "base/base.h"
#include "people.h"
#include <kith/importer.h>
#include <string.h>

/* The id column: "Id" wherever it stands, or a first column that can hardly be anything else. */
static int
id_column(const kith_header *header)
{
    int id = kith_header_find(header, "id");

    if (id >= 0)
        return id;
    return header->n && kith_word_among(header->folded[0], "node|name|vertex|label|node id|actor")
               ? 0
               : -1;
}

static int
name_column(const kith_header *header, int id)
{
    static const char *const words[] = {"label", "name", "full name", "display name"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        int column = kith_header_find(header, words[i]);

        if (column >= 0 && column != id)
            return column;
    }
    return -1;
}

/* "AccountId", "User ID", "owner_id": a key of another table, so this one comes out of some database. */
static bool
has_foreign_key(const kith_header *header)
{
    static const char *const endings[] = {"Id", "ID", "_id", " id"};

    for (size_t i = 0; i < header->n; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(endings); k++)
            if (strlen(header->text[i]) > strlen(endings[k]) &&
                g_str_has_suffix(header->text[i], endings[k]))
                return i > 0;
    return false;
}

/* A table with e-mails is about contacts, one with two ends is about ties. */
static bool
is_nodes_header(const kith_header *header)
{
    int column[KITH_ROLES];

    kith_columns_clear(column);
    kith_columns_find(header, kith_synonyms_people, column);
    return header->n >= 2 && id_column(header) >= 0 && column[KITH_ROLE_EMAIL] < 0 &&
           !has_foreign_key(header) && kith_header_find(header, "source") < 0 &&
           kith_header_find(header, "target") < 0;
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_nodes_header);

    (void)name;
    if (!header)
        return 0;
    return kith_header_find(header, "id") == 0 && kith_header_find(header, "label") > 0 ? 75 : 40;
}

static void
read_row(kith_rows *rows, const kith_row *row, const int column[KITH_ROLES], bool *spare,
         kith_builder *into)
{
    const char *id = kith_row_text(row, column[KITH_ROLE_ID]);
    kith_node_kind kind = KITH_PERSON;
    kith_mention who;
    bool is_kind;

    /* Any other word there is an attribute like all others. */
    is_kind = kith_node_kind_from_name(kith_row_text(row, column[KITH_ROLE_KIND]), &kind);
    if (!*id) {
        kith_rows_at(rows, row, column[KITH_ROLE_ID]);
        kith_source_hold(kith_rows_source(rows), "the row has no id");
        return;
    }
    who = kith_builder_keyed(into, kind, KITH_ID_LABEL, id);
    kith_builder_name(into, who, kith_row_text(row, column[KITH_ROLE_LABEL]));
    if (column[KITH_ROLE_KIND] >= 0)
        spare[column[KITH_ROLE_KIND]] = !is_kind;
    kith_people_attributes(rows, row, spare, into, who);
}

static kith_status
read_nodes(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_autoptr(kith_rows) rows = NULL;
    g_autofree bool *spare = NULL;
    const kith_header *header;
    int column[KITH_ROLES];
    const kith_row *row;

    (void)options;
    TRY(kith_rows_open(source, is_nodes_header, &rows, err));
    header = kith_rows_header(rows);
    kith_columns_clear(column);
    column[KITH_ROLE_ID] = id_column(header);
    column[KITH_ROLE_LABEL] = name_column(header, column[KITH_ROLE_ID]);
    column[KITH_ROLE_KIND] = kith_header_find(header, "kind");
    spare = kith_columns_spare(header, column);
    for (;;) {
        TRY(kith_rows_next(rows, &row, err));
        if (!row)
            return KITH_OK;
        read_row(rows, row, column, spare, into);
    }
}

const kith_importer kith_importer_nodes_csv = {
    .name = "nodes-csv",
    .summary = "a table of nodes: id, label and attributes, as Gephi writes it",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_nodes,
};
