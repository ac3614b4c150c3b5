#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# includes.sh - the arrows between the rooms (docs/STYLE.md, "The house").
#
# Reads every #include below src/, importers/ and reports/ of a tree (default: this one), says
# file:line of each that points the wrong way, and fails when there is one. First it proves on made-up
# bad files that it can.
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

# Prints "file:line: …" for each wrong include of the tree.
check() {
    (cd "$1" && find src importers reports \( -name '*.c' -o -name '*.h' -o -name '*.in' \) 2>/dev/null |
        sort | xargs -r grep -nHE '^[[:space:]]*#[[:space:]]*include' | awk '
    BEGIN {
        # What a room may include: other rooms, and libraries in angle brackets.
        may["base"]      = "kith base glib libxml libarchive openmp"
        may["model"]     = "kith base model glib"
        may["measures"]  = "kith base model measures glib gsl openmp"
        may["passes"]    = "kith base model measures passes/pass.h glib"
        may["store"]     = "kith base model store glib sqlite"
        may["importers"] = "kith base glib importers"
        may["reports"]   = "kith base glib reports"
        may["batch"]     = "kith base batch glib"
        may["cli"]       = "kith cli"
        may["petsc"]     = "kith petsc slepc"
        may["api"]       = "kith base model measures passes store api glib"
        # The doors: single files that may know one library more.
        door["src/model/ig.h"] = "igraph"
        door["src/model/ig.c"] = "openmp"
        door["src/base/json.c"] = "jansson"
        door["src/batch/yaml.c"] = "libyaml"
        door["src/batch/collect.c"] = "store"
        also["^importers/ical"] = "libical"
        also["^src/base/ical\\."] = "libical"
        split("assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal " \
              "stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath " \
              "threads time uchar wchar wctype dirent dlfcn fcntl getopt glob malloc langinfo poll pthread regex " \
              "cpuid immintrin sched spawn strings sysexits termios unistd utime", names, " ")
        for (i in names) libc[names[i] ".h"] = 1
    }
    function library(name) {
        if (name ~ /^kith\//) return "kith"
        if (name ~ /^(glib|gmodule|gobject)(\.h|\/|-)/ || name ~ /^(gio|glib-object\.h)/) return "glib"
        if (name ~ /^libxml\//) return "libxml"
        if (name == "yaml.h") return "libyaml"
        if (name ~ /^archive(_entry)?\.h$/) return "libarchive"
        if (name ~ /^libical\// || name == "ical.h") return "libical"
        if (name ~ /^jansson(_config)?\.h$/) return "jansson"
        if (name ~ /^igraph(\/|\.h|_)/) return "igraph"
        if (name ~ /^gsl\//) return "gsl"
        if (name ~ /^sqlite3(ext)?\.h$/) return "sqlite"
        if (name == "omp.h") return "openmp"
        if (name ~ /^(petsc|slepc)/) return "slepc"
        if (name in libc || name ~ /^(sys|linux|sanitizer)\//) return "libc"
        return "unknown library"
    }
    {
        file = $0; sub(/:.*/, "", file)
        line = substr($0, length(file) + 2); sub(/:.*/, "", line)
        text = $0; sub(/^[^#]*#[ \t]*include[ \t]*/, "", text)
        room = file; sub(/^src\//, "", room); sub(/\/.*/, "", room)
        if (!(room in may)) { print file ":" line ": room " room " is not in the house"; next }
        allowed = " " may[room] " "
        if (file in door) allowed = allowed door[file] " "
        for (pattern in also) if (file ~ pattern) allowed = allowed also[pattern] " "
        name = substr(text, 2); sub(/[>"].*/, "", name)
        if (substr(text, 1, 1) == "<") {
            what = library(name)
            if (what == "libc") next
        } else if (substr(text, 1, 1) == "\"") {
            if (name ~ /\.\./) { print file ":" line ": \"" name "\" climbs out of its room"; next }
            what = name; sub(/\/.*/, "", what)
            if (name !~ /\//) what = room                 # a neighbour in the same folder
            if (name == "passes/pass.h") what = name
            if (!(what in may) && what != name) what = "unknown room " what
        } else {
            print file ":" line ": include of a macro"; next
        }
        if (!index(allowed, " " what " "))
            print file ":" line ": " room " may not include " text " (" what ")"
    }')
}

# Every bad line must be caught, and none of the good ones.
prove() {
    local tree bad good n=0 file text
    tree=$(mktemp -d)
    trap 'rm -rf "$tree"' RETURN
    bad='src/base/a.c|"model/graph.h"
src/base/b.c|<sqlite3.h>
src/base/c.c|<libical/ical.h>
src/model/a.c|<igraph/igraph.h>
src/model/b.c|"measures/rank.h"
src/measures/a.c|<igraph.h>
src/measures/b.c|"store/book.h"
src/passes/a.c|"passes/influencers.h"
src/passes/b.c|<gsl/gsl_cdf.h>
src/store/a.c|"measures/rank.h"
src/cli/a.c|<glib.h>
src/cli/b.c|"base/text.h"
src/api/a.c|"cli/main.h"
importers/a.c|"model/graph.h"
importers/b.c|"reports/html.h"
importers/c.c|<libical/ical.h>
importers/d.c|<jansson.h>
reports/a.c|"passes/pass.h"
reports/b.c|"../src/model/graph.h"
src/base/d.c|<curl/curl.h>
src/api/b.c|<petscmat.h>
src/cellar/a.c|<stdio.h>'
    good='src/base/a.h|<libxml/parser.h>
src/base/json.c|<jansson.h>
src/base/b.h|<archive.h>
src/model/ig.h|<igraph/igraph.h>
src/measures/a.h|"model/ig.h"
src/measures/b.h|<gsl/gsl_cdf.h>
src/measures/c.h|<omp.h>
src/passes/a.h|"passes/pass.h"
src/store/a.h|<sqlite3.h>
src/cli/a.h|<kith/kith.h>
src/cli/b.h|"cli/terminal.h"
src/api/a.h|"store/book.h"
importers/ical.c|<libical/ical.h>
importers/d.c|"base/csv.h"
reports/a.h|<glib.h>'
    while IFS='|' read -r file text; do
        mkdir -p "$tree/${file%/*}"
        printf '#include %s\n' "$text" >"$tree/$file"
        n=$((n + 1))
    done <<<"$bad"
    if [ "$(check "$tree" | wc -l)" != $n ]; then
        echo "includes.sh: of $n wrong includes it saw only:"
        check "$tree"
        return 1
    fi
    rm -rf "${tree:?}"/*
    while IFS='|' read -r file text; do
        mkdir -p "$tree/${file%/*}"
        printf '#  include %s\n' "$text" >"$tree/$file"
    done <<<"$good"
    if check "$tree" | grep .; then
        echo "includes.sh: the includes above are fine and were refused"
        return 1
    fi
}

prove || exit 1
wrong=$(check "${1:-$root}")
# A tree in which nothing is found was not read.
if [ -z "$(find "${1:-$root}"/src -name '*.c' -print -quit 2>/dev/null)" ]; then
    echo "includes.sh: no C files below ${1:-$root}/src"
    exit 1
fi
[ -z "$wrong" ] || { printf '%s\n' "$wrong"; exit 1; }
