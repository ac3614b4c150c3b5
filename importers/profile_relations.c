/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile_relations.c - people whom a card names by name: spouse, manager, who referred them.
 *
 * A name means somebody only when exactly one card of the file has it; the card may come later in the file, so all this
 * waits for its end. A name without a card, or with two, stays an attribute.
 */
#include "base/base.h"
#include "base/name.h"
#include "people.h"
#include "profile.h"
#include <string.h>

/* Somebody's name on somebody's card. Texts are owned by the array. */
struct relation {
    kith_mention who;
    char *name, *label;
    int64_t line;
};

/* More than one card has the name. */
#define SEVERAL GUINT_TO_POINTER(G_MAXUINT)

static void
clear_relation(gpointer data)
{
    struct relation *relation = data;

    g_free(relation->name);
    g_free(relation->label);
}

/* What the other one is: the entry says it, else the cell before ("* Spouse"), else the header. */
static char *
label_of(const kith_reader *r, const kith_bound *b)
{
    const kith_header *header = kith_rows_header(r->rows);
    const char *before = b->column > 0 ? header->folded[b->column - 1] : "";
    bool labelled = g_str_has_suffix(before, " label") || g_str_has_suffix(before, " type");
    const char *cell = labelled ? kith_row_text(r->row, b->column - 1) : "";

    if (b->entry->label)
        return g_strdup(b->entry->label);
    return g_strstrip(g_strdelimit(g_strdup(*cell ? cell : header->text[b->column]), "*", ' '));
}

static void
remember_relations(kith_reader *r, kith_mention who)
{
    for (size_t i = 0; i < r->n; i++) {
        const char *text = kith_row_text(r->row, r->bound[i].column);
        g_auto(GStrv) part = NULL;

        if (r->bound[i].entry->field != KITH_FIELD_RELATION || !*text)
            continue;
        part = g_strsplit(text, ":::", -1);
        for (size_t k = 0; part[k]; k++) {
            struct relation one = {who, kith_people_shown_name(g_strstrip(part[k])),
                                   label_of(r, &r->bound[i]), r->row->line};

            g_array_append_val(r->relations, one);
        }
    }
}

void
kith_profile_card(kith_reader *r, kith_mention who, const char *name)
{
    char *words = kith_name_words(name);

    if (!r->profile->address_book) {
        g_free(words);
        return;
    }
    if (!r->cards) {
        r->cards = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        r->relations = g_array_new(FALSE, FALSE, sizeof(struct relation));
        g_array_set_clear_func(r->relations, clear_relation);
    }
    remember_relations(r, who);
    g_hash_table_insert(r->cards, words,
                        g_hash_table_contains(r->cards, words) ? SEVERAL
                                                               : GUINT_TO_POINTER(who + 1));
}

/* The one card that has this name, -1 when none or several have. */
static kith_mention
look_up(kith_reader *r, const char *name)
{
    g_autofree char *words = kith_name_words(name);
    gpointer found = *words ? g_hash_table_lookup(r->cards, words) : NULL;

    return found && found != SEVERAL ? (kith_mention)GPOINTER_TO_UINT(found) - 1 : -1;
}

static kith_fact
as_fact(const struct relation *relation, kith_mention other)
{
    g_autofree char *folded = kith_header_fold(relation->label);
    kith_fact fact = KITH_FACT_INIT;

    fact.from = relation->who;
    fact.to = other;
    fact.kind = KITH_RELATED;
    if (kith_word_among(folded, "manager|boss|reports to")) {
        fact.kind = KITH_REPORTS_TO;
    } else if (kith_word_among(folded, "referred by")) {
        fact.kind = KITH_REFERRED;
        fact.from = other;
        fact.to = relation->who;
    } else {
        fact.detail = relation->label;
    }
    return fact;
}

/* A couple names each other on both cards: that is one tie. */
static bool
is_told(GHashTable *told, const kith_fact *fact)
{
    kith_mention low = MIN(fact->from, fact->to), high = MAX(fact->from, fact->to);

    if (fact->kind != KITH_RELATED)
        return false;
    return !g_hash_table_add(told,
                             g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, low, high));
}

kith_status
kith_profile_relate(kith_reader *r, kith_error *err)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; r->relations && i < r->relations->len; i++) {
        const struct relation *relation = &g_array_index(r->relations, struct relation, i);
        kith_mention other = look_up(r, relation->name);
        kith_fact fact = as_fact(relation, other);

        kith_source_at(r->source, relation->line, 0);
        if (other < 0 || other == relation->who)
            kith_builder_attribute(r->into, relation->who, relation->label, relation->name);
        else if (!is_told(told, &fact))
            TRY(kith_builder_fact(r->into, &fact, err));
    }
    return KITH_OK;
}
