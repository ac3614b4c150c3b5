/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attendance-matrix - people down, events across, a mark where they meet.
 *
 *     ,First Friday,Trade Fair,05/01/2024
 *     Marta Kowalska,1,x,P
 *
 * Columns that describe the person (e-mail, company) may stand among the events. A table whose rows and columns have the
 * same labels is a graph's adjacency matrix and none of ours.
 */
#include "base/base.h"
#include "base/name.h"
#include "people.h"
#include <kith/importer.h>
#include <string.h>

/* What each column is; the label column is the person's. */
struct layout {
    int column[KITH_ROLES];
    int label;
    bool *is_event; /* one per column */
    size_t events, totals;
};

struct matrix {
    kith_source *source;
    kith_rows *rows;
    kith_builder *into;
    struct layout layout;
    kith_mention *event; /* by column */
    kith_time *when;
    kith_precision *precision;
};

static bool
has_role(const struct layout *layout, int c)
{
    for (int r = 0; r < KITH_ROLES; r++)
        if (layout->column[r] == c)
            return true;
    return false;
}

static void
read_layout(const kith_header *header, struct layout *out)
{
    *out = (struct layout){.is_event = g_new0(bool, header->n + 1)};
    kith_columns_clear(out->column);
    kith_columns_find(header, kith_synonyms_people, out->column);
    out->label = out->column[KITH_ROLE_NAME] >= 0    ? out->column[KITH_ROLE_NAME]
                 : out->column[KITH_ROLE_GIVEN] >= 0 ? out->column[KITH_ROLE_GIVEN]
                                                     : 0;
    for (size_t i = 0; i < header->n; i++) {
        bool total = kith_label_is_total(header->text[i]);

        out->is_event[i] =
            (int)i != out->label && !has_role(out, (int)i) && !total && *header->text[i] != '\0';
        out->events += out->is_event[i];
        out->totals += total;
    }
}

static bool
is_mark(const char *cell)
{
    return !*cell || kith_attendance_from_word(cell) != KITH_ATTENDANCE_UNKNOWN;
}

/* A header has no marks and no holes; a title row above the table has only one cell filled. */
static bool
is_matrix_header(const kith_header *header)
{
    if (header->n < 3)
        return false;
    for (size_t i = 1; i + 1 < header->n; i++)
        if (!*header->text[i] || is_mark(header->text[i]))
            return false;
    return true;
}

/* Whether a row is a label and marks. @param marks counts those that are not blank */
static bool
fits(const struct layout *layout, char **cells, size_t columns, size_t *marks)
{
    size_t n = g_strv_length(cells);

    if (n < 2 || n > columns || (size_t)layout->label >= n || !*cells[layout->label])
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!layout->is_event[i])
            continue;
        if (!is_mark(cells[i]))
            return false;
        *marks += *cells[i] != '\0';
    }
    return true;
}

static bool
is_column_label(const kith_header *header, const char *label)
{
    g_autofree char *clean = kith_header_fold(label);

    return kith_header_find(header, clean) > 0;
}

/* All rows from `first` on are people and marks, and not all of them name a column as well. */
static bool
is_matrix(const GPtrArray *rows, guint first, const kith_header *header,
          const struct layout *layout)
{
    size_t people = 0, marks = 0, same = 0;

    for (guint i = first; i < rows->len; i++) {
        char **cells = rows->pdata[i];

        if (kith_label_is_total(cells[0]))
            continue;
        if (!fits(layout, cells, header->n, &marks))
            return false;
        people++;
        same += is_column_label(header, cells[layout->label]);
    }
    return people > 0 && marks > 0 && same < people;
}

static bool
has_dates(const kith_header *header, const struct layout *layout)
{
    kith_time when;

    for (size_t i = 0; i < header->n; i++)
        if (layout->is_event[i] &&
            !kith_date_parse_ordered(header->text[i], KITH_ORDER_DMY, &when, NULL) &&
            !kith_date_parse_ordered(header->text[i], KITH_ORDER_MDY, &when, NULL))
            return false;
    return layout->events > 0;
}

/* Where nothing names people, or people have addresses, a table of yes and no may be about anything. */
static int
how_sure(const kith_header *header, const struct layout *layout)
{
    bool person = !*header->text[layout->label] || layout->column[KITH_ROLE_NAME] >= 0 ||
                  layout->column[KITH_ROLE_GIVEN] >= 0;

    if (has_dates(header, layout))
        return 80;
    if (layout->column[KITH_ROLE_EMAIL] >= 0 || layout->column[KITH_ROLE_COMPANY] >= 0)
        return 48;
    return person ? 72 : kith_word_among(header->folded[layout->label], "id|node") ? 20 : 45;
}

static int
probe(const char *head, size_t length, const char *name)
{
    g_autoptr(GPtrArray) rows = kith_rows_sniff(head, length);

    (void)name;
    for (guint i = 0; i + 1 < rows->len && i < 5; i++) {
        char **cells = rows->pdata[i];
        g_autoptr(kith_header) header =
            kith_header_new((const char *const *)cells, g_strv_length(cells));
        g_autofree bool *is_event = NULL;
        struct layout layout;

        if (!is_matrix_header(header))
            continue;
        read_layout(header, &layout);
        is_event = layout.is_event;
        if (layout.events >= 2 && is_matrix(rows, i + 1, header, &layout))
            return how_sure(header, &layout);
    }
    return 0;
}

/* The events, in the order of their columns; a header that is a date is also when. */
static void
mention_events(struct matrix *m)
{
    const kith_header *header = kith_rows_header(m->rows);
    kith_date_order order = {0};
    kith_day_order decided;

    m->event = g_new0(kith_mention, header->n + 1);
    m->when = g_new0(kith_time, header->n + 1);
    m->precision = g_new0(kith_precision, header->n + 1);
    for (size_t i = 0; i < header->n; i++)
        if (m->layout.is_event[i])
            kith_date_order_feed(&order, header->text[i]);
    decided = kith_date_order_decide(&order, NULL);
    for (size_t i = 0; i < header->n; i++) {
        if (!m->layout.is_event[i])
            continue;
        m->when[i] = KITH_TIME_NONE;
        m->event[i] = kith_builder_mention(m->into, KITH_EVENT);
        kith_builder_name(m->into, m->event[i], header->text[i]);
        if (kith_date_parse_ordered(header->text[i], decided, &m->when[i], &m->precision[i]))
            kith_builder_event_time(m->into, m->event[i], m->when[i], m->precision[i]);
    }
}

static kith_status
read_cell(struct matrix *m, const kith_row *row, size_t i, kith_mention who, kith_error *err)
{
    kith_attendance status = kith_attendance_from_word(kith_row_text(row, (int)i));
    kith_fact fact = KITH_FACT_INIT;

    if (!*row->field[i] || status == KITH_ATTENDANCE_NONE)
        return KITH_OK;
    kith_rows_at(m->rows, row, (int)i);
    if (status == KITH_ATTENDANCE_UNKNOWN) {
        kith_source_warn(m->source, "unknown mark '%s' read as not there", row->field[i]);
        return KITH_OK;
    }
    fact.kind = KITH_ATTENDED;
    fact.from = who;
    fact.to = m->event[i];
    fact.when = m->when[i];
    fact.precision = m->precision[i];
    fact.status = kith_attendance_name(status);
    return kith_builder_fact(m->into, &fact, err);
}

static kith_status
read_row(struct matrix *m, const kith_row *row, kith_error *err)
{
    const char *label = kith_row_text(row, m->layout.label);
    g_autofree char *name = m->layout.column[KITH_ROLE_GIVEN] >= 0
                                ? kith_people_name(row, m->layout.column)
                                : kith_people_shown_name(label);
    g_autofree char *words = kith_name_words(name);
    kith_mention who;

    if (!*name || kith_label_is_total(label)) {
        kith_source_hold(m->source, *name ? "a row of totals" : "the row has no name");
        return KITH_OK;
    }
    who = kith_builder_keyed(m->into, KITH_PERSON, KITH_ID_LOCAL, *words ? words : name);
    kith_builder_name(m->into, who, name);
    kith_people_emails(m->into, who, kith_row_text(row, m->layout.column[KITH_ROLE_EMAIL]));
    TRY(kith_people_employ(row, m->layout.column, m->into, who, err));
    for (size_t i = 0; i < row->n && i < kith_rows_header(m->rows)->n; i++)
        if (m->layout.is_event[i])
            TRY(read_cell(m, row, i, who, err));
    return KITH_OK;
}

static kith_status
read_rows(struct matrix *m, kith_error *err)
{
    const kith_row *row;

    TRY(kith_rows_open(m->source, is_matrix_header, &m->rows, err));
    read_layout(kith_rows_header(m->rows), &m->layout);
    if (m->layout.totals)
        kith_source_hold(m->source, "a column of totals");
    mention_events(m);
    for (;;) {
        TRY(kith_rows_next(m->rows, &row, err));
        if (!row)
            return KITH_OK;
        TRY(read_row(m, row, err));
    }
}

static kith_status
read_matrix(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    struct matrix m = {.source = source, .into = into};
    kith_status status = read_rows(&m, err);

    (void)options;
    kith_rows_free(m.rows);
    g_free(m.layout.is_event);
    g_free(m.event);
    g_free(m.when);
    g_free(m.precision);
    return status;
}

const kith_importer kith_importer_attendance_matrix = {
    .name = "attendance-matrix",
    .summary = "who came to what, people down and events across",
    .extensions = "csv tsv",
    .probe = probe,
    .read = read_matrix,
};
