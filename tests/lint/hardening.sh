#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# hardening.sh BUILD - the command is built as SECURITY.md says: position-independent, read-only relocations, no executable
# stack, stack protector, fortified libc calls; nothing of kith's own talks to a network, and what few need is not loaded for all.
set -uo pipefail
build=${1:?usage: hardening.sh BUILD}

# What a program lacks, one thing a line.
lacks() {
    local program=$1 header dynamic segments symbols
    header=$(readelf -hW "$program")
    dynamic=$(readelf -dW "$program")
    segments=$(readelf -lW "$program")
    symbols=$(nm -D --undefined-only "$program" | sed 's/@.*//; s/.* U //')
    grep -q 'Type: *DYN' <<<"$header" || echo "not position-independent"
    grep -q 'NOW' <<<"$dynamic" || echo "relocations stay writable (no BIND_NOW)"
    grep -q GNU_RELRO <<<"$segments" || echo "no RELRO"
    grep GNU_STACK <<<"$segments" | grep -q 'RWE' && echo "an executable stack"
    grep -qx __stack_chk_fail <<<"$symbols" || echo "no stack protector"
    grep -q '_chk$' <<<"$symbols" || echo "no fortified calls"
    grep -xE 'socket|connect|bind|listen|accept4?|getaddrinfo|gethostbyname|sendto|recvfrom|res_query' <<<"$symbols" |
        sed 's/^/talks to a network: /'
}

# What few questions need, and all would wait for at their start: base/door.h opens it when its first function is called.
eager() {
    readelf -dW "$1" | grep -oE 'NEEDED.*\[lib(xml2|archive|igraph|ical|gsl)\.so[^]]*' | sed 's/.*\[/loaded at each start: /'
}

prove() {
    local scratch
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' RETURN
    printf '#include <sys/socket.h>\nint main(void) { return socket(1, 1, 0) < 0; }\n' >"$scratch/a.c"
    ${CC:-cc} -O0 -no-pie -U_FORTIFY_SOURCE -fno-stack-protector -Wl,-z,norelro -Wl,-z,lazy -Wl,-z,execstack \
        -o "$scratch/a" "$scratch/a.c" 2>/dev/null || { echo "hardening: cannot compile the proof"; return 1; }
    [ "$(lacks "$scratch/a" | wc -l)" = 7 ] || { echo "hardening: a soft program passes:"; lacks "$scratch/a"; return 1; }
    ${CC:-cc} -o "$scratch/b" "$scratch/a.c" -Wl,--no-as-needed -l:libxml2.so.2 2>/dev/null || return 0 # another name there
    [ -n "$(eager "$scratch/b")" ] || { echo "hardening: a program that loads libxml2 passes"; return 1; }
}

prove || exit 1
found=$(lacks "$build/src/cli/kith"; eager "$build/src/cli/kith")
[ -z "$found" ] || { echo "src/cli/kith: $found"; exit 1; }
