# SPDX-License-Identifier: GPL-3.0-or-later
"""peer.py TOOL TASK FILE [directed] - igraph (ig), networkx (nx) or graph-tool (gt) in Python as the bench's peer.

Prints "phase load CPU WALL", "phase task CPU WALL" and one figure of the answer. Imports are not timed.
"""
import sys
import time

tool, task, path = sys.argv[1:4]
directed = "directed" in sys.argv[4:]
if tool == "ig":
    import igraph
elif tool == "nx":
    import networkx
else:
    import graph_tool.all as gt


def tell(name, since):
    print(f"phase {name} {time.process_time() - since[0]:.6f} {time.perf_counter() - since[1]:.6f}")


def load():
    if tool == "ig":
        if path.endswith(".graphml"):
            return igraph.Graph.Read_GraphML(path)
        if path.endswith(".ncol"):
            return igraph.Graph.Read_Ncol(path, names=True, weights=True, directed=directed)
        return igraph.Graph.Read_Edgelist(path, directed=directed)
    if tool == "nx":
        if path.endswith(".graphml"):
            return networkx.read_graphml(path)
        kind = networkx.DiGraph if directed else networkx.Graph
        if path.endswith(".ncol"):
            return networkx.read_weighted_edgelist(path, create_using=kind)
        return networkx.read_edgelist(path, nodetype=int, create_using=kind, data=False)
    if path.endswith(".graphml"):
        return gt.load_graph(path)
    if path.endswith(".ncol"):
        return gt.load_graph_from_csv(path, directed=directed, eprop_types=["double"], csv_options={"delimiter": " "})
    return gt.load_graph_from_csv(path, directed=directed, hashed=False, csv_options={"delimiter": "\t"})


TASKS = {
    "ig": {
        "load": lambda g: g.ecount(),
        "core": lambda g: max(g.coreness()),
        "pagerank": lambda g: max(g.pagerank(damping=.85)),
        "betweenness": lambda g: max(g.betweenness()),
        "harmonic": lambda g: max(g.harmonic_centrality()),
        "constraint": lambda g: min(x for x in g.constraint() if x == x),
        "clustering": lambda g: max(g.transitivity_local_undirected(mode="zero")),
        "eigenvector": lambda g: len(g.evcent()),
        "leiden": lambda g: g.community_leiden(objective_function="modularity").modularity,
    },
    "nx": {
        "load": lambda g: g.number_of_edges(),
        "core": lambda g: max(networkx.core_number(g).values()),
        "pagerank": lambda g: max(networkx.pagerank(g, alpha=.85).values()),
        "betweenness": lambda g: max(networkx.betweenness_centrality(g, normalized=False).values()),
        "harmonic": lambda g: max(networkx.harmonic_centrality(g).values()),
        "clustering": lambda g: max(networkx.clustering(g).values()),
    },
    "gt": {
        "load": lambda g: g.num_edges(),
        "core": lambda g: int(gt.kcore_decomposition(g).a.max()),
        "pagerank": lambda g: float(gt.pagerank(g, damping=.85).a.max()),
        "betweenness": lambda g: float(gt.betweenness(g, norm=False)[0].a.max()),
        "clustering": lambda g: float(gt.local_clustering(g).a.max()),
        "eigenvector": lambda g: float(gt.eigenvector(g)[0]),
    },
}

since = time.process_time(), time.perf_counter()
graph = load()
tell("load", since)
since = time.process_time(), time.perf_counter()
answer = TASKS[tool][task](graph)
tell("task", since)
print(f"answer {answer:.9g}")
