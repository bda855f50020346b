"""Runs cel-bench and the peers side by side and prints what they measured.

Every process gets one expression after the other, each engine in turn, in several rounds, so that what the machine does
besides hits all alike; the best of the rounds counts.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from cases import cases

HERE = pathlib.Path(__file__).parent
OURS = "ours"
PEERS = ("cel-cpp", "cel-rust", "cel-python")
# Less than this share of the floor is not told apart from it.
NOISE = 0.05
EXPLANATION = """\
Evaluation, nanoseconds for one. `raw`: one call through the Python binding of a program prepared before, with variables
handed over before (so their conversion is in no figure). `engine`: raw less the floor, which is the same call of the
expression `true` with the same variables; `~0` where that is within 5 % of the floor. `ratio`: engine against ours, of
which nothing is subtracted. `n`: allocations of one evaluation of ours. `*`: ours folded the whole to a constant.
cel-python is Python itself, so its floor is its own overhead."""
PREPARATION = """\
Preparation, nanoseconds for one, nothing subtracted. cel-cpp parses and checks, cel-rust and cel-python only parse and
have no type check. `first`: with the first evaluation (of ours too), because some plan only then. `ratio`: first against
ours."""


class Engine:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii"
        )

    def answer(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"bench-cel: {self.name} ended at {request['expr']!r}")
        return json.loads(line)


def best(before, answer):
    """The lesser of each time."""
    if before is None:
        return answer
    return {
        key: min(value, before[key]) if isinstance(value, float) else value for key, value in answer.items()
    }


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def printed(head, rows):
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join([row[0].ljust(widths[0]), *cells]).rstrip())


class Notes:
    """The reasons why an engine gives no number, numbered below the table."""

    def __init__(self):
        self.reasons = []

    def mark(self, engine, answer):
        reason = answer.get("failure") or f"the value is {answer['wrong']}"
        text = f"{engine}: {' '.join(reason.split())[:100]}"
        if text not in self.reasons:
            self.reasons.append(text)
        return f"({self.reasons.index(text) + 1})"

    def print(self):
        for index, reason in enumerate(self.reasons):
            print(f"({index + 1}) {reason}")


def evaluation(names, results):
    notes, rows = Notes(), []
    for name in names:
        ours = results[name][OURS]
        has_ours = "evaluate" in ours
        row = [name]
        row += [number(ours["evaluate"]) + ("*" if ours["isConstant"] else "")] if has_ours else [notes.mark(OURS, ours)]
        row += [str(ours["allocations"]) if has_ours and ours["allocations"] >= 0 else ""]
        for peer in PEERS:
            theirs = results[name][peer]
            if "evaluate" not in theirs:
                row += [notes.mark(peer, theirs), "", ""]
                continue
            engine = theirs["evaluate"] - theirs["floor"]
            is_told = engine > NOISE * theirs["floor"]
            row += [number(theirs["evaluate"]), number(engine) if is_told else "~0"]
            row += [f"{engine / ours['evaluate']:.1f}" if is_told and has_ours and not ours["isConstant"] else ""]
        rows.append(row)
    printed(["", OURS, "n", *(title for peer in PEERS for title in (f"{peer} raw", "engine", "ratio"))], rows)
    notes.print()


def preparation(names, results):
    notes, rows = Notes(), []
    for name in names:
        ours = results[name][OURS]
        row, total = [name], None
        if "evaluate" in ours:
            stages = [ours[stage] for stage in ("parse", "check", "compile")]
            total = sum(stages) + ours["evaluate"]
            row += [*map(number, stages), number(total)]
        else:
            row += [notes.mark(OURS, ours), "", "", ""]
        for peer in PEERS:
            theirs = results[name][peer]
            if "first" not in theirs:
                row += [notes.mark(peer, theirs), "", ""]
                continue
            row += [number(theirs["prepare"]), number(theirs["first"])]
            row += [f"{theirs['first'] / total:.1f}" if total else ""]
        rows.append(row)
    head = ["", "parse", "check", "compile", "first"]
    printed(head + [title for peer in PEERS for title in (peer, "first", "ratio")], rows)
    notes.print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="a file for all figures, one line an engine and expression")
    options = parser.parse_args()

    engines = [Engine(OURS, [str(HERE / ".build/release/cel-bench")])]
    engines += [Engine(peer, [sys.executable, str(HERE / "peers.py"), peer]) for peer in PEERS]
    requests = {request["name"]: request for request in cases()}
    results = {name: {} for name in requests}
    for _ in range(options.rounds):
        for name, request in requests.items():
            for engine in engines:
                results[name][engine.name] = best(results[name].get(engine.name), engine.answer(request))

    print(f"{EXPLANATION}\nThe best of {options.rounds} rounds of 5 batches.\n")
    evaluation(requests, results)
    print(f"\n{PREPARATION}\n")
    preparation(requests, results)
    if options.json:
        with open(options.json, "w", encoding="ascii") as file:
            for name, by_engine in results.items():
                for engine, answer in by_engine.items():
                    file.write(json.dumps({"engine": engine, **answer}) + "\n")
    wrong = [f"{engine}: {name}" for name, row in results.items() for engine, answer in row.items() if "wrong" in answer]
    if wrong:
        sys.exit(f"bench-cel: not the value that it must have: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
