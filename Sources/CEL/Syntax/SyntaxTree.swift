/// A node of a `SyntaxTree`: an index into it. Side tables (types, resolutions) are indexed by it.
public struct ExprID: Hashable, Sendable {
  public let index: Int32

  init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
}

/// A parsed expression: nodes in an arena, each with its range in the expression's text.
///
/// Macros are not expanded: `xs.all(x, p)` stays one `macro` node, so that messages can speak of what was written and
/// the evaluator can run a loop instead of a fold.
public struct SyntaxTree: Sendable {
  public enum Literal: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
  }

  public struct ListItem: Sendable, Hashable {
    public var value: ExprID
    /// `[?x]`: left out when the optional is none.
    public var isOptional: Bool
  }

  public struct MapEntry: Sendable, Hashable {
    public var key: ExprID
    public var value: ExprID
    public var isOptional: Bool
  }

  public struct FieldEntry: Sendable, Hashable {
    public var name: String
    public var nameRange: Range<Int>
    public var value: ExprID
    public var isOptional: Bool
  }

  public struct Macro: Sendable, Hashable {
    /// `all`, `exists`, `map`, `has`, `cel.bind`, `closure`, …
    public var name: String
    /// `xs` in `xs.all(x, p)`; nil for a global macro.
    public var receiver: ExprID?
    /// The names it binds, with their places, in the order of writing.
    public var variables: [Variable]
    /// The other arguments, in the order of writing.
    public var arguments: [ExprID]
    public var nameRange: Range<Int>

    public struct Variable: Sendable, Hashable {
      public var name: String
      public var range: Range<Int>
    }
  }

  public enum Node: Sendable, Hashable {
    case literal(Literal)
    /// `name`, or with a leading dot (`isAbsolute`).
    case identifier(name: String, isAbsolute: Bool)
    /// `operand.field`, or `operand.?field`.
    case select(operand: ExprID, field: String, fieldRange: Range<Int>, isOptional: Bool)
    /// Operators are calls under CEL's names: `_+_`, `_-_`, `_*_`, `_/_`, `_%_`, `_==_`, `_!=_`, `_<_`, `_<=_`, `_>_`,
    /// `_>=_`, `@in`, `_&&_`, `_||_`, `!_`, `-_`, `_?_:_`, `_[_]`, `_[?_]`. The name of `.f(x)` is `.f`.
    case call(function: String, receiver: ExprID?, arguments: [ExprID], nameRange: Range<Int>)
    case list([ListItem])
    case map([MapEntry])
    /// `Type{field: value}`; the type's name holds its leading dot where it has one.
    case message(typeName: String, fields: [FieldEntry])
    case macro(Macro)
    /// Stands where the parser met an error; checked as the error type.
    case missing
  }

  public private(set) var nodes: [Node] = []
  /// UTF-8 offsets in the expression's text; for binary operators from the left operand's start to the right's end.
  public private(set) var ranges: [Range<Int>] = []
  public internal(set) var root: ExprID = ExprID(0)

  public init() {}

  mutating func reserveCapacity(_ count: Int) {
    nodes.reserveCapacity(count)
    ranges.reserveCapacity(count)
  }

  public mutating func add(_ node: Node, _ range: Range<Int>) -> ExprID {
    nodes.append(node)
    ranges.append(range)
    return ExprID(nodes.count - 1)
  }

  public subscript(id: ExprID) -> Node { nodes[Int(id.index)] }
  public func range(of id: ExprID) -> Range<Int> { ranges[Int(id.index)] }
}
