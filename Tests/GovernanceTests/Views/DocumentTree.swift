import YAMLTree

/// A document that can be changed and written again. Mappings keep their order.
indirect enum DocumentTree: Equatable, Sendable {
  case scalar(String, isPlain: Bool)
  case list([DocumentTree])
  case map([Pair])

  struct Pair: Equatable, Sendable {
    var key: String
    var value: DocumentTree
  }

  init(_ node: YAMLNode) {
    if node.isMapping {
      self = .map((0..<node.count).map { Pair(key: node.key($0).text, value: DocumentTree(node.value($0))) })
    } else if node.isSequence {
      self = .list((0..<node.count).map { DocumentTree(node[item: $0]) })
    } else {
      self = .scalar(node.text, isPlain: node.isPlain)
    }
  }

  static func word(_ text: String) -> DocumentTree { .scalar(text, isPlain: true) }

  subscript(_ key: String) -> DocumentTree? {
    get {
      guard case .map(let pairs) = self else { return nil }
      return pairs.first { $0.key == key }?.value
    }
    set {
      guard case .map(var pairs) = self else { return }
      if let newValue, let place = pairs.firstIndex(where: { $0.key == key }) {
        pairs[place].value = newValue
      } else if let newValue {
        pairs.append(Pair(key: key, value: newValue))
      } else {
        pairs.removeAll { $0.key == key }
      }
      self = .map(pairs)
    }
  }

  var pairs: [Pair] { if case .map(let pairs) = self { pairs } else { [] } }
  var text: String? { if case .scalar(let text, _) = self { text } else { nil } }
  /// An admitted gap.
  var isGap: Bool { self == .word("unknown") }
  var isMap: Bool { if case .map = self { true } else { false } }
  /// One item alone is a list of one.
  var items: [DocumentTree] { if case .list(let items) = self { items } else { [self] } }

  /// On one line.
  var yaml: String {
    switch self {
    case .map(let pairs): return "{\(pairs.map { "\(Self.quoted($0.key)): \($0.value.yaml)" }.joined(separator: ", "))}"
    case .list(let items): return "[\(items.map(\.yaml).joined(separator: ", "))]"
    case .scalar(let text, let isPlain):
      let isSafe = text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
        default: false
        }
      }
      return isPlain && isSafe && !text.isEmpty ? text : Self.quoted(text)
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
