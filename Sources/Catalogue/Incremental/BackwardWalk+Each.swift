internal import CEL

/// Walks from many changes at once: most of the ways back from them are the same.
extension BackwardWalk {
  /// By slot and row, which of some changes lead there, ascending; nil: of one of them everything is reached.
  mutating func walk(_ fields: FieldPaths, fromEach given: [ChangedFacts]) -> [Int: [Int32: [Int]]]? {
    var changes = given
    for one in given where !one.isEmpty {
      if !fields.isComplete || !fields.listings.intersection(one.listings).isEmpty { return nil }
      for listed in fields.filteredListings where !listed.kinds.intersection(one.listings).isEmpty { return nil }
    }
    for condition in fields.conditions {
      guard let found = walk(condition.paths, fromEach: given) else { return nil }
      for (row, places) in found[0] ?? [:] { for place in places { changes[place].insert(condition.fact, row) } }
    }
    var map = WayMap()
    var seeds: [[Int32]] = []
    for one in changes {
      guard let found = self.seeds(fields, one, &map) else { return nil }
      seeds.append(found)
    }
    guard explore(fields, &map) else { return nil }
    return map.reached(from: seeds)
  }

  /// The places at which the ways back from some changes begin.
  private mutating func seeds(_ fields: FieldPaths, _ changes: ChangedFacts, _ map: inout WayMap) -> [Int32]? {
    var seeds: [Int32] = []
    for (field, rows) in changes.rows {
      guard let steps = fields.readings[field] else { continue }
      for row in rows {
        let elements = changes.elements(field, row)
        for step in steps {
          guard let filter = step.filter, let elements else {
            place(row, step.from, fields, &map).map { seeds.append($0) }
            continue
          }
          for element in elements where mayHold(filter.conditions, element) {
            if let key = filter.key, let targets = inHand(key, element, fields, &map) {
              seeds += targets
            } else {
              place(row, step.from, fields, &map).map { seeds.append($0) }
            }
          }
        }
      }
    }
    return seeds
  }

  /// Follows all ways from the places of a map; false: one leads to everything.
  private mutating func explore(_ fields: FieldPaths, _ map: inout WayMap) -> Bool {
    let paths = fields.paths
    while let number = map.next() {
      let (state, row) = (Int(map.places[number].state), map.places[number].row)
      var targets: [Int32] = []
      if let key = fields.keys[state], let found = inHand(key, row, fields, &map) {
        map.close(number, leadingTo: found)
        continue
      }
      if isWayIn(row, state, paths) { return false }
      for start in paths.starts where start.state == state { map.noteStart(number, start.slot) }
      for from in fields.linksInto[state] { place(row, from, fields, &map).map { targets.append($0) } }
      for step in fields.stepsInto[state] {
        for holder in holders(of: row, step.field, isElsewhere: step.isElsewhere) {
          place(holder, step.from, fields, &map).map { targets.append($0) }
        }
      }
      for jump in fields.jumpsInto[state] {
        guard let rows = reached(from: row, by: jump.field) else { return false }
        for other in rows { place(other, jump.from, fields, &map).map { targets.append($0) } }
      }
      map.close(number, leadingTo: targets)
    }
    return true
  }

  /// The number of a place; nil: no way goes on from there.
  private mutating func place(_ row: Int32, _ state: Int, _ fields: FieldPaths, _ map: inout WayMap) -> Int32? {
    guard fields.paths.kinds[state].contains(graph.kind(of: row)) else { return nil }
    let place = Waypoint(state: Int32(state), row: row)
    if let known = map.number(of: place) { return known < 0 ? nil : known }
    if let kept = fields.kept[state], !mayHold(kept, row) {
      map.shut(place)
      return nil
    }
    return map.add(place)
  }

  /// Where ways go on from the entity in hand; nil: it cannot be told which it was.
  private mutating func inHand(
    _ key: AccessFilter.Key, _ row: Int32, _ fields: FieldPaths, _ map: inout WayMap
  ) -> [Int32]? {
    guard let targets = recorded(metamodel.fields[Int(key.field)], row, fields) else { return nil }
    var found: [Int32] = []
    for target in targets {
      for state in key.states { place(target, state, fields, &map).map { found.append($0) } }
    }
    return found
  }
}

/// Places and the ways between them.
private struct WayMap {
  private(set) var places: [Waypoint] = []
  private var numbers: [Waypoint: Int32] = [:]
  private var nextOpen = 0
  /// Where the ways of each place begin among all, in the order of places.
  private var starts: [Int32] = [0]
  private var targets: [Int32] = []
  private var slots: [(number: Int, slot: Int)] = []

  /// Negative where no way goes on; nil for a new place.
  func number(of place: Waypoint) -> Int32? { numbers[place] }

  mutating func shut(_ place: Waypoint) { numbers[place] = -1 }

  mutating func add(_ place: Waypoint) -> Int32 {
    let number = Int32(places.count)
    numbers[place] = number
    places.append(place)
    return number
  }

  /// The next place whose ways are not known yet: one after the other, in the order in which they were found.
  mutating func next() -> Int? {
    guard nextOpen < places.count else { return nil }
    nextOpen += 1
    return nextOpen - 1
  }

  mutating func close(_ number: Int, leadingTo found: [Int32]) {
    targets += found
    starts.append(Int32(targets.count))
  }

  mutating func noteStart(_ number: Int, _ slot: Int) { slots.append((number, slot)) }

  /// By slot and row, the seeds from which ways lead there.
  func reached(from seeds: [[Int32]]) -> [Int: [Int32: [Int]]] {
    var result: [Int: [Int32: [Int]]] = [:]
    let order = order
    // So many seeds at a time as a word has bits.
    for first in stride(from: 0, to: seeds.count, by: UInt64.bitWidth) {
      var marks = [UInt64](repeating: 0, count: places.count)
      for (bit, some) in seeds[first..<min(first + UInt64.bitWidth, seeds.count)].enumerated() {
        for place in some { marks[Int(place)] |= 1 << UInt64(bit) }
      }
      spread(&marks, order)
      for (number, slot) in slots where marks[number] != 0 {
        let row = places[number].row
        for bit in 0..<UInt64.bitWidth where marks[number] >> UInt64(bit) & 1 == 1 {
          if result[slot]?[row]?.last == first + bit { continue }
          result[slot, default: [:]][row, default: []].append(first + bit)
        }
      }
    }
    return result
  }

  /// Hands marks on until nothing changes: in an order in which only circles need more than once.
  private func spread(_ marks: inout [UInt64], _ order: [Int32]) {
    var isDone = false
    while !isDone {
      isDone = true
      var isBehind = [Bool](repeating: false, count: places.count)
      for number in order {
        let place = Int(number)
        isBehind[place] = true
        if marks[place] == 0 { continue }
        for index in Int(starts[place])..<Int(starts[place + 1]) {
          let target = Int(targets[index])
          let all = marks[target] | marks[place]
          if all == marks[target] { continue }
          marks[target] = all
          if isBehind[target] { isDone = false }
        }
      }
    }
  }

  /// Each place before those to which its ways lead, circles aside.
  private var order: [Int32] {
    var isSeen = [Bool](repeating: false, count: places.count)
    var after: [Int32] = []
    after.reserveCapacity(places.count)
    var stack: [(place: Int, next: Int32)] = []
    for first in places.indices where !isSeen[first] {
      isSeen[first] = true
      stack.append((first, starts[first]))
      while let top = stack.last {
        guard top.next < starts[top.place + 1] else {
          after.append(Int32(top.place))
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = Int(targets[Int(top.next)])
        if isSeen[target] { continue }
        isSeen[target] = true
        stack.append((target, starts[target]))
      }
    }
    return after.reversed()
  }
}
