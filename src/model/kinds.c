/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kinds.c - the names of kinds, in one place. */
#include <kith/kinds.h>
#include <stddef.h>
#include <string.h>

static const char *const node_names[KITH_NODE_KINDS] = {
    [KITH_PERSON] = "person",
    [KITH_ORGANISATION] = "organisation",
    [KITH_EVENT] = "event",
    [KITH_TOPIC] = "topic",
};

static const char *const tie_names[KITH_TIE_KINDS] = {
    [KITH_KNOWS] = "knows",
    [KITH_FOLLOWS] = "follows",
    [KITH_MESSAGED] = "messaged",
    [KITH_MET] = "met",
    [KITH_ATTENDED] = "attended",
    [KITH_WORKS_AT] = "works_at",
    [KITH_INTERESTED_IN] = "interested_in",
    [KITH_REFERRED] = "referred",
    [KITH_INTRODUCED] = "introduced",
    [KITH_SELLS_TO] = "sells_to",
    [KITH_CONTRIBUTED] = "contributed",
    [KITH_CONSENTS] = "consents",
    [KITH_STAGE] = "stage",
    [KITH_ANSWERED] = "answered",
    [KITH_RELATED] = "related",
    [KITH_REPORTS_TO] = "reports_to",
    [KITH_PARENT_OF] = "parent_of",
    [KITH_MEMBER_OF] = "member_of",
    [KITH_INVITED] = "invited",
    [KITH_RECOMMENDED] = "recommended",
    [KITH_ENDORSED] = "endorsed",
    [KITH_DEAL] = "deal",
    [KITH_TIE] = "tie",
};

static const char *const identifier_names[KITH_IDENTIFIER_KINDS] = {
    [KITH_ID_LABEL] = "label",   [KITH_ID_LOCAL] = "local", [KITH_ID_NATIVE] = "native",
    [KITH_ID_URL] = "url",       [KITH_ID_EMAIL] = "email", [KITH_ID_PHONE] = "phone",
    [KITH_ID_DOMAIN] = "domain",
};

static int
find(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

const char *
kith_node_kind_name(kith_node_kind kind)
{
    return (unsigned)kind < KITH_NODE_KINDS ? node_names[kind] : NULL;
}

const char *
kith_tie_kind_name(kith_tie_kind kind)
{
    return (unsigned)kind < KITH_TIE_KINDS ? tie_names[kind] : NULL;
}

const char *
kith_identifier_kind_name(kith_identifier_kind kind)
{
    return (unsigned)kind < KITH_IDENTIFIER_KINDS ? identifier_names[kind] : NULL;
}

bool
kith_node_kind_from_name(const char *name, kith_node_kind *out)
{
    int found = name ? find(node_names, KITH_NODE_KINDS, name) : -1;

    if (found >= 0)
        *out = (kith_node_kind)found;
    return found >= 0;
}

bool
kith_tie_kind_from_name(const char *name, kith_tie_kind *out)
{
    int found = name ? find(tie_names, KITH_TIE_KINDS, name) : -1;

    if (found >= 0)
        *out = (kith_tie_kind)found;
    return found >= 0;
}

bool
kith_tie_kind_is_mutual(kith_tie_kind kind)
{
    return kind == KITH_KNOWS || kind == KITH_MET || kind == KITH_RELATED;
}
