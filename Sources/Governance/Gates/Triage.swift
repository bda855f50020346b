internal import CEL
public import Catalogue
internal import Diagnostics
internal import YAMLTree

/// In which lane an initiative is to be reviewed, and why: the one that its sponsor claims, and the one that its facts ask
/// for by the shared function in role `lane`.
public struct Triage: Sendable {
  /// One lane that the facts may ask for.
  public struct Lane: Sendable {
    public var id: String
    public var title: String
    /// What asks for it, or for a more thorough one.
    public var facts: [String]
    /// What asks for it unless a fact that nobody recorded says otherwise.
    public var possible: [String]
    /// Facts that nobody recorded.
    public var missing: [Finding.MissingFact]
    /// `kind:id` of who decides in it, as far as the catalogue tells; sorted.
    public var deciders: [String]
  }

  /// From the lightest on.
  public let lanes: [Lane]
  /// The place of the lane that the facts ask for for certain.
  public let asked: Int
  /// The place of the lane that they might ask for; the same as `asked` where all is known.
  public let possible: Int
  /// The place of the one that is claimed; nil: nobody recorded it.
  public let claimed: Int?
  /// Why the facts could not be worked out, where they could not.
  public let failure: String?

  /// Whether a less thorough lane is claimed than the facts ask for.
  public var isTooLight: Bool { claimed.map { $0 < asked } ?? false }

  /// The function in role `lane`, ready to be asked: of an initiative and a lane, it tells in words what asks for it.
  struct Question: Sendable {
    let code: CompiledExpression
    let lanes: EnumType
    /// The member of initiatives that claims a lane.
    let field: Field?
    /// The member of organisations that lists the lanes in which they decide, with its kind.
    let deciding: (kind: Kind, field: Field)?
    var reads: Set<Int32> { code.footprint.fields }

    init?(
      _ functions: [String: SharedFunction], _ roles: [String: YAMLNode], _ estate: Estate,
      _ diagnostics: inout [Diagnostic]
    ) {
      guard let name = roles["lane"], let function = functions[name.text] else { return nil }
      guard let kind = estate.metamodel.kind(named: "initiative"), function.parameters.count == 2,
        case .entity(let kinds) = function.parameters[0].type, kinds.contains(kind.index),
        case .enumeration(let lanes) = function.parameters[1].type, lanes.isOrdered
      else {
        diagnostics.append(
          Diagnostic(
            "wrong-type", .error, "a function in role lane takes an initiative and a value of an ordered enumeration",
            at: name.range))
        return nil
      }
      var environment = ExpressionEnvironment.of(estate)
      environment.functions = functions
      environment.variables["i"] = .slot(0, .entity(KindSet([kind.index])))
      environment.variables["l"] = .slot(1, .enumeration(lanes))
      environment.firstFreeSlot = 2
      let parsed = Parser.parse(Array("\(name.text)(i, l)".utf8), macros: MacroSignature.all)
      let checked = Checker.check(parsed, in: environment, expecting: .list(.string))
      // A mistake in the function itself is told at its place.
      guard Checker.check(function, in: environment).problems.isEmpty else { return nil }
      guard checked.problems.isEmpty else {
        diagnostics.append(
          Diagnostic("wrong-type", .error, "a function in role lane tells a list of words", at: name.range))
        return nil
      }
      code = CompiledExpression(checked, in: environment)
      self.lanes = lanes
      field = kind.order.map { estate.metamodel.fields[Int($0)] }.first {
        if case .scalar(.enumeration(let type)) = $0.shape { type.index == lanes.index } else { false }
      }
      deciding =
        estate.metamodel.kinds(inRole: "organisation").lazy.compactMap { kind in
          kind.order.lazy.map { estate.metamodel.fields[Int($0)] }.first {
            if case .scalars(.enumeration(let type)) = $0.shape { type.index == lanes.index } else { false }
          }.map { (kind, $0) }
        }.first
    }

    /// Who decides in a lane.
    func deciders(in lane: Value, _ estate: Estate) -> [String] {
      guard let deciding, case .enumeration(_, let wanted) = lane else { return [] }
      return estate.rows(ofKind: deciding.kind.name).filter { row in
        guard let list = estate.value(deciding.field.path, of: row).listView else { return false }
        return (0..<list.count).contains { index in
          if case .enumeration(_, wanted) = list[index] { list.reason(at: index) == nil } else { false }
        }
      }.map(estate.identity).sorted()
    }
  }

  /// Asks about an initiative; nil where the repository has no function in role `lane`.
  ///
  /// - Parameter estate: the initiative's own view of it, with what `RuleBook.reads` needs worked out.
  public init?(of initiative: Int32, in estate: Estate, _ book: RuleBook) {
    guard let question = book.triage, estate.canRead(question.reads) else { return nil }
    var lanes: [Lane] = []
    var (asked, possible) = (0, 0)
    var failure: String?
    var frame = Frame(graph: estate.graph, slotCount: max(2, question.code.slotCount))
    for (ordinal, id) in question.lanes.values.enumerated() {
      let value = Value.enumeration(type: question.lanes.index, ordinal: Int32(ordinal))
      frame.slots[0] = .entity(initiative)
      frame.slots[1] = value
      frame.beginTarget()
      frame.absorbedError = nil
      let answer = question.code.evaluate(&frame)
      var lane = Lane(
        id: id, title: ValueText.message(value, estate), facts: [], possible: [], missing: [],
        deciders: question.deciders(in: value, estate))
      if let error = frame.absorbedError { failure = failure ?? error.message }
      if case .error(let error) = answer { failure = failure ?? error.message }
      if case .unknown(let reason) = answer {
        lane.missing = estate.missingFacts(reason.facts)
        possible = ordinal
      }
      if let list = answer.listView {
        var reasons = list.open
        for index in 0..<list.count {
          guard case .string(let text) = list[index] else { continue }
          if let reason = list.reason(at: index) {
            lane.possible.append(text)
            reasons = reason.merged(with: reasons)
          } else {
            lane.facts.append(text)
          }
        }
        lane.missing = reasons.map { estate.missingFacts($0.facts) } ?? []
        if !lane.facts.isEmpty { asked = ordinal }
        if !lane.facts.isEmpty || !lane.possible.isEmpty || list.open != nil { possible = ordinal }
      }
      lanes.append(lane)
    }
    frame.absorbedError = nil
    self.lanes = lanes
    self.asked = asked
    self.possible = max(asked, possible)
    self.failure = failure
    var claimed: Int?
    if let field = question.field, case .enumeration(_, let ordinal) = estate.value(field.path, of: initiative) {
      claimed = lanes.indices.contains(Int(ordinal)) ? Int(ordinal) : nil
    }
    self.claimed = claimed
  }

  /// Asks about an initiative where it stands: in its own view while it is open, else in the catalogue.
  ///
  /// - Parameter alone: without the others that are approved.
  public init?(ofOpen initiative: Int32, _ estate: Estate, _ book: RuleBook, alone: Bool = false) {
    guard book.triage != nil else { return nil }
    let isOpen = estate.initiatives.contains { $0.row == initiative && $0.isOpen }
    let view = isOpen ? estate.initiativeViews(alone: alone).first { $0.initiative.row == initiative } : nil
    self.init(of: initiative, in: view.map { estate.seen(in: $0.view, at: $0.date) } ?? estate, book)
  }
}
