/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decisions.h - the log of decisions in the book. */
#ifndef KITH_STORE_DECISIONS_H
#define KITH_STORE_DECISIONS_H

#include "model/facts.h"
#include "store/sql.h"

/**
 * Appends decisions as one batch, within a transaction.
 * @param rows kith_fact_decision each @param ends two ids (int64_t) for each row @param import the last one before them
 */
kith_status kith_decisions_write(kith_book *book, const kith_builder *builder, const GArray *rows,
                                 const GArray *ends, int64_t import, kith_error *err);

/** The batch made since the last import and not taken back, newest first; 0 when there is none. */
kith_status kith_decisions_last(kith_book *book, int64_t *batch, kith_error *err);

/** Marks a batch as taken back. @param n how many entries it had */
kith_status kith_decisions_undo(kith_book *book, int64_t batch, int64_t *n, kith_error *err);

#endif
