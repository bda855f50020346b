/// A closure that every target may walk, from its own start, perhaps filtered: by kinds, by conditions that read nothing
/// but their variables.
struct SharedWalk: Sendable {
  struct Condition: Sendable {
    let slot: Int
    let code: Frame.Code
    let readsTraced: Bool
  }

  let start: Frame.Code
  let stride: Stride
  var kinds: KindSet?
  var conditions: [Condition] = []

  var readsTraced: Bool { stride.readsTraced || conditions.contains(where: \.readsTraced) }

  func only(_ kinds: KindSet) -> SharedWalk {
    var result = self
    result.kinds = self.kinds.map { $0.intersection(kinds) } ?? kinds
    return result
  }

  func only(_ condition: Condition) -> SharedWalk {
    var result = self
    result.conditions.append(condition)
    return result
  }
}
