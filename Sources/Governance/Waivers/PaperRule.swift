internal import Catalogue
internal import Diagnostics

/// The built-in rules about waivers and the baseline themselves. They can be neither waived nor baselined: what lets a
/// failure pass must not let itself pass.
public enum PaperRule: String, Sendable, CaseIterable {
  case baselineNotApproved = "baseline-not-approved"
  case baselineStale = "baseline-stale"
  case waiverApprovedByOwner = "waiver-approved-by-owner"
  case waiverConditionNotMet = "waiver-condition-not-met"
  case waiverExpiresSoon = "waiver-expires-soon"
  case waiverNotApproved = "waiver-not-approved"
  case waiverOfUnwaivable = "waiver-of-unwaivable"
  case waiverRenewedTooOften = "waiver-renewed-too-often"
  case waiverTooBroad = "waiver-too-broad"
  case waiverTooLong = "waiver-too-long"
  case waiverUnused = "waiver-unused"

  struct Page {
    var severity: Severity
    var title: String
    /// Why it is looked at, and why it weighs what it weighs.
    var why: String
    var remedy: String
  }

  var page: Page {
    switch self {
    case .baselineNotApproved:
      Page(
        severity: .major, title: "What was added to the baseline was decided",
        why: """
          The baseline is what an authority starts with and only shrinks; an entry that says which decision added it, \
          where that decision does not approve, stands between nothing and the verdict.
          """,
        remedy: "Name a decision that approves it, or take the entry out.")
    case .baselineStale:
      Page(
        severity: .minor, title: "Every entry of the baseline is still found",
        why: """
          What is put right leaves the baseline, or it could come back unseen. Minor, because who puts something right \
          must not be stopped for it.
          """,
        remedy: "Run `triglyph baseline`: it takes out what is not found any more.")
    case .waiverApprovedByOwner:
      Page(
        severity: .major, title: "Nobody approves a waiver for what they own",
        why: "A permission that the one who benefits gives is none; it holds until others decide, and counts.",
        remedy: "Have it decided by somebody who does not answer for what it spares.")
    case .waiverConditionNotMet:
      Page(
        severity: .major, title: "The conditions of waivers hold",
        why: """
          What was promised in exchange for the permission is not there, so the permission is not either: the waived \
          finding is back, and this says why. Where a fact is missing it is undecided, and the finding is back, too.
          """,
        remedy: "Do what the condition asks, or record the fact that it reads.")
    case .waiverExpiresSoon:
      Page(
        severity: .minor, title: "Waivers that end are told of in time",
        why: """
          On the day on which a waiver ends its finding is back at full severity. How long before that this is told, \
          the setting `waiverNotice` says. Minor: nothing is wrong yet.
          """,
        remedy: "Put right what is waived, or have the waiver renewed.")
    case .waiverNotApproved:
      Page(
        severity: .major, title: "Every waiver rests on a decision",
        why: """
          A waiver holds only where a decision of that day or an earlier one approves and has the waiver among its \
          targets, and no later one takes it back. An approval of something else approves no waiver. Until then its \
          findings count.
          """,
        remedy: "Record the decision with the waiver among its targets, and name it under `decision`.")
    case .waiverOfUnwaivable:
      Page(
        severity: .major, title: "No waiver is of a rule that cannot be waived",
        why: "The rule says `unwaivable: true`. The waiver never holds; it is told because somebody relies on it.",
        remedy: "Put right what the rule finds, and withdraw the waiver.")
    case .waiverRenewedTooOften:
      Page(
        severity: .major, title: "Waivers are not renewed again and again",
        why: """
          A permission that is always given again is a rule that is not meant. Waivers of the same thing that follow one \
          another count as renewals, whether they say so or not; the setting `waiverRenewals` says how many there may be.
          """,
        remedy: "Put right what is waived, or change the rule.")
    case .waiverTooBroad:
      Page(
        severity: .minor, title: "A waiver covers few findings",
        why: """
          A waiver that covers many findings will cover the next one, too, which nobody has looked at. The setting \
          `waiverBreadth` says how many there may be. Minor: each of them is named.
          """,
        remedy: "Write a waiver for each thing that has a reason of its own.")
    case .waiverTooLong:
      Page(
        severity: .major, title: "A waiver is no longer than its severity allows",
        why: """
          The heavier the failure, the sooner somebody has to look again. The settings `waiverLimitBlocker` and \
          `waiverLimitMajor` say how long a waiver may hold; the rule's highest severity counts.
          """,
        remedy: "End it earlier; it can be renewed when somebody has looked again.")
    case .waiverUnused:
      Page(
        severity: .minor, title: "Every waiver hides something",
        why: """
          A waiver expects its failure. One that hides nothing would hide the same failure should it come back, unseen. \
          Minor, because who puts something right must not be stopped for it.
          """,
        remedy: "Withdraw it, or correct what it names.")
    }
  }

  /// Every id with a page for `explain`, sorted.
  public static let registry: [(id: String, explanation: String)] = allCases.map { rule in
    let page = rule.page
    return (
      rule.rawValue,
      "\(page.title). Severity \(page.severity.name); can be neither waived nor baselined. \(page.why) \(page.remedy)"
    )
  }

  /// A finding of it.
  ///
  /// - Parameters:
  ///   - name: what identifies it: a waiver, or an entry of the baseline.
  ///   - target: `kind:id`, where that is an entity.
  func finding(
    _ message: String, about name: String, target: String? = nil, place: Place?, field: String? = nil,
    outcome: Outcome = .failed,
    related: [Diagnostic.Related] = [], missing: [Finding.MissingFact] = [], remedy: String? = nil
  ) -> Finding {
    Finding(
      rule: rawValue, outcome: outcome, severity: page.severity, target: target, key: [name],
      identity: "\(rawValue)|\(name)", message: message, place: place, field: field, label: nil, related: related,
      paths: [], clause: nil, remedy: remedy ?? page.remedy, measure: nil, missing: missing, defaults: [])
  }
}
