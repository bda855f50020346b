/// An expression over named values, ready to run: the shortest way to embed the language.
///
/// ```swift
/// let program = try Program("user.startsWith('a') && age >= 18", variables: ["user": .string, "age": .int])
/// let value = program.evaluate(["user": .string("ada"), "age": .int(36)])
/// ```
///
/// A host with entities, enumerations or functions of its own fills an `Environment`, and runs a `CompiledExpression`
/// in a `Frame` that it keeps.
public struct Program: Sendable {
  /// What is wrong with an expression, each mistake at its place.
  public struct Mistakes: Error, CustomStringConvertible {
    public let text: String
    public let problems: [ExpressionProblem]

    /// A line for each mistake: `ERROR: <expression>:1:7: …`, line and column counted from 1 in code points.
    public var description: String {
      let bytes = Array(text.utf8)
      return problems.map { problem in
        let before = bytes[..<min(problem.range.lowerBound, bytes.count)]
        let line = before.filter { $0 == UInt8(ascii: "\n") }.count + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Every byte but those that continue a code point.
        let column = before[start...].filter { $0 & 0xC0 != 0x80 }.count + 1
        return "ERROR: <expression>:\(line):\(column): \(problem.message)"
      }.joined(separator: "\n")
    }
  }

  /// The static type of its value.
  public var type: ValueType { expression.type }
  private let expression: CompiledExpression
  /// By slot.
  private let names: [String]
  private let costLimit: Int

  /// - Parameters:
  ///   - variables: the names that the expression may use, with their types.
  ///   - environment: functions, records, macros, whether `dyn` is allowed; its variables are kept beside the others.
  ///   - costLimit: how many elements an evaluation may visit before it ends as an error.
  public init(
    _ text: String, variables: [String: ValueType] = [:], in environment: Environment = Environment(),
    costLimit: Int = 10_000_000
  ) throws(Mistakes) {
    var environment = environment
    names = variables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let first = environment.firstFreeSlot
    for (index, name) in names.enumerated() {
      environment.variables[name] = .slot(first + index, variables[name] ?? .dyn)
    }
    environment.firstFreeSlot += names.count
    let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
    guard checked.problems.isEmpty else { throw Mistakes(text: text, problems: checked.problems) }
    expression = CompiledExpression(checked, in: environment)
    firstSlot = first
    self.costLimit = costLimit
  }

  private let firstSlot: Int

  /// The value, an error or an unknown. A variable that has no value is an error where it is read; with
  /// `missingIsUnknown` it is an unknown, whose fact is `Fact(row: -1, field: position of the name in the sorted names)`.
  public func evaluate(_ values: [String: Value] = [:], missingIsUnknown: Bool = false) -> Value {
    var frame = Frame(
      graph: .empty, slotCount: max(firstSlot + names.count, expression.slotCount), costLimit: costLimit)
    for (index, name) in names.enumerated() {
      frame.slots[firstSlot + index] =
        values[name]
        ?? (missingIsUnknown
          ? .unknown(Fact(row: -1, field: Int32(index))) : .error(.noSuchAttribute, "`\(name)` has no value"))
    }
    return expression.evaluate(&frame)
  }
}
