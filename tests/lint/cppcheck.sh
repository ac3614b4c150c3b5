#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cppcheck.sh - what cppcheck calls an error, a warning or a portability problem; what GLib's macros make it see is left out by name.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit

look() { # FOLDER...: fails when there is something
    cppcheck --quiet --error-exitcode=1 --enable=warning,portability --std=c11 --inline-suppr -j 2 -I include -I src \
        -D'G_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=' -D'G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(a,b)=' -D'g_autoptr(a)=a *' -D'g_auto(a)=a' \
        -D'g_autofree=' -D'G_GINT64_FORMAT="ld"' -D'KITH_API=' -D'KITH_BEGIN_DECLS=' -D'KITH_END_DECLS=' \
        -D'G_N_ELEMENTS(a)=(sizeof(a)/sizeof((a)[0]))' -D'G_UNLIKELY(a)=(a)' -D'G_STATIC_ASSERT(a)=' -D'KITH_PROFILE(a,b,c,d)=' \
        --suppress=unknownMacro --suppress=internalAstError --suppress=nullPointerRedundantCheck --suppress=AssignmentIntegerToAddress --suppress=funcArgOrderDifferent --suppress=arrayIndexThenCheck "$@"
}

bad=$(mktemp -d)
trap 'rm -rf "$bad"' EXIT
printf 'int f(void);\nint f(void) { int a[2]; a[2] = 1; return a[0]; }\n' >"$bad/bad.c"
if look "$bad" 2>/dev/null; then
    echo "cppcheck.sh: nothing is wrong with an index past the end"
    exit 1
fi
look src importers reports
