/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_icalendar.c - calendars: who met when, through every trap that recurrences and time zones set. */
#include "support/import.h"

#define EVENT(lines) "BEGIN:VEVENT\n" lines "END:VEVENT\n"
#define CALENDAR(lines) "BEGIN:VCALENDAR\nVERSION:2.0\n" lines "END:VCALENDAR\n"
#define ANN "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:mailto:ann@x.test\n"
#define BOB "ATTENDEE;PARTSTAT=DECLINED;CN=Bob:MAILTO:BOB@x.test\n"
#define LONDON                                                                                     \
    "BEGIN:VTIMEZONE\nTZID:Mine\n"                                                                 \
    "BEGIN:DAYLIGHT\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nDTSTART:19700329T010000\n"              \
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n"                                       \
    "BEGIN:STANDARD\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nDTSTART:19701025T020000\n"              \
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE\n"

static void
reads(const char *text, const char *heard, const char *ties)
{
    struct imported in = import("icalendar", "c.ics", text, NULL);

    assert_string_equal(in.error, "");
    assert_string_equal(in.heard, heard);
    assert_string_equal(in.ties, ties);
    imported_clear(&in);
}

/* How many facts a calendar makes, and what is heard of it. */
static int64_t
counts(const char *text, const char *heard)
{
    struct imported in = import("icalendar", "c.ics", text, NULL);
    int64_t n = kith_graph_ties(in.graph) + kith_graph_hidden(in.graph);

    assert_string_equal(in.error, "");
    assert_string_equal(in.heard, heard);
    imported_clear(&in);
    return n;
}

/* The series' occurrences as days, for rules and dates. */
static void
falls_on(const char *when, const char *expected)
{
    g_autofree char *text =
        g_strconcat("BEGIN:VCALENDAR\n" LONDON "BEGIN:VEVENT\nUID:s\nSUMMARY:S\n" ANN, when,
                    "END:VEVENT\nEND:VCALENDAR\n", NULL);
    struct imported in = import("icalendar", "c.ics", text, NULL);
    g_autoptr(GString) days = g_string_new(NULL);

    for (int64_t i = 0; i < kith_graph_ties(in.graph); i++) {
        char day[32];
        kith_tie tie;

        kith_graph_tie(in.graph, i, &tie);
        g_string_append_printf(days, "%s%s", i ? " " : "",
                               kith_time_text(tie.when, tie.precision, day));
    }
    assert_string_equal(in.heard, "");
    assert_string_equal(days->str, expected);
    imported_clear(&in);
}

static void
guests_attended_hosted_or_were_only_invited(void **state)
{
    (void)state;
    reads(
        CALENDAR(EVENT(
            "UID:1\nSUMMARY:Lunch\nDTSTART:20240214T120000Z\n" ANN BOB
            "ATTENDEE;CN=Cy:mailto:cy@x.test\nATTENDEE;PARTSTAT=TENTATIVE;CN=Di:mailto:di@x.test\n"
            "ATTENDEE;PARTSTAT=ACCEPTED;ROLE=NON-PARTICIPANT;CN=Ed:mailto:ed@x.test\n"
            "ORGANIZER;CN=\"Fox, Flo\":MAILTO:FLO@X.TEST\n")),
        "",
        "attended Ann -> Lunch on 2024-02-14T12:00:00Z (attended)\n"
        "attended Bob -> Lunch on 2024-02-14T12:00:00Z (invited)\n"
        "attended Cy -> Lunch on 2024-02-14T12:00:00Z (invited)\n"
        "attended Di -> Lunch on 2024-02-14T12:00:00Z (invited)\n"
        "attended Ed -> Lunch on 2024-02-14T12:00:00Z (invited)\n"
        "attended Flo Fox -> Lunch on 2024-02-14T12:00:00Z (hosted)\n");
    /* The organiser's own answer counts, and nobody is there twice. */
    reads(CALENDAR(EVENT("UID:1\nSUMMARY:Lunch\nDTSTART:20240214T120000Z\n"
                         "ORGANIZER;CN=A:mailto:Ann@x.test\n" ANN ANN)),
          "", "attended Ann -> Lunch on 2024-02-14T12:00:00Z (attended)\n");
}

static void
rooms_and_offices_are_no_people(void **state)
{
    struct imported in =
        import("icalendar", "c.ics",
               CALENDAR(EVENT("UID:1\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20240214\n" ANN
                              "ATTENDEE;CUTYPE=ROOM;CN=Quay:mailto:quay@x.test\n"
                              "ATTENDEE;CUTYPE=RESOURCE:conf_big@x.test\n"
                              "ATTENDEE:mailto:r1@resource.calendar.google.com\n"
                              "ORGANIZER;CN=The Circle:mailto:info@circle.test\n")),
               NULL);
    kith_node fair;

    (void)state;
    assert_string_equal(in.ties, "attended Ann -> Fair on 2024-02-14 (attended)\n");
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 1);
    assert_int_equal(kith_graph_count(in.graph, KITH_ORGANISATION), 1);
    assert_int_equal(kith_graph_find(in.graph, "Fair", 0, &fair, NULL), KITH_OK);
    assert_string_equal(kith_graph_attribute(in.graph, fair, "organiser"), "The Circle");
    imported_clear(&in);
    reads(CALENDAR(EVENT("DTSTART:20240214T120000Z\nORGANIZER;CN=C:mailto:info@c.test\n")),
          "held 3:1 no people\n", "");
}

static void
entries_without_people_and_cancelled_ones_are_held_back(void **state)
{
    (void)state;
    reads(CALENDAR(EVENT("DTSTART;VALUE=DATE:20240401\nSUMMARY:Closed\n") EVENT(
              "STATUS:CANCELLED\nDTSTART:20240214T120000Z\n" ANN) "BEGIN:VTODO\nSUMMARY:x\nEND:"
                                                                  "VTODO\n"),
          "held 12:1 a VTODO is no meeting\nheld 3:1 no people\nheld 7:1 cancelled\n", "");
    reads("BEGIN:VCALENDAR\nMETHOD:CANCEL\n" EVENT(
              "DTSTART:20240214T120000Z\n" ANN) "END:VCALENDAR\n",
          "held 3:1 cancelled\n", "");
}

static void
rules_are_expanded_on_the_wall_clock(void **state)
{
    (void)state;
    /* 09:30 stays 09:30 when summer time begins on 31 March. */
    falls_on("DTSTART;TZID=Mine:20240325T093000\nRRULE:FREQ=WEEKLY;COUNT=3\n",
             "2024-03-25T09:30:00Z 2024-04-01T08:30:00Z 2024-04-08T08:30:00Z");
    falls_on("DTSTART;TZID=Europe/London:20240325T093000\nRRULE:FREQ=WEEKLY;COUNT=2\n",
             "2024-03-25T09:30:00Z 2024-04-01T08:30:00Z");
    falls_on("DTSTART;VALUE=DATE:20240129\nRRULE:FREQ=DAILY;COUNT=3\n",
             "2024-01-29 2024-01-30 2024-01-31");
    /* UNTIL is in UTC: the last one is within it by the clock of the zone. */
    falls_on("DTSTART;TZID=Mine:20240701T093000\nRRULE:FREQ=DAILY;UNTIL=20240703T083000Z\n",
             "2024-07-01T08:30:00Z 2024-07-02T08:30:00Z 2024-07-03T08:30:00Z");
    falls_on("DTSTART:20240701T093000Z\nRRULE:FREQ=DAILY;UNTIL=20240702\n",
             "2024-07-01T09:30:00Z 2024-07-02T09:30:00Z");
}

static void
dates_are_left_out_and_added(void **state)
{
    (void)state;
    falls_on("DTSTART;TZID=Mine:20240701T093000\nRRULE:FREQ=DAILY;COUNT=4\n"
             "EXDATE;TZID=Mine:20240702T093000\nEXDATE:20240703T083000Z\n",
             "2024-07-01T08:30:00Z 2024-07-04T08:30:00Z");
    falls_on("DTSTART;TZID=Mine:20240701T093000\nRRULE:FREQ=DAILY;COUNT=2\n"
             "EXDATE;VALUE=DATE:20240701\n",
             "2024-07-02T08:30:00Z");
    falls_on("DTSTART:20240701T093000Z\nRDATE:20240705T093000Z,20240701T093000Z\n"
             "RDATE;VALUE=PERIOD:20240706T093000Z/PT1H\n",
             "2024-07-01T09:30:00Z 2024-07-05T09:30:00Z 2024-07-06T09:30:00Z");
    reads(CALENDAR(EVENT("DTSTART:20240701T093000Z\nEXDATE:20240701T093000Z\n" ANN)),
          "held 3:1 every occurrence is left out\n", "");
}

static void
a_moved_occurrence_replaces_one_with_its_own_guests(void **state)
{
    (void)state;
    reads(
        CALENDAR(EVENT("UID:s\nSUMMARY:S\nDTSTART:20240101T090000Z\nRRULE:FREQ=DAILY;COUNT=3\n" ANN)
                     EVENT("UID:s\nSUMMARY:S moved\nRECURRENCE-ID:20240102T090000Z\n"
                           "DTSTART:20240105T140000Z\n" ANN BOB)
                         EVENT("UID:s\nRECURRENCE-ID:20240103T090000Z\nSTATUS:CANCELLED\n" ANN)),
        "held 18:1 a cancelled occurrence\n",
        "attended Ann -> S on 2024-01-01T09:00:00Z (attended)\n"
        "attended Ann -> S on 2024-01-05T14:00:00Z (attended)\n"
        "attended Bob -> S on 2024-01-05T14:00:00Z (invited)\n");
    /* Alone in the file, a moved occurrence is the event. */
    reads(CALENDAR(EVENT("UID:s\nSUMMARY:S\nRECURRENCE-ID:20240102T090000Z\n" ANN)), "",
          "attended Ann -> S on 2024-01-02T09:00:00Z (attended)\n");
    reads(CALENDAR(EVENT("UID:s\nSTATUS:CANCELLED\nDTSTART:20240101T090000Z\n" ANN)
                       EVENT("UID:s\nRECURRENCE-ID:20240102T090000Z\n" ANN)),
          "held 3:1 cancelled\nheld 9:1 cancelled with its series\n", "");
}

static void
the_newest_version_of_an_entry_counts(void **state)
{
    (void)state;
    reads(CALENDAR(
              EVENT("UID:s\nSUMMARY:New\nSEQUENCE:2\nDTSTART:20240101T090000Z\n" ANN)
                  EVENT("UID:s\nSUMMARY:Old\nSEQUENCE:1\nDTSTART:20240101T080000Z\n" BOB) EVENT(
                      "UID:t\nSUMMARY:T\nDTSTART:20240301\nDTSTAMP:20240101T000000Z\n" ANN)
                      EVENT("UID:t\nSUMMARY:T\nDTSTART:20240302\nDTSTAMP:20240102T000000Z\n" ANN)),
          "held 10:1 another version of the event of line 3\n"
          "held 17:1 another version of the event of line 24\n",
          "attended Ann -> New on 2024-01-01T09:00:00Z (attended)\n"
          "attended Ann -> T on 2024-03-02 (attended)\n");
    /* A reply knows one guest; the request before it knows them all. */
    reads(
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\n" EVENT(
            "UID:s\nSUMMARY:S\nDTSTART:20240101\n" ANN
                BOB) "END:VCALENDAR\nBEGIN:VCALENDAR\nMETHOD:REPLY\n" EVENT("UID:s\nSEQUENCE:"
                                                                            "9\nDTSTART:"
                                                                            "20240101\n" ANN) "END:"
                                                                                              "VCAL"
                                                                                              "ENDA"
                                                                                              "R\n",
        "held 13:1 another version of the event of line 3\n",
        "attended Ann -> S on 2024-01-01 (attended)\nattended Bob -> S on 2024-01-01 (invited)\n");
}

static void
endless_rules_end_by_the_stamps_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(
        counts(CALENDAR(EVENT("UID:s\nDTSTART:20200101T090000Z\nRRULE:FREQ=YEARLY\n" ANN)), ""), 3);
    assert_int_equal(counts(CALENDAR(EVENT("UID:s\nDTSTART:20200101T090000Z\nRRULE:FREQ=YEARLY\n"
                                           "DTSTAMP:20240601T000000Z\n" ANN)),
                            ""),
                     6);
    assert_int_equal(counts(CALENDAR(EVENT("UID:s\nDTSTART:20000101T090000Z\nRRULE:FREQ=YEARLY\n"
                                           "DTSTAMP:20240601T000000Z\n" ANN)),
                            "warn 3:1 only 10 occurrences of this event are read (expected at most "
                            "10000 in 10 years)\n"),
                     10);
}

static void
no_rule_runs_away(void **state)
{
    static const char *const rules[] = {"FREQ=SECONDLY",
                                        "FREQ=MINUTELY;COUNT=5",
                                        "FREQ=DAILY;INTERVAL=0",
                                        "FREQ=NEVER",
                                        "",
                                        "RSCALE=CHINESE;FREQ=YEARLY"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autofree char *text = g_strdup_printf(
            CALENDAR("BEGIN:VEVENT\nUID:s\nDTSTART;VALUE=DATE:20240101\nRRULE:%s\n" ANN
                     "END:VEVENT\n"),
            rules[i]);
        g_autofree char *heard = g_strdup_printf(
            "warn 3:1 bad RRULE '%s' (expected one that repeats daily or less often)\n", rules[i]);

        assert_int_equal(counts(text, heard), 1);
    }
    assert_int_equal(
        counts(CALENDAR(EVENT("DTSTART:20240101T000000Z\nRRULE:FREQ=DAILY;BYHOUR=1,3,5,7;COUNT="
                              "2147483647\n" ANN)),
               "warn 3:1 only 10000 occurrences of this event are read (expected at most "
               "10000 in 10 years)\n"),
        10000);
    assert_int_equal(counts(CALENDAR(EVENT("DTSTART:20240101T000000Z\n"
                                           "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n" ANN)),
                            ""),
                     1);
    assert_int_equal(
        counts(CALENDAR(EVENT("DTSTART:99990101T000000Z\nRRULE:FREQ=DAILY\n" ANN)), ""), 1);
    assert_int_equal(
        counts(CALENDAR(EVENT("DTSTART:00010101T000000Z\nRRULE:FREQ=DAILY;COUNT=2\n" ANN)), ""), 2);
}

static void
thousands_of_guests_times_occurrences_have_a_limit(void **state)
{
    g_autoptr(GString) text =
        g_string_new("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240101T000000Z\n"
                     "RRULE:FREQ=DAILY;COUNT=1000\n");

    (void)state;
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(text, "ATTENDEE:mailto:g%d@x.test\n", i);
    g_string_append(text, "END:VEVENT\nEND:VCALENDAR\n");
    assert_int_equal(counts(text->str,
                            "warn 2:1 only 200 of 1000 occurrences of this event with 1000 "
                            "guests are read\n"),
                     200000);
}

static void
zones_are_the_files_then_the_systems_then_told(void **state)
{
    (void)state;
    falls_on("DTSTART;TZID=W. Europe Standard Time:20240701T093000\n", "2024-07-01T07:30:00Z");
    falls_on("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20240701T093000\n",
             "2024-07-01T07:30:00Z");
    falls_on("DTSTART:20240701T093000\n", "2024-07-01T09:30:00Z");
    reads(
        CALENDAR("X-WR-TIMEZONE:Europe/Paris\n" EVENT("SUMMARY:S\nDTSTART:20240701T093000\n" ANN)),
        "", "attended Ann -> S on 2024-07-01T07:30:00Z (attended)\n");
    reads(CALENDAR(EVENT("SUMMARY:S\nDTSTART;TZID=../../etc/passwd:20240701T093000\n" ANN)
                       EVENT("SUMMARY:S\nDTSTART;TZID=../../etc/passwd:20240702T093000\n" ANN)),
          "warn 3:1 unknown time zone '../../etc/passwd' read as UTC\n",
          "attended Ann -> S on 2024-07-01T09:30:00Z (attended)\n"
          "attended Ann -> S on 2024-07-02T09:30:00Z (attended)\n");
}

static void
a_zone_that_comes_after_the_event_still_counts(void **state)
{
    (void)state;
    reads(CALENDAR(EVENT("SUMMARY:S\nDTSTART;TZID=Mine:20240701T093000\n" ANN) LONDON), "",
          "attended Ann -> S on 2024-07-01T08:30:00Z (attended)\n");
}

static void
a_place_tells_how_people_met(void **state)
{
    static const char *const lines[][2] = {
        {"LOCATION:Quay Room", " by in-person"},
        {"LOCATION:Quay\nDESCRIPTION:join https://us02web.zoom.us/j/1", " by video"},
        {"X-GOOGLE-CONFERENCE:https://meet.google.com/a", " by video"},
        {"LOCATION:Microsoft Teams Meeting", " by video"},
        {"URL:tel:+44", " by phone"},
        {"DESCRIPTION:the teams of the fair", ""}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *text = g_strdup_printf(
            CALENDAR("BEGIN:VEVENT\nSUMMARY:S\n%s\nDTSTART:20240101\n" ANN "END:VEVENT\n"),
            lines[i][0]);
        g_autofree char *ties =
            g_strdup_printf("attended Ann -> S on 2024-01-01 (attended)%s\n", lines[i][1]);

        reads(text, "", ties);
    }
}

static void
a_calendar_named_after_an_address_has_an_owner(void **state)
{
    struct imported in =
        import("icalendar", "c.ics",
               CALENDAR("X-WR-CALNAME:ANN@x.test\n" EVENT("DTSTART:20240101\n" ANN BOB)), NULL);

    (void)state;
    assert_string_equal(kith_graph_label(in.graph, kith_graph_owner(in.graph)), "Ann");
    imported_clear(&in);
    in = import("icalendar", "c.ics",
                CALENDAR("X-WR-CALNAME:Ann\n" EVENT("DTSTART:20240101\n" ANN)), NULL);
    assert_int_equal(kith_graph_owner(in.graph), -1);
    imported_clear(&in);
}

static void
guests_without_a_mailbox_are_told_apart_by_name(void **state)
{
    (void)state;
    reads(CALENDAR(EVENT("SUMMARY:S\nDTSTART:20240101\nATTENDEE;CN=Ann:invalid:nomail\n"
                         "ATTENDEE;CN=Bob;EMAIL=bob@x.test:urn:uuid:1\nATTENDEE:/principals/1/\n"
                         "ATTENDEE;CN=cy@x.test:mailto:cy@x.test\n")),
          "warn 8:10 an ATTENDEE without an address or name\n",
          "attended Ann -> S on 2024-01-01 (invited)\nattended Bob -> S on 2024-01-01 (invited)\n"
          "attended cy@x.test -> S on 2024-01-01 (invited)\n");
}

static void
a_shared_mailbox_stays_two_people(void **state)
{
    struct imported in =
        import("icalendar", "c.ics",
               CALENDAR(EVENT("DTSTART:20240101\nATTENDEE;CN=Zoe Hart:mailto:hart@x.test\n")
                            EVENT("DTSTART:20240102\nATTENDEE;CN=Tom Hart:mailto:hart@x.test\n")),
               NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_PERSON), 2);
    imported_clear(&in);
}

static void
bad_dates_say_where(void **state)
{
    (void)state;
    reads(CALENDAR(EVENT("DTSTART;TZID=\n  Mine:20241301T000000\n" ANN)
                       EVENT("SUMMARY:S\nDTSTART:20240101\nEXDATE:20240105,2024-13-06\n" ANN) EVENT(
                           "SUMMARY:U\n" ANN) EVENT("RECURRENCE-ID:soon\nDTSTART:20240101\n" ANN)),
          "held 5:8 bad DTSTART '20241301T000000' (expected 20240131 or 20240131T093000Z)\n"
          "warn 11:17 bad EXDATE '2024-13-06' (expected 20240131 or 20240131T093000Z)\n"
          "warn 14:1 an event without DTSTART: its date is unknown\n"
          "held 19:15 bad RECURRENCE-ID 'soon' (expected 20240131 or 20240131T093000Z)\n",
          "attended Ann -> S on 2024-01-01 (attended)\nattended Ann -> U (attended)\n");
}

static void
a_file_that_is_cut_off_keeps_its_finished_entries(void **state)
{
    (void)state;
    reads("BEGIN:VCALENDAR\n" EVENT(
              "SUMMARY:S\nDTSTART:20240101\n" ANN) "BEGIN:VEVENT\nDTSTART:20240102\nATTEN",
          "warn 9:1 found 'ATTEN' (expected NAME:value)\n"
          "held 7:1 the file ends within this event (expected END:VEVENT)\n"
          "warn 9:1 the file ends here (expected END:VEVENT)\n",
          "attended Ann -> S on 2024-01-01 (attended)\n");
}

static void
components_that_do_not_match_are_told(void **state)
{
    (void)state;
    reads(CALENDAR("BEGIN:VEVENT\nDTSTART:20240101\n" ANN) "END:VEVENT\nSUMMARY:x\n",
          "warn 6:1 found END:VCALENDAR (expected END:VEVENT)\n"
          "held 3:1 its calendar ends within this event (expected END:VEVENT)\n"
          "warn 7:1 found END:VEVENT (expected BEGIN:VCALENDAR)\n"
          "warn 8:1 found SUMMARY outside a calendar (expected BEGIN:VCALENDAR)\n",
          "");
    reads(CALENDAR("BEGIN:VEVENT\nDTSTART:20240101\n" EVENT(
              "SUMMARY:S\nDTSTART:20240102\n" ANN) "END:VEVENT\n"),
          "held 3:1 another event begins within this event (expected END:VEVENT)\n",
          "attended Ann -> S on 2024-01-02 (attended)\n");
    /* An alarm's own guests are not the event's. */
    reads(CALENDAR(EVENT("SUMMARY:S\nDTSTART:20240102\n" ANN "BEGIN:VALARM\nACTION:EMAIL\n" BOB
                         "END:VALARM\n")),
          "", "attended Ann -> S on 2024-01-02 (attended)\n");
}

static void
nesting_and_lines_have_limits(void **state)
{
    g_autoptr(GString) deep = g_string_new(NULL),
                       wide = g_string_new("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:");
    struct imported in;

    (void)state;
    for (int i = 0; i < 17; i++)
        g_string_append(deep, "BEGIN:X\n");
    in = import("icalendar", "c.ics", deep->str, NULL);
    assert_string_equal(in.error, "c.ics:17:1: components nested more than 16 deep");
    imported_clear(&in);
    for (int i = 0; i < 1200; i++)
        g_string_append(wide, "sixty bytes of words that say nothing about anybody at all\n  ");
    g_string_append(wide, "\nSUMMARY:S\nDTSTART:20240102\n" ANN "END:VEVENT\nEND:VCALENDAR\n");
    reads(wide->str, "warn 3:1 left out a line of more than 65536 bytes\n",
          "attended Ann -> S on 2024-01-02 (attended)\n");
}

static void
an_event_is_one_node_by_its_uid(void **state)
{
    struct imported in = import("icalendar", "c.ics",
                                CALENDAR(EVENT("UID:1\nSUMMARY:S\nDTSTART:20240102\n" ANN)
                                             EVENT("UID:2\nSUMMARY:S\nDTSTART:20240102\n" ANN)),
                                NULL);

    (void)state;
    assert_int_equal(kith_graph_count(in.graph, KITH_EVENT), 2);
    assert_int_equal(in.records, 2);
    imported_clear(&in);
}

static void
a_calendar_is_known_by_its_first_line(void **state)
{
    (void)state;
    assert_int_equal(import_probe("icalendar", "x", "\xef\xbb\xbf\r\n begin:vcalendar\r\n"), 100);
    assert_int_equal(import_probe("icalendar", "x.ics", "BEGIN:VCARD\n"), 0);
    assert_int_equal(import_probe("icalendar", "x.ics", ""), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guests_attended_hosted_or_were_only_invited),
        cmocka_unit_test(rooms_and_offices_are_no_people),
        cmocka_unit_test(entries_without_people_and_cancelled_ones_are_held_back),
        cmocka_unit_test(rules_are_expanded_on_the_wall_clock),
        cmocka_unit_test(dates_are_left_out_and_added),
        cmocka_unit_test(a_moved_occurrence_replaces_one_with_its_own_guests),
        cmocka_unit_test(the_newest_version_of_an_entry_counts),
        cmocka_unit_test(endless_rules_end_by_the_stamps_of_the_file),
        cmocka_unit_test(no_rule_runs_away),
        cmocka_unit_test(thousands_of_guests_times_occurrences_have_a_limit),
        cmocka_unit_test(zones_are_the_files_then_the_systems_then_told),
        cmocka_unit_test(a_zone_that_comes_after_the_event_still_counts),
        cmocka_unit_test(a_place_tells_how_people_met),
        cmocka_unit_test(a_calendar_named_after_an_address_has_an_owner),
        cmocka_unit_test(guests_without_a_mailbox_are_told_apart_by_name),
        cmocka_unit_test(a_shared_mailbox_stays_two_people),
        cmocka_unit_test(bad_dates_say_where),
        cmocka_unit_test(a_file_that_is_cut_off_keeps_its_finished_entries),
        cmocka_unit_test(components_that_do_not_match_are_told),
        cmocka_unit_test(nesting_and_lines_have_limits),
        cmocka_unit_test(an_event_is_one_node_by_its_uid),
        cmocka_unit_test(a_calendar_is_known_by_its_first_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
