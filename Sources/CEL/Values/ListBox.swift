/// A list: elements that are there for certain, elements that are possibly there, and perhaps more that nobody knows.
///
/// A possible element carries the facts on which it depends; an *open* list may have further elements.
public final class ListBox: Sendable {
  public enum Elements: Sendable {
    case values([Value])
    case entities([Int32])
  }

  public let elements: Elements
  /// The facts on which each possible element depends, by position; empty: all are certain.
  public let possible: [Int: Unknown]
  /// The facts that would tell which further elements there are; nil: there are none.
  public let open: Unknown?
  /// The facts on which it depends in which order the elements stand; nil: in the order in which they are here.
  public let order: Unknown?
  /// For what a closure reached: how.
  let reach: Reach?
  /// One more than its elements weigh.
  let weight: Int

  public convenience init(
    _ values: [Value], possible: [Int: Unknown] = [:], open: Unknown? = nil, order: Unknown? = nil
  ) {
    let weight = values.reduce(1) { Value.sum($0, $1.weight) }
    self.init(values, possible: possible, open: open, order: order, weight: weight)
  }

  init(_ values: [Value], possible: [Int: Unknown], open: Unknown?, order: Unknown?, weight: Int) {
    elements = .values(values)
    self.weight = weight
    self.possible = possible
    self.open = open
    self.order = order
    reach = nil
  }

  public convenience init(
    entities: [Int32], possible: [Int: Unknown] = [:], open: Unknown? = nil, order: Unknown? = nil
  ) {
    self.init(entities: entities, possible: possible, open: open, order: order, reach: nil)
  }

  init(entities: [Int32], possible: [Int: Unknown], open: Unknown?, order: Unknown?, reach: Reach?) {
    elements = .entities(entities)
    weight = 1 + entities.count
    self.possible = possible
    self.open = open
    self.order = order
    self.reach = reach
  }
}

/// One way to read both kinds of lists.
public struct ListView: Sendable {
  enum Storage: Sendable {
    case edges(EdgeSlice)
    case values([Value])
    case entities([Int32])
  }

  let storage: Storage
  public let possible: [Int: Unknown]
  public let open: Unknown?
  public let order: Unknown?

  public var count: Int {
    switch storage {
    case .edges(let slice): Int(slice.end - slice.start)
    case .values(let values): values.count
    case .entities(let rows): rows.count
    }
  }

  public subscript(index: Int) -> Value {
    switch storage {
    case .edges(let slice): .entity(slice.storage.targets[Int(slice.start) + index])
    case .values(let values): values[index]
    case .entities(let rows): .entity(rows[index])
    }
  }

  /// The row of an element that is an entity.
  public func row(at index: Int) -> Int32? {
    switch storage {
    case .edges(let slice): return slice.storage.targets[Int(slice.start) + index]
    case .entities(let rows): return rows[index]
    case .values(let values):
      if case .entity(let row) = values[index] { return row }
      return nil
    }
  }

  public func reason(at index: Int) -> Unknown? { possible.isEmpty ? nil : possible[index] }
  /// Whether it is known for certain what is in it, if not in which order.
  public var isDefinite: Bool { possible.isEmpty && open == nil }

  /// Everything that would have to be recorded to make it definite.
  public var reasons: Unknown? {
    var result = open
    for index in possible.keys.sorted() { result = Unknown.merge(result, possible[index]) }
    return result
  }

  /// Everything that would have to be recorded to know what stands at each position.
  var positionReasons: Unknown? { Unknown.merge(reasons, order) }
}

extension Value {
  /// The list that it is, or nil.
  public var listView: ListView? {
    switch self {
    case .related(let slice): return slice.view
    case .list(let box):
      switch box.elements {
      case .values(let values):
        return ListView(storage: .values(values), possible: box.possible, open: box.open, order: box.order)
      case .entities(let rows):
        return ListView(storage: .entities(rows), possible: box.possible, open: box.open, order: box.order)
      }
    default: return nil
    }
  }

  /// The facts on which it depends to which values this is equal, beside those of its own place: what is possible or
  /// open in a list, the fields of a record that are not recorded.
  var undecided: Unknown? {
    switch self {
    case .unknown(let unknown): return unknown.unbounded
    case .list(let box):
      guard case .values(let values) = box.elements else { return listView?.positionReasons }
      return values.reduce(listView?.positionReasons) { Unknown.merge($0, $1.undecided) }
    case .optional(let box): return box.value?.undecided
    case .record(let box): return box.fields.reduce(nil) { Unknown.merge($0, $1.undecided) }
    case .map(let box): return box.entries.reduce(nil) { Unknown.merge($0, $1.value.undecided) }
    default: return nil
    }
  }
}

/// Collects a list element by element; keeps rows as rows while all elements are entities.
struct ListBuilder {
  private var rows: [Int32] = []
  private var values: [Value]?
  private(set) var possible: [Int: Unknown] = [:]
  private(set) var open: Unknown?
  private(set) var order: Unknown?
  private var weight = 1

  var count: Int { values?.count ?? rows.count }

  mutating func append(_ value: Value, reason: Unknown? = nil) {
    if let reason { possible[count] = reason }
    weight = Value.sum(weight, value.weight)
    if values != nil {
      values?.append(value)
    } else if case .entity(let row) = value {
      rows.append(row)
    } else {
      var all = rows.map { Value.entity($0) }
      all.append(value)
      values = all
    }
  }

  mutating func append(row: Int32, reason: Unknown? = nil) {
    if values != nil { return append(.entity(row), reason: reason) }
    if let reason { possible[rows.count] = reason }
    weight += 1
    rows.append(row)
  }

  mutating func append(contentsOf view: ListView) {
    disorder(view.order)
    if values == nil, view.isDefinite {
      switch view.storage {
      case .edges(let slice):
        weight += view.count
        return rows.append(contentsOf: slice.storage.targets[Int(slice.start)..<Int(slice.end)])
      case .entities(let more):
        weight += view.count
        return rows.append(contentsOf: more)
      case .values: break
      }
    }
    for index in 0..<view.count { append(view[index], reason: view.reason(at: index)) }
    openUp(view.open)
  }

  /// There may be more elements.
  mutating func openUp(_ reason: Unknown?) {
    if let reason { open = Unknown.merge(open, reason) }
  }

  /// The elements may stand in another order.
  mutating func disorder(_ reason: Unknown?) {
    if let reason { order = Unknown.merge(order, reason) }
  }

  /// What a list that this one is made from, element by element, leaves unsaid.
  mutating func carry(_ view: ListView) {
    openUp(view.open)
    disorder(view.order)
  }

  /// The list; an error where it weighs too much.
  func finished() -> Value {
    if weight > Value.weightLimit { return Value.tooHeavy }
    let order = count > 1 ? order : nil
    if let values {
      return .list(ListBox(values, possible: possible, open: open, order: order, weight: weight))
    }
    return .list(ListBox(entities: rows, possible: possible, open: open, order: order))
  }
}
