/// `size` of the standard definitions, and functions of lists: cel-go's and the library's own.
extension Function {
  private static let a = ValueType.variable(1)
  private static let b = ValueType.variable(2)

  static let listFunctions: [Function] = [
    Function(
      "size",
      [.string, .bytes, .list(a), .map(key: a, value: b)].flatMap {
        [Overload([$0], .int), Overload([$0], .int, isMember: true)]
      }, takesPartialLists: true, .unary(size)),
    Function(
      "distinct", [Overload([.list(a)], .list(a), isMember: true)], takesPartialLists: true, .contextual(distinct)),
    Function(
      "flatten",
      // The second is checked by the checker's own code: a signature cannot say how deep a list is.
      [
        Overload([.list(.list(a))], .list(a), isMember: true), Overload([.list(a), .int], .list(.dyn), isMember: true),
      ],
      takesPartialLists: true,
      .variadic { values in
        guard values.count == 2 else { return flatten(values[0], depth: 1) }
        guard case .int(let depth) = values[1] else { return noOverload("flatten") }
        if depth < 0 { return .error(.invalidArgument, "the depth of `flatten` cannot be negative") }
        return flatten(values[0], depth: depth)
      }),
    Function(
      "common", [Overload([.list(.list(a))], .list(a), isMember: true)], takesPartialLists: true,
      .contextual(common)),
    Function(
      "first", [Overload([.list(a)], .optional(a), isMember: true)],
      .unary { value in
        guard let view = value.listView else { return noOverload("first") }
        return .optional(view.count == 0 ? nil : view[0])
      }),
    Function(
      "last", [Overload([.list(a)], .optional(a), isMember: true)],
      .unary { value in
        guard let view = value.listView else { return noOverload("last") }
        return .optional(view.count == 0 ? nil : view[view.count - 1])
      }),
    Function(
      "reverse",
      [
        Overload([.list(a)], .list(a), isMember: true),
        Overload([.string], .string, isMember: true),
      ], takesPartialLists: true,
      .unary { value in
        if case .string(let text) = value {
          return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        }
        guard let view = value.listView else { return noOverload("reverse") }
        var builder = ListBuilder()
        for index in (0..<view.count).reversed() { builder.append(view[index], reason: view.reason(at: index)) }
        builder.carry(view)
        return builder.finished()
      }),
    Function(
      "sum", [.int, .uint, .double, .duration].map { Overload([.list($0)], $0, isMember: true) },
      takesPartialLists: true,
      .unary { value in
        guard let view = value.listView else { return noOverload("sum") }
        if let reasons = view.reasons { return .unknown(reasons) }
        guard view.count > 0, case .binary(let add)? = library["_+_"]?.body else { return .int(0) }
        var total = Value.int(0)
        for index in 0..<view.count {
          let element = view[index]
          switch element {
          case .int, .uint, .double, .duration: break
          default: return noOverload("sum")
          }
          total = index == 0 ? element : add(total, element)
          if case .error = total { return total }
        }
        return total
      }),
    extremum("min") { $0 < 0 },
    extremum("max") { $0 > 0 },
    Function(
      "pathTo",
      [
        Overload(
          [.reach(KindSet(0..<KindSet.capacity)), .entity(KindSet(0..<KindSet.capacity))],
          .path, isMember: true)
      ], takesPartialLists: true,
      .contextual { frame, values in
        guard case .list(let box) = values[0], let reach = box.reach, case .entities(let rows) = box.elements,
          case .entity(let target) = values[1], let index = rows.firstIndex(of: target)
        else { return .path(PathBox(nodes: [], hops: [])) }
        return .path(reach.path(to: index, rows: rows, &frame))
      }),
  ]

  /// Of a list with possible elements or further ones: an unknown that knows its bounds.
  static func size(_ value: Value) -> Value {
    switch value {
    case .string(let text): return .int(Int64(text.unicodeScalars.count))
    case .bytes(let box): return .int(Int64(box.bytes.count))
    case .map(let map): return .int(Int64(map.entries.count))
    case .related(let slice): return .int(Int64(slice.end - slice.start))
    default:
      guard let view = value.listView else { return noOverload("size") }
      let bounds = view.sizeBounds
      guard let reasons = view.reasons, bounds.lower != bounds.upper else { return .int(bounds.lower) }
      return .unknown(Unknown(facts: reasons.facts, lower: bounds.lower, upper: bounds.upper))
    }
  }

  /// An element that is there for certain anywhere is certain; the place is that of its first occurrence. One that may
  /// be equal to one before it is possible.
  private static func distinct(_ frame: inout Frame, _ values: [Value]) -> Value {
    guard let value = values.first, let view = value.listView else { return noOverload("distinct") }
    if !frame.spend(value.weight) { return frame.costError }
    if case .edges = view.storage { return value }
    if case .entities(let rows) = view.storage, view.possible.isEmpty {
      var seen = Set<Int32>(minimumCapacity: rows.count)
      return .list(
        ListBox(
          entities: rows.filter { seen.insert($0).inserted }, open: view.open,
          order: Unknown.merge(view.open, view.order)))
    }
    var builder = ListBuilder()
    var places: [ValueKey: Int] = [:]
    var undecided: [Int] = []
    var items: [(value: Value, reason: Unknown?, doubt: Unknown?)] = []
    for index in 0..<view.count {
      let element = view[index]
      let reason = view.reason(at: index)
      let isDecided = element.undecided == nil
      let isFound = isDecided && element.isEqualToItself
      var same = isFound ? places[ValueKey(element)] : nil
      var doubt: Unknown?
      if same == nil, !isDecided || !undecided.isEmpty {
        if !frame.spend(isDecided ? undecided.count : items.count) { return frame.costError }
        for place in isDecided ? undecided : Array(items.indices) {
          switch Value.equal(items[place].value, element) {
          case .unknown(let cause): doubt = Unknown.merge(doubt, cause)
          case .bool(true): same = place
          default: continue
          }
        }
      }
      if let place = same {
        // It stands where it is possible, or where it is certain.
        if reason == nil {
          builder.disorder(items[place].reason)
          items[place].reason = nil
        }
        continue
      }
      if isFound { places[ValueKey(element)] = items.count }
      if !isDecided { undecided.append(items.count) }
      items.append((element, reason, doubt))
    }
    for item in items { builder.append(item.value, reason: Unknown.merge(item.reason, item.doubt)) }
    builder.carry(view)
    builder.disorder(view.open)
    return builder.finished()
  }

  /// Lists are taken apart to a depth; what is no list stays.
  private static func flatten(_ value: Value, depth: Int64) -> Value {
    guard let outer = value.listView else { return noOverload("flatten") }
    if depth == 0 { return value }
    if depth == 1, outer.isDefinite, let flat = flattened(outer) { return flat }
    var builder = ListBuilder()
    for index in 0..<outer.count {
      var element = outer[index]
      if depth > 1, element.listView != nil {
        element = flatten(element, depth: depth - 1)
        if case .error = element { return element }
      }
      guard let inner = element.listView else {
        builder.append(element, reason: outer.reason(at: index))
        continue
      }
      guard inner.count <= Value.weightLimit - builder.count else { return Value.tooHeavy }
      let reason = outer.reason(at: index)
      if reason == nil {
        builder.append(contentsOf: inner)
        continue
      }
      for place in 0..<inner.count {
        builder.append(inner[place], reason: Unknown.merge(inner.reason(at: place), reason))
      }
      builder.openUp(inner.open.map { $0.merged(with: reason) })
      builder.disorder(inner.order)
    }
    builder.carry(outer)
    return builder.finished()
  }

  /// Lists of entities of which nothing is in doubt, one after the other; nil: there are others among them.
  private static func flattened(_ outer: ListView) -> Value? {
    guard case .values(let lists) = outer.storage else { return nil }
    var rows: [Int32] = []
    var order: Unknown?
    for list in lists {
      guard let inner = RowList(list), rows.count <= Value.weightLimit - inner.places.count else { return nil }
      rows.append(contentsOf: inner.rows[inner.places])
      if let reason = inner.order { order = Unknown.merge(order, reason) }
    }
    if rows.count >= Value.weightLimit { return nil }
    order = Unknown.merge(order, outer.order)
    return .list(ListBox(entities: rows, order: rows.count > 1 ? order : nil))
  }

  /// What is in every list of a list. Of no lists: nothing.
  private static func common(_ frame: inout Frame, _ values: [Value]) -> Value {
    guard let value = values.first, let outer = value.listView else { return noOverload("common") }
    if !frame.spend(value.weight) { return frame.costError }
    let lists = (0..<outer.count).compactMap { outer[$0].listView }
    guard lists.count == outer.count, !lists.isEmpty else {
      return .list(ListBox(entities: [], open: outer.open))
    }
    if outer.isDefinite, let (shared, distinct) = commonRows(outer) {
      return frame.spend(distinct.multiplied(by: lists.count)) ? shared : frame.costError
    }
    // For each element, in how many lists it is for certain, and on what its being in the others depends.
    var places: [ValueKey: Int] = [:]
    var candidates: [(value: Value, lists: [Int: Unknown?])] = []
    for (number, list) in lists.enumerated() {
      for index in 0..<list.count {
        let isFound = list[index].undecided == nil && list[index].isEqualToItself
        let place = isFound ? places[ValueKey(list[index])] ?? candidates.count : candidates.count
        if place == candidates.count {
          if isFound { places[ValueKey(list[index])] = place }
          candidates.append((list[index], [:]))
        }
        let reason = list.reason(at: index)
        if let known = candidates[place].lists[number] {
          if known != nil, reason == nil { candidates[place].lists[number] = .some(nil) }
        } else {
          candidates[place].lists[number] = .some(reason)
        }
      }
    }
    // Of only possible lists there may be none; and what may be equal to anything may be in all.
    var doubt = outer.open
    if outer.possible.count == lists.count { doubt = Unknown.merge(doubt, outer.reasons) }
    let undecided = candidates.reduce(nil) { Unknown.merge($0, $1.value.undecided) }
    if !frame.spend(candidates.count.multiplied(by: lists.count)) { return frame.costError }
    var builder = ListBuilder()
    for candidate in candidates {
      var reason = Unknown.merge(doubt, undecided)
      var isPossible = true
      for (number, list) in lists.enumerated() {
        if let membership = candidate.lists[number] {
          reason = Unknown.merge(reason, membership)
        } else if let open = Unknown.merge(list.open, outer.reason(at: number)) {
          reason = Unknown.merge(reason, open)
        } else if undecided == nil {
          isPossible = false
          break
        }
      }
      if isPossible { builder.append(candidate.value, reason: reason) }
    }
    // What nobody knows of may be in all when each list may have more, or may not be there itself.
    if lists.indices.allSatisfy({ lists[$0].open != nil || outer.reason(at: $0) != nil }),
      outer.open != nil || lists.contains(where: { $0.open != nil })
    {
      for number in lists.indices { builder.openUp(Unknown.merge(lists[number].open, outer.reason(at: number))) }
      builder.openUp(outer.open)
    }
    // They stand as in the first list.
    builder.disorder(Unknown.merge(doubt, outer.order))
    builder.disorder(Unknown.merge(outer.reason(at: 0), lists[0].positionReasons))
    return builder.finished()
  }

  /// Of lists of entities of which nothing is in doubt; and how many entities there are in all. Nil: there are others.
  private static func commonRows(_ outer: ListView) -> (Value, distinct: Int)? {
    guard case .values(let values) = outer.storage, let first = values.first.flatMap({ RowList($0) }) else {
      return nil
    }
    var seen = Set(first.rows[first.places])
    var shared = seen
    for value in values.dropFirst() {
      guard let list = RowList(value) else { return nil }
      let rows = Set(list.rows[list.places])
      shared.formIntersection(rows)
      seen.formUnion(rows)
    }
    var rows: [Int32] = []
    for row in first.rows[first.places] where shared.remove(row) != nil { rows.append(row) }
    let order = Unknown.merge(outer.order, first.order)
    return (.list(ListBox(entities: rows, order: rows.count > 1 ? order : nil)), seen.count)
  }

  /// `xs.min()`, and `xs.min(d)` with a value for the empty list.
  private static func extremum(_ name: String, _ isBetter: @escaping @Sendable (Int) -> Bool) -> Function {
    let overloads = [Overload([.list(a)], a, isMember: true), Overload([.list(a), a], a, isMember: true)]
    return Function(
      name, overloads, takesPartialLists: true,
      .variadic { values in
        guard let view = values[0].listView else { return noOverload(name) }
        if let reasons = view.reasons { return .unknown(reasons) }
        var best: Value? = values.count == 2 && view.count == 0 ? values[1] : nil
        for index in 0..<view.count {
          guard let known = best else {
            best = view[index]
            continue
          }
          guard let order = Value.order(view[index], known) else { return unordered(name, view[index], known) }
          if isBetter(order) { best = view[index] }
        }
        return best ?? .error(.invalidArgument, "`\(name)` of an empty list; `\(name)(d)` gives it a value")
      }
    ).of(.ordered)
  }

  /// Of two values that have no order: a NaN is the one that the checker lets pass.
  static func unordered(_ name: String, _ x: Value, _ y: Value) -> Value {
    x.isEqualToItself && y.isEqualToItself
      ? noOverload(name) : .error(.invalidArgument, "`\(name)` of NaN, which has no order")
  }
}
