/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matching.h - which people may be the same, with a score and the reasons.
 *
 * Fellegi & Sunter 1969 (doi:10.1080/01621459.1969.10501049): each agreement is worth log2(m/u) bits, m the chance of it
 * between records of one person, u between two people; u of a name is how often its words occur among the distinct names
 * here, so "Smith" counts less than "Wiśniewski" (term-frequency adjustment). The bits less log2(names) make odds, the
 * odds a score in [0, 1]. All names of a person are tried, and where there is none an address that spells one. A name that
 * several people bear who cannot be one says little by itself. A pair is never proposed when something unique to a person
 * differs (two LinkedIn slugs, two ids of one export) or a user called the two different.
 */
#ifndef KITH_MEASURES_MATCHING_H
#define KITH_MEASURES_MATCHING_H

#include <glib.h>
#include <kith/error.h>
#include <kith/graph.h>

typedef struct kith_candidate {
    kith_node a, b;   /**< a < b */
    double score;     /**< (0, 1) */
    char *reason;     /**< "same name; same firm", most telling first */
    const char *rule; /**< the most telling one, as a word: "name", "address"; static */
} kith_candidate;

/**
 * Pairs of people worth a look, best first, equal scores by node.
 * Pairs are drawn from blocks (all words of a name, every two of them, family name and initial, given name and initial of
 * the family, local part, phone, firm or its domain and initial); a block of more than 500 people is left out.
 * O(people * block size).
 * @param least  scores below are left out
 * @return an array of kith_candidate, yours (g_array_unref frees the reasons)
 */
GArray *kith_matching_candidates(const kith_graph *graph, double least);

#endif
