internal import CEL

/// Graphs of other days, on which no more is worked out than an expression needs.
extension View {
  /// The graph at a date with some derived fields; of fields that are the same all through an epoch perhaps of another day
  /// in it.
  func graph(at date: CivilDate, _ need: Need) -> Graph {
    if let whole = whole(at: date, need) { return whole }
    return part(at: date, need).graph
  }

  /// A graph with all derived fields, where there is one already.
  private func whole(at date: CivilDate, _ need: Need) -> Graph? {
    if !need.isDated, let known = wholeGraph(inEpochOf: date) { return known }
    return graphs.withLock { $0.all[date]?.graph }.flatMap { $0.date == date ? $0 : nil }
  }

  private func part(at date: CivilDate, _ need: Need) -> Derived {
    let key = need.isDated ? date : startOfEpoch(date)
    let id = ObjectIdentifier(need)
    if let known = parts.withLock({ $0[id]?.all[key] }) { return known }
    let made: Derived
    if let twin {
      let known = twin.known(at: date, need)
      made = known.on(own(known.graph, patches(at: date)))
    } else {
      let raw = self.raw(at: date)
      made = part(of: raw.changing(date: date, context: raw.context), at: date, need)
    }
    return parts.withLock { parts in
      if let known = parts[id]?.all[key] { return known }
      parts[id, default: Graphs()].keep(made, at: key)
      return made
    }
  }

  private func part(of raw: Graph, at date: CivilDate, _ need: Need) -> Derived {
    guard let (from, old) = nearest(to: date, need), old.depth < Self.depthLimit else {
      return derivedAnew(raw, toRead: need.fields)
    }
    let day = old.graph.date
    var facts = Patches.changes(from: from.patches(at: day), to: patches(at: date), universe)
    if day != date { facts.formUnion(universe.changes(from: day, to: date, patches(at: date))) }
    return IncrementalDerivation(plan, from: old, to: raw, facts, only: need.fields).derived(from: old)
  }

  /// What to work a part out from: a graph that has these fields, of the view or the day that is most alike.
  private func nearest(to date: CivilDate, _ need: Need) -> (View, Derived)? {
    if base != nil, let anchor { return (anchor, anchor.known(at: date, need)) }
    let some = parts.withLock { $0[ObjectIdentifier(need)]?.all.values.map { $0 } ?? [] }
    let all = graphs.withLock { $0.all.values.map { $0 } } + some
    let near = all.min {
      (distance($0.graph.date, date), $0.graph.date) < (distance($1.graph.date, date), $1.graph.date)
    }
    guard let anchor else { return near.map { (self, $0) } }
    if let near, anchor.applied.isEmpty, distance(near.graph.date, date) <= distance(anchor.today, date) {
      return (self, near)
    }
    return anchor.applied.isEmpty
      ? (anchor, anchor.known(at: anchor.today, need)) : (anchor, anchor.known(at: date, need))
  }

  /// A graph that has some fields, of a date or of another day on which they are the same.
  private func known(at date: CivilDate, _ need: Need) -> Derived {
    if let known = graphs.withLock({ $0.all[date] }), known.graph.date == date { return known }
    if date == today { return derived(at: date) }
    return part(at: date, need)
  }
}
