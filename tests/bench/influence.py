# SPDX-License-Identifier: GPL-3.0-or-later
"""influence.py - whom to tell first, after loading: rows laid, and 50 seeds chosen and proven (weighted cascade, epsilon 0.1)."""
from pair import Case, Command

ABOUT = "influence maximisation after loading, one thread; no library among the peers has it"
LIBRARIES = ["glib-2.0", "libxml-2.0", "libarchive", "igraph", "gsl", "sqlite3", "jansson", "libical"]


def cases(bench):
    program = bench.program("influence", LIBRARIES, inside=True)
    graphs = [("soc-Epinions1", bench.compact("soc-Epinions1")),
              ("R-MAT, 2.3 million arcs", bench.made("rmat18.el", "rmat", 18, 2400000, 1))]
    for name, path in graphs:
        for phase in ("rows", "choice") if path else ():
            yield Case("seeds, " + phase, name, {"kith": Command([program, path, 50, 0.1], phase=phase)})
