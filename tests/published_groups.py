#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""published_groups.py KITH [SHARED]: groups, brokers and mixing against reference.json, on data that is not part of
the source.

Modularity must reach the best that is known, Gould & Fernandez's counts must be R sna's for every person, assortativity
igraph's and graph-tool's. Prints a line
for each, and how like planted and known groups the found ones are. Exits 77 (skipped) when the command or the data are
missing, 1 when something falls short.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

import datasets

QUALITY = [  # network, file, options, the key of the best known
    ("karate", "karate/karate_edges.csv", [], "modularity_best_found_unweighted"),
    ("karate", "karate/karate_edges.csv", ["--weighted"], "modularity_best_found_weighted"),
    ("dolphins", "dolphins/dolphins.gml", [], "modularity_best_found_unweighted"),
    ("lesmis", "lesmis/lesmis.graphml", [], "modularity_best_found_unweighted"),
    ("lesmis", "lesmis/lesmis.graphml", ["--weight", "value"], "modularity_best_found_weighted"),
    ("football", "football/football.gml", [], "modularity_best_found_unweighted"),
    ("polbooks", "polbooks/polbooks.gml", [], "modularity_best_found_unweighted"),
]
BROKERS = [  # network, ties, people
    ("hightech:advice", "hightech/hightech_advice.csv", "hightech/hightech_nodes.csv"),
    ("hightech:friends", "hightech/hightech_friends.csv", "hightech/hightech_nodes.csv"),
    ("lazega:advice", "lazega/lazega_advice.csv", "lazega/lazega_nodes.csv"),
    ("lazega:friends", "lazega/lazega_friends.csv", "lazega/lazega_nodes.csv"),
]
ROLES = {"coordinator": "coordinator_wI", "consultant": "itinerant_wO", "representative": "representative_bIO",
         "gatekeeper": "gatekeeper_bOI", "liaison": "liaison_bO"}
MIXING = [  # network, ties, people, attribute, as, the key of the value, options
    ("lazega:friends", "lazega/lazega_friends.csv", "lazega/lazega_nodes.csv", attribute, "value",
     "assortativity_nominal[%s]", ["--directed"]) for attribute in ("office", "practice", "status", "gender")
] + [
    ("lazega:cowork", "lazega/lazega_cowork.csv", "lazega/lazega_nodes.csv", "office", "value",
     "assortativity_nominal_undirected[%s]", ["--undirected"]),
    ("lazega:friends", "lazega/lazega_friends.csv", "lazega/lazega_nodes.csv", "seniority", "number",
     "assortativity_numeric_directed[%s]", ["--directed"]),
]
LEAST = 1e-6
faults = 0


def skip(word):
    print(word)
    sys.exit(77)


def tables(kith, *arguments):
    answer = subprocess.run([kith, *arguments, "--format", "json"], capture_output=True, check=False)
    if answer.returncode != 0:
        print("kith", *arguments, answer.stderr.decode())
        sys.exit(1)
    return json.loads(answer.stdout)["tables"]


def measures(found):
    return {row["measure"]: row["value"] for row in found["quality"]}


def expect(truth, *words):
    global faults
    print("ok  " if truth else "FAIL", *words)
    faults += not truth


def best(entry, key):
    value = entry["computed"][key]
    return value["Q"] if isinstance(value, dict) else value


def check_quality(kith, shared, reference):
    for name, file, options, key in QUALITY:
        known = best(reference[name], key)
        found = measures(tables(kith, "communities", "--null", "0", *options, os.path.join(shared, file)))["modularity"]
        expect(found >= known - LEAST, "%s %s: modularity %.6f (best known %.6f)" % (
            name, " ".join(options), found, known))


def check_dense(kith, shared):
    """78 ties a person: one round of Leiden a run stays below what igraph's best of ten runs finds."""
    found = measures(tables(kith, "communities", "--null", "0", os.path.join(shared, "perf/fb-MIT8.txt.gz")))["modularity"]
    expect(found >= 0.395975, "fb-MIT8: modularity %.6f (igraph, best of ten: 0.395975)" % found)


def check_brokers(kith, shared, reference):
    for name, ties, people in BROKERS:
        entry = reference[name]["brokerage"]
        rows = tables(kith, "brokers", "--directed", "--permutations", "0", "--top", "100000", "--by",
                      entry["attribute"], os.path.join(shared, ties), os.path.join(shared, people))["brokers"]
        wrong = 0
        for row in rows:
            theirs = entry["vertices"][row["person"]]
            wrong += any(row[ours] != theirs[other] for ours, other in ROLES.items())
        expect(rows and not wrong, "%s: %d of %d people have other roles" % (name, wrong, len(rows)))


def check_mixing(kith, shared, reference):
    for name, ties, people, attribute, kind, key, options in MIXING:
        known = reference[name]["computed"][key % attribute]
        rows = tables(kith, "mixing", *options, "--permutations", "0", "--by", attribute, os.path.join(shared, ties),
                      os.path.join(shared, people))["mixing"]
        found = [row["assortativity"] for row in rows if row["as"] == kind]
        expect(found and abs(found[0] - known) < 1e-9, "%s: assortativity by %s %s (expected %.12g)" % (
            name, attribute, found, known))


def email_departments(kith, shared, folder):
    labels = os.path.join(folder, "departments.csv")
    with open(os.path.join(shared, "email_eu_core/email-Eu-core-department-labels.txt"), encoding="utf-8") as file, \
            open(labels, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "department"])
        writer.writerows(line.split() for line in file)
    found = measures(tables(kith, "communities", "--null", "0", "--compare", "department",
                            os.path.join(shared, "email_eu_core/email-Eu-core.txt.gz"), labels))
    expect(found["nmi:department"] > 0.5, "email_eu_core: modularity %.4f, NMI with departments %.4f, ARI %.4f" % (
        found["modularity"], found["nmi:department"], found["ari:department"]))


def main():
    kith = sys.argv[1]
    shared = datasets.folder(sys.argv[2] if len(sys.argv) > 2 else None)
    reference = datasets.reference(shared)
    if not os.path.exists(kith) or reference is None:
        skip("no command, or no data beside the source")
    check_quality(kith, shared, reference)
    check_dense(kith, shared)
    check_brokers(kith, shared, reference)
    check_mixing(kith, shared, reference)
    with tempfile.TemporaryDirectory() as folder:
        email_departments(kith, shared, folder)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
