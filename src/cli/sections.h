/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sections.h - which questions a report answers, and in which order, for whom. */
#ifndef KITH_CLI_SECTIONS_H
#define KITH_CLI_SECTIONS_H

#include <kith/kith.h>

/* For KITH_OPTION_CHOICE. */
#define READERS "auto|networker|organiser|business|researcher"

/* The reader these data suit: whose files have an owner is a networker, and so on. */
const char *sections_reader(const kith_graph *graph);

/* The questions for a reader, in order, ending with NULL; NULL when there is no such reader. */
const char *const *sections_for(const char *reader);

/* What a pass is asked with so that a page of a large network is made in seconds: name, value, …, NULL. Nothing for
 * small ones, and for passes that are quick anyhow. */
const char *const *sections_thrift(const kith_graph *graph, const char *question);

#endif
