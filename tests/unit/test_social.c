/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The social exports: what each gives, what it is known by, and that strangers' bytes do no harm. */
#include "../support/import.h"
#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <kith/load.h>

static const char *const importers[] = {"activitypub",
                                        "bluesky",
                                        "discord",
                                        "facebook-friends",
                                        "github-followers",
                                        "instagram",
                                        "mastodon-following",
                                        "slack",
                                        "x-archive"};

#define FOLLOWING "window.YTD.following.part0 = "

static void
ids_that_differ_in_the_last_digit_are_two_people(void **state)
{
    struct imported in = import("x-archive", "following.js",
                                FOLLOWING "[{\"following\":{\"accountId\":\"9007199254740992\"}},"
                                          "{\"following\":{\"accountId\":9007199254740993}},"
                                          "{\"following\":{}}]",
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 3);
    assert_string_equal(in.heard, "held 1:0 no accountId\n");
    assert_int_equal(in.records, 3);
    imported_clear(&in);
}

static void
metas_letters_are_put_right_when_they_are_all_bytes(void **state)
{
    struct imported in = import("facebook-friends", "your_friends.json",
                                "{\"friends_v2\":[{\"name\":\"Zo\\u00c3\\u00ab\"},\n"
                                "{\"name\":\"Jos\\u00e9\"},{\"name\":\"\\u0141ukasz\\u00c3\"},\n"
                                "{\"name\":\"\"},{}]}",
                                NULL);

    (void)state;
    assert_non_null(strstr(in.ties, "-> Zoë"));
    assert_non_null(strstr(in.ties, "-> José"));
    assert_non_null(strstr(in.ties, "-> ŁukaszÃ"));
    assert_string_equal(in.heard,
                        "held 3:0 a friend without a name\nheld 3:0 a friend without a name\n");
    imported_clear(&in);
}

static void
instagram_handles_are_found_in_all_eras(void **state)
{
    (void)state;
    assert_ties(
        "instagram", "following.json",
        "{\"relationships_following\":["
        "{\"title\":\"Mai\",\"string_list_data\":[{\"href\":\"https://www.instagram.com/_u/mai\","
        "\"timestamp\":1650000000}]},"
        "{\"title\":\"\",\"string_list_data\":[{\"href\":\"https://www.instagram.com/bo/\"}]}]}",
        NULL,
        "follows me -> https://www.instagram.com/bo by instagram\n"
        "follows me -> https://www.instagram.com/mai on 2022-04-15T05:20:00Z by instagram\n");
}

static void
whom_a_list_belongs_to_is_told_or_asked(void **state)
{
    static const char github[] = "[{\"login\":\"a\",\"id\":1,\"html_url\":\"https://github.com/a\","
                                 "\"type\":\"User\"},\n{\"login\":\"b\",\"id\":2,\"html_url\":"
                                 "\"https://github.com/b\",\"type\":\"Bot\"}]";

    (void)state;
    assert_ties("github-followers", "following.json", github, NULL,
                "follows me -> https://github.com/a by github\n");
    assert_ties("github-followers", "followers.json", github, NULL,
                "follows https://github.com/a -> me by github\n");
    assert_heard("github-followers", "x.json", github, NULL,
                 "warn 1:1 taken for the owner's followers: the file's name says neither followers "
                 "nor following\nheld 2:0 a bot\n");
    assert_ties("activitypub", "x",
                "{\"id\":\"https://x.org/users/a/followers\",\"type\":\"OrderedCollection\","
                "\"orderedItems\":[{\"id\":\"https://y.org/@b\",\"name\":\"Bo\"}]}",
                NULL, "follows Bo -> https://x.org/users/a by fediverse\n");
}

static void
one_page_of_several_is_told(void **state)
{
    (void)state;
    assert_heard(
        "bluesky", "x",
        "{\"subject\":{\"did\":\"did:a\"},\"follows\":[{\"did\":\"did:b\"},{}],\"cursor\":\"x\"}",
        NULL,
        "held 1:0 an account without a did\n"
        "warn 0:0 the list may be incomplete: it is one page and there are more\n");
    assert_heard(
        "activitypub", "x",
        "{\"id\":\"https://x.org/users/a/followers\",\"totalItems\":9,\"orderedItems\":[]}", NULL,
        "warn 0:0 the list may be incomplete: it is one page and there are more\n");
}

static void
mastodon_addresses_are_no_mail(void **state)
{
    struct imported in =
        import("mastodon-following", "x.csv",
               "Account address,Show boosts\nAnn@x.org,true\n@ann@X.org,true\nnobody,true\n", NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    assert_string_equal(in.heard, "held 4:1 'nobody' is no account address\n");
    imported_clear(&in);
}

static void
slack_days_are_answers_mentions_and_reactions(void **state)
{
    static const char day[] =
        "[{\"type\":\"message\",\"user\":\"U1\",\"user_profile\":{\"real_name\":\"Ann\"},\"text\":"
        "\"<@U2> <@U2|bo> <@U1> <@ <@U3\",\"ts\":\"1710493200.0001\"},\n"
        "{\"type\":\"message\",\"user\":\"U2\",\"user_profile\":{\"real_name\":\"Bo\"},"
        "\"thread_ts\":\"1710493200.0001\",\"ts\":\"1710493260.0002\",\"text\":\"secret\","
        "\"reactions\":[{\"users\":[\"U1\",\"U2\"]}]},\n"
        "{\"type\":\"message\",\"subtype\":\"bot_message\",\"ts\":\"1\"},\n"
        "{\"type\":\"message\",\"subtype\":\"channel_leave\",\"user\":\"U4\",\"ts\":\"1710493260\"}"
        ",\n"
        "7]";
    struct imported in = import("slack", "export.zip!general/2024-03-15.json", day, NULL);

    (void)state;
    assert_string_equal(in.ties, "messaged Ann -> Bo on 2024-03-15T09:00:00Z by slack as mention\n"
                                 "messaged Ann -> Bo on 2024-03-15T09:01:00Z by slack as reaction\n"
                                 "messaged Bo -> Ann on 2024-03-15T09:01:00Z by slack as reply\n"
                                 "member_of Ann -> #general on 2024-03-15T09:00:00Z by slack\n"
                                 "member_of Bo -> #general on 2024-03-15T09:01:00Z by slack\n");
    assert_string_equal(in.heard, "held 3:0 by a bot\nheld 0:0 a message without an author\n");
    imported_clear(&in);
}

static void
slack_channels_and_members_meet_in_their_ids(void **state)
{
    static const char users[] = "[{\"id\":\"U1\",\"team_id\":\"T\",\"name\":\"ann\",\"profile\":"
                                "{\"real_name\":\"Ann Lee\",\"email\":\"ann@x.org\"}}]";
    struct imported in = import("slack", "users.json", users, NULL);

    (void)state;
    assert_string_equal(kith_graph_label(in.graph, 0), "Ann Lee");
    imported_clear(&in);
    assert_ties("slack", "channels.json",
                "[{\"id\":\"C1\",\"name\":\"gala\",\"created\":\"1\",\"members\":[\"U1\",7,\"\"]}]",
                NULL, "member_of slack:U1 -> #gala by slack\n");
}

static void
discord_replies_need_their_question_in_the_file(void **state)
{
    (void)state;
    assert_ties("discord", "x",
                "{\"guild\":{\"name\":\"Circle\"},\"channel\":{\"id\":\"1\",\"name\":\"gala\"},"
                "\"messages\":["
                "{\"id\":\"1\",\"type\":\"Default\",\"author\":{\"id\":\"8\",\"name\":\"Ann\"}},"
                "{\"id\":\"2\",\"type\":\"Reply\",\"author\":{\"id\":\"9\",\"name\":\"Bo\"},"
                "\"reference\":{\"messageId\":\"1\"}},"
                "{\"id\":\"3\",\"type\":\"Reply\",\"author\":{\"id\":\"9\",\"name\":\"Bo\"},"
                "\"reference\":{\"messageId\":\"77\"}},"
                "{\"id\":\"4\",\"type\":\"Reply\",\"author\":{\"id\":\"5\",\"isBot\":true}}]}",
                NULL,
                "messaged Bo -> Ann by discord as reply\n"
                "member_of Ann -> Circle #gala by discord\n"
                "member_of Bo -> Circle #gala by discord\n");
}

static void
formats_are_known_by_their_content(void **state)
{
    (void)state;
    assert_string_equal(import_surest("a", FOLLOWING "[]"), "x-archive");
    assert_string_equal(import_surest("a", "{\"friends_v2\":[{\"name\":\"A\"}]}"),
                        "facebook-friends");
    assert_string_equal(import_surest("a", "[{\"title\":\"\",\"media_list_data\":[],"
                                           "\"string_list_data\":[]}]"),
                        "instagram");
    assert_int_equal(import_probe("instagram", "a",
                                  "{\"relationships_blocked_users\":["
                                  "{\"string_list_data\":[]}]}"),
                     0);
    assert_int_equal(import_probe("x-archive", "tweets.js", "window.YTD.tweets.part0 = []"), 0);
    assert_int_equal(import_probe("activitypub", "outbox.json",
                                  "{\"id\":\"outbox.json\",\"type\":\"OrderedCollection\","
                                  "\"orderedItems\":[{\"cc\":[\"https://x/users/a/followers\"]}]}"),
                     0);
    for (size_t i = 0; i < G_N_ELEMENTS(importers); i++) {
        assert_int_equal(import_probe(importers[i], "a", ""), 0);
        assert_int_equal(import_probe(importers[i], "a", "[]"), 0);
        assert_int_equal(import_probe(importers[i], "a", "{\"nodes\":[],\"links\":[]}"), 0);
        assert_int_equal(import_probe(importers[i], "a", "Name,Email\nAnn,ann@x.org\n"), 0);
    }
}

/* None of these is a list of anything; each must be read or refused, and leave a graph. */
static void
strangers_bytes_do_no_harm(void **state)
{
    static const char *const bytes[] = {
        "",
        "[",
        "{",
        "null",
        "[null]",
        "[[]]",
        "[1,\"a\",true,{}]",
        "{\"messages\":[{}]}",
        "{\"messages\":{\"author\":[]}}",
        "{\"friends_v2\":{},\"friends\":[[]]}",
        "[{\"string_list_data\":[[]]}]",
        "[{\"string_list_data\":[{\"href\":\"/////\"}]}]",
        "{\"follows\":[{\"did\":\"\\u0000\"}],\"subject\":[]}",
        "[{\"id\":1e999,\"login\":\"\\ud800\"}]",
        "window.YTD.account.part0 = [{\"account\":{\"accountId\":{}}}]",
        FOLLOWING,
        FOLLOWING "{",
        "{\"id\":\"/following\",\"orderedItems\":[{},[],\"\",\"x\"]}",
        ("[{\"ts\":1e300,\"type\":0,\"user\":\"U\",\"thread_ts\":\"1\",\"reactions\":[{\"users\":7}"
         "]"
         "}]"),
        "[{\"ts\":\"x\",\"type\":0,\"user\":\"U\",\"text\":\"<@<@<@|<@>\"}]",
        "{\"a\":1,\"a\":{\"a\":2}}",
        "Account address,Show boosts\n@,\n@@,\n,\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(importers); i++)
        for (size_t b = 0; b < G_N_ELEMENTS(bytes); b++) {
            struct imported in = import(importers[i], "a/b", bytes[b], NULL);

            assert_true(in.status == KITH_OK || *in.error);
            imported_clear(&in);
        }
}

static void
add_member(struct archive *a, const char *name, const char *text)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, (la_int64_t)strlen(text));
    archive_write_header(a, entry);
    archive_write_data(a, text, strlen(text));
    archive_entry_free(entry);
}

/* The parts of an archive meet in the owner and in the accounts; a part that gives nothing is no loss. */
static void
an_archive_is_read_part_by_part(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("kith-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "twitter.zip", NULL);
    g_autoptr(kith_builder) builder = kith_builder_new();
    g_autoptr(kith_graph) graph = NULL;
    kith_build_options build = {.as_of = KITH_TIME_NONE, .today = INT64_C(1795392000)};
    kith_load_options options = {0};
    struct archive *a = archive_write_new();

    (void)state;
    archive_write_set_format_zip(a);
    assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
    add_member(a, "data/following.js", FOLLOWING "[{\"following\":{\"accountId\":\"5\"}}]");
    add_member(a, "data/follower.js",
               "window.YTD.follower.part0 = [{\"follower\":{\"accountId\":\"5\"}}]");
    add_member(a, "data/follower-part1.js", "window.YTD.follower.part1 = [ ]");
    add_member(a, "data/account.js",
               "window.YTD.account.part0 = [{\"account\":{\"accountId\":\"1\","
               "\"accountDisplayName\":\"Marta\"}}]");
    add_member(a, "data/tweets.js", "window.YTD.tweets.part0 = [ ]");
    archive_write_close(a);
    archive_write_free(a);
    assert_int_equal(kith_load(path, &options, builder, NULL), KITH_OK);
    assert_int_equal(kith_builder_build(builder, &build, &graph, NULL), KITH_OK);
    assert_int_equal(kith_graph_count(graph, KITH_PERSON), 2);
    assert_int_equal(kith_graph_distinct(graph, KITH_FOLLOWS), 2);
    g_unlink(path);
    g_rmdir(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_that_differ_in_the_last_digit_are_two_people),
        cmocka_unit_test(metas_letters_are_put_right_when_they_are_all_bytes),
        cmocka_unit_test(instagram_handles_are_found_in_all_eras),
        cmocka_unit_test(whom_a_list_belongs_to_is_told_or_asked),
        cmocka_unit_test(one_page_of_several_is_told),
        cmocka_unit_test(mastodon_addresses_are_no_mail),
        cmocka_unit_test(slack_days_are_answers_mentions_and_reactions),
        cmocka_unit_test(slack_channels_and_members_meet_in_their_ids),
        cmocka_unit_test(discord_replies_need_their_question_in_the_file),
        cmocka_unit_test(formats_are_known_by_their_content),
        cmocka_unit_test(strangers_bytes_do_no_harm),
        cmocka_unit_test(an_archive_is_read_part_by_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
