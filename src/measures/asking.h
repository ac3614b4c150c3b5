/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * asking.h - in which order to ask for introductions, and in which words.
 *
 * Each first introducer is asked once, for the best chain that begins there. Who was asked often of late is given a rest:
 * such introducers come last. Everybody on a chain asks the next one before an introduction is made (double opt-in), so
 * nobody is led to somebody who did not agree.
 */
#ifndef KITH_MEASURES_ASKING_H
#define KITH_MEASURES_ASKING_H

#include "measures/ties.h"

typedef struct kith_request {
    const kith_chain *chain; /**< borrowed */
    int64_t path;            /**< its number, from 1 */
    bool rest;               /**< asked rest_requests times within rest_days already */
} kith_request;

/** The requests in order. @return yours, of kith_request; g_array_unref() */
GArray *kith_requests(const kith_warm_network *network, const kith_chains *chains);

/** Adds them to an answer as the table `asking`, with notes. */
void kith_requests_tell(const kith_warm_network *network, const kith_chains *chains,
                        kith_answer *out);

/** What to say to the first on a chain. @return yours, g_free() */
char *kith_request_words(const kith_graph *graph, const kith_chain *chain);

#endif
