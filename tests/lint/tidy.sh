#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh BUILD - clang-tidy with the checks of .clang-tidy over src, importers and reports; BUILD was set up with clang.
set -uo pipefail
build=$(cd "${1:?usage: tidy.sh BUILD}" && pwd) || exit
cd "$(dirname "$0")/../.." || exit
find src importers reports -name '*.c' -print0 | sort -z |
    xargs -0 -n 8 -P 2 clang-tidy --quiet -p "$build" --warnings-as-errors='*' 2>/dev/null |
    { grep -v '^$' && exit 1 || exit 0; }
