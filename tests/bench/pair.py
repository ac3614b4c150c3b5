# SPDX-License-Identifier: GPL-3.0-or-later
"""pair.py - what a bench module needs: a case is one task on one input, done by kith and by its peers.

    from pair import Case, Command

    ABOUT = "one sentence: what is timed"

    def cases(bench):                       # bench: inputs and programs, see run.py
        data = bench.data("epinions.el")
        yield Case("load an integer edge list", "epinions",
                   {"kith": Command([bench.kith, "info", data]),
                    "igraph C": Command([bench.peer_igraph, "load", data], phase="load")},
                   goals={"igraph C": 15})

All commands of a case run once a round, one after another, so that what else the machine does falls on all of them
alike; what takes less than two seconds runs twice, and the second counts, so that no tool pays for files and memory that the
machine has put away while the others ran. CPU seconds are those of the whole process and its children, or those of one phase when the command prints
"phase NAME CPU WALL" on a line of its own (peers print one for loading and one for the task). Peak memory is that of the
process; where it prints "memory BEFORE PEAK" what was added stands in brackets, and its ratio. So do MB/s where it prints
"bytes N". Ratios are peer / kith: above 1 kith needs less.
"""
import os
import statistics
import subprocess
import sys
import threading
import time

SHORT = 2  # seconds
ONE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "one.py")


class Command:
    def __init__(self, argv, phase=None, stdin=None, env=None, once=False):
        """once: one round will do, for what takes many times longer than kith."""
        self.argv, self.phase, self.stdin, self.env = [str(a) for a in argv], phase, stdin, env or {}
        self.once = once


class Case:
    def __init__(self, task, data, commands, goals=None, check=None, rounds=None, timeout=300, by="cpu"):
        """goals: {peer: ratio to reach, of CPU seconds or by="wall"}; check: called with {tool: output}, says what is wrong or None;
        rounds: fewer for what takes minutes. The first command is kith's."""
        self.task, self.data, self.commands = task, data, commands
        self.goals, self.check, self.rounds, self.timeout, self.by = goals or {}, check, rounds, timeout, by


class Figure:
    """Of one command: lists of CPU seconds, wall seconds, peak MB; the last output; why it failed, if it did."""

    def __init__(self):
        self.cpu, self.wall, self.memory, self.output, self.failed = [], [], [], "", None
        self.added, self.speed = [], []  # MB, MB/s; empty where the command says nothing of it

    def take(self, other):
        for what in ("cpu", "wall", "memory", "added", "speed"):
            getattr(self, what).extend(getattr(other, what))
        self.output, self.failed = other.output, other.failed

    def median(self, what):
        values = getattr(self, what)
        return statistics.median(values) if values else float("nan")


def phase_of(text, name):
    for line in text.splitlines():
        word = line.split()
        if len(word) == 4 and word[:2] == ["phase", name]:
            return float(word[2]), float(word[3])
    raise ValueError(f"no phase {name}")


def numbers_of(text, word, n):
    """The n numbers of the line that begins with this word; None when there is none."""
    for line in text.splitlines():
        words = line.split()
        if len(words) == n + 1 and words[0] == word:
            return [float(w) for w in words[1:]]
    return None


def run_once(command, timeout, figure):
    env = dict(os.environ, OMP_WAIT_POLICY="passive", LC_ALL="C.UTF-8", **command.env)
    told, tell = os.pipe()
    child = subprocess.Popen([sys.executable, "-E", "-S", ONE, str(tell), "timeout", "-k", "5", str(timeout), *command.argv],
                             env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[tell],
                             stdin=open(command.stdin) if command.stdin else subprocess.DEVNULL)
    os.close(tell)
    # Both pipes are emptied by a helper thread each before the child is waited for with its usage.
    kept = {}
    readers = [threading.Thread(target=lambda k=k, f=f: kept.__setitem__(k, f.read()))
               for k, f in (("out", child.stdout), ("err", child.stderr))]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    child.wait()
    with open(told) as file:
        status, cpu, wall, peak = map(float, file.read().split() or (child.returncode or 1, 0, 0, 0))
    out = kept["out"].decode("utf-8", "replace")
    if status != 0:
        last = kept["err"].decode("utf-8", "replace").strip().splitlines()
        figure.failed = f"over {timeout} s" if status == 124 else (last[-1] if last else "failed")[:100]
        return
    if command.phase:
        cpu, wall = phase_of(out, command.phase)
    memory, written = numbers_of(out, "memory", 2), numbers_of(out, "bytes", 1)
    figure.cpu.append(cpu)
    figure.wall.append(wall)
    figure.memory.append(memory[1] if memory else peak / 1024)
    if memory:
        figure.added.append(memory[1] - memory[0])
    if written:
        figure.speed.append(written[0] / 1e6 / cpu)
    figure.output = out


def run_warm(command, timeout, figure):
    """Runs what is short a second time (hyperfine's --warmup 1)."""
    for _ in range(2):
        began, trial = time.monotonic(), Figure()
        run_once(command, timeout, trial)
        if trial.failed or time.monotonic() - began > SHORT:
            break
    figure.take(trial)


def measure(case, rounds):
    figures = {tool: Figure() for tool in case.commands}
    for i in range(min(rounds, case.rounds or rounds)):
        for tool, command in case.commands.items():
            if not figures[tool].failed and not (i and command.once):
                run_warm(command, case.timeout, figures[tool])
    return figures


HEADER = ("| task | data | tool | CPU s | wall s | peak MB | CPU ratio | wall ratio | memory ratio | goal |\n"
          "|---|---|---|---|---|---|---|---|---|---|\n")


def seconds(value):
    return f"{value:.4f}" if value < 0.1 else f"{value:.3f}" if value < 10 else f"{value:.1f}"


def ratio(peer, ours):
    return f"{peer / ours:.1f}" if ours > 0 else "-"


def added_ratio(peer, ours):
    return f" ({ratio(peer.median('added'), ours.median('added'))})" if peer.added and ours.added else ""


def bracket(values, form):
    return f" ({form.format(statistics.median(values))})" if values else ""


def rows(case, figures):
    """The case's rows of the table; says whether each goal was reached."""
    ours = next(iter(figures.values()))
    text = ""
    for tool, f in figures.items():
        if f.failed:
            text += f"| {case.task} | {case.data} | {tool} | {f.failed} | | | | | | |\n"
            continue
        text += (f"| {case.task} | {case.data} | {tool} | {seconds(f.median('cpu'))}{bracket(f.speed, '{:.0f} MB/s')} "
                 f"| {seconds(f.median('wall'))} | {f.median('memory'):.0f}{bracket(f.added if ours.added else [], '+{:.0f}')} ")
        if f is ours or ours.failed:
            text += "| | | | |\n"
            continue
        goal, cpu = case.goals.get(tool), f.median("cpu") / max(ours.median("cpu"), 1e-9)
        found = cpu if case.by == "cpu" else f.median("wall") / max(ours.median("wall"), 1e-9)
        met = "" if goal is None else f"{goal}{' wall' if case.by == 'wall' else ''}: {'reached' if found >= goal else 'missed'}"
        text += (f"| {cpu:.1f} | {ratio(f.median('wall'), ours.median('wall'))} "
                 f"| {ratio(f.median('memory'), ours.median('memory'))}{added_ratio(f, ours)} "
                 f"| {met} |\n")
    wrong = None if any(f.failed for f in figures.values()) or not case.check else case.check(
        {tool: f.output for tool, f in figures.items()})
    return text + (f"| {case.task} | {case.data} | **answers differ** | {wrong} | | | | | | |\n" if wrong else ""), wrong
