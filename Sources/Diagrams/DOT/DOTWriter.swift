/// Writes DOT: the only place that writes attributes. Names, keywords and colours are ours; text from outside enters as
/// `DOTAttribute.text` and `DOTMarkup` alone, escaped by `DOTText`.
struct DOTWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0

  /// A directed graph.
  mutating func graph(
    named name: StaticString = "landscape", _ attributes: [DOTAttribute], _ body: (inout DOTWriter) -> Void
  ) {
    line("digraph \(name) {")
    depth += 1
    if !attributes.isEmpty { line("graph \(list(attributes))") }
    body(&self)
    depth -= 1
    line("}")
  }

  /// What holds for all nodes from here on.
  mutating func nodes(_ attributes: [DOTAttribute]) { line("node \(list(attributes))") }

  /// What holds for all edges from here on.
  mutating func edges(_ attributes: [DOTAttribute]) { line("edge \(list(attributes))") }

  /// A subgraph with a frame of its own.
  mutating func cluster(_ name: DOTName, _ attributes: [DOTAttribute], _ body: (inout DOTWriter) -> Void) {
    line("subgraph cluster_\(name.text) {")
    depth += 1
    line("graph \(list(attributes))")
    body(&self)
    depth -= 1
    line("}")
  }

  /// Nodes that stand beside one another.
  mutating func row(_ names: [DOTName]) { line("{ rank=same; \(names.map(\.text).joined(separator: "; ")) }") }

  mutating func node(_ name: DOTName, _ attributes: [DOTAttribute]) { line("\(name.text) \(list(attributes))") }

  mutating func edge(_ tail: DOTName, _ head: DOTName, _ attributes: [DOTAttribute]) {
    line("\(tail.text) -> \(head.text) \(list(attributes))")
  }

  private func list(_ attributes: [DOTAttribute]) -> String {
    "[\(attributes.map(\.text).joined(separator: " "))]"
  }

  private mutating func line(_ text: String) {
    for _ in 0..<depth { bytes += [0x20, 0x20] }
    bytes += text.utf8
    bytes.append(0x0A)
  }
}

/// One attribute. The name is a literal of ours.
struct DOTAttribute {
  let text: String

  /// A keyword of Graphviz's, or several.
  static func word(_ name: StaticString, _ value: StaticString) -> DOTAttribute {
    DOTAttribute(text: "\(name)=\"\(value)\"")
  }

  static func number(_ name: StaticString, _ value: Int) -> DOTAttribute { DOTAttribute(text: "\(name)=\(value)") }

  /// A number given in hundredths.
  static func hundredths(_ name: StaticString, _ value: Int) -> DOTAttribute {
    let rest = value % 100
    return DOTAttribute(text: "\(name)=\(value / 100).\(rest < 10 ? "0" : "")\(rest)")
  }

  /// A number within a keyword of Graphviz's: `array_u4`.
  static func word(_ name: StaticString, _ value: StaticString, _ number: Int) -> DOTAttribute {
    DOTAttribute(text: "\(name)=\"\(value)\(number)\"")
  }

  static func colour(_ name: StaticString, _ value: Colour) -> DOTAttribute {
    DOTAttribute(text: "\(name)=\"\(value.hex)\"")
  }

  /// Two lines in one colour beside one another, and another colour between them.
  static func lines(_ name: StaticString, _ value: Colour, _ between: Colour) -> DOTAttribute {
    DOTAttribute(text: "\(name)=\"\(value.hex):\(between.hex):\(value.hex)\"")
  }

  static func text(_ name: StaticString, _ lines: [String]) -> DOTAttribute {
    DOTAttribute(text: "\(name)=\(DOTText.quoted(lines))")
  }

  static func tooltip(_ lines: [String]) -> DOTAttribute {
    DOTAttribute(text: "tooltip=\(DOTText.quoted(lines, limit: DOTText.tooltipLimit))")
  }

  static func label(_ markup: DOTMarkup) -> DOTAttribute { DOTAttribute(text: "label=<\(markup.text)>") }

  /// A link that `LinkTemplate` made: no other text gets here.
  static func link(_ link: DiagramLink) -> DOTAttribute {
    DOTAttribute(text: "URL=\(DOTText.quoted([link.text], limit: .max))")
  }

  /// The label of an edge that is placed last, where there is room.
  static func outerLabel(_ markup: DOTMarkup) -> DOTAttribute { DOTAttribute(text: "xlabel=<\(markup.text)>") }
}
