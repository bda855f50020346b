/// Writes expressions that are well typed in the vocabulary of random repositories.
///
/// In the texts of the tables `$` stands for an expression of the kind and `%` for a variable that is new there.
struct RandomExpressions {
  enum Kind: String, CaseIterable { case node, service, link, item, tag }

  struct Variable {
    let name: String
    let kind: Kind
  }

  var random: RandomNumbers
  let usesViews: Bool
  /// Whether they may mention `initiative`, so that the rule runs in initiatives' views only.
  var mentionsInitiative = false
  private var names = 0

  init(_ random: RandomNumbers, usesViews: Bool) {
    self.random = random
    self.usesViews = usesViews
  }

  mutating func fresh() -> String {
    names += 1
    return "v\(names)"
  }

  // MARK: Lists of entities

  private static let steps: [Kind: [Kind: [String]]] = [
    .node: [
      .node: [
        "$.to", "$.to", "$.from", "$.parent", "$.children", "$.uses2", "$.usedBy2", "$.reaches", "$.reachedBy",
        "$.fails",
        "$.stops", "$.backs", "$.rests", "$.needs.flatten()", "[$]", "[$.backup]", "$.links.map(%, %.to)",
        "$.linkedFrom.map(%, %.holder)", "$.closure(%, %.to)", "$.closure(%, %.from)", "$.closure(%, %.uses2)",
        "$.closure(%, %.to + %.parent)", "$.closure(%, %.to.filter(%w, %w.live))",
        "$.closure(%, %.uses2.filter(%w, %w.level != \"low\"))", "$.closure(%, %.to, 2)",
        "$.restedOn.of(node)", "$.echoes", "$.echoes", "$.evens", "$.evens", "$.evenOf", "$.evenOf", "$.odds", "$.odds",
        "$.peers", "$.peers", "$.peerOf", "$.peerOf",
        "$.nearTo.map(%, %.holder)", "$.links.map(%, %.far).flatten()",
        "$.usedBy2.filter(%, isBusy(%))", "$.links.filter(%, %.live && isOpen(%)).map(%, %.to)",
        "$.closure(%, %.links.filter(%w, isOpen(%w)).map(%w, %w.to) + %.backs.filter(%w, isCommon(%w)))",
        "$.closure(%, %.to, 1)", "passing($)",
      ],
      .service: ["$.usedBy", "$.leads", "$.restedOn.of(service)"],
      .link: ["$.links", "$.linkedFrom", "$.passes", "$.spares"],
      .item: ["$.holds", "$.links.map(%, %.carries).flatten()"],
      .tag: ["$.tags"],
    ],
    .service: [.node: ["$.uses", "$.lead", "$.rests", "$.uses.map(%, %.to).flatten()", "$.uses.closure(%, %.to)"]],
    .link: [
      .node: ["[$.holder]", "[$.to]", "$.via", "$.spare", "$.far"], .item: ["$.carries"], .link: ["$.to.links"],
    ],
    .item: [.node: ["$.heldBy"], .link: ["$.carriedBy"]],
    .tag: [.node: ["$.tagged"]],
  ]

  /// Puts an expression in the place of `$` and new variables in those of `%` and `%w`.
  private mutating func filled(_ template: String, _ operand: String) -> String {
    var text = template
    if text.contains("%w") { text.replace("%w", with: fresh()) }
    if text.contains("%") { text.replace("%", with: fresh()) }
    text.replace("$", with: operand)
    return text
  }

  /// A list of entities of a kind.
  mutating func list(_ kind: Kind, _ scope: [Variable], depth: Int) -> String {
    let near = scope.compactMap { variable in Self.steps[variable.kind]?[kind].map { (variable, $0) } }
    if depth > 0, random.chance(35) {
      switch random.below(5) {
      case 0:
        let name = fresh()
        let condition = condition(scope + [Variable(name: name, kind: kind)], depth: depth - 1)
        return "\(list(kind, scope, depth: depth - 1)).filter(\(name), \(condition))"
      case 1: return "(\(list(kind, scope, depth: depth - 1)) + \(list(kind, scope, depth: depth - 1))).distinct()"
      case 2:
        // One step further, from a list.
        let kinds = Kind.allCases.filter { Self.steps[$0]?[kind] != nil }
        let from = random.pick(kinds)
        let name = fresh()
        let step = filled(random.pick(Self.steps[from]?[kind] ?? []), name)
        return "\(list(from, scope, depth: depth - 1)).map(\(name), \(step)).flatten()"
      case 3 where kind == .node:
        return "\(list(.node, scope, depth: depth - 1)).closure(\(filled("%, %.to", "")))"
      case 4 where usesViews && random.chance(50):
        return "before(\(list(kind, scope, depth: 0))).orValue([])"
      default: break
      }
    }
    guard !near.isEmpty, !random.chance(4) else { return "every(\(kind.rawValue))" }
    let (variable, templates) = random.pick(near)
    return filled(random.pick(templates), variable.name)
  }

  // MARK: Numbers

  private static let numbers: [Kind: [String]] = [
    .node: [
      "$.load", "$.load", "$.weight", "$.depth", "$.height", "$.burden", "$.burden", "$.links.size()", "$.crowd",
      "$.crowd",
      "$.?load.orValue(0)",
    ],
    .service: ["$.load", "$.burden", "$.uses.size()"],
    .link: ["$.rank", "$.via.size()"],
    .item: ["$.size"],
    .tag: ["$.weight"],
  ]

  mutating func number(_ scope: [Variable], depth: Int) -> String {
    if depth > 0, random.chance(50) || scope.isEmpty {
      let kind = random.pick([Kind.node, .node, .node, .service, .link, .item])
      switch random.below(usesViews ? 8 : 6) {
      case 0, 1: return "\(list(kind, scope, depth: depth - 1)).size()"
      case 2, 3:
        let variable = Variable(name: fresh(), kind: kind)
        let value = number([variable], depth: 0)
        let end = random.pick(["sum()", "max(0)", "min(9)"])
        return "\(list(kind, scope, depth: depth - 1)).map(\(variable.name), \(value)).\(end)"
      case 4: return "(\(number(scope, depth: depth - 1)) + \(number(scope, depth: depth - 1)))"
      case 5: return "(\(condition(scope, depth: 0)) ? \(number(scope, depth: 0)) : \(random.below(6)))"
      case 6: return "before(\(number(scope, depth: depth - 1))).orValue(\(random.below(4)))"
      default: return "at(\(day()), \(number(scope, depth: depth - 1)))"
      }
    }
    if let variable = scope.isEmpty ? nil : random.pick(scope) {
      return filled(random.pick(Self.numbers[variable.kind] ?? []), variable.name)
    }
    return "every(\(random.pick(Kind.allCases).rawValue)).size()"
  }

  /// A day around the view's.
  mutating func day() -> String {
    random.pick([
      "date + period(\"3m\")", "date - period(\"2m\")", "date + period(\"1y\")", "date(\"2027-01-15\")", "today",
      "horizon",
      "date(\"2026-09-01\")",
    ])
  }

  // MARK: Conditions

  private static let conditions: [Kind: [String]] = [
    .node: [
      "$.flag", "$.alarmed", "$.live", "$.level >= \"middle\"", "$.level == \"high\"", "$.tone == \"plain\"",
      "$.phase != \"retired\"", "$.due < date", "$.lifecycle.retired > date", "$.lifecycle.active <= date",
      "has($.load)",
      "$.backup.live", "$ in $.reaches", "$.tags.exists(%, %.weight > 1)", "\"red\" in $.colours", "$ in $.fails",
      "$.parent.all(%, %.level >= $.level)", "$.overdue", "$.?level.orValue(\"low\") >= \"middle\"",
      "isBusy($)", "isCommon($)", "$.usedBy2.exists(%, isCommon(%) && %.live)",
    ],
    .service: [
      "$.live", "$.flag", "$.level != \"low\"", "$.lead.exists(%, %.live)", "$.phase == \"active\"",
      "$.uses.all(%, %.live)",
    ],
    .link: [
      "$.live", "$.open", "$.heavy", "$.to.live", "$.holder.live", "$.to == $.holder",
      "$.phase in [\"active\", \"phaseOut\"]", "isOpen($)",
    ],
    .item: ["isSpread($)", "$.secret", "$.level >= \"middle\"", "has($.size)"],
    .tag: ["$.weight > 0", "$.tagged.size() > 1"],
  ]

  /// What is said of one entity in a view.
  private static let viewConditions = ["added($)", "touched($)", "!touched($)", "retired($)"]

  mutating func condition(_ scope: [Variable], depth: Int) -> String {
    if depth > 0, random.chance(65) || scope.isEmpty { return composed(scope, depth: depth) }
    guard let variable = scope.isEmpty ? nil : random.pick(scope) else {
      return "every(node).exists(\(filled("%, %.live", "")))"
    }
    if usesViews, random.chance(15) {
      if mentionsInitiative, random.chance(40) {
        return filled(
          random.pick([
            "initiative.edits.exists(%, %.entity == $)", "initiative.stage >= \"design\"",
            "$ in initiative.touches.of(\(variable.kind.rawValue))",
            "initiative.edits.all(%, %.op != \"retire\" || %.date > date)",
          ]), variable.name)
      }
      return filled(random.pick(Self.viewConditions), variable.name)
    }
    return filled(random.pick(Self.conditions[variable.kind] ?? []), variable.name)
  }

  private mutating func composed(_ scope: [Variable], depth: Int) -> String {
    let kind = random.pick([Kind.node, .node, .node, .service, .link, .item, .tag])
    switch random.below(usesViews ? 16 : 11) {
    case 0: return "(\(condition(scope, depth: depth - 1)) && \(condition(scope, depth: depth - 1)))"
    case 1: return "(\(condition(scope, depth: depth - 1)) || \(condition(scope, depth: depth - 1)))"
    case 2: return "!(\(condition(scope, depth: depth - 1)))"
    case 3, 4, 5:
      let variable = Variable(name: fresh(), kind: kind)
      let quantifier = random.pick(["exists", "exists", "all"])
      let body = condition(scope + [variable], depth: depth - 1)
      return "\(list(kind, scope, depth: depth - 1)).\(quantifier)(\(variable.name), \(body))"
    case 6, 7:
      let comparison = random.pick(["<", "<=", ">", ">=", "=="])
      return "\(number(scope, depth: depth - 1)) \(comparison) \(number(scope, depth: 0))"
    case 8: return "\(number(scope, depth: depth - 1)) \(random.pick(["<=", ">"])) \(random.below(8))"
    case 9:
      guard let variable = scope.isEmpty ? nil : random.pick(scope) else { fallthrough }
      return "\(variable.name) in \(list(variable.kind, scope, depth: depth - 1))"
    case 10: return "\(list(kind, scope, depth: depth - 1)).size() \(random.pick(["> 0", "== 0", "< 3"]))"
    case 11: return "changed(\(random.chance(50) ? number(scope, depth: 0) : list(kind, scope, depth: 0)))"
    case 12: return "at(\(day()), \(condition(scope, depth: depth - 1)))"
    case 13:
      let name = fresh()
      let quantifier = random.pick(["all", "exists"])
      return "timeline(\(condition(scope, depth: 0))).\(quantifier)(\(name), \(name).value)"
    case 14:
      let name = fresh()
      let test = "\(name).value > \(random.below(5)) || \(name).until < horizon"
      let span = random.chance(50) ? "" : "date, date + period(\"1y\"), "
      return "timeline(\(span)\(number(scope, depth: 0))).all(\(name), \(test))"
    default: return "before(\(condition(scope, depth: depth - 1))).orValue(\(random.chance(50)))"
    }
  }
}
