/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scan.h - a text file by characters and by words, with the place of each.
 *
 * For the formats that are neither tables nor XML. The text is decoded on the way (byte order mark,
 * UTF-16, Windows-1252), so that what comes out is UTF-8 without NUL. A word has at most 16 MB;
 * nothing else of the file is kept.
 */
#ifndef KITH_IMPORTERS_SCAN_H
#define KITH_IMPORTERS_SCAN_H

#include "base/decoder.h"

typedef enum kith_scan_kind {
    KITH_SCAN_END = 0, /* of the file */
    KITH_SCAN_LINE,    /* the end of a line */
    KITH_SCAN_WORD
} kith_scan_kind;

typedef struct kith_scan {
    kith_source *source; /**< borrowed */
    kith_decoder decoder;
    GString *buffer;
    size_t at, ready;     /**< next byte; end of the bytes that are whole characters */
    int64_t line, column; /**< of the next byte */
    bool seen_utf8;
    bool separator[256];
    GString *word;
    bool quoted; /**< the word stood in double quotes */
    int64_t word_line, word_column;
    kith_error error; /**< why the text ended early */
} kith_scan;

/** Starts reading; kith_scan_clear() it, also after a failure. */
kith_status kith_scan_init(kith_scan *scan, kith_source *source, kith_error *err);
void kith_scan_clear(kith_scan *scan);

/** The characters that part words besides blanks: ",;". */
void kith_scan_separators(kith_scan *scan, const char *separators);

/** Reads on. @return the next byte, -1 at the end or when reading failed */
int kith_scan_fill(kith_scan *scan);

/** The next byte without taking it, -1 at the end or when reading failed (see kith_scan_status()). */
static inline int
kith_scan_peek(kith_scan *scan)
{
    return scan->at < scan->ready ? (unsigned char)scan->buffer->str[scan->at]
                                  : kith_scan_fill(scan);
}

/** Takes the byte that kith_scan_peek() showed. */
static inline void
kith_scan_take(kith_scan *scan)
{
    if (scan->buffer->str[scan->at++] == '\n') {
        scan->line++;
        scan->column = 1;
    } else {
        scan->column++;
    }
}

/** KITH_OK when the text has really ended, else what failed. */
kith_status kith_scan_status(const kith_scan *scan, kith_error *err);

/** Starts a word at the next byte, and puts the source there. */
void kith_scan_start_word(kith_scan *scan);
/** Adds a byte to the word. @return KITH_ERR_LIMIT when it has become too long */
kith_status kith_scan_add(kith_scan *scan, int c, kith_error *err);
/** Puts the source back on the word that was read last. */
void kith_scan_at_word(kith_scan *scan);

/**
 * The next word or end of line, in scan->word. A word is plain or stands in double quotes, within
 * which "" is a quote; a quote does not go over the end of its line.
 */
kith_status kith_scan_word(kith_scan *scan, kith_scan_kind *kind, kith_error *err);

/** Leaves out what is left of the line, its end included. */
kith_status kith_scan_skip_line(kith_scan *scan, kith_error *err);
/** What is left of the line without blanks around it, in scan->word; its end is taken. */
kith_status kith_scan_rest(kith_scan *scan, kith_error *err);

/** The first word of a file's head, after a byte order mark, blank lines and comment lines. Borrowed.
 * @param comment starts a comment line; 0: none  @param length of the word and what follows it */
const char *kith_scan_head(const char *head, size_t *length, char comment);

/** Whether a text starts with a word, without regard to ASCII case, that ends there. */
bool kith_scan_starts(const char *text, size_t length, const char *word);

/** Replaces &amp; &lt; &gt; &quot; &apos; &#233; and &#xe9; in place; others stay. */
void kith_scan_entities(GString *text);

/** A whole number of decimal digits up to the limit. @return false for anything else */
bool kith_scan_whole(const char *text, int64_t limit, int64_t *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(kith_scan, kith_scan_clear)

#endif
