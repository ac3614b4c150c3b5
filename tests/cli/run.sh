#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [--update] [TOPIC[/CASE]…] - the command's answers, byte for byte.
#
# A case is a folder tests/cli/TOPIC/CASE with `cmd` (shell lines; kith is on the PATH, the current folder is
# a scratch one with links to datasets/ and fixtures/; today is 2025-01-01) and what it must give: `out`,
# `err` and `status`; a missing file stands for empty, or 0. Each case runs twice, in different surroundings:
# another locale (decimal comma), time zone and number of threads must not change a byte. Under the sanitizers
# (KITH_SANITIZED) only the second, which has the threads. Where KITH_SHARE=N is set, as in CI, the N-th part of it, the
# first of each topic among them: of the cases under the sanitizers, else of the first runs.
# --update writes down what came out; read the diff before you commit it.
# KITH_CASES names another folder of cases.
set -uo pipefail
# shellcheck source=tests/cli/env.sh
. "$(dirname "$0")/env.sh" "${1:?usage: run.sh BUILD [--update] [TOPIC[/CASE]…]}"
shift
cases=${KITH_CASES:-$root/tests/cli}
update=0
[ "${1:-}" != --update ] || { update=1; shift; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A locale with a decimal comma, made when the system has none.
foreign=$(locale -a 2>/dev/null | grep -m1 -iE '^(de_DE|fr_FR)\.utf-?8$')
if [ -z "$foreign" ]; then
    # Made aside and moved into place, since several of us may run at once.
    if [ -d "$build/locale/de_DE.UTF-8" ] || {
        mkdir -p "$build/locale" "$scratch/locale" &&
            localedef -i de_DE -f UTF-8 "$scratch/locale/de_DE.UTF-8" 2>/dev/null &&
            mv -T "$scratch/locale/de_DE.UTF-8" "$build/locale/de_DE.UTF-8" 2>/dev/null ||
            [ -d "$build/locale/de_DE.UTF-8" ]
    }; then
        foreign=de_DE.UTF-8
        export LOCPATH=$build/locale
    else
        foreign=C.UTF-8
        echo "run.sh: no locale with a decimal comma here, so it is not tried (Debian: package locales)" >&2
    fi
fi

# attempt CASE NAME LOCALE ZONE THREADS: leaves NAME.out, NAME.err and NAME.status in the scratch folder.
attempts=0
attempt() {
    local case=$1 name=$2 here=$scratch/here$((++attempts)) status=0
    shift 2
    mkdir "$here" && ln -s "$root/datasets" "$root/tests/fixtures" "$here/"
    (cd "$here" && surround "$@" bash "$case/cmd") </dev/null >"$scratch/$name.out" 2>"$scratch/$name.err" || status=$?
    echo $status >"$scratch/$name.status"
}

# same EXPECTED GOT LABEL: shows how they differ. A process for each of the many pairs of empty files would be felt.
same() {
    [ -s "$1" ] || [ -s "$2" ] || return 0
    cmp -s "$1" "$2" && return
    diff -u --label "expected $3" --label "got $3" "$1" "$2" 2>&1 | head -n 40
    return 1
}

# shared TOPIC: is this case, one of TOPIC, among those that are done where only a share is?
topic='' nth=0
shared() {
    [ "$topic" = "$1" ] || nth=0
    topic=$1
    [ $((nth++ % ${KITH_SHARE:-1})) = 0 ] || [ $update = 1 ]
}

: >"$scratch/empty"
echo 0 >"$scratch/zero"
passed=0 failed=0 left=0
while read -r case; do
    name=${case#"$cases"/}
    if [ $# -gt 0 ]; then
        wanted=0
        for filter; do case $name/ in "${filter%/}"/*) wanted=1 ;; esac; done
        [ $wanted = 1 ] || continue
    fi
    runs=(second first)
    [ -z "${KITH_SANITIZED:-}" ] || [ $update = 1 ] || runs=(second)
    if ! shared "${name%/*}"; then
        left=$((left + 1))
        [ ${#runs[@]} = 2 ] || continue
        runs=(second)
    fi
    good=1
    for run in "${runs[@]}"; do
        if [ "$run" = first ]; then
            attempt "$case" first C.UTF-8 UTC 1
        else
            attempt "$case" second "$foreign" JST-9 4
        fi
    done
    for part in out err status; do
        expected=$case/$part
        if [ $update = 1 ]; then
            cp "$scratch/first.$part" "$expected"
            [ -s "$expected" ] && [ "$part$(cat "$expected" 2>/dev/null)" != status0 ] || rm -f "$expected"
        fi
        if [ ! -f "$expected" ]; then
            expected=$scratch/empty
            [ $part != status ] || expected=$scratch/zero
        fi
        for run in "${runs[@]}"; do
            label=$part
            [ "$run" = first ] || label="$part in $foreign, UTC+9, 4 threads"
            same "$expected" "$scratch/$run.$part" "$label" || good=0
        done
    done
    if [ $good = 1 ]; then
        passed=$((passed + 1))
    else
        echo "FAILED $name: $(head -n 1 "$case/cmd")"
        failed=$((failed + 1))
    fi
done < <(find "$cases" -mindepth 3 -maxdepth 3 -name cmd -printf '%h\n' | LC_ALL=C sort)

how='run in one of the two surroundings'
[ -z "${KITH_SANITIZED:-}" ] || how='left out'
[ $left = 0 ] || echo "KITH_SHARE=$KITH_SHARE: $left cases were $how"
echo "$passed cases passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
