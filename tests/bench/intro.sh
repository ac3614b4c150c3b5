#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# intro.sh BUILD - searches for introductions against igraph (C) and networkx on soc-Epinions1, in CPU seconds after loading.
#
# igraph's Yen takes seconds a pair, so one person to 1000 is extrapolated for it; networkx does one pair. The lengths of the
# tenth routes must agree. PERF names the folder the graph is in.
set -euo pipefail
build=${1:?usage: intro.sh BUILD}
perf=${PERF:-$(cd "$(dirname "$0")/../.." && pwd)/../shared/datasets/perf}
file=$perf/soc-Epinions1.txt.gz
if [ ! -f "$file" ]; then
    echo "bench: introductions skipped, there is no $file (PERF=folder with soc-Epinions1.txt.gz)"
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ninja -C "$build" --quiet tests/bench_intro >"$scratch/build" 2>&1 || { cat "$scratch/build" >&2; exit 1; }
OMP_WAIT_POLICY=passive "$build/tests/bench_intro" "$file" "${PAIRS:-3}" 2>"$scratch/err" |
    awk -F'|' '/^#/ { print substr($0, 3); next } { printf "%-96s %12s %20s %8s\n", $1, $2, $3, $4 }' ||
    { grep -v '^Warning' "$scratch/err" >&2; exit 1; }

/usr/bin/python3 -c 'import networkx' 2>/dev/null || { echo "networkx is not there (python3-networkx)"; exit 0; }
cat >"$scratch/reference.py" <<'EOF'
import gzip, itertools, sys, time
import networkx
graph = networkx.Graph()
with gzip.open(sys.argv[1], "rt") as lines:
    for line in lines:
        if line[0] != "#":
            a, b = map(int, line.split()[:2])
            if a != b:
                graph.add_edge(a, b, weight=1 + (min(a, b) * 2654435761 + max(a, b) * 40503) % 16)
at = time.process_time()
paths = list(itertools.islice(networkx.shortest_simple_paths(graph, 0, int(sys.argv[2]), weight="weight"), 10))
print("networkx, 10 best routes, one pair: %.1f CPU s" % (time.process_time() - at))
EOF
timeout "${NETWORKX_SECONDS:-300}" /usr/bin/python3 "$scratch/reference.py" "$file" 37941 ||
    echo "networkx, 10 best routes, one pair: not done within ${NETWORKX_SECONDS:-300} s"
