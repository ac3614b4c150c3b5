/* SPDX-License-Identifier: GPL-3.0-or-later */
/* constants.c - reads the file that overrides constants of warmth-1, and tells a reader which are in use. */
#include "base/base.h"
#include "measures/warmth.h"
#include <glib.h>
#include <string.h>

/* A file of so many bytes is no list of constants. */
#define LARGEST 65536

const kith_option *
kith_constants_table(void)
{
    return kith_warmth_options;
}

void
kith_constants_free(kith_constants *constants)
{
    g_free(constants);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_constants, kith_constants_free)

static kith_status
no_such(const char *name, const char *path, int64_t number, kith_error *err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *near;

    for (const kith_option *o = kith_warmth_options; o->type != KITH_OPTION_TYPE_END; o++)
        g_ptr_array_add(names, (gpointer)o->name);
    g_ptr_array_add(names, NULL);
    near = kith_nearest_word(name, (const char *const *)names->pdata);
    if (near)
        return kith_fail_at(err, KITH_ERR_PARSE, path, number, 1,
                            "no constant '%.60s' (did you mean '%s'?)", name, near);
    return kith_fail_at(err, KITH_ERR_PARSE, path, number, 1,
                        "no constant '%.60s' (see 'kith help constants')", name);
}

static kith_status
read_line(char *line, kith_constants *into, const char *path, int64_t number, kith_error *err)
{
    char *equals;
    kith_error why = {0};

    g_strstrip(line);
    if (!*line || *line == '#')
        return KITH_OK;
    equals = strchr(line, '=');
    if (!equals)
        return kith_fail_at(err, KITH_ERR_PARSE, path, number, 1,
                            "found '%.60s' (expected NAME = VALUE)", line);
    *equals = '\0';
    if (!kith_options_find(kith_warmth_options, g_strstrip(line)))
        return no_such(line, path, number, err);
    if (kith_options_set(kith_warmth_options, into, line, g_strstrip(equals + 1), &why) != KITH_OK)
        return kith_fail_at(err, KITH_ERR_PARSE, path, number, 1, "%s", why.message);
    return KITH_OK;
}

/* Two constants that must not cross. */
static kith_status
check(const kith_constants *c, const char *path, kith_error *err)
{
    const struct {
        double low, high;
        const char *low_name, *high_name;
    } order[] = {
        {c->familiar_from, c->strong_from, "familiar_from", "strong_from"},
        {c->cooling_from, c->at_risk_from, "cooling_from", "at_risk_from"},
        {c->record_low, c->record_high, "record_low", "record_high"},
        {c->hop_base, c->hop_cap, "hop_base", "hop_cap"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        if (order[i].low > order[i].high)
            return kith_fail_at(err, KITH_ERR_PARSE, path, 0, 0, "%s %g is above %s %g",
                                order[i].low_name, order[i].low, order[i].high_name, order[i].high);
    return KITH_OK;
}

static kith_status
read_all(const char *path, char *text, size_t size, kith_error *err)
{
    g_autoptr(kith_source) source = NULL;
    size_t used = 0, got;

    TRY(kith_source_open(path, &source, err));
    do {
        TRY(kith_source_read(source, text + used, size - 1 - used, &got, err));
        used += got;
    } while (got > 0 && used < size - 1);
    text[used] = '\0';
    if (used == size - 1 || strlen(text) < used)
        return kith_fail_at(err, KITH_ERR_PARSE, path, 0, 0,
                            "this is no list of constants (expected lines NAME = VALUE)");
    return KITH_OK;
}

kith_status
kith_constants_read(const char *path, kith_constants **out, kith_error *err)
{
    g_autoptr(kith_constants) made = g_new0(kith_constants, 1);
    g_autofree char *text = g_malloc(LARGEST);
    g_auto(GStrv) line = NULL;

    kith_warmth_defaults(made);
    TRY(read_all(path, text, LARGEST, err));
    line = g_strsplit(text, "\n", -1);
    for (int64_t i = 0; line[i]; i++)
        TRY(read_line(line[i], made, path, i + 1, err));
    TRY(check(made, path, err));
    *out = g_steal_pointer(&made);
    return KITH_OK;
}

/* "in_person 4 (usually 3), scale 10 (usually 12)"; "" when all are the usual ones. */
static char *
changes(const kith_warmth_constants *c)
{
    GString *text = g_string_new(NULL);
    kith_warmth_constants usual;
    char now[64], then[64];

    kith_warmth_defaults(&usual);
    for (const kith_option *o = kith_warmth_options; o->type != KITH_OPTION_TYPE_END; o++) {
        kith_option_text(o, c, now, sizeof now);
        kith_option_text(o, &usual, then, sizeof then);
        if (strcmp(now, then) != 0)
            g_string_append_printf(text, "%s%s %s (usually %s)", text->len ? ", " : "", o->name,
                                   now, then);
    }
    return g_string_free(text, FALSE);
}

void
kith_warmth_tell(const kith_warmth_constants *c, kith_answer *out)
{
    g_autofree char *changed = changes(c);
    char value[64];

    for (const kith_option *o = kith_warmth_options; o->type != KITH_OPTION_TYPE_END; o++) {
        g_autofree char *name = g_strconcat("warmth.", o->name, NULL);

        kith_answer_parameter(out, name, o->type, kith_option_text(o, c, value, sizeof value));
    }
    if (*changed)
        kith_answer_note(out, "%s with constants of its own: %s", KITH_WARMTH_VERSION, changed);
    else
        kith_answer_note(out, "%s with its usual constants ('kith help constants' lists them)",
                         KITH_WARMTH_VERSION);
}
