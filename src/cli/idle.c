/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * idle.c - OpenMP's threads that wait for work sleep, unless the environment says how they are to wait.
 *
 * GNU's OpenMP lets them go round for some milliseconds each time, in case something comes: reading a file took two to four
 * times the processor time for it wherever others want the processors too. It can only be told by the environment, which it
 * reads before any function of a program runs but those named in .preinit_array. What these add to the environment is lost
 * again; so one entry that only shells read lends its place until main() begins.
 */
#include "cli/idle.h"
#include <stdlib.h>
#include <string.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

static char sleeping[] = "OMP_WAIT_POLICY=passive";
static char **place, *lent;

static int
begins(const char *entry, const char *with)
{
    return strncmp(entry, with, strlen(with)) == 0;
}

static void
lend(int argc, char **argv, char **environment)
{
    char **found = NULL;

    (void)argc;
    (void)argv;
    for (char **e = environment; *e; e++) {
        if (begins(*e, "OMP_WAIT_POLICY=") || begins(*e, "GOMP_SPINCOUNT="))
            return;
        if (begins(*e, "_=") || begins(*e, "SHLVL=") || begins(*e, "OLDPWD="))
            found = e;
    }
    if (!found)
        return;
    place = found;
    lent = *found;
    *found = sleeping;
}

__attribute__((section(".preinit_array"),
               used)) static void (*const before_libraries)(int, char **, char **) = lend;

void
idle_restore(void)
{
    if (place)
        *place = lent;
    place = NULL;
}

#else

void
idle_restore(void)
{
}

#endif
