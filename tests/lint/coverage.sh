#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# coverage.sh BUILD - lines and branches of src, importers and reports that the tests reached; BUILD was made with -Db_coverage=true.
set -euo pipefail
build=$(cd "${1:?usage: coverage.sh BUILD}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
# The library is compiled once; the static and the shared one have the same objects.
find "$build" -path '*libkith*.p/*' -name '*.gcda' -print0 -o -path '*src/cli/*' -name '*.gcda' -print0 |
    xargs -0 -r gcov --branch-probabilities --json-format >/dev/null 2>&1 || true
python3 - "$root" <<'PYTHON'
import collections, glob, gzip, json, os, sys

root, lines, branches = sys.argv[1], collections.defaultdict(dict), collections.defaultdict(dict)
for path in glob.glob('*.gcov.json.gz'):
    data = json.load(gzip.open(path))
    for file in data['files']:
        name = os.path.relpath(os.path.normpath(os.path.join(data['current_working_directory'], file['file'])), root)
        if not name.startswith(('src/', 'importers/', 'reports/')):
            continue
        for line in file['lines']:
            number = line['line_number']
            lines[name][number] = max(lines[name].get(number, 0), line['count'])
            for i, branch in enumerate(line['branches']):
                key = (number, i)
                branches[name][key] = max(branches[name].get(key, 0), branch['count'])
total = [0, 0, 0, 0]
for name in sorted(lines):
    one = [sum(1 for n in lines[name].values() if n), len(lines[name]),
           sum(1 for n in branches[name].values() if n), len(branches[name])]
    total = [a + b for a, b in zip(total, one)]
    print('%-40s lines %5.1f %%  branches %5.1f %%' % (name, 100 * one[0] / max(one[1], 1), 100 * one[2] / max(one[3], 1)))
print('all: lines %.1f %% (%d of %d), branches %.1f %% (%d of %d)' % (
    100 * total[0] / max(total[1], 1), total[0], total[1], 100 * total[2] / max(total[3], 1), total[2], total[3]))
PYTHON
