#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""study.py KITH [SHARED] [--all] [--into FOLDER] - the study of docs/cookbook.md, its table against reference.json.

Runs docs/study/study.yaml: with --all over every network, without it over the small ones (files below 64 kB). Compared
are counts, 20 places of each ranking with their scores and order, modularity, constraint and effective size, the spread of
seeds, assortativity, who was at how many events, how many contacts were held out. Every difference beyond its tolerance is
printed, and how much was compared for each network. Exits 77 (skipped) when the command or the data are missing.
"""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

import datasets

STUDY = os.path.join(datasets.ROOT, "docs", "study")
SMALL = 64 << 10
REFERENCE = {  # ours -> theirs, where the names differ
    "afsp": "afsp:participants_projection_all_years", "chip_supply": "chip_supply:sequence", "davis": "davis:women_projection",
    "florentine_business": "florentine:business", "florentine_marriage": "florentine:marriage",
    "hightech_advice": "hightech:advice", "hightech_friends": "hightech:friends", "hightech_reports": "hightech:reports",
    "lazega_advice": "lazega:advice", "lazega_cowork": "lazega:cowork", "lazega_friends": "lazega:friends",
    "physicians_ckm": "physicians:ckm", "physicians_konect": "physicians:konect", "revere": "revere:persons_projection",
}
OTHER_NAMES = {"congress_twitter", "eva"}  # the reference calls people by a name and the file by a number, or the other way
MANY_RELATIONS = {"physicians_ckm"}  # told apart in the counts, one tie in the measures
NO_TIES = {"nyjazz"}  # a table of people; who brought whom is in its coupons, which kith does not read
TWO_MODE = {"afsp": "afsp", "davis": "davis", "revere": "revere"}
INCIDENCES = {  # counts of data that ties two kinds -> what the reference calls them
    "afsp": ("afsp", {"event": "panels", "tie:attended": "incidences"}),
    "davis": ("davis", {"person": "women", "event": "events", "tie:attended": "incidences"}),
    "revere": ("revere", {"tie:attended": "incidences"}),
    "nashville_meetup": ("nashville_meetup", {"person": "members", "topic": "groups", "tie:member_of": "incidences"}),
    "chip_provision": ("chip_supply:provision", {"person": "providers+inputs", "tie:tie": "incidences"}),
}
MAIL = {"mail_httpd": "httpd-users-2020-07.mbox.gz", "mail_notmuch": "notmuch_default_corpus.tar.gz"}
MEASURES = {"degree": "degree", "pagerank": "pagerank_0.85", "betweenness": "betweenness", "harmonic": "harmonic_undirected",
            "eigenvector": "eigenvector_undirected_max1_largest_component", "core": "core_number",
            "clustering": "clustering_local", "constraint": "constraint_undirected"}
NEED_EVERYBODY = {"pagerank", "harmonic"}  # they depend on people without ties, whom a list of edges does not name
NAMES_EVERYBODY = (".gml", ".graphml", ".paj", ".net", "nyjazz.csv")
CLOSE = {"eigenvector": 1e-6, "modularity": 0.005}  # of itself; modularity: below the best that is known


SAMPLED = set()  # (network, measure) that the budget was too small for


class Checked:
    """What was compared of one network."""

    def __init__(self, name):
        self.name, self.n, self.largest, self.faults = name, 0, 0.0, 0

    def fault(self, text, *values):
        self.faults += 1
        print("  %s: %s" % (self.name, text % values), flush=True)

    def same(self, what, ours, theirs, tolerance=1e-9):
        self.n += 1
        apart = abs(ours - theirs) / max(abs(theirs), 1e-9) if theirs is not None else float("inf")
        self.largest = max(self.largest, apart)
        if not apart <= tolerance:
            self.fault("%s is %r (expected %r)", what, ours, theirs)


def skip(word):
    print("SKIPPED: %s: the study was NOT checked" % word)
    sys.exit(77)


def number(text):
    return float(text) if text not in ("", None) else None


def unnamed(network, entry):
    """How many people without ties the file does not name; where it has loops, those are all that some have."""
    if network["path"].removesuffix(".gz").endswith(NAMES_EVERYBODY) or entry["canonical"].get("self_loop_rows"):
        return 0
    return entry["computed"]["isolated_vertices"]


def check_counts(c, rows, network, entry):
    counts = {row["kind"]: int(row["count"]) for row in rows if row["table"] == "counts"}
    c.same("people", counts["person"], entry["computed"]["n"] - unnamed(network, entry), 0)
    if c.name not in TWO_MODE:
        canonical = entry["canonical"]
        ties = canonical["m"] + canonical["self_loop_rows"]
        ties = 0 if c.name in NO_TIES else canonical["raw_rows"] if c.name in MANY_RELATIONS else ties
        c.same("ties", counts.get("tie:tie", 0), ties, 0)


def check_incidences(c, rows, reference):
    """What the reference counts of people at events, members of groups, and mail."""
    if c.name in MAIL:
        theirs = reference["importers"]["computed"]["mail"][MAIL[c.name]]["messages"]
        c.same("messages", sum(int(row["records"]) for row in rows if row["table"] == "sources"), theirs, 0)
    if c.name in INCIDENCES:
        name, of = INCIDENCES[c.name]
        counts = {row["kind"]: int(row["count"]) for row in rows if row["table"] == "counts"}
        theirs = reference[name]["computed"]
        theirs = theirs.get("all", theirs)
        for kind, words in of.items():
            c.same(kind, counts[kind], sum(theirs.get("n_" + word, theirs.get(word, 0)) for word in words.split("+")), 0)


def check_ranking(c, rows, by, theirs, lowest_first):
    """Scores, their order, and that nobody better was left out."""
    ours = [(row["person"], float(row["score"])) for row in rows if row["table"] == "influencers"]
    known = sorted((v for v in theirs.values() if v is not None), reverse=not lowest_first)
    for place, (person, score) in enumerate(ours):
        if c.name not in OTHER_NAMES:
            c.same("%s of %s" % (by, person), score, theirs.get(person), CLOSE.get(by, 1e-9))
        c.same("%s in place %d" % (by, place + 1), score, known[place], CLOSE.get(by, 1e-9))


def check_influencers(c, units, network, entry, table):
    for unit, rows in units.items():
        by = unit[1]
        if by in NEED_EVERYBODY and unnamed(network, entry) or MEASURES[by] not in table or (c.name, by) in SAMPLED:
            continue
        check_ranking(c, rows, by, table[MEASURES[by]], by == "constraint")


def check_communities(c, rows, computed):
    value = {row["measure"]: number(row["value"]) for row in rows if row["table"] == "quality"}
    best = computed.get("modularity_best_found_unweighted", {}).get("Q")
    exact = computed.get("modularity_exact_optimum", {}).get("Q") if best else None
    if best is None or c.name in TWO_MODE:
        return
    c.n += 1
    if value["modularity"] < best - CLOSE["modularity"]:
        c.fault("modularity %.6f (best known %.6f)", value["modularity"], best)
    if exact is not None and value["modularity"] > exact + 1e-9:
        c.fault("modularity %.6f is above the optimum %.6f", value["modularity"], exact)


def check_brokers(c, rows, table):
    if c.name in TWO_MODE or c.name in OTHER_NAMES or "constraint_undirected" not in table:
        return
    for row in rows:
        if row["table"] == "brokers":
            who = row["person"]
            c.same("constraint of " + who, float(row["constraint"]), table["constraint_undirected"][who])
            c.same("effective size of " + who, float(row["effective_size"]), table["effective_size_undirected"][who])


def check_seeds(c, rows, spreads):
    """What kith chose reaches as many as five seeds of the reference do, in the same model (kith promises 0.9 of the best)."""
    ours = {int(row["order"]): row for row in rows if row["table"] == "seeds"}
    for model in spreads:
        if model["model"] != "IC" or not model["probabilities"].startswith("p=0.1, "):
            continue
        for known in model["results"]:
            row = ours.get(len(known["seeds"]))
            c.n += row is not None
            if row and row["order"] == "5" and float(row["spread_hi"]) < 0.95 * known["mean"]:
                c.fault("5 seeds reach %s (those of the reference %.3f)", row["spread"], known["mean"])
            if row and [row["person"]] == known["seeds"] and abs(float(row["spread"]) - known["mean"]) > 0.05 * known["mean"]:
                c.fault("%s reaches %s (expected %.3f)", row["person"], row["spread"], known["mean"])


def check_mixing(c, rows, computed):
    for row in rows:
        if row["table"] == "mixing" and row["as"] == "value":
            theirs = computed.get("assortativity_nominal_undirected[%s]" % row["attribute"])
            if theirs is not None:
                c.same("assortativity by " + row["attribute"], float(row["assortativity"]), theirs)


def check_attendance(c, rows, computed):
    theirs = next((v for k, v in computed.items() if k.startswith("top20_") and not k.startswith("top20_events")
                   and k.endswith("_by_degree")), [])
    ours = {row["person"]: int(row["events"]) for row in rows if row["table"] == "attendance"}
    for person, events in theirs:
        if person in ours:
            c.same("events of " + person, ours[person], events, 0)


def check_evaluate(c, rows, canonical):
    ways = 1 if canonical.get("directed") else 2
    known = [number(row["value"]) for row in rows if row["table"] == "held_out" and row["measure"].startswith("contacts known")]
    if known and canonical.get("raw_rows"):
        c.same("contacts known", known[0], 0.8 * ways * canonical["raw_rows"], 1e-3)


def check_network(c, units, network, data, reference):
    entry = reference.get(REFERENCE.get(c.name, c.name))
    of = {unit[0]: rows for unit, rows in units.items()}
    check_incidences(c, of["info"], reference)
    if not entry or "isolated_vertices" not in entry["computed"]:
        return
    check_counts(c, of["info"], network, entry)
    if c.name in NO_TIES:
        return
    table = datasets.vertices(data, entry)
    check_influencers(c, {u: r for u, r in units.items() if u[0] == "influencers"}, network, entry, table)
    check_communities(c, of["communities"], entry["computed"])
    check_brokers(c, of["brokers"], table)
    check_seeds(c, of["seeds"], entry.get("spread", []))
    check_mixing(c, of["mixing"], entry["computed"])
    check_evaluate(c, of["evaluate"], entry["canonical"])
    if c.name in TWO_MODE:
        check_attendance(c, of["attendance"], reference[TWO_MODE[c.name]]["computed"])


def read_units(folder):
    """{dataset: {(pass, by): rows}}"""
    units = {}
    with open(os.path.join(folder, "results.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            units.setdefault(row["dataset"], {}).setdefault((row["pass"], row["by"]), []).append(row)
    return units


def run(kith, networks, data, everything, folder):
    """The study, or its small networks with paths that hold anywhere."""
    manifest = os.path.join(folder, "study.yaml")
    shutil.copy(os.path.join(STUDY, "study.yaml"), manifest)
    kept = []
    for network in networks:
        path = os.path.join(data, network["path"].split("/datasets/", 1)[1])
        if os.path.exists(path) and (everything or os.path.getsize(path) <= SMALL):
            kept.append(dict(network, path=path))
    with open(os.path.join(folder, "networks.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(networks[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(kept)
    done = subprocess.run([kith, "batch", "run", manifest], capture_output=True, text=True, check=False)
    return kept, done


def main():
    words = [word for word in sys.argv[1:] if word != "--all"]
    into = words.pop(words.index("--into") + 1) if "--into" in words else None
    words = [word for word in words if word != "--into"]
    kith = os.path.abspath(words[0])
    data = datasets.folder(words[1] if len(words) > 1 else None)
    reference = datasets.reference(data)
    if reference is None:
        skip("no data sets here")
    with open(os.path.join(STUDY, "networks.csv"), encoding="utf-8", newline="") as file:
        networks = list(csv.DictReader(file))
    work = into or tempfile.mkdtemp(prefix="kith-study-")
    os.makedirs(work, exist_ok=True)
    try:
        kept, done = run(kith, networks, data, "--all" in sys.argv, work)
        faults = compare(kept, done, os.path.join(work, "study.batch"), data, reference)
    finally:
        if not into:
            shutil.rmtree(work, ignore_errors=True)
    return faults > 0


def compare(kept, done, folder, data, reference):
    if done.returncode != 0:
        print(done.stdout + done.stderr)
        return 1
    find_sampled(folder)
    units, faults, n = read_units(folder), 0, 0
    for network in kept:
        c = Checked(network["id"])
        check_network(c, {(p, by): rows for (p, by), rows in units[c.name].items()}, network, data, reference)
        print("%-20s %4d values compared, largest difference %.1e%s"
              % (c.name, c.n, c.largest, ", %d FAULTS" % c.faults if c.faults else ""), flush=True)
        faults, n = faults + c.faults, n + c.n
    print("study: %d networks, %d values compared, %d differ" % (len(kept), n, faults))
    return faults


def find_sampled(folder):
    with open(os.path.join(folder, "results.jsonl"), encoding="utf-8") as file:
        for line in file:
            unit = json.loads(line)
            if unit["pass"] == "influencers" and any("is sampled" in note for note in unit["answer"]["notes"]):
                SAMPLED.add((unit["dataset"], unit["by"]))
                print("%s: %s is sampled: not compared" % (unit["dataset"], unit["by"]))


sys.exit(main())
