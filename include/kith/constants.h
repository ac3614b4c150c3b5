/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * constants.h - the numbers behind warmth-1 and the requests it leads to, all in one place.
 *
 * They are conventions, not estimates. A file of lines "in_person = 4" overrides some of them; every answer that uses them
 * records all of them as parameters ("warmth.in_person") and says in a note which are not the usual ones.
 */
#ifndef KITH_CONSTANTS_H
#define KITH_CONSTANTS_H

#include <kith/error.h>
#include <kith/option.h>

KITH_BEGIN_DECLS

/** Every constant at some value. */
typedef struct kith_constants kith_constants;

/** Name, usual value, range and sentence of each. */
KITH_API const kith_option *kith_constants_table(void);

/**
 * Reads a file of lines "name = value"; empty ones and those that begin with '#' say nothing.
 * @param out yours; kith_constants_free()
 * @return KITH_ERR_IO unreadable; KITH_ERR_PARSE an unknown name, a value that is none or out of range, or two that
 *         contradict one another
 */
KITH_API kith_status kith_constants_read(const char *path, kith_constants **out, kith_error *err);
/** Frees the constants; NULL is fine. */
KITH_API void kith_constants_free(kith_constants *constants);

KITH_END_DECLS
#endif
