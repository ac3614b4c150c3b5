# SPDX-License-Identifier: GPL-3.0-or-later
"""rank.py - from a public edge list to a ranking: whole processes, start and printing included."""
import re

from pair import Case, Command

ABOUT = "PageRank of a whole file, start, reading and printing included"
SCRIPT = """
import igraph, sys
graph = igraph.Graph.Read_Edgelist(sys.argv[1], directed=sys.argv[2] == "directed")
score = graph.pagerank()
for v in sorted(range(graph.vcount()), key=lambda v: -score[v])[:10]:
    print(v, repr(score[v]), sep=",")
"""


def same_first(outputs):
    first = outputs["python-igraph"].splitlines()[0].split(",")[0]
    top = [re.split(",", line)[1].strip('"') for line in outputs["kith"].splitlines()[1:4]]
    return None if first in top else f"igraph ranks {first} first, kith {top}"


def cases(bench):
    for name, direction in (("fb-MIT8", "undirected"), ("email-Enron", "directed"), ("soc-Epinions1", "directed")):
        path = bench.compact(name)
        if not path:
            continue
        yield Case("PageRank, top ten", f"{name}, {direction}", {
            "kith": Command([bench.kith, "influencers", "--by", "pagerank", "--top", 10, "--resamples", 0,
                             "--" + direction, "--format", "csv", path]),
            "python-igraph": Command([bench.python, "-c", SCRIPT, path, direction]),
        }, check=same_first)
