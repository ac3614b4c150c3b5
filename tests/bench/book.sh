#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# book.sh BUILD - how fast contacts go into a book: a million rows in one pass, the same file again, and a large mailbox.
#
# Inputs are made from a fixed seed. Beside the import stands sqlite3's own .import of the same rows into one table without
# any thought, where the tool is there: the price of knowing who is who.
set -euo pipefail
build=${1:?usage: book.sh BUILD}
rows=${ROWS:-1000000} megabytes=${MAILBOX_MB:-2048}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
kith=$build/src/cli/kith

awk -v n="$rows" 'BEGIN {
    split("Ann Bob Zoë José Priya Chris Dana Eve Liam Noah Olga Mai", given, " ")
    split("Smith Hartnell Álvarez Kowalska Müller Lee Nguyễn Okafor Petrova Silva", family, " ")
    srand(1)
    print "First Name,Last Name,Email,Company,Title,Phone"
    for (i = 0; i < n; i++)
        printf "%s,%s%d,p%d@example%d.org,Company %d Ltd,Manager,+4477%08d\n", given[1 + int(rand() * 12)],
            family[1 + int(rand() * 10)], i % 5000, i, i % 977, i % 20000, i
}' >"$scratch/contacts.csv"

once() { # NAME COMMAND...: prints wall seconds, CPU seconds and peak MB
    local name=$1
    shift
    /usr/bin/time -o "$scratch/time" -f '%e %U %S %M' "$@" >/dev/null
    awk -v n="$name" '{ printf "%-42s %8.2f s wall %8.2f s CPU %7.0f MB\n", n, $1, $2 + $3, $4 / 1024 }' "$scratch/time"
}

once "import $rows contacts into a book" "$kith" import -q --into "$scratch/b.kith" "$scratch/contacts.csv"
awk -v n="$rows" '{ printf "%-42s %8.0f rows/s wall %8.0f rows/s CPU\n", "", n / $1, n / ($2 + $3) }' "$scratch/time"
once "the same file again" "$kith" import -q --into "$scratch/b.kith" "$scratch/contacts.csv"
if command -v sqlite3 >/dev/null; then
    once "sqlite3 .import of the same rows" sqlite3 "$scratch/plain.db" ".mode csv" ".import $scratch/contacts.csv t"
fi
awk -v limit="$megabytes" 'BEGIN {
    line = "A line of a message that nobody reads, and kith does not either."
    for (size = 0; size < limit * 1048576; i++) {
        printf "From x@example.org Mon Jan 01 00:00:00 2024\nFrom: P%d <p%d@example.org>\nTo: Q%d <q%d@example.org>\n",
            i % 500, i % 500, i % 700, i % 700
        printf "Date: Mon, 01 Jan 2024 10:%02d:00 +0000\nMessage-ID: <%d@example.org>\nSubject: s\n\n", i % 60, i
        for (k = 0; k < 400; k++)
            print line
        print ""
        size += 200 + 400 * (length(line) + 1)
    }
}' >"$scratch/large.mbox"
once "read a mailbox of $megabytes MB" "$kith" info -q "$scratch/large.mbox"
