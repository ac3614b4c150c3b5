/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_label.h - what a label of a DOT file shows. */
#ifndef KITH_IMPORTERS_DOT_LABEL_H
#define KITH_IMPORTERS_DOT_LABEL_H

#include <glib.h>

/** Takes the tags out of an HTML text. */
void kith_dot_strip_tags(GString *text);

/** A label of the node `id`: \n, \l and \r end lines, \N is the id, entities are decoded. @return yours */
char *kith_dot_label(const char *label, const char *id);

#endif
