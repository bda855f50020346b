internal import Synchronization

/// An argument that a function evaluates itself, as often as it likes: as things are, on another graph with the same
/// rows, or at another date. That is how a host makes `at(d, e)`, `before(e)`, `timeline(e)`.
public struct DeferredArgument: Sendable {
  /// Tells it from every other argument in the process.
  public let serial: Int
  /// What it was compiled from, and the locals in scope with the slots that hold them.
  let source: CheckedExpression
  let node: ExprID
  let locals: [(name: String, slot: Int)]
  let code: Frame.Code
  /// The lazy variables that it reads: each view has values of its own for them.
  let lazySlots: [Int]
  /// The variables that it reads and does not bind itself.
  let named: [Int]
  /// What it can read: whence a host knows on which dates its value may change.
  public let footprint: Footprint
  public let type: ValueType

  /// The value as things are.
  public func value(_ frame: inout Frame) -> Value { code(&frame) }

  /// Whether every entity that it names by a variable is there on a graph.
  public func namesOnly(rowsOf graph: Graph, _ frame: borrowing Frame) -> Bool {
    named.allSatisfy { slot in
      if case .entity(let row) = frame.slots[slot] { graph.members.contains(row) } else { true }
    }
  }

  /// The value on a graph with the same rows at a date, and the first later day on which something that was read on the
  /// way can be otherwise: until then the value is the same. A host's computed fields that depend on the date note their
  /// days by `Frame.noteChange`.
  public func value(
    _ frame: inout Frame, on graph: Graph, at date: CivilDate, until next: inout CivilDate
  ) -> Value {
    let saved = (frame.isTimed, frame.nextChange, frame.remembers)
    let value = frame.elsewhere(graph, date, stale: lazySlots) { frame in
      // What was remembered does not tell what it read.
      (frame.isTimed, frame.nextChange, frame.remembers) = (true, .max, false)
      let value = code(&frame)
      next = CivilDate(days: frame.nextChange)
      (frame.isTimed, frame.nextChange, frame.remembers) = saved
      return value
    }
    return value
  }

  /// The value on a graph with the same rows, at a date. Variables of macros keep their values: an entity is the same
  /// everywhere.
  public func value(_ frame: inout Frame, on graph: Graph, at date: CivilDate) -> Value {
    if graph === frame.graph, date == frame.date { return code(&frame) }
    return frame.elsewhere(graph, date, stale: lazySlots, code.run)
  }

  /// By which ways it comes to what it reads, from each slot that it reads; of conditions that depend on one entity alone
  /// whoever walks the ways must be able to tell whether they may hold on any day.
  public func accessPaths() -> AccessPaths {
    var builder = AccessPathsBuilder(usesConditions: true, isTimeless: true)
    builder.add(node, of: source, locals: locals)
    return builder.paths
  }

  private static let last = Atomic(0)

  static func number() -> Int { last.add(1, ordering: .relaxed).newValue }
}
