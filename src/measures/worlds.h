/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worlds.h - word going round in 512 worlds side by side, each a bit of every mask.
 *
 * Who hears tells on when its turn comes, in all worlds that wait for it at once. What each arc does is drawn when its
 * teller is first looked at and kept for the next time: a mask for an arc that carries often, a list of
 * worlds for one that seldom does.
 */
#ifndef KITH_MEASURES_WORLDS_H
#define KITH_MEASURES_WORLDS_H

#include "measures/carry.h"
#include "measures/work.h"

typedef struct kith_worlds kith_worlds;

/**
 * Room for a block of worlds.
 * @param cascade  with its rows by who tells; borrowed
 * @param counted  by vertex: whose hearing counts; NULL: everybody's; borrowed
 * @param share    how many others there will be at the same time, this one included
 * @return yours; NULL when there is no memory
 */
kith_worlds *kith_worlds_new(const kith_cascade *cascade, const uint8_t *counted, int share,
                             kith_work *work);
void kith_worlds_free(kith_worlds *worlds);

/** The block of this key, where nobody has heard yet. O(n) */
void kith_worlds_begin(kith_worlds *worlds, uint64_t key);

/** Somebody has heard in all of them; kith_worlds_go() tells on. */
void kith_worlds_tell(kith_worlds *worlds, uint32_t vertex);

/** Goes on until nobody has anything to tell, or the work is to stop. */
void kith_worlds_go(kith_worlds *worlds);

/** How many have heard so far. @param out  512 long, by world */
void kith_worlds_count(const kith_worlds *worlds, uint32_t *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_worlds, kith_worlds_free)

#endif
