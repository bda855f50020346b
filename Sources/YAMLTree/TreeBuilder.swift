import Diagnostics
internal import Glibc

/// Puts events together to nodes, and reports what YAML allows and this product does not.
struct TreeBuilder: ~Copyable {
  let limits: YAMLLimits
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var isFull = false

  private let source: SourceText
  private let bytes: UnsafeBufferPointer<UInt8>
  private var nodes: [NodeRecord] = []
  private var children: [Int32] = []
  private var arena: [UInt8] = []

  private var root: Int32 = -1
  private var rootEnd = 0
  private var frames: [Frame] = []
  /// Children of the open collections, the innermost last; -1 for a key that was reported and goes with its value.
  private var pending: [Int32] = []
  private var anchors: [String: Anchor] = [:]
  /// Nodes of the document so far, those that aliases repeat counted each time.
  private var expanded = 0
  /// Those that aliases repeat.
  private var repeated = 0
  /// Sizes at the beginning of the document, to go back to.
  private var mark = (nodes: 0, children: 0, arena: 0)

  /// A collection whose end has not come.
  private struct Frame {
    var node: Int32
    var isMapping: Bool
    var isFlow: Bool
    var pendingStart: Int
    var expandedStart: Int
    /// Levels below this one.
    var height = 0
    var lastEnd: Int
    var anchor: String?
  }

  private struct Anchor {
    var node: Int32
    var size = 1
    var height = 0
    var isOpen = false
  }

  init(_ source: SourceText, _ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) {
    self.source = source
    self.bytes = bytes
    self.limits = limits
    nodes.reserveCapacity(bytes.count / 12)
    children.reserveCapacity(bytes.count / 12)
  }

  borrowing func finish() -> NodeTable {
    NodeTable(source: source, nodes: nodes, children: children, arena: arena)
  }

  /// Whether the innermost open collection is one in brackets or braces.
  var isInFlow: Bool { frames.last?.isFlow ?? false }

  mutating func report(_ diagnostic: Diagnostic) {
    if isFull { return }
    diagnostics.append(diagnostic)
    if diagnostics.count >= limits.maximumDiagnostics {
      isFull = true
      diagnostics.append(.tooManyDiagnostics(at: diagnostic.range, limit: limits.maximumDiagnostics))
    }
  }

  mutating func beginDocument() {
    mark = (nodes.count, children.count, arena.count)
    root = -1
    frames.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    if !anchors.isEmpty { anchors = [:] }
    expanded = 0
    repeated = 0
  }

  /// The root and where its content ends; nil for a document without content.
  mutating func endDocument() -> (root: Int32, end: Int)? {
    guard root >= 0 else { return nil }
    let record = nodes[Int(root)]
    if record.flags.contains(.null), !record.flags.contains(.reported) {
      if record.start == record.end, anchors.isEmpty {
        abandonDocument()
        return nil
      }
      markReported(root)
      report(.emptyDocument(place(record)))
    }
    mark = (nodes.count, children.count, arena.count)
    return (root, rootEnd)
  }

  mutating func abandonDocument() {
    nodes.removeLast(nodes.count - mark.nodes)
    children.removeLast(children.count - mark.children)
    arena.removeLast(arena.count - mark.arena)
    root = -1
  }

  // MARK: Events

  mutating func addScalar(_ event: ParserEvent, _ range: Range<Int>) {
    let node = Int32(nodes.count)
    expanded += 1
    var end = range.upperBound
    let value = event.value
    var flags: NodeRecord.Flags = []
    let properties = NodeProperties(event, range, TextLines(bytes: bytes))
    let start = properties.contentStart
    if event.style == .literal || event.style == .folded {
      end = TextLines(bytes: bytes).trimmed(start..<end).upperBound
    } else if event.style == .plain, !event.hasTag, value.isNull {
      flags.insert(.null)
    }
    if properties.tag != nil { flags.insert(.reported) }
    let isQuoted = event.style == .singleQuoted || event.style == .doubleQuoted
    var first = isQuoted ? start + 1 : start
    if value.count != (isQuoted ? end - start - 2 : end - start) || !isText(value, at: first) {
      flags.insert(.inArena)
      first = arena.count
      arena.append(contentsOf: value)
    }
    nodes.append(
      NodeRecord(
        start: UInt32(start), end: UInt32(end), first: UInt32(first), count: UInt32(value.count), kind: .scalar,
        style: event.style, flags: flags))
    if let name = event.anchor { anchors[String(cString: name)] = Anchor(node: node) }
    if let tag = properties.tag { reportTag(tag, of: start..<end, isScalar: true) }
    add(node, end: max(end, range.upperBound), isAlias: false, at: start..<end)
  }

  /// False where the document is not read on.
  mutating func addAlias(_ event: ParserEvent, _ range: Range<Int>) -> Bool {
    let place = SourceRange(source, range)
    let name = event.anchor.map { String(cString: $0) } ?? ""
    guard let anchor = anchors[name], !anchor.isOpen else {
      report(
        anchors[name].map { .recursiveAlias(name, at: place, anchor: self.place(nodes[Int($0.node)])) }
          ?? .unknownAlias(
            name, at: place, known: anchors.count < 1_000 ? anchors.keys.sorted() : [],
            expression: expressionFix(at: range.lowerBound)))
      let node = Int32(nodes.count)
      nodes.append(
        NodeRecord(
          start: UInt32(range.lowerBound), end: UInt32(range.upperBound), first: UInt32(range.lowerBound), count: 0,
          kind: .scalar, style: .plain, flags: .reported))
      add(node, end: range.upperBound, isAlias: true, at: range)
      return true
    }
    expanded += anchor.size
    repeated += anchor.size
    if repeated > limits.maximumAliasExpansion {
      report(
        .aliasExpansion(
          name, at: place, limit: limits.maximumAliasExpansion, anchor: self.place(nodes[Int(anchor.node)])))
      return false
    }
    if frames.count + anchor.height > limits.maximumDepth {
      report(.tooDeep(at: place, limit: limits.maximumDepth))
      return false
    }
    if let last = frames.indices.last { frames[last].height = max(frames[last].height, anchor.height) }
    add(anchor.node, end: range.upperBound, isAlias: true, at: range)
    return true
  }

  /// False where the document is not read on.
  mutating func beginCollection(_ event: ParserEvent, _ range: Range<Int>) -> Bool {
    let properties = NodeProperties(event, range, TextLines(bytes: bytes))
    let start = properties.contentStart
    guard frames.count < limits.maximumDepth else {
      report(.tooDeep(at: SourceRange(source, start..<min(start + 1, bytes.count)), limit: limits.maximumDepth))
      return false
    }
    let node = Int32(nodes.count)
    var flags: NodeRecord.Flags = event.isFlow ? .flow : []
    if let tag = properties.tag {
      flags.insert(.reported)
      reportTag(tag, of: start..<start, isScalar: false)
    }
    let isMapping = event.kind == .mappingStart
    nodes.append(
      NodeRecord(
        start: UInt32(start), end: UInt32(start), first: 0, count: 0, kind: isMapping ? .mapping : .sequence,
        style: .plain, flags: flags))
    var name: String?
    if let anchor = event.anchor {
      let text = String(cString: anchor)
      anchors[text] = Anchor(node: node, isOpen: true)
      name = text
    }
    frames.append(
      Frame(
        node: node, isMapping: isMapping, isFlow: event.isFlow, pendingStart: pending.count, expandedStart: expanded,
        lastEnd: start, anchor: name))
    expanded += 1
    return true
  }

  mutating func endCollection(_ end: Int) {
    guard let frame = frames.popLast() else { return }
    let node = Int(frame.node)
    if frame.isMapping { dropUnusableEntries(frame) }
    let end = frame.isFlow ? end : frame.lastEnd
    nodes[node].end = UInt32(end)
    nodes[node].first = UInt32(children.count)
    nodes[node].count = UInt32(pending.count - frame.pendingStart)
    children.append(contentsOf: pending[frame.pendingStart...])
    pending.removeLast(pending.count - frame.pendingStart)
    let height = frame.height + 1
    if let name = frame.anchor {
      anchors[name] = Anchor(node: frame.node, size: expanded - frame.expandedStart, height: height)
    }
    if let last = frames.indices.last { frames[last].height = max(frames[last].height, height) }
    add(frame.node, end: end, isAlias: false, at: Int(nodes[node].start)..<end)
  }

  // MARK: Children

  private mutating func add(_ node: Int32, end: Int, isAlias: Bool, at range: Range<Int>) {
    guard let last = frames.indices.last else {
      root = node
      rootEnd = end
      return
    }
    frames[last].lastEnd = max(frames[last].lastEnd, end)
    var node = node
    if frames[last].isMapping, (pending.count - frames[last].pendingStart) % 2 == 0 {
      let record = nodes[Int(node)]
      if record.kind == .scalar, record.count == 0, record.flags.contains(.reported) {
        node = -1
      } else if let diagnostic = unusableKey(node, isAlias: isAlias, at: range, isFlow: frames[last].isFlow) {
        report(diagnostic)
        node = -1
      }
    } else if !isAlias, nodes[Int(node)].flags.contains(.null) {
      markReported(node)
      reportNull(nodes[Int(node)], in: frames[last])
    }
    pending.append(node)
  }

  private func unusableKey(_ node: Int32, isAlias: Bool, at range: Range<Int>, isFlow: Bool) -> Diagnostic? {
    let record = nodes[Int(node)]
    var place: SourceRange { SourceRange(source, range) }
    if isAlias || record.kind != .scalar || (isExplicitKey(range.lowerBound) && !isFirstByteOfMapping(range.lowerBound))
    {
      return .complexKey(at: place)
    }
    if record.count == 0 { return .emptyKey(at: place) }
    if record.count == 2, record.style == .plain, bytes[range.lowerBound] == UInt8(ascii: "<"), place.text == "<<" {
      return .mergeKey(at: place)
    }
    return nil
  }

  /// In `? a: b` the mark belongs to the mapping, which is reported as a key itself.
  private func isFirstByteOfMapping(_ start: Int) -> Bool {
    frames.last.map { Int(nodes[Int($0.node)].start) == start } ?? false
  }

  /// Whether `? ` stands before a key on its line.
  private func isExplicitKey(_ start: Int) -> Bool {
    guard start >= 2, TextLines.isBlank(bytes[start - 1]) else { return false }
    var index = start - 1
    while index > 0, TextLines.isBlank(bytes[index]) { index -= 1 }
    return bytes[index] == UInt8(ascii: "?")
  }

  private mutating func reportNull(_ record: NodeRecord, in frame: Frame) {
    var key: Range<Int>?
    if frame.isMapping {
      guard let node = pending.last, node >= 0 else { return }
      key = Int(nodes[Int(node)].start)..<Int(nodes[Int(node)].end)
    }
    report(
      .emptyValue(NullValue(Int(record.start)..<Int(record.end), key: key, isFlow: frame.isFlow, bytes), in: source))
  }

  /// Takes entries away whose key was reported, and reports and takes away later entries of an equal key.
  private mutating func dropUnusableEntries(_ frame: Frame) {
    let entries = pending[frame.pendingStart...]
    if !hasUnusableEntries(entries) { return }
    let keys = stride(from: entries.startIndex, to: entries.endIndex, by: 2).map { entries[$0] }
    let repeated = repeatedKeys(keys)
    var kept: [Int32] = []
    for (entry, key) in keys.enumerated() where key >= 0 {
      if let first = repeated[entry] {
        report(.duplicateKey(at: place(nodes[Int(key)]), first: place(nodes[Int(first)])))
      } else {
        kept += [key, entries[entries.startIndex + 2 * entry + 1]]
      }
    }
    pending.removeLast(entries.count)
    pending += kept
  }

  /// Exact for few entries; true for many.
  private func hasUnusableEntries(_ entries: ArraySlice<Int32>) -> Bool {
    if entries.count > 128 { return true }
    for later in stride(from: entries.startIndex, to: entries.endIndex, by: 2) {
      if entries[later] < 0 { return true }
      for earlier in stride(from: entries.startIndex, to: later, by: 2)
      where haveEqualText(entries[earlier], entries[later]) { return true }
    }
    return false
  }

  /// Places of keys that stand before, with the first such key.
  private func repeatedKeys(_ keys: [Int32]) -> [Int: Int32] {
    let order = keys.indices.filter { keys[$0] >= 0 }.sorted { a, b in
      let (x, y) = (text(keys[a]), text(keys[b]))
      return x.elementsEqual(y) ? a < b : x.lexicographicallyPrecedes(y)
    }
    var result: [Int: Int32] = [:]
    guard var first = order.first.map({ keys[$0] }) else { return result }
    for entry in order.dropFirst() {
      if haveEqualText(first, keys[entry]) { result[entry] = first } else { first = keys[entry] }
    }
    return result
  }

  private func haveEqualText(_ a: Int32, _ b: Int32) -> Bool {
    let (x, y) = (nodes[Int(a)], nodes[Int(b)])
    guard x.count == y.count else { return false }
    if x.flags.union(y.flags).contains(.inArena) { return text(a).elementsEqual(text(b)) }
    // Most keys differ in their first bytes.
    guard let start = bytes.baseAddress, x.count > 0, start[Int(x.first)] == start[Int(y.first)] else {
      return x.count == 0
    }
    return memcmp(start + Int(x.first), start + Int(y.first), Int(x.count)) == 0
  }

  private func text(_ node: Int32) -> ArraySlice<UInt8> {
    let record = nodes[Int(node)]
    let range = Int(record.first)..<Int(record.first + record.count)
    return record.flags.contains(.inArena) ? arena[range] : source.bytes[range]
  }

  // MARK: Places

  private func place(_ record: NodeRecord) -> SourceRange {
    SourceRange(source, Int(record.start)..<Int(record.end))
  }

  private mutating func markReported(_ node: Int32) {
    nodes[Int(node)].flags.insert(.reported)
  }

  private func isText(_ value: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + value.count <= bytes.count else { return false }
    guard let first = value.baseAddress, let place = bytes.baseAddress else { return value.isEmpty }
    return memcmp(first, place + start, value.count) == 0
  }

  private mutating func reportTag(_ tag: Range<Int>, of node: Range<Int>, isScalar: Bool) {
    let expression = isScalar ? expressionFix(at: tag.lowerBound) : nil
    report(.tag(SourceRange(source, tag), node: node, isScalar: isScalar, expression: expression))
  }

  /// Inside brackets or braces nothing tells where an expression would end.
  private func expressionFix(at offset: Int) -> Diagnostic.Fix? {
    isInFlow ? nil : UnquotedExpression(at: offset, TextLines(bytes: bytes))?.fix(in: source)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Empty, `~`, `null`, `Null` or `NULL`.
  fileprivate var isNull: Bool {
    switch count {
    case 0: true
    case 1: self[0] == UInt8(ascii: "~")
    case 4: ["null", "Null", "NULL"].contains { elementsEqual($0.utf8) }
    default: false
    }
  }
}
