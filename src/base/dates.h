/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dates.h - numeric dates whose day and month only the whole column tells apart.
 *
 * "03/04/2026" is the third of April or the fourth of March. One value never says, but a column
 * does: feed every text of it to a kith_date_order, decide, then read each text in that order.
 */
#ifndef KITH_BASE_DATES_H
#define KITH_BASE_DATES_H

#include <kith/time.h>

typedef enum kith_day_order { KITH_ORDER_DMY = 0, KITH_ORDER_MDY, KITH_ORDER_YMD } kith_day_order;

/** What a column's texts have shown so far; start from {0}. Nothing to free. */
typedef struct kith_date_order {
    int64_t numeric;     /**< texts of three numbers, year last */
    int64_t year_first;  /**< of these forms with the year in front */
    int64_t first_over;  /**< first number above 12: day first */
    int64_t second_over; /**< second number above 12: month first */
    int64_t long_year;   /**< four-digit years among `numeric` */
    int64_t dashes;      /**< '-' or '.' between the numbers */
} kith_date_order;

/** Looks at one text of the column; texts that are no numeric date are ignored. */
void kith_date_order_feed(kith_date_order *order, const char *text);

/** The column's order. @param guessed set when nothing decided it, or texts contradict each other;
 * may be NULL */
kith_day_order kith_date_order_decide(const kith_date_order *order, bool *guessed);

/** "day/month/year", for messages. */
const char *kith_day_order_name(kith_day_order order);

/**
 * Reads a date of the column: three numbers in this order, with a time of day if there is one
 * ("1/29/26, 2:37 PM"; 12:00 AM is midnight), or anything kith_time_parse() reads.
 * @param precision may be NULL  @return false when the text is no such date; outputs untouched
 */
bool kith_date_parse_ordered(const char *text, kith_day_order order, kith_time *when,
                             kith_precision *precision);

#endif
