internal import CEL
internal import Catalogue

/// What is wrong with waivers and the baseline themselves.
extension Standings {
  func ending() -> [(name: String, until: CivilDate)] {
    waivers.waivers.filter { waiver in
      waiver.isInTime(on: estate.asOf) && covered[waiver.name] != nil && !waivers.isFollowed(waiver)
        && waiver.until <= estate.asOf.adding(waivers.limits.notice) ?? .never
    }.map { ($0.name, $0.until) }.sorted { ($0.until, $0.name) < ($1.until, $1.name) }
  }

  func paper(_ portfolio: Portfolio?, isComplete: Bool) -> [Finding] {
    let days = Dictionary(
      (portfolio?.checks ?? []).map { ("initiative:\($0.view.initiative.id)", $0.view.date) },
      uniquingKeysWith: { first, _ in first })
    let ending = Set(ending().map(\.name))
    var result: [Finding] = []
    for waiver in waivers.waivers {
      // One that is over is a record of what was.
      if waiver.until <= estate.asOf { continue }
      result += paper(waiver)
      let day = isOfEstate(waiver) ? estate.asOf : waiver.initiative.flatMap { days[$0] }
      if isComplete, let day { result += unused(waiver, on: day) }
    }
    for waiver in waivers.waivers where ending.contains(waiver.name) {
      result.append(
        finding(
          .waiverExpiresSoon, waiver, "until",
          "\(waiver.name) ends on \(waiver.until.text), in \(Self.days(estate.asOf, waiver.until)); what it covers is back then"
        ))
    }
    if let baseline { result += baseline.paper(estate, met: met, isComplete: isComplete) }
    return result
  }

  private func paper(_ waiver: Waiver) -> [Finding] {
    var result: [Finding] = []
    if waiver.isOfUnwaivable {
      result.append(
        finding(.waiverOfUnwaivable, waiver, "rule", "\(waiver.name) is of \(waiver.rule), which cannot be waived"))
    }
    if let objection = waiver.objection {
      result.append(finding(.waiverNotApproved, waiver, "decision", "\(waiver.name) does not hold: \(objection)"))
    } else {
      let owners = Approval.beneficiaries(of: waiver, estate)
      if !owners.isEmpty {
        let names = owners.map(estate.name).joined(separator: ", ")
        result.append(
          finding(
            .waiverApprovedByOwner, waiver, "decision",
            "\(waiver.name) was approved by \(names), who owns what it spares"))
      }
    }
    if let end = waivers.limits.end(from: waiver.from, waiver.severity), waiver.until > end {
      let limit = waivers.limits.length(waiver.severity).text
      result.append(
        finding(
          .waiverTooLong, waiver, "until",
          "\(waiver.name) holds until \(waiver.until.text); a \(waiver.severity.name) is waived for \(limit) at most, here until \(end.text)"
        ))
    }
    let renewals = waivers.predecessors(of: waiver).count
    if renewals > waivers.limits.renewals {
      result.append(
        finding(
          .waiverRenewedTooOften, waiver, "renews",
          "\(waiver.name) is renewal \(renewals) of the same; \(waivers.limits.renewals) are allowed"))
    }
    let count = covered[waiver.name]?.count ?? 0
    if count > waivers.limits.breadth {
      result.append(
        finding(
          .waiverTooBroad, waiver, "targets",
          "\(waiver.name) covers \(count) findings; more than \(waivers.limits.breadth) is broad"))
    }
    return result + unfulfilled(waiver)
  }

  private func unfulfilled(_ waiver: Waiver) -> [Finding] {
    let field = "conditions"
    switch conditions[waiver.name] {
    case .notMet(let condition):
      return [
        finding(.waiverConditionNotMet, waiver, field, "\(waiver.name) does not hold: `\(condition)` is false")
      ]
    case .undecided(let condition, let reason):
      return [
        finding(
          .waiverConditionNotMet, waiver, field, "not decided for \(waiver.name): `\(condition)`", outcome: .undecided,
          missing: estate.missingFacts(reason.facts))
      ]
    case .failed(let condition, let message):
      return [
        finding(.waiverConditionNotMet, waiver, field, "\(waiver.name): `\(condition)`: \(message)", outcome: .error)
      ]
    case .met, nil: return []
    }
  }

  /// - Parameter day: of the estate, or of its initiative's view.
  private func unused(_ waiver: Waiver, on day: CivilDate) -> [Finding] {
    guard covered[waiver.name] == nil, waiver.isInTime(on: day), waiver.objection == nil, !waiver.isOfUnwaivable,
      !waivers.brokenRules.contains(waiver.rule)
    else { return [] }
    if case .met = conditions[waiver.name] ?? .met {} else { return [] }
    var message = "\(waiver.name) hides nothing"
    if waivers.excludedRules.contains(waiver.rule) {
      message += ": \(waiver.rule) is not adopted"
    } else if let near = missed[waiver.name]?.first {
      let name = near.shortName
      if near.outcome != waiver.expects {
        message += ": \(name) is \(near.outcome.name), and it expects \(waiver.expects.name)"
      } else if let initiative = near.inView?.initiative {
        message += ": \(initiative) brings \(name), which only a waiver with `initiative` covers"
      }
    } else if let name = waiver.initiative, initiatives[name]?.isOpen == true {
      message += " that \(name) introduces, worsens or leaves undecided"
    }
    return [finding(.waiverUnused, waiver, "targets", message)]
  }

  private func finding(
    _ rule: PaperRule, _ waiver: Waiver, _ field: String, _ message: String, outcome: Outcome = .failed,
    missing: [Finding.MissingFact] = []
  ) -> Finding {
    rule.finding(
      message, about: waiver.name, target: waiver.name, place: estate.place(of: field, in: waiver.row), field: field,
      outcome: outcome, missing: missing)
  }

  static func days(_ from: CivilDate, _ until: CivilDate) -> String {
    let count = Int(until.days) - Int(from.days)
    return count == 1 ? "1 day" : "\(count) days"
  }
}
