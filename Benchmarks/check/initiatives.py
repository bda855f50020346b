"""Open initiatives on an invented estate, as overlays: what they add, change, link and retire, and who approved them.

An initiative is of the same shape whatever the size of the estate, and is joined to systems that few are joined to;
only the common platforms, technologies and purposes are shared by all, as they are in every estate.
"""

import calendar
import datetime
import random

from documents import interfaced
from entries import Entries
from estate import TIERS
from papers import Papers
from texts import quoted, title

SHAPES = ["replacement", "extension", "front", "interfaces", "takeover"]
THEMES = ["appeals", "bookings", "cases", "claims", "fees", "inspections", "notices", "permits", "statements", "visits"]
# The estate is looked at on the day before.
FIRST_DAY = datetime.date(2026, 12, 2)
MONTHS = 24
# What is in transition goes live while its tests are fresh.
NEXT_MONTHS = 4
RECOVERY = {"tier4": "72h", "tier3": "24h", "tier2": "8h", "tier1": "2h"}
SHORTER = {"tier4": "48h", "tier3": "20h", "tier2": "6h", "tier1": "1h40m"}
# How many systems a chosen one leads to, and how many lead to it, directly or through others.
LEADS_TO = range(8, 25)
LED_TO_FROM = range(0, 13)


class Initiatives:
    def __init__(self, estate, count):
        self.estate = estate
        self.count = count
        self.incoming = [[] for _ in estate.systems]
        for system in estate.systems:
            for target, _, _ in system["joins"]:
                self.incoming[target].append(system["number"])
        self.service = estate.services()
        self.slow = {self.service[s["number"]] for s in estate.systems if s["tier"] == "tier4"}
        self.critical = {self.service[s["number"]] for s in estate.systems if s["tier"] == "tier1"}
        self.order = list(range(estate.size))
        random.Random(f"triglyph/initiatives/{estate.size}/{estate.seed}").shuffle(self.order)
        self.taken = set()
        self.replaced = set()
        self.bands = {}
        self.names = [f"initiative-{number:04d}" for number in range(count)]

    def documents(self):
        for number in range(self.count):
            yield from Initiative(self, number).documents()

    def pick(self, number, wanted, degree, mine):
        """A sound system of so many consumers; where a small estate has none left, one that is near to that."""
        tests = [
            lambda s: len(self.incoming[s["number"]]) == degree and self.in_band(s["number"]),
            lambda s: len(self.incoming[s["number"]]) == degree,
            lambda s: True,
        ]
        start = number * 613 % self.estate.size
        order = self.order[start:] + self.order[:start]
        for test in tests:
            for place in order:
                system = self.estate.systems[place]
                if place in self.taken or place in mine or system["flaw"] or not wanted(system) or not test(system):
                    continue
                return system
        raise SystemExit("generate.py: every system that would do is taken; ask for fewer initiatives")

    def in_band(self, number):
        if number not in self.bands:
            ahead = reached(number, lambda n: [t for t, _, _ in self.estate.systems[n]["joins"]], LEADS_TO.stop)
            behind = reached(number, lambda n: self.incoming[n], LED_TO_FROM.stop)
            self.bands[number] = ahead in LEADS_TO and behind in LED_TO_FROM
        return self.bands[number]


class Initiative:
    """One of them. Its shape comes from its number alone, its systems from the estate."""

    def __init__(self, all_of_them, number):
        self.all = all_of_them
        self.number = number
        self.id = all_of_them.names[number]
        self.random = random.Random(f"triglyph/initiative/{number}")
        self.shape = SHAPES[number % len(SHAPES)]
        self.theme = self.random.choice(THEMES)
        # A quarter, and not the first: it is looked at on its own.
        self.approved = number % 4 == 1
        # Nobody can have tested or reconciled yet what is only added: such initiatives are not in transition.
        last = "transition" if self.shape in ("extension", "interfaces") else "build"
        self.stage = self.random.choice(["design", "build", last] if self.approved else ["proposal", "design"])
        month = months_later(FIRST_DAY, (number * 7 + 6) % (NEXT_MONTHS if self.stage == "transition" else MONTHS))
        self.live = month + datetime.timedelta(days=self.random.randrange(26))
        self.spend = 1000 * (10 + self.random.randrange(190))
        self.mine = set()
        self.entries, self.considered = Entries(), []
        # Whether its facts ask for the whole board.
        self.weighty = False
        self.needs = ["system-integration", "staff-sign-in", "records-management"]
        self.consider("integration-platform", "adopt", "It is there for all and joins the systems that are named here.")
        self.consider("workforce-identity", "adopt", "Officers sign in with the account that they have already.")
        self.consider("records-management", "reject", "The system keeps and disposes of records as their classes say.")

    def documents(self):
        getattr(self, self.shape)()
        related = self.related()
        unit, domain = self.home["unit"], self.home["domain"]
        dpia = "approved" if self.stage in ("build", "transition") else "started"
        # One front in a dozen claims less than its facts ask for.
        lane = "full-board" if self.weighty and self.number % 60 != 22 else "delegated"
        papers = Papers(self.id, self.number, self.stage, lane, domain, unit, self.approved)
        yield (
            f"kind: initiative\nid: {self.id}\nname: {domain.capitalize()} {self.theme} {self.number}\n"
            f"summary: Brings {self.theme} of {domain} together.\nprovenance: illustrative\n"
            f"owner: 'organisation:{unit}'\nsponsor: 'organisation:{domain}'\nriskOwner: {domain}\n"
            f"stage: {self.stage}\nlane: {lane}\nspend: {self.spend}\ngoLive: {self.live}\n"
            f"objectives: [joined-up]\nneeds: {quoted(self.needs)}\n"
            + (f"related: {quoted(related)}\n" if related else "")
            + f"reuseConsidered:\n{''.join(self.considered)}dpia: {{status: {dpia}, date: 2026-10-20}}\n"
            f"{papers.passages()}{self.entries.text()}"
        )
        yield from papers.decisions(self.entries.digests, self.conditions())
        yield from papers.evidence(self.entries.digests)

    def conditions(self):
        """One approval in three has one, and time until the go-live to meet it."""
        if self.number % 12 != 5:
            return ""
        return (
            "conditions:\n  - id: rehearsal\n    name: Restore rehearsed\n    gate: live\n    met: false\n"
            f"    due: {self.live}\n    owner: {self.home['unit']}\n"
        )

    def related(self):
        if self.number % 8 != 3:
            return []
        return [self.all.names[n] for n in (self.number - 1, self.number + 1) if n < self.all.count]

    def replacement(self):
        """A system takes the place of an old one, with its records and its only consumer."""
        old = self.replaceable(degree=1)
        new = self.take_over(old)
        consumers = self.all.incoming[old["number"]]
        for consumer in [self.all.estate.systems[n]["id"] for n in consumers[:1]]:
            self.change(f"integration:{consumer}/{old['id']}", {"set": {"to": new}}, why="It moves with the records.")
        self.tighten(self.queried)

    def takeover(self):
        """A system takes over from an old one that nothing fetches from, and is named for its capability."""
        old = self.replaceable(degree=0)
        new = self.take_over(old)
        self.change(f"capability:{self.id}-handling", {"link": {"designated": f"[{new}]"}})
        self.modernise(self.queried)

    def extension(self):
        """A system beside those that there are."""
        source = self.source(new=True)
        self.home = source
        new = f"{self.id}-{self.theme}"
        self.capability(source)
        self.queried = self.query_target("tier4")
        self.system(new, source, "tier4", [source["masters"][0]["id"]], [], [
            self.feed(source), self.query(self.queried),
        ])
        self.support(source, [new], [])
        self.tighten(self.pick(lambda s: s["exposure"] == "internal", degree=2))
        self.modernise(self.queried)

    def front(self):
        """A page for the public, and what stands behind it."""
        source = self.source(new=True)
        self.home = source
        page, back = f"{self.id}-page", f"{self.id}-{self.theme}"
        self.needs.append("public-sign-in")
        self.weighty = True
        self.consider("digital-identity", "adopt", "People sign in with the account that they have already.")
        self.capability(source)
        self.system(back, source, "tier3", [source["masters"][0]["id"]], [], [self.feed(source)])
        self.system(page, source, "tier4", [], [], [
            integration(back, "enquiry", "api", "query", [], ["api-gateway", "integration-platform"], source["domain"]),
        ], exposure="internet", provides=False)
        self.support(source, [page, back], [])
        self.tighten(self.pick(lambda s: s["exposure"] == "internal", degree=2))

    def interfaces(self):
        """Nothing new but two interfaces of a system that is there, which is modernised with them."""
        caller = self.pick(lambda s: s["tier"] == "tier4" and s["exposure"] == "internal", degree=2)
        self.home = caller
        source = self.source()
        target = self.query_target("tier4")
        own = self.random.choice(["register", "ledger"])
        for id, joined in ((f"{own}-{self.number}", self.feed(source)), (f"enquiry-{self.number}", self.query(target))):
            to, _, *rest = joined
            self.entries.add(["kind: integration", f"from: {caller['id']}", f"id: {id}", to] + rest)
        self.modernise(caller)
        self.tighten(self.pick(lambda s: s["exposure"] == "internal", degree=2))

    def pick(self, wanted, degree, alone=True):
        """A system that this initiative has not chosen yet; alone: no other one will."""
        system = self.all.pick(self.number, wanted, degree, self.mine)
        self.mine.add(system["number"])
        if alone:
            self.all.taken.add(system["number"])
        return system

    def replaceable(self, degree):
        """No two initiatives replace what provides the same."""
        old = self.pick(
            lambda s: keeps_records(s) and s["tier"] in ("tier3", "tier4") and not s["interface"]
            and s["provides"] not in self.all.replaced, degree)
        self.all.replaced.add(old["provides"])
        return old

    def source(self, new=False):
        """New: something is built beside it that recovers no faster than the slowest of its service."""
        slow = self.all.slow
        return self.pick(
            lambda s: keeps_records(s) and (not new or self.all.service[s["number"]] in slow), degree=2, alone=False)

    def query_target(self, tier):
        """One that may be waited for: it recovers sooner than what waits."""
        least = TIERS.index(tier)
        return self.pick(
            lambda s: s["interface"] and s["exposure"] == "internal" and TIERS.index(s["tier"]) > least, degree=2)

    def take_over(self, old):
        self.home = old
        new, data = f"{self.id}-{self.theme}", [d["id"] for d in old["masters"]]
        source = self.source()
        fetched = [d for d in [source["masters"][0]["id"]] if d not in data] if source["masters"] else []
        self.capability(old)
        self.queried = self.query_target(old["tier"])
        self.consider(old["id"], "reject", "Its supplier has announced the end of the product that it is built with.")
        self.system(new, old, old["tier"], data + fetched, data, [self.feed(source), self.query(self.queried)],
                    replaces=old["id"])
        moved = self.live + datetime.timedelta(days=75)
        self.entries.add([
            "kind: integration", f"from: {old['id']}", "id: migration", f"to: {new}", "style: file", "use: migrate",
            f"carries: {quoted(data)}", "via: [integration-platform]", f"purposes: [{old['domain']}-work]",
            "encryption: sftp", "auth: key", "transformation: none", "persist: true", "lossy: false",
            f"lifecycle: {{active: {self.live}, retired: {moved}}}",
        ])
        end = months_later(self.live, 3)
        self.change(f"system:{old['id']}", {"unlink": {"masterOf": quoted(data)}})
        self.change(f"system:{old['id']}", {"set": {"lifecycle.phaseOut": self.live, "successor": new}}, dated=False)
        self.support(old, [new], [old["id"]])
        self.entries.retire(f"system:{old['id']}", end)
        self.weighty = True
        return new

    def capability(self, home):
        self.entries.add([
            "kind: capability", f"id: {self.id}-handling", f"name: Handling of {self.theme} {self.number}",
            "provenance: illustrative", "common: false", f"owner: {home['unit']}",
        ])

    def system(self, id, home, tier, held, mastered, joins, exposure="internal", replaces=None, provides=True):
        public = exposure == "internet"
        log = integration(
            "security-monitoring", "security-log", "event", "security-events", [], [], "security",
            carried=["security-events"])
        provided = [f"{self.id}-handling"] if provides else []
        if replaces:
            # Who comes to the service still needs what the old one gave.
            provided.append(home["provides"])
        self.entries.add([
            "kind: system", f"id: {id}", f"name: {title(id)}", f"summary: Part of initiative {self.number}.",
            "provenance: illustrative", f"owner: {home['unit']}", f"operator: {home['unit']}", "type: business",
            f"classification: {'official' if public else 'official-sensitive'}", f"criticality: {tier}",
            f"exposure: {exposure}", "hosting: government-data-centre", "environment: production",
            "supportHours: office", f"rto: {RECOVERY[tier]}", "rpo: 4h", "mfa: true",
            f"lifecycle: {{active: {self.live}}}", f"replaces: {quoted([replaces] if replaces else [])}",
            f"provides: {quoted(provided)}", f"holds: {quoted(held)}",
            f"masterOf: {quoted(mastered)}", f"purposes: [{home['domain']}-work]", "searchable: true",
            "recordsFunctions: [capture, search, retain, hold, dispose, export]", "exportFormats: [CSV, PDF/A]",
            "sourcing: configured",
            "uses: [linux-platform, managed-runtime]", "platforms: [server-platform]",
            f"signsInWith: [{'digital-identity' if public else 'workforce-identity'}]",
            "locations: [data-centre-east, data-centre-west]",
        ], joins + [log])

    def feed(self, source):
        # One in a dozen is built as its department always built them.
        careless = self.number % 12 == 7
        return integration(
            source["id"], "feed", "event", "feed", [d["id"] for d in source["masters"][:1]], ["integration-platform"],
            self.home["domain"], encryption="obsolete" if careless else "tls13")

    def query(self, target):
        return integration(
            target["id"], "enquiry", "api", "query", [], ["integration-platform"], self.home["domain"]) + (
                [f"interface: {interfaced(target)}", f"credential: {self.id}"] if target["interface"] else [])

    def support(self, home, linked, unlinked):
        operations = {"link": {"supportedBy": quoted(linked), "requires": f"[{self.id}-handling]"}}
        if unlinked:
            operations["unlink"] = {"supportedBy": quoted(unlinked)}
        service = self.all.service[home["number"]]
        self.weighty = self.weighty or service in self.all.critical
        self.change(f"service:{service}", operations)

    def change(self, reference, operations, dated=True, why=None):
        self.entries.change(reference, operations, self.live if dated else None, why)

    def tighten(self, system):
        """It carries more than it did: rated higher where that is possible, else back sooner."""
        rated = system["class"] == "official" and system["exposure"] == "internal"
        self.change(
            f"system:{system['id']}",
            {"set": {"classification": "official-sensitive"} if rated else {"rto": SHORTER[system["tier"]]}})
        self.weighty = self.weighty or system["tier"] == "tier1"

    def modernise(self, system):
        """A month before go-live, but not in the past: another framework, and the other sign-in."""
        here, there = ("digital", "workforce") if system["exposure"] == "internet" else ("workforce", "digital")
        self.entries.change(
            f"system:{system['id']}", {
                "link": {"uses": "[web-framework]", "signsInWith": f"[{there}-identity]"},
                "unlink": {"uses": "[managed-runtime]", "signsInWith": f"[{here}-identity]"},
            }, max(FIRST_DAY, months_later(self.live, -1)))
        self.weighty = self.weighty or system["tier"] == "tier1"

    def consider(self, system, verdict, reason):
        self.considered.append(
            f"  - candidate: system:{system}\n    verdict: {verdict}\n    reason: {reason}\n")


def keeps_records(system):
    return bool(system["masters"]) and not system["masters"][0]["personal"] and system["exposure"] == "internal"


def reached(start, step, limit):
    """How many others the steps lead to, counted no further than a little beyond the limit."""
    seen, waiting = {start}, [start]
    while waiting and len(seen) <= limit:
        for other in step(waiting.pop()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return len(seen) - 1


def months_later(day, months):
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def integration(target, id, style, use, fetched, via, domain, encryption="tls13", carried=()):
    """The keys of an integration, the party called first."""
    return [
        f"to: {target}", f"id: {id}", f"style: {style}", f"use: {use}", f"carries: {quoted(carried)}",
        f"fetches: {quoted(fetched)}", f"via: {quoted(via)}", f"encryption: {encryption}", "auth: client-certificate",
        "transformation: none", "persist: true", f"purposes: [{domain}-work]",
    ]
