/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures/ties.h"

#include <kith/builder.h>
#include <kith/graph.h>

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define TODAY (20000 * KITH_DAY)

/* A town under construction: people are letters, events are digits. */
typedef struct town {
    kith_builder *builder;
    kith_graph *graph;
    kith_warm_network *net;
} town;

static void
town_clear(town *t)
{
    kith_warm_network_free(t->net);
    kith_graph_free(t->graph);
    kith_builder_free(t->builder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(town, town_clear)

static town
town_new(void)
{
    return (town){kith_builder_new(), NULL, NULL};
}

static kith_mention
mention(town *t, char who)
{
    char name[2] = {who, '\0'};
    kith_mention m = kith_builder_keyed(t->builder, g_ascii_isdigit(who) ? KITH_EVENT : KITH_PERSON,
                                        KITH_ID_LABEL, name);

    kith_builder_name(t->builder, m, name);
    return m;
}

/* A fact so many days ago; ago < 0 is undated. */
static kith_fact
fact(town *t, kith_tie_kind kind, char from, char to, double ago)
{
    kith_fact f = KITH_FACT_INIT;

    f.kind = kind;
    f.from = mention(t, from);
    f.to = mention(t, to);
    if (ago >= 0) {
        f.when = TODAY - (kith_time)(ago * KITH_DAY);
        f.precision = KITH_PRECISION_SECOND;
    }
    return f;
}

static void
put(town *t, const kith_fact *f)
{
    assert_int_equal(kith_builder_fact(t->builder, f, NULL), KITH_OK);
}

static void
say(town *t, kith_tie_kind kind, char from, char to, double ago, const char *status,
    const char *channel)
{
    kith_fact f = fact(t, kind, from, to, ago);

    f.status = status;
    f.channel = channel;
    put(t, &f);
}

static void
settle(town *t, int64_t max_party)
{
    kith_build_options build = {.as_of = TODAY, .today = TODAY};
    kith_warm_options options = {NULL, max_party};

    assert_int_equal(kith_builder_build(t->builder, &build, &t->graph, NULL), KITH_OK);
    assert_int_equal(kith_warm_network_new(t->graph, &options, &t->net, NULL), KITH_OK);
}

static kith_node
node(const town *t, char who)
{
    char name[2] = {who, '\0'};
    kith_node found = -1;

    assert_int_equal(kith_graph_find(t->graph, name, 0, &found, NULL), KITH_OK);
    return found;
}

static kith_warmth
between(const town *t, char from, char to)
{
    kith_warmth out;

    kith_warm_between(t->net, node(t, from), node(t, to), &out);
    return out;
}

static double
ret(double age)
{
    return 0.75 * exp2(-age / 180) + 0.25 * exp2(-age / 1095);
}

static bool
is_hop(const town *t, char from, char to)
{
    return kith_warm_hop(t->net, node(t, from), node(t, to)) >= 0;
}

static void
meetings_count_by_channel_and_party(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_MET, 'a', 'b', 10, NULL, "in-person");
    say(&t, KITH_MET, 'b', 'a', 20, NULL, "video");
    say(&t, KITH_MET, 'a', 'b', 30, NULL, NULL);
    kith_builder_fact_attribute(t.builder, "party", "4");
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').m, 3 * ret(10) + 2 * ret(20) + ret(30), 1e-12);
    assert_true(between(&t, 'a', 'b').w == between(&t, 'b', 'a').w);
    assert_int_equal(between(&t, 'b', 'a').contacts, 3);
    assert_float_equal(between(&t, 'b', 'a').gap_days, 10, 1e-9);
}

static void
only_those_who_were_there_at_the_same_time_meet_at_an_event(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_ATTENDED, 'a', '1', 10, "attended", NULL);
    say(&t, KITH_ATTENDED, 'a', '1', 10, "hosted", NULL); /* told twice, there once */
    say(&t, KITH_ATTENDED, 'b', '1', 10, NULL, NULL);
    say(&t, KITH_ATTENDED, 'c', '1', 10, "spoke", NULL);
    say(&t, KITH_ATTENDED, 'd', '1', 10, "registered", NULL);
    say(&t, KITH_ATTENDED, 'e', '1', 10, "no-show", NULL);
    say(&t, KITH_ATTENDED, 'f', '1', 17, "attended", NULL);
    say(&t, KITH_ATTENDED, 'f', '2', 17, "attended", NULL);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').m, 3 * ret(10) / 2, 1e-12);
    assert_int_equal(t.net->pairs, 3);
    assert_int_equal(t.net->hops, 6);
    assert_false(is_hop(&t, 'a', 'd') || is_hop(&t, 'a', 'e') || is_hop(&t, 'a', 'f'));
    assert_int_equal(between(&t, 'a', 'c').contacts, 1);
}

static void
large_events_are_no_contact_and_very_large_ones_are_left_out(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    for (char c = 'a'; c < 'a' + 13; c++)
        say(&t, KITH_ATTENDED, c, '1', 5, NULL, NULL);
    for (char c = 'a'; c < 'a' + 15; c++)
        say(&t, KITH_ATTENDED, c, '2', 5, NULL, NULL);
    settle(&t, 14);
    assert_int_equal(t.net->large_events, 1);
    assert_int_equal(t.net->pairs, 13 * 12 / 2);
    assert_float_equal(between(&t, 'a', 'b').m, 3 * ret(5) / 12, 1e-12);
    assert_int_equal(between(&t, 'a', 'b').contacts, 0);
    assert_int_equal(between(&t, 'a', 'b').state, KITH_STATE_UNKNOWN);
}

static void
one_way_mail_is_no_hop_and_answered_mail_is_a_contact(void **state)
{
    g_auto(town) t = town_new();
    kith_fact many = fact(&t, KITH_MESSAGED, 'a', 'b', 3);

    (void)state;
    many.weight = 100;
    put(&t, &many);
    say(&t, KITH_MESSAGED, 'a', 'c', 9, NULL, NULL);
    say(&t, KITH_MESSAGED, 'c', 'a', 4, NULL, NULL);
    settle(&t, 0);
    assert_false(is_hop(&t, 'a', 'b') || is_hop(&t, 'b', 'a'));
    assert_float_equal(between(&t, 'a', 'b').out, 100 * ret(3), 1e-9);
    assert_true(between(&t, 'a', 'b').w == 0 && between(&t, 'a', 'b').contacts == 0);
    assert_float_equal(between(&t, 'c', 'a').out, ret(4), 1e-12);
    assert_float_equal(between(&t, 'c', 'a').x, sqrt(ret(9) * (ret(4) + ret(9)) / 2), 1e-12);
    assert_int_equal(between(&t, 'c', 'a').contacts, 2);
}

static void
favours_count_for_both_sides(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_REFERRED, 'a', 'b', 0, "closed", NULL);
    say(&t, KITH_REFERRED, 'b', 'a', 0, "lost", NULL);
    say(&t, KITH_RECOMMENDED, 'a', 'b', 0, NULL, NULL);
    say(&t, KITH_CONTRIBUTED, 'a', 'b', 0, NULL, NULL);
    say(&t, KITH_INTRODUCED, 'a', 'b', 0, "made", NULL);
    say(&t, KITH_INTRODUCED, 'a', 'b', 0, "declined", NULL);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').v, 6 + 4 + 3 + 2 + 4, 1e-12);
    assert_true(between(&t, 'a', 'b').w == between(&t, 'b', 'a').w);
}

static void
an_introducer_s_record_changes_his_hops_only(void **state)
{
    g_auto(town) t = town_new();
    kith_node a, b;

    (void)state;
    say(&t, KITH_KNOWS, 'a', 'b', -1, NULL, NULL);
    say(&t, KITH_INTRODUCED, 'a', 'c', 300, "declined", NULL);
    say(&t, KITH_INTRODUCED, 'a', 'c', 200, "declined", NULL);
    say(&t, KITH_INTRODUCED, 'a', 'c', 100, "asked", NULL);
    say(&t, KITH_INTRODUCED, 'a', 'c', 50, "agreed", NULL);
    say(&t, KITH_INTRODUCED, 'a', 'c', 5, "asked", NULL);
    settle(&t, 0);
    a = node(&t, 'a');
    b = node(&t, 'b');
    assert_float_equal(kith_warm_record(t.net, a), (3.0 / 8) / 0.5, 1e-12);
    assert_true(t.net->recent[a] == 1);
    assert_float_equal(kith_warm_record(t.net, b), 1, 0);
    assert_float_equal(t.net->p[kith_warm_hop(t.net, b, a)], 0.05 + 0.85 * between(&t, 'b', 'a').w,
                       1e-12);
    assert_float_equal(t.net->p[kith_warm_hop(t.net, a, b)],
                       0.75 * (0.05 + 0.85 * between(&t, 'a', 'b').w), 1e-12);
}

static void
bare_connections_count_once_and_where_they_are_seen(void **state)
{
    g_auto(town) t = town_new();
    kith_fact edge;

    (void)state;
    say(&t, KITH_KNOWS, 'a', 'b', 900, NULL, "linkedin");
    say(&t, KITH_RELATED, 'a', 'b', -1, NULL, NULL);
    say(&t, KITH_FOLLOWS, 'a', 'c', -1, NULL, "x");
    say(&t, KITH_FOLLOWS, 'a', 'd', -1, NULL, "x");
    say(&t, KITH_FOLLOWS, 'd', 'a', -1, NULL, "x");
    say(&t, KITH_TIE, 'a', 'e', -1, NULL, NULL);
    edge = fact(&t, KITH_TIE, 'a', 'f', -1);
    edge.undirected = true;
    put(&t, &edge);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').l, 0.5, 0);
    assert_int_equal(between(&t, 'a', 'b').undated, 0);
    assert_false(is_hop(&t, 'a', 'c') || is_hop(&t, 'c', 'a'));
    assert_true(is_hop(&t, 'a', 'd') && is_hop(&t, 'd', 'a'));
    assert_true(is_hop(&t, 'a', 'e') && !is_hop(&t, 'e', 'a'));
    assert_true(is_hop(&t, 'a', 'f') && is_hop(&t, 'f', 'a'));
}

static void
declared_closeness_counts_for_who_declared_it(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_KNOWS, 'b', 'a', 500, NULL, NULL);
    kith_builder_fact_attribute(t.builder, "closeness", "0.2");
    say(&t, KITH_KNOWS, 'b', 'a', 100, NULL, NULL);
    kith_builder_fact_attribute(t.builder, "closeness", "0.8");
    say(&t, KITH_KNOWS, 'b', 'a', 10, NULL, NULL);
    settle(&t, 0);
    assert_float_equal(between(&t, 'b', 'a').declared, 0.8, 0);
    assert_true(isnan(between(&t, 'a', 'b').declared));
    assert_float_equal(between(&t, 'b', 'a').w, (between(&t, 'a', 'b').w + 0.8) / 2, 1e-15);
}

static void
undated_facts_are_a_year_old_and_marked(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_MET, 'a', 'b', -1, NULL, NULL);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').m, 3 * ret(365), 1e-12);
    assert_int_equal(between(&t, 'a', 'b').undated, 1);
    assert_int_equal(t.net->undated, 1);
    assert_int_equal(between(&t, 'a', 'b').state, KITH_STATE_UNKNOWN);
}

static void
an_undated_attendance_takes_the_time_of_its_event(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_ATTENDED, 'a', '1', -1, NULL, NULL);
    say(&t, KITH_ATTENDED, 'b', '1', -1, NULL, NULL);
    kith_builder_event_time(t.builder, mention(&t, '1'), TODAY - 50 * KITH_DAY, KITH_PRECISION_DAY);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').m, 3 * ret(50), 1e-12);
    assert_int_equal(t.net->undated, 0);
}

static void
facts_later_on_the_last_day_are_new_and_not_negative(void **state)
{
    g_auto(town) t = town_new();
    kith_fact f = fact(&t, KITH_MET, 'a', 'b', 0);

    (void)state;
    f.when = TODAY + KITH_DAY / 2;
    put(&t, &f);
    settle(&t, 0);
    assert_float_equal(between(&t, 'a', 'b').m, 3, 1e-12);
    assert_float_equal(between(&t, 'a', 'b').gap_days, 0, 0);
}

static void
people_flagged_no_intro_are_marked(void **state)
{
    g_auto(town) t = town_new();

    (void)state;
    say(&t, KITH_KNOWS, 'a', 'b', -1, NULL, NULL);
    kith_builder_flag(t.builder, mention(&t, 'b'), KITH_FLAG_NO_INTRO);
    settle(&t, 0);
    assert_true(t.net->no_intro[node(&t, 'b')] && !t.net->no_intro[node(&t, 'a')]);
    assert_int_equal(t.net->no_intro_people, 1);
    assert_true(is_hop(&t, 'a', 'b')); /* the tie is still one */
}

static void
evidence_is_put_into_words(void **state)
{
    g_auto(town) t = town_new();
    g_autofree char *words = NULL, *one = NULL, *none = NULL;

    (void)state;
    say(&t, KITH_MET, 'a', 'b', 40, NULL, NULL);
    say(&t, KITH_MET, 'a', 'b', 10, NULL, NULL);
    say(&t, KITH_KNOWS, 'a', 'b', 900, NULL, "linkedin");
    say(&t, KITH_MESSAGED, 'b', 'a', 20, NULL, NULL);
    say(&t, KITH_MESSAGED, 'a', 'b', 20, NULL, NULL);
    say(&t, KITH_MESSAGED, 'a', 'b', 30, NULL, NULL);
    say(&t, KITH_KNOWS, 'a', 'c', -1, NULL, NULL);
    settle(&t, 0);
    words = kith_warm_words(t.net, node(&t, 'b'), node(&t, 'a'), 3);
    one = kith_warm_words(t.net, node(&t, 'a'), node(&t, 'b'), 1);
    none = kith_warm_words(t.net, node(&t, 'b'), node(&t, 'c'), 3);
    assert_non_null(strstr(words, "met 2 times, last 2024-09-24"));
    assert_non_null(strstr(words, "; 1 messages out, 2 in, last 2024-09-14"));
    assert_non_null(strstr(words, "; connected on linkedin"));
    assert_null(strstr(one, ";"));
    assert_string_equal(none, "");
}

/* Any facts among eight people and three events. */
static void
random_town(GRand *dice, town *t)
{
    static const kith_tie_kind kinds[] = {
        KITH_MET,         KITH_MESSAGED,    KITH_ATTENDED, KITH_REFERRED, KITH_INTRODUCED,
        KITH_RECOMMENDED, KITH_CONTRIBUTED, KITH_KNOWS,    KITH_FOLLOWS,  KITH_TIE};
    int n = g_rand_int_range(dice, 1, 60);

    for (int i = 0; i < n; i++) {
        kith_tie_kind kind = kinds[g_rand_int_range(dice, 0, G_N_ELEMENTS(kinds))];
        char from = (char)('a' + g_rand_int_range(dice, 0, 8));
        char to = (char)(kind == KITH_ATTENDED ? '1' + g_rand_int_range(dice, 0, 3)
                                               : 'a' + g_rand_int_range(dice, 0, 8));
        kith_fact f = fact(t, kind, from, to, g_rand_int_range(dice, -1, 12) * 100);

        if (from == to)
            continue;
        f.weight = g_rand_int_range(dice, 1, 4);
        f.status = kind == KITH_INTRODUCED && g_rand_boolean(dice) ? "made" : NULL;
        f.undirected = kind == KITH_TIE && g_rand_boolean(dice);
        put(t, &f);
        if (kind == KITH_KNOWS && g_rand_boolean(dice))
            kith_builder_fact_attribute(t->builder, "closeness", "0.5");
    }
}

/* Each part as the ledger's lines add up to it. */
static void
assert_ledger(const kith_warm_network *net, kith_node from, kith_node to)
{
    g_autoptr(GArray) rows = kith_warm_ledger(net, from, to);
    double sum[KITH_WARMTH_PARTS] = {0}, out = 0;
    kith_warmth w;

    for (guint i = 0; i < rows->len; i++) {
        const kith_warm_evidence *e = &g_array_index(rows, kith_warm_evidence, i);

        if (e->item.part == KITH_WARMTH_X && e->item.way == KITH_WARMTH_OUT)
            out += e->points;
        else
            sum[e->item.part] += e->points;
    }
    kith_warm_between(net, from, to, &w);
    assert_true(sum[KITH_WARMTH_M] == w.m && sum[KITH_WARMTH_V] == w.v);
    assert_true(sum[KITH_WARMTH_L] == w.l && sum[KITH_WARMTH_X] == w.in && out == w.out);
}

static void
ledgers_add_up_to_the_bit_and_hops_are_what_is_warm(void **state)
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(11);

    (void)state;
    for (int round = 0; round < 400; round++) {
        g_auto(town) t = town_new();
        int64_t hops = 0;

        random_town(dice, &t);
        settle(&t, 0);
        for (kith_node a = 0; a < t.net->nodes; a++)
            for (kith_node b = 0; b < t.net->nodes; b++) {
                int64_t hop = kith_warm_hop(t.net, a, b);
                kith_warmth w;

                kith_warm_between(t.net, a, b, &w);
                assert_int_equal(w.w > 0, hop >= 0);
                assert_ledger(t.net, a, b);
                if (hop < 0)
                    continue;
                hops++;
                assert_true(t.net->w[hop] == w.w && t.net->state[hop] == w.state);
                assert_true(t.net->p[hop] > 0 && t.net->p[hop] <= 0.95);
                assert_true(t.net->pair_of[hop] == kith_warm_pair_of(t.net, b, a));
            }
        assert_int_equal(hops, t.net->hops);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meetings_count_by_channel_and_party),
        cmocka_unit_test(only_those_who_were_there_at_the_same_time_meet_at_an_event),
        cmocka_unit_test(large_events_are_no_contact_and_very_large_ones_are_left_out),
        cmocka_unit_test(one_way_mail_is_no_hop_and_answered_mail_is_a_contact),
        cmocka_unit_test(favours_count_for_both_sides),
        cmocka_unit_test(an_introducer_s_record_changes_his_hops_only),
        cmocka_unit_test(bare_connections_count_once_and_where_they_are_seen),
        cmocka_unit_test(declared_closeness_counts_for_who_declared_it),
        cmocka_unit_test(undated_facts_are_a_year_old_and_marked),
        cmocka_unit_test(an_undated_attendance_takes_the_time_of_its_event),
        cmocka_unit_test(facts_later_on_the_last_day_are_new_and_not_negative),
        cmocka_unit_test(people_flagged_no_intro_are_marked),
        cmocka_unit_test(evidence_is_put_into_words),
        cmocka_unit_test(ledgers_add_up_to_the_bit_and_hops_are_what_is_warm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
