internal import CEL
internal import Catalogue

/// The fields on which it depends who needs whom: an initiative that changes none of them changes nothing in it.
struct DependenceFields: Sendable {
  /// By kind, the first parts of paths.
  private var paths: [Int: Set<String>] = [:]
  private let metamodel: Metamodel

  init(_ estate: Estate, _ roles: ImpactRoles) {
    metamodel = estate.metamodel
    var readsLife = false
    func add(_ field: Field) { paths[field.kind, default: []].insert(Self.root(field.path)) }
    for id in estate.reads(of: roles.dependences) {
      let field = metamodel.fields[Int(id)]
      add(field)
      switch field.shape {
      case .inverse(let sources): for source in sources { add(metamodel.fields[Int(source)]) }
      case .live, .phase, .lifecycle, .phaseDate: readsLife = true
      default: continue
      }
      // What is derived from many relations at once.
      if !metamodel.kinds[field.kind].isWritten { readsLife = true }
    }
    for kind in metamodel.kinds {
      if readsLife, kind.lifecycle != .none { paths[kind.index, default: []].insert("lifecycle") }
      if readsLife, case .follows(let relations) = kind.lifecycle { paths[kind.index, default: []].formUnion(relations) }
      if kind.role == "integration", readsFlows(estate, roles) {
        paths[kind.index, default: []].formUnion(kind.members.keys.map { Self.root($0) })
      }
    }
  }

  private func readsFlows(_ estate: Estate, _ roles: ImpactRoles) -> Bool {
    estate.reads(of: roles.dependences).contains { id in
      let field = metamodel.fields[Int(id)]
      switch field.type {
      case .entity(let kinds), .list(.entity(let kinds)):
        return kinds.kinds.contains { !metamodel.kinds[$0].isWritten } || !metamodel.kinds[field.kind].isWritten
      default: return !metamodel.kinds[field.kind].isWritten
      }
    }
  }

  private static func root(_ path: String) -> String { String(path.prefix { $0 != "." }) }

  /// Whether what an initiative adds or changes may matter.
  func canChange(_ initiative: Initiative, kind: (Int32) -> Int) -> Bool {
    initiative.added.contains { paths[kind($0)] != nil }
      || initiative.changes.contains { change in
        let field = metamodel.fields[Int(change.field)]
        return paths[field.kind]?.contains(Self.root(field.path)) ?? false
      }
  }
}
