/// Random rules in the vocabulary of random repositories: some of fixed shapes that matter, some composed by chance.
struct RandomRules {
  private var expressions: RandomExpressions
  private(set) var documents: [String] = []
  private(set) var ids: [String] = []

  private typealias Kind = RandomExpressions.Kind
  private typealias Variable = RandomExpressions.Variable

  init(_ random: RandomNumbers, usesViews: Bool) { expressions = RandomExpressions(random, usesViews: usesViews) }

  mutating func add(_ count: Int) {
    for _ in 0..<count {
      switch expressions.random.below(expressions.usesViews ? 12 : 10) {
      case 0..<3: addShape(Self.shapes)
      case 3: addViewRule()
      case 4: addShape(Self.initiativeShapes)
      case 10, 11: addShape(Self.viewShapes)
      default: addComposed()
      }
    }
  }

  private mutating func add(_ keys: [(String, String)]) {
    let id = "r\(ids.count)"
    ids.append(id)
    var all = [("kind", "rule"), ("id", id), ("name", "Rule \(id)"), ("title", "What \(id) wants")]
    all += keys
    let stage = expressions.random.pick(["idea", "idea", "proposal", "design", "build"])
    all += [("stage", stage), ("remedy", "Put it right.")]
    for (key, value) in [("severity", severity()), ("message", "'\(id) does not hold'")]
    where !keys.contains(where: { $0.0 == key }) {
      all.append((key, value))
    }
    documents.append(all.map { "\($0): \($1)" }.joined(separator: "\n"))
  }

  private mutating func severity() -> String { expressions.random.pick(["advisory", "minor", "major"]) }

  private func quoted(_ expression: String) -> String { "'\(expression)'" }

  // MARK: Composed

  private mutating func addComposed() {
    let usesViews = expressions.usesViews
    expressions.mentionsInitiative = usesViews && expressions.random.chance(20)
    defer { expressions.mentionsInitiative = false }
    let kind = expressions.random.pick([Kind.node, .node, .node, .node, .service, .link, .item, .tag])
    var scope = [Variable(name: "self", kind: kind)]
    var keys = [("for", kind.rawValue)]
    if expressions.random.chance(35) { keys.append(("when", quoted(expressions.condition(scope, depth: 1)))) }
    var lets: [String] = []
    if expressions.random.chance(25) {
      let name = expressions.fresh()
      lets.append("\(name): \(quoted(expressions.number(scope, depth: 2)))")
      keys.append(("let", "{\(lets.joined(separator: ", "))}"))
      keys.append(("message", quoted("${self} has ${\(name)}")))
    }
    let generators = expressions.random.pick([0, 0, 0, 1, 1, 2])
    var each: [String] = []
    for _ in 0..<generators {
      let element = Variable(
        name: expressions.fresh(), kind: expressions.random.pick([Kind.node, .node, .link, .item]))
      each.append(quoted("\(element.name) in \(expressions.list(element.kind, scope, depth: 1))"))
      scope.append(element)
    }
    if !each.isEmpty { keys.append(("each", "[\(each.joined(separator: ", "))]")) }
    // A measure alone is a ratchet: it fails only against a base.
    let isRatchet = expressions.random.chance(10)
    if isRatchet || expressions.random.chance(20) {
      keys.append(("measure", quoted(expressions.number(scope, depth: 2))))
    }
    if !isRatchet { keys.append(("require", quoted(expressions.condition(scope, depth: 2)))) }
    if expressions.random.chance(15), kind == .node { keys.append(("at", "'self.level'")) }
    if expressions.random.chance(10) {
      keys.append(("related", quoted(expressions.list(.node, scope, depth: 0))))
    }
    if expressions.random.chance(15) {
      let first = expressions.condition(scope, depth: 0)
      keys.append(("severity", "[{when: \(quoted(first)), is: major}, {is: minor}]"))
    }
    if scope.count > 1, expressions.random.chance(15) { keys.append(("key", quoted("[self]"))) }
    add(keys)
  }

  /// One that looks at the view once.
  private mutating func addViewRule() {
    var scope: [Variable] = []
    var keys = [("for", "view")]
    if expressions.random.chance(50) {
      let element = Variable(name: expressions.fresh(), kind: expressions.random.pick([Kind.node, .node, .service]))
      keys.append(("each", quoted("\(element.name) in every(\(element.kind.rawValue))")))
      scope.append(element)
    }
    keys.append(("require", quoted(expressions.condition(scope, depth: 2))))
    add(keys)
  }

  // MARK: Fixed shapes

  private mutating func addShape(_ shapes: [[(String, String)]]) { add(expressions.random.pick(shapes)) }

  /// The shapes that real rules have.
  private static let shapes: [[(String, String)]] = [
    [
      ("for", "node"), ("let", "{below: 'self.closure(x, x.uses2)'}"), ("each", "'b in below'"),
      ("require", "'b.load <= self.load'"), ("path", "'below.pathTo(b)'"), ("at", "'b.load'"),
      ("message", "'${self} stands on ${b} by ${path}'"),
    ],
    [
      ("for", "node"), ("when", "'self.live'"), ("let", "{down: 'self.stops.filter(v, v.live)'}"),
      ("require", "'down.size() < 3'"), ("measure", "'down.size()'"), ("related", "'down'"),
      ("message", "'${self} stops ${plural(down.size(), \"node\")}'"),
    ],
    [("for", "node"), ("require", "'every(node).filter(o, o.level == self.level).size() < 4'")],
    [("for", "node"), ("require", "'self.load <= every(node).map(o, o.?load.orValue(0)).sum() / 3'")],
    [("for", "node"), ("each", "'o in every(node)'"), ("require", "'o == self || o.load != self.load'")],
    [
      ("for", "[node, service]"), ("each", "'n in self.rests'"), ("require", "'n.level >= self.level'"),
      ("at", "'self.level'"),
    ],
    [("for", "item"), ("let", "{keepers: 'self.heldBy.filter(n, n.live)'}"), ("require", "'keepers.size() == 1'")],
    [
      ("for", "link"), ("each", "'d in self.carries'"),
      ("require", "'self.to.level >= d.level || d in self.holder.holds'"),
    ],
    [
      ("for", "node"), ("each", "['l in self.links', 'd in l.carries']"),
      ("require", "'!d.secret || l.open == false'"), ("key", "'[self, d]'"),
    ],
    [("for", "node"), ("require", "'self.lifecycle.retired > horizon || self.usedBy2.all(u, !u.live)'")],
    [("for", "node"), ("measure", "'self.reachedBy.size()'")],
    [("for", "node"), ("require", "'self.peers.all(p, p.load != self.load)'")],
    [
      ("for", "node"), ("each", "'p in self.peerOf'"), ("require", "'p.overdue == self.overdue'"),
      ("key", "'[self, p]'"),
    ],
    [("for", "node"), ("require", "'self.evenOf.size() <= self.odds.size() + 1'"), ("measure", "'self.crowd'")],
    [("for", "service"), ("measure", "'self.burden'"), ("require", "'self.burden <= settings.ceiling'")],
    [("for", "tag"), ("require", "'self.tagged.exists(n, n.alarmed)'")],
    [
      ("for", "item"), ("let", "{reached: 'self.heldBy.closure(n, carriedOn(n, self))'}"), ("each", "'n in reached'"),
      ("require", "'n.level >= self.level'"), ("path", "'reached.pathTo(n)'"),
    ],
    [
      ("for", "item"),
      (
        "let",
        "{reached: 'self.heldBy.closure(n, carriedOn(n, self))', "
          + "doors: 'reached.map(n, n.linkedFrom.filter(l, self in l.carries && l.live).map(l, l.holder)).flatten()'}"
      ), ("each", "'n in (reached + doors).distinct()'"), ("require", "'n.level >= self.level'"),
    ],
    [
      ("for", "node"), ("let", "{reached: 'self.closure(n, n.to)'}"), ("when", "'reached.size() > 0'"),
      ("require", "'reached[0].level >= self.level'"),
    ],
    [
      ("for", "node"), ("let", "{common: 'self.usedBy2.filter(n, isCommon(n))'}"),
      ("require", "'self.flag || common.size() > 0 || isCommon(self)'"),
    ],
    [("for", "view"), ("measure", "'every(node).filter(n, n.flag).size()'"), ("require", "'every(link).size() < 9'")],
    [
      ("for", "view"), ("each", "['a in every(service)', 'b in every(service)']"),
      ("require", "'a.id >= b.id || a.uses.all(n, !(n in b.uses))'"), ("key", "'[a, b]'"),
    ],
  ]

  /// Rules about initiatives that need nothing of views but their being there.
  private static let initiativeShapes: [[(String, String)]] = [
    [("for", "initiative"), ("require", "'has(self.goLive)'")],
    [("for", "initiative"), ("when", "'self.stage >= \"design\"'"), ("require", "'self.decisions.size() > 0'")],
    [
      ("for", "initiative"), ("each", "'d in self.decisions'"),
      ("require", "'d.outcome in [\"approved\", \"deferred\"] && d.date < self.goLive'"),
    ],
    [("for", "decision"), ("each", "'t in self.targets.of(node)'"), ("require", "'t.live'")],
    [("for", "view"), ("require", "'every(initiative).filter(i, i.stage == \"proposal\").size() < 2'")],
    [
      ("for", "initiative"),
      ("require", "'every(initiative).all(o, o == self || o.goLive != self.goLive)'"),
    ],
  ]

  /// Rules about what an initiative does.
  private static let viewShapes: [[(String, String)]] = [
    [
      ("for", "initiative"), ("each", "'e in self.edits'"),
      ("require", "'e.op in [\"set\", \"add\", \"link\"] && e.material'"),
    ],
    [
      ("for", "initiative"), ("each", "'e in self.edits'"), ("when", "'self.stage <= \"build\"'"),
      ("require", "'e.op != \"retire\" || e.date > self.goLive'"),
    ],
    [("for", "initiative"), ("each", "'n in self.touches.of(node)'"), ("require", "'n.reachedBy.size() < 3'")],
    [
      ("for", "initiative"), ("each", "'o in every(initiative)'"),
      ("require", "'o == self || self.touches.all(x, !(x in o.touches))'"), ("key", "'[self, o]'"),
    ],
    [("for", "initiative"), ("require", "'self.edits.filter(e, e.field == \"to\").map(e, e.to.size()).sum() < 3'")],
    [
      ("for", "node"), ("when", "'!added(self) && (touched(self) || loose) && self.live'"),
      ("let", "{loose: 'initiative.edits.exists(e, e.op == \"retire\" && e.entity in every(node))'}"),
      ("require", "'self.load < 5'"),
    ],
    [
      ("for", "node"), ("each", "'n in at(self.lifecycle.retired, self.restedOn.of(node))'"),
      ("require", "'at(date(\"2027-01-15\"), !n.live)'"),
    ],
    [("for", "node"), ("when", "'touched(self)'"), ("require", "'self.reaches.all(n, n.live)'")],
    [
      ("for", "node"), ("when", "'!added(self)'"), ("measure", "'self.reaches.size()'"),
      ("require", "'before(self.reaches.size()).orValue(0) >= self.reaches.size()'"),
    ],
    [("for", "node"), ("require", "'!changed(self.level) || self.level >= before(self.level).orValue(\"low\")'")],
    [
      ("for", "node"), ("each", "'l in self.links.filter(l, added(l))'"),
      ("require", "'l.to.live && initiative.stage >= \"proposal\"'"),
    ],
    [("for", "node"), ("require", "'timeline(self.stops.size()).all(s, s.value < 4)'")],
    [("for", "node"), ("require", "'timeline(self.usedBy2.exists(u, u.live) && !self.live).all(s, !s.value)'")],
    [("for", "node"), ("require", "'at(date + period(\"6m\"), self.uses2.size()) >= self.uses2.size()'")],
    [("for", "service"), ("require", "'at(horizon, self.rests.all(n, n.live))'"), ("at", "'self.uses'")],
    [
      ("for", "view"), ("each", "'n in every(node).filter(n, touched(n))'"),
      ("require", "'initiative.edits.exists(e, e.entity == n && e.op == \"set\")'"),
    ],
    [("for", "view"), ("measure", "'every(node).filter(n, n.alarmed).size()'")],
    [
      ("for", "node"), ("each", "'x in retired(self) ? self.usedBy2 : []'"),
      ("require", "'retired(x) || x.lifecycle.retired <= self.lifecycle.retired'"),
    ],
  ]
}
