#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang.py BUILD - what clang warns of in the files that a build compiles, with that build's options; gcc says less of some.

Exit 77 without clang or a list of what the build compiles: skipped.
"""
import concurrent.futures
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

DROPPED = ("-o", "-MF", "-MQ")  # and what follows


def command_of(entry):
    words, drop = [], False
    for word in shlex.split(entry["command"])[1:]:
        if not drop and word not in DROPPED and word not in ("-MD", "-c", "ccache", "cc", "gcc"):
            words.append(word)
        drop = not drop and word in DROPPED
    return ["clang", "-fsyntax-only", "-Werror", "-Wno-unknown-warning-option", "-Wno-unused-command-line-argument", *words]


def look(entry):
    """What clang says of a file, "" for nothing."""
    found = subprocess.run(command_of(entry), cwd=entry["directory"], capture_output=True, text=True, check=False)
    return found.stderr if found.returncode else ""


def main():
    path = os.path.join(sys.argv[1], "compile_commands.json")
    if not shutil.which("clang") or not os.path.exists(path):
        print("skipped: no clang, or no list of what is compiled")
        return 77
    with open(path, encoding="utf-8") as file:
        entries = {e["file"]: e for e in json.load(file) if e["file"].endswith(".c")}
    with tempfile.NamedTemporaryFile("w", suffix=".c") as bad:
        bad.write("int bad(void);\nint bad(void) { int unused; return 0; }\n")
        bad.flush()
        if not look({"command": "cc -Wall -o x.o -c " + bad.name, "directory": "/"}):
            print("clang.py: an unused variable is nothing to it")
            return 1
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(look, entries.values()))
    print("".join(said), end="")
    print("clang: %d files, %d with warnings" % (len(entries), sum(map(bool, said))))
    return any(said)


if __name__ == "__main__":
    sys.exit(main())
