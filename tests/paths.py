#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""paths.py KITH [SHARED]: chains on plain graph files against reference.json: distances, how many shortest paths there
are, and the k cheapest simple paths by hops, by 1/weight and by probability.

Costs are compared, and paths where their cost is like no other. Where the reference made its chances or weights out of a
file's numbers, the same is done here and kith reads the result. Disjoint routes are not in the reference: `gatekeepers`
must name as many people as it names routes, the routes must be ways of the file that share nobody, and without those
people there must be no way left, which proves both numbers (Menger 1927); igraph is asked as well where it is installed.
Exits 77 (skipped) when the command or the data are missing, 1 when something differs.
"""
import collections
import csv
import gzip
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import datasets

try:
    import igraph
except ImportError:
    igraph = None

FILES = {  # name -> (file, the column that holds weights)
    "karate": ("karate/karate_edges.csv", "weight"),
    "kite": ("kite/kite_edges.csv", "weight"),
    "florentine:marriage": ("florentine/florentine_marriage.csv", "weight"),
    "florentine:business": ("florentine/florentine_business.csv", "weight"),
    "lesmis": ("lesmis/lesmis.graphml", "value"),
    "dolphins": ("dolphins/dolphins.gml", "weight"),
    "polbooks": ("polbooks/polbooks.gml", "weight"),
    "hightech:advice": ("hightech/hightech_advice.csv", "weight"),
    "hightech:friends": ("hightech/hightech_friends.csv", "weight"),
    "hightech:reports": ("hightech/hightech_reports.csv", "weight"),
    "lazega:advice": ("lazega/lazega_advice.csv", "weight"),
    "email_eu_core": ("email_eu_core/email-Eu-core.txt.gz", "weight"),
    "wiki_vote": ("wiki_vote/wiki-Vote.txt.gz", "weight"),
    "ca_grqc": ("ca_grqc/CA-GrQc.txt.gz", "weight"),
    "ca_hepth": ("ca_hepth/CA-HepTh.txt.gz", "weight"),
    "ego_facebook": ("ego_facebook/facebook_combined.txt.gz", "weight"),
    "nethept": ("nethept/NetHEPT.txt.gz", "weight"),
    "football": ("football/football.gml", "weight"),
    "lazega:friends": ("lazega/lazega_friends.csv", "weight"),
    "lazega:cowork": ("lazega/lazega_cowork.csv", "weight"),
    "krebs": ("krebs_internet_industry/krebs.paj", "weight"),
    "netscience": ("netscience/netscience_edges.csv.gz", "weight"),
    "hep_th_newman": ("hep_th_newman/hep_th_edges.csv.gz", "weight"),
}
OPTIONS = {"hops": [], "sum of 1/weight": ["--weight"], "sum of 1/weight (Newman 2001 II)": ["--weight"],
           "sum of 1/Newman weight": ["--weight"], "sum of -log p, p = file weight": ["--probability"]}
MADE = {"sum of -log p, p=1-0.95^weight": lambda w: 1 - 0.95**w, "sum of -log p, p=1-0.9^weight": lambda w: 1 - 0.9**w,
        "sum of -log p, positive ratings only, p=0.05*rating": lambda w: 0.05 * w if w > 0 else None}
MANY = 20000
EASY = (".csv", ".txt.gz", ".csv.gz")  # to read here as well
MOST = 300  # shortest paths to count


def skip(word):
    print(word)
    sys.exit(77)


def ask(kith, path, directed, entry, k, options):
    command = [kith, "intro", "--from", entry["source"], "--to", entry["target"], "-k", str(k), "--max-hops", "0",
               "--format", "json", "--directed" if directed else "--undirected"] + options + [path]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)["tables"]["paths"]


def close(a, b):
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-300)


def check_hops(kith, path, directed, entry):
    """Distance and number of shortest paths."""
    number = entry.get("number_of_shortest_paths") or 0
    found = ask(kith, path, directed, entry, min(number, MOST) + 1, [])
    if not entry["reachable"]:
        return [] if not found else ["a path where there is none"]
    shortest = [row for row in found if row["score"] == entry["distance"]]
    if not found or found[0]["score"] != entry["distance"]:
        return ["distance %s (expected %s)" % (found and found[0]["score"], entry["distance"])]
    if len(shortest) != min(number, MOST + 1):
        return ["%d shortest paths (expected %d)" % (len(shortest), number)]
    if entry.get("all") and sorted(row["people"] for row in shortest) != sorted(entry["all"]):
        return ["other shortest paths"]
    return []


def check_cheapest(kith, path, directed, entry, options):
    expected = entry["paths"]
    found = ask(kith, path, directed, entry, len(expected), options) if expected else []
    if len(found) != len(expected):
        return ["%d paths (expected %d)" % (len(found), len(expected))]
    wrong = []
    for ours, theirs in zip(found, expected):
        cost = -math.log(ours["score"]) if options[:1] == ["--probability"] else ours["score"]
        alone = sum(close(theirs["cost"], other["cost"]) for other in expected) == 1
        if not close(cost, theirs["cost"]):
            wrong.append("cost %r (expected %r)" % (cost, theirs["cost"]))
        elif alone and theirs is not expected[-1] and ours["people"] != theirs["path"]:
            wrong.append("path %s (expected %s)" % (ours["people"], theirs["path"]))
    return wrong


def rows_of(path):
    """(from, to, weight) of a plain table, list of edges or GraphML."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        if ".graphml" in path:
            space = "{http://graphml.graphdrawing.org/xmlns}"
            tree = xml.etree.ElementTree.parse(file)
            name = {node.get("id"): node.findall(space + "data")[-1].text for node in tree.iter(space + "node")}
            return [(name[e.get("source")], name[e.get("target")], float(e.findtext(space + "data")))
                    for e in tree.iter(space + "edge")]
        if ".csv" in path:
            return [(r["source"], r["target"], float(r.get("weight") or 1)) for r in csv.DictReader(file)]
        lines = (line.split() for line in file if line.strip() and line[0] not in "#%")
        return [(f[0], f[1], 1.0) for f in lines]


def congress(data):
    """Names stand in a list of their own, beside the numbers that the ties are between."""
    with gzip.open(os.path.join(data, "congress_twitter", "congress_network_data.json.gz"), "rt") as file:
        known = json.load(file)[0]
    name = known["usernameList"]
    return [(name[i], name[j], w) for i, row in enumerate(known["outList"]) for j, w in zip(row, known["outWeight"][i])]


def women(data):
    """Who attended with whom, each event worth 1 / (people at it - 1): Newman 2001."""
    at = collections.defaultdict(list)
    with open(os.path.join(data, "davis", "davis_attendance.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at[row["event"]].append(row["person"])
    tie = collections.Counter()
    for people in at.values():
        for pair in itertools.combinations(sorted(people), 2):
            tie[pair] += 1 / (len(people) - 1)
    return [(a, b, w) for (a, b), w in sorted(tie.items())]


def write(folder, rows, name="made.csv"):
    path = os.path.join(folder, name)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("source", "target", "weight")] + list(rows))
    return path


def check_routes(kith, path, directed, rows, pair):
    """As many gatekeepers as routes; routes of the file that share nobody; and no way without the gatekeepers."""
    source, target = pair["source"], pair["target"]
    command = [kith, "gatekeepers", "--from", source, "--to", target, "--format", "json",
               "--directed" if directed else "--undirected", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        return [done.stderr.strip()]
    tables = json.loads(done.stdout)["tables"]
    gates = {row["person"] for row in tables["gatekeepers"]}
    routes = [row["people"] for row in tables.get("routes", [])]
    tie = {(a, b) for a, b, _ in rows if a != b} | (set() if directed else {(b, a) for a, b, _ in rows if a != b})
    between = [person for route in routes for person in route[1:-1]]
    wrong = []
    if len(gates) != len(routes) or len(set(between)) != len(between) or not all(len(r) > 2 for r in routes):
        wrong.append("%d gatekeepers and %d routes" % (len(gates), len(routes)))
    if not all(r[0] == source and r[-1] == target and set(zip(r, r[1:])) <= tie for r in routes):
        wrong.append("a route that is not in the file")
    nexts, seen, queue = collections.defaultdict(list), {source}, [source]
    for a, b in tie - {(source, target)}:
        nexts[a].append(b)
    while queue:
        for other in nexts[queue.pop()]:
            if other not in seen and other not in gates:
                seen.add(other)
                queue.append(other)
    if target in seen:
        wrong.append("a way around the gatekeepers")
    if igraph:
        graph = igraph.Graph.TupleList(sorted(tie - {(source, target)}), directed=True)
        ends = [v for v in (source, target) if v in graph.vs["name"]]
        count = graph.vertex_connectivity(*ends, neighbors="ignore") if len(ends) == 2 else 0
        if count != len(routes):
            wrong.append("%d routes (igraph: %d)" % (len(routes), count))
    return wrong


def check(kith, data, name, entry, folder):
    path, column, rows = None, "weight", []
    if name in ROWS:
        rows = ROWS[name](data)
        least = min(weight for _, _, weight in rows)
        path = write(folder, [(a, b, w if least > 0 else 1) for a, b, w in rows])
    else:
        path, column = FILES[name]
        path = os.path.join(data, path)
    directed = entry["canonical"]["directed"]
    asked, wrong = 0, []
    for pair in (entry.get("paths") or {}).get("hop_paths", []):
        asked += 1
        wrong += ["%s - %s: %s" % (pair["source"], pair["target"], w) for w in check_hops(kith, path, directed, pair)]
    for pair in entry.get("cheapest_paths") or []:
        kind, file = pair["cost_is"], path
        if kind in MADE:
            chances = [(a, b, MADE[kind](w)) for a, b, w in rows or rows_of(path)]
            file = write(folder, [row for row in chances if row[2] is not None], "chances.csv")
        options = ["--probability"] if kind in MADE else OPTIONS[kind]
        options = options + [column if kind not in MADE else "weight"] * len(options)
        asked += 1
        wrong += ["%s - %s, %s: %s" % (pair["source"], pair["target"], kind, w)
                  for w in check_cheapest(kith, file, directed, pair, options)]
    if rows or path.endswith(EASY):
        rows = rows or rows_of(path)
        for pair in (entry.get("paths") or {}).get("hop_paths", [])[:2 if len(rows) < MANY else 1]:
            asked += 1
            wrong += ["%s - %s: %s" % (pair["source"], pair["target"], w)
                      for w in check_routes(kith, path, directed, rows, pair)]
    print("%s: %d pairs, %d differences" % (name, asked, len(wrong)))
    return ["%s: %s" % (name, w) for w in wrong]


ROWS = {"congress_twitter": congress, "davis:women_projection": women,
        "bitcoin_alpha": lambda data: rows_of(os.path.join(data, "bitcoin_alpha", "soc-sign-bitcoinalpha.csv.gz"))}


def main():
    kith = sys.argv[1] if len(sys.argv) > 1 else skip("paths: which command?")
    data = datasets.folder(sys.argv[2] if len(sys.argv) > 2 else None)
    reference = datasets.reference(data)
    if not os.path.exists(kith) or reference is None:
        skip("paths: skipped, no command or no reference.json")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for name in list(FILES) + list(ROWS):
            wrong += check(kith, data, name, reference[name], folder)
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
