#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# selftest.sh BUILD - run.sh must notice what it is there for.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

# try NAME good|bad CMD OUT [STATUS]: one made-up case on its own.
try() {
    local folder=$tree/$1/topic/case verdict=bad
    mkdir -p "$folder"
    printf '%s\n' "$3" >"$folder/cmd"
    [ -z "$4" ] || printf '%s\n' "$4" >"$folder/out"
    [ -z "${5:-}" ] || echo "$5" >"$folder/status"
    KITH_CASES=$tree/$1 "$here/run.sh" "$build" >"$tree/log" 2>&1 && verdict=good
    [ $verdict = "$2" ] && return
    echo "selftest.sh: the case '$1' should have been $2:"
    cat "$tree/log"
    exit 1
}

build=${1:?usage: selftest.sh BUILD}
try right good 'echo yes' yes
try status good 'exit 3' '' 3
try 'wrong output' bad 'echo no' yes
try 'output nobody expected' bad 'echo no' ''
try 'errors nobody expected' bad 'echo oops >&2' ''
try 'wrong status' bad 'exit 4' '' 3
try 'depends on the time zone' bad 'date +%z' +0000
try 'depends on the threads' bad 'echo $OMP_NUM_THREADS' 1
try 'a file left from the run before' good '[ ! -e left ] && touch left' ''
KITH_CASES=$tree/none "$here/run.sh" "$build" >/dev/null 2>&1 && { echo "selftest.sh: no cases, yet passed"; exit 1; }
if locale -a 2>/dev/null | grep -qiE '^(de_DE|fr_FR)\.utf-?8$' || [ -d "$build/locale/de_DE.UTF-8" ]; then
    try 'depends on the locale' bad 'printf "%.1f\n" "$(locale decimal_point | sed s/,/9/\;s/[.]/1/)"' 1.0
fi
