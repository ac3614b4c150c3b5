#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""published.py KITH [SHARED]: the command's rankings against reference.json, every person of every network.

Prints every difference and a line for each network. Exits 77 (skipped) when the command or the data are missing, 1 when
something differs. A score may differ by 1e-9 of itself (eigenvector by 1e-6, or by 1e-9 where it is next to nothing);
the order must fall, and among equal scores it is free.
"""
import json
import os
import subprocess
import sys

import datasets

MEASURES = {  # ours -> theirs; "+" is --weighted
    "degree": "degree",
    "strength": "strength",
    "clustering": "clustering_local",
    "core": "core_number",
    "betweenness": "betweenness",
    "betweenness+": "betweenness_weighted_dist_1_over_w",
    "closeness": "closeness_component_undirected",
    "harmonic": "harmonic_undirected",
    "pagerank": "pagerank_0.85",
    "pagerank+": "pagerank_0.85_weighted",
    "eigenvector": "eigenvector_undirected_max1_largest_component",
    "eigenvector+": "eigenvector_weighted_max1_largest_component",
    "constraint": "constraint_undirected",
    "constraint+": "constraint_undirected_weighted",
}
# These depend on people without ties, whom a plain edge list does not name.
NEED_EVERYBODY = {"harmonic", "pagerank", "pagerank+"}
FILES = {
    "karate": "karate/karate_edges.csv",
    "kite": "kite/kite_edges.csv",
    "florentine:marriage": "florentine/florentine_marriage.csv",
    "florentine:business": "florentine/florentine_business.csv",
    "davis:women_projection": "davis/davis_attendance.csv",
    "lesmis": "lesmis/lesmis.graphml",
    "dolphins": "dolphins/dolphins.gml",
    "polbooks": "polbooks/polbooks.gml",
    "hightech:advice": "hightech/hightech_advice.csv",
    "hightech:friends": "hightech/hightech_friends.csv",
    "hightech:reports": "hightech/hightech_reports.csv",
    "lazega:advice": "lazega/lazega_advice.csv",
    "lazega:friends": "lazega/lazega_friends.csv",
    "lazega:cowork": "lazega/lazega_cowork.csv",
    "email_eu_core": "email_eu_core/email-Eu-core.txt.gz",
    "wiki_vote": "wiki_vote/wiki-Vote.txt.gz",
    "ca_grqc": "ca_grqc/CA-GrQc.txt.gz",
}
WEIGHTS = {"lesmis": "value"}  # what the file calls its weights, where that is not "weight"


def skip(word):
    print(word)
    sys.exit(77)


def ask(kith, name, measure, directed, path):
    command = [kith, "influencers", "--by", measure.rstrip("+"), "--top", "100000", "--resamples", "0",
               "--format", "json", "--directed" if directed else "--undirected"]
    if measure.endswith("+"):
        command.append("--weighted")
    if name in WEIGHTS and (measure.endswith("+") or measure == "strength"):
        command += ["--weight", WEIGHTS[name]]
    environment = {k: v for k, v in os.environ.items() if k != "KITH_BOOK"}
    done = subprocess.run(command + [path], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        return None, "exit %d: %s" % (done.returncode, done.stderr.strip())
    return json.loads(done.stdout)["tables"]["influencers"], None


def same(measure, found, expected):
    if found is None or expected is None:
        return found is None and expected is None
    if measure.startswith("eigenvector"):
        return abs(found - expected) <= max(1e-6 * abs(expected), 1e-9)
    return abs(found - expected) <= 1e-9 * max(abs(expected), 1e-3)


def out_of_order(measure, rows):
    scores = [row["score"] for row in rows]
    known = [s for s in scores if s is not None]
    wrong = scores[: len(known)] != known
    wrong |= known != sorted(known, reverse=not measure.startswith("constraint"))
    return wrong | ([row["rank"] for row in rows] != list(range(1, len(rows) + 1)))


def compare(name, measure, rows, expected):
    """The differences, each as a line."""
    lines = []
    found = {row["person"]: row["score"] for row in rows}
    isolated = len(found) < len(expected)
    if isolated and measure in NEED_EVERYBODY:
        return lines
    for person, score in expected.items():
        if person not in found:
            if score not in (0, None):
                lines.append("%s: %s of %s: not listed (expected %r)" % (name, measure, person, score))
        elif not same(measure, found[person], score):
            lines.append("%s: %s of %s: %r (expected %r)"
                         % (name, measure, person, found[person], score))
    for person in sorted(set(found) - set(expected)):
        lines.append("%s: %s: %s is not in the reference" % (name, measure, person))
    if out_of_order(measure, rows):
        lines.append("%s: %s: the ranking is out of order" % (name, measure))
    return lines


def check(kith, data, name, entry):
    theirs = datasets.vertices(data, entry)
    if "newman_strength" in entry:
        theirs = {k: v for k, v in theirs.items() if not k.endswith(("weighted", "_1_over_w"))
                  and "weighted" not in k}
        theirs["strength"] = entry["newman_strength"]
    people, differences = 0, []
    for measure, key in MEASURES.items():
        if key not in theirs:
            continue
        rows, failure = ask(kith, name, measure, entry["canonical"]["directed"],
                            os.path.join(data, FILES[name]))
        if failure:
            differences.append("%s: %s: %s" % (name, measure, failure))
            break
        people += len(rows)
        differences += compare(name, measure, rows, theirs[key])
    print("%s: %d scores compared, %d differences" % (name, people, len(differences)))
    return differences


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: published.py KITH [SHARED]")
    kith = sys.argv[1]
    data = datasets.folder(sys.argv[2] if len(sys.argv) > 2 else None)
    reference = datasets.reference(data)
    if not os.access(kith, os.X_OK):
        skip("skipped: there is no command at %s" % kith)
    if reference is None:
        skip("skipped: there is no %s/reference.json" % data)
    differences = []
    for name in FILES:
        differences += check(kith, data, name, reference[name])
    print("\n".join(differences))
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
