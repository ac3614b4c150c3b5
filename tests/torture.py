# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything around kith fails, one call after another, and the book stays whole.

Usage: torture.py KITH LIBFAILIO LIBFAILMALLOC [--full] [PART...]

Parts: faults (the n-th write, sync, rename or read fails), allocations (the n-th large one fails), kill (kill -9 at random moments), full (a disk without room),
places (a folder that may not be written, input that is gone, standard output that is closed), memory (too little of it), together
(readers and writers at once). Without --full a bounded share of each, for the suite. What "whole" means is the same everywhere:
PRAGMA integrity_check says ok, the canonical export equals the one before or the one after, and no temporary file stays.
"""
import hashlib
import os
import random
import re
import resource
import signal
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAME = os.path.join(ROOT, "tests", "fixtures", "same")
DAY = "1735689600"


class Torture:
    """One run: the command, a folder of its own, and what went wrong so far."""

    def __init__(self, kith, shims, full, folder):
        self.kith, self.full, self.folder = kith, full, folder
        self.shim, self.hunger = shims
        self.faults = 0
        self.base = os.path.join(folder, "base.kith")
        self.files = [os.path.join(SAME, f) for f in ("contacts.csv", "guests.csv", "list.csv")]
        self.run(["import", "-q", "--into", self.base, *self.files], check=True)
        checkpoint(self.base)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, arguments, check=False, env=None, **more):
        all_env = {**os.environ, "SOURCE_DATE_EPOCH": DAY, "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", **(env or {})}
        more.setdefault("stdout", subprocess.PIPE)
        run = subprocess.run([self.kith, *arguments], stderr=subprocess.PIPE, env=all_env, timeout=300, check=False, **more)
        if check and run.returncode:
            raise SystemExit(f"torture: {arguments} failed: {run.stderr.decode()}")
        return run

    def fault(self, what):
        self.faults += 1
        print(f"torture: {what}", file=sys.stderr)

    def canonical(self, book):
        return self.run(["export", "--format", "json", "-o", "-", book], check=True).stdout

    def check_book(self, book, allowed, where):
        """The book is sound, and is what it was or what it was to become."""
        try:
            state = sqlite3.connect(book).execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.Error as error:
            state = str(error)
        if state != "ok":
            self.fault(f"{where}: the book is damaged: {state}")
        elif self.canonical(book) not in allowed:
            self.fault(f"{where}: the book is neither as before nor as after")

    def check_told(self, run, where):
        """An error has an exit status that says so and one line of words."""
        if run.returncode < 0 or run.returncode > 5:
            self.fault(f"{where}: ended with {run.returncode}: {run.stderr.decode()[-200:]}")
        elif run.returncode and not run.stderr.strip():
            self.fault(f"{where}: exit {run.returncode} without a word")

    def fresh(self, name="try"):
        """A folder with a copy of the base book."""
        folder = self.path(name)
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        book = os.path.join(folder, "a.kith")
        shutil.copyfile(self.base, book)
        return folder, book


def checkpoint(book):
    """Brings all of a book into its one file, so that it can be copied."""
    db = sqlite3.connect(book)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def left_behind(folder, expected):
    """Files that nobody asked for; what SQLite keeps beside a book is its own."""
    return [f for f in os.listdir(folder) if f not in expected and not f.startswith("a.kith")]


def operations(t):
    """Name, arguments for a book, and the file that is made, if any."""
    more = t.path("more.csv")
    with open(more, "w", encoding="utf-8") as out:
        out.write("Name,Email,Company\nNew Person,new@example.org,Acme\nAnn Other,other@example.org,Acme\n")
    names = re.findall(r'"a_id": "([^"]+)", "b_id": "([^"]+)"', t.run(["duplicates", "--format", "json", t.base]).stdout.decode())
    person = re.search(r'"node_id": "([^"]+)"', t.canonical(t.base).decode()).group(1)
    result = [("import", lambda b, d: ["import", "-q", "--into", b, more], None),
              ("new book", lambda b, d: ["import", "-q", "--into", os.path.join(d, "a.kith-new.kith"), more], None),
              ("forget", lambda b, d: ["forget", person, b], None),
              ("undo", lambda b, d: ["undo", b], None),
              ("report", lambda b, d: ["report", "-o", os.path.join(d, "r.html"), b], "r.html"),
              ("export", lambda b, d: ["export", "-o", os.path.join(d, "g.graphml"), b], "g.graphml")]
    result.append(("merge", lambda b, d: ["duplicates", "--merge", names[0][0], names[0][1], b], None))
    return result


def faults(t):
    """The n-th call fails: once and from then on, for want of room and for no reason, torn and not."""
    kinds = [("no room", {"FAIL_ERRNO": "28"}), ("i/o error", {"FAIL_ERRNO": "5"}),
             ("from then on", {"FAIL_ERRNO": "28", "FAIL_STICKY": "1"}),
             ("torn", {"FAIL_ERRNO": "28", "FAIL_TORN": "1"}),
             ("reading", {"FAIL_ERRNO": "5", "FAIL_CALLS": "read"})]
    runs = 0
    for name, arguments, made in operations(t):
        for kind, env in kinds:
            runs += fault_one(t, name, arguments, made, kind, env)
    print(f"faults: {runs} runs, each with one call failing")


def fault_one(t, name, arguments, made, kind, env):
    """One operation under one kind of fault, at every call or at a share of them."""
    folder, book = t.fresh()
    count = t.path("count")
    env = {**env, "LD_PRELOAD": t.shim, "FAIL_UNDER": t.folder + "/", "FAIL_COUNT": count}
    before = t.canonical(book)
    clean = t.run(arguments(book, folder), env={**env, "FAIL_AT": "0"})
    if clean.returncode:
        t.fault(f"{name}: fails by itself: {clean.stderr.decode()}")
        return 0
    with open(count, encoding="ascii") as text:
        calls = int(text.read())
    after = t.canonical(book)
    whole = open(os.path.join(folder, made), "rb").read() if made else None
    places = range(1, calls + 1)
    if not t.full:
        places = random.Random(f"{name} {kind}").sample(places, min(calls, 2))
    for n in places:
        folder, book = t.fresh()
        where = f"{name}, {kind}, call {n} of {calls}"
        run = t.run(arguments(book, folder), env={**env, "FAIL_AT": str(n)})
        t.check_told(run, where)
        t.check_book(book, (before, after), where)
        check_made(t, folder, made, whole, run, where)
    return len(places)


def allocations(t):
    """The n-th allocation of 4 kB or more fails: told with exit 4, and nothing is half done."""
    runs = 0
    for name, arguments, made in operations(t):
        runs += starve(t, name, arguments, made)
    print(f"allocations: {runs} runs, each with one allocation failing")


def starve(t, name, arguments, made):
    """One operation, at every allocation or at a share of them."""
    folder, book = t.fresh()
    count = t.path("count")
    env = {"LD_PRELOAD": t.hunger, "FAIL_COUNT": count}
    before = t.canonical(book)
    t.run(arguments(book, folder), env={**env, "FAIL_AT": "0"}, check=True)
    with open(count, encoding="ascii") as text:
        calls = int(text.read())
    after = t.canonical(book)
    whole = open(os.path.join(folder, made), "rb").read() if made else None
    # The last ones always, and some of the last tenth: what is written comes last, and a writer that failed must not be believed.
    places = set(random.Random(name).sample(range(1, calls + 1), min(calls, 400 if t.full else 6)))
    places |= set(range(max(1, calls - 2), calls + 1)) | set(range(calls, calls - calls // 10, -17) if made else [])
    for n in sorted(places):
        folder, book = t.fresh()
        where = f"{name}, allocation {n} of {calls}"
        run = t.run(arguments(book, folder), env={**env, "FAIL_AT": str(n)})
        if run.returncode not in (0, 4):
            t.fault(f"{where}: ended with {run.returncode}: {run.stderr.decode()[-200:]}")
        t.check_told(run, where)
        t.check_book(book, (before, after), where)
        check_made(t, folder, made, whole, run, where)
    return len(places)


def check_made(t, folder, made, whole, run, where):
    """An output is complete or is not there."""
    path = made and os.path.join(folder, made)
    if path and os.path.exists(path) and open(path, "rb").read() != whole:
        t.fault(f"{where}: {made} is half written")
    if path and run.returncode == 0 and not os.path.exists(path):
        t.fault(f"{where}: success, but there is no {made}")
    for name in left_behind(folder, {made}):
        # When taking a temporary file away is what fails, it stays.
        if "unlink" not in run.stderr.decode() and not name.startswith("."):
            t.fault(f"{where}: left {name}")


def large_csv(path, rows):
    with open(path, "w", encoding="ascii") as out:
        out.write("Name,Email,Company\n")
        for i in range(rows):
            out.write(f"Given{i} Family{i % 97},p{i}@example.org,Company {i % 31}\n")


def kill(t):
    """kill -9 in the middle of an import: before or after, and the next command just works."""
    times = 500 if t.full else 6
    large = t.path("large.csv")
    large_csv(large, 4000)
    folder, book = t.fresh()
    before = t.canonical(book)
    start = time.monotonic()
    t.run(["import", "-q", "--into", book, large], check=True)
    span = time.monotonic() - start
    after = t.canonical(book)
    draw, seen = random.Random(1), {True: 0, False: 0}
    for i in range(times):
        folder, book = t.fresh()
        run = subprocess.Popen([t.kith, "import", "-q", "--into", book, large], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0, span))
        run.send_signal(signal.SIGKILL)
        run.wait()
        t.check_book(book, (before, after), f"kill {i + 1}")
        seen[sqlite3.connect(book).execute("SELECT count(*) FROM source").fetchone()[0] > len(t.files)] += 1
    print(f"kill: {times} kills, {seen[False]} before and {seen[True]} after the import was whole")


def full(t):
    """A disk without room: a small tmpfs, where one may be mounted."""
    place = t.path("small")
    os.makedirs(place, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", place], stderr=subprocess.DEVNULL,
                      check=False).returncode:
        print("full: skipped, no tmpfs may be mounted here")
        return
    try:
        book = os.path.join(place, "a.kith")
        shutil.copyfile(t.base, book)
        before = t.canonical(book)
        large = t.path("large.csv")
        large_csv(large, 20000)
        for arguments in (["import", "-q", "--into", book, large], ["report", "-o", os.path.join(place, "r.html"), book]):
            for filler in (0, 200, 350, 450):
                with open(os.path.join(place, "filler"), "wb") as out:
                    try:
                        out.write(b"x" * filler * 1024)
                    except OSError:
                        pass
                run = t.run(arguments)
                t.check_told(run, f"full disk, {arguments[0]}")
                if arguments[0] == "import" and run.returncode != 4:
                    t.fault(f"full disk: exit {run.returncode}, expected 4")
                os.unlink(os.path.join(place, "filler"))
                t.check_book(book, (before,), f"full disk, {arguments[0]}")
                if os.path.exists(os.path.join(place, "r.html")):
                    os.unlink(os.path.join(place, "r.html"))
    finally:
        subprocess.run(["umount", "-l", place], check=False)
    print("full: a disk of 600 kB, 8 runs")


def places(t):
    """Folders that may not be written, files that are gone, a standard output that nobody reads."""
    _, book = t.fresh()
    before = t.canonical(book)
    cases = [(["export", "-o", "/proc/a.graphml", book], 4), (["report", "-o", t.path("none/r.html"), book], 4),
             (["import", "--into", book, t.path("gone.csv")], 4), (["import", "--into", t.path("none/b.kith"), t.files[0]], 4),
             (["info", t.path("gone.kith")], 4)]
    for arguments, expected in cases:
        run = t.run(arguments)
        t.check_told(run, " ".join(arguments))
        if run.returncode != expected:
            t.fault(f"{arguments}: exit {run.returncode}, expected {expected}")
    with open("/dev/full", "wb") as out:
        run = t.run(["info", book], stdout=out)
        if run.returncode != 4 or not run.stderr:
            t.fault(f"/dev/full: exit {run.returncode}, {run.stderr}")
    for line in (f"'{t.kith}' export --format json '{book}' -o - | head -n 1 >/dev/null; exit ${{PIPESTATUS[0]}}",
                 f"'{t.kith}' info '{book}' >&-; exit $?"):
        run = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
        if run.returncode < 0 or run.returncode > 128:
            t.fault(f"closed output: {run.returncode} {run.stderr}")
    t.check_book(book, (before,), "places")
    print(f"places: {len(cases) + 3} cases")


def memory(t):
    """With too little memory the end is a told one, and the book is whole."""
    large = t.path("large.csv")
    large_csv(large, 60000 if t.full else 20000)
    limits = range(24, 140, 4) if t.full else (36, 44, 52, 68)
    ends = {}
    _, book = t.fresh()
    before = t.canonical(book)
    t.run(["import", "-q", "--into", book, large], check=True)
    after = t.canonical(book)
    for megabytes in limits:
        _, book = t.fresh()
        size = megabytes << 20
        run = t.run(["import", "-q", "--into", book, large],
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
        ends[run.returncode] = ends.get(run.returncode, 0) + 1
        if b"error while loading shared libraries" in run.stderr:
            continue # not even the program fits
        if run.returncode not in (0, 4):
            t.fault(f"{megabytes} MB: exit {run.returncode}: {run.stderr.decode()[-300:]}")
        if run.returncode == 4 and not re.search(rb"memory", run.stderr):
            t.fault(f"{megabytes} MB: no word of memory: {run.stderr.decode()}")
        if run.returncode:
            t.check_book(book, (before, after), f"{megabytes} MB")
    print(f"memory: limits from {min(limits)} to {max(limits)} MB, exits {ends}")


def together(t):
    """Readers and writers on one book: no error but a told wait, and no import is lost."""
    seconds = 60 if t.full else 2
    _, book = t.fresh()
    stop, counts, lock = time.monotonic() + seconds, {"reads": 0, "writes": 0}, threading.Lock()

    def read():
        while time.monotonic() < stop:
            run = t.run(["info", "-q", book])
            with lock:
                counts["reads"] += 1
                if run.returncode:
                    t.fault(f"together: a reader: {run.returncode} {run.stderr.decode()}")

    def write(number):
        n = 0
        while time.monotonic() < stop:
            path = t.path(f"w{number}-{n}.csv")
            with open(path, "w", encoding="ascii") as out:
                out.write(f"Name,Email\nP{number} N{n},p{number}n{n}@example.org\n")
            run = t.run(["import", "-q", "--into", book, path])
            n += 1
            with lock:
                counts["writes"] += run.returncode == 0
                if run.returncode:
                    t.fault(f"together: a writer: {run.returncode} {run.stderr.decode()}")

    threads = [threading.Thread(target=read) for _ in range(8)]
    threads += [threading.Thread(target=write, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sources = sqlite3.connect(book).execute("SELECT count(*) FROM source").fetchone()[0]
    if sources != len(t.files) + counts["writes"]:
        t.fault(f"together: {counts['writes']} imports, but {sources - len(t.files)} are in the book")
    print(f"together: {seconds} s, {counts['reads']} reads, {counts['writes']} imports, none lost")


PARTS = {"faults": faults, "allocations": allocations, "kill": kill, "full": full, "places": places, "memory": memory, "together": together}


def main(argv):
    everything = "--full" in argv
    words = [a for a in argv if a != "--full"]
    kith, *shims = (os.path.abspath(word) for word in words[:3])
    wanted = words[3:] or list(PARTS)
    with tempfile.TemporaryDirectory() as folder:
        t = Torture(kith, shims, everything, folder)
        for name in wanted:
            PARTS[name](t)
    print(f"torture: {t.faults} faults")
    return 1 if t.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
