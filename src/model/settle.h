/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settle.h - joining sets of mentions, unless something forbids it.
 *
 * A rule names groups of mentions that look like one person. A group is joined whole when no veto falls inside the set
 * it would make; where one does, only mentions with the same name words are joined, and where that is still too much,
 * the sets that contradict each other stay as they are and the rest is joined. Every step looks at whole sets, so the
 * order of rows never matters.
 *
 *   V1, V2  two values of something a person has once: two LinkedIn slugs, two ids of one exporter's namespace
 *   V3      a user said that two mentions are different
 */
#ifndef KITH_MODEL_SETTLE_H
#define KITH_MODEL_SETTLE_H

#include "model/facts.h"

typedef struct kith_settling {
    const kith_builder *b;
    uint32_t *parent;     /* mention -> another of its set, or itself */
    const uint32_t *name; /* mention -> text number of its first name, 0 for none */
    GArray *members;      /* the groups named since the last kith_settle() */
    uint32_t groups;
    GArray *unique; /* what a person has once */
    GArray *apart;  /* pairs that are different */
    uint32_t *link; /* scratch: identity between calls */
} kith_settling;

/** The space in which an identifier is the only one of its person: "linkedin.com/in/", an exporter's. @return yours, or NULL */
char *kith_unique_space(kith_identifier_kind kind, const char *value);

/** Every mention a set of its own, the vetoes read from the builder. */
void kith_settling_init(kith_settling *s, const kith_builder *b, uint32_t *parent,
                        const uint32_t *name);
void kith_settling_clear(kith_settling *s);

/** The smallest mention of a set. */
uint32_t kith_set_root(uint32_t *parent, uint32_t i);
/** Joins two sets, whatever speaks against it. */
void kith_set_join(uint32_t *parent, uint32_t a, uint32_t b);

/** Begins a group; kith_settling_add() names its mentions. */
void kith_settling_group(kith_settling *s);
void kith_settling_add(kith_settling *s, uint32_t mention);

/** Joins what the groups named so far allow, and forgets them. O(n log n) a round; rounds are few. */
void kith_settle(kith_settling *s);

#endif
