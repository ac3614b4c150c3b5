# SPDX-License-Identifier: GPL-3.0-or-later
"""communities.py - the best of ten runs of Leiden against igraph's C library, the same number of runs, quality beside it."""
import re

from pair import Case, Command

ABOUT = "Leiden, the best of ten runs; the search alone, and the modularity it found"
LIBRARIES = ["glib-2.0", "libxml-2.0", "libarchive", "igraph", "gsl", "sqlite3", "jansson", "libical"]
RUNS = 10


def figures(output):
    return {name: float(value) for name, value in re.findall(r"^(modularity|nmi) ([-0-9.]+)", output, re.MULTILINE)}


def no_worse(outputs):
    """Prints both qualities, and complains when kith's is lower."""
    ours, theirs = figures(outputs["kith"]), figures(outputs["igraph C"])
    print("   ", ", ".join("%s %s, igraph %s" % (name, ours[name], theirs[name]) for name in ours), flush=True)
    if ours["modularity"] < theirs["modularity"]:
        return "modularity %s, igraph's %s" % (ours["modularity"], theirs["modularity"])
    return None


def cases(bench):
    program = bench.program("groups", LIBRARIES, inside=True)
    graphs = [(name, bench.compact(name), None) for name in ("soc-Epinions1", "email-Enron", "fb-MIT8")]
    for mixing in ("0.3", "0.5", "0.6"):
        graphs.append(("LFR 10 000, mixing " + mixing, bench.made("lfr-%s.el" % mixing, "lfr", 10000, 20, mixing, 1),
                       bench.made("lfr-%s.groups" % mixing, "lfr-groups", 10000, 20, mixing, 1)))
    for name, path, planted in graphs:
        if not path:
            continue
        more = [path, RUNS] + ([planted] if planted else [])
        yield Case("communities, best of %d" % RUNS, name, {
            "kith": Command([program, "kith", *more], phase="task"),
            "igraph C": Command([program, "igraph", *more], phase="task"),
        }, goals={"igraph C": 3}, check=no_worse, rounds=2)
