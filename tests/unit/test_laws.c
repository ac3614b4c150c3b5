/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_laws.c - what warmth-1 promises of any data, on thousands of random books: measures/ties.h from files to hops. */
#include "measures/ties.h"

#include "support/share.h"
#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/small.h"

#define BOOKS share_of(10000)
#define PEOPLE 7
#define MOST 50
#define TODAY (20000 * KITH_DAY)

/* One line of a file: who, whom, what, how many days ago (-1: undated). */
typedef struct line {
    kith_tie_kind kind;
    int from, to, ago;
    double weight;
    const char *status, *channel, *closeness;
} line;

typedef struct book {
    line line[MOST];
    int n;
} book;

/* W of everybody towards everybody. */
typedef struct picture {
    double w[PEOPLE][PEOPLE];
    uint8_t state[PEOPLE][PEOPLE];
} picture;

static line
random_line(GRand *dice)
{
    static const kith_tie_kind kinds[] = {
        KITH_MET,         KITH_MET,         KITH_MESSAGED,   KITH_MESSAGED, KITH_ATTENDED,
        KITH_ATTENDED,    KITH_REFERRED,    KITH_INTRODUCED, KITH_KNOWS,    KITH_FOLLOWS,
        KITH_RECOMMENDED, KITH_CONTRIBUTED, KITH_TIE};
    line l = {.kind = kinds[g_rand_int_range(dice, 0, G_N_ELEMENTS(kinds))],
              .from = g_rand_int_range(dice, 0, PEOPLE),
              .to = g_rand_int_range(dice, 0, PEOPLE),
              .ago = g_rand_int_range(dice, 0, 12) ? g_rand_int_range(dice, 0, 2000) : -1,
              .weight = g_rand_int_range(dice, 1, 4)};

    l.status = l.kind == KITH_REFERRED && g_rand_boolean(dice) ? "closed" : NULL;
    l.channel = l.kind == KITH_MET && g_rand_boolean(dice) ? "video" : NULL;
    l.closeness = l.kind == KITH_KNOWS && g_rand_boolean(dice) ? "0.5" : NULL;
    return l;
}

static void
random_book(GRand *dice, book *b)
{
    b->n = g_rand_int_range(dice, 1, MOST - 1);
    for (int i = 0; i < b->n; i++)
        b->line[i] = random_line(dice);
}

static void
tell(kith_builder *builder, const line *l)
{
    kith_fact f = KITH_FACT_INIT;
    char from[] = {(char)('a' + l->from), '\0'}, to[] = {(char)('a' + l->to), '\0'};
    char event[] = {'E', (char)('0' + l->to % 3), '\0'};

    f.kind = l->kind;
    f.from = small_person(builder, from);
    f.to = l->kind == KITH_ATTENDED ? small_node(builder, KITH_EVENT, event)
                                    : small_person(builder, to);
    f.weight = l->weight;
    f.status = l->status;
    f.channel = l->channel;
    if (l->ago >= 0) {
        f.when = TODAY - l->ago * KITH_DAY;
        f.precision = KITH_PRECISION_DAY;
    }
    small_fact(builder, &f);
    if (l->closeness)
        kith_builder_fact_attribute(builder, "closeness", l->closeness);
}

/* Lines file[i] == k go into file k, in the book's order. */
static picture
look(const book *b, const int *file, int files, kith_time as_of)
{
    const kith_build_options build = {.as_of = as_of, .today = as_of};
    kith_builder *builder = kith_builder_new();
    kith_graph *graph = NULL;
    kith_warm_network *net = NULL;
    picture out = {0};

    for (int k = 0; k < files; k++) {
        g_autofree char *name = g_strdup_printf("file%d.csv", k);
        kith_source *source = kith_source_from_memory(name, name, strlen(name));

        kith_builder_begin(builder, source, "test");
        for (int i = 0; i < b->n; i++)
            if (file[i] == k &&
                (b->line[i].from != b->line[i].to || b->line[i].kind == KITH_ATTENDED)) {
                kith_source_at(source, i + 1, 0);
                tell(builder, &b->line[i]);
            }
        assert_int_equal(kith_builder_end(builder, NULL), KITH_OK);
        kith_source_free(source);
    }
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    assert_int_equal(kith_warm_network_new(graph, NULL, &net, NULL), KITH_OK);
    for (kith_node v = 0; v < net->nodes; v++)
        for (int64_t i = net->first[v]; i < net->first[v + 1]; i++) {
            int from = kith_graph_label(graph, v)[0] - 'a';
            int to = kith_graph_label(graph, net->to[i])[0] - 'a';

            out.w[from][to] = net->w[i];
            out.state[from][to] = net->state[i];
        }
    kith_warm_network_free(net);
    kith_graph_free(graph);
    kith_builder_free(builder);
    return out;
}

static void
splitting_and_permuting_files_changes_no_bit(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(101);
    static const int together[MOST] = {0};
    int64_t warm = 0;

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        int file[MOST], files = g_rand_int_range(dice, 1, 4);
        picture before, after;
        book b;

        random_book(dice, &b);
        before = look(&b, together, 1, TODAY);
        for (int i = b.n - 1; i > 0; i--) {
            int j = g_rand_int_range(dice, 0, i + 1);
            line other = b.line[i];

            b.line[i] = b.line[j];
            b.line[j] = other;
        }
        for (int i = 0; i < b.n; i++)
            file[i] = g_rand_int_range(dice, 0, files);
        after = look(&b, file, files, TODAY);
        assert_memory_equal(before.w, after.w, sizeof before.w);
        assert_memory_equal(before.state, after.state, sizeof before.state);
        for (int i = 0; i < PEOPLE * PEOPLE; i++)
            warm += before.w[i / PEOPLE][i % PEOPLE] > 0;
    }
    assert_true(warm > 10 * BOOKS);
}

/* All facts are past by TODAY, so nothing comes to light later. */
static void
a_later_as_of_warms_nobody(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(102);
    static const int together[MOST] = {0};

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        picture before, after;
        book b;

        random_book(dice, &b);
        before = look(&b, together, 1, TODAY);
        after = look(&b, together, 1, TODAY + g_rand_int_range(dice, 0, 1500) * KITH_DAY);
        for (int i = 0; i < PEOPLE; i++)
            for (int j = 0; j < PEOPLE; j++)
                assert_true(after.w[i][j] <= before.w[i][j] + 1e-15);
    }
}

static void
a_further_two_way_fact_cools_nobody(void **state)
{
    static const kith_tie_kind kinds[] = {KITH_MET, KITH_REFERRED, KITH_RECOMMENDED,
                                          KITH_CONTRIBUTED, KITH_KNOWS};
    g_autoptr(GRand) dice = g_rand_new_with_seed(103);
    static const int together[MOST] = {0};

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        picture before, after;
        book b;

        random_book(dice, &b);
        before = look(&b, together, 1, TODAY);
        b.line[b.n] = random_line(dice);
        b.line[b.n].kind = kinds[g_rand_int_range(dice, 0, G_N_ELEMENTS(kinds))];
        b.line[b.n].closeness = NULL;
        b.n++;
        after = look(&b, together, 1, TODAY);
        for (int i = 0; i < PEOPLE; i++)
            for (int j = 0; j < PEOPLE; j++)
                assert_true(after.w[i][j] >= before.w[i][j]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitting_and_permuting_files_changes_no_bit),
        cmocka_unit_test(a_later_as_of_warms_nobody),
        cmocka_unit_test(a_further_two_way_fact_cools_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
