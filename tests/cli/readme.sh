#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# readme.sh BUILD [FILE] - the examples of README.md, run: in each ```console block, what follows a line
# "$ kith …" is what a terminal shows (answer and messages) from the top folder of kith. A line that ends
# in \ goes on. Files made by an example stay in a scratch folder.
set -uo pipefail
# shellcheck source=tests/cli/env.sh
. "$(dirname "$0")/env.sh" "${1:?usage: readme.sh BUILD [FILE]}"
file=${2:-$root/README.md}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/here"
ln -s "$root"/{datasets,tests,README.md} "$scratch/here/"
cd "$scratch/here" || exit 1

ran=0 wrong=0 inside=0 command='' at=0
finish() { # the command before is complete: run it and compare
    [ -n "$command" ] || return 0
    surround C.UTF-8 UTC 2 bash -c "$command" >"$scratch/got" 2>&1 </dev/null
    ran=$((ran + 1))
    if ! diff -u --label "$(basename "$file"):$at: $command" --label got "$scratch/expected" "$scratch/got"; then
        wrong=$((wrong + 1))
    fi
    command=''
}

n=0 continued=0
while IFS= read -r line || [ -n "$line" ]; do
    n=$((n + 1))
    if [ $inside = 0 ]; then
        [ "$line" != '```console' ] || inside=1
    elif [ "$line" = '```' ]; then
        finish
        inside=0
    elif [ $continued = 1 ]; then
        command+=$'\n'$line
        case $line in *\\) ;; *) continued=0 ;; esac
    elif [[ $line == '$ '* ]]; then
        finish
        command=${line#'$ '} at=$n
        : >"$scratch/expected"
        case $line in *\\) continued=1 ;; esac
        case $command in
        kith\ *) ;;
        *) echo "$file:$n: only kith commands belong in a console block: $command"; wrong=$((wrong + 1)); command='' ;;
        esac
    elif [ -n "$command" ]; then
        printf '%s\n' "$line" >>"$scratch/expected"
    fi
done <"$file"
[ $inside = 0 ] || { echo "$file: a console block is not closed"; wrong=$((wrong + 1)); }

echo "$ran examples run, $wrong wrong"
if [ $ran = 0 ] && [ $wrong = 0 ]; then
    echo "readme.sh: $(basename "$file") has no examples yet" >&2
    exit 77
fi
[ $wrong = 0 ]
