/* SPDX-License-Identifier: GPL-3.0-or-later */
/* decisions.h - which of the decisions written down are in force. */
#ifndef KITH_MODEL_DECISIONS_H
#define KITH_MODEL_DECISIONS_H

#include "model/facts.h"
#include <kith/decide.h>

/**
 * The last word on each pair of mentions, in the order in which they were said; what was taken back does not count.
 * @return an array of kith_fact_decision with a < b, yours
 */
GArray *kith_decisions_in_force(const kith_builder *builder);

#endif
