/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people.c - names, addresses and employers out of the cells of one row. */
#include "people.h"
#include "base/base.h"
#include "base/text.h"
#include <string.h>

/* What may follow a comma without being a given name. */
static const char credentials[] =
    "phd|dr|md|mba|msc|bsc|ba|ma|bds|dds|cpa|cfa|pmp|esq|jr|sr|ii|iii|iv|rn|pe|jd|llm|llb|frsa|mbe|"
    "obe|cbe|"
    "fca|aca|acca|cima|mcim|cipd|mrics|frics|beng|meng|ceng|pgce|hons|shrmcp|phr|sphr|cissp";

bool
kith_people_is_credential(const char *text)
{
    g_autofree char *folded = kith_header_fold(text);

    return kith_word_among(folded, credentials);
}

/* Letters and what holds names together; anything else (digits, brackets, quotes) is no plain name. */
static bool
is_name_text(const char *text)
{
    bool letters = false;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isalpha(c) || g_unichar_ismark(c))
            letters = true;
        else if (!strchr(" .-'", c < 128 ? (int)c : 'x') && c != 0x2019 && c != 0x2010)
            return false;
    }
    return letters;
}

/* "m d" and "md" are the same letters after a name. */
static void
squeeze(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
}

/* Only "Last, First" is turned: one comma, a name on either side, and no credential behind it. */
char *
kith_people_shown_name(const char *cell)
{
    char *clean = kith_text_clean(cell), *comma = strchr(clean, ',');
    g_autofree char *family = NULL, *given = NULL, *folded = NULL;

    if (!comma || strchr(comma + 1, ','))
        return clean;
    family = g_strstrip(g_strndup(clean, (gsize)(comma - clean)));
    given = g_strstrip(g_strdup(comma + 1));
    folded = kith_header_fold(given);
    squeeze(folded);
    if (!is_name_text(family) || !is_name_text(given) || kith_word_among(folded, credentials))
        return clean;
    g_free(clean);
    return g_strconcat(given, " ", family, NULL);
}

char *
kith_people_name(const kith_row *row, const int column[KITH_ROLES])
{
    const char *whole = kith_row_text(row, column[KITH_ROLE_NAME]);
    const char *given = kith_row_text(row, column[KITH_ROLE_GIVEN]);
    const char *family = kith_row_text(row, column[KITH_ROLE_FAMILY]);
    g_autofree char *joined = g_strconcat(given, " ", family, NULL);

    return *whole ? kith_people_shown_name(whole) : kith_text_clean(joined);
}

int
kith_people_emails(kith_builder *into, kith_mention who, const char *cell)
{
    g_auto(GStrv) part = NULL;
    int found = 0;

    if (!strchr(cell, '@'))
        return 0;
    if (!strpbrk(cell, ";,| \t\n"))
        return kith_builder_identify(into, who, KITH_ID_EMAIL, cell);
    part = g_strsplit_set(cell, ";,| \t\n", -1);
    for (size_t i = 0; part[i]; i++)
        if (*part[i])
            found += kith_builder_identify(into, who, KITH_ID_EMAIL, part[i]);
    return found;
}

/* "ZoÃ«": UTF-8 read as Windows-1252 and written again. It is shown as it is, and said. */
static bool
looks_doubly_encoded(const char *text)
{
    for (const char *p = text; (p = strstr(p, "\xc3")) != NULL; p++)
        if (((unsigned char)p[1] == 0x83 || (unsigned char)p[1] == 0x82) &&
            (unsigned char)p[2] == 0xc2)
            return true;
    return false;
}

static void
warn_of_encoding(const kith_rows *rows, const kith_row *row, const int column[KITH_ROLES])
{
    g_autofree char *shown = kith_people_name(row, column);

    kith_source_warn(kith_rows_source(rows),
                     "the name '%s' looks as if it was encoded twice: kept as it is", shown);
}

void
kith_people_describe(kith_rows *rows, const kith_row *row, const int column[KITH_ROLES],
                     kith_builder *into, kith_mention who)
{
    const char *given = kith_row_text(row, column[KITH_ROLE_GIVEN]);
    const char *family = kith_row_text(row, column[KITH_ROLE_FAMILY]);
    const char *whole = kith_row_text(row, column[KITH_ROLE_NAME]);
    g_autofree char *shown = *whole ? kith_people_shown_name(whole) : NULL;

    if (shown)
        kith_builder_name(into, who, shown);
    else
        kith_builder_names(into, who, given, family);
    if (looks_doubly_encoded(whole) || looks_doubly_encoded(given) || looks_doubly_encoded(family))
        warn_of_encoding(rows, row, column);
    kith_people_emails(into, who, kith_row_text(row, column[KITH_ROLE_EMAIL]));
    kith_builder_identify(into, who, KITH_ID_PHONE, kith_row_text(row, column[KITH_ROLE_PHONE]));
    kith_builder_identify(into, who, KITH_ID_URL, kith_row_text(row, column[KITH_ROLE_URL]));
    kith_builder_attribute(into, who, "title", kith_row_text(row, column[KITH_ROLE_TITLE]));
}

kith_status
kith_people_employ(const kith_row *row, const int column[KITH_ROLES], kith_builder *into,
                   kith_mention who, kith_error *err)
{
    const char *company = kith_row_text(row, column[KITH_ROLE_COMPANY]);
    const char *title = kith_row_text(row, column[KITH_ROLE_TITLE]);
    kith_fact fact = KITH_FACT_INIT;

    if (!*company)
        return KITH_OK;
    fact.kind = KITH_WORKS_AT;
    fact.from = who;
    fact.to = kith_builder_organisation(into, company);
    fact.detail = *title ? title : NULL;
    return kith_builder_fact(into, &fact, err);
}

void
kith_people_attributes(const kith_rows *rows, const kith_row *row, const bool *spare,
                       kith_builder *into, kith_mention who)
{
    const kith_header *header = kith_rows_header(rows);

    for (size_t i = 0; i < header->n && i < row->n; i++)
        if (spare[i])
            kith_builder_attribute(into, who, header->text[i], kith_row_text(row, (int)i));
}

void
kith_people_tie_attributes(const kith_rows *rows, const kith_row *row, const bool *spare,
                           kith_builder *into)
{
    const kith_header *header = kith_rows_header(rows);

    for (size_t i = 0; i < header->n && i < row->n; i++)
        if (spare[i] && *kith_row_text(row, (int)i))
            kith_builder_fact_attribute(into, header->text[i], row->field[i]);
}
