/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv_record.c - where a record ends.
 *
 * Most records are a line without a quote, and the ends of those are found by memchr(); the state
 * machine sees only the others. It can stop and go on, so that a record may be longer than what has
 * been read.
 */
#include "base/csv_private.h"
#include "base/limits.h"
#include <string.h>

static size_t
moved(size_t place, size_t by)
{
    return place == SIZE_MAX ? place : place - by;
}

/* Reads more behind the record that is being looked for, which moves to the front of the buffer. */
static kith_status
read_more(kith_csv *csv)
{
    if (csv->start > 0) {
        size_t by = csv->start;

        g_string_erase(csv->buffer, 0, (gssize)by);
        csv->start = 0;
        csv->scan -= by;
        csv->known -= MIN(by, csv->known);
        csv->newline = moved(csv->newline, by);
        csv->quote = moved(csv->quote, by);
        csv->cr = moved(csv->cr, by);
        csv->nul = moved(csv->nul, by);
    }
    if ((int64_t)csv->buffer->len > kith_limit(KITH_LIMIT_RECORD))
        return kith_source_fail_as(
            csv->source, KITH_ERR_LIMIT, &csv->error,
            "found a record of more than %lld bytes (expected fewer: the limit "
            "'record', see 'kith limits'; is a quote missing?)",
            (long long)kith_limit(KITH_LIMIT_RECORD));
    return kith_decoder_more(&csv->decoder, csv->buffer, &csv->error);
}

/* The first `what` at or after the record's start; what was searched before is not searched again.
 */
static void
search(const kith_csv *csv, char what, size_t *place)
{
    size_t from = *place == SIZE_MAX ? MAX(csv->known, csv->start) : csv->start;
    const char *hit;

    if (*place != SIZE_MAX && *place >= csv->start)
        return;
    hit = memchr(csv->buffer->str + from, what, csv->buffer->len - from);
    *place = hit != NULL ? (size_t)(hit - csv->buffer->str) : SIZE_MAX;
}

static void
search_all(kith_csv *csv)
{
    search(csv, '\n', &csv->newline);
    search(csv, '"', &csv->quote);
    search(csv, '\r', &csv->cr);
    search(csv, '\0', &csv->nul);
    csv->known = csv->buffer->len;
}

/* A line without quotes, ended by LF or CRLF. @return its length in *length */
static bool
find_plain_line(kith_csv *csv, size_t *length)
{
    bool crlf;

    if (csv->scan > csv->start || csv->newline == SIZE_MAX || csv->quote < csv->newline)
        return false;
    crlf = csv->cr < csv->newline;
    if (crlf && csv->cr + 1 != csv->newline)
        return false;
    *length = csv->newline - csv->start - crlf;
    csv->next = csv->newline + 1;
    csv->lines = 1;
    return true;
}

static enum kith_csv_state
step(enum kith_csv_state state, char c, char separator)
{
    switch (state) {
    case QUOTED:
        return c == '"' ? QUOTE_IN_QUOTED : QUOTED;
    case QUOTE_IN_QUOTED:
        return c == separator ? FIELD_START : c == '"' ? QUOTED : UNQUOTED;
    case FIELD_START:
        return c == separator ? FIELD_START : c == '"' ? QUOTED : UNQUOTED;
    default:
        return c == separator ? FIELD_START : UNQUOTED;
    }
}

/* Goes on with the state machine as far as the buffer goes. @return whether the record ends, with
 * its length */
static bool
find_end(kith_csv *csv, size_t *length)
{
    const char *text = csv->buffer->str;
    size_t end = csv->buffer->len, at = csv->scan;
    enum kith_csv_state state = csv->state;

    for (; at < end; at++) {
        char c = text[at];

        if (c == '\n' || c == '\r') {
            size_t after = at + 1;

            if (c == '\r' && after == end && !csv->decoder.ended)
                break; /* a line feed may follow */
            after += c == '\r' && after < end && text[after] == '\n';
            csv->lines++;
            csv->state = state;
            if (state != QUOTED) {
                *length = at - csv->start;
                csv->next = after;
                return true;
            }
            at = after - 1;
        } else {
            state = step(state, c, csv->separator);
        }
    }
    csv->scan = at;
    csv->state = state;
    return false;
}

/* Finds the next record, reading on as needed. @return false at the end of the table or on failure
 */
bool
kith_csv_find_record(kith_csv *csv, size_t *length)
{
    csv->line += csv->lines;
    csv->start = csv->scan = csv->next;
    csv->lines = 0;
    csv->state = FIELD_START;
    for (;;) {
        search_all(csv);
        if (find_plain_line(csv, length) || find_end(csv, length))
            return true;
        if (csv->decoder.ended) {
            *length = csv->buffer->len - csv->start;
            csv->next = csv->buffer->len;
            csv->lines++;
            return *length > 0;
        }
        kith_source_at(csv->source, csv->line, 1);
        if (read_more(csv) != KITH_OK)
            return false;
    }
}
