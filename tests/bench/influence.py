# SPDX-License-Identifier: GPL-3.0-or-later
"""influence.py - whom to tell first, after loading: rows laid, 50 seeds chosen and proven (weighted cascade, epsilon 0.1), and
tried in 10 240 runs.

No library among the peers has it. The probe is OPIM-C with geometric skips (SUBSIM) over 32-bit rows and nothing else, timed after
its rows are laid; kith's `seeds` is rows and choice together, out of the columns that loading left.
"""
import os
import subprocess

from pair import Case, Command

ABOUT = "influence maximisation after loading, one thread; goals: 1.2 times the probe's CPU, rows and choice below 0.3 s"
LIBRARIES = ["glib-2.0", "libxml-2.0", "libarchive", "igraph", "gsl", "sqlite3", "jansson", "libical"]
RUNS = 10240


def probe_of(bench):
    """The probe, compiled, if its source lies beside the data; else None."""
    source = os.path.join(bench.perf, "..", "..", "bench", "proto_im.c")
    out = os.path.join(bench.folder, "proto_im")
    if not os.path.exists(source):
        return None
    if not os.path.exists(out):
        subprocess.run(["cc", "-O3", "-march=native", "-fopenmp", "-w", "-o", out, source, "-lm"], check=True)
    return out


def as_phase(probe, path):
    """What the probe prints of itself, as a phase."""
    line = r's/.*"s":([0-9.]+),"cpu_s":([0-9.]+).*/phase choice \2 \1/p'
    return Command(["sh", "-c", f"'{probe}' '{path}' 50 0.1 | sed -nE '{line}'"], phase="choice",
                   env={"OMP_NUM_THREADS": "1"})


def cases(bench):
    program, probe = bench.program("influence", LIBRARIES, inside=True), probe_of(bench)
    graphs = [("soc-Epinions1", bench.compact("soc-Epinions1")),
              ("R-MAT, 2.3 million arcs", bench.made("rmat18.el", "rmat", 18, 2400000, 1))]
    for name, path in graphs:
        if not path:
            continue
        tools = {"kith": Command([program, path, 50, 0.1], phase="choice")}
        if probe:
            tools["probe"] = as_phase(probe, path)
        yield Case("seeds, choice and proof", name, tools, goals={"probe": round(1 / 1.2, 2)})
        for phase in ("rows", "seeds"):
            yield Case("seeds, " + {"rows": "rows", "seeds": "rows, choice and proof"}[phase], name,
                       {"kith": Command([program, path, 50, 0.1], phase=phase)})
        yield Case(f"seeds, tried in {RUNS} runs", name,
                   {"kith": Command([program, path, 50, 0.1, "ic", RUNS], phase="trial")}, rounds=1)
