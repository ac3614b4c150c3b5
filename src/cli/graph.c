/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c - `kith graph` and `kith extract`: packed edge files, and neighbourhoods out of them. */
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct graph_options {
    const char *action, *temporary;
    int64_t memory;
};

static const kith_option graph_table[] = {
    {.type = KITH_OPTION_TYPE_CHOICE,
     .name = "action",
     .offset = offsetof(struct graph_options, action),
     .fallback = "info",
     .choices = "pack|info",
     .argument = "ACTION",
     .about = "pack: a packed file of a plain edge list, with -o; info: what is in a packed file"},
    KITH_OPTION_INT(struct graph_options, memory, 0, "256", 1, 1e7,
                    "megabytes to sort in; what does not fit goes to disk"),
    KITH_OPTION_TEXT(struct graph_options, temporary, 0, "FOLDER", NULL, false,
                     "where to sort; without it beside the packed file"),
    KITH_OPTION_END,
};

struct extract_options {
    const char *from, *direction;
    int64_t hops;
    bool members;
};

static const kith_option extract_table[] = {
    KITH_OPTION_TEXT(struct extract_options, from, 0, "WHO", NULL, true,
                     "whose neighbourhood: a label, or several with commas between"),
    KITH_OPTION_INT(struct extract_options, hops, 'k', "1", 0, 1e6, "how many steps from them"),
    KITH_OPTION_CHOICE(struct extract_options, direction, "both", "both|out|in",
                       "which way a step may go along a tie"),
    KITH_OPTION_FLAG(struct extract_options, members, "also list who is in it, with their steps"),
    KITH_OPTION_END,
};

static const kith_column info_columns[] = {
    {"what", KITH_CELL_TEXT, "", "nodes, ties, directed or weighted"},
    {"value", KITH_CELL_INT, "", "how many; 1 for yes, 0 for no"},
};

static kith_status
check_one_file(const verb *v, const arguments *a, kith_error *err)
{
    return a->n_files == 1 ? KITH_OK
                           : kith_fail(err, KITH_ERR_ARGUMENT, "%s reads one file, found %d",
                                       v->name, a->n_files);
}

static kith_status
print(kith_answer *answer, const arguments *a, kith_error *err)
{
    kith_document *document = kith_document_new(kith_answer_question(answer), NULL);
    kith_status status;

    kith_document_add(document, answer);
    status = output_write(document, &a->global, "text", err);
    kith_document_free(document);
    return status;
}

static void
watch(void *payload, int64_t links)
{
    progress_tick(payload, (double)links / (double)(links + 50000000)); /* no end is known */
}

static kith_status
pack(const arguments *a, const struct graph_options *o, kith_error *err)
{
    progress shown = progress_start("packing", a->global.quiet);
    kith_pack_options options = {.undirected = a->global.undirected,
                                 .memory = o->memory << 20,
                                 .folder = o->temporary,
                                 .watch = watch,
                                 .payload = &shown};
    kith_status status;

    if (!a->global.output || strcmp(a->global.output, "-") == 0)
        return kith_fail(err, KITH_ERR_ARGUMENT,
                         "graph pack needs -o FILE: a packed file is read in no order");
    status = kith_pack(a->files[0], &options, a->global.output, err);
    progress_end(&shown);
    return status;
}

static void
add_count(kith_table *t, const char *what, int64_t value)
{
    kith_table_row(t);
    kith_table_set_text(t, 0, what);
    kith_table_set_int(t, 1, value);
}

static kith_status
tell(const char *path, const arguments *a, kith_error *err)
{
    kith_packed *packed = NULL;
    kith_status status = kith_packed_open(path, &packed, err);
    kith_answer *answer;
    kith_table *t;

    if (status != KITH_OK)
        return status;
    answer = kith_answer_new("graph");
    t = kith_answer_table(answer, "graph", info_columns,
                          sizeof info_columns / sizeof *info_columns);
    add_count(t, "nodes", kith_packed_nodes(packed));
    add_count(t, "ties", kith_packed_ties(packed) / (kith_packed_is_directed(packed) ? 1 : 2));
    add_count(t, "directed", kith_packed_is_directed(packed));
    add_count(t, "weighted", kith_packed_is_weighted(packed));
    kith_packed_free(packed);
    return print(answer, a, err);
}

static kith_status
run_graph(const verb *v, const arguments *a, kith_error *err)
{
    const struct graph_options *o = a->own;
    kith_status status = check_one_file(v, a, err);

    if (status != KITH_OK)
        return status;
    return strcmp(o->action, "pack") == 0 ? pack(a, o, err) : tell(a->files[0], a, err);
}

/* --- extract --------------------------------------------------------------------------------- */

/* A label may hold commas itself: the whole is tried first. @return labels into `text`, NULL behind the last */
static const char **
split_labels(const kith_packed *packed, char *text)
{
    const char **labels = calloc(strlen(text) + 2, sizeof *labels);
    int64_t node;
    char *rest;

    if (!labels)
        return NULL;
    if (kith_packed_find(packed, text, &node, NULL) == KITH_OK) {
        labels[0] = text;
        return labels;
    }
    for (int n = 0; (labels[n] = strtok_r(n ? NULL : text, ",", &rest)) != NULL;)
        n++;
    return labels;
}

static kith_status
extract(const kith_packed *packed, const struct extract_options *o, const arguments *a,
        kith_error *err)
{
    kith_packed_direction direction = strcmp(o->direction, "out") == 0  ? KITH_PACKED_OUT
                                      : strcmp(o->direction, "in") == 0 ? KITH_PACKED_IN
                                                                        : KITH_PACKED_BOTH;
    char *text = strdup(o->from);
    const char **labels = text ? split_labels(packed, text) : NULL;
    kith_answer *answer = NULL;
    kith_status status;

    if (labels)
        status = kith_packed_extract(packed, labels, o->hops, direction, o->members, &answer, err);
    else
        status = kith_fail(err, KITH_ERR_NO_MEMORY, "no memory");
    free(labels);
    free(text);
    if (status != KITH_OK)
        return status;
    kith_answer_parameters(answer, extract_table, o);
    return print(answer, a, err);
}

static kith_status
run_extract(const verb *v, const arguments *a, kith_error *err)
{
    kith_packed *packed = NULL;
    kith_status status = check_one_file(v, a, err);

    if (status == KITH_OK)
        status = kith_packed_open(a->files[0], &packed, err);
    if (status == KITH_OK)
        status = extract(packed, a->own, a, err);
    kith_packed_free(packed);
    return status;
}

const verb verb_graph = {
    .name = "graph",
    .group = "research",
    .summary = "a packed edge file for graphs beyond memory",
    .details = "Packs a plain edge list (two labels a line, perhaps a weight) by sorting it on "
               "disk, so that it may be larger than memory; labels that are no numbers are kept "
               "in memory. With --undirected a line is a tie both ways. `kith extract` takes a "
               "neighbourhood out of the packed file, kith-petsc ranks all of it.",
    .example = "graph pack datasets/karate/edges.csv --undirected -o karate.packed",
    .options = graph_table,
    .options_size = sizeof(struct graph_options),
    .words = 1,
    .run = run_graph,
};

const verb verb_extract = {
    .name = "extract",
    .group = "research",
    .summary = "a neighbourhood out of a packed edge file",
    .details = "Everybody within --hops steps of --from, and all ties among them. Reads the file "
               "once a step and once more, and keeps one bit a node and the extract in memory. "
               "As CSV the extract is an edge list that every other verb reads.",
    .example = "extract --from 34 --hops 2 karate.packed --format csv -o near34.csv",
    .options = extract_table,
    .options_size = sizeof(struct extract_options),
    .run = run_extract,
};
