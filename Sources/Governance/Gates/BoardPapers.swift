internal import CEL
internal import Catalogue

/// What the rules look at of what stands in the board's papers for one initiative: demands, attestations, conditions,
/// decisions and passages, each named once.
public struct BoardPapers: Sendable {
  /// `kind:id` of what a rule asked about, whatever came of it.
  public let names: Set<String>

  /// - Parameters:
  ///   - rules: those that bind; what others ask is not looked at.
  ///   - estate: the initiative's view, with all worked out that the rules read.
  init(_ rules: [Rule], _ initiative: Int32, _ estate: Estate) {
    let kind = estate.entity(initiative).kind
    var names: Set<String> = []
    var frame = Frame(graph: estate.graph, slotCount: 0)
    for rule in rules {
      guard case .entities(let kinds) = rule.scope, kinds.contains(kind), !rule.mentionsInitiative else { continue }
      frame.reset(slotCount: rule.slotCount)
      frame.slots[0] = .entity(initiative)
      frame.beginTarget()
      if let condition = rule.condition, case .bool(false) = condition.evaluate(&frame) { continue }
      var maker = FindingMaker(rule, estate)
      Self.walk(rule, 0, [], initiative, &maker, &frame) { identity in
        for name in identity.split(separator: "|").dropFirst().map(String.init)
        where GateStep.kind(of: name, estate).flatMap({ GateStep.step(of: $0) }) != nil { names.insert(name) }
      }
    }
    self.names = names
  }

  private static func walk(
    _ rule: Rule, _ depth: Int, _ elements: [Value], _ row: Int32, _ maker: inout FindingMaker,
    _ frame: inout Frame, _ note: (String) -> Void
  ) {
    guard depth < rule.generators.count else {
      if depth > 0 { note(maker.weight(.passed, row, elements, &frame).identity) }
      return
    }
    let generator = rule.generators[depth]
    guard let list = generator.list.evaluate(&frame).listView else { return }
    for index in 0..<list.count where list.reason(at: index) == nil {
      frame.slots[generator.slot] = list[index]
      for binding in rule.bindings where binding.dependsOn.contains(generator.slot) {
        frame.slots[binding.slot] = .pending
      }
      walk(rule, depth + 1, elements + [list[index]], row, &maker, &frame, note)
    }
  }
}
