/* SPDX-License-Identifier: GPL-3.0-or-later */
/* redact.h - `--redact FILE` and `--only permitted` of the verbs that write everything. */
#ifndef KITH_CLI_REDACT_H
#define KITH_CLI_REDACT_H

#include "cli/workspace.h"

#define REDACT_ABOUT                                                                               \
    "people and events by pseudonyms made with the key in this file, 16 bytes or more: the same "  \
    "key gives the same pseudonyms"
#define ONLY_ABOUT                                                                                 \
    "permitted: with --redact, people who granted any use of their data keep their names"

/* Replaces the graph by one with pseudonyms, when a key file is named. `who` are nodes the user named: they become
 * their new ids (yours, free()); NULL for none. */
kith_status redact_workspace(workspace *w, const char *key_file, const char *only,
                             const char **who[], int n, char *ids[], kith_error *err);

#endif
