/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process.h - what Linux says of this process: its memory, and what it wrote. */
#include <stdio.h>
#include <string.h>

/* A number of /proc/self/FILE; 0 where there is none. */
static double
process_number(const char *file, const char *name)
{
    char path[64], line[256];
    double found = 0;
    FILE *lines;

    snprintf(path, sizeof path, "/proc/self/%s", file);
    lines = fopen(path, "r");
    while (lines && fgets(line, sizeof line, lines))
        if (strncmp(line, name, strlen(name)) == 0)
            sscanf(line + strlen(name), " %lf", &found);
    if (lines)
        fclose(lines);
    return found;
}

/* In megabytes, and the most of it so far: of this program alone, which getrusage() mixes with who started it. */
static double
process_memory(void)
{
    return process_number("status", "VmRSS:") / 1024;
}

static double
process_peak(void)
{
    return process_number("status", "VmHWM:") / 1024;
}

/* Bytes handed to write(). */
static double
process_written(void)
{
    return process_number("io", "wchar:");
}
