internal import CEL

extension Universe {
  /// What lives otherwise on one day than on another: whatever enters a phase between them, and whatever follows that.
  ///
  /// - Parameter patches: of the view that is looked at.
  func changes(from start: CivilDate, to end: CivilDate, _ patches: Patches) -> ChangedFacts {
    let (low, high) = (min(start, end).days, max(start, end).days)
    let firstLive = metamodel.livePhases.min() ?? 0
    let days = phaseDays(after: low)
    var rows = Set(days.rows(after: low, upTo: high))
    // Of what follows others the days say all, unless one of them is not known.
    rows.formUnion(days.undated)
    for (row, record) in patches.lifecycles {
      let isUnknown = record.days[firstLive...].contains(LifecycleTable.unknownDay)
      if isUnknown || record.days.contains(where: { low < $0 && $0 <= high }) { rows.insert(row) }
    }
    var facts = ChangedFacts()
    for row in rows { note(row, &facts) }
    return facts
  }

  private func note(_ row: Int32, _ facts: inout ChangedFacts) {
    for id in lifecycleFields[raw.kind(of: row)] {
      switch metamodel.fields[Int(id)].shape {
      case .phase, .live: facts.insert(id, row)
      default: continue
      }
    }
  }
}
