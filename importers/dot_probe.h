/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot_probe.h - whether a file is DOT. */
#ifndef KITH_IMPORTERS_DOT_PROBE_H
#define KITH_IMPORTERS_DOT_PROBE_H

#include <stddef.h>

int kith_dot_probe(const char *head, size_t length, const char *name);

#endif
