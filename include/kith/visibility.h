/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visibility.h - what is exported, in C and C++. */
#ifndef KITH_VISIBILITY_H
#define KITH_VISIBILITY_H

#if defined(__GNUC__)
#define KITH_API __attribute__((visibility("default")))
#define KITH_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#else
#define KITH_API
#define KITH_PRINTF(fmt, first)
#endif

#ifdef __cplusplus
#define KITH_BEGIN_DECLS extern "C" {
#define KITH_END_DECLS }
#else
#define KITH_BEGIN_DECLS
#define KITH_END_DECLS
#endif

#endif
