/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * identity.h - which mentions are one node: the safe rules and what the user decided, nothing else.
 *
 *   S1  the same native id, or the same label of a graph file
 *   S2  the same profile URL
 *   S3  the same e-mail address, unless it is a role mailbox or the given names disagree
 *   S4  the same phone number and the same name words
 *   S5  the same local key within one file
 * Organisations and topics are one by their folded name; events by native id, or by folded name and
 * day. All owners are one person. Each rule looks at sets, never at the order of rows, so a file
 * may be split or permuted at will. The vetoes are in settle.h. What a user merged by hand is one before any rule is asked;
 * what she accepted by score comes after the rules, and never against a veto.
 */
#ifndef KITH_MODEL_IDENTITY_H
#define KITH_MODEL_IDENTITY_H

#include "model/facts.h"

/**
 * Finds the sets. O(M log M) in mentions and identifiers.
 * @param joined mentions (int64_t) known to be one by decision, or NULL
 * @return for each mention the smallest mention of its set; yours (g_free)
 */
uint32_t *kith_identity_resolve(const kith_builder *builder, const GArray *joined);

#endif
