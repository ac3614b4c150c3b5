/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.c - reads a saved map, and tells which importer a map is for. */
#include "api/map.h"
#include "base/base.h"
#include "base/text.h"
#include <string.h>

static char **
entries(const char *map)
{
    return g_strsplit(map, strchr(map, '\n') ? "\n" : ",", -1);
}

static kith_status
keep_line(const char *path, int64_t number, const char *line, GString *out, kith_error *err)
{
    g_autofree char *text = g_strstrip(g_strdup(line));
    const char *equals = strrchr(text, '=');

    if (!*text || *text == '#')
        return KITH_OK;
    if (!equals || equals == text || !equals[1])
        return kith_fail_at(err, KITH_ERR_PARSE, path, number, 1,
                            "bad map entry '%s' (expected COLUMN=ROLE)", text);
    g_string_append_printf(out, "%s\n", text);
    return KITH_OK;
}

kith_status
kith_map_expand(const char *map, char **out, kith_error *err)
{
    g_autofree char *bytes = NULL, *text = NULL;
    g_autoptr(GString) kept = g_string_new(NULL);
    g_auto(GStrv) line = NULL;
    gsize length;

    *out = g_strdup(map);
    if (!map || *map != '@')
        return KITH_OK;
    if (!g_file_get_contents(map + 1, &bytes, &length, NULL))
        return kith_fail_at(err, KITH_ERR_IO, map + 1, 0, 0, "cannot read the map");
    text = kith_text_to_utf8(bytes, length, NULL);
    line = g_strsplit(text, "\n", -1);
    for (size_t i = 0; line[i]; i++)
        TRY(keep_line(map + 1, (int64_t)i + 1, line[i], kept, err));
    g_free(*out);
    *out = g_strdup(kept->str);
    return KITH_OK;
}

/* Whether one of the entries gives one of these roles. */
static bool
has_role(const char *map, const char *const *roles)
{
    g_auto(GStrv) entry = entries(map);

    for (size_t i = 0; entry[i]; i++) {
        const char *equals = strrchr(entry[i], '=');
        g_autofree char *role = equals ? g_ascii_strdown(equals + 1, -1) : NULL;

        if (role && g_strv_contains(roles, g_strstrip(role)))
            return true;
    }
    return false;
}

const char *
kith_map_importer(const char *map)
{
    static const char *const events[] = {"event", NULL};
    static const char *const people[] = {"name", "given",   "family", "email", "phone",
                                         "url",  "company", "title",  NULL};

    if (has_role(map, events))
        return "attendance-list";
    return has_role(map, people) ? "contacts-csv" : "pairs";
}

bool
kith_map_fits(const char *map, const char *head, size_t length)
{
    g_auto(GStrv) entry = entries(map);
    g_autofree char *text = kith_text_to_utf8(head, length, NULL);
    bool fits = false;

    for (size_t i = 0; entry[i]; i++) {
        char *equals = strrchr(entry[i], '=');

        if (!equals)
            continue;
        *equals = '\0';
        fits = strstr(text, g_strstrip(entry[i])) != NULL;
        if (!fits)
            return false;
    }
    return fits;
}
