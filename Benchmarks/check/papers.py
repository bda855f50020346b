"""What stands beside an initiative: when it entered its stages, who decided, and what shows that it is sound.

Digests are computed here, so that what is approved is what is there, and an estate is written without the executable.
"""

import datetime
import random

from estate import DOMAINS

STAGES = ["proposal", "design", "build", "transition"]
# From which stage on each is asked for.
EVIDENCE = [
    ("architecture-summary", "design"), ("security-risk-assessment", "design"), ("design-review", "build"),
    ("readiness-review", "transition"), ("rollback-test", "transition"),
]
LAST_DAY = datetime.date(2026, 12, 1)
# The first day of the fortnight in which an initiative comes before the board for each stage.
MEETINGS = {stage: LAST_DAY - datetime.timedelta(days=days) for stage, days in
            (("proposal", 126), ("design", 91), ("build", 56), ("transition", 21))}


class Papers:
    """Of one initiative. Approved: its last decision is an approval; else there is an endorsement of its design."""

    def __init__(self, id, number, stage, lane, domain, unit, approved):
        self.id, self.number, self.stage, self.lane = id, number, stage, lane
        self.domain, self.unit, self.approved = domain, unit, approved
        self.passed = STAGES[:STAGES.index(stage) + 1] if stage in STAGES else []
        r = random.Random(f"triglyph/papers/{number}")
        self.days = {s: MEETINGS[s] + datetime.timedelta(days=r.randrange(14)) for s in STAGES}
        others = [d for d in DOMAINS if d != domain]
        self.members = ["design-authority"] + sorted(r.sample(others, 3 if lane == "full-board" else 1))

    def passages(self):
        if self.stage == "idea":
            return f"passages:\n  - {{id: idea, name: Had, stage: idea, date: {self.days['proposal']}}}\n"
        return "passages:\n" + "".join(
            f"  - {{id: {s}, name: To {s}, stage: {s}, date: {self.days[s] + datetime.timedelta(days=3)}}}\n"
            for s in self.passed)

    def decisions(self, digests, conditions=""):
        opened = [s for s in self.passed if s != "proposal"]
        for stage in opened:
            last = stage == opened[-1]
            approved = stage != "design" or (self.approved and last)
            outcome = "endorsed" if not approved else "approved-with-conditions" if conditions and last else "approved"
            yield (
                f"kind: decision\nid: {self.id}-{stage}-decision\nname: Decision on {stage} of {self.number}\n"
                f"provenance: illustrative\nby: design-authority\nmembers: [{', '.join(self.members)}]\n"
                f"date: {self.days[stage]}\noutcome: {outcome}\ngate: {stage}\nlane: {self.lane}\n"
                f"targets: ['initiative:{self.id}']\n"
                + (listed(digests) + conditions if approved and last else ""))

    def evidence(self, digests):
        """A document of each type that the stages passed ask for, about all entries that there are."""
        for type, stage in EVIDENCE:
            if stage in self.passed:
                day = self.days[stage] - datetime.timedelta(days=9)
                yield evidence(
                    f"{self.id}-{type}", type, "modernisation-and-digital", day, [f"initiative:{self.id}"],
                    listed(digests))
        if self.stage == "transition":
            yield evidence(
                f"{self.id}-acceptance", "service-acceptance", self.unit, self.days["transition"],
                [f"initiative:{self.id}"])


def listed(digests):
    return "digests:\n" + "".join(f"  - '{digest}'\n" for digest in digests)


def evidence(id, type, by, day, targets, more=""):
    targets = ", ".join(f"'{target}'" for target in targets)
    return (
        f"kind: evidence\nid: {id}\nname: {type.capitalize().replace('-', ' ')}\nprovenance: illustrative\n"
        f"type: {type}\nby: {by}\ndate: {day}\ntargets: [{targets}]\n{more}"
    )
