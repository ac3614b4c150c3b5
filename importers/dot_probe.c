/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_probe.c - whether a file is DOT: "graph {" or "digraph {" after comments. */
#include "dot_probe.h"
#include "scan.h"
#include <string.h>

int
kith_dot_probe(const char *head, size_t length, const char *name)
{
    const char *text = kith_scan_head(head, &length, '#'), *end = text + length, *brace;
    bool strict;

    (void)name;
    while (length > 1 && text[0] == '/' && (text[1] == '/' || text[1] == '*')) {
        const char *stop = g_strstr_len(text, (gssize)length, text[1] == '/' ? "\n" : "*/");

        if (!stop)
            return 0;
        length = (size_t)(end - stop) - (text[1] == '/' ? 1 : 2);
        text = kith_scan_head(end - length, &length, '#');
    }
    strict = kith_scan_starts(text, length, "strict");
    if (strict) {
        length -= 6;
        text = kith_scan_head(text + 6, &length, '#');
    }
    if (!kith_scan_starts(text, length, "graph") && !kith_scan_starts(text, length, "digraph"))
        return 0;
    brace = memchr(text, '{', MIN(length, 1000));
    return brace && !memchr(text, '[', (size_t)(brace - text)) ? 95 : 0;
}
