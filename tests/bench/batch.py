# SPDX-License-Identifier: GPL-3.0-or-later
"""batch.py - a thousand small networks x two measures: `kith batch run`, its tables included, against python-igraph."""
import os
import random
import subprocess

from pair import Case, Command

ABOUT = "kith batch: a thousand sets of 1,000 edges x two measures, and a finished batch of 100,000 units run again"
SETS, EDGES, NODES = 1000, 1000, 300
MANIFEST = """datasets: [{folder: sets, directed: yes}]
grid:
  influencers: {by: [pagerank, betweenness], top: 10, resamples: 0}
"""
MANY = """datasets: [{folder: many}]
grid:
  influencers: {by: [degree, core], top: [1, 2, 3, 4, 5], resamples: 0}
"""
TINY = """datasets: [{glob: "many/g?.csv"}, {glob: "many/g??.csv"}, {glob: "many/g???.csv"}]
grid:
  influencers: {by: degree, top: 10, resamples: 0}
"""


def make(folder, sets, edges, nodes):
    if os.path.isdir(folder):
        return
    os.makedirs(folder + ".part")
    for i in range(sets):
        draw = random.Random(i)
        with open("%s.part/g%d.csv" % (folder, i), "w", encoding="utf-8") as out:
            out.write("from,to\n" + "".join("p%d,p%d\n" % (draw.randrange(nodes), draw.randrange(nodes)) for _ in range(edges)))
    os.rename(folder + ".part", folder)


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def same_tops(outputs):
    """The first score of each ranking, of every set, is the same."""
    def read(text):
        return {tuple(line.split(",")[:2]): "%.9g" % float(line.split(",")[2]) for line in text.split()}
    ours, theirs = read(outputs["kith"]), read(outputs["igraph"])
    wrong = [k for k in theirs if ours.get(k) != theirs[k]]
    return "%d of %d scores, as of %s" % (len(wrong), len(theirs), wrong[0]) if wrong or len(ours) != len(theirs) else None


def ours(bench, here, manifest):
    """The batch with its tables, from nothing, and the first place of each ranking."""
    first = """awk -F, '$7 == 1 {sub(/^.*\\//, "", $1); print $1 "," $4 "," $10}' %s/out/top.csv | tr -d '\\r'""" % here
    run = "rm -rf %s/out && %s batch run %s/%s -j1 --quiet --into %s/out >/dev/null" % (here, bench.kith, here, manifest, here)
    return Command(["sh", "-c", run + " && " + first])


def cases(bench):
    here = os.path.join(bench.folder, "batch")
    os.makedirs(here, exist_ok=True)
    make(os.path.join(here, "sets"), SETS, EDGES, NODES)
    make(os.path.join(here, "many"), 10000, 24, 12)
    write(os.path.join(here, "all.yaml"), MANIFEST)
    write(os.path.join(here, "hundred.yaml"), MANIFEST.replace("{folder: sets,", '{glob: "sets/g?.csv", directed: yes}, {glob: "sets/g??.csv",'))
    write(os.path.join(here, "many.yaml"), MANY)
    write(os.path.join(here, "tiny.yaml"), TINY)
    write(os.path.join(here, "alone.yaml"), "limits: {alone: yes}\n" + MANIFEST)
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "many_igraph.py")
    yield Case("two measures of 1,000 sets, one script for all", "1,000 edges each", {
        "kith": ours(bench, here, "all.yaml"),
        "igraph": Command(["/usr/bin/python3", script, os.path.join(here, "sets")]),
    }, goals={"igraph": 20}, check=same_tops, rounds=3)
    yield Case("two measures of 100 sets, a script a set", "1,000 edges each", {
        "kith": ours(bench, here, "hundred.yaml"),
        "igraph": Command(["sh", "-c", "for f in %s/sets/g?.csv %s/sets/g??.csv; do /usr/bin/python3 %s $f; done" % (here, here, script)],
                          once=True),
    }, goals={"igraph": 20}, check=same_tops, rounds=3)
    yield Case("one measure of 1,000 sets: what a task costs in ms", "24 edges each (goal 5)", {"kith": ours(bench, here, "tiny.yaml")}, rounds=3)
    yield Case("two measures of 1,000 sets, memory of its own for each", "1,000 edges each", {"kith": ours(bench, here, "alone.yaml")}, rounds=3)
    again = "%s batch run %s/many.yaml --quiet --into %s/many.out >/dev/null" % (bench.kith, here, here)
    subprocess.run(["sh", "-c", again], check=False)
    yield Case("a finished batch run again (goal 5 s)", "100,000 units", {"kith": Command(["sh", "-c", again])}, rounds=3)
