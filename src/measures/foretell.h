/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * foretell.h - scores for pairs of people, from who was tied to whom until a moment.
 *
 * Who will be in contact is guessed from the network so far: by contacts in common (Adamic & Adar
 * 2003, doi:10.1016/S0378-8733(03)00009-1; resource allocation, Zhou et al. 2009, doi:10.1140/epjb/e2009-00335-8), by all
 * paths (Katz 1953, to length 4, 0.005 a step; Liben-Nowell & Kleinberg 2007, doi:10.1002/asi.20591), by how many
 * contacts both have, and by warmth-1: of the pair's own tie, and of the chains over one person between. Blends of several
 * are fitted within the first part: its own last part is held out, and what goes before foretells it. Every second pair
 * there fits, the others rehearse: they say which score to trust without a look at what is to be foretold. The same is done
 * for the first part of the first part, and a score is trusted by the mean of both rehearsals.
 */
#ifndef KITH_MEASURES_FORETELL_H
#define KITH_MEASURES_FORETELL_H

#include "measures/contacts.h"
#include "measures/verdict.h"
#include "measures/work.h"

typedef enum kith_foretold_by {
    KITH_BY_RANDOM,
    KITH_BY_DEGREES, /* preferential attachment: product of degrees */
    KITH_BY_ADAMIC_ADAR,
    KITH_BY_ALLOCATION, /* resource allocation */
    KITH_BY_KATZ,
    KITH_BY_PLAIN_BLEND,   /* these four, blended */
    KITH_BY_WARMTH,        /* of the pair's own tie */
    KITH_BY_WARM_CHAINS,   /* sum over who is between of the warmths' product */
    KITH_BY_WARM_SHARES,   /* the same, each share of the warmth of who is between */
    KITH_BY_WARM_TOGETHER, /* the pair's own warmth and its shares */
    KITH_BY_WARM_DEGREES,  /* product of all the warmth each has */
    KITH_BY_WARM_KATZ,     /* walks, each step by its warmth over the mean warmth */
    KITH_BY_RECENT,        /* product of how many contacts both have, each faded as warmth fades */
    KITH_BY_LATELY,        /* product of 1 / (1 + days since the last contact) of both */
    KITH_BY_WARM_BLEND,    /* all of these but chance, blended */
    KITH_FORETELLERS
} kith_foretold_by;

/** The word for it, what it is in a sentence, and whether it uses warmth. */
const char *kith_foretell_name(kith_foretold_by by);
bool kith_foretell_is_warm(kith_foretold_by by);

typedef struct kith_foretell_plan {
    const kith_graph *graph;
    const kith_contacts *contacts;
    double held_out; /* the last part of the contacts, 0 - 1 */
    uint64_t seed;
    kith_work *work;
} kith_foretell_plan;

typedef struct kith_foretold {
    kith_time split;     /* contacts before are known, those from here on held out */
    int64_t known, held; /* contacts */
    int64_t people;      /* who were in contact before the split; all pairs of them are judged */
    int64_t pairs[2], happened[2]; /* judged: pairs without contact before (0), all (1) */
    double stands_for; /* how many pairs without contact later each one judged stands for */
    kith_verdict by[2][KITH_FORETELLERS];
    kith_verdict rehearsed
        [2]
        [KITH_FORETELLERS]; /* within the first part, means over rehearsals; precision: times chance */
} kith_foretold;

/** Foretells and judges. @return KITH_ERR_NOT_FOUND when a part is empty, KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY */
kith_status kith_foretell(const kith_foretell_plan *plan, kith_foretold *out, kith_error *err);

#endif
