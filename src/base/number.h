/* SPDX-License-Identifier: GPL-3.0-or-later */
/* number.h - numbers and money, read and written without a locale. */
#ifndef KITH_BASE_NUMBER_H
#define KITH_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Reads a finite decimal number that is the whole text (blanks around it allowed). @return false,
 * output untouched */
bool kith_number_parse(const char *text, double *out);

/** The shortest decimal that reads back as the same double; whole numbers without a point, -0 as 0.
 * @return out */
const char *kith_number_text(double value, char out[32]);

/** The same. @return the text's length */
size_t kith_number_put(double value, char out[32]);

/** The digits of a whole number and a NUL, 21 bytes at most. @return where the NUL stands */
char *kith_number_digits(uint64_t value, char *out);

/**
 * Reads an amount of money: "£900.00", "1.000,00 €", "60.00 GBP", "-$5", "(12.50)".
 * The decimal mark is the last separator with one or two digits after it.
 * @param currency ISO 4217, "" when the text names none
 * @return false when it is no amount; outputs untouched
 */
bool kith_money_parse(const char *text, double *amount, char currency[4]);

#endif
