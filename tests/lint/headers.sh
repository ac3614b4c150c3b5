#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# headers.sh - every public header compiles alone, as strict C11 and as C++17, and shows none of our
# libraries to the caller.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

check() { # DIR with kith/*.h: says what is wrong, fails if anything is
    local header name status=0
    for header in "$1"/kith/*.h; do
        name=kith/${header##*/}
        printf '#include <%s>\n#include <%s>\nint kith_lint_used;\n' "$name" "$name" |
            gcc -std=c11 -pedantic -Wall -Wextra -Wstrict-prototypes -Werror -I"$1" -fsyntax-only -x c - ||
            { echo "$name: does not compile alone as C11"; status=1; }
        printf '#include <%s>\n' "$name" |
            g++ -std=c++17 -pedantic -Wall -Wextra -Werror -I"$1" -fsyntax-only -x c++ - ||
            { echo "$name: does not compile alone as C++17"; status=1; }
        if grep -nE '^[[:space:]]*#[[:space:]]*include' "$header" |
            grep -vE '<(kith/[a-z_]+|stdarg|stdbool|stddef|stdint|sys/types)\.h>'; then
            echo "$name: includes more than <kith/…> and the C library's types"
            status=1
        fi
    done
    return $status
}

bad=$(mktemp -d)
trap 'rm -rf "$bad"' EXIT
mkdir "$bad/kith"
for text in 'int missing(size_t n);' 'int class(int new);' '#include <glib.h>'; do
    printf '%s\n' "$text" >"$bad/kith/bad.h"
    if check "$bad" >/dev/null 2>&1; then
        echo "headers.sh: accepted a bad header: $text"
        exit 1
    fi
done
check "$root/include"
