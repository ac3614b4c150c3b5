/* SPDX-License-Identifier: GPL-3.0-or-later */
/* social.c - accounts and what they do, for the importers of social exports. */
#include "social.h"
#include "base/base.h"
#include "base/identifier.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

kith_status
kith_social_open(kith_social *s, kith_source *source, kith_json_form form, const char *channel,
                 kith_builder *into, kith_error *err)
{
    *s = (kith_social){.source = source, .into = into, .channel = channel};
    s->named = g_hash_table_new(g_direct_hash, g_direct_equal);
    s->members = g_hash_table_new(g_direct_hash, g_direct_equal);
    TRY(kith_json_load(source, form, &s->json, err));
    kith_source_at(source, 1, 1);
    return KITH_OK;
}

void
kith_social_clear(kith_social *s)
{
    g_clear_pointer(&s->named, g_hash_table_unref);
    g_clear_pointer(&s->members, g_hash_table_unref);
    g_clear_pointer(&s->json, kith_json_file_free);
}

void
kith_social_record(kith_social *s, const kith_json_value *item)
{
    kith_source_record(s->source);
    kith_source_at(s->source, kith_json_line(s->json, item), 0);
}

kith_mention
kith_social_account(kith_social *s, const char *id, const char *name)
{
    g_autofree char *native = NULL;
    kith_mention who;

    if (!*id)
        return -1;
    native = g_strdup_printf("%s:%s", s->channel, id);
    who = kith_builder_keyed(s->into, KITH_PERSON, KITH_ID_NATIVE, native);
    if (name && *name && g_hash_table_add(s->named, (gpointer)(uintptr_t)(who + 1)))
        kith_builder_name(s->into, who, name);
    return who;
}

kith_mention
kith_social_page(kith_social *s, const char *url)
{
    g_autofree char *normal = kith_url_normalise(url);

    return normal ? kith_builder_keyed(s->into, KITH_PERSON, KITH_ID_URL, url) : -1;
}

kith_status
kith_social_tie(kith_social *s, kith_tie_kind kind, kith_mention from, kith_mention to,
                const char *detail, kith_time when, kith_error *err)
{
    kith_fact fact = KITH_FACT_INIT;

    if (from < 0 || to < 0 || from == to)
        return KITH_OK;
    fact.kind = kind;
    fact.from = from;
    fact.to = to;
    fact.channel = s->channel;
    fact.detail = detail;
    fact.when = when;
    fact.precision = when == KITH_TIME_NONE ? KITH_PRECISION_NONE : KITH_PRECISION_SECOND;
    return kith_builder_fact(s->into, &fact, err);
}

kith_status
kith_social_member(kith_social *s, kith_mention who, kith_mention group, kith_time when,
                   kith_error *err)
{
    if (who < 0 || group < 0 || !g_hash_table_add(s->members, (gpointer)(uintptr_t)(who + 1)))
        return KITH_OK;
    return kith_social_tie(s, KITH_MEMBER_OF, who, group, NULL, when, err);
}

kith_time
kith_social_time(const kith_json_value *value)
{
    kith_time when = KITH_TIME_NONE;
    double seconds;

    if (!kith_json_number(value, &seconds)) {
        kith_time_parse(kith_json_string(value), &when, NULL);
        return when;
    }
    if (seconds > 1e11) /* milliseconds: in seconds that is the year 5138 */
        seconds /= 1000;
    return seconds > 0 && seconds < 1e11 ? (kith_time)floor(seconds) : KITH_TIME_NONE;
}

char *
kith_social_repair(const char *text)
{
    g_autoptr(GString) bytes = g_string_new(NULL);

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (c > 0xff)
            return g_strdup(text);
        g_string_append_c(bytes, (char)c);
    }
    return g_strdup(kith_text_valid(bytes->str, bytes->len) ? bytes->str : text);
}

bool
kith_social_file_says(const char *file, const char *word)
{
    const char *member = strrchr(file, '!');
    g_autofree char *base = g_path_get_basename(member ? member + 1 : file);
    g_autofree char *small = g_ascii_strdown(base, -1);

    return strstr(small, word) != NULL;
}
