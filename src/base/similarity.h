/* SPDX-License-Identifier: GPL-3.0-or-later */
/* similarity.h - how alike two words are. */
#ifndef KITH_BASE_SIMILARITY_H
#define KITH_BASE_SIMILARITY_H

/**
 * Jaro-Winkler similarity of two UTF-8 texts, in [0, 1]; 1 for equal texts, also for two empty ones.
 * Prefix of at most 4 characters, scale 0.1. Texts are compared by their first 128 characters. O(length^2).
 * Jaro 1989, doi:10.1080/01621459.1989.10478785; Winkler 1990.
 */
double kith_jaro_winkler(const char *a, const char *b);

#endif
