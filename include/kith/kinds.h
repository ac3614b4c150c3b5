/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kinds.h - the kinds of nodes, identifiers and ties in kith's model. */
#ifndef KITH_KINDS_H
#define KITH_KINDS_H

#include <kith/visibility.h>
#include <stdbool.h>
#include <stdint.h>

KITH_BEGIN_DECLS

typedef enum kith_node_kind {
    KITH_PERSON = 0,
    KITH_ORGANISATION,
    KITH_EVENT,
    KITH_TOPIC,
    KITH_NODE_KINDS
} kith_node_kind;

/** What identifies a node. The value is normalised by the builder; the original spelling is kept as
 * well. */
typedef enum kith_identifier_kind {
    KITH_ID_LABEL =
        0, /**< a graph file's own label; the same label is the same node in every graph file */
    KITH_ID_LOCAL,  /**< the row key of one file (a name in a chat or matrix): one node within that
                       file only */
    KITH_ID_NATIVE, /**< an exporter's own id, written "namespace:value" (S1) */
    KITH_ID_URL,    /**< a profile URL (S2) */
    KITH_ID_EMAIL,  /**< an e-mail address (S3) */
    KITH_ID_PHONE,  /**< a phone number, E.164 where it can be told (S4) */
    KITH_ID_DOMAIN, /**< an organisation's internet domain: kept, never merges by itself */
    KITH_IDENTIFIER_KINDS
} kith_identifier_kind;

typedef enum kith_tie_kind {
    KITH_KNOWS = 0,
    KITH_FOLLOWS,
    KITH_MESSAGED,
    KITH_MET,
    KITH_ATTENDED,
    KITH_WORKS_AT,
    KITH_INTERESTED_IN,
    KITH_REFERRED,
    KITH_INTRODUCED,
    KITH_SELLS_TO,
    KITH_CONTRIBUTED,
    KITH_CONSENTS,
    KITH_STAGE,
    KITH_ANSWERED,
    KITH_RELATED,
    KITH_REPORTS_TO,
    KITH_PARENT_OF,
    KITH_MEMBER_OF,
    KITH_INVITED,
    KITH_RECOMMENDED,
    KITH_ENDORSED,
    KITH_DEAL,
    KITH_TIE, /**< a plain graph file's edge */
    KITH_TIE_KINDS
} kith_tie_kind;

/** Flags of a node; a node's flags are the union over its records. */
typedef enum kith_node_flag {
    KITH_FLAG_OWNER = 1 << 0,
    KITH_FLAG_STAFF = 1 << 1,
    KITH_FLAG_MEMBER = 1 << 2,
    KITH_FLAG_CUSTOMER = 1 << 3,
    KITH_FLAG_PROSPECT = 1 << 4,
    KITH_FLAG_NO_INTRO = 1 << 5,
    KITH_FLAG_STUB = 1 << 6 /**< known by an id alone */
} kith_node_flag;

/** "person", "organisation", … ; NULL when out of range. */
KITH_API const char *kith_node_kind_name(kith_node_kind kind);
/** "knows", "works_at", … ; NULL when out of range. */
KITH_API const char *kith_tie_kind_name(kith_tie_kind kind);
/** "label", "email", … ; NULL when out of range. */
KITH_API const char *kith_identifier_kind_name(kith_identifier_kind kind);
/** Finds a node kind by its name. @return false when there is none */
KITH_API bool kith_node_kind_from_name(const char *name, kith_node_kind *out);
/** Finds a tie kind by its name. @return false when there is none */
KITH_API bool kith_tie_kind_from_name(const char *name, kith_tie_kind *out);
/** Whether a tie of this kind has no direction of its own (knows, met, related). */
KITH_API bool kith_tie_kind_is_mutual(kith_tie_kind kind);

KITH_END_DECLS
#endif
