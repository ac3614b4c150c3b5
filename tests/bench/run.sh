#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD - kith against python-igraph: read a compressed edge list, compute PageRank, print the top ten.
#
# Both do the same work from the same .gz file, and must name the same first vertex. Times are those of
# the whole process (start, reading, computing), the median of five runs; a ratio above 1 means that kith
# needs less. The graphs are public but too large to come with kith: PERF names the folder they are in.
set -euo pipefail
build=${1:?usage: run.sh BUILD}
perf=${PERF:-$(cd "$(dirname "$0")/../.." && pwd)/../shared/datasets/perf}
if [ ! -d "$perf" ]; then
    echo "bench: skipped, there is no $perf (PERF=folder with SNAP edge lists, *.txt.gz)"
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/reference.py" <<'EOF'
import gzip, igraph, sys
edges, ids = [], {}
with gzip.open(sys.argv[1], "rt") as lines:
    for line in lines:
        if line[0] != "#":
            a, b = line.split()[:2]
            edges.append((ids.setdefault(a, len(ids)), ids.setdefault(b, len(ids))))
graph = igraph.Graph(n=len(ids), edges=edges, directed=sys.argv[2] == "directed")
score = graph.pagerank()
names = list(ids)
for v in sorted(range(len(ids)), key=lambda v: -score[v])[:10]:
    print(names[v], repr(score[v]), sep=",")
EOF

# Debian's own Python sees Debian's igraph.
python=/usr/bin/python3
[ -x $python ] || python=python3

measure() { # NAME COMMAND...: five runs; medians of seconds and MB in the variables seconds and megabytes
    local name=$1
    shift
    : >"$scratch/times"
    for _ in 1 2 3 4 5; do
        /usr/bin/time -a -o "$scratch/times" -f '%e %M' "$@" >"$scratch/$name.out" 2>"$scratch/$name.err" ||
            { cat "$scratch/$name.err" >&2; return 1; }
    done
    seconds=$(cut -d' ' -f1 "$scratch/times" | sort -n | sed -n 3p)
    megabytes=$(cut -d' ' -f2 "$scratch/times" | sort -n | sed -n 3p | awk '{ printf "%.0f", $1 / 1024 }')
}

printf '%-18s %-11s %9s %9s %7s %8s %8s %7s\n' graph kind 'kith s' 'igraph s' ratio 'kith MB' 'igr. MB' ratio
for graph in fb-MIT8:undirected email-Enron:directed soc-Epinions1:directed; do
    file=$perf/${graph%:*}.txt.gz kind=${graph#*:}
    [ -f "$file" ] || { echo "${graph%:*}: not there"; continue; }
    measure kith "$build/src/cli/kith" influencers --by pagerank --top 10 --resamples 0 --"$kind" --format csv "$file"
    ours=$seconds our_memory=$megabytes
    measure igraph "$python" "$scratch/reference.py" "$file" "$kind"
    awk -v g="${graph%:*}" -v k="$kind" -v a="$ours" -v b="$seconds" -v c="$our_memory" -v d="$megabytes" 'BEGIN {
        printf "%-18s %-11s %9.2f %9.2f %7.1f %8d %8d %7.1f\n", g, k, a, b, b / (a > 0 ? a : 0.01), c, d, d / c }'
    top=$(head -n 1 "$scratch/igraph.out" | cut -d, -f1)
    sed -n 2,4p "$scratch/kith.out" | grep -qE "(^|,)\"?$top\"?(,|$)" ||
        { echo "bench: ${graph%:*}: igraph ranks $top first, kith does not" >&2; exit 1; }
done
