import Testing

/// Where a list, a map, an optional or a record holds what is not known, nothing is decided that the missing fact could
/// decide otherwise.
@Suite struct UndecidedElementTests {
  @Test(
    "The bounds of a size hold for the size itself, and not for what is worked out from it",
    arguments: [
      Expectation("self.holds.size() + 1 == 3", of: "permits", is: "unknown(permits.holds)"),
      Expectation("-self.holds.size() > 0", of: "permits", is: "unknown(permits.holds)"),
      Expectation("(self.holds.size() > 1 ? 10 : 0) == 10", of: "permits", is: "unknown(permits.holds)"),
      Expectation("(self.holds.size() == 1 ? self : other).users == 60", of: "permits", is: "unknown(permits.holds)"),
      Expectation("[self.holds.size(), 5].max() == 5", of: "permits", is: "unknown(permits.holds)"),
      Expectation("[self.holds.size()][0] == 7", of: "permits", is: "unknown(permits.holds)"),
      Expectation("cel.bind(n, self.holds.size(), n == 3)", of: "permits", is: "false"),
    ])
  func bounds(item: Expectation) { item.verify() }

  @Test(
    "Lists and records that may be equal are not counted as different ones",
    arguments: [
      Expectation("[self.holds, every(dataset)].distinct().size() == 2", of: "permits", is: "true"),
      Expectation(
        "[self.holds, [every(dataset)[0]]].distinct().size() == 2", of: "permits", is: "unknown(permits.holds)"),
      Expectation("[self.contact, self.contact].distinct().size() == 2", of: "hub", is: "unknown(hub.contact)"),
      Expectation("[self.contact, self.contact].distinct().size() > 2", of: "hub", is: "false"),
      Expectation("every(dataset).groupBy(d, self.holds).size() == 3", of: "permits", is: "unknown(permits.holds)"),
      Expectation("[self.contact, self.contact].groupBy(c, c).all(g, g.items.size() == 1)", is: "unknown(hub.contact)"),
      Expectation(
        "[[self.holds], [[every(dataset)[0]]]].common().size() == 0", of: "permits", is: "unknown(permits.holds)"),
    ])
  func equality(item: Expectation) { item.verify() }

  @Test(
    "What is common to lists that are only possibly there is only possible",
    arguments: [
      Expectation("[self].filter(s, s.mfa).map(s, s.uses).common()", of: "portal", is: "[hub?(portal.mfa)]"),
      Expectation(
        "([self.holds] + every(system).filter(s, s.id == 'portal' && s.mfa).map(s, s.holds)).common()", of: "ledger",
        is: "[trader?(ledger.holds), …(ledger.holds, portal.mfa)]"),
    ])
  func common(item: Expectation) { item.verify() }

  @Test(
    "Where an element stands is not known while others may stand before it",
    arguments: [
      Expectation("[self.users, 3][0] == 3", of: "vault", is: "unknown(vault.users)"),
      Expectation("[self.users, 3][?0] == optional.of(3)", of: "vault", is: "unknown(vault.users)"),
      Expectation(
        "every(system).filter(s, s.mfa).exists(i, s, s == 'vault' && i == 5)", is: "unknown(portal.mfa)"),
      Expectation("every(system).filter(s, s.mfa).exists(i, s, s == 'ledger' && i == 3)", is: "true"),
      Expectation(
        "every(system).filter(s, s.mfa).transformList(i, s, i)", is: "[0, 1, 2, 3, 4?(portal.mfa), …(portal.mfa)]"),
    ])
  func positions(item: Expectation) { item.verify() }

  /// `permits` is there for certain, but before or behind `caesar`.
  static let unordered =
    "(self.perhaps.filter(s, s == 'permits') + other.uses + every(system).filter(s, s == 'permits')).distinct()"

  @Test(
    "A list whose elements are known and whose order is not",
    arguments: [
      ("$.size() == 2", "true"), ("$.exists(s, s == 'permits')", "true"), ("'caesar' in $", "true"),
      ("$.map(s, s.users).max()", "60"), ("$.map(s, s.users).sum()", "90"),
      ("$[0] == 'permits'", "unknown(archive.perhaps)"), ("$ == $", "unknown(archive.perhaps)"),
      ("$ == [self]", "false"), ("$.first()", "unknown(archive.perhaps)"),
      ("$.reverse().last()", "unknown(archive.perhaps)"), ("$.filter(s, s == 'permits')[0]", "permits"),
      ("$.map(s, s.id) == ['permits', 'caesar']", "unknown(archive.perhaps)"),
      ("[$, []].flatten()[0]", "unknown(archive.perhaps)"), ("($ + [self])[2]", "unknown(archive.perhaps)"),
      ("$.sortBy(s, s.users)[0]", "unknown(archive.perhaps)"), ("$.exists(i, s, i > 5)", "unknown(archive.perhaps)"),
    ])
  func order(text: String, expected: String) {
    Expectation(text.replacing("$", with: Self.unordered), of: "archive", is: expected).verify()
  }

  @Test("Within a limit, a possible short cut to what is reached anyway leads further")
  func shortCut() {
    Expectation(
      "self.closure(s, s.uses + every(system).filter(t, s == 'portal' && s.mfa && t == 'permits'), 2)", of: "portal",
      is: "[hub, archive, billing, permits, ledger?(portal.mfa)]"
    ).verify()
  }

  @Test(
    "`in` and `==` of lists, maps, optionals and records are unknown where what they hold decides",
    arguments: [
      Expectation("[self.holds] == [self.holds]", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds == every(dataset)", of: "permits", is: "false"),
      Expectation("self.holds in [every(dataset)]", of: "permits", is: "false"),
      Expectation("self.holds in [self.holds]", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds in [[every(dataset)[0]]]", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.contact == self.contact", is: "unknown(hub.contact)"),
      Expectation("self.contact in [self.contact]", is: "unknown(hub.contact)"),
      Expectation("self.contact != self.contact", is: "unknown(hub.contact)"),
      Expectation("optional.of(self.contact) == optional.of(self.contact)", is: "unknown(hub.contact)"),
      Expectation("optional.of(self.holds) == optional.of(self.holds)", of: "permits", is: "unknown(permits.holds)"),
      Expectation("optional.of(self.holds) == optional.none()", of: "permits", is: "false"),
      Expectation("optional.of(self.users).orValue(3)", of: "vault", is: "unknown(vault.users)"),
      Expectation("optional.ofNonZeroValue(self.holds).hasValue()", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("optional.none().orValue(self.holds.size()) == 3", of: "permits", is: "false"),
      Expectation(
        "[optional.of(self.holds), optional.of([every(dataset)[0]])].distinct().size() == 2", of: "permits",
        is: "unknown(permits.holds)"),
      Expectation("{'a': self.holds} == {'a': self.holds}", of: "permits", is: "unknown(permits.holds)"),
      Expectation("{'a': self.holds} == {'a': every(dataset)}", of: "permits", is: "false"),
      Expectation("{'a': self.holds}['a'].size() > 2", of: "permits", is: "false"),
      Expectation("{'a': self.holds} == {'b': self.holds}", of: "permits", is: "false"),
      Expectation("'a' in {'a': self.mfa}", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("{self.type: 1}.size() == 1", of: "portal", is: "unknown(portal.type)"),
      Expectation("self.type in {self.type: 1}", of: "portal", is: "unknown(portal.type)"),
      Expectation("{1: 'a'}[self.users] == 'a'", of: "vault", is: "unknown(vault.users)"),
      Expectation(
        "[{'a': self.holds}, {'a': [every(dataset)[0]]}].distinct().size() == 2", of: "permits",
        is: "unknown(permits.holds)"),
    ])
  func containers(item: Expectation) { item.verify() }
}
