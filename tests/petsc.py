#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""petsc.py KITH KITH-PETSC [SCALE TIES] - rankings over MPI against igraph, and against `kith influencers`, on an R-MAT graph.

Without a scale, 2^14 nodes. Needs mpirun and python3-igraph; skips, loudly, without them. By hand, for 2^20 nodes:
python3 tests/petsc.py build/src/cli/kith build/src/petsc/kith-petsc 20 4000000
"""
import json, os, random, shutil, subprocess, sys, tempfile

KITH, PETSC = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SCALE, TIES = (int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 4 else (14, 60000)
MPIRUN = ["mpirun", "--oversubscribe", "--mca", "oob_tcp_if_include", "lo", "--mca", "btl", "self,vader"]
ENV = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMP_NUM_THREADS="1", LC_ALL="C.UTF-8")
CLOSE = 1e-8
failed = 0


def check(what, truth, more=""):
    global failed
    print(("ok   " if truth else "FAIL ") + what + (f": {more}" if more else ""), flush=True)
    failed += not truth


def rmat(path):
    draw = random.Random(42)
    arcs = set()
    with open(path, "w") as out:
        for _ in range(TIES):
            a = b = 0
            for _ in range(SCALE):
                x = draw.random()
                a, b = 2 * a + (x >= .76), 2 * b + (.57 <= x < .76 or x >= .95)
            out.write(f"{a} {b}\n")
            if a != b:
                arcs.add((a, b))
    return sorted(arcs)


def scores(command):
    r = subprocess.run(command, capture_output=True, text=True, env=ENV)
    if r.returncode != 0:
        check(" ".join(command[-8:]), False, r.stderr[-500:])
        return {}
    return {row["person"]: row["score"] for row in json.loads(r.stdout)["tables"]["influencers"]}


def by_igraph(arcs):
    """The same network for igraph: no loops, nothing twice; eigenvector on ties both ways."""
    import igraph
    names = sorted({str(n) for arc in arcs for n in arc})
    number = {name: i for i, name in enumerate(names)}
    g = igraph.Graph(n=len(names), edges=[(number[str(a)], number[str(b)]) for a, b in arcs], directed=True)
    both = g.as_undirected(mode="collapse")
    return {by: dict(zip(names, values)) for by, values in {
        "pagerank": g.pagerank(damping=0.85), "eigenvector": both.eigenvector_centrality(scale=True),
        "hub": g.hub_score(scale=True), "authority": g.authority_score(scale=True)}.items()}


def apart(a, b):
    return max(abs(a.get(n, 0) - b.get(n, 0)) for n in a.keys() | b.keys())


def main():
    if not shutil.which("mpirun"):
        print("SKIPPED: no mpirun here: kith-petsc was NOT tested")
        return 0
    work = tempfile.mkdtemp(prefix="kith-petsc-")
    try:
        os.chdir(work)
        arcs = rmat("r.txt")
        subprocess.run([KITH, "graph", "pack", "r.txt", "-o", "r.packed"], check=True)
        try:
            want = by_igraph(arcs)
        except ImportError:
            print("SKIPPED: no python3-igraph here: compared with kith's own measures alone")
            want = {}
        want["katz"] = scores([KITH, "influencers", "--directed", "--by", "katz", "--top", "100000000", "--resamples", "0",
                               "--format", "json", "r.txt"])
        for by, reference in want.items():
            for np in (1, 2):
                got = scores((MPIRUN + ["-np", "2"] if np == 2 else []) +
                             [PETSC, "--by", by, "--top", "100000000", "--format", "json", "r.packed"])
                reference = {n: s for n, s in reference.items() if n in got}
                check(f"{by}, np {np}: {len(got)} nodes", len(got) >= len(reference) > 0 and apart(got, reference) < CLOSE,
                      f"at most {apart(got, reference):.1e} apart")
        for words, code in ((["nosuch"], 4), (["r.txt"], 3), (["--by", "fame", "r.packed"], 2), ([], 2)):
            r = subprocess.run([PETSC] + words, capture_output=True, text=True, env=ENV)
            check("kith-petsc " + " ".join(words), r.returncode == code and "kith-petsc: " in r.stderr, str(r.returncode))
    finally:
        os.chdir("/")
        shutil.rmtree(work, ignore_errors=True)
    print(f"petsc: {'FAILED ' + str(failed) if failed else 'all fine'}")
    return failed > 0


sys.exit(main())
