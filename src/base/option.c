/* SPDX-License-Identifier: GPL-3.0-or-later */
/* option.c - reads and writes a plain struct by its option table. */
#include "base/base.h"
#include "base/number.h"
#include "base/text.h"
#include <errno.h>
#include <inttypes.h>
#include <kith/option.h>
#include <kith/time.h>
#include <math.h>
#include <string.h>

static char
plain(char c)
{
    return c == '_' ? '-' : g_ascii_tolower(c);
}

bool
kith_option_same_name(const char *a, const char *b)
{
    while (*a != '\0' && plain(*a) == plain(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

const kith_option *
kith_options_find(const kith_option *table, const char *name)
{
    for (; table != NULL && table->type != KITH_OPTION_TYPE_END; table++)
        if (kith_option_same_name(table->name, name))
            return table;
    return NULL;
}

const char *
kith_option_file(const kith_option *option, const char *text)
{
    const char *argument = option->argument;

    if (option->type != KITH_OPTION_TYPE_TEXT || !argument || !text || !*text)
        return NULL;
    if (strcmp(argument, "FILE") == 0)
        return text;
    return *text == '@' && strstr(argument, "@FILE") ? text + 1 : NULL;
}

/* Levenshtein distance of two names, at most 40 characters each. */
static int
distance(const char *a, const char *b)
{
    int row[41], na = (int)strnlen(a, 40), nb = (int)strnlen(b, 40);

    for (int j = 0; j <= nb; j++)
        row[j] = j;
    for (int i = 1; i <= na; i++) {
        int corner = row[0];

        row[0] = i;
        for (int j = 1; j <= nb; j++) {
            int change = corner + (plain(a[i - 1]) != plain(b[j - 1]));

            corner = row[j];
            row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[nb];
}

const char *
kith_nearest_word(const char *typed, const char *const *words)
{
    int best = MAX(2, (int)strlen(typed) / 3) + 1;
    const char *nearest = NULL;

    for (; *words != NULL; words++) {
        int d = distance(*words, typed);

        if (d < best && d < (int)strlen(*words)) {
            best = d;
            nearest = *words;
        }
    }
    return nearest;
}

static kith_status
fail_unknown(const kith_option *table, const char *name, kith_error *err)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *nearest;
    g_autofree char *shown = NULL;

    for (const kith_option *o = table; o != NULL && o->type != KITH_OPTION_TYPE_END; o++)
        g_ptr_array_add(names, (gpointer)o->name);
    g_ptr_array_add(names, NULL);
    nearest = kith_nearest_word(name, (const char *const *)names->pdata);
    if (nearest == NULL)
        return kith_fail(err, KITH_ERR_ARGUMENT, "unknown option '%s'", name);
    shown = g_strdelimit(g_strdup(nearest), "_", '-');
    return kith_fail(err, KITH_ERR_ARGUMENT, "unknown option '%s' (did you mean '%s'?)", name,
                     shown);
}

static kith_status
fail_value(const kith_option *o, const char *text, kith_error *err, const char *expected)
{
    g_autofree char *shown = g_strdelimit(g_strdup(o->name), "_", '-');

    return kith_fail(err, KITH_ERR_ARGUMENT, "bad %s '%s' (expected %s)", shown, text, expected);
}

static kith_status
fail_range(const kith_option *o, const char *text, kith_error *err, const char *what)
{
    char low[32], high[32];
    g_autofree char *expected = NULL;

    if (isinf(o->high))
        expected = g_strdup_printf("%s, %s or more", what, kith_number_text(o->low, low));
    else
        expected = g_strdup_printf("%s from %s to %s", what, kith_number_text(o->low, low),
                                   kith_number_text(o->high, high));
    return fail_value(o, text, err, expected);
}

static kith_status
set_real(const kith_option *o, double *out, const char *text, kith_error *err)
{
    double value;

    if (!kith_number_parse(text, &value) || value < o->low || value > o->high)
        return fail_range(o, text, err, "a number");
    *out = value;
    return KITH_OK;
}

static kith_status
set_int(const kith_option *o, int64_t *out, const char *text, kith_error *err)
{
    char *end;
    int64_t value;

    errno = 0;
    value = g_ascii_strtoll(text, &end, 10);
    if (end == text || *end != '\0' || g_ascii_isspace(*text) || errno != 0 ||
        (double)value < o->low || (double)value > o->high)
        return fail_range(o, text, err, "a whole number");
    *out = value;
    return KITH_OK;
}

static kith_status
set_flag(const kith_option *o, bool *out, const char *text, kith_error *err)
{
    static const char *const words[] = {"no", "yes", "false", "true", "0", "1"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(text, words[i]) == 0) {
            *out = i % 2 == 1;
            return KITH_OK;
        }
    return fail_value(o, text, err, "yes or no");
}

static kith_status
set_choice(const kith_option *o, const char **out, const char *text, kith_error *err)
{
    g_auto(GStrv) words = g_strsplit(o->choices, "|", -1);
    g_autofree char *expected = NULL;

    if (g_strv_contains((const char *const *)words, text)) {
        *out = text;
        return KITH_OK;
    }
    expected = g_strjoinv(", ", words);
    return fail_value(o, text, err, expected);
}

static kith_status
set_date(const kith_option *o, kith_time *out, const char *text, kith_error *err)
{
    if (!kith_time_parse(text, out, NULL))
        return fail_value(o, text, err, "YYYY-MM-DD");
    return KITH_OK;
}

static kith_status
set_value(const kith_option *o, void *values, const char *text, kith_error *err)
{
    void *field = (char *)values + o->offset;

    switch (o->type) {
    case KITH_OPTION_TYPE_REAL:
        return set_real(o, field, text, err);
    case KITH_OPTION_TYPE_INT:
        return set_int(o, field, text, err);
    case KITH_OPTION_TYPE_FLAG:
        return set_flag(o, field, text, err);
    case KITH_OPTION_TYPE_CHOICE:
        return set_choice(o, field, text, err);
    case KITH_OPTION_TYPE_DATE:
        return set_date(o, field, text, err);
    case KITH_OPTION_TYPE_TEXT:
        *(const char **)field = text;
        return KITH_OK;
    case KITH_OPTION_TYPE_END:
        break;
    }
    return kith_fail(err, KITH_ERR_INTERNAL, "option '%s' has no type", o->name);
}

void
kith_options_init(const kith_option *table, void *values)
{
    for (const kith_option *o = table; o != NULL && o->type != KITH_OPTION_TYPE_END; o++) {
        void *field = (char *)values + o->offset;

        if (o->fallback != NULL)
            set_value(o, values, o->fallback, NULL);
        else if (o->type == KITH_OPTION_TYPE_TEXT)
            *(const char **)field = NULL;
        else if (o->type == KITH_OPTION_TYPE_DATE)
            *(kith_time *)field = KITH_TIME_NONE;
    }
}

kith_status
kith_options_set(const kith_option *table, void *values, const char *name, const char *text,
                 kith_error *err)
{
    const kith_option *o;

    if (values == NULL || name == NULL || text == NULL)
        return kith_fail(err, KITH_ERR_ARGUMENT, "an option needs a name and a value");
    o = kith_options_find(table, name);
    return o == NULL ? fail_unknown(table, name, err) : set_value(o, values, text, err);
}

static const char *
date_text(kith_time when, char out[32])
{
    if (when == KITH_TIME_NONE)
        return "";
    return kith_time_text(when, when % KITH_DAY == 0 ? KITH_PRECISION_DAY : KITH_PRECISION_SECOND,
                          out);
}

const char *
kith_option_text(const kith_option *option, const void *values, char *out, size_t size)
{
    const void *field = (const char *)values + option->offset;
    const char *text = "";
    char number[32];

    switch (option->type) {
    case KITH_OPTION_TYPE_REAL:
        text = kith_number_text(*(const double *)field, number);
        break;
    case KITH_OPTION_TYPE_INT:
        g_snprintf(number, sizeof number, "%" PRId64, *(const int64_t *)field);
        text = number;
        break;
    case KITH_OPTION_TYPE_FLAG:
        text = *(const bool *)field ? "yes" : "no";
        break;
    case KITH_OPTION_TYPE_TEXT:
    case KITH_OPTION_TYPE_CHOICE:
        text = *(const char *const *)field;
        break;
    case KITH_OPTION_TYPE_DATE:
        text = date_text(*(const kith_time *)field, number);
        break;
    case KITH_OPTION_TYPE_END:
        break;
    }
    if (size > 0) {
        g_strlcpy(out, text != NULL ? text : "", size);
        out[kith_text_cut(out, strlen(out))] = '\0';
    }
    return out;
}
