import CEL
import Diagnostics
import Foundation
import FuzzDriver
import YAMLTree

/// What the target does beside being fuzzed.
enum Modes {
  static let all: [String: @Sendable ([String]) throws -> Void] = [
    "prefixes": prefixes, "seeds": seeds, "dictionary": { _ in printDictionary() }, "show": show,
  ]

  /// Checks each expression of a file of conformance cases, and each beginning of each.
  @Sendable private static func prefixes(_ arguments: [String]) throws {
    struct Case: Decodable { var expr: String }
    var expressions = 0
    var inputs = 0
    for path in arguments {
      for line in try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")) {
        let text = Array(try JSONDecoder().decode(Case.self, from: line).expr.utf8)
        expressions += 1
        for count in 0...text.count { FuzzDriver.run(Array(text[..<count])) }
        inputs += text.count + 1
      }
    }
    print("\(expressions) expressions, \(inputs) beginnings of them")
  }

  /// Prints what becomes of the expressions in files, without asking whether it is right.
  @Sendable private static func show(_ arguments: [String]) throws {
    for path in arguments {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      print(String(decoding: bytes, as: UTF8.self).debugDescription)
      for (title, world) in [
        ("typed", World.typed(isPlain: false)), ("typed, alone", World.typed(isPlain: true)),
        ("open", World.open(isPlain: false)), ("open, alone", World.open(isPlain: true)),
      ] {
        let environment = world.environment
        let checked = Checker.check(Parser.parse(bytes, macros: environment.macros), in: environment)
        guard checked.problems.isEmpty else {
          for problem in checked.problems { print("  \(title): \(problem.id) at \(problem.range): \(problem.message)") }
          continue
        }
        let compiled = CompiledExpression(checked, in: environment)
        let results = Evaluation.run(compiled, world, costLimit: FuzzCEL.costLimit)
        print("  \(title): \(environment.description(of: checked.type))")
        for result in results { print("    \(result.text), cost \(result.cost)") }
      }
    }
  }

  // MARK: Seeds

  /// Writes every expression in files of Swift and YAML to a folder, each to a file of its own.
  @Sendable private static func seeds(_ arguments: [String]) throws {
    guard let folder = arguments.first else { return }
    var texts: Set<[UInt8]> = []
    for path in arguments.dropFirst() {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
      let found = path.hasSuffix(".yaml") ? scalars(bytes, path) : literals(bytes)
      for text in found where (3...400).contains(text.count) {
        if Parser.parse(text, macros: MacroSignature.all).problems.isEmpty { texts.insert(text) }
      }
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
    for (index, text) in sorted.enumerated() {
      try Data(text).write(to: URL(filePath: "\(folder)/seed-\(index)"))
    }
    print("\(sorted.count) seeds")
  }

  private static func scalars(_ bytes: [UInt8], _ path: String) -> [[UInt8]] {
    func all(_ node: YAMLNode) -> [[UInt8]] {
      switch node.kind {
      case .scalar: [Array(node.utf8)]
      case .sequence: (0..<node.count).flatMap { all(node[item: $0]) }
      case .mapping: (0..<node.count).flatMap { all(node.value($0)) }
      }
    }
    return YAMLFile.parse(SourceText(name: path, bytes: bytes)).documents.flatMap { all($0.root) }
  }

  /// What stands between quotes on a line of Swift, with `\"` and `\\` resolved.
  private static func literals(_ bytes: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var current: [UInt8]?
    var isEscaped = false
    for byte in bytes {
      guard var text = current else {
        if byte == UInt8(ascii: "\"") { current = [] }
        continue
      }
      if byte == 0x0A {
        current = nil
        isEscaped = false
      } else if isEscaped {
        isEscaped = false
        text.append(byte)
        current = text
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        result.append(text)
        current = nil
      } else {
        text.append(byte)
        current = text
      }
    }
    return result
  }
}
