"""Compares the CEL library with cel-cpp on generated expressions.

Every difference is shrunk to a small expression; those of one shape are one class, shown by the smallest example. A class
that `known.toml` does not explain makes the run fail.
"""

import argparse
import collections
import fnmatch
import pathlib
import random
import re
import sys
import time
import tomllib

import engines
from expressions import LITERALS, PROBES, TOKEN, Generator, Node

HERE = pathlib.Path(__file__).parent
ROUNDS = 48
CANDIDATES = 400


def difference(ours, theirs):
    """None where both agree, else what kind of difference it is: ours against theirs."""
    if ours[0] != theirs[0]:
        return f"{ours[0]}/{theirs[0]}"
    if ours[0] == "value" and ours[2] != theirs[2]:
        return "value/value"
    if ours[0] == "value" and theirs[1] not in (None, ours[1]):
        return "type/type"
    return None


class Comparison:
    def __init__(self, executable):
        self.ours = engines.Ours(executable)
        self.theirs = engines.CelCpp()
        self.seen = {}

    def compare(self, texts):
        new = [text for text in dict.fromkeys(texts) if text not in self.seen]
        for text, ours, theirs in zip(new, self.ours.outcomes(new), self.theirs.outcomes(new)):
            self.seen[text] = (difference(ours, theirs), ours, theirs)
        return [self.seen[text] for text in texts]

    def features(self):
        """Those that both have, and what the others lack."""
        both, missing = set(), []
        for feature, text in PROBES.items():
            _, ours, theirs = self.compare([text])[0]
            lacking = [name for name, outcome in (("ours", ours), ("cel-cpp", theirs)) if outcome[0] != "value"]
            if lacking:
                missing.append(f"{feature} ({' and '.join(lacking)})")
            else:
                both.add(feature)
        return both, missing


def smaller(node):
    """Trees with less in them, the smallest first."""
    found = {}
    if node.type == "text":
        tokens = TOKEN.findall(node.text)
        for width in (len(tokens) // 2, len(tokens) // 4, 3, 2, 1):
            for start in range(0, len(tokens) - width + 1, max(1, width // 2)) if width else ():
                text = "".join(tokens[:start] + tokens[start + width :])
                found.setdefault(text, Node(text, (), "text"))
    for path, place in node.places():
        for _, inner in list(place.places())[1:]:
            candidate = node.replacing(path, inner)
            found.setdefault(candidate.text, candidate)
        for literal in LITERALS.get(place.type, [])[:2] if isinstance(place.type, str) else []:
            candidate = node.replacing(path, Node(literal, (), place.type))
            found.setdefault(candidate.text, candidate)
    less = [candidate for candidate in found.values() if size(candidate) < size(node)]
    return sorted(less, key=size)[:CANDIDATES]


def size(node):
    return (sum(1 for _ in node.places()), len(node.text), node.text)


def shrink(comparison, cases):
    """All of them step by step side by side, so that the engines get long lists."""
    active = dict(enumerate(cases))
    done = {}
    for _ in range(ROUNDS):
        steps = {index: smaller(node) for index, (node, _) in active.items()}
        comparison.compare([step.text for group in steps.values() for step in group])
        for index, (node, kind) in list(active.items()):
            step = next((step for step in steps[index] if comparison.seen[step.text][0] == kind), None)
            if step is None:
                done[index] = (node, kind)
                del active[index]
            else:
                active[index] = (step, kind)
        if not active:
            break
    return list((done | active).values())


def known(entries, kind, node, ours, theirs):
    part = 1 if kind == "type/type" else 2
    for entry in entries:
        if (
            kind in entry["kinds"]
            and fnmatch.fnmatchcase(node.shape(), entry.get("shape", "*"))
            and re.search(entry.get("text", ""), node.text)
            and re.search(entry.get("ours", ""), str(ours[part]))
            and re.search(entry.get("theirs", ""), str(theirs[part]))
        ):
            return entry
    return None


def outdated(comparison, entries):
    """The entries whose example is not, or not any more, a difference that they explain."""
    gone = []
    for entry in (entry for entry in entries if "example" in entry):
        ((kind, ours, theirs),) = comparison.compare([entry["example"]])
        # What this build lacks says nothing.
        if ours[0] == "check" and re.search(r"there is no function `[^.]", ours[2]):
            continue
        if kind is None or known([entry], kind, Node(entry["example"], (), "text"), ours, theirs) is None:
            gone.append(entry)
    return gone


def likeness(kind, node, ours, theirs):
    """What differences of one cause mostly have in common: what the check says, or else the shape."""
    for outcome in (ours, theirs):
        if outcome[0] == "check":
            message = re.sub(r"^.*?<input>:\d+:\d+: | applied to .*$", "", outcome[2])
            return f"{kind}: {message}"
    return f"{kind}: {node.shape()}"


def shown(outcome):
    kind, type_name, content = outcome
    text = f"{kind} {ascii(content)}" if kind != "value" else f"{type_name} {ascii(content)}"
    return text if len(text) <= 150 else text[:147] + "..."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--lines", default=str(HERE.parent / ".build/release/cel-lines"), help="the cel-lines executable")
    parser.add_argument("--known", default=str(HERE / "known.toml"))
    parser.add_argument("--verbose", action="store_true", help="show the known differences too")
    options = parser.parse_args()
    started = time.monotonic()

    comparison = Comparison(options.lines)
    features, missing = comparison.features()
    generator = Generator(random.Random(options.seed), features)
    nodes = {}
    while len(nodes) < options.count:
        node = generator.expression()
        nodes.setdefault(node.text, node)
    outcomes = comparison.compare(list(nodes))

    tally = collections.Counter()
    cases = []
    for node, (kind, ours, _) in zip(nodes.values(), outcomes):
        tally[kind or {"value": "same value", "error": "both fail to evaluate", "check": "both fail to check"}[ours[0]]] += 1
        if kind:
            cases.append((node, kind))

    entries = tomllib.loads(pathlib.Path(options.known).read_text(encoding="utf-8")).get("difference", [])
    classes = collections.defaultdict(list)
    for node, kind in shrink(comparison, cases):
        _, ours, theirs = comparison.seen[node.text]
        entry = known(entries, kind, node, ours, theirs)
        classes[("known", entry["name"]) if entry else ("new", likeness(kind, node, ours, theirs))].append(node)

    print(f"{len(nodes)} expressions, seed {options.seed}; {time.monotonic() - started:.0f} s")
    if missing:
        print(f"not compared: {', '.join(missing)}")
    agreed = ("same value", "both fail to evaluate", "both fail to check")
    for name in (*agreed, *sorted(set(tally) - set(agreed))):
        print(f"  {name + ('' if name in agreed else '  (ours/theirs)'):40} {tally[name]:6}")
    news = [key for key in classes if key[0] == "new"]
    print(f"{len(cases)} differences, all shrunk: {len(classes) - len(news)} known classes, {len(news)} new")
    verdicts = {entry["name"]: entry for entry in entries}
    for key in sorted(classes):
        example = min(classes[key], key=lambda node: (len(node.text), node.text))
        _, ours, theirs = comparison.seen[example.text]
        if key[0] == "known":
            entry = verdicts[key[1]]
            print(f"  known: {key[1]} ({entry['verdict']}; {entry['section']}): {ascii(example.text)}")
            if not options.verbose:
                continue
        else:
            print(f"  NEW {key[1]}: {len(classes[key])} of them\n      {ascii(example.text)}")
        print(f"      ours:    {shown(ours)}\n      cel-cpp: {shown(theirs)}")
    stale = outdated(comparison, entries)
    for entry in stale:
        print(f"  GONE {entry['name']}: {entry['example']} is no such difference any more")
    if news or stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
