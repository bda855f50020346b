import CEL

@testable import Catalogue

/// Writes into the fields of a document.
struct DocumentFields {
  let estate: Estate
  private var metamodel: Metamodel { estate.metamodel }
  /// A reference that leads nowhere keeps a list open that was open.
  private static let nowhere = DocumentTree.word("nowhere")

  static func date(_ tree: DocumentTree) -> CivilDate? { tree.text.flatMap { CivilDate($0) } }

  func set(_ path: String, _ value: DocumentTree, _ kind: Kind, _ tree: inout DocumentTree) throws {
    guard let dot = path.firstIndex(of: ".") else {
      // What stood for the id stays the id.
      if path == kind.partKey, tree["id"] == nil { tree["id"] = ownID(tree, kind).map { .word($0) } }
      tree[path] = value
      return
    }
    let (record, member) = (String(path[..<dot]), String(path[path.index(after: dot)...]))
    var inner = tree[record].flatMap { $0.isGap ? nil : $0 } ?? .map([])
    if record == "lifecycle", tree[record]?.isGap == true, case .follows = kind.lifecycle {
      // Nothing written would follow the ends.
      for phase in metamodel.phases { inner[phase] = .word("unknown") }
    }
    guard inner.isMap else { throw AppliedDocuments.Refusal.lifecycleIsAWord }
    inner[member] = value
    if record == "lifecycle", let day = Self.date(value), let phase = metamodel.phases.firstIndex(of: member) {
      // What comes before does not begin later, and what comes after not sooner.
      for (other, name) in metamodel.phases.enumerated() where other != phase {
        guard let known = inner[name].flatMap(Self.date) else { continue }
        if other < phase ? known > day : known < day { inner[name] = value }
      }
    }
    tree[record] = inner
  }

  func unset(_ path: String, _ tree: inout DocumentTree) {
    guard let dot = path.firstIndex(of: ".") else {
      tree[path] = nil
      return
    }
    let record = String(path[..<dot])
    guard var inner = tree[record], inner.isMap else { return }
    inner[String(path[path.index(after: dot)...])] = nil
    tree[record] = inner
  }

  func link(
    _ path: String, _ value: DocumentTree, _ kind: Kind, _ tree: inout DocumentTree, isRemoval: Bool
  ) {
    guard let field = metamodel.field(path, of: kind.index), case .relation(let kinds, _) = field.shape else { return }
    let wanted = value.items.map { canonical($0, kinds) }
    var items = tree[path]?.items ?? (field.absence == .unknown ? [Self.nowhere] : [])
    if tree[path]?.isGap == true { items = [Self.nowhere] }
    if isRemoval {
      items.removeAll { wanted.contains(canonical($0, kinds)) }
    } else {
      for (item, name) in zip(value.items, wanted) where !items.contains(where: { canonical($0, kinds) == name }) {
        items.append(item)
      }
    }
    tree[path] = .list(items)
  }

  // MARK: Names

  /// `kind:id` of what a reference names.
  func canonical(_ item: DocumentTree, _ kinds: KindSet) -> String {
    let text = item.text ?? ""
    var (wanted, id) = (kinds.kinds, text)
    if let colon = text.firstIndex(of: ":"), let kind = metamodel.kind(named: String(text[..<colon])) {
      (wanted, id) = ([kind.index], String(text[text.index(after: colon)...]))
    }
    for kind in wanted {
      let name = "\(metamodel.kinds[kind].name):\(id)"
      if estate.ids.row(id, kind: kind) != nil || estate.universe.addedRows[name] != nil { return name }
      if let row = estate.ids.row(alias: id, kind: kind) { return estate.identity(row) }
    }
    return text
  }

  func ownID(_ tree: DocumentTree, _ kind: Kind) -> String? {
    if let id = tree["id"]?.text { return id }
    let last = kind.partKey.flatMap { tree[$0]?.text }?.split(separator: ":").last
    return last.map { String($0.map { $0 == "/" ? "-" : $0 }) }
  }

  func wholeID(_ tree: DocumentTree, _ kind: Kind) -> String? {
    guard let own = ownID(tree, kind) else { return nil }
    guard let relation = kind.ownerRelation, let reference = tree[relation] else { return own }
    let name = canonical(reference, KindSet(kind.partOf))
    return "\(name.split(separator: ":").last ?? "")/\(own)"
  }
}
