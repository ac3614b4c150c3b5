#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh BUILD [FILE...] - clang-tidy with the checks of .clang-tidy over src, importers and reports (or those files); BUILD
# was set up with clang. Where failures are defined it is not told what they return (analyser.h).
set -uo pipefail
build=$(cd "${1:?usage: tidy.sh BUILD [FILE...]}" && pwd) || exit
cd "$(dirname "$0")/../.." || exit
shift
told=(--extra-arg="-include$PWD/tests/lint/analyser.h")
tidy() { xargs -0 -r -n 8 -P 2 clang-tidy --quiet -p "$build" --warnings-as-errors='*' "$@" 2>/dev/null; }
if [ $# -gt 0 ]; then printf '%s\0' "$@"; else find src importers reports -name '*.c' -print0 | sort -z; fi |
    { grep -zvxE 'src/base/(error|source)\.c' || true; } | tidy "${told[@]}" | { grep -v '^$' && exit 1 || exit 0; } || exit 1
[ $# -gt 0 ] || printf '%s\0' src/base/error.c src/base/source.c | tidy | { grep -v '^$' && exit 1 || exit 0; }
