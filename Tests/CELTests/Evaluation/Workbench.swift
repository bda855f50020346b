import CEL
import Testing

/// Checks and evaluates expressions over the small estate, and shows what came of it as text.
struct Workbench {
  var environment: Environment
  /// Shared functions and `let`s that did not parse or check.
  private(set) var mistakes: [String] = []

  init() {
    environment = Environment(host: SmallEstate())
    environment.variables = [
      "self": .slot(0, .entity(SmallEstate.system)), "other": .slot(1, .entity(SmallEstate.system)),
      "any": .slot(2, .entity(KindSet([0, 2]))), "date": .viewDate,
    ]
    environment.namespaces = ["settings": ["limit": .constant(.int(3), .int)]]
    environment.firstFreeSlot = 3
  }

  mutating func define(_ name: String, _ parameters: [(name: String, type: ValueType)], _ body: String) {
    let function = SharedFunction(
      name: name, parameters: parameters, body: Parser.parse(body, macros: environment.macros))
    environment.functions[name] = function
  }

  /// A lazy variable, as a rule's `let` makes one.
  mutating func bind(_ name: String, _ text: String) {
    let slot = environment.firstFreeSlot
    environment.firstFreeSlot += 1
    let checked = check(text)
    guard checked.problems.isEmpty else {
      mistakes += shown(checked.problems)
      return
    }
    let compiled = CompiledExpression(checked, in: environment)
    environment.firstFreeSlot = max(environment.firstFreeSlot, compiled.slotCount)
    environment.variables[name] = .lazy(slot, compiled)
  }

  func check(_ text: String, expecting: ValueType? = nil) -> CheckedExpression {
    Checker.check(Parser.parse(text, macros: environment.macros), in: environment, expecting: expecting)
  }

  func type(_ text: String) -> String {
    let checked = check(text)
    if !checked.problems.isEmpty { return shown(checked.problems).joined(separator: "; ") }
    return environment.description(of: checked.type)
  }

  /// The problems of an expression: `id at "the text they point at": message (notes)`.
  func problems(_ text: String) -> [String] { shown(check(text).problems, text) }

  private func shown(_ problems: [ExpressionProblem], _ text: String = "") -> [String] {
    problems.map { problem in
      let bytes = Array(text.utf8)
      let place = String(decoding: bytes[problem.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
      let notes = problem.notes.isEmpty ? "" : " (" + problem.notes.joined(separator: "; ") + ")"
      return "\(problem.id) at \"\(place)\": \(problem.message)\(notes)"
    }
  }

  /// The value as text, for `self`; or the problems.
  func value(
    _ text: String, of id: String = "hub", other: String = "billing", costLimit: Int = 50_000_000
  ) -> String {
    let checked = check(text)
    guard checked.problems.isEmpty else { return shown(checked.problems, text).joined(separator: "; ") }
    var frame = Frame(graph: SmallEstate.graph, slotCount: environment.firstFreeSlot, costLimit: costLimit)
    frame.slots[0] = .entity(SmallEstate.row(id))
    frame.slots[1] = .entity(SmallEstate.row(other))
    frame.slots[2] = .entity(SmallEstate.row("parking"))
    return Self.shown(CompiledExpression(checked, in: environment).evaluate(&frame))
  }

  /// A possible element has `?` and its facts behind it; an open list ends with `…` and its facts.
  static func shown(_ value: Value) -> String {
    switch value {
    case .entity(let row): return SmallEstate.ids[Int(row)]
    case .enumeration(let type, let ordinal): return SmallEstate.graph.enums[Int(type)].values[Int(ordinal)]
    case .unknown(let unknown): return "unknown" + shown(unknown)
    case .error(let error): return "error \(error.code.rawValue)"
    case .null: return "null"
    case .string(let text): return "'\(text)'"
    case .optional(let box): return box.value.map { "optional(\(shown($0)))" } ?? "none"
    case .map(let map):
      return "{" + map.entries.map { "\(shown($0.key)): \(shown($0.value))" }.joined(separator: ", ") + "}"
    case .record(let box): return "(" + box.fields.map(shown).joined(separator: ", ") + ")"
    case .path(let path):
      var result = path.nodes.first.map { SmallEstate.ids[Int($0)] } ?? "no path"
      for (hop, node) in zip(path.hops, path.nodes.dropFirst()) {
        let via = hop.via.map { " " + SmallEstate.ids[Int($0)] } ?? ""
        result += " -\(hop.relation ?? "?")\(via)-> \(SmallEstate.ids[Int(node)])"
      }
      return result
    default:
      guard let view = value.listView else { return value.text ?? "\(value)" }
      var items = (0..<view.count).map { index in
        shown(view[index]) + (view.reason(at: index).map { "?" + shown($0) } ?? "")
      }
      if let open = view.open { items.append("…" + shown(open)) }
      return "[" + items.joined(separator: ", ") + "]"
    }
  }

  private static func shown(_ unknown: Unknown) -> String {
    let facts = unknown.facts.map {
      "\(SmallEstate.ids[Int($0.row)]).\(SmallEstate.fieldNames[Int($0.field)])"
    }
    return "(" + facts.joined(separator: ", ") + ")"
  }
}

/// An expression, of which system it is asked, and what must come of it.
struct Expectation: CustomTestStringConvertible, Sendable {
  var text: String
  var id: String
  var expected: String

  init(_ text: String, of id: String = "hub", is expected: String) {
    self.text = text
    self.id = id
    self.expected = expected
  }

  var testDescription: String { "\(text) of \(id)" }

  func verify(in bench: Workbench = Workbench(), sourceLocation: SourceLocation = #_sourceLocation) {
    let found = bench.value(text, of: id)
    #expect(found == expected, "\(text) of \(id)", sourceLocation: sourceLocation)
  }
}
