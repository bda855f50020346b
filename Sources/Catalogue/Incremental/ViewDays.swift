public import CEL

/// The days on which something in a view is otherwise than on the day before.
public struct ViewDays: Sendable {
  /// Ascending; the first is the one that the walk begins with.
  public let all: [CivilDate]
  let otherEdges: OtherEdges

  /// From a day until, not with, another: the first, those on which something enters a phase or a change of an applied
  /// initiative comes into effect, and those on which a comparison of the date with a recorded day can turn.
  ///
  /// - Parameter fields: those whose days the date is compared with; what is no date among them is passed over.
  public init(of view: View, from start: CivilDate, until end: CivilDate, comparing fields: Set<Int32>) {
    var days = Set(view.allChangeDays)
    days.formUnion(view.changeDates.map(\.days))
    for day in view.recordedDays(fields) {
      days.insert(day)
      // `date <= day` turns on the day after.
      if day < CivilDate.never.days { days.insert(day + 1) }
    }
    all = [start] + days.filter { start.days < $0 && $0 < end.days }.sorted().map { CivilDate(days: $0) }
    otherEdges = OtherEdges(view.universe, of: view.applied)
  }
}

extension Estate {
  /// The fields that are read together with the view's date, by those derived fields that are needed to read some.
  public func fieldsReadWithDate(toRead fields: Set<Int32>) -> Set<Int32> {
    var result: Set<Int32> = []
    for id in universe.plan.needed(toRead: fields) {
      guard let footprint = universe.plan.compiled[id]?.footprint, footprint.readsDate else { continue }
      result.formUnion(universe.plan.reads(of: footprint.fields))
    }
    return result
  }
}

extension View {
  /// The values of fields that hold a date, on any day.
  fileprivate func recordedDays(_ fields: Set<Int32>) -> Set<Int32> {
    var days: Set<Int32> = []
    func note(_ value: Value?) {
      switch value {
      case .date(let date)?: days.insert(date.days)
      case .record(let record)?: for value in record.fields { note(value) }
      case let value?:
        guard let list = value.listView else { return }
        for index in 0..<list.count { note(list[index]) }
      case nil: return
      }
    }
    let epochs = ([CivilDate(days: .min / 2)] + changeDates).map { patches(at: $0) }
    for id in fields {
      guard id >= 0, Int(id) < universe.metamodel.fields.count else { continue }
      let field = universe.metamodel.fields[Int(id)]
      switch field.type {
      case .date, .record, .list: break
      default: continue
      }
      guard case .column? = universe.metamodel.access(to: field) else { continue }
      for row in universe.raw.kindRanges[field.kind] {
        note(universe.raw.columns[Int(id)].value(of: row, field.type, in: universe.raw))
      }
      for patches in epochs { for value in patches.cells[id, default: [:]].values { note(value) } }
    }
    return days
  }
}
