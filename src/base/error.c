/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error.c - records what went wrong.
 *
 * Messages quote names and cells of files we do not know, so control characters are escaped before
 * they can reach a terminal, and a message that is too long ends between two characters.
 */
#include "base/base.h"
#include "base/text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

locale_t
kith_c_locale(void)
{
    static locale_t c;
    static gsize ready;

    if (g_once_init_enter(&ready)) {
        c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        g_once_init_leave(&ready, 1);
    }
    return c;
}

void
kith_format_va(char *out, size_t size, const char *format, va_list arguments)
{
    locale_t before = uselocale(kith_c_locale());
    int n = vsnprintf(out, size, format, arguments);

    uselocale(before);
    if (n < 0)
        out[0] = '\0';
    else if ((size_t)n >= size)
        out[kith_text_cut(out, size - 1)] = '\0';
}

kith_status
kith_fail_va(kith_error *err, kith_status status, const char *source, int64_t line, int64_t column,
             const char *format, va_list arguments)
{
    char raw[sizeof err->message * 2];

    if (err == NULL || err->status != KITH_OK)
        return status;
    kith_format_va(raw, sizeof raw, format, arguments);
    err->status = status;
    err->line = line;
    err->column = column;
    kith_text_display_into(source != NULL ? source : "", err->source, sizeof err->source);
    kith_text_display_into(raw, err->message, sizeof err->message);
    return status;
}

kith_status
kith_fail(kith_error *err, kith_status status, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, status, NULL, 0, 0, format, arguments);
    va_end(arguments);
    return status;
}

kith_status
kith_fail_at(kith_error *err, kith_status status, const char *source, int64_t line, int64_t column,
             const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kith_fail_va(err, status, source, line, column, format, arguments);
    va_end(arguments);
    return status;
}

int
kith_status_exit_code(kith_status status)
{
    switch (status) {
    case KITH_OK:
        return 0;
    case KITH_ERR_NOT_FOUND:
        return 1;
    case KITH_ERR_ARGUMENT:
        return 2;
    case KITH_ERR_PARSE:
    case KITH_ERR_FORMAT:
    case KITH_ERR_LIMIT:
    case KITH_ERR_UNFINISHED:
        return 3;
    case KITH_ERR_IO:
    case KITH_ERR_STORE:
    case KITH_ERR_NO_MEMORY:
        return 4;
    case KITH_ERR_CANCELLED:
        return 130;
    case KITH_ERR_NUMERIC:
    case KITH_ERR_INTERNAL:
        break;
    }
    return 5;
}

const char *
kith_errno_text(int number)
{
    const char *text = strerrordesc_np(number);

    return text != NULL ? text : "unknown error";
}
