/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attendance-list - who came to what, one row for each person at each event.
 *
 *     Event,Date,Name,Email,Company,Status
 *     First Friday Coffee,05/01/2024,"Kowalska, Marta",,Tidewell Business Circle,Present
 *
 * Columns stand in any order under many names. A name and a company are all that tells people apart, so the same two in
 * one file are one person, and two John Smiths of two firms are two. Where a file says person and event and nothing
 * else, its names are labels, as in any table of research data.
 */
#include "base/base.h"
#include "base/name.h"
#include "map.h"
#include "people.h"
#include <kith/importer.h>
#include <string.h>

struct list {
    kith_source *source;
    kith_rows *rows;
    kith_builder *into;
    int column[KITH_ROLES];
    bool *spare;   /* columns without a role */
    bool labelled; /* person, event and date alone */
    bool answers;  /* the status column is a reply to an invitation, not a presence */
};

static bool
has_person(const int column[KITH_ROLES])
{
    return column[KITH_ROLE_NAME] >= 0 || column[KITH_ROLE_GIVEN] >= 0 ||
           column[KITH_ROLE_EMAIL] >= 0;
}

/* "Title" is an event's where rows are dated and marked; otherwise it is somebody's job. */
static bool
find_columns(const kith_header *header, int column[KITH_ROLES])
{
    int title = kith_header_find(header, "title");

    kith_columns_clear(column);
    kith_columns_find(header, kith_synonyms_attendance, column);
    if (column[KITH_ROLE_EVENT] < 0 && title >= 0 && column[KITH_ROLE_DATE] >= 0 &&
        column[KITH_ROLE_STATUS] >= 0)
        column[KITH_ROLE_EVENT] = title;
    kith_columns_find(header, kith_synonyms_people, column);
    return column[KITH_ROLE_EVENT] >= 0 && has_person(column);
}

static bool
is_list_header(const kith_header *header)
{
    int column[KITH_ROLES];

    return header->n >= 2 && find_columns(header, column);
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(kith_header) header = kith_rows_sniff_header(head, length, is_list_header);

    (void)name;
    return header ? 86 : 0;
}

static bool
is_labelled(const int column[KITH_ROLES])
{
    static const kith_role more[] = {KITH_ROLE_GIVEN,   KITH_ROLE_FAMILY, KITH_ROLE_EMAIL,
                                     KITH_ROLE_COMPANY, KITH_ROLE_STATUS, KITH_ROLE_PHONE};

    for (size_t i = 0; i < G_N_ELEMENTS(more); i++)
        if (column[more[i]] >= 0)
            return false;
    return column[KITH_ROLE_NAME] >= 0;
}

/* The one mention of a person: by label, by name and company, or by address when there is no name. */
static kith_mention
mention_person(struct list *l, const kith_row *row)
{
    g_autofree char *name = kith_people_name(row, l->column);
    g_autofree char *words = kith_name_words(name);
    g_autofree char *org = kith_org_key(kith_row_text(row, l->column[KITH_ROLE_COMPANY]));
    g_autofree char *key = NULL;

    if (l->labelled)
        return kith_builder_keyed(l->into, KITH_PERSON, KITH_ID_LABEL,
                                  kith_row_text(row, l->column[KITH_ROLE_NAME]));
    if (*name)
        key = g_strdup_printf("%s|%s", *words ? words : name, org);
    else
        key = g_strdup_printf("%s|%s", kith_row_text(row, l->column[KITH_ROLE_EMAIL]), org);
    return kith_builder_keyed(l->into, KITH_PERSON, KITH_ID_LOCAL, key);
}

static kith_mention
mention_event(struct list *l, const kith_row *row, const kith_fact *fact)
{
    const char *name = kith_row_text(row, l->column[KITH_ROLE_EVENT]);
    g_autofree char *key = NULL;
    int64_t before = kith_builder_mentions(l->into);
    char day[32];
    kith_mention event;

    key = g_strdup_printf("%s|%s", name, kith_time_text(fact->when, fact->precision, day));
    event = kith_builder_keyed(l->into, KITH_EVENT, KITH_ID_LOCAL, key);
    if (event == before) {
        kith_builder_name(l->into, event, name);
        kith_builder_event_time(l->into, event, fact->when, fact->precision);
    }
    return event;
}

/* A "yes" to an invitation is a registration: registering is not attending. */
static kith_attendance
as_answer(kith_attendance status)
{
    switch (status) {
    case KITH_ATTENDANCE_ATTENDED:
        return KITH_ATTENDANCE_REGISTERED;
    case KITH_ATTENDANCE_REGISTERED:
    case KITH_ATTENDANCE_NONE:
        return KITH_ATTENDANCE_INVITED;
    default:
        return status;
    }
}

/* No status column: the list is of those who came. An empty cell: on the list, but not ticked. */
static const char *
read_status(struct list *l, const kith_row *row)
{
    int column = l->column[KITH_ROLE_STATUS];
    const char *text = kith_row_text(row, column);
    kith_attendance status = kith_attendance_from_word(text);

    if (column < 0)
        return kith_attendance_name(KITH_ATTENDANCE_ATTENDED);
    if (status == KITH_ATTENDANCE_UNKNOWN && *text) {
        kith_rows_at(l->rows, row, column);
        kith_source_warn(l->source, "unknown status '%s' read as registered", text);
    }
    if (status == KITH_ATTENDANCE_UNKNOWN)
        status = KITH_ATTENDANCE_REGISTERED;
    else if (l->answers)
        status = as_answer(status);
    else if (status == KITH_ATTENDANCE_NONE)
        status = KITH_ATTENDANCE_NO_SHOW;
    return kith_attendance_name(status);
}

static bool
is_nobody(const struct list *l, const kith_row *row)
{
    g_autofree char *name = kith_people_name(row, l->column);

    return !*name && !*kith_row_text(row, l->column[KITH_ROLE_EMAIL]);
}

static kith_status
read_row(struct list *l, const kith_row *row, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    int64_t before;

    if (is_nobody(l, row) || !*kith_row_text(row, l->column[KITH_ROLE_EVENT])) {
        kith_source_hold(l->source,
                         is_nobody(l, row) ? "the row names nobody" : "the row names no event");
        return KITH_OK;
    }
    fact.kind = KITH_ATTENDED;
    kith_rows_date(l->rows, row, l->column[KITH_ROLE_DATE], &fact.when, &fact.precision);
    before = kith_builder_mentions(l->into);
    fact.from = mention_person(l, row);
    if (!l->labelled)
        kith_people_describe(l->rows, row, l->column, l->into, fact.from);
    if (fact.from >= before) /* the company is part of who it is: once is enough */
        TRY(kith_people_employ(row, l->column, l->into, fact.from, err));
    fact.to = mention_event(l, row, &fact);
    fact.status = read_status(l, row);
    TRY(kith_builder_fact(l->into, &fact, err));
    kith_people_tie_attributes(l->rows, row, l->spare, l->into);
    return KITH_OK;
}

/* With a map the user says what the columns are: the first row is the header. */
static bool
is_any_header(const kith_header *header)
{
    return header->n >= 2;
}

static kith_status
open_list(struct list *l, const char *map, kith_error *err)
{
    const kith_header *header;

    TRY(kith_rows_open(l->source, map ? is_any_header : is_list_header, &l->rows, err));
    header = kith_rows_header(l->rows);
    find_columns(header, l->column);
    TRY(kith_map_apply(header, map, KITH_MAP_ATTENDANCE, l->source, l->column, err));
    if (l->column[KITH_ROLE_EVENT] < 0 || !has_person(l->column))
        return kith_fail_at(err, KITH_ERR_ARGUMENT, kith_source_name(l->source), 0, 0,
                            "no column is the %s (expected a map such as 'Wer=name,Was=event')",
                            l->column[KITH_ROLE_EVENT] < 0 ? "event" : "person");
    l->spare = kith_columns_spare(header, l->column);
    l->labelled = is_labelled(l->column);
    l->answers =
        l->column[KITH_ROLE_STATUS] >= 0 &&
        kith_word_among(header->folded[l->column[KITH_ROLE_STATUS]], "rsvp|response|reply");
    kith_rows_dates_in(l->rows, l->column[KITH_ROLE_DATE]);
    return KITH_OK;
}

static kith_status
read_rows(struct list *l, kith_error *err)
{
    const kith_row *row;

    for (;;) {
        TRY(kith_rows_next(l->rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(l, row, err));
    }
}

static kith_status
read_list(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    struct list l = {.source = source, .into = into};
    kith_status status =
        open_list(&l, options ? ((const kith_import_options *)options)->map : NULL, err);

    if (status == KITH_OK)
        status = read_rows(&l, err);
    kith_rows_free(l.rows);
    g_free(l.spare);
    return status;
}

const kith_importer kith_importer_attendance_list = {
    .name = "attendance-list",
    .summary = "who came to what, one row for each person at each event",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_list,
};
