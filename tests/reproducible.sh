#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# reproducible.sh - two builds of the same source in two folders give the same bytes: the command, the library, the man
# pages, and what the command writes. Takes two whole builds, so it is not part of the suite.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SOURCE_DATE_EPOCH=1764000000 CCACHE_DISABLE=1

# build FOLDER: a copy of what git knows, and Node's packages when they are here, built there.
build() {
    mkdir -p "$1"
    git -C "$root" ls-files -z | tar -C "$root" --null -T - -cf - | tar -C "$1" -xf -
    [ ! -d "$root/node_modules" ] || ln -s "$root/node_modules" "$1/node_modules"
    meson setup "$1/build" "$1" -Dtests=false >"$scratch/log" 2>&1 || { tail -n 15 "$scratch/log" >&2; exit 1; }
    ninja -C "$1/build" --quiet >"$scratch/log" 2>&1 || { tail -n 15 "$scratch/log" >&2; exit 1; }
}

# sums FOLDER: a line for all that was built, then for all that the command writes.
sums() {
    (cd "$1/build" && find . -type f \( -name kith -o -name 'libkith.so*' -o -name 'libkith.a' -o -name '*.1' -o -name '*.js' -o -name 'report_page.c' \
        -o -name 'kith.bash' -o -name '_kith' -o -name 'kith.fish' \) -print0 | sort -z | xargs -0 sha256sum)
    (cd "$1" && build/src/cli/kith report --as-of 2026-01-01 -q -o out.html datasets/tidewell/*.csv
        sha256sum out.html
        for verb in influencers communities brokers seeds; do
            build/src/cli/kith "$verb" --format json datasets/tidewell/*.csv | sha256sum
        done)
}

build "$scratch/one"
build "$scratch/another/and/longer/path"
sums "$scratch/one" >"$scratch/a"
sums "$scratch/another/and/longer/path" >"$scratch/b"
if ! diff "$scratch/a" "$scratch/b"; then
    echo "reproducible.sh: two builds differ"
    exit 1
fi
echo "reproducible.sh: $(wc -l <"$scratch/a") files and answers, the same bytes from two builds in two folders"
