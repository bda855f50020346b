import CAllocations
import CEL
import TypedNotation

/// Measures one expression: the stages apart, the evaluation of `true` (the floor), and the allocations of an
/// evaluation. It answers with `failure` where the expression cannot run, and with `wrong` where the value is another.
struct Bench {
  let timing = Timing()

  /// A line of JSON.
  func answer(_ request: Request) -> String {
    let name = JSONText.string(request.name)
    let environment = request.environment
    let parsed = Parser.parse(request.expression)
    let checked = Checker.check(parsed, in: environment)
    guard checked.problems.isEmpty else {
      return failure(name, checked.problems.map(\.message).joined(separator: "; "))
    }
    let compiled = CompiledExpression(checked, in: environment)
    var frame = request.frame()
    let value = compiled.evaluate(&frame)
    if case .error(let error) = value { return failure(name, error.message) }
    guard let text = ValueNotation.text(value) else { return failure(name, "the value cannot be written") }
    guard let expected = request.expected.flatMap({ ValueNotation.text($0) }), expected == text else {
      return "{\"name\":\(name),\"wrong\":\(text)}"
    }
    let trivial = Self.trivial
    let source = Array(request.expression.utf8)
    let stages: [(String, Double)] = [
      ("parse", timing.nanoseconds { keep(Parser.parse(source)) }),
      ("check", timing.nanoseconds { keep(Checker.check(parsed, in: environment)) }),
      ("compile", timing.nanoseconds { keep(CompiledExpression(checked, in: environment)) }),
      ("evaluate", timing.nanoseconds { keep(run(compiled, &frame)) }),
      ("floor", timing.nanoseconds { keep(run(trivial, &frame)) }),
    ]
    let times = stages.map { "\"\($0.0)\":\(($0.1 * 10).rounded() / 10)" }.joined(separator: ",")
    let allocations = allocations(of: compiled, &frame)
    let isConstant = compiled.constant != nil
    return "{\"name\":\(name),\(times),\"allocations\":\(allocations),\"isConstant\":\(isConstant),\"value\":\(text)}"
  }

  private static let trivial = CompiledExpression(
    Checker.check(Parser.parse("true"), in: Environment()), in: Environment())

  private func failure(_ name: String, _ reason: String) -> String {
    "{\"name\":\(name),\"failure\":\(JSONText.string(reason))}"
  }

  private func run(_ compiled: CompiledExpression, _ frame: inout Frame) -> Value {
    frame.cost = 0
    return compiled.evaluate(&frame)
  }

  /// For one evaluation on a frame that has run before; -1 where they cannot be counted.
  private func allocations(of compiled: CompiledExpression, _ frame: inout Frame) -> Int64 {
    let repetitions: Int64 = 100
    let before = allocation_count()
    guard before >= 0 else { return -1 }
    for _ in 0..<repetitions { keep(run(compiled, &frame)) }
    return (allocation_count() - before) / repetitions
  }

  /// What is measured must not be left out because nobody looks at the result.
  @inline(never)
  private func keep<Result>(_ result: Result) {}
}
