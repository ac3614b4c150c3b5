/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matching_private.h - what the parts of matching share: a person as compared, how often things occur, a tally of bits. */
#ifndef KITH_MEASURES_MATCHING_PRIVATE_H
#define KITH_MEASURES_MATCHING_PRIVATE_H

#include "measures/matching.h"
#include <stdbool.h>

/* More likely than not. */
#define KITH_MATCHING_LIKELY 0.5

/* One name of a person, taken apart. */
typedef struct kith_called {
    const char *full;     /* borrowed */
    char *words;          /* kith_name_words() */
    char *plain;          /* the same with ue oe ae written u o a */
    char **each;          /* its words */
    char *given, *family; /* folded */
    bool latin;           /* written in letters that others' names can be compared with */
    bool spelled;         /* not said, but spelled by an address: george.whitlock@ */
    char *own;            /* what `full` borrows when it was spelled */
} kith_called;

/* What is compared of one person, worked out once. */
typedef struct kith_profile {
    kith_node node;
    GPtrArray *called;    /* kith_called, the shown name first */
    GPtrArray *addresses; /* e-mail */
    GPtrArray *locals;    /* what is before the @ */
    GPtrArray *domains;   /* what is behind it, free mail left out */
    GPtrArray *phones;
    GPtrArray *spaces, *values; /* identifiers a person has once */
    GArray *firms;              /* kith_node */
    GPtrArray *firm_keys;       /* of those that have a name */
    GArray *events;             /* kith_attendance, sorted */
    const char *title;
    int rivals; /* how many people who cannot be one bear this very name */
} kith_profile;

typedef struct kith_attendance {
    kith_node event;
    const char *source;
} kith_attendance;

typedef struct kith_matcher {
    const kith_graph *g;
    GPtrArray *people;
    GHashTable *given, *family, *firm, *event; /* how often */
    double names; /* distinct full names, or what a small circle is taken for */
} kith_matcher;

typedef struct kith_tally {
    double bits, name; /* in all; of the name alone */
    GString *reason;
    const char *rule;
    double best; /* bits behind `rule` */
    bool strong; /* something besides the name agrees that few others share */
} kith_tally;

/* Takes everybody in the graph apart. */
void kith_matcher_init(kith_matcher *m, const kith_graph *graph);
void kith_matcher_clear(kith_matcher *m);

/* How often something occurs among distinct names, in (0, 1]. */
double kith_matcher_share(const kith_matcher *m, GHashTable *table, const char *key);

/* A text both lists hold, or NULL. */
const char *kith_matching_shared(const GPtrArray *a, const GPtrArray *b);

/* Whether two companies' keys are nearly the same. */
bool kith_matching_firms_alike(const char *a, const char *b);

/* Whether both hold a different value of something a person has once. */
bool kith_matching_vetoed(const kith_profile *a, const kith_profile *b);

/* Whether two of their names cannot be one person's. */
bool kith_matching_contradict(const kith_profile *a, const kith_profile *b);

/* Whether two bearers of one name can hardly be one. */
bool kith_matching_rivals(const kith_profile *a, const kith_profile *b);

/* Takes weight from pairs that would join what likelier pairs keep apart. @param candidates best first; not after this */
void kith_matching_settle(const kith_matcher *m, GArray *candidates);

/* Adds up what speaks for and against two people being one. */
void kith_matching_compare(const kith_matcher *m, const kith_profile *a, const kith_profile *b,
                           kith_tally *tally);

#endif
