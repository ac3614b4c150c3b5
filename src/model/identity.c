/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * identity.c - the safe rules: which mentions look like one node, strongest evidence first.
 *
 * settle.c then joins them as far as the vetoes and the user's decisions allow.
 */
#include "model/identity.h"
#include "base/identifier.h"
#include "base/name.h"
#include "base/text.h"
#include "model/decisions.h"
#include "model/settle.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* More spellings than this behind one mailbox is a shared mailbox whatever they are. */
#define MAX_SPELLINGS 64

/* One mention under one key; a run of equal keys is a group to judge. */
struct entry {
    uint64_t key;
    uint32_t mention;
};

struct sets {
    const kith_builder *b;
    uint32_t *parent;
    uint32_t *name; /* mention -> text number of its first name, 0 for none */
    kith_settling settling;
};

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->mention < y->mention ? -1 : x->mention > y->mention;
}

static kith_node_kind
kind_of(const struct sets *s, uint32_t mention)
{
    return KITH_ROW(s->b->mentions, kith_fact_mention, mention)->kind;
}

static void
join(struct sets *s, uint32_t a, uint32_t b)
{
    kith_set_join(s->parent, a, b);
}

/* The whole group looks like one. */
static void
join_all(struct sets *s, const struct entry *group, size_t n)
{
    kith_settling_group(&s->settling);
    for (size_t i = 0; i < n; i++)
        kith_settling_add(&s->settling, group[i].mention);
}

static const char *
name_text(const struct sets *s, uint32_t mention)
{
    return kith_pool_get(s->b->pool, s->name[mention]);
}

/* One mention and the words of its name. */
struct spelled {
    char *words;
    uint32_t mention;
};

static int
compare_spelled(const void *a, const void *b)
{
    const struct spelled *x = a, *y = b;

    return strcmp(x->words, y->words);
}

/* Those whose name words are the same look like one; mentions without a name stay as they are. */
static void
join_same_words(struct sets *s, const struct entry *group, size_t n)
{
    g_autofree struct spelled *all = g_new0(struct spelled, n + 1);
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        const char *name = name_text(s, group[i].mention);

        if (name)
            all[k++] = (struct spelled){kith_name_words(name), group[i].mention};
    }
    qsort(all, k, sizeof *all, compare_spelled);
    for (size_t i = 0; i < k; i++) {
        if (i == 0 || strcmp(all[i].words, all[i - 1].words) != 0)
            kith_settling_group(&s->settling);
        kith_settling_add(&s->settling, all[i].mention);
    }
    for (size_t i = 0; i < k; i++)
        g_free(all[i].words);
}

/* The distinct names in a group. @return how many, or MAX_SPELLINGS + 1 when there are more */
static size_t
spellings(const struct sets *s, const struct entry *group, size_t n, uint32_t *out)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t name = s->name[group[i].mention];
        size_t j = 0;

        while (name && j < k && out[j] != name)
            j++;
        if (!name || j < k)
            continue;
        if (k == MAX_SPELLINGS)
            return MAX_SPELLINGS + 1;
        out[k++] = name;
    }
    return k;
}

/*
 * S3. Every two given names behind the address must agree; where "Chris" agrees with Christine and
 * with Christopher but these two do not agree with one another, only equal names are joined.
 */
static void
join_mailbox(struct sets *s, const struct entry *group, size_t n)
{
    uint32_t names[MAX_SPELLINGS + 1];
    size_t k = spellings(s, group, n, names);
    bool agree = k <= MAX_SPELLINGS;

    for (size_t i = 0; agree && i < k; i++)
        for (size_t j = i + 1; agree && j < k; j++)
            agree = kith_name_given_agree(kith_pool_get(s->b->pool, names[i]),
                                          kith_pool_get(s->b->pool, names[j]));
    if (agree)
        join_all(s, group, n);
    else
        join_same_words(s, group, n);
}

static void
judge_identifiers(struct sets *s, kith_identifier_kind kind, const struct entry *group, size_t n)
{
    const char *value = kith_pool_get(s->b->pool, (uint32_t)(group[0].key & UINT32_MAX));
    bool person = kind_of(s, group[0].mention) == KITH_PERSON;

    if (n < 2 || kind == KITH_ID_DOMAIN || (kind == KITH_ID_URL && !strchr(value, '/')))
        return; /* a firm's home page is nobody's profile */
    if (kind == KITH_ID_EMAIL) {
        if (person && !kith_email_is_role(value))
            join_mailbox(s, group, n);
    } else if (kind == KITH_ID_PHONE) {
        if (person)
            join_same_words(s, group, n);
    } else {
        join_all(s, group, n);
    }
}

/* Judges each group of entries with equal keys. @param kind KITH_IDENTIFIER_KINDS: the key is a name */
static void
judge_runs(struct sets *s, GArray *entries, int kind)
{
    struct entry *e = (struct entry *)(void *)entries->data;
    size_t n = entries->len;

    if (n)
        qsort(e, n, sizeof *e, compare_entries);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && e[j].key == e[i].key; j++)
            ;
        if (kind == KITH_IDENTIFIER_KINDS)
            join_all(s, e + i, j - i);
        else
            judge_identifiers(s, (kith_identifier_kind)kind, e + i, j - i);
    }
    kith_settle(&s->settling);
}

/* Sorts identifiers of one kind into groups of equal value (and node kind; and source for local
 * keys). */
static void
apply_identifiers(struct sets *s, kith_identifier_kind kind)
{
    const kith_builder *b = s->b;
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));

    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);
        uint64_t scope = kind_of(s, row->mention);
        struct entry one = {.mention = row->mention};

        if (row->kind != kind)
            continue;
        if (kind == KITH_ID_LOCAL)
            scope |= (uint64_t)(KITH_ROW(b->mentions, kith_fact_mention, row->mention)->source &
                                0x0fffffff)
                     << 4;
        one.key = scope << 32 | row->value;
        g_array_append_val(entries, one);
    }
    judge_runs(s, entries, kind);
}

/* Organisations and topics: one node for one folded name. */
static void
apply_names(struct sets *s)
{
    const kith_builder *b = s->b;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));

    for (guint i = 0; i < b->names->len; i++) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);
        kith_node_kind kind = kind_of(s, row->mention);
        const char *text = kith_pool_get(b->pool, row->text);
        g_autofree char *folded = NULL;
        char *key;
        struct entry one = {.mention = row->mention};

        if (kind != KITH_ORGANISATION && kind != KITH_TOPIC)
            continue;
        folded = kind == KITH_ORGANISATION ? kith_org_key(text) : kith_text_fold(text);
        key = g_strdup_printf("%d %s", kind, *folded ? folded : text);
        one.key = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
        if (one.key == 0)
            one.key = g_hash_table_size(seen) + 1;
        g_hash_table_insert(seen, key, GUINT_TO_POINTER((guint)one.key));
        g_array_append_val(entries, one);
    }
    judge_runs(s, entries, KITH_IDENTIFIER_KINDS);
}

/* What is known of an event mention: its folded name, its day and its native id. */
struct event {
    uint32_t name, native, mention;
    int64_t day; /* INT64_MIN: undated */
};

static int
compare_events(const void *a, const void *b)
{
    const struct event *x = a, *y = b;

    if (x->name != y->name)
        return x->name < y->name ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->mention < y->mention ? -1 : x->mention > y->mention;
}

/* Events of one name and one day are one, unless the files give them several native ids. @return
 * the one, or -1 */
static int64_t
join_day(struct sets *s, const struct event *e, size_t n)
{
    uint32_t native = 0;
    bool several = false;
    int64_t first = -1;

    for (size_t i = 0; i < n; i++) {
        if (e[i].native && native && e[i].native != native)
            several = true;
        if (e[i].native)
            native = e[i].native;
    }
    for (size_t i = 0; i < n; i++) {
        if (several && e[i].native)
            continue;
        if (first >= 0)
            join(s, (uint32_t)first, e[i].mention);
        else
            first = e[i].mention;
    }
    return several ? -1 : first;
}

/* One name: day by day; undated mentions join the only day there is. */
static void
join_event_name(struct sets *s, const struct event *e, size_t n)
{
    size_t undated = 0, days = 0;
    int64_t only = -1;

    while (undated < n && e[undated].day == INT64_MIN)
        undated++;
    for (size_t i = undated, j; i < n; i = j, days++) {
        for (j = i + 1; j < n && e[j].day == e[i].day; j++)
            ;
        only = join_day(s, e + i, j - i);
    }
    if (undated) {
        int64_t first = join_day(s, e, undated);

        if (days == 1 && only >= 0 && first >= 0)
            join(s, (uint32_t)only, (uint32_t)first);
    }
}

static void
fill_events(const struct sets *s, struct event *of, GHashTable *folded)
{
    const kith_builder *b = s->b;

    for (guint i = 0; i < b->moments->len; i++) {
        const kith_fact_moment *row = KITH_ROW(b->moments, kith_fact_moment, i);
        int64_t day =
            row->when >= 0 ? row->when / KITH_DAY : -((-row->when + KITH_DAY - 1) / KITH_DAY);

        if (of[row->mention].day == INT64_MIN || day < of[row->mention].day)
            of[row->mention].day = day;
    }
    for (guint i = 0; i < b->identifiers->len; i++) {
        const kith_fact_identifier *row = KITH_ROW(b->identifiers, kith_fact_identifier, i);

        if (row->kind == KITH_ID_NATIVE)
            of[row->mention].native = row->value;
    }
    for (guint i = 0; i < b->mentions->len; i++) {
        char *key;
        gpointer found;

        if (kind_of(s, i) != KITH_EVENT || !s->name[i])
            continue;
        key = kith_text_fold(name_text(s, i));
        found = g_hash_table_lookup(folded, key);
        if (!found) {
            found = GUINT_TO_POINTER(g_hash_table_size(folded) + 1);
            g_hash_table_insert(folded, key, found);
        } else {
            g_free(key);
        }
        of[i].name = GPOINTER_TO_UINT(found);
    }
}

static void
apply_events(struct sets *s)
{
    guint n = s->b->mentions->len, kept = 0;
    g_autofree struct event *e = g_new0(struct event, n + 1);
    g_autoptr(GHashTable) folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < n; i++)
        e[i] = (struct event){.mention = i, .day = INT64_MIN};
    fill_events(s, e, folded);
    for (guint i = 0; i < n; i++)
        if (e[i].name)
            e[kept++] = e[i];
    qsort(e, kept, sizeof *e, compare_events);
    for (guint i = 0, j; i < kept; i = j) {
        for (j = i + 1; j < kept && e[j].name == e[i].name; j++)
            ;
        join_event_name(s, e + i, j - i);
    }
}

static void
apply_owner(struct sets *s)
{
    int64_t first = -1;

    for (guint i = 0; i < s->b->mentions->len; i++) {
        if (!(KITH_ROW(s->b->mentions, kith_fact_mention, i)->flags & KITH_FLAG_OWNER))
            continue;
        if (first >= 0)
            join(s, (uint32_t)first, i);
        else
            first = i;
    }
}

/* What a user said herself holds whatever the rules say. */
static void
apply_merges(struct sets *s, const GArray *decisions)
{
    for (guint i = 0; i < decisions->len; i++) {
        const kith_fact_decision *d = KITH_ROW(decisions, kith_fact_decision, i);

        if (d->kind == KITH_DECIDED_MERGE && isnan(d->score))
            join(s, d->a, d->b);
    }
}

/* What she accepted by the score joins like a rule: after the others, and never against a veto. */
static void
apply_accepted(struct sets *s, const GArray *decisions)
{
    for (guint i = 0; i < decisions->len; i++) {
        const kith_fact_decision *d = KITH_ROW(decisions, kith_fact_decision, i);

        if (d->kind != KITH_DECIDED_MERGE || isnan(d->score))
            continue;
        kith_settling_group(&s->settling);
        kith_settling_add(&s->settling, d->a);
        kith_settling_add(&s->settling, d->b);
    }
    kith_settle(&s->settling);
}

static void
apply_rules(struct sets *s)
{
    g_autoptr(GArray) decisions = kith_decisions_in_force(s->b);

    apply_owner(s);
    apply_merges(s, decisions);
    for (int kind = 0; kind < KITH_IDENTIFIER_KINDS; kind++)
        apply_identifiers(s, kind);
    apply_names(s);
    apply_events(s);
    apply_accepted(s, decisions);
}

uint32_t *
kith_identity_resolve(const kith_builder *b, const GArray *joined)
{
    guint n = b->mentions->len;
    g_autofree uint32_t *name = g_new0(uint32_t, n + 1);
    struct sets s = {.b = b, .parent = g_new(uint32_t, n + 1), .name = name};

    for (guint i = b->names->len; i-- > 0;) {
        const kith_fact_name *row = KITH_ROW(b->names, kith_fact_name, i);

        name[row->mention] = row->text;
    }
    kith_settling_init(&s.settling, b, s.parent, name);
    apply_rules(&s);
    kith_settling_clear(&s.settling);
    for (guint i = 1; joined && i < joined->len; i++)
        join(&s, (uint32_t)g_array_index(joined, int64_t, 0),
             (uint32_t)g_array_index(joined, int64_t, i));
    for (guint i = 0; i < n; i++)
        s.parent[i] = kith_set_root(s.parent, i);
    return s.parent;
}
