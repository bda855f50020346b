"""clingo: facts and rules are read, then grounded; the ten rules have one answer, found while grounding."""

import pathlib

import clingo
import peer

RULES = [
    "complete", "dangling-reference", "known-state", "firm-ground", "behind-a-gateway", "strong-foundations",
    "once-in-an-area", "nothing-dead", "one-at-a-time", "not-built-twice",
]


def load(folder):
    control = clingo.Control(["--warn=none"])
    control.load(str(pathlib.Path(__file__).with_name("ten.lp")))
    control.load(f"{folder}/facts.lp")
    return control


def judge(control):
    control.ground([("base", [])])
    found = {rule: [] for rule in RULES}

    def collect(model):
        for symbol in model.symbols(shown=True):
            found[RULES[int(symbol.name[1:]) - 1]].append([argument.string for argument in symbol.arguments])

    control.solve(on_model=collect)
    return found


peer.run(clingo.__version__, load, judge)
