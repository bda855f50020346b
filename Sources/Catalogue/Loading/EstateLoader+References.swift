internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  mutating func decodeRelation(_ plan: FieldPlan, _ value: YAMLNode, _ row: Int32?) {
    guard case .relation(let kinds, let many) = plan.field.shape else { return }
    let isWrong = many ? value.isMapping : !value.isScalar
    if isWrong {
      let wanted = many ? "a list of references" : "one reference"
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: wanted, for: "`\(plan.field.path)`"))
      if captured != nil {
        captured?.isOpen = true
      } else if let row, plan.isList {
        open[Int(plan.field.id)][row] = Unknown(Fact(row: row, field: plan.field.id))
      }
      return
    }
    if value.isScalar {
      decodeTarget(plan, kinds, value, row)
    } else {
      for index in 0..<value.count { decodeTarget(plan, kinds, value[item: index], row) }
    }
  }

  private mutating func decodeTarget(_ plan: FieldPlan, _ kinds: KindSet, _ item: YAMLNode, _ row: Int32?) {
    let field = plan.field
    var target: Int32?
    let count = conditional.count
    if item.isReported {
      target = nil
    } else if item.isScalar {
      target = known(item, plan.targets) ?? resolve(item, kinds, field, row)
    } else {
      diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "a reference", for: "`\(field.path)`"))
    }
    if captured != nil {
      if let target { captured?.targets.append(target) } else { captured?.isOpen = true }
      return
    }
    guard let row else { return }
    if plan.isList {
      if let target {
        pairs[Int(field.id)].append((row, target))
      } else {
        let gap = Fact(row: row, field: field.id)
        let isConditional = conditional.count > count
        if isConditional { conditional[count].place = targets(of: field, row).count } else { dangling.insert(gap) }
        if !isConditional || !field.awaits { open[Int(field.id)][row] = Unknown(gap) }
      }
    } else if let target {
      makeColumn(field).set(row, number: target)
    }
  }

  /// The row of a bare id that is one of these kinds' only.
  private func known(_ node: YAMLNode, _ kinds: [Int]) -> Int32? {
    if kinds.count == 1 { return ids.row(node, kind: kinds[0]) }
    var found: Int32?
    for kind in kinds {
      guard let row = ids.row(node, kind: kind) else { continue }
      if found != nil { return nil }
      found = row
    }
    return found
  }

  /// A part's relation to its owner, as it is written: needed where the part stands alone, checked where it stands
  /// inside.
  mutating func decodeOwner(_ field: Field, _ kinds: KindSet, _ value: YAMLNode, _ row: Int32?) {
    guard value.isScalar else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "one reference", for: "`\(field.path)`"))
      return
    }
    let named = resolve(value, kinds, field, row)
    guard let row, drafts[Int(row)].owner != nil, let named, named != entities[Int(row)].owner else { return }
    let owner = entities[Int(entities[Int(row)].owner)]
    diagnostics.append(
      LoadingDiagnostic.badValue(
        value, "what owns this part", for: "`\(field.path)`",
        notes: ["it stands inside \(metamodel.kinds[owner.kind].name):\(owner.id)"]))
  }

  /// The row that a reference names; nil with an integrity finding.
  mutating func resolve(_ node: YAMLNode, _ kinds: KindSet, _ field: Field, _ row: Int32?) -> Int32? {
    let text = node.text
    var wanted = kinds.kinds
    var id = text
    if let colon = text.firstIndex(of: ":") {
      let name = String(text[..<colon])
      guard let kind = metamodel.kind(named: name), kinds.contains(kind.index) else {
        let allowed = kinds.count > 6 ? [] : ["it leads to: " + kindNames(wanted, separator: ", ")]
        diagnostics.append(
          Diagnostic(
            "wrong-value", .error, "`\(field.path)` does not lead to a \(name)", at: node.range, notes: allowed))
        return nil
      }
      wanted = [kind.index]
      id = String(text[text.index(after: colon)...])
    }
    let found = wanted.compactMap { ids.row(id, kind: $0) }
    if found.count == 1 { return found[0] }
    if found.count > 1 { return reportAmbiguous(node, id, found) }
    let renamed = wanted.compactMap { ids.row(alias: id, kind: $0) }
    if renamed.count == 1 { return reportAlias(node, id, renamed[0], field.path, row, isQualified: id != text) }
    if renamed.count > 1 { return reportAmbiguous(node, id, renamed) }
    if wanted.contains(where: { broken.contains("\(metamodel.kinds[$0].name):\(id)") }) || broken.contains(id) {
      summary.referencesToBroken += 1
      return nil
    }
    if !pending.isEmpty, wanted.contains(where: { pending.contains("\(metamodel.kinds[$0].name):\(id)") }) {
      return nil
    }
    let added = wanted.compactMap { addedRows["\(metamodel.kinds[$0].name):\(id)"] }
    if added.count == 1 {
      if drafts[Int(added[0])].initiative == reader { return added[0] }
      if !field.awaits || captured != nil { reportProposed(node, kindAndID(added[0]), field.path, row, added[0]) }
      if captured != nil { return added[0] }
      if let row {
        conditional.append(
          ConditionalReference(field: field.id, source: row, target: added[0], isAwaited: field.awaits))
      }
      return nil
    }
    if field.awaits, hasBrokenInitiative {
      // Perhaps that one adds it.
      summary.referencesToBroken += 1
      return nil
    }
    reportDangling(node, id, wanted, field, row)
    return nil
  }

  /// A reference from outside to what only an initiative adds; where that is in the view, it is none.
  mutating func reportProposed(_ node: YAMLNode, _ key: String, _ path: String, _ row: Int32?, _ target: Int32) {
    let name = row.map(kindAndID) ?? subject
    let initiative = initiatives[drafts[Int(target)].initiative].id
    integrity.append(
      IntegrityFinding(
        rule: .danglingReference, entity: name, field: path, reference: node.text,
        diagnostic: Diagnostic(
          "dangling-reference", .error, "`\(key)` is not there: initiative:\(initiative) would add it", at: node.range,
          label: "\(path) of \(name)",
          notes: ["views have it once that initiative is approved, and the catalogue once it is merged"]),
        initiative: reader, unless: target))
  }

  private func kindNames(_ kinds: [Int], separator: String) -> String {
    kinds.map { metamodel.kinds[$0].name }.joined(separator: separator)
  }

  func kindAndID(_ row: Int32) -> String {
    "\(metamodel.kinds[entities[Int(row)].kind].name):\(entities[Int(row)].id)"
  }

  private mutating func reportAmbiguous(_ node: YAMLNode, _ id: String, _ found: [Int32]) -> Int32? {
    let names = found.map { "\(metamodel.kinds[entities[Int($0)].kind].name):\(id)" }.joined(separator: " and ")
    diagnostics.append(
      Diagnostic("wrong-value", .error, "`\(id)` is \(names); write the kind before it", at: node.range))
    return nil
  }

  mutating func reportAlias(
    _ node: YAMLNode, _ id: String, _ target: Int32, _ path: String, _ row: Int32?, isQualified: Bool
  ) -> Int32 {
    let current = isQualified ? kindAndID(target) : entities[Int(target)].id
    let replacement = Diagnostic.Fix.Replacement(range: node.range, text: current)
    integrity.append(
      IntegrityFinding(
        rule: .aliasUsed, entity: row.map(kindAndID) ?? subject, field: path, reference: id,
        diagnostic: Diagnostic(
          "alias-used", .warning, "`\(id)` is called `\(entities[Int(target)].id)` now", at: node.range,
          fixes: [Diagnostic.Fix("write `\(current)`", replacement: replacement)]), initiative: reader))
    return target
  }

  private mutating func reportDangling(
    _ node: YAMLNode, _ id: String, _ wanted: [Int], _ field: Field, _ row: Int32?
  ) {
    let kinds = wanted.count > 4 ? "entity" : kindNames(wanted, separator: " or ")
    let name = row.map(kindAndID) ?? subject
    danglingCount += 1
    var notes: [String] = []
    var summary = "there is no \(kinds) `\(id)`"
    if let (key, initiative) = closedAddition(id, wanted) {
      let stage = initiative.stage.flatMap { stage in
        metamodel.enums.first { $0.name == "stage" }.map { $0.values[Int(stage)] }
      }
      let fate =
        initiative.isBeforeLive
        ? "which was rejected, would have added it" : "which is \(stage ?? "over"), says that it added it"
      summary = "`\(key)` is not there: initiative:\(initiative.id), \(fate)"
    } else if danglingCount <= Self.suggestionLimit {
      let known = ids.candidates(for: id, kinds: wanted.prefix(8)) + (field.awaits ? proposedIDs(wanted) : [])
      notes += [suggestion(for: id, among: known)].compactMap { $0 }
    }
    integrity.append(
      IntegrityFinding(
        rule: .danglingReference, entity: name, field: field.path, reference: node.text,
        diagnostic: Diagnostic(
          "dangling-reference", .error, summary, at: node.range,
          label: "\(field.path) of \(name)", notes: notes), initiative: reader))
  }
}
