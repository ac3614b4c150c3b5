/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kith.h - everything: the one header a program needs. */
#ifndef KITH_KITH_H
#define KITH_KITH_H

#include <kith/answer.h>
#include <kith/batch.h>
#include <kith/book.h>
#include <kith/builder.h>
#include <kith/constants.h>
#include <kith/decide.h>
#include <kith/error.h>
#include <kith/graph.h>
#include <kith/importer.h>
#include <kith/kinds.h>
#include <kith/limit.h>
#include <kith/load.h>
#include <kith/memory.h>
#include <kith/option.h>
#include <kith/packed.h>
#include <kith/pass.h>
#include <kith/processors.h>
#include <kith/redact.h>
#include <kith/report.h>
#include <kith/source.h>
#include <kith/table.h>
#include <kith/time.h>

KITH_BEGIN_DECLS

/** The version, "0.1.0". */
KITH_API const char *kith_version(void);

/** What computes: igraph and its version; a result may differ in its last digits with another one. Static. */
KITH_API const char *kith_engine(void);

KITH_END_DECLS
#endif
