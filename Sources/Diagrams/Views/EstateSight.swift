internal import CEL
internal import Catalogue

/// Reads from one view of an estate at one date what diagrams of systems show. Kinds and fields are found by roles.
struct EstateSight {
  let estate: Estate
  let metamodel: Metamodel
  let options: DiagramOptions
  /// What the initiative does in whose view the estate is seen; nil: it is seen in none.
  let changes: InitiativeChanges?
  private var frame: Frame

  init(_ estate: Estate, _ options: DiagramOptions) {
    self.estate = estate
    self.options = options
    metamodel = estate.metamodel
    changes = InitiativeChanges(estate)
    frame = Frame(graph: estate.graph, slotCount: 1)
  }

  var date: String { estate.graph.date.text }

  /// The scope's beginning: the date, and whose view it is.
  var when: String { options.sight.map { "\(date) \($0)" } ?? date }

  // MARK: Fields

  func declaration(inRole role: String, of kind: Int) -> FieldDeclaration? {
    metamodel.field(inRole: role, of: kind).flatMap { metamodel.field($0.path, ofKind: kind) }
  }

  mutating func value(inRole role: String, of row: Int32) -> Value? {
    declaration(inRole: role, of: estate.entity(row).kind).map { frame.read($0, of: row) }
  }

  mutating func read(_ field: FieldDeclaration, of row: Int32) -> Value { frame.read(field, of: row) }

  /// What a value leads to for certain.
  static func rows(_ value: Value?) -> [Int32] {
    switch value {
    case .entity(let row): return [row]
    case .optional(let box): return rows(box.value)
    default:
      guard let view = value?.listView else { return [] }
      return (0..<view.count).filter { view.reason(at: $0) == nil }.compactMap { view.row(at: $0) }
    }
  }

  /// Whether more may be there than is recorded.
  static func isOpen(_ value: Value?) -> Bool {
    switch value {
    case .unknown: true
    default: value?.listView.map { $0.open != nil || !$0.possible.isEmpty } ?? false
    }
  }

  /// The title of an enumeration's value.
  func title(_ value: Value?) -> String? {
    guard case .enumeration(let type, let ordinal)? = value, metamodel.enums.indices.contains(Int(type)) else {
      return nil
    }
    let titles = metamodel.enums[Int(type)].titles
    return titles.indices.contains(Int(ordinal)) ? titles[Int(ordinal)] : nil
  }

  /// In the order of ids, by their names.
  mutating func names(inRole role: String, of row: Int32) -> [String] {
    Self.rows(value(inRole: role, of: row)).sorted().map(estate.name)
  }

  /// What people call the field that has a role.
  func title(ofRole role: String, of row: Int32) -> String {
    let field = metamodel.field(inRole: role, of: estate.entity(row).kind)
    return field.map { $0.title?.lowercased() ?? PhaseStyle.readable($0.path) } ?? role
  }

  // MARK: Phases

  mutating func phase(of row: Int32) -> LandscapeModel.Phase {
    guard estate.kind(of: row).lifecycle != .none else { return .none }
    guard case .enumeration(_, let ordinal) = estate.value("phase", of: row, &frame) else { return .unknown }
    return .known(Int(ordinal))
  }

  /// Whether it is known to be past its last live phase.
  mutating func hasEnded(_ row: Int32) -> Bool {
    if case .known(let position) = phase(of: row) { position > (metamodel.livePhases.max() ?? .max) } else { false }
  }

  /// Whether it has ended and nothing in the picture tells of that: what the initiative ends is drawn, and marked.
  mutating func isGone(_ row: Int32) -> Bool { hasEnded(row) && changes?[row]?.kind != .retired }

  mutating func isLive(_ row: Int32) -> Bool {
    switch phase(of: row) {
    case .known(let position): metamodel.livePhases.contains(position)
    case .unknown: false
    case .none: true
    }
  }

  // MARK: Nodes

  mutating func node(_ row: Int32, isSubject: Bool = false) -> Diagram.Node {
    let kind = estate.kind(of: row)
    var node = Diagram.Node(
      key: estate.identity(row), name: estate.name(row), kind: kind.title.lowercased(),
      phase: PhaseStyle(phase(of: row), names: metamodel.phases, live: metamodel.livePhases))
    if !endKinds.contains(kind.index) { node.shape = .rounded }
    if let word = node.phase.word { node.facts.append(word) }
    if isSubject { node.marks.append(.subject) }
    node.change = changes?[row]
    node.link = options.links?.link(kind: kind.name, id: estate.entity(row).id)
    return node
  }

  /// Who answers for it, as a line.
  mutating func ownerLine(of row: Int32) -> String? {
    let names = names(inRole: "owner", of: row)
    return names.isEmpty ? nil : "owner: \(names.joined(separator: ", "))"
  }

  /// The kinds that integrations join.
  var endKinds: Set<Int> { Set(((try? LandscapeReader.endKinds(metamodel)) ?? []).map(\.index)) }

  /// That a row is of a kind that integrations join.
  func requireEnd(_ row: Int32, view: String) throws(DiagramFailure) {
    let kinds: [Kind]
    do {
      kinds = try LandscapeReader.endKinds(metamodel)
    } catch {
      guard case .missingRole(let role) = error else { return }
      throw .missingRole(view: view, role: role)
    }
    guard kinds.contains(where: { $0.index == estate.entity(row).kind }) else {
      throw .wrongKind(view: view, identity: estate.identity(row), kinds: kinds.map(\.plural))
    }
  }

  /// Nanoseconds in words: `4 hours`, `1 hour 30 minutes`, `2 days`.
  static func words(_ nanoseconds: Int64) -> String {
    let minutes = nanoseconds / 60_000_000_000
    if nanoseconds < 0 { return "a negative time" }
    if nanoseconds == 0 { return "no time" }
    if minutes == 0 { return "less than a minute" }
    var parts: [String] = []
    if minutes >= 60 { parts.append("\(minutes / 60) hour\(minutes / 60 == 1 ? "" : "s")") }
    if minutes % 60 > 0 { parts.append(LandscapeWords.count(Int(minutes % 60), "minute", "minutes")) }
    return parts.joined(separator: " ")
  }
}
