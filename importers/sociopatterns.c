/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sociopatterns - who faced whom, told by badges: "time person person", one line for 20 seconds.
 *
 *     1710410000 1001 1002
 *     1710410020 1001 1004 3B 2A
 *
 * Each line is a meeting of two in person that weighs its 20 seconds, so that a pair's weights add
 * up to the time it spent together. Two more columns are the classes of the two. Times are seconds;
 * where a file counts from its own start they are taken as seconds since 1970, which keeps their
 * order and distances.
 */
#include "graph_file.h"
#include "scan.h"
#include <stdio.h>
#include <string.h>

#define SECONDS 20
#define EARLIEST INT64_C(100000000) /* 1973: smaller times are not the calendar's */

struct contacts {
    kith_graph_file *file;
    kith_scan *scan;
    kith_mention first; /* mentions before this file */
    GArray *classed;    /* bool by mention less the first: its class is known */
    bool told;
};

/* Three or five columns, whole numbers first, times that never fall and go up by 20 s or its
 * multiples: no list of edges does that. */
static int
probe(const char *head, size_t length, const char *name)
{
    const char *end = head + length, *line = kith_scan_head(head, &length, '\0');
    int64_t last = -1, rises = 0, n = 0;

    (void)name;
    for (; line < end && n < 200; n++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        long long time, a, b;
        char text[160];

        if (!stop && n > 0)
            break;
        g_strlcpy(text, line, MIN(sizeof text, (size_t)((stop ? stop : end) - line) + 1));
        if (sscanf(text, "%lld %lld %lld", &time, &a, &b) != 3 || a < 0 || b < 0)
            return 0;
        if (time < last || (last >= 0 && (time - last) % SECONDS != 0))
            return 0;
        rises += last >= 0 && time > last;
        last = time;
        line = stop ? stop + 1 : end;
    }
    return rises > 0 && last >= SECONDS && n > 2 ? 85 : 0;
}

static kith_status
read_time(struct contacts *c, kith_time *when, kith_error *err)
{
    if (!kith_scan_whole(c->scan->word->str, INT64_C(100000000000), when))
        return kith_source_fail(c->scan->source, err, "bad time '%s' (expected whole seconds)",
                                c->scan->word->str);
    if (*when < EARLIEST && !c->told)
        kith_source_warn(c->scan->source,
                         "times count from the file's own start: read as seconds since 1970");
    c->told = true;
    return KITH_OK;
}

static kith_status
read_badge(struct contacts *c, kith_mention *out, kith_error *err)
{
    kith_scan_kind kind;

    TRY(kith_scan_word(c->scan, &kind, err));
    if (kind != KITH_SCAN_WORD)
        return kith_source_fail(c->scan->source, err,
                                "the end of the line (expected a time and two people)");
    *out = kith_graph_file_label(c->file, KITH_PERSON, c->scan->word->str);
    return KITH_OK;
}

/* A person's class stands on each of its lines; the first is kept. */
static void
set_class(struct contacts *c, kith_mention who, const char *class)
{
    guint at = (guint)(who - c->first);

    if (at >= c->classed->len)
        g_array_set_size(c->classed, at + 1);
    if (!g_array_index(c->classed, bool, at))
        kith_builder_attribute(c->file->into, who, "class", class);
    g_array_index(c->classed, bool, at) = true;
}

/* The classes of the two, if the file gives them, and the end of the line. */
static kith_status
read_classes(struct contacts *c, const kith_mention who[2], kith_error *err)
{
    kith_scan_kind kind;

    for (int i = 0; i < 3; i++) {
        TRY(kith_scan_word(c->scan, &kind, err));
        if (kind != KITH_SCAN_WORD)
            return KITH_OK;
        if (i == 2)
            break;
        set_class(c, who[i], c->scan->word->str);
    }
    return kith_source_fail(c->scan->source, err, "'%s' in column 6 (expected at most 5)",
                            c->scan->word->str);
}

static kith_status
read_contact(struct contacts *c, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;
    int64_t line = c->scan->word_line;
    kith_mention who[2] = {0};

    fact.kind = KITH_MET;
    fact.precision = KITH_PRECISION_SECOND;
    fact.weight = SECONDS;
    fact.channel = "in-person";
    TRY(read_time(c, &fact.when, err));
    TRY(read_badge(c, &who[0], err));
    TRY(read_badge(c, &who[1], err));
    TRY(read_classes(c, who, err));
    fact.from = who[0];
    fact.to = who[1];
    kith_source_at(c->scan->source, line, 1);
    TRY(kith_graph_file_tie(c->file, &fact, err));
    kith_builder_fact_attribute(c->file->into, "party", "2");
    return KITH_OK;
}

static kith_status
read_lines(struct contacts *c, kith_error *err)
{
    kith_scan_kind kind;

    for (;;) {
        TRY(kith_scan_word(c->scan, &kind, err));
        if (kind == KITH_SCAN_END)
            return KITH_OK;
        if (kind == KITH_SCAN_WORD)
            TRY(read_contact(c, err));
    }
}

static kith_status
read_contacts(kith_source *source, const void *options, kith_builder *into, kith_error *err)
{
    g_auto(kith_graph_file) file = {0};
    g_auto(kith_scan) scan = {0};
    g_autoptr(GArray) classed = g_array_new(FALSE, TRUE, sizeof(bool));
    struct contacts c = {
        .file = &file, .scan = &scan, .first = kith_builder_mentions(into), .classed = classed};

    kith_graph_file_init(&file, source, options, into);
    TRY(kith_scan_init(&scan, source, err));
    return read_lines(&c, err);
}

const kith_importer kith_importer_sociopatterns = {
    .name = "sociopatterns",
    .summary = "face-to-face contacts told by badges: time, person, person",
    .extensions = "dat tij",
    .probe = probe,
    .read = read_contacts,
};
