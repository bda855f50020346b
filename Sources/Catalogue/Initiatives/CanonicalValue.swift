internal import CEL
internal import YAMLTree

/// A field's value in the one text that all ways of writing it share: `4h` for `PT4H` and `240m`, a list of references
/// sorted, a reference without its kind where there is only one that it can have.
struct CanonicalValue: Equatable {
  /// One text for a single value; one for each item of a list.
  var texts: [String]
  /// `unknown`, plain: an admitted gap.
  var isUnknown = false

  static let unknown = CanonicalValue(texts: ["unknown"], isUnknown: true)

  static func == (a: CanonicalValue, b: CanonicalValue) -> Bool {
    a.isUnknown == b.isUnknown && a.texts.count == b.texts.count
      && zip(a.texts, b.texts).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  init(texts: [String], isUnknown: Bool = false) {
    self.texts = texts
    self.isUnknown = isUnknown
  }

  /// Nil where the node is no value of the field's; the loader says so.
  init?(_ node: YAMLNode, _ field: Field, _ metamodel: Metamodel) {
    if node.isReported { return nil }
    if Self.isGap(node) {
      self = .unknown
      return
    }
    guard let texts = Self.texts(node, field, metamodel) else { return nil }
    self.texts = texts
  }

  static func isGap(_ node: YAMLNode) -> Bool { node.isPlain && node.textEquals("unknown") }

  /// Whether the order of a list's items means something: in lists of values, and on the way that an integration takes.
  static func isOrdered(_ field: Field) -> Bool {
    switch field.shape {
    case .relation: field.role == "through"
    case .common: false
    default: true
    }
  }

  private static func texts(_ node: YAMLNode, _ field: Field, _ metamodel: Metamodel) -> [String]? {
    switch field.shape {
    case .scalar(let scalar): return single(node, scalar).map { [$0] }
    case .scalars(let scalar): return all(node) { single($0, scalar) }
    case .record(let members): return record(node, members).map { [$0] }
    case .records(let members): return node.isSequence ? all(node) { record($0, members) } : nil
    case .relation(let kinds, let many):
      guard many else { return node.isScalar ? [reference(node.text, kinds, metamodel)] : nil }
      guard let texts = all(node, { $0.isScalar ? reference($0.text, kinds, metamodel) : nil }) else {
        return nil
      }
      return isOrdered(field) ? texts : distinct(texts)
    case .phaseDate: return single(node, .date).map { [$0] }
    case .lifecycle:
      if node.isScalar { return metamodel.phases.contains { node.textEquals($0) } ? [node.text] : nil }
      return record(node, metamodel.phases.map { Field.RecordField(name: $0, scalar: .date, isRequired: false) })
        .map { [$0] }
    case .common(.name), .common(.summary), .common(.notes): return single(node, .text).map { [$0] }
    case .common(.aliases), .common(.labels): return all(node) { single($0, .string) }.map(distinct)
    case .expression: return node.isScalar ? [node.text] : nil
    case .structure: return [tree(node)]
    case .common, .parts, .owner, .inverse, .derived, .phase, .live: return nil
    }
  }

  /// The items of a list; a single value counts as a list of one.
  static func items(_ node: YAMLNode) -> [YAMLNode] {
    if node.isSequence { return (0..<node.count).map { node[item: $0] } }
    return node.isScalar ? [node] : []
  }

  /// A text for each item; nil where one has none, or where this is no list.
  private static func all(_ node: YAMLNode, _ text: (YAMLNode) -> String?) -> [String]? {
    if node.isMapping { return nil }
    let items = items(node)
    let texts = items.compactMap(text)
    return texts.count == items.count ? texts : nil
  }

  /// Sorted by bytes, each once.
  private static func distinct(_ texts: [String]) -> [String] {
    let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var result: [String] = []
    for text in sorted where result.last.map({ $0.utf8.elementsEqual(text.utf8) }) != true { result.append(text) }
    return result
  }

  /// A reference without its kind where the relation leads to one kind only; else as it is written.
  static func reference(_ text: String, _ kinds: KindSet, _ metamodel: Metamodel) -> String {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), kinds.count == 1,
      let kind = metamodel.kind(named: String(text[..<colon])), kinds.contains(kind.index)
    else { return text }
    return String(text[text.index(after: colon)...])
  }

  // MARK: Single values

  private static func single(_ node: YAMLNode, _ scalar: Scalar) -> String? {
    guard node.isScalar, !node.isReported else { return nil }
    return self.scalar(node.text, scalar)
  }

  /// The canonical text of a scalar; nil where its type does not allow it.
  static func scalar(_ text: String, _ scalar: Scalar) -> String? {
    guard let value = ScalarReader.value(of: text, scalar) else { return nil }
    switch (value, scalar) {
    case (_, .text):
      // The line breaks that a block scalar ends with are style.
      var scalars = text.unicodeScalars
      while scalars.last == "\n" { scalars.removeLast() }
      return String(scalars)
    case (.double(let number), .money):
      let isWithCurrency = text.utf8.dropFirst(3).first == 0x20
      return (isWithCurrency ? String(text.prefix(4)) : "") + self.number(number)
    case (.double(let number), _): return self.number(number)
    case (.int(let number), _): return String(number)
    case (.date(let date), _): return date == .never ? "never" : date.text
    case (.duration(let nanoseconds), _): return duration(nanoseconds)
    case (.period(let period), _): return period.text
    default: return text
    }
  }

  private static func number(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : String(number)
  }

  /// `1h30m`; `0s` for nothing.
  private static func duration(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    var result = ""
    if seconds / 3600 != 0 { result += "\(seconds / 3600)h" }
    if seconds / 60 % 60 != 0 { result += "\(seconds / 60 % 60)m" }
    if seconds % 60 != 0 || result.isEmpty { result += "\(seconds % 60)s" }
    return result
  }

  // MARK: Records and structures

  /// `{status: started, date: 2026-10-30}`, members in the order of their declaration.
  private static func record(_ node: YAMLNode, _ members: [Field.RecordField]) -> String? {
    guard node.isMapping, !node.isReported else { return nil }
    var parts: [String] = []
    for member in members {
      guard let value = node.first(member.name), !value.isReported else { continue }
      if isGap(value) {
        parts.append("\(member.name): unknown")
      } else if let text = single(value, member.scalar) {
        parts.append("\(member.name): \(quoted(text))")
      } else {
        return nil
      }
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// Anything: mappings with their keys sorted, lists in their order.
  static func tree(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: return isGap(node) ? "unknown" : quoted(node.text)
    case .sequence: return "[\((0..<node.count).map { tree(node[item: $0]) }.joined(separator: ", "))]"
    case .mapping:
      let entries = (0..<node.count).map { (key: node.key($0).text, value: tree(node.value($0))) }
        .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return "{\(entries.map { "\(quoted($0.key)): \($0.value)" }.joined(separator: ", "))}"
    }
  }

  /// The text in quotes, unless it is made of what cannot be mistaken.
  private static func quoted(_ text: String) -> String {
    let isSimple = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"): true
      default: false
      }
    }
    if isSimple, !text.isEmpty, text != "unknown", text.utf8.first != 0x20, text.utf8.last != 0x20 { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
