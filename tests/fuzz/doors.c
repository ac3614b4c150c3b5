/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doors.c - targets below the importers: documents, archives, and the small parsers all of them share. */
#include "base/dates.h"
#include "base/identifier.h"
#include "base/json.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"
#include "base/xml.h"
#include "fuzz/target.h"
#include <string.h>

#define MEMBERS 64

static void
visit_json(const kith_json_value *value)
{
    const kith_json_value *member;
    const char *key;
    char id[32];
    double number;
    void *at = NULL;

    kith_json_id(value, id);
    kith_json_number(value, &number);
    g_free(kith_json_as_text(value));
    for (size_t i = 0; i < kith_json_length(value); i++)
        visit_json(kith_json_item(value, i));
    while (kith_json_is_object(value) && (member = kith_json_next(value, &at, &key)) != NULL)
        kith_json_get_string(value, key);
}

void
fuzz_json(const uint8_t *bytes, size_t size)
{
    for (int form = KITH_JSON_PLAIN; form <= KITH_JSON_ASSIGNMENT; form++) {
        g_autoptr(kith_source) source = kith_source_from_memory("fuzz", bytes, size);
        g_autoptr(kith_json_file) json = NULL;
        kith_error err = {0};

        if (kith_json_load(source, (kith_json_form)form, &json, &err) == KITH_OK)
            visit_json(kith_json_root(json));
        else
            g_assert(err.message[0] && !strchr(err.message, '\n'));
    }
}

void
fuzz_xml(const uint8_t *bytes, size_t size)
{
    g_autoptr(kith_source) source = kith_source_from_memory("fuzz", bytes, size);
    g_autoptr(kith_xml) xml = kith_xml_new(source);
    kith_xml_event event = {0};
    kith_error err = {0};

    while (kith_xml_next(xml, &event, &err) == KITH_OK && event.kind != KITH_XML_EOF)
        if (event.kind == KITH_XML_START)
            kith_xml_attribute(xml, "id");
}

/* Through compression, and every member of an archive to its end. */
void
fuzz_archive(const uint8_t *bytes, size_t size)
{
    g_autoptr(kith_source) archive = kith_source_from_memory("fuzz", bytes, size);
    kith_error err = {0};
    char buffer[4096];
    const char *head;
    size_t got = 1;

    for (int i = 0; i < MEMBERS && kith_source_is_archive(archive); i++) {
        g_autoptr(kith_source) member = NULL;

        if (kith_source_next_member(archive, &member, &err) != KITH_OK || !member)
            return;
        kith_source_head(member, &head, &got, &err);
        while (kith_source_read(member, buffer, sizeof buffer, &got, &err) == KITH_OK && got)
            continue;
    }
    if (!kith_source_is_archive(archive))
        while (kith_source_read(archive, buffer, sizeof buffer, &got, &err) == KITH_OK && got)
            continue;
}

static void
visit_identifier(const char *text)
{
    g_free(kith_email_normalise(text));
    g_free(kith_phone_normalise(text, "44"));
    g_free(kith_url_normalise(text));
    g_free(kith_org_key(text));
}

static void
visit_name(const char *text)
{
    g_autofree char *given = NULL, *family = NULL, *unescaped = kith_text_unescape(text);

    g_free(kith_name_words(text));
    g_free(kith_text_fold(text));
    g_free(kith_text_slug(text));
    kith_name_split(text, &given, &family);
    kith_name_given_agree(text, unescaped);
}

static void
visit_number(const char *text)
{
    kith_precision precision;
    kith_time when;
    double number;
    char currency[4];

    kith_number_parse(text, &number);
    kith_money_parse(text, &number, currency);
    kith_time_parse(text, &when, &precision);
    for (int order = KITH_ORDER_DMY; order <= KITH_ORDER_YMD; order++)
        kith_date_parse_ordered(text, (kith_day_order)order, &when, &precision);
}

/* What is shown on a terminal has no control character and is UTF-8, whatever came in. */
static void
check_display(const char *text)
{
    g_autofree char *shown = kith_text_display(text);

    g_assert(g_utf8_validate(shown, -1, NULL));
    for (const char *p = shown; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_assert(c >= 0x20 && (c < 0x7f || c > 0x9f) && !(c >= 0x202a && c <= 0x202e) &&
                 !(c >= 0x2066 && c <= 0x2069));
    }
}

static void
visit_lines(char **line, void (*visit)(const char *))
{
    for (; *line; line++)
        visit(*line);
}

void
fuzz_text(const uint8_t *bytes, size_t size)
{
    static void (*const visit[])(const char *) = {visit_identifier, visit_name, visit_number};
    g_autofree char *raw = g_strndup((const char *)bytes, size);
    g_autofree char *text = kith_text_to_utf8((const char *)bytes, size, NULL);
    g_auto(GStrv) line = g_strsplit(text, "\n", -1);

    g_assert(g_utf8_validate(text, -1, NULL));
    check_display(raw);
    for (size_t way = 0; way < G_N_ELEMENTS(visit); way++)
        if (fuzz_goes(bytes, size, way, G_N_ELEMENTS(visit)))
            visit_lines(line, visit[way]);
}
