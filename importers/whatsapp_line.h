/* SPDX-License-Identifier: GPL-3.0-or-later */
/* whatsapp_line.h - one line of an exported chat, as phones of all kinds write it. */
#ifndef KITH_IMPORTERS_WHATSAPP_LINE_H
#define KITH_IMPORTERS_WHATSAPP_LINE_H

#include <glib.h>
#include <stdbool.h>

/* The parts of "[04/03/25, 14:05:09] Name: text" or "04/03/2025, 14:05 - Name: text". Texts are yours. */
typedef struct kith_chat_line {
    char *when;   /* the date as base/dates.h reads it */
    char *author; /* NULL: a system line without one */
    char *body;
    bool marked; /* the program wrote the body, not a person: U+200E in front of it */
} kith_chat_line;

void kith_chat_line_clear(kith_chat_line *line);

/** Takes a line apart. @return false when it goes on with the message before */
bool kith_chat_line_parse(const char *text, kith_chat_line *out);

/** A name as shown: without marks of direction and the "~" of people who are in nobody's contacts.
 * A phone number is written "+447700900060". @return yours */
char *kith_chat_name(const char *text);

/**
 * The people a system line speaks of ("A added B and C", "A left"). English only: other languages give
 * none. @return yours; NULL-terminated, may be empty
 */
char **kith_chat_system_names(const char *body);

/** The names mentioned in a message ("@\u2068Name\u2069", "@447700900060"). @return yours */
char **kith_chat_mentions(const char *body);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_chat_line, kith_chat_line_clear)

#endif
