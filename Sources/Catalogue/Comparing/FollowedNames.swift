internal import YAMLTree

/// What entities are called now, for texts that name them: `kind:id` in a field of strings or in a record. Whoever renames
/// an entity follows it there, too.
struct FollowedNames {
  private let renames: [String: String]

  /// - Parameter renames: `kind:id` by `kind:id`.
  init(_ renames: [String: String]) { self.renames = renames }

  /// The text with today's name, where the whole of it is a name.
  func followed(_ text: String) -> String { renames[text] ?? text }

  /// Whether two values differ at most in what is called otherwise now. Linear in what is written.
  ///
  /// - Parameters:
  ///   - key: of the mapping that the value stands in.
  ///   - takesBareIDs: whether a `candidate` is named without its kind, too.
  func explain(_ before: YAMLNode, _ after: YAMLNode, key: String?, takesBareIDs: Bool) -> Bool {
    guard !renames.isEmpty, before.kind == after.kind, !before.isReported, !after.isReported else { return false }
    switch before.kind {
    case .scalar:
      let (old, new) = (before.text, after.text)
      if old.utf8.elementsEqual(new.utf8) { return before.isPlain == after.isPlain || old != "unknown" }
      return names(old, new) || (takesBareIDs && key == "candidate" && namesBare(old, new))
    case .sequence:
      return before.count == after.count
        && (0..<before.count).allSatisfy {
          explain(before[item: $0], after[item: $0], key: key, takesBareIDs: takesBareIDs)
        }
    case .mapping:
      return before.count == after.count
        && (0..<before.count).allSatisfy { index in
          let key = before.key(index).text
          return after.first(key).map {
            explain(before.value(index), $0, key: key, takesBareIDs: takesBareIDs)
          } ?? false
        }
    }
  }

  private func names(_ old: String, _ new: String) -> Bool {
    renames[old].map { $0.utf8.elementsEqual(new.utf8) } ?? false
  }

  private func namesBare(_ old: String, _ new: String) -> Bool {
    renames.contains { $0.key.hasSuffix(":\(old)") && $0.value.hasSuffix(":\(new)") }
  }
}
