public import CEL
public import YAMLTree

/// One operation that an initiative proposes: of an entry of `adds`, `changes` or `retires`, or of a key inside an entry
/// of `adds`. Edits with one canonical form have one digest, however, wherever and in whatever order they are written.
public struct InitiativeEdit: Sendable {
  public enum Operation: String, Sendable, CaseIterable {
    case add, set, unset, link, unlink, retire
  }

  public var operation: Operation
  /// `kind:id`, as the initiative names it: an alias stays one.
  public var entity: String
  /// The entity's kind in the metamodel.
  public var kind: Int
  /// The path of the field, dotted for a member of a record or a lifecycle; empty for `add`. For `retire` the first day
  /// of the phase that ends a life: `lifecycle.retired`.
  public var field: String
  /// Canonical texts of what is set, linked or unlinked; sorted where order means nothing. Empty for the others.
  public var values: [String]
  /// Whether `unknown` is what is set: an admitted gap, and no text.
  public var isUnknown: Bool
  /// The date that the entry says; nil: the initiative's go-live.
  public var date: CivilDate?
  /// Whether the field counts for digests: an immaterial one is in no digest but its own.
  public var isMaterial: Bool
  /// 32 hexadecimal digits.
  public var digest: String
  /// Where it stands: the value, the item of a list, or the entry.
  public var node: YAMLNode
  /// For what stands inside an entry of `adds`: the place of the `add` that holds it among the initiative's edits.
  public var owner: Int?

  /// `kind` and `id`.
  public var id: String {
    guard let colon = entity.utf8.firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(entity[entity.utf8.index(after: colon)...])
  }
}

extension InitiativeEdit {
  /// The date on which it comes into effect; nil where neither it nor the initiative says one.
  public func effectiveDate(goLive: CivilDate?) -> CivilDate? { date ?? goLive }

  /// The edit in words, without its date: `unlink system:gov-je provides public-sign-in`.
  public var words: String {
    var parts = [operation.rawValue, entity]
    if operation != .retire, !field.isEmpty { parts.append(field) }
    if operation == .set || operation == .link || operation == .unlink { parts.append(valueWords) }
    return parts.joined(separator: " ")
  }

  /// The values on one line; a long text is cut.
  private var valueWords: String {
    let text = values.isEmpty ? "[]" : values.joined(separator: ", ")
    return text.unicodeScalars.count <= 80
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(79))) + "…"
  }
}

extension Metamodel {
  /// The phase that ends a life: the first behind the last live one. Nil where there is none.
  public var finalPhase: Int? {
    guard let last = livePhases.max(), last + 1 < phases.count else { return nil }
    return last + 1
  }
}
