public import Diagnostics

/// Something that is understood but incomplete or inconsistent: it reads as unknown, and is a finding.
public struct IntegrityFinding: Sendable {
  public enum Rule: String, Sendable, CaseIterable {
    case aliasUsed = "alias-used"
    case danglingReference = "dangling-reference"
    case entryNotMerged = "entry-not-merged"
    case initiativesCollide = "initiatives-collide"
    case listNotRecorded = "list-not-recorded"
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

  package init(
    rule: Rule, entity: String, field: String, reference: String?, diagnostic: Diagnostic, initiative: Int = -1,
    unless: Int32 = -1
  ) {
    self.rule = rule
    self.entity = entity
    self.field = field
    self.reference = reference
    self.diagnostic = diagnostic
    self.initiative = initiative
    self.unless = unless
  }
}
