#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""paths.py KITH [SHARED]: chains on plain graph files against reference.json: distances, how many shortest paths there
are, and the k cheapest simple paths by hops, by 1/weight and by probability.

Costs are compared, and paths where their cost is like no other. Exits 77 (skipped) when the command or the data are
missing, 1 when something differs.
"""
import json
import math
import os
import subprocess
import sys

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
}
OPTIONS = {"hops": [], "sum of 1/weight": ["--weight"], "sum of 1/weight (Newman 2001 II)": ["--weight"],
           "sum of -log p, p = file weight": ["--probability"]}
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


def check(kith, data, name, entry):
    path, column = FILES[name]
    path, directed = os.path.join(data, path), entry["canonical"]["directed"]
    asked, wrong = 0, []
    for pair in (entry.get("paths") or {}).get("hop_paths", []):
        asked += 1
        wrong += ["%s - %s: %s" % (pair["source"], pair["target"], w) for w in check_hops(kith, path, directed, pair)]
    for pair in entry.get("cheapest_paths") or []:
        if pair["cost_is"] not in OPTIONS:
            continue
        options = OPTIONS[pair["cost_is"]]
        asked += 1
        wrong += ["%s - %s, %s: %s" % (pair["source"], pair["target"], pair["cost_is"], w)
                  for w in check_cheapest(kith, path, directed, pair, options + [column] * len(options))]
    print("%s: %d pairs, %d differences" % (name, asked, len(wrong)))
    return ["%s: %s" % (name, w) for w in wrong]


def main():
    kith = sys.argv[1] if len(sys.argv) > 1 else skip("paths: which command?")
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    shared = sys.argv[2] if len(sys.argv) > 2 else os.path.join(here, "..", "shared")
    data = os.path.join(shared, "datasets")
    if not os.path.exists(kith) or not os.path.exists(os.path.join(data, "reference.json")):
        skip("paths: skipped, no command or no reference.json")
    with open(os.path.join(data, "reference.json"), encoding="utf-8") as file:
        reference = json.load(file)["datasets"]
    wrong = []
    for name in FILES:
        wrong += check(kith, data, name, reference[name])
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
