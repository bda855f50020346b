import CEL
import Foundation
import Testing

/// Runs the public conformance cases where they are at hand: at `TRIGLYPH_CEL_CONFORMANCE`, or beside the clone. Cases
/// that fail are counted, and fewer passes than are committed here fail the test.
@Suite struct ConformanceTests {
  enum Outcome {
    case passed
    case failed(String)
    case skipped(String)
  }

  /// The least number of cases that must pass, by file of the suite. The whole files.
  static let floors: [String: Int] = [
    "basic": 30,
    "bindings_ext": 7,
    "comparisons": 231,
    "conversions": 80,
    "encoders_ext": 3,
    "fields": 43,
    "fp_math": 22,
    "integer_math": 51,
    "lists": 21,
    "logic": 21,
    "macros": 30,
    "macros2": 34,
    "math_ext": 123,
    "namespace": 10,
    "network_ext": 46,
    "optionals": 47,
    "parse": 131,
    "plumbing": 3,
    "string": 39,
    "string_ext": 144,
    "timestamps": 57,
    "type_deduction": 19,
  ]

  /// Files of the suite that are not run, and why.
  static let skippedFiles = [
    "block_ext": "it tests what an optimiser rewrites expressions to, which nobody writes"
  ]

  static var path: String {
    if let path = ProcessInfo.processInfo.environment["TRIGLYPH_CEL_CONFORMANCE"] { return path }
    // The package's root is the folder above Tests.
    var folder = URL(fileURLWithPath: #filePath)
    while folder.lastPathComponent != "Tests", folder.pathComponents.count > 1 { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/cel/conformance.jsonl").path
  }

  @Test("As many cases of the conformance suite pass as are committed")
  func suite() throws {
    guard let data = FileManager.default.contents(atPath: Self.path) else {
      print("conformance: ran no cases, there is no file at \(Self.path)")
      return
    }
    let isVerbose = ProcessInfo.processInfo.environment["TRIGLYPH_CEL_VERBOSE"] != nil
    var counts: [String: (passed: Int, failed: Int, skipped: Int)] = [:]
    var failing: [String] = []
    var skipped: [String] = []
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let item = try ConformanceCase(line: Data(line)) else {
        Issue.record("this is no case: \(String(decoding: line, as: UTF8.self))")
        continue
      }
      switch Self.run(item) {
      case .passed: counts[item.file, default: (0, 0, 0)].passed += 1
      case .skipped(let reason):
        counts[item.file, default: (0, 0, 0)].skipped += 1
        skipped.append("\(item.id): skipped: \(reason)")
      case .failed(let reason):
        counts[item.file, default: (0, 0, 0)].failed += 1
        failing.append("\(item.id): \(item.expression): \(reason)")
      }
    }
    #expect(!counts.isEmpty, "the file at \(Self.path) holds no cases")
    for (file, count) in counts.sorted(by: { $0.key < $1.key }) {
      let floor = Self.floors[file].map { ", at least \($0)" } ?? ""
      print("conformance: \(file): passed \(count.passed)\(floor), failed \(count.failed), skipped \(count.skipped)")
    }
    let total = counts.values.reduce((0, 0, 0)) { ($0.0 + $1.passed, $0.1 + $1.failed, $0.2 + $1.skipped) }
    print("conformance: in all: passed \(total.0), failed \(total.1), skipped \(total.2)")
    for text in skipped { print("conformance: \(text)") }
    for text in failing where isVerbose { print("conformance: \(text)") }
    for (file, floor) in Self.floors.sorted(by: { $0.key < $1.key }) {
      let passed = counts[file]?.passed ?? 0
      #expect(passed >= floor, "\(file): only \(passed) of at least \(floor) passed")
    }
  }

  private static func run(_ item: ConformanceCase) -> Outcome {
    if let reason = skippedFiles[item.file] { return .skipped(reason) }
    var environment = Environment(allowsDyn: true)
    environment.container = item.container
    environment.isUnchecked = item.isUnchecked
    var frame = Frame(graph: .empty, slotCount: 0)
    for declaration in item.declarations {
      var notation = ConformanceNotation()
      guard let name = declaration["name"] as? String else { return .failed("a declaration without a name") }
      if declaration["kind"] as? String == "function" {
        let overloads = (declaration["overloads"] as? [[String: Any]] ?? []).compactMap { overload -> Overload? in
          let parameters = (overload["params"] as? [Any] ?? []).compactMap { notation.type($0) }
          guard let result = notation.type(overload["result"]) else { return nil }
          return Overload(parameters, result, isMember: overload["instance"] as? Bool ?? false)
        }
        environment.hostFunctions[name] = Function(
          name, overloads, .variadic { _ in .error(.noSuchOverload, "`\(name)` is only declared") })
        continue
      }
      guard let type = notation.type(declaration["type"]) else { return .failed("a type that the runner cannot read") }
      let slot = frame.slots.count
      environment.variables[name] = .slot(slot, item.isUnchecked ? .dyn : type)
      let value: Value
      if let binding = item.bindings[name] {
        guard let bound = ConformanceNotation.value(binding) else {
          return .failed("a value that the runner cannot read")
        }
        value = bound
      } else {
        value = .error(.noSuchAttribute, "`\(name)` has no value")
      }
      frame.slots.append(value)
    }
    environment.firstFreeSlot = frame.slots.count
    let parsed = Parser.parse(item.expression)
    let checked = Checker.check(parsed, in: environment)
    guard checked.problems.isEmpty else {
      if case .error = item.expected, !item.isUnchecked || !parsed.problems.isEmpty { return .passed }
      return .failed(checked.problems.map(\.message).joined(separator: "; "))
    }
    let written: Any?
    switch item.expected {
    case .type(let type), .value(_, type: .some(let type)): written = type
    default: written = nil
    }
    if let written {
      var notation = ConformanceNotation()
      guard let wanted = notation.type(written) else { return .failed("a type that the runner cannot read") }
      if checked.type != wanted { return .failed("the type is \(environment.description(of: checked.type))") }
    }
    if item.isCheckOnly { return .passed }
    let result = CompiledExpression(checked, in: environment).evaluate(&frame)
    switch item.expected {
    case .type: return .passed
    case .error:
      if case .error = result { return .passed }
      return .failed("no error, but \(shown(result))")
    case .value(let written, _):
      guard let wanted = ConformanceNotation.value(written) else {
        return .failed("a value that the runner cannot read")
      }
      return ConformanceNotation.same(result, wanted) ? .passed : .failed("the value is \(shown(result))")
    }
  }

  private static func shown(_ value: Value) -> String {
    if case .error(let error) = value { return "an error: \(error.message)" }
    return value.text ?? "\(value)"
  }
}
