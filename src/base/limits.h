/* SPDX-License-Identifier: GPL-3.0-or-later */
/* limits.h - how large input may be; whatever exceeds one of these is KITH_ERR_LIMIT with its
 * place. */
#ifndef KITH_BASE_LIMITS_H
#define KITH_BASE_LIMITS_H

#include <stdint.h>

#define KITH_LIMIT_FIELD (INT64_C(16) << 20)  /* bytes of one CSV field */
#define KITH_LIMIT_COLUMNS INT64_C(10000)     /* fields of one CSV record */
#define KITH_LIMIT_RECORD (INT64_C(64) << 20) /* bytes of one CSV record */
#define KITH_LIMIT_ENTRY (INT64_C(2) << 30)   /* bytes of one archive member, unpacked */
#define KITH_LIMIT_ARCHIVE (INT64_C(8) << 30) /* bytes of all members of an archive, unpacked */
#define KITH_LIMIT_ENTRIES INT64_C(10000)     /* members of an archive */
#define KITH_LIMIT_RATIO INT64_C(200)         /* unpacked : packed, once that much is unpacked: */
#define KITH_LIMIT_RATIO_FROM (INT64_C(10) << 20)
#define KITH_LIMIT_XML_DEPTH 256                 /* nested elements */
#define KITH_LIMIT_XML_TOKEN (INT64_C(10) << 20) /* bytes of one XML text or attribute */
#define KITH_LIMIT_JSON (INT64_C(256) << 20)      /* bytes of one JSON document */
#define KITH_LIMIT_JSON_DEPTH 512                /* nested arrays and objects */

#endif
