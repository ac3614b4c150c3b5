/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/base.h"
#include "base/sha256.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
sha256_is_glibs_for_any_length_however_it_is_cut(void **state)
{
    uint8_t bytes[700];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 37 + i / 7);
    for (size_t n = 0; n < sizeof bytes; n++) {
        g_autofree char *expected = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, n);
        kith_sha256 *sha = kith_sha256_new();

        for (size_t at = 0, part; at < n; at += part) {
            part = MIN(n - at, 1 + (at * 13 + n) % 150);
            kith_sha256_update(sha, bytes + at, part);
        }
        assert_string_equal(kith_sha256_hex(sha), expected);
        assert_string_equal(kith_sha256_hex(sha), expected);
        kith_sha256_free(sha);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_glibs_for_any_length_however_it_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
