# SPDX-License-Identifier: GPL-3.0-or-later
"""load.py - from a plain graph file to a graph that can be asked."""
from pair import Case, Command

ABOUT = "reading plain graph files"


def edges(output):
    words = next(line for line in output.splitlines() if line.startswith("nodes")).split()
    return words[words.index("edges") + 1]


def same_edges(outputs):
    counts = {tool: edges(text) for tool, text in outputs.items() if "edges" in text}
    return None if len(set(counts.values())) == 1 else f"numbers of edges {counts}"


def case(bench, task, data, ours, theirs, goal, others=()):
    commands = {
        "kith": Command([bench.phases, ours, "directed"], phase="load"),
        "igraph C": Command([bench.peer_igraph, "load", theirs], phase="load"),
    }
    for tool, name in others:
        commands[name] = Command(bench.peer(tool, "load", theirs, "directed"), phase="load", once=True)
    return Case(task, data, commands, goals={"igraph C": goal}, check=same_edges)


PYTHON = (("ig", "python-igraph"), ("nx", "networkx"), ("gt", "graph-tool"))


def cases(bench):
    for name in ("soc-Epinions1", "email-Enron"):
        path = bench.compact(name)
        if path:
            yield case(bench, "integer edge list", name, path, path, 15, PYTHON)
    path = bench.made("rmat18.el", "rmat", 18, 2400000, 1)
    yield case(bench, "integer edge list", "rmat18", path, path, 15, (("ig", "python-igraph"), ("gt", "graph-tool")))
    path = bench.made("rmat20.el", "rmat", 20, 10000000, 1)
    yield case(bench, "integer edge list", "rmat20", path, path, 15)
    yield case(bench, "CSV of string labels, weights", "rmat18", bench.made("rmat18.csv", "csv", 18, 2400000, 1),
               bench.made("rmat18.ncol", "ncol", 18, 2400000, 1), 8)
    path = bench.made("rmat16.graphml", "graphml", 16, 500000, 1)
    yield case(bench, "GraphML, three attributes", "rmat16", path, path, 8, (("ig", "python-igraph"),))
    yield Case("the same graph written as GraphML", "rmat16",
               {"kith": Command([bench.phases, path, "write"], phase="task"),
                "igraph C": Command([bench.peer_igraph, "write", path], phase="task")},
               goals={"igraph C": 4}, check=same_edges)
