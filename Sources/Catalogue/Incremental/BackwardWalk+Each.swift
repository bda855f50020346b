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
      var found: [Int32] = []
      eachBeginning(fields, one) { walk, place in
        if let number = map.number(of: place, fields, &walk) { found.append(number) }
      }
      seeds.append(found)
    }
    while let number = map.next() {
      var found: [Int32] = []
      let onward = eachNext(map.places[number], fields) { walk, place in
        if let number = map.number(of: place, fields, &walk) { found.append(number) }
      }
      switch onward {
      case .everything: return nil
      case .inHand: break
      case .here(let slots): map.noteStarts(number, slots)
      }
      map.close(leadingTo: found)
    }
    return map.reached(from: seeds)
  }
}

/// Places and the ways between them.
private struct WayMap {
  private(set) var places: [Waypoint] = []
  private var numbers: [Waypoint: Int32?] = [:]
  private var nextOpen = 0
  /// Where the ways of each place begin among all, in the order of places.
  private var starts: [Int32] = [0]
  private var targets: [Int32] = []
  private var slots: [(number: Int, slot: Int)] = []

  /// Nil where no way goes on.
  mutating func number(of place: Waypoint, _ fields: FieldPaths, _ walk: inout BackwardWalk) -> Int32? {
    if let known = numbers[place] { return known }
    let number = walk.mayGoOn(place, fields) ? Int32(places.count) : nil
    numbers[place] = .some(number)
    if number != nil { places.append(place) }
    return number
  }

  /// The next place whose ways are not known yet: one after the other, in the order in which they were found.
  mutating func next() -> Int? {
    guard nextOpen < places.count else { return nil }
    nextOpen += 1
    return nextOpen - 1
  }

  /// Where the ways of the place lead that was asked for last.
  mutating func close(leadingTo found: [Int32]) {
    targets += found
    starts.append(Int32(targets.count))
  }

  mutating func noteStarts(_ number: Int, _ slots: [Int]) { for slot in slots { self.slots.append((number, slot)) } }

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
