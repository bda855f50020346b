internal import YAMLTree

/// What a document says, without how it is written: to compare a text that was changed with what the change means.
indirect enum PlainTree: Equatable {
  /// A gap is a plain `unknown`, which is another value than the same text in quotes.
  case scalar([UInt8], isGap: Bool)
  case sequence([PlainTree])
  /// In the order of the text, which means nothing.
  case mapping([Entry])

  struct Entry {
    var key: [UInt8]
    var value: PlainTree
  }

  /// A step from a node to one below it.
  enum Step: Equatable {
    case key(String)
    case item(Int)
  }

  /// A text; `isGap` where it stands for an admitted gap.
  static func text(_ text: String, isGap: Bool = false) -> PlainTree { .scalar(Array(text.utf8), isGap: isGap) }

  /// Nil where a node of it was reported.
  init?(_ node: YAMLNode) {
    if node.isReported { return nil }
    switch node.kind {
    case .scalar: self = .scalar(Array(node.utf8), isGap: CanonicalValue.isGap(node))
    case .sequence:
      var items: [PlainTree] = []
      for index in 0..<node.count {
        guard let item = PlainTree(node[item: index]) else { return nil }
        items.append(item)
      }
      self = .sequence(items)
    case .mapping:
      var entries: [Entry] = []
      for index in 0..<node.count {
        guard let value = PlainTree(node.value(index)) else { return nil }
        entries.append(Entry(key: Array(node.key(index).utf8), value: value))
      }
      self = .mapping(entries)
    }
  }

  subscript(key: String) -> PlainTree? {
    get {
      guard case .mapping(let entries) = self else { return nil }
      return entries.first { $0.key.elementsEqual(key.utf8) }?.value
    }
    set {
      guard case .mapping(var entries) = self else { return }
      let place = entries.firstIndex { $0.key.elementsEqual(key.utf8) }
      switch (place, newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append(Entry(key: Array(key.utf8), value: value))
      case (nil, nil): return
      }
      self = .mapping(entries)
    }
  }

  static func == (a: PlainTree, b: PlainTree) -> Bool {
    switch (a, b) {
    case (.scalar(let x, let isGapX), .scalar(let y, let isGapY)): return x == y && isGapX == isGapY
    case (.sequence(let x), .sequence(let y)): return x == y
    case (.mapping(let x), .mapping(let y)):
      guard x.count == y.count else { return false }
      // Mostly the keys are in one order.
      if zip(x, y).allSatisfy({ $0.key == $1.key }) { return zip(x, y).allSatisfy { $0.value == $1.value } }
      let (first, second) = (sorted(x), sorted(y))
      return zip(first, second).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: return false
    }
  }

  private static func sorted(_ entries: [Entry]) -> [Entry] {
    entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// The same with one node replaced; nil where there is no such node.
  func replacing(_ steps: some Collection<Step>, _ change: (PlainTree) -> PlainTree?) -> PlainTree? {
    guard let step = steps.first else { return change(self) }
    switch (step, self) {
    case (.key(let key), .mapping):
      guard let value = self[key]?.replacing(steps.dropFirst(), change) else { return nil }
      var result = self
      result[key] = value
      return result
    case (.item(let index), .sequence(var items)) where items.indices.contains(index):
      guard let item = items[index].replacing(steps.dropFirst(), change) else { return nil }
      items[index] = item
      return .sequence(items)
    default: return nil
    }
  }
}
