"""What the peers share: each reads FOLDER, judges, and prints one line of JSON.

`load` and `judge` are seconds of this process without the start of Python; with --findings the findings themselves
stand in the place of their numbers, each a list of texts.
"""

import json
import sys
import time


def run(version, load, judge):
    """load(folder) gives a state; judge(state) gives rows by rule, None for a rule that the engine cannot say."""
    folder, started = sys.argv[1], time.perf_counter()
    state = load(folder)
    loaded = time.perf_counter()
    found = {rule: rows if rows is None else set(map(tuple, rows)) for rule, rows in judge(state).items()}
    judged = time.perf_counter()
    told = {"version": version, "load": loaded - started, "judge": judged - loaded}
    if "--findings" in sys.argv:
        told["findings"] = {rule: rows if rows is None else sorted(rows) for rule, rows in sorted(found.items())}
    else:
        told["counts"] = {rule: rows if rows is None else len(rows) for rule, rows in sorted(found.items())}
    print(json.dumps(told))
