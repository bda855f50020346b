internal import CEL
internal import Diagnostics

extension MetamodelBuilder {
  /// What follows from the declarations: flows and inverses.
  mutating func finish() {
    addFlows()
    addInverses()
  }

  /// The kind `flow`, where the roles that it needs are given.
  private mutating func addFlows() {
    guard let flow = kindsByName["flow"] else { return }
    kinds[flow].plural = "flows"
    kinds[flow].why = "One dataset that one integration moves one hop; derived."
    kinds[flow].isWritten = false
    let integrations = KindSet(kinds.filter { $0.role == "integration" }.map(\.index))
    let datasets = KindSet(kinds.filter { $0.role == "dataset" }.map(\.index))
    guard !integrations.isEmpty, !datasets.isEmpty else { return }
    // The ends: the owners of integrations, and what their relations in role `target` and `through` lead to.
    var ends = KindSet.empty
    for kind in integrations.kinds {
      for field in fields where field.kind == kind {
        switch field.shape {
        case .owner(let kinds): ends = ends.union(kinds)
        case .relation(let kinds, _) where field.role == "target" || field.role == "through": ends = ends.union(kinds)
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
      let targets: KindSet
      switch (field.shape, field.type) {
      case (.relation(let kinds, _), _), (.derived, .entity(let kinds)), (.derived, .list(.entity(let kinds))):
        targets = kinds
      default: continue
      }
      for kind in targets.kinds {
        let key = "\(kind) \(inverse)"
        if let known = wanted[key] {
          // One relation declared on several kinds has one inverse; two relations that meet under a name do not.
          if known.relation != field.path {
            if let range = field.range {
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
    }
    checkFollowed()
  }

  /// The relations that a lifecycle follows are there and lead to what has a lifecycle.
  private mutating func checkFollowed() {
    for kind in kinds {
      guard case .follows(let relations) = kind.lifecycle else { continue }
      for name in relations where kind.members[name] == nil {
        diagnostics.append(
          Diagnostic(
            "unknown-type", .error, "the lifecycle of \(kind.name) follows `\(name)`, which it does not have",
            at: kind.range))
      }
    }
  }
}
