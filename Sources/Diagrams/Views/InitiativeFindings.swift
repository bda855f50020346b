internal import Catalogue
internal import Governance

/// Findings of an initiative on its picture: a number in the box or on the line that each is about, and a list.
struct InitiativeFindings {
  /// Told on the picture, in their order.
  let told: [Finding]
  /// Those that were there already.
  let inheritedCount: Int

  private static let order: [Comparison] = [.introduced, .worsened, .undecided, .improved, .resolved]

  init(_ findings: [Finding]) {
    let order = Self.order
    func rank(_ finding: Finding) -> Int {
      finding.inView.flatMap { order.firstIndex(of: $0.comparison) } ?? order.count
    }
    told = findings.filter { rank($0) < order.count }.enumerated().sorted {
      let (a, b) = (rank($0.element), rank($1.element))
      return a != b ? a < b : $0.offset < $1.offset
    }.map(\.element)
    inheritedCount = findings.count { $0.inView?.comparison == .inherited }
  }

  /// Puts numbers into what is drawn; the rest is a list of its own.
  func place(in diagram: inout Diagram, _ scene: InitiativeScene) {
    var spots: [Spot: [(mark: Diagram.Mark, weight: String, word: String, numbers: [Int])]] = [:]
    var (there, elsewhere): ([(String, String)], [(String, String)]) = ([], [])
    let found = told.map { ($0, Self.spot(of: $0, scene)) }
    // What is drawn has the first numbers, so that each list is in order.
    for (finding, spot) in found.filter({ $0.1 != nil }) + found.filter({ $0.1 == nil }) {
      guard let inView = finding.inView else { continue }
      let number = there.count + elsewhere.count + 1
      let mark = Self.mark(inView.comparison)
      let word = Self.word(inView.comparison)
      let weight =
        (finding.outcome == .failed ? finding.severity.name : finding.outcome.name) + Self.word(finding.standing)
      let item = (
        "\(mark.sign)\(number)", "\(word), \(weight)\(Self.before(inView)): \(finding.message) (\(finding.shortName))"
      )
      guard let spot else {
        elsewhere.append(item)
        continue
      }
      there.append(item)
      if let known = spots[spot]?.firstIndex(where: { $0.mark == mark && $0.weight == weight }) {
        spots[spot]?[known].numbers.append(number)
      } else {
        spots[spot, default: []].append((mark, weight, word, [number]))
      }
    }
    for (spot, all) in spots {
      let texts = all.map { item in
        let numbers = item.numbers.map { "\($0)" }.joined(separator: ", ")
        let count = item.numbers.count == 1 ? "" : "\(item.numbers.count) "
        return (item.mark, "\(numbers) \(item.word) (\(count)\(item.weight))")
      }
      switch spot {
      case .box(let place):
        diagram.nodes[place].marks += Diagram.Mark.allCases.filter { mark in all.contains { $0.mark == mark } }
        diagram.nodes[place].emphasised += texts
      case .line(let place): diagram.edges[place].emphasised += texts
      }
    }
    if !there.isEmpty { diagram.lists.append(Diagram.List(title: "Findings, by the numbers above", items: there)) }
    if !elsewhere.isEmpty {
      diagram.lists.append(Diagram.List(title: "Findings about nothing that is drawn above", items: elsewhere))
    }
  }

  /// `introduces 5, resolves 6`; `changes no finding`.
  var tally: String {
    let verbs: [Comparison: String] = [
      .introduced: "introduces", .worsened: "worsens", .undecided: "leaves undecided", .improved: "improves",
      .resolved: "resolves",
    ]
    let parts = Self.order.compactMap { comparison -> String? in
      let count = told.count { $0.inView?.comparison == comparison }
      guard count > 0, let verb = verbs[comparison] else { return nil }
      return "\(verb) \(count)"
    }
    if parts.isEmpty { return "changes no finding" }
    return parts.joined(separator: ", ") + (told.count == 1 ? " finding" : " findings")
  }

  // MARK: Places

  private enum Spot: Hashable {
    case box(Int)
    case line(Int)
  }

  /// Where what a finding is about is drawn; else where the first of what it names is.
  private static func spot(of finding: Finding, _ scene: InitiativeScene) -> Spot? {
    for name in [finding.target].compactMap({ $0 }) + finding.key {
      guard let row = row(name, scene) else { continue }
      if let line = scene.lines[row] { return .line(line) }
      if let box = scene.boxRow(of: row), let place = scene.places[box] { return .box(place) }
    }
    return nil
  }

  private static func row(_ name: String, _ scene: InitiativeScene) -> Int32? {
    guard name.contains(":") else { return nil }
    for estate in [scene.sight.estate, scene.before.estate] {
      if case .found(let row) = estate.find(name) { return row }
    }
    return nil
  }

  // MARK: Words

  private static func mark(_ comparison: Comparison) -> Diagram.Mark {
    switch comparison {
    case .introduced, .inherited: .introduced
    case .worsened: .worsened
    case .undecided: .undecided
    case .improved: .improved
    case .resolved: .resolved
    }
  }

  private static func word(_ comparison: Comparison) -> String {
    comparison == .undecided ? "no longer decided" : comparison.rawValue
  }

  private static func word(_ standing: Finding.Standing) -> String {
    switch standing {
    case .open: ""
    case .waived(let waiver, let until): ", waived by \(waiver) until \(until.text)"
    case .baselined: ", in the baseline"
    case .known: ", known"
    }
  }

  private static func before(_ inView: Finding.InView) -> String { inView.before.map { ", was \($0)" } ?? "" }
}
