internal import CEL
internal import Catalogue

/// A kind or a union as it is listed.
struct KindListing {
  var name: String
  var title: String?
  var why: String?
  /// How many entities there are.
  var count: Int
  /// The kinds of a union, by name.
  var members: [String]

  /// By name; the union of all kinds comes last.
  static func all(_ estate: Estate) -> [KindListing] {
    let metamodel = estate.metamodel
    func count(_ kinds: KindSet) -> Int { kinds.kinds.reduce(0) { $0 + estate.graph.members.count(ofKind: $1) } }
    var result = metamodel.kinds.map { kind in
      KindListing(
        name: kind.name, title: kind.title.lowercased() == kind.name.lowercased() ? nil : kind.title, why: kind.why,
        count: count(KindSet([kind.index])), members: [])
    }
    for (name, kinds) in metamodel.unions {
      result.append(
        KindListing(name: name, count: count(kinds), members: kinds.kinds.map { metamodel.kinds[$0].name }))
    }
    result.sort { $0.name < $1.name }
    let all = KindSet(metamodel.kinds.indices)
    return result + [KindListing(name: "entity", title: "Every kind", count: count(all), members: [])]
  }
}
