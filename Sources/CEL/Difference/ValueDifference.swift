/// How the value of an expression differs between two graphs with the same rows, as far as that is told without going
/// through all that it holds.
public enum ValueDifference: Sendable {
  /// It is the same.
  case none
  /// It is a list of entities that differs at most in these, which come, go, or are there for another reason, and in the
  /// order of all: without any, in their order alone.
  case elements(Set<Int32>)
  /// It is a list of lists of entities, of which the same holds.
  case nested(Set<Int32>)
  /// Nothing is told.
  case any
}

extension ValueDifference {
  var isNone: Bool { if case .none = self { true } else { false } }

  /// What differs in a list of entities; nil: that is not known.
  public var elements: Set<Int32>? {
    switch self {
    case .none: []
    case .elements(let rows): rows
    case .nested, .any: nil
    }
  }

  static func of(_ rows: Set<Int32>) -> ValueDifference { rows.isEmpty ? .none : .elements(rows) }
}

/// What is otherwise on one graph than on another with the same rows and the same date.
public protocol DifferenceSource {
  /// How the value of a field, or of the fact that a function tells, differs for a row.
  func difference(of field: Int32, _ row: Int32) -> ValueDifference
  /// The rows of some kinds that only one of the graphs holds.
  func moved(_ kinds: KindSet) -> Set<Int32>
  /// By slot, the entities in it for which a part may have another value; nil: whatever is in them.
  mutating func rows(_ part: DifferencePart, _ question: DifferenceQuestion) -> [Int: Set<Int32>]?
}

/// What is asked of a part.
public enum DifferenceQuestion: Sendable {
  /// Whether it has another value for what its slots hold together.
  case isSame
  /// For which of the entities that one of its slots may hold it has another value, whatever the others hold.
  case elements
}

/// A part of an expression, with its ways from each slot that it reads. Made once, asked for every pair of graphs.
public final class DifferencePart: Sendable {
  /// Tells it from every other part in the process.
  public let serial: Int
  /// Of these a way may end at whichever of the slots tells first that nothing is otherwise.
  public let paths: AccessPaths
  /// Of these each way ends at the slot that it begins with.
  public let elementPaths: AccessPaths
  let code: Frame.Code
  let slotCount: Int

  init(_ paths: AccessPaths, ofElements elementPaths: AccessPaths, _ code: Frame.Code, slotCount: Int) {
    serial = Memory.number()
    self.paths = paths
    self.elementPaths = elementPaths
    self.code = code
    self.slotCount = slotCount
  }
}

/// The parts of the expressions of one rule that were asked for so far. Not for several threads.
public final class DifferenceParts {
  /// The text that nodes are of, and what is known of them.
  final class Scope {
    let checked: CheckedExpression
    fileprivate var parts: [ExprID: DifferencePart] = [:]
    init(_ checked: CheckedExpression) { self.checked = checked }
  }

  /// The first slot that locals may have.
  let firstLocal: Int
  private var scopes: [[UInt8]: Scope] = [:]
  /// By the slots of lazy variables and the texts of functions: nothing else has a text of its own.
  private enum Owner {
    static func lazy(_ slot: Int) -> [UInt8] { [0] + Array("\(slot)".utf8) }
    static func function(_ name: String) -> [UInt8] { [1] + Array(name.utf8) }
    static func expression(_ number: Int) -> [UInt8] { [2] + Array("\(number)".utf8) }
  }

  /// - Parameter slotCount: how many slots the expressions need.
  public init(slotCount: Int) { firstLocal = slotCount }

  func scope(ofLazy slot: Int, _ expression: CompiledExpression) -> Scope {
    scope(Owner.lazy(slot), expression.source)
  }
  func scope(of function: SharedFunction, _ body: CheckedExpression) -> Scope {
    scope(Owner.function(function.name), body)
  }
  /// - Parameter number: tells the expression from the rule's others.
  func scope(of expression: CompiledExpression, _ number: Int) -> Scope {
    scope(Owner.expression(number), expression.source)
  }

  private func scope(_ key: [UInt8], _ checked: CheckedExpression) -> Scope {
    if let known = scopes[key] { return known }
    let made = Scope(checked)
    scopes[key] = made
    return made
  }

  /// - Parameter names: the locals in scope, the outermost first: of one node always the same.
  func part(_ id: ExprID, _ scope: Scope, _ names: [String]) -> DifferencePart {
    if let known = scope.parts[id] { return known }
    var environment = Environment()
    environment.firstFreeSlot = firstLocal
    var compiler = Compiler(scope.checked, environment)
    let code = compiler.withLocals(names) { compiler, _ in compiler.compile(id).code }
    let locals = names.enumerated().map { (name: $0.element, slot: firstLocal + $0.offset) }
    var builder = AccessPathsBuilder(usesConditions: true)
    builder.add(id, of: scope.checked, locals: locals)
    var ofElements = AccessPathsBuilder(usesConditions: true)
    ofElements.usesKeys = false
    ofElements.add(id, of: scope.checked, locals: locals)
    let made = DifferencePart(builder.paths, ofElements: ofElements.paths, code, slotCount: compiler.slotCount)
    scope.parts[id] = made
    return made
  }
}
