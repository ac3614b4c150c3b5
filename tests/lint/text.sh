#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# text.sh - what a source file must not hold: tabs, trailing blanks, CRLF, somebody's machine; and what
# it must: a licence line and a last newline. Data and fixtures are left alone.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

files() { # the tree's text files, without data, fixtures, expected output and what is built
    (cd "$1" && find . \( -name .git -o -name 'build*' -o -name node_modules -o -path ./datasets \
        -o -path ./tests/fixtures -o -path ./demo/out \) -prune -o -type f \
        \( -name '*.[ch]' -o -name '*.in' -o -name '*.sh' -o -name '*.py' -o -name '*.md' \
        -o -name 'meson*' -o -name run -o -name '*.mjs' -o -name '*.ts' -o -name '*.css' \) -print | sort)
}

check() {
    local tab machine
    tab=$'\t'
    machine='(^|[^A-Za-z0-9_.])/(work|root|farm)/'
    (
        cd "$1" || exit 1
        files . | xargs -r grep -nHE "$tab" | sed -E 's/^([^:]*:[0-9]+):.*/\1: a tab/'
        files . | xargs -r grep -nHE '[ '$'\r'']$' | sed -E 's/^([^:]*:[0-9]+):.*/\1: blanks or CR at the end/'
        files . | xargs -r grep -nHE "$machine" | sed -E 's/^([^:]*:[0-9]+):.*/\1: a path of somebody'\''s machine/'
        files . | grep -E '\.([ch]|in|sh|py|ts|mjs)$|/run$' | xargs -r grep -LE 'SPDX-License-Identifier' |
            sed 's/$/: no SPDX line/'
        files . | xargs -r grep -LPz '\n\z' | sed 's/$/: no newline at the end/'
    )
}

prove() {
    local tree
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' RETURN
    printf '/* SPDX-License-Identifier: x */\n\tint a;\nint b; \n/* %s */\nint c;' "/root""/x" >"$tree/bad.c"
    printf 'int d;\n' >"$tree/worse.h"
    [ "$(check "$tree" | wc -l)" = 5 ] && return 0
    echo "text.sh: of five faults it saw only:"
    check "$tree"
    return 1
}

prove || exit 1
wrong=$(check "$root")
[ -z "$wrong" ] || { printf '%s\n' "$wrong"; exit 1; }
