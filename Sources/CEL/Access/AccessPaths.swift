/// By which ways expressions come to the entities whose fields they read: an automaton over fields.
///
/// A state stands for all entities that one place of an expression may hold, whatever the target and the graph. It is for
/// checking again only what a change can touch: two evaluations of one expression for one target, on two graphs, go the
/// same way until one of them reads a field that differs. The entity of that reading was come to by readings that do
/// not differ; so a walk backwards from the field, along the edges of either graph, ends at every target whose value can
/// differ:
///
/// - it begins with a row whose field differs, at each state from which a step reads that field;
/// - from a row in a state it goes, for each step into the state, to the rows that hold that row in the step's field, in
///   the state that the step comes from; and for each link, to the same row in the state that the link comes from;
/// - it ends where the state is a start: the row is what that slot held. Where it is a listed state, a literal's of the
///   row or a global's that holds the row, the way begins at no target, and every target is concerned.
///
/// What possibly is in a list counts as being in it. Inverses and computed fields are fields like others: whoever changes
/// what such a field gives for a row has changed it there. A row that comes to a kind or goes from it has changed every
/// listing of the kind; a global or the date that differs, whatever reads it.
public struct AccessPaths: Sendable {
  /// A field of the entities in a state is read.
  public struct Step: Hashable, Sendable {
    public var from: Int
    /// The host's number of the field, or of the fact that a function reads.
    public var field: Int32
    /// The state that the entities in the field's value are in; nil where it holds none, or none that matters.
    public var to: Int?
    /// Where it is read: a position in `contexts`.
    public var context: Int
    /// What becomes of each element of the list that it gives; nil: the list matters as a whole.
    public var filter: AccessFilter?
    /// Whether it may be read on another graph or at another date than the rest of the expression.
    public var isElsewhere: Bool { context != 0 }
  }

  /// What is in one state may also be in another.
  public struct Link: Hashable, Sendable {
    public var from: Int
    public var to: Int
  }

  /// The state that the entities in a slot are in.
  public struct Start: Hashable, Sendable {
    public var slot: Int
    public var state: Int
  }

  /// A state that all entities of some kinds are in.
  public struct Listed: Hashable, Sendable {
    public var state: Int
    public var kinds: KindSet
    public var context: Int
    /// Facts of conditions of which one filter keeps those alone that meet all: of others it does not matter whether
    /// they are there.
    public var conditions: [Int32] = []
  }

  /// A state that an entity is in which the expression, or a constant of its environment, names.
  public struct Literal: Hashable, Sendable {
    public var state: Int
    public var row: Int32
  }

  /// A state that the entities in a value of the graph's globals are in.
  public struct Global: Hashable, Sendable {
    public var state: Int
    public var index: Int
    public var context: Int
  }

  /// A state of whose entities one field is, or holds, an entity that the expression has in hand: a filter kept no others.
  /// Where that field is recorded, a way back from such an entity goes on from what the field gives, in the states that
  /// the entity in hand may be in; else it goes on as from any.
  public struct Keyed: Hashable, Sendable {
    public var state: Int
    public var key: AccessFilter.Key
  }

  /// A state that only those are in of which no condition is false that was asked before.
  public struct Kept: Hashable, Sendable {
    public var state: Int
    /// Facts of conditions, in the order in which they are asked.
    public var conditions: [Int32]
  }

  /// A reading of the inverse of a field that an expression defines: a way back goes from a row to whatever the field may
  /// lead to from there, in the state that the reading comes from.
  public struct Jump: Hashable, Sendable {
    public var from: Int
    public var field: Int32
    /// The state of the inverse's targets, or of the entities whose definition is read.
    public var to: Int
  }

  /// By state: the kinds that its entities can be of, by the static types.
  public internal(set) var kinds: [KindSet] = []
  public internal(set) var steps: [Step] = []
  public internal(set) var links: [Link] = []
  public internal(set) var starts: [Start] = []
  public internal(set) var listed: [Listed] = []
  public internal(set) var literals: [Literal] = []
  public internal(set) var globals: [Global] = []
  public internal(set) var keyed: [Keyed] = []
  public internal(set) var kept: [Kept] = []
  public internal(set) var jumps: [Jump] = []
  /// By their facts.
  public internal(set) var conditions: [Int32: AccessCondition] = [:]
  /// Where an expression reads: the names, ascending, of the functions that evaluate their arguments themselves and
  /// enclose the place. The first is empty: here. Everywhere else a reading may be of another graph or another date, and
  /// of this one too, for such a function may also look at its argument as things are.
  public internal(set) var contexts: [[String]] = [[]]
  /// Whether the view's date is read itself; fields may depend on it too.
  public internal(set) var readsDate = false
  /// The positions of the graph's globals that are read.
  public internal(set) var readsGlobals: Set<Int> = []

  public init() {}
}

extension AccessPaths {
  /// A new state; with no kinds given nothing is ever in it.
  mutating func addState(_ kinds: KindSet) -> Int {
    self.kinds.append(kinds)
    return self.kinds.count - 1
  }

  /// The position of the context that a function's arguments are in.
  mutating func context(of function: String, in outer: Int) -> Int {
    var names = contexts[outer]
    if names.contains(where: { $0.hasSameBytes(as: function) }) { return outer }
    names.append(function)
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if let known = contexts.firstIndex(where: { known in
      known.count == names.count && zip(known, names).allSatisfy { $0.hasSameBytes(as: $1) }
    }) {
      return known
    }
    contexts.append(names)
    return contexts.count - 1
  }
}
