internal import CEL
internal import Synchronization

/// The derived fields that an expression needs on another graph; two with the same fields are one.
final class Need: Sendable {
  /// With all that these use themselves.
  let fields: Set<Int32>
  /// Whether some of them differ from day to day.
  let isDated: Bool

  fileprivate init(_ fields: Set<Int32>, isDated: Bool) {
    self.fields = fields
    self.isDated = isDated
  }
}

/// What deferred arguments need, told once for each.
final class Needs: Sendable {
  private let known = Mutex<(byArgument: [Int: Need?], byFields: [Set<Int32>: Need])>(([:], [:]))

  /// Nil: nothing derived.
  func need(of argument: DeferredArgument, _ plan: DerivationPlan) -> Need? {
    if let found = known.withLock({ $0.byArgument[argument.serial] }) { return found }
    let footprint = argument.footprint
    var need: Need?
    switch plan.need(of: footprint) {
    case .raw: break
    case .undated, .dated:
      let fields = plan.needed(toRead: footprint.fields)
      need = known.withLock { known in
        if let same = known.byFields[fields] { return same }
        let made = Need(fields, isDated: !fields.isDisjoint(with: plan.dated))
        known.byFields[fields] = made
        return made
      }
    }
    known.withLock { $0.byArgument[argument.serial] = .some(need) }
    return need
  }
}
