/* SPDX-License-Identifier: GPL-3.0-or-later */
/* series.h - how many dated facts fall into each month, quarter, year or decade; shared by the text and the HTML report. */
#ifndef KITH_REPORTS_SERIES_H
#define KITH_REPORTS_SERIES_H

#include <glib.h>
#include <kith/graph.h>

#define KITH_SERIES_MOST 60

typedef struct kith_series {
    int64_t count[KITH_TIE_KINDS][KITH_SERIES_MOST]; /**< by kind, then period */
    int64_t all[KITH_SERIES_MOST];                   /**< of all kinds */
    int64_t dated, undated;
    int n, months; /**< periods; months in each: 1, 3, 12, 120 or 1200 */
    int first;     /**< months from January of year 0 to the first period */
} kith_series;

/** Counts the facts of a graph. n is 0 when none is dated. O(facts) */
void kith_series_read(kith_series *series, const kith_graph *graph);

/** "2024-03", "2024 Q1", "2024" or "1990s": a period. @return out */
const char *kith_series_label(const kith_series *series, int period, char out[32]);
/** "month", "quarter", … */
const char *kith_series_unit(const kith_series *series);
/** The largest of n counts, the first of equals. */
int kith_series_peak(const int64_t *count, int n);

#endif
