/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_label.c - what a label of a DOT file shows. */
#include "dot_label.h"
#include "scan.h"
#include <string.h>

void
kith_dot_strip_tags(GString *text)
{
    size_t kept = 0;
    bool tag = false;

    for (size_t i = 0; i < text->len; i++) {
        if (text->str[i] == '<' || text->str[i] == '>')
            tag = text->str[i] == '<';
        else if (!tag)
            text->str[kept++] = text->str[i];
    }
    g_string_truncate(text, kept);
}

char *
kith_dot_label(const char *label, const char *id)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (const char *c = label; *c; c++) {
        if (*c != '\\' || c[1] == '\0') {
            g_string_append_c(out, *c);
            continue;
        }
        c++;
        if (*c == 'N')
            g_string_append(out, id);
        else
            g_string_append_c(out, strchr("nlr", *c) ? '\n' : *c);
    }
    kith_scan_entities(out);
    return g_strstrip(g_strdup(out->str));
}
