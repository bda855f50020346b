internal import CEL
public import Diagnostics

/// Two open initiatives that set one field of one entity to different values.
public struct Collision: Sendable {
  public let entity: Int32
  /// The path of the field.
  public let field: String
  /// Places among the estate's initiatives: the one that is applied later, and so wins, and the other.
  public let winner: Int
  public let other: Int
  public let place: SourceRange
  public let otherPlace: SourceRange
}

extension Estate {
  /// Every collision of open initiatives, in the order of entities, fields and initiatives.
  public func collisions() -> [Collision] {
    struct Key: Hashable {
      var entity: Int32
      var field: Int32
    }
    var settings: [Key: [(initiative: Int, change: Change)]] = [:]
    for (place, initiative) in universe.initiatives.enumerated() where initiative.isOpen {
      for change in initiative.changes where change.setsValue {
        settings[Key(entity: change.entity, field: change.field), default: []].append((place, change))
      }
    }
    var result: [Collision] = []
    for (key, all) in settings where all.count > 1 {
      // Of each initiative the last word counts.
      let last = Dictionary(all.map { ($0.initiative, $0.change) }, uniquingKeysWith: { $1 })
      let places = last.keys.sorted { Initiative.precedes(universe.initiatives[$0], universe.initiatives[$1]) }
      for (index, winner) in places.enumerated() {
        for other in places[..<index] {
          guard let mine = last[winner], let theirs = last[other], !mine.effect.isSame(as: theirs.effect) else {
            continue
          }
          result.append(
            Collision(
              entity: key.entity, field: metamodel.fields[Int(key.field)].path, winner: winner, other: other,
              place: mine.node.range, otherPlace: theirs.node.range))
        }
      }
    }
    return result.sorted {
      ($0.entity, $0.field, $0.winner, $0.other) < ($1.entity, $1.field, $1.winner, $1.other)
    }
  }
}

extension Change {
  /// Whether it says what the field is, whatever it was.
  fileprivate var setsValue: Bool {
    switch effect {
    case .value, .target, .targets, .lifecycle, .day: true
    case .link, .unlink: false
    }
  }
}

extension Change.Effect {
  func isSame(as other: Change.Effect) -> Bool {
    switch (self, other) {
    case (.value(let a), .value(let b)):
      guard let a, let b else { return a == nil && b == nil }
      return a.isSame(as: b)
    case (.target(let a), .target(let b)): return a == b
    case (.targets(let a, let x), .targets(let b, let y)): return Set(a) == Set(b) && x == y
    case (.lifecycle(let a), .lifecycle(let b)): return a.word == b.word && a.days == b.days
    case (.day(let p, let a), .day(let q, let b)): return p == q && a == b
    default: return false
    }
  }
}
