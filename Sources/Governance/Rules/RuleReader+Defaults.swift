internal import CEL
internal import Catalogue
internal import Diagnostics

extension RuleReader {
  /// A blocker must not rest on a default: it would hide a gap. Each is told once, at the first expression that reads it.
  mutating func refuseDefaults() {
    let used = usedSlots()
    var reported: Set<String> = []
    for item in compiled where item.slot.map(used.contains) ?? true {
      for id in estate.reads(of: item.footprint.fields).sorted() {
        let field = estate.metamodel.fields[Int(id)]
        guard field.defaultText != nil, !estate.metamodel.kinds[field.kind].isBuiltIn,
          reported.insert(field.path).inserted
        else { continue }
        let kind = estate.metamodel.kinds[field.kind].name
        diagnostics.append(
          Diagnostic(
            "default-in-blocker", .error, "a blocker must not read `\(kind).\(field.path)`, which has a default",
            at: item.place,
            notes: ["a default hides that nobody recorded the fact; make the field required, or the rule less severe"]))
      }
    }
  }

  /// The slots of names that something else than a name reads, directly or through names.
  private func usedSlots() -> Set<Int> {
    var used: Set<Int> = []
    // A name is compiled after those that it uses.
    for item in compiled.reversed() where item.slot.map(used.contains) ?? true {
      used.formUnion(item.footprint.slots)
    }
    return used
  }
}
