internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func decodeLifecycle(_ value: YAMLNode, _ row: Int32?) {
    var record = LifecycleTable.Record(
      days: Array(repeating: LifecycleTable.unknownDay, count: metamodel.phases.count))
    record.isRecorded = true
    if value.isScalar {
      guard let phase = metamodel.phases.firstIndex(of: value.text) else {
        let near = suggestion(for: value.text, among: metamodel.phases)
        diagnostics.append(
          LoadingDiagnostic.badValue(
            value, "a phase", for: "lifecycle",
            notes: [near ?? "phases: \(metamodel.phases.joined(separator: ", "))"]))
        return
      }
      record.word = Int32(phase)
    } else {
      guard let reader = MappingReader(value, "a lifecycle", keys: metamodel.phases, &diagnostics) else { return }
      var given: [Int32?] = Array(repeating: nil, count: metamodel.phases.count)
      var last: (phase: Int, day: Int32)?
      for (phase, name) in metamodel.phases.enumerated() {
        guard let node = reader.scalar(name, &diagnostics), !(node.isPlain && node.textEquals("unknown")) else { continue }
        guard case .date(let date)? = ScalarReader.value(node, .date, &diagnostics, what: "lifecycle.\(name)") else {
          continue
        }
        if let last, date.days < last.day {
          diagnostics.append(
            LoadingDiagnostic.badValue(
              node, "on or after the first day of \(metamodel.phases[last.phase])", for: "lifecycle.\(name)"))
          continue
        }
        given[phase] = date.days
        last = (phase, date.days)
      }
      record.days = LifecycleTable.completed(given)
      for (phase, name) in metamodel.phases.enumerated() {
        // A day that is admitted to be unknown stays so, whatever would follow.
        if let node = reader[name], node.isPlain, node.textEquals("unknown") { record.days[phase] = LifecycleTable.unknownDay }
      }
    }
    guard let row else { return }
    lifecycles.set(entities[Int(row)].kind, row, record)
  }

  /// Combines the days of what follows something else with the days of that: it begins with the latest beginning and
  /// ends with the earliest end. Then fills the columns of the phases' first days.
  mutating func finishLifecycles() {
    for kind in orderedByFollowing() {
      guard kind.lifecycle != .none else { continue }
      if case .follows(let relations) = kind.lifecycle { follow(kind, relations) }
      for row in kindRanges[kind.index] {
        let record = lifecycles.record(kind.index, row)
        for (phase, name) in metamodel.phases.enumerated() where record.days[phase] != LifecycleTable.unknownDay {
          guard let field = metamodel.field("lifecycle.\(name)", of: kind.index) else { continue }
          set(field, row, .date(CivilDate(days: record.days[phase])))
        }
      }
    }
  }

  private func orderedByFollowing() -> [Kind] {
    var done: Set<Int> = []
    var result: [Kind] = []
    var rest = metamodel.kinds
    while !rest.isEmpty {
      let ready = rest.filter { followedKinds($0).isSubset(of: done.union([$0.index])) }
      let next = ready.isEmpty ? [rest[0]] : ready
      result += next
      done.formUnion(next.map(\.index))
      rest.removeAll { done.contains($0.index) }
    }
    return result
  }

  private func followedKinds(_ kind: Kind) -> Set<Int> {
    guard case .follows(let relations) = kind.lifecycle else { return [] }
    var result: Set<Int> = []
    for name in relations {
      guard let field = metamodel.field(name, of: kind.index) else { continue }
      switch field.shape {
      case .relation(let kinds, _), .owner(let kinds): result.formUnion(kinds.kinds)
      default: continue
      }
    }
    return result
  }

  private mutating func follow(_ kind: Kind, _ relations: [String]) {
    let firstLive = metamodel.livePhases.min() ?? 0
    let fields = relations.compactMap { metamodel.field($0, of: kind.index) }
    for row in kindRanges[kind.index] {
      var record = lifecycles.record(kind.index, row)
      let isRecorded = record.isRecorded
      var days: [Int32?] = isRecorded ? record.days.map { $0 } : Array(repeating: nil, count: metamodel.phases.count)
      for field in fields {
        guard let target = target(of: field, row) else {
          days = days.map { _ in LifecycleTable.unknownDay }
          continue
        }
        let kind = entities[Int(target)].kind
        guard metamodel.kinds[kind].lifecycle != .none else { continue }
        let other = lifecycles.record(kind, target).days
        for phase in days.indices {
          guard let known = days[phase] else {
            days[phase] = other[phase]
            continue
          }
          if known == LifecycleTable.unknownDay || other[phase] == LifecycleTable.unknownDay {
            days[phase] = LifecycleTable.unknownDay
          } else {
            days[phase] = phase <= firstLive ? max(known, other[phase]) : min(known, other[phase])
          }
        }
      }
      record.days = days.map { $0 ?? LifecycleTable.unknownDay }
      lifecycles.set(kind.index, row, record)
    }
  }

  /// What a to-one relation leads to.
  func target(of field: Field, _ row: Int32) -> Int32? {
    if case .owner = field.shape { return entities[Int(row)].owner >= 0 ? entities[Int(row)].owner : nil }
    if let followed = followedTargets[RowField(row: row, field: field.id)] { return followed }
    return nil
  }
}
