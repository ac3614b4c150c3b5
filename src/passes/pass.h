/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pass.h - what every pass includes. */
#ifndef KITH_PASSES_PASS_H
#define KITH_PASSES_PASS_H

#include "base/base.h"
#include <glib.h>
#include <kith/pass.h>

#endif
