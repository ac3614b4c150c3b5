/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_permissions.c - no path, list or seed ever holds a person who lacks the permission it needs. */
#include <kith/pass.h>

#include "support/share.h"
#include <glib.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "support/small.h"

#define BOOKS share_of(10000)
#define MOST 9
#define TODAY (20000 * KITH_DAY)
#define UNDATED 9999

/* What a person said about being written to: days ago, negative for days to come. */
typedef struct said {
    int ago;
    bool granted;
} said;

/* One random book, and what is true of its people. */
typedef struct book {
    kith_builder *builder;
    kith_graph *graph;
    int n;
    char name[MOST][8];
    bool no_intro[MOST];
    said said[MOST][4];
    int statements[MOST];
} book;

static void
book_clear(book *b)
{
    kith_graph_free(b->graph);
    kith_builder_free(b->builder);
}

static void
tell(book *b, kith_tie_kind kind, int from, int to, int ago)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = small_person(b->builder, b->name[from]);
    f.to = small_person(b->builder, b->name[to]);
    f.when = TODAY - ago * KITH_DAY;
    f.precision = KITH_PRECISION_DAY;
    small_fact(b->builder, &f);
}

static void
tell_consent(book *b, int who, said what)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = KITH_CONSENTS;
    f.from = small_person(b->builder, b->name[who]);
    f.to = small_node(b->builder, KITH_TOPIC, "newsletter");
    f.channel = "email";
    f.status = what.granted ? "granted" : "withdrawn";
    if (what.ago != UNDATED) {
        f.when = TODAY - what.ago * KITH_DAY;
        f.precision = KITH_PRECISION_DAY;
    }
    small_fact(b->builder, &f);
    b->said[who][b->statements[who]++] = what;
}

static void
make_person(GRand *dice, book *b, int i)
{
    g_autofree char *mail = NULL;
    kith_mention who;

    g_snprintf(b->name[i], sizeof b->name[i], "P%d", i);
    who = small_person(b->builder, b->name[i]);
    mail = g_strdup_printf("p%d@example.org", i);
    kith_builder_identify(b->builder, who, KITH_ID_EMAIL, mail);
    if (i == 0)
        kith_builder_flag(b->builder, who, KITH_FLAG_OWNER);
    b->no_intro[i] = i > 0 && g_rand_int_range(dice, 0, 4) == 0;
    if (b->no_intro[i])
        kith_builder_flag(b->builder, who, KITH_FLAG_NO_INTRO);
    for (int s = g_rand_int_range(dice, 0, 4); s > 0; s--)
        tell_consent(b, i,
                     (said){g_rand_int_range(dice, 0, 5) ? g_rand_int_range(dice, -3, 6) : UNDATED,
                            g_rand_boolean(dice)});
}

static void
make(GRand *dice, book *b)
{
    const kith_build_options build = {.as_of = TODAY, .today = TODAY};
    double density = g_rand_double_range(dice, 0.1, 0.7);

    *b = (book){.builder = kith_builder_new(), .n = g_rand_int_range(dice, 3, MOST + 1)};
    for (int i = 0; i < b->n; i++)
        make_person(dice, b, i);
    for (int i = 0; i < b->n; i++)
        for (int j = i + 1; j < b->n; j++)
            if (g_rand_double(dice) < density)
                for (int times = g_rand_int_range(dice, 1, 4); times > 0; times--)
                    tell(b, g_rand_boolean(dice) ? KITH_MET : KITH_KNOWS, i, j,
                         g_rand_int_range(dice, 0, 900));
    assert_int_equal(kith_builder_build(b->builder, &build, &b->graph, NULL), KITH_OK);
}

/*
 * Whether a person may count as having granted: somebody said yes by today, nobody said no on that day or later, and no
 * refusal is without a date.
 */
static bool
may_be_granted(const book *b, int who)
{
    bool yes = false;
    int last_yes = INT_MAX, last_no = INT_MAX;

    for (int s = 0; s < b->statements[who]; s++) {
        said what = b->said[who][s];

        if (what.ago < 0)
            continue;
        if (what.granted)
            yes = true;
        else if (what.ago == UNDATED)
            return false;
        if (what.ago != UNDATED && what.granted)
            last_yes = MIN(last_yes, what.ago);
        if (what.ago != UNDATED && !what.granted)
            last_no = MIN(last_no, what.ago);
    }
    return yes && (last_no == INT_MAX || last_yes < last_no);
}

/* Asks VERB with these settings, NAME VALUE ... NULL. @return yours, or NULL when there is no answer at all */
static kith_answer *
ask_for(const book *b, const char *const *settings)
{
    const char *verb = *settings++;
    const kith_pass *pass = kith_pass_find(verb);
    g_autofree void *values = g_malloc0(pass->options_size + 1);
    kith_question question = {.graph = b->graph, .seed = 1, .threads = 1};
    kith_answer *answer = NULL;
    kith_error err = {0};

    kith_options_init(pass->options, values);
    for (; *settings; settings += 2)
        assert_int_equal(kith_options_set(pass->options, values, settings[0], settings[1], NULL),
                         KITH_OK);
    kith_ask(pass, &question, values, &answer, &err);
    /* With fewer willing people than seeds asked for there is no answer. */
    if (err.status != KITH_OK && err.status != KITH_ERR_NOT_FOUND &&
        !(err.status == KITH_ERR_ARGUMENT && g_str_equal(verb, "seeds")))
        fail_msg("%s: %s", verb, err.message);
    return answer;
}

#define ASK(b, ...) ask_for(b, (const char *const[]){__VA_ARGS__, NULL})

static int
person(const char *label)
{
    return label[1] - '0';
}

/* How many rows name somebody for whom `wrong` holds, in this column; who asks is not asked for. */
static int
count_in(const book *b, const kith_answer *answer, const char *table, const char *column,
         bool owner_too, bool (*wrong)(const book *, int))
{
    const kith_table *t = answer ? kith_answer_find_table(answer, table) : NULL;
    int64_t at = t ? kith_table_find_column(t, column) : -1;
    int found = 0;

    for (int64_t row = 0; at >= 0 && row < kith_table_rows(t); row++) {
        kith_cell cell;

        kith_table_cell(t, row, at, &cell);
        for (int64_t i = 0; cell.list && i < cell.integer; i++)
            found += (i > 0 || owner_too) && wrong(b, person(cell.list[i]));
        if (!cell.list && !cell.missing)
            found += wrong(b, person(cell.text));
    }
    return found;
}

static int64_t
rows_of(const kith_answer *answer, const char *table)
{
    const kith_table *t = answer ? kith_answer_find_table(answer, table) : NULL;

    return t ? kith_table_rows(t) : 0;
}

/* Likewise, and the answer is read for the last time. */
static int
count(const book *b, kith_answer *answer, const char *table, const char *column, bool owner_too,
      bool (*wrong)(const book *, int))
{
    int found = count_in(b, answer, table, column, owner_too, wrong);

    kith_answer_free(answer);
    return found;
}

static bool
is_flagged(const book *b, int who)
{
    return b->no_intro[who];
}

static bool
is_without_consent(const book *b, int who)
{
    return !may_be_granted(b, who);
}

static void
no_chain_or_route_leads_through_whom_nobody_may_introduce(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(4);
    int answers = 0;

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        __attribute__((cleanup(book_clear))) book b;
        const char *to;

        make(dice, &b);
        to = b.name[b.n - 1];
        assert_int_equal(count(&b, ASK(&b, "intro", "to", to, "k", "20", "max_hops", "4"), "paths",
                               "people", false, is_flagged),
                         0);
        assert_int_equal(count(&b, ASK(&b, "intro", "to", to, "diverse", "yes"), "asking", "ask",
                               false, is_flagged),
                         0);
        assert_int_equal(
            count(&b, ASK(&b, "gatekeepers", "to", to), "routes", "people", false, is_flagged), 0);
        assert_int_equal(
            count(&b, ASK(&b, "gatekeepers"), "gatekeepers", "person", false, is_flagged), 0);
        answers++;
    }
    assert_int_equal(answers, BOOKS);
}

/* Every target of every chain, and the people to get to know. */
static void
no_target_is_reached_through_them_either(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(5);
    g_autofree char *path = NULL;
    int handle = g_file_open_tmp("kith-targets-XXXXXX", &path, NULL);
    int64_t reached = 0;

    (void)state;
    assert_true(g_close(handle, NULL));
    assert_true(g_file_set_contents(path, "P1\nP2\nP3\nP4\nP5\nP6\nP7\nP8\n", -1, NULL));
    for (int round = 0; round < BOOKS; round++) {
        __attribute__((cleanup(book_clear))) book b;
        kith_answer *answer;

        make(dice, &b);
        answer = ASK(&b, "reach", "targets", path);
        reached += rows_of(answer, "load");
        assert_int_equal(count_in(&b, answer, "targets", "people", false, is_flagged), 0);
        assert_int_equal(count(&b, answer, "next_ties", "person", false, is_flagged), 0);
    }
    assert_true(reached > BOOKS / 2);
    g_unlink(path);
}

/* The rows of `permissions` that say granted; none when the book knows of nothing yet. */
static int
wrongly_granted(const book *b)
{
    kith_answer *answer = ASK(b, "permissions");
    const kith_table *t = answer ? kith_answer_find_table(answer, "permissions") : NULL;
    int wrong = 0;

    for (int64_t row = 0; t && row < kith_table_rows(t); row++) {
        kith_cell who, status;

        kith_table_cell(t, row, kith_table_find_column(t, "person"), &who);
        kith_table_cell(t, row, kith_table_find_column(t, "status"), &status);
        if (g_str_equal(status.text, "granted"))
            wrong += !may_be_granted(b, person(who.text));
    }
    kith_answer_free(answer);
    return wrong;
}

/* The e-mail addresses shown of people whose last word was no. */
static int
wrongly_shown(const book *b)
{
    kith_answer *answer = ASK(b, "keep-in-touch", "all", "yes");
    const kith_table *t = answer ? kith_answer_find_table(answer, "relationships") : NULL;
    int wrong = 0;

    for (int64_t row = 0; t && row < kith_table_rows(t); row++) {
        kith_cell who, channel;
        bool refused = false;

        kith_table_cell(t, row, kith_table_find_column(t, "person"), &who);
        kith_table_cell(t, row, kith_table_find_column(t, "channel"), &channel);
        for (int s = 0; s < b->statements[person(who.text)]; s++) {
            said what = b->said[person(who.text)][s];

            refused = refused || (!what.granted && what.ago >= 0);
        }
        wrong += refused && !may_be_granted(b, person(who.text)) && !channel.missing &&
                 g_str_has_prefix(channel.text, "email");
    }
    kith_answer_free(answer);
    return wrong;
}

static void
nobody_is_listed_as_willing_or_with_an_address_after_saying_no(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(6);

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        __attribute__((cleanup(book_clear))) book b;

        make(dice, &b);
        assert_int_equal(wrongly_granted(&b), 0);
        assert_int_equal(wrongly_shown(&b), 0);
    }
}

static void
no_seed_is_chosen_without_a_consent(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(7);
    int chosen = 0;

    (void)state;
    for (int round = 0; round < BOOKS; round++) {
        __attribute__((cleanup(book_clear))) book b;
        kith_answer *answer;

        make(dice, &b);
        answer = ASK(&b, "seeds", "k", "1", "permission", "required", "epsilon", "0.5", "runs",
                     "64", "include_owner", "yes");
        chosen += rows_of(answer, "seeds") == 1;
        assert_int_equal(count(&b, answer, "seeds", "person", true, is_without_consent), 0);
    }
    assert_true(chosen > BOOKS / 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_chain_or_route_leads_through_whom_nobody_may_introduce),
        cmocka_unit_test(no_target_is_reached_through_them_either),
        cmocka_unit_test(nobody_is_listed_as_willing_or_with_an_address_after_saying_no),
        cmocka_unit_test(no_seed_is_chosen_without_a_consent),
    };

    /* Forty thousand graphs in the same memory, instead of giving it back after each. */
    mallopt(M_MMAP_THRESHOLD, 1 << 24);
    mallopt(M_TRIM_THRESHOLD, 1 << 26);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
