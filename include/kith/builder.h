/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * builder.h - facts in, a frozen graph out.
 *
 * An importer says what a record says: mentions of people, organisations, events and topics, what
 * names and identifiers the record gives them, and the ties between them. Mentions become nodes
 * only when the graph is built: the safe rules S1-S5 (same native id, same profile URL, same
 * personal e-mail with agreeing given names, same phone and name words, same label) decide which
 * mentions are one node, so the order of rows and files does not matter.
 */
#ifndef KITH_BUILDER_H
#define KITH_BUILDER_H

#include <kith/error.h>
#include <kith/kinds.h>
#include <kith/source.h>
#include <kith/time.h>

KITH_BEGIN_DECLS

typedef struct kith_builder kith_builder;
typedef struct kith_graph kith_graph;

/** One mention of a node in one source; dense from 0. */
typedef int64_t kith_mention;

/** One tie between two mentions. Start from KITH_FACT_INIT; texts are copied. */
typedef struct kith_fact {
    kith_tie_kind kind;
    kith_mention from, to;
    kith_time when, until;    /**< KITH_TIME_NONE when undated / open */
    kith_precision precision; /**< of `when` */
    double weight;            /**< strength or number of repeats, finite, > 0 */
    double amount;            /**< money or share; NaN when there is none */
    const char *currency;     /**< ISO 4217, or NULL */
    const char *status;  /**< attended: invited registered attended no-show hosted spoke; referred:
                            pending closed lost; … */
    const char *channel; /**< email, linkedin, video, phone, in-person, … or NULL */
    const char *detail;  /**< title, product, role, wording … or NULL */
    bool undirected;     /**< for KITH_TIE: the file says it has no direction */
} kith_fact;

#define KITH_FACT_INIT                                                                             \
    {                                                                                              \
        .when = KITH_TIME_NONE, .until = KITH_TIME_NONE, .weight = 1.0,                            \
        .amount = __builtin_nan("")                                                                \
    }

/** An empty builder. @return yours; kith_builder_free() */
KITH_API kith_builder *kith_builder_new(void);
KITH_API void kith_builder_free(kith_builder *builder);

/** The calling code that national phone numbers belong to; "44" until told otherwise. */
KITH_API void kith_builder_country(kith_builder *builder, const char *calling_code);

/** What is read from `path`, and members of it, is called `label` where facts say where they come from; errors keep the path.
 * Both texts must outlive the reading. */
KITH_API void kith_builder_call(kith_builder *builder, const char *path, const char *label);

/** Facts from now on come from this source (name, line). NULL ends it. The source must outlive the
 * calls in between. */
KITH_API void kith_builder_begin(kith_builder *builder, kith_source *source, const char *importer);
KITH_API kith_status kith_builder_end(kith_builder *builder, kith_error *err);

/** A new mention of a node in the current record. */
KITH_API kith_mention kith_builder_mention(kith_builder *builder, kith_node_kind kind);

/**
 * The mention with this identifier in the current source, made on first use. For formats whose rows
 * repeat a key: the same (kind, identifier) gives the same mention, in one hash look-up.
 */
KITH_API kith_mention kith_builder_keyed(kith_builder *builder, kith_node_kind kind,
                                         kith_identifier_kind identifier, const char *value);

/** The person whose file this is ("me"); one mention a source, all owners are one person. */
KITH_API kith_mention kith_builder_owner(kith_builder *builder);

/** An organisation by name (folded as in the model: case, accents, &, The, Ltd …); one node per
 * folded name. */
KITH_API kith_mention kith_builder_organisation(kith_builder *builder, const char *name);

/** Gives a mention a name as written; empty or NULL is ignored. Several are kept, the first is
 * shown. */
KITH_API void kith_builder_name(kith_builder *builder, kith_mention who, const char *name);
/** Gives a person given and family names (either may be NULL or empty) and a full name made of
 * them. */
KITH_API void kith_builder_names(kith_builder *builder, kith_mention who, const char *given,
                                 const char *family);
/** Gives a mention an identifier; values that cannot be one (no @ in an e-mail) are ignored and
 * false returned. */
KITH_API bool kith_builder_identify(kith_builder *builder, kith_mention who,
                                    kith_identifier_kind kind, const char *value);
/** A free attribute (title, town, vip …): text as written; the first value given for a key is the
 * one shown. */
KITH_API void kith_builder_attribute(kith_builder *builder, kith_mention who, const char *key,
                                     const char *value);
KITH_API void kith_builder_flag(kith_builder *builder, kith_mention who, kith_node_flag flag);
/** When an event took place. */
KITH_API void kith_builder_event_time(kith_builder *builder, kith_mention event, kith_time when,
                                      kith_precision precision);

/**
 * Adds one tie.
 * @return KITH_ERR_PARSE when the weight is not finite and > 0 or an end is no mention (with file
 * and line)
 */
KITH_API kith_status kith_builder_fact(kith_builder *builder, const kith_fact *fact,
                                       kith_error *err);
/** A free attribute of the tie added last. */
KITH_API void kith_builder_fact_attribute(kith_builder *builder, const char *key,
                                          const char *value);

/** Counts so far: mentions and facts. */
KITH_API int64_t kith_builder_mentions(const kith_builder *builder);
KITH_API int64_t kith_builder_facts(const kith_builder *builder);
/** Mentions of one kind of node. O(mentions) */
KITH_API int64_t kith_builder_count(const kith_builder *builder, kith_node_kind kind);

/** How a graph is built from the facts. Start from {0} with as_of = KITH_TIME_NONE. */
typedef struct kith_build_options {
    kith_time as_of; /**< facts after it are invisible; KITH_TIME_NONE: decided by the data (see
                          kith_graph_as_of) */
    kith_time today; /**< what "today" is when as_of is decided by the data */
    bool
        at_last_fact; /**< the last dated fact decides as_of whatever the ties are, as in batches, which must not depend on
                          the day they run; without a dated fact 1970-01-01 */
    const char *owner; /**< who "me" is: an identifier or a name that one node has; NULL: as the
                          files say. Whoever is known by that name alone is "me" as well */
    bool owner_before; /**< `owner` was said before, perhaps before a namesake came: of several with
                          that name it is the one known first */
} kith_build_options;

/**
 * Resolves mentions into nodes by the safe rules and freezes the graph. The builder stays usable.
 * Nodes are ordered by kind, then name, then identifiers; ties by kind, from, to, when, then source
 * and line.
 * @return KITH_ERR_ARGUMENT when `owner` names nobody or several (the candidates are listed)
 * O(M log M) in mentions and facts.
 */
KITH_API kith_status kith_builder_build(kith_builder *builder, const kith_build_options *options,
                                        kith_graph **out, kith_error *err);

KITH_END_DECLS
#endif
