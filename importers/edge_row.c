/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_row.c - cuts one row of an edge list (as kith_edge_split() does) or of a table, and reads its numbers. */
#include "edge_row.h"
#include "base/number.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Cuts at blanks or at a separator. @return how many fields, -1 for a row that is not for us */
static int
cut_line(char separator, const char *p, const char *end, kith_slice *field)
{
    int n = 0;

    while (n < KITH_EDGE_ROW_FIELDS) {
        const char *stop;

        while (p < end && (*p == ' ' || (*p == '\t' && separator == ' ')))
            p++;
        if (p == end && (n == 0 || separator == ' '))
            return n;
        if (p < end && *p == '{')
            return -1;
        for (stop = p; stop < end && (separator == ' ' ? !is_blank(*stop) : *stop != separator);)
            stop++;
        field[n].text = p;
        p = stop;
        while (stop > field[n].text && stop[-1] == ' ')
            stop--;
        field[n].length = (size_t)(stop - field[n].text);
        n++;
        if (p == end)
            return n;
        p++;
    }
    return -1;
}

/* A field in quotes that holds none. @return where it ends, NULL when it is more than that */
static const char *
cut_quoted(const char *p, const char *end, char separator, kith_slice *out)
{
    const char *stop = memchr(p + 1, '"', (size_t)(end - p - 1));

    if (!stop || (stop + 1 < end && stop[1] != separator))
        return NULL;
    *out = (kith_slice){p + 1, (size_t)(stop - p - 1)};
    return stop + 1;
}

static int
cut_table(char separator, const char *p, const char *end, kith_slice *field)
{
    int n = 0;

    for (; n < KITH_EDGE_ROW_FIELDS; p++) {
        const char *stop;

        if (p < end && *p == '"') {
            stop = cut_quoted(p, end, separator, &field[n]);
            if (!stop)
                return -1;
        } else {
            stop = memchr(p, separator, (size_t)(end - p));
            if (!stop)
                stop = end;
            field[n] = (kith_slice){p, (size_t)(stop - p)};
        }
        n++;
        p = stop;
        if (p == end)
            return n;
    }
    return -1;
}

/* Up to 15 digits and a point, as number.c reads them; anything else is left to it. */
static bool
read_number(kith_slice s, double *out)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    char copy[64];
    int64_t whole = 0;
    size_t i = 0, point = s.length;

    for (; i < s.length && s.length <= 15; i++) {
        if (g_ascii_isdigit(s.text[i]))
            whole = whole * 10 + (s.text[i] - '0');
        else if (s.text[i] == '.' && point == s.length && i > 0)
            point = i;
        else
            break;
    }
    if (i == s.length && i > 0) {
        *out = (double)whole / powers[point < s.length ? s.length - point - 1 : 0];
        return true;
    }
    if (s.length == 0 || s.length >= sizeof copy || memchr(s.text, 0, s.length))
        return false;
    memcpy(copy, s.text, s.length);
    copy[s.length] = '\0';
    return kith_number_parse(copy, out);
}

static bool
read_weight(kith_slice s, double *out)
{
    return read_number(s, out) && isfinite(*out) && *out > 0;
}

static bool
read_time(kith_slice s, kith_time *out)
{
    double seconds;

    if (!read_number(s, &seconds) || fabs(seconds) > 1e11)
        return false;
    *out = (kith_time)floor(seconds);
    return true;
}

static kith_row_kind
read_values(const kith_edge_scan *scan, const kith_slice *field, int n, kith_edge_row *out)
{
    out->weight = 1;
    out->when = KITH_TIME_NONE;
    if (scan->weight >= 0 && scan->weight < n && !(scan->table && !field[scan->weight].length) &&
        !read_weight(field[scan->weight], &out->weight))
        return KITH_ROW_UNUSUAL;
    if (scan->time >= 0 && scan->time < n && !read_time(field[scan->time], &out->when))
        return KITH_ROW_UNUSUAL;
    return KITH_ROW_EDGE;
}

/* More columns than have a meaning are attributes. */
static bool
all_known(const kith_edge_scan *scan, int n)
{
    for (int i = 2; i < n; i++)
        if (i != scan->weight && i != scan->time)
            return false;
    return true;
}

kith_row_kind
kith_edge_row_tail(const kith_edge_scan *scan, const char *text, const char *end,
                   kith_edge_row *out)
{
    kith_slice field[KITH_EDGE_ROW_FIELDS + 2];
    int n;

    if (end > text && end[-1] == '\r')
        end--;
    if (scan->separator != ' ') {
        while (text < end && *text == ' ')
            text++;
        if (text < end && *text++ != scan->separator)
            return KITH_ROW_UNUSUAL;
        if (text == end && text[-1] == scan->separator)
            return KITH_ROW_UNUSUAL;
    }
    n = text < end ? cut_line(scan->separator, text, end, field + 2) : 0;
    return n >= 0 && all_known(scan, n + 2) ? read_values(scan, field, n + 2, out)
                                            : KITH_ROW_UNUSUAL;
}

static kith_row_kind
read_line(const kith_edge_scan *scan, const char *text, const char *end, kith_edge_row *out)
{
    kith_slice field[KITH_EDGE_ROW_FIELDS];
    int n;

    while (text < end && is_blank(*text))
        text++;
    if (text == end || *text == '#' || *text == '%')
        return KITH_ROW_NOTHING;
    n = cut_line(scan->separator, text, end, field);
    if (n < 2 || n > 6 || field[0].length == 0 || field[1].length == 0 || !all_known(scan, n))
        return KITH_ROW_UNUSUAL;
    out->from = field[0];
    out->to = field[1];
    return read_values(scan, field, n, out);
}

static bool
same(kith_slice a, kith_slice b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

kith_row_kind
kith_edge_row_read(const kith_edge_scan *scan, const char *text, const char *end,
                   kith_edge_row *out)
{
    kith_slice field[KITH_EDGE_ROW_FIELDS];
    int n;

    if (end > text && end[-1] == '\r')
        end--;
    if (!scan->table)
        return read_line(scan, text, end, out);
    if (text == end)
        return KITH_ROW_NOTHING;
    n = cut_table(scan->separator, text, end, field);
    if (n != scan->columns || field[scan->from].length == 0 || field[scan->to].length == 0)
        return KITH_ROW_UNUSUAL;
    out->from = field[scan->from];
    out->to = field[scan->to];
    /* Tables put behind each other: the header stands in their midst again. */
    if (same(out->from, scan->header[0]) && same(out->to, scan->header[1]))
        return KITH_ROW_UNUSUAL;
    return read_values(scan, field, n, out);
}

bool
kith_edge_label_number(kith_slice label, uint64_t *out)
{
    uint64_t value = 0;

    if (label.length == 0 || label.length > 18 || (label.text[0] == '0' && label.length > 1))
        return false;
    for (size_t i = 0; i < label.length; i++) {
        if (!g_ascii_isdigit(label.text[i]))
            return false;
        value = value * 10 + (uint64_t)(label.text[i] - '0');
    }
    *out = value;
    return true;
}

/* Blanks of Unicode and marks around a field are taken off by whoever reads tables in full. */
static bool
has_plain_edges(kith_slice s)
{
    const unsigned char *t = (const unsigned char *)s.text, *last = t + s.length - 1;
    const char *tail = s.text + (s.length > 3 ? s.length - 3 : 0);

    if (*t <= ' ' || *last <= ' ' || *last == 127 || strchr("\xc2\xe1\xe2\xe3\xef", *t))
        return false;
    for (; tail <= (const char *)last; tail++)
        if (strchr("\xc2\xe1\xe2\xe3\xef", *tail))
            return false;
    return true;
}

bool
kith_edge_label_usual(const kith_edge_scan *scan, kith_slice label)
{
    bool plain = true;

    for (size_t i = 0; i < label.length; i++) {
        if (label.text[i] == '\0' || label.text[i] == '\r')
            return false;
        if (scan->table &&
            (label.text[i] == '@' || label.text[i] == '"' || (unsigned char)label.text[i] < ' '))
            return false;
        plain = plain && !(label.text[i] & 0x80);
    }
    return (!scan->table || has_plain_edges(label)) &&
           (plain || kith_text_valid(label.text, label.length));
}
