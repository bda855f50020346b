public import Diagnostics
public import YAMLTree

/// The packs that there are, and what a repository's `use:` takes of them.
public struct PackRegistry: Sendable {
  /// Sorted by name, then number.
  public let packs: [Pack]

  public init(_ packs: [Pack]) {
    self.packs = packs.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
  }

  /// Those in the executable.
  public static let shipped = PackRegistry([.publicSector])

  public func pack(_ id: String) -> Pack? { packs.first { $0.id == id } }

  /// The packs that `use:` names, in the order of writing; nil: it is not written. Every mistake at its place.
  public func used(by node: YAMLNode?, _ diagnostics: inout [Diagnostic]) -> [Pack] {
    guard let node, !node.isReported else { return [] }
    guard node.isSequence else {
      diagnostics.append(
        Diagnostic(
          "wrong-shape", .error,
          "`use` is a list of packs, and this is \(node.isScalar ? "a single value" : "a mapping")",
          at: node.range, notes: node.isScalar ? ["write `use: [\(node.text)]`"] : []))
      return []
    }
    var result: [(pack: Pack, node: YAMLNode)] = []
    for index in 0..<node.count {
      let item = node[item: index]
      if item.isReported { continue }
      guard item.isScalar else {
        diagnostics.append(
          Diagnostic("wrong-shape", .error, "an entry of `use` is the name of a pack, `name/1`", at: item.range))
        continue
      }
      guard let pack = pack(item.text) else {
        diagnostics.append(unknown(item))
        continue
      }
      if let first = result.first(where: { $0.pack.name == pack.name }) {
        let again =
          first.pack.version == pack.version
          ? "\(pack.id) stands here already"
          : "\(pack.id) and \(first.pack.id) are one pack: a repository uses one of them"
        diagnostics.append(
          Diagnostic(
            "pack-mistake", .error, again, at: item.range,
            related: [Diagnostic.Related("the other one", at: first.node.range)]))
        continue
      }
      result.append((pack, item))
    }
    return result.map(\.pack)
  }

  private func unknown(_ item: YAMLNode) -> Diagnostic {
    let parts = item.text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let known = packs.filter { $0.name == parts.first }
    if !known.isEmpty {
      let ids = known.map(\.id).joined(separator: ", ")
      let summary =
        parts.count == 1
        ? "`\(item.text)` lacks the number: `\(known.last?.id ?? "")`"
        : "this triglyph has no \(item.text); of \(parts[0]) it has \(ids)"
      let notes =
        parts.count == 1
        ? [] : ["a number that is not there may be a later triglyph's: `triglyph packs` lists those of this one"]
      return Diagnostic("unknown-pack", .error, summary, at: item.range, notes: notes)
    }
    let near = suggestion(for: item.text, among: packs.map(\.id))
    return Diagnostic(
      "unknown-pack", .error, "there is no pack `\(item.text)`", at: item.range,
      notes: [near ?? "there is: \(packs.map(\.id).joined(separator: ", "))"])
  }
}
