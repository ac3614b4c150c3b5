/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order_words.c - sorts words that fit the cache: a few by insertion, many by radix. */
#include "base/order_private.h"
#include <string.h>

#define DIGIT 11 /* bits of a pass at most */
#define SMALL_DIGIT 8
#define SMALL 512 /* so few words do not pay for counting 2048 digits */

static void
sort_few(uint64_t *word, int64_t n, int low)
{
    for (int64_t i = 1; i < n; i++) {
        uint64_t one = word[i];
        int64_t j = i;

        for (; j > 0 && word[j - 1] >> low > one >> low; j--)
            word[j] = word[j - 1];
        word[j] = one;
    }
}

/* One stable pass. */
static void
sort_digit(const uint64_t *from, uint64_t *to, int64_t n, int bit, uint32_t digits)
{
    uint32_t count[1 << DIGIT], total = 0;

    memset(count, 0, digits * sizeof *count);
    for (int64_t i = 0; i < n; i++)
        count[from[i] >> bit & (digits - 1)]++;
    for (uint32_t d = 0; d < digits; d++) {
        uint32_t here = count[d];

        count[d] = total;
        total += here;
    }
    for (int64_t i = 0; i < n; i++)
        to[count[from[i] >> bit & (digits - 1)]++] = from[i];
}

void
kith_order_words(uint64_t *word, int64_t n, int low, int high, uint64_t *spare)
{
    int widest = n < SMALL ? SMALL_DIGIT : DIGIT, passes = (high - low + widest - 1) / widest;
    int width = passes ? (high - low + passes - 1) / passes : 0;
    uint64_t *home = word;

    if (n <= KITH_ORDER_FEW) {
        sort_few(word, n, low);
        return;
    }
    for (int bit = low; bit < high; bit += width) {
        uint64_t *swap = word;

        sort_digit(word, spare, n, bit, 1u << MIN(width, high - bit));
        word = spare;
        spare = swap;
    }
    if (word != home)
        memcpy(home, word, (size_t)n * sizeof *word);
}
