/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * audience.h - who may be told first, at which cost, and whose hearing counts.
 *
 * The owner and staff are told last unless asked for. Telling many people at once is a bulk invitation: where files
 * record consents, only those who gave one may be chosen. Nobody is taken out of the network by this.
 */
#ifndef KITH_MEASURES_AUDIENCE_H
#define KITH_MEASURES_AUDIENCE_H

#include "model/network.h"

typedef struct kith_audience_options {
    const char *exclude; /* comma list of names, or @FILE; NULL: none */
    const char *
        segment; /* member, customer, prospect, staff, KEY=VALUE, or a firm, topic or event; NULL: all */
    const char *cost;       /* column of people; NULL: 1 each */
    const char *purpose;    /* of the consent; NULL: any */
    const char *permission; /* auto, required, ignored */
    const char *given;      /* comma list of names: the seeds themselves; NULL: none */
    bool include_owner, include_staff;
} kith_audience_options;

typedef struct kith_audience {
    uint8_t *eligible; /* by vertex */
    double *cost;      /* by vertex; NULL: 1 each */
    uint32_t *root;    /* whose hearing counts; NULL: everybody's */
    uint8_t *counted;  /* the same by vertex; NULL with root */
    int64_t roots;
    uint32_t *given; /* vertices, in the order named, each once */
    int64_t givens;
    int64_t may; /* how many are eligible */
    int64_t owner, staff, excluded, not_permitted,
        no_cost;       /* left out, and why: the first reason counts */
    int64_t strangers; /* named in the file of @a exclude, and in no other */
} kith_audience;

/**
 * Finds them.
 * @return KITH_ERR_ARGUMENT when a name means nobody or several or a cost is not a number above 0,
 * KITH_ERR_NOT_FOUND when nobody may be chosen or the segment is empty
 */
kith_status kith_audience_find(const kith_graph *graph, const kith_network *network,
                               const kith_audience_options *options, kith_audience *out,
                               kith_error *err);
void kith_audience_clear(kith_audience *audience);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_audience, kith_audience_clear)

#endif
