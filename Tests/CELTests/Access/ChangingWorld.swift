import CEL
import Synchronization

/// What an expression is evaluated on: the graph, the graph that `before` looks at, what the functions know.
struct WorldState: Sendable {
  var graph: Graph
  var before: Graph
  /// The rows of which `touched` is true.
  var touched: Set<Int32> = []
  /// The nodes that `heirs` gives.
  var heirs: [Int32: [Int32]] = [:]
}

/// Holds the state for the functions of an environment.
final class WorldHolder: Sendable {
  private let box = Mutex<WorldState?>(nil)

  var state: WorldState? { box.withLock { $0 } }
  func set(_ state: WorldState) { box.withLock { $0 = state } }
}

extension TinyHost {
  /// The slot of `element`: the first that the environment of tiny worlds leaves free.
  static let elementSlot = TinyHost().environment().firstFreeSlot
  static let touchedFact: Int32 = -1
  static let heirsFact: Int32 = -2

  /// The environment of tiny worlds with functions that read facts, functions that look elsewhere, constants, a global.
  func environment(changingIn holder: WorldHolder) -> Environment {
    let t = ValueType.variable(0)
    var environment = environment()
    environment.hostFunctions = [
      "before": Function(
        "before", [Overload([t], t)],
        .deferred { frame, arguments in
          guard let state = holder.state else { return arguments[0].value(&frame) }
          return arguments[0].value(&frame, on: state.before, at: frame.date)
        }),
      "changed": Function(
        "changed", [Overload([t], .bool)],
        .deferred { frame, arguments in
          guard let state = holder.state else { return .bool(false) }
          let here = arguments[0].value(&frame)
          let there = arguments[0].value(&frame, on: state.before, at: frame.date)
          return .bool(TinyWorld.shown(here, withFacts: true) != TinyWorld.shown(there, withFacts: true))
        }),
      "touched": Function(
        "touched", [Overload([Self.node], .bool)], fact: Self.touchedFact,
        .unary { value in
          guard case .entity(let row) = value else { return .bool(false) }
          return .bool(holder.state?.touched.contains(row) ?? false)
        }),
      "heirs": Function(
        "heirs", [Overload([Self.node], .list(Self.node))], fact: Self.heirsFact,
        .unary { value in
          guard case .entity(let row) = value else { return .entities([]) }
          return .entities(holder.state?.heirs[row] ?? [])
        }),
    ]
    environment.variables["element"] = .slot(Self.elementSlot, Self.node)
    environment.firstFreeSlot = Self.elementSlot + 1
    environment.variables["boss"] = .constant(.entity(1), Self.node)
    environment.variables["team"] = .constant(.entities([0, 2]), .list(Self.node))
    environment.variables["chief"] = .global(0, .entity(KindSet([0, 1])))
    for (name, body) in [("was", "before(near(n))"), ("led", "n.owns.filter(i, i.flag).map(i, i.next)")] {
      environment.functions[name] = SharedFunction(
        name: name, parameters: [("n", Self.node)], body: Parser.parse(body, macros: environment.macros))
    }
    for (name, text) in [
      ("past", "before(friends)"), ("ways", "self.closure(v, led(v) + v.uses)"),
      ("crowd", "every(node).filter(n, n.flag)"), ("chain", "[self, other].closure(v, v.leader)"),
    ] {
      let slot = environment.firstFreeSlot
      environment.firstFreeSlot += 1
      let checked = Checker.check(Parser.parse(text, macros: environment.macros), in: environment)
      precondition(checked.problems.isEmpty, "\(checked.problems)")
      let compiled = CompiledExpression(checked, in: environment)
      environment.firstFreeSlot = max(environment.firstFreeSlot, compiled.slotCount)
      environment.variables[name] = .lazy(slot, compiled)
    }
    return environment
  }
}

extension Graph {
  func with(globals: [Value]) -> Graph {
    Graph(
      kindRanges: kindRanges, columns: columns, adjacencies: adjacencies, computed: computed, symbols: symbols,
      globals: globals, date: date, enums: enums)
  }
}

extension TinyWorld {
  /// The same with some facts that are different: recorded or not, possible, open.
  func changed(_ count: Int, using random: inout SeededNumbers) -> TinyWorld {
    var world = self
    let nodes = Int(nodeCount)
    let items = owners.count
    func maybe<T>(_ random: inout SeededNumbers, _ value: T) -> T? { random.below(4) == 0 ? nil : value }
    for _ in 0..<count {
      let row = random.below(nodes)
      let target = Int32(random.below(nodes))
      switch random.below(items > 0 ? 12 : 8) {
      case 0: world.flags[row] = maybe(&random, random.below(2) == 0)
      case 1: world.ranks[row] = maybe(&random, Int32(random.below(3)))
      case 2: world.counts[row] = maybe(&random, Int32(random.below(3)))
      case 3: world.leaders[row] = maybe(&random, target)
      case 4, 5:
        if world.uses[row].certain.remove(target) == nil {
          world.uses[row].possible.remove(target)
          world.uses[row].certain.insert(target)
        }
      case 6:
        if world.uses[row].possible.remove(target) == nil, !world.uses[row].certain.contains(target) {
          world.uses[row].possible.insert(target)
        }
      case 7: world.uses[row].isOpen.toggle()
      case 8: world.itemFlags[random.below(items)] = maybe(&random, random.below(2) == 0)
      case 9, 10: world.owners[random.below(items)] = maybe(&random, target)
      default: world.nexts[random.below(items)] = maybe(&random, target)
      }
    }
    return world
  }
}
