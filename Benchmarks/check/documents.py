"""The documents of an estate, in the vocabulary of this project's metamodel, as YAML text."""

from estate import DOMAINS, RECOVERY, TIERS, WORK
from insights import OBJECTIVE, insights
from papers import evidence
from texts import quoted, title, yes

SUMMARY = [
    "Keeps what officers decide and why, and hands it to whoever acts on it.",
    "Bought as a package and set up by the department; the supplier changes it twice a year.",
    "Built in the house, released each fortnight, and looked after by the team that wrote it.",
    "Replaced two older registers; the history of both was brought over and reconciled.",
]
# Id, what it provides, its recovery time in minutes, the platforms it stands on.
PLATFORMS = [
    ("government-network", "networking", 15, []),
    ("server-platform", "hosting", 15, ["government-network"]),
    ("backup-vault", "backup-and-restore", 60, []),
    ("workforce-identity", "staff-sign-in", 30, ["server-platform"]),
    ("digital-identity", "public-sign-in", 30, ["server-platform"]),
    ("privileged-access", "privileged-access", 30, ["server-platform"]),
    ("integration-platform", "system-integration", 30, ["server-platform"]),
    ("api-gateway", "api-management", 30, ["server-platform"]),
    ("records-management", "records-management", 120, ["server-platform"]),
    ("open-data-portal", "open-data-publishing", 120, ["server-platform"]),
    ("security-monitoring", "security-monitoring", 120, ["server-platform"]),
]
TECHNOLOGIES = [
    ("linux-platform", "operating-system", "preferred", "2022-05-17", "2036-05-31"),
    ("relational-database", "database", "preferred", "2024-09-26", "2036-11-08"),
    ("managed-runtime", "runtime", "accepted", "2023-09-19", "2035-09-30"),
    ("message-broker", "middleware", "preferred", "2023-03-01", "2035-03-01"),
    ("web-framework", "framework", "accepted", "2022-11-01", "2034-11-01"),
    ("old-runtime", "runtime", "contained", "2012-01-01", "2024-12-31"),
]
# What each gate asks for, and from which lane on.
GATES = [
    ("design", "architecture-summary", "delegated"), ("build", "design-review", "delegated"),
    ("transition", "readiness-review", "full-board"),
]
# What data about something carries, whoever keeps it.
SUBJECTS = [("person", "person-number"), ("premises", "premises-number")]
LOSS = {"tier4": "24h", "tier3": "4h", "tier2": "1h", "tier1": "15m"}
LOST = {"tier4": "12h", "tier3": "2h", "tier2": "30m", "tier1": "10m"}
HOURS = {"tier4": "office", "tier3": "office", "tier2": "extended", "tier1": "round-the-clock"}


class Documents:
    def __init__(self, estate):
        self.estate = estate
        # For each service the master that is told of changes; none of those that initiatives replace.
        self.told = {}
        for system, service in zip(estate.systems, estate.services()):
            if system["masters"] and system["interface"] and not system["flaw"]:
                self.told.setdefault(service, system)

    def parts(self, planned=None):
        """Folder, file name and documents. The order is fixed: one stream of random numbers runs through all of them.

        Planned initiatives stand in the place of the estate's own, in files that hold nothing else but decisions.
        """
        yield "organisations", "organisations", self.organisations()
        yield "capabilities", "capabilities", self.capability_documents()
        yield "technology", "technology", self.technology_documents()
        yield "data", "data", self.data_documents()
        yield "contracts", "contracts", self.contract_documents()
        yield "platforms", "platforms", self.platform_documents()
        yield "systems", "systems", self.system_documents()
        yield "systems", "interfaces", self.interface_documents()
        yield "services", "services", self.service_documents()
        yield "services", "collections", self.collections()
        yield "governance", "gates", self.gate_documents()
        yield "governance", "holds-and-freezes", self.holds_and_freezes()
        yield "governance", "restore-tests", self.restore_tests()
        if planned is None:
            yield "initiatives", "initiatives", insights(self.estate)
        else:
            yield "initiatives", "objectives", [OBJECTIVE]
            yield "initiatives", "initiatives", planned

    def organisations(self):
        yield organisation("modernisation-and-digital", "Modernisation and Digital", "hub")
        yield organisation("design-authority", "Design Authority", "hub", "modernisation-and-digital")
        for domain in DOMAINS:
            yield organisation(domain, f"Department for {domain}", "spoke")
            for unit in range(1, 4):
                yield organisation(f"{domain}-{unit}", f"{domain.capitalize()} division {unit}", "spoke", domain)
        for number in range(self.estate.suppliers):
            yield organisation(f"supplier-{number:04d}", f"Supplier {number}", "supplier")

    def capability_documents(self):
        for system, provided, _, _ in PLATFORMS:
            yield (
                f"kind: capability\nid: {provided}\nname: {title(provided)}\nprovenance: illustrative\ncommon: true\n"
                f"owner: modernisation-and-digital\ndesignated: [{system}]\n"
            )
        for capability, owner in sorted(set(self.estate.capabilities)):
            yield (
                f"kind: capability\nid: {capability}\nname: {title(capability)}\nprovenance: illustrative\n"
                f"common: false\nowner: {owner}\n"
            )

    def technology_documents(self):
        for name, category, status, active, retired in TECHNOLOGIES:
            yield (
                f"kind: technology\nid: {name}\nname: {title(name)}\nprovenance: illustrative\ncategory: {category}\n"
                f"status: {status}\nlifecycle: {{active: {active}, retired: {retired}}}\n"
            )
        for name in ("data-centre-east", "data-centre-west"):
            yield (
                f"kind: location\nid: {name}\nname: {title(name)}\nprovenance: illustrative\njurisdiction: Jersey\n"
                "adequacy: home\nzone: restricted\nclassification: official-sensitive\nfailureDomain: true\n"
            )

    def data_documents(self):
        for subject, identifier in SUBJECTS:
            yield f"kind: attribute\nid: {identifier}\nname: {title(identifier)}\nprovenance: illustrative\n"
            yield (
                f"kind: subject\nid: {subject}\nname: {title(subject)}\nprovenance: illustrative\n"
                f"identifier: {identifier}\n"
            )
        for domain in DOMAINS + ["security"]:
            owner = "modernisation-and-digital" if domain == "security" else domain
            yield (
                f"kind: recordsClass\nid: {domain}-records\nname: {title(domain)} records\nprovenance: illustrative\n"
                f"owner: {owner}\nretention: 7y\ntrigger: the matter is closed\npermanent: false\ndisposal: destroy\n"
                "earlyDisposal: false\nauthority: Retention schedule of the department\n"
            )
            yield f"kind: purpose\nid: {domain}-work\nname: {title(domain)} work\nprovenance: illustrative\n"
            yield (
                f"kind: attribute\nid: {domain}-reference\nname: {title(domain)} reference\n"
                "provenance: illustrative\n"
            )
        security = {
            "id": "security-events", "domain": "security", "personal": False, "special": False, "class": "official",
        }
        yield "kind: purpose\nid: carriage\nname: Carrying data for others\nprovenance: illustrative\n"
        self.asked = {system["masters"][0]["id"] for system in self.told.values()}
        for system in self.told.values():
            details = f"{system['masters'][0]['id']}-details"
            yield f"kind: attribute\nid: {details}\nname: {title(details)}\nprovenance: illustrative\n"
        for dataset in [security] + self.estate.datasets:
            yield self.dataset_document(dataset)

    def dataset_document(self, dataset):
        domain = dataset["domain"]
        purposes = sorted({f"{d}-work" for d in DOMAINS}) if not dataset["personal"] else [f"{domain}-work"]
        about = [] if domain == "security" else ["person" if dataset["personal"] else "premises"]
        keys = [f"{domain}-reference"] + [identifier for subject, identifier in SUBJECTS if subject in about]
        details = [f"{dataset['id']}-details"] if dataset["id"] in self.asked else []
        if dataset["special"]:
            purposes.append("carriage")
        steward = "modernisation-and-digital" if domain == "security" else domain
        return (
            f"kind: dataset\nid: {dataset['id']}\nname: {title(dataset['id'])}\nprovenance: illustrative\n"
            f"steward: {steward}\nclassification: {dataset['class']}\npersonal: {yes(dataset['personal'])}\n"
            f"specialCategory: {yes(dataset['special'])}\ncommon: false\ntransitory: false\n"
            f"about: {quoted(about)}\nattributes: {quoted(keys + details)}\nkeys: {quoted(keys)}\n"
            f"recordsClass: {domain}-records\nqualityAssessed: 2026-06-30\nquality: 97\n"
            "bases:\n  - id: main\n    condition: Law of the domain\n"
            f"    purposes: {quoted(purposes + (['security-work'] if domain == 'security' else []))}\n"
        )

    def contract_documents(self):
        for number, covered in self.estate.contracted.items():
            if not covered:
                continue
            supplier = f"supplier-{number:04d}"
            yield (
                f"kind: contract\nid: {supplier}-services\nname: Services of supplier {number}\n"
                f"provenance: illustrative\nowner: modernisation-and-digital\nsupplier: {supplier}\nfrom: 2015-01-01\n"
                "ends: 2038-12-31\nleadTime: 12m\nexitNotice: 6m\nprocessorTerms: true\nexitExport: true\n"
                f"covers: {quoted(covered)}\n"
            )
            yield (
                f"kind: certificate\nid: {supplier}-assurance\nname: Assurance of supplier {number}\n"
                f"provenance: illustrative\nholder: {supplier}\nscheme: Cyber Essentials Plus\nuntil: 2032-12-31\n"
                f"covers: {quoted(covered)}\n"
            )

    def platform_documents(self):
        for name, provided, recovery, below in PLATFORMS:
            purpose = "carriage" if name == "integration-platform" else "security-work"
            lines = [
                f"kind: system\nid: {name}\nname: {title(name)}\nsummary: Serves every department.\n"
                "provenance: illustrative\nowner: modernisation-and-digital\ntype: technical\n"
                "classification: official-sensitive\ncriticality: tier1\nexposure: internal\n"
                "hosting: government-data-centre\nenvironment: production\nsupportHours: round-the-clock\n"
                f"rto: {recovery}m\nrpo: 15m\nmfa: true\nredundant: true\nlifecycle: {{active: 2015-01-01}}\n"
                f"provides: [{provided}]\npurposes: [{purpose}]\nuses: [linux-platform]\n"
                f"platforms: {quoted(below)}\nlocations: [data-centre-east, data-centre-west]\n"
            ]
            if name == "security-monitoring":
                lines.append(
                    "holds: [security-events]\nmasterOf: [security-events]\nsearchable: true\n"
                    "recordsFunctions: [capture, search, retain, hold, dispose, export]\nexportFormats: [CSV]\n"
                )
            elif name == "integration-platform":
                lines.append("relays: [api, event, file]\nintegrations:\n" + security_log())
            elif name == "backup-vault":
                lines.append(f"immutable: true\ncopies: {quoted(self.copied())}\nintegrations:\n{security_log()}")
            else:
                lines.append("integrations:\n" + security_log())
            yield "".join(lines)

    def copied(self):
        """Whatever is critical or a master; the vault keeps its own copies."""
        platforms = [name for name, *_ in PLATFORMS if name != "backup-vault"]
        return platforms + [s["id"] for s in self.estate.systems if matters(s)]

    def restore_tests(self):
        """An exercise of each division and tier, for thirty systems at most, and one of the platforms."""
        platforms = [name for name, *_ in PLATFORMS if name != "backup-vault"]
        yield restore("platforms-restore", "modernisation-and-digital", "2026-09-15", "10m", "5m", platforms)
        groups = {}
        for system in self.estate.systems:
            if not matters(system):
                continue
            unit, tier = system["unit"], system["tier"]
            if system["flaw"] == "restore":
                # Tried, and not back in time.
                late = f"{RECOVERY[tier] // 60 * 2}h"
                yield restore(f"{system['id']}-restore", unit, "2026-08-14", late, LOST[tier], [system["id"]])
            else:
                groups.setdefault((unit, tier), []).append(system["id"])
        for (unit, tier), systems in groups.items():
            for start in range(0, len(systems), 30):
                day = f"2026-{2 + (len(systems) + start) % 9:02d}-{1 + len(systems) % 28:02d}"
                yield restore(
                    f"{unit}-{tier}-restore-{start // 30}", unit, day, f"{RECOVERY[tier] // 60 // 2}h", LOST[tier],
                    systems[start:start + 30])

    def collections(self):
        """What is told to a master once; all that keep it hear of it."""
        for service, system in self.told.items():
            data = system["masters"][0]["id"]
            yield (
                f"kind: collection\nid: {service}-details\nname: Change of details of {title(service)}\n"
                f"provenance: illustrative\nservice: {service}\nsystem: {system['id']}\nfrom: citizen\npurpose: new\n"
                f"authoritative: true\ncoverageTarget: 90\nattributes: [{data}-details]\n"
                f"authority: Law on {system['domain']}\n"
            )

    def holds_and_freezes(self):
        yield (
            "kind: hold\nid: fisheries-inquiry\nname: Inquiry into fisheries\nprovenance: illustrative\n"
            "lifecycle: {active: 2026-03-02}\ntargets: ['recordsClass:fisheries-records']\nauthority: courts\n"
        )
        services = sorted({s for s in self.estate.services() if s.startswith("revenue-")})
        yield (
            "kind: freeze\nid: end-of-the-tax-year\nname: End of the tax year\nprovenance: illustrative\n"
            "owner: revenue\nfrom: 2027-03-22\nuntil: 2027-04-06\n"
            f"covers: {quoted(f'service:{s}' for s in services)}\n"
        )

    def gate_documents(self):
        for stage, type, lane in GATES:
            yield (
                f"kind: gate\nid: {stage}\nname: Gate to {stage}\nprovenance: illustrative\nstage: {stage}\n"
                f"demands:\n  - {{id: {type}, name: {title(type)}, type: {type}, lane: {lane}}}\n"
            )

    def interface_documents(self):
        for system in self.estate.systems:
            if system["interface"]:
                version = "" if system["flaw"] == "promise" else "majorVersion: 1\n"
                yield (
                    f"kind: interface\nid: {interfaced(system)}\nname: Enquiries of {title(system['id'])}\n"
                    f"provenance: illustrative\nprovider: {system['id']}\nlifecycle: {{active: 2015-01-01}}\n"
                    "protocol: rest\nauth: client-certificate\nencryption: tls13\n"
                    f"classification: official-sensitive\n{version}spec: https://interfaces.example/{system['id']}\n"
                    f"exposes: {quoted(d['id'] for d in system['masters'])}\n"
                )

    def system_documents(self):
        for system in self.estate.systems:
            yield self.system_document(system)

    def system_document(self, system):
        r, flaw, tier = self.estate.random, system["flaw"], system["tier"]
        recovery = "unknown" if flaw == "recovery" else f"{RECOVERY[tier] // 60}h"
        classification = "public" if flaw == "classification" else system["class"]
        held = [d["id"] for d in system["data"]]
        exposed = system["exposure"] == "internet"
        lines = [
            f"kind: system\nid: {system['id']}\nname: {title(system['domain'])} {r.choice(WORK)} {system['number']}\n",
            f"summary: >-\n  {r.choice(SUMMARY)}\nprovenance: illustrative\n",
            "" if flaw == "owner" else f"owner: {system['unit']}\n",
            "" if system["supplier"] is None else f"supplier: supplier-{system['supplier']:04d}\n",
            f"type: business\nclassification: {classification}\ncriticality: {tier}\nexposure: {system['exposure']}\n",
            "hosting: government-data-centre\nenvironment: production\n",
            f"supportHours: {HOURS[tier]}\nrto: {recovery}\nrpo: {LOSS[tier]}\n",
            f"mfa: {yes(flaw != 'sign-in')}\nredundant: {yes(tier == 'tier1')}\n",
            f"lifecycle: {{active: {2015 + r.randrange(11)}-{r.randrange(12) + 1:02d}-01}}\n",
            f"provides: [{system['provides']}]\nholds: {quoted(held)}\n",
            f"masterOf: {quoted([d['id'] for d in system['masters']])}\npurposes: [{system['domain']}-work]\n",
            "searchable: true\nrecordsFunctions: [capture, search, retain, hold, dispose, export]\n",
            "exportFormats: [CSV, PDF/A]\n",
            f"uses: [linux-platform, {'old-runtime' if flaw == 'technology' else 'managed-runtime'}]\n",
            "platforms: [server-platform]\n",
            f"signsInWith: [{'digital-identity' if exposed else 'workforce-identity'}]\n",
            "locations: [data-centre-east, data-centre-west]\nintegrations:\n",
        ]
        lines += [self.integration(system, *join) for join in system["joins"]]
        if flaw == "circle" and system["waits"] == [] and system["number"] + 1 < self.estate.size:
            lines.append(link(self.estate.system_id(system["number"] + 1), "api", "query", [], True, "circle",
                              calls=self.estate.systems[system["number"] + 1], caller=system))
        if flaw == "reference":
            lines.append(link(f"system-gone-{system['number']}", "event", "feed", [], True, None))
        lines.append(security_log())
        return "".join(lines)

    def integration(self, system, number, fetched, waits):
        other = self.estate.systems[number]
        encrypted = system["flaw"] != "encryption"
        waits = waits or system["flaw"] == "inversion"
        text = link(
            other["id"], "api" if waits else "event", "query" if waits else "feed",
            [fetched["id"]] if fetched else [], encrypted, None,
            calls=other if waits and other["interface"] else None, caller=system, direct=system["flaw"] == "line")
        if fetched and fetched["personal"]:
            text += f"    keptFor: {'10y' if system['flaw'] == 'keeping' else '5y'}\n"
        if fetched and fetched["personal"] and other["unit"] != system["unit"]:
            text += "    sharingAuthority: Agreement between the two divisions\n"
        return text + f"    purposes: [{system['domain']}-work]\n"

    def service_documents(self):
        by_domain = {domain: [] for domain in DOMAINS}
        for system in self.estate.systems:
            by_domain[system["domain"]].append(system)
        for domain, systems in by_domain.items():
            for start in range(0, len(systems), 12):
                group = systems[start:start + 12]
                tier = min((s["tier"] for s in group), key=TIERS.index)
                name = f"{domain}-service-{start // 12:04d}"
                yield (
                    f"kind: service\nid: {name}\nname: {title(name)}\nprovenance: illustrative\nowner: {domain}\n"
                    f"criticality: {tier}\nchannels: [web, counter]\nusers: [citizen, business]\n"
                    f"rto: {max(self.estate.recovery(s) for s in group) // 60 + 1}h\nhours: {HOURS[tier]}\n"
                    "redundant: false\nobjectives: [joined-up]\nautomatedDecision: false\nchildrensData: false\n"
                    f"lifecycle: {{active: 2015-01-01}}\nsupportedBy: {quoted(s['id'] for s in group)}\n"
                    f"requires: {quoted(sorted({s['provides'] for s in group}))}\n"
                )


def organisation(name, long_name, role, parent=None):
    above = f"parent: {parent}\n" if parent else ""
    return (
        f"kind: organisation\nid: {name}\nname: {long_name}\nprovenance: illustrative\nrole: {role}\n{above}"
        "lifecycle: {active: 2010-01-01}\n"
    )


def matters(system):
    return system["tier"] in ("tier1", "tier2") or bool(system["masters"])


def interfaced(system):
    return f"{system['id']}-enquiries"


def credential(system, caller):
    return f"{system['id']}-callers" if system["flaw"] == "credential" else caller["id"]


def restore(id, by, day, took, lost, systems):
    targets = [f"system:{s}" for s in systems]
    return evidence(id, "restore-test", by, day, targets, f"restoredIn: {took}\nlost: {lost}\n")


def link(target, style, use, fetched, encrypted, own_id, calls=None, caller=None, direct=False):
    named = f"    id: {own_id}\n" if own_id else ""
    return (
        f"  - to: {target}\n{named}    style: {style}\n    use: {use}\n    carries: []\n"
        f"    fetches: {quoted(fetched)}\n    via: {'[]' if direct else '[integration-platform]'}\n"
        f"    encryption: {'tls13' if encrypted else 'none'}\n"
        "    auth: client-certificate\n    transformation: none\n    persist: true\n"
        + (f"    interface: {interfaced(calls)}\n    credential: {credential(calls, caller)}\n" if calls else "")
    )


def security_log():
    return (
        "  - to: security-monitoring\n    id: security-log\n    style: event\n    use: security-events\n"
        "    carries: [security-events]\n    encryption: tls13\n    auth: client-certificate\n"
        "    transformation: none\n    persist: true\n    purposes: [security-work]\n"
    )
