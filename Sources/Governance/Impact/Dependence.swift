internal import CEL
internal import Catalogue

/// Who cannot do without whom in one view at one date, seen from what is needed. What has ended needs nothing any more.
struct Dependence {
  let estate: Estate
  private let roles: ImpactRoles
  /// From what is needed to what needs it.
  private let edges: Adjacency
  /// Rows of which nobody recorded wholly what they need, and the facts that would tell; ascending.
  let open: [(row: Int32, reason: Unknown)]

  /// Linear in the rows of kinds that need something.
  init(_ estate: Estate, _ roles: ImpactRoles) {
    self.estate = estate
    self.roles = roles
    var frame = Frame(graph: estate.graph, slotCount: 1)
    var pairs: [(source: Int32, target: Int32)] = []
    var possible: [Int32: [(target: Int32, reason: Unknown)]] = [:]
    var open: [(row: Int32, reason: Unknown)] = []
    for (kind, field) in roles.dependsOn.sorted(by: { $0.key < $1.key }) {
      for row in estate.graph.members.rows(ofKind: kind) {
        let links = Links(frame.read(field, of: row))
        for target in links.certain where target != row { pairs.append((target, row)) }
        for (target, reason) in links.possible where target != row {
          possible[target, default: []].append((row, reason))
        }
        if let reason = links.open { open.append((row, reason)) }
      }
    }
    edges = Adjacency(rows: 0..<Int32(estate.entities.count), pairs: pairs, possible: possible)
    self.open = open.sorted { $0.row < $1.row }
  }

  /// One that depends on what was asked about.
  struct Reached {
    var row: Int32
    var distance: Int
    /// What it needs on a shortest way.
    var next: Int32
    /// The facts on which it depends whether it does; nil: it does.
    var doubt: Unknown?
  }

  /// Those that themselves cannot do without a row for certain, ascending.
  func direct(on row: Int32) -> [Int32] {
    var phases = PhaseReader(estate)
    return edges.targets(of: row).filter { !phases.hasEnded($0) }.sorted()
  }

  /// All that depend on some rows, nearest first: what is certain on a shortest certain way, then what is only possible.
  /// What has ended is passed over.
  func dependents(of starts: [Int32]) -> [Reached] {
    var marks = Set(starts)
    var result: [Reached] = []
    var phases = PhaseReader(estate)
    var frontier = starts
    var distance = 0
    while !frontier.isEmpty {
      distance += 1
      var next: [Int32] = []
      for row in frontier {
        for source in edges.targets(of: row) where !marks.contains(source) && !phases.hasEnded(source) {
          marks.insert(source)
          result.append(Reached(row: source, distance: distance, next: row))
          next.append(source)
        }
      }
      frontier = next
    }
    return result + possible(starts, result, &marks, &phases)
  }

  /// What only a possible step leads to, and what depends on that.
  private func possible(
    _ starts: [Int32], _ certain: [Reached], _ marks: inout Set<Int32>, _ phases: inout PhaseReader
  ) -> [Reached] {
    if edges.isDefinite { return [] }
    var levels: [Int: [(row: Int32, doubt: Unknown?)]] = [0: starts.map { ($0, nil) }]
    for item in certain { levels[item.distance, default: []].append((item.row, nil)) }
    var last = levels.keys.max() ?? 0
    var result: [Reached] = []
    var distance = 0
    while distance <= last {
      for (row, doubt) in levels[distance] ?? [] {
        var steps = edges.possible(of: row).map { (row: $0.target, reason: $0.reason.merged(with: doubt)) }
        if let doubt { steps += edges.targets(of: row).map { ($0, doubt) } }
        for step in steps.sorted(by: { $0.row < $1.row }) where !marks.contains(step.row) && !phases.hasEnded(step.row)
        {
          marks.insert(step.row)
          result.append(Reached(row: step.row, distance: distance + 1, next: row, doubt: step.reason))
          levels[distance + 1, default: []].append((step.row, step.reason))
          last = max(last, distance + 1)
        }
      }
      distance += 1
    }
    return result
  }

  /// All that a row cannot do without for certain, itself or through others: nearest first, each with the row that needs
  /// it on a shortest way.
  func needs(of start: Int32) -> [(row: Int32, neededBy: Int32)] {
    var frame = Frame(graph: estate.graph, slotCount: 1)
    var marks: Set<Int32> = [start]
    var result: [(row: Int32, neededBy: Int32)] = []
    var queue = [start]
    var head = 0
    while head < queue.count {
      let row = queue[head]
      head += 1
      guard let field = roles.dependsOn[estate.entity(row).kind] else { continue }
      for target in Links(frame.read(field, of: row)).certain where marks.insert(target).inserted {
        result.append((target, row))
        queue.append(target)
      }
    }
    return result
  }
}
