import Diagnostics
import Testing
import YAMLTree

@testable import Catalogue

/// Keys in the metamodel's order: what moves, what goes with it, and what is left as it is.
@Suite struct KeyOrderTests {
  static let order = Task { KeyOrder(try await ShippedCatalogueTests.load().metamodel) }

  private func arrange(_ text: String) async throws -> KeyOrder.Answer {
    try await Self.order.value.arrange(SourceText(name: "a.yaml", text: text))
  }

  private func moved(_ text: String, _ wanted: String, _ location: SourceLocation = #_sourceLocation) async throws {
    #expect(try await arrange(text) == .moved(Array(wanted.utf8)), sourceLocation: location)
    #expect(try await arrange(wanted) == .same, sourceLocation: location)
  }

  private func left(
    _ text: String, _ line: Int?, _ reason: String, isMistake: Bool = false,
    _ location: SourceLocation = #_sourceLocation
  ) async throws {
    guard case .left(let obstacle) = try await arrange(text) else {
      Issue.record("it is not left", sourceLocation: location)
      return
    }
    #expect(obstacle.line == line, sourceLocation: location)
    #expect(obstacle.isMistake == isMistake, sourceLocation: location)
    #expect(obstacle.reason.contains(reason), "\(obstacle.reason)", sourceLocation: location)
  }

  @Test func `whole keys move, with what is inside them and the comments above them`() async throws {
    try await moved(
      """
      # Of this document.

      lifecycle:
        # since then
        active: 2020-01-01   # a day
      # What it is called.
      # In two lines.
      name: 'A'
      summary: |
        id: none

        # no comment
      id: a   # its id
      kind: system

      """,
      """
      # Of this document.

      kind: system
      id: a   # its id
      # What it is called.
      # In two lines.
      name: 'A'
      summary: |
        id: none

        # no comment
      lifecycle:
        # since then
        active: 2020-01-01   # a day

      """)
  }

  @Test func `each document of a file is put in order by itself, and what is between them stays`() async throws {
    try await moved(
      "id: a\nkind: system\n\n# end of a\n---\n# yaml-language-server: $schema=x\nname: B\nkind: system\nid: b\n...\n# after\n---\nkind: capability\nid: c\n",
      "kind: system\nid: a\n\n# end of a\n---\n# yaml-language-server: $schema=x\nkind: system\nid: b\nname: B\n...\n# after\n---\nkind: capability\nid: c\n"
    )
  }

  @Test func `line breaks of Windows stay, and so do tabs and strange spaces in values`() async throws {
    try await moved(
      "id: a\r\nkind: system\t# x\r\nname: \u{A0}ü\r\n", "kind: system\t# x\r\nid: a\r\nname: \u{A0}ü\r\n")
  }

  @Test func `a rule reads like a sentence`() async throws {
    try await moved(
      "kind: rule\nid: a\nname: A\nlet:\n  b: self\nwhen: true\ntitle: T\n",
      "kind: rule\nid: a\nname: A\ntitle: T\nwhen: true\nlet:\n  b: self\n")
  }

  @Test func `comments between nested entries move with their key, wherever they begin`() async throws {
    try await moved(
      "kind: system\nid: a\nintegrations:\n  - id: x\n# between\n  - id: y\nname: A\n# last\nsummary: s\n",
      "kind: system\nid: a\nname: A\n# last\nsummary: s\nintegrations:\n  - id: x\n# between\n  - id: y\n")
  }

  @Test func `a comment that may be of two things keeps a file as it is`() async throws {
    try await left("# of what?\nid: a\nkind: system\n", 1, "blank line")
    try await left("kind: system\nname: A\n\n# of none\n\nid: a\n", 4, "belongs to no key")
    try await left("kind: system\nname: A\nid: a\n# of the id, or the end\n", 4, "above it or")
    // Where it moves past neither, nobody has to ask.
    try await moved(
      "kind: system\nsummary: s\nid: a\n\n# of none\n\nname: A\n",
      "kind: system\nid: a\n\n# of none\n\nname: A\nsummary: s\n")
  }

  @Test func `what cannot be moved is left, with the line and the reason`() async throws {
    try await left("{id: a, kind: system}\n", 1, "braces")
    try await left("--- {id: a, kind: system}\n", 1, "braces")
    try await left("\u{FEFF}id: a\nkind: system\n", 1, "byte-order")
    try await left("id: a\nkind: system", 2, "no line break")
    try await left("  id: a\n  kind: system\n", 1, "indented")
    try await left("kind: system\nnmae: A\nid: a\n", 2, "`nmae`")
    try await left("kind: sytem\nid: a\n", 1, "kind is not known")
    try await left("id: a\nname: A\n", 1, "kind is not known")
    // An alias would stand before what it means; a text would lose the lines that it ends with.
    try await left("kind: system\nsummary: &a x\nname: *a\n", nil, "something else")
    try await left("kind: system\nid: a\nsummary: s\nname: |+\n  x\n\n\n", nil, "something else")
    try await left("kind: system\nsummary: \"x\n# y\"\nname: A\n", nil, "something else")
  }

  @Test func `a mistake in the YAML is named as one`() async throws {
    try await left("id: a\nid: b\nkind: system\n", 2, "second time", isMistake: true)
    try await left("kind: system\nname: [\nid: a\n", 4, "missing", isMistake: true)
    try await left("kind: system\n\tname: A\nid: a\n", 2, "tab", isMistake: true)
    try await left("id: a\nkind: ~\n", 2, "null", isMistake: true)
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "---\n---\n", "- a\n- b\n", "text\n", "kind: system\n"])
  func `where there is nothing to order, nothing moves`(_ text: String) async throws {
    #expect(try await arrange(text) == .same)
  }

  // MARK: Properties

  /// Lines of one key each, as people write them.
  private static let entries = [
    "id: a\n", "name: 'A'   # called\n", "summary: >-\n  long\n\n  text # no comment\n", "owner: b\n",
    "# above\nclassification: official\n", "type: business\n\n", "provides:\n  - x\n  # in it\n  - y\n",
    "lifecycle: {active: 2020-01-01,\n  retired: never}\n", "rto: &t 4h\n", "rpo: *t\n", "mfa: true\n",
    "\n# one\n# two\naliases: [c, d]\n", "integrations:\n# odd\n- id: e\n  to: f\n", "exposure: \"inter\\\n  net\"\n",
    "uses: |+\n  g\n\n", "\n# alone\n\nhosting: cloud\n", "  \nlocations: []\r\n", "environment: |-\n  # h\n  i\n",
  ]
  private static let between = [
    "---\n", "--- # next\n", "...\n---\n", "\n---\n", "# end\n---\n", "---\n# top\n\n", "---\n# top\n",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (entries.shuffled(using: &random).prefix(.random(in: 0...8, using: &random)) + ["kind: system\n"])
        .shuffled(using: &random).joined()
    }.joined(separator: between.randomElement(using: &random) ?? "---\n")
  }

  @Test func `generated documents say the same, line by line, and a second time nothing moves`() async throws {
    let order = try await Self.order.value
    var random = SeededGenerator(seed: 7)
    var counts = (same: 0, moved: 0, left: 0)
    for _ in 0..<3_000 {
      let text = Self.text(&random)
      let source = SourceText(name: "a.yaml", text: text)
      switch order.arrange(source) {
      case .same: counts.same += 1
      case .left: counts.left += 1
      case .moved(let bytes):
        counts.moved += 1
        let after = SourceText(name: "a.yaml", bytes: bytes)
        #expect(order.arrange(after) == .same, "\(text)")
        #expect(Self.lines(source) == Self.lines(after), "\(text)")
        let (old, new) = (YAMLFile.parse(source), YAMLFile.parse(after))
        #expect(old.documents.map { Self.entries(of: $0) } == new.documents.map { Self.entries(of: $0) }, "\(text)")
      }
    }
    #expect(counts.moved > 500 && counts.left > 500 && counts.same > 10, "\(counts)")
  }

  @Test func `bytes that nobody meant end in no trap, and never in other lines`() async throws {
    let order = try await Self.order.value
    var random = SeededGenerator(seed: 11)
    let odd: [UInt8] = [0, 9, 10, 13, 32, 35, 38, 42, 45, 46, 58, 123, 124, 0x85, 0xC2, 0xE2, 0xEF, 0xFF]
    for _ in 0..<3_000 {
      var bytes = Array(Self.text(&random).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = odd.randomElement(using: &random) ?? 0
        case 1: bytes.insert(odd.randomElement(using: &random) ?? 0, at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      let source = SourceText(name: "a.yaml", bytes: bytes)
      guard case .moved(let after) = order.arrange(source) else { continue }
      let moved = SourceText(name: "a.yaml", bytes: after)
      #expect(Self.lines(source) == Self.lines(moved))
      #expect(order.arrange(moved) == .same, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `the shipped repository says the same when it is put in order`() async throws {
    let order = try await Self.order.value
    var counts = (files: 0, moved: 0)
    for source in try ShippedRepository.documents() {
      counts.files += 1
      switch order.arrange(source) {
      case .same: break
      case .left(let obstacle): #expect(!obstacle.isMistake, "\(source.name): \(obstacle.reason)")
      case .moved(let bytes):
        counts.moved += 1
        let after = SourceText(name: source.name, bytes: bytes)
        #expect(order.arrange(after) == .same)
        #expect(Self.lines(source) == Self.lines(after))
        #expect(
          YAMLFile.parse(source).documents.map { Self.entries(of: $0) }
            == YAMLFile.parse(after).documents.map { Self.entries(of: $0) }, "\(source.name)")
      }
    }
    #expect(counts.files > 150)
  }

  private static func lines(_ source: SourceText) -> [[UInt8]] {
    source.bytes.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  /// Each key with what is under it, node by node, in the order of the keys: told apart from the tree that the proof uses.
  private static func entries(of document: YAMLDocument) -> [String] {
    func text(_ node: YAMLNode) -> String {
      switch node.kind {
      case .scalar: "\(node.style)\(node.utf8.map { $0 })"
      case .sequence: "[" + (0..<node.count).map { text(node[item: $0]) }.joined(separator: ",") + "]"
      case .mapping:
        "{" + (0..<node.count).map { text(node.key($0)) + ":" + text(node.value($0)) }.joined(separator: ",") + "}"
      }
    }
    let root = document.root
    guard root.isMapping else { return [text(root)] }
    return (0..<root.count).map { text(root.key($0)) + ":" + text(root.value($0)) }.sorted()
  }
}
