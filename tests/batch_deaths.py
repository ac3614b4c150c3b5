#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batch_deaths.py KITH LIBFAILIO - small data sets that share a process, and one of them that kills it.

It crashes, stands still or eats memory as the second, the middle or the last of those that share it: the others answer once,
the same as without it, whatever the number of processes. And a process that dies behind other data sets of what they left
in it is nobody's failure.
"""
import collections
import csv
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

KITH, SHIM = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SAME = ["results.csv", "results.jsonl", "results.sqlite", "top.csv", "failures.csv", "index.html"]
SETS, ROWS = 8, 400  # one process takes the first four of eight that are alike
failed = 0


def check(what, truth, more=""):
    global failed
    print(("ok   " if truth else "FAIL ") + what + (": %s" % more if more and not truth else ""), flush=True)
    failed += not truth


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def edges(path, seed):
    draw = random.Random(seed)
    with open(path, "w", encoding="ascii") as out:
        out.write("from,to\n" + "".join("p%03d,p%03d\n" % (draw.randrange(300), draw.randrange(300)) for _ in range(ROWS)))


def heavy(path, size):
    """As many bytes as the others, and a path of 300,000 people when unpacked: labels of 60 letters that pack to nothing."""
    text = "from,to\n" + "".join("%s%d,%s%d\n" % ("n" * 60, i, "n" * 60, i + 1) for i in range(60000))
    with open(path, "wb") as out:
        out.write(gzip.compress(text.encode(), 9, mtime=0))
    assert os.path.getsize(path) < 1 << 20 and size > 0


def manifest(folder, limits, names):
    path = os.path.join(folder, "m.yaml")
    with open(path, "w", encoding="ascii") as out:
        out.write("limits: {%s, alone: no}\ndatasets: [%s]\ngrid:\n  influencers: {by: [degree, core], top: 3, resamples: 0}\n"
                  % (limits, ", ".join("{file: %s, id: %s}" % (os.path.join(folder, name), name) for name in names)))
    return path


def start(folder, into, slots, env):
    return subprocess.Popen([KITH, "batch", "run", os.path.join(folder, "m.yaml"), "--into", os.path.join(folder, into),
                             "-j", str(slots), "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            env={**os.environ, "LC_ALL": "C.UTF-8", **env})


def reads_of_plan(folder, under, count):
    """How often kith itself, before it starts others, reads what is under a path."""
    subprocess.run([KITH, "batch", "plan", os.path.join(folder, "m.yaml")], stdout=subprocess.DEVNULL, check=True,
                   env={**os.environ, "LD_PRELOAD": SHIM, "FAIL_AT": "0", "FAIL_CALLS": "read", "FAIL_UNDER": under, "FAIL_COUNT": count})
    return int(read(count))


def rows_of(folder, name):
    """The lines of a table, by data set."""
    rows = collections.defaultdict(list)
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["dataset"]].append(row)
    return rows


def answers(folder):
    """How often each unit was answered, of all segments."""
    keys = collections.Counter()
    for name in os.listdir(os.path.join(folder, "segments")):
        for line in read(folder, "segments", name).splitlines():
            if line.endswith(b'"end":true}') and b'"state":"ok"' in line:
                keys[json.loads(line)["key"]] += 1
    return keys


def make(work, place, bad):
    """Eight data sets of one size; `bad` at a place of the order they are taken in, which is that of their names."""
    folder = os.path.join(work, "%s-%d" % (bad, place))
    os.makedirs(folder)
    names = ["s%d.csv" % i for i in range(SETS)]
    for i, name in enumerate(names):
        edges(os.path.join(folder, name), i)
    return folder, names


def kill_at(work, place, bad, limits, env, clean):
    """Starts one process and four; what is to be looked at when they have ended."""
    folder, names = make(work, place, bad)
    victim = names[place - 1]
    if bad == "memory":
        heavy(os.path.join(folder, victim), 1)
    manifest(folder, limits, names)
    if env:
        under = os.path.join(folder, victim)
        env = {**env, "LD_PRELOAD": SHIM, "FAIL_CALLS": "read", "FAIL_UNDER": under,
               "FAIL_AT": str(reads_of_plan(folder, under, os.path.join(folder, "count")) + 1)}
    return folder, victim, [(into, start(folder, into, slots, env)) for into, slots in (("one", 1), ("four", 4))], clean


def look(place, bad, name, job):
    folder, victim, runs, clean = job
    where = "%s as number %d" % (bad, place)
    for into, run in runs:
        words = run.communicate(timeout=300)[1].decode()
        here = os.path.join(folder, into)
        check("%s, %s: told by exit 1" % (where, into), run.returncode == 1, "%s %s" % (run.returncode, words))
        rows, lost = rows_of(here, "results.csv"), rows_of(here, "failures.csv")
        check("%s, %s: it alone failed, as %s" % (where, into, name),
              {d: {f["class"] for f in fs} for d, fs in lost.items()} == {victim: {name}}, str(dict(lost)))
        wrong = [d for d in clean if d != victim and rows[d] != clean[d]]
        check("%s, %s: the others answer as without it" % (where, into), not wrong, str(wrong))
        twice = {k: n for k, n in answers(here).items() if n != 1}
        check("%s, %s: each of them once" % (where, into), not twice and len(answers(here)) == 2 * (SETS - 1), str(twice))
    for table in SAME:
        check("%s: %s of one process and of four" % (where, table), read(folder, "one", table) == read(folder, "four", table))


def without(work):
    folder, names = make(work, 0, "none")
    manifest(folder, "retries: 0", names)
    run = start(folder, "one", 1, {})
    run.communicate()
    check("eight data sets, nothing wrong", run.returncode == 0)
    return folder, names, rows_of(os.path.join(folder, "one"), "results.csv")


def deaths(work, clean):
    """All at once: most of the time is waiting for what stands still."""
    kinds = [("crash", "crash", "retries: 1", {"FAIL_SIGNAL": "11"}),
             ("standstill", "time-limit", "retries: 0, time: 4 s", {"FAIL_SIGNAL": "19"}),
             ("memory", "out-of-memory", "memory: 16 MB", {})]
    jobs = [(place, bad, name, kill_at(work, place, bad, limits, env, clean))
            for bad, name, limits, env in kinds for place in (2, 3, 4)]
    for job in jobs:
        look(*job)


def innocents(work, folder, names, clean):
    """Every process dies in the third file that it reads: of what came before, so nobody is to blame and all are answered."""
    under = folder + "/s"
    each = reads_of_plan(folder, under, os.path.join(work, "count")) // len(names)
    env = {"LD_PRELOAD": SHIM, "FAIL_CALLS": "read", "FAIL_UNDER": under, "FAIL_SIGNAL": "11"}
    for extra in range(2 * each + 1, 3 * each + 1):
        into = "innocent%d" % extra
        run = start(folder, into, 1, {**env, "FAIL_AT": str(each * len(names) + extra)})
        words = run.communicate(timeout=300)[1].decode()
        here = os.path.join(folder, into)
        check("a process that dies at its read %d behind others is nobody's failure" % extra,
              run.returncode == 0 and rows_of(here, "results.csv") == clean, "%d %s" % (run.returncode, words))
        deaths_seen = len(answers(here))
        check("and everything was answered once", deaths_seen == 2 * SETS, str(deaths_seen))


def main():
    work = tempfile.mkdtemp(prefix="kith-deaths-")
    try:
        folder, names, clean = without(work)
        deaths(work, clean)
        innocents(work, folder, names, clean)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print("deaths: %s" % ("FAILED %d" % failed if failed else "all fine"))
    return failed > 0


sys.exit(main())
