"""Lines of figures for the terminal, and docs/benchmarks.md."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/benchmarks.md"
SENTENCES = {
    1: "Of each application team, supplier, state, weight and hosting are recorded",
    2: "Every reference leads somewhere (Triglyph's own check, not written in CEL)",
    3: "An application is planned, live, retiring or retired",
    4: "Nothing that a project changes leans, however far, on what is retiring",
    5: "What is about people reaches the internet, however far, through gateways only",
    6: "What is vital leans on nothing of low weight",
    7: "One live application of an area offers an ability",
    8: "What is live leans on nothing that is retired",
    9: "One project changes an application in a quarter",
    10: "No project builds what is offered already",
}
TEXT = """<!-- Written by Benchmarks/peers/run.sh --write: figures are not typed. -->
# Benchmarks

Ten rules over a generated estate, judged by Triglyph and by engines that people write such rules in.
{circumstances}

**{all_the_same}** Each engine's findings are compared with Triglyph's, one by one, before anything is timed; a
difference ends the run, unless one engine stands alone against Triglyph and all others.
{otherwise}Triglyph also says what it *cannot* decide, because a reference leads nowhere
({undecided}); the others take that for passed.

{tables}- **Seconds**: from the start of the process to its end, the median of {runs} runs, and the least and the greatest; the engines
  take turns. **× Triglyph**: that median by Triglyph's. **Rules**: what the engine itself says of the time between *all is
  loaded* and *all is found*. **MiB**: the greatest peak memory of a run. *Over {limit:g}*: stopped after so many seconds, and
  not run again. *Gives up*: its process ended by itself without an answer. *Finds otherwise*: not timed.
- **Triglyph** reads the YAML as people write it, validates it against the metamodel, reads and checks the rules, judges,
  and prints a summary. *All written as JSON* also writes every finding, with its place, message, remedy and the ways
  through the graph.
- **The others** read what was prepared for them, and count their findings. No figure of theirs has the preparation in it, nor
  validation, nor the places of findings in the files. Each is called from Python, whose start and import are in the
  seconds ({python} s for an empty program here) and not under *rules*.
- **Which text.** Each rule is written as the engine's own documentation would write it, and whatever the engine can say in
  linear time is said so: a recursive query, a set that grows, one walk over the graph
  ([the texts](../Benchmarks/peers/engines)).{unsaid}
- **Which threads.** Triglyph takes two, DuckDB and Kuzu as many as there are cores, the others one.

## The rules

What was found, by the number of applications:

{rules}
Triglyph's are in [repository/rules](../Benchmarks/peers/repository/rules).

## Preparation

Seconds for reading the YAML with PyYAML's C loader, and for writing each form; *CSV* is for SQLite and DuckDB, *graph* for
Kuzu in addition, *facts* for clingo, *JSON* for the Rego engines, *triples* for pySHACL.

{preparation}
## The machine, and the versions

{machine}
## Again

```sh
make bench-peers                                        # all of it
SIZES=1000 RUNS=3 Benchmarks/peers/run.sh               # the smallest only
Benchmarks/peers/run.sh --only "sqlite duckdb"          # beside these two
Benchmarks/peers/run.sh --write --note 'Nothing else ran.'   # and this page
```

The engines come from PyPI, pinned with their digests in [requirements.txt](../Benchmarks/peers/requirements.txt), into
`build/peers`. regorus is a build of its sources that somebody else publishes, gordon-to-regorus: its makers publish none.
OPA itself is not among them: no package of it installs here.
"""


def number(value):
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"


def times(value):
    return f"{value:.2f}" if value < 0.995 else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def cells(engine, first, limit):
    """Title, form, seconds, ratio, rules, memory."""
    figures, title = engine["figures"], engine["title"]
    if engine["unsaid"]:
        title += f", without rule {', '.join(map(str, engine['unsaid']))}"
    if engine["otherwise"]:
        return [title, engine["form"], "finds otherwise", "", "", ""]
    if engine["gave_up"]:
        return [title, engine["form"], "gives up", "", "", ""]
    if figures is None:
        return [title, engine["form"], f"over {limit:g}", f"over {times(limit / first['median'])}", "", ""]
    spread = f"{number(figures['median'])} ({number(figures['least'])} to {number(figures['greatest'])})"
    return [
        title, engine["form"], spread, times(figures["median"] / first["median"]),
        "" if figures["judging"] is None else number(figures["judging"]),
        "" if figures["peak"] is None else f"{figures['peak']:.0f}",
    ]


def lines(result, limit):
    first = result["engines"][0]["figures"]
    yield f"  {'':<34} {'from':<8} {'seconds':<24} {'x':>8} {'rules':>7} {'MiB':>6}"
    for engine in result["engines"]:
        title, form, seconds, ratio, rules, peak = cells(engine, first, limit)
        yield f"  {title:<34} {form:<8} {seconds:<24} {ratio:>8} {rules:>7} {peak:>6}"


def table(head, rows, right=()):
    marks = [":--" if index not in right else "--:" for index in range(len(head))]
    return "".join(f"| {' | '.join(row)} |\n" for row in [head, marks, *rows])


def processor():
    text = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", text.read_text()) if text.exists() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def machine(results, versions):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    rows = [
        ["day", datetime.date.today().isoformat()],
        ["processor", f"{processor()}, {os.cpu_count()} cores"],
        ["memory", f"{memory:.0f} GiB"],
        ["system", f"{platform.system()} {platform.release()}, {' '.join(platform.libc_ver())}"],
        ["Triglyph", versions["triglyph"]],
        ["Python", platform.python_version()],
    ]
    rows += [[e["title"], versions[e["name"]]] for e in results[0]["engines"][2:] if versions.get(e["name"])]
    return table(["", ""], rows)


def empty_program():
    import sys
    import time
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", ""], check=True)
        taken.append(time.perf_counter() - started)
    return sorted(taken)[2]


def write(results, arguments, rules):
    versions = {}
    for result in results:
        for engine in result["engines"]:
            versions[engine["name"]] = versions.get(engine["name"]) or engine["version"]
    tables = ""
    for result in results:
        first = result["engines"][0]["figures"]
        rows = [cells(engine, first, arguments.limit) for engine in result["engines"]]
        head = [f"{result['size']:,} applications", "from", "seconds", "× Triglyph", "rules", "MiB"]
        tables += f"{result['generated']}:\n\n{table(head, rows, (2, 3, 4, 5))}\n"
    sizes = [f"{result['size']:,}" for result in results]
    found = [
        [str(place), SENTENCES[place]] + [f"{result['found'][rule]:,}" for result in results]
        for rule, place in rules.items()]
    forms = list(results[0]["preparing"])
    preparing = [
        [size] + [number(result["preparing"][form]) for form in forms] for size, result in zip(sizes, results)]
    silent = {e["title"]: e["unsaid"] for result in results for e in result["engines"] if e["unsaid"]}
    unsaid = "".join(
        f" {title} cannot say rule {', '.join(map(str, places))}: a path in SPARQL does not look at the nodes on its way."
        for title, places in silent.items())
    alone = [
        (e["title"], result["size"], *item) for result in results for e in result["engines"] for item in e["otherwise"]]
    otherwise = "".join(
        f"{title} does at {size:,}: by rule {place} it lacks {missing:,} that all others find, and finds {more:,} more.\n"
        for title, size, place, missing, more in alone)
    undecided = ", ".join(f"{result['undecided']:,} outcomes at {size}" for size, result in zip(sizes, results))
    PAGE.write_text(
        TEXT.format(
            all_the_same="All find the same, but for one engine at one rule." if len(alone) == 1
            else "All find the same, but for what is named here." if alone else "All find the same.", otherwise=otherwise,
            circumstances=arguments.note, undecided=undecided, tables=tables, runs=arguments.runs, limit=arguments.limit,
            python=number(empty_program()), unsaid=unsaid,
            rules=table(["", "rule", *sizes], found, range(2, 2 + len(sizes))),
            preparation=table(["applications", *forms], preparing, range(1, 1 + len(forms))),
            machine=machine(results, versions)),
        encoding="utf-8")
    print(f"\nwrote {PAGE.relative_to(PAGE.parents[1])}")
