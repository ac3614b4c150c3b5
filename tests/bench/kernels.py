# SPDX-License-Identifier: GPL-3.0-or-later
"""kernels.py - each kernel by itself against igraph's C library: no reading, no printing."""
import os
import re
import subprocess

from pair import Case, Command

ABOUT = "kernels without loading, against igraph's C library"
PROJECT = """
import igraph, sys, time
people, events, ends = {}, {}, []
for line in open(sys.argv[1]).read().split("\\n")[1:-1]:
    who, what = line.split(",")
    ends.append((people.setdefault(who, len(people)), events.setdefault(what, len(events))))
graph = igraph.Graph([(a, len(people) + b) for a, b in ends])
kind = [0] * len(people) + [1] * len(events)
cpu, wall = time.process_time(), time.perf_counter()
answer = graph.bipartite_projection(types=kind, which=0).ecount()
print("phase task %f %f" % (time.process_time() - cpu, time.perf_counter() - wall))
print("answer %d" % answer)
"""


def simple(bench, name, path):
    """The undirected network of an edge list: each tie once, as igraph must see it too."""
    out = os.path.join(bench.folder, name + ".simple.el")
    if not os.path.exists(out):
        ties = {(min(u, v), max(u, v)) for u, v in (map(int, line.split()) for line in open(path)) if u != v}
        with open(out + ".part", "w", encoding="ascii") as file:
            file.writelines(f"{u}\t{v}\n" for u, v in sorted(ties))
        os.replace(out + ".part", out)
    return out


def same(outputs):
    """Both give the largest score; two that are printed with nine digits may differ in the last."""
    found = {tool: float(re.search(r"answer (\S+)", text).group(1)) for tool, text in outputs.items()}
    values = list(found.values())
    return None if max(values) - min(values) <= 1e-8 * abs(max(values)) else f"different answers: {found}"


def pair_of(bench, kith, task, path, direction, goal, rounds=None, by="cpu"):
    return Case(task, f"{os.path.basename(path)}, {direction}", {
        "kith": Command([kith, task, path, direction], phase="task"),
        "igraph C": Command([bench.peer_igraph, task, path, direction], phase="task"),
    }, goals={"igraph C": goal}, check=same, rounds=rounds, timeout=900, by=by)


def alone(kith, task, path):
    """What no peer does, or not in the time there is."""
    return Case(task, f"{os.path.basename(path)}, undirected",
                {"kith": Command([kith, task, path, "undirected"], phase="task")}, timeout=900)


def cases(bench):
    subprocess.run(["ninja", "-C", bench.build, "--quiet", "tests/bench_kernels"], check=True)
    kith = os.path.join(bench.build, "tests", "bench_kernels")
    graphs = {name: bench.compact(name) for name in ("fb-MIT8", "email-Enron", "soc-Epinions1")}
    for name, path in graphs.items():
        if not path:
            continue
        tie = simple(bench, name, path)
        yield pair_of(bench, kith, "core", tie, "undirected", 2)
        yield pair_of(bench, kith, "pagerank", tie, "undirected", 2)
        yield pair_of(bench, kith, "constraint+clustering", tie, "undirected", 5)
        if name == "fb-MIT8":
            yield pair_of(bench, kith, "betweenness", tie, "undirected", 8, rounds=1, by="wall")
            yield pair_of(bench, kith, "harmonic", tie, "undirected", 20, rounds=2)
        if name == "email-Enron":
            yield Case("harmonic", f"{os.path.basename(tie)}, undirected", {
                "kith": Command([kith, "harmonic", tie, "undirected"], phase="task"),
                "kith, the best 100": Command([kith, "harmonic-100", tie, "undirected"], phase="task")}, check=same)
        if name == "soc-Epinions1":
            yield pair_of(bench, kith, "betweenness-512", tie, "undirected", 8, rounds=1, by="wall")
            yield alone(kith, "betweenness", tie)
            yield alone(kith, "sampled", tie)
            yield pair_of(bench, kith, "pagerank", path, "directed", 2)
    for nodes in 10000, 100000:
        yield alone(kith, "layout", bench.made(f"lfr-{nodes}.el", "lfr", nodes, 6, 0.3, 1))
    small = bench.made("events-40k.csv", "events", 20000, 2000, 40000, 1)
    large = bench.made("events-400k.csv", "events", 20000, 2000, 400000, 1)
    yield Case("projection", "40 000 attendances", {
        "kith": Command([kith, "projection", small], phase="task"),
        "python-igraph": Command([bench.python, "-c", PROJECT, small], phase="task"),
    }, goals={"python-igraph": 20}, check=same)
    yield Case("projection", "400 000 attendances", {"kith": Command([kith, "projection", large], phase="task")})
