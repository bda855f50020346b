import CEL
import Testing

@Suite struct UnknownTests {
  @Test(
    "A field that nobody recorded is an unknown that names the fact, and strict operations pass it on",
    arguments: [
      Expectation("self.classification", of: "vault", is: "unknown(vault.classification)"),
      Expectation("self.classification", of: "hub", is: "official"),
      Expectation("self.classification >= 'official'", of: "vault", is: "unknown(vault.classification)"),
      Expectation("self.users + 1", of: "vault", is: "unknown(vault.users)"),
      Expectation("self.users == 1 == self.mfa", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("[self.rto, duration('1h')].max()", of: "billing", is: "unknown(billing.rto)"),
      Expectation("self.leader.leader", of: "ledger", is: "unknown(vault.leader)"),
      Expectation("self.leader.users", of: "hub", is: "unknown(hub.leader)"),
      Expectation("self.lifecycle.active < date", of: "portal", is: "unknown(portal.lifecycle.active)"),
      Expectation(
        "self.rto == self.sends.map(f, f.destination.rto).max()", of: "billing",
        is: "unknown(billing.rto, billing-out.destination)"),
    ])
  func strict(item: Expectation) { item.verify() }

  @Test(
    "Logic absorbs an unknown where the other side decides, and an unknown beats an error",
    arguments: [
      Expectation("self.mfa && false", of: "portal", is: "false"),
      Expectation("false && self.mfa", of: "portal", is: "false"),
      Expectation("self.mfa && true", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("self.mfa || true", of: "portal", is: "true"),
      Expectation("self.mfa || false", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("!self.mfa", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("self.mfa && 1 / 0 == 1", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("1 / 0 == 1 && self.mfa", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("1 / 0 == 1 || true", of: "portal", is: "true"),
      Expectation("self.mfa && self.type == 'external'", of: "portal", is: "unknown(portal.type, portal.mfa)"),
      Expectation("self.mfa ? 1 : 1", of: "portal", is: "unknown(portal.mfa)"),
      Expectation("true ? 1 : self.users", of: "vault", is: "1"),
      Expectation("false ? 1 : self.users", of: "vault", is: "unknown(vault.users)"),
    ])
  func logic(item: Expectation) { item.verify() }

  @Test(
    "`has` asks whether a field is recorded, and `.?` makes an unrecorded one none",
    arguments: [
      Expectation("has(self.mfa)", of: "portal", is: "false"), Expectation("has(self.mfa)", of: "hub", is: "true"),
      Expectation("self.?mfa", of: "portal", is: "none"), Expectation("self.?mfa", of: "hub", is: "optional(true)"),
      Expectation("self.?mfa.orValue(true)", of: "portal", is: "true"),
      Expectation("self.?mfa.hasValue()", of: "portal", is: "false"),
      Expectation("has(self.leader.leader)", of: "ledger", is: "false"),
      Expectation("has(self.leader.users)", of: "hub", is: "unknown(hub.leader)"),
      Expectation("self.leader.?users", of: "hub", is: "unknown(hub.leader)"),
      Expectation("self.?leader.users", of: "hub", is: "none"),
      Expectation("self.?leader.users", of: "archive", is: "optional(40)"),
      Expectation("self.?leader.leader", of: "archive", is: "none"),
      Expectation("self.?leader.?leader", of: "archive", is: "none"),
      Expectation("has(self.lifecycle.retired)", of: "hub", is: "false"),
      Expectation("has(self.lifecycle.retired)", of: "caesar", is: "true"),
      Expectation("has(self.contact.team)", is: "true"), Expectation("has(self.contact.since)", is: "false"),
      Expectation("has(self.contact.team)", of: "archive", is: "unknown(archive.contact)"),
      Expectation("self.contact.?since", is: "none"),
    ])
  func presence(item: Expectation) { item.verify() }

  @Test(
    "The size of a list that is not known for certain has bounds, and settles what they settle",
    arguments: [
      Expectation("self.holds.size()", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.size() >= 1", of: "permits", is: "true"),
      Expectation("self.holds.size() > 2", of: "permits", is: "false"),
      Expectation("self.holds.size() < 3", of: "permits", is: "true"),
      Expectation("self.holds.size() > 1", of: "permits", is: "unknown(permits.holds)"),
      Expectation("1 <= self.holds.size()", of: "permits", is: "true"),
      Expectation("3 > self.holds.size()", of: "permits", is: "true"),
      Expectation("self.holds.size() == 0", of: "permits", is: "false"),
      Expectation("self.holds.size() != 0", of: "permits", is: "true"),
      Expectation("0 == self.holds.size()", of: "permits", is: "false"),
      Expectation("self.holds.size() == 1", of: "permits", is: "unknown(permits.holds)"),
      Expectation("self.holds.size() >= 0", of: "ledger", is: "true"),
      Expectation("self.holds.size() > 5", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.holds.size() < 0", of: "ledger", is: "false"),
      Expectation("self.holds == []", of: "permits", is: "false"),
      Expectation("self.holds == []", of: "ledger", is: "unknown(ledger.holds)"),
      Expectation("self.holds == self.holds", of: "hub", is: "true"),
    ])
  func sizes(item: Expectation) { item.verify() }
}
