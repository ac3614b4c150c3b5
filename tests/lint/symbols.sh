#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# symbols.sh BUILD - what the library shows and what it calls.
#
# Exported names begin with kith_; every function the public headers declare is there; and the library
# neither prints, exits, aborts nor reads the environment: those belong to the command.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
forbidden='(__)?v?printf(_chk)?|puts|putchar|perror|psignal|stderr|exit|_exit|_Exit|quick_exit|abort'
forbidden+='|(secure_)?getenv|setenv|putenv|g_(get|set|unset)env|g_print(err)?|g_error|setlocale|system|popen'

exports() { # LIBRARY: exported names that are not ours
    nm -D --defined-only "$1" | awk '{ sub(/@.*/, "", $NF); print $NF }' | grep -vE '^kith_' |
        sed 's/^/exported, but not named kith_…: /'
}

calls() { # ARCHIVE: forbidden calls, with the object that makes them
    nm -uA "$1" 2>/dev/null | sed 's/@.*//' | grep -E "[[:space:]]U ($forbidden)\$" |
        grep -vE '(^|[:_])batch_(borrow|crew|price|readers|task)\.c\.o:.*[[:space:]]U _exit$' | # a forked worker ends by it, never its caller
        sed -E 's/^[^:]*:([^:]*):[[:space:]]*U (.*)$/\1: calls \2/; s/^/the library must not: /'
}

undefined() { # LIBRARY: declared in a header, missing in the library
    comm -23 <(cat "$root"/include/kith/*.h | tr '\n' ' ' | grep -oE 'KITH_API [^;{]*;' |
        sed -E 's/KITH_PRINTF\([^)]*\)//' | grep -oE 'kith_[a-z0-9_]+ ?\(' | tr -d ' (' | sort -u) \
        <(nm -D --defined-only "$1" | awk '{ sub(/@.*/, "", $NF); print $NF }' | sort -u) |
        sed 's/^/declared in include\/, but not exported: /'
}

prove() {
    local dir
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' RETURN
    printf '#include <stdio.h>\nvoid leak(void) { puts("x"); }\n' >"$dir/bad.c"
    gcc -fPIC -c "$dir/bad.c" -o "$dir/bad.o" && ar rc "$dir/bad.a" "$dir/bad.o" &&
        gcc -shared "$dir/bad.o" -o "$dir/bad.so" || return 1
    [ "$(exports "$dir/bad.so" | wc -l)" = 1 ] && [ "$(calls "$dir/bad.a" | wc -l)" = 1 ] &&
        [ "$(undefined "$dir/bad.so" | wc -l)" -gt 50 ] && return 0
    echo "symbols.sh: did not see what is wrong with a bad library"
    return 1
}

prove || exit 1
build=${1:?usage: symbols.sh BUILD}
for file in "$build/libkith.so" "$build/libkith.a"; do
    [ -f "$file" ] || { echo "symbols.sh: there is no $file"; exit 1; }
done
wrong=$(exports "$build/libkith.so"; calls "$build/libkith.a"; undefined "$build/libkith.so")
[ -z "$wrong" ] || { printf '%s\n' "$wrong"; exit 1; }
