# SPDX-License-Identifier: GPL-3.0-or-later
"""A stop in the middle of long work: exit 130, one word on standard error, nothing half-written.

Usage: interrupt.py KITH
"""
import os
import random
import signal
import subprocess
import sys
import tempfile
import time


def network(path, people, ties):
    """A network large enough that the measures below take many seconds."""
    draw = random.Random(1)
    with open(path, "w", encoding="ascii") as out:
        for _ in range(ties):
            out.write(f"{draw.randrange(people)} {draw.randrange(people)}\n")


def stop(kith, arguments, number, folder, after):
    """Runs kith, sends a signal, and gives what was left."""
    before = set(os.listdir(folder))
    run = subprocess.Popen([kith, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(after)
    run.send_signal(number)
    out, err = run.communicate(timeout=60)
    return run.returncode, out, err.decode(), set(os.listdir(folder)) - before


def main(kith):
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "net.txt")
        network(path, 20000, 100000)
        target = os.path.join(folder, "answer.csv")
        cases = [
            (["influencers", "--by", "betweenness", "--weighted", path, "-o", target], signal.SIGINT, 1.5),
            (["influencers", "--by", "betweenness", path], signal.SIGTERM, 1.5),
            (["influencers", "--by", "closeness", "--weighted", path], signal.SIGINT, 1.5),
        ]
        for arguments, number, after in cases:
            code, out, err, left = stop(kith, arguments, number, folder, after)
            fine = code == 130 and not out and "stopped" in err and not left
            print("ok" if fine else "FAILED", " ".join(arguments[:4]), code, out[:80], err.strip(), left)
            bad += not fine
    return bad


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1]) else 0)
