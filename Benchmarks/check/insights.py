"""The small initiatives of an estate that is measured without others: a view on a source, now and then for a system."""

from entries import Entries
from papers import Papers
from texts import quoted, title

OBJECTIVE = (
    "kind: objective\nid: joined-up\nname: Services that know what government knows\nprovenance: illustrative\n"
    "owner: design-authority\n"
)


def insights(estate):
    r = estate.random
    yield OBJECTIVE
    joined = {target for s in estate.systems for target, _, _ in s["joins"]}
    services = estate.services()
    leaves = [
        s for s in reversed(estate.systems)
        if s["number"] not in joined and not s["masters"] and not s["interface"] and s["supplier"] is None
        and s["tier"] == "tier4" and not s["flaw"]
    ]
    sources = [s for s in estate.systems if s["masters"] and not s["masters"][0]["personal"] and not s["flaw"]]
    for number in range(max(4, estate.size // 50)):
        source = sources[number % len(sources)]
        name, data = f"initiative-{number:05d}", source["masters"][0]["id"]
        stage = r.choice(["idea", "proposal", "design", "build", "transition"])
        year = 2027 + (0 if stage == "transition" else number % 3)
        day = f"{year}-{r.randrange(12) + 1:02d}-{r.randrange(28) + 1:02d}"
        unit, lane = source["unit"], "full-board"
        leaf = leaves[number] if number % 10 == 9 else None
        provided = [source["provides"]] + ([leaf["provides"]] if leaf else [])
        entries = Entries()
        entries.add([
            "kind: system", f"id: {name}-view", f"name: {title(source['domain'])} view {number}",
            "provenance: illustrative", f"owner: {unit}", f"operator: {unit}", "type: business",
            "classification: official-sensitive", "criticality: tier4", "exposure: internal",
            "hosting: government-data-centre", "environment: production", "supportHours: office", "rto: 72h",
            "rpo: 24h", "mfa: true", "sourcing: configured", f"lifecycle: {{active: {day}}}",
            f"provides: {quoted(provided)}", f"holds: [{data}]", f"purposes: [{source['domain']}-work]",
            "searchable: true", "recordsFunctions: [capture, search, retain, hold, dispose, export]",
            "exportFormats: [CSV]", "uses: [linux-platform]", "platforms: [server-platform]",
            "signsInWith: [workforce-identity]", "locations: [data-centre-east, data-centre-west]",
        ])
        entries.add([
            "kind: integration", "id: feed", f"from: {name}-view", f"to: {source['id']}", "style: event",
            "use: feed", "carries: []", f"fetches: [{data}]", "via: [integration-platform]", "encryption: tls13",
            "auth: client-certificate", "transformation: none", f"purposes: [{source['domain']}-work]",
        ])
        entries.add([
            "kind: integration", "id: security-log", f"from: {name}-view", "to: security-monitoring",
            "style: event", "use: security-events", "carries: [security-events]", "purposes: [security-work]",
            "encryption: tls13", "auth: client-certificate", "transformation: none",
        ])
        entries.change(f"system:{source['id']}", {"set": {"exportFormats": "[CSV, PDF/A, XML]"}})
        if leaf:
            entries.change(f"service:{services[leaf['number']]}", {
                "link": {"supportedBy": f"[{name}-view]"}, "unlink": {"supportedBy": f"[{leaf['id']}]"}}, day)
            entries.retire(f"system:{leaf['id']}", f"{year + 1}{day[4:]}")
        papers = Papers(name, number, stage, lane, source["domain"], unit, stage in ("build", "transition"))
        yield (
            f"kind: initiative\nid: {name}\nname: {title(source['domain'])} insight {number}\n"
            f"summary: Shows officers what the source knows.\nprovenance: illustrative\nowner: {unit}\n"
            f"sponsor: {source['domain']}\nriskOwner: {source['domain']}\nstage: {stage}\nlane: {lane}\n"
            f"spend: {20 + number * 37 % 400}000\ngoLive: {day}\nobjectives: [joined-up]\n"
            "needs: [system-integration]\nreuseConsidered:\n  - candidate: system:integration-platform\n"
            "    verdict: adopt\n    reason: It is there for all and joins the systems that are named here.\n"
            f"dpia: {{status: approved, date: 2026-11-01}}\n{papers.passages()}{entries.text()}"
        )
        yield from papers.decisions(entries.digests)
        yield from papers.evidence(entries.digests)
