/* SPDX-License-Identifier: GPL-3.0-or-later */
/* links.c - reads lines through one buffer and cuts them where they stand. */
#include "base/links.h"
#include "base/base.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/source.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

#define MOST_FIELDS 16
#define AHEAD 16 /* zero bytes behind the last line */

struct kith_links {
    kith_source *source;
    char *buffer;
    size_t room, at, filled;
    int64_t line;
    char separator; /* 0: not known yet; ' ': any run of blanks */
    int from, to, weight;
    bool ended;
};

struct field {
    char *text;
    size_t length;
};

kith_links *
kith_links_new(kith_source *source)
{
    kith_links *l = g_new0(kith_links, 1);

    l->source = source;
    l->room = kith_source_room(source, (size_t)kith_limit(KITH_LIMIT_LINE) + 1);
    l->buffer = g_malloc(l->room + AHEAD);
    l->to = 1;
    l->weight = 2;
    return l;
}

void
kith_links_free(kith_links *l)
{
    if (!l)
        return;
    g_free(l->buffer);
    g_free(l);
}

static kith_status
fill(kith_links *l, kith_error *err)
{
    size_t got;

    memmove(l->buffer, l->buffer + l->at, l->filled - l->at);
    l->filled -= l->at;
    l->at = 0;
    while (l->filled < l->room && !l->ended) {
        TRY(kith_source_read(l->source, l->buffer + l->filled, l->room - l->filled, &got, err));
        l->filled += got;
        l->ended = got == 0;
    }
    memset(l->buffer + l->filled, 0, AHEAD);
    return KITH_OK;
}

/* The next line without its end; NULL text at the end of the file. */
static kith_status
next_line(kith_links *l, struct field *out, kith_error *err)
{
    char *stop = memchr(l->buffer + l->at, '\n', l->filled - l->at);

    out->text = NULL;
    if (!stop) {
        TRY(fill(l, err));
        stop = memchr(l->buffer, '\n', l->filled);
    }
    if (!stop && l->filled == 0)
        return KITH_OK;
    kith_source_at(l->source, ++l->line, 1);
    if (!stop && l->filled == l->room)
        return kith_source_fail(l->source, err, "a line of more than %zu bytes", l->room - 1);
    out->text = l->buffer + l->at;
    out->length = (stop ? (size_t)(stop - l->buffer) : l->filled) - l->at;
    l->at = stop ? (size_t)(stop + 1 - l->buffer) : l->filled;
    if (l->line == 1 && out->length >= 3 && memcmp(out->text, "\xef\xbb\xbf", 3) == 0)
        *out = (struct field){out->text + 3, out->length - 3};
    while (out->length && g_ascii_isspace(out->text[out->length - 1]) &&
           out->text[out->length - 1] != '\t')
        out->length--;
    return KITH_OK;
}

static void
trim(struct field *f)
{
    while (f->length && (*f->text == ' ' || *f->text == '\t'))
        f->text++, f->length--;
    while (f->length && (f->text[f->length - 1] == ' ' || f->text[f->length - 1] == '\t'))
        f->length--;
}

/* @return how many fields, as many as are of use */
static int
cut(char separator, struct field line, struct field *field)
{
    char *p = line.text, *end = p + line.length;
    int n = 0;

    while (n < MOST_FIELDS) {
        char *stop;

        while (p < end && (*p == ' ' || (separator == ' ' && *p == '\t')))
            p++;
        if (p == end && (separator == ' ' || n == 0))
            break;
        if (p < end && *p == '"' && (stop = memchr(p + 1, '"', (size_t)(end - p - 1))) != NULL) {
            field[n] = (struct field){p + 1, (size_t)(stop - p - 1)};
            p = stop + 1;
            while (p < end && *p != separator && !(separator == ' ' && *p == '\t'))
                p++;
        } else {
            for (stop = p;
                 stop < end && *stop != separator && !(separator == ' ' && *stop == '\t');)
                stop++;
            field[n] = (struct field){p, (size_t)(stop - p)};
            p = stop;
        }
        trim(&field[n++]);
        if (p == end)
            break;
        p++;
    }
    return n;
}

static bool
is_one_of(struct field f, const char *words)
{
    while (*words) {
        size_t length = strcspn(words, "|");

        if (length == f.length && g_ascii_strncasecmp(f.text, words, length) == 0)
            return true;
        words += length + (words[length] == '|');
    }
    return false;
}

#define FROM "from|source|src|tail|node1|person1|follower|sender|giver"
#define TO "to|target|dst|head|node2|person2|followee|followed|recipient|receiver"

/* What cuts the first line, and whether that line is a header. */
static bool
learn(kith_links *l, struct field line)
{
    struct field field[MOST_FIELDS];
    int n, from = -1, to = -1, weight = -1;

    l->separator = ' ';
    for (const char *s = "\t,;|"; *s && l->separator == ' '; s++)
        if (memchr(line.text, *s, line.length))
            l->separator = *s;
    n = cut(l->separator, line, field);
    for (int i = 0; i < n; i++) {
        if (from < 0 && is_one_of(field[i], FROM))
            from = i;
        else if (to < 0 && is_one_of(field[i], TO))
            to = i;
        else if (weight < 0 && is_one_of(field[i], "weight|value|strength|count"))
            weight = i;
    }
    if (from < 0 || to < 0)
        return false;
    l->from = from;
    l->to = to;
    l->weight = weight;
    return true;
}

static kith_status
read_weight(kith_links *l, struct field f, kith_link *out, kith_error *err)
{
    g_autofree char *text = NULL;

    out->weight = 1;
    out->weighted = false;
    if (f.length == 0)
        return KITH_OK;
    text = g_strndup(f.text, f.length);
    if (!kith_number_parse(text, &out->weight) || !isfinite(out->weight) || out->weight <= 0) {
        return kith_source_fail(l->source, err, "bad weight '%s' (expected a number above 0)",
                                text);
    }
    out->weighted = out->weight != 1;
    return KITH_OK;
}

static kith_status
read_link(kith_links *l, struct field line, kith_link *out, kith_error *err)
{
    struct field field[MOST_FIELDS] = {{NULL, 0}}, from, to;
    int n = cut(l->separator, line, field);

    if (n <= MAX(l->from, l->to))
        return kith_source_fail(l->source, err, "expected two labels, found '%.*s'",
                                (int)MIN(line.length, 60), line.text);
    from = field[l->from];
    to = field[l->to];
    if (from.length == 0 || to.length == 0)
        return kith_source_fail(l->source, err, "expected two labels, found an empty one");
    if (!kith_text_valid(from.text, from.length) || !kith_text_valid(to.text, to.length) ||
        memchr(from.text, 0, from.length) || memchr(to.text, 0, to.length))
        return kith_source_fail(l->source, err, "a label that is not UTF-8");
    *out = (kith_link){from.text, to.text, from.length, to.length, 1, false};
    return l->weight >= 0 && l->weight < n ? read_weight(l, field[l->weight], out, err) : KITH_OK;
}

kith_status
kith_links_next(kith_links *l, kith_link *out, bool *more, kith_error *err)
{
    struct field line;

    for (;;) {
        TRY(next_line(l, &line, err));
        *more = line.text != NULL;
        if (!*more)
            return KITH_OK;
        if (line.length == 0 || *line.text == '#' || *line.text == '%')
            continue;
        if (!l->separator && learn(l, line))
            continue;
        kith_source_record(l->source);
        return read_link(l, line, out, err);
    }
}
