/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_html.c - the page as text: what it lets in, what it says, and names meant to do harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "reports/html/html.h"
#include "support/documents.h"
#include <kith/kith.h>
#include <string.h>

static char *
between(const char *text, const char *from, const char *to)
{
    const char *start = strstr(text, from), *end;

    assert_non_null(start);
    start += strlen(from);
    end = strstr(start, to);
    assert_non_null(end);
    return g_strndup(start, (gsize)(end - start));
}

/* The page without the script at its end, which its build may or may not have. */
static char *
without_script(const char *html)
{
    const char *script = strstr(html, "<script>"), *end = strstr(html, "</body>");

    assert_non_null(end);
    return g_strndup(html, (gsize)((script ? script : end) - html));
}

static char *
sha256_of(const char *text)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = sizeof digest;

    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(sum, digest, &size);
    return g_base64_encode(digest, size);
}

static void
html_lets_in_its_own_script_and_no_other(void **state)
{
    g_autofree char *html = document_print("html", document_paths(), NULL);
    g_autofree char *script = NULL, *named = NULL, *hash = NULL;

    (void)state;
    if (!strstr(html, "<script")) { /* built without Node */
        assert_null(strstr(html, "script-src"));
        return;
    }
    script = between(html, "<script>", "</script>");
    named = between(html, "script-src 'sha256-", "'");
    hash = sha256_of(script);
    assert_string_equal(named, hash);
    assert_null(strstr(strstr(html, "<script") + 1, "<script"));
    assert_null(strstr(script, "http"));
    assert_null(strstr(script, "eval("));
    assert_null(strstr(script, "innerHTML"));
}

static void
html_lets_in_its_own_style_and_nothing_else(void **state)
{
    g_autofree char *whole = document_print("html", document_paths(), NULL);
    g_autofree char *html = without_script(whole);
    g_autofree char *css = between(html, "<style>", "</style>");
    g_autofree char *named = between(html, "style-src 'sha256-", "'");
    g_autofree char *hash = sha256_of(css);

    (void)state;
    assert_string_equal(named, hash);
    assert_non_null(strstr(html, "default-src 'none'"));
    assert_null(strstr(html, " style="));
    assert_null(strstr(html, "http:"));
    assert_null(strstr(html, "https:"));
    assert_null(strstr(css, "url("));
}

static void
html_says_the_answer_in_words(void **state)
{
    g_autofree char *html = document_print("html", document_paths(), NULL);

    (void)state;
    assert_non_null(strstr(
        html, "The warmest way to <b>Dana Reyes</b> is through <b>Bo &lt;Chen&gt;</b> (2 steps, "
              "score 0.41); the weakest link is between <b>Bo &lt;Chen&gt;</b> and <b>Dana "
              "Reyes</b>."));
    assert_non_null(strstr(html, "<em>weakest</em>"));
    assert_non_null(strstr(html, "<h1>Test &amp; &lt;title&gt;</h1>"));
    assert_null(strstr(html, "Bo <Chen>"));
}

static void
html_keeps_a_name_apart_from_the_direction_around_it(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    kith_html_name(out, "\xd9\x85\xd8\xb1 & co");
    kith_html_name(out, "<ascii>");
    assert_string_equal(out->str, "<bdi>\xd9\x85\xd8\xb1 &amp; co</bdi>&lt;ascii&gt;");
}

static void
html_makes_hostile_names_harmless(void **state)
{
    g_autofree char *whole = document_print("html", document_hostile(), NULL);
    g_autofree char *html = without_script(whole);

    (void)state;
    assert_null(strstr(html, "<img"));
    assert_null(strstr(html, "<note>"));
    assert_null(strstr(html, "</script"));
    assert_null(strstr(html, "\xe2\x80\xae"));
    assert_null(strchr(html, '\x1b'));
    assert_non_null(strstr(html, "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
    assert_non_null(strstr(html, "&quot;quoted&quot;, &amp; &#39;so&#39;"));
}

static void
html_says_when_nothing_was_found(void **state)
{
    g_autofree char *html = document_print("html", document_empty(), NULL);
    g_autofree char *none = document_print("html", NULL, NULL);

    (void)state;
    assert_non_null(strstr(html, "nothing found"));
    assert_non_null(strstr(html, "Nobody stands in every way in."));
    assert_non_null(strstr(none, "Nothing was asked."));
}

static void
html_is_the_same_on_every_run(void **state)
{
    kith_graph *graph = document_graph();
    g_autofree char *first = document_print("html", document_mixed(graph), graph);
    g_autofree char *second = document_print("html", document_mixed(graph), graph);

    (void)state;
    assert_string_equal(first, second);
    kith_graph_free(graph);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_lets_in_its_own_style_and_nothing_else),
        cmocka_unit_test(html_lets_in_its_own_script_and_no_other),
        cmocka_unit_test(html_says_the_answer_in_words),
        cmocka_unit_test(html_keeps_a_name_apart_from_the_direction_around_it),
        cmocka_unit_test(html_makes_hostile_names_harmless),
        cmocka_unit_test(html_says_when_nothing_was_found),
        cmocka_unit_test(html_is_the_same_on_every_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
