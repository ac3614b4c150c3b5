/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answers.h - what customers answered to the five questions, and what has changed since they were asked before.
 *
 * The questions are whatever topics the files name: what they want, how they like to be told, when, how they use it, how it
 * should be delivered. Answers are the same when they fold to the same text.
 */
#ifndef KITH_MEASURES_ANSWERS_H
#define KITH_MEASURES_ANSWERS_H

#include "measures/ties.h"
#include <glib.h>

typedef struct kith_asked {
    kith_node who, question;
    const char *now, *before; /**< borrowed; NULL: no text, or never asked before */
    kith_time when;           /**< KITH_TIME_NONE: unknown */
    double age_days;          /**< NaN when undated */
    bool changed;
} kith_asked;

/** The latest answer of each one to each question, by who, then question. @return of kith_asked; yours */
GArray *kith_answers_list(const kith_graph *graph);

/** Whether changes come in clusters along ties. */
typedef struct kith_clustering {
    int64_t people, changed; /**< people who answered twice; whose answer changed */
    int64_t ties;            /**< warm ties between two whose answers changed */
    double expected;         /**< mean over shuffles of who changed */
    double p;                /**< share of shuffles with as many or more, the real one counted in */
} kith_clustering;

/** @param question -1: any question */
kith_clustering kith_answers_clustering(const GArray *answers, const kith_warm_network *net,
                                        kith_node question, int64_t shuffles, int64_t seed);

#endif
