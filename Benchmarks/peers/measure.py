#!/usr/bin/env python3
"""Times Triglyph and its peers; run.sh calls it. Ends with status 1 when they find different things: one peer alone
that differs from Triglyph and all others is left out at that size, and told of."""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import page

HERE = pathlib.Path(__file__).resolve().parent
AS_OF = "2026-12-01"
RULES = {
    "complete": 1, "dangling-reference": 2, "known-state": 3, "firm-ground": 4, "behind-a-gateway": 5,
    "strong-foundations": 6, "once-in-an-area": 7, "nothing-dead": 8, "one-at-a-time": 9, "not-built-twice": 10,
}
# Name, what it is called, and the prepared form that it reads.
PEERS = [
    ("sqlite", "SQLite", "CSV"), ("duckdb", "DuckDB", "CSV"), ("clingo", "clingo", "facts"), ("kuzu", "Kuzu", "graph"),
    ("regorus", "regorus", "JSON"), ("regocpp", "rego-cpp", "JSON"), ("pyshacl", "pySHACL", "triples"),
]


class Failure(Exception):
    """What ends the run, or of a peer the measuring of it at this size."""


class Run:
    """One process from its start to its end; `seconds` is None when it took longer than the limit."""

    def __init__(self, command, limit, statuses, memory):
        timed = ["/usr/bin/time", "--quiet", "--format", "%M", "--output", str(memory)] if memory else []
        started = time.perf_counter()
        process = subprocess.Popen(
            timed + command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            start_new_session=True)
        try:
            self.output, self.errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.seconds = None
            return
        self.seconds = time.perf_counter() - started
        if process.returncode not in statuses:
            tail = "\n".join((self.errors or self.output).splitlines()[-20:])
            raise Failure(f"{' '.join(command)} exited {process.returncode}:\n{tail}")
        self.peak = int(memory.read_text().split()[-1]) / 1024 if memory else None


class Engine:
    def __init__(self, name, title, form, command):
        self.name, self.title, self.form, self.command = name, title, form, command
        self.version, self.findings, self.expected = "", None, None
        self.seconds, self.judging, self.peaks, self.is_over, self.gave_up = [], [], [], False, False
        # What it alone finds otherwise: the number of the rule, how many it misses, how many are too many.
        self.otherwise = []

    def first(self, limit, memory):
        """Runs it once, untimed, for its findings."""
        run = Run(self.command + ["--findings"], limit, {0}, memory)
        if run.seconds is None:
            self.is_over = True
            return
        told = json.loads(run.output)
        self.version = told["version"]
        self.findings = {
            rule: rows if rows is None else {tuple(row) for row in rows} for rule, rows in told["findings"].items()}

    def once(self, limit, memory):
        run = Run(self.command, limit, {0}, memory)
        if run.seconds is None:
            self.is_over = True
            return
        told = json.loads(run.output)
        expected = {rule: rows if rows is None else len(rows) for rule, rows in self.findings.items()}
        if told["counts"] != expected:
            raise Failure(f"{self.title} found something else the next time: {told['counts']}, not {expected}")
        self.keep(run, told["judge"])

    def keep(self, run, judging):
        self.seconds.append(run.seconds)
        self.judging.append(judging)
        self.peaks.append(run.peak)


class Triglyph(Engine):
    """The command itself, with the catalogue as it is written."""

    def first(self, limit, memory):
        self.version = subprocess.run([self.command[0], "--version"], capture_output=True, text=True).stdout.strip()
        run = Run(self.command + ["--format", "json"], limit, {1}, memory)
        if run.seconds is None:
            raise Failure("triglyph took longer than the limit")
        report = json.loads(run.output)
        self.counts = report["counts"]
        self.findings = {rule: set() for rule in RULES}
        for finding in report["findings"]:
            if finding["outcome"] == "failed":
                key = finding["key"]
                if finding["rule"] == "dangling-reference":
                    key = [key[0], key[2]]
                # A link is the pair of those whom it joins; of every other thing its id is told.
                texts = [text.partition(":")[2] if ":" in text else text for text in key]
                if finding["target"].startswith("link:"):
                    texts = texts[0].split("/")
                self.findings[finding["rule"]].add(tuple(texts))

    def once(self, limit, memory):
        run = Run(self.command + self.form_of_output, limit, {1}, memory)
        if run.seconds is None:
            raise Failure("triglyph took longer than the limit")
        if self.expected not in (None, run.output):
            raise Failure("triglyph said something else the next time")
        self.expected = run.output
        times = re.search(r"checked in (\d+) ms", run.errors)
        self.keep(run, int(times[1]) / 1000 if times else None)


# So many others have to agree with Triglyph before one that does not is left out.
WITNESSES = 3


def compare(engines, say):
    """Prints the number of findings by rule; all must be the same findings, or all but one's."""
    ours, wrong = engines[0].findings, []
    for rule, number in RULES.items():
        told, agreeing, differing = [], 0, []
        for engine in engines[2:]:
            if engine.findings is None:
                continue
            theirs = engine.findings[rule]
            if theirs is None:
                told.append(f"{engine.title} cannot say it")
            elif theirs == ours[rule]:
                agreeing += 1
            else:
                differing.append(engine)
                missing, more = sorted(ours[rule] - theirs), sorted(theirs - ours[rule])
                told.append(f"{engine.title} {len(theirs)}: only Triglyph {missing[:3]}, only {engine.title} {more[:3]}")
        if len(differing) == 1 and agreeing >= WITNESSES:
            theirs = differing[0].findings[rule]
            differing[0].otherwise.append((number, len(ours[rule] - theirs), len(theirs - ours[rule])))
        elif differing:
            wrong.append(f"rule {number}, {rule}: {'; '.join(told)}")
        say(f"  {number:>2} {rule:<20} {len(ours[rule]):>7}" + (f"   {', '.join(told)}" if told else ""))
    if wrong:
        raise Failure("they do not agree\n" + "\n".join(wrong))


def summary(engine):
    if engine.is_over or engine.gave_up or engine.otherwise:
        return None
    return {
        "median": statistics.median(engine.seconds), "least": min(engine.seconds), "greatest": max(engine.seconds),
        "judging": statistics.median(engine.judging) if None not in engine.judging else None,
        "peak": max(engine.peaks) if None not in engine.peaks else None,
    }


def measure(size, arguments, chosen, scratch, say):
    repository, prepared = scratch / f"{size}", scratch / f"{size}-prepared"
    generated = subprocess.run(
        [sys.executable, HERE / "generate.py", str(size), repository],
        capture_output=True, text=True, check=True).stdout.strip()
    preparing = json.loads(subprocess.run(
        [sys.executable, HERE / "prepare.py", repository, prepared], capture_output=True, text=True, check=True).stdout)
    say(f"\n{size} applications: {generated}")
    check = [arguments.triglyph, "check", "--as-of", AS_OF, "--stats", "--repository", str(repository)]
    engines = []
    ours = (("triglyph", "Triglyph", ["--quiet"]), ("json", "Triglyph, all written as JSON", ["--format", "json"]))
    for name, title, output in ours:
        engine = Triglyph(name, title, "YAML", check)
        engine.form_of_output = output
        engines.append(engine)
    engines += [
        Engine(name, title, form, [sys.executable, str(HERE / "engines" / f"{name}_peer.py"), str(prepared)])
        for name, title, form in chosen]
    memory = scratch / "memory" if os.access("/usr/bin/time", os.X_OK) else None
    for engine in engines:
        try:
            engine.first(arguments.limit, memory)
        except Failure as failure:
            if isinstance(engine, Triglyph):
                raise
            engine.gave_up = True
            say(f"  {engine.title} gives up: {failure}")
    compare(engines, say)
    for _ in range(arguments.runs):
        for engine in engines:
            if not engine.is_over and not engine.gave_up and not engine.otherwise:
                engine.once(arguments.limit, memory)
    result = {
        "size": size, "generated": generated, "preparing": preparing, "undecided": engines[0].counts["undecided"],
        "found": {rule: len(rows) for rule, rows in engines[0].findings.items()},
        "engines": [
            {"name": e.name, "title": e.title, "form": e.form, "version": e.version, "figures": summary(e),
             "gave_up": e.gave_up, "otherwise": e.otherwise,
             "unsaid": sorted(RULES[r] for r, rows in (e.findings or {}).items() if rows is None)}
            for e in engines],
    }
    for line in page.lines(result, arguments.limit):
        say(line)
    shutil.rmtree(repository)
    shutil.rmtree(prepared)
    return result


def main():
    parser = argparse.ArgumentParser(description="Times Triglyph and its peers.")
    parser.add_argument("--triglyph", required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--sizes", required=True)
    parser.add_argument("--limit", type=float, required=True)
    parser.add_argument("--only", help="which peers, by name, with spaces between")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    parser.add_argument("--note", default="", help="what the page says about the circumstances")
    arguments = parser.parse_args()
    only = arguments.only.split() if arguments.only is not None else [name for name, _, _ in PEERS]
    for name in set(only) - {name for name, _, _ in PEERS}:
        parser.error(f"there is no peer {name}")
    chosen = [peer for peer in PEERS if peer[0] in only]
    sizes = arguments.sizes.split()
    if not sizes or not all(size.isdecimal() and int(size) >= 10 for size in sizes):
        parser.error("SIZES are numbers of applications, 10 or more, with spaces between")
    if arguments.runs < 1:
        parser.error("RUNS is at least 1")

    def say(line):
        print(line, flush=True)

    say(f"{arguments.runs} runs each, in turn; an engine that takes over {arguments.limit:g} s is left out")
    try:
        with tempfile.TemporaryDirectory() as folder:
            results = [
                measure(int(size), arguments, chosen, pathlib.Path(folder), say) for size in sizes]
    except Failure as failure:
        sys.exit(f"bench-peers: {failure}")
    if arguments.write:
        page.write(results, arguments, RULES)


if __name__ == "__main__":
    main()
