extension AccessPaths {
  /// The same ways with fewer states: without those of which nothing is read or in which nothing ever is, and with one
  /// for all that are come to in the same ways. States are numbered anew; those that `add` gave are not these.
  public func reduced() -> AccessPaths {
    let states = merging()
    var result = AccessPaths()
    result.contexts = contexts
    result.readsDate = readsDate
    result.readsGlobals = readsGlobals
    result.conditions = conditions
    for (state, new) in states.enumerated() where new == result.kinds.count { result.kinds.append(kinds[state]) }

    var leading: Set<Step> = []
    for step in steps {
      guard let from = states[step.from], let to = step.to.flatMap({ states[$0] }) else { continue }
      let filter = step.filter?.numbered(states)
      leading.insert(Step(from: from, field: step.field, to: to, context: step.context, filter: filter))
    }
    // What leads somewhere is read, too.
    let read = Set(leading.map { $0.reading })
    for step in steps {
      guard let from = states[step.from] else { continue }
      let filter = step.filter?.numbered(states)
      let reading = Step(from: from, field: step.field, to: nil, context: step.context, filter: filter)
      if !read.contains(reading) { leading.insert(reading) }
    }
    result.steps = leading.sorted { $0.precedes($1) }

    var joined: Set<Link> = []
    for link in links {
      if let from = states[link.from], let to = states[link.to], from != to { joined.insert(Link(from: from, to: to)) }
    }
    result.links = joined.sorted { ($0.from, $0.to) < ($1.from, $1.to) }

    // States with different entries are never one, so of states that are one the first one's serve.
    var isTaken = Array(repeating: false, count: result.kinds.count)
    let first = states.map { new in
      guard let new, !isTaken[new] else { return Int?.none }
      isTaken[new] = true
      return new
    }
    result.starts = starts.compactMap { entry in first[entry.state].map { Start(slot: entry.slot, state: $0) } }
    result.listed = listed.compactMap { entry in
      first[entry.state].map {
        Listed(state: $0, kinds: entry.kinds, context: entry.context, conditions: entry.conditions)
      }
    }
    result.literals = literals.compactMap { entry in first[entry.state].map { Literal(state: $0, row: entry.row) } }
    result.globals = globals.compactMap { entry in
      first[entry.state].map { Global(state: $0, index: entry.index, context: entry.context) }
    }
    result.keyed = keyed.compactMap { entry in
      guard let state = first[entry.state], let key = entry.key.numbered(states) else { return nil }
      return Keyed(state: state, key: key)
    }
    var jumping: Set<Jump> = []
    for jump in jumps {
      if let from = states[jump.from], let to = states[jump.to] {
        jumping.insert(Jump(from: from, field: jump.field, to: to))
      }
    }
    result.jumps = jumping.sorted { ($0.from, $0.field, $0.to) < ($1.from, $1.field, $1.to) }
    result.kept = kept.compactMap { entry in
      first[entry.state].map { Kept(state: $0, conditions: entry.conditions) }
    }
    return result
  }

  /// For each state the new one that stands for it; nil for those that are not needed.
  private func merging() -> [Int?] {
    let kept = zip(areRead(), areReached()).map { $0 && $1 }
    var arrivals: [[Arrival]] = kinds.map { _ in [] }
    for step in steps {
      guard let to = step.to, kept[to], kept[step.from] else { continue }
      arrivals[to].append(Arrival(from: step.from, field: step.field, context: step.context))
    }
    for link in links where kept[link.from] && kept[link.to] {
      arrivals[link.to].append(Arrival(from: link.from, field: nil, context: 0))
    }
    for entry in keyed where kept[entry.state] {
      for state in entry.key.states where kept[state] {
        arrivals[entry.state].append(Arrival(from: state, field: entry.key.field, context: -1))
      }
    }
    // At first all states of one's kinds and entries are one; they part when they turn out to be come to differently. To
    // stop before all have parted gives ways that are not there, but loses none.
    let entries = entries()
    var states = Self.numbered(kinds.indices.map { kept[$0] ? Role(kinds: kinds[$0], entries: entries[$0]) : nil })
    for _ in 0..<max(8, Self.workLimit / max(1, kinds.count + steps.count + links.count)) {
      let next = Self.numbered(
        states.indices.map { state in
          states[state].map { old in
            let ways = arrivals[state].map { way in
              Arrival(from: states[way.from] ?? -1, field: way.field, context: way.context)
            }
            return Signature(old: old, ways: Set(ways))
          }
        })
      if next == states { break }
      states = next
    }
    return states
  }

  /// Numbers what is not nil, equals alike, in the order in which they come first.
  private static func numbered<T: Hashable>(_ items: [T?]) -> [Int?] {
    var numbers: [T: Int] = [:]
    return items.map { item in
      guard let item else { return nil }
      let number = numbers[item] ?? numbers.count
      numbers[item] = number
      return number
    }
  }

  /// How many arrivals are looked at, over all rounds.
  private static let workLimit = 1_000_000

  private struct Arrival: Hashable {
    var from: Int
    /// Nil: by a link.
    var field: Int32?
    /// -1: it is a key's.
    var context: Int
  }

  private struct Role: Hashable {
    var kinds: KindSet
    var entries: [Entry]
  }

  private struct Signature: Hashable {
    var old: Int
    var ways: Set<Arrival>
  }

  private enum Entry: Hashable {
    case slot(Int)
    case kinds(KindSet, context: Int, [Int32])
    case row(Int32)
    case global(Int, context: Int)
    case key(Int32)
    case kept([Int32])
    case jump(Int32, from: Int)
  }

  private func entries() -> [[Entry]] {
    var result: [[Entry]] = kinds.map { _ in [] }
    for entry in starts { result[entry.state].append(.slot(entry.slot)) }
    for entry in listed { result[entry.state].append(.kinds(entry.kinds, context: entry.context, entry.conditions)) }
    for entry in literals { result[entry.state].append(.row(entry.row)) }
    for entry in globals { result[entry.state].append(.global(entry.index, context: entry.context)) }
    for entry in keyed { result[entry.state].append(.key(entry.key.field)) }
    for entry in jumps { result[entry.to].append(.jump(entry.field, from: entry.from)) }
    for entry in kept { result[entry.state].append(.kept(entry.conditions)) }
    return result
  }

  /// By state: whether a field of its entities is read, there or in a state that they may also be in, or a way back goes
  /// on there.
  private func areRead() -> [Bool] {
    var sources: [[Int]] = kinds.map { _ in [] }
    for link in links { sources[link.to].append(link.from) }
    for entry in keyed { sources[entry.state] += entry.key.states }
    return spread(from: steps.map(\.from) + steps.flatMap { $0.filter?.key?.states ?? [] }, along: sources)
  }

  /// By state: whether anything is ever in it.
  private func areReached() -> [Bool] {
    var targets: [[Int]] = kinds.map { _ in [] }
    for link in links { targets[link.from].append(link.to) }
    for step in steps { if let to = step.to { targets[step.from].append(to) } }
    let entries =
      starts.map(\.state) + jumps.map(\.to) + listed.map(\.state) + literals.map(\.state) + globals.map(\.state)
    return spread(from: entries, along: targets)
  }

  private func spread(from first: [Int], along edges: [[Int]]) -> [Bool] {
    var isMarked = kinds.map { _ in false }
    var pending = first
    while let state = pending.popLast() {
      if isMarked[state] { continue }
      isMarked[state] = true
      pending += edges[state]
    }
    return isMarked
  }
}

extension AccessPaths.Step {
  /// The same without where it leads.
  fileprivate var reading: Self { Self(from: from, field: field, to: nil, context: context, filter: filter) }

  fileprivate func precedes(_ other: Self) -> Bool {
    let (a, b) = ((from, context, field, to ?? -1), (other.from, other.context, other.field, other.to ?? -1))
    return a == b ? filter.order.lexicographicallyPrecedes(other.filter.order) : a < b
  }
}

extension AccessFilter? {
  /// Numbers that tell filters apart.
  fileprivate var order: [Int] {
    guard let self else { return [] }
    return [self.key.map { Int($0.field) } ?? .min] + (self.key?.states ?? []) + self.conditions.map { Int($0) }
  }
}

extension AccessFilter {
  /// The same with states numbered anew.
  fileprivate func numbered(_ states: [Int?]) -> AccessFilter {
    AccessFilter(conditions: conditions, key: key?.numbered(states))
  }
}

extension AccessFilter.Key {
  /// Nil where the entity in hand is in no state that is left.
  fileprivate func numbered(_ new: [Int?]) -> Self? {
    let left = Set(states.compactMap { new[$0] })
    return left.isEmpty ? nil : Self(field: field, states: left.sorted())
  }

  func numbered(from offset: Int) -> Self { Self(field: field, states: states.map { $0 + offset }) }
}
