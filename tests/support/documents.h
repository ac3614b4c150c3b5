/* SPDX-License-Identifier: GPL-3.0-or-later */
/* documents.h - answers and a graph that a report may be given, and what it makes of them. */
#ifndef KITH_TESTS_DOCUMENTS_H
#define KITH_TESTS_DOCUMENTS_H

#include <kith/kith.h>

/** A graph of three people and one event; the second person's name is markup. */
kith_graph *document_graph(void);
/** Chains, one without a score. */
kith_answer *document_paths(void);
/** A cell of each type, some missing; @param graph whose people they are, or NULL. */
kith_answer *document_mixed(const kith_graph *graph);
/** Names meant to do harm, and nothing beside them. */
kith_answer *document_hostile(void);
/** A table without rows. */
kith_answer *document_empty(void);

/** What a report makes of one answer (taken over), as text. @return yours (g_free()) */
char *document_print(const char *report, kith_answer *answer, const kith_graph *graph);
/** The same on a terminal of so many columns. */
char *document_print_wide(const char *report, kith_answer *answer, const kith_graph *graph,
                          int width);

#endif
