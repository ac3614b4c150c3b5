/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz.c - libFuzzer's entry: one program for all targets, so that a new importer costs no new program.
 *
 *     FUZZ_TARGET=vcard build-fuzz/tests/fuzz/fuzz CORPUS     (`./run fuzz` does it for all)
 */
#include "fuzz/target.h"
#include <kith/processors.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/*
 * What is compared with what is told to libFuzzer, which puts it into inputs. That takes a fifth of the time of a table,
 * so one execution in eight tells (the linker's --wrap puts these in place of libFuzzer's own).
 */
#define TELLING 8

static bool telling;

void __real___sanitizer_weak_hook_strcmp(void *, const char *, const char *, int);
void __wrap___sanitizer_weak_hook_strcmp(void *, const char *, const char *, int);
void __real___sanitizer_weak_hook_strncmp(void *, const char *, const char *, size_t, int);
void __wrap___sanitizer_weak_hook_strncmp(void *, const char *, const char *, size_t, int);
void __real___sanitizer_weak_hook_memcmp(void *, const void *, const void *, size_t, int);
void __wrap___sanitizer_weak_hook_memcmp(void *, const void *, const void *, size_t, int);

void
__wrap___sanitizer_weak_hook_strcmp(void *pc, const char *a, const char *b, int result)
{
    if (telling)
        __real___sanitizer_weak_hook_strcmp(pc, a, b, result);
}

void
__wrap___sanitizer_weak_hook_strncmp(void *pc, const char *a, const char *b, size_t n, int result)
{
    if (telling)
        __real___sanitizer_weak_hook_strncmp(pc, a, b, n, result);
}

void
__wrap___sanitizer_weak_hook_memcmp(void *pc, const void *a, const void *b, size_t n, int result)
{
    if (telling)
        __real___sanitizer_weak_hook_memcmp(pc, a, b, n, result);
}

/* One thread: a finding can be repeated, and small inputs are not the place for more. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    kith_processors_use(1);
    return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static unsigned count;
    const char *name = getenv("FUZZ_TARGET");

    telling = count++ % TELLING == 0;
    if (!name || fuzz_feed(name, bytes, size) != 0) {
        fprintf(stderr, "FUZZ_TARGET must be one of:\n");
        for (size_t i = 0; fuzz_name(i); i++)
            fprintf(stderr, "%s\n", fuzz_name(i));
        _exit(2); /* exit() would be a finding */
    }
    return 0;
}
