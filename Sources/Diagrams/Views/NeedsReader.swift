internal import CEL
internal import Catalogue

/// Reads what components need to be up: what they cannot do without is the relation in role `dependsOn`; where that is
/// derived from lists of alternatives, those are drawn too.
struct NeedsReader {
  struct Need: Sendable {
    var from: Int32
    var to: Int32
    /// How many ways there are, this one included.
    var ways: Int
  }

  struct Needs: Sendable {
    /// The subject, then nearest first.
    var rows: [Int32] = []
    var needs: [Need] = []
    /// Rows of which nobody recorded wholly what they need.
    var open: Set<Int32> = []
  }

  var sight: EstateSight
  private let dependsOn: [Int: FieldDeclaration]
  private let failsWith: [Int: FieldDeclaration]
  /// Lists of alternatives, by kind.
  private let ways: [Int: FieldDeclaration]

  init(_ sight: EstateSight) {
    self.sight = sight
    let metamodel = sight.metamodel
    func declarations(_ fields: [Field]) -> [Int: FieldDeclaration] {
      fields.reduce(into: [:]) { $0[$1.kind] = metamodel.field($1.path, ofKind: $1.kind) }
    }
    let depends = metamodel.fields(inRole: "dependsOn")
    dependsOn = declarations(depends)
    failsWith = declarations(metamodel.fields(inRole: "failsWith"))
    let read = sight.estate.reads(of: Set(depends.map(\.id)))
    ways = declarations(
      metamodel.fields.filter { field in
        guard case .list(.list(.entity)) = field.type else { return false }
        return read.contains(field.id) && depends.contains { $0.kind == field.kind }
      })
  }

  var hasRole: Bool { !dependsOn.isEmpty }

  var kinds: [String] { dependsOn.keys.sorted().map { sight.metamodel.kinds[$0].plural } }

  func canNeed(_ row: Int32) -> Bool { dependsOn[sight.estate.entity(row).kind] != nil }

  mutating func needs(of subject: Int32) -> Needs {
    var result = Needs()
    var marks: Set<Int32> = [subject]
    result.rows = [subject]
    var head = 0
    while head < result.rows.count {
      let row = result.rows[head]
      head += 1
      let kind = sight.estate.entity(row).kind
      guard let field = dependsOn[kind] else { continue }
      let value = sight.read(field, of: row)
      if EstateSight.isOpen(value) { result.open.insert(row) }
      let certain = Set(EstateSight.rows(value)).subtracting([row])
      var targets: [Int32: Int] = [:]
      for target in certain { targets[target] = 1 }
      if let field = ways[kind], let lists = sight.read(field, of: row).listView {
        for index in 0..<lists.count {
          let members = Set(EstateSight.rows(lists[index])).subtracting([row])
          for member in members where members.count > 1 && targets[member] == nil { targets[member] = members.count }
        }
      }
      for (target, count) in targets.sorted(by: { $0.key < $1.key }) {
        result.needs.append(Need(from: row, to: target, ways: count))
        if marks.insert(target).inserted { result.rows.append(target) }
      }
    }
    return result
  }

  // MARK: Failures

  /// For each row, those that stop when it fails alone: itself too, unless it is redundant. What has ended is left out.
  mutating func stops() -> [Int32: [Int32]] {
    var result: [Int32: [Int32]] = [:]
    for (kind, field) in failsWith.sorted(by: { $0.key < $1.key }) {
      for row in sight.estate.graph.members.rows(ofKind: kind) where !sight.hasEnded(row) {
        for cause in EstateSight.rows(sight.read(field, of: row)) { result[cause, default: []].append(row) }
      }
    }
    return result
  }

  mutating func isLethal(_ row: Int32, to subject: Int32) -> Bool {
    guard let field = failsWith[sight.estate.entity(subject).kind] else { return false }
    return EstateSight.rows(sight.read(field, of: subject)).contains(row)
  }

  /// Whether it is known that something does not stop with itself: no part of it can bring it down alone.
  mutating func isRedundant(_ row: Int32) -> Bool {
    guard let field = failsWith[sight.estate.entity(row).kind], let view = sight.read(field, of: row).listView,
      view.open == nil
    else { return false }
    return !(0..<view.count).contains { view.row(at: $0) == row }
  }

  /// How many of some have the highest value of an ordered enumeration in role `criticality`, and its title.
  mutating func topTier(_ rows: [Int32]) -> (count: Int, title: String) {
    var count = 0
    var title = ""
    for row in rows {
      guard case .enumeration(let type, let ordinal)? = sight.value(inRole: "criticality", of: row),
        sight.metamodel.enums.indices.contains(Int(type))
      else { continue }
      let titles = sight.metamodel.enums[Int(type)].titles
      guard Int(ordinal) == titles.count - 1, let last = titles.last else { continue }
      count += 1
      title = last
    }
    return (count, title)
  }

  // MARK: Recovery

  func hasRecovery(_ row: Int32) -> Bool {
    sight.declaration(inRole: "recovery", of: sight.estate.entity(row).kind) != nil
  }

  /// Nanoseconds in which it is to be back.
  mutating func recovery(of row: Int32) -> Int64? {
    if case .duration(let nanoseconds)? = sight.value(inRole: "recovery", of: row) { nanoseconds } else { nil }
  }
}
