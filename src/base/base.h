/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base.h - what every private file of kith starts from: GLib, TRY() and cleanup of the public types
 * of this room. */
#ifndef KITH_BASE_BASE_H
#define KITH_BASE_BASE_H

#include <glib.h>
#include <kith/error.h>
#include <kith/report.h>
#include <kith/source.h>
#include <locale.h>

/** Returns the callee's status when it is not KITH_OK. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        kith_status try_status_ = (call);                                                          \
        if (G_UNLIKELY(try_status_ != KITH_OK))                                                    \
            return try_status_;                                                                    \
    } while (0)

/** kith_fail_at() for a va_list. */
kith_status kith_fail_va(kith_error *err, kith_status status, const char *source, int64_t line,
                         int64_t column, const char *format, va_list arguments) KITH_PRINTF(6, 0);

/** What went wrong by errno, in English whatever the locale; static. */
const char *kith_errno_text(int number);

/** The C locale, for uselocale() around printf; lives as long as the process. */
locale_t kith_c_locale(void);

/** vsnprintf() in the C locale that never cuts a UTF-8 character in two. */
void kith_format_va(char *out, size_t size, const char *format, va_list arguments)
    KITH_PRINTF(3, 0);

/** Fails with any status at the source's current place, as kith_source_fail() does with
 * KITH_ERR_PARSE. */
kith_status kith_source_fail_as(kith_source *source, kith_status status, kith_error *err,
                                const char *format, ...) KITH_PRINTF(4, 5);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_source, kith_source_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(kith_sink, kith_sink_free)

#endif
