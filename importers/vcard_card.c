/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard_card.c - one card as read: its fields, and their values taken apart. */
#include "base/text.h"
#include "content.h"
#include "vcard.h"
#include <string.h>

static void
field_free(void *data)
{
    kith_vcard_field *field = data;

    g_free(field->group);
    g_free(field->name);
    g_free(field->value);
    g_free(field->label);
    g_free(field);
}

kith_vcard *
kith_vcard_new(int64_t line, bool old)
{
    kith_vcard *card = g_new0(kith_vcard, 1);

    card->line = line;
    card->old = old;
    card->fields = g_ptr_array_new_with_free_func(field_free);
    card->agents = g_ptr_array_new_with_free_func((GDestroyNotify)kith_vcard_free);
    return card;
}

void
kith_vcard_free(kith_vcard *card)
{
    if (!card)
        return;
    g_ptr_array_unref(card->fields);
    g_ptr_array_unref(card->agents);
    g_free(card);
}

const kith_vcard_field *
kith_vcard_find(const kith_vcard *card, const char *name)
{
    for (guint i = 0; i < card->fields->len; i++) {
        const kith_vcard_field *field = kith_vcard_at(card, i);

        if (strcmp(field->name, name) == 0 && *field->value)
            return field;
    }
    return NULL;
}

char *
kith_vcard_component(const kith_vcard *card, const char *name, guint i)
{
    const kith_vcard_field *field = kith_vcard_find(card, name);
    g_auto(GStrv) parts = field ? kith_content_split(field->value, ';', !card->old) : NULL;
    g_autofree char *clean = parts && i < g_strv_length(parts) ? kith_text_clean(parts[i]) : NULL;

    return clean && *clean ? g_steal_pointer(&clean) : NULL;
}

char *
kith_vcard_text(const kith_vcard *card, const char *name)
{
    const kith_vcard_field *field = kith_vcard_find(card, name);
    g_autofree char *text = field ? kith_content_unescape(field->value, !card->old) : NULL;
    g_autofree char *clean = text ? kith_text_clean(text) : NULL;

    return clean && *clean ? g_steal_pointer(&clean) : NULL;
}
