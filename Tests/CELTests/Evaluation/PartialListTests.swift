import CEL
import Testing

@Suite struct PartialListTests {
  @Test(
    "`exists` is true on a certain element, else unknown if one is possible or the list open, else false",
    arguments: [
      Expectation("self.holds.exists(d, d == 'cases')", of: "permits", is: "true"),
      Expectation("self.holds.exists(d, d == 'trader')", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.exists(d, d == 'invoices')", of: "permits", is: "false"),
      Expectation("self.holds.exists(d, d == 'cases')", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation(
        "self.holds.exists(d, d.classification == 'secret')", of: "portal", is: "unknown(trader.classification)"),
      Expectation("self.holds.exists(d, 1 / 0 == 1)", of: "hub", is: "error divisionByZero"),
      Expectation("self.holds.exists(d, d == 'cases' || 1 / 0 == 1)", of: "hub", is: "true"),
      Expectation("[].exists(d, d == 1)", is: "false"),
    ])
  func exists(item: Expectation) { item.verify() }

  @Test(
    "`all` is false on a certain element, else unknown if one may fail or the list is open, else true",
    arguments: [
      Expectation("self.holds.all(d, d == 'trader')", of: "permits", is: "false"),
      Expectation("self.holds.all(d, d == 'cases')", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.all(d, d != 'invoices')", of: "permits", is: "true"),
      Expectation("self.holds.all(d, true)", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.uses.all(s, s.mfa)", of: "hub", is: "false"),
      Expectation("every(system).all(s, s.mfa || s.users > 10)", is: "true"),
      Expectation("[].all(d, d == 1)", is: "true"),
    ])
  func all(item: Expectation) { item.verify() }

  @Test(
    "`existsOne` counts the certain elements, and is undecided where a possible one could change the answer",
    arguments: [
      Expectation("self.holds.existsOne(d, d == 'cases')", of: "permits", is: "true"),
      Expectation("self.holds.existsOne(d, d.id != 'x')", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.existsOne(d, d.id != 'x')", of: "hub", is: "false"),
      Expectation("self.holds.existsOne(d, d == 'cases')", of: "ledger", is: "unknown(ledger.holds)"),
    ])
  func existsOne(item: Expectation) { item.verify() }

  @Test(
    "`in` is true for a certain element, else unknown if it is possible or the list open, else false",
    arguments: [
      Expectation("'cases' in self.holds", of: "permits", is: "true"),
      Expectation("'trader' in self.holds", of: "permits", is: "unknown(permits.holds)"),
      Expectation("'invoices' in self.holds", of: "permits", is: "false"),
      Expectation("'cases' in self.holds", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.classification in ['official', 'secret']", of: "hub", is: "true"),
      Expectation("self.classification in ['official', 'secret']", of: "vault", is: "unknown(vault.classification)"),
      Expectation("self.classification in [self.classification]", of: "vault", is: "unknown(vault.classification)"),
      Expectation("self.leader in [other]", of: "hub", is: "unknown(hub.leader)"),
      Expectation("self.leader in []", of: "hub", is: "unknown(hub.leader)"),
    ])
  func membership(item: Expectation) { item.verify() }

  @Test(
    "`filter` with an undecided condition makes the element possible, `map` to an unknown opens the list",
    arguments: [
      Expectation("self.uses.filter(s, s.mfa)", of: "hub", is: "[archive]"),
      Expectation("every(system).filter(s, s.users < 30)", is: "[archive, billing, vault?(vault.users)]"),
      Expectation(
        "self.holds.filter(d, d.classification == 'secret')", of: "permits",
        is: "[trader?(permits.holds, trader.classification)]"),
      Expectation("self.holds.filter(d, d == 'cases')", of: "ledger", is: "[…(ledger.holds)]"),
      Expectation("self.sends.map(f, f.destination)", of: "hub", is: "[billing, caesar]"),
      Expectation("self.sends.map(f, f.destination)", of: "billing", is: "[…(billing-out.destination)]"),
      Expectation("self.holds.map(d, d.id)", of: "permits", is: "['cases', 'trader'?(permits.holds)]"),
      Expectation(
        "self.holds.map(d, d.classification)", of: "permits",
        is: "[official-sensitive, …(permits.holds, trader.classification)]"),
      Expectation("every(system).map(s, s.users < 20, s.id)", is: "['archive', 'vault'?(vault.users)]"),
      Expectation("[1, self.users, 3]", of: "vault", is: "[1, 3, …(vault.users)]"),
      Expectation("every(system).filter(s, 1 / 0 == 1)", is: "error divisionByZero"),
    ])
  func making(item: Expectation) { item.verify() }

  @Test(
    "`+`, `flatten`, `distinct`, `of` and `reverse` carry possible elements and openness",
    arguments: [
      Expectation("self.holds + other.holds", of: "permits", is: "[cases, trader?(permits.holds), invoices]"),
      Expectation("self.holds + other.holds", of: "ledger", is: "[invoices, …(ledger.holds)]"),
      Expectation(
        "(self.holds + other.holds + other.holds).distinct()", of: "ledger",
        is: "[invoices, …(ledger.holds)]"),
      Expectation("(self.holds + every(dataset)).distinct()", of: "permits", is: "[cases, trader, invoices]"),
      Expectation("(self.holds + self.holds).distinct()", of: "permits", is: "[cases, trader?(permits.holds)]"),
      Expectation(
        "every(system).map(s, s.holds).flatten().distinct()",
        is: "[invoices, cases, trader, …(ledger.holds)]"),
      Expectation(
        "every(system).filter(s, s.users < 30).map(s, s.uses).flatten()",
        is: "[billing, caesar, …(vault.users, vault.uses)]"),
      Expectation("self.holds.of(dataset)", of: "permits", is: "[cases, trader?(permits.holds)]"),
      Expectation("self.holds.reverse()", of: "permits", is: "[trader?(permits.holds), cases]"),
      Expectation(
        "[[self.holds], [other.holds]].flatten().flatten()", of: "permits",
        is: "[cases, trader?(permits.holds), invoices]"),
    ])
  func carrying(item: Expectation) { item.verify() }

  @Test(
    "`common` is what all lists hold, possibly where one possibly holds it",
    arguments: [
      Expectation("self.needs.common()", is: "[billing]"), Expectation("self.needs.common()", of: "archive", is: "[]"),
      Expectation("self.needs.common()", of: "portal", is: "[]"),
      Expectation("[self.holds, every(dataset)].common()", of: "permits", is: "[cases, trader?(permits.holds)]"),
      Expectation("[self.holds, other.holds].common()", of: "ledger", is: "[invoices?(ledger.holds)]"),
      Expectation("[self.holds, other.holds].common()", of: "hub", is: "[invoices]"),
      Expectation("[self.holds, self.holds].common()", of: "ledger", is: "[…(ledger.holds)]"),
      Expectation("[self.holds].common()", of: "permits", is: "[cases, trader?(permits.holds)]"),
      Expectation(
        "every(system).filter(s, s.id == 'hub' || s.mfa && s.id == 'portal').map(s, s.holds).common()",
        is: "[cases?(portal.mfa), invoices?(portal.mfa)]"),
    ])
  func common(item: Expectation) { item.verify() }

  @Test(
    "Functions that need the whole list are unknown over one that is not known for certain",
    arguments: [
      Expectation("self.holds.map(d, 1).sum()", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.holds.first()", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.holds.map(d, d.id).max()", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds[0]", of: "permits", is: "cases"),
      Expectation("self.holds[1]", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds[5]", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.holds[5]", of: "hub", is: "error indexOutOfRange"),
      Expectation("self.uses.map(s, s.users).sum()", is: "90"),
      Expectation("self.uses.map(s, s.users).max(0)", is: "60"),
      Expectation("[].map(s, 1).max(7)", is: "7"),
    ])
  func whole(item: Expectation) { item.verify() }

  @Test(
    "Sorting and grouping keep what is possible, and an unknown key may be anywhere",
    arguments: [
      Expectation("self.uses.sortBy(s, -s.users)", is: "[permits, billing, archive]"),
      Expectation("self.holds.sortBy(d, d.id)", of: "permits", is: "[cases, trader?(permits.holds)]"),
      Expectation("every(system).sortBy(s, s.users)", is: "unknown(vault.users)"),
      Expectation(
        "self.uses.groupBy(s, s.classification)", is: "[(public, [billing]), (official, [archive, permits])]"),
      Expectation("self.uses.groupBy(s, s.classification).map(g, g.key)", is: "[public, official]"),
      Expectation("self.uses.countBy(s, s.classification)", is: "[(public, 1), (official, 2)]"),
      Expectation("self.uses.countBy(s, s.classification).map(c, c.count * 2)", is: "[2, 4]"),
      Expectation(
        "self.uses.groupBy(s, s.classification).filter(g, g.items.size() > 1).map(g, g.items).flatten()",
        is: "[archive, permits]"),
      Expectation(
        "self.holds.groupBy(d, d.id)", of: "permits",
        is: "[('cases', [cases]), ('trader', [trader?(permits.holds)])?(permits.holds)]"),
      Expectation(
        "(self.holds + every(dataset)).groupBy(d, d.classification)", of: "portal",
        is:
          "[(official, [invoices, …(trader.classification)]), (official-sensitive, [cases, …(trader.classification)]), …(trader.classification)]"
      ),
      Expectation("[3, 1, 2, 1].groupBy(n, n % 2 == 1).map(g, g.items)", is: "[[2], [3, 1, 1]]"),
      Expectation("[3, 1, 2].sortBy(n, n)", is: "[1, 2, 3]"),
    ])
  func grouping(item: Expectation) { item.verify() }
}
