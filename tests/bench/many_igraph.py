# SPDX-License-Identifier: GPL-3.0-or-later
"""many_igraph.py FILE|FOLDER - what somebody with python-igraph would write: two measures of each edge list, ten best each."""
import csv
import glob
import os
import sys

import igraph


def one(path):
    with open(path, encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        g = igraph.Graph.TupleList(((a, b) for a, b in rows), directed=True)
    g.simplify()
    name = os.path.basename(path).rsplit(".", 1)[0]
    for by, score in (("pagerank", g.pagerank(damping=0.85)), ("betweenness", g.betweenness())):
        best = sorted(range(g.vcount()), key=lambda v: (-score[v], g.vs[v]["name"]))[:10]
        print(name, by, repr(score[best[0]]), sep=",")


for path in sorted(glob.glob(sys.argv[1] + "/*.csv")) if os.path.isdir(sys.argv[1]) else sys.argv[1:]:
    one(path)
