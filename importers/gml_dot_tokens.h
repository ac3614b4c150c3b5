/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gml_dot_tokens.h - the words and marks of GML and DOT, which have most of them in common. */
#ifndef KITH_IMPORTERS_GML_DOT_TOKENS_H
#define KITH_IMPORTERS_GML_DOT_TOKENS_H

#include "scan.h"

/* A token is one of these or a mark as its character: [ ] { } = ; : , < */
enum kith_token {
    KITH_TOKEN_END = 256,
    KITH_TOKEN_WORD, /* a name or a number, in scan->word */
    KITH_TOKEN_TEXT, /* what stood in quotes */
    KITH_TOKEN_HTML, /* what stood in < > */
    KITH_TOKEN_LINE, /* -- */
    KITH_TOKEN_ARROW /* -> */
};

/** The next token of a GML file: entities in texts are decoded, '#' starts a comment. */
kith_status kith_gml_token(kith_scan *scan, int *token, kith_error *err);

/** The next token of a DOT file: three kinds of comments, "a" + "b", <html>. */
kith_status kith_dot_token(kith_scan *scan, int *token, kith_error *err);

/** A token for a message: "'graph'", "'['", "the end of the file". @return out */
const char *kith_token_text(const kith_scan *scan, int token, char out[80]);

#endif
