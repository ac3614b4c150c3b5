#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# customers.sh BUILD - every question about customers on a book of 6000 people and 50 000 facts, and three rows of customers
# for 1000 firms on 2 million sales.
#
# The book is made from a fixed seed: people at 900 firms who meet, write, attend, refer, contribute, agree, answer and move
# through stages over three years. Each question is asked once to warm the disk's cache and three times for the figure: the
# median CPU time of the whole process, with starting and loading the book, which `info` shows alone.
set -euo pipefail
build=${1:?usage: customers.sh BUILD}
people=${PEOPLE:-6000} facts=${FACTS:-50000}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
kith=$build/src/cli/kith

python3 "$here/customers_make.py" "$scratch" "$people" "$facts"
"$kith" import -q --into "$scratch/book.kith" --me "Person 0" "$scratch"/*.csv >/dev/null

ask() { # WORDS...: the median CPU seconds of three
    local times
    "$kith" "$@" --as-of 2024-12-31 "$scratch/book.kith" >"$scratch/answer" || [ $? -eq 1 ]
    times=$(for _ in 1 2 3; do
        { TIMEFORMAT='%U %S'; time "$kith" "$@" --as-of 2024-12-31 "$scratch/book.kith" >/dev/null || [ $? -eq 1 ]; } 2>&1 |
            tail -n 1 | awk '{ print $1 + $2 }'
    done | sort -n | sed -n 2p)
    printf '%-32s %8.2f s CPU %8d lines\n' "$*" "$times" "$(wc -l <"$scratch/answer")"
}

ask info
ask layers --of "Firm 0"
ask referrals
ask contributions
ask prospects
ask allies --of "Firm 0"
ask scorecard
ask what-if --lose "Person 1"
ask what-if --close linkedin
ask events
ask events --next "Event 0" --assume-opt-in
ask journey
[ ! -x "$build/tests/bench_layers" ] || "$build/tests/bench_layers"
