"""The shape of an invented estate: which systems there are, what they hold, and what they are joined to."""

import random

DOMAINS = [
    "archives", "benefits", "children", "courts", "customs", "education", "environment", "fisheries", "health",
    "housing", "land", "licensing", "pensions", "planning", "policing", "ports", "revenue", "roads", "sport", "waste",
]
WORK = ["assessment", "billing", "case file", "enforcement", "inspection", "permit", "register", "roster", "statement"]
MATTER = ["appeal", "asset", "certificate", "claim", "fee", "grant", "household", "notice", "premises", "visit"]
TIERS = ["tier4", "tier3", "tier2", "tier1"]
RECOVERY = {"tier4": 72 * 60, "tier3": 24 * 60, "tier2": 8 * 60, "tier1": 2 * 60}
RANK = {"public": 0, "official": 1, "official-sensitive": 2}
FLAWS = [
    "classification", "owner", "encryption", "technology", "reference", "recovery", "sign-in", "contract", "inversion",
    "circle", "restore", "promise", "keeping",
    "credential", "line",
]


class Estate:
    def __init__(self, size, seed):
        self.size = size
        self.seed = seed
        self.random = random.Random(f"triglyph/{size}/{seed}")
        self.width = max(5, len(str(size)))
        self.suppliers = max(6, size // 60)
        self.datasets = []
        self.capabilities = []
        self.systems = []
        self.flawed = 0
        self.contracted = {n: [] for n in range(self.suppliers)}

    def system_id(self, number):
        return f"system-{number:0{self.width}d}"

    def plan(self):
        """Decides about every system before anything is written: domain, tier, data, and what it is joined to."""
        everyone, by_domain = [], {domain: [] for domain in DOMAINS}
        for number in range(self.size):
            system = self.plan_system(number)
            for target in self.targets(system, everyone, by_domain):
                self.join(system, self.systems[target])
                everyone.append(target)
                by_domain[self.systems[target]["domain"]].append(target)
            system["chain"] = max([system["chain"]] + [self.recovery(self.systems[t]) for t in system["waits"]])
            system["class"] = max((d["class"] for d in system["data"]), key=RANK.get, default="official")
            if system["exposure"] == "internet":
                system["class"] = max(system["class"], "official", key=RANK.get)
            elif RANK[system["class"]] < 1 or self.random.random() < 0.5:
                system["class"] = "official-sensitive"
            self.systems.append(system)
            everyone.append(number)
            by_domain[system["domain"]].append(number)
        self.plan_interfaces()

    def plan_interfaces(self):
        """What another division waits for is a published interface; so is what would be worth to be asked."""
        consumers = [0] * self.size
        for system in self.systems:
            for target, _, waits in system["joins"]:
                other = self.systems[target]
                consumers[target] += 1
                if (waits or system["flaw"] == "inversion") and other["unit"] != system["unit"]:
                    other["interface"] = True
            if system["flaw"] == "circle" and system["number"] + 1 < self.size:
                self.systems[system["number"] + 1]["interface"] = True
        for system in self.systems:
            if consumers[system["number"]] == 2 and system["tier"] != "tier4" and system["exposure"] == "internal":
                system["interface"] = True

    def services(self):
        """The service that each system supports: a domain's systems in their order, twelve for each."""
        seen, result = {}, []
        for system in self.systems:
            position = seen.get(system["domain"], 0)
            seen[system["domain"]] = position + 1
            result.append(f"{system['domain']}-service-{position // 12:04d}")
        return result

    def plan_system(self, number):
        r = self.random
        domain = r.choice(DOMAINS)
        system = {
            "number": number, "id": self.system_id(number), "domain": domain, "unit": f"{domain}-{r.randrange(3) + 1}",
            "tier": r.choices(TIERS, [4, 4, 2, 0.4])[0], "data": [], "masters": [], "joins": [], "waits": [],
            "exposure": "internet" if r.random() < 0.1 else "internal", "chain": 60, "flaw": None, "supplier": None,
            "interface": False,
        }
        if r.random() < 0.02:
            system["flaw"] = FLAWS[self.flawed % len(FLAWS)]
            self.flawed += 1
        if system["tier"] in ("tier3", "tier4") and r.random() < 0.4:
            system["supplier"] = int(self.suppliers * r.random() ** 2)
            if system["flaw"] != "contract":
                self.contracted[system["supplier"]].append(system["id"])
        if r.random() < 0.4 or number < len(DOMAINS):
            system["masters"].append(self.plan_dataset(system))
            system["data"] += system["masters"]
        provided = f"{system['unit']}-{r.choice(WORK).replace(' ', '-')}-{r.choice(MATTER)}"
        system["provides"] = provided
        self.capabilities.append((provided, system["unit"]))
        return system

    def plan_dataset(self, system):
        r = self.random
        personal = system["exposure"] == "internal" and r.random() < 0.5
        dataset = {
            "id": f"{system['domain']}-data-{len(self.datasets):0{self.width}d}", "domain": system["domain"],
            "personal": personal, "special": personal and r.random() < 0.1,
            "class": "official-sensitive" if personal else "official",
        }
        self.datasets.append(dataset)
        return dataset

    def targets(self, system, everyone, by_domain):
        r, found = self.random, []
        # With its feed to the security monitoring, three integrations a system.
        wanted = min(2, system["number"])
        for _ in range(20):
            if len(found) == wanted:
                break
            near = by_domain[system["domain"]]
            pool = near if near and r.random() < 0.6 else everyone
            target = r.choice(pool)
            if target not in found:
                found.append(target)
        return found

    def join(self, system, other):
        """The newer system fetches a dataset; what is sensitive stays in its domain and away from the internet."""
        open_end = "internet" in (system["exposure"], other["exposure"])
        allowed = [
            d for d in other["data"]
            if not (d["personal"] and (open_end or system["domain"] != d["domain"])) and d not in system["data"]
        ]
        fetched = self.random.choice(allowed) if allowed else None
        waits = TIERS.index(other["tier"]) > TIERS.index(system["tier"])
        if fetched:
            system["data"].append(fetched)
        if waits:
            system["waits"].append(other["number"])
        system["joins"].append((other["number"], fetched, waits))

    @staticmethod
    def recovery(system):
        return RECOVERY[system["tier"]] + system["chain"]
