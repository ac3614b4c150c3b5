/* SPDX-License-Identifier: GPL-3.0-or-later */
/* analyser.h - what clang-tidy cannot see from another file: a function that tells a failure returns one. */
#include <kith/error.h>
#include <kith/source.h>

#define kith_fail(err, status, ...) ((void)(kith_fail)((err), (status), __VA_ARGS__), (status))
#define kith_fail_at(err, status, ...)                                                             \
    ((void)(kith_fail_at)((err), (status), __VA_ARGS__), (status))
#define kith_source_fail(source, ...)                                                              \
    ((void)(kith_source_fail)((source), __VA_ARGS__), KITH_ERR_PARSE)
