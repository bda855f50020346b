internal import CEL
internal import Diagnostics

extension MetamodelBuilder {
  /// What follows from the declarations: flows and inverses.
  mutating func finish() {
    closeEdits()
    addFlows()
    addInverses()
    checkPartKeys()
    checkFollowed()
  }

  /// Nobody writes edits, nor what they touch: they follow from the entries of initiatives; nor what a rule looks at.
  private mutating func closeEdits() {
    if let edit = kindsByName["edit"] {
      kinds[edit].isWritten = false
      for index in fields.indices where fields[index].kind == edit { fields[index].isWritten = false }
    }
    if let initiative = kindsByName["initiative"], let touches = kinds[initiative].members["touches"] {
      fields[Int(touches)].isWritten = false
    }
    if let rule = kindsByName["rule"] {
      for name in ["highestSeverity", "scope"] {
        if let field = kinds[rule].members[name] { fields[Int(field)].isWritten = false }
      }
    }
  }

  /// The kind `flow`, where the roles that it needs are given.
  private mutating func addFlows() {
    guard let flow = kindsByName["flow"] else { return }
    kinds[flow].plural = "flows"
    kinds[flow].why = "One dataset that one integration moves one hop; derived."
    kinds[flow].isWritten = false
    let integrations = KindSet(kinds.filter { $0.role == "integration" }.map(\.index))
    var datasets = KindSet(kinds.filter { $0.role == "dataset" }.map(\.index))
    guard !integrations.isEmpty, !datasets.isEmpty else { return }
    // The ends: the owners of integrations, and what their relations in role `target` and `through` lead to.
    var ends = KindSet.empty
    for kind in integrations.kinds {
      for field in fields where field.kind == kind {
        switch field.shape {
        case .owner(let kinds): ends = ends.union(kinds)
        case .relation(let kinds, _) where field.role == "target" || field.role == "through": ends = ends.union(kinds)
        case .relation(let kinds, _) where field.role == "carries" || field.role == "fetches":
          datasets = datasets.union(kinds)
        default: continue
        }
      }
    }
    guard !ends.isEmpty else { return }
    for (name, targets, inverse) in [
      ("integration", integrations, "flows"), ("source", ends, "sends"), ("destination", ends, "receives"),
      ("dataset", datasets, "flows"),
    ] {
      var field = newField(flow, name, .relation(to: targets, many: false), .entity(targets))
      field.inverseName = inverse
      field.isWritten = false
      add(field, at: nil)
    }
    setLifecycle(flow, .follows(["integration", "source", "destination"]))
  }

  private mutating func addInverses() {
    var wanted: [String: (kind: Int, name: String, relation: String, sources: [Int32])] = [:]
    for field in fields {
      guard let inverse = field.inverseName else { continue }
      for kind in targets(of: field).kinds {
        let key = "\(kind) \(inverse)"
        if let known = wanted[key] {
          // One relation declared on several kinds has one inverse; two relations that meet under a name do not.
          if known.relation != field.path {
            if let range = field.range ?? fields[Int(known.sources[0])].range {
              diagnostics.append(
                Diagnostic(
                  "duplicate", .error,
                  "two inverses meet under `\(inverse)` on \(kinds[kind].name): of `\(known.relation)` and of `\(field.path)`",
                  at: range))
            }
            continue
          }
          wanted[key]?.sources.append(field.id)
        } else {
          wanted[key] = (kind, inverse, field.path, [field.id])
        }
      }
    }
    for key in wanted.keys.sorted() {
      guard let item = wanted[key] else { continue }
      let sources = KindSet(item.sources.map { fields[Int($0)].kind })
      if let known = kinds[item.kind].members[item.name] {
        let first = fields[Int(known)].range
        let range = fields[Int(item.sources[0])].range
        diagnostics.append(
          Diagnostic(
            "duplicate", .error,
            "the inverse `\(item.name)` of `\(item.relation)` meets a member of that name on \(kinds[item.kind].name)",
            at: range, related: first.map { [Diagnostic.Related("the other one", at: $0)] } ?? []))
        continue
      }
      var field = newField(item.kind, item.name, .inverse(item.sources), .list(.entity(sources)))
      field.isWritten = false
      add(field, at: nil)
      for source in item.sources { fields[Int(source)].inverses[item.kind] = Int(field.id) }
    }
  }

  /// What stands for the id of a part is a member of the part's kind.
  private mutating func checkPartKeys() {
    for field in fields {
      guard case .parts(let part, let key?) = field.shape, kinds[part].members[key] == nil else { continue }
      diagnostics.append(
        Diagnostic(
          "unknown-type", .error, "`\(key)` is to stand for the id of a \(kinds[part].name), which has no such member",
          at: field.range))
    }
  }

  // MARK: Lifecycles

  /// The relations that a lifecycle follows are there, and no lifecycle follows itself on a way round.
  private mutating func checkFollowed() {
    for kind in kinds {
      guard case .follows(let relations) = kind.lifecycle else { continue }
      for name in relations where !isFollowable(name, of: kind) {
        diagnostics.append(
          Diagnostic(
            "unknown-type", .error, "the lifecycle of \(kind.name) follows `\(name)`, which is no relation of it",
            at: kind.range))
      }
    }
    for kind in kinds where reachesItself(kind) {
      diagnostics.append(
        Diagnostic(
          "cyclic-lifecycle", .error, "the lifecycle of \(kind.name) follows itself", at: kind.range))
      // It stays readable, each of them for itself.
      kinds[kind.index].lifecycle = .own
    }
  }

  private func isFollowable(_ name: String, of kind: Kind) -> Bool {
    switch kind.members[name].map({ fields[Int($0)].shape }) {
    case .relation, .owner: true
    default: false
    }
  }

  private func reachesItself(_ start: Kind) -> Bool {
    var seen = KindSet.empty
    var stack = followedKinds(start).kinds
    while let next = stack.popLast() {
      if next == start.index { return true }
      if seen.contains(next) { continue }
      seen.insert(next)
      stack += followedKinds(kinds[next]).kinds
    }
    return false
  }

  private func followedKinds(_ kind: Kind) -> KindSet {
    guard case .follows(let relations) = kind.lifecycle else { return .empty }
    return relations.reduce(into: KindSet.empty) { result, name in
      switch kind.members[name].map({ fields[Int($0)].shape }) {
      case .relation(let kinds, _), .owner(let kinds): result = result.union(kinds)
      default: return
      }
    }
  }
}
