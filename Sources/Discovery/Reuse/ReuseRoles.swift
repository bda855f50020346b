internal import CEL
public import Catalogue

/// What of a metamodel discovery reads.
public struct ReuseRoles: Sendable {
  let capabilities: [Kind]
  /// Kinds whose entities provide capabilities.
  public let providers: Set<Int>
  /// Fields and relations that are read, derived ones among them.
  public let reads: Set<Int32>
  /// Those of them that a search reads: where none is derived, it needs nothing that is worked out.
  public let searched: Set<Int32>
  /// Roles that nothing has: there is no such evidence.
  public let missing: [String]

  public init(_ metamodel: Metamodel) throws(ReuseFailure) {
    capabilities = metamodel.kinds(inRole: ReuseRole.capability.rawValue)
    if capabilities.isEmpty { throw .missingRole(ReuseRole.capability.rawValue) }
    let provides = metamodel.fields(inRole: ReuseRole.provides.rawValue)
    if provides.isEmpty { throw .missingRole(ReuseRole.provides.rawValue) }
    providers = Set(provides.map(\.kind))
    reads = Set(ReuseRole.allCases.flatMap { metamodel.fields(inRole: $0.rawValue).map(\.id) })
    let ofSearch: [ReuseRole] = [.common, .designated, .keywords, .offeredBy, .partOf, .provides, .synonyms]
    searched = Set(ofSearch.flatMap { metamodel.fields(inRole: $0.rawValue).map(\.id) })
    missing = ReuseRole.allCases.map(\.rawValue).filter {
      metamodel.fields(inRole: $0).isEmpty && metamodel.kinds(inRole: $0).isEmpty
    }
  }
}
