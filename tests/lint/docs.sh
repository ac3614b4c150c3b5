#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs.sh - what the documents point at is there: relative links in every .md, paths in the README's text,
# and the hashes of the data cards.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

check() {
    (
        cd "$1" || exit 1
        find . \( -name .git -o -name 'build*' -o -name node_modules \) -prune -o -name '*.md' -print | sort |
            while read -r file; do
                grep -oE '\]\([^)]+\)' "$file" | sed -E 's/^\]\(//; s/\)$//; s/#.*//' |
                    grep -vE '^([a-z]+:|$)' | while read -r link; do
                    [ -e "$(dirname "$file")/$link" ] || echo "$file: dead link $link"
                done
            done
        grep -oE '`(include|src|importers|reports|tests|datasets|docs)/[A-Za-z0-9_./-]*`' README.md | tr -d '`' |
            while read -r path; do
                [ -e "$path" ] || echo "README.md: there is no $path"
            done
        for card in datasets/*/README.md; do
            (cd "$(dirname "$card")" && sed -nE 's/^\| `([^`]+)` .*`([0-9a-f]{64})` \|$/\2  \1/p' README.md |
                sha256sum --check --quiet 2>&1 | sed "s|^|$card: |")
            for file in "$(dirname "$card")"/*; do
                [ "$file" = "$card" ] || grep -q "^| \`${file##*/}\` " "$card" || echo "$card: no row for ${file##*/}"
            done
        done
    )
}

prove() {
    local tree
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' RETURN
    mkdir -p "$tree/datasets/x"
    printf '[dead](gone.md) and `src/gone.c`\n' >"$tree/README.md"
    printf 'a\n' >"$tree/datasets/x/a.csv"
    printf 'b\n' >"$tree/datasets/x/b.csv"
    printf '| `a.csv` | x | `%064d` |\n' 0 >"$tree/datasets/x/README.md"
    # A bad hash is told in two lines: the file, and the count.
    [ "$(check "$tree" | wc -l)" = 5 ] && return 0
    echo "docs.sh: of four faults it saw only:"
    check "$tree"
    return 1
}

prove || exit 1
wrong=$(check "$root")
[ -z "$wrong" ] || { printf '%s\n' "$wrong"; exit 1; }
