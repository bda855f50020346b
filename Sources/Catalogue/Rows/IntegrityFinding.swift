public import Diagnostics

/// Something that is understood but incomplete or inconsistent: it reads as unknown, and is a finding.
public struct IntegrityFinding: Sendable {
  public enum Rule: String, Sendable, CaseIterable {
    case aliasUsed = "alias-used"
    case danglingReference = "dangling-reference"
    case requiredFieldMissing = "required-field-missing"
  }

  public var rule: Rule
  /// The entity at which it was found: `kind:id`.
  public var entity: String
  public var field: String
  /// The reference as it was written, for a dangling one.
  public var reference: String?
  public var diagnostic: Diagnostic
  /// Whose entry it is in: a place among the estate's initiatives; -1: the catalogue's own.
  public var initiative = -1
  /// The row whose presence in a view puts it right, or -1.
  public var unless: Int32 = -1
}
