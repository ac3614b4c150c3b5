# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py BUILD [--rounds N] [--write] [--list] [NAME...] - times kith against its peers (docs/bench.md).

Each NAME is a module beside this file with ABOUT and cases(bench); without names, all of them run. --write puts the
tables into bench/RESULTS.md, each under its own heading, with the command that made it.
"""
import argparse
import datetime
import gzip
import importlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import pair  # noqa: E402


class Bench:
    """Programs and inputs, made when first asked for and kept in BUILD/bench."""

    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.folder = os.path.join(self.build, "bench")
        self.kith = os.path.join(self.build, "src", "cli", "kith")
        self.perf = os.environ.get("PERF") or os.path.join(ROOT, "..", "shared", "datasets", "perf")
        # Debian's own Python sees Debian's igraph, networkx and graph-tool.
        self.python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else "python3"
        self.peer_python = os.path.join(HERE, "peer.py")
        os.makedirs(self.folder, exist_ok=True)

    def program(self, name, packages=(), link_kith=False, inside=False):
        """tests/bench/NAME.c, compiled; packages are pkg-config's; inside links the static library, where nothing is hidden."""
        source, out = os.path.join(HERE, name + ".c"), os.path.join(self.folder, name)
        if os.path.exists(out) and os.path.getmtime(out) > os.path.getmtime(source):
            return out
        flags = []
        if packages:
            flags = subprocess.run(["pkg-config", "--cflags", "--libs", *packages], check=True, capture_output=True,
                                   text=True).stdout.split()
        if inside:
            flags = [f"-I{ROOT}/include", f"-I{ROOT}/src", f"{self.build}/libkith.a", "-fopenmp", *flags]
        if link_kith:
            flags += [f"-I{ROOT}/include", f"-L{self.build}", f"-Wl,-rpath,{self.build}", "-lkith"]
        subprocess.run(["cc", "-std=gnu11", "-O2", "-Wall", "-o", out, source, *flags, "-lm"], check=True)
        return out

    @property
    def peer_igraph(self):
        """igraph C: peer_igraph TASK FILE."""
        return self.program("peer_igraph", ["igraph"])

    @property
    def phases(self):
        """libkith: kith_phases FILE, which prints the phases load and network."""
        return self.program("kith_phases", link_kith=True)

    def peer(self, tool, task, path, *more):
        """A command line for igraph, networkx or graph-tool in Python: ig, nx or gt."""
        return [self.python, self.peer_python, tool, task, path, *more]

    def made(self, name, *argv):
        """BUILD/bench/NAME, printed by tests/bench/generate.c with these arguments unless it is there."""
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            with open(path + ".part", "wb") as out:
                subprocess.run([self.program("generate"), *map(str, argv)], check=True, stdout=out)
            os.replace(path + ".part", path)
        return path

    def data(self, name):
        """A public graph of the perf folder: fb-MIT8, email-Enron or soc-Epinions1, unpacked; None when it is not there."""
        packed, path = os.path.join(self.perf, name + ".txt.gz"), os.path.join(self.folder, name + ".txt")
        if not os.path.exists(path):
            if not os.path.exists(packed):
                return None
            with gzip.open(packed, "rb") as source, open(path + ".part", "wb") as out:
                shutil.copyfileobj(source, out)
            os.replace(path + ".part", path)
        return path

    def compact(self, name):
        """The same with ids 0 … n-1 and no comments, "u<tab>v" a line: what igraph's own reader takes."""
        source, path = self.data(name), os.path.join(self.folder, name + ".el")
        if source and not os.path.exists(path):
            with open(path + ".part", "wb") as out:
                subprocess.run([self.program("generate"), "compact", source], check=True, stdout=out)
            os.replace(path + ".part", path)
        return path if source else None


def is_bench(path):
    """Other Python files here make inputs, or are what benches share."""
    with open(path, encoding="utf-8") as file:
        return re.search(r"^ABOUT = .*^def cases\(", file.read(), re.MULTILINE | re.DOTALL) is not None


def modules():
    return sorted(f[:-3] for f in os.listdir(HERE) if f.endswith(".py") and is_bench(os.path.join(HERE, f)))


def run_module(name, bench, rounds):
    module = importlib.import_module(name)
    text, wrong = pair.HEADER, []
    print(f"\n## {name}: {module.ABOUT}\n\n{pair.HEADER}", end="", flush=True)
    for case in module.cases(bench):
        lines, bad = pair.rows(case, pair.measure(case, rounds))
        print(lines, end="", flush=True)
        text += lines
        if bad:
            wrong.append(f"{name}: {case.task}, {case.data}: {bad}")
    return module.ABOUT, text, wrong


def write(name, about, table, command):
    """Replaces the section of RESULTS.md between this bench's marks, or adds one."""
    path = os.path.join(ROOT, "bench", "RESULTS.md")
    begin, end = f"<!-- bench {name} -->", f"<!-- end of bench {name} -->"
    load = os.getloadavg()[0]
    section = (f"{begin}\n## {name}: {about}\n\n{command}, "
               f"{datetime.date.today().isoformat()}, {os.cpu_count()} cores, load average {load:.1f} at the end; "
               f"medians; ratios are peer / kith.\n\n{table}{end}\n")
    text = open(path).read()
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end) + "\n", re.S)
    text = pattern.sub(lambda _: section, text) if pattern.search(text) else text.rstrip("\n") + "\n\n" + section
    open(path, "w").write(text)


def main():
    parser = argparse.ArgumentParser(prog="./run bench", description="times kith against its peers (docs/bench.md)")
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs (3)")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/RESULTS.md")
    parser.add_argument("--list", action="store_true", help="say which benches there are")
    asked = parser.parse_intermixed_args()
    unknown = set(asked.names) - set(modules())
    if unknown:
        parser.error(f"no bench is called {', '.join(sorted(unknown))} (there are {', '.join(modules())})")
    if asked.list:
        for name in modules():
            print(f"{name:16} {importlib.import_module(name).ABOUT}")
        return 0
    bench, wrong = Bench(asked.build), []
    command = f"`./run bench --rounds {asked.rounds} --write`, all parts in one run"
    if asked.names:
        command = f"`./run bench --rounds {asked.rounds} --write {' '.join(asked.names)}`"
    for name in asked.names or modules():
        about, table, bad = run_module(name, bench, asked.rounds)
        wrong += bad
        if asked.write:
            write(name, about, table, command)
    for line in wrong:
        print(f"bench: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
