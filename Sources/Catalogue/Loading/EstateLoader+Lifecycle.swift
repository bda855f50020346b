internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func decodeLifecycle(_ value: YAMLNode, _ kind: Int, _ row: Int32?) {
    var plan = LifecyclePlan(days: Array(repeating: .unwritten, count: metamodel.phases.count))
    if value.isScalar {
      guard let phase = value.withUTF8({ phaseNames.find($0) }) else {
        let near = suggestion(for: value.text, among: metamodel.phases)
        diagnostics.append(
          LoadingDiagnostic.badValue(
            value, "a phase", for: "lifecycle",
            notes: [near ?? "phases: \(metamodel.phases.joined(separator: ", "))"]))
        return
      }
      plan.word = phase
    } else {
      guard let days = days(of: value) else { return }
      plan.days = days
    }
    if captured != nil {
      captured?.lifecycle = plan
    } else if let row {
      lifecycles.set(row, plan.record(following: metamodel.beginningWithOthers(kind)))
    }
  }

  /// What a mapping says of the first days of the phases.
  private mutating func days(of value: YAMLNode) -> [LifecyclePlan.Day]? {
    guard value.isMapping else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a mapping", for: "a lifecycle"))
      return nil
    }
    var nodes: [YAMLNode?] = Array(repeating: nil, count: metamodel.phases.count)
    for index in 0..<value.count {
      if let phase = value.key(index).withUTF8({ phaseNames.find($0) }) {
        nodes[Int(phase)] = value.value(index)
      } else {
        diagnostics.append(LoadingDiagnostic.unknownKey(value.key(index), in: "a lifecycle", known: metamodel.phases))
      }
    }
    var result: [LifecyclePlan.Day] = Array(repeating: .unwritten, count: nodes.count)
    var last: (phase: Int, day: Int32)?
    for phase in nodes.indices {
      guard let node = nodes[phase] else { continue }
      result[phase] = .unknown
      if node.isReported || isAdmittedGap(node) { continue }
      let what = "lifecycle.\(metamodel.phases[phase])"
      guard case .date(let date)? = ScalarReader.value(node, .date, &diagnostics, what: what) else { continue }
      if let last, date.days < last.day {
        diagnostics.append(
          LoadingDiagnostic.badValue(node, "on or after the first day of \(metamodel.phases[last.phase])", for: what))
        result[phase] = .unwritten
        continue
      }
      result[phase] = .day(date.days)
      last = (phase, date.days)
    }
    return result
  }

  /// What a row's own document writes of its lifecycle; mistakes are reported where it is read as a document.
  mutating func lifecyclePlan(of row: Int32) -> LifecyclePlan {
    let none = LifecyclePlan(unwritten: metamodel.phases.count)
    guard let value = entities[Int(row)].node?.first("lifecycle"), !value.isReported else { return none }
    let kind = entities[Int(row)].kind
    if isAdmittedGap(value) { return metamodel.admittedLifecycle(kind) }
    let count = diagnostics.count
    let read = captured { $0.decodeLifecycle(value, kind, row) }
    diagnostics.removeLast(diagnostics.count - count)
    return read.lifecycle ?? none
  }

  /// Combines the days of what follows something else with the days of that: it begins with the latest beginning and
  /// ends with the earliest end. Then fills the columns of the phases' first days.
  mutating func finishLifecycles() {
    lifecycles.extend(to: entities.count)
    written = lifecycles
    for kind in orderedByFollowing() where kind.lifecycle != .none {
      if case .follows(let relations) = kind.lifecycle { follow(kind, relations) }
      for (phase, name) in metamodel.phases.enumerated() {
        guard let field = metamodel.field("lifecycle.\(name)", of: kind.index), case .phaseDate = field.shape else {
          continue
        }
        makeColumn(field).fill { row in
          let day = lifecycles.day(phase, row)
          return day == LifecycleTable.unknownDay || day == LifecycleTable.longAgo ? nil : day
        }
      }
    }
  }

  /// Each kind after those that it follows. The metamodel's builder refuses circles.
  func orderedByFollowing() -> [Kind] {
    var done = KindSet.empty
    var result: [Kind] = []
    var rest = metamodel.kinds
    while !rest.isEmpty {
      let ready = rest.filter { metamodel.followedKinds($0).isSubset(of: done) }
      let next = ready.isEmpty ? rest : ready
      result += next
      done = done.union(KindSet(next.map(\.index)))
      rest.removeAll { done.contains($0.index) }
    }
    return result
  }

  private mutating func follow(_ kind: Kind, _ relations: [String]) {
    let firstLive = metamodel.livePhases.min() ?? 0
    let fields = relations.compactMap { metamodel.field($0, of: kind.index)?.id }
    let unknownDay = LifecycleTable.unknownDay
    // Nothing follows yet, for one phase.
    let nothing = Int32.min
    var days: [Int32] = []
    var others: [Int32] = []
    for row in kindRanges[kind.index] {
      others.removeAll(keepingCapacity: true)
      var isOpen = false
      for field in fields where !addFollowed(field, row, to: &others) { isOpen = true }
      days.removeAll(keepingCapacity: true)
      for phase in 0..<lifecycles.phaseCount {
        var day = lifecycles.isRecorded(row) ? lifecycles.day(phase, row) : nothing
        for other in others {
          let following = lifecycles.day(phase, other)
          if day == nothing {
            day = following
          } else if day == unknownDay || following == unknownDay {
            day = unknownDay
          } else {
            day = phase <= firstLive ? max(day, following) : min(day, following)
          }
        }
        days.append(isOpen || day == nothing ? unknownDay : day)
      }
      for (phase, day) in days.enumerated() { lifecycles.setDay(phase, row, day) }
    }
  }

  private func hasLifecycle(_ row: Int32) -> Bool { kindPlans[entities[Int(row)].kind].hasLifecycle }

  /// Adds what a relation of a row leads to and has a lifecycle; false where there may be more.
  private func addFollowed(_ field: Int32, _ row: Int32, to others: inout [Int32]) -> Bool {
    let plan = plans[Int(field)]
    if plan.isList {
      for place in places(of: row, in: field) {
        let target = pairs[Int(field)][place].target
        if hasLifecycle(target) { others.append(target) }
      }
      return open[Int(field)][row] == nil
    }
    let target: Int32?
    if case .owner = plan.field.shape { target = owner(of: row) } else { target = columns[Int(field)]?.number(row) }
    guard let target else { return false }
    if hasLifecycle(target) { others.append(target) }
    return true
  }

  /// The pairs of a relation that is a list, of one row, in the order of the text.
  func targets(of field: Field, _ row: Int32) -> ArraySlice<(source: Int32, target: Int32)> {
    pairs[Int(field.id)][places(of: row, in: field.id)]
  }

  /// Where the pairs of one row stand among those of a relation.
  func places(of row: Int32, in field: Int32) -> Range<Int> {
    pairs[Int(field)].withUnsafeBufferPointer { all in
      var low = 0
      var high = all.count
      while low < high {
        let middle = (low + high) / 2
        if all[middle].source < row { low = middle + 1 } else { high = middle }
      }
      var end = low
      while end < all.count, all[end].source == row { end += 1 }
      return low..<end
    }
  }
}
