/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pack.h - bytes made small: gzip, for data that travels inside a page. */
#ifndef KITH_BASE_PACK_H
#define KITH_BASE_PACK_H

#include <glib.h>

/** The bytes as a gzip file without name or time: the same bytes give the same file. @return yours, NULL when memory is out */
GByteArray *kith_pack_gzip(const void *bytes, gsize size);

#endif
