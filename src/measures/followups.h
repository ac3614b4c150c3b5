/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followups.h - after an occasion, how long until one of us was in touch with those who were there. */
#ifndef KITH_MEASURES_FOLLOWUPS_H
#define KITH_MEASURES_FOLLOWUPS_H

#include "measures/customers.h"
#include "measures/presence.h"
#include "measures/survival.h"

typedef struct kith_followup {
    int32_t occasion;
    kith_node person;
    kith_wait wait; /**< until we wrote or met them; else until the as-of day */
} kith_followup;

/**
 * One row for each dated occasion where one of us was and each other person there, by occasion, then person.
 * In touch: a message from one of us to them, or a meeting, on a later day. @return of kith_followup; yours
 */
GArray *kith_followups(const kith_presence *presence, const kith_customers *customers);

#endif
