/* SPDX-License-Identifier: GPL-3.0-or-later */
/* part.c - columns of numbers as bytes. */
#include "store/part.h"
#include <math.h>
#include <string.h>

enum { EVEN, DIFFERENCES, PLAIN };

#define LONGEST 10 /* bytes of a varint */

size_t
kith_part_width(kith_part_kind kind)
{
    static const size_t width[KITH_PART_KINDS] = {1, 5, 4, 4, 3, 3, KITH_PART_WIDEST, 3};

    return width[kind];
}

int64_t
kith_part_of_real(double value)
{
    const double number = isnan(value) ? (double)NAN : value;
    int64_t cell;

    memcpy(&cell, &number, sizeof cell);
    return cell;
}

double
kith_part_real(int64_t cell)
{
    double value;

    memcpy(&value, &cell, sizeof value);
    return value;
}

static int64_t
minus(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a - (uint64_t)b);
}

static int64_t
plus(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a + (uint64_t)b);
}

static uint8_t *
put_number(uint8_t *at, int64_t value)
{
    uint64_t left = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);

    for (; left >= 0x80; left >>= 7)
        *at++ = (uint8_t)(left | 0x80);
    *at++ = (uint8_t)left;
    return at;
}

/* @return behind the number; NULL when there is none */
static const uint8_t *
get_number(const uint8_t *at, const uint8_t *end, int64_t *out)
{
    uint64_t value = 0;

    for (int shift = 0; at < end && shift < 64; shift += 7, at++) {
        value |= (uint64_t)(*at & 0x7f) << shift;
        if (*at & 0x80)
            continue;
        *out = (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
        return at + 1;
    }
    return NULL;
}

static bool
is_even(const int64_t *column, size_t n, size_t width)
{
    int64_t step = n > 1 ? minus(column[width], column[0]) : 0;

    for (size_t i = 1; i < n; i++)
        if (column[i * width] != plus(column[(i - 1) * width], step))
            return false;
    return true;
}

static uint8_t *
put_differences(uint8_t *at, const int64_t *column, size_t n, size_t width)
{
    int64_t last = 0;

    for (size_t i = 0; i < n; i++) {
        at = put_number(at, minus(column[i * width], last));
        last = column[i * width];
    }
    return at;
}

static uint8_t *
put_plain(uint8_t *at, const int64_t *column, size_t n, size_t width)
{
    for (size_t i = 0; i < n; i++, at += 8) {
        uint64_t bits = GUINT64_TO_LE((uint64_t)column[i * width]);

        memcpy(at, &bits, 8);
    }
    return at;
}

/* Differences, unless eight bytes are fewer, as they are for numbers with a point. */
static uint8_t *
put_column(uint8_t *at, const int64_t *column, size_t n, size_t width, bool first)
{
    uint8_t *end;

    if (!first && is_even(column, n, width)) {
        *at++ = EVEN;
        at = put_number(at, column[0]);
        return put_number(at, n > 1 ? minus(column[width], column[0]) : 0);
    }
    *at = DIFFERENCES;
    end = put_differences(at + 1, column, n, width);
    if (first || (size_t)(end - at) <= 1 + 8 * n)
        return end;
    *at = PLAIN;
    return put_plain(at + 1, column, n, width);
}

void
kith_part_encode(const int64_t *cells, size_t n, size_t width, GByteArray *out)
{
    for (size_t c = 0; n && c < width; c++) {
        guint before = out->len;
        uint8_t *end;

        g_byte_array_set_size(out, before + (guint)(1 + LONGEST * (n + 1)));
        end = put_column(out->data + before, cells + c, n, width, c == 0);
        g_byte_array_set_size(out, (guint)(end - out->data));
    }
}

static const uint8_t *
get_even(const uint8_t *at, const uint8_t *end, size_t n, size_t width, int64_t *column)
{
    int64_t value, step;

    if ((at = get_number(at, end, &value)) == NULL || (at = get_number(at, end, &step)) == NULL)
        return NULL;
    for (size_t i = 0; i < n; i++, value = plus(value, step))
        column[i * width] = value;
    return at;
}

static const uint8_t *
get_differences(const uint8_t *at, const uint8_t *end, size_t n, size_t width, int64_t *column)
{
    int64_t value = 0, difference;

    for (size_t i = 0; i < n; i++) {
        if ((at = get_number(at, end, &difference)) == NULL)
            return NULL;
        column[i * width] = value = plus(value, difference);
    }
    return at;
}

static const uint8_t *
get_plain(const uint8_t *at, const uint8_t *end, size_t n, size_t width, int64_t *column)
{
    if ((size_t)(end - at) < 8 * n)
        return NULL;
    for (size_t i = 0; i < n; i++, at += 8) {
        uint64_t bits;

        memcpy(&bits, at, 8);
        column[i * width] = (int64_t)GUINT64_FROM_LE(bits);
    }
    return at;
}

static const uint8_t *
get_column(const uint8_t *at, const uint8_t *end, size_t n, size_t width, bool first,
           int64_t *column)
{
    uint8_t tag = at < end ? *at++ : UINT8_MAX;

    if (tag == EVEN && !first)
        return get_even(at, end, n, width, column);
    if (tag == PLAIN)
        return get_plain(at, end, n, width, column);
    return tag == DIFFERENCES ? get_differences(at, end, n, width, column) : NULL;
}

bool
kith_part_decode(const uint8_t *data, size_t size, size_t n, size_t width, int64_t *cells,
                 size_t *used)
{
    const uint8_t *at = data;

    for (size_t c = 0; at && c < width; c++)
        at = get_column(at, data + size, n, width, c == 0, cells + c);
    *used = at ? (size_t)(at - data) : 0;
    return at;
}
