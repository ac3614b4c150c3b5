/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pair_header.c - finds the two ends in a header.
 *
 * No vendor's referral export is like another's, but they all name two sides: "Referrer Email, Referrer Name, Friend
 * Email". So a side is a word, alone or followed by what is said of it.
 */
#include "pair_header.h"
#include "base/base.h"
#include "map.h"
#include <string.h>

struct shape {
    kith_tie_kind kind;
    bool labelled;
    int sure;
    const char *from, *to;
};

/* The first shape of which both sides are there is taken, so the plain words stand last. */
static const struct shape shapes[] = {
    {KITH_SELLS_TO, false, 85, "supplier|vendor|seller|provider",
     "customer|client|buyer|purchaser"},
    {KITH_REFERRED, false, 85,
     "referrer|referer|referred by|advocate|affiliate|inviter|invited by|parent customer|parent|"
     "ambassador|recommender",
     "referee|referred|referred person|referred "
     "customer|friend|customer|recipient|invitee|referral|"
     "new customer|lead"},
    {KITH_FOLLOWS, true, 80, "follower", "following|followed|followee"},
    {KITH_MEMBER_OF, true, 60, "member|user", "group|topic|interest|tag"},
    {KITH_TIE, true, 80,
     "source|from|from node|source node|node a|node1|node 1|node i|vertex 1|vertex1|person1|person "
     "1|"
     "person a|user1|user 1|user a|name1|name 1|name a|group1|id1|id 1|ego|tail|i|u",
     "target|to|to node|target node|node b|node2|node 2|node j|vertex 2|vertex2|person2|person 2|"
     "person b|user2|user 2|user b|name2|name 2|name b|group2|id2|id 2|alter|head|j|v"},
};

static const char *const plain_suffixes[] = {
    "", " id", " code", " handle", " company", " organisation", " organization", " node"};
static const char *const name_suffixes[] = {" name", " full name", " person"};
static const char *const email_suffixes[] = {" email", " e mail", " email address",
                                             " e mail address", " mail"};

/* One of the words between bars. */
struct side_word {
    const char *text;
    size_t length;
};

static bool
begins(const char *folded, const struct side_word *word)
{
    return strncmp(folded, word->text, word->length) == 0;
}

static bool
is_begun(const kith_header *header, const struct side_word *word)
{
    for (size_t i = 0; i < header->n; i++)
        if (begins(header->folded[i], word))
            return true;
    return false;
}

static int
find_suffixed(const kith_header *header, const struct side_word *word, const char *const *suffixes,
              size_t n)
{
    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < header->n; i++)
            if (begins(header->folded[i], word) &&
                strcmp(header->folded[i] + word->length, suffixes[s]) == 0)
                return (int)i;
    return -1;
}

/* One side: three columns, any of which will do. The first word that is there is the side's word. */
static bool
find_side(const kith_header *header, const char *words, int *plain, int *name, int *email)
{
    *plain = *name = *email = -1;
    for (const char *next = words; *next; next += *next == '|') {
        struct side_word word = {next, strcspn(next, "|")};

        next += word.length;
        if (!is_begun(header, &word)) /* hardly any is */
            continue;
        *plain = find_suffixed(header, &word, plain_suffixes, G_N_ELEMENTS(plain_suffixes));
        *name = find_suffixed(header, &word, name_suffixes, G_N_ELEMENTS(name_suffixes));
        *email = find_suffixed(header, &word, email_suffixes, G_N_ELEMENTS(email_suffixes));
        if (*plain >= 0 || *name >= 0 || *email >= 0)
            return true;
    }
    return false;
}

static bool
fits(const kith_header *header, const struct shape *shape, int column[KITH_ROLES])
{
    kith_columns_clear(column);
    return find_side(header, shape->from, &column[KITH_ROLE_FROM], &column[KITH_ROLE_FROM_NAME],
                     &column[KITH_ROLE_FROM_EMAIL]) &&
           find_side(header, shape->to, &column[KITH_ROLE_TO], &column[KITH_ROLE_TO_NAME],
                     &column[KITH_ROLE_TO_EMAIL]);
}

void
kith_pair_ends_of(kith_tie_kind kind, kith_node_kind *from, kith_node_kind *to)
{
    *from = kind == KITH_SELLS_TO || kind == KITH_PARENT_OF ? KITH_ORGANISATION : KITH_PERSON;
    switch (kind) {
    case KITH_ATTENDED:
        *to = KITH_EVENT;
        break;
    case KITH_WORKS_AT:
    case KITH_SELLS_TO:
    case KITH_PARENT_OF:
        *to = KITH_ORGANISATION;
        break;
    case KITH_INTERESTED_IN:
    case KITH_CONSENTS:
    case KITH_STAGE:
    case KITH_ANSWERED:
    case KITH_MEMBER_OF:
        *to = KITH_TOPIC;
        break;
    default:
        *to = KITH_PERSON;
    }
}

static void
set_kind(kith_pair_header *out, kith_tie_kind kind)
{
    out->kind = kind;
    kith_pair_ends_of(kind, &out->from, &out->to);
}

bool
kith_pair_header_read(const kith_header *header, kith_pair_header *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        if (!fits(header, &shapes[i], out->column))
            continue;
        set_kind(out, shapes[i].kind);
        out->labelled = shapes[i].labelled;
        out->sure = shapes[i].sure;
        kith_columns_find(header, kith_synonyms_ties, out->column);
        return true;
    }
    kith_columns_clear(out->column);
    set_kind(out, KITH_TIE);
    out->labelled = true;
    out->sure = 0;
    return false;
}

static bool
has_side(const int column[KITH_ROLES], kith_role plain, kith_role name, kith_role email)
{
    return column[plain] >= 0 || column[name] >= 0 || column[email] >= 0;
}

kith_status
kith_pair_header_map(const kith_header *header, const char *map, kith_source *source,
                     kith_pair_header *out, kith_error *err)
{
    TRY(kith_map_apply(header, map, kith_role_names(), source, out->column, err));
    if (!has_side(out->column, KITH_ROLE_FROM, KITH_ROLE_FROM_NAME, KITH_ROLE_FROM_EMAIL) ||
        !has_side(out->column, KITH_ROLE_TO, KITH_ROLE_TO_NAME, KITH_ROLE_TO_EMAIL)) {
        g_autofree char *all = g_strjoinv(", ", header->text);

        return kith_fail_at(err, map ? KITH_ERR_ARGUMENT : KITH_ERR_PARSE, kith_source_name(source),
                            0, 0,
                            "no two columns are the ends of a tie: found %s (expected a pair such "
                            "as source,target, or a map such as 'A=from,B=to')",
                            all);
    }
    /* Ends given as names or addresses are people, not labels. */
    if (out->column[KITH_ROLE_FROM] < 0 || out->column[KITH_ROLE_TO] < 0)
        out->labelled = false;
    return KITH_OK;
}
