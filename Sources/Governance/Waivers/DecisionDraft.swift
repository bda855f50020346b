public import CEL
public import Catalogue

/// A new decision on waivers, as the document that is to be written.
public struct DecisionDraft: Sendable {
  public let id: String
  public let text: String

  /// What it is written in, under the repository's root.
  public var path: String { "catalogue/governance/decision-\(id).yaml" }

  /// - Parameters:
  ///   - id: nil: of the first waiver, with a number behind it where that is taken.
  ///   - name: nil: of the first waiver's.
  ///   - waivers: their rows; at least one.
  public init(
    id: String?, name: String?, on date: CivilDate, outcome: String, waivers: [Int32], _ estate: Estate
  ) {
    let first = waivers.first
    let id = id ?? Self.freeID("on-\(first.map { estate.entity($0).id } ?? "waivers")", estate)
    let more = waivers.count > 1 ? " and \(waivers.count - 1) more" : ""
    let name = name ?? "On \(first.map(estate.name) ?? "waivers")\(more)"
    let targets = waivers.map { YAMLWriter.scalar(estate.identity($0), isInFlow: true) }.joined(separator: ", ")
    let lines: [(String, String)] = [
      ("kind", "decision"), ("id", id), ("name", YAMLWriter.scalar(name, isInFlow: false)), ("date", date.text),
      ("outcome", outcome), ("targets", "[\(targets)]"),
    ]
    self.id = id
    text = lines.map { "\($0): \($1)\n" }.joined()
  }

  init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  static func freeID(_ wanted: String, _ estate: Estate) -> String {
    let made = WaiverDraft.slug(wanted)
    var number = 1
    while true {
      let id = number == 1 ? made : "\(made)-\(number)"
      if case .none = estate.find("decision:\(id)") { return id }
      number += 1
    }
  }
}
