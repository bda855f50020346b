"""The documents of an estate, in the vocabulary of this project's metamodel, as YAML text."""

from estate import DOMAINS, RECOVERY, TIERS, WORK

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
OBJECTIVE = (
    "kind: objective\nid: joined-up\nname: Services that know what government knows\nprovenance: illustrative\n"
    "owner: design-authority\n"
)
LOSS = {"tier4": "24h", "tier3": "4h", "tier2": "1h", "tier1": "15m"}
HOURS = {"tier4": "office", "tier3": "office", "tier2": "extended", "tier1": "round-the-clock"}


class Documents:
    def __init__(self, estate):
        self.estate = estate

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
        yield "services", "services", self.service_documents()
        if planned is None:
            yield "initiatives", "initiatives", self.initiative_documents()
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
        for domain in DOMAINS + ["security"]:
            owner = "modernisation-and-digital" if domain == "security" else domain
            yield (
                f"kind: recordsClass\nid: {domain}-records\nname: {title(domain)} records\nprovenance: illustrative\n"
                f"owner: {owner}\nretention: 7y\ntrigger: the matter is closed\npermanent: false\ndisposal: destroy\n"
                "authority: Retention schedule of the department\n"
            )
            yield f"kind: purpose\nid: {domain}-work\nname: {title(domain)} work\nprovenance: illustrative\n"
            yield (
                f"kind: attribute\nid: {domain}-reference\nname: {title(domain)} reference\n"
                "provenance: illustrative\n"
            )
        security = {
            "id": "security-events", "domain": "security", "personal": False, "special": False, "class": "official",
        }
        for dataset in [security] + self.estate.datasets:
            yield self.dataset_document(dataset)

    def dataset_document(self, dataset):
        domain = dataset["domain"]
        purposes = sorted({f"{d}-work" for d in DOMAINS}) if not dataset["personal"] else [f"{domain}-work"]
        steward = "modernisation-and-digital" if domain == "security" else domain
        return (
            f"kind: dataset\nid: {dataset['id']}\nname: {title(dataset['id'])}\nprovenance: illustrative\n"
            f"steward: {steward}\nclassification: {dataset['class']}\npersonal: {yes(dataset['personal'])}\n"
            f"specialCategory: {yes(dataset['special'])}\ncommon: false\ntransitory: false\n"
            f"attributes: [{domain}-reference]\nkeys: [{domain}-reference]\nrecordsClass: {domain}-records\n"
            f"qualityAssessed: 2026-06-30\nbases:\n  - id: main\n    condition: Law of the domain\n"
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
                "ends: 2038-12-31\nleadTime: 12m\nprocessorTerms: true\nexitExport: true\n"
                f"covers: {quoted(covered)}\n"
            )
            yield (
                f"kind: certificate\nid: {supplier}-assurance\nname: Assurance of supplier {number}\n"
                f"provenance: illustrative\nholder: {supplier}\nscheme: Cyber Essentials Plus\nuntil: 2032-12-31\n"
                f"covers: {quoted(covered)}\n"
            )

    def platform_documents(self):
        for name, provided, recovery, below in PLATFORMS:
            lines = [
                f"kind: system\nid: {name}\nname: {title(name)}\nsummary: Serves every department.\n"
                "provenance: illustrative\nowner: modernisation-and-digital\ntype: technical\n"
                "classification: official-sensitive\ncriticality: tier1\nexposure: internal\n"
                "hosting: government-data-centre\nenvironment: production\nsupportHours: round-the-clock\n"
                f"rto: {recovery}m\nrpo: 15m\nmfa: true\nredundant: true\nlifecycle: {{active: 2015-01-01}}\n"
                f"provides: [{provided}]\npurposes: [security-work]\nuses: [linux-platform]\n"
                f"platforms: {quoted(below)}\nlocations: [data-centre-east, data-centre-west]\n"
            ]
            if name == "security-monitoring":
                lines.append(
                    "holds: [security-events]\nmasterOf: [security-events]\nsearchable: true\n"
                    "recordsFunctions: [capture, search, retain, hold, dispose, export]\nexportFormats: [csv]\n"
                )
            else:
                lines.append("integrations:\n" + security_log())
            yield "".join(lines)

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
            "exportFormats: [csv, pdf-a]\n",
            f"uses: [linux-platform, {'old-runtime' if flaw == 'technology' else 'managed-runtime'}]\n",
            "platforms: [server-platform]\n",
            f"signsInWith: [{'digital-identity' if exposed else 'workforce-identity'}]\n",
            "locations: [data-centre-east, data-centre-west]\nintegrations:\n",
        ]
        lines += [self.integration(system, *join) for join in system["joins"]]
        if flaw == "circle" and system["waits"] == [] and system["number"] + 1 < self.estate.size:
            lines.append(link(self.estate.system_id(system["number"] + 1), "api", "query", [], True, "circle"))
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
            [fetched["id"]] if fetched else [], encrypted, None)
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
                    "redundant: false\nautomatedDecision: false\nchildrensData: false\n"
                    f"lifecycle: {{active: 2015-01-01}}\nsupportedBy: {quoted(s['id'] for s in group)}\n"
                    f"requires: {quoted(sorted({s['provides'] for s in group}))}\n"
                )

    def initiative_documents(self):
        r = self.estate.random
        yield OBJECTIVE
        joined = {target for s in self.estate.systems for target, _, _ in s["joins"]}
        leaves = [s["id"] for s in reversed(self.estate.systems) if s["number"] not in joined]
        sources = [s for s in self.estate.systems if s["masters"] and not s["masters"][0]["personal"] and not s["flaw"]]
        for number in range(max(4, self.estate.size // 50)):
            source = sources[number % len(sources)]
            name, data = f"initiative-{number:05d}", source["masters"][0]["id"]
            stage = r.choice(["idea", "proposal", "design", "build", "transition"])
            day = f"{2027 + number % 3}-{r.randrange(12) + 1:02d}-{r.randrange(28) + 1:02d}"
            yield (
                f"kind: initiative\nid: {name}\nname: {title(source['domain'])} insight {number}\n"
                f"summary: Shows officers what the source knows.\nprovenance: illustrative\nowner: {source['unit']}\n"
                f"stage: {stage}\ngoLive: {day}\nobjectives: [joined-up]\nneeds: [system-integration]\n"
                "dpia: {status: approved, date: 2026-11-01}\nadds:\n"
                f"  - kind: system\n    id: {name}-view\n    name: {title(source['domain'])} view {number}\n"
                f"    provenance: illustrative\n    owner: {source['unit']}\n    type: business\n"
                "    classification: official-sensitive\n    criticality: tier4\n    exposure: internal\n"
                "    hosting: government-data-centre\n    environment: production\n    supportHours: office\n"
                f"    rto: 72h\n    rpo: 24h\n    mfa: true\n    lifecycle: {{active: {day}}}\n"
                f"    provides: [{source['provides']}]\n    holds: [{data}]\n    purposes: [{source['domain']}-work]\n"
                "    searchable: true\n    recordsFunctions: [capture, search, retain, hold, dispose, export]\n"
                "    exportFormats: [csv]\n    uses: [linux-platform]\n    platforms: [server-platform]\n"
                "    signsInWith: [workforce-identity]\n    locations: [data-centre-east, data-centre-west]\n"
                f"  - kind: integration\n    id: feed\n    from: {name}-view\n    to: {source['id']}\n"
                f"    style: event\n    use: feed\n    carries: []\n    fetches: [{data}]\n"
                f"    via: [integration-platform]\n    encryption: tls13\n    auth: client-certificate\n"
                f"    purposes: [{source['domain']}-work]\n"
                f"  - kind: integration\n    id: security-log\n    from: {name}-view\n    to: security-monitoring\n"
                "    style: event\n    use: security-events\n    carries: [security-events]\n"
                "    purposes: [security-work]\n    encryption: tls13\n    auth: client-certificate\n"
                f"changes:\n  - ref: system:{source['id']}\n    set: {{exportFormats: [csv, pdf-a, xml]}}\n"
                + (f"retires: [{{ref: 'system:{leaves[number]}', date: {day}}}]\n" if number % 10 == 9 else "")
            )
            if stage in ("build", "transition"):
                yield (
                    f"kind: decision\nid: {name}-approval\nname: Approval of initiative {number}\n"
                    "provenance: illustrative\ndate: 2026-10-15\noutcome: approved\nby: design-authority\n"
                    f"targets: [initiative:{name}]\n"
                )


def quoted(items):
    return "[" + ", ".join(items) + "]"


def title(name):
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def yes(value):
    return "true" if value else "false"


def organisation(name, long_name, role, parent=None):
    above = f"parent: {parent}\n" if parent else ""
    return (
        f"kind: organisation\nid: {name}\nname: {long_name}\nprovenance: illustrative\nrole: {role}\n{above}"
        "lifecycle: {active: 2010-01-01}\n"
    )


def link(target, style, use, fetched, encrypted, own_id):
    named = f"    id: {own_id}\n" if own_id else ""
    return (
        f"  - to: {target}\n{named}    style: {style}\n    use: {use}\n    carries: []\n"
        f"    fetches: {quoted(fetched)}\n    via: [integration-platform]\n"
        f"    encryption: {'tls13' if encrypted else 'none'}\n"
        "    auth: client-certificate\n    transformation: none\n    persist: true\n"
    )


def security_log():
    return (
        "  - to: security-monitoring\n    id: security-log\n    style: event\n    use: security-events\n"
        "    carries: [security-events]\n    encryption: tls13\n    auth: client-certificate\n"
        "    transformation: none\n    persist: true\n    purposes: [security-work]\n"
    )
