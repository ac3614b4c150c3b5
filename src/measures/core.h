/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core.h - k-cores: groups whose members all have k ties inside. */
#ifndef KITH_MEASURES_CORE_H
#define KITH_MEASURES_CORE_H

#include "measures/work.h"
#include "model/csr.h"

/**
 * Of each vertex of an undirected network the largest k such that it is in the k-core (Seidman 1983,
 * doi:10.1016/0378-8733(83)90028-X), by peeling (Batagelj & Zaversnik 2003, arXiv:cs/0310049).
 * @param core  n long, filled
 * @return KITH_ERR_CANCELLED, KITH_ERR_NO_MEMORY. O(n + arcs)
 */
kith_status kith_core(const kith_csr *rows, kith_work *work, uint32_t *core, kith_error *err);

#endif
