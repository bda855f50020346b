#!/usr/bin/env python3
"""Writes the repository that Triglyph and its peers are timed on: generate.py SIZE OUTDIR [--seed N]

The metamodel, the standard and the rules are those of repository/ beside this file; the catalogue is invented. Links
lead as they do in real estates: to what many lead to already, six in ten inside their area, hardly ever in a circle.
A few of everything that the ten rules ask for is wrong. The same numbers give the same bytes.
"""

import argparse
import pathlib
import random
import shutil

AREAS = [
    "courts", "customs", "education", "fisheries", "health", "housing", "land", "pensions", "ports", "revenue", "roads",
    "waste",
]
WORK = ["Ledger", "Register", "Roster", "Inspection", "Permits", "Letters", "Archive", "Claims", "Visits", "Accounts"]
STEPS = ["plan", "record", "notify", "assess", "collect", "publish", "match", "inspect", "archive", "pay"]
MATTER = ["claims", "names", "berths", "fees", "addresses", "visits", "vehicles", "parcels", "pupils", "fines"]
SUMMARIES = [
    "Used at the counters and by letter; the hours of service are agreed, and its recovery is tried every spring.",
    "What is recorded here is taken for right elsewhere; it followed two older registers that were kept by hand.",
    "Bought and set up for us. The agreement names a day on which it ends, and who keeps the records after it.",
    "Written by the area's own people on the shared platform, and changed every other week.",
]
STATES = ["planned"] + ["live"] * 8 + ["retired"]
WEIGHTS = ["low"] * 2 + ["medium"] * 3 + ["high"] * 2 + ["vital"]
DATA = ["open", "official", "official", "personal", "special"]
CARRIED = ["open", "open", "official", "official", "official", "personal", "special"]
PER_FILE = 50


class Estate:
    def __init__(self, size, seed):
        self.random = random.Random(f"peers/{size}/{seed}")
        self.size = size
        self.width = len(str(size))
        self.abilities = max(60, size // 4)
        self.suppliers = max(10, size // 50)
        self.projects = max(4, size // 50)
        self.areas = [self.random.randrange(len(AREAS)) for _ in range(size)]
        self.joined = [0] * size
        self.links = []
        self.join()

    def join(self):
        """Three links from each application to earlier ones; one in fifty has one to a later one."""
        everywhere, inside = [], [[] for _ in AREAS]
        for number, area in enumerate(self.areas):
            found = []
            for _ in range(30):
                if len(found) == min(3, number):
                    break
                near = inside[area] if inside[area] and self.random.random() < 0.6 else everywhere
                target = self.random.choice(near) if self.random.random() < 0.8 else self.random.randrange(number)
                if target not in found:
                    found.append(target)
            if found and number + 1 < self.size and self.random.random() < 0.02:
                found[-1] = min(self.size - 1, number + self.random.randint(1, 40))
            for target in found:
                self.joined[target] += 1
                everywhere.append(target)
                inside[self.areas[target]].append(target)
            everywhere.append(number)
            inside[area].append(number)
            self.links.append(found)

    def application_id(self, number):
        return f"application-{number:0{self.width}d}"

    def ability_id(self, number):
        return f"ability-{number:0{self.width}d}"

    def few(self, count, limit, power=1.0):
        """So many different numbers below the limit; with a power above 1, small ones more often."""
        found = set()
        while len(found) < count:
            found.add(int(limit * self.random.random() ** power))
        return sorted(found)

    def ability(self, number):
        step, matter = STEPS[number % 10].capitalize(), MATTER[number // 10 % 10]
        return (
            f"kind: ability\nid: {self.ability_id(number)}\nname: {step} {matter} {number}\n"
            f"area: {AREAS[number % len(AREAS)]}\n")

    def state(self, number):
        if self.joined[number] > 20:
            return "live"
        if self.joined[number] <= 3 and self.random.random() < 0.06:
            return "retiring"
        return "legacy" if self.random.random() < 0.004 else self.random.choice(STATES)

    def application(self, number):
        r, area = self.random, AREAS[self.areas[number]]
        gateway = r.random() < 0.03 or self.joined[number] > 60
        name = f"{area.capitalize()} {r.choice(WORK)} {number}"
        lines = [f"kind: application\nid: {self.application_id(number)}\nname: {name}\n"]
        lines.append(f"summary: >-\n  {r.choice(SUMMARIES)}\n")
        lines.append(f"area: {area}\n")
        if r.random() >= 0.004:
            lines.append(f"team: {area}-{r.randint(1, 9)}\n")
        if r.random() >= 0.004:
            lines.append(f"supplier: supplier-{int(self.suppliers * r.random() ** 2)}\n")
        lines.append(f"state: {self.state(number)}\nweight: {r.choice(WEIGHTS)}\n")
        lines.append(f"hosting: {r.choice(['own', 'shared', 'shared', 'public'])}\n")
        lines.append(f"reach: {'internet' if r.random() < 0.12 else 'internal'}\n")
        lines.append(f"gateway: {'true' if gateway else 'false'}\n")
        lines.append(f"introduced: 20{r.randrange(25):02d}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}\n")
        lines.append(f"holds: [{', '.join(sorted({r.choice(DATA), r.choice(DATA)}))}]\n")
        lines.append("offers:\n")
        lines += [f"  - {self.ability_id(ability)}\n" for ability in self.few(3, self.abilities, 1.6)]
        if self.links[number]:
            lines.append("links:\n")
        for target in self.links[number]:
            to = self.application_id(target) if r.random() >= 0.001 else f"lost-{target}"
            protocol = r.choice(["rest", "rest", "file", "queue", "database"])
            lines.append(f"  - to: {to}\n    protocol: {protocol}\n    carries: {r.choice(CARRIED)}\n")
        return "".join(lines)

    def project(self, number):
        r = self.random
        lines = [f"kind: project\nid: project-{number}\nname: {r.choice(WORK)} anew {number}\n"]
        lines.append(f"area: {r.choice(AREAS)}\nquarter: {r.randint(2027, 2028)}-Q{r.randint(1, 4)}\nbudget: {r.randint(1, 90) * 50_000}\n")
        # Half of what projects change is what much depends on: there they meet.
        changed = set(self.few(r.randint(1, 3), self.size)) | set(self.few(r.randint(1, 2), self.size, 5))
        lines.append("changes:\n" + "".join(f"  - {self.application_id(target)}\n" for target in sorted(changed)))
        lines.append("builds:\n")
        lines += [f"  - {self.ability_id(ability)}\n" for ability in self.few(r.randint(1, 2), self.abilities)]
        return "".join(lines)

    def parts(self):
        """Name and documents of each part of the catalogue."""
        yield "abilities", map(self.ability, range(self.abilities))
        yield "applications", map(self.application, range(self.size))
        yield "projects", map(self.project, range(self.projects))


def write(folder, name, documents):
    """Writes documents to numbered files; returns how many, and how many bytes."""
    documents, size = list(documents), 0
    for start in range(0, len(documents), PER_FILE):
        text = "---\n".join(documents[start:start + PER_FILE])
        (folder / f"{name}-{start // PER_FILE:05d}.yaml").write_text(text, encoding="utf-8", newline="\n")
        size += len(text)
    return len(documents), size


def main():
    parser = argparse.ArgumentParser(description="Writes the repository that Triglyph and its peers are timed on.")
    parser.add_argument("size", type=int, help="how many applications")
    parser.add_argument("outdir", type=pathlib.Path, help="the folder to write to")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another estate (default 1)")
    arguments = parser.parse_args()
    if arguments.size < 10:
        parser.error("the least size is 10 applications")
    shutil.copytree(pathlib.Path(__file__).resolve().parent / "repository", arguments.outdir, dirs_exist_ok=True)
    estate = Estate(arguments.size, arguments.seed)
    written = [write(arguments.outdir / "catalogue", name, documents) for name, documents in estate.parts()]
    print(f"{sum(count for count, _ in written)} documents, {sum(size for _, size in written) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
