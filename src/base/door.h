/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * door.h - libraries that are opened when they are first needed.
 *
 * Most runs read a table or a list and need no XML, no archive, no calendar, no GSL and no igraph; but to load these with their 32
 * libraries took two thirds of the time that `kith` needs to start, and 7 of the 11 MB it had before it read a byte. So a door's
 * file names the functions it calls, and calls them through a table that is filled at the first call:
 *
 *     #define FUNCTIONS(F) F(archive_read_new) F(archive_read_free)
 *     KITH_DOOR(lib, "libarchive.so.13", FUNCTIONS)
 *     …
 *     a = lib()->archive_read_new();
 *
 * The table's types are those of the library's header. A library that is not there, or has another name, ends the process as
 * the system's loader would have at its start; each door's own tests open it.
 */
#ifndef KITH_BASE_DOOR_H
#define KITH_BASE_DOOR_H

#include <glib.h>

#define KITH_DOOR_MEMBER(function) __typeof__(function) *function;
#define KITH_DOOR_NAME(function) #function,

/** Defines door(), which gives the table of a library's functions, a `type` declared with KITH_DOOR_MEMBER; any thread may call it. */
#define KITH_DOOR_TABLE(door, type, library, FUNCTIONS)                                            \
    const type *door(void)                                                                         \
    {                                                                                              \
        static const char *const names[] = {FUNCTIONS(KITH_DOOR_NAME)};                            \
        static type table;                                                                         \
        static gsize opened;                                                                       \
                                                                                                   \
        if (g_once_init_enter(&opened)) {                                                          \
            kith_door_open(library, names, G_N_ELEMENTS(names), &table);                           \
            g_once_init_leave(&opened, 1);                                                         \
        }                                                                                          \
        return &table;                                                                             \
    }

/** The same with its type, for one file. */
#define KITH_DOOR(door, library, FUNCTIONS)                                                        \
    struct door##_functions {                                                                      \
        FUNCTIONS(KITH_DOOR_MEMBER)                                                                \
    };                                                                                             \
    static KITH_DOOR_TABLE(door, struct door##_functions, library, FUNCTIONS)

/* The names of those that more than one place asks for. */
#define KITH_LIBRARY_ARCHIVE "libarchive.so.13"
#define KITH_LIBRARY_GSL "libgsl.so.27"
#define KITH_LIBRARY_XML "libxml2.so.2"

/** Opens a library and finds n names in it. @param table receives their addresses, one behind another */
void kith_door_open(const char *library, const char *const *names, size_t n, void *table);

/** Opens what data sets may need, so that processes forked afterwards need not, each for itself. */
void kith_door_prepare(void);

#endif
