#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batch_faults.py KITH LIBFAILIO [--full] - `kith batch run` with the n-th call that touches a file failing.

For want of room, by an i/o error, from then on, torn, in reading, and with the process killed there; in the process that
watches and in those that work. The error is told, what was done is kept and not done again, and a later run ends with the
bytes of a run without faults. Without --full a bounded share.
"""
import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

SAME = ["results.csv", "results.jsonl", "results.sqlite", "top.csv", "failures.csv", "index.html"]
MAY_BE = {*SAME, "timing.csv", "plan.json", "tables.stamp", "segments", "logs", "results.sqlite-journal"}
KINDS = [("no room", {"FAIL_ERRNO": "28"}), ("i/o error", {"FAIL_ERRNO": "5"}),
         ("from then on", {"FAIL_ERRNO": "28", "FAIL_STICKY": "1"}), ("torn", {"FAIL_ERRNO": "28", "FAIL_TORN": "1"}),
         ("reading", {"FAIL_ERRNO": "5", "FAIL_CALLS": "read"}),
         ("reading a second file", {"FAIL_ERRNO": "5", "FAIL_CALLS": "read", "ONLY": "e0.##d"}), ("killed", {"FAIL_SIGNAL": "9"})]
SETS, POINTS, IN_A_WORKER = 5, 3, 24  # a worker writes a line a unit; no more calls than these
SHARE = 12
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
faults = 0


def fault(what):
    global faults
    faults += 1
    print("faults: " + what, flush=True)


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def make(folder):
    draw = random.Random(3)
    for end in ("##h", "##d"):  # a data set of two files
        shutil.copy(os.path.join(FIXTURES, "graph", "ucinet_core." + end), os.path.join(folder, "e0." + end))
    for i in range(SETS - 1):
        with open(os.path.join(folder, "d%d.csv" % i), "w", encoding="ascii") as out:
            out.write("from,to\n" + "".join("p%d,p%d\n" % (draw.randrange(20), draw.randrange(20)) for _ in range(40)))
    with open(os.path.join(folder, "m.yaml"), "w", encoding="ascii") as out:
        out.write("datasets: [{glob: \"%s/d?.csv\"}, {file: \"%s/e0.##h\"}]\ngrid:\n  influencers: {by: [degree, core, pagerank], top: 3, resamples: 0}\n" % (folder, folder))


class Batch:
    """One manifest, run again and again into one folder."""

    def __init__(self, kith, shim, work):
        self.kith, self.shim, self.work = kith, shim, work
        self.out, self.count = os.path.join(work, "out"), os.path.join(work, "count")

    def run(self, action="run", env=None):
        target = self.out if action == "retry" else os.path.join(self.work, "m.yaml")
        into = [] if action == "retry" else ["--into", self.out]
        return subprocess.run([self.kith, "batch", action, target, "-j1", "--quiet", *into], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=300, check=False,
                              env={**os.environ, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", **(env or {})})

    def tables(self):
        return {name: read(self.out, name) for name in SAME if os.path.exists(os.path.join(self.out, name))}

    def answers(self):
        """How often each unit was answered."""
        keys = collections.Counter()
        folder = os.path.join(self.out, "segments")
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            for line in read(folder, name).splitlines():
                if line.startswith(b'{"key":"') and line.endswith(b'"end":true}') and b'"state":"ok"' in line:
                    keys[json.loads(line)["key"]] += 1
        return keys


def check_told(run, where, killed):
    if run.returncode not in (0, 1, 3, 4) and not (killed and run.returncode == -9):
        fault("%s: ended with %d: %s" % (where, run.returncode, run.stderr.decode()[-300:]))
    elif run.returncode in (3, 4) and not run.stderr.strip():
        fault("%s: exit %d without a word" % (where, run.returncode))


def check_place(batch, clean, kind, env, n):
    """One run with one fault, and the run after it."""
    where = "%s, call %d" % (kind, n)
    shutil.rmtree(batch.out, ignore_errors=True)
    hurt = batch.run(env={**env, "FAIL_AT": str(n)})
    check_told(hurt, where, kind == "killed")
    done = batch.answers()
    if hurt.returncode == 0 and batch.tables() != clean:
        fault("%s: success, but other tables: %s" % (where, [t for t in SAME if batch.tables().get(t) != clean[t]]))
    again = batch.run("retry" if kind == "killed" and os.path.exists(os.path.join(batch.out, "plan.json")) else "run")
    if again.returncode:
        fault("%s: the run after it ends with %d: %s" % (where, again.returncode, again.stderr.decode()[-300:]))
    if batch.tables() != clean:
        fault("%s: the run after it has other tables: %s" % (where, [t for t in SAME if batch.tables().get(t) != clean[t]]))
    keys = batch.answers()
    if len(keys) != SETS * POINTS or any(keys[k] != done[k] for k in done):
        fault("%s: %d units, of %d done before: %s" % (where, len(keys), len(done), dict(keys)))
    # When taking a temporary file away is what fails, or nobody is left to do it, it stays.
    left = {name for name in set(os.listdir(batch.out)) - MAY_BE if not (name[0] == "." and kind in ("from then on", "killed"))}
    if left:
        fault("%s: left %s" % (where, sorted(left)))
    return hurt.returncode


def check_kind(batch, clean, kind, env, full):
    under = batch.work if env.get("FAIL_CALLS") == "read" else batch.out
    env = {**env, "LD_PRELOAD": batch.shim, "FAIL_UNDER": os.path.join(under, env.get("ONLY", "")), "FAIL_COUNT": batch.count}
    shutil.rmtree(batch.out, ignore_errors=True)
    batch.run(env={**env, "FAIL_AT": "0"})
    calls = int(read(batch.count)) + IN_A_WORKER
    # A share is spread over all: calls that do the same stand together.
    places = range(1, calls + 1) if full else range(1 + random.Random(kind).randrange(calls // SHARE), calls + 1, calls // SHARE)
    ends = collections.Counter(check_place(batch, clean, kind, env, n) for n in places)
    print("%s: %d of %d places, exits %s" % (kind, len(places), calls, dict(sorted(ends.items()))), flush=True)


def main():
    full = "--full" in sys.argv
    kith, shim = (os.path.abspath(word) for word in [word for word in sys.argv[1:] if word != "--full"][:2])
    with tempfile.TemporaryDirectory() as work:
        make(work)
        batch = Batch(kith, shim, work)
        if batch.run().returncode != 0:
            fault("the batch fails by itself")
        clean = batch.tables()
        for kind, env in KINDS:
            check_kind(batch, clean, kind, env, full)
    print("batch under faults: %d faults" % faults)
    return faults > 0


if __name__ == "__main__":
    sys.exit(main())
