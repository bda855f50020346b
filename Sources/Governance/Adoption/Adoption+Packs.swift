internal import Catalogue
public import Diagnostics
internal import YAMLTree

extension Adoption {
  /// How many rules a pack brings, or the authority has of its own.
  public struct Share: Sendable {
    /// `public-sector/1`; nil: the repository's own.
    public let pack: String?
    /// How many are active and adopted, and how many are active.
    public let adoptedCount: Int
    public let totalCount: Int
  }

  /// An own document that stands in place of a pack's.
  public struct Replacement: Sendable {
    /// `rule:data-one-master`.
    public let document: String
    public let pack: String
    /// Where it says so.
    public let range: SourceRange

    /// Those of a repository, by document.
    static func all(_ estate: Estate) -> [Replacement] {
      PackedDocuments.kinds.flatMap { kind in
        estate.rows(ofKind: kind).compactMap { row -> Replacement? in
          guard let node = estate.entity(row).node, node.source.pack == nil, let pack = node.first("overrides"),
            pack.isScalar
          else { return nil }
          return Replacement(document: estate.identity(row), pack: pack.text, range: pack.range)
        }
      }
    }
  }

  /// By pack, those that come from none last; empty where no pack brings a rule.
  static func shares(_ book: RuleBook) -> [Share] {
    let active = book.allRules.filter { $0.status == .active }
    let packs = Set(active.compactMap(\.pack)).sorted()
    if packs.isEmpty { return [] }
    return (packs + [nil]).map { pack in
      let rules = active.filter { $0.pack == pack }
      return Share(
        pack: pack, adoptedCount: rules.count { book.choice.exclusion(of: $0.id) == nil }, totalCount: rules.count)
    }
  }
}

extension Rule {
  /// The pack that it comes from; nil: it is the repository's own.
  public var pack: String? { node.source.pack }
}
