/// `all`, `exists`, `filter` and `map` over lists of entities of which nothing is in doubt: the usual case in a host's graph,
/// without a view of the list and without a value for each element before it is asked for.
extension Compiler {
  typealias RowLoop = @Sendable (inout Frame, RowList) -> Value

  /// The loop for such lists; nil for the macros that have none.
  static func rowLoop(_ name: String, slot: Int, _ body: Frame.Code) -> RowLoop? {
    switch name {
    case "all": { quantify(&$0, $1, slot, body, deciding: false) }
    case "exists": { quantify(&$0, $1, slot, body, deciding: true) }
    case "filter": { filter(&$0, $1, slot, body) }
    case "map": { map(&$0, $1, slot, body) }
    default: nil
    }
  }

  private static func quantify(
    _ frame: inout Frame, _ list: RowList, _ slot: Int, _ body: Frame.Code, deciding: Bool
  ) -> Value {
    var unknown: Unknown?
    var failure: Value?
    for place in list.places {
      frame.slots[slot] = .entity(list.rows[place])
      let value = body(&frame)
      switch value {
      case .bool(let flag):
        guard flag == deciding else { continue }
        frame.noteAbsorbed(failure)
        return value
      case .unknown(let cause): unknown = Unknown.merge(unknown, cause)
      case .error: failure = failure ?? value
      default: failure = failure ?? noBoolean
      }
    }
    if let unknown {
      frame.noteAbsorbed(failure)
      return .unknown(unknown)
    }
    return failure ?? .bool(!deciding)
  }

  private static func filter(_ frame: inout Frame, _ list: RowList, _ slot: Int, _ body: Frame.Code) -> Value {
    var kept: [Int32] = []
    var possible: [Int: Unknown] = [:]
    for place in list.places {
      let row = list.rows[place]
      frame.slots[slot] = .entity(row)
      let value = body(&frame)
      switch value {
      case .bool(true): kept.append(row)
      case .bool(false): continue
      case .unknown(let cause):
        possible[kept.count] = cause.unbounded
        kept.append(row)
      case .error: return value
      default: return noBoolean
      }
    }
    if kept.isEmpty { return noRows }
    return .list(ListBox(entities: kept, possible: possible, order: kept.count > 1 ? list.order : nil))
  }

  private static func map(_ frame: inout Frame, _ list: RowList, _ slot: Int, _ body: Frame.Code) -> Value {
    var builder = ListBuilder()
    for place in list.places {
      frame.slots[slot] = .entity(list.rows[place])
      let value = body(&frame)
      switch value {
      case .entity(let row): builder.append(row: row)
      case .error: return value
      case .unknown(let cause): builder.openUp(cause.unbounded)
      default: builder.append(value)
      }
    }
    builder.disorder(list.order)
    return builder.finished()
  }

  static let noBoolean = Value.error(.noSuchOverload, "a condition is no boolean")
  static let noRows = Value.entities([])
}

/// The rows of a list of entities of which it is known for certain what is in it.
struct RowList {
  let rows: [Int32]
  let places: Range<Int>
  let order: Unknown?

  init?(_ value: borrowing Value) {
    switch value {
    case .related(let slice):
      rows = slice.storage.targets
      places = Int(slice.start)..<Int(slice.end)
      order = nil
    case .list(let box):
      guard box.possible.isEmpty, box.open == nil, case .entities(let all) = box.elements else { return nil }
      rows = all
      places = 0..<all.count
      order = box.order
    default: return nil
    }
  }
}
