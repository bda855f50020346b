internal import CEL

/// How a derived relation goes from a row to what it may ever lead to, filters aside.
final class ForwardWays: Sendable {
  let stepsFrom: [[AccessPaths.Step]]
  let linksFrom: [[Int]]
  let kinds: [KindSet]
  let start: Int
  let results: Set<Int>

  /// Nil where a way begins elsewhere than at the row, or where a derived field is on it that nothing tells.
  init?(_ definition: Definitions.Definition, _ definitions: Definitions) {
    var paths = definition.paths
    guard definitions.expand(&paths, isOtherDay: { _, _ in true }),
      paths.listed.isEmpty, paths.literals.isEmpty, paths.globals.isEmpty, paths.jumps.isEmpty,
      !paths.steps.contains(where: { $0.to != nil && definitions.isUntold($0.field) }),
      let start = definition.paths.starts.first(where: { $0.slot == 0 })?.state
    else { return nil }
    var stepsFrom = [[AccessPaths.Step]](repeating: [], count: paths.kinds.count)
    for step in paths.steps where step.to != nil { stepsFrom[step.from].append(step) }
    var linksFrom = [[Int]](repeating: [], count: paths.kinds.count)
    for link in paths.links { linksFrom[link.from].append(link.to) }
    self.stepsFrom = stepsFrom
    self.linksFrom = linksFrom
    kinds = paths.kinds
    self.start = start
    results = Set(definition.results)
  }
}
