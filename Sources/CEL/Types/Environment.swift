/// What a host tells the checker and the compiler about its entities. The library knows nothing else of them.
public protocol Host: Sendable {
  var kindCount: Int { get }
  func name(ofKind kind: Int) -> String
  /// The kinds that a name stands for inside `every` and `of`: a kind or a union.
  func kinds(named name: String) -> KindSet?
  /// Every name that `kinds(named:)` knows, for near matches.
  var kindNames: [String] { get }
  /// A field of a kind by its dotted path (`classification`, `lifecycle.active`).
  func field(_ path: String, ofKind kind: Int) -> FieldDeclaration?
  /// The names of a kind's fields, for near matches.
  func fieldNames(ofKind kind: Int) -> [String]
  /// The row of an entity that a literal names, where the host knows its ids when it compiles; nil: not checked.
  func row(named id: String, kinds: KindSet) -> EntityLookup
  /// The ids that a literal may have meant.
  func ids(ofKinds kinds: KindSet) -> [String]
  /// Whether something of these kinds has an id, in whatever view; an alias is none.
  func hasID(_ id: String, ofKinds kinds: KindSet) -> Bool
}

extension Host {
  /// A host that does not tell is not asked.
  public func hasID(_ id: String, ofKinds kinds: KindSet) -> Bool { true }
}

/// What became of the look-up of an entity's literal.
public enum EntityLookup: Sendable {
  case found(Int32)
  case unknown
  case ambiguous([String])
}

/// A field of one kind: its type and where its values are.
public struct FieldDeclaration: Sendable {
  public enum Access: Sendable, Hashable {
    /// A column of the graph; how a cell is read is told by the type.
    case column(Int)
    /// An adjacency of the graph: a list of entities.
    case edges(Int)
    /// An entry of the graph's table of computed fields.
    case computed(Int)
  }

  /// What a string can be the name of.
  public enum Naming: Sendable, Hashable {
    /// The entity whose field it is, by its id.
    case entity
    /// That entity's kind.
    case kind
  }

  public var name: String
  public var type: ValueType
  public var access: Access
  /// The host's number of the field, which facts and footprints name.
  public var id: Int32
  /// Whether a reading of it is told to the frame's trace (a field with a default).
  public var isTraced: Bool
  /// Whether a computed field is never an error. What is recorded never is.
  public var isTotal = false
  /// Of a string that names something of the host's: what. A literal that is compared with it has to name one, too.
  public var naming: Naming?
  /// Of a to-one relation: the adjacency of its inverse, by the kind of the target.
  public var inverses: [Int: Int] = [:]

  /// Whether reading it of an entity can give an error.
  var mayFail: Bool { if case .computed = access { !isTotal } else { false } }

  public init(name: String, type: ValueType, access: Access, id: Int32, isTraced: Bool = false) {
    self.name = name
    self.type = type
    self.access = access
    self.id = id
    self.isTraced = isTraced
  }
}

/// The names that an expression may use, beside the library's own.
public struct Environment: Sendable {
  /// A name that stands for a value.
  public enum Variable: Sendable {
    /// A slot of the frame, filled before the expression runs.
    case slot(Int, ValueType)
    /// A slot of the frame that is filled when it is first read, by an expression compiled before.
    indirect case lazy(Int, CompiledExpression)
    case constant(Value, ValueType)
    /// A value that the frame's graph knows.
    case global(Int, ValueType)
    /// The date at which the frame looks at the graph.
    case viewDate
  }

  public var variables: [String: Variable] = [:]
  /// Fields of a namespace: `settings.horizon`, `params.limit`.
  public var namespaces: [String: [String: Variable]] = [:]
  public var functions: [String: SharedFunction] = [:]
  public var host: (any Host)?
  public var macros: [MacroSignature]
  /// Whether `dyn` may be written and unchecked selection from it is allowed.
  public var allowsDyn: Bool
  /// Whether an id that is compared with a literal has to be one that the host knows. An example's few entities need not
  /// be those that a rule names.
  public var knowsEveryID = true
  /// Whether mistakes of types and names are left to be errors of the evaluation; for the conformance suite only.
  package var isUnchecked = false
  /// Whether every evaluation works everything out for itself and keeps nothing: for fields whose values still change
  /// while they are worked out, and for tests, which compare the two.
  package var isPlain = false
  /// The prefix under which names are looked up first (`a.b` in container `x.y`: `x.y.a.b`, `x.a.b`, `a.b`).
  public var container: String = ""
  /// Functions that the host declares beside the library's.
  public var hostFunctions: [String: Function] = [:]
  /// Records with parameters that the host's functions give, beside the library's.
  public var records: [ParametricRecord] = []
  /// The first slot that an expression may use for its own variables.
  public var firstFreeSlot: Int = 0

  public init(host: (any Host)? = nil, macros: [MacroSignature] = MacroSignature.all, allowsDyn: Bool = false) {
    self.host = host
    self.macros = macros
    self.allowsDyn = allowsDyn
  }

  func record(named name: String) -> ParametricRecord? {
    (records + ParametricRecord.library).first { $0.name == name }
  }
}

/// A function written in CEL: typed parameters and a body, called by name, never recursive.
public struct SharedFunction: Sendable {
  public var name: String
  public var parameters: [(name: String, type: ValueType)]
  public var body: ParsedExpression

  public init(name: String, parameters: [(name: String, type: ValueType)], body: ParsedExpression) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

extension MacroSignature {
  /// The standard macros and those for walking a host's graph.
  public static let all: [MacroSignature] =
    standard + [
      MacroSignature("closure", hasReceiver: true, argumentCount: 2, variables: [0]),
      MacroSignature("closure", hasReceiver: true, argumentCount: 3, variables: [0]),
      MacroSignature("countBy", hasReceiver: true, argumentCount: 2, variables: [0]),
      MacroSignature("every", hasReceiver: false, argumentCount: 1),
      MacroSignature("groupBy", hasReceiver: true, argumentCount: 2, variables: [0]),
      MacroSignature("of", hasReceiver: true, argumentCount: 1),
      MacroSignature("pathTo", hasReceiver: true, argumentCount: 2, variables: [0]),
      MacroSignature("sortBy", hasReceiver: true, argumentCount: 2, variables: [0]),
    ]
}
