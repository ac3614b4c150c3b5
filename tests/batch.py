#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batch.py KITH SOURCE [SLURM] - `kith batch` from manifest to tables: equal bytes whatever ran it, and nothing lost.

With SLURM (a folder with start.sh, stop.sh, killnode.sh) the same batches run on a real Slurm as well; that part is
skipped, loudly, where sbatch, the folder or the cgroups that slurmd insists on are missing.
"""
import contextlib, csv, gzip, json, os, random, re, shutil, signal, sqlite3, subprocess, sys, tempfile, time

KITH, SOURCE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SLURM = os.path.abspath(sys.argv[3]) if len(sys.argv) > 3 else None
SAME = ["results.csv", "results.jsonl", "results.sqlite", "top.csv", "failures.csv", "index.html"]
GRID = """grid:
  influencers: {by: [pagerank, betweenness, harmonic], top: 5, resamples: [0, 20]}
  info: {}
"""
failed = 0


def check(what, truth, more=""):
    global failed
    print(("ok   " if truth else "FAIL ") + what + (f": {more}" if more and not truth else ""), flush=True)
    failed += not truth


def kith(*words, **more):
    return subprocess.run([KITH, "batch", *words], capture_output=True, text=True, **more)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def edges(path, n, m, seed):
    draw = random.Random(seed)
    write(path, "from,to\n" + "".join(f"p{draw.randrange(n)},p{draw.randrange(n)}\n" for _ in range(m)))


def data(folder):
    os.makedirs(f"{folder}/raw")
    for i in range(12):
        edges(f"{folder}/raw/r{i}.csv", 30 + 5 * i, 80 + 20 * i, i)
    shutil.copy(f"{SOURCE}/datasets/karate/edges.csv", f"{folder}/karate.csv")
    shutil.copy(f"{SOURCE}/datasets/florentine/marriage.csv", f"{folder}/florentine.csv")
    shutil.copy(f"{SOURCE}/datasets/karate/edges.csv", f"{folder}/again.csv")
    write(f"{folder}/table.csv", "id,path,field,year\nkarate,karate.csv,sport,1977\n"
          "marriages,florentine.csv,\"history, Italy\",1430\ncopy,again.csv,sport,1977\n")
    write(f"{folder}/m.yaml", "batch: study\nseed: 11\nlimits: {memory: 1 GiB, time: 1 min}\n"
          "datasets:\n  - {table: table.csv}\n  - {glob: \"raw/*.csv\"}\n" + GRID)


def read(folder, name):
    with open(f"{folder}/{name}", "rb") as file:
        return file.read()


def same(what, a, b):
    for name in SAME:
        check(f"{what}: {name}", read(a, name) == read(b, name))


def lines(folder):
    return sum(text.count(b'"end":true}\n') for text in
               (read(f"{folder}/segments", n) for n in os.listdir(f"{folder}/segments")))


def process_of(folder):
    """The one process that answered all of a data set; the copy stands for its original."""
    found = {}
    for row in csv.DictReader(read(folder, "timing.csv").decode().splitlines()):
        if row["dataset"] != "copy":
            found.setdefault(row["dataset"], set()).add(row["process"])
    return {dataset: " ".join(sorted(processes)) for dataset, processes in found.items()}


def whole(work):
    os.chdir(work)
    r = kith("run", "m.yaml", "-j1", "--into", "one")
    check("a batch with one process", r.returncode == 0, r.stderr)
    r = kith("run", "m.yaml", "-j4", "--into", "four")
    check("a batch with four", r.returncode == 0, r.stderr)
    same("one process and four", "one", "four")
    write("alone.yaml", read(".", "m.yaml").decode().replace("1 min}", "1 min, alone: yes}"))
    r = kith("run", "alone.yaml", "-j2", "--into", "alone")
    check("a process a data set", r.returncode == 0, r.stderr)
    same("memory shared and alone", "one", "alone")
    write("shared.yaml", read(".", "m.yaml").decode().replace("1 min}", "1 min, alone: no}"))
    r = kith("run", "shared.yaml", "-j2", "--into", "shared")
    check("memory is shared", r.returncode == 0, r.stderr)
    same("memory shared or not, as the machine likes, and shared", "one", "shared")
    for folder in ("one", "four", "alone", "shared"):
        check(f"{folder}: 14 contents, 14 processes", len(set(process_of(folder).values())) == 14, str(process_of(folder)))
    said = "memory of its own costs"
    check("who shares by the manifest's word is not told why", said not in r.stderr, r.stderr)
    rows = list(csv.DictReader(read("one", "results.csv").decode().splitlines()))
    check("tags are carried", {r["year"] for r in rows if r["dataset"] == "karate"} == {"1977"})
    check("15 data sets x 7 points", len({(r["dataset"], r["pass"], r["by"], r["resamples"]) for r in rows}) == 105)
    check("a copy has the results of its original",
          [r["score"] for r in rows if r["dataset"] == "copy"] == [r["score"] for r in rows if r["dataset"] == "karate"])
    check("and was not computed again", lines("one") == 14 * 7, str(lines("one")))
    top = [r for r in rows if r["dataset"] == "marriages" and r["by"] == "betweenness" and r["row"] == "1"]
    check("Medici 47.5 first", [(r["person"], float(r["score"])) for r in top] == [("Medici", 47.5)] * 2, str(top[:1]))
    answers = [json.loads(line) for line in read("one", "results.jsonl").decode().splitlines()]
    check("results.jsonl has a line a unit", len(answers) == 105)
    n = sqlite3.connect("one/results.sqlite").execute("select count(*) from results").fetchone()[0]
    check("results.sqlite has the same rows", n == len(rows))
    before = lines("one")
    r = kith("run", "m.yaml", "--into", "one")
    check("a finished batch does nothing again", lines("one") == before and r.returncode == 0)
    direct = subprocess.run([KITH, "influencers", "--by", "harmonic", "--top", "5", "--resamples", "0", "--format",
                             "json", "karate.csv"], capture_output=True, text=True)
    want = [row["score"] for row in json.loads(direct.stdout)["tables"]["influencers"]]
    got = [float(r["score"]) for r in rows if r["dataset"] == "karate" and r["by"] == "harmonic" and r["resamples"] == "0"]
    check("the same numbers as the command", got == want)
    for shard in range(3):
        if shard == 0:
            shutil.copytree("one", "shards", ignore=shutil.ignore_patterns("segments", *SAME, "timing.csv"))
        r = kith("worker", "--shard", str(shard), "--shards", "3", "shards")
        check(f"shard {shard} of 3", r.returncode == 0, r.stderr)
    kith("collect", "shards")
    same("three shards", "one", "shards")


def moved(work):
    """Answers kept from elsewhere tell where a file is now, not where it was."""
    os.chdir(work)
    os.makedirs("before")
    shutil.copy("karate.csv", 'before/q"a.csv')
    write("before/broken.graphml", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<graph edgedefault="undirected">\n')
    write("before/m.yaml", 'datasets: [{glob: "*.csv"}, broken.graphml]\ngrid: {info: {}}\n')
    for folder in ("before", "after"):
        if folder == "after":
            os.rename("before", "after")
            shutil.copy('after/q"a.csv', "after/copy.csv")
        r = kith("run", f"{folder}/m.yaml", "-j1")
        check(f"{folder} moving: one cannot be read", r.returncode == 1, r.stderr)
        check(f"{folder} moving: each content was read once", lines(f"{folder}/m.batch") == 2, r.stdout)
        rows = csv.DictReader(read(f"{folder}/m.batch", "results.csv").decode().splitlines())
        want = {'q"a': f'{folder}/q"a.csv', "copy": f"{folder}/copy.csv"}
        files = {q["dataset"]: q["file"] for q in rows if q["table"] == "sources"}
        check(f"{folder} moving: results.csv tells the file", files == {d: want[d] for d in files} and files, str(files))
        answers = [json.loads(line) for line in read(f"{folder}/m.batch", "results.jsonl").decode().splitlines()]
        told = {a["dataset"]: t["rows"][0][0] for a in answers for t in a["answer"]["tables"] if t["table"] == "sources"}
        check(f"{folder} moving: so does results.jsonl", told == {d: want[d] for d in told} and told, str(told))
        lost = list(csv.DictReader(read(f"{folder}/m.batch", "failures.csv").decode().splitlines()))
        check(f"{folder} moving: so does failures.csv", [f["message"].split(":")[0] for f in lost] == [f"{folder}/broken.graphml"], str(lost))


def odd(work):
    """A name is told as the file has it, whatever is in it: no sign that stands for something else can be in a file."""
    os.chdir(work)
    names = ["A\x1aB", "\x01", "sha256:", "sha256:" + 64 * "0", "C\\u001a"]
    write("odd.json", json.dumps({"nodes": [{"id": n} for n in names], "links": [{"source": n, "target": "b"} for n in names]}))
    write("odd.yaml", "datasets: [odd.json]\ngrid: {influencers: {by: [degree]}}\n")
    r = kith("run", "odd.yaml", "-j1", "--into", "odd")
    check("odd names: answered", r.returncode == 0, r.stderr)
    told = {q["person"] for q in csv.DictReader(read("odd", "results.csv").decode().splitlines()) if q["table"] == "influencers"}
    shown = {re.sub(r"[\x00-\x1f]", "?", n) for n in names}
    check("odd names: results.csv tells them, without what a terminal would obey", told == shown | {"b"}, str(told))
    answer = json.loads(read("odd", "results.jsonl").decode().splitlines()[0])["answer"]
    told = {q[1] for t in answer["tables"] if t["table"] == "influencers" for q in t["rows"]}
    check("odd names: results.jsonl tells them as they are", told == set(names) | {"b"}, str(told))


ENGINES = {  # what runs a file of commands
    "sh": ["sh", "commands.txt"],
    "parallel": ["sh", "-c", "parallel --will-cite -j 2 < commands.txt"],
    "xargs": ["sh", "-c", "xargs -d '\\n' -P 2 -n 1 sh -c < commands.txt"],
    "snakemake": ["snakemake", "--quiet", "-j", "2"],
}


def recipe(page, begin, into):
    """A block of docs/batch.md, about another folder."""
    block = next(b for b in re.findall(r"```\w+\n(.*?)```", page, re.S) if b.startswith(begin))
    return block.replace("study.batch", into).replace("kith batch", KITH + " batch")


CONDOR = {  # every command that may stand in the submit description, and what it may say
    "universe": r"vanilla", "executable": r"/bin/sh", "arguments": r"\".*\"", "initialdir": r"/.*\S", "transfer_executable": r"False",
    "should_transfer_files": r"NO", "request_cpus": r"[1-9]\d*", "request_memory": r"[1-9]\d*", "log": r"\S+", "error": r"\S+",
}


def condor_macros(text, process):
    """$(Process) is the job's number, $(DOLLAR) a dollar sign; any other macro is a mistake."""
    known = {"process": str(process), "dollar": "$"}
    assert "$$(" not in text, text
    return re.sub(r"\$\((.*?)\)", lambda m: known[m.group(1).lower()], text)


def condor_words(text):
    """The new syntax of `arguments`: blanks separate, single quotes keep them, quotes of either kind are doubled to be meant."""
    assert text[0] == text[-1] == '"' and not re.search(r'(?<!")"(?:"")*(?!")', text[1:-1]), text
    words, word, inside, i = [], None, False, 0
    text = text[1:-1].replace('""', '"')
    while i < len(text):
        c = text[i]
        if c == "'" and inside and text[i + 1:i + 2] == "'":
            word, i = word + "'", i + 1
        elif c == "'":
            word, inside = word or "", not inside
        elif c in " \t" and not inside:
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + c
        i += 1
    assert not inside, text
    return words + ([] if word is None else [word])


def condor_parse(submit):
    """A submit description, line by line and strictly. @return its commands, and how many jobs are queued"""
    commands, queued = {}, None
    for line in submit.splitlines():
        assert queued is None, "something behind queue: " + line
        queue = re.fullmatch(r"queue ([1-9]\d*)", line)
        if queue:
            queued = int(queue.group(1))
            continue
        name, value = re.fullmatch(r"(\w+) = (.*)", line).groups()
        assert name in CONDOR and name not in commands and re.fullmatch(CONDOR[name], value) and not line.endswith("\\"), line
        commands[name] = value
    assert set(commands) == set(CONDOR) and queued, submit
    return commands, queued


def by_condor(submit):
    """Each job of a submit description, by hand. @return the first exit status that is not 0"""
    commands, queued = condor_parse(submit)
    for process in range(queued):
        value = {name: condor_macros(text, process) for name, text in commands.items()}
        words = condor_words(commands["arguments"])
        words = [condor_macros(word, process) for word in words]
        with open(os.path.join(value["initialdir"], value["error"]), "wb") as error:
            code = subprocess.run([value["executable"], *words], cwd=value["initialdir"], stdout=subprocess.DEVNULL, stderr=error).returncode
        if code:
            return code
    return 0


def condor(work):
    """A submit description for HTCondor is what its manual asks for, whatever is in the paths; its jobs give the same bytes."""
    check("the parser reads the manual's own examples",
          [condor_words(t) for t in ('"3 simple arguments"', "\"one 'two with spaces' 3\"", "\"one \"\"two\"\" 'spacey ''quoted'' argument'\"")]
          == [["3", "simple", "arguments"], ["one", "two with spaces", "3"], ["one", '"two"', "spacey 'quoted' argument"]])
    bad = ("queue 2\n", "log = a b\nqueue 2\n", "universe = vanilla\nuniverse = vanilla\nqueue 2\n")
    for text in bad:
        try:
            condor_parse(text)
            check("the parser refuses what is wrong", False, text)
        except (AssertionError, AttributeError):
            pass
    here = os.path.join(work, "it's a $(Process) \"place\" of 5 $HOME")
    os.makedirs(here)
    for name in ("m.yaml", "table.csv", "karate.csv", "florentine.csv", "again.csv", "raw"):
        os.symlink(os.path.join(work, name), os.path.join(here, name))
    os.chdir(here)
    into = "by 'condor' $x"
    r = kith("plan", "m.yaml", "--emit", "condor", "--shards", "3", "--into", into)
    check("condor: told", r.returncode == 0, r.stderr)
    commands, queued = condor_parse(r.stdout)
    words = condor_words(condor_macros(commands["arguments"], 2))
    check("condor: the third shard of three", queued == 3 and words[-8:-1] == ["--quiet", "--slots", "1", "--shard", "2", "--shards", "3"], str(words))
    check("condor: the folder, the place and the program", words[-1] == into and words[3] == here and words[4] == os.path.realpath(KITH), str(words))
    check("condor: jobs start in the batch's folder", condor_macros(commands["initialdir"], 0) == os.path.join(here, into), commands["initialdir"])
    check("condor: one processor, and memory for a process of 1 GiB", commands["request_cpus"] == "1" and 1126 + 256 <= int(commands["request_memory"]) <= 1500, str(commands))
    check("condor: the jobs run", by_condor(r.stdout) == 0)
    kith("collect", into)
    same("jobs of HTCondor", os.path.join(work, "one"), into)
    r = kith("plan", "m.yaml", "--emit", "condor", "--into", "a$$(b)")
    check("condor: a path that it would replace is refused", r.returncode == 2 and "HTCondor cannot be told" in r.stderr and not r.stdout, r.stderr)


def engines(work):
    """The commands that plan prints, run by others: the same bytes."""
    os.chdir(work)
    page = read(f"{SOURCE}/docs", "batch.md").decode()
    for name, command in ENGINES.items():
        if name != "sh" and "address" in os.environ.get("KITH_BUILD", "") and "KITH_SHARE" in os.environ:
            print(f"KITH_SHARE: what {name} starts is what sh starts, without the sanitizers")
            continue
        if not shutil.which(name):
            print(f"SKIPPED: {name} is not installed: the commands were NOT run by it", flush=True)
            continue
        into = f"by {name}" if name == "sh" else f"by-{name}"  # a blank must not matter to a shell
        r = kith("plan", "m.yaml", "--emit", "commands", "--shards", "5", "--into", into)
        check(f"{name}: five commands", r.stdout.count("\n") == 5 and r.returncode == 0, r.stdout + r.stderr)
        write("commands.txt", r.stdout)
        if name == "snakemake":
            write("Snakefile", recipe(page, "commands = open", into))
        env = dict(os.environ, HOME=work)
        r = subprocess.run(command, capture_output=True, text=True, env=env)
        check(f"{name} runs them", r.returncode == 0, r.stdout + r.stderr)
        if name != "snakemake":  # whose last rule it is
            kith("collect", into)
        same(f"commands run by {name}", "one", into)


def interrupted(work):
    os.chdir(work)
    edges("raw/slow.csv", 900, 5000, 99)
    r = kith("run", "m.yaml", "--into", "quiet")
    check("a batch with a slower data set", r.returncode == 0, r.stderr)
    for round_, sig in enumerate([signal.SIGINT, signal.SIGTERM, signal.SIGKILL]):
        into = f"cut{round_}"
        p = subprocess.Popen([KITH, "batch", "run", "m.yaml", "-j2", "--into", into], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        deadline = time.time() + 20
        while time.time() < deadline and not (os.path.isdir(f"{into}/segments") and lines(into) > 3):
            time.sleep(0.01)
        p.send_signal(sig)
        code = p.wait(60)
        check(f"{sig.name}: exit", code in ((3, 0) if sig != signal.SIGKILL else (-9, 0)), str(code))
        r = kith("run", "m.yaml", "-j3", "--into", into)
        check(f"{sig.name}: goes on", r.returncode == 0, r.stderr)
        same(f"{sig.name}: nothing lost", "quiet", into)


def limits(pid):
    """Its hard limits and its soft ones, by name."""
    with open(f"/proc/{pid}/limits", encoding="ascii") as file:
        rows = list(file)
    return {line[:26].strip(): line[47:68].strip() for line in rows}, {line[:26].strip(): line[26:47].strip() for line in rows}


def limited(pid):
    """A process leads a group of its own, and its limits are those of the manifest, once it has begun."""
    deadline = time.time() + 20
    while time.time() < deadline and not limits(pid)[1]["Max cpu time"].isdigit():
        time.sleep(0.01)
    hard, soft = limits(pid)
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        threads = re.search(r"^Threads:\s*(\d+)$", file.read(), re.M).group(1)
    check("a process leads its own group", os.getpgid(pid) == pid)
    check("it has one thread", threads == "1", threads)
    check("it leaves no core and no endless file", hard["Max core file size"] == "0" and hard["Max file size"].isdigit(), str(hard))
    check("its time of a processor is limited", soft["Max cpu time"].isdigit(), str(soft))
    if "address" not in os.environ.get("KITH_BUILD", ""):
        check("its memory is limited", hard["Max address space"].isdigit() and int(hard["Max address space"]) > 2 << 30, str(hard))


def signalled(work):
    """Ctrl-C once finishes what runs, twice ends it; what was not done is done by the next run."""
    os.chdir(work)
    often = "[7, 8]" if "address" in os.environ.get("KITH_BUILD", "") else "[70, 71]"  # a sanitizer takes ten times longer
    write("two.yaml", "limits: {memory: 2 GiB, time: 5 min}\ndatasets:\n  - {file: raw/slow.csv, id: slow}\n  - {file: karate.csv, id: karate}\n"
          "grid:\n  influencers: {by: [betweenness, harmonic], top: 3, resamples: " + often + "}\n")
    answered = {}
    for times in (1, 2):
        into = f"ctrl-c{times}"
        p = subprocess.Popen([KITH, "batch", "run", "two.yaml", "-j1", "--into", into, "--progress", "json"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.time() + 60
        while time.time() < deadline and not (os.path.isdir(f"{into}/segments") and os.listdir(f"{into}/segments") and children(p.pid)):
            time.sleep(0.01)  # those before look into files, or only show what a process costs
        for child in children(p.pid):
            limited(child)
        for i in range(times):
            p.send_signal(signal.SIGINT)
            time.sleep(0.3)  # a signal that is still to come is not counted twice
        words = p.communicate(timeout=300)[1]
        check(f"Ctrl-C {times}: exit 3, to be gone on with", p.returncode == 3 and "the same command goes on" in words, words)
        check(f"Ctrl-C {times}: no process is left", not [c for _, _, c in processes() if into in c])
        answered[times] = lines(into)
        r = kith("run", "two.yaml", "--into", into)
        check(f"Ctrl-C {times}: the same command goes on", r.returncode == 0 and lines(into) == 8, f"{lines(into)} {r.stderr}")
    check("once: the data set at hand is finished, the other not begun", answered[1] == 4, str(answered))
    check("twice: it is ended", answered[2] < 4, str(answered))
    told = [json.loads(line) for line in words.splitlines() if line.startswith("{")]
    fields = {"units", "done", "cached", "failed", "running", "share", "seconds", "left"}
    check("--progress json: a line of JSON", told and all(set(line) == fields for line in told), words)
    check("--progress json: how far it was", told[-1]["units"] == 8 and told[-1]["done"] == answered[2], str(told[-1:]))


def processes():
    """(pid, parent, command line) of all there are."""
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                parent = int(file.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{name}/cmdline", "rb") as file:
                yield int(name), parent, file.read().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, IndexError):
            continue  # gone meanwhile


def children(pid):
    return [p for p, parent, _ in processes() if parent == pid]


def trouble(work):
    os.chdir(work)
    os.makedirs("t")
    os.makedirs("u")
    shutil.copy("karate.csv", "t/good1.csv")
    shutil.copy("florentine.csv", "t/good2.csv")
    write("t/bad.csv", "from,to\na,b\nc\n\"\n")
    write("t/empty.csv", "")
    with open("t/cut.csv.gz", "wb") as out:
        out.write(gzip.compress(b"from,to\na,b\n" * 100)[:30])
    edges("t/loop.csv", 60000, 180000, 3)
    write("t.yaml", "batch: trouble\nlimits: {time: 8 s, retries: 0}\ndatasets:\n  - {glob: \"t/*.csv*\"}\n"
          "grid:\n  influencers: {by: [degree, betweenness], top: 2, resamples: 0}\n")
    r = kith("run", "t.yaml", "-j2")
    rows = {(f["dataset"], f["point"].split()[1]): f for f in csv.DictReader(read("t.batch", "failures.csv").decode().splitlines())}
    check("failures are told by exit 1", r.returncode == 1, str(r.returncode) + r.stderr)
    check("bad input is told", rows.get(("t/empty", "by=degree"), {}).get("class") == "bad-input", str(rows))
    check("and so is a file whose compression is damaged", rows.get(("t/cut", "by=degree"), {}).get("class") == "bad-input", str(rows))
    loop = rows.get(("t/loop", "by=betweenness"), {})
    check("what takes too long is ended", loop.get("class") == "time-limit", str(rows))
    check("and only that point", ("t/loop", "by=degree") not in rows, str(rows))
    check("with a command to repeat it", "kith influencers --by" in loop.get("command", ""))
    command = rows.get(("t/empty", "by=degree"), {}).get("command", "false")
    r = subprocess.run(command.replace("kith ", KITH + " ", 1), shell=True, capture_output=True, text=True)
    check("that says the same", r.returncode == 3 and rows[("t/empty", "by=degree")]["message"] in r.stderr, r.stderr)
    good = [q["dataset"] for q in csv.DictReader(read("t.batch", "results.csv").decode().splitlines())]
    check("the good ones are all there", good.count("t/good1") == 4 and good.count("t/good2") == 4, str(good))
    write("u/heavy.csv", "from,to\n" + "".join(f"{i:0300},{i + 1:0300}\n" for i in range(30000)))
    write("mem.yaml", "limits: {memory: 64 MB}\ndatasets:\n  - {file: u/heavy.csv}\n  - {file: karate.csv}\n"
          "grid:\n  influencers: {by: degree, top: 2, resamples: 0}\n")
    if "address" not in os.environ.get("KITH_BUILD", ""):
        r = kith("run", "mem.yaml")
        rows = list(csv.DictReader(read("mem.batch", "failures.csv").decode().splitlines()))
        check("too little memory is told", [(f["dataset"], f["class"]) for f in rows] == [("u/heavy", "out-of-memory")],
              str(rows) + r.stderr)
    edges("u/long.csv", 6000, 20000, 5)
    write("crash.yaml", "limits: {retries: 1}\ndatasets:\n  - {file: u/long.csv}\n  - {file: karate.csv}\n"
          "grid:\n  influencers: {by: [betweenness, degree], top: 2, resamples: 0}\n")
    p = subprocess.Popen([KITH, "batch", "run", "crash.yaml", "-j1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    killed = 0
    deadline = time.time() + 60
    while killed < 2 and time.time() < deadline and p.poll() is None:
        time.sleep(0.4)
        for child in children(p.pid):
            os.kill(child, signal.SIGSEGV)
            killed += 1
    p.wait(120)
    rows = list(csv.DictReader(read("crash.batch", "failures.csv").decode().splitlines()))
    check("a crash is tried once more, then told", [f["class"] for f in rows] in ([], ["crash"]), str(rows))
    good = [q["dataset"] for q in csv.DictReader(read("crash.batch", "results.csv").decode().splitlines())]
    check("and the rest goes on", good.count("karate") == 4, str(good))
    check("no process is left", p.pid not in [parent for _, parent, _ in processes()])


BORROWED = """limits: {alone: no, retries: 9, time: %s}
datasets:
  - {glob: "lent/*.csv"}
grid:
  influencers: {by: betweenness, top: 3, resamples: %d}
"""


def borrowers(pid):
    return [p for worker in children(pid) for p in children(worker)]


def lent(work):
    """Processes that borrow a worker's memory: what one dies of costs no other its answer."""
    os.chdir(work)
    os.makedirs("lent")
    for i in range(8):
        edges(f"lent/g{i}.csv", 200, 600, i)
    write("calm.yaml", BORROWED % ("1 min", 100))
    r = kith("run", "calm.yaml", "-j2")
    check("eight data sets in borrowed memory", r.returncode == 0, r.stderr)
    p = subprocess.Popen([KITH, "batch", "run", "calm.yaml", "-j2", "--into", "shaken.batch"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    killed = set()
    while p.poll() is None:
        for borrower in borrowers(p.pid):
            with contextlib.suppress(ProcessLookupError):  # it may have ended meanwhile
                if len(killed) < 5 and borrower not in killed and os.getpgid(borrower) == borrower:
                    os.kill(borrower, signal.SIGSEGV)
                    killed.add(borrower)
        time.sleep(0.02)
    check("each leads a group of its own, and some died", len(killed) == 5, str(killed))
    check("the batch went on", p.returncode == 0, str(p.returncode))
    same("with deaths and without", "calm.batch", "shaken.batch")
    edges("lent/slow.csv", 390, 1300, 9)
    write("slow.yaml", (BORROWED % ("2 s", 3)).replace('glob: "lent/*.csv"', "file: lent/g0.csv}\n  - {file: lent/slow.csv")
          .replace("resamples: 3", "resamples: [3, 100000]"))
    r = kith("run", "slow.yaml", "-j1")
    rows = list(csv.DictReader(read("slow.batch", "failures.csv").decode().splitlines()))
    check("a borrower that takes too long is ended, and told", sorted((f["dataset"], f["class"], f["point"][-6:]) for f in rows) ==
          [("lent/g0", "time-limit", "100000"), ("lent/slow", "time-limit", "100000")], str(rows) + r.stderr)
    good = [q["dataset"] for q in csv.DictReader(read("slow.batch", "results.csv").decode().splitlines())]
    check("and the others are there", good.count("lent/g0") == 3 and good.count("lent/slow") == 3, str(good))
    check("nobody is left", p.pid not in [parent for _, parent, _ in processes()])


BAD = [
    ("datasets: [a.csv]\ngird: {}\n", "2:1", "did you mean 'grid'"),
    ("datasets: [a.csv]\ngrid: {influenzers: {}}\n", "2:8", "did you mean 'influencers'"),
    ("datasets: [a.csv]\ngrid:\n  influencers: {by: pagerunk}\n", "3:21", "expected"),
    ("datasets: [a.csv]\ngrid:\n  influencers: {topp: 3}\n", "3:17", "did you mean 'top'"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nlimits: {memory: lots}\n", "3:18", "expected a size"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nlimits: {time: soon}\n", "3:16", "expected a duration"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nlimits: {Time: soon}\n", "3:16", "expected a duration"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nengine: {Shard-Time: soon}\n", "3:22", "expected a duration"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nseed: x\n", "3:7", "whole number"),
    ("datasets: [a.csv]\ngrid: {info: {}}\nseed: 1\nseed: 2\n", "4:1", "twice"),
    ("datasets: &a [a.csv]\ngrid: *a\n", "1:11", "anchors"),
    ("datasets: !!seq [a.csv]\ngrid: {info: {}}\n", "1:11", "tags"),
    ("datasets: [{file: a.csv, glob: b}]\ngrid: {info: {}}\n", "1:12", "exactly one"),
    ("datasets: [{file: a.csv, map: \"@x\"}]\ngrid: {info: {}}\n", "1:12", "expected COLUMN=ROLE"),
    ("datasets: [nosuch.csv]\ngrid: {info: {}}\n", "1:12", "nosuch.csv"),
    ("datasets: [a.csv\n", "2:1", "did not find"),
    ("- a\n", "1:1", "expected a mapping"),
    ("datasets: [a.csv]\n", "1:1", "no 'grid'"),
    ("", "1:1", "nothing in it"),
    ("datasets: [a.csv]\ngrid: {intro: {}}\n", "2:15", "needs 'to'"),
]


def manifests(work):
    os.chdir(work)
    shutil.copy("karate.csv", "a.csv")
    for text, place, words in BAD:
        write("bad.yaml", text)
        r = kith("plan", "bad.yaml")
        check(f"bad manifest at {place} ({words})",
              r.returncode in (2, 4) and f"bad.yaml:{place}:" in r.stderr and words in r.stderr and r.stderr.count("\n") == 1,
              r.stderr)
    check("nothing was written for them", not os.path.exists("bad.batch"))


def full(work):
    """A disk that has no room left, and one that cannot be written: all that was done is kept, and goes on elsewhere."""
    os.chdir(work)
    r = kith("run", "m.yaml", "--into", "m.yaml/inside")
    check("a folder that cannot be made is told", r.returncode == 4 and r.stderr.count("\n") == 1, r.stderr)
    os.makedirs("disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "none", "disk"], capture_output=True).returncode != 0:
        print("SKIPPED: no tmpfs can be mounted here (needs root): the full disk was NOT tested", flush=True)
        return
    try:
        r = kith("run", "m.yaml", "-j2", "--into", "disk/b")
        check("a full disk ends it with exit 4", r.returncode == 4, str(r.returncode) + r.stderr)
        check("in one line that says so", "disk full" in r.stderr.splitlines()[-1] or "No space" in r.stderr, r.stderr)
        done = lines("disk/b") if os.path.isdir("disk/b/segments") else 0
        check("with something done", done > 0, str(done))
        check("no process is left behind", not [c for _, _, c in processes() if "disk/b" in c])
        shutil.copytree("disk/b", "moved")
        subprocess.run(["mount", "-o", "remount,ro", "disk"], check=True)
        r = kith("run", "m.yaml", "--into", "disk/b")
        check("nor can a disk be written that is read only", r.returncode == 4, str(r.returncode) + r.stderr)
        check("and what is there can still be looked at", kith("status", "disk/b").returncode == 0)
    finally:
        subprocess.run(["umount", "-l", "disk"])
    r = kith("run", "m.yaml", "--into", "moved", "--progress", "json")
    check("elsewhere it goes on from there", r.returncode == 0 and lines("moved") == 15 * 7, r.stderr)
    same("a full disk: nothing lost", "quiet", "moved")


def slurm_ready():
    if "address" in os.environ.get("KITH_BUILD", ""):
        print("SKIPPED: the cluster engine is tested in the build without sanitizers", flush=True)
        return False
    if not SLURM or not os.path.exists(f"{SLURM}/start.sh") or not shutil.which("sbatch"):
        print("SKIPPED: no Slurm here (needs sbatch and its folder): the cluster engine was NOT tested", flush=True)
        return False
    if not os.path.ismount("/sys/fs/cgroup"):
        print("SKIPPED: no cgroups are mounted (a bare chroot?), slurmd cannot start: the cluster engine was NOT tested",
              flush=True)
        return False
    return True


def on_slurm(work):
    if not slurm_ready():
        return
    os.chdir(work)
    base = tempfile.mkdtemp(prefix="kith-slurm-")
    os.rmdir(base)
    # Another Slurm may be on the same loopback.
    env = dict(os.environ, SLURM_CPUS="2", SLURM_PORT=str(21864 + 64 * (os.getpid() % 100)))
    r = subprocess.run([f"{SLURM}/start.sh", base], env=env, capture_output=True, text=True)
    check("a Slurm starts", r.returncode == 0, r.stdout + r.stderr)
    if r.returncode != 0:
        return
    env["SLURM_CONF"] = f"{base}/slurm.conf"
    write("s.yaml", read(".", "m.yaml").decode() + "engine: {name: slurm, shard_time: 0.2 s, max_shards: 6}\n")
    try:
        cluster(env, base)
    finally:
        subprocess.run([f"{SLURM}/stop.sh", base], capture_output=True)
        shutil.rmtree(base, ignore_errors=True)


def scontrol(env, *words):
    return subprocess.run(["scontrol", *words], env=env, capture_output=True, text=True)


def workers(folder):
    return [pid for pid, _, command in processes() if "batch worker" in command and command.rstrip().endswith(folder)]


def submitted(folder, env):
    """Submits, and waits until some of it is done and some is not. @return the array's number"""
    r = kith("run", "s.yaml", "--into", folder, env=env)
    check(f"{folder}: submitted", r.returncode == 0 and "shards" in r.stdout, r.stdout + r.stderr)
    deadline = time.time() + 60
    while time.time() < deadline and not (os.path.isdir(f"{folder}/segments") and lines(folder) > 0 and workers(folder)):
        time.sleep(0.02)
    check(f"{folder}: at work", 0 < lines(folder) < 16 * 7, str(lines(folder)))
    with open(f"{folder}/jobs.txt") as file:
        return file.read().split()[0]


def idle(env, seconds=120):
    """Waits until Slurm has nothing left to do."""
    deadline = time.time() + seconds
    while time.time() < deadline and subprocess.run(["squeue", "-h"], env=env, capture_output=True, text=True).stdout.strip():
        time.sleep(0.2)


def healed(folder, env, local, retried):
    if retried:
        r = kith("retry", folder, "--wait", env=env, timeout=240)
        check(f"{folder}: retry does what is missing, on Slurm", r.returncode == 0, r.stdout + r.stderr)
    else:
        r = kith("collect", folder)
        check(f"{folder}: all of it is there without being asked", r.returncode == 0 and lines(folder) >= 15 * 7, r.stdout + r.stderr)
    same(f"{folder} and healed", local, folder)
    idle(env)


def cluster(env, base):
    local = "quiet"
    r = kith("run", "s.yaml", "--wait", "--into", "cluster", env=env, timeout=180)
    check("the cluster answers", r.returncode == 0, r.stdout + r.stderr)
    same("Slurm and this machine", local, "cluster")
    idle(env)

    write("s.yaml", read(".", "m.yaml").decode() + "engine: {name: slurm, shard_time: 0.2 s, max_shards: 6, setup: \"sleep 1\"}\n")
    submitted("worker-killed", env)
    for pid in workers("worker-killed")[:1]:
        os.kill(pid, signal.SIGKILL)
    idle(env)
    healed("worker-killed", env, local, True)

    submitted("node-lost", env)
    subprocess.run([f"{SLURM}/killnode.sh", base, "kn1"], env=env, capture_output=True)
    scontrol(env, "update", "NodeName=kn1", "State=DOWN", "Reason=test")
    idle(env)
    subprocess.run([f"{SLURM}/killnode.sh", base, "kn1", "up"], env=env, capture_output=True)
    scontrol(env, "update", "NodeName=kn1", "State=RESUME")
    healed("node-lost", env, local, False)

    array = submitted("cancelled", env)
    subprocess.run(["scancel", array], env=env, capture_output=True)
    idle(env)
    check("cancelled: some of it is missing", lines("cancelled") < 15 * 7, str(lines("cancelled")))
    healed("cancelled", env, local, True)

    write("ts.yaml", read(".", "t.yaml").decode() + "engine: {name: slurm, shard_time: 0.2 s, max_shards: 3}\n")
    r = kith("run", "ts.yaml", "--wait", "--into", "bad-on-slurm", env=env, timeout=240)
    check("bad data sets on Slurm: told by exit 1", r.returncode == 1, r.stdout + r.stderr)
    same("bad data sets, Slurm and this machine", "t.batch", "bad-on-slurm")


def main():
    work = tempfile.mkdtemp(prefix="kith-batch-")
    try:
        data(work)
        for part in (manifests, whole, moved, odd, engines, condor, interrupted, signalled, trouble, lent, full, on_slurm):
            part(work)
    finally:
        os.chdir("/")
        shutil.rmtree(work, ignore_errors=True)
    print(f"batch: {'FAILED ' + str(failed) if failed else 'all fine'}")
    return failed > 0


sys.exit(main())
