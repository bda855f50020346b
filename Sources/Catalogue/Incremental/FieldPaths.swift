internal import CEL

/// The access paths of expressions, with those of derived fields in the place of these where nothing else tells from
/// which rows such a field leads to a row.
struct FieldPaths {
  let paths: AccessPaths
  /// Kinds that are listed whole, be anything read of their rows or not.
  let listings: KindSet
  /// The steps that read a field, by field.
  let readings: [Int32: [AccessPaths.Step]]
  /// The steps and links that end in a state.
  let stepsInto: [[AccessPaths.Step]]
  let linksInto: [[Int]]
  /// Whether something is read at other dates, or in another view.
  let looksElsewhere: Bool
  /// Whether an expression looks at other dates through derived relations that differ from day to day: which edges there
  /// were then, the graphs at hand do not tell.
  let isCoarse: Bool
  /// Whether it looks elsewhere through derived fields of whatever sort, those aside in whose place their readings stand:
  /// these differ between days where changes come into effect.
  let readsDerivedElsewhere: Bool

  init(
    _ paths: AccessPaths, expanded: [Int32: (paths: AccessPaths, results: [Int])], dated: Set<Int32>,
    derived: Set<Int32>
  ) {
    let all = paths.expanding(expanded)
    listings = all.listed.reduce(.empty) { $0.union($1.kinds) }
    let whole = all.reduced()
    self.paths = whole
    // In the base things are as they are, only without the initiative: its facts differ from nobody's.
    let isOtherDay = whole.contexts.map { names in names.contains { $0 == "at" || $0 == "timeline" } }
    looksElsewhere = whole.steps.contains { isOtherDay[$0.context] }
    isCoarse = whole.steps.contains { isOtherDay[$0.context] && dated.contains($0.field) }
    readsDerivedElsewhere = whole.steps.contains {
      isOtherDay[$0.context] && derived.contains($0.field) && expanded[$0.field] == nil
    }
    var readings: [Int32: [AccessPaths.Step]] = [:]
    var stepsInto = [[AccessPaths.Step]](repeating: [], count: whole.kinds.count)
    for step in whole.steps {
      readings[step.field, default: []].append(step)
      if let to = step.to { stepsInto[to].append(step) }
    }
    var linksInto = [[Int]](repeating: [], count: whole.kinds.count)
    for link in whole.links { linksInto[link.to].append(link.from) }
    self.readings = readings
    self.stepsInto = stepsInto
    self.linksInto = linksInto
  }
}

extension AccessPaths {
  /// The same with the definitions of derived fields in their place, where these are expanded.
  fileprivate func expanding(_ definitions: [Int32: (paths: AccessPaths, results: [Int])]) -> AccessPaths {
    var result = self
    var place = 0
    var expansions = 0
    while place < result.steps.count, expansions < 10_000 {
      let step = result.steps[place]
      place += 1
      guard let inner = definitions[step.field] else { continue }
      expansions += 1
      result.insert(inner.paths, results: inner.results, for: step)
    }
    return result
  }
}
