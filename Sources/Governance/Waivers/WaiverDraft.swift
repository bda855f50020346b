public import CEL
public import Catalogue
internal import Diagnostics

/// A new waiver for a finding that is there, as the document that is to be written.
public struct WaiverDraft: Sendable {
  public struct Request: Sendable {
    public var reason: String
    public var from: CivilDate
    /// Nil: as long as the severity allows; a year where that has no limit.
    public var until: CivilDate?
    public var id: String?
    /// Ids, without their kinds.
    public var decision: String?
    public var remedy: String?
    public var renews: String?

    public init(
      reason: String, from: CivilDate, until: CivilDate? = nil, id: String? = nil, decision: String? = nil,
      remedy: String? = nil, renews: String? = nil
    ) {
      self.reason = reason
      self.from = from
      self.until = until
      self.id = id
      self.decision = decision
      self.remedy = remedy
      self.renews = renews
    }
  }

  public let id: String
  public let until: CivilDate
  public let text: String

  /// What it is written in, under the repository's root.
  public var path: String { "catalogue/governance/waiver-\(id).yaml" }

  public init(_ finding: Finding, _ request: Request, _ estate: Estate, _ limits: WaiverLimits) {
    id = request.id ?? Self.freeID(finding, estate)
    until =
      request.until ?? limits.end(from: request.from, finding.severity) ?? request.from.adding(Period(days: 365))
      ?? .never
    let isBuiltIn = IntegrityRules.table.contains { $0.rule.rawValue == finding.rule }
    var (targets, values): ([String], [String]) = ([], [])
    for part in Self.parts(finding) {
      if Self.isEntity(part, estate) { targets.append(part) } else { values.append(part) }
    }
    var lines: [(String, String)] = [
      ("kind", "waiver"), ("id", id), ("name", Self.scalar(Self.title(finding, estate))),
      (isBuiltIn ? "builtIn" : "rule", finding.rule),
    ]
    func list(_ items: [String]) -> String {
      "[\(items.map { YAMLWriter.scalar($0, isInFlow: true) }.joined(separator: ", "))]"
    }
    if !targets.isEmpty { lines.append(("targets", list(targets))) }
    if !values.isEmpty { lines.append(("values", list(values))) }
    if finding.outcome == .undecided { lines.append(("expects", "undecided")) }
    lines.append(("reason", Self.scalar(request.reason)))
    lines.append(("from", request.from.text))
    lines.append(("until", until.text))
    if let view = finding.inView {
      lines.append(("initiative", String(view.initiative.drop { $0 != ":" }.dropFirst())))
    }
    for (key, value) in [("decision", request.decision), ("remedy", request.remedy), ("renews", request.renews)] {
      if let value { lines.append((key, value)) }
    }
    text = lines.map { "\($0): \($1)\n" }.joined()
  }

  /// Each part of the key once, in the order of the rule.
  private static func parts(_ finding: Finding) -> [String] {
    var seen: Set<String> = []
    return finding.key.filter { seen.insert($0).inserted }
  }

  private static func isEntity(_ part: String, _ estate: Estate) -> Bool {
    guard part.contains(":") else { return false }
    if case .found = estate.find(part) { return true }
    return estate.initiatives.contains { $0.added.contains { estate.identity($0) == part } }
  }

  private static func scalar(_ text: String) -> String { YAMLWriter.scalar(text, isInFlow: false) }

  /// The rule's name, and those of what the key names.
  private static func title(_ finding: Finding, _ estate: Estate) -> String {
    var name = finding.rule
    if case .found(let rule) = estate.find("rule:\(finding.rule)") { name = estate.name(rule) }
    let parts = finding.key.prefix(3).map { part in
      if part.contains(":"), case .found(let row) = estate.find(part) { return estate.name(row) }
      return part.split(separator: ":", maxSplits: 1).last.map(String.init) ?? part
    }
    return "\(name): \(parts.joined(separator: ", "))"
  }

  /// Of the rule and the first of the key; with a number behind it where that is taken.
  private static func freeID(_ finding: Finding, _ estate: Estate) -> String {
    let first = finding.key.first.map { String($0.drop { $0 != ":" }.dropFirst()) } ?? ""
    let made = slug("\(finding.rule)-\(first)")
    var number = 1
    while true {
      let id = number == 1 ? made : "\(made)-\(number)"
      if case .none = estate.find("waiver:\(id)") { return id }
      number += 1
    }
  }

  /// What an id may be made of, of a text; at most 72 bytes, which leaves room for a number.
  static func slug(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A, 0x30...0x39: bytes.append(byte)
      case 0x41...0x5A: bytes.append(byte | 0x20)
      default: if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
      }
    }
    bytes = Array(bytes.prefix(72))
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return bytes.isEmpty ? "waiver" : String(decoding: bytes, as: UTF8.self)
  }
}
