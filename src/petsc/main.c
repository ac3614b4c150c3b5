/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kith-petsc - rankings of a packed edge file that is too large for one machine.
 *
 *     mpirun -np 16 kith-petsc --by pagerank --top 100 edges.packed
 *
 * Prints the table that `kith influencers` prints. Only the first process writes.
 */
#include "petsc/scores.h"
#include <slepceps.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options {
    const char *by, *format, *output;
    int64_t top;
};

static const kith_option table[] = {
    KITH_OPTION_CHOICE(struct options, by, "pagerank", "pagerank|eigenvector|katz|hub|authority",
                       "what the ranking goes by"),
    KITH_OPTION_INT(struct options, top, 'n', "20", 1, 1e9, "how many to list"),
    KITH_OPTION_CHOICE(struct options, format, "text", "text|csv|json", "how to print it"),
    KITH_OPTION_TEXT(struct options, output, 'o', "FILE", "-", false, "where to"),
    KITH_OPTION_END,
};

static const kith_column columns[] = {
    {"rank", KITH_CELL_INT, "1", "place in the ranking, from 1"},
    {"person", KITH_CELL_TEXT, "", "who"},
    {"score", KITH_CELL_REAL, "", "by the measure asked for"},
    {"rank_lo", KITH_CELL_INT, "1", "missing: nothing is resampled here"},
    {"rank_hi", KITH_CELL_INT, "1", "missing: nothing is resampled here"},
};

static const struct {
    const char *name;
    PetscErrorCode (*run)(Mat ties, Vec out);
} measures[] = {
    {"pagerank", score_pagerank}, {"eigenvector", score_eigenvector}, {"katz", score_katz},
    {"hub", score_hub},           {"authority", score_authority},
};

struct place {
    double score;
    int64_t node;
};

/* --- arguments ------------------------------------------------------------------------------- */

static void
usage(void)
{
    puts("usage: mpirun -np N kith-petsc [options] FILE.packed\n\n"
         "Ranks the nodes of a file made by `kith graph pack`, over N processes.\n");
    for (const kith_option *o = table; o->type != KITH_OPTION_TYPE_END; o++)
        printf("  --%-8s %s (%s%s%s)\n", o->name, o->about, o->choices ? o->choices : "",
               o->choices ? "; " : "", o->fallback);
}

/* @return KITH_ERR_ARGUMENT; KITH_ERR_CANCELLED when only help was wanted */
static kith_status
parse(int argc, char **argv, struct options *o, const char **file, kith_error *err)
{
    kith_options_init(table, o);
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];

        if (strcmp(word, "--help") == 0)
            return KITH_ERR_CANCELLED;
        if (strcmp(word, "-n") == 0 || strcmp(word, "-o") == 0)
            word = word[1] == 'n' ? "--top" : "--output";
        if (word[0] != '-' || !word[1]) {
            if (*file)
                return kith_fail(err, KITH_ERR_ARGUMENT, "several files (expected one)");
            *file = word;
            continue;
        }
        if (strncmp(word, "--", 2) != 0 || !kith_options_find(table, word + 2))
            return kith_fail(err, KITH_ERR_ARGUMENT, "unknown option '%s' (see --help)", word);
        if (i + 1 == argc)
            return kith_fail(err, KITH_ERR_ARGUMENT, "%s needs a value", word);
        if (kith_options_set(table, o, word + 2, argv[++i], err) != KITH_OK)
            return KITH_ERR_ARGUMENT;
    }
    return *file ? KITH_OK : kith_fail(err, KITH_ERR_ARGUMENT, "no file (expected a packed one)");
}

/* --- ranking --------------------------------------------------------------------------------- */

static int
compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* The best of this process, which are all that can be among the best of all. @return yours */
static struct place *
best_here(Vec score, int64_t top, int *n)
{
    const PetscScalar *value;
    struct place *all;
    PetscInt low, high;

    VecGetOwnershipRange(score, &low, &high);
    all = calloc((size_t)(high - low) + 1, sizeof *all);
    if (!all)
        return NULL;
    VecGetArrayRead(score, &value);
    for (PetscInt i = 0; i < high - low; i++)
        all[i] = (struct place){value[i], (int64_t)low + i};
    VecRestoreArrayRead(score, &value);
    qsort(all, (size_t)(high - low), sizeof *all, compare_places);
    *n = (int)(top < high - low ? top : high - low);
    return all;
}

/* The best of all, on the first process; NULL elsewhere. @return yours */
static struct place *
gather(struct place *mine, int n, int *total)
{
    int rank, size, bytes = n * (int)sizeof *mine, *count, *start;
    struct place *all = NULL;

    MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
    MPI_Comm_size(PETSC_COMM_WORLD, &size);
    count = calloc((size_t)size + 1, sizeof *count);
    start = calloc((size_t)size + 1, sizeof *start);
    MPI_Gather(&bytes, 1, MPI_INT, count, 1, MPI_INT, 0, PETSC_COMM_WORLD);
    for (int i = 0; i < size; i++)
        start[i + 1] = start[i] + count[i];
    *total = start[size] / (int)sizeof *mine;
    if (rank == 0)
        all = calloc((size_t)*total + 1, sizeof *all);
    MPI_Gatherv(mine, bytes, MPI_BYTE, all, count, start, MPI_BYTE, 0, PETSC_COMM_WORLD);
    if (all)
        qsort(all, (size_t)*total, sizeof *all, compare_places);
    free(count);
    free(start);
    return all;
}

static kith_status
fill(kith_table *t, const kith_packed *packed, const struct place *best, int64_t n, kith_error *err)
{
    for (int64_t i = 0; i < n; i++) {
        kith_status status;
        char *label;

        status = kith_packed_label(packed, best[i].node, &label, err);
        if (status != KITH_OK)
            return status;
        kith_table_row(t);
        kith_table_set_int(t, 0, i + 1);
        kith_table_set_text(t, 1, label);
        kith_table_set_real(t, 2, best[i].score);
        kith_packed_label_free(label);
    }
    return KITH_OK;
}

static kith_status
print(const struct options *o, const kith_packed *packed, const struct place *best, int64_t n,
      kith_error *err)
{
    kith_document *document = kith_document_new("influencers", NULL);
    kith_answer *answer = kith_answer_new("influencers");
    kith_table *t =
        kith_answer_table(answer, "influencers", columns, sizeof columns / sizeof *columns);
    kith_sink *sink = NULL;
    kith_status status = fill(t, packed, best, n, err);

    kith_answer_parameters(answer, table, o);
    kith_answer_note(answer, "network: %lld nodes, %lld ties in the file",
                     (long long)kith_packed_nodes(packed), (long long)kith_packed_ties(packed));
    kith_document_add(document, answer);
    if (status == KITH_OK)
        status = kith_sink_open(o->output, &sink, err);
    if (status == KITH_OK)
        status = kith_report_find(o->format)->write(document, sink, err);
    if (status == KITH_OK)
        status = kith_sink_commit(sink, err);
    kith_sink_free(sink);
    kith_document_free(document);
    return status;
}

static kith_status
rank_all(const struct options *o, const kith_packed *packed, Mat ties, kith_error *err)
{
    kith_status status = KITH_OK;
    struct place *mine, *best;
    int n = 0, total;
    Vec score;

    MatCreateVecs(ties, NULL, &score);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (strcmp(measures[i].name, o->by) == 0 && measures[i].run(ties, score) != 0)
            status = kith_fail(err, KITH_ERR_NUMERIC, "%s: PETSc did not come to an end", o->by);
    mine = status == KITH_OK ? best_here(score, o->top, &n) : NULL;
    if (status == KITH_OK && !mine)
        status = kith_fail(err, KITH_ERR_NO_MEMORY, "no memory to rank in");
    VecDestroy(&score);
    if (status != KITH_OK)
        return status;
    best = gather(mine, n, &total);
    if (best)
        status = print(o, packed, best, o->top < total ? o->top : total, err);
    free(mine);
    free(best);
    return status;
}

static kith_status
work(const struct options *o, const char *file, kith_error *err)
{
    kith_packed *packed = NULL;
    kith_status status = kith_packed_open(file, &packed, err);
    Mat ties = NULL;

    if (status == KITH_OK)
        status = matrix_read(packed, &ties, err);
    if (status == KITH_OK)
        status = rank_all(o, packed, ties, err);
    if (status == KITH_OK)
        MatDestroy(&ties);
    kith_packed_free(packed);
    return status;
}

static int
exit_code(kith_status status)
{
    switch (status) {
    case KITH_OK:
        return 0;
    case KITH_ERR_ARGUMENT:
        return 2;
    case KITH_ERR_PARSE:
    case KITH_ERR_FORMAT:
    case KITH_ERR_LIMIT:
        return 3;
    case KITH_ERR_IO:
    case KITH_ERR_NO_MEMORY:
        return 4;
    default:
        return 5;
    }
}

/* What one process cannot do ends the job: the others would wait for it for ever. */
static void
stop(const char *file, const kith_error *err, int rank)
{
    if (rank == 0 || err->status != KITH_ERR_ARGUMENT)
        fprintf(stderr, "kith-petsc: %s%s%s\n",
                *err->source ? err->source
                : file       ? file
                             : "",
                *err->source || file ? ": " : "", err->message);
    MPI_Abort(PETSC_COMM_WORLD, exit_code(err->status));
}

int
main(int argc, char **argv)
{
    struct options o;
    kith_error err = {0};
    const char *file = NULL;
    kith_status status = parse(argc, argv, &o, &file, &err);
    int rank;

    if (status == KITH_ERR_CANCELLED) {
        usage();
        return 0;
    }
    if (status != KITH_OK) {
        fprintf(stderr, "kith-petsc: %s\n", err.message);
        return exit_code(status);
    }
    if (SlepcInitialize(NULL, NULL, NULL, NULL) != 0)
        return 5;
    MPI_Comm_rank(PETSC_COMM_WORLD, &rank);
    status = work(&o, file, &err);
    if (status != KITH_OK)
        stop(file, &err, rank);
    SlepcFinalize();
    return exit_code(status);
}
