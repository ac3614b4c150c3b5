/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * roles.h - what a job title says about who decides at a firm.
 *
 * Titles are matched word by word in English, German, French and Spanish: "Head of Procurement" leads, "Personal Assistant
 * to the CEO" assists. A convention, not a judgement of people; the weights are constants of warmth-1.
 */
#ifndef KITH_MEASURES_ROLES_H
#define KITH_MEASURES_ROLES_H

#include "measures/warmth.h"

typedef enum kith_role {
    KITH_ROLE_OF_NOBODY = 0, /**< no title */
    KITH_ROLE_ASSISTS,
    KITH_ROLE_WORKS,
    KITH_ROLE_LEADS,
    KITH_ROLE_DECIDES
} kith_role;

/** @param title may be NULL */
kith_role kith_role_of(const char *title);
/** In (0, 1]. */
double kith_role_weight(const kith_warmth_constants *constants, kith_role role);

#endif
