/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz.c - libFuzzer's entry: one program for all targets, so that a new importer costs no new program.
 *
 *     FUZZ_TARGET=vcard build-fuzz/tests/fuzz/fuzz CORPUS     (`./run fuzz` does it for all)
 */
#include "fuzz/target.h"
#include <kith/processors.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

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
    const char *name = getenv("FUZZ_TARGET");

    if (!name || fuzz_feed(name, bytes, size) != 0) {
        fprintf(stderr, "FUZZ_TARGET must be one of:\n");
        for (size_t i = 0; fuzz_name(i); i++)
            fprintf(stderr, "%s\n", fuzz_name(i));
        _exit(2); /* exit() would be a finding */
    }
    return 0;
}
