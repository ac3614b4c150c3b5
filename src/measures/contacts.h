/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * contacts.h - dated ties in the order of time, and how early word from one person could reach each other.
 *
 * Word moves only forward in time: it reaches b by a contact a - b only when it had reached a before
 * (Holme & Saramaki 2012, doi:10.1016/j.physrep.2012.03.001). Without dates nobody could tell who preceded whom.
 */
#ifndef KITH_MEASURES_CONTACTS_H
#define KITH_MEASURES_CONTACTS_H

#include <glib.h>
#include <kith/error.h>
#include <kith/graph.h>
#include <stdbool.h>

/** One chance to pass word on. */
typedef struct kith_contact {
    kith_time when;
    int32_t from, to; /* nodes */
    int32_t party;    /* how many were there; 2 for a tie */
    int64_t tie;      /* of the graph */
} kith_contact;

typedef struct kith_contacts {
    GArray *contact; /* kith_contact, by time, from, to */
    int64_t undated; /* ties left out for want of a date */
    int64_t large_events;
} kith_contacts;

/**
 * Gathers dated ties between people, and attending together; ties without a direction and events go both ways.
 * @param ties     comma list of kinds; NULL: all
 * @param reverse  ties with a direction carry word against it
 * @return KITH_ERR_ARGUMENT for an unknown kind, KITH_ERR_NOT_FOUND when nothing is dated
 */
kith_status kith_contacts_read(const kith_graph *graph, const char *ties, bool reverse,
                               kith_contacts *out, kith_error *err);
void kith_contacts_clear(kith_contacts *contacts);

/** When word arrived: by node. */
typedef struct kith_arrivals {
    kith_time *when; /* KITH_TIME_NONE: never */
    int32_t *via;    /* from whom; -1 for the source and those never reached */
    int32_t *hops;
    int64_t reached; /* the source included */
} kith_arrivals;

/**
 * Earliest arrivals from one node.
 * @param since        contacts before are not used; KITH_TIME_NONE: all
 * @param same_moment  word may go on by another contact of the very moment in which it came
 * O(contacts), times the longest chain within one moment.
 */
void kith_arrivals_from(const kith_contacts *contacts, int64_t nodes, kith_node from,
                        kith_time since, bool same_moment, kith_arrivals *out);
void kith_arrivals_clear(kith_arrivals *arrivals);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_contacts, kith_contacts_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_arrivals, kith_arrivals_clear)

#endif
