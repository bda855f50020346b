/// `sortBy`, `groupBy` and `countBy`.
extension Compiler {
  static func sort(_ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code) -> Value {
    var keyed: [(key: Value, index: Int)] = []
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      let key = body(&frame)
      if key.isErrorOrUnknown { return key }
      keyed.append((key, index))
    }
    var failure: Value?
    keyed.sort { a, b in
      guard let order = Value.order(a.key, b.key) else {
        failure = Function.unordered("sortBy", a.key, b.key)
        return false
      }
      return order == 0 ? a.index < b.index : order < 0
    }
    if let failure { return failure }
    var builder = ListBuilder()
    for item in keyed { builder.append(iteration.view[item.index], reason: iteration.reason(item.index)) }
    builder.carry(iteration.view)
    return builder.finished()
  }

  /// Groups in the order of their keys where these have one, else of their first elements. An element whose key is
  /// unknown may be in any group, or make one of its own.
  static func group(_ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code) -> Value {
    var places: [ValueKey: Int] = [:]
    var groups: [(key: Value, items: ListBuilder, isCertain: Bool, reason: Unknown?)] = []
    var anywhere = iteration.view.open
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      let key = body(&frame)
      let reason = iteration.reason(index)
      switch key {
      case .error: return key
      case .unknown(let cause): anywhere = Unknown.merge(anywhere, cause.merged(with: reason))
      default:
        if let cause = key.undecided {
          anywhere = Unknown.merge(anywhere, cause.merged(with: reason))
          continue
        }
        let isFound = key.isEqualToItself
        let place = isFound ? places[ValueKey(key)] ?? groups.count : groups.count
        if place == groups.count {
          if isFound { places[ValueKey(key)] = place }
          groups.append((key, ListBuilder(), false, nil))
        }
        groups[place].items.append(iteration.view[index], reason: reason)
        if reason == nil { groups[place].isCertain = true }
        groups[place].reason = Unknown.merge(groups[place].reason, reason)
      }
    }
    var builder = ListBuilder()
    var order = Array(groups.indices)
    if groups.indices.dropFirst().allSatisfy({ Value.order(groups[$0 - 1].key, groups[$0].key) != nil }) {
      order.sort { (Value.order(groups[$0].key, groups[$1].key) ?? 0) < 0 }
    } else {
      builder.disorder(Unknown.merge(iteration.view.positionReasons, anywhere))
    }
    for place in order {
      var group = groups[place]
      group.items.openUp(anywhere)
      group.items.disorder(iteration.view.order)
      let record = RecordBox(type: .abstract("group", []), fields: [group.key, group.items.finished()])
      builder.append(.record(record), reason: group.isCertain ? nil : group.reason)
    }
    builder.openUp(anywhere)
    return builder.finished()
  }

  /// The size of each group. What may be more or fewer is an unknown that knows its bounds.
  static func count(_ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code) -> Value {
    let groups = group(&frame, iteration, body)
    guard let view = groups.listView else { return groups }
    var builder = ListBuilder()
    for index in 0..<view.count {
      guard case .record(let box) = view[index], box.fields.count == 2 else { continue }
      let record = RecordBox(type: .abstract("count", []), fields: [box.fields[0], Function.size(box.fields[1])])
      builder.append(.record(record), reason: view.reason(at: index))
    }
    builder.carry(view)
    return builder.finished()
  }
}
