/* SPDX-License-Identifier: GPL-3.0-or-later */
/* edge_lines.c - tells an edge list from prose, and what its columns hold. */
#include "edge_lines.h"
#include "base/number.h"
#include <glib.h>
#include <math.h>
#include <string.h>

#define SAMPLE 20

/* Seconds since 1970 between 1979 and 2096: no weight looks like that in every line. */
#define EARLIEST 3e8
#define LATEST 4e9

/* The first data lines of a head, split. */
struct sample {
    size_t n;
    char *text[SAMPLE];
    char *field[SAMPLE][KITH_EDGE_FIELDS];
    size_t fields[SAMPLE];
    int64_t line[SAMPLE];
    char separator;
};

static bool
is_comment(const char *line)
{
    return *line == '#' || *line == '%';
}

static void
clear_sample(struct sample *s)
{
    for (size_t i = 0; i < s->n; i++)
        g_free(s->text[i]);
}

/* The separator that every line has; blanks when none does. */
static char
find_separator(const struct sample *s)
{
    static const char separators[] = "\t;,";

    for (const char *c = separators; *c; c++) {
        size_t with = 0;

        for (size_t i = 0; i < s->n; i++)
            with += strchr(s->text[i], *c) != NULL;
        /* Tabs and commas may stand in braces, and blanks beside tabs; then runs of blanks separate. */
        if (s->n && with == s->n && !strchr(s->text[0], '{'))
            return *c;
    }
    return ' ';
}

/* Takes the first data lines; the last line of a full head may be cut off and is left out. */
static void
take_sample(const char *head, size_t length, struct sample *s)
{
    const char *end = head + length;
    int64_t line = 1;

    *s = (struct sample){0};
    for (const char *p = head, *stop; p < end && s->n < SAMPLE; p = stop + 1, line++) {
        stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop && length >= 65535)
            break;
        if (!stop)
            stop = end;
        if (line == 1 && stop - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
            p += 3;
        s->text[s->n] = g_strstrip(g_strndup(p, (gsize)(stop - p)));
        s->line[s->n] = line;
        if (*s->text[s->n] && !is_comment(s->text[s->n]))
            s->n++;
        else
            g_free(s->text[s->n]);
    }
    s->separator = find_separator(s);
    for (size_t i = 0; i < s->n; i++)
        s->fields[i] = kith_edge_split(s->text[i], s->separator, s->field[i]);
}

size_t
kith_edge_split(char *line, char separator, char *field[KITH_EDGE_FIELDS])
{
    size_t n = 0;

    while (n < KITH_EDGE_FIELDS) {
        while (*line == ' ' || (*line == '\t' && separator == ' '))
            line++;
        if (*line == '\0' && (n == 0 || separator == ' '))
            break;
        field[n++] = line;
        if (*line == '{')
            break;
        if (separator == ' ')
            line += strcspn(line, " \t");
        else
            line += strcspn(line, separator == '\t' ? "\t" : separator == ',' ? "," : ";");
        for (char *end = line; end > field[n - 1] && end[-1] == ' ';)
            *--end = '\0';
        if (*line == '\0')
            break;
        *line++ = '\0';
    }
    return n;
}

/* One line of a comment, folded to lower case. */
static void
read_comment(const char *line, kith_edge_comments *out)
{
    if (strstr(line, "undirected")) {
        out->any = true;
    } else if (strstr(line, "directed graph") || strstr(line, "directed network")) {
        out->any = true;
        out->directed = true;
    } else if (g_str_has_prefix(line, "% sym")) {
        out->any = true;
    } else if (g_str_has_prefix(line, "% asym")) {
        out->any = true;
        out->directed = true;
    } else if (g_str_has_prefix(line, "% bip")) {
        out->any = true;
        out->two_mode = true;
    } else if (strstr(line, "nodes:") || strstr(line, "fromnodeid") || strstr(line, "edge")) {
        out->any = true;
    }
}

void
kith_edge_read_comments(const char *head, size_t length, kith_edge_comments *out)
{
    const char *end = head + length;

    *out = (kith_edge_comments){0};
    for (const char *p = head, *stop; p < end && (is_comment(p) || *p == '\n'); p = stop + 1) {
        g_autofree char *line = NULL;

        stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop)
            stop = end;
        line = g_ascii_strdown(p, stop - p);
        read_comment(line, out);
    }
}

static bool
is_time_column(const struct sample *s, size_t column, size_t from)
{
    size_t seen = 0;

    for (size_t i = from; i < s->n; i++) {
        double value;

        if (s->fields[i] <= column || !kith_number_parse(s->field[i][column], &value) ||
            value < EARLIEST || value > LATEST || floor(value) != value)
            return false;
        seen++;
    }
    return seen > 0;
}

/* NetHEPT begins with "15233 32235", the numbers of nodes and edges, and goes on with three columns. */
static bool
has_size_line(const struct sample *s)
{
    double nodes, edges;

    if (s->n < 3 || s->fields[0] != 2 || !kith_number_parse(s->field[0][0], &nodes) ||
        !kith_number_parse(s->field[0][1], &edges))
        return false;
    for (size_t i = 1; i < s->n; i++)
        if (s->fields[i] != 3)
            return false;
    return true;
}

void
kith_edge_read_layout(const char *head, size_t length, kith_edge_layout *out)
{
    struct sample s;
    size_t first;

    take_sample(head, length, &s);
    first = has_size_line(&s);
    *out = (kith_edge_layout){.separator = s.separator,
                              .weight_column = 2,
                              .time_column = -1,
                              .size_line = first ? s.line[0] : 0};
    if (is_time_column(&s, 2, first)) {
        out->weight_column = -1;
        out->time_column = 2;
    } else if (is_time_column(&s, 3, first)) {
        out->time_column = 3;
    }
    clear_sample(&s);
}

static bool
is_integer(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* A label has no blanks (a separator other than blanks allows them) and no control characters. */
static bool
is_label(const char *text)
{
    if (!*text)
        return false;
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < 32 || *p == 127)
            return false;
    return true;
}

/* NaN, infinities and 1e999 are meant for numbers: who reads the line says what is wrong with them, and where. */
static bool
is_weight(const char *text)
{
    double value;
    char *end;

    if (*text == '{' || kith_number_parse(text, &value))
        return true;
    g_ascii_strtod(text, &end);
    return end != text && *end == '\0';
}

/* Most lines have the same two to four fields: two labels, then numbers. @param integers all labels are integers */
static bool
is_edges(const struct sample *s, bool *integers)
{
    size_t first = has_size_line(s), common = 0;

    *integers = true;
    for (size_t i = first; i < s->n; i++) {
        char *const *field = s->field[i];

        if (s->fields[i] < 2 || s->fields[i] > 4 || !is_label(field[0]) || !is_label(field[1]))
            continue;
        if ((s->fields[i] > 2 && !is_weight(field[2])) ||
            (s->fields[i] > 3 && !is_weight(field[3])))
            continue;
        common += s->fields[i] == s->fields[s->n - 1];
        *integers = *integers && is_integer(field[0]) && is_integer(field[1]);
    }
    return s->n > first && common * 10 >= (s->n - first) * 9;
}

/* The extension that counts is the one below ".gz" and its like. */
static bool
has_extension(const char *name, const char *extensions)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    g_auto(GStrv) one = g_strsplit(extensions, " ", -1);
    static const char *const packed[] = {".gz", ".bz2", ".xz", ".zst"};

    for (size_t i = 0; i < G_N_ELEMENTS(packed); i++)
        if (g_str_has_suffix(lower, packed[i]))
            lower[strlen(lower) - strlen(packed[i])] = '\0';
    for (size_t i = 0; one[i]; i++)
        if (g_str_has_suffix(lower, one[i]))
            return true;
    return false;
}

int
kith_edge_probe(const char *head, size_t length, const char *name)
{
    kith_edge_comments comments;
    struct sample s;
    bool integers, edges;

    if (g_str_has_prefix(head, "%%") || memchr(head, 0, length))
        return 0;
    kith_edge_read_comments(head, length, &comments);
    take_sample(head, length, &s);
    /* A first column of moments is a log of contacts ("t i j"), not an edge list. */
    edges = is_edges(&s, &integers) && !is_time_column(&s, 0, 0);
    clear_sample(&s);
    if (!edges)
        return 0;
    if (integers)
        return comments.any ? 88 : 55;
    if (has_extension(name, ".ncol .edges .edgelist .el"))
        return 60;
    return comments.any ? 60 : has_extension(name, ".txt") ? 35 : 0;
}
