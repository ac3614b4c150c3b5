/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.c - the limits' values, and changing them by name. */
#include "base/limits.h"
#include "base/base.h"
#include <kith/option.h>
#include <string.h>

#define LARGEST (INT64_C(1) << 40)

static const kith_limit_info table[] = {
#define AS_INFO(id, name, usual, unit, about) {name, 0, usual, unit, about},
    KITH_LIMITS(AS_INFO)
#undef AS_INFO
};

int64_t kith_limit_values[KITH_LIMIT_COUNT] = {
#define AS_VALUE(id, name, usual, unit, about) usual,
    KITH_LIMITS(AS_VALUE)
#undef AS_VALUE
};

bool
kith_limit_at(int64_t i, kith_limit_info *out)
{
    if (i < 0 || i >= KITH_LIMIT_COUNT)
        return false;
    *out = table[i];
    out->value = kith_limit_values[i];
    return true;
}

static kith_status
find(const char *name, int *out, kith_error *err)
{
    const char *names[KITH_LIMIT_COUNT + 1] = {NULL}, *near;

    for (*out = 0; *out < KITH_LIMIT_COUNT; ++*out)
        if (strcmp(table[*out].name, name) == 0)
            return KITH_OK;
    for (int i = 0; i < KITH_LIMIT_COUNT; i++)
        names[i] = table[i].name;
    near = kith_nearest_word(name, names);
    if (near)
        return kith_fail(err, KITH_ERR_ARGUMENT, "no limit '%.60s' (did you mean '%s'?)", name,
                         near);
    return kith_fail(err, KITH_ERR_ARGUMENT, "no limit '%.60s' (see 'kith limits')", name);
}

/* "64M" is 64 times 2^20. */
static bool
parse_size(const char *text, int64_t *out)
{
    static const char units[] = "kMG";
    int64_t value = 0, factor = 1;
    const char *unit;

    if (!g_ascii_isdigit(*text))
        return false;
    for (; g_ascii_isdigit(*text) && value <= LARGEST; text++)
        value = value * 10 + (*text - '0');
    if (*text && (unit = strchr(*text == 'K' ? "k" : units, *text == 'K' ? 'k' : *text)) != NULL) {
        factor = INT64_C(1) << (10 * (strchr(units, *unit) - units + 1));
        text++;
    }
    *out = value <= LARGEST / factor ? value * factor : 0;
    return *text == '\0' && *out >= 1;
}

static kith_status
set_one(const char *entry, int64_t values[KITH_LIMIT_COUNT], kith_error *err)
{
    g_autofree char *name = g_strstrip(g_strdup(entry));
    char *equals = strchr(name, '=');
    int i;

    if (!equals)
        return kith_fail(err, KITH_ERR_ARGUMENT, "bad limit '%s' (expected NAME=VALUE)", name);
    *equals = '\0';
    TRY(find(g_strchomp(name), &i, err));
    if (parse_size(g_strchug(equals + 1), &values[i]))
        return KITH_OK;
    return kith_fail(err, KITH_ERR_ARGUMENT,
                     "bad limit %s '%s' (expected a whole number from 1 to 1024G, such as 64M)",
                     name, equals + 1);
}

kith_status
kith_limit_set(const char *text, kith_error *err)
{
    g_auto(GStrv) entry = g_strsplit(text && *text ? text : " ", ",", -1);
    int64_t values[KITH_LIMIT_COUNT];

    memcpy(values, kith_limit_values, sizeof values);
    for (size_t i = 0; entry[i]; i++)
        TRY(set_one(entry[i], values, err));
    memcpy(kith_limit_values, values, sizeof values);
    return KITH_OK;
}
