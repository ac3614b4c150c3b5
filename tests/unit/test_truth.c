/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_truth.c - the rules and the proposals against a table of who is who.
 *
 * A TRUTH.csv lists mentions (file, locator, person_id, company_id, name_in_file, first_email_in_file). All its files that
 * kith can read go into one builder, as into one book. What the rules join must be right without exception; how good the
 * proposals are is printed, and bounded for the small table of this tree. A larger one may stand in ../shared/fixtures.
 */
#include "base/base.h"
#include "base/csv.h"
#include "base/identifier.h"
#include "base/text.h"
#include "measures/matching.h"
#include "model/graph.h"
#include <kith/load.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FILE_NAME, LOCATOR, PERSON, COMPANY, NAME, EMAIL };

#define SHOWN 0.3 /* the usual --least */
#define AMBIGUOUS UINT32_MAX

/* One line of the table. */
struct row {
    char *file, *person, *name, *email;
    bool used;
};

/* The table, the builder, and who each mention is: a number of `person`, 0 unknown. */
struct truth {
    GArray *rows;
    kith_builder *builder;
    kith_graph *graph;
    uint32_t *who;
    GHashTable *person;
    int64_t read, unread, placed;
};

struct score {
    int64_t joined, joined_right, wanted;
};

static void
row_clear(void *data)
{
    struct row *row = data;

    g_free(row->file);
    g_free(row->person);
    g_free(row->name);
    g_free(row->email);
}

static bool
read_table(struct truth *t, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "TRUTH.csv", NULL);
    g_autoptr(kith_source) source = NULL;
    g_autoptr(kith_csv) csv = NULL;
    const kith_csv_row *line;

    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return false;
    assert_int_equal(kith_source_open(path, &source, NULL), KITH_OK);
    csv = kith_csv_new(source);
    assert_int_equal(kith_csv_read_header(csv, NULL), KITH_OK);
    while ((line = kith_csv_next(csv, NULL))) {
        struct row row = {.file = g_strdup(kith_csv_field(line, FILE_NAME)),
                          .person = g_strdup(kith_csv_field(line, PERSON)),
                          .name = kith_text_fold(kith_csv_field(line, NAME)),
                          .email = kith_email_normalise(kith_csv_field(line, EMAIL))};

        g_array_append_val(t->rows, row);
    }
    return true;
}

static bool
called(const struct truth *t, uint32_t mention, const char *folded)
{
    for (guint i = 0; i < t->builder->names->len; i++) {
        const kith_fact_name *name = KITH_ROW(t->builder->names, kith_fact_name, i);
        g_autofree char *other = NULL;

        if (name->mention != mention)
            continue;
        other = kith_text_fold(kith_pool_get(t->builder->pool, name->text));
        if (strcmp(other, folded) == 0)
            return true;
    }
    return false;
}

static bool
mailed(const struct truth *t, uint32_t mention, const char *email)
{
    for (guint i = 0; i < t->builder->identifiers->len; i++) {
        const kith_fact_identifier *row =
            KITH_ROW(t->builder->identifiers, kith_fact_identifier, i);

        if (row->mention == mention && row->kind == KITH_ID_EMAIL &&
            strcmp(kith_pool_get(t->builder->pool, row->value), email) == 0)
            return true;
    }
    return false;
}

static uint32_t
number_of(struct truth *t, const char *person)
{
    uint32_t n = GPOINTER_TO_UINT(g_hash_table_lookup(t->person, person));

    if (n == 0) {
        n = g_hash_table_size(t->person) + 1;
        g_hash_table_insert(t->person, g_strdup(person), GUINT_TO_POINTER(n));
    }
    return n;
}

/* Gives the mentions of one file that one line describes their person; what two lines claim is left out. */
static void
place(struct truth *t, struct row *row, uint32_t first, uint32_t end, bool by_email)
{
    uint32_t person = number_of(t, row->person);

    if ((row->email != NULL) != by_email || (!*row->name && !row->email))
        return;
    for (uint32_t i = first; i < end; i++) {
        if (KITH_ROW(t->builder->mentions, kith_fact_mention, i)->kind != KITH_PERSON ||
            (*row->name && !called(t, i, row->name)) || (row->email && !mailed(t, i, row->email)))
            continue;
        if (!by_email && t->who[i] && t->who[i] < AMBIGUOUS && row->used)
            continue;
        t->who[i] = t->who[i] == 0 || t->who[i] == person ? person : AMBIGUOUS;
    }
}

static void
place_file(struct truth *t, const char *file, uint32_t first)
{
    uint32_t end = t->builder->mentions->len;
    g_autofree uint32_t *by_email = NULL;

    t->who = g_renew(uint32_t, t->who, end + 1);
    memset(t->who + first, 0, (end - first) * sizeof *t->who);
    for (guint i = 0; i < t->rows->len; i++)
        if (strcmp(KITH_ROW(t->rows, struct row, i)->file, file) == 0)
            place(t, KITH_ROW(t->rows, struct row, i), first, end, true);
    by_email = g_memdup2(t->who, (end + 1) * sizeof *t->who);
    for (guint i = 0; i < t->rows->len; i++)
        if (strcmp(KITH_ROW(t->rows, struct row, i)->file, file) == 0)
            place(t, KITH_ROW(t->rows, struct row, i), first, end, false);
    for (uint32_t i = first; i < end; i++) {
        if (by_email[i])
            t->who[i] = by_email[i];
        if (t->who[i] == AMBIGUOUS)
            t->who[i] = 0;
        t->placed += t->who[i] != 0;
    }
}

static bool
read_files(struct truth *t, const char *folder)
{
    const kith_load_options options = {.import = {.country = "44"}};
    const kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};

    for (guint i = 0; i < t->rows->len; i++) {
        const char *file = KITH_ROW(t->rows, struct row, i)->file;
        g_autofree char *path = g_build_filename(folder, file, NULL);
        uint32_t first = t->builder->mentions->len;
        kith_error err = {0};

        if (i > 0 && strcmp(file, KITH_ROW(t->rows, struct row, i - 1)->file) == 0)
            continue;
        if (kith_load(path, &options, t->builder, &err) != KITH_OK) {
            if (getenv("TRUTH"))
                printf("  not read: %s: %s\n", file, err.message);
            t->unread++;
        } else {
            t->read++;
        }
        place_file(t, file, first);
    }
    return kith_builder_build(t->builder, &build, &t->graph, NULL) == KITH_OK;
}

static void
truth_clear(struct truth *t)
{
    kith_graph_free(t->graph);
    kith_builder_free(t->builder);
    g_array_unref(t->rows);
    g_hash_table_unref(t->person);
    g_free(t->who);
}

static bool
truth_read(struct truth *t, const char *folder)
{
    *t = (struct truth){.rows = g_array_new(FALSE, FALSE, sizeof(struct row))};
    g_array_set_clear_func(t->rows, row_clear);
    t->builder = kith_builder_new();
    t->person = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return read_table(t, folder) && read_files(t, folder);
}

/* Who a node is: the person of its mentions; AMBIGUOUS when the rules joined two. */
static uint32_t *
people_of_nodes(const struct truth *t)
{
    uint32_t *of = g_new0(uint32_t, t->graph->nodes + 1);

    for (int64_t i = 0; i < t->graph->mentions; i++) {
        uint32_t *node = &of[t->graph->mention_node[i]];

        if (t->who[i])
            *node = *node == 0 || *node == t->who[i] ? t->who[i] : AMBIGUOUS;
    }
    return of;
}

static struct score
score_rules(const struct truth *t)
{
    struct score s = {0};

    for (int64_t i = 0; i < t->graph->mentions; i++)
        for (int64_t j = i + 1; t->who[i] && j < t->graph->mentions; j++) {
            bool same = t->who[i] == t->who[j],
                 one = t->graph->mention_node[i] == t->graph->mention_node[j];

            if (!t->who[j])
                continue;
            s.wanted += same;
            s.joined += one;
            s.joined_right += one && same;
            if (one && !same)
                printf("  joined wrongly: %s\n",
                       kith_graph_label(t->graph, t->graph->mention_node[i]));
        }
    return s;
}

/* Pairs of nodes that are one person. */
static int64_t
pairs_wanted(const struct truth *t, const uint32_t *of)
{
    int64_t n = 0;

    for (int64_t i = 0; i < t->graph->nodes; i++)
        for (int64_t j = i + 1; of[i] && j < t->graph->nodes; j++)
            n += of[i] == of[j];
    return n;
}

static void
tell_missed(const struct truth *t, const uint32_t *of, GHashTable *proposed)
{
    for (int64_t i = 0; i < t->graph->nodes; i++)
        for (int64_t j = i + 1; of[i] && j < t->graph->nodes; j++) {
            int64_t key = i << 32 | j;

            if (of[i] == of[j] && !g_hash_table_contains(proposed, &key))
                printf("  missed: %s [%s] / %s [%s]\n", kith_graph_label(t->graph, i),
                       kith_graph_id(t->graph, i), kith_graph_label(t->graph, j),
                       kith_graph_id(t->graph, j));
        }
}

struct proposals {
    int64_t wanted, right, wrong, unknown, wrong_above_last_right, right_before_first_wrong;
    int64_t right_shown, wrong_shown; /* with a score that `kith duplicates` lists */
};

static struct proposals
score_proposals(const struct truth *t)
{
    g_autofree uint32_t *of = people_of_nodes(t);
    g_autoptr(GArray) found = kith_matching_candidates(t->graph, 0);
    g_autoptr(GHashTable) proposed =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct proposals p = {.wanted = pairs_wanted(t, of)};
    bool tell = getenv("TRUTH") != NULL;

    for (guint i = 0; i < found->len; i++) {
        const kith_candidate *c = &g_array_index(found, kith_candidate, i);
        int64_t key = c->a << 32 | c->b;
        bool known = of[c->a] && of[c->b], right = known && of[c->a] == of[c->b];

        g_hash_table_add(proposed, g_memdup2(&key, sizeof key));
        if (right && p.wrong == 0)
            p.right_before_first_wrong++;
        if (right)
            p.wrong_above_last_right = p.wrong;
        p.right_shown += right && c->score >= SHOWN;
        p.wrong_shown += known && !right && c->score >= SHOWN;
        p.right += right;
        p.wrong += known && !right;
        p.unknown += !known;
        if (tell)
            printf("  %s %.4f %s [%s] / %s [%s]: %s\n",
                   right   ? "+"
                   : known ? "-"
                           : "?",
                   c->score, kith_graph_label(t->graph, c->a), kith_graph_id(t->graph, c->a),
                   kith_graph_label(t->graph, c->b), kith_graph_id(t->graph, c->b), c->reason);
    }
    if (tell)
        tell_missed(t, of, proposed);
    return p;
}

static struct proposals
judge(const struct truth *t, const char *what)
{
    struct score s = score_rules(t);
    struct proposals p = score_proposals(t);

    printf("%s: %lld files read, %lld not; %lld mentions placed\n", what, (long long)t->read,
           (long long)t->unread, (long long)t->placed);
    printf("rules: precision %.4f, recall %.4f (%lld of %lld pairs of mentions)\n",
           s.joined ? (double)s.joined_right / (double)s.joined : 1,
           s.wanted ? (double)s.joined_right / (double)s.wanted : 1, (long long)s.joined_right,
           (long long)s.wanted);
    printf("proposals: recall %.4f (%lld of %lld pairs of people), %lld wrong ones in all, %lld of "
           "them above the last right one, %lld right ones above the first wrong one\n",
           p.wanted ? (double)p.right / (double)p.wanted : 1, (long long)p.right,
           (long long)p.wanted, (long long)p.wrong, (long long)p.wrong_above_last_right,
           (long long)p.right_before_first_wrong);
    printf("proposals listed (score %.1f and more): precision %.4f, recall %.4f\n", SHOWN,
           p.right_shown + p.wrong_shown
               ? (double)p.right_shown / (double)(p.right_shown + p.wrong_shown)
               : 1,
           p.wanted ? (double)p.right_shown / (double)p.wanted : 1);
    assert_int_equal(s.joined, s.joined_right);
    return p;
}

static const char *
root(void)
{
    return g_getenv("KITH_ROOT") ? g_getenv("KITH_ROOT") : ".";
}

static void
the_whole_town_is_joined_rightly_and_every_true_pair_stands_above_every_false_one(void **state)
{
    g_autofree char *folder = g_build_filename(root(), "..", "shared", "fixtures", NULL);
    struct truth t;

    (void)state;
    if (truth_read(&t, folder)) {
        struct proposals p = judge(&t, "the town");

        assert_int_equal(p.right, p.wanted);
        assert_int_equal(p.wrong_above_last_right, 0);
    } else
        printf("../shared/fixtures is not here: the large table is not checked\n");
    truth_clear(&t);
}

/* Fictional people made up for the traps: namesakes, a role mailbox, a married name, a name family first. */
static void
every_true_pair_is_proposed_above_every_false_one_but_among_namesakes(void **state)
{
    g_autofree char *folder = g_build_filename(root(), "tests", "fixtures", "same", NULL);
    struct truth t;
    struct proposals p;

    (void)state;
    assert_true(truth_read(&t, folder));
    assert_int_equal(t.unread, 0);
    p = judge(&t, "the small table");
    assert_int_equal(p.right, p.wanted);
    assert_true(p.wrong_above_last_right <= 1);
    truth_clear(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_true_pair_is_proposed_above_every_false_one_but_among_namesakes),
        cmocka_unit_test(
            the_whole_town_is_joined_rightly_and_every_true_pair_stands_above_every_false_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
