/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * consent.h - what each person permits on the as-of day.
 *
 * A consent is a tie of kind `consents` from a person to a topic named after the purpose, with status granted (also: yes,
 * subscribed, opted-in), withdrawn (no, unsubscribed, opted-out), pending, or bounced (cleaned), a channel ("email" when
 * none is given), `when` and, for what ends by itself, `until`. What one record says later may replace what it said before;
 * among records that a user merged the strictest counts, so that no merge ever loosens anything.
 */
#ifndef KITH_MEASURES_CONSENT_H
#define KITH_MEASURES_CONSENT_H

#include <glib.h>
#include <kith/graph.h>
#include <stdbool.h>

typedef struct kith_consent {
    kith_node person;
    const char *purpose, *channel; /**< borrowed from the graph */
    const char *status;            /**< granted, withdrawn, pending, bounced, expired; static */
    kith_time until;               /**< KITH_TIME_NONE: open */
    int64_t tie;                   /**< the statement that decided */
} kith_consent;

/**
 * One row per person, purpose and channel, sorted by purpose, channel and person. O(c log c) in consents.
 * @return yours, g_array_unref()
 */
GArray *kith_consents(const kith_graph *graph);

/** The same as it stood on an earlier day: nothing dated after it is heard, what ended by then has. */
GArray *kith_consents_on(const kith_graph *graph, kith_time day);

/** Who may be contacted for one use, and who may and could not before, or could and may not any more. */
typedef struct kith_optins {
    int64_t granted, joined, left;
} kith_optins;

/** Compares two days for one use. O(log c + people of the use). @param before, after  from kith_consents_on() */
kith_optins kith_consents_compare(const GArray *before, const GArray *after, const char *purpose,
                                  const char *channel);

/** Whether a person granted this use and it holds. @param consents from kith_consents(); purpose, channel NULL: any */
bool kith_consent_granted(const GArray *consents, kith_node person, const char *purpose,
                          const char *channel);

#endif
