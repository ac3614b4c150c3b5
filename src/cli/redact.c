/* SPDX-License-Identifier: GPL-3.0-or-later */
/* redact.c - reads the key, finds whom the user named, and puts the redacted graph in the place of the other. */
#include "cli/redact.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_KEY 4096

static kith_status
read_key(const char *path, char *key, size_t *size, kith_error *err)
{
    FILE *file = fopen(path, "rb");

    if (!file)
        return kith_fail(err, KITH_ERR_IO, "%s: cannot be opened", path);
    *size = fread(key, 1, LONGEST_KEY, file);
    fclose(file);
    return KITH_OK;
}

/* The pseudonym's id of whom a user named by name. */
static kith_status
rename_one(const kith_graph *before, const kith_graph *after, const kith_redaction *how,
           const char **who, char **id, kith_error *err)
{
    kith_status status;
    char *name;
    kith_node node;

    if (!*who)
        return KITH_OK;
    status = kith_graph_find(before, *who, 0, &node, err);
    if (status != KITH_OK)
        return status;
    name = kith_pseudonym(before, node, how);
    status = kith_graph_find(after, name, 0, &node, err);
    free(name);
    if (status == KITH_OK)
        *who = *id = strdup(kith_graph_id(after, node));
    return status;
}

kith_status
redact_workspace(workspace *w, const char *key_file, const char *only, const char **who[], int n,
                 char *ids[], kith_error *err)
{
    char key[LONGEST_KEY];
    kith_redaction how = {.key = key, .keep_permitted = strcmp(only, "permitted") == 0};
    kith_graph *redacted = NULL;
    kith_status status;

    if (!key_file)
        return how.keep_permitted
                   ? kith_fail(err, KITH_ERR_ARGUMENT,
                               "--only permitted needs --redact FILE: the others get pseudonyms")
                   : KITH_OK;
    status = read_key(key_file, key, &how.key_size, err);
    if (status == KITH_OK)
        status = kith_graph_redact(w->graph, &how, &redacted, err);
    for (int i = 0; i < n && status == KITH_OK; i++)
        status = rename_one(w->graph, redacted, &how, who[i], &ids[i], err);
    if (status == KITH_OK) {
        kith_graph_free(w->graph);
        w->graph = redacted;
    } else {
        kith_graph_free(redacted);
    }
    return status;
}
