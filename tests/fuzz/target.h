/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target.h - what is fuzzed: a name, and what to do with any bytes. */
#ifndef KITH_FUZZ_TARGET_H
#define KITH_FUZZ_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void (*fuzz_run)(const uint8_t *bytes, size_t size);

/** The targets that are not importers; every importer is a target of its own name. */
typedef struct fuzz_target {
    const char *name;
    fuzz_run run;
} fuzz_target;

/** Ends with a nameless one. */
extern const fuzz_target fuzz_targets[];

/** The next target's name after `i` others, NULL behind the last: importers first. */
const char *fuzz_name(size_t i);
/** Feeds bytes to a target. @return 0; -1 when no target has that name */
int fuzz_feed(const char *name, const uint8_t *bytes, size_t size);

/** Whether every input goes every way, as the few that are replayed do. */
extern bool fuzz_thorough;
/** Whether an input goes a way: what can be done with one in several ways is done in one of them, chosen by its bytes, and is
    done the more often. */
bool fuzz_goes(const uint8_t *bytes, size_t size, size_t way, size_t ways);

/* One file each. */
void fuzz_json(const uint8_t *bytes, size_t size);
void fuzz_xml(const uint8_t *bytes, size_t size);
void fuzz_archive(const uint8_t *bytes, size_t size);
void fuzz_book(const uint8_t *bytes, size_t size);
void fuzz_reports(const uint8_t *bytes, size_t size);
void fuzz_text(const uint8_t *bytes, size_t size);
void fuzz_manifest(const uint8_t *bytes, size_t size);
void fuzz_links(const uint8_t *bytes, size_t size);

#endif
