/* SPDX-License-Identifier: GPL-3.0-or-later */
/* save_rows.c - the builder's arrays as the book's parts, row by row. */
#include "base/processors.h"
#include "store/parts.h"
#include "store/save.h"

static kith_status
put_texts(const kith_saving *s, kith_parts_writer *w, uint32_t texts, kith_error *err)
{
    for (uint32_t i = 1; i < texts; i++)
        if (s->text[i])
            TRY(kith_parts_text(w, s->text[i], kith_saving_text(s, i), err));
    return KITH_OK;
}

static kith_status
put_mentions(const kith_saving *s, kith_parts_writer *w, kith_error *err)
{
    for (guint i = 0; i < s->b->mentions->len; i++) {
        const kith_fact_mention *row = KITH_ROW(s->b->mentions, kith_fact_mention, i);
        const int64_t cells[] = {s->mention[i], s->source[row->source], row->line, row->kind,
                                 row->flags};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

static kith_status
put_names(const kith_saving *s, kith_parts_writer *w, kith_error *err)
{
    for (guint i = 0; i < s->b->names->len; i++) {
        const kith_fact_name *row = KITH_ROW(s->b->names, kith_fact_name, i);
        const int64_t cells[] = {s->mention[row->mention], s->text[row->text], s->text[row->given],
                                 s->text[row->family]};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

static kith_status
put_identifiers(const kith_saving *s, kith_parts_writer *w, kith_error *err)
{
    for (guint i = 0; i < s->b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(s->b->identifiers, kith_fact_identifier, i);
        const int64_t cells[] = {s->mention[row->mention], row->kind, s->text[row->value],
                                 s->text[row->written]};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

static kith_status
put_attributes(const kith_saving *s, kith_parts_writer *w, const GArray *rows, const int64_t *owner,
               kith_error *err)
{
    for (guint i = 0; i < rows->len; i++) {
        const kith_fact_attribute *row = KITH_ROW(rows, kith_fact_attribute, i);
        const int64_t cells[] = {owner[row->owner], s->text[row->key], s->text[row->value]};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

static kith_status
put_moments(const kith_saving *s, kith_parts_writer *w, kith_error *err)
{
    for (guint i = 0; i < s->b->moments->len; i++) {
        const kith_fact_moment *row = KITH_ROW(s->b->moments, kith_fact_moment, i);
        const int64_t cells[] = {s->mention[row->mention], row->when, row->precision};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

static kith_status
put_facts(const kith_saving *s, kith_parts_writer *w, kith_error *err)
{
    for (guint i = 0; i < s->b->facts->len; i++) {
        const kith_fact_tie *row = KITH_ROW(s->b->facts, kith_fact_tie, i);
        const int64_t cells[] = {s->fact[i],
                                 row->kind,
                                 s->end[row->from],
                                 s->end[row->to],
                                 row->when,
                                 row->until,
                                 row->precision,
                                 kith_part_of_real(row->weight),
                                 kith_part_of_real(row->amount),
                                 s->text[row->currency],
                                 s->text[row->status],
                                 s->text[row->channel],
                                 s->text[row->detail],
                                 row->undirected,
                                 s->source[row->source],
                                 row->line};

        if (cells[0])
            TRY(kith_parts_row(w, cells, err));
    }
    return KITH_OK;
}

kith_status
kith_saving_rows(kith_saving *s, uint32_t texts, kith_error *err)
{
    const kith_builder *b = s->b;
    g_auto(kith_parts_writer) w = {0};

    TRY(kith_parts_writer_init(&w, s->book, s->next_import, err));
    w.beside = kith_processors_spare();
    TRY(kith_parts_begin(&w, KITH_PART_TEXT, err));
    TRY(put_texts(s, &w, texts, err));
    TRY(kith_parts_begin(&w, KITH_PART_MENTION, err));
    TRY(put_mentions(s, &w, err));
    TRY(kith_parts_begin(&w, KITH_PART_NAME, err));
    TRY(put_names(s, &w, err));
    TRY(kith_parts_begin(&w, KITH_PART_IDENTIFIER, err));
    TRY(put_identifiers(s, &w, err));
    TRY(kith_parts_begin(&w, KITH_PART_ATTRIBUTE, err));
    TRY(put_attributes(s, &w, b->attributes, s->mention, err));
    TRY(kith_parts_begin(&w, KITH_PART_MOMENT, err));
    TRY(put_moments(s, &w, err));
    TRY(kith_parts_begin(&w, KITH_PART_FACT, err));
    TRY(put_facts(s, &w, err));
    TRY(kith_parts_begin(&w, KITH_PART_FACT_ATTRIBUTE, err));
    TRY(put_attributes(s, &w, b->fact_attributes, s->fact, err));
    return kith_parts_flush(&w, err);
}
