internal import Catalogue
internal import Diagnostics
internal import Governance

/// What statements say, unescaped.
enum StatementWords {
  /// For the headings of counts, in a word.
  static func heading(_ state: ClauseState) -> String {
    switch state {
    case .fails: "fails"
    case .undecided: "undecided"
    case .lapsed: "lapsed"
    case .unattested: "to attest"
    case .waived: "waived"
    case .inherited: "inherits"
    case .notYetDue: "not due"
    case .attested: "attested"
    case .conforms: "conforms"
    case .notApplicable: "no case"
    case .unchecked: "no check"
    }
  }

  static func name(_ state: ClauseState) -> String {
    switch state {
    case .fails: "does not conform"
    case .undecided: "undecided"
    case .lapsed: "attestation lapsed"
    case .unattested: "to be attested"
    case .waived: "waived"
    case .inherited: "short without it"
    case .notYetDue: "not yet due"
    case .attested: "attested"
    case .conforms: "conforms"
    case .notApplicable: "not applicable"
    case .unchecked: "checked by nothing"
    }
  }

  static func tone(_ state: ClauseState) -> Page.Tone {
    switch state {
    case .fails: .bad
    case .undecided, .lapsed, .unattested, .inherited: .doubt
    case .waived, .notYetDue, .unchecked: .waiting
    case .attested, .conforms: .good
    case .notApplicable: .none
    }
  }

  static func tone(_ level: ConformanceLevel) -> Page.Tone {
    switch level {
    case .nonConformant: .bad
    case .consistent: .doubt
    case .compliant: .waiting
    case .conformant, .fullyConformant: .good
    case .irrelevant: .none
    }
  }

  /// The state with what belongs to it: until when, by whom, from which stage on.
  static func state(_ clause: InitiativeStatement.Clause) -> String {
    let name = name(clause.state)
    switch clause.state {
    case .fails: return "\(name): \(finding(clause.findings.count { $0.standing == .open && $0.outcome == .failed }))"
    case .undecided:
      let count = clause.findings.count { $0.standing == .open && $0.outcome == .undecided }
      let errors = clause.findings.count { $0.standing == .open && $0.outcome == .error }
      if count + errors == 0 { return "\(name): \(attestation(clause))" }
      let parts = [count == 0 ? nil : finding(count), errors == 0 ? nil : "\(errors) not evaluated"]
      return "\(name): \(parts.compactMap(\.self).joined(separator: ", "))"
    case .waived: return clause.waivedUntil.map { "waived until \($0.text)" } ?? name
    case .inherited: return "\(name): \(finding(clause.inherited.count))"
    case .notYetDue: return clause.dueFrom.map { "\(name): binds from \($0) on" } ?? name
    case .lapsed, .attested: return attestation(clause)
    case .unattested:
      guard let later = clause.attestations.first else { return name }
      return "\(name): \(attestation(later))"
    case .conforms: return clause.dueFrom.map { "\(name); more rules bind from \($0) on" } ?? name
    case .notApplicable, .unchecked: return name
    }
  }

  private static func finding(_ count: Int) -> String { count == 1 ? "1 finding" : "\(count) findings" }

  private static func attestation(_ clause: InitiativeStatement.Clause) -> String {
    let best = clause.attestations.first { $0.status == .holds } ?? clause.attestations.last
    return best.map(attestation) ?? name(clause.state)
  }

  /// `attested by Customs on 2026-10-20 until 2029-10-20`.
  static func attestation(_ attestation: Attestation) -> String {
    let by = attestation.by.isEmpty ? "nobody that is recorded" : attestation.by.joined(separator: ", ")
    let given = attestation.given.map { "on \($0.text)" } ?? "on no day that is recorded"
    let until = attestation.until?.text ?? "no day that is recorded"
    return switch attestation.status {
    case .holds: "attested by \(by) \(given) until \(until)"
    case .lapsed: "attestation lapsed on \(until): given by \(by) \(given)"
    case .notYet: "to be attested by \(by) \(given)"
    case .outdated(let count):
      "attestation lapsed: given by \(by) \(given) for other entries than those of today (\(count) \(count == 1 ? "is" : "are") not among them)"
    case .undated: "attested by \(by) \(given) until \(until)"
    }
  }

  /// `12 conform`, for a sentence.
  static func counted(_ count: Int, _ state: ClauseState) -> String {
    let isOne = count == 1
    return switch state {
    case .fails: "\(count) \(isOne ? "does" : "do") not conform"
    case .undecided: "\(count) \(isOne ? "is" : "are") undecided"
    case .lapsed: "of \(count) the attestation has lapsed"
    case .unattested: "\(count) \(isOne ? "has" : "have") still to be attested"
    case .waived: "\(count) \(isOne ? "is" : "are") waived"
    case .inherited: "\(count) \(isOne ? "falls" : "fall") short already without it"
    case .notYetDue: "\(count) \(isOne ? "is" : "are") not yet due"
    case .attested: "\(count) \(isOne ? "is" : "are") attested"
    case .conforms: "\(count) \(isOne ? "conforms" : "conform")"
    case .notApplicable: "\(count) \(isOne ? "does" : "do") not apply"
    case .unchecked: "\(count) \(isOne ? "is" : "are") checked by nothing"
    }
  }

  static func tone(_ finding: Finding) -> Page.Tone {
    if finding.standing != .open { return .waiting }
    switch finding.inView?.comparison {
    case .resolved?, .improved?: return .good
    default: break
    }
    return finding.outcome == .failed ? .bad : .doubt
  }

  static func sentence(_ parts: [String]) -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
