/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/ties.h"
#include "oracle/chains_oracle.h"

#include <kith/builder.h>
#include <kith/pass.h>

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TODAY (20000 * KITH_DAY)

extern const kith_pass kith_pass_intro;

/* What the pass is asked. */
typedef struct asked {
    const char *to, *from;
    int k, max_hops;
    bool diverse;
} asked;

typedef struct town {
    kith_builder *builder;
    kith_graph *graph;
    kith_answer *answer;
    kith_error err;
} town;

static void
town_clear(town *t)
{
    kith_answer_free(t->answer);
    kith_graph_free(t->graph);
    kith_builder_free(t->builder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(town, town_clear)

static kith_mention
mention(town *t, const char *name)
{
    kith_mention m = kith_builder_keyed(t->builder, KITH_PERSON, KITH_ID_LABEL, name);

    kith_builder_name(t->builder, m, name);
    return m;
}

static void
put(town *t, kith_tie_kind kind, kith_mention from, kith_mention to, double ago)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = from;
    f.to = to;
    if (ago >= 0) {
        f.when = TODAY - (kith_time)(ago * KITH_DAY);
        f.precision = KITH_PRECISION_DAY;
    }
    assert_int_equal(kith_builder_fact(t->builder, &f, NULL), KITH_OK);
}

static void
meet(town *t, const char *from, const char *to, int times)
{
    for (int i = 0; i < times; i++)
        put(t, KITH_MET, mention(t, from), mention(t, to), 10 + 30 * i);
}

static void
set(void *values, const char *name, const char *text)
{
    if (text)
        assert_int_equal(kith_options_set(kith_pass_intro.options, values, name, text, NULL),
                         KITH_OK);
}

static kith_status
ask(town *t, asked what)
{
    kith_build_options build = {.as_of = TODAY, .today = TODAY};
    g_autofree void *values = g_malloc0(kith_pass_intro.options_size);
    g_autofree char *k = g_strdup_printf("%d", what.k),
                    *hops = g_strdup_printf("%d", what.max_hops);
    kith_question question = {.seed = 1, .threads = 1};

    kith_options_init(kith_pass_intro.options, values);
    set(values, "to", what.to);
    set(values, "from", what.from);
    set(values, "k", k);
    set(values, "max-hops", hops);
    set(values, "diverse", what.diverse ? "yes" : "no");
    if (!t->graph)
        assert_int_equal(kith_builder_build(t->builder, &build, &t->graph, NULL), KITH_OK);
    question.graph = t->graph;
    kith_answer_free(t->answer);
    t->answer = kith_answer_new("intro");
    t->err = (kith_error){0};
    return kith_pass_intro.run(&question, values, t->answer, &t->err);
}

static kith_cell
cell(const town *t, const char *table, int64_t row, const char *column)
{
    const kith_table *rows = kith_answer_find_table(t->answer, table);
    kith_cell out;

    kith_table_cell(rows, row, kith_table_find_column(rows, column), &out);
    return out;
}

static int64_t
rows(const town *t, const char *table)
{
    return kith_table_rows(kith_answer_find_table(t->answer, table));
}

static void
assert_people(const town *t, int64_t row, const char *people)
{
    kith_cell list = cell(t, "paths", row, "people");
    g_autoptr(GString) text = g_string_new(NULL);

    for (int64_t i = 0; i < list.integer; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " > " : "", list.list[i]);
    assert_string_equal(text->str, people);
}

static bool
has_note(const town *t, const char *part)
{
    for (int64_t i = 0; i < kith_answer_notes(t->answer); i++)
        if (strstr(kith_answer_note_at(t->answer, i), part))
            return true;
    return false;
}

/* Pat met Bo often and Cy once; both know Dana, Cy very well; Eve is nobody's friend. */
static town
small_town(void)
{
    town t = {.builder = kith_builder_new()};
    kith_mention me = mention(&t, "Pat Lee");

    kith_builder_flag(t.builder, me, KITH_FLAG_OWNER);
    meet(&t, "Pat Lee", "Bo Chen", 6);
    meet(&t, "Pat Lee", "Cy Ode", 1);
    meet(&t, "Bo Chen", "Dana Reyes", 2);
    meet(&t, "Cy Ode", "Dana Reyes", 8);
    meet(&t, "Eve Alone", "Fay Afar", 1);
    return t;
}

static void
the_warmest_chain_comes_first_with_its_evidence(void **state)
{
    g_auto(town) t = small_town();
    double score;

    (void)state;
    assert_int_equal(ask(&t, (asked){"Dana Reyes", NULL, 5, 3, false}), KITH_OK);
    assert_int_equal(rows(&t, "paths"), 2);
    assert_people(&t, 0, "Pat Lee > Bo Chen > Dana Reyes");
    assert_people(&t, 1, "Pat Lee > Cy Ode > Dana Reyes");
    assert_int_equal(cell(&t, "paths", 0, "weakest").integer, 2);
    assert_int_equal(cell(&t, "paths", 1, "weakest").integer, 1);
    assert_int_equal(rows(&t, "hops_detail"), 4);
    score = cell(&t, "hops_detail", 0, "p").real * cell(&t, "hops_detail", 1, "p").real;
    assert_true(cell(&t, "paths", 0, "score").real == score);
    assert_string_equal(cell(&t, "hops_detail", 1, "from").text, "Bo Chen");
    assert_non_null(
        strstr(cell(&t, "hops_detail", 1, "evidence").text, "met 2 times, last 2024-09-24"));
    assert_string_equal(cell(&t, "hops_detail", 0, "state").text, "active");
    assert_true(has_note(&t, "warmth-1 with its usual constants") &&
                has_note(&t, "not a probability"));
}

static void
a_firm_is_reached_through_anybody_who_works_there_now(void **state)
{
    g_auto(town) t = small_town();
    kith_mention firm = kith_builder_organisation(t.builder, "Breakwater");
    kith_fact left = KITH_FACT_INIT;

    (void)state;
    put(&t, KITH_WORKS_AT, mention(&t, "Dana Reyes"), firm, -1);
    put(&t, KITH_WORKS_AT, mention(&t, "Fay Afar"), firm, -1);
    left.kind = KITH_WORKS_AT;
    left.from = mention(&t, "Bo Chen");
    left.to = firm;
    left.until = TODAY - KITH_DAY;
    assert_int_equal(kith_builder_fact(t.builder, &left, NULL), KITH_OK);
    assert_int_equal(ask(&t, (asked){"Breakwater", NULL, 1, 3, false}), KITH_OK);
    assert_people(&t, 0, "Pat Lee > Bo Chen > Dana Reyes");
    assert_true(has_note(&t, "any of the 2 people who work there"));
    assert_true(has_note(&t, "1 former job there"));
    assert_int_equal(ask(&t, (asked){"Breakwater", "Dana Reyes", 1, 3, false}), KITH_ERR_ARGUMENT);
    assert_string_equal(t.err.message, "Dana Reyes works at Breakwater already");
}

static void
without_a_chain_the_nearest_miss_is_told(void **state)
{
    g_auto(town) t = small_town();

    (void)state;
    assert_int_equal(ask(&t, (asked){"Fay Afar", NULL, 5, 3, false}), KITH_ERR_NOT_FOUND);
    assert_string_equal(t.err.message,
                        "no chain of at most 3 hops from Pat Lee to Fay Afar; nearest "
                        "miss: Eve Alone knows Fay Afar; you do not know Eve Alone");
    assert_true(has_note(&t, "nearest miss: Eve Alone"));
    assert_int_equal(rows(&t, "paths"), 0);
    assert_int_equal(ask(&t, (asked){"Dana Reyes", NULL, 5, 1, false}), KITH_ERR_NOT_FOUND);
    assert_string_equal(t.err.message,
                        "no chain of at most 1 hop from Pat Lee to Dana Reyes; nearest "
                        "miss: a chain of 2 hops (--max-hops 2)");
}

static void
people_flagged_no_intro_are_on_no_chain(void **state)
{
    g_auto(town) t = small_town();

    (void)state;
    kith_builder_flag(t.builder, mention(&t, "Bo Chen"), KITH_FLAG_NO_INTRO);
    assert_int_equal(ask(&t, (asked){"Dana Reyes", NULL, 5, 3, false}), KITH_OK);
    assert_int_equal(rows(&t, "paths"), 1);
    assert_people(&t, 0, "Pat Lee > Cy Ode > Dana Reyes");
    assert_true(has_note(&t, "1 person left out: flagged no-intro"));
    assert_int_equal(ask(&t, (asked){"Bo Chen", NULL, 5, 3, false}), KITH_ERR_NOT_FOUND);
    assert_non_null(strstr(t.err.message, "nearest miss: Bo Chen is flagged no-intro"));
}

static void
dormant_hops_are_marked(void **state)
{
    g_auto(town) t = {.builder = kith_builder_new()};

    (void)state;
    put(&t, KITH_MET, mention(&t, "Ann"), mention(&t, "Bob"), 1500);
    assert_int_equal(ask(&t, (asked){"Bob", "Ann", 5, 3, false}), KITH_OK);
    assert_string_equal(cell(&t, "hops_detail", 0, "state").text, "dormant");
    assert_true(has_note(&t, "1 hop of 1 chain is dormant"));
}

static void
who_asks_must_be_known_and_somebody_else(void **state)
{
    g_auto(town) t = {.builder = kith_builder_new()};

    (void)state;
    meet(&t, "Ann", "Bob", 1);
    assert_int_equal(ask(&t, (asked){"Bob", NULL, 5, 3, false}), KITH_ERR_ARGUMENT);
    assert_string_equal(t.err.message, "no owner in these files: say who asks with --from");
    assert_int_equal(ask(&t, (asked){"Bob", "Bob", 5, 3, false}), KITH_ERR_ARGUMENT);
    assert_int_equal(ask(&t, (asked){"Nobody", "Bob", 5, 3, false}), KITH_ERR_ARGUMENT);
}

static void
another_way_in_is_mentioned_and_shown_on_request(void **state)
{
    g_auto(town) t = small_town();

    (void)state;
    meet(&t, "Bo Chen", "Gil Warm", 12);
    meet(&t, "Gil Warm", "Dana Reyes", 12);
    assert_int_equal(ask(&t, (asked){"Dana Reyes", NULL, 2, 3, false}), KITH_OK);
    assert_people(&t, 1, "Pat Lee > Bo Chen > Dana Reyes");
    assert_true(
        has_note(&t, "all chains begin with Bo Chen; the best that does not begins with Cy Ode"));
    assert_int_equal(ask(&t, (asked){"Dana Reyes", NULL, 2, 3, true}), KITH_OK);
    assert_people(&t, 0, "Pat Lee > Bo Chen > Gil Warm > Dana Reyes");
    assert_people(&t, 1, "Pat Lee > Cy Ode > Dana Reyes");
    assert_true(cell(&t, "paths", 1, "new_introducer").integer);
}

/* Every row follows from the definition: p from warmth and record, the score from p, weakest from p. */
static void
assert_defined(const town *t)
{
    int64_t at = 0;

    for (int64_t i = 0; i < rows(t, "paths"); i++) {
        int64_t hops = cell(t, "paths", i, "hops").integer, weakest = 1;
        double score = 1, smallest = 2;

        for (int64_t h = 1; h <= hops; h++, at++) {
            double p = cell(t, "hops_detail", at, "p").real;

            assert_int_equal(cell(t, "hops_detail", at, "path").integer, i + 1);
            assert_int_equal(cell(t, "hops_detail", at, "hop").integer, h);
            assert_float_equal(p,
                               MIN(0.95, (0.05 + 0.85 * cell(t, "hops_detail", at, "warmth").real) *
                                             cell(t, "hops_detail", at, "record").real),
                               1e-15);
            assert_true(*cell(t, "hops_detail", at, "evidence").text != '\0');
            weakest = p < smallest ? h : weakest;
            smallest = MIN(p, smallest);
            score *= p;
        }
        assert_true(cell(t, "paths", i, "score").real == score);
        assert_int_equal(cell(t, "paths", i, "weakest").integer, weakest);
        assert_true(i == 0 || score <= cell(t, "paths", i - 1, "score").real * (1 + 1e-11));
    }
    assert_int_equal(at, rows(t, "hops_detail"));
}

/* All chains, by exhaustive search over the same warm ties. */
static void
assert_complete(const town *t, const char *from, const char *to, asked values)
{
    g_autoptr(kith_warm_network) net = NULL;
    g_autofree bool *target = g_new0(bool, kith_graph_nodes(t->graph));
    g_auto(kith_chains) all = {0};
    kith_chain_query q = {.target = target, .k = values.k, .max_hops = values.max_hops};
    kith_chain_hops hops;
    kith_node node = 0;

    assert_int_equal(kith_graph_find(t->graph, to, 0, &node, NULL), KITH_OK);
    target[node] = true;
    assert_int_equal(kith_graph_find(t->graph, from, 0, &node, NULL), KITH_OK);
    q.from = (int32_t)node;
    assert_int_equal(kith_warm_network_new(t->graph, NULL, &net, NULL), KITH_OK);
    q.blocked = net->no_intro;
    hops = kith_warm_hops(net);
    all = oracle_chains(&hops, &q);
    assert_int_equal(rows(t, "paths"), MIN(values.k, all.n));
    for (int64_t i = 0; i < rows(t, "paths"); i++) {
        kith_cell people = cell(t, "paths", i, "people");

        assert_true(cell(t, "paths", i, "score").real == all.at[i].score);
        assert_int_equal(people.integer, all.at[i].hops + 1);
        for (int j = 0; j <= all.at[i].hops; j++)
            assert_string_equal(people.list[j], kith_graph_label(t->graph, all.at[i].node[j]));
    }
}

static void
answers_follow_the_definition_and_miss_no_chain(void **state)
{
    static const kith_tie_kind kinds[] = {KITH_MET,        KITH_KNOWS,    KITH_REFERRED,
                                          KITH_INTRODUCED, KITH_MESSAGED, KITH_FOLLOWS};
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);
    int64_t answered = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        g_auto(town) t = {.builder = kith_builder_new()};
        asked values = {"b", "a", g_rand_int_range(dice, 1, 20), g_rand_int_range(dice, 1, 5),
                        false};
        kith_status status;

        for (int i = g_rand_int_range(dice, 3, 40); i >= 0; i--) {
            char from[2] = {(char)('a' + g_rand_int_range(dice, 0, 8)), '\0'};
            char to[2] = {(char)('a' + g_rand_int_range(dice, 0, 8)), '\0'};

            if (*from != *to)
                put(&t, kinds[g_rand_int_range(dice, 0, G_N_ELEMENTS(kinds))], mention(&t, from),
                    mention(&t, to), g_rand_int_range(dice, -1, 10) * 100);
        }
        kith_builder_flag(t.builder, mention(&t, "c"), KITH_FLAG_NO_INTRO);
        mention(&t, "a");
        mention(&t, "b");
        status = ask(&t, values);
        assert_int_equal(status, rows(&t, "paths") > 0 ? KITH_OK : KITH_ERR_NOT_FOUND);
        assert_defined(&t);
        assert_complete(&t, "a", "b", values);
        answered += status == KITH_OK;
    }
    assert_in_range(answered, 100, 399);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_warmest_chain_comes_first_with_its_evidence),
        cmocka_unit_test(a_firm_is_reached_through_anybody_who_works_there_now),
        cmocka_unit_test(without_a_chain_the_nearest_miss_is_told),
        cmocka_unit_test(people_flagged_no_intro_are_on_no_chain),
        cmocka_unit_test(dormant_hops_are_marked),
        cmocka_unit_test(who_asks_must_be_known_and_somebody_else),
        cmocka_unit_test(another_way_in_is_mentioned_and_shown_on_request),
        cmocka_unit_test(answers_follow_the_definition_and_miss_no_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
