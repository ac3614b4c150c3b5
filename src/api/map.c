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

/* A role as its plain name: "person.name" says what "name" does, "from.name" what "from_name" does. */
static char *
plain_role(const char *role)
{
    static const char *const same[][2] = {
        {"organisation.name", "company"}, {"organization.name", "company"},
        {"company.name", "company"},      {"event.name", "event"},
        {"event.date", "date"},           {"event.status", "status"}};
    g_autofree char *low = g_strstrip(g_ascii_strdown(role, -1));

    for (size_t i = 0; i < G_N_ELEMENTS(same); i++)
        if (strcmp(low, same[i][0]) == 0)
            return g_strdup(same[i][1]);
    if (g_str_has_prefix(low, "person."))
        return g_strdup(low + strlen("person."));
    if (g_str_has_prefix(low, "from.") || g_str_has_prefix(low, "to."))
        return g_strdelimit(g_steal_pointer(&low), ".", '_');
    return g_strdup(role);
}

/* The map with plain roles. @return yours */
static char *
plain_roles(const char *map)
{
    g_auto(GStrv) entry = entries(map);

    for (size_t i = 0; entry[i]; i++) {
        char *equals = strrchr(entry[i], '=');
        g_autofree char *role = equals ? plain_role(equals + 1) : NULL, *old = entry[i];

        entry[i] =
            equals ? g_strdup_printf("%.*s=%s", (int)(equals - old), old, role) : g_strdup(old);
    }
    return g_strjoinv(strchr(map, '\n') ? "\n" : ",", entry);
}

static kith_status
read_map(const char *path, char **out, kith_error *err)
{
    g_autofree char *bytes = NULL, *text = NULL;
    g_autoptr(GString) kept = g_string_new(NULL);
    g_auto(GStrv) line = NULL;
    gsize length;

    if (!g_file_get_contents(path, &bytes, &length, NULL))
        return kith_fail_at(err, KITH_ERR_IO, path, 0, 0, "cannot read the map");
    text = kith_text_to_utf8(bytes, length, NULL);
    line = g_strsplit(text, "\n", -1);
    for (size_t i = 0; line[i]; i++)
        TRY(keep_line(path, (int64_t)i + 1, line[i], kept, err));
    *out = g_strdup(kept->str);
    return KITH_OK;
}

kith_status
kith_map_expand(const char *map, char **out, kith_error *err)
{
    g_autofree char *read = NULL;

    *out = NULL;
    if (!map)
        return KITH_OK;
    if (*map == '@')
        TRY(read_map(map + 1, &read, err));
    *out = plain_roles(read ? read : map);
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
